import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { check } from '../../src/check/index.ts';
import { loadInstanceFile } from '../../src/node/files.ts';

/** One network, its numbers in the file itself and by reference to npy, csv and safetensors. */
const INPUTS = [0.5, -1.25, 2, 0.1, 3, -0.75];
const TARGETS = [1, -0.5, 0.3];
const W1 = [0.7, -0.2, 0.35, 1.1];
const W2 = [0.25, -0.6];

const rows = (values: readonly number[], width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, i) => values.slice(i * width, (i + 1) * width));

function npy(shape: readonly number[], values: readonly number[]): Buffer {
  const head = `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const padded = head.padEnd(Math.ceil((head.length + 11) / 64) * 64 - 11) + '\n';
  const length = Buffer.alloc(2);
  length.writeUInt16LE(padded.length);
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    length,
    Buffer.from(padded, 'latin1'),
    floats(values),
  ]);
}

const floats = (values: readonly number[]): Buffer => Buffer.from(Float64Array.from(values).buffer);

function safetensors(
  tensors: Readonly<Record<string, readonly [readonly number[], readonly number[]]>>,
): Buffer {
  const header: Record<string, unknown> = {};
  const parts: Buffer[] = [];
  let offset = 0;
  for (const [name, [shape, values]] of Object.entries(tensors)) {
    header[name] = { dtype: 'F64', shape, data_offsets: [offset, offset + 8 * values.length] };
    parts.push(floats(values));
    offset += 8 * values.length;
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, ...parts]);
}

/** csv cells are exact decimals, so the floats are asked for by name. */
const csv = (values: readonly number[], width: number): string =>
  [
    Array.from({ length: width }, (_, k) => `c${k}`).join(),
    ...rows(values, width).map((row) => row.join()),
  ].join('\n');

const columns = (width: number): string[] => Array.from({ length: width }, (_, k) => `c${k}`);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everymin-formats-'));
  const instance = (inputs: unknown, targets: unknown, w1: unknown, w2: unknown) =>
    JSON.stringify({
      everymin: 1,
      name: 'one network',
      model: { type: 'mlp', inputs: 2, layers: [{ units: 2, activation: 'tanh' }, { units: 1 }] },
      loss: { type: 'squared' },
      data: { inputs, targets },
      parameters: { W1: w1, W2: w2 },
    });
  const write = (name: string, content: string | Buffer) => writeFile(join(folder, name), content);
  await write('json.json', instance(rows(INPUTS, 2), rows(TARGETS, 1), rows(W1, 2), [W2]));
  await write('x.npy', npy([3, 2], INPUTS));
  await write('y.npy', npy([3, 1], TARGETS));
  await write('w1.npy', npy([2, 2], W1));
  await write('w2.npy', npy([1, 2], W2));
  await write('npy.json', instance({ npy: 'x.npy' }, { npy: 'y.npy' }, { npy: 'w1.npy' }, { npy: 'w2.npy' }));
  for (const [name, values, width] of [
    ['x', INPUTS, 2],
    ['y', TARGETS, 1],
    ['w1', W1, 2],
    ['w2', W2, 2],
  ] as const) {
    await write(`${name}.csv`, csv(values, width));
  }
  const cells = (name: string, width: number) => ({
    csv: `${name}.csv`,
    columns: columns(width),
    numbers: 'float64',
  });
  await write('csv.json', instance(cells('x', 2), cells('y', 1), cells('w1', 2), cells('w2', 2)));
  await write(
    'all.safetensors',
    safetensors({ x: [[3, 2], INPUTS], y: [[3, 1], TARGETS], a: [[2, 2], W1], b: [[1, 2], W2] }),
  );
  const tensor = (name: string) => ({ safetensors: 'all.safetensors', tensor: name });
  await write('safetensors.json', instance(tensor('x'), tensor('y'), tensor('a'), tensor('b')));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The report without what differs by nature: the file, its hash, and times. */
async function report(name: string): Promise<string> {
  const found = await check(await loadInstanceFile(join(folder, name)));
  return JSON.stringify(
    { ...found, instance: { ...found.instance, file: null, sha256: null } },
    (key, value) => (key === 'seconds' ? 0 : value),
  );
}

test('JSON, npy, csv and safetensors give the same report', async () => {
  const reference = await report('json.json');
  expect(reference).toContain('"theorem-1"');
  for (const format of ['npy', 'csv', 'safetensors'])
    expect(await report(`${format}.json`), format).toBe(reference);
});

test('a changed number in a reference changes the report', async () => {
  const reference = await report('npy.json');
  await writeFile(join(folder, 'y.npy'), npy([3, 1], [1, -0.5, 0.25]));
  expect(await report('npy.json')).not.toBe(reference);
});
