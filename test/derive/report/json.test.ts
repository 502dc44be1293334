import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/check/report.ts';
import { assertPlainData, renderJson, renderJsonLine } from '../../../src/derive/report/index.ts';
import { Rational } from '../../../src/kernel/rational.ts';
import { exact, hostile, reportOf, samples } from './fixtures.ts';

/** The same data with the keys of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, entry]) => [key, reversed(entry)]),
  );
}

describe.each(Object.entries(samples))('%s', (_name, report) => {
  test('JSON says what the report says', () => {
    expect(JSON.parse(renderJson(report))).toEqual(report);
    expect(JSON.parse(renderJsonLine(report))).toEqual(report);
    expect(renderJsonLine(report).match(/\n/g)).toHaveLength(1);
    expect(renderJson(report).endsWith('}\n')).toBe(true);
  });

  test('the order of keys does not depend on the order they were written in', () => {
    const keys = (json: string): string[] =>
      [...json.matchAll(/^ {0,8}"([^"]+)":/gm)].map((match) => match[1]!);
    // Records with names of their own keep their order, so only the fixed part is compared.
    const plainReport = { ...report, results: report.results.map(({ robust: _, ...rest }) => rest) };
    const other = renderJson(reversed(plainReport) as Report);
    expect(keys(other)).toEqual(keys(renderJson(plainReport)));
  });
});

test('keys come in the order of the contract', () => {
  expect(Object.keys(JSON.parse(renderJson(reversed(exact) as Report)))).toEqual([
    'everymin',
    'seed',
    'backend',
    'instance',
    'results',
  ]);
  expect(Object.keys(JSON.parse(renderJson(reversed(exact) as Report)).results[0])).toEqual([
    'result',
    'verdict',
    'tier',
    'left',
    'right',
    'attained',
    'gap',
    'robust',
    'obligations',
    'meaning',
  ]);
});

test('control characters are escaped in JSON as well, and come back', () => {
  const json = renderJsonLine(hostile);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for
  expect(json.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]|\p{Surrogate}/u);
  expect(JSON.parse(json).instance.name).toBe(hostile.instance.name);
});

describe('what JSON cannot carry is refused, with its place', () => {
  const withWitness = (witness: unknown): Report =>
    reportOf([{ ...exact.results[0]!, obligations: [{ ...exact.results[0]!.obligations[0]!, witness }] }]);
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);

  test.each([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['minus infinity', Number.NEGATIVE_INFINITY],
    ['a bigint', 1n],
    ['a Rational', Rational.one],
    ['a typed array', new Float64Array(2)],
    ['a Map', new Map()],
    ['a Date', new Date(0)],
    ['a function', () => 1],
    ['undefined in a list', [undefined]],
    ['a hole in a list', new Array(1)],
    ['a cycle', cyclic],
    ['a symbol', Symbol('x')],
  ])('%s', (_name, witness) => {
    for (const render of [renderJson, renderJsonLine]) {
      expect(() => render(withWitness({ deep: [witness] }))).toThrow(
        /^report\.results\[0\]\.obligations\[0\]\.witness\.deep\[0\]/,
      );
    }
  });

  test('what it can carry is not', () => {
    const shared = { p: 1 };
    const value = { a: null, b: true, c: 'x', d: -0.5, e: [[], {}], f: undefined, g: [shared, shared] };
    expect(() => assertPlainData(value)).not.toThrow();
    expect(() => assertPlainData(Object.create(null))).not.toThrow();
  });

  test('a key named __proto__ stays data', () => {
    const witness = JSON.parse('{"__proto__": {"polluted": true}}');
    const read = JSON.parse(renderJson(withWitness(witness)));
    expect(Object.keys(read.results[0].obligations[0].witness)).toEqual(['__proto__']);
  });
});
