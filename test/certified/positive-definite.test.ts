import { expect, test } from 'vitest';
import { leastEigenvalueEstimate, shiftedResidualBound } from '../../src/certified/positive-definite.ts';
import { isPositiveDefinite, matrix } from '../../src/exact/linear-algebra.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { selectKernels } from '../../src/numeric/float64/select.ts';
import { generator } from '../random.ts';

const { kernels } = await selectKernels();
const random = generator(8);

/** VVᵀ of small integers, n×n of rank ≤ r: exact in float64. */
function gram(n: number, r: number): Float64Array {
  const V = Float64Array.from({ length: n * r }, () => Math.floor(random() * 19) - 9);
  return kernels.multiplyTransposed(V, V, n, r, n);
}

const shiftedBy = (A: Float64Array, n: number, s: number): Float64Array =>
  A.map((value, k) => (k % (n + 1) === 0 ? value - s : value));

/** Whether A − cI is positive definite, over Q. */
const definite = (A: Float64Array, n: number, c: Rational): boolean =>
  isPositiveDefinite(
    matrix(
      n,
      n,
      Array.from(A, (value, k) =>
        k % (n + 1) === 0 ? Rational.fromNumber(value).sub(c) : Rational.fromNumber(value),
      ),
    ),
  );

const slightlyLess = (c: number): Rational =>
  Rational.fromNumber(c).sub(Rational.fromNumber(Math.abs(c) * 2 ** -40 + 2 ** -200));

test('the bound is below the least eigenvalue, exactly, and near it', () => {
  let near = 0;
  for (let round = 0; round < 60; round++) {
    const n = 1 + Math.floor(random() * 9);
    const A = gram(n, n + 2);
    const first = kernels.cholesky(A, n);
    if (!first) continue;
    const estimate = leastEigenvalueEstimate(n, first, 60);
    const s = estimate * (0.3 + random() * 0.69);
    const lower = kernels.cholesky(shiftedBy(A, n, s), n);
    if (!lower) continue;
    const bound = shiftedResidualBound(kernels, n, A, lower, s)!;
    expect(definite(A, n, slightlyLess(bound))).toBe(true);
    if (bound > s * 0.99) near++;
  }
  expect(near).toBeGreaterThan(40);
});

test('whatever is proposed, nothing above the least eigenvalue is claimed', () => {
  for (let round = 0; round < 300; round++) {
    const n = 2 + Math.floor(random() * 6);
    const singular = random() < 0.5;
    const A = gram(n, singular ? n - 1 : n + 1);
    const good = kernels.cholesky(shiftedBy(A, n, -1), n)!;
    const lower = good.map((value, k) => {
      if (k % n > Math.floor(k / n)) return random() < 0.1 ? random() : 0;
      return random() < 0.2 ? value * (1 + (random() - 0.5) * 2 ** -Math.floor(random() * 40)) : value;
    });
    if (random() < 0.05) lower[0] = Number.NaN;
    const s = (random() - 0.3) * 10 ** Math.floor(random() * 8 - 4);
    let bound: number | undefined;
    try {
      bound = shiftedResidualBound(kernels, n, A, lower, s);
    } catch {
      continue;
    }
    if (bound === undefined) continue;
    if (singular) expect(bound).toBeLessThanOrEqual(0);
    expect(definite(A, n, slightlyLess(bound))).toBe(true);
  }
});

test('a proposal that is not lower triangular is refused', () => {
  expect(
    shiftedResidualBound(kernels, 2, new Float64Array([2, 0, 0, 2]), new Float64Array([1, 1, 0, 1]), 1),
  ).toBe(undefined);
});

test('larger than a strip: n = 600', () => {
  const n = 600;
  const A = gram(n, 20).map((value, k) => value + (k % (n + 1) === 0 ? 1 : 0));
  const lower = kernels.cholesky(shiftedBy(A, n, 0.75), n)!;
  const bound = shiftedResidualBound(kernels, n, A, lower, 0.75)!;
  expect(bound).toBeGreaterThan(0.74);
  expect(bound).toBeLessThanOrEqual(0.75);
});

test('tells how many rows are done, and stops where it is told to', () => {
  const n = 600;
  const A = new Float64Array(n * n);
  for (let i = 0; i < n; i++) A[i * n + i] = 4;
  const lower = A.map((value) => (value === 0 ? 0 : Math.sqrt(3)));
  const seen: number[] = [];
  const bound = shiftedResidualBound(kernels, n, A, lower, 1, (done) => seen.push(done))!;
  expect(bound).toBe(shiftedResidualBound(kernels, n, A, lower, 1));
  expect(bound).toBeGreaterThan(0.9);
  expect(bound).toBeLessThanOrEqual(4);
  expect(seen).toEqual([0, 256, 512]);
  const stop = () =>
    shiftedResidualBound(kernels, n, A, lower, 1, (done) => {
      if (done > 0) throw new Error('enough');
    });
  expect(stop).toThrow('enough');
});
