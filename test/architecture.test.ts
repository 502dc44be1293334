import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { factsOf } from './support/imports.ts';
import { type Tree, violations } from './support/layers.ts';

const root = join(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });

function sources(): Tree {
  const tree = new Map<string, string>();
  for (const top of ['src', 'theorems', 'proofs']) {
    for (const entry of readdirSync(join(root, top), { recursive: true, withFileTypes: true })) {
      const path = posix.join(entry.parentPath.slice(root.length + 1).replaceAll('\\', '/'), entry.name);
      // AssemblyScript is a language of its own.
      if (!entry.isFile() || !path.endsWith('.ts') || path.includes('/assembly/')) continue;
      tree.set(path, readFileSync(join(root, path), 'utf8'));
    }
  }
  return tree;
}

const check = (files: Readonly<Record<string, string>>): string[] =>
  violations(new Map(Object.entries(files)), { dependencies: ['mathjs', '@scope/pack'] });

describe('the source tree', () => {
  const tree = sources();

  test('is read: files in every layer, and imports in them', () => {
    for (const folder of ['kernel', 'arithmetic', 'exact', 'certified', 'symbolic', 'models', 'losses']) {
      expect([...tree.keys()].filter((path) => path.startsWith(`src/${folder}/`))).not.toEqual([]);
    }
    for (const folder of ['instance', 'numeric', 'check', 'derive', 'node', 'cli']) {
      expect([...tree.keys()].filter((path) => path.startsWith(`src/${folder}/`))).not.toEqual([]);
    }
    const imports = [...tree.values()].flatMap((source) => factsOf(source).imports);
    expect(imports.length).toBeGreaterThan(tree.size);
  });

  test('has no upward import, no cycle, and no Node outside src/node and src/cli', () => {
    expect(violations(tree, { dependencies })).toEqual([]);
  });
});

describe('planted violations are found', () => {
  const lower = { 'src/kernel/a.ts': 'export const a = 1;' };

  test.each([
    ['import', "import { b } from '../check/b.ts';"],
    ['import type', "import type { B } from '../check/b.ts';"],
    ['side effect', "import '../check/b.ts';"],
    ['default and names', "import b, { type C } from '../check/b.ts';"],
    ['namespace', "import * as b from '../check/b.ts';"],
    ['re-export', "export { b } from '../check/b.ts';"],
    ['type re-export', "export type { B } from '../check/b.ts';"],
    ['star', "export * from '../check/b.ts';"],
    ['star as', "export * as b from '../check/b.ts';"],
    ['dynamic', "const b = await import('../check/b.ts');"],
    ['dynamic in a template', `const b = \`\${await import('../check/b.ts')}\`;`],
    ['import type in a type', "let b: import('../check/b.ts').B;"],
    ['several lines', "import {\n  b, // '\n  c,\n} from '../check/b.ts';"],
    ['after a regex', "const r = /'[/']/; import { b } from '../check/b.ts';"],
  ])('upward: %s', (_name, line) => {
    expect(check({ 'src/kernel/a.ts': line, 'src/check/b.ts': '' })).toEqual([
      'src/kernel/a.ts imports upwards: src/check/b.ts',
    ]);
  });

  test('downward is allowed', () => {
    expect(check({ ...lower, 'src/check/b.ts': "import { a } from '../kernel/a.ts';" })).toEqual([]);
    expect(
      check({ ...lower, 'src/cli/b.ts': "import 'node:fs'; export { a } from '../kernel/a.ts';" }),
    ).toEqual([]);
  });

  test('peers do not import each other', () => {
    const files = { 'src/models/a.ts': "import '../losses/b.ts';", 'src/losses/b.ts': '' };
    expect(check(files)).toEqual(['src/models/a.ts imports upwards: src/losses/b.ts']);
  });

  test('theorems stand on the kernel alone, proofs on kernel and theorems', () => {
    const files = { ...lower, 'src/exact/e.ts': '', 'theorems/t.ts': '', 'proofs/p.ts': '' };
    const theorem = (line: string): string[] => check({ ...files, 'theorems/t.ts': line });
    const proof = (line: string): string[] => check({ ...files, 'proofs/p.ts': line });
    expect(theorem("import '../src/kernel/a.ts';")).toEqual([]);
    expect(theorem("import '../src/exact/e.ts';")).toEqual(['theorems/t.ts imports upwards: src/exact/e.ts']);
    expect(theorem("import '../proofs/p.ts';")).toEqual(['theorems/t.ts imports upwards: proofs/p.ts']);
    expect(theorem("import 'mathjs';")).toEqual(['theorems/t.ts imports the package mathjs']);
    expect(proof("import '../theorems/t.ts';")).toEqual([]);
    expect(proof("import '../src/exact/e.ts';")).toEqual(['proofs/p.ts imports upwards: src/exact/e.ts']);
    const symbolic = { ...files, 'src/symbolic/s.ts': "import '../../theorems/t.ts';" };
    expect(check(symbolic)).toEqual(['src/symbolic/s.ts imports upwards: theorems/t.ts']);
  });

  test('the kernel imports no package', () => {
    expect(check({ 'src/kernel/a.ts': "import 'mathjs';" })).toEqual([
      'src/kernel/a.ts imports the package mathjs',
    ]);
  });

  test('cycles, also through types and dynamic imports', () => {
    const files = {
      'src/exact/a.ts': "import type { B } from './b.ts';",
      'src/exact/b.ts': "await import('./c.ts');",
      'src/exact/c.ts': "export * from './a.ts';",
    };
    expect(check(files)).toEqual([
      'import cycle: src/exact/a.ts → src/exact/b.ts → src/exact/c.ts → src/exact/a.ts',
    ]);
    expect(check({ 'src/exact/a.ts': "import './a.ts';" })).toHaveLength(1);
  });

  test.each(['node:fs', 'fs', 'fs/promises', 'node:worker_threads'])('%s in the core', (name) => {
    const [found, ...rest] = check({ 'src/numeric/a.ts': `const x = await import('${name}');` });
    expect(found).toBe(`src/numeric/a.ts imports ${name} outside src/node and src/cli`);
    expect(rest).toEqual([]);
  });

  test.each([
    ['process', 'if (process.env.X) run();'],
    ['process', 'const p = globalThis.process;'],
    ['Buffer', 'const b = Buffer.from(x);'],
    ['require', "const fs = require('x');"],
    ['__dirname', `read(\`\${__dirname}/x\`);`],
  ])('the global %s in the core: %s', (name, line) => {
    expect(check({ 'src/check/a.ts': line })).toEqual([
      `src/check/a.ts uses ${name} outside src/node and src/cli`,
    ]);
    expect(check({ 'src/node/a.ts': line })).toEqual([]);
  });

  test('a computed import, an unlisted package, a missing file', () => {
    expect(check({ 'src/check/a.ts': 'await import(name);' })).toEqual([
      'src/check/a.ts imports a computed name',
    ]);
    expect(check({ 'src/check/a.ts': "import 'left-pad';" })).toHaveLength(1);
    expect(check({ 'src/check/a.ts': "import 'mathjs/number'; import '@scope/pack/x';" })).toEqual([]);
    expect(check({ 'src/check/a.ts': "import './b.ts';" })).toHaveLength(1);
    expect(check({ 'src/unknown/a.ts': "import '../kernel/a.ts';", ...lower })).toHaveLength(1);
  });

  test('words in comments, strings, members and keys are no violations', () => {
    const line = "// process\n/* Buffer */ const s = 'require'; x.process({ process: 1 }); f`node:fs`;";
    expect(check({ 'src/check/a.ts': line })).toEqual([]);
  });
});
