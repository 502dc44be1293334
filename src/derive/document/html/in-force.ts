/** The local hypotheses in force at a step, with what changed since the one before. */
import type { Formula, StepBlock } from '../model.ts';
import type { Context } from './context.ts';
import { h, join, type Markup, t } from './markup.ts';

/** The step before that supposed or obtained a claim, by the claim. */
export type Origins = ReadonlyMap<string, StepBlock>;

/** Formulas up to this length are written again where they come or go; longer ones are told by their step. */
const SHORT = 36;

/** What came (+), what went (−), and, told by their steps, what stayed: one list, or nothing. */
export function inForce(
  context: Context,
  { inForce: all, discharged }: StepBlock,
  made: Origins,
): readonly Markup[] {
  const told = (claim: Formula, longest: number): Markup => {
    const step = made.get(claim.text);
    if (!step) return context.math(claim);
    const link = context.link(step.anchor, step.id);
    return claim.text.length > longest
      ? link
      : join([context.math(claim), h('span', { class: 'of' }, link)], ' ');
  };
  const those = (change: 'new' | 'kept', longest: number): Markup[] =>
    all.filter((each) => each.change === change).map(({ claim }) => told(claim, longest));
  const lines = [
    line('new', '+', 'new', those('new', SHORT)),
    line('kept', '·', 'still', those('kept', 0)),
    line(
      'gone',
      '−',
      'no longer',
      discharged.map((claim) => told(claim, SHORT)),
    ),
  ].flat();
  return lines.length === 0 ? [] : [h('ul', { class: 'force' }, ...lines)];
}

const line = (change: string, glyph: string, word: string, claims: readonly Markup[]): Markup[] =>
  claims.length === 0
    ? []
    : [
        h(
          'li',
          { class: change },
          t('span', { class: 'glyph', 'aria-hidden': 'true' }, glyph),
          t('span', { class: 'change' }, word),
          h('span', { class: 'claims' }, join(claims, ', ')),
        ),
      ];
