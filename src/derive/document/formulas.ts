/** Terms as formulas of a document: one choice of names for a statement and its steps, in every output language. */
import type { Step } from '../../../proofs/support/step.ts';
import type { Statement } from '../../../theorems/result.ts';
import { type Abbreviation, Composer, plainIds, type SymbolIds } from '../../kernel/compose.ts';
import { type Layout, name, number } from '../../kernel/layout.ts';
import { latexStyle } from '../../kernel/print-latex.ts';
import { mathmlStyle } from '../../kernel/print-mathml.ts';
import { write } from '../../kernel/print-style.ts';
import { textStyle } from '../../kernel/print-text.ts';
import { typstStyle } from '../../kernel/print-typst.ts';
import type { Sort, Term } from '../../kernel/term.ts';
import type { Formula } from './model.ts';
import { notationsIn } from './notations.ts';

export interface Formulas {
  formula(term: Term): Formula;
  sort(sort: Sort): Formula;
  /** of a variable: its id in the legend */
  idOf(variable: Term): string | null;
}

/** What a legend is told of the formulas: their symbols, and the kinds of the notations that they use. */
export interface Told extends SymbolIds {
  notation?(kind: string): void;
}

/**
 * One choice of names for all these terms, in every output language. Each term is laid out once, and each language
 * writes the layout.
 */
export function formulasOf(
  terms: readonly Term[],
  abbreviations: readonly Abbreviation[] = [],
  legend: Told = plainIds,
): Formulas {
  const composer = new Composer(terms, abbreviations, legend);
  const known = new Map<Term, Formula>();
  const told = (layout: Layout): Formula => {
    for (const kind of notationsIn(layout)) legend.notation?.(kind);
    return formulaOf(layout);
  };
  return {
    formula: (term) => {
      let formula = known.get(term);
      if (!formula) {
        formula = told(composer.compose(term));
        known.set(term, formula);
      }
      return formula;
    },
    sort: (sort) => told(composer.sort(sort)),
    idOf: (variable) => {
      const layout = composer.compose(variable);
      return layout.kind === 'name' ? layout.id : null;
    },
  };
}

/** Every term that a statement and its steps show. */
export function termsOf(statement: Statement, steps: readonly Step[]): readonly Term[] {
  return [
    ...statement.context,
    ...[...statement.setting, ...statement.hypotheses].map(({ term }) => term),
    statement.conclusion,
    ...steps.flatMap((step) => [
      step.claim,
      ...(step.split?.cases ?? []),
      ...step.introduces.map(({ variable }) => variable),
      ...step.cites.flatMap(({ at }) => at),
    ]),
  ];
}

/** A symbol that is no term, with indices: S^{(l)}, G_X. */
export function symbol(
  called: string,
  below: readonly string[] = [],
  above: readonly string[] = [],
  id: string | null = null,
): Formula {
  const index = (text: string): Layout => (/^\d+$/.test(text) ? number(text) : name(text));
  return formulaOf(name(called, id, below.map(index), above.map(index)));
}

/** A layout in every output language. */
export const formulaOf = (layout: Layout): Formula => ({
  text: write(textStyle, layout),
  latex: write(latexStyle, layout),
  typst: write(typstStyle, layout),
  mathml: write(mathmlStyle, layout),
});
