import type { Loss } from '../losses/loss.ts';
import type { Model } from '../models/model.ts';
import { SpecError } from '../symbolic/spec-error.ts';
import { exactEntry } from './array.ts';
import { readData } from './data.ts';
import { InstanceError } from './error.ts';
import type { Instance } from './instance.ts';
import { decodeText, isObject, type JsonObject, type JsonValue, parseJson, tooLong } from './json.ts';
import { LIMITS } from './limits.ts';
import { jsonOf } from './object.ts';
import { indicesOf, readParameters, readTrainable } from './parameters.ts';
import { References } from './references.ts';
import { noResources, type ResourceReader } from './resources.ts';

export interface LoadOptions {
  /** let references leave the folder of the instance */
  readonly allowOutside?: boolean;
}

/**
 * Reads and checks an instance file. Arrays that live in other files come through `resources`. `name` is how the file is
 * called in messages. Throws InstanceError, whose message is one line with the place and the mend.
 */
export async function loadInstance(
  source: { readonly text: string | Uint8Array; readonly name?: string },
  resources: ResourceReader = noResources,
  options: LoadOptions = {},
): Promise<Instance> {
  try {
    const { text, bytes } = textAndBytes(source.text);
    const instance = await build(parseJson(text), resources, options, fileTitle(source.name));
    const sha256 = await digest(bytes);
    return {
      ...instance,
      ...(source.name !== undefined && { file: source.name }),
      ...(sha256 !== undefined && { sha256 }),
    };
  } catch (error) {
    throw error instanceof InstanceError ? error.in(source.name) : error;
  }
}

/** The same from plain objects and lists; entries may also be bigints, Rationals and typed arrays. Throws InstanceError. */
export async function instanceFromObject(
  object: unknown,
  resources: ResourceReader = noResources,
  options: LoadOptions = {},
): Promise<Instance> {
  return build(jsonOf(object), resources, options, undefined);
}

function textAndBytes(source: string | Uint8Array): { text: string; bytes: Uint8Array } {
  if (typeof source !== 'string') return { text: decodeText(source, 'the file'), bytes: source };
  if (source.length > LIMITS.textBytes) throw tooLong(source.length, 'the text');
  if (source.startsWith('\ufeff'))
    throw new InstanceError('', 'the text starts with a byte order mark; remove it');
  return { text: source, bytes: new TextEncoder().encode(source) };
}

/** SHA-256 by Web Crypto; a page without a secure context has none. */
async function digest(bytes: Uint8Array): Promise<string | undefined> {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined) return undefined;
  const hash = new Uint8Array(await subtle.digest('SHA-256', new Uint8Array(bytes)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** examples/iris/iris.json → iris */
const fileTitle = (path: string | undefined): string | undefined =>
  path
    ?.split(/[/\\]/)
    .at(-1)
    ?.replace(/\.json$/i, '');

async function build(
  json: JsonValue,
  resources: ResourceReader,
  options: LoadOptions,
  title: string | undefined,
): Promise<Instance> {
  if (!isObject(json)) {
    throw new InstanceError(
      '',
      `the instance is ${Array.isArray(json) ? 'a list' : JSON.stringify(json)}; write an object, {"everymin": 1, …}`,
    );
  }
  const { validate } = await import('./validate.ts');
  const written = await validate(json);
  const { model, loss } = await modelAndLoss(written.model as JsonObject, written.loss as JsonObject);
  const references = new References(resources, options.allowOutside ?? false);
  const data = await readData(written.data as JsonObject, model.inputs, loss, references);
  const parameters = await readParameters(written.parameters as JsonObject, model, references);
  const trainable = readTrainable(written.trainable, model);
  const epsilon = readEpsilon(written.epsilon);
  const t = readT(written.t, model);
  return {
    name: typeof written.name === 'string' ? written.name : title || 'unnamed instance',
    model,
    loss,
    ...data,
    parameters,
    trainable,
    trainableIndices: indicesOf(trainable),
    ...(epsilon !== undefined && { epsilon }),
    ...(t !== undefined && { t }),
    declared: new Map(Object.entries((written.declare ?? {}) as Record<string, boolean>)),
  };
}

async function modelAndLoss(
  modelSpec: JsonObject,
  lossSpec: JsonObject,
): Promise<{ model: Model; loss: Loss }> {
  const [{ buildModel }, { buildLoss }] = await Promise.all([
    import('../models/index.ts'),
    import('../losses/index.ts'),
  ]);
  try {
    const model = await buildModel(modelSpec as JsonObject & { type: string }, 'model');
    const loss = await buildLoss(lossSpec as JsonObject & { type: string }, 'loss', model.outputs);
    return { model, loss };
  } catch (error) {
    if (error instanceof SpecError) throw new InstanceError(error.path, error.message);
    throw error;
  }
}

function readEpsilon(written: JsonValue | undefined): Instance['epsilon'] {
  if (written === undefined) return undefined;
  const epsilon = exactEntry(written, () => 'epsilon');
  if (epsilon.sign > 0) return epsilon;
  throw new InstanceError('epsilon', `is ${epsilon.toString().slice(0, 30)}; it must be more than 0`);
}

/** Theorem 4 counts t from 0 to the number of hidden layers H. */
function readT(written: JsonValue | undefined, model: Model): number | undefined {
  if (written === undefined) return undefined;
  const t = written as number;
  if (model.kind !== 'mlp' || model.network === undefined) {
    throw new InstanceError(
      't',
      `is for "mlp" models (Theorem 4), and this one is "${model.kind}"; remove it`,
    );
  }
  const hidden = model.network.layers.length - 1;
  if (t <= hidden) return t;
  throw new InstanceError(
    't',
    `is ${t}; the model has H = ${hidden} hidden layers, so t is at most ${hidden}`,
  );
}
