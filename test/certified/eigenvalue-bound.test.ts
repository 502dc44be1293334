import { expect, test } from 'vitest';
import { ballsFromBounds, exactBalls } from '../../src/certified/ball-matrix.ts';
import { largestEigenvalueBound, leastEigenvalueBound } from '../../src/certified/eigenvalue-bound.ts';
import { approximateInverse, inverseCholesky } from '../../src/certified/inverse.ts';
import { isPositiveDefinite, matrix } from '../../src/exact/linear-algebra.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { generator } from '../random.ts';

const random = generator(5);

/** AᵀA + shift·I with small integers: symmetric, exactly representable. */
function symmetric(n: number, shift: number): Float64Array {
  const A = Array.from({ length: n * n }, () => Math.floor(random() * 9) - 4);
  const S = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) S[i * n + j]! += A[k * n + i]! * A[k * n + j]!;
    }
    S[i * n + i]! += shift;
  }
  return S;
}

/** S − cI ≥ 0 decided over Q: S − c'I is positive definite for every c' < c that is tried. */
const atLeast = (n: number, S: Float64Array, c: number): boolean => {
  const below = Rational.fromNumber(c).sub(new Rational(1n, 10n ** 30n));
  return isPositiveDefinite(
    matrix(
      n,
      n,
      Array.from(S, (entry, k) =>
        k % (n + 1) === 0 ? Rational.fromNumber(entry).sub(below) : Rational.fromNumber(entry),
      ),
    ),
  );
};

test('the bound is below the least eigenvalue, and positive for well-conditioned matrices', () => {
  let positive = 0;
  for (let round = 0; round < 200; round++) {
    const n = 1 + Math.floor(random() * 7);
    const S = symmetric(n, Math.floor(random() * 3));
    const bound = leastEigenvalueBound(exactBalls(n, n, S), inverseCholesky(n, S));
    expect(bound).toBeDefined();
    expect(atLeast(n, S, bound!)).toBe(true);
    if (bound! > 0) positive++;
  }
  expect(positive).toBeGreaterThan(100);
});

test('a singular or indefinite matrix never gets a positive bound, whatever is proposed', () => {
  for (let round = 0; round < 200; round++) {
    const n = 2 + Math.floor(random() * 4);
    const S = symmetric(n, 0);
    for (let i = 0; i < n; i++) {
      S[i * n] = S[i * n + 1]!; // first column and row equal the second: singular
      S[i] = S[n + i]!;
    }
    S[0] = S[1]!;
    const proposal = Float64Array.from(
      { length: n * n },
      () => (random() - 0.5) * 10 ** Math.floor(random() * 6 - 3),
    );
    const wide = ballsFromBounds(
      n,
      n,
      S.map((entry) => entry - 1e-9),
      S.map((entry) => entry + 1e-9),
    );
    for (const a of [exactBalls(n, n, S), wide]) {
      for (const x of [undefined, proposal, inverseCholesky(n, S), approximateInverse(n, S)]) {
        expect(leastEigenvalueBound(a, x) ?? 0).toBeLessThanOrEqual(0);
      }
    }
  }
});

test('the largest row sum bounds the largest eigenvalue', () => {
  for (let round = 0; round < 50; round++) {
    const n = 1 + Math.floor(random() * 5);
    const S = symmetric(n, 0);
    const bound = largestEigenvalueBound(exactBalls(n, n, S));
    expect(
      atLeast(
        n,
        S.map((entry, k) => (k % (n + 1) === 0 ? bound - entry : -entry)),
        0,
      ),
    ).toBe(true);
  }
});
