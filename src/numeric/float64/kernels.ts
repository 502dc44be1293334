import { Inexpressible } from '../../arithmetic/arithmetic.ts';

/**
 * Dense float64 linear algebra. Every matrix is a row-major Float64Array; nothing is modified. Every function throws
 * a RangeError on a wrong length and Inexpressible on NaN, infinity, or a product that overflows. Results are evidence
 * of tier `numeric`.
 */
export interface DenseKernels {
  readonly name: 'plain' | 'wasm' | 'lapack';
  /** A·B, (m × k)(k × n) */
  multiply(A: Float64Array, B: Float64Array, m: number, k: number, n: number): Float64Array;
  /** A·Bᵀ, (m × k)(n × k)ᵀ */
  multiplyTransposed(A: Float64Array, B: Float64Array, m: number, k: number, n: number): Float64Array;
  /** A·Aᵀ (m × m) of A (m × n), exactly symmetric */
  rowGram(A: Float64Array, m: number, n: number): Float64Array;
  /** Aᵀ·A (n × n) of A (m × n), exactly symmetric */
  columnGram(A: Float64Array, m: number, n: number): Float64Array;
  /** Lower triangular L with L·Lᵀ = A for symmetric A (the lower triangle is read); undefined when a pivot is not positive. */
  cholesky(A: Float64Array, n: number): Float64Array | undefined;
  /** Column-pivoted Householder QR: A·P = Q·R. */
  pivotedQR(A: Float64Array, m: number, n: number): PivotedQR;
  /** Eigenvalues of a symmetric matrix (the lower triangle is read), increasing; absolute error O(n ε ‖A‖). */
  symmetricEigenvalues(A: Float64Array, n: number): Float64Array;
  /** The min(m, n) singular values, decreasing; absolute error O(n ε ‖A‖). */
  singularValues(A: Float64Array, m: number, n: number): Float64Array;
}

/** A·P = Q·R in LAPACK's compact form (dgeqp3). */
export interface PivotedQR {
  readonly rows: number;
  readonly cols: number;
  /** column-major rows × cols: R on and above the diagonal, below it the reflectors H_k = I − τ_k v vᵀ, v_k = 1 */
  readonly factors: Float64Array;
  readonly tau: Float64Array;
  /** column k of A·P is column permutation[k] of A */
  readonly permutation: Int32Array;
}

/** Throws a RangeError unless A has rows·cols numbers, and Inexpressible when one of them is not finite. */
export function requireMatrix(what: string, A: Float64Array, rows: number, cols: number): void {
  if (!(Number.isInteger(rows) && Number.isInteger(cols) && rows >= 0 && cols >= 0)) {
    throw new RangeError(`${what}: ${rows}×${cols} is not a shape`);
  }
  if (A.length !== rows * cols) {
    throw new RangeError(`${what}: ${rows}×${cols} needs ${rows * cols} numbers, received ${A.length}`);
  }
  for (let k = 0; k < A.length; k++) {
    if (!Number.isFinite(A[k]!)) throw new Inexpressible(`${what}: entry ${k} is ${A[k]}`);
  }
}

/** The product itself; throws Inexpressible when it left the range of float64. */
export function requireFiniteProduct(C: Float64Array): Float64Array {
  for (let k = 0; k < C.length; k++) {
    if (!Number.isFinite(C[k]!)) throw new Inexpressible('a matrix product leaves the range of float64');
  }
  return C;
}

export function transposed(A: Float64Array, rows: number, cols: number): Float64Array {
  const result = new Float64Array(A.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) result[j * rows + i] = A[i * cols + j]!;
  return result;
}

/**
 * A divided by a power of two near its largest entry, so that squares neither overflow nor vanish: exact, except for
 * entries below 2⁻¹⁰⁰⁰ of the largest. `scale` is 1 for the zero matrix.
 */
export function equilibrated(A: Float64Array): { scaled: Float64Array; scale: number } {
  let largest = 0;
  for (let k = 0; k < A.length; k++) largest = Math.max(largest, Math.abs(A[k]!));
  if (largest === 0 || (largest > 1e-60 && largest < 1e60)) return { scaled: A.slice(), scale: 1 };
  const exponent = Math.max(-1000, Math.min(1000, Math.floor(Math.log2(largest))));
  const scale = 2 ** exponent;
  return { scaled: A.map((value) => value / scale), scale };
}

/** R carries the scale of A; the reflectors have none. */
export function rescaleR(factors: Float64Array, m: number, n: number, scale: number): Float64Array {
  if (scale !== 1) {
    for (let j = 0; j < n; j++) for (let i = 0; i <= Math.min(j, m - 1); i++) factors[j * m + i]! *= scale;
  }
  return factors;
}
