import { describe, expect, test } from 'vitest';
import {
  checkInRange,
  checkLeastSquares,
  checkNullSpace,
  checkRank,
  inRange,
  leastSquares,
  matrix,
  nullSpace,
  rank,
} from '../../src/exact/linear-algebra.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { fraction, product, q, randomMatrix, randomVector, stream } from './linear-algebra-samples.ts';

const random = stream(7);
const A = product(randomMatrix(8, 4, random, fraction), randomMatrix(4, 6, random, fraction));
const bump = (values: readonly Rational[], k: number): Rational[] =>
  values.map((value, i) => (i === k ? value.add(q(1, 10n ** 30n)) : value));

describe('every field of a certificate matters', () => {
  test('rank', () => {
    const good = rank(A);
    expect(good.rank).toBe(4);
    expect(checkRank(A, good)).toBe(true);
    const { lower, upper } = good;
    if (upper.kind === 'shape') throw new Error('expected null vectors');
    expect(upper.vectors.length).toBe(2);
    const mutants = [
      { ...good, rank: 3 },
      { ...good, rank: 5 },
      { ...good, rank: Number.NaN },
      { ...good, lower: { ...lower, prime: lower.prime - 1 } },
      { ...good, lower: { ...lower, prime: 2 ** 31 - 1 } },
      { ...good, lower: { ...lower, pivotRows: [...lower.pivotRows.slice(1), lower.pivotRows[1]!] } },
      { ...good, lower: { ...lower, pivotRows: lower.pivotRows.slice(1) } },
      { ...good, lower: { ...lower, pivotCols: lower.pivotCols.map((c) => c + 6) } },
      { ...good, lower: { ...lower, pivotCols: lower.pivotCols.map((c) => c + 0.5) } },
      { ...good, upper: { kind: 'shape' as const } },
      { ...good, upper: { ...upper, kind: 'left' as const } },
      { ...good, upper: { ...upper, free: [upper.free[0]!, upper.free[0]!] } },
      { ...good, upper: { ...upper, free: [...upper.free].reverse() } },
      { ...good, upper: { ...upper, vectors: upper.vectors.slice(1) } },
      { ...good, upper: { ...upper, vectors: [upper.vectors[0]!, upper.vectors[0]!] } },
      ...upper.vectors.flatMap((_, k) =>
        Array.from({ length: 6 }, (_, entry) => ({
          ...good,
          upper: { ...upper, vectors: upper.vectors.map((v, l) => (l === k ? bump(v, entry) : v)) },
        })),
      ),
    ];
    for (const mutant of mutants) expect(checkRank(A, mutant)).toBe(false);
    expect(mutants.length).toBe(27);
  });

  test('null space', () => {
    const good = nullSpace(A);
    expect(checkNullSpace(A, good)).toBe(true);
    expect(checkNullSpace(A, { ...good, rank: 3, vectors: good.vectors })).toBe(false);
    expect(checkNullSpace(A, { ...good, vectors: good.vectors.slice(1), free: good.free.slice(1) })).toBe(
      false,
    );
    expect(checkNullSpace(A, { ...good, vectors: good.vectors.map((v) => v.slice(1)) })).toBe(false);
  });

  test('range', () => {
    const b = randomVector(8, random, fraction);
    const outside = inRange(A, b);
    if (outside.inRange) throw new Error('expected a vector outside');
    expect(checkInRange(A, b, outside)).toBe(true);
    const n = outside.leftNullVector;
    expect(checkInRange(A, b, { inRange: true, x: new Array(6).fill(Rational.zero) })).toBe(false);
    expect(checkInRange(A, b, { inRange: false, leftNullVector: n.map(() => Rational.zero) })).toBe(false);
    for (let k = 0; k < 8; k++) {
      expect(checkInRange(A, b, { inRange: false, leftNullVector: bump(n, k) })).toBe(false);
    }
    const inside = inRange(
      A,
      A.entries.filter((_, k) => k % 6 === 0),
    );
    expect(inside.inRange).toBe(true);
    expect(checkInRange(A, b, inside)).toBe(false);
  });

  test('least squares', () => {
    const b = randomVector(8, random, fraction);
    const weights = b.map((_, i) => q(i + 1, 2));
    const good = leastSquares(A, b, weights);
    expect(checkLeastSquares(A, b, weights, good)).toBe(true);
    expect(checkLeastSquares(A, b, weights, { ...good, minimum: good.minimum.add(q(1, 10n ** 50n)) })).toBe(
      false,
    );
    for (let k = 0; k < 6; k++) {
      expect(checkLeastSquares(A, b, weights, { ...good, x: bump(good.x, k) })).toBe(false);
    }
    expect(checkLeastSquares(A, b, bump(weights, 2), good)).toBe(false);
    const negative = matrix(1, 1, [q(1)]);
    expect(checkLeastSquares(negative, [q(0)], [q(-1)], { x: [q(0)], minimum: q(0) })).toBe(false);
  });
});
