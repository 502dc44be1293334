import { describe, expect, test } from 'vitest';
import { type Output, textWidth, wantsColor, wantsUnicode } from '../../src/cli/io.ts';
import { exact } from '../derive/report/fixtures.ts';
import { run, type Setting } from './harness.ts';

const file = 'package.json'; // exists; the stub does not read it
const tty: Partial<Output> = { isTTY: true, columns: 90 };
const stream = (more: Partial<Output>): Output => ({ write: () => true, ...more });

describe('colour', () => {
  test.each([
    ['auto', tty, {}, true],
    ['auto', {}, {}, false],
    ['auto', tty, { NO_COLOR: '1' }, false],
    ['auto', tty, { NO_COLOR: '' }, true],
    ['auto', tty, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['auto', {}, { FORCE_COLOR: '1' }, true],
    ['auto', tty, { FORCE_COLOR: '0' }, false],
    ['auto', tty, { TERM: 'dumb' }, false],
    ['auto', {}, { CI: '1' }, false],
    ['always', {}, { NO_COLOR: '1' }, true],
    ['never', tty, { FORCE_COLOR: '1' }, false],
  ] as const)('--color %s on %o in %o: %s', (choice, output, env, wanted) => {
    expect(wantsColor(choice, stream(output), env)).toBe(wanted);
  });

  test('reaches the text and never JSON', async () => {
    const code = '\u001b[';
    const text = (flags: string[], setting: Setting = {}) => run(['check', file, ...flags], setting);
    expect((await text([])).out).not.toContain(code);
    expect((await text(['--color', 'always'])).out).toContain(code);
    expect((await text([], { stdout: tty })).out).toContain(code);
    expect((await text([], { stdout: tty, env: { NO_COLOR: '1' } })).out).not.toContain(code);
    for (const format of ['json', 'jsonl']) {
      expect((await text(['--color', 'always', '--format', format])).out).not.toContain(code);
    }
  });
});

test('the width is the terminal’s, at most 120, and 100 in a file', () => {
  expect(textWidth(stream({}))).toBe(100);
  expect(textWidth(stream({ columns: 70 }))).toBe(100);
  expect(textWidth(stream({ isTTY: true, columns: 70 }))).toBe(70);
  expect(textWidth(stream({ isTTY: true, columns: 300 }))).toBe(120);
  expect(textWidth(stream({ isTTY: true, columns: 0 }))).toBe(100);
});

test('symbols are spelled out only in a locale that is set and is not UTF-8', async () => {
  expect(wantsUnicode({})).toBe(true);
  expect(wantsUnicode({ LANG: 'C.UTF-8' })).toBe(true);
  expect(wantsUnicode({ LANG: 'en_US.utf8', LC_ALL: '' })).toBe(true);
  expect(wantsUnicode({ LANG: 'C' })).toBe(false);
  expect(wantsUnicode({ LANG: 'C.UTF-8', LC_ALL: 'POSIX' })).toBe(false);
  const { out } = await run(['check', file], { env: { LANG: 'C' } });
  // The en dash of the model's name is the only character that could be left.
  expect([...out].filter((character) => character > '\u007f')).toEqual([]);
});

describe('progress', () => {
  const working: Setting = {
    services: {
      check: async (_request, onProgress) => {
        for (let done = 0; done <= 40; done++) onProgress({ phase: 'exact', done, total: 40 });
        onProgress({ phase: 'search\u001b[31m', done: 0, total: 0 });
        return exact;
      },
    },
    tick: 60,
  };
  const onTerminal: Setting = { ...working, stderr: { isTTY: true, columns: 60 } };
  /** What the harness gathers when stderr has a width of its own. */
  const drawn = async (flags: string[], setting: Setting): Promise<string[]> => {
    const { err } = await run(['check', file, ...flags], setting);
    return err.split('\r\u001b[K');
  };

  test('shows after a second on a terminal, at most ten times a second, and is wiped', async () => {
    const frames = await drawn([], onTerminal);
    expect(frames.length).toBeGreaterThan(5);
    expect(frames.length).toBeLessThan(20);
    expect([frames[0], frames.at(-1)]).toEqual(['', '']);
    for (const frame of frames.slice(1, -1)) {
      expect(frame).toMatch(/ (exact|search).* \d+\.\d s$/);
      expect([...frame].length).toBeLessThanOrEqual(59);
      expect(frame).not.toContain('\u001b');
    }
    expect(frames[1]).toMatch(/#+\.+ \d+ %/);
  });

  test.each([
    ['no terminal', [], working],
    ['--quiet', ['--quiet'], onTerminal],
    ['TERM=dumb', [], { ...onTerminal, env: { TERM: 'dumb' } }],
    ['work under a second', [], { ...onTerminal, tick: 1 }],
  ] as const)('%s: nothing', async (_name, flags, setting) => {
    expect(await drawn([...flags], setting)).toEqual(['']);
  });

  test('is drawn on a terminal that does not know its width', async () => {
    const [, frame] = await drawn([], { ...working, stderr: { isTTY: true, columns: 0 } });
    expect(frame).toMatch(/^package\.json {2}exact {2}#/);
  });

  test('is wiped before an error is told', async () => {
    const { err } = await run(['check', file], {
      ...onTerminal,
      services: {
        check: async (_request, onProgress) => {
          for (let i = 0; i < 30; i++) onProgress({ phase: 'exact', done: i, total: 30 });
          throw new RangeError('Maximum BigInt size exceeded');
        },
      },
    });
    expect(err.split('\r\u001b[K').at(-1)).toMatch(/^everymin: .*too large/);
  });
});
