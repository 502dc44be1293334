import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { check } from '../../src/check/index.ts';
import { nodeServices } from '../../src/cli/node-services.ts';
import { loadInstanceFile } from '../../src/node/files.ts';
import { writeWhole } from '../../src/node/write-whole.ts';
import { npy } from '../instance/writers.ts';
import { isBuilt, main } from '../support/built.ts';
import { named, type Ran, run, type Setting } from './harness.ts';

let folder: string;
const at = (...names: string[]): string => join(folder, ...names);
const known = (id: string): string => `test/instances/${id}.json`;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everymin-escape-'));
});
afterEach(() => rm(folder, { recursive: true }));

const command = (args: readonly string[], input?: string) =>
  spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', input });
const escaping = (argv: readonly string[], setting: Setting = {}): Promise<Ran> =>
  run(['escape', ...argv], { ...setting, services: { escape: nodeServices.escape } });
const lossOf = async (path: string) =>
  (await check(await loadInstanceFile(path), { results: ['theorem-1'] })).results[0]!.left!;

describe('the way down', () => {
  test.each(['I05', 'P1', 'P3', 'I04', 'I10', 'I12', 'I18', 'I38', 'I43'])(
    '%s: the file that is written loads, and a check of it finds the loss that was announced',
    async (id) => {
      const before = await readFile(known(id), 'utf8');
      const { code, out, err } = await escaping([known(id), '-o', at('out.json'), '--format', 'json']);
      expect([code, err]).toEqual([0, '']);
      const answer = JSON.parse(out);
      expect(answer).toMatchObject({ outcome: 'moved', written: at('out.json') });
      expect(await lossOf(at('out.json'))).toEqual(answer.after);
      expect(await lossOf(known(id))).toEqual(answer.before);
      const upper = (quantity: { exact?: string; upper?: number }) =>
        quantity.exact === undefined ? quantity.upper! : fraction(quantity.exact);
      expect(upper(answer.after)).toBeLessThan(upper(answer.before));
      const [first, second] = [JSON.parse(before), JSON.parse(await readFile(at('out.json'), 'utf8'))];
      expect(second.parameters).not.toEqual(first.parameters);
      expect({ ...second, parameters: 0 }).toEqual({ ...first, parameters: 0 });
      expect(Object.keys(second)).toEqual(Object.keys(first));
      expect(await readFile(known(id), 'utf8')).toBe(before);
      expect(await readdir(folder)).toEqual(['out.json']);
    },
  );

  test('in words', async () => {
    const { out } = await escaping([known('I05')]);
    expect(out).toMatch(/^L falls from 2 to 1 \(exact\)$/m);
    expect(out).toMatch(/L changes by -6 s\^3/);
    expect(out).toMatch(/^ {2}W3\[0\]\[0\]: 0 → 1$/m);
    expect(out).toMatch(/\nNothing was written; -o OUT writes it\.\n$/);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    expect((await escaping([known('I05')], { env: { LANG: 'C' } })).out).toMatch(/: 0 -> 1$/m);
  });

  test('from stdin', async () => {
    const stdin = [await readFile(known('I05'))];
    const { code, out } = await escaping(['-', '-o', at('out.json')], { stdin });
    expect([code, out]).toEqual([0, expect.stringContaining(`Written to ${at('out.json')}.`)]);
    expect(await lossOf(at('out.json'))).toEqual({ exact: '1' });
  });
});

const fraction = (text: string): number => {
  const [numerator, denominator = '1'] = text.split('/');
  return Number(numerator) / Number(denominator);
};

