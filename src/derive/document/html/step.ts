/** One step: its sentence, its claim, and a fold with what justifies it and what the instance says. */
import type { Annotation, StepBlock } from '../model.ts';
import { type Context, symbolAnchor } from './context.ts';
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

export function stepList(context: Context, steps: readonly StepBlock[], level: 3 | 4): Markup {
  return h('ol', { class: 'steps' }, ...steps.map((step) => h('li', {}, stepArticle(context, step, level))));
}

function stepArticle(context: Context, step: StepBlock, level: 3 | 4): Markup {
  const kind = KINDS[step.kind];
  const broken = context.brokenness(step);
  const { annotation } = step;
  return h(
    'article',
    {
      class: broken === null ? `step ${step.kind}` : `step ${step.kind} broken`,
      id: step.anchor,
      tabindex: '-1',
      'aria-labelledby': `${step.anchor}-name`,
    },
    h(
      'header',
      {},
      context.heading(
        level,
        { class: 'number', id: `${step.anchor}-name` },
        h('a', { href: `#${step.anchor}` }, t('span', { class: 'hidden' }, 'Step '), text(step.id)),
      ),
      kind === null ? nothing : t('span', { class: 'kind' }, kind),
      annotation === undefined ? nothing : statusBadge(annotation.status, annotation.tier),
      broken === null ? nothing : t('span', { class: 'breaks' }, `▲ ${BROKEN[broken]}`),
    ),
    step.reason.length === 0 ? nothing : h('p', { class: 'reason' }, context.prose(step.reason)),
    context.display(step.claim),
    h(
      'details',
      { class: 'why' },
      h('summary', {}, ...justification(step)),
      h('div', { class: 'inside' }, ...inside(context, step)),
    ),
    ...step.errata.map((id) => erratumNote(context, id)),
  );
}

/** by weighted sum from T1.2, weights · A.1: as text, so that the summary is one control */
function justification(step: StepBlock): Markup[] {
  const from = step.premises.map(({ id }) => id).join(', ');
  return [
    t('span', { class: 'hidden' }, `Step ${step.id}: `),
    t('span', { class: 'rule' }, step.rule === '' ? 'details' : `by ${step.rule}`),
    from === '' ? nothing : t('span', { class: 'from' }, ` from ${from}`),
    step.source === '' ? nothing : t('span', { class: 'source' }, ` · ${step.source}`),
  ];
}

function inside(context: Context, step: StepBlock): Markup[] {
  return [
    step.annotation === undefined ? nothing : annotationBlock(context, step.annotation),
    row('Follows from', premises(context, step)),
    row(
      'Rests on',
      step.restsOn.map((id) => context.link(context.anchorOf(id), id)),
    ),
    force(context, step),
    row('Introduces', symbols(context, step.introduces)),
  ];
}

const row = (label: string, items: readonly Markup[]): Markup =>
  items.length === 0
    ? nothing
    : h('div', { class: 'row' }, t('p', { class: 'label' }, label), h('p', {}, join(items, ', ')));

const premises = (context: Context, step: StepBlock): Markup[] =>
  step.premises.map(({ id, anchor }) => context.link(anchor, id));

function symbols(context: Context, ids: readonly string[]): Markup[] {
  return ids.flatMap((id) => {
    const number = context.symbolNumber(id);
    const entry = number === null ? undefined : context.document.symbols[number];
    return entry
      ? [h('a', { class: 'symbol', href: `#${symbolAnchor(id)}` }, context.math(entry.formula))]
      : [];
  });
}

/** The local hypotheses in force: what came (+), what went (−), what stayed. */
function force(context: Context, step: StepBlock): Markup {
  const { inForce, discharged } = step;
  if (inForce.length + discharged.length === 0) return nothing;
  const line = (change: string, glyph: string, word: string, claim: StepBlock['claim']): Markup =>
    h(
      'li',
      { class: change },
      t('span', { class: 'glyph', 'aria-hidden': 'true' }, glyph),
      t('span', { class: 'change' }, word),
      context.display(claim),
    );
  return h(
    'div',
    { class: 'row' },
    t('p', { class: 'label' }, 'In force'),
    h(
      'ul',
      { class: 'force' },
      ...inForce.map(({ claim, change }) =>
        change === 'new' ? line('new', '+', 'new', claim) : line('kept', '·', 'still', claim),
      ),
      ...discharged.map((claim) => line('gone', '−', 'no longer', claim)),
    ),
  );
}

export function annotationBlock(context: Context, annotation: Annotation): Markup {
  return h(
    'div',
    { class: 'annotation' },
    annotation.detail.length === 0 ? nothing : h('p', { class: 'detail' }, context.prose(annotation.detail)),
    numbersTable(annotation),
  );
}

function erratumNote(context: Context, id: string): Markup {
  const erratum = context.document.errata.find((one) => one.id === id);
  if (!erratum) return nothing;
  return h(
    'aside',
    { class: 'erratum-note', 'aria-label': `Erratum at this step: ${erratum.title}` },
    h(
      'p',
      {},
      t('strong', {}, 'Erratum. '),
      text(`${erratum.title} `),
      context.link(erratum.anchor, 'What is wrong, and what is right'),
    ),
  );
}
