import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expandFiles } from '../../src/cli/files.ts';
import { matchesSegment } from '../../src/cli/wildcard.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'everymin-files-'));
  for (const path of ['x', 'x/y', 'x/y/z', '.hidden', 'q.json.d']) mkdirSync(join(folder, path));
  for (const path of [
    'b.json',
    'a.json',
    'c.txt',
    'x/d.json',
    'x/y/e.json',
    'x/y/z/f.json',
    '.hidden/g.json',
    '.h.json',
    'lit*.json',
  ]) {
    writeFileSync(join(folder, path), '');
  }
  symlinkSync(folder, join(folder, 'x', 'loop'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const expand = async (...patterns: string[]): Promise<string[]> => {
  const { paths, errors } = await expandFiles(patterns.map((pattern) => join(folder, pattern)));
  expect(errors).toEqual([]);
  return paths.map((path) => path.slice(folder.length + 1));
};

describe('patterns', () => {
  test.each([
    ['*.json', ['a.json', 'b.json', 'lit*.json']],
    ['?.json', ['a.json', 'b.json']],
    ['*/*.json', ['x/d.json']],
    ['**/*.json', ['a.json', 'b.json', 'lit*.json', 'x/d.json', 'x/y/e.json', 'x/y/z/f.json']],
    ['**/**/**/*.json', ['a.json', 'b.json', 'lit*.json', 'x/d.json', 'x/y/e.json', 'x/y/z/f.json']],
    ['x/**/f.json', ['x/y/z/f.json']],
    ['**/y/*', ['x/y/e.json']],
    ['x/**', ['x/d.json', 'x/y/e.json', 'x/y/z/f.json']],
    ['.*.json', ['.h.json']],
    ['.hidden/*', ['.hidden/g.json']],
    ['lit*.json', ['lit*.json']],
    ['x/../?.json', ['a.json', 'b.json']],
  ])('%s', async (pattern, found) => {
    expect(await expand(pattern)).toEqual(found);
  });

  test('below the working folder, which is not named', async () => {
    const before = process.cwd();
    const { paths } = await expandFiles(['test/cli/files.tes?.ts']);
    expect([process.cwd(), paths]).toEqual([before, ['test/cli/files.test.ts']]);
  });

  test('each file once, in the order in which it was first named', async () => {
    expect(await expand('b.json', '?.json', 'x/../b.json')).toEqual(['b.json', 'a.json']);
  });
});

describe('what is wrong', () => {
  test.each([
    ['*.none', /\*\.none matches no file$/],
    ['x', /x is a folder; name its files, for example '.*x\/\*\.json'$/],
    ['q*.d', /matches no file$/],
    ['nowhere/*', /matches no file$/],
  ])('%s', async (pattern, message) => {
    const { paths, errors } = await expandFiles([join(folder, pattern), join(folder, 'a.json')]);
    expect(errors.map((error) => error.message)).toEqual([expect.stringMatching(message)]);
    expect(paths).toEqual([join(folder, 'a.json')]);
  });

  test('an empty name', async () => {
    expect((await expandFiles([''])).errors).toHaveLength(1);
  });

  test('a name without a pattern goes to the loader, there or not; - is stdin', async () => {
    expect((await expandFiles(['-', 'nowhere.json', '-'])).paths).toEqual(['-', 'nowhere.json']);
  });
});

test('the matcher agrees with a regular expression', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
  const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 6 });
  let matched = 0;
  fc.assert(
    fc.property(patterns, letters, (pattern, name) => {
      const source = pattern.replace(/\./g, '\\.').replace(/\?/g, '[^]').replace(/\*/g, '[^]*');
      const hidden = name.startsWith('.') && !pattern.startsWith('.');
      const expected = !hidden && new RegExp(`^${source}$`).test(name);
      if (expected) matched++;
      expect(matchesSegment(pattern, name)).toBe(expected);
    }),
    { numRuns: 5000, seed: 3 },
  );
  expect(matched).toBeGreaterThan(100);
});

test('many stars on a long name cost little', () => {
  expect(matchesSegment(`${'*a'.repeat(500)}b`, 'a'.repeat(5000))).toBe(false);
});
