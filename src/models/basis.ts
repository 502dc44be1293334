import { GraphBuilder } from '../symbolic/graph.ts';
import { expressionSchema, loadParser, parseExpression } from '../symbolic/parse-expression.ts';
import { BlockLayout } from './blocks.ts';
import { checkLength, checkNames } from './expression.ts';
import type { ModelKind } from './kind.ts';
import type { Model } from './model.ts';
import { namesSchema, sizeSchema } from './schema.ts';

interface BasisSpec {
  readonly type: 'basis';
  readonly inputs: readonly string[];
  readonly features: readonly string[];
  readonly outputs: number;
}

/** Example 1 of the paper: f = W φ(x) with given features φ; θ = W, outputs × features. */
export const basis: ModelKind = {
  type: 'basis',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['type', 'inputs', 'features', 'outputs'],
    properties: {
      type: { const: 'basis' },
      inputs: { ...namesSchema, minItems: 1 },
      features: { type: 'array', items: expressionSchema, minItems: 1, maxItems: 10_000 },
      outputs: sizeSchema,
    },
  },
  prepare: loadParser,
  build(spec: unknown, path: string): Model {
    const { inputs, features, outputs } = spec as BasisSpec;
    checkNames({ inputs }, path);
    checkLength(features, `${path}.features`);
    const layout = new BlockLayout(path);
    const W = layout.add('W', [outputs, features.length]);
    const b = new GraphBuilder({ x: inputs.length, theta: W.length });
    const place = new Map(inputs.map((name, j) => [name, j]));
    const resolve = (name: string) => {
      const j = place.get(name);
      return j === undefined ? undefined : b.variable('x', j);
    };
    const phi = features.map((text, k) => parseExpression(text, b, resolve, `${path}.features[${k}]`));
    const rows = Array.from({ length: outputs }, (_, i) =>
      b.dot(
        phi.map((_, k) => b.variable('theta', i * phi.length + k)),
        phi,
      ),
    );
    return Object.freeze({
      kind: 'basis',
      inputs: inputs.length,
      outputs,
      blocks: layout.blocks,
      parameterCount: layout.length,
      graph: b.build(rows),
      linearBlocks: [W],
    });
  },
};
