import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { version } from '../../src/version.ts';
import { isBuilt, main } from '../support/built.ts';

const root = join(import.meta.dirname, '../..');
const instance = join(root, 'test/instances/I05.json');

function everymin(args: readonly string[], input?: string): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', cwd: root, input });
}

test('the version is that of package.json', () => {
  expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version).toBe(version);
});

describe.runIf(isBuilt)('the built command', () => {
  test('--version and --help', () => {
    expect(everymin(['--version'])).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(everymin(['--help'])).toMatchObject({ status: 0, stderr: '' });
  });

  test('is executable and starts with #!', () => {
    expect(spawnSync(main, ['--version'], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stdout: `${version}\n`,
    });
  });

  test('without the Typst package a PDF is refused before the work, in one sentence, with exit code 3', () => {
    const hook = `export async function resolve(name, context, next) {
      if (!name.startsWith('@myriaddreamin/')) return next(name, context);
      throw Object.assign(new Error('Cannot find package ' + name), { code: 'ERR_MODULE_NOT_FOUND' });
    }`;
    const data = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
    const without = data(`import { register } from 'node:module'; register(${JSON.stringify(data(hook))});`);
    const out = join(tmpdir(), `everymin-no-typst-${process.pid}.pdf`);
    // The instance is not even looked for.
    const args = ['--import', without, main, 'derive', 'theorem-1', 'no-such-file.json', '-o', out];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: root });
    expect([status, stdout]).toEqual([3, '']);
    const name = '@myriaddreamin/typst-ts-node-compiler';
    expect(stderr).toBe(
      `everymin: a PDF needs the optional package ${name}, which is not installed: npm install ${name}, or ask for --format latex\n`,
    );
    expect(existsSync(out)).toBe(false);
    const doctor = spawnSync(process.execPath, ['--import', without, main, 'doctor'], { encoding: 'utf8' });
    expect(doctor.status).toBe(0);
    expect(doctor.stdout).toMatch(
      /✗ Typst .*is not installed[^\n]*\n +→ npm install [^\n]*derive --format pdf/,
    );
  });

  test('checks an exact instance, from a file and from stdin, with and without a time limit', () => {
    const report = (args: string[], input?: string) => {
      const { status, stdout, stderr } = everymin(
        ['check', ...args, '--format', 'json', '--result', 'lemma-2,theorem-1'],
        input,
      );
      expect([status, stderr]).toEqual([0, '']);
      return JSON.parse(stdout, (key, value) => (key === 'resources' || key === 'seconds' ? 0 : value));
    };
    const first = report([instance]);
    expect(first.results.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['holds', 'holds']);
    expect(report([instance, '--timeout', '60'])).toEqual(first);
    const piped = report(['-'], readFileSync(instance, 'utf8'));
    expect(piped.instance.file).toBe('stdin');
    expect({ ...piped, instance: { ...piped.instance, file: instance } }).toEqual(first);
  });

  test('checks several files at a time as it checks one after another', () => {
    const files = ['I01', 'I05', 'I99', 'I02', 'I08'].map((id) => join(root, `test/instances/${id}.json`));
    const reports = (...args: string[]) => {
      const { status, stdout, stderr } = everymin(['check', ...files, '--format', 'json', ...args]);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^everymin: [^\n]*I99\.json[^\n]*\n$/);
      return JSON.parse(stdout, (key, value) => (key === 'resources' || key === 'seconds' ? 0 : value));
    };
    const one = reports('--jobs', '1');
    expect(one).toHaveLength(4);
    expect(reports('--jobs', '3')).toEqual(one);
    expect(reports('--jobs', '2', '--timeout', '60')).toEqual(one);
  });

  test('names the ids that are near, and prints the real statements', () => {
    const { status, stdout, stderr } = everymin(['check', instance, '--result', 'theorm-1']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^everymin: --result theorm-1: no such result; did you mean theorem-1\b.*\?\n$/);
    expect(everymin(['check', instance, '--result', 'lemma-1']).stderr).toContain('no check of it yet');
    for (const format of ['text', 'json', 'latex']) {
      const explained = everymin(['explain', 'theorem-1', '--format', format]);
      expect(explained.status).toBe(0);
      expect(explained.stdout.length).toBeGreaterThan(100);
    }
    expect(everymin(['explain', 'theorm-1'])).toMatchObject({ status: 2, stdout: '' });
  });

  test('ends quietly when nobody reads its answer', async () => {
    const child = spawn(process.execPath, [main, 'check', 'test/instances/I*.json', '--format', 'json'], {
      cwd: root,
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, stderr]).toEqual([141, '']);
  });

  test.skipIf(process.platform === 'win32')('ends at once on SIGINT', async () => {
    const child = spawn(process.execPath, [main, 'check', '-'], { cwd: root });
    setTimeout(() => child.kill('SIGINT'), 300);
    const signal = await new Promise((resolve) => child.on('close', (_code, by) => resolve(by)));
    // A shell reports this end as 130.
    expect(signal).toBe('SIGINT');
  });
});
