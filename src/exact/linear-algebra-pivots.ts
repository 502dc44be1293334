import { bareissPivots } from './linear-algebra-bareiss.ts';
import type { IntegerMatrix } from './linear-algebra-matrix.ts';
import { eliminateModular, type ModularElimination, type Pivots, residuesOf } from './modular-elimination.ts';
import { modularPrime } from './modular-prime.ts';

export interface PivotCandidate extends Pivots {
  /** the minor on these rows and columns is non-zero mod this prime */
  readonly prime: number;
}

const PRIMES_TRIED = 4;

/**
 * Proposals for the pivots of A over Q: elimination modulo a few primes, then, for a matrix made to defeat those,
 * fraction-free elimination, whose answer is right. Every proposal but the last has to be verified by its user.
 */
export function* pivotCandidates(
  A: IntegerMatrix,
  eliminate: ModularElimination = eliminateModular,
): Generator<PivotCandidate, never> {
  for (let k = 0; k < PRIMES_TRIED; k++) {
    const prime = modularPrime(k);
    const residues = residuesOf(A.entries, prime);
    yield { prime, ...eliminate(residues, A.rows, A.cols, A.cols, prime, false) };
  }
  const pivots = bareissPivots(A);
  yield { prime: primeOfMinor(A, pivots, eliminate), ...pivots };
  throw new Error('pivotCandidates: the pivots over Q were not accepted');
}

/** The first prime in the list that does not divide a minor known to be non-zero. */
function primeOfMinor(A: IntegerMatrix, pivots: Pivots, eliminate: ModularElimination): number {
  const minor = subMatrix(A, pivots.pivotRows, pivots.pivotCols);
  const r = pivots.pivotRows.length;
  for (let k = 0; ; k++) {
    const prime = modularPrime(k);
    if (eliminate(residuesOf(minor, prime), r, r, r, prime, false).pivotCols.length === r) return prime;
  }
}

/** The entries in the given rows and columns, row-major. */
export function subMatrix(
  A: Pick<IntegerMatrix, 'cols' | 'entries'>,
  rows: readonly number[],
  cols: readonly number[],
): bigint[] {
  return rows.flatMap((i) => cols.map((j) => A.entries[i * A.cols + j]!));
}

/** The numbers 0 … n−1 that are not in `chosen`. */
export function complement(n: number, chosen: readonly number[]): number[] {
  const taken = new Set(chosen);
  return Array.from({ length: n }, (_, k) => k).filter((k) => !taken.has(k));
}
