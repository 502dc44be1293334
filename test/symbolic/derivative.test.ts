import { beforeAll, describe, expect, it } from 'vitest';
import { Inexpressible } from '../../src/arithmetic/arithmetic.ts';
import { dual } from '../../src/arithmetic/dual.ts';
import { float64Arithmetic as F } from '../../src/arithmetic/float64.ts';
import { rationalArithmetic as Q } from '../../src/exact/rational-arithmetic.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { AtKink, gradient, jacobian, pullback } from '../../src/symbolic/derivative.ts';
import { differentiate } from '../../src/symbolic/differentiate.ts';
import { evaluate, margins } from '../../src/symbolic/evaluate.ts';
import { type Graph, GraphBuilder, type NodeId } from '../../src/symbolic/graph.ts';
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
const exactGradient = (text: string, theta: Rational[], x = rationals(1)) => {
  const graph = graphOf(text);
  return gradient(evaluate(graph, Q, { theta, x }), graph.outputs[0]!, 'theta').map(String);
};

/** A random graph in which every operation occurs on its domain; `polynomial` keeps it within exact rationals. */
function randomGraph(random: (n: number) => number, size: number, polynomial: boolean): Graph {
  const b = new GraphBuilder({ theta: 3, x: 1 });
  const nodes: NodeId[] = [0, 1, 2].map((i) => b.variable('theta', i));
  nodes.push(b.variable('x', 0), b.constant(new Rational(1n, 3n)));
  const any = () => nodes[random(nodes.length)]!;
  const positive = () => b.sum(b.constant(1), b.power(any(), 2));
  const bounded = () => b.quotient(any(), positive());
  const makers: (() => NodeId)[] = [
    () => b.sum(any(), any(), any()),
    () => b.dot([any(), any(), bounded()], [bounded(), bounded(), any()]),
    () => b.product(bounded(), any()),
    () => b.quotient(any(), positive()),
    () => b.power(bounded(), 2 + random(3)),
    () => b.unary('relu', any()),
    () => b.unary('abs', any()),
    () => b.extremum(random(2) === 0 ? 'max' : 'min', any(), any()),
  ];
  if (!polynomial)
    makers.push(
      () => b.unary('exp', b.unary('sin', any())),
      () => b.unary('log', positive()),
      () => b.unary('sqrt', positive()),
      () => b.unary('cos', any()),
      () => b.unary('tanh', any()),
      () => b.unary('sigmoid', any()),
      () => b.unary('softplus', bounded()),
      () => b.logsumexp([bounded(), bounded(), bounded()]),
      () => b.logsumexp([any(), any()]),
    );
  for (let k = 0; k < size; k++) nodes.push(makers[random(makers.length)]!());
  return b.build(nodes.slice(-2));
}

const floatsOf = (values: readonly Rational[]) => values.map((value) => value.toNumber());
const randomPoint = (random: (n: number) => number, size: number) =>
  Array.from({ length: size }, () => new Rational(BigInt(random(41) - 20), BigInt(7 + random(9))));
const close = (a: number, b: number, tolerance: number) =>
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));