describe('no way down', () => {
  test.each(['I01', 'I06', 'I15', 'I16'])('%s: exit 1, and nothing is written', async (id) => {
    const { code, out, err } = await escaping([known(id), '-o', at('out.json')]);
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(/^There is nothing to escape from: a local minimum \(exact\)$/m);
    expect(await readdir(folder)).toEqual([]);
  });

  test('undecided: exit 5; out of time: exit 4; nothing is written', async () => {
    const kink = await escaping(['examples/kink.json', '-o', at('out.json'), '--format', 'json']);
    expect(kink.code).toBe(5);
    expect(JSON.parse(kink.out)).toMatchObject({ outcome: 'undecided', written: null });
    expect(await readdir(folder)).toEqual([]);
  });

  // The thread of a search with a time limit runs the built program.
  test.runIf(isBuilt)('out of time: exit 4, nothing is written; in time: the same file', async () => {
    const late = command(['escape', known('P3'), '-o', at('out.json'), '--timeout', '0.000001']);
    expect(late.status).toBe(4);
    expect(late.stdout).toContain('the time limit was reached');
    expect(await readdir(folder)).toEqual([]);
    const inTime = command([
      'escape',
      known('P3'),
      '-o',
      at('a.json'),
      '--timeout',
      '600',
      '--format',
      'json',
    ]);
    expect([inTime.status, inTime.stderr]).toEqual([0, '']);
    expect(command(['escape', known('P3'), '-o', at('b.json')]).status).toBe(0);
    expect(await readFile(at('a.json'), 'utf8')).toBe(await readFile(at('b.json'), 'utf8'));
    const piped = command(['escape', '-', '--timeout', '600'], await readFile(known('P3'), 'utf8'));
    expect([piped.status, piped.stderr]).toEqual([0, '']);
  });

  test('an instance that is broken: exit 2, one line', async () => {
    await writeFile(at('bad.json'), '{"everymin": 1}');
    for (const path of [at('bad.json'), at('none.json')]) {
      const { code, out, err } = await escaping([path, '-o', at('out.json')]);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/^everymin: [^\n]*\n$/);
      expect(await readdir(folder)).toEqual(['bad.json']);
    }
  });

  test.each([[['escape']], [['escape', 'a', 'b']], [['escape', 'a', '--format', 'jsonl']]])(
    '%j: exit 2',
    async (argv) => {
      const { code, out, err } = await run(argv);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/^everymin: [^\n]*\n$/);
    },
  );

  test('an error of the search is told like every other', async () => {
    const failing = async () => {
      throw named('InstanceError', 'a.json: data lacks "inputs"');
    };
    const { code, err } = await run(['escape', 'a.json'], { services: { escape: failing } });
    expect([code, err]).toEqual([2, 'everymin: a.json: data lacks "inputs"\n']);
  });
});

