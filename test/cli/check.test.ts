import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/check/report.ts';
import { contradiction, exact, failing, timedOut, trained } from '../derive/report/fixtures.ts';
import { named, run, type Setting } from './harness.ts';

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'everymin-cli-'));
  mkdirSync(at('sub'));
  for (const name of ['a.json', 'b.json', 'c.json', join('sub', 'd.json')]) writeFileSync(at(name), '{}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Files by their first letter: what the check of each gives, a report or an error. */
const giving = (outcomes: Readonly<Record<string, Report | Error>>): Setting => ({
  services: {
    check: async ({ path }) => {
      const outcome = outcomes[path.slice(folder.length + 1, folder.length + 2)] ?? exact;
      if (outcome instanceof Error) throw outcome;
      return { ...outcome, instance: { ...outcome.instance, file: path } };
    },
  },
});

describe('the exit code', () => {
  const undecided: Report = { ...trained, results: trained.results.slice(1) };
  const nothing: Report = { ...exact, results: [] };
  const oneOf: Readonly<Record<string, readonly [Report | Error, number]>> = {
    holds: [exact, 0],
    'does not apply': [failing, 1],
    contradiction: [contradiction, 1],
    'bad input': [named('InstanceError', 'a.json: data.targets[3] has 2 numbers; the model has dy = 1'), 2],
    'a backend that is missing': [named('BackendMissing', 'webgpu: no adapter'), 3],
    'time limit with a report': [timedOut, 4],
    'time limit without a report': [named('LimitError', 'the time limit of 1 s passed'), 4],
    'too large': [new RangeError('Maximum BigInt size exceeded'), 4],
    undecided: [undecided, 5],
    'no result': [nothing, 5],
    bug: [new TypeError('x is undefined'), 70],
    'a RangeError that is a bug': [new RangeError('no such entry'), 70],
  };

  test.each(Object.entries(oneOf))('%s', async (_name, [outcome, code]) => {
    expect((await run(['check', at('a.json')], giving({ a: outcome }))).code).toBe(code);
  });

  test.each([
    [['holds', 'undecided'], 5],
    [['undecided', 'does not apply'], 1],
    [['does not apply', 'time limit with a report'], 4],
    [['time limit with a report', 'a backend that is missing'], 3],
    [['a backend that is missing', 'bad input'], 2],
    [['undecided', 'bad input', 'does not apply'], 2],
    [['bug', 'bad input'], 70],
    [['holds', 'holds', 'holds'], 0],
  ])('of %j is %i, in either order', async (names, code) => {
    const paths = names.map((_, i) => at(`${'abc'[i]}.json`));
    const setting = giving(Object.fromEntries(names.map((name, i) => ['abc'[i], oneOf[name]![0]])));
    expect((await run(['check', ...paths], setting)).code).toBe(code);
    expect((await run(['check', ...paths.reverse()], setting)).code).toBe(code);
  });
});

describe('streams', () => {
  test('the answer on stdout, nothing on stderr', async () => {
    const { code, out, err } = await run(['check', at('a.json')]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^three linear layers at zero · /);
  });

  test('an error in one line on stderr, nothing on stdout; never a stack', async () => {
    for (const [error, line] of [
      [named('InstanceError', `${at('a.json')}: m is 0`), `everymin: ${at('a.json')}: m is 0\n`],
      [named('BackendMissing', 'webgpu: no adapter'), `everymin: ${at('a.json')}: webgpu: no adapter\n`],
      [
        named('InstanceError', 'two\nlines \u001b[31m'),
        `everymin: ${at('a.json')}: two\\u{a}lines \\u{1b}[31m\n`,
      ],
    ] as const) {
      const { out, err } = await run(['check', at('a.json')], giving({ a: error }));
      expect([out, err]).toEqual(['', line]);
    }
  });

  test('a bug says how to report it, and shows its stack only when asked', async () => {
    const broken = giving({ a: new TypeError('x is undefined') });
    const { code, err } = await run(['check', at('a.json')], broken);
    expect(code).toBe(70);
    expect(err).toMatch(/^everymin: .*internal error: x is undefined .*please report it.*\n$/);
    const debug = await run(['check', at('a.json')], { ...broken, env: { EVERYMIN_DEBUG: '1' } });
    expect(debug.err).toMatch(/\n {4}at /);
  });

  test('something thrown that is no error is a bug too', async () => {
    const check = async (): Promise<Report> => {
      throw 'a string';
    };
    const { code, err } = await run(['check', at('a.json')], { services: { check } });
    expect(code).toBe(70);
    expect(err).toContain('a string');
  });

  test('a report that is not plain data is never printed', async () => {
    const wrong = { ...exact, results: [{ ...exact.results[0]!, left: { upper: Number.NaN } }] };
    for (const format of ['text', 'json', 'jsonl']) {
      const { code, out } = await run(['check', at('a.json'), '--format', format], giving({ a: wrong }));
      expect([code, out]).toEqual([70, '']);
    }
  });

  test('the other files are still checked after one that fails', async () => {
    const bad = giving({ a: named('InstanceError', 'no') });
    const { code, out, err } = await run(['check', at('a.json'), at('b.json')], bad);
    expect(code).toBe(2);
    expect(out).toContain(at('b.json'));
    expect(err.split('\n')).toHaveLength(2);
    expect(out).toMatch(/\n2 files: 1 hold, 1 without a report\n$/);
  });
});

describe('formats', () => {
  test('json: one file gives an object, several an array', async () => {
    const one = JSON.parse((await run(['check', at('a.json'), '--format', 'json'])).out);
    expect(one.instance.file).toBe(at('a.json'));
    const { out } = await run(['check', at('a.json'), at('b.json'), '--format', 'json']);
    expect(JSON.parse(out).map((report: Report) => report.instance.file)).toEqual([
      at('a.json'),
      at('b.json'),
    ]);
    expect(JSON.parse(out)[0]).toEqual(one);
  });

  test('json: the array is whole when some or all files fail', async () => {
    const no = named('InstanceError', 'no');
    const files = [at('a.json'), at('b.json'), '--format', 'json'];
    expect(JSON.parse((await run(['check', ...files], giving({ a: no }))).out)).toHaveLength(1);
    expect(JSON.parse((await run(['check', ...files], giving({ a: no, b: no }))).out)).toEqual([]);
    expect((await run(['check', at('a.json'), '--format', 'json'], giving({ a: no }))).out).toBe('');
  });

  test('jsonl: one line for each report, as it is done', async () => {
    const seen: number[] = [];
    let lines = 0;
    const { out } = await run(['check', at('a.json'), at('b.json'), '--format', 'jsonl', '-j', '1'], {
      services: {
        check: async () => {
          seen.push(lines);
          return exact;
        },
      },
      stdout: { write: () => lines++ },
    });
    expect(out).toBe('');
    expect(seen).toEqual([0, 1]);
    const text = (await run(['check', at('a.json'), at('b.json'), '--format', 'jsonl'])).out;
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).instance.file),
    ).toEqual([at('a.json'), at('b.json')]);
  });

  test('text: an empty line between reports and a summary; none for one file', async () => {
    const setting = giving({ b: failing, c: timedOut });
    const { out } = await run(['check', at('a.json'), at('b.json'), at('c.json')], setting);
    expect(out).toMatch(/\n3 files: 1 hold, 1 fail or do not apply, 1 stopped at the time limit\n$/);
    expect(out.match(/\n\nthree linear layers/g)).toHaveLength(2);
    expect((await run(['check', at('a.json')])).out).not.toContain('files:');
  });

  test('the same call prints the same bytes', async () => {
    const argv = ['check', at('a.json'), at('b.json')];
    expect((await run(argv)).out).toBe((await run(argv)).out);
  });
});

