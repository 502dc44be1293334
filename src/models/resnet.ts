import { GraphBuilder, type NodeId } from '../symbolic/graph.ts';
import { loadParser } from '../symbolic/parse-expression.ts';
import { SpecError } from '../symbolic/spec-error.ts';
import { BlockLayout } from './blocks.ts';
import { checkNames, type ExpressionSpec, expression, parseOutputs } from './expression.ts';
import type { ModelKind } from './kind.ts';
import { withLazyGraph } from './lazy-graph.ts';
import { type MlpSpec, mlp } from './mlp.ts';
import type { Model, ParameterBlock } from './model.ts';
import { buildLayers, inputVariables, layLayers } from './network.ts';
import { sizeSchema } from './schema.ts';

interface ResnetSpec {
  readonly type: 'resnet';
  readonly inputs: number;
  readonly outputs: number;
  readonly residual: MlpSpec | ExpressionSpec;
}

/**
 * (4.1) of the paper: f = W(x + R z(x; u)); θ = W (dy × dx), R (dx × dz), then u's blocks, named u.<name>.
 * z is an mlp, whose last layer may have an activation, or an expression, which may have no parameters.
 */
export const resnet: ModelKind = {
  type: 'resnet',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['type', 'inputs', 'outputs', 'residual'],
    properties: {
      type: { const: 'resnet' },
      inputs: sizeSchema,
      outputs: sizeSchema,
      residual: {
        type: 'object',
        required: ['type'],
        properties: { type: { enum: ['mlp', 'expression'] } },
        if: { properties: { type: { const: 'mlp' } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: mlp.schema,
        else: {
          type: 'object',
          if: { properties: { type: { const: 'expression' } } },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: expression.schema,
        },
      },
    },
  },
  async prepare(spec: unknown): Promise<void> {
    if ((spec as ResnetSpec).residual.type === 'expression') await loadParser();
  },
  build(spec: unknown, path: string): Model {
    const { inputs, outputs, residual } = spec as ResnetSpec;
    const dz = residual.type === 'mlp' ? residual.layers.at(-1)!.units : residual.outputs.length;
    const dx = residual.type === 'mlp' ? residual.inputs : residual.inputs.length;
    if (dx !== inputs)
      throw new SpecError(
        `${path}.residual.inputs`,
        `the residual takes ${dx} inputs and the model has ${inputs}; make them equal`,
      );
    const layout = new BlockLayout(path);
    const W = layout.add('W', [outputs, inputs]);
    const R = layout.add('R', [inputs, dz]);
    const branch = layBranch(residual, layout, `${path}.residual`);
    const build = () => {
      const b = new GraphBuilder({ x: inputs, theta: layout.length });
      const x = inputVariables(b, inputs);
      const z = branch(b, x);
      const inner = x.map((own, i) => b.sum(own, b.dot(row(b, R, i), z)));
      return b.build(Array.from({ length: outputs }, (_, i) => b.dot(row(b, W, i), inner)));
    };
    const buildBranch = () => {
      const b = new GraphBuilder({ x: inputs, theta: layout.length });
      return b.build(branch(b, inputVariables(b, inputs)));
    };
    const model = {
      kind: 'resnet',
      residual: { W, R, branch: buildBranch },
      inputs,
      outputs,
      blocks: layout.blocks,
      parameterCount: layout.length,
      linearBlocks: [W],
    };
    // Expressions are parsed at once, so that a fault in them is reported here.
    return residual.type === 'expression'
      ? Object.freeze({ ...model, graph: build() })
      : withLazyGraph(model, build);
  },
};

/** Lays out u and returns what builds z(x; u). */
function layBranch(
  residual: MlpSpec | ExpressionSpec,
  layout: BlockLayout,
  path: string,
): (b: GraphBuilder, x: readonly NodeId[]) => NodeId[] {
  if (residual.type === 'mlp') {
    const layers = layLayers(residual.layers, residual.inputs, 'u.', layout, path);
    return (b, x) => buildLayers(b, layers, x).at(-1)!;
  }
  checkNames({ inputs: residual.inputs, parameters: residual.parameters }, path);
  const offset = layout.length;
  for (const name of residual.parameters) layout.add(`u.${name}`, []);
  return (b) => parseOutputs(b, residual, offset, path);
}

function row(b: GraphBuilder, block: ParameterBlock, i: number): NodeId[] {
  const width = block.shape[1]!;
  return Array.from({ length: width }, (_, j) => b.variable('theta', block.offset + i * width + j));
}
