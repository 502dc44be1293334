import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeServices } from '../../src/cli/node-services.ts';
import { undecidedReport } from '../../src/derive/proofs/report.ts';
import type { ProveRequest } from '../../src/node/prove-here.ts';
import { theorem1 } from '../../theorems/theorem-1.ts';
import { isBuilt, main } from '../support/built.ts';
import { elementsOf } from '../support/xml.ts';
import { erratum, named, proved, run } from './harness.ts';

const refused = (id: string) => ({
  ...proved(id),
  status: 'refused' as const,
  failure: { result: id, step: 'S1', message: 'linear: expected 0 ≤ 1 but received 1 ≤ 0' },
});

describe('everymin prove', () => {
  test('without an id: every proof, the totals, and what has none', async () => {
    const { code, out, err } = await run(['prove']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^✓ lemma-2 .*\n {4}1 step · axiom CHAIN · uses lemma-2 · 12 ms\n✓ theorem-1 /);
    expect(out).toMatch(/\n2 results: 2 proved · 2 steps · 1 axiom .*: CHAIN · 24 ms in the\s+kernel/);
    expect(out).toMatch(/\nno proof yet: theorem-3\n$/);
  });

  test('one that is refused: the rest goes on, exit 1', async () => {
    const prove = async (id: string) => (id === 'lemma-2' ? refused(id) : proved(id));
    const { code, out } = await run(['prove'], { services: { prove } });
    expect(code).toBe(1);
    expect(out).toMatch(
      /^✗ lemma-2 .*\n {4}refused at S1:\n {4}linear: expected 0 ≤ 1 but received 1 ≤ 0\n✓ theorem-1/,
    );
    expect(out).toContain('2 results: 1 proved, 1 refused');
  });

  test('only those named, in their order; no totals for one', async () => {
    const { out } = await run(['prove', 'theorem-1']);
    expect(out.split('\n')).toHaveLength(3);
    expect(out).not.toContain('no proof yet');
    expect((await run(['prove', 'theorem-1', 'lemma-2'])).out).toMatch(/^✓ theorem-1[^✓]*✓ lemma-2/);
  });

  test('--steps: claims, sentences, rules and premises', async () => {
    const { out } = await run(['prove', 'theorem-1', '--steps']);
    expect(out).toContain(
      '    S1      L(θ) = 0\n            It is given.\n            by logic from critical · A.1\n',
    );
  });

  test.each([
    [['prove', 'theorm-1'], /no proof of theorm-1; did you mean theorem-1\?/],
    [['prove', 'nothing'], /no proof of nothing; known: lemma-2, theorem-1/],
    [['prove', 'theorem-3'], /theorem-3 has no proof yet; those that have: lemma-2, theorem-1\n/],
    [['prove', '--on', 'x.json'], /--on FILE shows the numbers of one or more results; name them/],
    [['prove', 'my.mjs', '--on', 'x.json'], /name them/],
    [['prove', '--format', 'xml'], /text, json, jsonl, junit/],
    [['prove', '--coq'], /unknown option/],
    [['prove', 'theorem-9', '--rocq'], /there is no theorem about theorem-9; known: theorem-1, topic/],
    [['prove', '--rocq', '--on', 'x.json'], /leave out --on/],
    [['prove', '--rocq', '--timeout', '9'], /leave out --timeout/],
    [['prove', '--rocq', '--format', 'sarif'], /text and json/],
    [['prove', '--rocq', '--passes'], /--passes is for/],
    [['prove', '--errata', 'erratum-9'], /there is no erratum-9; known: erratum-1, erratum-2/],
    [['prove', '--errata', '--on', 'x.json'], /leave out --on/],
    [['prove', '--errata', '--timeout', '1'], /leave out --timeout/],
    [['prove', '--timeout', '0'], /above 0/],
  ])('%j: exit 2, one line', async (argv, line) => {
    const { code, out, err } = await run(argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(line);
    expect(err).toMatch(/^everymin: [^\n]*\n$/);
  });

  test('JSON, lines of JSON, JUnit', async () => {
    const document = JSON.parse((await run(['prove', '--format', 'json'])).out);
    expect(document).toMatchObject({ everymin: '1.2.3', unproved: ['theorem-3'] });
    expect(document.proofs).toEqual([proved('lemma-2'), proved('theorem-1')]);
    const lines = (await run(['prove', '--format', 'jsonl'])).out.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).result)).toEqual(['lemma-2', 'theorem-1']);
    const prove = async (id: string) => refused(id);
    const xml = await run(['prove', '--format', 'junit'], { services: { prove } });
    expect(xml.code).toBe(1);
    expect(elementsOf(xml.out).filter((name) => name === 'failure')).toHaveLength(2);
  });

  test('a file of the user: a fault is told with its name, and the rest goes on', async () => {
    const proveFile = async () => {
      throw named('ProofFileError', 'it has no proof');
    };
    const { code, out, err } = await run(['prove', './mine.mjs', 'lemma-2'], { services: { proveFile } });
    expect(code).toBe(2);
    expect(err).toBe('everymin: ./mine.mjs: it has no proof\n');
    expect(out).toMatch(/^✓ lemma-2/);
    const good = await run(['prove', 'mine.mjs']);
    expect(good.code).toBe(0);
    expect(good.out).toContain('then L(θ) = 0');
  });

  test('--timeout: what was not proved in time is undecided, exit 4, in every format', async () => {
    const asked: ProveRequest[] = [];
    let ended = 0;
    const services = {
      proofsInTime: async (seconds: number) => ({
        prove: async (request: ProveRequest) => {
          asked.push(request);
          if (request.kind === 'file') throw named('LimitError', `the time limit of ${seconds} s passed`);
          const { id } = request;
          return [id === 'lemma-2' ? proved(id) : undecidedReport(theorem1, `after ${seconds} s`)];
        },
        end: async () => void ended++,
      }),
      prove: async () => Promise.reject(new Error('without a limit')),
    };
    const text = await run(['prove', '--timeout', '2.5'], { services });
    expect(text.code).toBe(4);
    expect(ended).toBe(1);
    expect(text.out).toMatch(/^✓ lemma-2 [\s\S]*\n\? theorem-1 .*\n {4}undecided:\n {4}after 2\.5 s\n/);
    expect(text.out).toContain('2 results: 1 proved, 1 undecided');
    expect(asked).toEqual([
      { kind: 'id', id: 'lemma-2', steps: false },
      { kind: 'id', id: 'theorem-1', steps: false },
    ]);
    const limited = (...args: string[]) => run(['prove', '--timeout', '2', ...args], { services });
    const json = await limited('--format', 'json');
    expect(json.code).toBe(4);
    expect(JSON.parse(json.out).proofs.map(({ status }: { status: string }) => status)).toEqual([
      'proved',
      'undecided',
    ]);
    expect(elementsOf((await limited('--format', 'junit')).out)).toContain('skipped');
    const sarif = JSON.parse((await limited('--format', 'sarif')).out);
    expect(sarif.runs[0].results).toMatchObject([{ level: 'warning', properties: { status: 'undecided' } }]);
    const file = await limited('./mine.mjs', 'lemma-2');
    expect([file.code, file.err]).toEqual([4, 'everymin: ./mine.mjs: the time limit of 2 s passed\n']);
    expect(file.out).toMatch(/^✓ lemma-2/);
    const on = await limited('lemma-2', '--on', 'x.json');
    expect(on.code).toBe(0);
    expect(asked.at(-1)).toEqual({ kind: 'on', id: 'lemma-2', path: 'x.json' });
  });

  test('numbers that the time cut off: what is proved stands, exit 4', async () => {
    const proveOn = async (id: string) => ({ ...proved(id), timedOut: true as const });
    const { code, out } = await run(['prove', 'lemma-2', '--on', 'x.json'], { services: { proveOn } });
    expect(code).toBe(4);
    expect(out).toMatch(/^✓ lemma-2 [\s\S]*the time limit cut off its numbers/);
  });

  test('--errata: all or those named; exit 1 when one is not borne out', async () => {
    const all = await run(['prove', '--errata']);
    expect(all.code).toBe(0);
    expect(all.out).toMatch(/✓ erratum-1[\s\S]*✓ erratum-2[\s\S]*2 errata: 2 confirmed/);
    const services = { erratum: async (id: string) => erratum(id, 'refuted') };
    const one = await run(['prove', '--errata', 'erratum-2', '--format', 'json'], { services });
    expect(one.code).toBe(1);
    expect(JSON.parse(one.out).errata).toEqual([erratum('erratum-2', 'refuted')]);
    const lines = await run(['prove', '--errata', '--format', 'jsonl']);
    expect(lines.out.trimEnd().split('\n')).toHaveLength(2);
    expect(elementsOf((await run(['prove', '--errata', '--format', 'junit'])).out)).toContain('testcase');
  });
});

