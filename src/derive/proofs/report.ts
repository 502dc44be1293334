/** What checking a script gave, as plain data for the renderers. */
import type { Proof } from '../../../proofs/index.ts';
import { closed, ProofError, type Step } from '../../../proofs/support/step.ts';
import type { Result, Statement } from '../../../theorems/result.ts';
import type { ProofValues } from '../../check/proof-values.ts';
import { Printer } from '../../kernel/print.ts';
import { textStyle } from '../../kernel/print-text.ts';
import { Theorem } from '../../kernel/theorem.ts';

export interface StepReport {
  readonly id: string;
  readonly kind: Step['kind'];
  /** the claim as in the paper */
  readonly claim: string;
  readonly rule: string;
  /** ids of steps, hypotheses and results */
  readonly premises: readonly string[];
  /** one sentence for the reader */
  readonly reason: string;
  readonly source: string;
}

export interface ProofReport {
  /** the result that was to be proved */
  readonly result: string;
  readonly title: string;
  /** the file of the script, when it is not one of ours */
  readonly file?: string;
  readonly status: 'proved' | 'refused';
  /** each hypothesis, then the conclusion, as in the paper */
  readonly statement: StatementReport;
  readonly steps: readonly StepReport[];
  /** of analysis and linear algebra, also those of the results used */
  readonly axioms: readonly string[];
  /** of logic, the ordered field, the naturals and index sets */
  readonly foundations: readonly string[];
  /** other results that the script used directly */
  readonly results: readonly string[];
  /** spent in the script, its tactics and the kernel, without the results used */
  readonly seconds: number;
  /** the claims on an instance, when one was given */
  readonly values?: ProofValues;
  /** why it is refused, and at which step */
  readonly failure?: { readonly result: string; readonly step: string; readonly message: string };
}

export interface StatementReport {
  readonly hypotheses: readonly { readonly id: string; readonly name: string; readonly claim: string }[];
  readonly conclusion: string;
}

/** Where a proof comes from: `Library.prove` of proofs/index.ts. */
export interface Prover {
  prove(id: string): Proof;
}

/**
 * Checks one result. Whatever the script throws is a refusal; a proof counts only when its theorem was made by this
 * kernel, rests on nothing open, and is the closed statement of `result`.
 */
export function proofReport(prover: Prover, result: Result, file?: string): ProofReport {
  const statement = result.statement();
  const print = printer(statement);
  const head = {
    result: result.id,
    title: result.title,
    ...(file === undefined ? {} : { file }),
    statement: {
      hypotheses: [...statement.setting, ...statement.hypotheses].map(({ id, name, term }) => ({
        id,
        name,
        claim: print(term),
      })),
      conclusion: print(statement.conclusion),
    },
  };
  const start = performance.now();
  try {
    const proof = prover.prove(result.id);
    requireTheorem(proof.theorem, statement);
    const writeStep = printer(statement, proof.steps);
    return {
      ...head,
      status: 'proved',
      steps: proof.steps.map((step) => ({
        id: step.id,
        kind: step.kind,
        claim: writeStep(step.claim),
        rule: step.rule,
        premises: [...step.premises],
        reason: step.reason,
        source: step.source,
      })),
      axioms: [...proof.axioms],
      foundations: [...proof.foundations],
      results: [...proof.results],
      seconds: proof.milliseconds / 1000,
    };
  } catch (error) {
    return {
      ...head,
      status: 'refused',
      steps: [],
      axioms: [],
      foundations: [],
      results: [],
      seconds: (performance.now() - start) / 1000,
      failure: failureOf(error, result.id),
    };
  }
}

/** Throws unless this is a theorem of this kernel, without hypotheses, whose conclusion is the closed statement. */
function requireTheorem(theorem: Theorem, statement: Statement): void {
  if (!Theorem.is(theorem)) {
    throw new Error(
      'expected a theorem of this kernel but received a look-alike, or one of another copy of everymin',
    );
  }
  const open = theorem.hypotheses.length + theorem.indices.length;
  if (open > 0) throw new Error(`expected a theorem without hypotheses but received ${theorem}`);
  const goal = closed(statement);
  if (theorem.conclusion.id !== goal.id) {
    throw new Error(`expected ⊢ ${goal} but received ${theorem}`);
  }
}

function failureOf(error: unknown, id: string): NonNullable<ProofReport['failure']> {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ProofError)) return { result: id, step: '', message };
  const place = `${error.result}, ${error.step}: `;
  const told = message.startsWith(place) ? message.slice(place.length) : message;
  return { result: error.result, step: error.step, message: told };
}

/** One printer for a statement and its steps, so that they share names. */
export function printer(
  statement: Statement,
  steps: readonly { readonly claim: Step['claim'] }[] = [],
): (term: Step['claim']) => string {
  const terms = [
    ...statement.context,
    ...[...statement.setting, ...statement.hypotheses].map(({ term }) => term),
    statement.conclusion,
    ...steps.map(({ claim }) => claim),
  ];
  const written = new Printer(textStyle, terms, statement.abbreviations);
  return (term) => written.print(term, 0);
}
