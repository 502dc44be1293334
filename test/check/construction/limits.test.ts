import { describe, expect, it } from 'vitest';
import { intervalArithmetic } from '../../../src/certified/interval.ts';
import type { CheckContext } from '../../../src/check/check-context.ts';
import { construction } from '../../../src/check/construction/index.ts';
import type { Construction } from '../../../src/check/construction/types.ts';
import { constructionFaults } from '../../../src/check/construction/verify.ts';
import { createContext } from '../../../src/check/context.ts';
import { check } from '../../../src/check/index.ts';
import { linearStructure } from '../../../src/check/structure/linear-units.ts';
import { renderText } from '../../../src/derive/report/index.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import { Rational } from '../../../src/kernel/rational.ts';
import { generator } from '../../random.ts';

type Layer = { units: number; activation?: string | string[] };
const network = (layers: Layer[], weights: (number | string)[][][], more: object = {}) =>
  instanceFromObject({
    everymin: 1,
    model: { type: 'mlp', inputs: weights[0]![0]!.length, layers },
    loss: { type: 'squared' },
    data: {
      inputs: [1, 2, 3].map((x) => weights[0]![0]!.map((_, j) => x + j * x * x)),
      targets: [1, 2, 3].map((x) => weights.at(-1)!.map((_, k) => x - k)),
    },
    parameters: Object.fromEntries(weights.map((W, k) => [`W${k + 1}`, W])),
    ...more,
  } as never);

const built = (context: CheckContext, t?: number): Construction => {
  const found = construction(context, t, true);
  if (!found || 'omitted' in found) throw new Error(`no construction: ${JSON.stringify(found)}`);
  expect(constructionFaults(context, found, true)).toEqual([]);
  return found;
};

describe('numbers that are not rational', () => {
  it('a tanh layer below: identities over Q, the samples by intervals', async () => {
    const instance = await network(
      [{ units: 2, activation: 'tanh' }, { units: 2 }, { units: 1 }],
      [
        [[1], [2]],
        [
          [1, -1],
          [2, -2],
        ],
        [[0, 0]],
      ],
    );
    const context = createContext(instance, { point: 'given' });
    const found = built(context, 1);
    expect(found.complete).toBe(true);
    expect(found.sets[0]).toMatchObject({
      feature: 'h^(1)',
      kind: 'null-vectors',
      checks: {
        norm: true,
        unchanged: true,
        spans: true,
        unchangedOnSamples: 'enclosed',
        spansOnSamples: 'enclosed',
      },
    });
    expect(found.forces.map(({ tier }) => tier)).toEqual(['certified', 'certified']);
    // G_1 = Σ G_i h(x_i)ᵀ in floats, with f = 0
    const float = [1, 2].map((w) => [1, 2, 3].reduce((sum, x) => sum + 2 * (0 - x) * Math.tanh(w * x), 0));
    found.forces[0]!.values!.forEach((value, c) => {
      expect((value as { lower: number }).lower - 1e-9).toBeLessThan(float[c]!);
      expect((value as { upper: number }).upper + 1e-9).toBeGreaterThan(float[c]!);
    });
    // least squares of y = x on tanh x and tanh 2x
    const h = [1, 2, 3].map((x) => [Math.tanh(x), Math.tanh(2 * x)] as const);
    const [a, b, c] = [0, 1, 2].map((k) =>
      h.reduce((sum, [p, q]) => sum + (k === 0 ? p * p : k === 1 ? p * q : q * q), 0),
    ) as [number, number, number];
    const [u, v] = [0, 1].map((k) => h.reduce((sum, row, i) => sum + row[k as 0 | 1] * (i + 1), 0)) as [
      number,
      number,
    ];
    const least = 14 - (c * u * u - 2 * b * u * v + a * v * v) / (a * c - b * b);
    const { value } = found.infimum as { value: { lower?: number; upper: number } };
    expect(value.upper).toBeGreaterThan(least - 1e-9);
    if (value.lower !== undefined) expect(value.lower).toBeLessThan(least + 1e-9);
  });

  it('a residual branch of tanh, cross-entropy: certified on both sides', async () => {
    const instance = await instanceFromObject({
      everymin: 1,
      model: {
        type: 'resnet',
        inputs: 2,
        outputs: 2,
        residual: { type: 'mlp', inputs: 2, layers: [{ units: 2, activation: 'tanh' }] },
      },
      loss: { type: 'cross-entropy' },
      data: {
        inputs: [
          [1, 2],
          [0, 1],
          [1, -1],
          [2, 0],
        ],
        labels: [0, 1, 0, 1],
      },
      parameters: {
        W: [
          [1, 2],
          [2, 4],
        ],
        R: [
          [1, 0],
          [0, 1],
        ],
        u: {
          W1: [
            [1, 0],
            [1, 1],
          ],
        },
      },
    } as never);
    const context = createContext(instance, { point: 'given' });
    const found = built(context);
    expect(found.complete).toBe(true);
    expect(found.sets[1]).toMatchObject({
      feature: 'z',
      kind: 'null-vectors',
      checks: { spansOnSamples: 'enclosed' },
    });
    expect(found.infimum?.tier).toBe('certified');
  });

  it('relu units of J above tanh: their signs by intervals, and the tier says so', async () => {
    const instance = await network(
      [{ units: 1, activation: 'tanh' }, { units: 1, activation: 'relu' }, { units: 1 }],
      [[[1]], [[2]], [[0]]],
    );
    const context = createContext(instance, { point: 'given' });
    expect(linearStructure(context, 1)).toMatchObject({ kind: 'holds', tier: 'certified' });
    expect(linearStructure(context, 0)).toMatchObject({ kind: 'fails', layer: 1, tier: 'certified' });
    expect(built(context, 1).complete).toBe(true);
  });
});

