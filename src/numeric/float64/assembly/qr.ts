// Column-pivoted Householder QR (Golub and Van Loan, §5.4.2), column-major and in place.
import { at, axpy, dot, get, scale, set, swap } from './vector';

/** Turns the column x (n numbers) into its reflector; x[0] becomes β, and τ is returned. */
export function reflector(x: usize, n: i32): f64 {
  const tail = dot(x + 8, x + 8, n - 1);
  if (tail == 0) return 0;
  const alpha = load<f64>(x);
  const beta = -(alpha >= 0 ? 1.0 : -1.0) * Math.sqrt(alpha * alpha + tail);
  scale(1 / (alpha - beta), x + 8, n - 1);
  store<f64>(x, beta);
  return (beta - alpha) / beta;
}

/** y ← (I − τvvᵀ)·y with v = (1, x[1 …]) */
export function reflect(x: usize, tau: f64, y: usize, n: i32): void {
  const factor = tau * (load<f64>(y) + dot(x + 8, y + 8, n - 1));
  store<f64>(y, load<f64>(y) - factor);
  axpy(-factor, x + 8, y + 8, n - 1);
}

/** The squared norm is downdated and recomputed when too little of it is left (Drmač and Bujanović 2008). */
const RECOMPUTE: f64 = 1.49e-8;

/** factors: m × n; tau: min(m, n); permutation: n int32; norms, fresh: n numbers of scratch */
export function pivotedQR(m: i32, n: i32, factors: usize, tau: usize, permutation: usize, norms: usize, fresh: usize): void {
  for (let j = 0; j < n; j++) {
    store<i32>(permutation + ((<usize>j) << 2), j);
    const column = at(factors, j * m);
    const norm = Math.sqrt(dot(column, column, m));
    set(norms, j, norm);
    set(fresh, j, norm);
  }
  const steps = min(m, n);
  for (let k = 0; k < steps; k++) {
    let best = k;
    for (let j = k + 1; j < n; j++) if (get(norms, j) > get(norms, best)) best = j;
    if (best != k) {
      swap(at(factors, best * m), at(factors, k * m), m);
      const left = permutation + ((<usize>best) << 2);
      const right = permutation + ((<usize>k) << 2);
      const t = load<i32>(left);
      store<i32>(left, load<i32>(right));
      store<i32>(right, t);
      set(norms, best, get(norms, k));
      set(fresh, best, get(fresh, k));
    }
    const pivot = at(factors, k * m + k);
    const length = m - k;
    const t = reflector(pivot, length);
    set(tau, k, t);
    for (let j = k + 1; j < n; j++) {
      const column = at(factors, j * m + k);
      if (t != 0) reflect(pivot, t, column, length);
      const norm = get(norms, j);
      if (norm == 0) continue;
      const ratio = Math.abs(load<f64>(column)) / norm;
      const left = max(0.0, 1 - ratio * ratio);
      const lost = norm / get(fresh, j);
      if (left * lost * lost <= RECOMPUTE) {
        const exact = Math.sqrt(dot(column + 8, column + 8, length - 1));
        set(norms, j, exact);
        set(fresh, j, exact);
      } else set(norms, j, norm * Math.sqrt(left));
    }
  }
}
