import { describe, expect, test } from 'vitest';
import { reportsJunit } from '../../../src/derive/report/junit.ts';
import { elementsOf } from '../../support/xml.ts';
import { exact, obligation, reportOf } from './fixtures.ts';

const failing = reportOf([
  {
    result: 'theorem-4',
    t: 1,
    verdict: 'not-applicable',
    tier: 'exact',
    obligations: [
      obligation('critical', 'fails', 'exact', '∂L/∂W1[0][0] < 0', {
        witness: { parameter: 'W1[0][0]' },
        figures: { 'gradient norm': { upper: 0.5 } },
      }),
      obligation('conclusion', 'undecided', 'numeric', 'no bound'),
    ],
    meaning: 'It says nothing.',
  },
]);

describe('checks as JUnit', () => {
  test('a suite for each result, a test for each obligation', () => {
    const xml = reportsJunit([{ name: 'a.json', report: exact }]);
    const names = elementsOf(xml);
    expect(names.filter((name) => name === 'testsuite')).toHaveLength(1);
    expect(names.filter((name) => name === 'testcase')).toHaveLength(5);
    expect(xml).toContain(
      '<testsuite name="a.json: Theorem 1" tests="5" failures="0" errors="0" skipped="0" time="1.25',
    );
    expect(xml).toContain('<property name="verdict" value="holds"/>');
    expect(xml).toContain('polynomial in θ\nevidence: symbolic');
  });

  test('fails: a failure with detail, figures and witness; undecided: skipped, with the reason', () => {
    const xml = reportsJunit([{ name: 'a.json', report: failing }]);
    expect(elementsOf(xml)).toContain('failure');
    expect(xml).toContain(
      '<testsuite name="a.json: Theorem 4 at t = 1" tests="2" failures="1" errors="0" skipped="1"',
    );
    expect(xml).toContain(
      '<failure message="∂L/∂W1[0][0] &lt; 0">∂L/∂W1[0][0] &lt; 0\ngradient norm ≤ 0.5\nevidence: exact\nwitness: {&quot;parameter&quot;:&quot;W1[0][0]&quot;}</failure>',
    );
    expect(xml).toContain('<skipped message="undecided: no bound"/>');
  });

  test('a file without a report is an error, and the counts add up', () => {
    const xml = reportsJunit([
      { name: 'a.json', report: failing },
      { name: 'b <&.json', message: 'it is <empty>' },
      { name: 'c.json', report: exact },
    ]);
    expect(xml).toContain('<testsuites name="everymin check" tests="8" failures="1" errors="1" skipped="1"');
    expect(xml).toContain('<error message="it is &lt;empty&gt;">it is &lt;empty&gt;</error>');
    expect(elementsOf(xml).filter((name) => name === 'testsuite')).toHaveLength(3);
    expect(elementsOf(reportsJunit([]))).toEqual(['testsuites']);
  });

  test('a long witness is cut', () => {
    const [result] = failing.results;
    const witness = { set: Array.from({ length: 20_000 }, () => '1') };
    const obligations = [obligation('critical', 'fails', 'exact', 'why', { witness })];
    const xml = reportsJunit([{ name: 'a', report: reportOf([{ ...result!, obligations }]) }]);
    expect(xml.length).toBeLessThan(10_000);
    expect(xml).toContain('whole in --format json');
  });
});
