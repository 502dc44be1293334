import type { Graph } from '../symbolic/graph.ts';
import type { Model } from './model.ts';

/** A model whose graphs are built when they are first asked for: the structured fast paths of large networks never ask. */
export function withLazyGraph(
  model: Omit<Model, 'graph' | 'hidden'>,
  build: () => Graph,
  buildHidden?: () => Graph,
): Model {
  const lazy = { ...model } as Model;
  defineLazily(lazy, 'graph', build);
  if (buildHidden) defineLazily(lazy, 'hidden', buildHidden);
  return Object.freeze(lazy);
}

function defineLazily(model: Model, name: 'graph' | 'hidden', build: () => Graph): void {
  let graph: Graph | undefined;
  Object.defineProperty(model, name, {
    enumerable: true,
    get: (): Graph => {
      graph ??= build();
      return graph;
    },
  });
}
