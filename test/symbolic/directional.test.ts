import { beforeAll, describe, expect, it } from 'vitest';
import { float64Arithmetic } from '../../src/arithmetic/float64.ts';
import { rationalArithmetic as Q } from '../../src/exact/rational-arithmetic.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { buildModel } from '../../src/models/index.ts';
import { AtKink, gradient } from '../../src/symbolic/derivative.ts';
import { differentiability } from '../../src/symbolic/directional.ts';
import { directionalDerivative } from '../../src/symbolic/directional-derivative.ts';
import { evaluate } from '../../src/symbolic/evaluate.ts';
import { type Graph, GraphBuilder } from '../../src/symbolic/graph.ts';
import { loadParser, parseExpression } from '../../src/symbolic/parse-expression.ts';
import { randomIntegers } from './random.ts';

beforeAll(loadParser);

const names = ['s', 't', 'u'];
function graphOf(...texts: string[]): Graph {
  const b = new GraphBuilder({ theta: 3, x: 1 });
  const resolve = (name: string) =>
    name === 'x'
      ? b.variable('x', 0)
      : names.includes(name)
        ? b.variable('theta', names.indexOf(name))
        : undefined;
  return b.build(texts.map((text) => parseExpression(text, b, resolve, 'f')));
}
const rationals = (...numbers: (number | string)[]) => numbers.map((n) => Rational.parse(String(n))!);
const decide = (text: string, theta = rationals(0, 0, 0), x = rationals(1)) =>
  differentiability(graphOf(text), Q, { theta, x }, 'theta');

describe('differentiable at a kink, with the true Jacobian', () => {
  it.each([
    ['t', [0, 1, 0]],
    ['relu(t)-relu(-t)', [0, 1, 0]], // autodiff gives 0 or 2
    ['relu(t)+relu(-t)-abs(t)', [0, 0, 0]],
    ['abs(t)^2', [0, 0, 0]],
    ['s*relu(t)', [0, 0, 0]],
    ['max(t,2*t)-relu(t)', [0, 1, 0]],
    ['min(t,2*t)+relu(-t)', [0, 1, 0]],
    ['max(s,t)+min(s,t)', [1, 1, 0]],
    ['max(s,t)-s-relu(t-s)', [0, 0, 0]],
    ['relu(2*s-4*t)-2*relu(s-2*t)', [0, 0, 0]],
    ['relu(2*t-s)+(s-2*t)-relu(s-2*t)', [0, 0, 0]],
    ['max(t,t)', [0, 1, 0]],
    ['relu(s*t)', [0, 0, 0]],
    ['relu(abs(t))-abs(t)', [0, 0, 0]],
    ['relu(relu(t))-relu(t)', [0, 0, 0]],
    ['relu(t^2)', [0, 0, 0]],
    ['exp(abs(t))-abs(t)', [0, 0, 0]],
    ['cos(abs(t))+tanh(relu(s))-relu(s)', [0, 0, 0]],
    ['relu(-1-abs(t))', [0, 0, 0]],
    ['abs(t)/(1+abs(s))-abs(t)', [0, 0, 0]],
  ] as const)('%s', (text, row) => {
    const found = decide(text);
    expect(found.kind).toBe('differentiable');
    if (found.kind === 'differentiable')
      expect(found.jacobian[0]!.map((entry) => entry.toNumber())).toEqual(row);
  });

  it('w·x is no kink where x = 0', () => {
    expect(decide('relu(t*x)', rationals(0, 5, 0), rationals(0)).kind).toBe('differentiable');
    expect(decide('relu(t*x)', rationals(0, 0, 0), rationals(1)).kind).toBe('not');
  });
});

describe('not differentiable, with a witness that replays', () => {
  it.each([
    ['t-2*relu(t)'],
    ['relu(t)'],
    ['abs(t)'],
    ['max(t,2*t)'],
    ['min(s,t)'],
    ['relu(s+t)+relu(s-t)-2*relu(s)'],
    ['abs(s)+abs(t)-abs(s+t)'], // vanishes where s and t agree in sign
    ['relu(relu(t)-s)'],
    ['max(0,2*abs(s)-t)'],
    ['(1+s)*relu(t)'],
    ['relu(t)/(2+s)'],
    ['exp(relu(t))'],
    ['relu(s+t+u)-relu(s)-relu(t)-relu(u)'],
  ])('%s', (text) => {
    const graph = graphOf(text);
    const theta = rationals(0, 0, 0);
    const found = differentiability(graph, Q, { theta, x: rationals(1) }, 'theta');
    expect(found.kind).toBe('not');
    if (found.kind !== 'not') return;
    const { direction, forward, backward, output } = found.witness;
    expect(forward.add(backward).isZero).toBe(false);
    // Straight from the definition: the functions here are piecewise rational, so a small step is close to the limit.
    const at = (s: number) =>
      evaluate(graph, float64Arithmetic, { theta: direction.map((d) => d.toNumber() * s), x: [1] }).value(
        graph.outputs[output]!,
      );
    const h = 1e-7;
    expect((at(h) - at(0)) / h).toBeCloseTo(forward.toNumber(), 4);
    expect((at(-h) - at(0)) / h).toBeCloseTo(backward.toNumber(), 4);
  });
});

