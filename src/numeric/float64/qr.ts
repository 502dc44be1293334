import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import type { PivotedQR } from './kernels.ts';

/** What a pivoted QR is used for; the same for every implementation of the kernels. */

/** |R_kk|, decreasing up to rounding. */
export function diagonalOfR({ rows, factors, tau }: PivotedQR): Float64Array {
  return Float64Array.from({ length: tau.length }, (_, k) => Math.abs(factors[k * rows + k]!));
}

/**
 * The number of |R_kk| above `tolerance`; by default max(m, n)·ε·|R_00|. A numerical rank: it can be too large (Kahan's
 * matrix) and is never an upper bound of anything.
 */
export function qrRank(qr: PivotedQR, tolerance = qrTolerance(qr)): number {
  const diagonal = diagonalOfR(qr);
  let rank = 0;
  while (rank < diagonal.length && diagonal[rank]! > tolerance) rank++;
  return rank;
}

export const qrTolerance = (qr: PivotedQR): number =>
  qr.tau.length === 0 ? 0 : Math.max(qr.rows, qr.cols) * 2 ** -52 * Math.abs(qr.factors[0]!);

/** Qᵀ·v, a fresh vector of `rows` numbers */
export function applyQTransposed(qr: PivotedQR, v: Float64Array): Float64Array {
  const result = requireVector('applyQTransposed', v, qr.rows);
  for (let k = 0; k < qr.tau.length; k++) reflectVector(qr, k, result);
  return result;
}

/** Q·v, a fresh vector of `rows` numbers */
export function applyQ(qr: PivotedQR, v: Float64Array): Float64Array {
  const result = requireVector('applyQ', v, qr.rows);
  for (let k = qr.tau.length - 1; k >= 0; k--) reflectVector(qr, k, result);
  return result;
}

/** The orthogonal projection of b onto the span of the first `rank` pivot columns. */
export function projectOntoRange(qr: PivotedQR, b: Float64Array, rank = qrRank(qr)): Float64Array {
  const coordinates = applyQTransposed(qr, b);
  coordinates.fill(0, rank);
  return applyQ(qr, coordinates);
}

/** A basic solution of min ‖A·x − b‖₂: zero outside the first `rank` pivot columns. */
export function solveLeastSquares(qr: PivotedQR, b: Float64Array, rank = qrRank(qr)): Float64Array {
  const coordinates = applyQTransposed(qr, b);
  backSubstitute(qr, rank, coordinates);
  const x = new Float64Array(qr.cols);
  for (let k = 0; k < rank; k++) x[qr.permutation[k]!] = coordinates[k]!;
  return x;
}

/** A basis of the numerical null space, one row for each of the cols − rank vectors (not orthonormal). */
export function qrNullSpace(qr: PivotedQR, rank = qrRank(qr)): Float64Array[] {
  return Array.from({ length: qr.cols - rank }, (_, f) => {
    const column = qr.factors.slice((rank + f) * qr.rows, (rank + f) * qr.rows + rank);
    backSubstitute(qr, rank, column);
    const vector = new Float64Array(qr.cols);
    for (let k = 0; k < rank; k++) vector[qr.permutation[k]!] = -column[k]!;
    vector[qr.permutation[rank + f]!] = 1;
    return vector;
  });
}

/** Solves R_{rank×rank}·y = v[0 … rank) in place. */
function backSubstitute({ rows, factors }: PivotedQR, rank: number, v: Float64Array): void {
  for (let k = rank - 1; k >= 0; k--) {
    let sum = v[k]!;
    for (let j = k + 1; j < rank; j++) sum -= factors[j * rows + k]! * v[j]!;
    v[k] = sum / factors[k * rows + k]!;
    if (!Number.isFinite(v[k]!)) throw new Inexpressible('backSubstitute: a diagonal entry of R is zero');
  }
}

function reflectVector({ rows, factors, tau }: PivotedQR, k: number, v: Float64Array): void {
  let sum = v[k]!;
  for (let i = k + 1; i < rows; i++) sum += factors[k * rows + i]! * v[i]!;
  sum *= tau[k]!;
  v[k] = v[k]! - sum;
  for (let i = k + 1; i < rows; i++) v[i] = v[i]! - sum * factors[k * rows + i]!;
}

function requireVector(what: string, v: Float64Array, length: number): Float64Array {
  if (v.length !== length) throw new RangeError(`${what}: expected ${length} numbers, received ${v.length}`);
  return v.slice();
}
