import { beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../src/check/index.ts';
import { instanceFromObject } from '../../src/instance/load.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { generator } from '../random.ts';
import { instanceOf } from './oracle/handmade.ts';
import { falseWitness, lossAt, lowerPoint, secondDerivative, thetaAt } from './oracle/local-minima.ts';
import { r } from './oracle/numbers.ts';
import { scenario } from './oracle/scenario.ts';
import { asObject } from './oracle/truth.ts';

/** EVERYMIN_CHECK_FUZZ widens the search. */
const COUNT = Number(process.env.EVERYMIN_CHECK_FUZZ ?? 110);

const obligation = async (spec: object, options: object = {}) => {
  const report = await check(await instanceFromObject(spec as never), { results: ['theorem-2'], ...options });
  return report.results[0]!.obligations.find(({ id }) => id === 'local-minimum')!;
};

describe(`${COUNT} random exact instances`, () => {
  const faults: string[] = [];
  const counts: Record<string, number> = {};
  const count = (key: string) => {
    counts[key] = (counts[key] ?? 0) + 1;
  };
  beforeAll(async () => {
    const random = generator(21);
    for (let k = 0; k < COUNT; k++) {
      const { instance } = scenario(random);
      const found = await obligation(asObject(instance, `fuzz ${k}`), { point: 'given' });
      const kind = (found.witness as { kind?: string } | null)?.kind ?? 'gradient';
      count(found.status === 'fails' ? `fails by ${kind}` : found.status);
      if (lossAt(instance, thetaAt(instance)) !== undefined) count('judged');
      const lower = found.status === 'holds' ? lowerPoint(instance, random) : undefined;
      if (lower) faults.push(`${k}: holds (${found.detail}), but L is lower at ${lower.map(String)}`);
      const wrong = found.status === 'fails' ? falseWitness(instance, found.witness) : undefined;
      if (wrong) faults.push(`${k}: fails (${found.detail}), but ${wrong}`);
      if (found.status === 'undecided' && lowerPoint(instance, random)) count('undecided, though L falls');
    }
  }, 300_000);

  it('no lower point next to a local minimum, and every witness replays', () => {
    expect(faults).toEqual([]);
  });

  it('met every kind of answer', () => {
    expect(counts.holds).toBeGreaterThan(0.15 * COUNT);
    expect(counts['fails by gradient']).toBeGreaterThan(0.2 * COUNT);
    expect(counts['fails by negative-curvature']).toBeGreaterThan(0.01 * COUNT);
    expect(counts['fails by descent-curve'] ?? 0).toBeGreaterThan(0);
    expect(counts.judged).toBeGreaterThan(0.7 * COUNT);
  });
});

describe('by hand', () => {
  const at = (outputs: string, parameters: Record<string, number | string>, y: number | string, more = {}) =>
    obligation(instanceOf([outputs], parameters, [[1]], [[y]], more));

  it.each([
    ['a smooth saddle', 'a*b', { a: 0, b: 0 }, 1, 'fails'],
    ['a saddle with Hessian 0', 'a*b*c', { a: 0, b: 0, c: 0 }, 1, 'fails'],
    ['a curved fibre', '(a-b^2)*b^2', { a: 0, b: 0 }, 1, 'fails'],
    ['an odd power', 't^3', { t: 0 }, 1, 'fails'],
    ['a kink that L falls away from', 'abs(t)', { t: 0 }, 1, 'fails'],
    ['a product with a kink', 'a*relu(b)', { a: 0, b: 0 }, 1, 'fails'],
    ['a fourth power', 't^4', { t: 0 }, 1, 'fails'],
    ['a strict minimum', 't^2', { t: 0 }, -1, 'holds'],
    ['a bad local minimum', 't^3-3*t', { t: 1 }, -3, 'holds'],
    ['one with L = 0', 't^3-3*t', { t: 0 }, 0, 'holds'],
  ] as const)('%s', async (_, outputs, parameters, y, status) => {
    const found = await at(outputs, parameters, y);
    expect([found.status, found.tier]).toEqual([status, 'exact']);
  });

  it.each([
    ['a minimum at a kink', 'abs(t)', { t: 0 }, -1],
    ['a flat minimum', 't^4', { t: 0 }, -1],
    ['an infinitely flat valley', 'a^2*b^2', { a: 0, b: 0 }, -1],
  ] as const)('never refutes %s', async (_, outputs, parameters, y) => {
    expect((await at(outputs, parameters, y)).status).not.toBe('fails');
  });

  it('never certifies by one side of a kink of the loss', async () => {
    // L = relu(1 − q)² + (q − 1)³-like terms: the Hessian of L differs on both sides of q = 1.
    const loss = { type: 'smoothed-hinge', p: 2 };
    for (const [outputs, t] of [
      ['1 - t^2 + t', '0'],
      ['2*t - t^2', '1'],
      ['t^2 + 1', '0'],
    ] as const) {
      const spec = instanceOf([outputs], { t }, [[1], [1]], [[1], [-1]], { loss });
      const found = await obligation(spec);
      const L = (s: string) => {
        const x = r(t).add(r(s));
        const q =
          outputs === 't^2 + 1'
            ? x.mul(x).add(r(1))
            : outputs === '2*t - t^2'
              ? x.add(x).sub(x.mul(x))
              : r(1).sub(x.mul(x)).add(x);
        const part = (y: Rational) => {
          const gap = r(1).sub(y.mul(q));
          return gap.sign > 0 ? gap.mul(gap) : Rational.zero;
        };
        return part(r(1)).add(part(r(-1)));
      };
      const lower = ['1e-9', '-1e-9'].some((s) => L(s).cmp(L('0')) < 0);
      expect(found.status, outputs).not.toBe(lower ? 'holds' : 'fails');
    }
  });

  it('a strict minimum is called strict, and a valley is not', async () => {
    expect((await at('t^2', { t: 0 }, -1)).strict).toBe(true);
    expect((await at('a+b', { a: 0, b: 1 }, 1)).strict).toBeUndefined();
    expect((await at('a*b', { a: 1, b: 1 }, 1)).strict).toBeUndefined();
  });

  it('speaks of θ* where the report does, and of θ where it is asked to', async () => {
    const spec = instanceOf(['t*x'], { t: 0.6000000000000001 }, [[1], [2]], [[1], [1]]);
    expect(await obligation(spec)).toMatchObject({ status: 'holds', tier: 'certified' });
    expect(await obligation(spec, { point: 'given' })).toMatchObject({ status: 'fails', tier: 'exact' });
    const cubic = instanceOf(['t^3'], { t: 1.2599210498948732 }, [[1]], [['5/2']], {});
    expect((await obligation(cubic)).status).toBe('fails');
    const root = instanceOf(['t^3+t*x'], { t: 1 }, [[1], [2]], [[2], [3]]);
    expect((await obligation(root)).status).toBe('holds');
    // θ = √2 to float64: f = θ² is 2 there, L = 0 at θ*, and L(θ) > 0 with a descent at θ.
    const square = instanceOf(['t^2'], { t: Math.SQRT2 }, [[1]], [[2]]);
    expect(await obligation(square)).toMatchObject({ status: 'holds', tier: 'certified', strict: true });
    expect((await obligation(square, { point: 'given' })).status).toBe('fails');
  });

  it('takes the tier of Assumption 1 where convexity is used', async () => {
    const loss = { type: 'expression', expression: '(q1-y1)^2 + sin(q1-y1)^2' };
    const spec = {
      ...instanceOf(['a*x'], { a: 1 }, [[0]], [[0]], { loss, declare: { 'assumption-1': true } }),
    };
    const found = await obligation(spec);
    expect(found.status === 'holds' && found.tier !== 'assumed' && found.detail.includes('convex')).toBe(
      false,
    );
  });
});

it('the second derivative of a polynomial is exact', () => {
  const p = (s: Rational) =>
    s
      .pow(26)
      .mul(r(7))
      .add(s.pow(3))
      .sub(s.mul(s).mul(r('5/3')))
      .add(s)
      .add(r(4));
  expect(secondDerivative(p).toString()).toBe('-10/3');
});
