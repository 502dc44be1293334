import { describe, expect, it } from 'vitest';
import { type CheckOptions, check } from '../../src/check/index.ts';
import { type Report, TIERS, type Tier } from '../../src/check/report.ts';
import { instanceFromObject } from '../../src/instance/load.ts';
import { generator } from '../random.ts';
import { instanceOf } from './oracle/handmade.ts';
import { scenario } from './oracle/scenario.ts';
import { asObject } from './oracle/truth.ts';

const tanhAtZero = instanceOf(['a*tanh(b*x)'], { a: 0, b: 0 }, [[1], [2]], [[1], [1]]);
const tanhAway = instanceOf(['a*tanh(b*x)'], { a: '1/3', b: 1 }, [[1], [2]], [[1], [1]]);
const roundedRoot = instanceOf(['a^2 + tanh(b)', 'b'], { a: Math.SQRT1_2, b: 0 }, [[1]], [['1/2', 0]]);
const hardLoss = instanceOf(['a*tanh(b*x)'], { a: 1, b: 1 }, [[1]], [[1]], {
  loss: { type: 'expression', expression: 'exp((q1-y1)^2) + sin(q1)^2/2' },
});
const handmade = [tanhAtZero, tanhAway, roundedRoot, hardLoss];

const run = async (object: unknown, options: CheckOptions = {}): Promise<Report> =>
  check(await instanceFromObject(object), options);
const randomObjects = Array.from({ length: 40 }, (_, k) =>
  asObject(scenario(generator(900 + k)).instance, `options ${k}`),
);

describe('the weakest evidence to accept', () => {
  it.each(['exact', 'certified', 'numeric'] as const)('%s: nothing weaker is said', async (tier) => {
    const allowed = TIERS.indexOf(tier);
    let decided = 0;
    for (const object of [...handmade, ...randomObjects]) {
      for (const { obligations, verdict, tier: own } of (await run(object, { tier })).results) {
        for (const obligation of obligations) {
          if (obligation.status === 'undecided') continue;
          decided++;
          expect(TIERS.indexOf(obligation.tier)).toBeLessThanOrEqual(allowed);
        }
        if (verdict !== 'undecided') expect(TIERS.indexOf(own)).toBeLessThanOrEqual(allowed);
      }
    }
    expect(decided).toBeGreaterThan(200);
  });

  it('a stronger demand only takes away: what is decided is decided alike', async () => {
    for (const object of [...handmade, ...randomObjects]) {
      const weak = await run(object, { tier: 'certified', point: 'given' });
      const strong = await run(object, { tier: 'exact', point: 'given' });
      strong.results.forEach((result, i) => {
        result.obligations.forEach(({ id, status }, j) => {
          if (status !== 'undecided') expect(weak.results[i]!.obligations[j]!.status, id).toBe(status);
        });
      });
    }
  });

  it('takes certified evidence away under exact', async () => {
    const status = async (tier: Exclude<Tier, 'symbolic' | 'assumed'>, point: 'auto' | 'given') =>
      (await run(roundedRoot, { tier, point })).results
        .find(({ result }) => result === 'theorem-1')!
        .obligations.find(({ id }) => id === 'critical')!;
    expect(await status('certified', 'auto')).toMatchObject({ status: 'holds', tier: 'certified' });
    expect((await status('exact', 'auto')).tier).toBe('exact');
    expect((await status('exact', 'auto')).status).not.toBe('holds');
    expect((await status('certified', 'given')).status).toBe('fails');
  });

  it('what the user asserts is marked as such, and never outranks what is decided', async () => {
    const declare = { critical: true, 'assumption-1': true } as const;
    const decided = await run({ ...tanhAway, declare });
    const critical = decided.results
      .find(({ result }) => result === 'theorem-1')!
      .obligations.find(({ id }) => id === 'critical')!;
    expect(critical).toMatchObject({ status: 'fails' });
    expect(critical.tier).not.toBe('assumed');
    const open = await run(
      instanceOf(['sqrt(t^2)*x'], { t: 0 }, [[1]], [[1]], { declare: { differentiable: true } }),
    );
    for (const { verdict, tier, obligations } of open.results.slice(0, 2)) {
      expect(obligations.find(({ id }) => id === 'differentiable')).toMatchObject({
        status: 'holds',
        tier: 'assumed',
      });
      if (verdict !== 'undecided') expect(tier).toBe('assumed');
    }
  });
});

