import { GraphBuilder } from '../symbolic/graph.ts';
import { SpecError } from '../symbolic/spec-error.ts';
import { BlockLayout } from './blocks.ts';
import type { ModelKind } from './kind.ts';
import { withLazyGraph } from './lazy-graph.ts';
import type { Model, ParameterBlock } from './model.ts';
import {
  buildLayers,
  inputVariables,
  type LayerSpec,
  layersSchema,
  layLayers,
  requireLinearOutput,
} from './network.ts';
import { sizeSchema } from './schema.ts';

interface SkipSpec {
  readonly type: 'skip';
  readonly inputs: number;
  readonly layers: readonly LayerSpec[];
  readonly skips: readonly number[];
}

/**
 * Example 3 of the paper: f = W^(H+1) h^(H) + Σ_{l ∈ skips} S^(l) h^(l), where skips are hidden layers l < H (1-based);
 * θ = W1, b1, …, W^(H+1), then S<l> in the order of l.
 */
export const skip: ModelKind = {
  type: 'skip',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['type', 'inputs', 'layers', 'skips'],
    properties: {
      type: { const: 'skip' },
      inputs: sizeSchema,
      layers: layersSchema,
      skips: {
        type: 'array',
        items: { type: 'integer', minimum: 1, maximum: 999 },
        uniqueItems: true,
        maxItems: 999,
      },
    },
  },
  build(spec: unknown, path: string): Model {
    const { inputs, layers: specs, skips: written } = spec as SkipSpec;
    const layout = new BlockLayout(path);
    const layers = layLayers(specs, inputs, '', layout, path);
    requireLinearOutput(layers, path);
    const last = layers.at(-1)!;
    const hidden = layers.length - 1;
    written.forEach((l, k) => {
      if (!(Number.isInteger(l) && l >= 1 && l <= hidden))
        throw new SpecError(
          `${path}.skips[${k}]`,
          `there is no hidden layer ${l}; ${hidden === 0 ? 'the network has none' : `use 1 to ${hidden}`}`,
        );
      if (written.indexOf(l) !== k)
        throw new SpecError(`${path}.skips[${k}]`, `hidden layer ${l} is listed twice; list it once`);
    });
    // Layer H feeds the output through W^(H+1) already: naming it among the skips adds nothing.
    const skips = new Map<number, ParameterBlock>(
      [...written]
        .filter((l) => l < hidden)
        .sort((a, b) => a - b)
        .map((l) => [l, layout.add(`S${l}`, [last.units, layers[l - 1]!.units])]),
    );
    return withLazyGraph(
      {
        kind: 'skip',
        inputs,
        outputs: last.units,
        blocks: layout.blocks,
        parameterCount: layout.length,
        network: { layers, skips },
        linearBlocks: [last.weight, ...(last.bias ? [last.bias] : []), ...skips.values()],
      },
      () => {
        const b = new GraphBuilder({ x: inputs, theta: layout.length });
        const values = buildLayers(b, layers, inputVariables(b, inputs));
        const outputs = values.at(-1)!.map((own, i) => {
          const terms = [...skips].map(([l, block]) => {
            const h = values[l - 1]!;
            return b.dot(
              h.map((_, j) => b.variable('theta', block.offset + i * h.length + j)),
              h,
            );
          });
          return b.sum(own, ...terms);
        });
        return b.build(outputs);
      },
      () => {
        const b = new GraphBuilder({ x: inputs, theta: layout.length });
        return b.build(buildLayers(b, layers, inputVariables(b, inputs)).slice(0, -1).flat());
      },
    );
  },
};