describe('ε', () => {
  // The relu unit is at 1/1000 on both samples, and a step in its second weight moves it down on one of them.
  const close = (more: object = {}) =>
    network([{ units: 1, activation: 'relu' }, { units: 1 }], [[['1/1000', 0]], [[0]]], {
      data: {
        inputs: [
          [1, 1],
          [1, -1],
        ],
        targets: [[1], [2]],
      },
      ...more,
    });

  it('is halved until the units of J stay linear', async () => {
    const found = built(createContext(await close(), { point: 'given' }), 0);
    expect(found.complete).toBe(true);
    expect(found.epsilon).toBe('1/1600');
    expect(found.sets[0]!.kind).toBe('null-vectors');
  });

  it('of the user is kept, and what then fails is told', async () => {
    const found = built(createContext(await close({ epsilon: '1/100' }), { point: 'given' }), 0);
    expect(found).toMatchObject({ epsilon: '1/100', complete: false });
    expect(found.sets[0]!.checks).toMatchObject({ norm: true, unchanged: false, spans: false });
  });
});

describe('bounds', () => {
  it('too many weights, and the time limit, are told', async () => {
    const wide = (rows: number, cols: number) =>
      Array.from({ length: rows }, () => new Array<number>(cols).fill(0));
    const large = await network(
      [{ units: 120 }, { units: 120 }, { units: 1 }],
      [wide(120, 1), wide(120, 120), wide(1, 120)],
    );
    const context = createContext(large, { point: 'given' });
    expect(construction(context, 0, true)).toMatchObject({ omitted: expect.stringContaining('weights') });
    expect(construction(context, 2, true)).toMatchObject({ complete: true });
    const small = await network([{ units: 1 }, { units: 1 }], [[[0]], [[0]]]);
    const late = createContext(small, { point: 'given', deadline: Date.now() - 1 });
    expect(construction(late, 0, true)).toMatchObject({ omitted: expect.stringContaining('time') });
  });

  it('entries that were left out cannot be verified', async () => {
    const context = createContext(await network([{ units: 1 }, { units: 1 }], [[[0]], [[0]]]), {
      point: 'given',
    });
    const found = built(context, 0);
    const blank = { ...found, matrices: found.matrices.map((each) => ({ ...each, values: null })) };
    expect(constructionFaults(context, blank, true)[0]).toMatch(/left out/);
  });

  it('no construction where a block that it moves is held fixed', async () => {
    const fixed = await network([{ units: 1 }, { units: 1 }], [[[0]], [[0]]], { trainable: ['W2'] });
    expect(construction(createContext(fixed, { point: 'given' }), 0, true)).toBeUndefined();
  });
});

