import { describe, expect, test } from 'vitest';
import {
  checkInRange,
  checkLeastSquares,
  checkNullSpace,
  checkRank,
  checkRankLower,
  inRange,
  leastSquares,
  type Matrix,
  matrix,
  multiplyVector,
  nullSpace,
  rank,
  rankLowerBound,
  solve,
} from '../../src/exact/linear-algebra.ts';
import { modularPrime } from '../../src/exact/modular-prime.ts';
import { Rational } from '../../src/kernel/rational.ts';
import {
  dyadic,
  fraction,
  hilbert,
  kahan,
  product,
  q,
  randomMatrix,
  randomVector,
  referenceRank,
  smallInteger,
  stream,
} from './linear-algebra-samples.ts';

const ENTRIES = { smallInteger, fraction, dyadic };

/** Shapes with 0 and 1, of every rank. */
function samples(): { name: string; A: Matrix; random: () => number; entry: typeof dyadic }[] {
  const list = [];
  let seed = 1;
  for (const [kind, entry] of Object.entries(ENTRIES)) {
    for (const [m, n] of [
      [0, 0],
      [0, 3],
      [3, 0],
      [1, 1],
      [1, 5],
      [5, 1],
      [4, 4],
      [7, 3],
      [3, 8],
      [9, 9],
    ] as const) {
      for (const r of new Set([0, 1, Math.min(m, n) - 1, Math.min(m, n)])) {
        if (r < 0 || r > Math.min(m, n)) continue;
        const random = stream(seed++);
        const A = product(randomMatrix(m, r, random, entry), randomMatrix(r, n, random, entry));
        list.push({ name: `${kind} ${m}×${n} through ${r}`, A, random, entry });
      }
    }
  }
  return list;
}

describe('rank and null space over Q', () => {
  const cases = samples();

  test('there are samples of every kind', () => {
    expect(cases.length).toBeGreaterThan(70);
    expect(cases.filter(({ A }) => referenceRank(A) < Math.min(A.rows, A.cols)).length).toBeGreaterThan(30);
  });

  test.each(cases)('$name', ({ A }) => {
    const expected = referenceRank(A);
    const result = rank(A);
    expect(result.rank).toBe(expected);
    expect(checkRank(A, result)).toBe(true);
    const space = nullSpace(A);
    expect(space.vectors.length).toBe(A.cols - expected);
    expect(checkNullSpace(A, space)).toBe(true);
    expect(checkRankLower(A, expected, rankLowerBound(A))).toBe(true);
  });

  test('larger deficient matrices go through p-adic lifting, on both sides', () => {
    for (const [m, n] of [
      [60, 41],
      [41, 60],
    ] as const) {
      const random = stream(m);
      const A = product(randomMatrix(m, 33, random, dyadic), randomMatrix(33, n, random, dyadic));
      const result = rank(A);
      expect(result.rank).toBe(33);
      expect(result.upper.kind).toBe(m > n ? 'right' : 'left');
      expect(checkRank(A, result)).toBe(true);
    }
  });

  test('Hilbert and Kahan matrices of order 30 have full rank; one changed entry is seen', () => {
    for (const A of [hilbert(30), kahan(30)]) {
      expect(rank(A).rank).toBe(30);
      const b = multiplyVector(A, new Array(30).fill(Rational.one));
      expect(solve(A, b)!.every((entry) => entry.equals(Rational.one))).toBe(true);
      const deficient = matrix(30, 30, [...A.entries.slice(0, 870), ...A.entries.slice(0, 30)]);
      expect(rank(deficient).rank).toBe(29);
      const last = [
        ...A.entries.slice(0, 870),
        ...A.entries.slice(0, 29),
        A.entries[29]!.add(q(1, 10n ** 40n)),
      ];
      expect(rank(matrix(30, 30, last)).rank).toBe(30);
    }
  });

  test('a matrix made to vanish modulo the first primes', () => {
    const primes = [0, 1, 2, 3].map((k) => BigInt(modularPrime(k)));
    const bad = primes.reduce((a, b) => a * b);
    const A = matrix(3, 3, [q(1), q(0), q(0), q(0), q(bad), q(1), q(0), q(0), q(bad)]);
    const result = rank(A);
    expect(result.rank).toBe(3);
    expect(bad % BigInt(result.lower.prime)).not.toBe(0n);
    expect(checkRank(A, result)).toBe(true);
    const b = [q(1), q(2), q(3)];
    expect(checkInRange(A, b, inRange(A, b))).toBe(true);
    expect(inRange(A, b).inRange).toBe(true);
    // Mod those primes the columns agree, which would fit the mean 3 of y: minimum 8. Over Q row 2 is fitted.
    const tall = matrix(3, 2, [q(1), q(1), q(1), q(1n + bad), q(1), q(1)]);
    const y = [q(1), q(5), q(3)];
    const fit = leastSquares(tall, y);
    expect(fit.minimum.equals(q(2))).toBe(true);
    expect(checkLeastSquares(tall, y, [q(1), q(1), q(1)], fit)).toBe(true);
    const separated = inRange(tall, b);
    expect(separated.inRange).toBe(false);
    expect(checkInRange(tall, b, separated)).toBe(true);
  });
});

