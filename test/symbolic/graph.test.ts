import { describe, expect, it } from 'vitest';
import { rationalArithmetic as Q } from '../../src/exact/rational-arithmetic.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { evaluate } from '../../src/symbolic/evaluate.ts';
import { GraphBuilder, hasPartial } from '../../src/symbolic/graph.ts';

const make = () => new GraphBuilder({ v: 2 });

describe('GraphBuilder', () => {
  it('shares equal nodes and stores arguments before their users', () => {
    const b = make();
    const [s, t] = [b.variable('v', 0), b.variable('v', 1)];
    expect(b.product(s, t)).toBe(b.product(s, t));
    expect(b.product(s, t)).not.toBe(b.product(t, s));
    const graph = b.build([b.power(b.sum(s, t), 3)]);
    graph.nodes.forEach((node, id) => {
      for (const argument of 'args' in node ? node.args : []) expect(argument).toBeLessThan(id);
    });
  });

  it('folds constants exactly', () => {
    const b = make();
    const c = (p: bigint, q = 1n) => b.constant(new Rational(p, q));
    const s = b.variable('v', 0);
    const value = (id: number) => {
      const node = b.node(id);
      return node.op === 'constant' ? String(node.value) : node.op;
    };
    expect(value(b.sum(c(1n, 3n), c(1n, 6n)))).toBe('1/2');
    expect(value(b.dot([c(2n), c(3n)], [c(5n), c(7n)]))).toBe('31');
    expect(b.dot([c(0n), s], [s, c(1n)])).toBe(s);
    expect(value(b.dot([], []))).toBe('0');
    expect(value(b.dot([c(0n), s], [s, c(0n)]))).toBe('0');
    expect(value(b.quotient(c(1n), c(4n)))).toBe('1/4');
    expect(value(b.power(c(2n, 3n), -2))).toBe('9/4');
    expect(value(b.unary('relu', c(-2n)))).toBe('0');
    expect(value(b.unary('abs', c(-2n)))).toBe('2');
    expect(value(b.extremum('min', c(-2n), c(3n)))).toBe('-2');
    expect(value(b.extremum('max', c(-2n), c(3n)))).toBe('3');
    expect(value(b.power(s, 0))).toBe('1');
    expect(() => b.quotient(s, c(0n))).toThrow(RangeError);
    expect(() => b.power(s, 0.5)).toThrow(RangeError);
  });

  it('a zero factor does not hide where the other factor is undefined', () => {
    const b = make();
    const s = b.variable('v', 0);
    const inverse = b.quotient(b.constant(1), s);
    for (const hidden of [
      b.product(b.constant(0), inverse),
      b.dot([b.constant(0), s], [b.sum(inverse, s), s]),
      b.power(inverse, 0),
      b.product(b.unary('log', s), b.constant(0)),
    ]) {
      const graph = b.build([hidden]);
      expect(hasPartial(graph)[hidden]).toBe(1);
      const at = (value: bigint) =>
        evaluate(graph, Q, { v: [new Rational(value), Rational.zero] }).value(hidden);
      expect(() => at(0n)).toThrow();
      expect(at(1n).isInteger).toBe(true);
    }
  });

  it('embeds a graph with other nodes for its variables', () => {
    const b = make();
    const [s, t] = [b.variable('v', 0), b.variable('v', 1)];
    const graph = b.build([
      b.dot([s, t], [t, b.unary('relu', s)]),
      b.quotient(b.extremum('max', s, t), b.sum(b.power(t, 2), b.constant(1))),
      b.logsumexp([s, s]),
      b.product(s, t),
    ]);
    const other = new GraphBuilder({ w: 1 });
    const w = other.variable('w', 0);
    const outputs = other.embed(graph, (_, index) => (index === 0 ? w : other.constant(3)));
    const image = other.build(outputs);
    const point = new Rational(5n, 2n);
    const left = evaluate(graph, Q, { v: [point, new Rational(3n)] });
    const right = evaluate(image, Q, { w: [point] });
    for (const k of [0, 1, 3])
      expect(right.value(outputs[k]!).equals(left.value(graph.outputs[k]!))).toBe(true);
    expect(image.nodes[outputs[2]!]!.op).toBe('logsumexp');
  });

  it('refuses what does not exist', () => {
    const b = make();
    expect(() => b.variable('v', 2)).toThrow(RangeError);
    expect(() => b.variable('w', 0)).toThrow(RangeError);
    expect(() => b.variable('v', 0.5)).toThrow(RangeError);
    expect(() => b.sum(99)).toThrow(RangeError);
    expect(() => b.build([99])).toThrow(RangeError);
    expect(() => b.logsumexp([])).toThrow(RangeError);
  });
});
