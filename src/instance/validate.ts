import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { InstanceError } from './error.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { instanceSchema } from './schema.ts';
import { explain } from './schema-error.ts';

let compiled: Promise<ValidateFunction> | undefined;

/**
 * Checks an instance against the published schema; throws InstanceError for the first fault. ajv is loaded on the first
 * call (about 45 ms). Its own check of the schema is left to a test: it would double that time.
 */
export async function validate(instance: JsonValue): Promise<JsonObject> {
  compiled ??= compile();
  const check = await compiled;
  if (check(instance)) return instance as JsonObject;
  const { place, fault } = explain((check.errors ?? []) as ErrorObject[]);
  throw new InstanceError(place, fault);
}

async function compile(): Promise<ValidateFunction> {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const ajv = new Ajv2020({
    meta: false,
    validateSchema: false,
    verbose: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
  });
  return ajv.compile(instanceSchema());
}
