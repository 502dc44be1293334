import { describe, expect, it } from 'vitest';
import { float64Arithmetic as F } from '../../src/arithmetic/float64.ts';
import { rationalArithmetic as Q } from '../../src/exact/rational-arithmetic.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { activation, activationKind, activationNames } from '../../src/models/activations.ts';
import { gradient } from '../../src/symbolic/derivative.ts';
import { evaluate, margins } from '../../src/symbolic/evaluate.ts';
import { GraphBuilder } from '../../src/symbolic/graph.ts';

const slope = new Rational(-2n, 7n);
const points = [-30, -3, -1, -0.25, 0.125, 1, 2.5, 30];

function graphOf(name: string) {
  const b = new GraphBuilder({ z: 1 });
  return b.build([activation(activationKind(name)!, slope).build(b, b.variable('z', 0))]);
}

describe.each(activationNames)('%s', (name) => {
  const kind = activationKind(name)!;
  const one = activation(kind, slope);
  const graph = graphOf(name);

  it('value and derivative are those of its graph', () => {
    for (const z of points) {
      const evaluation = evaluate(graph, F, { z: [z] });
      const value = evaluation.value(graph.outputs[0]!);
      const derivative = gradient(evaluation, graph.outputs[0]!, 'z')[0]!;
      expect(Math.abs(one.value(z) - value)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(value)));
      expect(Math.abs(one.derivative(z) - derivative)).toBeLessThanOrEqual(
        1e-14 * Math.max(1, Math.abs(derivative)),
      );
      const h = 1e-6;
      const difference = (one.value(z + h) - one.value(z - h)) / (2 * h);
      expect(Math.abs(difference - one.derivative(z))).toBeLessThan(1e-6 * Math.max(1, Math.abs(difference)));
    }
  });

  it('has a kink exactly where it says so', () => {
    const found = margins(evaluate(graph, F, { z: [0] }), 'z');
    expect(found.length > 0).toBe(kind.kink);
    for (const { argument } of found) expect(argument).toBe(0);
    const h = 1e-7;
    const left = (one.value(0) - one.value(-h)) / h;
    const right = (one.value(h) - one.value(0)) / h;
    expect(Math.abs(left - right) > 1e-3).toBe(kind.kink);
    if (kind.kink) expect(Math.abs(right - one.derivative(0))).toBeLessThan(1e-6);
  });

  it('is homogeneous of its degree, exactly, and of none where it gives none', () => {
    const at = (z: Rational) => evaluate(graph, Q, { z: [z] }).value(graph.outputs[0]!);
    const [c, z] = [new Rational(3n, 2n), new Rational(-5n, 4n)];
    if (kind.degree !== undefined) {
      for (const each of [z, z.neg(), Rational.zero])
        expect(at(c.mul(each)).equals(c.pow(kind.degree).mul(at(each)))).toBe(true);
    } else {
      const ratio = (t: number) => Math.log(one.value(2 * t) / one.value(t));
      expect(Math.abs(ratio(1) - ratio(2))).toBeGreaterThan(1e-3);
    }
  });

  it('does not hide NaN', () => {
    expect(one.value(Number.NaN)).toBeNaN();
  });
});

it('the slope of leaky-relu is 1/100 unless given', () => {
  const b = new GraphBuilder({ z: 1 });
  const graph = b.build([activation(activationKind('leaky-relu')!).build(b, b.variable('z', 0))]);
  const at = (z: number) => String(evaluate(graph, Q, { z: [Rational.integer(z)] }).value(graph.outputs[0]!));
  expect([at(-3), at(3)]).toEqual(['-3/100', '3']);
  expect(activation(activationKind('leaky-relu')!).slope).toBe(0.01);
  expect(activation(activationKind('relu')!).slope).toBeUndefined();
  expect(activationKind('constructor')).toBeUndefined();
});
