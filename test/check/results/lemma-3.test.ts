import { describe, expect, it } from 'vitest';
import { check } from '../../../src/check/index.ts';
import { checkableIds } from '../../../src/check/results/index.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import type { Rational } from '../../../src/kernel/rational.ts';
import { generator } from '../../random.ts';
import { instanceOf } from '../oracle/handmade.ts';
import { lossAt, names, outputsAt, thetaAt } from '../oracle/local-minima.ts';
import { movedTo } from '../oracle/newton.ts';
import { inner, r } from '../oracle/numbers.ts';
import { scenario } from '../oracle/scenario.ts';
import { asObject, type PlainInstance, truthOf } from '../oracle/truth.ts';

const lemma3 = async (spec: object, options: object = {}) => {
  const report = await check(await instanceFromObject(spec as never), { results: ['lemma-3'], ...options });
  expect(report.results.length).toBe(1);
  const result = report.results[0]!;
  return { ...result, conclusion: result.obligations.find(({ id }) => id === 'conclusion')! };
};

it('stands between Theorem 1 and Theorem 2, with the hypotheses of the statement', async () => {
  const order = ['theorem-1', 'lemma-3', 'theorem-2'];
  expect(checkableIds.filter((id) => order.includes(id))).toEqual(order);
  const found = await lemma3(instanceOf(['t^2'], { t: 0 }, [[1]], [[-1]]));
  expect(found.obligations.map(({ id }) => id)).toEqual([
    'loss-differentiable',
    'differentiable-nearby',
    'local-minimum',
    'conclusion',
  ]);
  expect(found).toMatchObject({ verdict: 'holds', tier: 'exact' });
});

/** ∂L/∂θ_k at an exact point is not 0, by brute force; to 80 digits where it is irrational. */
function pulls(
  instance: PlainInstance,
  theta: readonly Rational[],
  k: number,
  random: () => number,
): boolean {
  const { gradient, gradientDecimal } = truthOf(movedTo(instance, theta), random, 0);
  return gradient ? !gradient[k]!.isZero : gradientDecimal[k]!.abs().gt('1e-70');
}

describe('on random exact instances', () => {
  it('never holds where the gradient is not 0, and its witnesses stand on the fibre', async () => {
    const random = generator(701);
    const counts = { holds: 0, fails: 0, fibre: 0, undecided: 0 };
    for (let k = 0; k < 100; k++) {
      const { instance, truth } = scenario(random);
      const { conclusion, verdict } = await lemma3(asObject(instance, `fibre ${k}`), { point: 'given' });
      counts[conclusion.status]++;
      expect(verdict).not.toBe('contradiction');
      if (truth.kink) continue;
      if (conclusion.status === 'holds' && conclusion.tier !== 'numeric' && truth.critical !== undefined)
        expect(truth.critical, `${k}: ${conclusion.detail}`).toBe(true);
      if (conclusion.status !== 'fails' || conclusion.tier !== 'exact') continue;
      const witness = conclusion.witness as { kind?: string; direction: string[]; parameter: string };
      if (witness.kind !== 'fibre-gradient') {
        expect(truth.critical).toBe(false);
        continue;
      }
      counts.fibre++;
      const at = names(instance).indexOf(witness.parameter);
      for (const s of ['1e-6', '1e-8'].map(r)) {
        const point = thetaAt(instance).map((value, j) => value.add(s.mul(r(witness.direction[j]!))));
        expect(outputsAt(instance, point).map(String)).toEqual(truth.f.map(String));
        expect(pulls(instance, point, at, random)).toBe(true);
      }
    }
    expect(counts.holds).toBeGreaterThan(10);
    expect(counts.fails).toBeGreaterThan(20);
    expect(counts.fibre).toBeGreaterThan(1);
  }, 120_000);

  it('where it holds, the gradient is 0 at points of the fibre that were not asked for', async () => {
    // f = w₂w₁x at the least squares solution: (cw₁, w₂/c) has the same values.
    for (const [w1, w2, y] of [
      ['1', '3/5', [1, 1]],
      ['2', '3/10', [1, 1]],
      ['-1', '2', [-2, -4]],
    ] as const) {
      const found = await lemma3({
        everymin: 1,
        model: { type: 'mlp', inputs: 1, layers: [{ units: 1 }, { units: 1 }] },
        loss: { type: 'squared' },
        data: { inputs: [[1], [2]], targets: y.map((value) => [value]) },
        parameters: { W1: [[w1]], W2: [[w2]] },
      });
      expect(found.verdict).toBe('holds');
      for (const c of ['999/1000', '1001/1000'].map(r)) {
        const [a, b] = [r(w1).mul(c), r(w2).div(c)];
        const force = [1, 2].map((x, i) => a.mul(b).mul(r(x)).sub(r(y[i]!)).mul(r(2)));
        expect(inner(force, [r(1).mul(b), r(2).mul(b)]).isZero).toBe(true);
        expect(inner(force, [r(1).mul(a), r(2).mul(a)]).isZero).toBe(true);
      }
    }
  });
});

