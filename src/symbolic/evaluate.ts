import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import { argumentsOf, type Graph, hasPartial, type Node, type NodeId } from './graph.ts';

/** The values of a graph's nodes at one point, each computed when it is first asked for. */
export interface Evaluation<T> {
  readonly graph: Graph;
  readonly arithmetic: Arithmetic<T>;
  /**
   * The value of one node; only its ancestors are computed (the gradient of log(1+e^{-q}) at 0 is rational though its
   * value is not). Throws Inexpressible from the arithmetic. Memory: one T per node asked for; no recursion.
   */
  value(node: NodeId): T;
}

/**
 * A graph at a point. `variables` gives each group's numbers; a group that no asked node uses may be left out.
 * Throws a RangeError when a group has the wrong length.
 */
export function evaluate<T>(
  graph: Graph,
  arithmetic: Arithmetic<T>,
  variables: Readonly<Record<string, readonly T[]>>,
): Evaluation<T> {
  for (const [group, values] of Object.entries(variables)) {
    const size = graph.groups[group];
    if (size !== undefined && size !== values.length)
      throw new RangeError(`evaluate: ${group} has ${values.length} numbers, the graph needs ${size}`);
  }
  const values = new Array<T>(graph.nodes.length);
  const known = new Uint8Array(graph.nodes.length);

  const value = (root: NodeId): T => {
    if (known[root]) return values[root]!;
    const stack = [root];
    while (stack.length > 0) {
      const id = stack.at(-1)!;
      if (known[id]) {
        stack.pop();
        continue;
      }
      const node = graph.nodes[id];
      if (!node) throw new RangeError(`evaluate: no node ${id}`);
      const height = stack.length;
      for (const argument of argumentsOf(node)) if (!known[argument]) stack.push(argument);
      if (stack.length > height) continue;
      values[id] = compute(node, arithmetic, values, variables);
      known[id] = 1;
      stack.pop();
    }
    return values[root]!;
  };
  return { graph, arithmetic, value };
}

function compute<T>(
  node: Node,
  A: Arithmetic<T>,
  values: readonly T[],
  variables: Readonly<Record<string, readonly T[]>>,
): T {
  const at = (k: number): T => values[argumentsOf(node)[k]!]!;
  switch (node.op) {
    case 'constant':
      return A.rational(node.value);
    case 'variable': {
      const group = Object.hasOwn(variables, node.group) ? variables[node.group] : undefined;
      if (!group) throw new RangeError(`evaluate: no values for ${node.group}`);
      return group[node.index]!;
    }
    case 'sum': {
      let sum = at(0);
      for (let k = 1; k < node.args.length; k++) sum = A.add(sum, at(k));
      return sum;
    }
    case 'dot': {
      let sum = A.mul(at(0), at(1));
      for (let k = 2; k < node.args.length; k += 2) sum = A.add(sum, A.mul(at(k), at(k + 1)));
      return sum;
    }
    case 'product':
      return A.mul(at(0), at(1));
    case 'quotient':
      return A.div(at(0), at(1));
    case 'power':
      return A.pow(at(0), node.exponent);
    case 'relu':
      return A.max(A.zero, at(0));
    case 'max':
    case 'min':
      return A[node.op](at(0), at(1));
    case 'logsumexp':
      return logSumExp(
        A,
        node.args.map((_, k) => at(k)),
      );
    default:
      return A[node.op](at(0));
  }
}

/** log Σ e^{q_k} as q_0 + softplus(q_1 − q_0) for two terms, else c + log Σ e^{q_k − c} with c = max q_k. */
function logSumExp<T>(A: Arithmetic<T>, q: readonly T[]): T {
  if (q.length === 1) return q[0]!;
  if (q.length === 2) return A.add(q[0]!, A.softplus(A.sub(q[1]!, q[0]!)));
  const shift = q.reduce((a, b) => A.max(a, b));
  const sum = q.map((each) => A.exp(A.sub(each, shift))).reduce((a, b) => A.add(a, b));
  return A.add(shift, A.log(sum));
}

/** A condition on an argument under which a node is differentiable there. */
export interface Margin<T> {
  readonly node: NodeId;
  readonly op: 'relu' | 'abs' | 'max' | 'min' | 'sqrt' | 'log' | 'quotient';
  /** the argument of relu, abs, sqrt, log; a − b for max and min; the denominator of a quotient */
  readonly argument: T;
  /** what `argument` must be for the node to be defined and differentiable */
  readonly needs: 'nonzero' | 'positive';
}

