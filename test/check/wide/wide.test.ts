import { describe, expect, test } from 'vitest';
import { Inexpressible } from '../../../src/arithmetic/arithmetic.ts';
import { type Interval, intervalArithmetic } from '../../../src/certified/interval.ts';
import { createContext } from '../../../src/check/context.ts';
import { deadline } from '../../../src/check/deadline.ts';
import { check } from '../../../src/check/index.ts';
import { pointAt, thetaIn } from '../../../src/check/point.ts';
import { withBallPass } from '../../../src/check/wide/point.ts';
import { leastSingularValue, surjective } from '../../../src/check/wide/surjective.ts';
import { isPositiveDefinite, matrix } from '../../../src/exact/linear-algebra.ts';
import { rationalArithmetic } from '../../../src/exact/rational-arithmetic.ts';
import type { Instance } from '../../../src/instance/instance.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import { Rational } from '../../../src/kernel/rational.ts';
import { selectKernels } from '../../../src/numeric/float64/select.ts';
import { AtKink } from '../../../src/symbolic/derivative.ts';
import { generator } from '../../random.ts';

const { kernels } = await selectKernels();
const random = generator(3);
const between = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
const number = (): number => Math.round((random() * 4 - 2) * 64) / 64;
const rows = (m: number, n: number): number[][] =>
  Array.from({ length: m }, () => Array.from({ length: n }, number));

const RATIONAL = ['relu', 'leaky-relu', 'abs', 'square', 'identity'];
const SMOOTH = ['tanh', 'sigmoid', 'softplus', 'cube'];

async function network(activations: readonly string[]): Promise<Instance> {
  const inputs = between(1, 3);
  const depth = between(2, 3);
  const widths = [inputs, ...Array.from({ length: depth - 1 }, () => between(1, 4)), between(1, 2)];
  const skip = depth === 3 && random() < 0.6;
  const layers = widths.slice(1).map((units, l) => ({
    units,
    bias: random() < 0.5,
    ...(l === depth - 1 ? {} : { activation: activations[between(0, activations.length - 1)] }),
  }));
  const parameters: Record<string, unknown> = {};
  layers.forEach(({ units, bias }, l) => {
    parameters[`W${l + 1}`] = rows(units, widths[l]!);
    if (bias) parameters[`b${l + 1}`] = rows(1, units)[0];
  });
  if (skip) parameters.S1 = rows(widths.at(-1)!, widths[1]!);
  const m = between(1, 4);
  return instanceFromObject({
    everymin: 1,
    name: 'random network',
    model: { type: skip ? 'skip' : 'mlp', inputs, layers, ...(skip ? { skips: [1] } : {}) },
    loss: { type: 'squared' },
    data: { inputs: rows(m, inputs), targets: rows(m, widths.at(-1)!) },
    parameters,
  });
}

const problemOf = (instance: Instance) => createContext(instance).problem;
const widePoint = (instance: Instance, theta: readonly Interval[]) =>
  withBallPass(
    problemOf(instance),
    pointAt(problemOf(instance), intervalArithmetic, theta, 'graph'),
    kernels,
    'balls',
  );

const expectInside = (box: Interval, value: Rational): void => {
  expect(Rational.fromNumber(box.lo).cmp(value) <= 0 && Rational.fromNumber(box.hi).cmp(value) >= 0).toBe(
    true,
  );
};

