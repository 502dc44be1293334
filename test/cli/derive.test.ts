import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nodeServices } from '../../src/cli/node-services.ts';
import type { Services } from '../../src/cli/services.ts';
import { run } from './harness.ts';

type Request = Parameters<Services['findings']>[0];

describe('everymin derive', () => {
  const written = new Map<string, string | Uint8Array>();
  const asked: Request[] = [];
  const services: Partial<Services> = {
    writeFile: async (path, content) => {
      written.set(path, content);
    },
  };
  beforeEach(() => {
    written.clear();
    asked.length = 0;
  });

  test.each([
    [['derive', 'theorem-1'], 'theorem-1 as md on nothing\n'],
    [['derive', 'theorem-1', '--format', 'html'], 'theorem-1 as html on nothing\n'],
    [['derive', 'theorem-1', 'a.json', '--format', 'latex'], 'theorem-1 as latex on a.json\n'],
    [
      ['derive', 'lemma-2', 'a.json', '--format', 'html', '--fragment'],
      'lemma-2 as html fragment on a.json\n',
    ],
  ])('%j to stdout', async (argv, text) => {
    expect(await run(argv, { services })).toMatchObject({ code: 0, out: text, err: '' });
    expect(written.size).toBe(0);
  });

  test.each([
    ['a.md', 'md'],
    ['a.markdown', 'md'],
    ['a.HTML', 'html'],
    ['a.htm', 'html'],
    ['a.tex', 'latex'],
    ['a.pdf', 'pdf'],
  ])('-o %s is %s', async (path, format) => {
    expect(await run(['derive', 'theorem-1', '-o', path], { services })).toMatchObject({ code: 0, out: '' });
    expect([...written]).toEqual([[path, `theorem-1 as ${format} on nothing\n`]]);
  });

  test.each([
    [['derive'], /missing required argument/],
    [['derive', 'theorem-9'], /no proof of theorem-9; did you mean theorem-1\?/],
    [['derive', 'theorem-3'], /no proof of theorem-3/],
    [['derive', 'qqq'], /known: lemma-2, theorem-1/],
    [['derive', 'theorem-1', '--format', 'docx'], /md, html, latex, pdf/],
    [['derive', 'theorem-1', '--format', 'pdf'], /not written to stdout; add -o OUT\.pdf/],
    [['derive', 'theorem-1', '-o', 'a.txt'], /names no format/],
    [['derive', 'theorem-1', '-o', 'a.pdf', '--format', 'html'], /--format html does not fit a\.pdf/],
    [['derive', 'theorem-1', '--fragment'], /--fragment is of html and latex; md has none/],
    [['derive', 'theorem-1', 'a.json', 'b.json'], /too many arguments/],
    [['derive', 'theorem-1', 'a.json', '--point', 'x'], /auto, given/],
  ])('%j: exit 2, one line, nothing written', async (argv, line) => {
    const { code, out, err } = await run(argv, { services });
    expect([code, out, written.size]).toEqual([2, '', 0]);
    expect(err).toMatch(line);
    expect(err).toMatch(/^everymin: [^\n]*\n$/);
  });

  test.each([
    ['holds', false, 0],
    ['not-applicable', false, 1],
    ['contradiction', false, 1],
    ['undecided', false, 5],
    ['holds', true, 4],
    ['undecided', true, 4],
  ] as const)('%s, timed out %s: exit %i, and the document is written', async (verdict, timedOut, code) => {
    const answer: Partial<Services> = {
      findings: async (request, onProgress) => {
        const found = await nodeless(request, onProgress);
        return { ...found, report: { ...found.report, ...(timedOut ? { timedOut } : {}) } };
      },
      derive: async () => ({ content: 'document\n', verdict }),
    };
    const ran = await run(['derive', 'theorem-1', 'a.json'], { services: { ...services, ...answer } });
    expect(ran).toMatchObject({ code, out: 'document\n' });
  });

  test('hands its options on', async () => {
    const argv = ['derive', 'theorem-1', '-', '--point', 'given', '--seed', '3', '--timeout', '9', '-q'];
    const watched: Partial<Services> = {
      findings: async (request, onProgress) => {
        asked.push(request);
        return nodeless(request, onProgress);
      },
    };
    const { code } = await run([...argv, '--allow-outside'], {
      services: { ...services, ...watched },
      stdin: ['{}'],
    });
    expect(code).toBe(0);
    expect(asked).toMatchObject([
      {
        result: 'theorem-1',
        path: '-',
        timeout: 9,
        allowOutside: true,
        options: { point: 'given', seed: 3 },
      },
    ]);
    expect(new TextDecoder().decode(asked[0]!.bytes)).toBe('{}');
  });

  test('an instance that is wrong: its place, exit 2, nothing written', async () => {
    const failing: Partial<Services> = { findings: nodeServices.findings };
    const ran = await run(['derive', 'theorem-1', 'nowhere.json', '-o', 'a.md'], {
      services: { ...services, ...failing },
    });
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/^everymin: nowhere\.json: [^\n]*\n$/);
    expect(written.size).toBe(0);
  });

  /** what the stub of the harness answers */
  const nodeless = async ({ path }: Request, _: unknown) => ({
    report: {
      everymin: '1',
      seed: 0,
      backend: { name: 'x', precision: 'x' },
      instance: {
        name: path,
        file: path,
        sha256: null,
        m: 1,
        dx: 1,
        dy: 1,
        parameters: 1,
        model: 'mlp',
        loss: 'squared',
      },
      results: [],
    },
    t: 0,
    picture: null,
    values: { missing: 'nothing is computed here' },
  });
});

describe('with the real services', () => {
  const { findings, derive, writeFile: write, proofIds, nearestIds } = nodeServices;
  const services = { findings, derive, writeFile: write, proofIds, nearestIds };
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'everymin-derive-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each([
    ['theorem-1', 'exact.json', 0],
    ['theorem-1', 'kink.json', 1],
    ['theorem-3', 'exact.json', 1],
    ['lemma-0', 'exact.json', 5],
  ])('%s on %s answers %i', async (id, file, code) => {
    const out = join(folder, `${id}-${code}.md`);
    const ran = await run(['derive', id, join('examples', file), '-o', out], { services });
    expect(ran).toMatchObject({ code, out: '', err: '' });
    expect(await readFile(out, 'utf8')).toMatch(/^# .*\n/);
  });

  test('a PDF', async () => {
    const out = join(folder, 'a.pdf');
    expect((await run(['derive', 'lemma-2', '-o', out], { services })).code).toBe(0);
    expect((await readFile(out)).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('from stdin', async () => {
    const stdin = await readFile('examples/saddle.json', 'utf8');
    const ran = await run(['derive', 'theorem-2', '-'], { services, stdin: [stdin] });
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('## It does not apply');
  });

  test('a folder that is not there: the old files stay', async () => {
    const ran = await run(['derive', 'lemma-2', '-o', join(folder, 'no', 'a.md')], { services });
    expect(ran).toMatchObject({
      code: 2,
      err: 'everymin: a.md cannot be written: its folder is not there; make it first\n',
    });
    await writeFile(join(folder, 'kept.md'), 'old');
    expect((await run(['derive', 'theorem-0', '-o', join(folder, 'kept.md')], { services })).code).toBe(2);
    expect(await readFile(join(folder, 'kept.md'), 'utf8')).toBe('old');
  });
});
