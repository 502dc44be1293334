import { toAscii } from '../report/ascii.ts';
import { escapeControls } from '../report/escape.ts';
import { displayWidth, wrap } from '../report/layout.ts';
import { type Ink, type Paint, plain } from '../report/paint.ts';
import type { ProofReport, StepReport } from './report.ts';

export interface ProofTextOptions {
  /** columns; default 100 */
  readonly width?: number;
  /** false: ✓, θ and the like are spelled in ASCII */
  readonly unicode?: boolean;
  readonly paint?: Paint;
  /** each step with its claim, rule, premises and sentence */
  readonly steps?: boolean;
}

const NARROWEST = 50;

/** One result: whether it is proved, on what, and in what time; lines without ends. */
export function proofLines(report: ProofReport, options: ProofTextOptions = {}): string[] {
  const page = pageOf(options);
  const { paint, text } = page;
  const proved = report.status === 'proved';
  const mark = proved ? paint('green', text('✓')) : paint('red', text('✗'));
  const lines = page.entry(report.result, 'bold', report.title, 2, 18);
  lines[0] = mark + lines[0]!.slice(1);
  lines.push(...page.paragraph(proved ? facts(report) : `refused ${place(report)}`, 4));
  if (report.file !== undefined) {
    for (const { name, claim } of report.statement.hypotheses) {
      lines.push(...page.paragraph(`if ${name}: ${claim}`, 4, 8));
    }
    lines.push(...page.paragraph(`then ${report.statement.conclusion}`, 4, 8));
  }
  for (const line of report.failure?.message.split('\n') ?? []) lines.push(...page.paragraph(line, 4, 6));
  if (options.steps) for (const step of report.steps) lines.push(...stepLines(step, options));
  return lines;
}

/** A step: its id and claim, why, and from what. */
export function stepLines(step: StepReport, options: ProofTextOptions = {}): string[] {
  const page = pageOf(options);
  const why = because(step);
  return [
    ...page.entry(step.id, 'cyan', `${opening(step)}${step.claim}`, 4, 12),
    ...(step.reason === '' ? [] : page.paragraph(step.reason, 12)),
    ...(why === '' ? [] : page.paragraph(why, 12).map((line) => page.paint('dim', line))),
  ];
}

const opening = ({ kind }: StepReport): string => (kind === 'suppose' ? 'suppose ' : '');

function because({ kind, rule, premises, source }: StepReport): string {
  const from = premises.length === 0 ? '' : ` from ${premises.join(', ')}`;
  return [kind === 'suppose' ? '' : `by ${rule}${from}`, source].filter((part) => part !== '').join(' · ');
}

const many = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;
export const milliseconds = (seconds: number): string =>
  `${(seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0)} ms`;

function facts({ steps, axioms, results, seconds }: ProofReport): string {
  return [
    many(steps.length, 'step'),
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
  const refused = reports.filter(({ status }) => status === 'refused').length;
  const axioms = [...new Set(reports.flatMap((report) => report.axioms))].sort();
  const steps = reports.reduce((sum, report) => sum + report.steps.length, 0);
  const seconds = reports.reduce((sum, report) => sum + report.seconds, 0);
  const lines = page.paragraph(
    [
      `${many(reports.length, 'result')}: ${reports.length - refused} proved${refused > 0 ? `, ${refused} refused` : ''}`,
      many(steps, 'step'),
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

/** Text that is safe to print, wrapped to the width. */
export function pageOf({ width = 100, unicode = true, paint = plain }: ProofTextOptions) {
  const columns = Math.max(NARROWEST, width);
  const text = (value: string): string => (unicode ? escapeControls(value) : toAscii(escapeControls(value)));
  /** lines from column `indent`, those after the first from `next` */
  const paragraph = (words: string, indent: number, next = indent): string[] => {
    const [first, ...rest] = wrap(text(words), columns - Math.max(indent, next));
    return [' '.repeat(indent) + first!, ...rest.map((line) => ' '.repeat(next) + line)];
  };
  /** a head, and words beside it that start at column `at` */
  const entry = (head: string, ink: Ink, words: string, indent: number, at: number): string[] => {
    const label = text(head);
    const used = indent + displayWidth(label);
    const gap = ' '.repeat(Math.max(1, at - used));
    const [first = '', ...rest] = wrap(text(words), columns - Math.max(at, used + 1));
    return [
      ' '.repeat(indent) + paint(ink, label) + gap + first,
      ...rest.map((line) => ' '.repeat(at) + line),
    ];
  };
  return { paint, text, paragraph, entry };
}
