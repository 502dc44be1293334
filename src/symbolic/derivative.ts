import { Inexpressible } from '../arithmetic/arithmetic.ts';
import { type Evaluation, variesAt } from './evaluate.ts';
import { argumentsOf, hasPartial, type Node, type NodeId } from './graph.ts';

/** A derivative was asked for where it may not exist: the argument of a kink is 0, or its sign cannot be told. */
export class AtKink extends Error {
  override readonly name = 'AtKink';
  readonly node: NodeId;
  readonly argument: unknown;

  constructor(node: NodeId, op: string, argument: unknown) {
    super(`the argument of ${op} is 0, or its sign cannot be told`);
    this.node = node;
    this.argument = argument;
  }
}

/** Adds an amount to a node's adjoint, if the node varies. */
export type Push<T> = (id: NodeId, amount: () => T) => void;

/** What to do at a kink whose sign is 0 (or unknown) and whose adjoint is not zero. */
export type TieRule<T> = (id: NodeId, node: Node, argument: T, adjoint: T, push: Push<T>) => void;

const refuseTie = (id: NodeId, node: Node, argument: unknown): never => {
  throw new AtKink(id, node.op, argument);
};

/**
 * Σ_k cotangents[k] · ∂(node k)/∂(group): all partial derivatives of a combination of nodes, by one reverse sweep
 * (Griewank and Walther, Evaluating Derivatives, §3.2). Only the values that the derivative needs are computed.
 *
 * Throws AtKink at a relu, abs, max or min whose argument is 0 or of unknown sign, unless its adjoint is exactly zero:
 * these are Lipschitz, so the chain rule then holds with derivative 0. A sqrt at 0 is not Lipschitz and always throws.
 * Throws Inexpressible from the arithmetic, and for a logarithm whose argument is not known to be positive.
 * `atTie` replaces the throw at a relu, abs, max or min.
 */
export function pullback<T>(
  evaluation: Evaluation<T>,
  nodes: readonly NodeId[],
  cotangents: readonly T[],
  group: string,
  atTie: TieRule<T> = refuseTie,
): T[] {
  const { graph, arithmetic: A } = evaluation;
  if (nodes.length !== cotangents.length) throw new RangeError('pullback: one cotangent for each node');
  const result = new Array<T>(graph.groups[group] ?? 0).fill(A.zero);
  const varies = variesAt(evaluation, group);
  const fragile = hasPartial(graph);
  const adjoints = new Array<T | undefined>(graph.nodes.length);
  const push: Push<T> = (id, amount) => {
    if (!varies[id]) return;
    const before = adjoints[id];
    const more = amount();
    adjoints[id] = before === undefined ? more : A.add(before, more);
  };

  nodes.forEach((node, k) => {
    push(node, () => cotangents[k]!);
  });
  const last = nodes.reduce((a, b) => Math.max(a, b), -1);
  for (let id = last; id >= 0; id--) {
    const adjoint = adjoints[id];
    if (adjoint === undefined) continue;
    adjoints[id] = undefined;
    if (A.isZero(adjoint) && !fragile[id]) continue;
    const node = graph.nodes[id]!;
    if (node.op === 'variable') result[node.index] = adjoint;
    else propagate(evaluation, id, node, adjoint, push, fragile, atTie);
  }
  return result;
}

/** All partial derivatives of one node in the variables of `group`; throws as `pullback`. */
export const gradient = <T>(evaluation: Evaluation<T>, node: NodeId, group: string): T[] =>
  pullback(evaluation, [node], [evaluation.arithmetic.one], group);

/** One row of partial derivatives for each output of the graph; throws as `gradient`. */
export function jacobian<T>(evaluation: Evaluation<T>, group: string): T[][] {
  return evaluation.graph.outputs.map((output) => gradient(evaluation, output, group));
}