describe('reverse mode', () => {
  it('agrees with central differences on random graphs of every operation', () => {
    const random = randomIntegers(11);
    let compared = 0;
    for (let round = 0; round < 300; round++) {
      const graph = randomGraph(random, 12, false);
      const theta = floatsOf(randomPoint(random, 3));
      const x = floatsOf(randomPoint(random, 1));
      const evaluation = evaluate(graph, F, { theta, x });
      if (margins(evaluation, 'theta').some(({ argument }) => Math.abs(argument) < 1e-3)) continue;
      for (const [k, row] of jacobian(evaluation, 'theta').entries()) {
        row.forEach((slope, i) => {
          const at = (h: number) =>
            evaluate(graph, F, { theta: theta.map((v, j) => (j === i ? v + h : v)), x }).value(
              graph.outputs[k]!,
            );
          const h = 1e-6;
          expect(close(slope, (at(h) - at(-h)) / (2 * h), 1e-5)).toBe(true);
          compared++;
        });
      }
    }
    expect(compared).toBeGreaterThan(500);
  });

  it('exact and float64 agree, and so does symbolic differentiation, exactly', () => {
    const random = randomIntegers(13);
    let compared = 0;
    for (let round = 0; round < 150; round++) {
      const graph = randomGraph(random, 7, true);
      const point = { theta: randomPoint(random, 3), x: randomPoint(random, 1) };
      let rows: Rational[][];
      try {
        rows = jacobian(evaluate(graph, Q, point), 'theta');
      } catch (error) {
        expect(error).toBeInstanceOf(AtKink);
        continue;
      }
      const floats = jacobian(
        evaluate(graph, F, { theta: floatsOf(point.theta), x: floatsOf(point.x) }),
        'theta',
      );
      for (let i = 0; i < 3; i++) {
        const slope = differentiate(graph, 'theta', i);
        const symbolic = evaluate(slope, Q, point);
        rows.forEach((row, k) => {
          expect(close(floats[k]![i]!, row[i]!.toNumber(), 1e-9)).toBe(true);
          // At a kink with a zero adjoint the step function of the symbolic derivative is undefined.
          try {
            expect(symbolic.value(slope.outputs[k]!).equals(row[i]!)).toBe(true);
            compared++;
          } catch (error) {
            if (!(error instanceof Inexpressible)) throw error;
          }
        });
      }
    }
    expect(compared).toBeGreaterThan(300);
  });

  it('symbolic differentiation agrees on every operation in float64', () => {
    const random = randomIntegers(17);
    let compared = 0;
    for (let round = 0; round < 200; round++) {
      const graph = randomGraph(random, 10, false);
      const point = { theta: floatsOf(randomPoint(random, 3)), x: floatsOf(randomPoint(random, 1)) };
      const evaluation = evaluate(graph, F, point);
      if (margins(evaluation, 'theta').some(({ argument }) => argument === 0)) continue;
      const rows = jacobian(evaluation, 'theta');
      for (let i = 0; i < 3; i++) {
        const slope = differentiate(graph, 'theta', i);
        const symbolic = evaluate(slope, F, point);
        for (const [k, row] of rows.entries()) {
          expect(close(symbolic.value(slope.outputs[k]!), row[i]!, 1e-9)).toBe(true);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(300);
  });

  it('in dual numbers it gives Hessian–vector products, equal to two symbolic differentiations', () => {
    const random = randomIntegers(19);
    const D = dual(Q);
    let compared = 0;
    for (let round = 0; round < 60; round++) {
      const graph = randomGraph(random, 6, true);
      const point = { theta: randomPoint(random, 3), x: randomPoint(random, 1) };
      const v = rationals(random(5) - 2, random(5) - 2, random(5) - 2);
      const output = graph.outputs[0]!;
      try {
        const theta = point.theta.map((value, i) => ({ value, tangent: v[i]! }));
        const x = point.x.map((value) => ({ value, tangent: Rational.zero }));
        const product = gradient(evaluate(graph, D, { theta, x }), output, 'theta');
        for (let i = 0; i < 3; i++) {
          let sum = Rational.zero;
          for (let j = 0; j < 3; j++) {
            const second = differentiate(differentiate(graph, 'theta', i), 'theta', j);
            sum = sum.add(evaluate(second, Q, point).value(second.outputs[0]!).mul(v[j]!));
          }
          expect(product[i]!.tangent.equals(sum)).toBe(true);
          compared++;
        }
      } catch (error) {
        if (!(error instanceof Inexpressible || error instanceof AtKink)) throw error;
      }
    }
    expect(compared).toBeGreaterThan(60);
  });

  it('pullback is the combination of gradients', () => {
    const graph = graphOf('s*t+u^2', 's^3-t*x');
    const evaluation = evaluate(graph, Q, { theta: rationals(2, 3, 5), x: rationals(7) });
    expect(pullback(evaluation, graph.outputs, rationals(10, -1), 'theta').map(String)).toEqual([
      String(10 * 3 - 3 * 4),
      String(10 * 2 + 7),
      '100',
    ]);
    expect(() => pullback(evaluation, graph.outputs, rationals(1), 'theta')).toThrow(RangeError);
  });
});

describe('only what is needed is computed', () => {
  it.each([
    ['log(1+exp(-s*x))', ['-1/2', '0', '0']],
    ['softplus(s)', ['1/2', '0', '0']],
    ['s+exp(x)', ['1', '0', '0']],
    ['log(2+s)', ['1/2', '0', '0']],
  ])('the gradient of %s at 0 is rational', (text, row) => {
    expect(exactGradient(text, rationals(0, 0, 0))).toEqual(row);
  });

  it('the gradient of logsumexp at equal logits is rational, its value is not', () => {
    const b = new GraphBuilder({ theta: 3 });
    const graph = b.build([b.logsumexp([0, 1, 2].map((k) => b.variable('theta', k)))]);
    const evaluation = evaluate(graph, Q, { theta: rationals('2/7', '2/7', '2/7') });
    expect(gradient(evaluation, graph.outputs[0]!, 'theta').map(String)).toEqual(['1/3', '1/3', '1/3']);
    expect(() => evaluation.value(graph.outputs[0]!)).toThrow(Inexpressible);
  });

  it('logsumexp does not overflow', () => {
    const b = new GraphBuilder({ theta: 3 });
    const graph = b.build([b.logsumexp([0, 1, 2].map((k) => b.variable('theta', k)))]);
    expect(evaluate(graph, F, { theta: [1e4, 1e4, -1e4] }).value(graph.outputs[0]!)).toBeCloseTo(
      1e4 + Math.LN2,
      9,
    );
  });
});

describe('kinks', () => {
  it.each([['relu(s)'], ['abs(s)'], ['max(s,t)'], ['min(s,2*t)'], ['t+relu(abs(s))'], ['relu(s)-relu(-s)']])(
    '%s at 0 throws',
    (text) => {
      expect(() => exactGradient(text, rationals(0, 0, 0))).toThrow(AtKink);
    },
  );

  it('names the node and carries the argument', () => {
    const graph = graphOf('3+relu(s-t)');
    try {
      gradient(
        evaluate(graph, Q, { theta: rationals(2, 2, 0), x: rationals(1) }),
        graph.outputs[0]!,
        'theta',
      );
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(AtKink);
      if (!(error instanceof AtKink)) return;
      expect(graph.nodes[error.node]!.op).toBe('relu');
      expect(String(error.argument)).toBe('0');
    }
  });

  it.each([
    ['t*relu(s)', ['0', '0', '0']],
    ['abs(s)^2', ['0', '0', '0']],
    ['relu(s)^3', ['0', '0', '0']],
    ['relu(-1-abs(s))', ['0', '0', '0']],
    ['max(s,s)', ['1', '0', '0']],
    ['max(1+s,abs(s))', ['1', '0', '0']],
  ])('%s at 0 has an adjoint of zero at its kink', (text, row) => {
    expect(exactGradient(text, rationals(0, 0, 0))).toEqual(row);
  });

  it.each([
    ['sqrt(s)^2'], // = s, and the adjoint of sqrt is 0
    ['(2*sqrt(abs(s)))^2'], // = 4|s|
    ['t*sqrt(s)'],
    ['relu(-1-sqrt(s))'],
    ['max(1,sqrt(s))'],
    ['sqrt(s^2)'],
  ])('%s at 0 throws though the adjoint of sqrt is 0', (text) => {
    expect(() => exactGradient(text, rationals(0, 0, 0))).toThrow(AtKink);
  });

  it.each([
    ['x*(1/s)'],
    ['t+x*(1/s)'],
    ['t^2*(1/s)'],
    ['x*log(s)'],
    ['relu(-1-x/s)'],
    ['0*(1/s)'],
    ['(1/s)^0'],
  ])('%s is undefined at s = 0, x = 0', (text) => {
    expect(() => exactGradient(text, rationals(0, 0, 0), rationals(0))).toThrow(Inexpressible);
  });

  it('what does not vary at these data is no kink and no margin', () => {
    const graph = graphOf('t*relu(s*x)+abs(x)+u*max(x,0)');
    const evaluation = evaluate(graph, Q, { theta: rationals(3, 4, 5), x: rationals(0) });
    expect(jacobian(evaluation, 'theta')[0]!.map(String)).toEqual(['0', '0', '0']);
    expect(margins(evaluation, 'theta')).toEqual([]);
    const moved = evaluate(graph, Q, { theta: rationals(3, 4, 5), x: rationals(2) });
    expect(margins(moved, 'theta').map(({ op, argument }) => `${op} ${argument}`)).toEqual(['relu 6']);
  });

  it('a factor that varies hides nothing, though it is 0 here', () => {
    const graph = graphOf('relu(s*t)+abs(u*relu(s))');
    const evaluation = evaluate(graph, Q, { theta: rationals(0, 0, 0), x: rationals(0) });
    expect(margins(evaluation, 'theta').map(({ op }) => op)).toEqual(['relu', 'relu', 'abs']);
  });

  it('margins list every condition', () => {
    const graph = graphOf('relu(s)+abs(t-1)+max(s,t)+sqrt(u)+log(u+1)+1/(s+t)');
    const evaluation = evaluate(graph, Q, { theta: rationals(2, 3, 4), x: rationals(0) });
    expect(
      margins(evaluation, 'theta').map(({ op, argument, needs }) => `${op} ${argument} ${needs}`),
    ).toEqual([
      'relu 2 nonzero',
      'abs 2 nonzero',
      'max -1 nonzero',
      'sqrt 4 positive',
      'log 5 positive',
      'quotient 5 nonzero',
    ]);
  });

  it('a derivative of relu is undefined at its kink, never a made-up number', () => {
    const graph = differentiate(graphOf('relu(s)'), 'theta', 0);
    const at = (s: number) =>
      evaluate(graph, Q, { theta: rationals(s, 0, 0), x: rationals(0) }).value(graph.outputs[0]!);
    expect([at(3), at(-3)].map(String)).toEqual(['1', '0']);
    expect(() => at(0)).toThrow(Inexpressible);
    const smooth = differentiate(graphOf('relu(s)^2'), 'theta', 0);
    expect(
      String(evaluate(smooth, Q, { theta: rationals(0, 0, 0), x: rationals(0) }).value(smooth.outputs[0]!)),
    ).toBe('0');
  });
});

describe('size', () => {
  it('a chain of 200,000 nodes', () => {
    const b = new GraphBuilder({ theta: 1 });
    let node = b.variable('theta', 0);
    for (let k = 0; k < 200_000; k++) node = b.sum(b.unary('relu', node), b.constant(k % 2));
    const graph = b.build([node]);
    expect(graph.nodes.length).toBeGreaterThan(300_000);
    const evaluation = evaluate(graph, F, { theta: [1] });
    expect(evaluation.value(node)).toBe(100_001);
    expect(gradient(evaluation, node, 'theta')).toEqual([1]);
  });

  it('an inner product of 100,000 terms', () => {
    const n = 100_000;
    const b = new GraphBuilder({ theta: n, x: n });
    const all = (group: string) => Array.from({ length: n }, (_, k) => b.variable(group, k));
    const graph = b.build([b.dot(all('theta'), all('x'))]);
    const x = Array.from({ length: n }, (_, k) => k % 7);
    const row = gradient(evaluate(graph, F, { theta: x, x }), graph.outputs[0]!, 'theta');
    expect(row).toEqual(x);
  });

  it('evaluate refuses a group of the wrong length', () => {
    expect(() => evaluate(graphOf('s'), F, { theta: [1] })).toThrow(RangeError);
  });
});