describe('the box of θ*', () => {
  const boxed = (context: CheckContext, radius: number): CheckContext => {
    const theta = context.interval.theta.map((entry) =>
      intervalArithmetic.add(entry, { lo: -radius, hi: radius }),
    );
    const point = { ...context.interval, theta };
    const n = theta.length;
    return {
      ...context,
      place: () => ({
        kind: 'enclosed' as const,
        by: 'krawczyk' as const,
        point,
        radii: new Float64Array(n).fill(radius),
        radius,
      }),
    } as CheckContext;
  };

  it('a zero that condition 3 needs is not a zero of the box', async () => {
    const instance = await network(
      [{ units: 2, activation: 'identity' }, { units: 2, activation: ['identity', 'square'] }, { units: 1 }],
      [
        [[1], [2]],
        [
          [1, 2],
          [0, 1],
        ],
        [[1, 1]],
      ],
    );
    const context = createContext(instance, { point: 'given' });
    expect(linearStructure(context, 0)).toMatchObject({
      kind: 'holds',
      structure: { sets: [{ units: [0] }, { units: [0] }] },
    });
    const near = boxed(context, 1e-9);
    expect(linearStructure(near, 0).kind).toBe('undecided');
    expect(linearStructure(near, 0, 'given').kind).toBe('holds');
    expect(linearStructure(near, 1).kind).toBe('holds');
  });

  it('a full rank holds on a small box and not on a large one', async () => {
    const instance = await network([{ units: 2 }, { units: 1 }], [[[1], [2]], [[1, 2]]]);
    const context = createContext(instance, { point: 'given' });
    const nearby = (radius: number) => built(boxed(context, radius), 0).fullRankNearby;
    expect(nearby(1e-9)).toEqual(['h^(0)', 'h^(1)']);
    expect(nearby(2)).toEqual(['h^(1)']);
    expect(built(context, 0).fullRankNearby).toBeUndefined();
  });
});

it('the paper construction leaves the fibre on W³ = [0, 1], W² = 1, W¹ = (1, 1): f = 2x becomes (2 + εb)x', async () => {
  const instance = await network(
    [{ units: 2 }, { units: 2 }, { units: 1 }],
    [
      [[1], [1]],
      [
        [1, 1],
        [1, 1],
      ],
      [[0, 1]],
    ],
  );
  const context = createContext(instance, { point: 'given' });
  const fault = built(context, 0).printed!.find(({ kind }) => kind === 'leaves-fibre');
  if (fault?.kind !== 'leaves-fibre') throw new Error('not found');
  expect(fault.before).toBe('2');
  expect(Rational.parse(fault.after)!.cmp(Rational.integer(2))).toBe(1);
  const text = renderText(await check(instance, { results: ['theorem-4'], point: 'given' }));
  expect(text.replace(/\s+/g, ' ')).toContain('proof as printed fails here');
});

it('signs by intervals find the same J as exact ones, on random networks', async () => {
  const random = generator(11);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const seen = new Map<string, number>();
  for (let run = 0; run < 60; run++) {
    const widths = [2, 1 + Math.floor(random() * 3), 1 + Math.floor(random() * 3), 1];
    const weights = widths
      .slice(1)
      .map((rows, k) =>
        Array.from({ length: rows }, () =>
          Array.from({ length: widths[k]! }, () => pick([0, 1, 1, 2, 3, '1/3', -1])),
        ),
      );
    const layers = weights.map((W, k) =>
      k === 2
        ? { units: W.length }
        : { units: W.length, activation: W.map(() => pick(['identity', 'relu', 'relu', 'abs', 'square'])) },
    );
    const instance = await network(layers, weights);
    for (const t of [0, 1, 2]) {
      const exact = linearStructure(createContext(instance, { point: 'given' }), t);
      const fast = { ...createContext(instance, { point: 'given' }), work: 1e9 } as CheckContext;
      const found = linearStructure(fast, t);
      expect({ ...found, tier: 'exact' }).toEqual({ ...exact, tier: 'exact' });
      seen.set(exact.kind, (seen.get(exact.kind) ?? 0) + 1);
    }
  }
  for (const kind of ['holds', 'fails', 'undecided']) expect(seen.get(kind) ?? 0).toBeGreaterThan(3);
});

it('units of J above a layer that is 0 near θ are linear there', async () => {
  const instance = await network(
    [{ units: 1, activation: 'square' }, { units: 1, activation: 'relu' }, { units: 1 }],
    [[[1]], [[2]], [[0]]],
    { data: { inputs: [[0]], targets: [[1]] } },
  );
  const context = createContext(instance, { point: 'given' });
  for (const t of [0, 1, 2]) {
    const structure = linearStructure(context, t);
    if (structure.kind !== 'holds') continue;
    expect(built(context, t)).toMatchObject({ epsilon: '1/100', complete: true });
  }
  expect(linearStructure(context, 2).kind).toBe('holds');
});
