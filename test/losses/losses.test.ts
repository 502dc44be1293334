import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { Inexpressible } from '../../src/arithmetic/arithmetic.ts';
import { dual } from '../../src/arithmetic/dual.ts';
import { float64Arithmetic as F } from '../../src/arithmetic/float64.ts';
import { rationalArithmetic as Q } from '../../src/exact/rational-arithmetic.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { buildLoss, lossKind, lossKinds } from '../../src/losses/index.ts';
import type { Loss } from '../../src/losses/loss.ts';
import { gradient } from '../../src/symbolic/derivative.ts';
import { evaluate } from '../../src/symbolic/evaluate.ts';
import { randomIntegers } from '../symbolic/random.ts';

type Random = (n: number) => number;
const uniform = (random: Random) => (random(4001) - 2000) / 500;

/** Each loss with its formula written out independently, and random targets that its rule allows. */
const cases: {
  name: string;
  spec: { type: string; [key: string]: unknown };
  dy: number;
  value(q: number[], y: number[]): number;
  target(random: Random): number[];
}[] = [
  {
    name: 'squared',
    spec: { type: 'squared' },
    dy: 3,
    value: (q, y) => q.reduce((sum, each, k) => sum + (each - y[k]!) ** 2, 0),
    target: (random) => [uniform(random), uniform(random), uniform(random)],
  },
  {
    name: 'cross-entropy',
    spec: { type: 'cross-entropy' },
    dy: 3,
    value: (q, y) => {
      const total = q.reduce((sum, each) => sum + Math.exp(each), 0);
      return -q.reduce((sum, each, k) => sum + y[k]! * Math.log(Math.exp(each) / total), 0);
    },
    target: (random) => {
      const [a, b] = [random(5), random(5)];
      return [a / 8, b / 8, 1 - (a + b) / 8];
    },
  },
  ...[2, 3].map((p) => ({
    name: `smoothed-hinge, p = ${p}`,
    spec: { type: 'smoothed-hinge', p },
    dy: 1,
    value: (q: number[], y: number[]) => Math.max(0, 1 - y[0]! * q[0]!) ** p,
    target: (random: Random) => [random(2) === 0 ? -1 : 1],
  })),
  {
    name: 'expression',
    spec: { type: 'expression', expression: 'log(1+exp(-y1*q1)) + (q2-y2)^4/2' },
    dy: 2,
    value: (q, y) => Math.log(1 + Math.exp(-y[0]! * q[0]!)) + (q[1]! - y[1]!) ** 4 / 2,
    target: (random) => [uniform(random), uniform(random)],
  },
];

const at = (loss: Loss, q: number[], y: number[]) => {
  const evaluation = evaluate(loss.graph, F, { q, y });
  const output = loss.graph.outputs[0]!;
  return { value: evaluation.value(output), gradient: gradient(evaluation, output, 'q') };
};

describe.each(cases)('$name', ({ spec, dy, value, target }) => {
  it('has the value and the gradient of its formula', async () => {
    const loss = await buildLoss(spec, 'loss', dy);
    const random = randomIntegers(29);
    for (let round = 0; round < 200; round++) {
      const q = Array.from({ length: dy }, () => uniform(random));
      const y = target(random);
      const found = at(loss, q, y);
      expect(Math.abs(found.value - value(q, y))).toBeLessThan(1e-11 * Math.max(1, Math.abs(found.value)));
      const h = 1e-5;
      q.forEach((_, k) => {
        const moved = (by: number) => q.map((each, j) => (j === k ? each + by : each));
        const slope = (value(moved(h), y) - value(moved(-h), y)) / (2 * h);
        expect(Math.abs(slope - found.gradient[k]!)).toBeLessThan(1e-5 * Math.max(1, Math.abs(slope)));
      });
    }
  });

  it('keeps the bounds that it states', async () => {
    const loss = await buildLoss(spec, 'loss', dy);
    const random = randomIntegers(31);
    for (let round = 0; round < 500; round++) {
      const y = target(random);
      const [a, b] = [0, 1].map(() => Array.from({ length: dy }, () => 4 * uniform(random))) as [
        number[],
        number[],
      ];
      const [from, to] = [at(loss, a, y), at(loss, b, y)];
      const step = b.map((each, k) => each - a[k]!);
      const square = step.reduce((sum, each) => sum + each * each, 0);
      const excess = to.value - from.value - step.reduce((sum, each, k) => sum + each * from.gradient[k]!, 0);
      const slack = 1e-9 * (1 + Math.abs(to.value) + Math.abs(from.value));
      expect(excess).toBeGreaterThan(((loss.strongConvexity ?? 0) / 2) * square - slack); // convex in any case here
      if (loss.smoothness !== undefined) expect(excess).toBeLessThan((loss.smoothness / 2) * square + slack);
      if (loss.lowerBound !== undefined) expect(from.value).toBeGreaterThanOrEqual(loss.lowerBound);
    }
    expect(loss.named).toBe(loss.kind !== 'expression');
    expect(loss.lowerBound).toBe(loss.named ? 0 : undefined);
  });
});

const hingeSpec: { type: string; p: number } = { type: 'smoothed-hinge', p: 2 };

