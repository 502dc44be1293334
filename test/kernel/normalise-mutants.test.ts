import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Findings } from './normaliser-fuzz.ts';

/**
 * A fuzz that reports nothing proves nothing until it is seen to report. Each bug below is planted in a copy of the
 * normaliser, and the fuzz must find a wrong value.
 */
const KERNEL = join(import.meta.dirname, '../../src/kernel');
const FUZZ = join(import.meta.dirname, 'normaliser-fuzz.ts');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'everymin-mutants-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Fuzz = (seed: number, count: number, instances?: number, stop?: boolean) => Findings;

let built = 0;
async function fuzzOf(from: string, to: string, file = 'normalise.ts'): Promise<Fuzz> {
  const source = join(KERNEL, file);
  const text = readFileSync(source, 'utf8');
  expect(text.split(from).length, `${from} occurs once`).toBe(2);
  const outfile = join(folder, `mutant-${built++}.mjs`);
  await build({
    entryPoints: [FUZZ],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'silent',
    plugins: [
      {
        name: 'plant',
        setup(b) {
          b.onLoad({ filter: /kernel[\\/][\w-]+\.ts$/ }, ({ path }) =>
            path === source ? { contents: text.replace(from, () => to), loader: 'ts' as const } : null,
          );
        },
      },
    ],
  });
  return ((await import(pathToFileURL(outfile).href)) as { fuzz: Fuzz }).fuzz;
}

const bugs: readonly (readonly [string, string, string])[] = [
  ['a missed renaming in products', 'const second = b(a.top);', 'const second = b(0);'],
  ['a missed freshness in sums', 'const inner = body(x, depth + 1);', 'const inner = body(x, depth);'],
  [
    'a binder at a level that is in use',
    'const x = level(depthOf(term), term.sort.domain!);',
    'const x = level(0, term.sort.domain!);',
  ],
  [
    'contraction with an index that contains it',
    'mentions(y, x) || usedInSorts(m, rest, x)',
    'usedInSorts(m, rest, x)',
  ],
  [
    'contraction that keeps the index',
    'const outer = { coefficient: m.coefficient, variables: without(m.variables, x), atoms: [] };',
    'const outer = { coefficient: m.coefficient, variables: m.variables, atoms: [] };',
  ],
  [
    'contraction of an index that stays, and its delta dropped',
    'if (used) return substituteAll({ ...m, atoms: [d] }',
    'if (used) return substituteAll({ ...m, atoms: [] }',
  ],
  [
    'δ(inl, inr) = δ',
    'return i.name === j.name ? expandDelta(i.args[2]!, j.args[2]!, depth) : zero;',
    'return expandDelta(i.args[2]!, i.name === j.name ? j.args[2]! : i.args[2]!, depth);',
  ],
  [
    'other literals are equal',
    "if (i.name === 'index' && j.name === 'index') return zero;",
    "if (i.name === 'index' && j.name === 'index') return constant(Rational.one, depth);",
  ],
  [
    '1/0 = 1',
    'if (p.length === 0) return constant(Rational.zero, depth);',
    'if (p.length === 0) return constant(Rational.one, depth);',
  ],
  ['1/Σ = Σ 1/', 'if (p.length > 1 || p[0]!.variables.length > 0)', 'if (p.length > 1)'],
  [
    'the inverse of a coefficient',
    'constant(p[0]!.coefficient.inv(), depth)',
    'constant(p[0]!.coefficient, depth)',
  ],
  ['the sides of a join', "i.name === 'inl' ? 2 : 3", "i.name === 'inl' ? 2 : 2"],
  ['a dropped coefficient', 'known.coefficient.add(named.coefficient)', 'known.coefficient'],
  [
    'a dropped sign',
    'coefficient: a[i]!.coefficient.mul(b[j]!.coefficient),',
    'coefficient: a[i]!.coefficient.mul(b[j]!.coefficient).abs(),',
  ],
  [
    'η of a function that uses its argument',
    'body.args[1]!.id === x.id && !mentions(body.args[0]!, x)',
    'body.args[1]!.id === x.id',
  ],
  ['a sum of ones is one', 'const product = times([rest], count.terms);', 'const product = [rest];'],
  [
    'an index that is used counts as unused',
    'used = mentions(m.atoms[j]!, x);',
    'used = m.atoms[j]!.id === x.id;',
  ],
  [
    'a sum over nothing',
    'let out = constant(Rational.zero, depth);',
    'let out = constant(Rational.one, depth);',
  ],
  [
    'a literal sum that stops early',
    'for (let k = 0n; k < n.value!.numerator; k++)',
    'for (let k = 0n; k + 1n < n.value!.numerator; k++)',
  ],
  ['the right part of a block sum', "operate('inr', [a, b, i])", "operate('inl', [a, b, i])"],
  [
    'δ² = 2δ',
    'if (repeated) return { terms: [{ ...m, atoms: rest }], top };',
    'if (repeated) return { terms: [{ ...m, atoms: rest }, { ...m, atoms: rest }], top };',
  ],
  [
    'a level below one in use',
    'if (at !== undefined && at >= depth) depth = at + 1;',
    'if (at !== undefined && at > depth) depth = at;',
  ],
  [
    'names that collide',
    'if (names[i]!.id !== order[i]!.id) moved = true;',
    'if (i > 0) moved = false; else if (names[i]!.id !== order[i]!.id) moved = true;',
  ],
];

describe('planted bugs', () => {
  test('the sound normaliser passes what they fail', async () => {
    const fuzz = await fuzzOf('const LITERAL_SUM = 8n;', 'const LITERAL_SUM = 8n; ');
    expect(fuzz(5, 400).unsound).toEqual([]);
  });
  test.each(bugs)('%s', async (_, from, to) => {
    const fuzz = await fuzzOf(from, to);
    let found = 0;
    for (let seed = 5; found === 0 && seed < 9; seed++) found = fuzz(seed, 400, 2, true).unsound.length;
    expect(found).toBeGreaterThan(0);
  });
});

/** The order of the indices is a proposal: one that leaves out, repeats or misplaces an index is refused, and no other changes a value. */
const proposals: readonly (readonly [string, string, incomplete: boolean])[] = [
  ['as they came', 'if (all.length < 9) return [all];', false],
  [
    'turned around',
    'if (all.length < 9) { const turned = []; for (const x of all) turned.unshift(x); return [turned]; }',
    true,
  ],
  ['one left out', 'if (all.length > 1) return [all.slice(1)];', true],
  ['one twice', 'if (all.length > 1) return [[...all.slice(1), all[1]!]];', true],
  ['one too many', 'if (all.length > 0) return [[...all, all[0]!]];', true],
];
describe('poor orders of the indices', () => {
  test.each(proposals)('%s', async (_, bad, incomplete) => {
    const fuzz = await fuzzOf(
      'const all = sum.variables;',
      `const all = sum.variables; ${bad}`,
      'index-order.ts',
    );
    const { terms, unsound } = fuzz(5, 300);
    expect(terms).toBeGreaterThanOrEqual(300);
    const refused = (told: string): boolean => told.includes(': normalise: expected');
    expect(unsound.filter((told) => !refused(told))).toEqual([]);
    expect(unsound.some(refused)).toBe(incomplete);
  });
});