describe('the real services', () => {
  test('--on: the numbers, and what the instance breaks', async () => {
    const { code, out, err } = await run(['prove', 'theorem-1', '--on', 'test/instances/I08.json'], {
      services: nodeServices,
    });
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(
      'The hypothesis assumption-2 fails here, and T1.0 is the first step that fails with it.',
    );
    expect(out).toMatch(/T1\.8 .*\n[\s\S]*?✗ fails \(exact\)\n +1 ≠ 0, difference -1\n/);
    const json = await run(['prove', 'lemma-2', '--on', 'test/instances/I02.json', '--format', 'json'], {
      services: nodeServices,
    });
    expect(JSON.parse(json.out).proofs[0].values.failing).toEqual({ hypothesis: 'critical', step: 'L2.5' });
    const missing = await run(['prove', 'lemma-2', '--on', 'nothing.json'], { services: nodeServices });
    expect(missing.code).toBe(2);
    expect(missing.err).toMatch(/^everymin: nothing\.json: /);
  });

  test('an erratum, computed', async () => {
    const { code, out } = await run(['prove', '--errata', 'erratum-1'], { services: nodeServices });
    expect(code).toBe(0);
    expect(out).toMatch(/^✓ erratum-1 /);
  });
});

const root = join(import.meta.dirname, '../..');

