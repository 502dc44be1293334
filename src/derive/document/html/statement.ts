/** The statement: its setting, its hypotheses, its conclusion. */
import type { HypothesisBlock } from '../model.ts';
import type { Context } from './context.ts';
import { erratumNote } from './erratum.ts';
import { h, type Markup, nothing, t, text } from './markup.ts';
import { statusBadge } from './status.ts';
import { annotationBlock } from './step.ts';

export function statementSection(context: Context): Markup {
  const { hypotheses, conclusion } = context.document;
  const setting = hypotheses.filter(({ kind }) => kind === 'setting');
  const supposed = hypotheses.filter(({ kind }) => kind === 'hypothesis');
  return h(
    'section',
    { id: 'statement', 'aria-labelledby': 'statement-title' },
    context.heading(2, { id: 'statement-title' }, text('Statement')),
    h(
      'div',
      { class: 'statement' },
      setting.length === 0
        ? nothing
        : h(
            'details',
            { class: 'setting' },
            t(
              'summary',
              {},
              `Setting: ${setting.length === 1 ? 'one fact' : `${setting.length} facts`} of every instance`,
            ),
            hypothesisList(context, setting),
          ),
      supposed.length === 0 ? nothing : t('p', { class: 'word-of-statement' }, 'Suppose'),
      hypothesisList(context, supposed),
      t('p', { class: 'word-of-statement' }, 'Then'),
      h(
        'div',
        { class: 'then' },
        context.display(conclusion.claim),
        conclusion.annotation === undefined
          ? nothing
          : h(
              'div',
              {},
              statusBadge(conclusion.annotation.status, conclusion.annotation.tier),
              annotationBlock(context, conclusion.annotation),
            ),
      ),
    ),
  );
}

export function hypothesisList(context: Context, hypotheses: readonly HypothesisBlock[]): Markup {
  if (hypotheses.length === 0) return nothing;
  return h('ul', { class: 'hypotheses' }, ...hypotheses.map((one) => hypothesis(context, one)));
}

function hypothesis(
  context: Context,
  { anchor, id, name, claim, annotation, errata = [] }: HypothesisBlock,
): Markup {
  return h(
    'li',
    { id: anchor, class: 'hypothesis' },
    h(
      'p',
      { class: 'name' },
      t('span', {}, name === '' ? id : name),
      annotation === undefined ? nothing : statusBadge(annotation.status, annotation.tier),
    ),
    // a hypothesis that is a definition is written as its name
    claim.text === name ? nothing : context.display(claim),
    annotation === undefined || (annotation.detail.length === 0 && annotation.lines.length === 0)
      ? nothing
      : h(
          'details',
          {},
          h('summary', {}, t('span', { class: 'hidden' }, `${name === '' ? id : name}: `), text('why')),
          h('div', { class: 'inside' }, annotationBlock(context, annotation)),
        ),
    ...errata.map((each) => erratumNote(context, each)),
  );
}
