import { bareissSolve } from './linear-algebra-bareiss.ts';
import type { IntegerVector } from './linear-algebra-matrix.ts';
import type { ModularElimination } from './modular-elimination.ts';
import { liftSolve } from './modular-lifting.ts';
import { modularPrime } from './modular-prime.ts';

/** Up to this many rows fraction-free elimination is used (measured: p-adic lifting wins beyond). */
const FRACTION_FREE_ROWS = 20;
const PRIMES_TRIED = 3;

/** Solves B·x = c over Q for each c in `right`; undefined exactly when B (r × r, integers) is singular. */
export function solveSquare(
  entries: readonly bigint[],
  r: number,
  right: readonly (readonly bigint[])[],
  eliminate?: ModularElimination,
): IntegerVector[] | undefined {
  if (right.length === 0) return [];
  if (r > FRACTION_FREE_ROWS) {
    for (let k = 0; k < PRIMES_TRIED; k++) {
      const lifted = liftSolve(entries, r, right, modularPrime(k), eliminate);
      if (lifted) return lifted;
    }
  }
  return bareissSolve(entries, r, right);
}
