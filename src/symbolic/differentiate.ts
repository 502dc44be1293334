import { type Graph, GraphBuilder, type NodeId } from './graph.ts';

/**
 * The graph of ∂(outputs)/∂(group[index]), over the same variables; apply it twice for a Hessian entry.
 * Off the kinks relu' is (1 + u/|u|)/2 and |u|' is u/|u|: a division by zero at the kink itself, never a made-up slope.
 * relu(u)^n and |u|^n with n ≥ 2 are differentiable everywhere and get n·relu(u)^{n−1}·u' and n·|u|^{n−2}·u·u'.
 * Cost: a constant number of new nodes per node (quadratic in the terms of a logsumexp).
 */
export function differentiate(graph: Graph, group: string, index: number): Graph {
  const b = new GraphBuilder(graph.groups);
  const variable = b.variable(group, index);
  const one = b.constant(1);
  const zero = b.constant(0);
  const image: NodeId[] = [];
  const slope: NodeId[] = [];

  graph.nodes.forEach((node, id) => {
    if (node.op === 'constant' || node.op === 'variable') {
      image[id] = node.op === 'constant' ? b.constant(node.value) : b.variable(node.group, node.index);
      slope[id] = image[id] === variable ? one : zero;
      return;
    }
    const u = node.args.map((argument) => image[argument]!);
    const du = node.args.map((argument) => slope[argument]!);
    const own = b.apply(node, u);
    image[id] = own;
    if (du.every((each) => each === zero)) {
      slope[id] = zero;
      return;
    }
    const [a, da] = [u[0]!, du[0]!];
    const times = (factor: NodeId) => b.product(factor, da);
    switch (node.op) {
      case 'sum':
        slope[id] = b.sum(...du);
        return;
      case 'dot':
      case 'product': {
        const left: NodeId[] = [];
        const right: NodeId[] = [];
        for (let k = 0; k < u.length; k += 2) {
          left.push(du[k]!, u[k]!);
          right.push(u[k + 1]!, du[k + 1]!);
        }
        slope[id] = b.dot(left, right);
        return;
      }
      case 'quotient':
        slope[id] = b.quotient(b.difference(da, b.product(own, du[1]!)), u[1]!);
        return;
      case 'power': {
        const base = graph.nodes[node.args[0]]!;
        const n = b.constant(node.exponent);
        const lower = (exponent: number) => b.product(n, b.power(a, exponent));
        if (base.op === 'relu') {
          slope[id] = b.product(lower(node.exponent - 1), slope[base.args[0]]!);
        } else if (base.op === 'abs') {
          const v = base.args[0];
          slope[id] = b.product(b.product(lower(node.exponent - 2), image[v]!), slope[v]!);
        } else {
          slope[id] = times(lower(node.exponent - 1));
        }
        return;
      }
      case 'exp':
        slope[id] = times(own);
        return;
      case 'log':
        slope[id] = b.quotient(da, a);
        return;
      case 'sqrt':
        slope[id] = b.quotient(da, b.product(b.constant(2), own));
        return;
      case 'sin':
        slope[id] = times(b.unary('cos', a));
        return;
      case 'cos':
        slope[id] = times(b.negate(b.unary('sin', a)));
        return;
      case 'tanh':
        slope[id] = times(b.difference(one, b.power(own, 2)));
        return;
      case 'sigmoid':
        slope[id] = times(b.product(own, b.difference(one, own)));
        return;
      case 'softplus':
        slope[id] = times(b.unary('sigmoid', a));
        return;
      case 'relu':
        slope[id] = times(step(b, a));
        return;
      case 'abs':
        slope[id] = times(b.quotient(a, own));
        return;
      case 'max':
      case 'min': {
        if (a === u[1]) {
          slope[id] = da;
          return;
        }
        const gap = node.op === 'max' ? b.difference(a, u[1]!) : b.difference(u[1]!, a);
        slope[id] = b.sum(du[1]!, b.product(step(b, gap), b.difference(da, du[1]!)));
        return;
      }
      case 'logsumexp': {
        const weights = u.map((own) => {
          const ratios = u.map((each) => (each === own ? one : b.unary('exp', b.difference(each, own))));
          return b.quotient(one, b.sum(...ratios));
        });
        slope[id] = b.dot(weights, du);
        return;
      }
    }
  });
  return b.build(graph.outputs.map((output) => slope[output]!));
}

/** 1 for u > 0, 0 for u < 0, undefined (a division by zero) at 0 */
function step(b: GraphBuilder, u: NodeId): NodeId {
  const half = b.quotient(b.constant(1), b.constant(2));
  return b.sum(half, b.product(half, b.quotient(u, b.unary('abs', u))));
}
