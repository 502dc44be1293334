import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InstanceError } from '../../src/instance/error.ts';
import { parseJson } from '../../src/instance/json.ts';
import { random } from './writers.ts';

/** the same value with prototypes, as JSON.parse gives it */
const plain = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(plain)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]))
      : value;

const RESERVED = /__proto__|constructor|prototype/;

describe('parseJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!RESERVED.test(text) && !/\\ud/.test(text));
        expect(plain(parseJson(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('accepts nothing that JSON.parse refuses, on 20,000 mutants', () => {
    const text =
      '{"a": [1, -2.5e-3, true, null, "x\\n\\u00e9"], "b": {"c": [], "d": {}}, "e": 0.0, "f": "\u00fc"}';
    const alphabet = '{}[]",:\\ \n\t0123456789.eE+-tfnul\u0000\u0001/*x';
    const next = random(7);
    let accepted = 0;
    for (let run = 0; run < 20_000; run++) {
      let mutant = text;
      for (let edits = 1 + next(3); edits > 0; edits--) {
        const at = next(mutant.length + 1);
        const insert = next(3) === 0 ? '' : alphabet[next(alphabet.length)]!;
        mutant = mutant.slice(0, at) + insert + mutant.slice(at + next(3));
      }
      let standard: unknown;
      let valid = true;
      try {
        standard = JSON.parse(mutant);
      } catch {
        valid = false;
      }
      try {
        const value = parseJson(mutant);
        expect(valid, mutant).toBe(true);
        expect(plain(value)).toEqual(standard);
        accepted++;
      } catch (error) {
        if (!(error instanceof InstanceError)) throw error;
        // what JSON.parse takes is refused only for a rule of ours
        if (valid) expect(error.message).toMatch(/twice|beyond the largest float64|surrogate/);
      }
    }
    expect(accepted).toBeGreaterThan(500);
  });

  it('gives objects without a prototype', () => {
    expect(Object.getPrototypeOf(parseJson('{"toString": 1, "hasOwnProperty": 2}'))).toBeNull();
  });

  it('counts lines and columns', () => {
    expect(() => parseJson('{\n "a": 1,\n  "b": x}')).toThrow(/^line 3, column 8: /);
    expect(() => parseJson('[1,\r\n2,,3]')).toThrow(/^line 2, column 3: /);
  });

  it('refuses a flood of values', () => {
    expect(() => parseJson(`[${'0,'.repeat(2 ** 23)}0]`)).toThrow(
      /more than 8388608 values; put large arrays/,
    );
  });

  it('takes exactly 100 levels', () => {
    expect(() => parseJson('['.repeat(100) + ']'.repeat(100))).not.toThrow();
    expect(() => parseJson('['.repeat(101) + ']'.repeat(101))).toThrow(/nested more than 100 deep/);
  });
});
