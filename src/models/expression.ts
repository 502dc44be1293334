import { GraphBuilder, type NodeId } from '../symbolic/graph.ts';
import {
  expressionSchema,
  loadParser,
  parseExpression,
  reservedNames,
} from '../symbolic/parse-expression.ts';
import { SpecError } from '../symbolic/spec-error.ts';
import { BlockLayout } from './blocks.ts';
import type { ModelKind } from './kind.ts';
import type { Model } from './model.ts';
import { namesSchema } from './schema.ts';

export interface ExpressionSpec {
  readonly type: 'expression';
  readonly inputs: readonly string[];
  readonly parameters: readonly string[];
  readonly outputs: readonly string[];
}

/** A model written out: one expression per component of f in named inputs and named scalar parameters. */
export const expression: ModelKind = {
  type: 'expression',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['type', 'inputs', 'parameters', 'outputs'],
    properties: {
      type: { const: 'expression' },
      inputs: { ...namesSchema, minItems: 1 },
      parameters: namesSchema,
      outputs: { type: 'array', items: expressionSchema, minItems: 1, maxItems: 1000 },
    },
  },
  prepare: loadParser,
  build(spec: unknown, path: string): Model {
    const { inputs, parameters, outputs } = spec as ExpressionSpec;
    if (parameters.length === 0)
      throw new SpecError(`${path}.parameters`, 'the model has no parameters; name at least one');
    checkNames({ inputs, parameters }, path);
    const layout = new BlockLayout(path);
    for (const name of parameters) layout.add(name, []);
    const b = new GraphBuilder({ x: inputs.length, theta: parameters.length });
    return Object.freeze({
      kind: 'expression',
      inputs: inputs.length,
      outputs: outputs.length,
      blocks: layout.blocks,
      parameterCount: parameters.length,
      graph: b.build(parseOutputs(b, { inputs, parameters, outputs }, 0, path)),
      linearBlocks: [],
    });
  },
};

/** The output expressions as nodes; parameter k is θ[offset + k]. */
export function parseOutputs(
  b: GraphBuilder,
  spec: Omit<ExpressionSpec, 'type'>,
  offset: number,
  path: string,
): NodeId[] {
  const places = new Map<string, () => NodeId>();
  spec.inputs.forEach((name, j) => {
    places.set(name, () => b.variable('x', j));
  });
  spec.parameters.forEach((name, k) => {
    places.set(name, () => b.variable('theta', offset + k));
  });
  checkLength(spec.outputs, `${path}.outputs`);
  return spec.outputs.map((text, i) =>
    parseExpression(text, b, (name) => places.get(name)?.(), `${path}.outputs[${i}]`),
  );
}

/** Parsing takes about a second for 100,000 characters. */
const MAX_TOTAL_LENGTH = 200_000;

/** Throws a SpecError when the expressions of a model are too long together. */
export function checkLength(texts: readonly string[], path: string): void {
  const total = texts.reduce((sum, text) => sum + text.length, 0);
  if (total > MAX_TOTAL_LENGTH)
    throw new SpecError(
      path,
      `the expressions have ${total} characters together; at most ${MAX_TOTAL_LENGTH} are allowed`,
    );
}

/** Throws a SpecError for a name that is used twice or that means something else in an expression. */
export function checkNames(lists: Readonly<Record<string, readonly string[]>>, path: string): void {
  const seen = new Map<string, string>();
  for (const [list, names] of Object.entries(lists)) {
    names.forEach((name, k) => {
      const place = `${path}.${list}[${k}]`;
      if (reservedNames.has(name))
        throw new SpecError(place, `"${name}" has a meaning of its own in expressions; choose another name`);
      const before = seen.get(name);
      if (before !== undefined)
        throw new SpecError(place, `the name "${name}" is already used by ${before}; choose another name`);
      seen.set(name, place);
    });
  }
}
