/** The steps of a proof in words, as plain data. */
import type { Step } from '../../../proofs/support/step.ts';
import type { Statement } from '../../../theorems/result.ts';
import { Printer } from '../../kernel/print.ts';
import { textStyle } from '../../kernel/print-text.ts';
import type { Sort, Term } from '../../kernel/term.ts';
import { shown } from '../legend.ts';

export interface StepReport {
  readonly id: string;
  readonly kind: Step['kind'];
  /** as in the paper, with the names that the script gives to bound variables */
  readonly claim: string;
  readonly rule: string;
  /** ids of steps, of hypotheses of the statement, and of what `cites` lists */
  readonly premises: readonly string[];
  /** the results and the parts of this proof among the premises, and those among the premises of these */
  readonly cites: readonly CitationReport[];
  /** one sentence for the reader */
  readonly reason: string;
  /** the place in the paper */
  readonly source: string;
  /** in force: the hypotheses of the statement, and the steps that suppose or obtain, on which the claim rests */
  readonly hypotheses: readonly string[];
  /** hypotheses of the premises that are no longer in force */
  readonly discharged: readonly string[];
  readonly introduces: readonly {
    readonly symbol: string;
    readonly sort: string;
    readonly condition: string;
  }[];
  /** what an argument by cases or by induction splits on; of an induction, its base and its step */
  readonly split?: { readonly by: 'cases' | 'induction'; readonly cases: readonly string[] };
}

export interface CitationReport {
  readonly id: string;
  readonly kind: 'result' | 'part';
  /** the values of the symbols of its statement, in order */
  readonly at: readonly string[];
  /** what its hypotheses follow from */
  readonly premises: readonly string[];
}

/** Steps of one proof, written with one choice of names. */
export function stepReports(statement: Statement, steps: readonly Step[]): readonly StepReport[] {
  const { print, sort } = printerOf(statement, steps);
  return steps.map((step) => ({
    id: step.id,
    kind: step.kind,
    claim: print(step.claim),
    rule: step.rule,
    premises: [...step.premises],
    cites: step.cites.map(({ id, kind, at, premises }) => ({
      id,
      kind,
      at: at.map(print),
      premises: [...premises],
    })),
    reason: step.reason,
    source: step.source,
    hypotheses: [...step.hypotheses],
    discharged: [...step.discharged],
    introduces: step.introduces.map(({ variable, condition }) => ({
      symbol: print(variable),
      sort: sort(variable.sort),
      condition: print(condition),
    })),
    ...(step.split ? { split: { by: step.split.by, cases: step.split.cases.map(print) } } : {}),
  }));
}

/** One printer for a statement and its steps, so that they share names. */
export function printerOf(statement: Statement, steps: readonly Step[] = []) {
  const terms = [
    ...statement.context,
    ...[...statement.setting, ...statement.hypotheses].map(({ term }) => shown(term)),
    statement.conclusion,
    ...steps.flatMap((step) => [
      step.claim,
      ...(step.split?.cases ?? []),
      ...step.introduces.map(({ variable }) => variable),
      ...step.cites.flatMap(({ at }) => at),
    ]),
  ];
  const written = new Printer(textStyle, terms, statement.abbreviations);
  return {
    print: (term: Term): string => written.print(term, 0),
    sort: (sort: Sort): string => written.sort(sort),
  };
}
