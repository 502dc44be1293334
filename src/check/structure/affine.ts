import { dependsOn } from '../../symbolic/evaluate.ts';
import { argumentsOf, type Graph } from '../../symbolic/graph.ts';

/** Every output is affine in θ, by the degrees of the nodes (sound; a cancellation of higher terms is not seen). */
export function affineInParameters(graph: Graph): boolean {
  const varies = dependsOn(graph, 'theta');
  const degree = new Uint8Array(graph.nodes.length); // 0, 1, or 2 for more than 1
  for (const [id, node] of graph.nodes.entries()) {
    if (!varies[id]) continue;
    const args = argumentsOf(node);
    const of = (k: number): number => degree[args[k]!]!;
    let found = 2;
    if (node.op === 'variable') found = 1;
    else if (node.op === 'sum') found = Math.max(...args.map((argument) => degree[argument]!));
    else if (node.op === 'dot' || node.op === 'product') {
      found = 0;
      for (let k = 0; k < args.length; k += 2) found = Math.max(found, of(k) + of(k + 1));
    } else if (node.op === 'quotient') found = varies[args[1]!] ? 2 : of(0);
    degree[id] = Math.min(2, found);
  }
  return graph.outputs.every((output) => degree[output]! <= 1);
}
