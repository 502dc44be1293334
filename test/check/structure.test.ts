import { describe, expect, it } from 'vitest';
import type { CheckContext } from '../../src/check/check-context.ts';
import { createContext } from '../../src/check/context.ts';
import { affineInParameters } from '../../src/check/structure/affine.ts';
import { imageSubspace } from '../../src/check/structure/image-subspace.ts';
import { linearStructure } from '../../src/check/structure/linear-units.ts';
import { instanceFromObject } from '../../src/instance/load.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { generator } from '../random.ts';
import { rowReduce } from './oracle/elimination.ts';
import { outputsAt, thetaAt } from './oracle/local-minima.ts';
import { integer, mlpCase, pick, type Random } from './oracle/models.ts';
import { r } from './oracle/numbers.ts';
import { scenario } from './oracle/scenario.ts';
import { asObject, coordinates } from './oracle/truth.ts';

const ACTIVATIONS = ['identity', 'relu', 'leaky-relu', 'square', 'abs'] as const;
type Name = (typeof ACTIVATIONS)[number];

interface Net {
  readonly inputs: readonly (readonly Rational[])[];
  /** activations of layers 1, …, H */
  readonly hidden: readonly (readonly Name[])[];
  /** W^(1), …, W^(H+1) by rows */
  readonly W: readonly (readonly (readonly Rational[])[])[];
}

function randomNet(random: Random): Net {
  const H = integer(random, 1, 3);
  const dx = integer(random, 1, 2);
  const dy = pick(random, [1, 1, 2]);
  const smooth = random() < 0.5;
  const hidden = Array.from({ length: H }, () =>
    Array.from({ length: integer(random, 1, 3) }, () =>
      pick<Name>(random, smooth ? ACTIVATIONS : ['identity', 'relu']),
    ),
  );
  const widths = [dx, ...hidden.map((layer) => layer.length), dy];
  return {
    inputs: Array.from({ length: integer(random, 1, 3) }, () =>
      Array.from({ length: dx }, () => r(pick(random, [0, 1, 1, 2, 3, -1]))),
    ),
    hidden,
    W: Array.from({ length: H + 1 }, (_, l) =>
      Array.from({ length: widths[l + 1]! }, () =>
        Array.from({ length: widths[l]! }, () => r(pick(random, [0, 0, 1, 1, 2, '1/2', -1]))),
      ),
    ),
  };
}

const activate = (name: Name, z: Rational): Rational => {
  if (name === 'square') return z.mul(z);
  if (name === 'identity' || z.sign >= 0) return z;
  return name === 'relu' ? Rational.zero : name === 'abs' ? z.neg() : z.mul(r('1/4'));
};

/** [z, h] of every unit, layer by layer, at one sample. */
function pass(
  W: Net['W'],
  hidden: Net['hidden'],
  x: readonly Rational[],
): { z: Rational[]; h: Rational[] }[] {
  let below = x;
  return hidden.map((names, l) => {
    const z = W[l]!.map((row) => row.reduce((sum, w, j) => sum.add(w.mul(below[j]!)), Rational.zero));
    const h = z.map((value, k) => activate(names[k]!, value));
    below = h;
    return { z, h };
  });
}

/** Condition (2) of 4.2.3 by trial: h = z at many points of a tiny ball, at every sample. Units by layer. */
function linearUnits({ W, hidden, inputs }: Net, random: Random): boolean[][] {
  const linear = hidden.map((names) => names.map(() => true));
  for (let k = 0; k < 25; k++) {
    const near = W.map((rows) =>
      rows.map((row) => row.map((w) => w.add(r('1e-20').mul(r(integer(random, -9, 9)))))),
    );
    for (const x of inputs) {
      pass(near, hidden, x).forEach(({ z, h }, l) => {
        z.forEach((value, u) => {
          if (!value.equals(h[u]!)) linear[l]![u] = false;
        });
      });
    }
  }
  return linear;
}

const subsets = (n: number): number[][] =>
  Array.from({ length: 1 << n }, (_, bits) =>
    Array.from({ length: n }, (_, k) => k).filter((k) => bits & (1 << k)),
  );

/** Every J ∈ J_{dy,t}[θ], by trying all families of subsets. */
function families(net: Net, t: number, linear: readonly boolean[][]): number[][][] {
  const H = net.hidden.length;
  const dy = net.W[H]!.length;
  const layers = Array.from({ length: H - t }, (_, k) => t + 1 + k);
  let all: number[][][] = [[]];
  for (const l of layers) {
    const options = subsets(net.hidden[l - 1]!.length).filter(
      (J) => J.length >= dy && J.every((k) => linear[l - 1]![k]),
    );
    all = all.flatMap((family) => options.map((J) => [...family, J]));
  }
  return all.filter((family) =>
    layers.every((l, k) => {
      if (l > H - 1) return true;
      const above = family[k + 1]!;
      return net.W[l]!.every((row, i) => above.includes(i) || family[k]!.every((j) => row[j]!.isZero));
    }),
  );
}