describe('options reach the check', () => {
  test('as they are given', async () => {
    const { requests } = await run([
      'check',
      at('a.json'),
      ...['--tier', 'certified', '--backend', 'wasm', '--seed', '7', '--timeout', '2.5', '--allow-outside'],
      ...['--result', 'theorem-1', '--result', 'theorem-1,lemma-2'],
    ]);
    expect(requests).toEqual([
      {
        path: at('a.json'),
        allowOutside: true,
        options: { results: ['theorem-1', 'lemma-2'], tier: 'certified', backend: 'wasm', seed: 7 },
        timeout: 2.5,
      },
    ]);
  });

  test('nothing is made up when none are given', async () => {
    const { requests } = await run(['check', at('a.json')]);
    expect(requests).toEqual([{ path: at('a.json'), allowOutside: false, options: {} }]);
  });

  test('files may follow the ids', async () => {
    const { requests } = await run(['check', '--result', 'theorem-1', 'lemma-2', at('a.json'), at('b.json')]);
    expect(requests.map(({ path }) => path)).toEqual([at('a.json'), at('b.json')]);
    expect(requests[0]!.options.results).toEqual(['theorem-1', 'lemma-2']);
  });

  test('stdin comes as bytes', async () => {
    const { requests, code } = await run(['check', '-'], { stdin: ['{"a"', new Uint8Array([0x3a, 0xff])] });
    expect(code).toBe(0);
    expect([...requests[0]!.bytes!]).toEqual([0x7b, 0x22, 0x61, 0x22, 0x3a, 0xff]);
  });
});