describe('undecided', () => {
  it.each([
    ['sqrt(t)^2', /sqrt/],
    ['sqrt(abs(t))*0*s', /sqrt/],
    ['s*t/sqrt(s^2+t^2)', /zero/],
    ['exp(t+1)+relu(t)*exp(1)', /irrational/],
    ['1/t', /zero/],
    // max(s,t,u) − (…): an odd function of its arguments, kinks inside kinks and no broken line: the median
    ['max(min(s,t),min(u,max(s,t)))', /kink inside a kink/],
  ])('%s', (text, reason) => {
    const found = decide(text);
    expect(found.kind).toBe('undecided');
    if (found.kind === 'undecided') expect(found.reason).toMatch(reason);
  });
});

/** A random expression with kinks, all of whose arguments vanish at 0. */
function randomExpression(random: (n: number) => number, depth: number): string {
  const leaf = () => ['s', 't', 'u', '(s-t)', '(s+2*t)', '(u-s)'][random(6)]!;
  if (depth === 0) return leaf();
  const one = () => randomExpression(random, depth - 1);
  switch (random(9)) {
    case 0:
      return `(${one()}+${one()})`;
    case 1:
      return `(${one()}-2*${one()})`;
    case 2:
      return `relu(${one()})`;
    case 3:
      return `abs(${one()})`;
    case 4:
      return `max(${one()},${one()})`;
    case 5:
      return `min(${one()},${one()})`;
    case 6:
      return `(3+${leaf()})*${one()}`;
    case 7:
      return `${one()}/(2+${leaf()}^2)`;
    default:
      return leaf();
  }
}

describe('fuzz', () => {
  it('agrees with one-sided differences, and a verdict agrees with them in many directions', () => {
    const random = randomIntegers(7);
    const kinds = { differentiable: 0, not: 0, undecided: 0 };
    for (let round = 0; round < 400; round++) {
      const graph = graphOf(randomExpression(random, 3));
      const variables = { theta: rationals(0, 0, 0), x: rationals(1) };
      const evaluation = evaluate(graph, Q, variables);
      const value = (theta: Rational[]) =>
        evaluate(graph, Q, { ...variables, theta }).value(graph.outputs[0]!);
      const found = differentiability(graph, Q, variables, 'theta');
      kinds[found.kind]++;
      for (let k = 0; k < 12; k++) {
        const direction = rationals(random(9) - 4, random(9) - 4, random(9) - 4);
        const slope = directionalDerivative(evaluation, 'theta', direction)[0]!;
        const tiny = new Rational(1n, 10n ** 12n);
        const quotient = value(direction.map((d) => d.mul(tiny)))
          .sub(value(variables.theta))
          .div(tiny);
        // |quotient − slope| ≤ C·10^-12 for these expressions
        expect(
          quotient
            .sub(slope)
            .abs()
            .cmp(new Rational(1n, 10n ** 6n)),
        ).toBe(-1);
        if (found.kind === 'differentiable') {
          const linear = found.jacobian[0]!.reduce(
            (sum, c, i) => sum.add(c.mul(direction[i]!)),
            Rational.zero,
          );
          expect(linear.equals(slope)).toBe(true);
        }
      }
      if (found.kind === 'not') expect(found.witness.forward.add(found.witness.backward).isZero).toBe(false);
      try {
        const row = gradient(evaluation, graph.outputs[0]!, 'theta');
        expect(found.kind).toBe('differentiable');
        if (found.kind === 'differentiable') expect(found.jacobian[0]!.map(String)).toEqual(row.map(String));
      } catch (error) {
        expect(error).toBeInstanceOf(AtKink);
      }
    }
    expect(kinds.differentiable).toBeGreaterThan(50);
    expect(kinds.not).toBeGreaterThan(100);
  });
});

it('a network of two hidden ReLU layers at zero, and with one layer dead', async () => {
  const relu = (units: number) => ({ units, activation: 'relu' });
  const spec = { type: 'mlp', inputs: 3, layers: [relu(20), relu(20), { units: 1 }] };
  const model = await buildModel(spec, 'model');
  const x = rationals(1, -2, 3);
  const theta = new Array<Rational>(model.parameterCount).fill(Rational.zero);
  const atZero = differentiability(model.graph, Q, { theta, x }, 'theta');
  expect(atZero.kind).toBe('differentiable'); // every product has two zero factors
  const [W1, W2, W3] = model.blocks;
  const filled = (blocks: (typeof W1)[]) =>
    theta.map((zero, k) =>
      blocks.some((b) => b && k >= b.offset && k < b.offset + b.length)
        ? new Rational(BigInt(((k * 7919) % 11) - 4))
        : zero,
    );
  expect(differentiability(model.graph, Q, { theta: filled([W2, W3]), x }, 'theta').kind).toBe('not');
  expect(differentiability(model.graph, Q, { theta: filled([W1, W2]), x }, 'theta').kind).toBe(
    'differentiable',
  );
});