it.each([
  [{ type: 'squared' }, 2, [3, 1], [0, 0], [1, 1]],
  [{ type: 'cross-entropy' }, 3, [0, 0, -500], [1, 0, 0], [1, -1, 0]],
  [hingeSpec, 1, [-3], [1], [1]],
] as const)('the smoothness of %j cannot be made smaller', async (spec, dy, q, y, direction) => {
  const loss = await buildLoss(spec, 'loss', dy);
  const h = 1e-3;
  const moved = q.map((each, k) => each + h * direction[k]!);
  const [from, to] = [at(loss, [...q], [...y]), at(loss, moved, [...y])];
  const change = to.gradient.map((each, k) => each - from.gradient[k]!);
  expect(Math.hypot(...change) / (h * Math.hypot(...direction))).toBeCloseTo(loss.smoothness!, 4);
});

describe('exact', () => {
  const rationals = (...texts: string[]) => texts.map((text) => Rational.parse(text)!);

  it('squared and hinge are rational, gradients and Hessians too', async () => {
    const squared = await buildLoss({ type: 'squared' }, 'loss', 2);
    const evaluation = evaluate(squared.graph, Q, { q: rationals('1/3', '2'), y: rationals('1', '0') });
    expect(String(evaluation.value(squared.graph.outputs[0]!))).toBe('40/9');
    expect(gradient(evaluation, squared.graph.outputs[0]!, 'q').map(String)).toEqual(['-4/3', '4']);
    const hinge = await buildLoss(hingeSpec, 'loss', 1);
    for (const [q, y, slope] of [
      ['1/2', '1', '-1'],
      ['1', '1', '0'],
      ['-1', '-1', '0'],
      ['1/2', '-1', '3'],
    ] as const) {
      const found = evaluate(hinge.graph, Q, { q: rationals(q), y: rationals(y) });
      expect(gradient(found, hinge.graph.outputs[0]!, 'q').map(String)).toEqual([slope]);
    }
  });

  it('the gradient of cross-entropy at equal logits is rational, and its Hessian', async () => {
    const loss = await buildLoss({ type: 'cross-entropy' }, 'loss', 3);
    const output = loss.graph.outputs[0]!;
    const [q, y] = [rationals('1/7', '1/7', '1/7'), rationals('1', '0', '0')];
    const evaluation = evaluate(loss.graph, Q, { q, y });
    expect(gradient(evaluation, output, 'q').map(String)).toEqual(['-2/3', '1/3', '1/3']);
    expect(() => evaluation.value(output)).toThrow(Inexpressible);
    const D = dual(Q);
    const lift = (values: Rational[], tangent: string) =>
      values.map((value, k) => ({ value, tangent: k === 0 ? Rational.parse(tangent)! : Rational.zero }));
    const column = gradient(evaluate(loss.graph, D, { q: lift(q, '1'), y: lift(y, '0') }), output, 'q');
    expect(column.map(({ tangent }) => String(tangent))).toEqual(['2/9', '-1/9', '-1/9']);
  });

  it('cross-entropy does not overflow', async () => {
    const loss = await buildLoss({ type: 'cross-entropy' }, 'loss', 3);
    expect(at(loss, [2000, -2000, 0], [0, 1, 0]).value).toBe(4000);
    expect(at(loss, [700, 0, 0], [1, 0, 0]).gradient.every(Number.isFinite)).toBe(true);
  });
});

describe('refused, naming the place and the mend', () => {
  it.each<[{ type: string; [key: string]: unknown }, number, string, RegExp]>([
    [{ type: 'hinge' }, 1, 'loss.type', /no loss "hinge"; use one of squared, cross-entropy/],
    [{ type: 'cross-entropy' }, 1, 'loss', /at least 2/],
    [{ type: 'smoothed-hinge', p: 2 }, 2, 'loss', /one output and the model has 2/],
    [{ type: 'smoothed-hinge', p: 1 }, 1, 'loss.p', /integer from 2 to 100/],
    [{ type: 'smoothed-hinge', p: 2.5 }, 1, 'loss.p', /2.5; it must be an integer/],
    [{ type: 'smoothed-hinge', p: '2' }, 1, 'loss.p', /integer/],
    [{ type: 'smoothed-hinge' }, 1, 'loss.p', /undefined; it must be/],
    [{ type: 'expression', expression: 'q2^2' }, 1, 'loss.expression', /unknown name "q2" at column 1/],
    [{ type: 'expression', expression: 'q^2' }, 1, 'loss.expression', /unknown name "q"/],
    [{ type: 'expression', expression: 'q0' }, 1, 'loss.expression', /unknown name "q0"/],
    [{ type: 'expression', expression: 'q1=1' }, 1, 'loss.expression', /column 3/],
  ])('%j with dy = %i', async (spec, dy, path, message) => {
    await expect(buildLoss(spec, 'loss', dy)).rejects.toMatchObject({ name: 'SpecError', path });
    await expect(buildLoss(spec, 'loss', dy)).rejects.toThrow(message);
  });

  it('the schemas accept what is meant and refuse the rest', () => {
    const accepts = (spec: { type: string; [key: string]: unknown }) =>
      new Ajv2020({ strict: false }).compile(lossKind(spec.type)!.schema)(spec);
    for (const { spec } of cases) expect(accepts(spec)).toBe(true);
    for (const spec of [
      { type: 'squared', p: 2 },
      { type: 'cross-entropy', labels: [] },
      { type: 'smoothed-hinge' },
      { type: 'smoothed-hinge', p: 1 },
      { type: 'smoothed-hinge', p: 2.5 },
      { type: 'expression' },
      { type: 'expression', expression: '' },
      { type: 'expression', expression: 1 },
    ])
      expect(accepts(spec)).toBe(false);
    expect(lossKinds.map(({ type }) => type)).toEqual([
      'squared',
      'cross-entropy',
      'smoothed-hinge',
      'expression',
    ]);
    expect(lossKind('constructor')).toBeUndefined();
  });
});
