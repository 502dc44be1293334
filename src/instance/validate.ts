import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { lossKinds } from '../losses/index.ts';
import { modelKinds } from '../models/index.ts';
import { InstanceError } from './error.ts';
import { isObject, type JsonObject, type JsonValue } from './json.ts';
import { instanceSchema } from './schema.ts';
import { explain } from './schema-error.ts';

/** by the kinds that are used: few, since an unknown kind counts as none */
const compiled = new Map<string, Promise<ValidateFunction>>();

/**
 * Checks an instance against the published schema; throws InstanceError for the first fault. ajv is loaded on the first
 * call (30 ms), and compiles the part of the schema that speaks of the kinds used (30 ms; all of it takes 70). Its own
 * check of the schema is left to a test.
 */
export async function validate(instance: JsonValue): Promise<JsonObject> {
  const used = {
    model: kindIn(modelKinds, isObject(instance) ? instance.model : undefined),
    loss: kindIn(lossKinds, isObject(instance) ? instance.loss : undefined),
  };
  const key = `${used.model} ${used.loss}`;
  let checking = compiled.get(key);
  if (checking === undefined) {
    checking = compile(used);
    compiled.set(key, checking);
  }
  const check = await checking;
  if (check(instance)) return instance as JsonObject;
  const { place, fault } = explain((check.errors ?? []) as ErrorObject[]);
  throw new InstanceError(place, fault);
}

const kindIn = (
  kinds: readonly { readonly type: string }[],
  spec: JsonValue | undefined,
): string | undefined => kinds.find(({ type }) => isObject(spec) && spec.type === type)?.type;

async function compile(used: Parameters<typeof instanceSchema>[0]): Promise<ValidateFunction> {
  // through the default export: the only one that a bundler which splits chunks keeps of a CommonJS package
  const { Ajv2020 } = (await import('ajv/dist/2020.js')).default;
  const ajv = new Ajv2020({
    meta: false,
    validateSchema: false,
    verbose: true,
    inlineRefs: false,
    code: { optimize: false },
    allowUnionTypes: true,
    strictRequired: false,
  });
  return ajv.compile(instanceSchema(used));
}
