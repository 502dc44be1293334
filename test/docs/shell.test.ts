import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documents, fromRoot, runCommands, shellCommands } from '../../scripts/console-blocks.mjs';
import { isBuilt } from '../support/built.ts';

const root = join(import.meta.dirname, '../..');
const text = (page: string): Promise<string> => readFile(fromRoot(page), 'utf8');
const scripts: Record<string, string> = JSON.parse(await text('package.json')).scripts;
const pages = [...(await documents()), 'examples/README.md', 'proofs/README.md'];
const lines = (
  await Promise.all(
    pages.map(async (page) => shellCommands(await text(page)).map((line) => ({ page, ...line }))),
  )
).flat();
const withLines = [...new Set(lines.map(({ page }) => page))];

/** The files that the commands of a page speak of. */
const FILES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'README.md': { 'model.json': 'examples/saddle.json', 'runs/a.json': 'examples/exact.json' },
};
/** The saddle is no local minimum, which is an answer. */
const ANSWERS: Readonly<Record<string, number>> = { 'npx everymin check model.json': 1 };

/** What is not run as it stands: why, and what is checked of it instead. */
const EXCEPTIONS: readonly { command: string; why: string; instead(): void }[] = [
  {
    command: 'npm test',
    why: 'this test is part of it',
    instead: () => expect(scripts.test).toBe('vitest run'),
  },
  {
    command: 'scripts/install-libtensorflow.sh FOLDER',
    why: 'it downloads half a gigabyte; CI runs it, and here it runs where that has been done',
    instead: () => {
      const script = join(root, 'scripts/install-libtensorflow.sh');
      expect(spawnSync('bash', ['-n', script]).status).toBe(0);
      const unnamed = spawnSync(script, { encoding: 'utf8' });
      expect(unnamed.status).not.toBe(0);
      expect(unnamed.stderr).toContain('usage: install-libtensorflow.sh FOLDER');
      const ready = process.env.EVERYMIN_TFJS_NODE;
      if (ready === undefined) return;
      const again = spawnSync(script, [ready], { encoding: 'utf8' });
      expect([again.status, again.stdout]).toEqual([0, expect.stringContaining('is ready')]);
    },
  },
];

test('there are commands, on more pages than one', () => {
  expect(lines.length).toBeGreaterThan(12);
  expect(withLines.length).toBeGreaterThan(1);
});

test.each(EXCEPTIONS)('$command is not run: $why', ({ command, instead }) => {
  expect(
    lines.map((line) => line.command),
    'an exception that no page needs',
  ).toContain(command);
  instead();
});

describe.runIf(isBuilt)('every other line of a block of shell commands does what the page says', () => {
  test.concurrent.each(withLines)(
    '%s',
    async (page) => {
      const excepted = new Set(EXCEPTIONS.map(({ command }) => command));
      const run = lines.filter((line) => line.page === page && !excepted.has(line.command));
      expect(run.length).toBeGreaterThan(0);
      let exported = '';
      const commands = run.map(({ command }) => {
        if (command.startsWith('export ')) exported += `${command}; `;
        return `${exported}${command}`;
      });
      const { results } = await runCommands(commands, FILES[page] ?? {});
      for (const [k, { command, exit }] of run.entries()) {
        const { code, output } = results[k]!;
        expect(code, `${page}: ${command}\n${output}`).toBe(ANSWERS[command] ?? exit);
      }
    },
    300_000,
  );
});

describe.runIf(isBuilt)('a command in a sentence', () => {
  const prose = (markdown: string): string => markdown.replace(/^```[\s\S]*?^```$/gm, '');
  const spans = async (pattern: RegExp) =>
    (await Promise.all(pages.map(async (page) => [...prose(await text(page)).matchAll(pattern)]))).flat();

  test('is a command of everymin, npm or the bench', async () => {
    const said = (await spans(/`(?:npx )?(everymin|npm|node) ([^`]+)`/g)).map((m) => [m[1]!, m[2]!] as const);
    expect(said.length).toBeGreaterThan(10);
    const known = await knownCommands();
    expect(known.size).toBeGreaterThan(6);
    for (const [program, words] of said) {
      const [first = '', second = ''] = words.split(' ');
      if (program === 'everymin') expect([...known.keys(), 'COMMAND'], words).toContain(first);
      else if (program === 'npm' && first === 'run') expect(Object.keys(scripts), words).toContain(second);
      else if (program === 'npm') expect(['ci', 'install', 'start', 'test'], words).toContain(first);
      else expect(spawnSync('node', [join(root, first), '--help'], { cwd: root }).status, words).toBe(0);
    }
  });

  test('has options that its help lists', async () => {
    const known = await knownCommands();
    const said = (await spans(/`([^`]*--[a-z][^`]*)`/g)).map((match) => match[1]!);
    expect(said.length).toBeGreaterThan(20);
    for (const span of said) {
      const name = /everymin (\w+)/.exec(span)?.[1] ?? /^(\w+) --/.exec(span)?.[1];
      const help = name !== undefined && known.has(name) ? known.get(name)! : [...known.values()].join('\n');
      if (span.startsWith('npm ') || span.startsWith('node ')) continue;
      for (const [option] of span.matchAll(/--[a-z]+(?:-[a-z]+)*/g))
        expect(help.includes(`${option} `) || help.includes(`${option}\n`), `${span}: ${option}`).toBe(true);
    }
  });
});

/** The help of each command, by its name. */
const knownCommands = once(async (): Promise<ReadonlyMap<string, string>> => {
  const { results } = await runCommands(['npx everymin --help']);
  const names = [...results[0]!.output.matchAll(/^ {2}([a-z]+) .*\[options\]/gm)].map((match) => match[1]!);
  const helps = await runCommands(names.map((name) => `npx everymin ${name} --help`));
  return new Map(names.map((name, k) => [name, helps.results[k]!.output]));
});

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
