import { bidiagonalSingularValues } from './bidiagonal.ts';
import {
  type DenseKernels,
  equilibrated,
  type PivotedQR,
  requireFiniteProduct,
  requireMatrix,
  rescaleR,
  transposed,
} from './kernels.ts';
import { tridiagonalEigenvalues } from './tridiagonal.ts';

/** The reference: the textbook algorithms on typed arrays, clear before fast. The other kernels are tested against it. */
export const plainKernels: DenseKernels = {
  name: 'plain',

  multiply(A, B, m, k, n) {
    requireMatrix('multiply: A', A, m, k);
    requireMatrix('multiply: B', B, k, n);
    const C = new Float64Array(m * n);
    for (let i = 0; i < m; i++) {
      for (let l = 0; l < k; l++) {
        const a = A[i * k + l]!;
        for (let j = 0; j < n; j++) C[i * n + j] = C[i * n + j]! + a * B[l * n + j]!;
      }
    }
    return requireFiniteProduct(C);
  },

  multiplyTransposed(A, B, m, k, n) {
    requireMatrix('multiplyTransposed: A', A, m, k);
    requireMatrix('multiplyTransposed: B', B, n, k);
    const C = new Float64Array(m * n);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let l = 0; l < k; l++) sum += A[i * k + l]! * B[j * k + l]!;
        C[i * n + j] = sum;
      }
    }
    return requireFiniteProduct(C);
  },

  rowGram(A, m, n) {
    requireMatrix('rowGram', A, m, n);
    const C = new Float64Array(m * m);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let l = 0; l < n; l++) sum += A[i * n + l]! * A[j * n + l]!;
        C[i * m + j] = C[j * m + i] = sum;
      }
    }
    return requireFiniteProduct(C);
  },

  columnGram(A, m, n) {
    requireMatrix('columnGram', A, m, n);
    return plainKernels.rowGram(transposed(A, m, n), n, m);
  },

  cholesky(A, n) {
    requireMatrix('cholesky', A, n, n);
    const L = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = A[i * n + j]!;
        for (let k = 0; k < j; k++) sum -= L[i * n + k]! * L[j * n + k]!;
        if (i !== j) L[i * n + j] = sum / L[j * n + j]!;
        else if (sum > 0) L[i * n + i] = Math.sqrt(sum);
        else return undefined;
      }
    }
    return L;
  },

  pivotedQR(A, m, n) {
    requireMatrix('pivotedQR', A, m, n);
    return householderQR(A, m, n);
  },

  symmetricEigenvalues(A, n) {
    requireMatrix('symmetricEigenvalues', A, n, n);
    const { scaled, scale } = equilibrated(A);
    const { d, e } = tridiagonalise(scaled, n);
    return tridiagonalEigenvalues(d, e).map((value) => value * scale);
  },

  singularValues(A, m, n) {
    requireMatrix('singularValues', A, m, n);
    if (m < n) return plainKernels.singularValues(transposed(A, m, n), n, m);
    const { scaled, scale } = equilibrated(A);
    const { d, e } = bidiagonalise(transposed(scaled, m, n), m, n);
    return bidiagonalSingularValues(d, e).map((value) => value * scale);
  },
};

/** Turns x[from …] into the reflector v (v[from] = 1 implied) and returns τ and β with (I − τvvᵀ)x = βe. */
function reflector(x: Float64Array, from: number, to: number, stride = 1): { tau: number; beta: number } {
  let tail = 0;
  for (let i = from + stride; i < to; i += stride) tail += x[i]! * x[i]!;
  const alpha = x[from]!;
  if (tail === 0) return { tau: 0, beta: alpha };
  const beta = -Math.sign(alpha || 1) * Math.sqrt(alpha * alpha + tail);
  for (let i = from + stride; i < to; i += stride) x[i] = x[i]! / (alpha - beta);
  return { tau: (beta - alpha) / beta, beta };
}

/** y[at …] ← (I − τvvᵀ)·y[at …] with v = (1, x[from+1 …]) of `count` numbers */
function reflect(
  x: Float64Array,
  from: number,
  y: Float64Array,
  at: number,
  count: number,
  tau: number,
): void {
  let sum = y[at]!;
  for (let i = 1; i < count; i++) sum += x[from + i]! * y[at + i]!;
  const factor = tau * sum;
  y[at] = y[at]! - factor;
  for (let i = 1; i < count; i++) y[at + i] = y[at + i]! - factor * x[from + i]!;
}

