import type { Model, ParameterBlock } from '../models/model.ts';
import { allOf, InstanceError, quote } from './error.ts';
import { isObject, type JsonObject, type JsonValue, placeOf } from './json.ts';
import type { References } from './references.ts';
import { nearest } from './suggest.ts';
import { Tensor } from './tensor.ts';

/** All parameters of the model in θ order. Throws InstanceError when a block is missing, unknown or of a wrong shape. */
export async function readParameters(
  written: JsonObject,
  model: Model,
  references: References,
): Promise<Tensor> {
  const values = match(written, model);
  const parts: Tensor[] = [];
  for (const block of model.blocks) {
    const place = placeOf(['parameters', ...block.name.split('.')]);
    const value = values.get(block.name);
    if (value === undefined) throw missing(block, written, model);
    const needed = `${quote(block.name)} is ${form(block)}`;
    const expected = { shape: block.shape, reasons: [needed, needed] };
    parts.push(await references.tensor(value, place, expected));
  }
  return Tensor.concat([model.parameterCount], parts);
}

/** "a list of 3 numbers", "2 × 4 (units × inputs)" */
function form({ shape }: ParameterBlock): string {
  if (shape.length === 0) return 'a single number';
  return shape.length === 1 ? `a list of ${shape[0]}` : `${shape.join(' × ')} (rows × columns)`;
}

function missing(block: ParameterBlock, written: JsonObject, model: Model): InstanceError {
  const steps = block.name.split('.');
  const group = steps[0]!;
  if (steps.length > 1 && !(group in written)) {
    const names = new Set(model.blocks.map(({ name }) => name));
    return new InstanceError(
      'parameters',
      `lacks ${quote(group)}, an object with ${list(names, group)}; add it`,
    );
  }
  const place = placeOf(['parameters', ...steps.slice(0, -1)]);
  return new InstanceError(place, `lacks ${quote(steps.at(-1))}, ${form(block)}; add it`);
}

/** What is written for each block; blocks `u.W1`, `u.b1` are written inside an object "u". */
function match(written: JsonObject, model: Model): Map<string, JsonValue> {
  const names = new Set(model.blocks.map((block) => block.name));
  const groups = new Set(groupsOf(names));
  // the branch of a residual network may have no parameters at all: "u": {}
  const mayBeEmpty = (name: string) => name === 'u' && model.kind === 'resnet';
  const values = new Map<string, JsonValue>();
  const visit = (object: JsonObject, prefix: string, path: readonly string[]): void => {
    for (const [key, value] of Object.entries(object)) {
      const name = prefix + key;
      if (names.has(name) && !key.includes('.')) values.set(name, value);
      else if ((groups.has(name) || mayBeEmpty(name)) && !key.includes('.')) {
        if (!isObject(value))
          throw new InstanceError(placeOf([...path, key]), `is not an object; it holds ${list(names, name)}`);
        visit(value, `${name}.`, [...path, key]);
      } else throw unknown(key, prefix, path, names);
    }
  };
  visit(written, '', ['parameters']);
  return values;
}

function* groupsOf(names: Iterable<string>): Generator<string> {
  for (const name of names) {
    for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) yield name.slice(0, dot);
  }
}

const list = (names: ReadonlySet<string>, group: string): string =>
  allOf(
    [...names].filter((name) => name.startsWith(`${group}.`)).map((name) => name.slice(group.length + 1)),
  ) || 'nothing';

function unknown(
  key: string,
  prefix: string,
  path: readonly string[],
  names: ReadonlySet<string>,
): InstanceError {
  const here = [...names].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const layer = /^b(\d+)$/.exec(key)?.[1];
  const tops = [...new Set(here.map((name) => name.split('.')[0]!))];
  const near = nearest(key, tops);
  const dot = key.indexOf('.');
  const mend = here.includes(key)
    ? `write it inside an object: ${quote(key.slice(0, dot))}: {${quote(key.slice(dot + 1))}: …}`
    : layer !== undefined && here.includes(`W${layer}`)
      ? `layer ${layer} has no bias: set "bias": true there, or remove it`
      : near !== undefined
        ? `did you mean ${quote(near)}?`
        : here.length === 0
          ? 'the model has no parameters here; remove it'
          : `the model has ${allOf(tops)}`;
  return new InstanceError(placeOf(path), `has the unknown block ${quote(key)}; ${mend}`);
}

/** The blocks named by `trainable`, in model order; a group ("u") names all of its blocks. Throws InstanceError. */
export function readTrainable(names: JsonValue | undefined, model: Model): readonly ParameterBlock[] {
  if (!Array.isArray(names)) return model.blocks;
  const chosen = new Set<ParameterBlock>();
  for (const [i, name] of names.entries()) {
    const blocks = model.blocks.filter((block) => block.name === name || block.name.startsWith(`${name}.`));
    if (blocks.length === 0) {
      const known = model.blocks.map((block) => block.name);
      throw new InstanceError(placeOf(['trainable', i]), `is ${quote(name)}; the model has ${allOf(known)}`);
    }
    for (const block of blocks) chosen.add(block);
  }
  return model.blocks.filter((block) => chosen.has(block));
}

export function indicesOf(blocks: readonly ParameterBlock[]): Int32Array {
  const indices = new Int32Array(blocks.reduce((total, block) => total + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    for (let k = 0; k < block.length; k++) indices[at++] = block.offset + k;
  }
  return indices;
}
