import { describe, expect, test } from 'vitest';
import { type JsonValue, parseJson, placeOf } from '../../src/instance/json.ts';
import { type Path, pathOfPlace, placeOfPath } from '../../src/instance/places.ts';

const TEXT = `{ "everymin": 1,
  "model": {"type": "mlp", "layers": [{"units": 2},
    {"units": 1,
     "activation": "relu"}]},
  "data": { "inputs": [[1, "1/2"], [ 3,4 ]], "targets": {"csv": "side \\u00e9/t.csv"} },
  "parameters": { "W1": [[1,
     2]], "a}\\"b": 7 } }
`;

const under = (path: Path): string => {
  const { line, column, endColumn } = placeOfPath(TEXT, path).place;
  return TEXT.split('\n')[line - 1]!.slice(column - 1, endColumn - 1);
};

describe('the place of a path', () => {
  test.each<[Path, string]>([
    [['model'], '"model"'],
    [['model', 'layers', 1], '{"units": 1,'],
    [['model', 'layers', 1, 'activation'], '"activation"'],
    [['data', 'inputs', 0], '[1, "1/2"]'],
    [['data', 'inputs', 0, 1], '"1/2"'],
    [['data', 'inputs', 1], '[ 3,4 ]'],
    [['parameters', 'W1', 0, 1], '2'],
    [['parameters', 'W1', 0], '[1,'],
    [['parameters', 'a}"b'], '"a}\\"b"'],
    [[], '{ "everymin": 1,'],
  ])('%j stands at %s', (path, text) => {
    expect(under(path)).toBe(text);
  });

  test.each<[Path, Path]>([
    [['parameters', 'W9', 0], ['parameters']],
    [
      ['model', 'layers', 7, 'x'],
      ['model', 'layers'],
    ],
    [
      ['data', 'inputs', 0, 1, 5],
      ['data', 'inputs', 0, 1],
    ],
    [
      ['data', 'inputs', 'x'],
      ['data', 'inputs'],
    ],
    [['epsilon'], []],
  ])('%j is not written: as far as it is', (path, prefix) => {
    expect(placeOfPath(TEXT, path)).toEqual(placeOfPath(TEXT, prefix));
  });

  test('a value in another file names the file, below it too', () => {
    expect(placeOfPath(TEXT, ['data', 'targets']).file).toBe('side é/t.csv');
    expect(placeOfPath(TEXT, ['data', 'targets', 3]).file).toBe('side é/t.csv');
    expect(placeOfPath(TEXT, ['data', 'inputs'])).not.toHaveProperty('file');
  });

  test('every value of the text is found where its JSON stands', () => {
    let seen = 0;
    const visit = (value: JsonValue, path: Path): void => {
      const inObject = typeof path.at(-1) === 'string';
      if (inObject) expect(JSON.parse(under(path))).toBe(path.at(-1));
      else if (typeof value !== 'object') expect(JSON.parse(under(path))).toBe(value);
      seen++;
      if (Array.isArray(value)) for (const [i, item] of value.entries()) visit(item, [...path, i]);
      else if (typeof value === 'object' && value !== null)
        for (const [key, entry] of Object.entries(value)) visit(entry, [...path, key]);
    };
    visit(parseJson(TEXT), []);
    expect(seen).toBeGreaterThan(25);
  });
});

describe('a place and its path', () => {
  test.each<Path>([
    ['data', 'targets', 3],
    ['parameters', 'u', 'W1', 0, 12],
    ['model', 'strange key', 0],
    ['a"b\\c', 1, 'θ_1'],
    [],
  ])('%j and %j …', (...path) => {
    expect(pathOfPlace(placeOf(path))).toEqual(path);
  });
  test.each(['line 4, column 7', 'a..b', 'a[', 'a[x]', 'a b'])('%s is no path', (place) => {
    expect(pathOfPlace(place)).toBeUndefined();
  });
});
