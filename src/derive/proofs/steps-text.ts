import { type ProofTextOptions, pageOf } from './page.ts';
import type { PartReport, ProofReport } from './report.ts';
import type { StepReport } from './steps.ts';

/** Columns by which a part is indented more than the proof that uses it. */
const DEEPER = 4;

/** Every part, numbered, before it is used; then the steps of the proof itself. */
export function derivationLines(report: ProofReport, options: ProofTextOptions = {}): string[] {
  const page = pageOf(options);
  const { parts, steps } = report;
  const lines = parts.flatMap((part, k) => [
    '',
    ...partLines(part, `part ${k + 1} of ${parts.length}`, options),
  ]);
  if (parts.length > 0) lines.push('', ...page.paragraph(`${report.result}, by its parts:`, 4));
  return [...lines, ...steps.flatMap((step) => stepLines(step, options))];
}

function partLines(part: PartReport, number: string, options: ProofTextOptions): string[] {
  const page = pageOf(options);
  const { hypotheses, conclusion } = part.statement;
  const indent = 4 + DEEPER;
  return [
    ...page.entry(number, 'dim', `${part.id}: ${part.title}`, 4, 18),
    ...page.paragraph(part.sentence, indent),
    ...hypotheses.flatMap(({ id, claim }) => page.entry(id, 'cyan', `if ${claim}`, indent, indent + 8)),
    ...page.paragraph(`then ${conclusion}`, indent, indent + 8),
    ...part.steps.flatMap((step) => stepLines(step, options, indent)),
  ];
}

/** A step: its id and claim, why, and from what. */
export function stepLines(step: StepReport, options: ProofTextOptions = {}, indent = 4): string[] {
  const page = pageOf(options);
  const why = because(step);
  const at = indent + 8;
  return [
    ...page.entry(step.id, 'cyan', `${opening(step)}${step.claim}`, indent, at),
    ...(step.reason === '' ? [] : page.paragraph(step.reason, at)),
    ...(why === '' ? [] : page.paragraph(why, at).map((line) => page.paint('dim', line))),
  ];
}

function opening({ kind, introduces }: StepReport): string {
  if (kind === 'suppose') return 'suppose ';
  const named = introduces.map(({ symbol, sort }) => `${symbol} ∈ ${sort}`).join(', ');
  return named === '' ? '' : `obtain ${named} with `;
}

function because(step: StepReport): string {
  const { kind, rule, split, discharged, source } = step;
  const cases = split?.by === 'cases' ? `by cases: ${split.cases.join(', or ')}` : '';
  const closes = discharged.length === 0 ? '' : `closes ${discharged.join(', ')}`;
  const by = kind === 'suppose' ? '' : `by ${rule}${premises(step)}`;
  return [by, cases, closes, source].filter((part) => part !== '').join(' · ');
}

/** The premises; of what is cited, also what its hypotheses follow from. */
function premises(step: StepReport): string {
  const told = (ids: readonly string[]): string => ids.map(one).join(', ');
  const one = (id: string): string => {
    const cited = step.cites.find((each) => each.id === id);
    if (!cited) return id;
    const name = cited.kind === 'part' ? `part ${id}` : id;
    return cited.premises.length === 0 ? name : `${name} (${told(cited.premises)})`;
  };
  return step.premises.length === 0 ? '' : ` from ${told(step.premises)}`;
}
