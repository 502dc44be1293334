import { describe, expect, it } from 'vitest';
import { ballsFromBounds } from '../../../src/certified/ball-matrix.ts';
import { createContext } from '../../../src/check/context.ts';
import { leastCurvature } from '../../../src/check/robust/curvature.ts';
import { depth, fibreBound, fibreGradientBound } from '../../../src/check/robust/fibre-bound.ts';
import { inertia, matrix } from '../../../src/exact/linear-algebra.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import { Rational } from '../../../src/kernel/rational.ts';
import { generator } from '../../random.ts';
import { bounds } from '../oracle/judge.ts';
import { integer, pick } from '../oracle/models.ts';
import { r, sumOf } from '../oracle/numbers.ts';

describe('R3', () => {
  it('is sharp for a parabola, and no bound with M or η halved', () => {
    // L = Mx²/2 at x₀ = √(2η/M): η above its minimum, with |L′| = √(2Mη).
    for (const [M, eta] of [
      [2, 0.5],
      [10, 1e-6],
      [0.1, 3],
    ] as const) {
      const x0 = Math.sqrt((2 * eta) / M);
      const slope = M * x0;
      const radius = 100 * x0;
      expect(fibreGradientBound(M, eta, radius, x0)).toBeGreaterThanOrEqual(slope * (1 - 1e-15));
      expect(fibreGradientBound(M / 2, eta, radius, x0)).toBeLessThan(slope);
      expect(fibreGradientBound(M, eta / 2, radius, x0)).toBeLessThan(slope);
    }
    // L = gx falls by g(r − ε) on what is left of the ball: without the second term the first would be 0.
    expect(fibreGradientBound(0, 3 * 2, 2, 0)).toBeGreaterThanOrEqual(3);
    expect(() => fibreGradientBound(1, 1, 1, 1)).toThrow(RangeError);
  });

  it('the depth of a ball is at least that of the quadratic it is for', () => {
    const random = generator(621);
    for (let k = 0; k < 300; k++) {
      const [g, c, radius] = [random() * 3, random() * 8 - 4, random() + 0.01];
      const eta = depth(g, c, radius);
      for (let j = 0; j <= 40; j++) {
        const d = (radius * j) / 40;
        expect(eta).toBeGreaterThanOrEqual(g * d - (c * d * d) / 2 - 1e-14);
      }
    }
    expect(depth(1, 2, 10)).toBeLessThan(0.26);
    expect(depth(1, -2, 10)).toBeGreaterThan(109);
  });

  it('bounds the gradient at exact points of the fibre of f = w₂w₁x, on and off the optimum', async () => {
    const random = generator(622);
    let points = 0;
    let nearly = 0;
    for (let k = 0; k < 60; k++) {
      const x = Array.from({ length: 3 }, () => r(pick(random, [1, 2, -1, '1/2'])));
      const y = x.map(() => r(pick(random, [1, 2, -1, 0])));
      const w = [r(pick(random, [1, 2, '3/2'])), r(pick(random, [1, -1, '5/4']))] as const;
      const product = w[0].mul(w[1]);
      const fitted =
        k % 2 === 0 ? x.map((value) => value.mul(product).add(r(pick(random, ['1e-9', '1e-4', 0])))) : y;
      const instance = await instanceFromObject({
        everymin: 1,
        model: { type: 'mlp', inputs: 1, layers: [{ units: 1 }, { units: 1 }] },
        loss: { type: 'squared' },
        data: { inputs: x.map((value) => [`${value}`]), targets: fitted.map((value) => [`${value}`]) },
        parameters: { W1: [[`${w[0]}`]], W2: [[`${w[1]}`]] },
      } as never);
      const found = fibreBound(createContext(instance, { point: 'given' }), {
        id: 'local-minimum',
        status: 'undecided',
        tier: 'exact',
        detail: 'not asked',
        witness: null,
        seconds: 0,
      });
      if (!found) continue;
      const { upper } = bounds(found.bound!);
      const epsilon = r((found.constants.ε as { lower: number }).lower);
      const slope = sumOf(x.map((value, i) => value.mul(product).sub(fitted[i]!).mul(value).mul(r(2))));
      // (cw₁, w₂/c): the same product.
      for (const c of ['1001/1000', '999/1000', '1000001/1000000', '1', '10000001/10000000'].map(r)) {
        const moved = [w[0].mul(c), w[1].div(c)] as const;
        const step = moved[0].sub(w[0]).pow(2).add(moved[1].sub(w[1]).pow(2));
        if (step.cmp(epsilon.pow(2)) > 0) continue;
        points++;
        const square = slope.pow(2).mul(moved[0].pow(2).add(moved[1].pow(2)));
        expect(upper!.pow(2).cmp(square), `${k}, c = ${c}`).toBeGreaterThanOrEqual(0);
        if (upper!.toNumber() < 0.1) nearly++;
      }
    }
    expect(points).toBeGreaterThan(100);
    expect(nearly).toBeGreaterThan(10);
  }, 30_000);
});

it('leastCurvature is below every eigenvalue, and close to the least', () => {
  const random = generator(623);
  let indefinite = 0;
  for (let k = 0; k < 200; k++) {
    const n = integer(random, 1, 5);
    const entries = new Array<number>(n * n).fill(0);
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++)
        entries[i * n + j] = entries[j * n + i] = pick(random, [-2, -1, 0, 0.5, 1, 3]);
    const c = leastCurvature(ballsFromBounds(n, n, entries, entries))!;
    const shifted = (by: number) =>
      inertia(
        matrix(
          n,
          n,
          entries.map((value, at) =>
            at % (n + 1) === 0
              ? Rational.fromNumber(value).sub(Rational.fromNumber(by))
              : Rational.fromNumber(value),
          ),
        ),
      );
    expect(shifted(c).negative).toBe(0);
    if (c < -1e-9) {
      indefinite++;
      // The shifts tried are a factor 4 apart.
      expect(shifted(c / 4).negative, `${k}: ${c}`).toBeGreaterThan(0);
    }
  }
  expect(indefinite).toBeGreaterThan(80);
});