describe('a wrong result', () => {
  test.each([
    ['theorm-1', /^everymin: --result theorm-1: no such result; did you mean theorem-1 or theorem-2\?\n$/],
    ['zzz', /^everymin: --result zzz: no such result; known: lemma-2, theorem-1\n$/],
    [
      'theorem-3',
      /^everymin: --result theorem-3: no check of it yet; those that can be checked: lemma-2, theorem-1\n$/,
    ],
  ])('%s', async (id, line) => {
    const { code, err, requests } = await run(['check', at('a.json'), '--result', id]);
    expect(code).toBe(2);
    expect(err).toMatch(line);
    expect(requests).toEqual([]);
  });
});

describe('several at a time', () => {
  /** The later a file is named, the sooner its check ends. */
  const backwards = (fails: string): Setting => ({
    services: {
      check: async ({ path }, onProgress) => {
        const rank = 'abc'.indexOf(path.slice(folder.length + 1, folder.length + 2));
        for (let k = rank; k < 4; k++) {
          await new Promise((resolve) => setTimeout(resolve, 10));
          onProgress({ phase: `phase of ${'abc'[rank]}`, done: k, total: 4 });
        }
        if (path.includes(fails)) throw named('InstanceError', `${path}: m is 0`);
        return { ...exact, instance: { ...exact.instance, file: path } };
      },
    },
  });
  const all = () => ['check', at('a.json'), at('b.json'), at('c.json'), '--format', 'jsonl'];
  const filesOf = (out: string) =>
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).instance.file);

  test.each(['1', '2', '3', '99'])('--jobs %s: the output is the same', async (jobs) => {
    const one = await run(all(), backwards('nothing'));
    const several = await run([...all(), '--jobs', jobs], backwards('nothing'));
    expect(several).toEqual(one);
    expect(filesOf(several.out)).toEqual([at('a.json'), at('b.json'), at('c.json')]);
  });

  test('the error of one stops no other', async () => {
    const { code, out, err } = await run([...all(), '-j', '3'], backwards('b.json'));
    expect([code, err]).toEqual([2, `everymin: ${at('b.json')}: m is 0\n`]);
    expect(filesOf(out)).toEqual([at('a.json'), at('c.json')]);
  });

  test('progress is that of the file that the output waits for', async () => {
    const setting = { ...backwards('nothing'), stderr: { isTTY: true, columns: 500 }, tick: 2000 };
    const { err } = await run([...all(), '-j', '3'], setting);
    expect(err).toContain('phase of a');
    // c ends first and b before a, so nobody waits for them.
    expect(err).not.toMatch(/phase of [bc]/);
  });

  test.each(['0', '-1', '1.5', '257', 'many'])('--jobs %s: exit 2, one line', async (jobs) => {
    const { code, err, requests } = await run([...all(), `--jobs=${jobs}`]);
    expect([code, requests]).toEqual([2, []]);
    expect(err).toMatch(/^everymin: .*from 1 to 256\.\n$/);
  });
});
