import { describe, expect, test } from 'vitest';
import { entriesIn, leavesIn, wholeSpan } from '../../src/instance/json-spans.ts';
import { loadInstance } from '../../src/instance/load.ts';
import { replaceParameters } from '../../src/instance/replace-parameters.ts';
import { memoryResources } from '../../src/instance/resources.ts';
import { Tensor } from '../../src/instance/tensor.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { generator } from '../random.ts';
import { npy } from './writers.ts';

async function replaced(
  text: string,
  changes: Readonly<Record<number, string>>,
  files: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<string> {
  const { model, parameters } = await loadInstance({ text }, memoryResources(files));
  const values = parameters.rationals();
  for (const [index, value] of Object.entries(changes)) values[Number(index)] = Rational.parse(value)!;
  const target = Tensor.ofRationals(parameters.shape, values);
  const result = replaceParameters(text, model, parameters, target);
  const back = await loadInstance({ text: result }, memoryResources(files));
  expect(back.parameters.rationals().map(String)).toEqual(values.map(String));
  return result;
}

const network = (parameters: string, more = ''): string =>
  `{"everymin":1,${more}"model":{"type":"mlp","inputs":2,"layers":[{"units":2,"bias":true},{"units":1}]},
"loss":{"type":"squared"},"data":{"inputs":[[1e0,2.50]],"targets":[[1]]},"parameters":${parameters}}`;

describe('only the numbers that change are written', () => {
  test('every other character stays', async () => {
    const written = '{ "W2" : [[ 1.0,\t-2e0 ]] ,\n "b1":["0.10", 3], "W1":[[1,2],\r\n[ 3 , "4/1" ]] }';
    const text = network(written, '"name": "a \\"parameters\\": {[ \\\\",');
    // θ is W1, b1, W2
    expect(await replaced(text, { 0: '1/2', 3: '-5', 4: '1/3', 7: '7' })).toBe(
      text
        .replace('[[1,2],\r', '[["1/2",2],\r')
        .replace('"4/1"', '-5')
        .replace('"0.10"', '"1/3"')
        .replace('-2e0', '7'),
    );
    expect(await replaced(text, {})).toBe(text);
  });

  test('keys that are written with escapes, and a block named like the object', async () => {
    const text = `{"everymin":1,"model":{"type":"expression","inputs":["x"],"parameters":["parameters","a"],
      "outputs":["parameters*x+a"]},"loss":{"type":"squared"},"data":{"inputs":[[1]],"targets":[[1]]},
      "p\\u0061rameters":{"\\u0061":0,"parameters":"1/2"}}`;
    expect(await replaced(text, { 0: '3/4', 1: '9' })).toBe(
      text.replace('"1/2"', '"3/4"').replace('61":0', '61":9'),
    );
  });

  test('blocks inside an object', async () => {
    const text = `{"everymin":1,"model":{"type":"resnet","inputs":1,"outputs":1,"residual":
      {"type":"mlp","inputs":1,"layers":[{"units":1,"activation":"relu"}]}},"loss":{"type":"squared"},
      "data":{"inputs":[[1]],"targets":[[1]]},"parameters":{"u":{"W1":[[1]]},"R":[[2]],"W":[[3]]}}`;
    const { model } = await loadInstance({ text });
    const block = model.blocks.find(({ name }) => name === 'u.W1')!;
    expect(await replaced(text, { [block.offset]: '1/7' })).toBe(text.replace('[[1]]},"R', '[["1/7"]]},"R'));
  });

  test('an integer beyond float64 is written as a text', async () => {
    const text = network('{"W1":[[1,2],[3,4]],"b1":[0,0],"W2":[[1,1]]}');
    const long = `${2n ** 53n + 1n}`;
    expect(await replaced(text, { 0: long })).toContain(`"W1":[["${long}",2]`);
  });
});

describe('blocks in other files', () => {
  const files = new Map([
    ['w.npy', npy([2, 2], [0.1, 2, 3, 1e-300])],
    ['b.npy', npy([2], [5, 6])],
  ]);
  const text = network('{"W1":{"npy":"w.npy"},"b1": {"npy": "b.npy"},"W2":[[1,1]]}');

  test('a block that changes is written in place, one that does not stays a reference', async () => {
    expect(await replaced(text, { 1: '1/3' }, files)).toBe(
      text.replace('{"npy":"w.npy"}', '[[0.1, "1/3"], [3, 1e-300]]'),
    );
    expect(await replaced(text, { 6: '1/3' }, files)).toBe(text.replace('[[1,1]]', '[["1/3",1]]'));
  });
});

describe('spans', () => {
  /** A JSON text of nested values, with odd spaces, and the value it stands for. */
  function document(random: () => number, depth: number): string {
    const space = () => [' ', '\n\t', '', ''][Math.floor(random() * 4)]!;
    const pick = Math.floor(random() * (depth > 0 ? 6 : 4));
    const strings = ['""', '"a]b"', '"\\""', '"\\\\"', '"{\\\\\\"["', '"\\u005d,"'];
    if (pick === 0) return String(Math.floor(random() * 100) / 4);
    if (pick === 1) return ['true', 'null', '-1e-3'][Math.floor(random() * 3)]!;
    if (pick < 4) return strings[Math.floor(random() * strings.length)]!;
    const parts = Array.from({ length: Math.floor(random() * 4) }, (_, k) => {
      const key = pick === 4 ? '' : `"${['k', '\\"', '}'][k % 3]}${k}"${space()}:${space()}`;
      return space() + key + document(random, depth - 1) + space();
    });
    const [open, close] = pick === 4 ? '[]' : '{}';
    return `${open}${parts.length === 0 ? space() : parts.join(',')}${close}`;
  }

  test('entries and leaves of random documents are those of JSON.parse', () => {
    const random = generator(5);
    let objects = 0;
    for (let round = 0; round < 2000; round++) {
      const text = ` ${document(random, 4)}\n`;
      const whole = wholeSpan(text);
      const value: unknown = JSON.parse(text);
      expect(text.slice(whole.start, whole.end)).toBe(text.trim());
      if (Array.isArray(value)) {
        const leaves = leavesIn(text, whole).map(({ start, end }) => JSON.parse(text.slice(start, end)));
        expect(leaves).toEqual(value.flat(10));
      } else if (typeof value === 'object' && value !== null) {
        objects++;
        const entries = entriesIn(text, whole).map(({ key, start, end }) => [
          key,
          JSON.parse(text.slice(start, end)),
        ]);
        expect(entries).toEqual(Object.entries(value));
      }
    }
    expect(objects).toBeGreaterThan(200);
  });
});
