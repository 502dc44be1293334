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

const section = (): string =>
  readFileSync(join(root, 'docs/architecture.md'), 'utf8')
    .split('## What is trusted in the kernel')[1]!
    .split('\n## ')[0]!;

/** The rows `| file | yes | lines | code | … |` of docs/architecture.md, section "What is trusted in the kernel". */
function documented(): readonly Row[] {
  return [...section().matchAll(/^\| `([\w-]+\.ts)` \| (yes|no) \| (\d+)? ?\| (\d+)? ?\|/gm)].map(
    ([, file, trusted, lines, code]) => ({
      file: file!,
      trusted: trusted === 'yes',
      lines: lines === undefined ? null : Number(lines),
      code: code === undefined ? null : Number(code),
    }),
  );
}

const makers = [
  'theorem.ts',
  'normalise.ts',
  'term.ts',
  'operations.ts',
  'natural-polynomial.ts',
  'shapes.ts',
  'rational.ts',
  'intrinsics.ts',
];

describe('the size of the kernel', () => {
  const rows = documented();

  test('every file is in the table of docs/architecture.md, once', () => {
    expect(rows.map(({ file }) => file).sort()).toEqual(readdirSync(kernel).sort());
  });

  test('with the lines that it has, and the lines of code among them', () => {
    const counted = rows.filter(({ lines }) => lines !== null);
    expect(counted.map(({ file }) => file)).toEqual(expect.arrayContaining([...makers, 'axioms.ts']));
    expect(counted).toEqual(
      counted.map((row) => ({ ...row, lines: linesOf(row.file).length, code: codeOf(row.file) })),
    );
  });

  test('the sums are those that the text says', () => {
    const sum = (files: readonly string[]): string => {
      const total = (count: (file: string) => number) => files.reduce((n, file) => n + count(file), 0);
      const grouped = (n: number) => n.toLocaleString('en');
      return `${grouped(total((file) => linesOf(file).length))} lines (${grouped(total(codeOf))} of code)`;
    };
    const text = section().replace(/\s+/g, ' ');
    expect(text).toContain(`what follows from what: ${sum(['theorem.ts', 'normalise.ts'])}.`);
    expect(text).toContain(`All that makes sorts, terms and theorems is ${sum(makers)}.`);
  });

  test('the rules and the normaliser are under 1,000 lines of code', () => {
    const files = ['theorem.ts', 'normalise.ts'];
    expect(files.every((file) => rows.some((row) => row.file === file && row.trusted))).toBe(true);
    expect(files.reduce((total, file) => total + codeOf(file), 0)).toBeLessThan(1000);
  });

  /** what they give is checked, or is text, or is an order on which no rule rests */
  const lent: Readonly<Record<string, readonly string[]>> = {
    'normalise.ts': ['index-order.ts'],
    'term.ts': ['describe.ts', 'term-order.ts'],
    'theorem.ts': ['identities.ts'],
  };

  test('what makes terms and theorems imports nothing that writes them for a reader', () => {
    for (const file of makers) {
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
