import { describe, expect, test } from 'vitest';
import { run } from './harness.ts';

describe('a wrong command line: one line on stderr, exit 2', () => {
  test.each([
    [
      ['check', 'x.json', '--fromat', 'json'],
      /^everymin: unknown option '--fromat' \(did you mean --format\?\)\n$/,
    ],
    [['chek', 'x.json'], /^everymin: unknown command 'chek' \(did you mean check\?\)\n$/],
    [['check', 'x.json', '--format', 'xml'], /^everymin: .*'xml' is invalid.*text, json, jsonl.*\n$/],
    [['check', 'x.json', '--tier', 'symbolic'], /exact, certified, numeric/],
    [['check', 'x.json', '--backend', 'cuda'], /auto, webgpu, tensorflow, wasm, cpu/],
    [['check', 'x.json', '--seed', '-1'], /^everymin: .*--seed.*\n$/],
    [['check', 'x.json', '--seed', '1.5'], /whole number/],
    [['check', 'x.json', '--seed', '4294967296'], /whole number/],
    [['check', 'x.json', '--seed', '1e3'], /whole number/],
    [['check', 'x.json', '--timeout', '0'], /number of seconds/],
    [['check', 'x.json', '--timeout', '-3'], /--timeout/],
    [['check', 'x.json', '--timeout', 'NaN'], /number of seconds/],
    [['check', 'x.json', '--timeout', 'Infinity'], /number of seconds/],
    [['check', 'x.json', '--timeout', '99999999'], /number of seconds/],
    [['check', 'x.json', '--timeout'], /argument missing/],
    [['check', 'x.json', '--color', 'blue'], /auto, always, never/],
    [['check'], /^everymin: check: no FILE was named; see everymin check --help\n$/],
    [['check', '--result', 'theorem-1'], /no FILE was named/],
    [['explain', 'a', 'b'], /^everymin: .*too many arguments.*\n$/],
    [['doctor', 'x'], /too many arguments/],
    [['doctor', '--format', 'jsonl'], /text, json/],
    [['--frobnicate'], /unknown option/],
    [['check', 'x.json', '--\u001b[31m'], /'--\\u\{1b\}\[31m'\n$/],
  ])('%j', async (argv, line) => {
    const { code, out, err, requests } = await run(argv);
    expect([code, out, requests]).toEqual([2, '', []]);
    expect(err).toMatch(line);
    expect(err).toMatch(/^everymin: [^\n]*\n$/);
  });

  test('nothing at all: the help on stderr', async () => {
    const { code, out, err } = await run([]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Usage: everymin');
  });
});

describe('help and version', () => {
  test.each([['--help'], ['-h'], ['help']])('%s', async (flag) => {
    const { code, out, err } = await run([flag]);
    expect([code, err]).toEqual([0, '']);
    for (const word of [
      'check',
      'escape',
      'explain',
      'prove',
      'derive',
      'graph',
      'doctor',
      'Examples:',
      'Exit codes:',
    ])
      expect(out).toContain(word);
  });

  test.each(['check', 'escape', 'explain', 'prove', 'derive', 'graph', 'doctor'])(
    '%s --help has its options and an example',
    async (command) => {
      const { code, out } = await run([command, '--help']);
      expect(code).toBe(0);
      expect(out).toContain('--format <format>');
      expect(out).toMatch(new RegExp(`Examples:\n  everymin ${command}`));
      expect((await run(['help', command])).out).toBe(out);
      for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    },
  );

  test.each(['--version', '-V'])('%s', async (flag) => {
    expect(await run([flag])).toMatchObject({ code: 0, out: '1.2.3\n', err: '' });
  });
});

describe('explain', () => {
  test('a statement in each format', async () => {
    for (const format of ['text', 'json', 'latex']) {
      const ran = await run(['explain', 'theorem-1', '--format', format]);
      expect(ran).toMatchObject({ code: 0, out: `theorem-1 as ${format} false 100\n`, err: '' });
    }
  });

  test('a wrong id', async () => {
    expect(await run(['explain', 'theorem1'])).toMatchObject({
      code: 2,
      out: '',
      err: 'everymin: explain: there is no theorem1; did you mean theorem-1 or theorem-2?\n',
    });
    expect((await run(['explain', 'qqqqqqqqqq'])).err).toContain('everymin explain lists every id');
  });

  test('in colour when asked', async () => {
    const { out } = await run(['explain', 'theorem-1', '--color', 'always']);
    expect(out).toBe('theorem-1 as text true 100\n');
  });

  test('without an id, the list', async () => {
    const { code, out } = await run(['explain']);
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 2)).toEqual([
      'assumption-1  convex losses',
      'theorem-1     every critical point',
    ]);
    expect(JSON.parse((await run(['explain', '--format', 'json'])).out)).toHaveLength(3);
  });
});

test('doctor prints in each format', async () => {
  for (const format of ['text', 'json']) {
    expect(await run(['doctor', '--format', format])).toMatchObject({
      code: 0,
      out: `doctor as ${format}\n`,
      err: '',
    });
  }
});