const fileOf = ({ inputs, hidden, W }: Net) => ({
  everymin: 1,
  model: {
    type: 'mlp',
    inputs: inputs[0]!.length,
    layers: [
      ...hidden.map((activation) => ({
        units: activation.length,
        activation,
        ...(activation.includes('leaky-relu') ? { slope: '1/4' } : {}),
      })),
      { units: W.at(-1)!.length },
    ],
  },
  loss: { type: 'squared' },
  data: { inputs: inputs.map((x) => x.map(String)), targets: inputs.map(() => W.at(-1)!.map(() => 1)) },
  parameters: Object.fromEntries(W.map((rows, l) => [`W${l + 1}`, rows.map((row) => row.map(String))])),
});

const contextOf = async (spec: object): Promise<CheckContext> =>
  createContext(await instanceFromObject({ everymin: 1, ...spec } as never));

describe('θ ∈ Θ_{dy,t}', () => {
  it('against every family of subsets, on random networks', async () => {
    const random = generator(51);
    const counts = { holds: 0, fails: 0, undecided: 0, deep: 0 };
    for (let k = 0; k < 250; k++) {
      const net = randomNet(random);
      const context = await contextOf(fileOf(net));
      const linear = linearUnits(net, random);
      for (let t = 0; t <= net.hidden.length; t++) {
        const found = linearStructure(context, t);
        counts[found.kind]++;
        const all = families(net, t, linear);
        if (found.kind === 'fails') expect(all, JSON.stringify(fileOf(net))).toEqual([]);
        if (found.kind !== 'holds') continue;
        const sets = found.structure.sets.map(({ units }) => [...units]);
        expect(found.structure.sets.map(({ layer }) => layer)).toEqual(
          Array.from({ length: net.hidden.length - t }, (_, i) => t + 1 + i),
        );
        expect(all, JSON.stringify(fileOf(net))).toContainEqual(sets);
        if (sets.length > 1) counts.deep++;
        // Largest, where nothing sat on a kink.
        const certain = linear.every((layer, l) =>
          layer.every(
            (is, u) =>
              !is ||
              net.hidden[l]![u] === 'identity' ||
              net.inputs.every((x) => pass(net.W, net.hidden, x)[l]!.z[u]!.sign > 0),
          ),
        );
        if (certain) {
          for (const family of all) {
            for (const [i, J] of family.entries()) {
              expect(J.every((unit) => sets[i]!.includes(unit))).toBe(true);
            }
          }
        }
      }
    }
    expect(counts.holds).toBeGreaterThan(250);
    expect(counts.fails).toBeGreaterThan(60);
    expect(counts.deep).toBeGreaterThan(25);
    expect(counts.undecided).toBeLessThan(counts.holds / 2);
  });

  it('does not fail for a unit that is linear only because its inputs vanish', async () => {
    const net: Net = {
      inputs: [[r(1)], [r(0)]],
      hidden: [['identity'], ['identity', 'relu']],
      W: [[[r(1)]], [[r(1)], [r(1)]], [[r('1/2'), r('1/2')]]],
    };
    expect(families(net, 0, linearUnits(net, generator(1))).length).toBeGreaterThan(0);
    expect(linearStructure(await contextOf(fileOf(net)), 0).kind).not.toBe('fails');
  });

  it('decides units whose pre-activation is 0 on a ball, by the value of σ at 0', async () => {
    // The second sample is 0, so every pre-activation is 0 there for all θ.
    const net = (hidden: Net['hidden']): Net => ({
      inputs: [[r(1)], [r(0)]],
      hidden,
      W: [[[r(1)]], [[r(1)]]],
    });
    for (const [name, kind] of [
      ['relu', 'holds'],
      ['abs', 'holds'],
      ['square', 'fails'],
    ] as const)
      expect(linearStructure(await contextOf(fileOf(net([[name]]))), 0).kind).toBe(kind);
    // All data 0: then every unit with σ(0) = 0 equals its pre-activation.
    const zero = { ...net([['square']]), inputs: [[r(0)], [r(0)]] };
    expect(linearStructure(await contextOf(fileOf(zero)), 0).kind).toBe('holds');
    // A kink that is met near θ: relu at a pre-activation 0 of an input that is not 0.
    const kink: Net = { inputs: [[r(1)]], hidden: [['relu']], W: [[[r(0)]], [[r(1)]]] };
    expect(linearStructure(await contextOf(fileOf(kink)), 0).kind).toBe('fails');
    // relu of what a relu gave is never negative near θ, whatever lies at 0: not decided by this.
    const twice: Net = { inputs: [[r(1)]], hidden: [['relu'], ['relu']], W: [[[r(0)]], [[r(1)]], [[r(1)]]] };
    expect(linearStructure(await contextOf(fileOf(twice)), 1).kind).not.toBe('fails');
  });

  it('does not fail for leaky-relu with slope 1, nor hold for a slope that only rounds to 1', async () => {
    const spec = (slope: string) => ({
      model: {
        type: 'mlp',
        inputs: 1,
        layers: [{ units: 1, activation: 'leaky-relu', slope }, { units: 1 }],
      },
      loss: { type: 'squared' },
      data: { inputs: [[1]], targets: [[1]] },
      parameters: { W1: [[-1]], W2: [[-1]] },
    });
    expect(linearStructure(await contextOf(spec('1')), 0).kind).not.toBe('fails');
    const near = `${10n ** 30n - 1n}/${10n ** 30n}`;
    expect(linearStructure(await contextOf(spec(near)), 0).kind).not.toBe('holds');
    expect(linearStructure(await contextOf(spec('1/2')), 0).kind).toBe('fails');
  });

  it('is undecided outside (4.3): biases, fixed weights', async () => {
    const spec = {
      model: { type: 'mlp', inputs: 1, layers: [{ units: 1, bias: true }, { units: 1 }] },
      loss: { type: 'squared' },
      data: { inputs: [[1]], targets: [[1]] },
      parameters: { W1: [[1]], b1: [0], W2: [[1]] },
    };
    expect(linearStructure(await contextOf(spec), 0).kind).toBe('undecided');
    const { bias: _, ...layer } = { units: 1, bias: true };
    const fixed = {
      ...spec,
      model: { ...spec.model, layers: [layer, { units: 1 }] },
      parameters: { W1: [[1]], W2: [[1]] },
      trainable: ['W2'],
    };
    expect(linearStructure(await contextOf(fixed), 0).kind).toBe('undecided');
  });
});