describe('range, solving and least squares over Q', () => {
  test.each(samples())('$name', ({ A, random, entry }) => {
    const inside = multiplyVector(A, randomVector(A.cols, random, entry));
    const found = inRange(A, inside);
    expect(found.inRange).toBe(true);
    expect(checkInRange(A, inside, found)).toBe(true);

    const b = randomVector(A.rows, random, entry);
    const joined = matrix(
      A.rows,
      A.cols + 1,
      b.flatMap((value, i) => [...A.entries.slice(i * A.cols, (i + 1) * A.cols), value]),
    );
    const expected = referenceRank(joined) === referenceRank(A);
    const result = inRange(A, b);
    expect(result.inRange).toBe(expected);
    expect(checkInRange(A, b, result)).toBe(true);
    expect(solve(A, b) !== undefined).toBe(expected);

    const weights = b.map((_, i) => (i % 4 === 3 ? q(0) : q(i + 1, 3)));
    const fit = leastSquares(A, b, weights);
    expect(checkLeastSquares(A, b, weights, fit)).toBe(true);
    const plain = leastSquares(A, b);
    expect(checkLeastSquares(A, b, new Array(A.rows).fill(Rational.one), plain)).toBe(true);
    expect(plain.minimum.isZero).toBe(expected);
  });

  test('a line through three points (1/6), and Läuchli with δ = 1e−9', () => {
    const line = matrix(3, 2, [q(1), q(0), q(1), q(1), q(1), q(2)]);
    const fit = leastSquares(line, [q(0), q(1), q(1)]);
    expect(fit.minimum.toString()).toBe('1/6');
    expect(fit.x.map(String)).toEqual(['1/6', '1/2']);
    const delta = q(1, 10n ** 9n);
    const lauchli = matrix(3, 2, [q(1), q(1), delta, q(0), q(0), delta]);
    expect(rank(lauchli).rank).toBe(2);
    const zero = leastSquares(lauchli, [q(0), q(1), q(-1)]);
    expect(zero.minimum.isZero).toBe(true);
    expect(zero.x.map(String)).toEqual(['1000000000', '-1000000000']);
    const minimum = leastSquares(lauchli, [delta, q(-1), q(-1)]).minimum;
    expect(minimum.equals(q(2).add(delta.mul(delta)))).toBe(true);
  });

  test('larger systems: a planted solution, and a planted left null vector', () => {
    const random = stream(99);
    const A = product(randomMatrix(70, 30, random, dyadic), randomMatrix(30, 45, random, dyadic));
    const b = multiplyVector(A, randomVector(45, random, dyadic));
    const inside = inRange(A, b);
    expect(inside.inRange && checkInRange(A, b, inside)).toBe(true);
    b[13] = b[13]!.add(q(1, 1n << 200n));
    const outside = inRange(A, b);
    expect(outside.inRange).toBe(false);
    expect(checkInRange(A, b, outside)).toBe(true);
    const weights = b.map((_, i) => q(1 + (i % 3), 7));
    const fit = leastSquares(A, b, weights);
    expect(fit.minimum.sign).toBe(1);
    expect(checkLeastSquares(A, b, weights, fit)).toBe(true);
  });

  test('refuses negative weights and wrong lengths', () => {
    const A = matrix(2, 1, [q(1), q(1)]);
    expect(() => leastSquares(A, [q(1), q(1)], [q(1), q(-1)])).toThrow(RangeError);
    expect(() => leastSquares(A, [q(1)])).toThrow(RangeError);
    expect(() => inRange(A, [q(1)])).toThrow(RangeError);
    expect(() => matrix(2, 2, [q(1)])).toThrow(RangeError);
  });
});
