/** Terms as formulas of a document: one choice of names for a statement and its steps, in every output language. */
import type { Step } from '../../../proofs/support/step.ts';
import type { Statement } from '../../../theorems/result.ts';
import { type Abbreviation, Printer } from '../../kernel/print.ts';
import { latexStyle } from '../../kernel/print-latex.ts';
import type { Style } from '../../kernel/print-style.ts';
import { textStyle } from '../../kernel/print-text.ts';
import type { Sort, Term } from '../../kernel/term.ts';
import { escapeXml } from '../report/xml.ts';
import type { Formula } from './model.ts';

export interface Formulas {
  formula(term: Term): Formula;
  sort(sort: Sort): Formula;
}

/** Printers that share the names of the free variables of all these terms. */
export function formulasOf(terms: readonly Term[], abbreviations: readonly Abbreviation[] = []): Formulas {
  const text = new Printer(textStyle, terms, abbreviations);
  const latex = new Printer(latexStyle, terms, abbreviations);
  return {
    formula: (term) => formulaFrom(text.print(term, 0), latex.print(term, 0)),
    sort: (sort) => formulaFrom(text.sort(sort), latex.sort(sort)),
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
export function symbol(name: string, below: readonly string[] = [], above: readonly string[] = []): Formula {
  const by = (style: Style) => style.symbol(name, below, above);
  return formulaFrom(by(textStyle), by(latexStyle));
}

const formulaFrom = (text: string, latex: string): Formula => ({
  text,
  latex,
  typst: JSON.stringify(text),
  mathml: `<mtext>${escapeXml(text)}</mtext>`,
});
