import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Every module that is loaded with these, imports of types alone left out. */
function loadedWith(...entries: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    const imports = text.matchAll(
      /^(?:import|export)(?! type)\b[^;'"]*?from '(\.[^']+)'|^import '(\.[^']+)'/gm,
    );
    for (const [, from, bare] of imports) visit(join(dirname(file), (from ?? bare)!));
  };
  for (const entry of entries) visit(join(root, entry));
  return [...seen].map((file) => relative(root, file));
}

test('prove loads the kernel and the proofs, but no check, no instance and no other arithmetic', () => {
  const loaded = loadedWith(
    'src/cli/main.ts',
    'src/cli/program.ts',
    'src/cli/prove.ts',
    'src/derive/proofs/index.ts',
    'src/derive/proofs/report.ts',
    'proofs/index.ts',
    'theorems/index.ts',
  );
  expect(loaded.every((file) => existsSync(join(root, file)))).toBe(true);
  expect(loaded).toEqual(expect.arrayContaining(['src/kernel/theorem.ts', 'proofs/theorem-4/span.ts']));
  const others = /^src\/(check|instance|exact|certified|symbolic|models|losses|numeric)\/|^src\/cli\/check/;
  expect(loaded.filter((file) => others.test(file))).toEqual([]);
  expect(loaded.filter((file) => file.startsWith('src/arithmetic/'))).toEqual(['src/arithmetic/decimal.ts']);
  expect(loaded).not.toContain('src/derive/report/index.ts');
});