const rankOf = (vectors: readonly (readonly Rational[])[]): number =>
  vectors.length === 0 ? 0 : rowReduce(vectors).pivots.length;

it('the image subspace holds f_X at random points next to θ, and everywhere where it says so', async () => {
  const random = generator(61);
  const counts = { found: 0, everywhere: 0, proper: 0 };
  for (let k = 0; k < 200; k++) {
    const { instance } = scenario(random);
    const context = await contextOf(asObject(instance, 'image'));
    const space = imageSubspace(context);
    if (!space) continue;
    counts.found++;
    if (space.everywhere) counts.everywhere++;
    if (space.samples.length < instance.inputs.length) counts.proper++;
    expect(rankOf(space.samples)).toBe(space.samples.length);
    const theta = thetaAt(instance);
    const dy = instance.model.outputs;
    for (const scale of space.everywhere ? ['1e-30', '1', '100'] : ['1e-30']) {
      const f = outputsAt(
        instance,
        theta.map((value) => value.add(r(scale).mul(r(integer(random, -5, 5))))),
      );
      for (let j = 0; j < dy; j++) {
        const own = f.filter((_, row) => row % dy === j);
        expect(rankOf([...space.samples, own]), JSON.stringify(asObject(instance, `${k}`))).toBe(
          space.samples.length,
        );
      }
    }
  }
  expect(counts.found).toBeGreaterThan(20);
  expect(counts.everywhere).toBeGreaterThan(5);
  expect(counts.proper).toBeGreaterThan(5);
});

it('f that is called affine in θ has no second differences, at any step', async () => {
  const random = generator(71);
  let affine = 0;
  for (let k = 0; k < 120; k++) {
    const { instance } = scenario(random);
    const context = await contextOf(asObject(instance, 'affine'));
    if (!affineInParameters(context.problem.graph)) continue;
    affine++;
    const theta = thetaAt(instance);
    for (let round = 0; round < 4; round++) {
      const v = theta.map(() => r(integer(random, -3, 3)));
      const at = (s: number) =>
        outputsAt(
          instance,
          theta.map((value, j) => value.add(v[j]!.mul(r(s)))),
        );
      const [low, mid, high] = [at(-7), at(0), at(7)];
      mid.forEach((value, row) => {
        expect(low[row]!.add(high[row]!).equals(value.add(value))).toBe(true);
      });
    }
  }
  expect(affine).toBeGreaterThan(8);
  expect(coordinates(scenario(generator(1)).instance).length).toBeGreaterThan(0);
});

it('the plain network of these tests is that of the oracle', () => {
  const net: Net = {
    inputs: [[r(1), r(-2)]],
    hidden: [['relu', 'abs']],
    W: [
      [
        [r(1), r(1)],
        [r(2), r(0)],
      ],
      [[r(3), r(5)]],
    ],
  };
  const model = mlpCase(2, [
    { units: 2, activations: ['relu', 'abs'], bias: false },
    { units: 1, activations: ['identity'], bias: false },
  ]);
  const f = outputsAt(
    {
      model,
      loss: { type: 'squared' },
      inputs: net.inputs,
      targets: [[r(0)]],
      weights: [r(1)],
      parameters: new Map(net.W.map((rows, l) => [`W${l + 1}`, rows.flat()])),
      trainable: ['W1', 'W2'],
    },
    net.W.flatMap((rows) => rows.flat()),
  );
  const h = pass(net.W, net.hidden, net.inputs[0]!)[0]!.h;
  expect(f.map(String)).toEqual([String(h[0]!.mul(r(3)).add(h[1]!.mul(r(5))))]);
});