describe('matrices of balls against the graph', () => {
  test('hold the rational outputs, forces, loss and gradient at every point of a box', async () => {
    let compared = 0;
    for (let round = 0; round < 80; round++) {
      const instance = await network(RATIONAL);
      const theta = thetaIn(rationalArithmetic, instance);
      const radius = [0, 2 ** -40, 2 ** -20][between(0, 2)]!;
      const box = theta.map((entry) =>
        intervalArithmetic.add(intervalArithmetic.rational(entry), { lo: -radius, hi: radius }),
      );
      const moved = theta.map((entry) => entry.add(Rational.fromNumber(radius * between(-1, 1))));
      try {
        const exact = pointAt(problemOf(instance), rationalArithmetic, moved, 'exact').summary();
        const wide = widePoint(instance, box).summary();
        wide.gradient.forEach((entry, k) => {
          expectInside(entry, exact.gradient[k]!);
        });
        wide.outputs.flat().forEach((entry, k) => {
          expectInside(entry, exact.outputs.flat()[k]!);
        });
        wide.force.flat().forEach((entry, k) => {
          expectInside(entry, exact.force.flat()[k]!);
        });
        expectInside(wide.loss as Interval, exact.loss as Rational);
        expectInside(widePoint(instance, box).loss(), exact.loss as Rational);
        compared++;
      } catch (error) {
        if (!(error instanceof AtKink || error instanceof Inexpressible)) throw error;
      }
    }
    expect(compared).toBeGreaterThan(50);
  });

  test('meet the intervals of the graph for smooth activations', async () => {
    for (let round = 0; round < 30; round++) {
      const instance = await network(SMOOTH);
      const theta = thetaIn(intervalArithmetic, instance);
      const narrow = pointAt(problemOf(instance), intervalArithmetic, theta, 'graph').summary();
      widePoint(instance, theta)
        .summary()
        .gradient.forEach((entry, k) => {
          const other = narrow.gradient[k]!;
          expect(entry.lo <= other.hi && other.lo <= entry.hi).toBe(true);
          expect(entry.hi - entry.lo).toBeLessThan(1e-9 * (1 + Math.abs(entry.hi)));
        });
    }
  });
});

describe('a full row rank of J', () => {
  test('σ is at most the least singular value of the rational Jacobian', async () => {
    let proved = 0;
    let without = 0;
    for (let round = 0; round < 150; round++) {
      const instance = await network(RATIONAL);
      const context = createContext(instance, { kernels });
      const sigma = leastSingularValue(context);
      let J: readonly (readonly Rational[])[];
      try {
        J = pointAt(
          problemOf(instance),
          rationalArithmetic,
          thetaIn(rationalArithmetic, instance),
          'J',
        ).jacobian();
      } catch (error) {
        if (!(error instanceof AtKink)) throw error;
        // Where J does not exist there is nothing to claim.
        expect(sigma).toBe(undefined);
        continue;
      }
      if (sigma === undefined) {
        without++;
        continue;
      }
      proved++;
      const least = Rational.fromNumber(sigma);
      const square = least.mul(least).mul(Rational.fromNumber(1 - 2 ** -40));
      const gram = J.flatMap((a, i) =>
        J.map((b, j) => {
          const dot = a.reduce((sum, entry, k) => sum.add(entry.mul(b[k]!)), Rational.zero);
          return i === j ? dot.sub(square) : dot;
        }),
      );
      expect(isPositiveDefinite(matrix(J.length, J.length, gram))).toBe(true);
    }
    expect(proved).toBeGreaterThan(20);
    expect(without).toBeGreaterThan(20);
  });

  test('the same sample twice has none', async () => {
    const { instance } = await interpolating((x) => [...x, x[0]!], 0);
    expect(surjective(createContext(instance, { kernels }))).toBe(undefined);
  });
});

/** softplus 2 → 8 → 1 (the field of exponentials gives up on it at once) through random points, the targets moved by `off` from what the network says. */
async function interpolating(
  change: (inputs: number[][]) => number[][],
  off: number,
  targetsOf?: (values: number[]) => number[],
): Promise<{ instance: Instance; spec: Record<string, unknown> }> {
  const m = 5;
  const inputs = change(rows(m, 2));
  const [W1, b1, W2] = [rows(8, 2), rows(1, 8)[0]!, rows(1, 8)];
  const values = inputs.map((x) =>
    W1.reduce(
      (sum, w, u) => sum + W2[0]![u]! * Math.log1p(Math.exp(w[0]! * x[0]! + w[1]! * x[1]! + b1[u]!)),
      0,
    ),
  );
  const targets = (targetsOf?.(values) ?? values.map((value) => value + off * (random() - 0.5))).map((y) => [
    y,
  ]);
  const spec = {
    everymin: 1,
    name: 'interpolation',
    model: {
      type: 'mlp',
      inputs: 2,
      layers: [
        { units: 8, activation: 'softplus', bias: true },
        { units: 1, bias: false },
      ],
    },
    loss: { type: 'squared' },
    data: { inputs, targets },
    parameters: { W1, b1, W2 },
  };
  return { spec, instance: await instanceFromObject(spec) };
}

