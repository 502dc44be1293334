import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CheckContext } from '../../../src/check/check-context.ts';
import { createContext } from '../../../src/check/context.ts';
import { fixesGauge, proposeGauge } from '../../../src/check/gauge.ts';
import { check } from '../../../src/check/index.ts';
import { freeOf, leastCurvature, widened } from '../../../src/check/place.ts';
import type { Report } from '../../../src/check/report.ts';
import type { Gauge, Symmetry } from '../../../src/check/structure/symmetry.ts';
import { verifyReport } from '../../../src/check/verify/index.ts';
import type { Instance } from '../../../src/instance/instance.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import { generator } from '../../random.ts';
import { instanceOf } from '../oracle/handmade.ts';
import { integer, mlpCase } from '../oracle/models.ts';
import { criticalPointNear, decimalHessian, thetaOf } from '../oracle/newton.ts';
import { Digits, decimal, r } from '../oracle/numbers.ts';
import { trained } from '../oracle/train.ts';
import { asObject, type PlainInstance } from '../oracle/truth.ts';

const contextOf = async (spec: object) =>
  createContext(await instanceFromObject(spec as never), { point: 'given' });

/** Every `step`th flower of the shipped data: petal length and width, and one of three species. */
function iris(step: number) {
  const file = new URL('../../../examples/iris/iris.csv', import.meta.url);
  const [head, ...rows] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const columns = (...names: string[]) =>
    rows.filter((_, i) => i % step === 0).map((row) => names.map((name) => row[head!.indexOf(name)]!));
  return {
    inputs: columns('petal_length', 'petal_width'),
    targets: columns('setosa', 'versicolor', 'virginica'),
  };
}

const shaped = (flat: readonly number[], shape: readonly number[]): unknown =>
  shape.length === 1
    ? [...flat]
    : Array.from({ length: shape[0]! }, (_, i) => flat.slice(i * shape[1]!, (i + 1) * shape[1]!));

/** The same instance at a θ found by training from random weights; `steps` of 0: by Newton's method from these. */
async function fitted(
  spec: Record<string, unknown>,
  shapes: readonly (readonly [string, readonly number[]])[],
  start: readonly number[],
  steps?: number,
): Promise<Record<string, unknown>> {
  const at = (theta: readonly number[]) => {
    let from = 0;
    return Object.fromEntries(
      shapes.map(([name, shape]) => {
        const length = shape.reduce((a, b) => a * b);
        from += length;
        return [name, shaped(theta.slice(from - length, from), shape)];
      }),
    );
  };
  const context = await contextOf({ ...spec, parameters: at(start) });
  return { ...spec, parameters: at(trained(context, steps)) };
}

function reluShapes(units: number): [string, number[]][] {
  return [
    ['W1', [units, 2]],
    ['b1', [units]],
    ['W2', [3, units]],
    ['b2', [3]],
  ];
}

async function flowers(units: number, step: number, seed: number): Promise<Record<string, unknown>> {
  const random = generator(seed * 10 + units);
  const spec = {
    everymin: 1,
    model: {
      type: 'mlp',
      inputs: 2,
      layers: [
        { units, activation: 'relu', bias: true },
        { units: 3, bias: true },
      ],
    },
    loss: { type: 'squared' },
    data: iris(step),
  };
  const start = Array.from({ length: 6 * units + 3 }, () => random() * 2 - 1);
  return fitted(spec, reluShapes(units), start);
}

const of = (report: Report, id: string) => report.results[0]!.obligations.find((each) => each.id === id)!;

interface Slice {
  readonly kind: string;
  readonly radii: readonly number[];
  readonly fixed: readonly number[];
  readonly symmetries: readonly Record<string, unknown>[];
}