// The built command, since the module must meet the very kernel that checks it: npm run build makes it.
describe.runIf(isBuilt)("a module of the user's, anywhere", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'everymin-proofs-'));
    await copyFile(join(root, 'examples/proofs/no-model-does-better.mjs'), join(folder, 'copy.mjs'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const prove = (...args: string[]) =>
    spawnSync(process.execPath, [main, 'prove', ...args], { encoding: 'utf8', cwd: folder });
  const write = (name: string, source: string) => writeFile(join(folder, name), source);

  test('the example is proved, on what Theorem 2 is', () => {
    const { status, stdout, stderr } = prove('copy.mjs', '--format', 'json');
    expect([status, stderr]).toEqual([0, '']);
    const [report] = JSON.parse(stdout).proofs;
    expect(report).toMatchObject({
      result: 'no-model-does-better',
      status: 'proved',
      results: ['theorem-2'],
    });
    const theorem2 = JSON.parse(prove('theorem-2', '--format', 'json').stdout).proofs[0];
    expect(report.axioms).toEqual(theorem2.axioms);
  });

  test('TypeScript through the esbuild that is installed, and nothing is left behind', async () => {
    await copyFile(join(folder, 'copy.mjs'), join(folder, 'typed.ts'));
    const before = await readdir(folder);
    expect(prove('typed.ts')).toMatchObject({ status: 0, stderr: '' });
    expect(await readdir(folder)).toEqual(before);
    await write('wrong.ts', 'const x: = 1;');
    expect(prove('wrong.ts')).toMatchObject({ status: 2, stdout: '' });
  });

  test('false statements are refused, whatever the module does to the library', async () => {
    const head = `import * as api from 'everymin/proofs';
      const { Theorem, Library, False, result, script, rules, prove } = api;
      const r = result({ id: 'false', title: 'false', kind: 'lemma', source: { by: 'ours' }, remarks: [],
        statement: () => ({ context: [], setting: [], hypotheses: [], conclusion: False() }) });\n`;
    const forged =
      '{ theorem: FORGED, steps: [], axioms: [], foundations: [], results: [], milliseconds: 0 }';
    const patched = (made: string) =>
      `Library.prototype.prove = Library.prototype.check = () => (${forged.replace('FORGED', made)});
       export default script(r, () => {});`;
    const attempts = {
      'prototype.mjs': patched('Object.create(Theorem.prototype)'),
      'genuine.mjs': `const real = prove('lemma-2').theorem;\n${patched('real')}`,
      'proxy.mjs': `const real = prove('lemma-2').theorem;
        ${patched('new Proxy(real, { get: (t, k) => (k === "conclusion" ? False() : t[k]) })')}`,
      'subclass.mjs': `let made; try { made = new (class extends Theorem {})(); } catch {}\n${patched('made')}`,
      'arrays.mjs': `Array.prototype.map = () => []; Map.prototype.get = () => undefined;
        Array.prototype[Symbol.iterator] = function* () {};
        export default script(r, (p) => { const h = p.suppose('S', False(), ''); p.qed('Q', { name: '', run: () => h }, [h], ''); });`,
      'is.mjs': `try { Theorem.is = () => true; } catch {}\n${patched('({ conclusion: False(), hypotheses: [], indices: [] })')}`,
    };
    for (const [name, source] of Object.entries(attempts)) {
      await write(name, head + source);
      const { status, stdout } = prove(name);
      expect(status, name).not.toBe(0);
      expect(stdout, name).not.toContain('✓');
    }
  });

  test.each([
    ['empty.mjs', '', /it has no proof; end it with export default/],
    ['throws.mjs', "throw new Error('no\\u001b[2J');", /it cannot be loaded: Error: no\\u\{1b\}/],
    ['lost.mjs', "import 'nothing-of-this-name';", /it cannot be loaded: /],
    ['words.txt', 'export default 1;', /a module of JavaScript or TypeScript/],
  ])('%s: exit 2, one line', async (name, source, line) => {
    await write(name, source);
    const { status, stdout, stderr } = prove(name);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(line);
    expect(stderr).toMatch(/^everymin: [^\n]*\n$/);
  });

  test('--timeout ends a module that never does, and proves nothing for it', async () => {
    await write('forever.mjs', 'for (;;);');
    const { status, stdout, stderr } = prove('forever.mjs', 'lemma-2', '--timeout', '1');
    expect(status).toBe(4);
    expect(stderr).toBe(
      'everymin: forever.mjs: the time limit of 1 s passed before its proofs were checked\n',
    );
    expect(stdout).toMatch(/^\? lemma-2 [^✓✗]*\n {4}undecided:\n {4}the time limit of 1 s passed/);
  });

  test('a module in a thread cannot speak for the kernel', async () => {
    const forged = JSON.stringify({ ...proved('forged'), file: 'forged.mjs' });
    await write(
      'forged.mjs',
      `import { parentPort, workerData } from 'node:worker_threads';
       const { postMessage } = MessagePort.prototype;
       MessagePort.prototype.postMessage = function (message) {
         postMessage.call(this, { ...message, kind: 'reports', reports: [${forged}] });
       };
       for (const kind of ['reports', 'proved']) {
         const message = { kind, reports: [${forged}], report: ${forged}, seal: workerData.seal };
         postMessage.call(parentPort, message);
         parentPort.postMessage(message);
       }
       parentPort.on('message', ({ seal }) => postMessage.call(parentPort, { kind: 'reports', reports: [${forged}], seal }));
       export default 1;`,
    );
    for (const args of [['forged.mjs'], ['lemma-2', 'forged.mjs', 'lemma-2']]) {
      const { status, stdout, stderr } = prove(...args, '--timeout', '100');
      expect(status).toBe(2);
      expect(stdout).not.toContain('forged');
      expect(stderr).toContain('forged.mjs: it has no proof');
    }
  });

  test('--timeout that is long enough changes nothing', () => {
    const plain = (stdout: string) =>
      JSON.parse(stdout, (key, value) => (key === 'seconds' ? 0 : value)).proofs;
    const reports = (...args: string[]) => {
      const { status, stdout, stderr } = prove('copy.mjs', 'theorem-1', '--format', 'json', ...args);
      expect([status, stderr]).toEqual([0, '']);
      return plain(stdout);
    };
    expect(reports('--timeout', '100')).toEqual(reports());
    const on = (...args: string[]) =>
      plain(
        prove('theorem-1', '--on', join(root, 'test/instances/I05.json'), '--format', 'json', ...args).stdout,
      );
    expect(on('--timeout', '100')).toEqual(on());
    const short = prove('theorem-1', 'theorem-4', '--timeout', '0.001', '--format', 'json');
    expect(short.status).toBe(4);
    for (const report of JSON.parse(short.stdout).proofs)
      expect(report).toMatchObject({ status: 'undecided', steps: [], axioms: [] });
  });

  test('the example is the one in the repository', async () => {
    expect(await readFile(join(folder, 'copy.mjs'), 'utf8')).toContain("from 'everymin/proofs'");
  });
});
