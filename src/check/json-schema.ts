/** The few words of JSON Schema (draft 2020-12) that the report's schema is written in. */
export type Schema = Readonly<Record<string, unknown>>;

/** An object with these properties and no others; a name that ends in ? is optional. */
export function closed(properties: Readonly<Record<string, Schema>>, more: Schema = {}): Schema {
  const entries = Object.entries(properties);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, schema]) => [name.replace('?', ''), schema])),
    required: entries.map(([name]) => name).filter((name) => !name.endsWith('?')),
    additionalProperties: false,
    ...more,
  };
}

export const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
export const or = (...schemas: readonly Schema[]): Schema => ({ anyOf: schemas });
export const list = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });
export const record = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });
export const number: Schema = { type: 'number' };
export const string: Schema = { type: 'string' };
export const nothing: Schema = { type: 'null' };
export const count: Schema = { type: 'integer', minimum: 0 };

export const flag: Schema = { type: 'boolean' };
export const literal = (value: string): Schema => ({ const: value });