function propagate<T>(
  evaluation: Evaluation<T>,
  id: NodeId,
  node: Node,
  adjoint: T,
  push: Push<T>,
  fragile: Uint8Array,
  atTie: TieRule<T>,
): void {
  const { arithmetic: A } = evaluation;
  const value = evaluation.value;
  const args = argumentsOf(node);
  const first = args[0]!;
  const pass = (to: NodeId, slope: () => T) => push(to, () => A.mul(adjoint, slope()));
  /** A branch that is not taken: only its domain matters. */
  const cut = (to: NodeId) => {
    if (fragile[to]) push(to, () => A.zero);
  };
  /** The branches of a kink: those taken get the adjoint (times ±1), of the others only the domain matters. */
  const branch = (argument: T, positive: NodeId, negative: NodeId | undefined, negativeSlope: 1 | -1 = 1) => {
    const sign = A.sign(argument);
    if (!sign && !A.isZero(adjoint)) {
      atTie(id, node, argument, adjoint, push);
      return;
    }
    if (sign === 1) push(positive, () => adjoint);
    else cut(positive);
    if (negative === undefined) return;
    if (sign === -1) push(negative, () => (negativeSlope === 1 ? adjoint : A.neg(adjoint)));
    else cut(negative);
  };

  switch (node.op) {
    case 'constant':
    case 'variable':
      return;
    case 'sum':
      for (const argument of args) push(argument, () => adjoint);
      return;
    case 'dot':
    case 'product':
      for (let k = 0; k < args.length; k += 2) {
        pass(args[k]!, () => value(args[k + 1]!));
        pass(args[k + 1]!, () => value(args[k]!));
      }
      return;
    case 'quotient':
      push(first, () => A.div(adjoint, value(args[1]!)));
      push(args[1]!, () => A.neg(A.div(A.mul(adjoint, value(id)), value(args[1]!))));
      return;
    case 'power':
      pass(first, () => {
        const lower = node.exponent === 2 ? value(first) : A.pow(value(first), node.exponent - 1);
        return A.mul(A.float(node.exponent), lower);
      });
      return;
    case 'exp':
      pass(first, () => value(id));
      return;
    case 'log':
      if (A.sign(value(first)) !== 1) throw new Inexpressible('log: the argument may not be positive');
      push(first, () => A.div(adjoint, value(first)));
      return;
    case 'sqrt':
      if (A.sign(value(first)) !== 1) throw new AtKink(id, node.op, value(first));
      push(first, () => A.div(adjoint, A.mul(A.float(2), value(id))));
      return;
    case 'sin':
      pass(first, () => A.cos(value(first)));
      return;
    case 'cos':
      pass(first, () => A.neg(A.sin(value(first))));
      return;
    case 'tanh':
      pass(first, () => A.sub(A.one, A.pow(value(id), 2)));
      return;
    case 'sigmoid':
      pass(first, () => A.mul(value(id), A.sigmoid(A.neg(value(first)))));
      return;
    case 'softplus':
      pass(first, () => A.sigmoid(value(first)));
      return;
    case 'relu':
      branch(value(first), first, undefined);
      return;
    case 'abs':
      branch(value(first), first, first, -1);
      return;
    case 'max':
    case 'min': {
      const second = args[1]!;
      const difference = () => A.sub(value(first), value(second));
      if (first === second) push(first, () => adjoint);
      else if (node.op === 'max') branch(difference(), first, second);
      else branch(difference(), second, first);
      return;
    }
    case 'logsumexp':
      softmax(evaluation, args).forEach((share, k) => {
        pass(args[k]!, () => share);
      });
      return;
  }
}

/**
 * e^{q_k} / Σ_j e^{q_j} for every k, from differences of the q alone: rational at equal q, no overflow, and no use of the
 * value of logsumexp.
 */
export function softmax<T>({ arithmetic: A, value }: Evaluation<T>, args: readonly NodeId[]): T[] {
  const q = args.map((argument) => value(argument));
  const difference = (j: number, k: number) => A.sub(q[j]!, q[k]!);
  if (q.length === 1) return [A.one];
  if (q.length === 2) return [A.sigmoid(difference(0, 1)), A.sigmoid(difference(1, 0))];
  let largest = 0;
  for (let k = 1; k < q.length; k++) if (A.sign(difference(k, largest)) === 1) largest = k;
  const exponentials = q.map((_, k) => (k === largest ? A.one : A.exp(difference(k, largest))));
  const sum = exponentials.reduce((a, b) => A.add(a, b));
  return exponentials.map((each) => A.div(each, sum));
}
