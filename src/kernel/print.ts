/** Terms written in one output language (untrusted). */
import { type Abbreviation, Composer } from './compose.ts';
import { type Style, write } from './print-style.ts';
import type { Sort, Term } from './term.ts';

export type { Abbreviation } from './compose.ts';
export { isEquivalence } from './print-questions.ts';

export function printWith(style: Style, term: Term): string {
  return new Printer(style, [term]).print(term, 0);
}

/** One printer for several terms, so that they share the names of their free variables. */
export class Printer {
  readonly #style: Style;
  readonly #composer: Composer;

  constructor(style: Style, terms: readonly Term[], abbreviations: readonly Abbreviation[] = []) {
    this.#style = style;
    this.#composer = new Composer(terms, abbreviations);
  }

  print(term: Term, precedence = 0): string {
    return write(this.#style, this.#composer.compose(term, precedence));
  }

  sort(sort: Sort): string {
    return write(this.#style, this.#composer.sort(sort));
  }

  /** Whether a vector is written without an index: θ + εv, and not (σ(z_k))_k. */
  readsWithoutIndex(vector: Term): boolean {
    return this.#composer.readsWithoutIndex(vector);
  }
}
