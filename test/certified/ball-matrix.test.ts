import { expect, test } from 'vitest';
import {
  type BallMatrix,
  ballsFromBounds,
  exactBalls,
  multiply,
  normLowerBound,
  normUpperBound,
  scaleRows,
  transpose,
} from '../../src/certified/ball-matrix.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { generator } from '../random.ts';

const random = generator(11);
const magnitude = (): number => (random() - 0.5) * 2 ** Math.floor((random() - 0.5) * 80);

function randomBalls(rows: number, cols: number): BallMatrix {
  return {
    rows,
    cols,
    mid: Float64Array.from({ length: rows * cols }, () => (random() < 0.2 ? 0 : magnitude())),
    rad: Float64Array.from({ length: rows * cols }, () =>
      random() < 0.5 ? 0 : Math.abs(magnitude()) * 1e-3,
    ),
  };
}

/** A point of each ball, exactly: an end point or the centre. */
const sample = (a: BallMatrix): Rational[] =>
  Array.from(a.mid, (mid, k) => {
    const side = Rational.integer(Math.floor(random() * 3) - 1);
    return Rational.fromNumber(mid).add(Rational.fromNumber(a.rad[k]!).mul(side));
  });

const inside = (a: BallMatrix, k: number, value: Rational): boolean =>
  value.sub(Rational.fromNumber(a.mid[k]!)).abs().cmp(Rational.fromNumber(a.rad[k]!)) <= 0;

test('a product holds the exact product of any points of its factors', () => {
  let checked = 0;
  for (let round = 0; round < 300; round++) {
    const [p, k, q] = [1, 1, 1].map(() => 1 + Math.floor(random() * 6)) as [number, number, number];
    const a = randomBalls(p, k);
    const b = randomBalls(k, q);
    const c = multiply(a, b);
    const x = sample(a);
    const y = sample(b);
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < q; j++) {
        let sum = Rational.zero;
        for (let l = 0; l < k; l++) sum = sum.add(x[i * k + l]!.mul(y[l * q + j]!));
        expect(inside(c, i * q + j, sum)).toBe(true);
        checked++;
      }
    }
  }
  expect(checked).toBeGreaterThan(1000);
});

test('without the radius of rounding the same check fails, so it can fail', () => {
  let outside = 0;
  for (let round = 0; round < 50; round++) {
    const a = { ...randomBalls(2, 5), rad: new Float64Array(10) };
    const b = { ...randomBalls(5, 2), rad: new Float64Array(10) };
    const c = { ...multiply(a, b), rad: new Float64Array(4) };
    const sum = Array.from({ length: 5 }, (_, l) =>
      Rational.fromNumber(a.mid[l]!).mul(Rational.fromNumber(b.mid[2 * l]!)),
    ).reduce((s, t) => s.add(t), Rational.zero);
    if (!inside(c, 0, sum)) outside++;
  }
  expect(outside).toBeGreaterThan(10);
});

test('scaled rows, bounds and norms hold the exact values', () => {
  for (let round = 0; round < 200; round++) {
    const a = randomBalls(3, 2);
    const f = randomBalls(3, 1);
    const scaled = scaleRows(f, a);
    const x = sample(a);
    const y = sample(f);
    x.forEach((entry, k) => {
      expect(inside(scaled, k, entry.mul(y[Math.floor(k / 2)]!))).toBe(true);
    });
    const square = x.reduce((sum, entry) => sum.add(entry.mul(entry)), Rational.zero);
    expect(Rational.fromNumber(normUpperBound(a)).pow(2).cmp(square)).toBeGreaterThanOrEqual(0);
    expect(Rational.fromNumber(normLowerBound(a)).pow(2).cmp(square)).toBeLessThanOrEqual(0);
    const lo = magnitude();
    const hi = lo + Math.abs(magnitude());
    const ball = ballsFromBounds(1, 1, [lo], [hi]);
    expect(inside(ball, 0, Rational.fromNumber(lo)) && inside(ball, 0, Rational.fromNumber(hi))).toBe(true);
  }
});

test('sizes must match; overflow is refused', () => {
  const one = exactBalls(1, 1, Float64Array.of(1e200));
  expect(() => multiply(one, exactBalls(2, 1, new Float64Array(2)))).toThrow(/1×1 times 2×1/);
  expect(() => multiply(multiply(one, one), one)).toThrow(/overflows/);
  expect(transpose(exactBalls(1, 2, Float64Array.of(1, 2)))).toMatchObject({ rows: 2, cols: 1 });
});
