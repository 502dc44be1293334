import { Rational } from '../kernel/rational.ts';
import { clearRows, type Matrix, multiplyVector, transpose } from './linear-algebra-matrix.ts';
import { subMatrix } from './linear-algebra-pivots.ts';
import type { NullSpace, RankLowerCertificate, RankResult } from './linear-algebra-rank.ts';
import type { LeastSquares, RangeResult } from './linear-algebra-solve.ts';
import { eliminateModular, residuesOf } from './modular-elimination.ts';
import { isPrime } from './modular-prime.ts';

/** The checkers: each re-verifies a certificate from the matrix alone and returns whether it proves the claim. */

/** The minor has r distinct rows and columns and is non-zero modulo a prime below 2²⁶. */
export function checkRankLower(A: Matrix, r: number, certificate: RankLowerCertificate): boolean {
  const { prime, pivotRows, pivotCols } = certificate;
  if (!isPrime(prime) || prime >= 2 ** 26) return false;
  if (!distinctIndices(pivotRows, r, A.rows) || !distinctIndices(pivotCols, r, A.cols)) return false;
  const minor = subMatrix(clearRows(A), pivotRows, pivotCols);
  return eliminateModular(residuesOf(minor, prime), r, r, r, prime, false).pivotCols.length === r;
}

export function checkRank(A: Matrix, result: RankResult): boolean {
  if (!checkRankLower(A, result.rank, result.lower)) return false;
  const { upper } = result;
  if (upper.kind === 'shape') return result.rank === Math.min(A.rows, A.cols);
  const M = upper.kind === 'right' ? A : transpose(A);
  return checkNullVectors(M, M.cols - result.rank, upper.free, upper.vectors);
}

export function checkNullSpace(A: Matrix, result: NullSpace): boolean {
  return (
    checkRankLower(A, result.rank, result.lower) &&
    checkNullVectors(A, A.cols - result.rank, result.free, result.vectors)
  );
}

/** `count` null vectors of A, independent: vector k is the only one that is non-zero at free[k]. */
function checkNullVectors(
  A: Matrix,
  count: number,
  free: readonly number[],
  vectors: readonly (readonly Rational[])[],
): boolean {
  if (vectors.length !== count || !distinctIndices(free, count, A.cols)) return false;
  return vectors.every(
    (vector, k) =>
      vector.length === A.cols &&
      free.every((position, l) => vector[position]!.isZero === (l !== k)) &&
      multiplyVector(A, vector).every((entry) => entry.isZero),
  );
}

/** A·x = b, or nᵀA = 0 and nᵀb ≠ 0. */
export function checkInRange(A: Matrix, b: readonly Rational[], result: RangeResult): boolean {
  if (b.length !== A.rows) return false;
  if (result.inRange) {
    return result.x.length === A.cols && multiplyVector(A, result.x).every((entry, i) => entry.equals(b[i]!));
  }
  const n = result.leftNullVector;
  if (n.length !== A.rows) return false;
  return (
    multiplyVector(transpose(A), n).every((entry) => entry.isZero) &&
    !n.reduce((sum, entry, i) => sum.add(entry.mul(b[i]!)), Rational.zero).isZero
  );
}

/**
 * AᵀW(A·x − b) = 0 with W ≥ 0, which is sufficient for a minimum of the convex quadratic, and `minimum` is its value.
 */
export function checkLeastSquares(
  A: Matrix,
  b: readonly Rational[],
  weights: readonly Rational[],
  { x, minimum }: LeastSquares,
): boolean {
  if (b.length !== A.rows || weights.length !== A.rows || x.length !== A.cols) return false;
  if (weights.some((weight) => weight.sign < 0)) return false;
  const residual = multiplyVector(A, x).map((entry, i) => entry.sub(b[i]!));
  const weighted = residual.map((entry, i) => entry.mul(weights[i]!));
  const value = residual.reduce((sum, entry, i) => sum.add(entry.mul(weighted[i]!)), Rational.zero);
  return value.equals(minimum) && multiplyVector(transpose(A), weighted).every((entry) => entry.isZero);
}

function distinctIndices(indices: readonly number[], count: number, below: number): boolean {
  return (
    indices.length === count &&
    new Set(indices).size === count &&
    indices.every((index) => Number.isInteger(index) && index >= 0 && index < below)
  );
}