describe('a trained relu network with its scaling orbit', () => {
  let instance: Instance;
  let report: Report;
  let slice: Slice;
  beforeAll(async () => {
    instance = await instanceFromObject((await flowers(3, 5, 3)) as never);
    report = await check(instance, { results: ['theorem-2'] });
    slice = of(report, 'local-minimum').certificate as Slice;
  });

  it('is a local minimum, certified, and not said to be strict', () => {
    expect(report.results[0]!.verdict).toBe('holds');
    expect(of(report, 'local-minimum')).toMatchObject({ status: 'holds', tier: 'certified' });
    expect(of(report, 'local-minimum').strict).toBeUndefined();
    expect(slice.kind).toBe('certified-slice');
    expect(slice.fixed.length).toBe(slice.symmetries.length);
    expect(new Set(slice.symmetries.map(({ kind }) => kind)).has('scale')).toBe(true);
    expect(slice.radii.filter((radius) => radius === 0).length).toBe(slice.fixed.length);
  });

  it('so are others, with units that are dead, alike, or linear on all flowers', async () => {
    const met = new Set<string>();
    for (const [units, seed] of [
      [2, 1],
      [2, 4],
      [3, 7],
      [4, 3],
    ] as const) {
      const each = await instanceFromObject((await flowers(units, 10, seed)) as never);
      const found = of(await check(each, { results: ['theorem-2'] }), 'local-minimum');
      expect(found, found.detail).toMatchObject({ status: 'holds', tier: 'certified' });
      for (const { kind } of (found.certificate as Slice).symmetries) met.add(`${kind}`);
    }
    expect([...met].sort()).toEqual(['dead', 'mix', 'scale', 'shift']);
  });

  it('the certificate is verified, and none with a fault in it', async () => {
    const outcomes = async (certificate: object) => {
      const [result] = report.results;
      const obligations = [{ ...of(report, 'local-minimum'), certificate }];
      return (await verifyReport(instance, { ...report, results: [{ ...result!, obligations }] })).map(
        ({ outcome }) => outcome,
      );
    };
    expect(await outcomes(slice)).toEqual(['verified']);
    const { symmetries, fixed, radii } = slice;
    const free = radii.findIndex((radius) => radius > 0);
    const scale = symmetries.findIndex(({ kind }) => kind === 'scale');
    const swap = (by: object) => symmetries.map((each, k) => (k === scale ? by : each));
    const faults: Record<string, object> = {
      'a symmetry too few': { ...slice, symmetries: symmetries.slice(1), fixed: fixed.slice(1) },
      'the same symmetry twice': { ...slice, symmetries: swap(symmetries[(scale + 1) % symmetries.length]!) },
      'a unit of the output': { ...slice, symmetries: swap({ kind: 'scale', layer: 1, unit: 0 }) },
      'a live unit is dead': { ...slice, symmetries: swap({ kind: 'dead', layer: 0, unit: 0, index: 0 }) },
      'inputs that are seen': {
        ...slice,
        symmetries: swap({ kind: 'unseen', unit: 0, vector: ['1', '0', '0'] }),
      },
      'a number is free that was held': { ...slice, fixed: [free, ...fixed.slice(1)] },
      'a number is held twice': { ...slice, fixed: [fixed[1]!, ...fixed.slice(1)] },
      'radii of a thousandth': { ...slice, radii: radii.map((radius) => radius / 1000) },
      'no box at all': { ...slice, radii: radii.map(() => 0) },
      'a box that meets a kink': { ...slice, radii: radii.map((radius) => (radius === 0 ? 0 : 1)) },
    };
    for (const [name, fault] of Object.entries(faults))
      expect(await outcomes(fault), name).not.toContain('verified');
  });
});

