import { Rational } from '../kernel/rational.ts';
import { clearRows, type IntegerMatrix, type IntegerVector, type Matrix } from './linear-algebra-matrix.ts';
import { complement, type PivotCandidate, pivotCandidates, subMatrix } from './linear-algebra-pivots.ts';
import { solveSquare } from './linear-algebra-square.ts';
import type { ModularElimination } from './modular-elimination.ts';

/** rank ≥ r: the r × r minor on these rows and columns (of A with its rows cleared of denominators) is non-zero mod p. */
export interface RankLowerCertificate {
  readonly prime: number;
  readonly pivotRows: readonly number[];
  readonly pivotCols: readonly number[];
}

/**
 * rank ≤ r: by the shape; or by null vectors, A·v = 0 (`right`, cols − r of them) or vᵀA = 0 (`left`, rows − r of
 * them), independent because vector k alone is non-zero at position free[k].
 */
export type RankUpperCertificate =
  | { readonly kind: 'shape' }
  | {
      readonly kind: 'right' | 'left';
      readonly free: readonly number[];
      readonly vectors: readonly (readonly Rational[])[];
    };

export interface RankResult {
  readonly rank: number;
  readonly lower: RankLowerCertificate;
  readonly upper: RankUpperCertificate;
}

export interface NullSpace {
  readonly rank: number;
  readonly lower: RankLowerCertificate;
  readonly free: readonly number[];
  /** a basis of { v : A·v = 0 } in integers; vector k is positive at free[k] and 0 at the other free positions */
  readonly vectors: readonly (readonly Rational[])[];
}

/** Another implementation of the elimination mod p (the wasm kernel); the answer is verified whatever it proposes. */
export interface LinearAlgebraOptions {
  readonly eliminate?: ModularElimination;
}

/**
 * The rank over Q with both certificates. Lower bound: elimination mod p (rank_p ≤ rank). Upper bound: null vectors
 * on the side that has fewer of them, verified in integers before they are returned.
 */
export function rank(A: Matrix, options: LinearAlgebraOptions = {}): RankResult {
  const integer = clearRows(A);
  for (const candidate of pivotCandidates(integer, options.eliminate)) {
    const r = candidate.pivotCols.length;
    const found = { rank: r, lower: lowerCertificate(candidate) };
    if (r === Math.min(A.rows, A.cols)) return { ...found, upper: { kind: 'shape' } };
    if (A.cols <= A.rows) {
      const right = rightNullVectors(integer, candidate, options);
      if (right) return { ...found, upper: { kind: 'right', ...right } };
    } else {
      const left = rightNullVectors(transposeIntegers(integer), swapSides(candidate), options);
      if (left) {
        const vectors = left.vectors.map((v) => v.map((entry, i) => entry.mul(integer.scales[i]!)));
        return { ...found, upper: { kind: 'left', free: left.free, vectors } };
      }
    }
  }
  throw new Error('rank: unreachable');
}

/** A lower bound of the rank over Q, certified; far cheaper than `rank` on large deficient matrices. */
export function rankLowerBound(A: Matrix, options: LinearAlgebraOptions = {}): RankLowerCertificate {
  for (const candidate of pivotCandidates(clearRows(A), options.eliminate))
    return lowerCertificate(candidate);
  throw new Error('rankLowerBound: unreachable');
}

/** A basis of the null space over Q, verified, with the rank. */
export function nullSpace(A: Matrix, options: LinearAlgebraOptions = {}): NullSpace {
  const integer = clearRows(A);
  for (const candidate of pivotCandidates(integer, options.eliminate)) {
    const found = rightNullVectors(integer, candidate, options);
    if (found) return { rank: candidate.pivotCols.length, lower: lowerCertificate(candidate), ...found };
  }
  throw new Error('nullSpace: unreachable');
}

const lowerCertificate = ({ prime, pivotRows, pivotCols }: PivotCandidate): RankLowerCertificate => ({
  prime,
  pivotRows: [...pivotRows],
  pivotCols: [...pivotCols],
});

const swapSides = (candidate: PivotCandidate): PivotCandidate => ({
  prime: candidate.prime,
  pivotRows: candidate.pivotCols,
  pivotCols: candidate.pivotRows,
});

function transposeIntegers(A: IntegerMatrix): IntegerMatrix {
  const entries = Array.from(
    { length: A.entries.length },
    (_, k) => A.entries[(k % A.rows) * A.cols + Math.floor(k / A.rows)]!,
  );
  return { rows: A.cols, cols: A.rows, entries, scales: Array.from({ length: A.cols }, () => Rational.one) };
}

/**
 * One null vector for each column without a pivot; undefined when one of them fails against all rows of A. They are
 * left in integers: bringing long fractions to lowest terms would cost more than finding them.
 */
function rightNullVectors(
  A: IntegerMatrix,
  { pivotRows, pivotCols }: PivotCandidate,
  options: LinearAlgebraOptions,
): { free: number[]; vectors: Rational[][] } | undefined {
  const r = pivotCols.length;
  const free = complement(A.cols, pivotCols);
  const right = free.map((f) => pivotRows.map((i) => -A.entries[i * A.cols + f]!));
  const solutions = solveSquare(subMatrix(A, pivotRows, pivotCols), r, right, options.eliminate);
  if (!solutions) return undefined;
  for (let k = 0; k < free.length; k++) {
    if (!annihilates(A, pivotCols, solutions[k]!, free[k]!)) return undefined;
  }
  const vectors = solutions.map((solution, k) => {
    const vector = new Array<Rational>(A.cols).fill(Rational.zero);
    pivotCols.forEach((j, i) => {
      vector[j] = new Rational(solution.numerators[i]!);
    });
    vector[free[k]!] = new Rational(solution.denominator);
    return vector;
  });
  return { free, vectors };
}

function annihilates(
  A: IntegerMatrix,
  pivotCols: readonly number[],
  solution: IntegerVector,
  free: number,
): boolean {
  for (let i = 0; i < A.rows; i++) {
    const row = i * A.cols;
    let sum = A.entries[row + free]! * solution.denominator;
    for (let k = 0; k < pivotCols.length; k++)
      sum += A.entries[row + pivotCols[k]!]! * solution.numerators[k]!;
    if (sum !== 0n) return false;
  }
  return true;
}
