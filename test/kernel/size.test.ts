import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const kernel = join(root, 'src/kernel');
const linesOf = (file: string): readonly string[] =>
  readFileSync(join(kernel, file), 'utf8').trimEnd().split('\n');
/** neither blank nor part of a comment */
const codeOf = (file: string): number =>
  linesOf(file).filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line)).length;

interface Row {
  readonly file: string;
  readonly trusted: boolean;
  /** null where the table counts none: what is not needed to read the rules */
  readonly lines: number | null;
  readonly code: number | null;
}

/** The rows `| file | yes | lines | code | … |` of docs/architecture.md, section "What is trusted in the kernel". */
function documented(): readonly Row[] {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const section = text.split('## What is trusted in the kernel')[1]!.split('\n## ')[0]!;
  return [...section.matchAll(/^\| `([\w-]+\.ts)` \| (yes|no) \| (\d+)? ?\| (\d+)? ?\|/gm)].map(
    ([, file, trusted, lines, code]) => ({
      file: file!,
      trusted: trusted === 'yes',
      lines: lines === undefined ? null : Number(lines),
      code: code === undefined ? null : Number(code),
    }),
  );
}

describe('the size of the kernel', () => {
  const rows = documented();

  test('every file is in the table of docs/architecture.md, once', () => {
    expect(rows.map(({ file }) => file).sort()).toEqual(readdirSync(kernel).sort());
  });

  test('with the lines that it has, and the lines of code among them', () => {
    const counted = rows.filter(({ lines }) => lines !== null);
    expect(counted.map(({ file }) => file)).toEqual(
      expect.arrayContaining(['theorem.ts', 'normalise.ts', 'term.ts', 'intrinsics.ts']),
    );
    expect(counted).toEqual(
      counted.map((row) => ({ ...row, lines: linesOf(row.file).length, code: codeOf(row.file) })),
    );
  });

  test('the rules and the normaliser are under 1,000 lines of code', () => {
    const files = ['theorem.ts', 'normalise.ts'];
    expect(files.every((file) => rows.some((row) => row.file === file && row.trusted))).toBe(true);
    expect(files.reduce((total, file) => total + codeOf(file), 0)).toBeLessThan(1000);
  });

  /** the one proposes what the normaliser checks, the other only writes down */
  const lent: Readonly<Record<string, readonly string[]>> = {
    'normalise.ts': ['index-order.ts'],
    'theorem.ts': ['identities.ts'],
  };

  test('what makes terms and theorems imports nothing that writes them for a reader', () => {
    for (const file of ['theorem.ts', 'normalise.ts', 'term.ts', 'intrinsics.ts', 'rational.ts']) {
      const imports = [
        ...linesOf(file)
          .join('\n')
          .matchAll(/from '\.\/([\w-]+\.ts)'/g),
      ].map(([, name]) => name!);
      const untrusted = imports.filter((name) => rows.some((row) => row.file === name && !row.trusted));
      expect(untrusted, file).toEqual(lent[file] ?? []);
    }
  });
});