describe('against 80 digits', () => {
  it('every component of ∇L vanishes at a point of the box, and the slice curves up there', async () => {
    const layers = [
      { units: 2, activations: ['relu', 'relu'], bias: true },
      { units: 3, activations: ['identity', 'identity', 'identity'], bias: true },
    ] as const;
    const spec = await flowers(2, 15, 4);
    const { inputs, targets } = iris(15);
    const plain: PlainInstance = {
      model: mlpCase(2, layers),
      loss: { type: 'squared' },
      inputs: inputs.map((row) => row.map(r)),
      targets: targets.map((row) => row.map(r)),
      weights: inputs.map(() => r(1)),
      parameters: new Map(
        Object.entries(spec.parameters as Record<string, number[] | number[][]>).map(([name, value]) => [
          name,
          value.flat().map(r),
        ]),
      ),
      trainable: ['W1', 'b1', 'W2', 'b2'],
    };
    const report = await check(await instanceFromObject(asObject(plain, 'flowers') as never), {
      results: ['theorem-2'],
    });
    const { radii, fixed } = of(report, 'local-minimum').certificate as Slice;
    const zero = criticalPointNear(plain, thetaOf(plain), fixed);
    expect(zero).toBeDefined();
    thetaOf(plain).forEach((value, k) => {
      expect(
        zero!
          [k]!.sub(value)
          .abs()
          .lte(decimal(r(radii[k]!))),
      ).toBe(true);
    });
    const free = freeOf(radii.length, fixed);
    const H = decimalHessian(plain, zero!);
    const least = of(report, 'local-minimum').figures!['least curvature'] as { lower: number };
    const shifted = free.map((i) => free.map((j) => (i === j ? H[i]![j]!.sub(least.lower) : H[i]![j]!)));
    // Pivots of Gaussian elimination: all positive if and only if the matrix is positive definite.
    for (let k = 0; k < free.length; k++) {
      expect(shifted[k]![k]!.gt('1e-20')).toBe(true);
      for (let i = k + 1; i < free.length; i++) {
        const factor = shifted[i]![k]!.div(shifted[k]![k]!);
        for (let j = k; j < free.length; j++)
          shifted[i]![j] = shifted[i]![j]!.sub(factor.mul(shifted[k]![j]!));
      }
    }
    expect(least.lower).toBeGreaterThan(0);
    expect(new Digits(free.length).gt(5)).toBe(true);
  });
});

/** n outputs of n inputs through one linear unit: x ↦ Yx for a symmetric Y of simple eigenvalues. */
async function narrow(n: number, seed: number, which: number) {
  const random = generator(seed);
  const Y = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      Y[i]![j] = integer(random, -3, 3) + (i === j ? 4 * i : 0);
      Y[j]![i] = Y[i]![j]!;
    }
  // Jacobi's method.
  const A = Y.map((row) => [...row]);
  let V = Y.map((_, i) => Y.map((__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 40; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (A[p]![q] === 0) continue;
        const angle = Math.atan2(2 * A[p]![q]!, A[q]![q]! - A[p]![p]!) / 2;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (const M of [A, V])
          for (const row of M) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
        const [a, b] = [A[p]!, A[q]!];
        A[p] = a.map((value, k) => c * value - s * b[k]!);
        A[q] = a.map((value, k) => s * value + c * b[k]!);
      }
    }
  }
  V = V[0]!.map((_, j) => V.map((row) => row[j]!));
  const order = V.map((_, k) => k).sort((a, b) => Math.abs(A[b]![b]!) - Math.abs(A[a]![a]!));
  const k = order[which]!;
  const gap = Math.abs(Math.abs(A[order[0]!]![order[0]!]!) - Math.abs(A[order[1]!]![order[1]!]!));
  const scale = 1 + random();
  const units = Y.map((_, i) => Y.map((__, j) => (i === j ? 1 : 0)));
  const spec = {
    everymin: 1,
    model: { type: 'mlp', inputs: n, layers: [{ units: 1 }, { units: n }] },
    loss: { type: 'squared' },
    data: { inputs: units, targets: Y },
  };
  const start = [
    ...V[k]!.map((value) => value * scale),
    ...V[k]!.map((value) => (value * A[k]![k]!) / scale),
  ];
  const shapes = [
    ['W1', [1, n]],
    ['W2', [n, 1]],
  ] as const;
  return { gap, size: Math.abs(A[k]![k]!), spec: await fitted(spec, shapes, start, 0) };
}

describe('through one linear unit', () => {
  it('the largest singular value is a minimum, every other a saddle that is never taken for one', async () => {
    let [minima, saddles] = [0, 0];
    for (let seed = 1; seed <= 12; seed++) {
      const n = 2 + (seed % 2);
      for (const which of [0, 1]) {
        const { gap, size, spec } = await narrow(n, seed, which);
        if (!(gap > 0.1 && size > 0.1)) continue;
        const report = await check(await instanceFromObject(spec as never), { results: ['theorem-2'] });
        const found = of(report, 'local-minimum');
        if (which > 0) {
          expect(found.status, found.detail).not.toBe('holds');
          saddles++;
        } else if (found.tier === 'certified') {
          expect(found).toMatchObject({ status: 'holds', certificate: { kind: 'certified-slice' } });
          minima++;
        }
      }
    }
    expect(minima).toBeGreaterThan(6);
    expect(saddles).toBeGreaterThan(6);
  });
});

