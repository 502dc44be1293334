/** Pieces of JSON Schema that several kinds of models share. */

const prototypeKeys = Object.getOwnPropertyNames(Object.prototype).filter((key) => /^[A-Za-z]/.test(key));

/** A name of an input or a parameter. */
export const nameSchema = {
  type: 'string',
  pattern: '^[A-Za-z][A-Za-z0-9_]{0,63}$',
  not: { enum: prototypeKeys },
} as const;

export const namesSchema = {
  type: 'array',
  items: nameSchema,
  maxItems: 10_000,
  uniqueItems: true,
} as const;

/** A number of inputs, units or outputs. */
export const sizeSchema = { type: 'integer', minimum: 1, maximum: 100_000 } as const;

/** A JSON number, or an exact one: "1/100", "0.01", "1e-2". */
export const numberSchema = {
  anyOf: [{ type: 'number' }, { type: 'string', pattern: '^[+-]?[0-9.][0-9./eE+-]{0,200}$' }],
} as const;
