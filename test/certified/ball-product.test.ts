import { describe, expect, test } from 'vitest';
import type { BallMatrix } from '../../src/certified/ball-matrix.ts';
import { hadamard, product, productTransposed, sum } from '../../src/certified/ball-product.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { plainKernels } from '../../src/numeric/float64/plain.ts';
import { selectKernels } from '../../src/numeric/float64/select.ts';
import { generator } from '../random.ts';

const { kernels } = await selectKernels();
const random = generator(5);
const size = (): number => 1 + Math.floor(random() * 9);
const magnitude = (): number => (random() - 0.5) * 2 ** Math.floor((random() - 0.5) * 80);

const randomBalls = (rows: number, cols: number): BallMatrix => ({
  rows,
  cols,
  mid: Float64Array.from({ length: rows * cols }, () => (random() < 0.2 ? 0 : magnitude())),
  rad: Float64Array.from({ length: rows * cols }, () => (random() < 0.5 ? 0 : Math.abs(magnitude()) * 1e-3)),
});

const sample = (a: BallMatrix): Rational[] =>
  Array.from(a.mid, (mid, k) =>
    Rational.fromNumber(mid).add(
      Rational.fromNumber(a.rad[k]!).mul(Rational.integer(Math.floor(random() * 3) - 1)),
    ),
  );

const inside = (a: BallMatrix, k: number, value: Rational): boolean =>
  value.sub(Rational.fromNumber(a.mid[k]!)).abs().cmp(Rational.fromNumber(a.rad[k]!)) <= 0;

const dot = (x: readonly Rational[], y: readonly Rational[]): Rational =>
  x.reduce((total, entry, l) => total.add(entry.mul(y[l]!)), Rational.zero);

describe.each([plainKernels, kernels])('products of the $name kernels', (products) => {
  test('hold the exact product of any points of their factors', () => {
    let outsideWithoutRadius = 0;
    for (let round = 0; round < 150; round++) {
      const [p, k, q] = [size(), size(), size()];
      const a = randomBalls(p, k);
      const b = randomBalls(q, k);
      const c = productTransposed(products, a, b);
      const bare = { ...c, rad: new Float64Array(c.rad.length) };
      const [x, y] = [sample(a), sample(b)];
      for (let i = 0; i < p; i++) {
        for (let j = 0; j < q; j++) {
          const exact = dot(x.slice(i * k, (i + 1) * k), y.slice(j * k, (j + 1) * k));
          expect(inside(c, i * q + j, exact)).toBe(true);
          if (!inside(bare, i * q + j, exact)) outsideWithoutRadius++;
        }
      }
    }
    expect(outsideWithoutRadius).toBeGreaterThan(500);
  });

  test('are not wider than a few times what rounding explains', () => {
    const a = { ...randomBalls(40, 60), rad: new Float64Array(2400) };
    const b = { ...randomBalls(60, 30), rad: new Float64Array(1800) };
    const c = product(products, a, b);
    for (let i = 0; i < 40; i++) {
      for (let j = 0; j < 30; j++) {
        let absolute = 0;
        for (let l = 0; l < 60; l++) absolute += Math.abs(a.mid[i * 60 + l]! * b.mid[l * 30 + j]!);
        expect(c.rad[i * 30 + j]!).toBeLessThan(absolute * 68 * 2 ** -51);
      }
    }
  });
});

test('entry by entry: products and sums hold every product and sum of points', () => {
  for (let round = 0; round < 200; round++) {
    const [rows, cols] = [size(), size()];
    const [a, b, row] = [randomBalls(rows, cols), randomBalls(rows, cols), randomBalls(1, cols)];
    const [x, y, z] = [sample(a), sample(b), sample(row)];
    const [ab, total, moved] = [hadamard(a, b), sum(a, b), sum(a, row)];
    x.forEach((entry, k) => {
      expect(inside(ab, k, entry.mul(y[k]!))).toBe(true);
      expect(inside(total, k, entry.add(y[k]!))).toBe(true);
      expect(inside(moved, k, entry.add(z[k % cols]!))).toBe(true);
    });
  }
});

test('sizes that do not fit are refused', () => {
  const [a, b] = [randomBalls(2, 3), randomBalls(2, 4)];
  expect(() => productTransposed(kernels, a, b)).toThrow(RangeError);
  expect(() => hadamard(a, b)).toThrow(RangeError);
  expect(() => sum(a, b)).toThrow(RangeError);
});