describe('no file is lost', () => {
  test('neither the input nor another file is replaced without --force', async () => {
    const text = await readFile(known('I05'), 'utf8');
    await writeFile(at('in.json'), text);
    await writeFile(at('other.json'), 'precious');
    await symlink('in.json', at('link.json'));
    for (const [name, line] of [
      ['in.json', /in\.json is the input; choose another name, or use --force/],
      ['link.json', /link\.json is the input/],
      ['other.json', /other\.json is there already; choose another name, or use --force/],
      ['nowhere/out.json', /its folder is not there/],
    ] as const) {
      const { code, out, err } = await escaping([at('in.json'), '-o', at(name)]);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(line);
    }
    expect(await readFile(at('in.json'), 'utf8')).toBe(text);
    expect(await readFile(at('other.json'), 'utf8')).toBe('precious');
    expect(await readdir(folder)).toEqual(['in.json', 'link.json', 'other.json']);
  });

  test('with --force the old file is kept beside the new one, each time', async () => {
    await writeFile(at('out.json'), 'first');
    await writeFile(at('out.json~'), 'older');
    const { code, out } = await escaping([known('I05'), '-o', at('out.json'), '--force']);
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain(`The file that stood there is now ${at('out.json~2')}.`);
    expect(await readFile(at('out.json~2'), 'utf8')).toBe('first');
    expect(await readFile(at('out.json~'), 'utf8')).toBe('older');
    expect(await lossOf(at('out.json'))).toEqual({ exact: '1' });
  });

  test('a file that came to be during the search is not replaced', async () => {
    await writeFile(at('out.json'), 'precious');
    await expect(writeWhole(at('out.json'), 'new', { fresh: true })).rejects.toThrow(
      /out\.json cannot be written: a file of that name is there/,
    );
    expect(await readFile(at('out.json'), 'utf8')).toBe('precious');
    await writeWhole(at('free.json'), 'new', { fresh: true });
    expect(await readFile(at('free.json'), 'utf8')).toBe('new');
    expect((await readdir(folder)).sort()).toEqual(['free.json', 'out.json']);
  });

  test('the input itself, with --force', async () => {
    const text = await readFile(known('I04'), 'utf8');
    await writeFile(at('in.json'), text);
    expect((await escaping([at('in.json'), '-o', at('in.json'), '--force'])).code).toBe(0);
    expect(await readFile(at('in.json~'), 'utf8')).toBe(text);
    expect(await lossOf(at('in.json'))).toEqual({ exact: '13/16' });
  });

  test('--force without anything to replace, and onto a folder', async () => {
    expect((await escaping([known('I05'), '-o', at('out.json'), '--force'])).code).toBe(0);
    await mkdir(at('sub'));
    const { code, err } = await escaping([known('I05'), '-o', at('sub'), '--force']);
    expect([code, err]).toEqual([2, expect.stringContaining('it is a folder')]);
    expect((await readdir(folder)).sort()).toEqual(['out.json', 'sub']);
  });
});

describe('an instance that refers to other files', () => {
  const write = async (parameters: string, inputs: string): Promise<void> => {
    await writeFile(at('w.npy'), npy([1, 1], [0.1]));
    await writeFile(at('x.npy'), npy([2, 1], [1, 2]));
    await writeFile(
      at('in.json'),
      `{ "everymin": 1, "model": {"type": "mlp", "inputs": 1, "layers": [{"units": 1}, {"units": 1}]},
         "loss": {"type": "squared"}, "data": {"inputs": ${inputs}, "targets": [[1], [1]]},
         "parameters": ${parameters} }`,
    );
  };

  test('beside the input the references to data stay, and moved weights are written in place', async () => {
    await write('{"W1": {"npy": "w.npy"}, "W2": [["1/10"]]}', '{"npy": "x.npy"}');
    const { code, out } = await escaping([at('in.json'), '-o', at('out.json'), '--format', 'json']);
    expect(code).toBe(0);
    const written = JSON.parse(await readFile(at('out.json'), 'utf8'));
    expect(written.data.inputs).toEqual({ npy: 'x.npy' });
    expect(written.parameters.W1).toEqual([[expect.anything()]]);
    expect(await lossOf(at('out.json'))).toEqual(JSON.parse(out).after);
  });

  test('elsewhere it is refused while a reference is left, even when a file of that name is there', async () => {
    await write('{"W1": {"npy": "w.npy"}, "W2": [["1/10"]]}', '{"npy": "x.npy"}');
    await mkdir(at('sub'));
    await writeFile(at('sub', 'x.npy'), npy([2, 1], [5, 6]));
    const { code, out, err } = await escaping([at('in.json'), '-o', at('sub', 'out.json')]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/out\.json would not find x\.npy, .*; write it beside the input, for example to /);
    expect(await readdir(at('sub'))).toEqual(['x.npy']);
  });

  test('elsewhere it is written when no reference is left', async () => {
    await write('{"W1": {"npy": "w.npy"}, "W2": [["1/10"]]}', '[[1], [2]]');
    await mkdir(at('sub'));
    const { code, out } = await escaping([
      at('in.json'),
      '-o',
      at('sub', 'out.json'),
      ...['--format', 'json'],
    ]);
    expect(code).toBe(0);
    expect(await lossOf(at('sub', 'out.json'))).toEqual(JSON.parse(out).after);
  });
});
