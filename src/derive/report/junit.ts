import type { ObligationReport, Report, ResultReport } from '../../check/report.ts';
import { junit, type TestCase, type TestSuite } from './junit-xml.ts';
import { namedText } from './quantity.ts';
import { spokenResult } from './spoken.ts';

/** What came of one file: its report, or why there is none. */
export type Outcome =
  | { readonly name: string; readonly report: Report }
  | { readonly name: string; readonly message: string };

/**
 * Checks as JUnit: one suite for each result of each file, one test for each obligation, the conclusion among them. One
 * that fails is a failure with its detail; one that is undecided is skipped, with the reason; a file without a report is
 * an error.
 */
export function reportsJunit(outcomes: readonly Outcome[]): string {
  return junit(
    'everymin check',
    outcomes.flatMap((outcome) =>
      'report' in outcome
        ? outcome.report.results.map((result) => suiteOf(result, outcome.name, outcome.report))
        : [unread(outcome.name, outcome.message)],
    ),
  );
}

function suiteOf(result: ResultReport, file: string, { instance, seed }: Report): TestSuite {
  const name = `${file}: ${spokenResult(result)}`;
  const { verdict, tier, meaning } = result;
  return {
    name,
    properties: {
      instance: instance.name,
      ...(instance.sha256 === null ? {} : { sha256: instance.sha256 }),
      seed: String(seed),
      verdict,
      tier,
      meaning,
    },
    cases: result.obligations.map((obligation) => caseOf(obligation, name)),
  };
}

function caseOf(
  { id, status, tier, detail, figures = {}, witness, seconds }: ObligationReport,
  suite: string,
): TestCase {
  const head = { name: id, classname: suite, seconds };
  const numbers = Object.entries(figures).map(([name, value]) => namedText(name, value));
  const text = [detail, ...numbers].join('\n');
  switch (status) {
    case 'holds':
      return { ...head, output: `${text}\nevidence: ${tier}` };
    case 'undecided':
      return { ...head, skipped: `undecided: ${detail}` };
    case 'fails':
      return {
        ...head,
        failure: { message: detail, body: `${text}\nevidence: ${tier}\nwitness: ${witnessText(witness)}` },
      };
  }
}

const unread = (name: string, message: string): TestSuite => ({
  name,
  cases: [{ name: 'report', classname: name, seconds: 0, error: { message, body: message } }],
});

const LONGEST = 2000;

function witnessText(witness: unknown): string {
  const json = JSON.stringify(witness);
  return json.length <= LONGEST ? json : `${json.slice(0, LONGEST)}… (whole in --format json)`;
}
