import { Inexpressible } from '../arithmetic/arithmetic.ts';
import { AtKink, softmax } from './derivative.ts';
import { ancestors, type Evaluation, variesAt } from './evaluate.ts';
import { argumentsOf, type Node, type NodeId } from './graph.ts';

/**
 * The one-sided directional derivatives f'(θ; d) = lim_{s↓0} (f(θ + s·d) − f(θ))/s of the outputs, d in the variables of
 * `group`, by one forward sweep: at a kink relu'(u; u') = relu(u'), |u|' = |u'|, max' = max(a', b') (Shapiro, On
 * concepts of directional differentiability, 1990, Prop. 3.6: the chain rule for locally Lipschitz functions).
 * Throws Inexpressible from the arithmetic, AtKink where a sign cannot be told and at sqrt of 0.
 */
export function directionalDerivative<T>(
  evaluation: Evaluation<T>,
  group: string,
  direction: readonly T[],
): T[] {
  const { graph, arithmetic: A } = evaluation;
  if (direction.length !== graph.groups[group])
    throw new RangeError(`directionalDerivative: ${group} has ${graph.groups[group]} variables`);
  const varies = variesAt(evaluation, group);
  const used = ancestors(graph, graph.outputs);
  const slopes = new Array<T | undefined>(graph.nodes.length);
  graph.nodes.forEach((node, id) => {
    if (!used[id] || !varies[id]) return;
    slopes[id] = node.op === 'variable' ? direction[node.index]! : slopeOf(evaluation, id, node, slopes);
  });
  return graph.outputs.map((output) => slopes[output] ?? A.zero);
}

function slopeOf<T>(
  evaluation: Evaluation<T>,
  id: NodeId,
  node: Node,
  slopes: readonly (T | undefined)[],
): T {
  const { arithmetic: A, value } = evaluation;
  const args = argumentsOf(node);
  const slope = (k: number): T => slopes[args[k]!] ?? A.zero;
  const own = slope(0);
  const at = () => value(args[0]!);
  const times = (factor: () => T): T => (A.isZero(own) ? A.zero : A.mul(factor(), own));
  const signOf = (argument: T): -1 | 0 | 1 => {
    const sign = A.sign(argument);
    if (sign === undefined) throw new AtKink(id, node.op, argument);
    return sign;
  };
  switch (node.op) {
    case 'constant':
    case 'variable':
      throw new RangeError(`directionalDerivative: ${node.op} has no arguments`);
    case 'sum':
      return args.map((_, k) => slope(k)).reduce((a, b) => A.add(a, b));
    case 'dot':
    case 'product': {
      let sum = A.zero;
      for (let k = 0; k < args.length; k += 2) {
        const [a, b] = [args[k]!, args[k + 1]!];
        if (!A.isZero(slope(k))) sum = A.add(sum, A.mul(slope(k), value(b)));
        if (!A.isZero(slope(k + 1))) sum = A.add(sum, A.mul(value(a), slope(k + 1)));
      }
      return sum;
    }
    case 'quotient':
      return A.div(A.sub(own, A.mul(value(id), slope(1))), value(args[1]!));
    case 'power':
      return times(() => A.mul(A.float(node.exponent), A.pow(at(), node.exponent - 1)));
    case 'exp':
      return times(() => value(id));
    case 'log':
      if (A.sign(at()) !== 1) throw new Inexpressible('log: the argument may not be positive');
      return A.div(own, at());
    case 'sqrt':
      if (A.sign(at()) !== 1) throw new AtKink(id, node.op, at());
      return A.div(own, A.mul(A.float(2), value(id)));
    case 'sin':
      return times(() => A.cos(at()));
    case 'cos':
      return times(() => A.neg(A.sin(at())));
    case 'tanh':
      return times(() => A.sub(A.one, A.pow(value(id), 2)));
    case 'sigmoid':
      return times(() => A.mul(value(id), A.sigmoid(A.neg(at()))));
    case 'softplus':
      return times(() => A.sigmoid(at()));
    case 'relu': {
      const sign = signOf(at());
      return sign === 1 ? own : sign === -1 ? A.zero : A.max(A.zero, own);
    }
    case 'abs': {
      const sign = signOf(at());
      return sign === 1 ? own : sign === -1 ? A.neg(own) : A.abs(own);
    }
    case 'max':
    case 'min': {
      const sign = signOf(A.sub(at(), value(args[1]!)));
      if (sign === 0) return A[node.op](own, slope(1));
      return (sign === 1) === (node.op === 'max') ? own : slope(1);
    }
    case 'logsumexp': {
      if (args.every((_, k) => A.isZero(slope(k)))) return A.zero;
      return softmax(evaluation, args)
        .map((share, k) => A.mul(share, slope(k)))
        .reduce((a, b) => A.add(a, b));
    }
  }
}