/** Golub and Van Loan, §5.4.2; the remaining column norms are recomputed at every step. */
function householderQR(A: Float64Array, m: number, n: number): PivotedQR {
  const { scaled, scale } = equilibrated(A);
  const factors = transposed(scaled, m, n);
  const permutation = Int32Array.from({ length: n }, (_, j) => j);
  const tau = new Float64Array(Math.min(m, n));
  for (let k = 0; k < tau.length; k++) {
    let best = k;
    let largest = -1;
    for (let j = k; j < n; j++) {
      let norm = 0;
      for (let i = k; i < m; i++) norm += factors[j * m + i]! ** 2;
      if (norm > largest) [best, largest] = [j, norm];
    }
    if (best !== k) {
      const column = factors.slice(k * m, (k + 1) * m);
      factors.copyWithin(k * m, best * m, (best + 1) * m);
      factors.set(column, best * m);
      [permutation[k], permutation[best]] = [permutation[best]!, permutation[k]!];
    }
    const reflection = reflector(factors, k * m + k, (k + 1) * m);
    tau[k] = reflection.tau;
    for (let j = k + 1; j < n; j++) reflect(factors, k * m + k, factors, j * m + k, m - k, reflection.tau);
    factors[k * m + k] = reflection.beta;
  }
  return { rows: m, cols: n, factors: rescaleR(factors, m, n, scale), tau, permutation };
}

/** Golub and Van Loan, §8.3.1: Householder reduction of a symmetric matrix (lower triangle read) to tridiagonal form. */
function tridiagonalise(A: Float64Array, n: number): { d: Float64Array; e: Float64Array } {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) A[j * n + i] = A[i * n + j]!;
  const d = new Float64Array(n);
  const e = new Float64Array(Math.max(0, n - 1));
  const w = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    d[k] = A[k * n + k]!;
    const v = A.slice(k * n + k + 1, (k + 1) * n);
    const { tau, beta } = reflector(v, 0, v.length);
    e[k] = beta;
    v[0] = 1;
    if (tau === 0) continue;
    const length = v.length;
    let inner = 0;
    for (let i = 0; i < length; i++) {
      let sum = 0;
      const row = (k + 1 + i) * n + k + 1;
      for (let j = 0; j < length; j++) sum += A[row + j]! * v[j]!;
      w[i] = tau * sum;
      inner += w[i]! * v[i]!;
    }
    for (let i = 0; i < length; i++) w[i] = w[i]! - (tau / 2) * inner * v[i]!;
    for (let i = 0; i < length; i++) {
      const row = (k + 1 + i) * n + k + 1;
      for (let j = 0; j < length; j++) A[row + j] = A[row + j]! - v[i]! * w[j]! - w[i]! * v[j]!;
    }
  }
  if (n > 0) d[n - 1] = A[n * n - 1]!;
  return { d, e };
}

/** Golub and Van Loan, §5.4.8: C is column-major m × n with m ≥ n, and is overwritten. */
function bidiagonalise(C: Float64Array, m: number, n: number): { d: Float64Array; e: Float64Array } {
  const d = new Float64Array(n);
  const e = new Float64Array(Math.max(0, n - 1));
  for (let k = 0; k < n; k++) {
    const { tau, beta } = reflector(C, k * m + k, (k + 1) * m);
    d[k] = beta;
    for (let j = k + 1; j < n; j++) reflect(C, k * m + k, C, j * m + k, m - k, tau);
    if (k + 1 === n) break;
    const row = Float64Array.from({ length: n - k - 1 }, (_, j) => C[(k + 1 + j) * m + k]!);
    const right = reflector(row, 0, row.length);
    e[k] = right.beta;
    row[0] = 1;
    for (let i = k + 1; i < m; i++) {
      let sum = 0;
      for (let j = 0; j < row.length; j++) sum += C[(k + 1 + j) * m + i]! * row[j]!;
      sum *= right.tau;
      for (let j = 0; j < row.length; j++) C[(k + 1 + j) * m + i] = C[(k + 1 + j) * m + i]! - sum * row[j]!;
    }
  }
  return { d, e };
}