const place = (instance: Instance) => createContext(instance, { kernels }).place();

describe('an interpolation next to θ', () => {
  test('is found where the targets are what the network says up to rounding, and a little off', async () => {
    for (const off of [0, 1e-12, 1e-9]) {
      const found = place((await interpolating((x) => x, off)).instance);
      expect(found.kind === 'enclosed' && found.by).toBe('interpolation');
      if (found.kind === 'enclosed') expect(found.radius).toBeLessThan(1e-6);
    }
  });

  test('a Newton step by hand stays inside the radius that is claimed', async () => {
    for (let round = 0; round < 10; round++) {
      const { instance } = await interpolating((x) => x, 1e-9);
      const found = place(instance);
      if (found.kind !== 'enclosed') continue;
      // The nearest interpolation is about J⁺(Y − f) away; the claim is an upper bound of the distance to one.
      const context = createContext(instance, { kernels });
      const { outputs } = context.float.summary();
      const residual = Math.hypot(...outputs.flat().map((q, i) => q - instance.targets.float(i)));
      const J = context.float.jacobian();
      const largest = Math.sqrt(J.flat().reduce((sum, entry) => sum + entry * entry, 0));
      expect(found.radius).toBeGreaterThan((residual / largest) * 0.9);
    }
  });

  test('two targets for one input, or for two that nearly are one, are never interpolated', async () => {
    for (const apart of [0, 1e-13, 1e-11]) {
      for (const off of [1e-7, 1e-9, 1e-12]) {
        const { instance } = await interpolating(
          (x) => [...x, [x[0]![0]! + apart, x[0]![1]!]],
          0,
          (values) => values.map((value, i) => (i === values.length - 1 ? values[0]! + off : value)),
        );
        const found = place(instance);
        expect(found.kind === 'enclosed' && found.by === 'interpolation', `${apart} ${off}`).toBe(false);
      }
    }
  });

  test('targets that are visibly off are not the same point to a user', async () => {
    expect(place((await interpolating((x) => x, 1e-3)).instance).kind).toBe('given');
  });

  test('the report says that θ* is global, and what the constants are', async () => {
    const report = await check((await interpolating((x) => x, 1e-12)).instance);
    const result = (id: string) => report.results.find((each) => each.result === id)!;
    expect(result('theorem-1').verdict).toBe('holds');
    expect(result('theorem-1').right).toEqual({ exact: '0' });
    expect(result('theorem-2').verdict).toBe('holds');
    const critical = result('theorem-1').obligations.find(({ id }) => id === 'critical')!;
    expect(critical.certificate).toMatchObject({ kind: 'interpolation' });
    const { radius, ...rest } = critical.certificate as Record<string, number>;
    const sigma = rest['σ_min(J̃)']!;
    expect(rest['‖J − J̃‖ on the ball']! * radius! + rest['‖f_X(θ) − Y‖']!).toBeLessThanOrEqual(
      sigma * radius!,
    );
  });

  test('another loss, or the given point only, is left alone', async () => {
    const { spec, instance } = await interpolating((x) => x, 1e-12);
    expect(createContext(instance, { kernels, point: 'given' }).place().kind).toBe('given');
    const other = await instanceFromObject({
      ...spec,
      loss: { type: 'expression', formula: '(q1 - y1)^4' },
    }).catch(() => undefined);
    if (other) expect(place(other).kind).toBe('given');
  });

  test('the time limit goes through', async () => {
    const { instance } = await interpolating((x) => x, 1e-12);
    const context = createContext(instance, { kernels, deadline: Date.now() - 1 });
    expect(() => surjective(context)).toThrow('time limit');
    expect(deadline(Date.now() - 1).expired()).toBe(true);
  });
});