/**
 * Every condition under which the composition of smooth pieces that the graph is has a derivative in `group` at this
 * point: if all hold, the roots are differentiable there (and on every box on which an interval evaluation proves them).
 * Conditions whose argument does not vary with `group` (`variesAt`) concern the data only and are left out.
 */
export function margins<T>(
  evaluation: Evaluation<T>,
  group: string,
  roots: readonly NodeId[] = evaluation.graph.outputs,
): Margin<T>[] {
  const { graph, arithmetic: A } = evaluation;
  const varies = variesAt(evaluation, group);
  const reached = ancestors(graph, roots);
  const found: Margin<T>[] = [];
  graph.nodes.forEach((node, id) => {
    if (!reached[id] || !varies[id]) return;
    const { op } = node;
    if (op === 'relu' || op === 'abs') {
      found.push({ node: id, op, argument: evaluation.value(node.args[0]), needs: 'nonzero' });
    } else if (op === 'sqrt' || op === 'log') {
      found.push({ node: id, op, argument: evaluation.value(node.args[0]), needs: 'positive' });
    } else if (op === 'quotient') {
      if (varies[node.args[1]])
        found.push({ node: id, op, argument: evaluation.value(node.args[1]), needs: 'nonzero' });
    } else if (op === 'max' || op === 'min') {
      const [a, b] = node.args;
      if (a !== b)
        found.push({
          node: id,
          op,
          argument: A.sub(evaluation.value(a), evaluation.value(b)),
          needs: 'nonzero',
        });
    }
  });
  return found;
}

const dependence = new WeakMap<Graph, Map<string, Uint8Array>>();

/** 1 for every node in which some variable of `group` occurs (computed once per graph). */
export function dependsOn(graph: Graph, group: string): Uint8Array {
  const groups = dependence.get(graph) ?? new Map<string, Uint8Array>();
  dependence.set(graph, groups);
  const known = groups.get(group);
  if (known) return known;
  const flags = new Uint8Array(graph.nodes.length);
  graph.nodes.forEach((node, id) => {
    const varies =
      node.op === 'variable'
        ? node.group === group
        : argumentsOf(node).some((argument) => flags[argument] === 1);
    if (varies) flags[id] = 1;
  });
  groups.set(group, flags);
  return flags;
}

const variation = new WeakMap<object, Map<string, Uint8Array>>();

/**
 * As `dependsOn`, for the other groups' numbers as they are: w·x does not vary with w where x = 0, so that relu(w·x) is
 * no kink there. A zero factor hides only what is defined everywhere. Computed once per evaluation.
 */
export function variesAt<T>(evaluation: Evaluation<T>, group: string): Uint8Array {
  const groups = variation.get(evaluation) ?? new Map<string, Uint8Array>();
  variation.set(evaluation, groups);
  const known = groups.get(group);
  if (known) return known;
  const { graph } = evaluation;
  const mayVary = dependsOn(graph, group);
  const partial = hasPartial(graph);
  const flags = new Uint8Array(graph.nodes.length);
  const hides = (factor: NodeId, other: NodeId) =>
    !flags[factor] && !partial[other] && isKnownZero(evaluation, factor);
  graph.nodes.forEach((node, id) => {
    if (!mayVary[id]) return;
    if (node.op === 'variable') flags[id] = 1;
    else if (node.op === 'dot' || node.op === 'product') {
      for (let k = 0; k < node.args.length && !flags[id]; k += 2) {
        const [a, b] = [node.args[k]!, node.args[k + 1]!];
        if ((flags[a] && !hides(b, a)) || (flags[b] && !hides(a, b))) flags[id] = 1;
      }
    } else if (argumentsOf(node).some((argument) => flags[argument] === 1)) flags[id] = 1;
  });
  groups.set(group, flags);
  return flags;
}

function isKnownZero<T>({ arithmetic, value }: Evaluation<T>, node: NodeId): boolean {
  try {
    return arithmetic.isZero(value(node));
  } catch (error) {
    if (error instanceof Inexpressible) return false;
    throw error;
  }
}

/** 1 for every node that some root uses, the roots included. */
export function ancestors(graph: Graph, roots: readonly NodeId[]): Uint8Array {
  const flags = new Uint8Array(graph.nodes.length);
  for (const root of roots) flags[root] = 1;
  for (let id = graph.nodes.length - 1; id >= 0; id--) {
    if (flags[id]) for (const argument of argumentsOf(graph.nodes[id]!)) flags[argument] = 1;
  }
  return flags;
}
