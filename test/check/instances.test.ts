import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check, checkableIds } from '../../src/check/index.ts';
import { loadInstance } from '../../src/instance/load.ts';
import { comparisons, difference, type Expected } from '../support/expectations.ts';

const folder = new URL('../instances/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const expected = JSON.parse(read('expected.json')) as Expected;
const report = async (id: string) =>
  check(await loadInstance({ text: read(`${id}.json`), name: `${id}.json` }));

describe('the instances with exactly known truth', () => {
  it('has an expectation for every file', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'expected.json');
    expect(files.map((name) => name.replace('.json', '')).sort()).toEqual(Object.keys(expected).sort());
  });

  const made: string[] = [];
  const known = Object.entries(expected).flatMap(([id, results]) =>
    Object.keys(results)
      .filter((result) => checkableIds.includes(result))
      .map((result) => ({ id, result })),
  );
  it.each(known)('$id: $result', async ({ id, result }) => {
    const each = comparisons(await report(id), result, expected[id]![result]!);
    made.push(...each);
    expect(each.filter((wrong) => wrong !== '')).toEqual([]);
  });

  it('compared all that the file asks for', () => {
    const asked = known
      .map(({ id, result }) => expected[id]![result]!)
      .reduce(
        (sum, want) =>
          sum + 1 + (want.left ? 1 : 0) + (want.right ? 1 : 0) + Object.keys(want.obligations ?? {}).length,
        0,
      );
    expect(made.length).toBe(asked);
    const theorem1 = known.filter(({ result }) => result === 'theorem-1').length;
    expect(theorem1).toBe(Object.values(expected).filter((each) => each['theorem-1']).length);
    expect(asked).toBeGreaterThanOrEqual(171);
  });
});

describe('the comparison itself', () => {
  it('refuses what is wrong', () => {
    expect(difference({ exact: '1/3' }, { exact: '2/6' })).toBe('');
    expect(difference({ exact: '1/3' }, { exact: '0.3333333333333333' })).not.toBe('');
    expect(difference({ lower: 0.3, upper: 0.4 }, { exact: '1/3' })).toContain('too wide');
    expect(difference({ lower: 0.33333333333333337, upper: 0.3333333333333334 }, { exact: '1/3' })).toContain(
      'does not contain',
    );
    expect(difference({ upper: 0.3333333333333334 }, { exact: '1/3' })).toContain('no enclosure');
    expect(difference(undefined, { exact: '0' })).toBe('missing');
    expect(difference({ upper: 0.25 }, { atMost: '1/5' })).not.toBe('');
    expect(difference({ approx: 0.5, residual: 0 }, { near: 0.5 })).toBe('');
    expect(difference({ approx: 0.501, residual: 0 }, { near: 0.5 })).not.toBe('');
  });

  it('notices a wrong verdict, side and obligation of a real report', async () => {
    const right = expected.I01!['theorem-1']!;
    const of = async (want: object) =>
      comparisons(await report('I01'), 'theorem-1', { ...right, ...want }).filter((wrong) => wrong !== '');
    expect(await of({})).toEqual([]);
    expect(await of({ verdict: 'not-applicable' })).toHaveLength(1);
    expect(await of({ left: { exact: '1/7' } })).toHaveLength(1);
    expect(await of({ right: { exact: '1/7' } })).toHaveLength(1);
    expect(await of({ obligations: { critical: 'fails' } })).toHaveLength(1);
    expect(await of({ obligations: { nothing: 'holds' } })).toHaveLength(1);
  });
});
