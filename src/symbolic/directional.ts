import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import { AtKink, pullback, type TieRule } from './derivative.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import type { Graph, Node, NodeId } from './graph.ts';
import { findWitness, type KinkWitness } from './kink-witness.ts';
import { type PiecewiseLinear, ReluTable } from './piecewise-linear.ts';

export type { KinkWitness };

export type Differentiability<T> =
  | { readonly kind: 'differentiable' /** one row for each output */; readonly jacobian: readonly T[][] }
  | { readonly kind: 'not'; readonly witness: KinkWitness<T> }
  | { readonly kind: 'undecided'; readonly reason: string };

/**
 * Decides whether the outputs are differentiable in `group` at a point, kinks included, by exact Bouligand calculus:
 * d ↦ f'(θ; d) is written as a linear function plus Σ c_k relu(s_k(d)) with canonical s_k. The outputs are compositions
 * of locally Lipschitz functions, so f is differentiable at θ exactly when f'(θ; ·) is linear. It is linear when every
 * c_k cancels, and is not when some remain and all s_k are linear. Where an s_k itself holds a relu, and for sqrt at 0,
 * division by 0, or a value that the arithmetic cannot write down, it is `undecided` unless a witness is found.
 * A witness is replayed by `directionalDerivative`, a separate evaluator.
 *
 * The arithmetic must decide every sign (exact rationals). Cost: a reverse sweep for each output and each live kink.
 */
export function differentiability<T>(
  graph: Graph,
  arithmetic: Arithmetic<T>,
  variables: Readonly<Record<string, readonly T[]>>,
  group: string,
): Differentiability<T> {
  const evaluation = evaluate(graph, arithmetic, variables);
  try {
    const calculus = new Bouligand(evaluation, group);
    const slopes = graph.outputs.map((output) => calculus.slope([output], [arithmetic.one]));
    for (const [output, slope] of slopes.entries()) {
      if (slope.symbols.size === 0) continue;
      const witness = findWitness(evaluation, group, output, slope, calculus.table);
      if (witness) return { kind: 'not', witness };
      return {
        kind: 'undecided',
        reason: `output ${output} has a kink inside a kink here, and no direction tried shows a break`,
      };
    }
    const size = graph.groups[group] ?? 0;
    return {
      kind: 'differentiable',
      jacobian: slopes.map(({ linear }) =>
        Array.from({ length: size }, (_, i) => linear.get(i) ?? arithmetic.zero),
      ),
    };
  } catch (error) {
    if (error instanceof AtKink || error instanceof Inexpressible)
      return { kind: 'undecided', reason: error.message };
    throw error;
  }
}

/** Slopes of nodes as piecewise linear functions of the direction, kinks taken as variables of their own. */
class Bouligand<T> {
  readonly table: ReluTable<T>;
  readonly #evaluation: Evaluation<T>;
  readonly #group: string;
  readonly #kinks = new Map<NodeId, PiecewiseLinear<T>>();

  constructor(evaluation: Evaluation<T>, group: string) {
    this.#evaluation = evaluation;
    this.#group = group;
    this.table = new ReluTable(evaluation.arithmetic);
  }

  /** The slope of Σ_k cotangents[k]·(node k), every kink below it already known or computed now, lowest first. */
  slope(nodes: readonly NodeId[], cotangents: readonly T[]): PiecewiseLinear<T> {
    const { linear, ties } = this.#sweep(nodes, cotangents);
    this.#resolve([...ties.keys()]);
    let total = this.table.linear(linear);
    for (const [id, coefficient] of ties) total = this.table.add(total, coefficient, this.#kinks.get(id)!);
    return total;
  }

  /** Computes relu(slope of the argument) for these kinks and all below them, without recursion. */
  #resolve(kinks: readonly NodeId[]): void {
    const { graph } = this.#evaluation;
    const stack = [...kinks];
    const swept = new Map<NodeId, { linear: T[]; ties: Map<NodeId, T> }>();
    while (stack.length > 0) {
      const id = stack.at(-1)!;
      if (this.#kinks.has(id)) {
        stack.pop();
        continue;
      }
      let inner = swept.get(id);
      if (!inner) {
        const [nodes, cotangents] = this.#argument(graph.nodes[id]!);
        inner = this.#sweep(nodes, cotangents);
        swept.set(id, inner);
      }
      const missing = [...inner.ties.keys()].filter((below) => !this.#kinks.has(below));
      if (missing.length > 0) {
        for (const below of missing) stack.push(below);
        continue;
      }
      let slope = this.table.linear(inner.linear);
      for (const [below, c] of inner.ties) slope = this.table.add(slope, c, this.#kinks.get(below)!);
      this.#kinks.set(id, this.table.relu(slope));
      swept.delete(id);
      stack.pop();
    }
  }

  /** u with: relu(u); |u| = 2 relu(u) − u; max(a, b) = b + relu(a − b); min(a, b) = b − relu(b − a). */
  #argument(node: Node): [nodes: NodeId[], cotangents: T[]] {
    const { one, neg } = this.#evaluation.arithmetic;
    if (node.op === 'relu' || node.op === 'abs') return [[node.args[0]], [one]];
    if (node.op === 'max') return [[...node.args], [one, neg(one)]];
    if (node.op === 'min') return [[...node.args], [neg(one), one]];
    throw new RangeError(`differentiability: ${node.op} has no kink`);
  }

  /** One reverse sweep that stops at the kinks: their adjoints, and the linear part of the rest. */
  #sweep(nodes: readonly NodeId[], cotangents: readonly T[]): { linear: T[]; ties: Map<NodeId, T> } {
    const A = this.#evaluation.arithmetic;
    const ties = new Map<NodeId, T>();
    const atTie: TieRule<T> = (id, node, argument, adjoint, push) => {
      if (A.sign(argument) !== 0) throw new AtKink(id, node.op, argument);
      if (node.op === 'relu') ties.set(id, adjoint);
      else if (node.op === 'abs') {
        ties.set(id, A.add(adjoint, adjoint));
        push(node.args[0], () => A.neg(adjoint));
      } else if (node.op === 'max' || node.op === 'min') {
        ties.set(id, node.op === 'max' ? adjoint : A.neg(adjoint));
        push(node.args[1], () => adjoint);
      }
    };
    return { linear: pullback(this.#evaluation, nodes, cotangents, this.#group, atTie), ties };
  }
}
