import type { ProofValues, StepValues, ValueLine } from '../../check/proof-values.ts';
import type { Ink } from '../report/paint.ts';
import { quantityText } from '../report/quantity.ts';
import { type ProofTextOptions, pageOf } from './page.ts';
import type { ProofReport } from './report.ts';
import { stepLines } from './steps-text.ts';

/** Lines shown of a step, those that are false first. */
const SHOWN = 3;

const MARKS: Readonly<Record<StepValues['status'], readonly [sign: string, ink: Ink, word: string]>> = {
  holds: ['✓', 'green', 'holds'],
  fails: ['✗', 'red', 'fails'],
  undecided: ['?', 'yellow', 'undecided'],
  supposed: ['·', 'dim', 'supposed'],
};

const RELATIONS: Readonly<Record<ValueLine['relation'], readonly [holds: string, fails: string]>> = {
  eq: ['=', '≠'],
  le: ['≤', '≰'],
  lt: ['<', '≮'],
  inf: ['= inf:', '≠ inf:'],
};

/** A proof with the numbers of an instance: each hypothesis and each step, its values, and the first that fails. */
export function valueLines(
  report: ProofReport,
  values: ProofValues,
  instance: string,
  options: ProofTextOptions = {},
): string[] {
  const page = pageOf(options);
  const { paint, text } = page;
  const out = [
    page.paint('bold', text(`${report.result} on ${instance}`)),
    ...page.paragraph(verdict(values), 2),
  ];
  const claims = new Map(report.statement.hypotheses.map(({ id, claim }) => [id, claim]));
  out.push('');
  for (const each of values.hypotheses) {
    out.push(...page.entry(each.id, 'cyan', `if ${claims.get(each.id) ?? ''}`, 4, 12), ...numbers(each));
  }
  report.steps.forEach((step, k) => {
    const each = values.steps[k];
    out.push(...stepLines(step, options), ...(each ? numbers(each) : []));
  });
  return out;

  function numbers(each: StepValues): string[] {
    const [sign, ink, word] = MARKS[each.status];
    const decided = each.status === 'holds' || each.status === 'fails' ? ` (${each.tier})` : '';
    const detail = each.detail === '' ? '' : `: ${each.detail}`;
    const head = page.paragraph(`${sign} ${word}${decided}${detail}`, 12, 14).map((line) => paint(ink, line));
    const shown = [...each.lines].sort((a, b) => rank(a) - rank(b)).slice(0, SHOWN);
    const left = each.lines.length - shown.length + each.omitted;
    return [
      ...head,
      ...shown.flatMap((line) => page.paragraph(lineText(line), 14, 16)),
      ...(left > 0 ? page.paragraph(`and ${left} more`, 14) : []),
    ];
  }
}

const rank = ({ truth }: ValueLine): number => (truth === 'false' ? 0 : truth === 'undecided' ? 1 : 2);

/** "i = 2, sample 1 of α:  1/9 = 1/9, difference 0" */
function lineText({ at, samples, relation, left, right, difference, truth }: ValueLine): string {
  const place = [
    ...Object.entries(at).map(([name, k]) => `${name} = ${k}`),
    ...Object.entries(samples).map(([name, k]) => `sample ${k} of ${name}`),
  ].join(', ');
  const [holds, fails] = RELATIONS[relation];
  const sign = truth === 'false' ? fails : truth === 'true' ? holds : `${holds}?`;
  const side = (quantity: ValueLine['left']) => (quantity === undefined ? 'unknown' : quantityText(quantity));
  const gap = difference === undefined ? '' : `, difference ${quantityText(difference)}`;
  return `${place === '' ? '' : `${place}: `}${side(left)} ${sign} ${side(right)}${gap}`;
}

function verdict({ failing }: ProofValues): string {
  const { hypothesis, step } = failing;
  if (hypothesis === null && step === null) return 'No hypothesis and no step is refuted here.';
  if (hypothesis === null) {
    return `Step ${step} fails although no hypothesis is refuted: a bug in everymin, or a hypothesis that is undecided.`;
  }
  return step === null
    ? `The hypothesis ${hypothesis} fails here; no step is refuted by the samples that were tried.`
    : `The hypothesis ${hypothesis} fails here, and ${step} is the first step that fails with it.`;
}
