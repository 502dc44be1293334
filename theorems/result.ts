import type { Term } from '../src/kernel/term.ts';

export type ResultKind = 'assumption' | 'lemma' | 'theorem' | 'example' | 'proposition';

/** Where a statement comes from: the paper (doi 10.1162/neco_a_01234), or this project. */
export interface Source {
  readonly by: 'paper' | 'ours';
  readonly section?: string;
  readonly equation?: string;
  /** of the journal, 2293–2323 */
  readonly page?: number;
}

/** false as printed · gap, the proof needs repair · index, dimension or typo · unused hypothesis · sharpening */
export type Severity = 'F' | 'G' | 'I' | 'U' | 'S';

/**
 * A difference between the printed text and what is stated here, or something that the text leaves unsaid. Results carry
 * what is unused or sharper; what is false, a gap or a misprint is in errata.ts, where each has an id and a check.
 */
export interface Remark {
  readonly severity: Severity;
  readonly place: string;
  readonly printed?: string;
  readonly right?: string;
  readonly text: string;
}

export interface Hypothesis {
  /** the obligation that decides it on an instance, or the name of a part of the setting */
  readonly id: string;
  readonly name: string;
  readonly term: Term;
}

/** What is claimed, as terms over the variables of `context`. */
export interface Statement {
  /** free variables in an order in which each sort mentions only earlier ones */
  readonly context: readonly Term[];
  /** what every instance satisfies by being one: λ_i > 0, the equations of its network */
  readonly setting: readonly Hypothesis[];
  /** what has to be checked */
  readonly hypotheses: readonly Hypothesis[];
  readonly conclusion: Term;
  /** what free symbols stand for, where it differs from symbols.ts */
  readonly symbols?: Readonly<Record<string, string>>;
  /** names that printers use for terms: H for t + r */
  readonly abbreviations?: readonly Abbreviation[];
}

/** A name for a term, of which variables may be left open: v_k for the vector v with k in it. */
export interface Abbreviation {
  readonly name: string;
  readonly term: Term;
  readonly parameters?: readonly Term[];
}

export interface Result {
  readonly id: string;
  readonly title: string;
  readonly kind: ResultKind;
  readonly source: Source;
  readonly remarks: readonly Remark[];
  /** Builds the statement on the first call, and returns the same object ever after. */
  readonly statement: () => Statement;
}

/** The same result, its statement built at most once. */
export function result(described: Result): Result {
  let built: Statement | undefined;
  return Object.freeze({
    ...described,
    statement: () => {
      built ??= Object.freeze(described.statement());
      return built;
    },
  });
}
