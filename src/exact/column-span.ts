import type { Rational } from '../kernel/rational.ts';
import { clearVector } from './linear-algebra-matrix.ts';
import { inverseModulo, residuesOf } from './modular-elimination.ts';
import { modularPrime } from './modular-prime.ts';

/**
 * Vectors of Q^rows that are linearly independent, proved one by one: each, its denominators cleared, is reduced modulo a
 * prime by those before it, and is kept when something is left. Independence mod p gives independence over Q. A vector
 * that is refused need not be dependent over Q (p may divide a minor), so `dimension` is a lower bound of what was offered.
 * `add` costs O(rows·dimension).
 */
export class ColumnSpan {
  readonly #rows: number;
  readonly #prime: number;
  readonly #echelon: { readonly pivot: number; readonly residues: Float64Array }[] = [];
  readonly #kept: (readonly Rational[])[] = [];

  private constructor(rows: number, prime: number) {
    this.#rows = rows;
    this.#prime = prime;
  }

  /** Starts from vectors known to be independent over Q, modulo the first prime at which they still are. */
  static of(rows: number, independent: readonly (readonly Rational[])[]): ColumnSpan {
    for (let k = 0; k < PRIMES_TRIED; k++) {
      const span = new ColumnSpan(rows, modularPrime(k));
      if (independent.every((vector) => span.add(vector))) return span;
    }
    throw new RangeError('ColumnSpan: the vectors are dependent modulo every prime tried');
  }

  get dimension(): number {
    return this.#kept.length;
  }

  /** the vectors that were kept, in order */
  get vectors(): readonly (readonly Rational[])[] {
    return this.#kept;
  }

  /** Keeps the vector when it is proved independent of those kept before; throws a RangeError on a wrong length. */
  add(vector: readonly Rational[]): boolean {
    if (vector.length !== this.#rows)
      throw new RangeError(`ColumnSpan: expected ${this.#rows} numbers, received ${vector.length}`);
    if (this.dimension === this.#rows) return false;
    const p = this.#prime;
    const residues = residuesOf(clearVector(vector).numerators, p);
    for (const { pivot, residues: row } of this.#echelon) {
      const factor = residues[pivot]!;
      if (factor === 0) continue;
      const negative = p - factor;
      for (let i = 0; i < residues.length; i++) residues[i] = (residues[i]! + negative * row[i]!) % p;
    }
    const pivot = residues.findIndex((entry) => entry !== 0);
    if (pivot < 0) return false;
    const inverse = inverseModulo(residues[pivot]!, p);
    for (let i = 0; i < residues.length; i++) residues[i] = (residues[i]! * inverse) % p;
    this.#echelon.push({ pivot, residues });
    this.#kept.push([...vector]);
    return true;
  }
}

const PRIMES_TRIED = 64;
