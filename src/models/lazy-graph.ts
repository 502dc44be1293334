import type { Graph } from '../symbolic/graph.ts';
import type { Model } from './model.ts';

/** A model whose graph is built when it is first asked for: the structured fast paths of large networks never ask. */
export function withLazyGraph(model: Omit<Model, 'graph'>, build: () => Graph): Model {
  let graph: Graph | undefined;
  return Object.freeze({
    ...model,
    get graph(): Graph {
      graph ??= build();
      return graph;
    },
  });
}
