import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/check/report.ts';
import { displayWidth, type Paint, renderText } from '../../../src/derive/report/index.ts';
import { exact, failing, hostile, obligation, reportOf, samples, timedOut, trained } from './fixtures.ts';

const words = (id: string) =>
  id === 'theorem-1'
    ? { title: 'Theorem 1', phrase: 'a critical point is optimal over its gradient basis', right: 'inf L_θ' }
    : undefined;
const golden = (name: string): string => join(import.meta.dirname, 'golden', `${name}.txt`);

describe('golden files', () => {
  const cases: [string, string][] = [
    ...Object.entries(samples).map(([name, report]): [string, string] => [
      name,
      renderText(report, { words }),
    ]),
    ['trained-ascii-60', renderText(trained, { words, width: 60, unicode: false })],
  ];

  test.each(cases)('%s', async (name, text) => {
    expect(existsSync(golden(name))).toBe(true);
    await expect(text).toMatchFileSnapshot(golden(name));
  });
});

const withDetail = (detail: string): Report =>
  reportOf([{ ...exact.results[0]!, obligations: [obligation('critical', 'holds', 'exact', detail)] }]);

describe('layout', () => {
  test.each([50, 60, 80, 100, 120])('no line is wider than %i columns', (width) => {
    for (const report of Object.values(samples)) {
      const lines = renderText(report, { words, width }).split('\n');
      expect(lines.length).toBeGreaterThan(3);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }
  });

  test('a word wider than the line is broken, and nothing is lost', () => {
    const long = 'x'.repeat(500);
    const text = renderText(withDetail(long), { width: 60 });
    expect(text.replace(/[^x]/g, '').length).toBeGreaterThanOrEqual(500);
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(60);
  });

  test('the tier stands at the right edge of the first line, beside a wrapped sentence', () => {
    const lines = renderText(withDetail('word '.repeat(60)), { width: 80 }).split('\n');
    const first = lines.findIndex((line) => line.includes('✓'));
    expect(lines[first]).toMatch(/^ {2}✓ critical +word .* exact$/);
    expect(displayWidth(lines[first]!)).toBe(80);
    expect(lines[first + 1]).toMatch(/^ +word/);
    expect(lines[first + 1]!.indexOf('word')).toBe(lines[first]!.indexOf('word'));
  });

  test('colour changes no character', () => {
    const paint: Paint = (ink, part) => `\u001b[${ink.length}m${part}\u001b[0m`;
    for (const report of Object.values(samples)) {
      const painted = renderText(report, { words, paint });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes that were put there
      const stripped = painted.replace(/\u001b\[\d+m/g, '');
      expect(painted).not.toBe(stripped);
      expect(stripped).toBe(renderText(report, { words }));
    }
  });
});

describe('content', () => {
  test('an undecided obligation shows no evidence, a failing result no tier', () => {
    expect(renderText(trained, { words })).toMatch(/\? critical .* undecided$/m);
    expect(renderText(failing)).toContain('Theorem 2  does not apply\n');
  });

  test('the time limit is said once, and only when it was met', () => {
    expect(renderText(timedOut).match(/Stopped at the time limit/g)).toHaveLength(1);
    expect(renderText(trained)).not.toContain('time limit');
  });

  test('the time that a check took is not printed', () => {
    const slower = reportOf([
      {
        ...exact.results[0]!,
        obligations: exact.results[0]!.obligations.map((entry) => ({ ...entry, seconds: 99 })),
      },
    ]);
    expect(renderText(slower)).toBe(renderText(exact));
  });

  test('no control character of a file reaches the terminal', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for
    const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;
    const text = renderText(hostile);
    expect(text).toContain('a\\u{1b}]0;owned\\u{7}');
    expect(text).not.toMatch(unsafe);
    for (const evil of ['\u001b[31m', '\u009b2J', '\r', '\u202e', '\n  ✓ forged']) {
      const [result] = exact.results;
      const report = reportOf([
        {
          ...result!,
          meaning: evil,
          robust: [{ id: 'R1', formula: evil, bound: null, tier: 'exact', constants: {}, detail: evil }],
          obligations: [obligation(evil, 'holds', 'exact', evil, { figures: { [evil]: evil } })],
        },
      ]);
      const out = renderText(report, { words: () => ({ title: evil, phrase: evil, right: evil }) });
      expect(out).not.toMatch(unsafe);
      expect(out).not.toMatch(/^ {2}✓ forged/m);
    }
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    '%d is never printed',
    (value) => {
      const [result] = exact.results;
      for (const wrong of [
        { ...result!, left: { lower: value, upper: 1 } },
        { ...result!, right: { upper: value } },
        { ...result!, gap: { upper: value, bound: null } },
        { ...result!, gap: { upper: 0, bound: value } },
      ]) {
        expect(() => renderText(reportOf([wrong]))).toThrow(/finite/);
      }
    },
  );
});
