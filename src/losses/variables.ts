import type { GraphBuilder, NodeId } from '../symbolic/graph.ts';

/** q_1 … q_dy and y_1 … y_dy. */
export function lossVariables(b: GraphBuilder, dy: number): { q: NodeId[]; y: NodeId[] } {
  const group = (name: string) => Array.from({ length: dy }, (_, k) => b.variable(name, k));
  return { q: group('q'), y: group('y') };
}
