import { describe, expect, it } from 'vitest';
import { type CheckOptions, check } from '../../src/check/index.ts';
import type { ResultReport } from '../../src/check/report.ts';
import { instanceFromObject } from '../../src/instance/load.ts';
import { instanceOf } from './oracle/handmade.ts';

/** Instances that once made the engine say something wrong, or throw. */
const theorem1 = async (object: unknown, options: CheckOptions = {}): Promise<ResultReport> =>
  (await check(await instanceFromObject(object), options)).results.find(
    ({ result }) => result === 'theorem-1',
  )!;
const statusOf = (result: ResultReport, id: string): string | undefined =>
  result.obligations.find((each) => each.id === id)?.status;

describe('f that is not defined at the data', () => {
  const formulas = ['t + 1/x', 't + log(x)', 't + 0*log(x)', 't*1 + sqrt(x - 1)', 'w*t + relu(t) + 1/x'];
  it.each(formulas)('%s at x = 0: nothing holds of it', async (formula) => {
    const result = await theorem1(instanceOf([formula], { t: 1, w: 1 }, [[0]], [[1]]));
    for (const id of ['differentiable', 'assumption-2', 'critical', 'conclusion'])
      expect(statusOf(result, id), id).toBe('undecided');
    expect(result.verdict).toBe('undecided');
  });

  it('says no such thing where f is defined', async () => {
    const result = await theorem1(instanceOf(['t + sqrt(x)'], { t: 1 }, [[0]], [[1]]));
    expect(result.verdict).toBe('holds');
    expect((await theorem1(instanceOf(['t + 1/x'], { t: 0 }, [[1]], [[1]]))).verdict).toBe('holds');
  });
});

describe('next to an enclosed critical point', () => {
  // f = ((a² − 2)², b): at θ* = (√2, 0), f = 0 lies in range J and the forces are orthogonal to it; at the given a it is not so.
  const object = instanceOf(['(a^2-2)^2', 'b'], { a: 1.414213563, b: 0 }, [[1]], [[-1, 0]]);

  it('the conclusion does not speak of the given numbers', async () => {
    const result = await theorem1(object);
    expect(statusOf(result, 'critical')).toBe('holds');
    expect(statusOf(result, 'conclusion')).not.toBe('fails');
  });

  it('and of the given point it says that it is not critical', async () => {
    const result = await theorem1(object, { point: 'given' });
    expect(statusOf(result, 'critical')).toBe('fails');
    expect(statusOf(result, 'conclusion')).toBe('fails');
  });
});

describe('numbers that overflow, and kinks of the loss', () => {
  it('weights of very different size: a value or nothing, no exception', async () => {
    const object = instanceOf(
      ['a*x + b', 'c'],
      { a: 1, b: 0, c: 0 },
      [[1], [2], [3]],
      [
        [1, 0],
        [0, 1],
        [1, 0],
      ],
      {
        loss: { type: 'cross-entropy' },
        weights: [1e300, 1e-300, 1],
      },
    );
    const result = await theorem1(object);
    expect(statusOf(result, 'critical')).toBe('fails');
    const hinge = instanceOf(['a*x + b'], { a: 1, b: 0 }, [[1], [2]], [[1], [-1]], {
      loss: { type: 'smoothed-hinge', p: 2 },
      weights: [1e300, 1e-300],
    });
    expect(statusOf(await theorem1(hinge), 'critical')).toBe('fails');
  });

  it('exact values beyond the range of float64', async () => {
    const result = await theorem1(instanceOf(['t*x'], { t: '3/2' }, [[1], [1]], [['1e200'], ['-1e200']]));
    expect(result.verdict).toBe('not-applicable');
    expect(result.right).toEqual({ exact: `${2n * 10n ** 400n}` });
    // (3/2 − y)² + (3/2 + y)² = 9/2 + 2y²
    expect(result.left).toEqual({ exact: `${4n * 10n ** 400n + 9n}/2` });
    expect(result.gap).toMatchObject({ upper: 4.5, lower: 4.5 });
  });

  it('powers of powers: too long for exact numbers, and soon over', async () => {
    const result = await theorem1(instanceOf(['((t^1000)^1000)*x'], { t: '3/2' }, [[1]], [[1]]));
    expect(statusOf(result, 'critical')).toBe('undecided');
    const shorter = await theorem1(instanceOf(['t^1000*x'], { t: '3/2' }, [[1]], [[1]]));
    expect(shorter.obligations.find(({ id }) => id === 'critical')).toMatchObject({
      status: 'fails',
      tier: 'exact',
    });
  });

  it('a minimiser at the kink of the second derivative of a hinge', async () => {
    const object = instanceOf(['a*x'], { a: 1 }, [['1/2'], ['1/2'], [0]], [[1], [-1], [1]], {
      loss: { type: 'smoothed-hinge', p: 2 },
      weights: ['1e-12', '1e12', '1e5'],
    });
    const result = await theorem1(object);
    expect(result.verdict).toBe('not-applicable');
    expect(result.right).toBeDefined();
  });
});

describe('figures', () => {
  it('no margin is stated where no kink depends on θ', async () => {
    const object = {
      everymin: 1,
      model: { type: 'mlp', inputs: 1, layers: [{ units: 1, activation: 'relu' }, { units: 1 }] },
      loss: { type: 'squared' },
      data: { inputs: [[0]], targets: [[0]] },
      parameters: { W1: [[1]], W2: [[1]] },
      trainable: ['W1'],
    };
    const { obligations } = await theorem1(object);
    const found = obligations.find(({ id }) => id === 'differentiable')!;
    expect(found.status).toBe('holds');
    expect(found.figures).toBeUndefined();
    expect(JSON.stringify(obligations)).not.toContain('undefined');
  });
});

describe('a critical point θ* next to θ where the basis changes', () => {
  it('gives both sides at θ*, not those of the given θ, which differ', async () => {
    const instance = await instanceFromObject({
      everymin: 1,
      model: { type: 'expression', inputs: ['x'], parameters: ['w', 't'], outputs: ['w*tanh(t*x)'] },
      loss: { type: 'squared' },
      data: { inputs: [[1], [2]], targets: [[2], ['1/2']] },
      parameters: { w: '3e-10', t: '1e-10' },
    });
    const [result] = (await check(instance, { results: ['theorem-1'] })).results;
    expect(result?.verdict).toBe('holds');
    expect(result?.right).toEqual(result?.left);
    expect(result?.gap?.upper).toBe(0);
  });
});

describe('a gradient that underflows', () => {
  it('is no evidence: sin(t)^1000 at t = 1/3 has a gradient of about 1e-480, not 0', async () => {
    const instance = await instanceFromObject({
      everymin: 1,
      model: { type: 'expression', inputs: ['x'], parameters: ['t'], outputs: ['sin(t)^1000'] },
      loss: { type: 'squared' },
      data: { inputs: [[1]], targets: [[1]] },
      parameters: { t: '1/3' },
    });
    const report = await check(instance, { results: ['lemma-2', 'theorem-1'] });
    for (const { verdict, obligations } of report.results) {
      expect(verdict).not.toBe('holds');
      expect(obligations.find(({ id }) => id === 'critical')?.status).toBe('undecided');
    }
  });
});
