// Reductions to tridiagonal and bidiagonal form by Householder reflections (Golub and Van Loan, §8.3.1 and §5.4.8).
import { at, axpy, axpy2, dot, dotAxpy, get, scale, set } from './vector';
import { reflect, reflector } from './qr';

/**
 * Symmetric A, row-major n × n, only the lower triangle is read and overwritten. Eliminates from the last row upwards,
 * so that every inner loop runs along a row. d: n, e: n − 1, w: n numbers of scratch.
 */
export function tridiagonalise(n: i32, A: usize, d: usize, e: usize, w: usize): void {
  for (let k = n - 1; k >= 1; k--) {
    const v = at(A, k * n);
    set(d, k, get(v, k));
    const alpha = get(v, k - 1);
    const tail = dot(v, v, k - 1);
    if (tail == 0) {
      set(e, k - 1, alpha);
      continue;
    }
    const beta = -(alpha >= 0 ? 1.0 : -1.0) * Math.sqrt(alpha * alpha + tail);
    const tau = (beta - alpha) / beta;
    scale(1 / (alpha - beta), v, k - 1);
    set(v, k - 1, 1);
    set(e, k - 1, beta);
    memory.fill(w, 0, (<usize>k) << 3);
    for (let i = 0; i < k; i++) {
      const row = at(A, i * n);
      const vi = get(v, i);
      const sum = dotAxpy(row, v, vi, w, i);
      set(w, i, get(w, i) + sum + get(row, i) * vi);
    }
    scale(tau, w, k);
    axpy(-0.5 * tau * dot(w, v, k), v, w, k);
    for (let i = 0; i < k; i++) axpy2(-get(v, i), w, -get(w, i), v, at(A, i * n), i + 1);
  }
  if (n > 0) set(d, 0, load<f64>(A));
}

/** A column-major m × n, m ≥ n, overwritten. d: n, e: n − 1, v: n and w: m numbers of scratch. */
export function bidiagonalise(m: i32, n: i32, A: usize, d: usize, e: usize, v: usize, w: usize): void {
  for (let k = 0; k < n; k++) {
    const pivot = at(A, k * m + k);
    const length = m - k;
    const t = reflector(pivot, length);
    set(d, k, load<f64>(pivot));
    if (k + 1 == n) break;
    for (let j = k + 1; j < n; j++) {
      const column = at(A, j * m + k);
      if (t != 0) reflect(pivot, t, column, length);
      set(v, j, load<f64>(column));
    }
    const row = at(v, k + 1);
    const u = reflector(row, n - k - 1);
    set(e, k, load<f64>(row));
    if (u == 0) continue;
    store<f64>(row, 1);
    memory.fill(w, 0, (<usize>m) << 3);
    for (let j = k + 1; j < n; j++) axpy(get(v, j), at(A, j * m + k + 1), w, length - 1);
    for (let j = k + 1; j < n; j++) axpy(-u * get(v, j), w, at(A, j * m + k + 1), length - 1);
  }
}
