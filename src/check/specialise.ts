import { argumentsOf, type Graph, type Node } from '../symbolic/graph.ts';

/**
 * The model as a function of the trainable parameters only: group `theta` holds those (dθ numbers, in the order of
 * `trainable`), group `fixed` all parameters as constants. Same nodes, same ids.
 */
export function specialise(graph: Graph, trainable: Int32Array): Graph {
  const total = graph.groups.theta ?? 0;
  const position = new Map<number, number>();
  trainable.forEach((index, k) => {
    position.set(index, k);
  });
  const nodes = graph.nodes.map((node): Node => {
    if (node.op !== 'variable' || node.group !== 'theta') return node;
    const k = position.get(node.index);
    return k === undefined
      ? { op: 'variable', group: 'fixed', index: node.index }
      : { op: 'variable', group: 'theta', index: k };
  });
  return {
    nodes,
    outputs: graph.outputs,
    groups: { ...graph.groups, theta: trainable.length, fixed: total },
  };
}

/** Number of arguments over all nodes: the work of one evaluation, in arithmetic operations. */
export function graphSize(graph: Graph): number {
  return graph.nodes.reduce((sum, node) => sum + Math.max(1, argumentsOf(node).length), 0);
}