describe('time', () => {
  const nothing = ({ results, timedOut }: Report) => {
    expect(timedOut).toBe(true);
    expect(results.slice(0, 2).map(({ result }) => result)).toEqual(['lemma-2', 'theorem-1']);
    for (const { verdict, obligations } of results) {
      expect(verdict).toBe('undecided');
      expect(obligations.length).toBeGreaterThan(0);
      for (const { status } of obligations) expect(status).toBe('undecided');
    }
  };

  it('a deadline that is over: everything undecided, no exception', async () => {
    for (const object of [...handmade, ...randomObjects.slice(0, 10)])
      nothing(await run(object, { deadline: Date.now() - 1 }));
  });

  it('a signal that is aborted: the same', async () => {
    for (const object of handmade) nothing(await run(object, { signal: AbortSignal.abort() }));
  });

  it('a signal that comes in the middle: a report, and nothing said that is not said without it', async () => {
    for (const object of [tanhAway, ...randomObjects.slice(0, 8)]) {
      const full = await run(object);
      for (const after of [1, 3, 9, 27]) {
        const abort = new AbortController();
        let steps = 0;
        const cut = await run(object, {
          signal: abort.signal,
          onProgress: () => {
            if (++steps === after) abort.abort();
          },
        });
        expect(cut.timedOut ?? false).toBe(steps >= after);
        cut.results.forEach((result, i) => {
          result.obligations.forEach(({ id, status }, j) => {
            if (status !== 'undecided') expect(full.results[i]!.obligations[j]!.status, id).toBe(status);
          });
        });
      }
    }
  });
});

describe('results and reports', () => {
  it('only the results asked for, in the order of a report', async () => {
    expect((await run(tanhAway, { results: ['theorem-1'] })).results.map(({ result }) => result)).toEqual([
      'theorem-1',
    ]);
    expect(
      (await run(tanhAway, { results: ['theorem-1', 'lemma-2'] })).results.map(({ result }) => result),
    ).toEqual(['lemma-2', 'theorem-1']);
    expect((await run(tanhAway, { results: [] })).results).toEqual([]);
  });

  it('an unknown result is a RangeError', async () => {
    const instance = await instanceFromObject(tanhAway);
    await expect(check(instance, { results: ['theorem-7'] })).rejects.toThrow(RangeError);
    await expect(check(instance, { results: ['theorem-1', '__proto__'] })).rejects.toThrow(/__proto__/);
  });

  it('hands over each result as soon as it is known', async () => {
    const seen: string[] = [];
    const final = await run(tanhAway, {
      onResult: ({ result }, report) => {
        seen.push(result);
        expect(report.results.map((each) => each.result)).toEqual(seen);
      },
    });
    expect(seen).toEqual(final.results.map(({ result }) => result));
  });

  it('is deterministic but for the seconds, and plain JSON', async () => {
    const plain = (report: Report): unknown =>
      JSON.parse(JSON.stringify(report, (key, value: unknown) => (key === 'seconds' ? 0 : value)));
    const strict = (value: unknown): void => {
      if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(strict);
      else expect(['string', 'boolean', 'undefined', 'object']).toContain(typeof value);
    };
    for (const object of [...handmade, ...randomObjects]) {
      const first = await run(object, { seed: 5 });
      expect(plain(await run(object, { seed: 5 }))).toEqual(plain(first));
      strict(first);
    }
  });

  it('floats and their exact texts give the same report', async () => {
    const random = generator(3);
    for (let k = 0; k < 6; k++) {
      const whole = Array.from({ length: 4 }, () => Math.trunc((random() * 2 - 1) * 2 ** 50));
      const object = (write: (n: number) => number | string) =>
        instanceOf(
          ['a*tanh(b*x) + c*relu(x)'],
          { a: write(whole[0]!), b: write(whole[1]!), c: write(whole[2]!) },
          [[write(whole[3]!)], [1]],
          [[1], [2]],
        );
      const clean = (report: Report) =>
        JSON.stringify(report.results, (key, value: unknown) => (key === 'seconds' ? 0 : value));
      expect(clean(await run(object((n) => `${n}/${2 ** 50}`)))).toBe(
        clean(await run(object((n) => n / 2 ** 50))),
      );
    }
  });
});

describe('a larger network', () => {
  it('10-50-3 with 100 samples: decided, with bounded memory', async () => {
    const random = generator(11);
    const matrix = (rows: number, cols: number) =>
      Array.from({ length: rows }, () => Array.from({ length: cols }, () => random() * 2 - 1));
    const before = process.memoryUsage().rss;
    const { results } = await run({
      everymin: 1,
      model: {
        type: 'mlp',
        inputs: 10,
        layers: [
          { units: 50, activation: 'tanh', bias: true },
          { units: 3, bias: true },
        ],
      },
      loss: { type: 'squared' },
      data: { inputs: matrix(100, 10), targets: matrix(100, 3) },
      parameters: { W1: matrix(50, 10), b1: matrix(1, 50)[0], W2: matrix(3, 50), b2: matrix(1, 3)[0] },
    });
    const theorem = results.find(({ result }) => result === 'theorem-1')!;
    expect(theorem.verdict).toBe('not-applicable');
    // 753 parameters, 300 numbers to fit: J is proved surjective.
    expect(theorem.right).toEqual({ exact: '0' });
    expect(process.memoryUsage().rss - before).toBeLessThan(600 * 2 ** 20);
  });
});
