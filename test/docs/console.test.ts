import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import {
  allowedExits,
  comparable,
  consoleBlocks,
  documents,
  excerpt,
  fileBlocks,
  fromRoot,
  hasNeeded,
  renewed,
  runCommands,
  shown,
} from '../../scripts/console-blocks.mjs';
import { type Requirement, requireOrSkip } from '../require.ts';
import { isBuilt } from '../support/built.ts';

const text = (page: string): Promise<string> => readFile(fromRoot(page), 'utf8');
const pages = await documents();
const withBlocks: string[] = [];
for (const page of pages) if (consoleBlocks(await text(page)).length > 0) withBlocks.push(page);

/** What does not vary from machine to machine in the answer of doctor: what it looks for, in its order. */
const frame = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => /^ {2}[✓✗] (\S+(?: \S+)*)/.exec(line)?.[1] ?? line)
    .filter((line) => line !== '' && !/^ +→/.test(line));

test('there are pages, and commands in them', async () => {
  expect(pages.length).toBeGreaterThan(8);
  expect(withBlocks).toContain('README.md');
  expect(withBlocks.length).toBeGreaterThan(5);
});

describe.runIf(isBuilt)('what a page says a command prints is what it prints', () => {
  test.concurrent.each(withBlocks)(
    '%s',
    async (page) => {
      const blocks = consoleBlocks(await text(page)).filter(
        ({ needs }) =>
          needs === undefined || requireOrSkip(needs as Requirement, hasNeeded(needs), `${page} needs it`),
      );
      const { results, written } = await runCommands(
        blocks.flatMap(({ commands }) => commands.map((each) => each.command)),
      );
      for (const [path, content] of Object.entries(written)) expect(content, path).toBe(await text(path));
      for (const { commands, show, exit } of blocks) {
        for (const [k, { command, printed }] of commands.entries()) {
          const { output, code } = results.shift()!;
          const expected = allowedExits(k === commands.length - 1 ? exit : undefined);
          expect(expected, `${command}: exit ${code}\n${output}`).toContain(code);
          if (show === 'varies') {
            expect(frame(printed), command).toEqual(frame(output));
            continue;
          }
          // node scripts/build.mjs && node scripts/readme-output.mjs writes them anew
          expect(comparable(printed), command).toBe(comparable(shown(output, show)));
        }
      }
    },
    1_800_000,
  );
});

test('a file that a page shows is that file', async () => {
  let seen = 0;
  for (const page of pages) {
    for (const block of fileBlocks(await text(page))) {
      expect(block.body, `${page}: ${block.path}`).toBe(await excerpt(block));
      expect(block.body).not.toBe('');
      seen++;
    }
  }
  expect(seen).toBeGreaterThan(9);
});

describe('the mechanism', () => {
  test('of doctor the frame is compared', () => {
    const text =
      'machine\n  ✓ Node.js     20, linux\n  ✗ big thing  none\n             → get one\n\nworks.\n';
    expect(frame(text)).toEqual(['machine', 'Node.js', 'big thing', 'works.']);
  });

  const page = [
    'Text.',
    '<!-- show: lines 1 3-4; exit: 2; needs: rocq -->',
    '```console',
    '$ a',
    'one',
    '$ b',
    '```',
    '```console',
    '$ c',
    '```',
    '',
  ].join('\n');

  test('blocks, their commands and their notes', () => {
    const blocks = consoleBlocks(page);
    expect(blocks).toMatchObject([
      {
        commands: [
          { command: 'a', printed: 'one\n' },
          { command: 'b', printed: '' },
        ],
        show: 'lines 1 3-4',
        exit: 2,
        needs: 'rocq',
      },
      { commands: [{ command: 'c', printed: '' }] },
    ]);
    expect(blocks[1]).not.toHaveProperty('show');
    expect(blocks[1]).not.toHaveProperty('needs');
    expect(page.slice(blocks[0]!.start, blocks[0]!.end)).toBe('$ a\none\n$ b\n');
    expect(() => consoleBlocks('```console\noutput\n```\n')).toThrow('a console block starts with output');
  });

  test('what is left out is said', () => {
    expect(shown('1\n2\n3\n4\n5\n', 'lines 1 3-4')).toBe('1\n…\n3\n4\n…\n');
    expect(shown('a\nb\n\nc\n\nd\n', 'paragraphs 1 3')).toBe('a\nb\n\n…\n\nd\n');
    expect(shown('a\n\n', undefined)).toBe('a\n');
    expect(shown('', undefined)).toBe('');
  });

  test('times are not compared, nothing else is let through', () => {
    expect(comparable('x · 12 ms\n in all')).toBe(comparable('x · 3.25 ms in\nall'));
    expect(comparable('changes by -6 s^3 + …')).toBe('changes by -6 s^3 + …');
    for (const [a, b] of [
      ['2 steps', '3 steps'],
      ['a\nb', 'a b'],
      ['x = 1', 'x = 2'],
    ])
      expect(comparable(a!)).not.toBe(comparable(b!));
  });

  test('commands run in order, in one folder, with both streams and the code', async () => {
    const { results, written } = await runCommands([
      'echo one > a; cat a',
      'cat a >&2; exit 3',
      'ls examples/saddle.json; echo two > docs/gallery/b',
    ]);
    expect(written).toEqual({ 'docs/gallery/b': 'two\n' });
    expect(results).toEqual([
      { output: 'one\n', code: 0 },
      { output: 'one\n', code: 3 },
      { output: 'examples/saddle.json\n', code: 0 },
    ]);
  });
});

describe('a block that is written anew', () => {
  const before = 'cores  2\n  ✓ wasm  starts in 199 ms\n  ✓ cpu  starts in 75 ms\n';
  test('keeps its text where only times differ', () => {
    const now = before.replace('199', '76').replace('75 ms', '1.5 s');
    for (const show of [undefined, 'varies', 'lines 1-9']) expect(renewed(before, now, show)).toBe(before);
  });
  test('keeps the lines that only their times change, where the answer varies from machine to machine', () => {
    const now = 'cores  4\n  ✗ wasm  is missing\n  ✓ cpu  starts in 32 ms\n';
    expect(renewed(before, now, 'varies')).toBe('cores  4\n  ✗ wasm  is missing\n  ✓ cpu  starts in 75 ms\n');
    expect(renewed(before, now, undefined)).toBe(now);
  });
});
