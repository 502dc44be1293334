import { inflate } from './ball-matrix.ts';
import type { FloatProducts } from './ball-product.ts';

/** Strips of this many rows bound the working memory. */
const STRIP = 256;

/**
 * A number c such that the symmetric matrix `a` (n×n, floats taken as exact) has all eigenvalues ≥ c; undefined when none
 * was found. For any L and s, a − LLᵀ = sI + R gives λ_min(a) ≥ s − ‖R‖_F, since LLᵀ is positive semidefinite. Only R
 * is computed here, with a bound of its rounding: |fl(LLᵀ) − LLᵀ| ≤ γ_n|L||L|ᵀ, whose Frobenius norm is at most γ_n‖L‖_F².
 * `lower` is a lower triangular proposal from anywhere, for a − sI. Cost: n³/3 multiplications.
 * `onRows` is told how many rows are done, and may throw.
 */
export function shiftedResidualBound(
  products: FloatProducts,
  n: number,
  a: Float64Array,
  lower: Float64Array,
  s: number,
  onRows: (done: number) => void = () => {},
): number | undefined {
  let residual = 0;
  let sizes = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const value = lower[i * n + j]!;
      if (j > i && value !== 0) return undefined;
      sizes += value * value;
    }
  }
  for (let first = 0; first < n; first += STRIP) {
    const rows = Math.min(STRIP, n - first);
    const upTo = first + rows;
    onRows(first);
    const strip = corner(lower, n, first, rows, upTo);
    const product = products.multiplyTransposed(strip, corner(lower, n, 0, upTo, upTo), rows, upTo, upTo);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j <= first + i; j++) {
        const diagonal = j === first + i;
        const entry = a[(first + i) * n + j]! - product[i * upTo + j]! - (diagonal ? s : 0);
        // Both halves of a symmetric residual; the two subtractions round by at most 2⁻⁵²(|result| + s).
        const size = Math.abs(entry) * (1 + 2 ** -50) + (diagonal ? s * 2 ** -51 : 0);
        residual += (diagonal ? 1 : 2) * size * size;
      }
    }
  }
  const terms = n * n + 8;
  const rounding = (n + 8) * 2 ** -52 * sizes * (1 + terms * 2 ** -51) + n * (n + 8) * 2 ** -1060;
  const norm = Math.sqrt(residual * (1 + terms * 2 ** -51) + terms * 2 ** -1060) * (1 + 2 ** -49);
  const bound = s - inflate(norm + rounding) * (1 + 2 ** -50) - s * 2 ** -50;
  return Number.isFinite(bound) ? bound : undefined;
}

/** Rows first … first + rows of the first `cols` columns. */
function corner(a: Float64Array, n: number, first: number, rows: number, cols: number): Float64Array {
  const part = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) part.set(a.subarray((first + i) * n, (first + i) * n + cols), i * cols);
  return part;
}

/** An approximation of the least eigenvalue of LLᵀ by inverse iteration. A proposal, no bound. */
export function leastEigenvalueEstimate(n: number, lower: Float64Array, steps = 12): number {
  let v = Float64Array.from({ length: n }, (_, i) => 1 + ((i * 7919) % 101) / 101);
  let growth = 1;
  for (let step = 0; step < steps; step++) {
    const norm = Math.sqrt(v.reduce((total, value) => total + value * value, 0));
    v = v.map((value) => value / norm);
    for (let i = 0; i < n; i++) {
      let sum = v[i]!;
      for (let k = 0; k < i; k++) sum -= lower[i * n + k]! * v[k]!;
      v[i] = sum / lower[i * n + i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      const value = v[i]! / lower[i * n + i]!;
      v[i] = value;
      for (let k = 0; k < i; k++) v[k] = v[k]! - lower[i * n + k]! * value;
    }
    growth = Math.sqrt(v.reduce((total, value) => total + value * value, 0));
  }
  return 1 / growth;
}
