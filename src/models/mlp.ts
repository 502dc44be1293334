import { GraphBuilder } from '../symbolic/graph.ts';
import { BlockLayout } from './blocks.ts';
import type { ModelKind } from './kind.ts';
import { withLazyGraph } from './lazy-graph.ts';
import type { Model } from './model.ts';
import {
  buildLayers,
  inputVariables,
  type LayerSpec,
  layersSchema,
  layLayers,
  requireLinearOutput,
} from './network.ts';
import { sizeSchema } from './schema.ts';

export interface MlpSpec {
  readonly type: 'mlp';
  readonly inputs: number;
  readonly layers: readonly LayerSpec[];
}

/** (4.3) of the paper: f = W^(H+1) h^(H), h^(l) = σ^(l)(W^(l) h^(l−1) + b^(l)), h^(0) = x; θ = W1, b1, W2, b2, … */
export const mlp: ModelKind = {
  type: 'mlp',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['type', 'inputs', 'layers'],
    properties: { type: { const: 'mlp' }, inputs: sizeSchema, layers: layersSchema },
  },
  build(spec: unknown, path: string): Model {
    const { inputs, layers: specs } = spec as MlpSpec;
    const layout = new BlockLayout(path);
    const layers = layLayers(specs, inputs, '', layout, path);
    requireLinearOutput(layers, path);
    const last = layers.at(-1)!;
    return withLazyGraph(
      {
        kind: 'mlp',
        inputs,
        outputs: last.units,
        blocks: layout.blocks,
        parameterCount: layout.length,
        network: { layers, skips: new Map() },
        linearBlocks: last.bias ? [last.weight, last.bias] : [last.weight],
      },
      () => {
        const b = new GraphBuilder({ x: inputs, theta: layout.length });
        return b.build(buildLayers(b, layers, inputVariables(b, inputs)).at(-1)!);
      },
      () => {
        const b = new GraphBuilder({ x: inputs, theta: layout.length });
        return b.build(buildLayers(b, layers, inputVariables(b, inputs)).slice(0, -1).flat());
      },
    );
  },
};
