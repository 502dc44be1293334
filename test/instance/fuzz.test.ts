import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InstanceError } from '../../src/instance/error.ts';
import type { Instance } from '../../src/instance/instance.ts';
import { loadInstance } from '../../src/instance/load.ts';
import { memoryResources } from '../../src/instance/resources.ts';
import { npy, random, safetensors } from './writers.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const folder = join(import.meta.dirname, '../instances');
const texts = readdirSync(folder)
  .filter((name) => /^[IP]\d+b?\.json$/.test(name))
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .filter((text) => text.length < 2000);

const resources = memoryResources(
  new Map([
    ['x.npy', npy([2, 1], [1, 2])],
    ['w.safetensors', safetensors({ W: { shape: [1, 1], values: [1] } })],
    ['t.csv', new TextEncoder().encode('a,b\n1,2\n3,4\n')],
  ]),
);

/** A valid instance, or an InstanceError of one line. */
async function settles(text: string): Promise<Instance | InstanceError> {
  try {
    const instance = await loadInstance({ text, name: 'f.json' }, resources);
    expect(instance.inputs.shape).toEqual([instance.m, instance.model.inputs]);
    expect(instance.targets.shape).toEqual([instance.m, instance.model.outputs]);
    expect(instance.weights.rationals().every((weight) => weight.sign > 0)).toBe(true);
    expect(instance.parameters.length).toBe(instance.model.parameterCount);
    expect(instance.trainable.length > 0 || instance.model.blocks.length === 0).toBe(true);
    for (const tensor of [instance.inputs, instance.targets, instance.weights, instance.parameters]) {
      expect(tensor.floats().every(Number.isFinite)).toBe(true);
    }
    return instance;
  } catch (error) {
    if (!(error instanceof InstanceError))
      throw new Error(`not an InstanceError for ${text}`, { cause: error });
    expect(error.message).toMatch(/^f\.json: [^\p{Cc}]+$/u);
    return error;
  }
}

const HOSTILE: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  -0,
  2 ** 53,
  100_001,
  '',
  '1/3',
  '1/0',
  '0x1',
  'NaN',
  '1e3999',
  '-1e-3999',
  'mean',
  'mlp',
  'resnet',
  'skip',
  'expression',
  'basis',
  'relu',
  'x',
  'W1',
  'u',
  'toString',
  'hasOwnProperty',
  'exp(x',
  'x^x^x',
  'relu(t)',
  '((((x))))',
  '1/(x-x)',
  'log(0)',
  'sqrt(-1)',
  'x^99999',
  '10^10^10',
  '\u202e',
  'ü',
  '../x.npy',
  [],
  {},
  [[]],
  [[[]]],
  [null],
  ['1/2'],
  [1],
  [[1], [2]],
  [1, [2]],
  { npy: 'x.npy' },
  { npy: 'none.npy' },
  { npy: {} },
  { csv: 't.csv', columns: ['a'] },
  { csv: 't.csv', columns: [9] },
  { safetensors: 'w.safetensors', tensor: 'W' },
  { safetensors: 'x.npy', tensor: 'W' },
  { type: 'mlp', inputs: 1, layers: [{ units: 1 }] },
  { type: 'squared' },
  { type: 'cross-entropy' },
  { type: 'smoothed-hinge', p: 3 },
  { type: 'expression', expression: 'q1^2' },
  { W1: [[1]] },
  { u: { u: {} } },
];
const KEYS = [
  'type',
  'units',
  'W1',
  'b1',
  'u',
  'labels',
  'classes',
  'weights',
  'trainable',
  'epsilon',
  't',
  'declare',
  'skips',
  'slope',
  'toString',
  'bias',
  'npy',
  '',
];

/** Changes one place of a JSON value. */
function mutate(value: Json, next: (bound: number) => number): Json {
  if (typeof value !== 'object' || value === null || next(6) === 0) {
    return structuredClone(HOSTILE[next(HOSTILE.length)]!);
  }
  const keys = Object.keys(value);
  const key = keys[next(keys.length)];
  if (Array.isArray(value)) {
    const copy = [...value];
    const at = Number(key ?? 0);
    const action = next(5);
    if (action === 0) copy.splice(at, 1);
    else if (action === 1) copy.push(structuredClone(HOSTILE[next(HOSTILE.length)]!));
    else if (action === 2 && copy.length > 0) copy.push(copy[at]!);
    else if (copy.length > 0) copy[at] = mutate(copy[at]!, next);
    return copy;
  }
  const copy = { ...value };
  const action = next(8);
  if (action === 0 && key !== undefined) delete copy[key];
  else if (action === 1) copy[KEYS[next(KEYS.length)]!] = structuredClone(HOSTILE[next(HOSTILE.length)]!);
  else if (action === 2 && key !== undefined) {
    copy[`${key}${'sx1'[next(3)]}`] = copy[key]!;
    delete copy[key];
  } else if (key !== undefined) copy[key] = mutate(copy[key]!, next);
  return copy;
}

describe('fuzz', () => {
  it('has sources', () => expect(texts.length).toBeGreaterThan(40));

  it('6000 mutants of the structure: a valid instance or one clear line', async () => {
    const next = random(2019);
    let valid = 0;
    for (let run = 0; run < 6000; run++) {
      let value = JSON.parse(texts[next(texts.length)]!) as Json;
      for (let edits = 1 + next(2); edits > 0; edits--) value = mutate(value, next);
      if (!((await settles(JSON.stringify(value))) instanceof InstanceError)) valid++;
    }
    expect(valid).toBeGreaterThan(200);
  });

  it('6000 mutants of the text: a valid instance or one clear line', async () => {
    const next = random(4711);
    const alphabet = '{}[]",:\\ \n0123456789.eE+-/tfnulNaI*^()xqyw_$;=<\u0000\u202e\ud800é';
    let valid = 0;
    for (let run = 0; run < 6000; run++) {
      let text = JSON.stringify(JSON.parse(texts[next(texts.length)]!));
      for (let edits = 1 + next(3); edits > 0; edits--) {
        const at = next(text.length + 1);
        const action = next(5);
        if (action === 0) text = text.slice(0, at) + text.slice(at + 1 + next(5));
        else if (action === 1)
          text = text.slice(0, at) + text.slice(next(text.length), next(text.length)) + text.slice(at);
        else text = text.slice(0, at) + alphabet[next(alphabet.length)]! + text.slice(at + next(2));
      }
      if (!((await settles(text)) instanceof InstanceError)) valid++;
    }
    expect(valid).toBeGreaterThan(300);
  });

  it('500 random byte strings', async () => {
    const next = random(99);
    for (let run = 0; run < 500; run++) {
      const bytes = Uint8Array.from({ length: next(200) }, () => next(256));
      await expect(loadInstance({ text: bytes })).rejects.toBeInstanceOf(InstanceError);
    }
  });
});
