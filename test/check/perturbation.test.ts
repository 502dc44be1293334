import { beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../../src/check/context.ts';
import { check } from '../../src/check/index.ts';
import { directions, unit } from '../../src/check/perturbation/directions.ts';
import { perturbedSpan } from '../../src/check/perturbation/span.ts';
import { instanceFromObject } from '../../src/instance/load.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { generator } from '../random.ts';
import { outputsAt, type PerturbedReport, perturbedFaults, thetaAt } from './oracle/local-minima.ts';
import { inner, r } from './oracle/numbers.ts';
import { scenario } from './oracle/scenario.ts';
import { asObject } from './oracle/truth.ts';

/** EVERYMIN_CHECK_FUZZ widens the search. */
const COUNT = Number(process.env.EVERYMIN_CHECK_FUZZ ?? 60);
const EPSILONS = [undefined, '1/100', '1', '2', '1/1000000'];

describe(`Theorem 2 on ${COUNT} random exact instances, at ε of every size`, () => {
  const faults: string[] = [];
  const counts: Record<string, number> = {};
  const count = (key: string) => {
    counts[key] = (counts[key] ?? 0) + 1;
  };
  beforeAll(async () => {
    const random = generator(31);
    for (let k = 0; k < COUNT; k++) {
      const { instance } = scenario(random);
      const epsilon = EPSILONS[k % EPSILONS.length];
      const spec = { ...asObject(instance, `fuzz ${k}`), ...(epsilon ? { epsilon } : {}) };
      const report = await check(await instanceFromObject(spec as never), {
        results: ['theorem-2'],
        point: 'given',
      });
      const found = report.results[0] as unknown as PerturbedReport;
      const convex = found.obligations.some(({ id, status }) => id === 'assumption-1' && status === 'holds');
      const conclusion = found.obligations.find(({ id }) => id === 'conclusion')!;
      count(`conclusion ${conclusion.status}`);
      if (epsilon && found.epsilon !== epsilon) faults.push(`${k}: ε is ${found.epsilon}, not ${epsilon}`);
      if (found.right && 'exact' in (found.right as object) && found.epsilon) count('exact at its ε');
      const set = (conclusion.witness as { set?: unknown[] } | null)?.set ?? [];
      if (set.length > 0) count('S beyond 0');
      for (const fault of perturbedFaults(instance, found, convex, random)) faults.push(`${k}: ${fault}`);
    }
  }, 300_000);

  it('says nothing that is not so', () => {
    expect(faults).toEqual([]);
  });

  it('met every kind of answer', () => {
    expect(counts['conclusion holds']).toBeGreaterThan(0.1 * COUNT);
    expect(counts['conclusion fails']).toBeGreaterThan(0.1 * COUNT);
    expect(counts['exact at its ε']).toBeGreaterThan(0.1 * COUNT);
    expect(counts['S beyond 0']).toBeGreaterThan(0.01 * COUNT);
  });
});

it('S lies in V[θ, ε] and every member of it enlarges the span, at every ε', async () => {
  const random = generator(41);
  let members = 0;
  for (let k = 0; k < 60; k++) {
    const { instance } = scenario(random);
    const context = createContext(await instanceFromObject(asObject(instance, 'set') as never));
    const theta = thetaAt(instance);
    const f = outputsAt(instance, theta);
    for (const epsilon of ['1/100', '3'].map(r)) {
      let found: ReturnType<typeof perturbedSpan>;
      try {
        found = perturbedSpan(context, epsilon, f.length);
      } catch {
        continue;
      }
      if (!found) continue;
      expect(found.perturbed).toBeGreaterThanOrEqual(found.tangent + found.set.length);
      for (const v of found.set) {
        members++;
        expect(inner(v, v).cmp(Rational.one)).toBeLessThanOrEqual(0);
        const there = outputsAt(
          instance,
          theta.map((value, j) => value.add(epsilon.mul(v[j]!))),
        );
        expect(there.map(String)).toEqual(f.map(String));
      }
    }
  }
  expect(members).toBeGreaterThan(5);
});

it('every direction that is tried has length at most 1', async () => {
  const huge = {
    everymin: 1,
    model: { type: 'mlp', inputs: 2, layers: [{ units: 2, activation: 'identity' }, { units: 1 }] },
    loss: { type: 'squared' },
    data: { inputs: [['1e200', '3e201']], targets: [[1]] },
    parameters: {
      W1: [
        [0, 0],
        [0, 0],
      ],
      W2: [['7e300', '3e280']],
    },
  };
  const context = createContext(await instanceFromObject(huge as never));
  let count = 0;
  for (const v of directions(context)) {
    count++;
    expect(inner(v, v).cmp(Rational.one)).toBeLessThanOrEqual(0);
  }
  expect(count).toBeGreaterThan(12);
  for (const v of [
    ['3', '4'],
    ['1e400', '1'],
    ['1', '1'],
    ['3/5', '4/5'],
    ['1e-400', '0'],
    ['2', '0'],
  ]) {
    const scaled = unit(v.map((text) => new Rational(...ratio(text))));
    expect(inner(scaled, scaled).cmp(Rational.one)).toBeLessThanOrEqual(0);
    expect(scaled.some((entry) => !entry.isZero)).toBe(true);
  }
});

/** `1e400` without a limit on the exponent. */
function ratio(text: string): [bigint, bigint] {
  const [digits, exponent] = text.split('e');
  if (exponent === undefined) {
    const [p, q] = digits!.split('/');
    return [BigInt(p!), BigInt(q ?? 1)];
  }
  const power = 10n ** BigInt(Math.abs(Number(exponent)));
  return Number(exponent) > 0 ? [BigInt(digits!) * power, 1n] : [BigInt(digits!), power];
}
