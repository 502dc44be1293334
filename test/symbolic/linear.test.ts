import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rationalArithmetic } from '../../src/exact/rational-arithmetic.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { evaluate } from '../../src/symbolic/evaluate.ts';
import { type Graph, GraphBuilder, type NodeId } from '../../src/symbolic/graph.ts';
import { isLinearIn } from '../../src/symbolic/linear.ts';

const OPERATIONS = ['sum', 'product', 'dot', 'power', 'relu', 'abs', 'max', 'quotient'] as const;
type Move = readonly [(typeof OPERATIONS)[number], number, number];

/** Nodes x, θ0, θ1, 2, 0, then one for each move; the last is the output. */
function built(moves: readonly Move[]): Graph {
  const b = new GraphBuilder({ x: 1, theta: 2 });
  const nodes: NodeId[] = [
    b.variable('x', 0),
    b.variable('theta', 0),
    b.variable('theta', 1),
    b.constant(2),
    b.constant(0),
  ];
  for (const [op, i, j] of moves) {
    const [u, v] = [nodes[i % nodes.length]!, nodes[j % nodes.length]!];
    const made = {
      sum: () => b.sum(u, v),
      product: () => b.product(u, v),
      dot: () => b.dot([u, v], [v, nodes[3]!]),
      power: () => b.power(u, 2),
      relu: () => b.unary('relu', u),
      abs: () => b.unary('abs', u),
      max: () => b.extremum('max', u, v),
      quotient: () => b.quotient(u, b.sum(b.power(v, 2), b.constant(1))),
    }[op];
    nodes.push(made());
  }
  return b.build([nodes.at(-1)!]);
}

const value = (graph: Graph, theta: readonly Rational[]): Rational => {
  const evaluation = evaluate(graph, rationalArithmetic, { x: [new Rational(3n, 7n)], theta });
  return evaluation.value(graph.outputs[0]!);
};

test('what is called linear is: f(aθ + bθ′) = a f(θ) + b f(θ′), exactly', () => {
  const move = fc.tuple(fc.constantFrom(...OPERATIONS), fc.nat(12), fc.nat(12));
  const number = fc.integer({ min: -9, max: 9 }).map((n) => Rational.integer(n));
  let linear = 0;
  fc.assert(
    fc.property(
      fc.array(move, { minLength: 1, maxLength: 6 }),
      fc.array(number, { minLength: 6, maxLength: 6 }),
      (moves, [p, r, s, t, a, b]) => {
        const graph = built(moves);
        if (!isLinearIn(graph, 'theta')) return;
        linear++;
        const combined = [a!.mul(p!).add(b!.mul(s!)), a!.mul(r!).add(b!.mul(t!))];
        const right = a!.mul(value(graph, [p!, r!])).add(b!.mul(value(graph, [s!, t!])));
        expect(value(graph, combined)).toEqual(right);
      },
    ),
    { numRuns: 2000, seed: 5 },
  );
  expect(linear).toBeGreaterThan(100);
});

test('products of parameters, squares, kinks, constants and denominators are not', () => {
  const yes = (build: (b: GraphBuilder, t: NodeId, s: NodeId, x: NodeId) => NodeId): boolean => {
    const b = new GraphBuilder({ x: 1, theta: 2 });
    const node = build(b, b.variable('theta', 0), b.variable('theta', 1), b.variable('x', 0));
    return isLinearIn(b.build([node]), 'theta');
  };
  expect(yes((b, t, s, x) => b.sum(b.product(t, b.unary('exp', x)), b.quotient(s, x)))).toBe(true);
  expect(yes((b, t, s) => b.product(t, s))).toBe(false);
  expect(yes((b, t) => b.power(t, 2))).toBe(false);
  expect(yes((b, t) => b.unary('relu', t))).toBe(false);
  expect(yes((b, t) => b.sum(t, b.constant(1)))).toBe(false);
  expect(yes((b, t, _, x) => b.sum(t, x))).toBe(false);
  expect(yes((b, t, _, x) => b.quotient(x, t))).toBe(false);
  expect(yes((_b, _t, _s, x) => x)).toBe(false);
  expect(yes((b) => b.constant(0))).toBe(true);
});
