import { describe, expect, test } from 'vitest';
import {
  inertia,
  isPositiveDefinite,
  type Matrix,
  matrix,
  negativeDirection,
  quadraticForm,
  transpose,
} from '../../src/exact/linear-algebra.ts';
import { Rational } from '../../src/kernel/rational.ts';
import {
  dyadic,
  fraction,
  hilbert,
  product,
  q,
  randomMatrix,
  referenceRank,
  smallInteger,
  stream,
} from './linear-algebra-samples.ts';

const diagonal = (values: readonly number[]): Matrix =>
  matrix(
    values.length,
    values.length,
    values.flatMap((value, i) => values.map((_, j) => (i === j ? q(value) : Rational.zero))),
  );

describe('inertia over Q', () => {
  test('congruence keeps it: CᵀDC for invertible C and every pattern of signs', () => {
    let checked = 0;
    for (const [k, entry] of [smallInteger, fraction, dyadic].entries()) {
      for (let trial = 0; trial < 40; trial++) {
        const random = stream(1000 * k + trial + 1);
        const n = 1 + (trial % 6);
        const signs = Array.from({ length: n }, () => Math.floor(random() * 3) - 1);
        const C = randomMatrix(n, n, random, entry);
        if (referenceRank(C) < n) continue;
        const A = product(product(transpose(C), diagonal(signs)), C);
        const count = (sign: number): number => signs.filter((value) => value === sign).length;
        expect(inertia(A)).toEqual({ positive: count(1), negative: count(-1), zero: count(0) });
        expect(isPositiveDefinite(A)).toBe(count(1) === n);
        const v = negativeDirection(A);
        expect(v !== undefined).toBe(count(-1) > 0);
        if (v) expect(quadraticForm(A, v).sign).toBe(-1);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(80);
  });

  test('zero diagonals: hollow matrices', () => {
    const hollow = matrix(
      3,
      3,
      [0, 1, 1, 1, 0, 1, 1, 1, 0].map((value) => q(value)),
    );
    expect(inertia(hollow)).toEqual({ positive: 1, negative: 2, zero: 0 });
    expect(quadraticForm(hollow, negativeDirection(hollow)!).sign).toBe(-1);
    const saddle = matrix(
      4,
      4,
      [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0].map((value) => q(value)),
    );
    expect(inertia(saddle)).toEqual({ positive: 1, negative: 1, zero: 2 });
    expect(inertia(diagonal([0, 0]))).toEqual({ positive: 0, negative: 0, zero: 2 });
    expect(inertia(matrix(0, 0, []))).toEqual({ positive: 0, negative: 0, zero: 0 });
  });

  test('random hollow matrices agree with a congruent one that is not hollow', () => {
    let indefinite = 0;
    for (let trial = 0; trial < 120; trial++) {
      const random = stream(5000 + trial);
      const n = 2 + (trial % 6);
      const half = randomMatrix(n, n, random, smallInteger).entries;
      const A = matrix(
        n,
        n,
        half.map((_, k) => {
          const [i, j] = [Math.floor(k / n), k % n];
          // pairs on the diagonal stay zero after a step, too: zero blocks
          return i === j || (i < n / 2 && j < n / 2)
            ? Rational.zero
            : half[Math.min(i, j) * n + Math.max(i, j)]!;
        }),
      );
      const C = randomMatrix(n, n, random, fraction);
      if (referenceRank(C) < n) continue;
      const congruent = product(product(transpose(C), A), C);
      expect(inertia(A)).toEqual(inertia(congruent));
      const v = negativeDirection(A);
      expect(v !== undefined).toBe(inertia(congruent).negative > 0);
      if (v) indefinite++;
    }
    expect(indefinite).toBeGreaterThan(60);
  });

  test('Hilbert 12 is definite; minus a little more than its least eigenvalue it is not', () => {
    const H = hilbert(12);
    expect(isPositiveDefinite(H)).toBe(true);
    const shifted = matrix(
      12,
      12,
      H.entries.map((entry, k) => (k % 13 === 0 ? entry.sub(q(1, 10n ** 15n)) : entry)),
    );
    expect(inertia(shifted).negative).toBeGreaterThan(0);
    expect(quadraticForm(shifted, negativeDirection(shifted)!).sign).toBe(-1);
  });

  test('refuses matrices that are not symmetric', () => {
    expect(() => inertia(matrix(2, 2, [q(1), q(2), q(3), q(4)]))).toThrow('symmetric');
    expect(() => inertia(matrix(1, 2, [q(1), q(2)]))).toThrow('square');
  });
});
