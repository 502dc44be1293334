import { lossKinds } from '../losses/index.ts';
import { modelKinds } from '../models/index.ts';
import { EXACT_PATTERN } from './number.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The obligations that a user may declare, with the tier `assumed`. A conclusion is never declared. */
export const DECLARABLE = [
  'assumption-1',
  'assumption-2',
  'differentiable',
  'differentiable-nearby',
  'critical',
  'local-minimum',
  'dimensions',
  'locally-linear',
] as const;

/**
 * JSON Schema (draft 2020-12) of the instance file, composed from what each kind of model and of loss declares. It is
 * written with if/then, not oneOf, so that an error speaks of the one branch that the user meant.
 * schema/instance.schema.json is this object. `only` leaves out the kinds that an instance does not use, which changes
 * nothing for that instance and makes the schema quicker to compile.
 */
export function instanceSchema(only?: { readonly model: unknown; readonly loss: unknown }): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:everymin:instance:1',
    title: 'everymin instance',
    description:
      'A model, a loss, data and a point θ of the parameters. A JSON number means the float64 it parses to.',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      everymin: { const: 1, description: 'the version of this format' },
      name: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[^\\p{Cc}\\p{Zl}\\p{Zp}]*$' },
      model: { $ref: '#/$defs/model' },
      loss: { $ref: '#/$defs/loss' },
      data: { $ref: '#/$defs/data' },
      parameters: { $ref: '#/$defs/parameters' },
      trainable: {
        description: 'θ is these parameters only; the others are constants (default: all)',
        type: 'array',
        items: { type: 'string' },
        minItems: 1,
        uniqueItems: true,
      },
      epsilon: { $ref: '#/$defs/number', description: 'the radius of V[θ, ε], more than 0' },
      t: { type: 'integer', minimum: 0, description: 'Theorem 4 at this t only (mlp)' },
      declare: {
        description: 'obligations that are taken as they are said here, with the tier "assumed"',
        type: 'object',
        properties: Object.fromEntries(DECLARABLE.map((id) => [id, { type: 'boolean' }])),
        additionalProperties: false,
      },
    },
    required: ['everymin', 'model', 'loss', 'data', 'parameters'],
    additionalProperties: false,
    $defs: {
      ...numbers,
      data,
      ...parameters,
      ...ofKinds('model', modelKinds, only && ((type) => type === only.model)),
      ...ofKinds('loss', lossKinds, only && ((type) => type === only.loss)),
    },
  };
}

/** A def that looks at "type" first, and one def for each kind. */
function ofKinds(
  family: string,
  kinds: readonly { type: string; schema: Schema }[],
  used: (type: string) => boolean = () => true,
): Record<string, Schema> {
  const shown = kinds.filter((kind) => used(kind.type));
  const defs: Record<string, Schema> = {
    [family]: {
      type: 'object',
      properties: { type: { enum: kinds.map((kind) => kind.type) } },
      required: ['type'],
      ...(shown.length > 0 && {
        allOf: shown.map((kind) => ({
          if: { type: 'object', properties: { type: { const: kind.type } } },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: { $ref: `#/$defs/${family}-${kind.type}` },
        })),
      }),
    },
  };
  for (const kind of shown) defs[`${family}-${kind.type}`] = kind.schema;
  return defs;
}

/** An array in place, or a reference to one in a file. */
const orReference = (array: Schema, noun: string): Schema => ({
  title: `${noun} or a reference to a file`,
  type: ['array', 'object'],
  if: { type: 'object' },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { $ref: '#/$defs/reference' },
  else: { $ref: array.$ref },
});

