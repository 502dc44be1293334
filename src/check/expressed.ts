import { Inexpressible } from '../arithmetic/arithmetic.ts';
import { AtKink } from '../symbolic/derivative.ts';

/** What was computed, or undefined where an arithmetic cannot write it down or a derivative may not exist; other errors pass. */
export function expressed<R>(compute: () => R): R | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Inexpressible || error instanceof AtKink) return undefined;
    throw error;
  }
}
