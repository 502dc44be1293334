import { Rational } from '../kernel/rational.ts';
import type { GraphBuilder, NodeId } from '../symbolic/graph.ts';
import { SpecError } from '../symbolic/spec-error.ts';
import { activation, activationKind, activationNames, type LayerActivation } from './activations.ts';
import type { BlockLayout } from './blocks.ts';
import type { Layer } from './model.ts';
import { numberSchema, sizeSchema } from './schema.ts';

/** The layers of `mlp`, `skip` and a residual network's branch: what is written, and what it means. */
export interface LayerSpec {
  readonly units: number;
  readonly activation?: string | readonly string[];
  readonly slope?: number | string;
  readonly bias?: boolean;
}

export const layersSchema = {
  type: 'array',
  minItems: 1,
  maxItems: 1000,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['units'],
    properties: {
      units: sizeSchema,
      activation: {
        anyOf: [
          { enum: activationNames },
          { type: 'array', items: { enum: activationNames }, minItems: 1, maxItems: 100_000 },
        ],
      },
      slope: numberSchema,
      bias: { type: 'boolean' },
    },
  },
} as const;

export interface NetworkLayer extends Layer {
  readonly activations: readonly LayerActivation[];
}

/** Lays out W1, b1, W2, … (each name after `prefix`). Throws SpecError for a wrong activation, slope or size. */
export function layLayers(
  specs: readonly LayerSpec[],
  inputs: number,
  prefix: string,
  layout: BlockLayout,
  path: string,
): NetworkLayer[] {
  let width = inputs;
  return specs.map((spec, l) => {
    const activations = layerActivations(spec, `${path}.layers[${l}]`);
    const { units } = spec;
    const weight = layout.add(`${prefix}W${l + 1}`, [units, width]);
    const bias = spec.bias ? layout.add(`${prefix}b${l + 1}`, [units]) : undefined;
    const layer = Object.freeze({ units, inputs: width, activations, weight, bias });
    width = units;
    return layer;
  });
}

function layerActivations(spec: LayerSpec, path: string): readonly LayerActivation[] {
  const written = spec.activation ?? 'identity';
  const names = typeof written === 'string' ? [written] : written;
  if (typeof written !== 'string' && written.length !== spec.units)
    throw new SpecError(
      `${path}.activation`,
      `the list has ${written.length} entries for ${spec.units} units; give one per unit, or a single name`,
    );
  const slope = spec.slope === undefined ? undefined : slopeOf(spec.slope, `${path}.slope`);
  const made = new Map<string, LayerActivation>();
  for (const name of names) {
    const kind = activationKind(name);
    if (!kind)
      throw new SpecError(
        `${path}.activation`,
        `no activation is called "${name}"; use one of ${activationNames.join(', ')}`,
      );
    made.set(name, activation(kind, kind.sloped ? slope : undefined));
  }
  if (slope && ![...made.values()].some(({ kind }) => kind.sloped))
    throw new SpecError(
      `${path}.slope`,
      'only leaky-relu takes a slope; remove it, or use "activation": "leaky-relu"',
    );
  const each = names.map((name) => made.get(name)!);
  return Object.freeze(
    typeof written === 'string' ? new Array<LayerActivation>(spec.units).fill(each[0]!) : each,
  );
}

function slopeOf(written: number | string, path: string): Rational {
  const slope =
    typeof written === 'string'
      ? Rational.parse(written)
      : Number.isFinite(written)
        ? Rational.fromNumber(written)
        : undefined;
  if (!slope) throw new SpecError(path, `"${written}" is not a finite number; write 0.01, "0.01" or "1/100"`);
  return slope;
}

/** Throws a SpecError unless the last layer is linear, as (4.3) of the paper has it. */
export function requireLinearOutput(layers: readonly NetworkLayer[], path: string): void {
  const last = layers.at(-1)!;
  const found = last.activations.find(({ name }) => name !== 'identity');
  if (found)
    throw new SpecError(
      `${path}.layers[${layers.length - 1}].activation`,
      `the last layer must be linear, not ${found.name}; remove its activation, or add a linear layer after it`,
    );
}

/** The value of every layer, h^(1), …, as nodes; θ is the group `theta`, each block at its own offset. */
export function buildLayers(
  b: GraphBuilder,
  layers: readonly NetworkLayer[],
  input: readonly NodeId[],
): NodeId[][] {
  let h = input;
  return layers.map(({ units, inputs, activations, weight, bias }) => {
    const below = h;
    const value = Array.from({ length: units }, (_, i) => {
      const row = below.map((_, j) => b.variable('theta', weight.offset + i * inputs + j));
      const product = b.dot(row, below);
      const z = bias ? b.sum(product, b.variable('theta', bias.offset + i)) : product;
      return activations[i]!.build(b, z);
    });
    h = value;
    return value;
  });
}

export const inputVariables = (b: GraphBuilder, count: number): NodeId[] =>
  Array.from({ length: count }, (_, j) => b.variable('x', j));
