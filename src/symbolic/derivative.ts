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

/**
 * Σ_k cotangents[k] · ∂(node k)/∂(group): all partial derivatives of a combination of nodes, by one reverse sweep
 * (Griewank and Walther, Evaluating Derivatives, §3.2). Only the values that the derivative needs are computed.
 *
 * Throws AtKink at a relu, abs, max or min whose argument is 0 or of unknown sign, unless its adjoint is exactly zero:
 * these are Lipschitz, so the chain rule then holds with derivative 0. A sqrt at 0 is not Lipschitz and always throws.
 * Throws Inexpressible from the arithmetic, and for a logarithm whose argument is not known to be positive.
 */
export function pullback<T>(
  evaluation: Evaluation<T>,
  nodes: readonly NodeId[],
  cotangents: readonly T[],
  group: string,
): T[] {
  const { graph, arithmetic: A } = evaluation;
  if (nodes.length !== cotangents.length) throw new RangeError('pullback: one cotangent for each node');
  const result = new Array<T>(graph.groups[group] ?? 0).fill(A.zero);
  const varies = variesAt(evaluation, group);
  const fragile = hasPartial(graph);
  const adjoints = new Array<T | undefined>(graph.nodes.length);
  const push = (id: NodeId, amount: () => T): void => {
    if (!varies[id]) return;
    const before = adjoints[id];
    const more = amount();
    adjoints[id] = before === undefined ? more : A.add(before, more);
  };

  nodes.forEach((node, k) => {
    push(node, () => cotangents[k]!);
  });
  for (let id = Math.max(-1, ...nodes); id >= 0; id--) {
    const adjoint = adjoints[id];
    if (adjoint === undefined) continue;
    adjoints[id] = undefined;
    if (A.isZero(adjoint) && !fragile[id]) continue;
    const node = graph.nodes[id]!;
    if (node.op === 'variable') result[node.index] = adjoint;
    else propagate(evaluation, id, node, adjoint, push, fragile);
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
  push: (id: NodeId, amount: () => T) => void,
  fragile: Uint8Array,
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
  const kinkSign = (argument: T): -1 | 0 | 1 => {
    const sign = A.sign(argument);
    if (sign) return sign;
    if (A.isZero(adjoint)) return 0;
    throw new AtKink(id, node.op, argument);
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
      if (kinkSign(value(first)) === 1) push(first, () => adjoint);
      else cut(first);
      return;
    case 'abs': {
      const sign = kinkSign(value(first));
      if (sign === 0) cut(first);
      else push(first, () => (sign === 1 ? adjoint : A.neg(adjoint)));
      return;
    }
    case 'max':
    case 'min': {
      const [a, b] = node.args;
      if (a === b) {
        push(a, () => adjoint);
        return;
      }
      const sign = kinkSign(A.sub(value(a), value(b)));
      const takesFirst = sign === 0 ? undefined : (sign === 1) === (node.op === 'max');
      if (takesFirst === true) push(a, () => adjoint);
      else cut(a);
      if (takesFirst === false) push(b, () => adjoint);
      else cut(b);
      return;
    }
    case 'logsumexp':
      args.forEach((argument, k) => {
        pass(argument, () => softmax(evaluation, args, k));
      });
      return;
  }
}

/** e^{q_k} / Σ_j e^{q_j} = 1 / Σ_j e^{q_j − q_k}, which needs no value of the logarithm. */
function softmax<T>({ arithmetic: A, value }: Evaluation<T>, args: readonly NodeId[], k: number): T {
  const own = value(args[k]!);
  let sum = A.one;
  args.forEach((argument, j) => {
    if (j !== k) sum = A.add(sum, A.exp(A.sub(value(argument), own)));
  });
  return A.div(A.one, sum);
}
