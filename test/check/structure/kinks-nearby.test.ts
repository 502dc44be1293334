import { describe, expect, it } from 'vitest';
import { createContext } from '../../../src/check/context.ts';
import { check } from '../../../src/check/index.ts';
import { isKinkNearby } from '../../../src/check/structure/kinks-nearby.ts';
import { verifyReport } from '../../../src/check/verify/index.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import { generator } from '../../random.ts';
import { instanceOf } from '../oracle/handmade.ts';
import { pick } from '../oracle/models.ts';
import { r } from '../oracle/numbers.ts';

async function nearby(output: string, parameters: Record<string, number>) {
  const instance = await instanceFromObject(instanceOf([output], parameters, [[1]], [[1]]) as never);
  const report = await check(instance, { results: ['theorem-2'], point: 'given' });
  const found = report.results[0]!.obligations.find(({ id }) => id === 'differentiable-nearby')!;
  return { instance, report, found };
}

describe('kinks that cancel at θ alone', () => {
  it.each([
    ['b*relu(a)', { a: 0, b: 0 }],
    ['b*abs(a) - b*relu(a)', { a: 0, b: 0 }],
    ['b^3*max(a, c)', { a: 0, b: 0, c: 0 }],
    ['(a + b - c)*abs(a)', { a: 0, b: 2, c: 2 }],
  ])('%s', async (output, parameters) => {
    const { instance, report, found } = await nearby(output, parameters);
    expect(found).toMatchObject({ status: 'fails', tier: 'exact', witness: { kind: 'kink-nearby' } });
    const outcomes = await verifyReport(instance, report);
    expect(outcomes.find(({ kind }) => kind === 'kink-nearby')?.outcome).toBe('verified');
  });

  it.each([
    ['relu(a) - relu(-a)', { a: 0 }],
    ['b*(abs(a) - relu(a) - relu(-a))', { a: 0, b: 0 }],
    ['max(a, b) + min(a, b)', { a: 0, b: 0 }],
    ['relu(a)^2', { a: 0 }],
  ])('%s is smooth, or smooth enough', async (output, parameters) => {
    const { instance, found } = await nearby(output, parameters);
    expect(found.status).not.toBe('fails');
    const context = createContext(instance, { point: 'given' });
    const n = Object.keys(parameters).length;
    const random = generator(3);
    for (let k = 0; k < 40; k++) {
      const vector = () => Array.from({ length: n }, () => r(pick(random, [0, 1, -1, 2, '1/2'])));
      expect(isKinkNearby(context, { sample: 0, path: vector(), direction: vector() })).toBe(false);
    }
  });

  it('is said only where it is so: factors of a kink that vanish at θ, or everywhere', async () => {
    const random = generator(11);
    let refuted = 0;
    for (let k = 0; k < 24; k++) {
      const [p, q] = [pick(random, [1, 2, 3]), pick(random, [1, -2])];
      const kinked = random() < 0.5;
      const kink = pick(random, ['abs(t)', '2*relu(t) - t', 'max(t, -t)']);
      const odd = kinked
        ? kink
        : pick(random, ['relu(t) - relu(-t)', `${kink} - abs(t)`, 'max(t, u) + min(t, u)']);
      const { found } = await nearby(`(${q})*(u - 1)^${p}*(${odd}) + t*v`, { t: 0, u: 1, v: 2 });
      if (found.status === 'fails') refuted++;
      expect(found.status === 'fails', odd).toBe(kinked);
    }
    expect(refuted).toBeGreaterThan(5);
  });
});
