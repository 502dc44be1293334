import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import { intervalArithmetic } from '../certified/interval.ts';
import { rationalArithmetic } from '../exact/rational-arithmetic.ts';
import { Rational } from '../kernel/rational.ts';
import { evaluate } from './evaluate.ts';
import type { Graph, NodeId } from './graph.ts';
import { oneSided } from './one-sided.ts';

/** A point where ℓ(·, y) is not convex, not differentiable, or not defined. Plain data; numbers are "p/q". */
export type Refutation =
  /** ℓ((1−t)a + tb) > (1−t)ℓ(a) + tℓ(b) */
  | {
      readonly kind: 'not convex';
      readonly y: readonly string[];
      readonly a: readonly string[];
      readonly b: readonly string[];
      readonly t: string;
    }
  /** the slope along d and the slope along −d do not add up to 0 */
  | {
      readonly kind: 'not differentiable';
      readonly y: readonly string[];
      readonly point: readonly string[];
      readonly direction: readonly string[];
    }
  /** the argument of log is ≤ 0, of sqrt < 0, or a denominator is 0 */
  | {
      readonly kind: 'not defined';
      readonly y: readonly string[];
      readonly point: readonly string[];
      readonly node: NodeId;
    };

export interface Replayed {
  readonly tier: 'exact' | 'certified';
  /** the figures that show it, as text: exact numbers, or enclosures */
  readonly figures: Readonly<Record<string, string>>;
}

/**
 * Replays a refutation from its data alone, in exact rationals, or in intervals where a value is irrational; undefined
 * when it does not show what it says. Shares no code with the search.
 */
export function replayRefutation(graph: Graph, refutation: Refutation): Replayed | undefined {
  const exact = attempt(() => replayIn(rationalArithmetic, graph, refutation));
  if (exact) return { tier: 'exact', figures: exact };
  const certified = attempt(() => replayIn(intervalArithmetic, graph, refutation));
  return certified && { tier: 'certified', figures: certified };
}

function replayIn<T>(
  A: Arithmetic<T>,
  graph: Graph,
  refutation: Refutation,
): Readonly<Record<string, string>> | undefined {
  const y = refutation.y.map(parse);
  const output = graph.outputs[0]!;
  const at = (q: readonly Rational[], node: NodeId = output): T =>
    evaluate(graph, A, { q: q.map(A.rational), y: y.map(A.rational) }).value(node);

  switch (refutation.kind) {
    case 'not convex': {
      const [a, b, t] = [refutation.a.map(parse), refutation.b.map(parse), parse(refutation.t)];
      const s = Rational.one.sub(t);
      if (!(t.sign > 0 && s.sign > 0)) return undefined;
      const between = a.map((value, k) => s.mul(value).add(t.mul(b[k]!)));
      const left = at(between);
      const right = A.add(A.mul(A.rational(s), at(a)), A.mul(A.rational(t), at(b)));
      if (A.sign(A.sub(left, right)) !== 1) return undefined;
      return { left: show(left), right: show(right) };
    }
    case 'not differentiable': {
      const [forward, backward] = [1, -1].map((side) => {
        const S = oneSided(A);
        const q = refutation.point.map((value, k) => ({
          value: A.rational(parse(value)),
          slope: A.rational(parse(refutation.direction[k]!).mul(Rational.integer(side))),
          bend: A.zero,
        }));
        const fixed = y.map((value) => S.rational(value));
        return evaluate(graph, S, { q, y: fixed }).value(output).slope;
      }) as [T, T];
      const sign = A.sign(A.add(forward, backward));
      return sign === 1 || sign === -1 ? { forward: show(forward), backward: show(backward) } : undefined;
    }
    case 'not defined': {
      const node = graph.nodes[refutation.node];
      if (node?.op !== 'log' && node?.op !== 'sqrt' && node?.op !== 'quotient') return undefined;
      if (!uses(graph, output, refutation.node)) return undefined;
      const argument = at(refutation.point.map(parse), node.op === 'quotient' ? node.args[1] : node.args[0]);
      const sign = A.sign(argument);
      const broken = node.op === 'quotient' ? sign === 0 : sign === -1 || (node.op === 'log' && sign === 0);
      return broken ? { operation: node.op, argument: show(argument) } : undefined;
    }
  }
}

function uses(graph: Graph, from: NodeId, wanted: NodeId): boolean {
  const reached = new Set([from]);
  for (let id = from; id >= wanted; id--) {
    const node = graph.nodes[id]!;
    if (reached.has(id) && 'args' in node) for (const argument of node.args) reached.add(argument);
  }
  return reached.has(wanted);
}

function parse(text: string): Rational {
  const value = Rational.parse(text);
  if (!value) throw new RangeError(`not a number: ${text}`);
  return value;
}

function show(value: unknown): string {
  if (Rational.is(value)) return value.toString();
  const { lo, hi } = value as { lo: number; hi: number };
  return `[${lo}, ${hi}]`;
}

/** The result, or undefined where an arithmetic cannot tell. */
export function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Inexpressible || error instanceof RangeError) return undefined;
    throw error;
  }
}
