import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeWhole } from '../../src/node/write-whole.ts';
import { run } from './harness.ts';

describe('everymin graph', () => {
  const written = new Map<string, string>();
  const services = {
    writeFile: async (path: string, content: string) => {
      written.set(path, content);
    },
  };
  beforeEach(() => written.clear());

  test.each([
    [['graph'], 'graph as svg\n'],
    [['graph', '--format', 'dot'], 'graph as dot\n'],
    [['graph', '--format', 'json'], 'graph as json\n'],
  ])('%j to stdout', async (argv, text) => {
    expect(await run(argv, { services })).toMatchObject({ code: 0, out: text, err: '' });
    expect(written.size).toBe(0);
  });

  test.each([
    [['graph', '-o', 'a.dot'], 'a.dot', 'graph as dot\n'],
    [['graph', '--output', 'a.JSON'], 'a.JSON', 'graph as json\n'],
    [['graph', '-o', 'plain', '--format', 'json'], 'plain', 'graph as json\n'],
    [['graph', '-o', 'a.html'], 'a.html', 'graph as svg\n'],
  ])('%j to a file', async (argv, path, text) => {
    expect(await run(argv, { services })).toMatchObject({ code: 0, out: '', err: '' });
    expect([...written]).toEqual([[path, text]]);
  });

  test.each([
    [['graph', '-o', 'a.svg', '--format', 'dot'], /--format dot does not fit a\.svg/],
    [['graph', '--format', 'png'], /svg, dot, json/],
    [['graph', 'x'], /too many arguments/],
  ])('%j: exit 2, one line', async (argv, line) => {
    const { code, out, err } = await run(argv, { services });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(line);
    expect(err).toMatch(/^everymin: [^\n]*\n$/);
  });
});

describe('a file is written as a whole or not at all', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'everymin-write-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('over an old one, with nothing left beside it', async () => {
    const path = join(folder, 'graph.svg');
    await writeFile(path, 'old');
    await writeWhole(path, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['graph.svg']);
  });

  test('a name as long as the system takes', async () => {
    const path = join(folder, 'x'.repeat(255));
    await writeWhole(path, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
  });

  test('what stands in the place of a link is replaced, not what it points to', async () => {
    await writeFile(join(folder, 'target'), 'old');
    await symlink('target', join(folder, 'link'));
    await writeWhole(join(folder, 'link'), 'new');
    expect(await readFile(join(folder, 'target'), 'utf8')).toBe('old');
  });

  test.each([
    ['nowhere/graph.svg', /graph\.svg cannot be written: its folder is not there; make it first/],
    ['folder', /folder cannot be written: it is a folder; name a file/],
    ['x'.repeat(300), /its name is too long/],
  ])('%s: a fault that names the mend, exit 2', async (name, message) => {
    await mkdir(join(folder, 'folder'));
    await expect(writeWhole(join(folder, name), 'new')).rejects.toThrow(message);
    expect(await readdir(folder)).toEqual(['folder']);
    const { code, err } = await run(['graph', '-o', join(folder, name)], {
      services: { writeFile: writeWhole },
    });
    expect(code).toBe(2);
    expect(err).toMatch(/^everymin: [^\n]*\n$/);
  });
});
