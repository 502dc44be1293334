/** The local hypotheses in force at a step, with what changed since the one before. */
import type { LocalClaim, StepBlock } from '../model.ts';
import type { Context } from './context.ts';
import { h, join, type Markup, t } from './markup.ts';

/** Formulas up to this length are written again where they come or go; longer ones are told by their step. */
const SHORT = 36;

/** What came (+), what went (−) and what stayed, each with the step that made it: one list, or nothing. */
export function inForce(context: Context, { inForce: all, discharged }: StepBlock): readonly Markup[] {
  const told = ({ id, anchor, claim }: LocalClaim, longest: number): Markup => {
    const link = context.link(anchor, id);
    return claim.text.length > longest
      ? link
      : join([context.math(claim), h('span', { class: 'of' }, link)], ' ');
  };
  const those = (change: 'new' | 'kept', longest: number): Markup[] =>
    all.filter((each) => each.change === change).map((each) => told(each, longest));
  const lines = [
    line('new', 'new', those('new', SHORT)),
    line('kept', 'still', those('kept', 0)),
    line(
      'gone',
      'no longer',
      discharged.map((each) => told(each, SHORT)),
    ),
  ].flat();
  return lines.length === 0 ? [] : [h('ul', { class: 'force' }, ...lines)];
}

const line = (change: string, word: string, claims: readonly Markup[]): Markup[] =>
  claims.length === 0
    ? []
    : [
        // The style puts +, · or − before it.
        h('li', { class: change }, t('b', {}, word), h('span', {}, join(claims, ', '))),
      ];