describe('the contrapositive', () => {
  it('refutes a saddle of second order by a segment of the fibre', async () => {
    const found = await lemma3({
      everymin: 1,
      model: { type: 'mlp', inputs: 1, layers: [{ units: 1 }, { units: 1 }, { units: 1 }] },
      loss: { type: 'squared' },
      data: { inputs: [[1], [2]], targets: [[1], [1]] },
      parameters: { W1: [[0]], W2: [[0]], W3: [[0]] },
    });
    expect(found.verdict).toBe('not-applicable');
    expect(found.conclusion).toMatchObject({ status: 'fails', tier: 'exact' });
  });

  it('refutes by intervals where nothing is rational, and lets the symmetric case stand', async () => {
    const dead = (targets: number[][], weight: number) => ({
      everymin: 1,
      model: {
        type: 'mlp',
        inputs: 1,
        layers: [{ units: 1, activation: 'tanh', bias: true }, { units: 1 }],
      },
      loss: { type: 'squared' },
      data: { inputs: [[1], [-1]], targets },
      parameters: { W1: [[0]], b1: ['1/2'], W2: [[weight]] },
    });
    // Critical: Σ y_i tanh(1/2) = 0. Along W1 the gradient in W2 is −2(tanh(1/2 + s) − tanh(1/2 − s)).
    const found = await lemma3(dead([[1], [-1]], 0));
    expect(found.conclusion).toMatchObject({
      status: 'fails',
      tier: 'certified',
      witness: { kind: 'fibre-gradient', parameter: 'W2[0][0]' },
    });
    const level = await lemma3(dead([[0], [0]], 0));
    expect(level.conclusion.status).not.toBe('fails');
  });
});

it('a declaration does not stand against a fibre that pulls', async () => {
  const spec = instanceOf(['a*b'], { a: 0, b: 0 }, [[1]], [[1]], { declare: { 'local-minimum': true } });
  const found = await lemma3(spec);
  expect(found.conclusion.status).toBe('fails');
  expect(found.verdict).not.toBe('holds');
});

it('the loss of a refuted point is lower on the curve of the witness', async () => {
  const random = generator(702);
  let refuted = 0;
  for (let k = 0; k < 30; k++) {
    const { instance } = scenario(random);
    const { obligations } = await lemma3(asObject(instance, 'curve'), { point: 'given' });
    const { witness } = obligations.find(({ id }) => id === 'local-minimum')!;
    const curve = witness as {
      kind?: string;
      terms: { parameter: string; coefficient: string; power: number }[];
    };
    if (curve?.kind !== 'descent-curve') continue;
    const start = lossAt(instance, thetaAt(instance));
    if (!start) continue;
    const known = names(instance);
    const s = r('1e-60');
    const point = thetaAt(instance).map((value, j) =>
      curve.terms
        .filter(({ parameter }) => known[j] === parameter)
        .reduce((sum, { coefficient, power }) => sum.add(r(coefficient).mul(s.pow(power))), value),
    );
    refuted++;
    expect(lossAt(instance, point)!.cmp(start)).toBeLessThan(0);
  }
  expect(refuted).toBeGreaterThan(0);
}, 60_000);
