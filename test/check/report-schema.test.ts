import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../src/check/report-schema.ts';
import { samples } from '../derive/report/fixtures.ts';

const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(
  reportSchema(),
);
type Path = readonly (string | number)[];

// biome-ignore lint/suspicious/noExplicitAny: JSON of any shape is what a mutation works on
type Json = any;

/** A copy of `report` in which the value at `path` is what `change` makes of it; undefined deletes the property. */
function mutated(report: unknown, path: Path, change: (value: Json) => Json): unknown {
  const copy: Json = structuredClone(report);
  const parent = path.slice(0, -1).reduce((node, key) => node[key], copy);
  const last = path.at(-1)!;
  const value = change(parent[last]);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

test('the published file is the schema; scripts/generate-schema.mjs writes it', () => {
  const file = join(import.meta.dirname, '../../schema/report.schema.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(reportSchema())));
});

test.each(Object.entries(samples))('the sample %s is valid', (_name, report) => {
  validate(report);
  expect(validate.errors).toBeNull();
});

describe('mutants are rejected', () => {
  const { exact, trained, failing, contradiction } = samples;
  const cases: [string, unknown, Path, (value: Json) => Json][] = [
    ['no version', exact, ['everymin'], () => undefined],
    ['a version that is none', exact, ['everymin'], () => 'new'],
    ['a negative seed', exact, ['seed'], () => -1],
    ['a fractional seed', exact, ['seed'], () => 0.5],
    ['an unknown key', exact, ['verdict'], () => 'holds'],
    ['a short hash', exact, ['instance', 'sha256'], () => 'abc'],
    ['m as text', exact, ['instance', 'm'], () => '2'],
    ['no dx', exact, ['instance', 'dx'], () => undefined],
    ['an unknown result', exact, ['results', 0, 'result'], () => 'theorem-9'],
    ['an unknown verdict', exact, ['results', 0, 'verdict'], () => 'true'],
    ['an unknown tier', exact, ['results', 0, 'tier'], () => 'probable'],
    ['no obligation', exact, ['results', 0, 'obligations'], () => []],
    [
      'holds with a failing obligation',
      exact,
      ['results', 0, 'obligations', 3],
      (o) => ({ ...o, status: 'fails', witness: 1 }),
    ],
    ['holds with an open obligation', exact, ['results', 0, 'obligations', 3, 'status'], () => 'undecided'],
    ['undecided without an open obligation', exact, ['results', 0, 'verdict'], () => 'undecided'],
    ['not applicable without a failure', exact, ['results', 0, 'verdict'], () => 'not-applicable'],
    ['a contradiction without a failure', exact, ['results', 0, 'verdict'], () => 'contradiction'],
    [
      'a contradiction of a hypothesis',
      contradiction,
      ['results', 0, 'obligations', 0, 'id'],
      () => 'critical',
    ],
    ['a failure without a witness', failing, ['results', 0, 'obligations', 0, 'witness'], () => null],
    [
      'a failure whose witness is left out',
      failing,
      ['results', 0, 'obligations', 0, 'witness'],
      () => undefined,
    ],
    ['an unknown obligation', exact, ['results', 0, 'obligations', 0, 'id'], () => 'assumption-3'],
    ['no reason', exact, ['results', 0, 'obligations', 0, 'detail'], () => ''],
    ['negative time', exact, ['results', 0, 'obligations', 0, 'seconds'], () => -1],
    ['an exact number as float', exact, ['results', 0, 'left', 'exact'], () => 2],
    ['an exact number in decimals', exact, ['results', 0, 'left', 'exact'], () => '0.5'],
    ['a zero denominator', exact, ['results', 0, 'left', 'exact'], () => '1/0'],
    ['a quantity of two kinds', exact, ['results', 0, 'left'], () => ({ exact: '2', upper: 2 })],
    ['an empty quantity', exact, ['results', 0, 'left'], () => ({})],
    ['an approximation without a residual', exact, ['results', 0, 'left'], () => ({ approx: 2 })],
    ['NaN written as null', trained, ['results', 1, 'left', 'lower'], () => null],
    ['an unknown robust bound', trained, ['results', 1, 'robust', 0, 'id'], () => 'R9'],
    ['a constant that is no quantity', trained, ['results', 1, 'robust', 0, 'constants'], () => ({ x: 1 })],
    ['a gap without an upper bound', trained, ['results', 1, 'gap', 'upper'], () => undefined],
    ['attained as text', exact, ['results', 0, 'attained'], () => 'yes'],
    ['no meaning', exact, ['results', 0, 'meaning'], () => undefined],
  ];

  test.each(cases)('%s', (_name, report, path, change) => {
    expect(validate(report)).toBe(true);
    expect(validate(mutated(report, path, change))).toBe(false);
  });

  test('every property that is not optional is needed', () => {
    const optional = new Set([
      'left',
      'right',
      'attained',
      'gap',
      'robust',
      'certificate',
      'figures',
      'lower',
      'upper',
    ]);
    let tried = 0;
    const visit = (node: Json, path: Path): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const key of Object.keys(node)) {
        const at = [...path, Array.isArray(node) ? Number(key) : key];
        const open = path.some((step) =>
          ['witness', 'certificate', 'figures', 'constants'].includes(String(step)),
        );
        if (!Array.isArray(node) && !open && !optional.has(key)) {
          tried++;
          const valid = validate(mutated(trained, at, () => undefined));
          expect([at.join('.'), valid]).toEqual([at.join('.'), false]);
        }
        if (!open) visit(node[key], at);
      }
    };
    visit({ ...trained }, []);
    expect(tried).toBeGreaterThan(50);
  });
});
