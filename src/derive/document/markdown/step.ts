import type { Annotation, NumberLine, Premise, StepBlock } from '../model.ts';
import { lineText } from '../values.ts';
import { display, fold, inline, link, prose, table, target, text } from './inert.ts';

const MARKS = { holds: '✓', fails: '✗', undecided: '?', supposed: '·' } as const;
const OPENINGS = { claim: '', suppose: 'suppose', obtain: 'obtain', conclusion: 'conclusion' } as const;

/** ✓ **holds** (exact): why */
export function standing({ status, tier, detail }: Annotation): string {
  const decided = status === 'holds' || status === 'fails' ? ` (${tier})` : '';
  const why = prose(detail);
  return `${MARKS[status]} **${status}**${decided}${why === '' ? '' : `: ${why}`}`;
}

/** How a step stands where a hypothesis fails. */
export type Brokenness = 'first' | 'false' | 'rests' | null;

const BROKEN = {
  first: '**The first line that breaks here.** ',
  false: '**The first line whose claim is false here.** ',
  rests: 'Rests on what fails here. ',
} as const;

export function stepLines(
  step: StepBlock,
  brokenness: Brokenness,
  errata: (id: string) => string,
): readonly string[] {
  const { annotation, discharged, inForce, source, rule, kind } = step;
  const by =
    kind === 'suppose'
      ? ''
      : `by ${text(rule)}${step.premises.length > 0 ? ` from ${premises(step.premises)}` : ''}`;
  const under =
    inForce.length > 0 ? `under ${inForce.map(({ id, anchor }) => link(id, anchor)).join(', ')}` : '';
  const closes =
    discharged.length > 0 ? `closes ${discharged.map(({ id, anchor }) => link(id, anchor)).join(', ')}` : '';
  const why = [by, under, closes, text(source)].filter((part) => part !== '').join(' · ');
  const opening = OPENINGS[kind];
  return [
    `${target(step.anchor)}**${text(step.id)}**${opening === '' ? '' : ` ${opening}`}`,
    '',
    display(step.claim),
    '',
    [prose(step.reason), why === '' ? '' : `*${why}*`].filter((part) => part !== '').join(' '),
    '',
    ...(step.split
      ? [
          `${step.split.by === 'cases' ? 'Cases' : 'Induction'}: ${step.split.cases.map(inline).join('; ')}`,
          '',
        ]
      : []),
    ...step.errata.flatMap((id) => [errata(id), '']),
    ...(annotation
      ? [`> ${brokenness ? BROKEN[brokenness] : ''}${standing(annotation)}`, '', ...numbers(annotation)]
      : []),
  ];
}

function premises(list: readonly Premise[]): string {
  return list
    .map(({ id, anchor, from }) => link(id, anchor) + (from && from.length > 0 ? ` (${premises(from)})` : ''))
    .join(', ');
}

const RANK = { false: 0, undecided: 1, true: 2 } as const;
const FAILS: Readonly<Record<string, string>> = { '=': '≠', '≤': '≰', '<': '≮', '= inf': '≠ inf' };

/** Both sides of each equation or inequality, what is false first. */
export function numbers({ lines, omitted, brief }: Annotation): readonly string[] {
  if (lines.length === 0) return [];
  if (brief) return [...lines.map((line) => `- ${text(lineText(line))}`), ''];
  const ordered = [...lines].sort((a, b) => RANK[a.truth] - RANK[b.truth]);
  const row = ({ place, left, right, relation, difference, truth }: NumberLine) => [
    text(place),
    side(left),
    truth === 'false'
      ? (FAILS[relation] ?? relation)
      : truth === 'true'
        ? text(relation)
        : `${text(relation)} ?`,
    side(right),
    side(difference),
  ];
  const count = lines.length + omitted;
  const rest = omitted > 0 ? [`and ${omitted} more`, ''] : [];
  const body = table(['where', 'left', '', 'right', 'right − left'], ordered.map(row));
  return fold(count === 1 ? 'the numbers here' : `the numbers here: ${count} lines`, [...body, ...rest]);
}

const side = (value: string | null): string => (value === null ? 'unknown' : text(value));