const numbers: Record<string, Schema> = {
  number: {
    title: 'a number, such as 0.5, "1/3" or "0.1"',
    description: 'a JSON number (the float64 it parses to), or an exact number as text: "1/3", "0.1"',
    type: ['number', 'string'],
    pattern: EXACT_PATTERN,
  },
  vector: { title: 'a list of numbers', type: 'array', items: { $ref: '#/$defs/number' } },
  matrix: { title: 'a list of rows', type: 'array', items: { $ref: '#/$defs/vector' } },
  labels: {
    title: 'a list of labels',
    type: 'array',
    items: { title: 'a whole number or the name of a class', type: ['integer', 'string'] },
  },
  reference: {
    description: 'an array in a file, relative to the folder of the instance',
    type: 'object',
    if: { type: 'object', required: ['npy'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: {
      type: 'object',
      properties: { npy: { $ref: '#/$defs/path' } },
      additionalProperties: false,
    },
    else: {
      type: 'object',
      if: { type: 'object', required: ['csv'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: {
        type: 'object',
        properties: {
          csv: { $ref: '#/$defs/path' },
          columns: {
            description: 'names from the header line, or positions from 0; default: every column',
            type: 'array',
            items: { type: ['string', 'integer'], minimum: 0 },
            minItems: 1,
          },
          header: { description: 'whether the first line names the columns', type: 'boolean' },
          numbers: {
            description: '"0.1" in a cell is 1/10 (exact, the default) or the float64 nearest to it',
            enum: ['exact', 'float64'],
          },
        },
        additionalProperties: false,
      },
      else: {
        type: 'object',
        properties: { safetensors: { $ref: '#/$defs/path' }, tensor: { type: 'string' } },
        required: ['safetensors', 'tensor'],
        additionalProperties: false,
      },
    },
  },
  path: { type: 'string', minLength: 1, maxLength: 1000 },
};

const data: Schema = {
  type: 'object',
  properties: {
    inputs: {
      description: 'm rows of dx numbers',
      ...orReference({ $ref: '#/$defs/matrix' }, 'a list of rows'),
    },
    targets: {
      description: 'm rows of dy numbers',
      ...orReference({ $ref: '#/$defs/matrix' }, 'a list of rows'),
    },
    labels: {
      description: 'cross-entropy: in place of targets, m classes, each 0 to dy − 1 or a name from "classes"',
      ...orReference({ $ref: '#/$defs/labels' }, 'a list of labels'),
    },
    classes: {
      description: 'the names of the dy classes, in the order of the outputs',
      type: 'array',
      items: { type: 'string' },
      minItems: 1,
      uniqueItems: true,
    },
    weights: {
      description: 'λ, m numbers more than 0 (default 1), or "mean" for 1/m',
      title: '"mean", a list of numbers or a reference to a file',
      type: ['string', 'array', 'object'],
      if: { type: 'string' },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { enum: ['mean'] },
      else: orReference({ $ref: '#/$defs/vector' }, 'a list of numbers'),
    },
  },
  required: ['inputs'],
  additionalProperties: false,
};

const parameters: Record<string, Schema> = {
  parameters: {
    title: 'an object with one entry for each block',
    description: 'one entry for each block of parameters of the model',
    type: 'object',
    additionalProperties: { $ref: '#/$defs/parameter' },
  },
  parameter: {
    title: 'a number, a list or a reference to a file',
    description:
      'a number, a list of numbers, a list of rows, a reference, or the blocks of a model inside the model',
    type: ['number', 'string', 'array', 'object'],
    if: { type: 'object' },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: {
      type: 'object',
      if: {
        type: 'object',
        anyOf: ['npy', 'csv', 'safetensors'].map((key) => ({ type: 'object', required: [key] })),
      },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { $ref: '#/$defs/reference' },
      else: { $ref: '#/$defs/parameters' },
    },
    else: {
      type: ['number', 'string', 'array'],
      if: { type: 'array' },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { type: 'array', items: { $ref: '#/$defs/entry' } },
      else: { $ref: '#/$defs/number' },
    },
  },
  entry: {
    title: 'a number or a list of numbers',
    type: ['number', 'string', 'array'],
    if: { type: 'array' },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { $ref: '#/$defs/vector' },
    else: { $ref: '#/$defs/number' },
  },
};
