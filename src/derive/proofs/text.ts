import type { Ink } from '../report/paint.ts';
import { type ProofTextOptions, pageOf } from './page.ts';
import type { Counts, ProofReport } from './report.ts';
import { derivationLines } from './steps-text.ts';

/** One result: whether it is proved, on what, and in what time; lines without ends. */
export function proofLines(report: ProofReport, options: ProofTextOptions = {}): string[] {
  const page = pageOf(options);
  const { paint, text } = page;
  const proved = report.status === 'proved';
  const [ink, sign] = MARKS[report.status];
  const mark = paint(ink, text(sign));
  const lines = page.entry(report.result, 'bold', report.title, 2, 18);
  lines[0] = mark + lines[0]!.slice(1);
  lines.push(
    ...page.paragraph(
      proved ? facts(report) : report.status === 'undecided' ? 'undecided:' : `refused ${place(report)}`,
      4,
    ),
  );
  if (report.file !== undefined) {
    for (const { name, claim } of report.statement.hypotheses) {
      lines.push(...page.paragraph(`if ${name}: ${claim}`, 4, 8));
    }
    lines.push(...page.paragraph(`then ${report.statement.conclusion}`, 4, 8));
  }
  if (report.timedOut) lines.push(...page.paragraph('the time limit cut off its numbers', 4));
  for (const line of report.failure?.message.split('\n') ?? []) lines.push(...page.paragraph(line, 4, 6));
  if (options.steps) lines.push(...derivationLines(report, options));
  return lines;
}

const MARKS: Readonly<Record<ProofReport['status'], readonly [ink: Ink, sign: string]>> = {
  proved: ['green', '✓'],
  refused: ['red', '✗'],
  undecided: ['yellow', '?'],
};

export const many = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;
export const milliseconds = (seconds: number): string =>
  `${(seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0)} ms`;

/** "50 steps", or "38 steps, 413 with its 24 parts" */
export function stepCount({ steps, parts, stepsWithParts }: Counts, whose = 'its'): string {
  const number = Object.keys(parts).length;
  return `${many(steps, 'step')}${number === 0 ? '' : `, ${stepsWithParts} with ${whose} ${many(number, 'part')}`}`;
}

function facts({ counts, axioms, results, seconds }: ProofReport): string {
  return [
    stepCount(counts),
    axioms.length === 0
      ? 'no axiom of analysis'
      : `${axioms.length === 1 ? 'axiom' : 'axioms'} ${axioms.join(', ')}`,
    results.length === 0 ? 'uses no other result' : `uses ${results.join(', ')}`,
    milliseconds(seconds),
  ].join(' · ');
}

function place({ result, failure }: ProofReport): string {
  if (!failure || failure.step === '') return '';
  return failure.result === result
    ? `at ${failure.step}:`
    : `at ${failure.step} of ${failure.result}, which it uses:`;
}

/** The last lines: how many are proved, on which axioms, and the time inside scripts and kernel. */
export function totalLines(
  reports: readonly ProofReport[],
  unproved: readonly string[],
  options: ProofTextOptions = {},
): string[] {
  const page = pageOf(options);
  const count = (asked: ProofReport['status']): number =>
    reports.filter(({ status }) => status === asked).length;
  const [refused, undecided] = [count('refused'), count('undecided')];
  const axioms = [...new Set(reports.flatMap((report) => report.axioms))].sort();
  const steps = reports.reduce((sum, { counts }) => sum + counts.steps, 0);
  // A part that several proofs use counts once.
  const parts: Counts['parts'] = Object.assign({}, ...reports.map(({ counts }) => counts.parts));
  const stepsWithParts = Object.values(parts).reduce((sum, count) => sum + count, steps);
  const seconds = reports.reduce((sum, report) => sum + report.seconds, 0);
  const lines = page.paragraph(
    [
      `${many(reports.length, 'result')}: ${count('proved')} proved${refused > 0 ? `, ${refused} refused` : ''}${undecided > 0 ? `, ${undecided} undecided` : ''}`,
      stepCount({ steps, parts, stepsWithParts }, 'their'),
      `${many(axioms.length, 'axiom')} of analysis and linear algebra${axioms.length > 0 ? `: ${axioms.join(', ')}` : ''}`,
      `${milliseconds(seconds)} in the kernel and the scripts`,
    ].join(' · '),
    0,
    2,
  );
  if (unproved.length > 0) {
    lines.push(
      ...page
        .paragraph(`no proof yet: ${unproved.join(', ')}`, 0, 2)
        .map((line) => page.paint('yellow', line)),
    );
  }
  return lines;
}
