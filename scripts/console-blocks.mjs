// The console blocks of the documents: how they are read, run and written. The test and the refreshing script share this.
import { spawn, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** README.md and every page of docs/, by its path from the root. docs/gallery/ is written by another script. */
export async function documents() {
  const pages = await readdir(join(root, 'docs'), { recursive: true });
  const inDocs = pages.filter((name) => name.endsWith('.md') && !/^gallery[/\\]/.test(name));
  return ['README.md', ...inDocs.map((name) => `docs/${name.replaceAll('\\', '/')}`).sort()];
}

/**
 * The blocks ```console of a page. In a block a line `$ COMMAND` is followed by what it prints. A comment on the line
 * before the block may say `show: lines 1-9`, `show: paragraphs 1 3` (the rest is left out, as a line …),
 * `show: varies` (it differs from machine to machine), `exit: 2` (the code of the last command; default 0, 1 or 5), and
 * `needs: rocq` (it is run only where Rocq is installed).
 */
export function consoleBlocks(markdown) {
  const pattern = /(?:^<!-- (?<notes>[^\n]*) -->\n)?^```console\n(?<body>[\s\S]*?)^```$/gm;
  return [...markdown.matchAll(pattern)].map((match) => {
    const { notes = '', body } = match.groups;
    const start = match.index + match[0].length - body.length - 3;
    const show = /show: ([\w ,-]+?)(?:;|$)/.exec(notes)?.[1];
    const exit = /exit: (\d+)/.exec(notes)?.[1];
    const needs = /needs: (\w+)/.exec(notes)?.[1];
    return {
      start,
      end: start + body.length,
      commands: commandsOf(body),
      ...(show === undefined ? {} : { show }),
      ...(exit === undefined ? {} : { exit: Number(exit) }),
      ...(needs === undefined ? {} : { needs }),
    };
  });
}

function commandsOf(body) {
  const commands = [];
  for (const line of body.split('\n').slice(0, -1)) {
    if (line.startsWith('$ ')) commands.push({ command: line.slice(2), printed: '' });
    else if (commands.length === 0) throw new Error(`a console block starts with ${line}`);
    else commands.at(-1).printed += `${line}\n`;
  }
  return commands;
}

/** The commands of the blocks ```sh of a page, one a line; a comment before the block may say `exit: 2`, as above. */
export function shellCommands(markdown) {
  const pattern = /(?:^<!-- (?<notes>[^\n]*) -->\n)?^```sh\n(?<body>[\s\S]*?)^```$/gm;
  return [...markdown.matchAll(pattern)].flatMap((match) => {
    const { notes = '', body } = match.groups;
    const exit = /exit: (\d+)/.exec(notes)?.[1];
    const lines = body.split('\n').filter((line) => line !== '');
    return lines.map((line, k) => ({
      command: line.replace(/\s+# .*$/, ''),
      exit: exit !== undefined && k === lines.length - 1 ? Number(exit) : 0,
    }));
  });
}

/** Whether this machine has what a block `needs`. */
export const hasNeeded = (what) => spawnSync({ rocq: 'coqc' }[what] ?? what, ['--version']).status === 0;

/** The exit codes that a command may have: the one that is announced, or those of an answer. */
export const allowedExits = (announced) => (announced === undefined ? [0, 1, 5] : [announced]);

/** What of an output a block shows. */
export function shown(output, show) {
  const text = output.replace(/\n+$/, '');
  if (text === '') return '';
  const [unit, ...ranges] = (show ?? 'varies').split(' ');
  if (unit === 'varies') return `${text}\n`;
  const separator = unit === 'lines' ? '\n' : '\n\n';
  const parts = text.split(separator);
  const kept = new Set(ranges.flatMap(numbersOf));
  const out = [];
  parts.forEach((part, i) => {
    if (kept.has(i + 1)) out.push(part);
    else if (out.at(-1) !== '…') out.push('…');
  });
  return `${out.join(separator)}\n`;
}

function numbersOf(range) {
  const [from, to = from] = range.split('-').map(Number);
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Times are not the same twice, and move the line breaks after them. */
export const comparable = (text) => {
  const masked = text
    .replace(/ time="[\d.]+"/g, ' time="<time>"')
    .replace(/\b\d+(\.\d+)?(e[-+]?\d+)?\s+(ms|s)\b(?!\s*[\^+*])/g, '<time>');
  return masked === text ? text : masked.replace(/\s+/g, ' ');
};

/**
 * What a block says now: as it was where only times differ. Of an answer that varies from machine to machine, that is asked
 * line by line.
 */
export function renewed(printed, now, show) {
  if (comparable(printed) === comparable(now)) return printed;
  if (show !== 'varies') return now;
  const before = new Map(printed.split('\n').map((line) => [comparable(line), line]));
  return now
    .split('\n')
    .map((line) => before.get(comparable(line)) ?? line)
    .join('\n');
}

/**
 * Runs the commands of one page in order, in a folder of their own that holds examples/ and is removed at the end.
 * `npx everymin` is the built command. `files`: others that are put there, by name and from where. Gives each command's
 * stdout and stderr as one text and its exit code, and the files that were written below docs/.
 */
export async function runCommands(commands, files = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'everymin-docs-'));
  try {
    await symlink(join(root, 'dist'), join(folder, 'dist'));
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    await symlink(join(root, 'scripts'), join(folder, 'scripts'));
    await cp(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
    for (const [name, from] of Object.entries(files)) await cp(resolve(root, from), join(folder, name));
    await cp(join(root, 'package.json'), join(folder, 'package.json'));
    await mkdir(join(folder, 'docs/gallery'), { recursive: true });
    const rc = join(folder, '.docs.sh');
    await writeFile(rc, SHIMS);
    const results = [];
    for (const command of commands) results.push(await run(`. ./.docs.sh\n${command}`, folder));
    const written = {};
    for (const entry of await readdir(join(folder, 'docs'), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile())
        written[relative(folder, path).replaceAll('\\', '/')] = await readFile(path, 'utf8');
    }
    return { results, written };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** `npm ci` is what set this checkout up; the others run what npm would run. */
const SHIMS = `
npx() { [ "$1" = everymin ] && shift && node dist/src/cli/main.js "$@"; }
npm() { case "$1" in ci) ;; start) sh -c "$(node -p 'require("./package.json").scripts.start')" ;; *) return 64 ;; esac; }
`;

function run(command, cwd) {
  return new Promise((done, fail) => {
    const { NO_COLOR: _c, FORCE_COLOR: _f, ...env } = process.env;
    const child = spawn('bash', ['-c', command], { cwd, env: { ...env, LC_ALL: 'C.UTF-8' } });
    let output = '';
    const take = (text) => {
      output += text;
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', fail);
    child.on('close', (code) => done({ output, code }));
  });
}

/** Blocks that show a file: `<!-- file: PATH -->` or `<!-- file: PATH lines 3-9 -->` stands on the line before. */
export function fileBlocks(markdown) {
  const pattern =
    /^<!-- file: (?<path>[\w./-]+)(?: lines (?<lines>[\d-]+))? -->\n^```\w+\n(?<body>[\s\S]*?)^```$/gm;
  return [...markdown.matchAll(pattern)].map((match) => {
    const { path, lines, body } = match.groups;
    const start = match.index + match[0].length - body.length - 3;
    return { path, start, end: start + body.length, body, ...(lines === undefined ? {} : { lines }) };
  });
}

/** What a block shows of its file. */
export async function excerpt({ path, lines }) {
  const text = await readFile(join(root, path), 'utf8');
  if (lines === undefined) return text;
  const [from, to] = lines.split('-').map(Number);
  return `${text
    .split('\n')
    .slice(from - 1, to)
    .join('\n')}\n`;
}

/** A page with every block filled anew, and the files below docs/ that its commands write, by path. */
export async function refreshed(path) {
  let text = await readFile(join(root, path), 'utf8');
  const blocks = consoleBlocks(text).filter(({ needs }) => needs === undefined || hasNeeded(needs));
  const commands = blocks.flatMap((block) => block.commands.map(({ command }) => command));
  const { results, written } = await runCommands(commands);
  const ends = blocks.flatMap(({ commands: told, exit }) =>
    told.map((_, k) => (k === told.length - 1 ? exit : undefined)),
  );
  results.forEach(({ code, output }, k) => {
    if (!allowedExits(ends[k]).includes(code))
      throw new Error(`${path}: ${commands[k]}: exit ${code}\n${output}`);
  });
  const edits = blocks.map(({ start, end, show, commands: told }) => ({
    start,
    end,
    body: told
      .map(({ command, printed }) => {
        const now = shown(results.shift().output, show);
        return `$ ${command}\n${renewed(printed, now, show)}`;
      })
      .join(''),
  }));
  for (const block of fileBlocks(text)) {
    edits.push({ start: block.start, end: block.end, body: await excerpt(block) });
  }
  for (const { start, end, body } of edits.sort((a, b) => b.start - a.start)) {
    text = text.slice(0, start) + body + text.slice(end);
  }
  return { ...written, [path]: text };
}

export const fromRoot = (path) => relative(process.cwd(), join(root, path));
