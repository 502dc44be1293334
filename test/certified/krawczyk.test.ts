import { expect, test } from 'vitest';
import { ballsFromBounds, exactBalls } from '../../src/certified/ball-matrix.ts';
import { krawczyk } from '../../src/certified/krawczyk.ts';

/** g(t) = t² − 2 around t = c with half-width r: value and slope enclosures by hand. */
const square = (c: number, r: number) =>
  krawczyk(
    ballsFromBounds(1, 1, [c * c - 2 - 1e-15], [c * c - 2 + 1e-15]),
    ballsFromBounds(1, 1, [2 * (c - r)], [2 * (c + r)]),
    Float64Array.of(1 / (2 * c)),
    Float64Array.of(r),
  );

test('√2 is enclosed by a box around 1.4143', () => {
  const radii = square(1.4143, 1e-3);
  expect(radii).toBeDefined();
  expect(Math.abs(Math.SQRT2 - 1.4143)).toBeLessThanOrEqual(radii![0]!);
  expect(radii![0]!).toBeLessThan(1e-3);
});

test('a box without a zero, a box whose edge is the zero, and a singular slope are refused', () => {
  expect(square(1.5, 1e-3)).toBeUndefined();
  expect(square(1.4143, Math.SQRT2 - 1.4143)).toBeUndefined();
  const one = exactBalls(1, 1, Float64Array.of(0));
  expect(
    krawczyk(one, ballsFromBounds(1, 1, [-1], [1]), Float64Array.of(1), Float64Array.of(0.1)),
  ).toBeUndefined();
});

test('a value that is not a number never passes', () => {
  const nan = { rows: 1, cols: 1, mid: Float64Array.of(Number.NaN), rad: Float64Array.of(0) };
  const slope = exactBalls(1, 1, Float64Array.of(1));
  expect(() => krawczyk(nan, slope, Float64Array.of(1), Float64Array.of(1))).toThrow(/overflows/);
});
