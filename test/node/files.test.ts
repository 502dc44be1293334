import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InstanceError } from '../../src/instance/error.ts';
import { loadInstanceFile } from '../../src/node/files.ts';
import { npy } from '../instance/writers.ts';

let root: string;
const at = (...parts: string[]) => join(root, ...parts);

const instance = (npyPath: string) =>
  JSON.stringify({
    everymin: 1,
    model: { type: 'mlp', inputs: 1, layers: [{ units: 1 }] },
    loss: { type: 'squared' },
    data: { inputs: { npy: npyPath }, targets: [[1], [2]] },
    parameters: { W1: [[1]] },
  });
const write = (path: string, npyPath: string) => {
  writeFileSync(path, instance(npyPath));
  return path;
};
const refusal = async (path: string, allowOutside = false): Promise<string> => {
  const error: unknown = await loadInstanceFile(path, { allowOutside }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InstanceError);
  const { message } = error as InstanceError;
  expect(message.startsWith(`${path}: `)).toBe(true);
  return message.slice(path.length + 2);
};

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'everymin-files-'));
  mkdirSync(at('in', 'sub'), { recursive: true });
  mkdirSync(at('out'));
  mkdirSync(at('inside'));
  for (const folder of ['in', 'in/sub', 'out', 'inside'])
    writeFileSync(at(folder, 'x.npy'), npy([2, 1], [1, 2]));
});
afterAll(() => rmSync(root, { recursive: true }));

describe('referenced files', () => {
  it('are found beside the instance and below, also through links that stay inside', async () => {
    symlinkSync('sub', at('in', 'folder-link'));
    symlinkSync(at('in', 'sub', 'x.npy'), at('in', 'link.npy'));
    for (const path of [
      'x.npy',
      'sub/x.npy',
      './sub//x.npy',
      'sub/../x.npy',
      'folder-link/x.npy',
      'link.npy',
    ]) {
      expect((await loadInstanceFile(write(at('in', 'i.json'), path))).inputs.float(1), path).toBe(2);
    }
  });

  it('are found when the folder of the instance is itself a link', async () => {
    symlinkSync(at('in'), at('in-link'));
    write(at('in', 'i.json'), 'sub/x.npy');
    expect((await loadInstanceFile(at('in-link', 'i.json'))).m).toBe(2);
  });

  const OUT = 'data.inputs: cannot read';
  it.each([
    ['an absolute link', 'absolute.npy', () => symlinkSync(at('out', 'x.npy'), at('in', 'absolute.npy'))],
    ['a relative link', 'relative.npy', () => symlinkSync('../out/x.npy', at('in', 'relative.npy'))],
    ['a link to a folder', 'folder/x.npy', () => symlinkSync('../out', at('in', 'folder'))],
    [
      'a link to a sibling with the same beginning',
      'sibling/x.npy',
      () => symlinkSync(at('inside'), at('in', 'sibling')),
    ],
    ['a link, then up', 'folder/../out/x.npy', () => undefined],
  ])('are refused outside: %s', async (_, path, prepare) => {
    prepare();
    const file = write(at('in', 'i.json'), path);
    const message = await refusal(file);
    expect(message).toMatch(
      /(is a link out of the folder of the instance; copy the file, or use --allow-outside|no such file; check the path)$/,
    );
    expect(message.startsWith(OUT)).toBe(true);
  });

  it('may lie outside when that is allowed', async () => {
    for (const path of ['../out/x.npy', at('out', 'x.npy'), 'absolute.npy']) {
      const file = write(at('in', 'i.json'), path);
      expect((await loadInstanceFile(file, { allowOutside: true })).m, path).toBe(2);
      await refusal(file);
    }
  });

  it('are never pipes, devices, folders or giants', async () => {
    execFileSync('mkfifo', [at('in', 'pipe')]);
    writeFileSync(at('in', 'giant'), '');
    truncateSync(at('in', 'giant'), 600 * 2 ** 20);
    const cases = [
      ['pipe', 'it is a pipe or a device; give an ordinary file'],
      ['/dev/zero', 'it is a pipe or a device; give an ordinary file'],
      ['sub', 'it is a folder; give a file'],
      ['giant', 'it has 600 MiB, at most 512 are read; use less data'],
    ] as const;
    for (const [path, fault] of cases) {
      const file = write(at('in', 'i.json'), path);
      expect(await refusal(file, true)).toBe(`data.inputs: cannot read "${path}": ${fault}`);
    }
  });
});

describe('the instance file', () => {
  it('is refused in one line when it cannot be read', async () => {
    symlinkSync('self.json', at('self.json'));
    execFileSync('mkfifo', [at('pipe.json')]);
    writeFileSync(at('giant.json'), '');
    truncateSync(at('giant.json'), 200 * 2 ** 20);
    const cases = [
      [at('none.json'), 'there is no such file; check the path'],
      [at('in'), 'it is a folder; give a file'],
      [at('in', 'x.npy', 'i.json'), 'a part of its path is not a folder; check the path'],
      [at('self.json'), 'its links run in a circle; give the file itself'],
      [at('pipe.json'), 'it is a pipe or a device; give an ordinary file'],
      ['/dev/null', 'it is a pipe or a device; give an ordinary file'],
      [at('giant.json'), 'it has 200 MiB, at most 128 are read; use less data'],
      [at(`${'n'.repeat(5000)}.json`), 'its path is too long; shorten it'],
    ] as const;
    for (const [path, fault] of cases) {
      const error: unknown = await loadInstanceFile(path).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InstanceError);
      expect((error as InstanceError).fault).toBe(`cannot read it: ${fault}`);
    }
  });

  it.skipIf(process.getuid?.() === 0)('says when permission is denied', async () => {
    const file = write(at('secret.json'), 'x.npy');
    chmodSync(file, 0);
    expect(await refusal(file)).toBe('cannot read it: permission denied; make it readable');
  });

  it('cannot disturb the terminal by its name', async () => {
    const error: unknown = await loadInstanceFile(at('\u001b[31m\u202e\n.json')).catch(
      (thrown: unknown) => thrown,
    );
    expect((error as Error).message).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});
