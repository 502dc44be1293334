import { argumentsOf, type Graph, type Node } from './graph.ts';

/** free of the group; linear in it, without a constant part; neither is shown */
type Form = 'free' | 'linear' | 'other';

/**
 * Whether every output is linear in a group of variables, without a constant part, wherever it is defined: read off the
 * graph, so that `true` is a proof and `false` says nothing. Where the outputs are defined does not depend on the group
 * then. Cost: linear in the graph.
 */
export function isLinearIn(graph: Graph, group: string): boolean {
  const forms: Form[] = [];
  for (const node of graph.nodes) forms.push(formOf(node, forms, group));
  return graph.outputs.every((output) => forms[output] === 'linear' || isZero(graph.nodes[output]!));
}

function formOf(node: Node, forms: readonly Form[], group: string): Form {
  if (node.op === 'variable') return node.group === group ? 'linear' : 'free';
  const args = argumentsOf(node).map((id) => forms[id]!);
  if (args.every((form) => form === 'free')) return 'free';
  switch (node.op) {
    case 'sum':
      return args.every((form) => form === 'linear') ? 'linear' : 'other';
    case 'product':
      return product(args[0]!, args[1]!);
    case 'dot': {
      const parts = Array.from({ length: args.length / 2 }, (_, k) =>
        product(args[2 * k]!, args[2 * k + 1]!),
      );
      return parts.every((form) => form === 'linear') ? 'linear' : 'other';
    }
    case 'quotient':
      return args[0] === 'linear' && args[1] === 'free' ? 'linear' : 'other';
    default:
      return 'other';
  }
}

const product = (a: Form, b: Form): Form =>
  (a === 'linear' && b === 'free') || (a === 'free' && b === 'linear') ? 'linear' : 'other';

const isZero = (node: Node): boolean => node.op === 'constant' && node.value.isZero;
