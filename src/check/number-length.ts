import type { Instance } from '../instance/instance.ts';
import type { Rational } from '../kernel/rational.ts';
import type { Graph, Node } from '../symbolic/graph.ts';

/**
 * A bound on the bits of the exact rational numbers that an evaluation of the loss meets, when sums share denominators:
 * the degree of L in its numbers times the bits of the longest one. (t^1000)^1000 at t = 3/2 is two lines of an instance
 * file, and a million digits. Cost: linear in the graph and the numbers.
 */
export function numberLength(instance: Instance, graph: Graph): number {
  const model = Math.max(1, ...degrees(graph, () => 1));
  const degree = Math.max(1, ...degrees(instance.loss.graph, (group) => (group === 'q' ? model : 1)));
  // Where the degree is small the length of the numbers is what the user wrote: no need to look.
  if (degree <= SMALL) return degree;
  let longest = 1;
  for (const tensor of [instance.inputs, instance.targets, instance.weights, instance.parameters]) {
    for (let i = 0; i < tensor.length; i++) longest = Math.max(longest, bits(tensor.rational(i)));
  }
  for (const each of [graph, instance.loss.graph]) {
    for (const node of each.nodes) if (node.op === 'constant') longest = Math.max(longest, bits(node.value));
  }
  return degree * longest;
}

const SMALL = 64;

const bits = ({ numerator, denominator }: Rational): number =>
  4 * (numerator.toString(16).length + denominator.toString(16).length);

/** For each output, its degree in the variables and constants, each of which counts as a number. */
function degrees(graph: Graph, ofVariable: (group: string) => number): number[] {
  const known: number[] = [];
  for (const node of graph.nodes) known.push(degreeOf(node, known, ofVariable));
  return graph.outputs.map((output) => known[output]!);
}

function degreeOf(node: Node, known: readonly number[], ofVariable: (group: string) => number): number {
  switch (node.op) {
    case 'constant':
      return 1;
    case 'variable':
      return ofVariable(node.group);
    case 'product':
    case 'quotient':
      return known[node.args[0]]! + known[node.args[1]]!;
    case 'dot': {
      let most = 0;
      for (let k = 0; k < node.args.length; k += 2)
        most = Math.max(most, known[node.args[k]!]! + known[node.args[k + 1]!]!);
      return most;
    }
    case 'power':
      return node.exponent * known[node.args[0]]!;
    default:
      return node.args.reduce((most, argument) => Math.max(most, known[argument]!), 0);
  }
}