describe('what a gauge must do', () => {
  let context: CheckContext;
  let gauge: Gauge;
  const box = (at: CheckContext, radius: number) => {
    const centre = at.interval.theta;
    const all = centre.map((_, k) => k);
    return widened(centre, all, new Float64Array(all.length).fill(radius));
  };
  beforeAll(async () => {
    context = await contextOf({
      everymin: 1,
      model: { type: 'mlp', inputs: 1, layers: [{ units: 2, activation: 'relu' }, { units: 1 }] },
      loss: { type: 'squared' },
      data: { inputs: [[1], [2], [-1]], targets: [[1], [1], [2]] },
      parameters: { W1: [['1/2'], ['-1/3']], W2: [[2, 3]] },
    });
    gauge = proposeGauge(context)!;
  });

  it('is proposed, and holds on a small box', () => {
    expect(gauge.symmetries.map(({ kind }) => kind)).toEqual(['scale', 'scale']);
    expect(fixesGauge(context, gauge, box(context, 1e-3))).toBe(true);
  });

  it('is refused with any of these faults', () => {
    const small = box(context, 1e-3);
    const [one, two] = gauge.symmetries as [Symmetry, Symmetry];
    const [k, l] = gauge.fixed as [number, number];
    const faults: Record<string, Gauge> = {
      'a number too many': { symmetries: [one], fixed: [k, l] },
      'a number too few': { symmetries: [one, two], fixed: [k] },
      'a number twice': { symmetries: [one, two], fixed: [k, k] },
      'a symmetry twice': { symmetries: [one, one], fixed: [k, l] },
      'two numbers of one orbit': { symmetries: [one, two], fixed: [0, 2] },
      'units with other slopes are mixed': {
        symmetries: [one, { kind: 'mix', layer: 0, to: 0, from: 1 }],
        fixed: [k, l],
      },
      'a live unit shifted': { symmetries: [one, { kind: 'shift', layer: 0, unit: 1 }], fixed: [k, l] },
      'a place beyond the last': { symmetries: [one, two], fixed: [k, 17] },
    };
    for (const [name, fault] of Object.entries(faults))
      expect(fixesGauge(context, fault, small), name).toBe(false);
  });

  it('is refused where the box meets a kink, or a velocity may vanish', async () => {
    expect(fixesGauge(context, gauge, box(context, 0.6))).toBe(false);
    const smooth = await contextOf(instanceOf(['a*b*x'], { a: 1, b: 1 }, [[1]], [[0]]));
    const weights: Gauge = { symmetries: [{ kind: 'weights', vector: [r(1), r(-1)] }], fixed: [0] };
    expect(fixesGauge(smooth, weights, box(smooth, 0.25))).toBe(true);
    expect(fixesGauge(smooth, weights, box(smooth, 1))).toBe(false);
    expect(
      fixesGauge(
        smooth,
        { ...weights, symmetries: [{ kind: 'weights', vector: [r(1), r(-2)] }] },
        box(smooth, 0.25),
      ),
    ).toBe(false);
  });

  it('a slope of L that no symmetry explains is not hidden by holding its number', async () => {
    // Across the true orbit of (a, b) alone, t stays free, and t = 0 is an inflection.
    const inflection = await contextOf(
      instanceOf(
        ['a*b', 't^3'],
        { a: 0.3, b: 0.5, t: 0 },
        [[1], [1]],
        [
          [0.1, 1],
          [0.2, 1],
        ],
      ),
    );
    const orbit: Symmetry = { kind: 'weights', vector: [r(1), r(-1), r(0)] };
    const exactly = box(inflection, 0);
    expect(fixesGauge(inflection, { symmetries: [orbit], fixed: [0] }, exactly)).toBe(true);
    expect(leastCurvature(inflection, exactly, [0]) ?? 0).toBeLessThanOrEqual(0);
    expect(leastCurvature(inflection, exactly, [0, 2])).toBeGreaterThan(0);
    for (const fixed of [[0, 2], [2]])
      expect(fixesGauge(inflection, { symmetries: [orbit], fixed }, exactly)).toBe(false);
    const made: Symmetry = { kind: 'weights', vector: [r(0), r(0), r(1)] };
    expect(fixesGauge(inflection, { symmetries: [orbit, made], fixed: [0, 2] }, exactly)).toBe(false);
  });
});
