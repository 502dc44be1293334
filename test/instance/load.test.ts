import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InstanceError } from '../../src/instance/error.ts';
import type { Instance } from '../../src/instance/instance.ts';
import { instanceFromObject, loadInstance } from '../../src/instance/load.ts';
import { memoryResources } from '../../src/instance/resources.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { loadInstanceFile } from '../../src/node/files.ts';
import { csv, npy, safetensors } from './writers.ts';

const folder = join(import.meta.dirname, '../instances');
const shipped = readdirSync(folder).filter((name) => /^[IP]\d+b?\.json$/.test(name));

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The numbers of a JSON value in the order they are written, by a second reading of the rules. */
function numbersOf(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(numbersOf);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(numbersOf);
  if (typeof value === 'number') return [Rational.fromNumber(value).toString()];
  if (typeof value !== 'string') return [];
  const [p, q] = value.split('/');
  return [new Rational(BigInt(p!), BigInt(q ?? '1')).toString()];
}

const texts = (tensor: Instance['inputs']) => tensor.rationals().map(String);

describe('shipped instances', () => {
  it('are fifty', () => expect(shipped.length).toBe(50));

  it.each(shipped)('%s has its exact numbers', async (name) => {
    const path = join(folder, name);
    const bytes = readFileSync(path);
    const written = JSON.parse(bytes.toString()) as Record<string, Record<string, Json>>;
    const instance = await loadInstanceFile(path);
    expect(instance.name).toBe(written.name);
    expect(instance.file).toBe(path);
    expect(instance.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(instance.model.kind).toBe(written.model!.type);
    expect(instance.loss.kind).toBe(written.loss!.type);
    expect(instance.m).toBe((written.data!.inputs as Json[]).length);
    expect(instance.inputs.shape).toEqual([instance.m, instance.model.inputs]);
    expect(instance.targets.shape).toEqual([instance.m, instance.model.outputs]);
    expect(texts(instance.inputs)).toEqual(numbersOf(written.data!.inputs));
    expect(texts(instance.targets)).toEqual(numbersOf(written.data!.targets));
    const ones = new Array(instance.m).fill('1');
    expect(texts(instance.weights)).toEqual(written.data!.weights ? numbersOf(written.data!.weights) : ones);
    // every shipped file writes its blocks in model order
    expect(texts(instance.parameters)).toEqual(numbersOf(written.parameters));
    expect(instance.parameters.length).toBe(instance.model.parameterCount);
    const trainable = written.trainable as Json[] | undefined;
    expect(instance.trainable.map((block) => block.name)).toEqual(
      trainable ?? instance.model.blocks.map((block) => block.name),
    );
    expect([...instance.trainableIndices]).toEqual(
      instance.trainable.flatMap(({ offset, length }) => Array.from({ length }, (_, k) => offset + k)),
    );
    expect(instance.t).toBe(written.t);
  });
});

const W1 = [0.1, -2, 3.5, 1e-3, 0.25, 7];
const b1 = [0.5, -0.75, 1 / 3];
const W2 = [1, -1, 2];
const X = [1, 2, 3, 4, 5, 0.3];
const y = [1, 0.7, -1];
const weights = [0.5, 0.25, 2];
const rows = (values: readonly number[], width: number) =>
  Array.from({ length: values.length / width }, (_, i) => values.slice(i * width, (i + 1) * width));

const network = (data: object, parameters: object) => ({
  everymin: 1,
  name: 'one network',
  model: {
    type: 'mlp',
    inputs: 2,
    layers: [{ units: 3, activation: 'tanh', bias: true }, { units: 1 }],
  },
  loss: { type: 'squared' },
  data,
  parameters,
});

describe('the same network in every format', () => {
  const load = (object: object, files: Record<string, Uint8Array>) =>
    loadInstance({ text: JSON.stringify(object) }, memoryResources(new Map(Object.entries(files))));
  const inline = network(
    { inputs: rows(X, 2), targets: rows(y, 1), weights },
    { W1: rows(W1, 2), b1, W2: [W2] },
  );
  const same = (instance: Instance, reference: Instance) => {
    for (const field of ['inputs', 'targets', 'weights', 'parameters'] as const) {
      expect(instance[field].shape).toEqual(reference[field].shape);
      expect(texts(instance[field])).toEqual(texts(reference[field]));
      expect(instance[field].floats()).toEqual(reference[field].floats());
    }
  };

  for (const big of [false, true]) {
    for (const fortran of [false, true]) {
      it(`npy, ${big ? 'big' : 'little'}-endian, ${fortran ? 'Fortran' : 'C'} order`, async () => {
        const options = { big, fortran };
        const files = {
          'd/X.npy': npy([3, 2], X, options),
          'y.npy': npy([3, 1], y, options),
          'flat.npy': npy([3], y, options),
          'weights.npy': npy([3], weights, options),
          'W1.npy': npy([3, 2], W1, options),
          'b1.npy': npy([3], b1, options),
          'W2.npy': npy([1, 3], W2, options),
        };
        const reference = await load(inline, {});
        for (const targets of ['y.npy', 'flat.npy']) {
          const object = network(
            { inputs: { npy: 'd/X.npy' }, targets: { npy: targets }, weights: { npy: 'weights.npy' } },
            { W1: { npy: 'W1.npy' }, b1: { npy: './b1.npy' }, W2: { npy: 'W2.npy' } },
          );
          same(await load(object, files), reference);
        }
      });
    }
  }

  it('safetensors', async () => {
    const file = safetensors({
      'fc2.weight': { shape: [1, 3], values: W2 },
      'fc1.weight': { shape: [3, 2], values: W1 },
      'fc1.bias': { shape: [3], values: b1 },
      X: { shape: [3, 2], values: X },
      y: { shape: [3, 1], values: y },
      weights: { shape: [3], values: weights },
    });
    const at = (tensor: string) => ({ safetensors: 'w.safetensors', tensor });
    const object = network(
      { inputs: at('X'), targets: at('y'), weights: at('weights') },
      { W1: at('fc1.weight'), b1: at('fc1.bias'), W2: at('fc2.weight') },
    );
    same(await load(object, { 'w.safetensors': file }), await load(inline, {}));
  });

  it('csv, as the float64 numbers that JSON means', async () => {
    const table = csv(
      ['y', 'second', 'first', 'weight'],
      y.map((target, i) => [target, X[2 * i + 1]!, X[2 * i]!, weights[i]!]),
    );
    const file = 'data.csv';
    const bare = (values: number[][]) => csv(values[0]!.map(String), values.slice(1));
    const object = network(
      {
        inputs: { csv: file, columns: ['first', 'second'], numbers: 'float64' },
        targets: { csv: file, columns: ['y'], numbers: 'float64' },
        weights: { csv: file, columns: [3], header: true },
      },
      {
        W1: { csv: 'W1.csv', numbers: 'float64' },
        b1: { csv: 'b1.csv', numbers: 'float64' },
        W2: { csv: 'W2.csv', columns: [0, 1, 2] },
      },
    );
    const files = {
      [file]: table,
      'W1.csv': bare(rows(W1, 2)),
      'b1.csv': bare(rows(b1, 1)),
      'W2.csv': bare([W2]),
    };
    same(await load(object, files), await load(inline, {}));
  });

  it('csv, as the exact decimals that quoted numbers mean', async () => {
    const quoted = (values: number[], width: number) => rows(values, width).map((row) => row.map(String));
    const exact = network(
      { inputs: quoted(X, 2), targets: quoted(y, 1) },
      { W1: quoted(W1, 2), b1, W2: [W2] },
    );
    const object = network(
      { inputs: { csv: 'x.csv' }, targets: { csv: 'y.csv' } },
      { W1: quoted(W1, 2), b1, W2: [W2] },
    );
    const text = (values: number[], width: number) =>
      new TextEncoder().encode(
        rows(values, width)
          .map((row) => row.join(','))
          .join('\n'),
      );
    const instance = await load(object, { 'x.csv': text(X, 2), 'y.csv': text(y, 1) });
    same(instance, await load(exact, {}));
    expect(instance.inputs.rational(5).toString()).toBe('3/10');
  });

  it('reads every file once', async () => {
    let reads = 0;
    const bytes = npy([3], [1, 2, 3]);
    const reader = {
      read: async () => {
        reads++;
        return bytes;
      },
    };
    const object = network(
      { inputs: rows(X, 2), targets: { npy: 'v.npy' }, weights: { npy: 'v.npy' } },
      { W1: rows(W1, 2), b1: { npy: 'v.npy' }, W2: [W2] },
    );
    await loadInstance({ text: JSON.stringify(object) }, reader);
    expect(reads).toBe(1);
  });
});

describe('labels', () => {
  const object = (data: object) => ({
    everymin: 1,
    model: { type: 'basis', inputs: ['x'], features: ['1', 'x'], outputs: 3 },
    loss: { type: 'cross-entropy' },
    data: { inputs: [[1], [2], [3], [4]], ...data },
    parameters: {
      W: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    },
  });
  const classes = ['setosa', 'versicolor', 'virginica'];
  const oneHot = [0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0];
  const files = memoryResources(
    new Map([
      [
        'names.csv',
        new TextEncoder().encode('n,kind\r\n1,virginica\r\n2,"setosa"\r\n3,versicolor\r\n4,setosa\r\n\r\n'),
      ],
      ['numbers.csv', new TextEncoder().encode('2\n0\n1\n0')],
      ['labels.npy', npy([4], [2, 0, 1, 0])],
      ['column.npy', npy([4, 1], [2, 0, 1, 0])],
    ]),
  );
  it.each([
    ['numbers', { labels: [2, 0, 1, 0] }],
    ['names', { labels: ['virginica', 'setosa', 'versicolor', 'setosa'], classes }],
    ['numbers with classes', { labels: [2, 0, 1, 0], classes }],
    ['a column of names', { labels: { csv: 'names.csv', columns: ['kind'] }, classes }],
    ['a column of numbers', { labels: { csv: 'numbers.csv' } }],
    ['an array', { labels: { npy: 'labels.npy' }, classes }],
    ['an array of one column', { labels: { npy: 'column.npy' } }],
  ])('as %s', async (_, data) => {
    const instance = await instanceFromObject(object(data), files);
    expect(instance.targets.shape).toEqual([4, 3]);
    expect([...instance.targets.floats()]).toEqual(oneHot);
  });

  it('may be a soft distribution in exact numbers', async () => {
    const targets = [
      ['1/3', '1/3', '1/3'],
      [0.5, 0.25, 0.25],
      ['0.1', '0.2', '0.7'],
      [0, 0, 1],
    ];
    const instance = await instanceFromObject(object({ targets }));
    expect(instance.targets.rational(6).toString()).toBe('1/10');
  });
});

describe('options', () => {
  const base = network({ inputs: rows(X, 2), targets: rows(y, 1) }, { W1: rows(W1, 2), b1, W2: [W2] });

  it('weights "mean" is 1/m, exactly', async () => {
    const instance = await instanceFromObject({ ...base, data: { ...base.data, weights: 'mean' } });
    expect(texts(instance.weights)).toEqual(['1/3', '1/3', '1/3']);
  });

  it('trainable is put in model order, and indexes θ', async () => {
    const instance = await instanceFromObject({ ...base, trainable: ['W2', 'b1'] });
    expect(instance.trainable.map((block) => block.name)).toEqual(['b1', 'W2']);
    expect([...instance.trainableIndices]).toEqual([6, 7, 8, 9, 10, 11]);
  });

  it('trainable may name a whole branch', async () => {
    const layers = [{ units: 2, activation: 'relu', bias: true }];
    const instance = await instanceFromObject({
      everymin: 1,
      model: { type: 'resnet', inputs: 1, outputs: 1, residual: { type: 'mlp', inputs: 1, layers } },
      loss: { type: 'squared' },
      data: { inputs: [[1]], targets: [[1]] },
      parameters: { u: { b1: [0, 0], W1: [[1], [2]] }, R: [[1, 1]], W: [[1]] },
      trainable: ['u'],
    });
    expect(instance.trainable.map((block) => block.name)).toEqual(['u.W1', 'u.b1']);
    expect(texts(instance.parameters)).toEqual(['1', '1', '1', '1', '2', '0', '0']);
  });

  it('epsilon, t and declare', async () => {
    const declare = { 'local-minimum': true, critical: false };
    const instance = await instanceFromObject({ ...base, epsilon: '1/100', t: 1, declare });
    expect(String(instance.epsilon)).toBe('1/100');
    expect(instance.t).toBe(1);
    expect([...instance.declared]).toEqual([
      ['local-minimum', true],
      ['critical', false],
    ]);
  });

  it('a JSON number is the float64 it parses to, a text is exact', async () => {
    const inputs = '[[9007199254740993, 1e-400], ["9007199254740993", "1e-400"], [5e-324, ".5"]]';
    const text = JSON.stringify({ ...base, data: { ...base.data, inputs: 0 } }).replace(
      '"inputs":0,',
      `"inputs":${inputs},`,
    );
    const instance = await loadInstance({ text });
    const found = texts(instance.inputs);
    expect(found[0]).toBe('9007199254740992');
    expect(found[1]).toBe('0');
    expect(found[2]).toBe('9007199254740993');
    expect(found[3]).toBe(`1/1${'0'.repeat(400)}`);
    expect(found[4]).toBe(`1/${2n ** 1074n}`);
    expect(found[5]).toBe('1/2');
  });

  it('names the instance after its file', async () => {
    const { name: _, ...unnamed } = base;
    const text = JSON.stringify(unnamed);
    expect((await loadInstance({ text, name: 'a/b/net.json' })).name).toBe('net');
    expect((await loadInstance({ text })).name).toBe('unnamed instance');
  });
});

describe('objects', () => {
  const base = () => network({ inputs: rows(X, 2), targets: rows(y, 1) }, { W1: rows(W1, 2), b1, W2: [W2] });

  it('may hold Rationals, bigints and typed arrays', async () => {
    const instance = await instanceFromObject(
      network(
        { inputs: rows(X, 2), targets: [[new Rational(1n, 3n)], [2n ** 60n], [0]] },
        { W1: rows(W1, 2).map((row) => Float64Array.from(row)), b1: Float32Array.of(0.1, 0, 0), W2: [W2] },
      ),
    );
    expect(texts(instance.targets)).toEqual(['1/3', String(2n ** 60n), '0']);
    expect(instance.parameters.float(6)).toBe(Math.fround(0.1));
    expect(instance.sha256).toBeUndefined();
  });

  it('are not taken over: later changes do not matter', async () => {
    const object = base();
    const loading = instanceFromObject(object);
    (object.data as { targets: number[][] }).targets[0]![0] = 99;
    expect((await loading).targets.float(0)).toBe(1);
  });

  const cyclic: { self?: object } = {};
  cyclic.self = cyclic;
  it.each([
    ['a class', new Date(), /^data is not a plain object, list or number$/],
    ['a function', () => 1, /^data is a function; it has no JSON form$/],
    ['NaN', { inputs: [[Number.NaN]] }, /^data\.inputs\[0\]\[0\] is NaN; a number must be finite$/],
    ['a cycle', cyclic, /is nested more than 100 deep; is it cyclic\?$/],
    [
      'a prototype key',
      JSON.parse('{"__proto__": 1}'),
      /^data has the key "__proto__", which is not allowed/,
    ],
  ])('refuse %s', async (_, data, message) => {
    const error: unknown = await instanceFromObject({ ...base(), data }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InstanceError);
    expect((error as Error).message).toMatch(message);
  });

  it('refuse references without a reader', async () => {
    const object = { ...base(), data: { inputs: { npy: 'x.npy' }, targets: rows(y, 1) } };
    await expect(instanceFromObject(object)).rejects.toThrow(
      'data.inputs: cannot read "x.npy": this instance was given without a folder; put the numbers in place of the reference',
    );
  });
});
