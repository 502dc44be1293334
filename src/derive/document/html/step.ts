/** One step: its sentence, its claim, and a fold with what justifies it and what the instance says. */
import type { Annotation, Formula, Premise, StepBlock } from '../model.ts';
import { type Context, symbolAnchor } from './context.ts';
import { erratumNote } from './erratum.ts';
import { inForce } from './in-force.ts';
import { h, join, type Markup, nothing, t, text } from './markup.ts';
import { numbersTable } from './numbers.ts';
import { statusBadge } from './status.ts';

const KINDS: Readonly<Record<StepBlock['kind'], string | null>> = {
  claim: null,
  suppose: 'suppose',
  obtain: 'obtain',
  conclusion: 'conclusion',
};

const BROKEN = {
  first: 'the first line that breaks here',
  false: 'the first claim that is false here',
  rests: 'rests on what fails here',
} as const;

/** A last step that claims `conclusion` says so, and does not write it again. */
export function stepList(
  context: Context,
  steps: readonly StepBlock[],
  level: 3 | 4,
  conclusion?: Formula,
): Markup {
  return h('ol', { class: 'steps' }, ...steps.map((step) => stepItem(context, step, { level, conclusion })));
}

interface Place {
  readonly level: 3 | 4;
  readonly conclusion: Formula | undefined;
}

function stepItem(context: Context, step: StepBlock, place: Place): Markup {
  const kind = KINDS[step.kind];
  const broken = context.brokenness(step);
  const { annotation } = step;
  const classes = ['step', ...(kind === null ? [] : [step.kind]), ...(broken === null ? [] : ['broken'])];
  return h(
    'li',
    { class: classes.join(' '), id: step.anchor },
    h(
      'header',
      {},
      context.heading(place.level, {}, t('a', { href: `#${step.anchor}` }, step.id)),
      kind === null ? nothing : t('span', { class: 'kind' }, kind),
      annotation === undefined ? nothing : statusBadge(annotation.status, annotation.tier),
      broken === null ? nothing : t('span', { class: 'breaks' }, `▲ ${BROKEN[broken]}`),
    ),
    step.reason.length === 0 ? nothing : h('p', { class: 'reason' }, context.prose(step.reason)),
    step.claim.text === place.conclusion?.text
      ? t('p', { class: 'claimed' }, '∎ This is the claim of this part.')
      : context.display(step.claim),
    h(
      'details',
      {},
      h('summary', {}, justification(step)),
      h('div', { class: 'inside' }, ...inside(context, step, place)),
    ),
    ...step.errata.map((id) => erratumNote(context, id)),
  );
}

/** by weighted sum from T1.2, weights · A.1: as text, so that the summary is one control */
function justification({ id, rule, premises: list, source }: StepBlock): Markup {
  const from = list.length === 0 ? '' : ` from ${list.map((premise) => premise.id).join(', ')}`;
  return join([
    text(`${id} ${rule === '' ? 'in detail' : `by ${rule}`}${from}`),
    source === '' ? nothing : t('span', { class: 'source' }, ` · ${source}`),
  ]);
}

function inside(context: Context, step: StepBlock, { level }: Place): Markup[] {
  const facts = [
    row('From', premises(context, step.premises)),
    // of a part, the statement's own hypotheses say little
    row('Rests on', level === 3 ? step.restsOn.map((id) => context.link(context.anchorOf(id), id)) : []),
    split(context, step),
    row('In force', inForce(context, step)),
    row('Introduces', symbols(context, step.introduces)),
  ].filter((part) => part !== nothing);
  return [
    step.annotation === undefined ? nothing : annotationBlock(context, step.annotation),
    facts.length === 0 ? nothing : h('dl', {}, ...facts),
  ];
}

const fact = (label: string, value: Markup): Markup => join([t('dt', {}, label), h('dd', {}, value)]);

const row = (label: string, items: readonly Markup[]): Markup =>
  items.length === 0 ? nothing : fact(label, join(items, ', '));

const premises = (context: Context, list: readonly Premise[]): Markup[] =>
  list.map(({ id, anchor, from }) => {
    const link = context.link(anchor, id);
    return from === undefined ? link : join([link, text(' with '), join(premises(context, from), ', ')]);
  });

function split(context: Context, { split: cases }: StepBlock): Markup {
  if (cases === undefined) return nothing;
  return fact(
    cases.by === 'cases' ? 'Cases' : 'Induction',
    h(
      'ul',
      { class: 'force' },
      ...cases.cases.map((each) => h('li', { class: 'case' }, context.display(each))),
    ),
  );
}

function symbols(context: Context, ids: readonly string[]): Markup[] {
  return ids.flatMap((id) => {
    const entry = context.symbol(id);
    return entry
      ? [
          h(
            'a',
            { class: 'symbol', href: `#${symbolAnchor(id)}`, 'aria-label': entry.formula.text },
            context.math(entry.formula),
          ),
        ]
      : [];
  });
}

export function annotationBlock(context: Context, annotation: Annotation): Markup {
  if (annotation.brief && annotation.detail.length === 0) return numbersTable(annotation);
  return h(
    'div',
    { class: 'annotation' },
    annotation.detail.length === 0 ? nothing : h('p', { class: 'detail' }, context.prose(annotation.detail)),
    numbersTable(annotation),
  );
}
