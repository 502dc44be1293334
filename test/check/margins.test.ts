import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/index.ts';
import { inertia, matrix } from '../../src/exact/linear-algebra.ts';
import { instanceFromObject } from '../../src/instance/load.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { generator } from '../random.ts';
import { integer, pick } from './oracle/models.ts';
import { inner, r } from './oracle/numbers.ts';

const marginsOf = async (spec: object, result = 'theorem-1') => {
  const report = await check(await instanceFromObject(spec as never), { results: [result], point: 'given' });
  const [found] = report.results;
  return { result: found!, margins: new Map((found!.margins ?? []).map((each) => [each.name, each])) };
};
const lower = (value: unknown): number => (value as { lower: number }).lower;

const relu = {
  everymin: 1,
  model: { type: 'mlp', inputs: 2, layers: [{ units: 2, activation: 'relu' }, { units: 1 }] },
  loss: { type: 'squared' },
  data: {
    inputs: [
      [0, 1],
      [1, 1],
      [2, 1],
    ],
    targets: [[1], [2], [4]],
  },
  parameters: {
    W1: [
      [1, 1],
      [1, '-1/3'],
    ],
    W2: [[1, 1]],
  },
};

it('the nearest kink is the least pre-activation, and no kink lies in the ball', async () => {
  const { margins } = await marginsOf(relu, 'theorem-1');
  expect(margins.get('nearest kink')?.value).toEqual({ exact: '1/3' });
  const near = await marginsOf(relu, 'theorem-2');
  const radius = lower(near.margins.get('ball without kinks')!.value);
  // W1[1] · (0, 1) = −1/3 reaches 0 when W1[1][1] moves by 1/3.
  expect(radius).toBeGreaterThan(0);
  expect(radius).toBeLessThanOrEqual(1 / 3);
});

describe('σ_min⁺(J) of random exact Jacobians', () => {
  it('is below every nonzero singular value, and close to the least', async () => {
    const random = generator(801);
    let checked = 0;
    for (let k = 0; k < 60; k++) {
      const n = integer(random, 1, 3);
      const m = integer(random, n, 4);
      const tiny = k % 4 === 0 ? r('1e-9') : r(1);
      const inputs = Array.from({ length: m }, () =>
        Array.from({ length: n }, (_, j) => r(pick(random, [-2, -1, 0, 1, 3])).mul(j === 0 ? tiny : r(1))),
      );
      const names = ['a', 'b', 'c'].slice(0, n);
      const { margins } = await marginsOf({
        everymin: 1,
        model: { type: 'basis', inputs: names, features: names, outputs: 1 },
        loss: { type: 'squared' },
        data: { inputs: inputs.map((row) => row.map(String)), targets: inputs.map(() => [1]) },
        parameters: { W: [names.map(() => 2)] },
      });
      const margin = margins.get('σ_min⁺(J)');
      const columns = names.map((_, j) => inputs.map((row) => row[j]!));
      const gram = (shift: Rational) =>
        matrix(
          n,
          n,
          columns.flatMap((left, i) =>
            columns.map((right, j) => (i === j ? inner(left, right).sub(shift) : inner(left, right))),
          ),
        );
      const { positive, zero } = inertia(gram(Rational.zero));
      if (!margin || zero > 0) continue;
      checked++;
      const sigma = Rational.fromNumber(lower(margin.value));
      expect(inertia(gram(sigma.mul(sigma))).negative).toBe(0);
      // tr (JᵀJ)⁻¹ ≤ n/σ²
      expect(inertia(gram(sigma.mul(sigma).mul(r(2 * n)))).negative).toBeGreaterThan(0);
      expect(positive).toBe(n);
    }
    expect(checked).toBeGreaterThan(20);
  }, 60_000);
});

it('a gradient below the useful one leaves a gap of at most L(θ)/100', async () => {
  const random = generator(802);
  let useful = 0;
  let not = 0;
  for (let k = 0; k < 60; k++) {
    const x = Array.from({ length: 3 }, () => pick(random, [-2, -1, 1, 3]));
    const y = x.map(() => pick(random, [-1, 0, 2]));
    const best =
      x.reduce((sum, value, i) => sum + value * y[i]!, 0) / x.reduce((sum, value) => sum + value * value, 0);
    const w = r(best).add(r(pick(random, ['1e-3', '1e-2', '1/20', '1/10', '1'])));
    const { result, margins } = await marginsOf({
      everymin: 1,
      model: { type: 'basis', inputs: ['x'], features: ['x'], outputs: 1 },
      loss: { type: 'squared' },
      data: { inputs: x.map((value) => [value]), targets: y.map((value) => [value]) },
      parameters: { W: [[`${w}`]] },
    });
    const needed = margins.get('useful when ‖∇L(θ)‖');
    if (!needed || !result.left || !('exact' in result.left)) continue;
    const residual = x.map((value, i) => w.mul(r(value)).sub(r(y[i]!)));
    const slope = inner(
      residual,
      x.map((value) => r(value)),
    )
      .mul(r(2))
      .abs();
    const squares = x.reduce((sum, value) => sum + value * value, 0);
    const gap = slope.mul(slope).div(r(4 * squares));
    const small = gap.mul(r(100)).cmp(r(result.left.exact)) <= 0;
    if (slope.cmp(Rational.fromNumber((needed.value as { upper: number }).upper)) <= 0) {
      useful++;
      expect(small).toBe(true);
    } else not++;
  }
  expect(useful).toBeGreaterThan(5);
  expect(not).toBeGreaterThan(5);
}, 30_000);

it('least curvature is below the eigenvalues of the exact Hessian, and margins are printed in JSON order', async () => {
  const { result, margins } = await marginsOf(
    {
      everymin: 1,
      model: { type: 'mlp', inputs: 1, layers: [{ units: 1 }, { units: 1 }] },
      loss: { type: 'squared' },
      data: { inputs: [[1], [2]], targets: [[1], [1]] },
      parameters: { W1: [[0]], W2: [[0]] },
    },
    'theorem-2',
  );
  // ∇²L = [[0, −6], [−6, 0]]
  const value = lower(margins.get('least curvature')!.value);
  expect(value).toBeLessThanOrEqual(-6);
  expect(value).toBeGreaterThanOrEqual(-24);
  for (const margin of result.margins!) {
    expect(Object.keys(margin).sort()).toEqual(['detail', 'name', 'of', 'tier', 'value']);
    expect(result.obligations.map(({ id }) => id)).toContain(margin.of);
  }
});

it('a singular positive semidefinite Hessian has least curvature 0 over Q', async () => {
  const { margins } = await marginsOf(
    {
      everymin: 1,
      model: { type: 'mlp', inputs: 1, layers: [{ units: 1 }, { units: 1 }, { units: 1 }] },
      loss: { type: 'squared' },
      data: { inputs: [[1]], targets: [[1]] },
      parameters: { W1: [[0]], W2: [[0]], W3: [[0]] },
    },
    'lemma-3',
  );
  expect(margins.get('least curvature')?.value).toEqual({ lower: 0 });
});
