import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { rocqVersion } from '../../../src/node/rocq/tools.ts';
import { type RocqRequest, verifyRocq } from '../../../src/node/rocq/verify.ts';
import { rocqRuns } from '../../support/rocq.ts';

let place = '';
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'everymin-rocq-test-'));
});
afterAll(() => rm(place, { recursive: true, force: true }));

/** A development of two files of plain Rocq, changed as told. */
async function development(changes: Readonly<Record<string, string>> = {}): Promise<RocqRequest> {
  const sources = await mkdtemp(join(place, 'sources-'));
  const files = {
    _CoqProject: '-Q . everymin\nbase.v\ndeep/top.v\n',
    'base.v': 'Definition two := 2.\nLemma base : two = 2.\nProof. reflexivity. Qed.\n',
    'deep/top.v':
      'From everymin Require Import base.\nTheorem top : two + two = 4.\nProof. rewrite base. reflexivity. Qed.\n' +
      'Theorem other : True.\nProof. exact I. Qed.\n',
    ...changes,
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(sources, file)), { recursive: true });
    await writeFile(join(sources, file), text);
  }
  const theorems = [
    { about: 'a', file: 'base.v', name: 'base', says: 'two is 2' },
    { about: 'b', file: 'deep/top.v', name: 'top', says: 'twice' },
    { about: 'b', file: 'deep/top.v', name: 'other', says: 'nothing' },
  ];
  return { sources, cache: await mkdtemp(join(place, 'cache-')), theorems };
}

describe.runIf(rocqRuns)('a development in Rocq', () => {
  test('is built once, and each theorem is verified', async () => {
    const request = await development();
    const phases: string[] = [];
    const report = await verifyRocq(request, ({ phase }) => phases.push(phase));
    expect(report).toMatchObject({ status: 'verified', files: 2, lines: 8, reused: false, errors: [] });
    expect(phases).toEqual(['Rocq: base.v', 'Rocq: deep/top.v']);
    expect(report.theorems.map(({ name, status, axioms }) => [name, status, axioms])).toEqual([
      ['base', 'verified', []],
      ['top', 'verified', []],
      ['other', 'verified', []],
    ]);
    expect(report.theorems[1]!.statement).toBe('two + two = 4');
    expect(await verifyRocq(request)).toMatchObject({ status: 'verified', reused: true });
  });

  test('only what is asked for is built', async () => {
    const request = { ...(await development()), about: ['a'] };
    const phases: string[] = [];
    const report = await verifyRocq(request, ({ phase }) => phases.push(phase));
    expect(phases).toEqual(['Rocq: base.v']);
    expect(report.theorems.map(({ name }) => name)).toEqual(['base']);
    expect(report.status).toBe('verified');
  });

  test('a statement that is not true any more fails, with what Rocq says; the others stand', async () => {
    const request = await development({
      'base.v': 'Definition two := 3.\nLemma base : two = 3.\nProof. reflexivity. Qed.\n',
    });
    const report = await verifyRocq(request);
    expect(report.status).toBe('failed');
    expect(report.errors.join('\n')).toMatch(/deep\/top\.v/);
    expect(report.theorems.map(({ status }) => status)).toEqual(['verified', 'failed', 'failed']);
    expect(report.theorems[1]!.message).toBe('deep/top.v does not compile');
  });

  test('a name that is gone fails', async () => {
    const request = await development({
      'deep/top.v':
        'Theorem tip : True.\nProof. exact I. Qed.\nTheorem other : True.\nProof. exact I. Qed.\n',
    });
    const report = await verifyRocq(request);
    expect(report.theorems.map(({ status }) => status)).toEqual(['verified', 'failed', 'verified']);
    expect(report.theorems[1]!.message).toMatch(/top was not found/);
  });

  test('an axiom of its own fails the theorem that uses it, and is named where nothing does', async () => {
    const used = await development({
      'base.v': 'Axiom two : nat.\nAxiom base : two = 2.\n',
      'deep/top.v':
        'From everymin Require Import base.\nTheorem top : two + two = 4.\nProof. rewrite base. reflexivity. Qed.\n' +
        'Theorem other : True.\nProof. exact I. Qed.\n',
    });
    const report = await verifyRocq(used);
    expect(report.status).toBe('failed');
    expect(report.theorems.map(({ status }) => status)).toEqual(['failed', 'failed', 'verified']);
    expect(report.theorems[1]!.message).toMatch(/^it rests on .*two.*base|^it rests on .*base.*two/);
    expect(report.unproved.map(({ file, line }) => [file, line])).toEqual([
      ['base.v', 1],
      ['base.v', 2],
    ]);
    const unused = await development({ 'deep/more.v': '', 'base.v': `${BASE}Lemma c : False.\nAdmitted.\n` });
    expect(await verifyRocq(unused)).toMatchObject({
      status: 'failed',
      unproved: [{ file: 'base.v', line: 5, command: 'Admitted' }],
    });
  });

  test('an axiom with an allowed name in another module is not allowed', async () => {
    const request = await development({
      'base.v':
        'Definition two := 2.\nAxiom propositional_extensionality : two = 2.\nLemma base : two = 2.\n' +
        'Proof. exact propositional_extensionality. Qed.\n',
    });
    const report = await verifyRocq(request);
    expect(report.theorems[0]).toMatchObject({ status: 'failed' });
  });

  test('two at once: one builds, the other waits and finds it built', async () => {
    const request = await development();
    const reports = await Promise.all([verifyRocq(request), verifyRocq(request)]);
    expect(reports.map(({ status }) => status)).toEqual(['verified', 'verified']);
    expect(reports.filter(({ reused }) => reused)).toHaveLength(1);
  });

  test('a lock of a process that is gone is no lock', async () => {
    const request = { ...(await development()), about: ['a'] };
    const gone = spawnSync('true').pid;
    await writeFile(join(request.cache!, 'lock'), String(gone));
    expect((await verifyRocq(request)).status).toBe('verified');
    expect(await readdir(request.cache!)).toHaveLength(1);
  });

  test('builds of other sources are removed from the cache, and nothing else is', async () => {
    const request = await development();
    await mkdir(join(request.cache!, '8.0.0-0123456789abcdef'), { recursive: true });
    await mkdir(join(request.cache!, 'mine'));
    const { folder } = await verifyRocq({ ...request, about: ['a'] });
    expect((await readdir(request.cache!)).map((name) => join(request.cache!, name)).sort()).toEqual(
      [folder, join(request.cache!, 'mine')].sort(),
    );
  });
});

const BASE = 'Definition two := 2.\nLemma base : two = 2.\nProof. reflexivity. Qed.\n';

test('without Rocq: one sentence with the mend', async () => {
  vi.stubEnv('PATH', place);
  try {
    await expect(rocqVersion()).rejects.toMatchObject({
      name: 'RocqMissing',
      message: expect.stringMatching(/^coqc, coq_makefile and make are not on the path; on Debian 12: /),
    });
  } finally {
    vi.unstubAllEnvs();
  }
});
