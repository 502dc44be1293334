/** What checking a script gave, as plain data for the renderers. */
import type { Proof } from '../../../proofs/index.ts';
import { closed, ProofError } from '../../../proofs/support/step.ts';
import type { Result, Statement } from '../../../theorems/result.ts';
import type { ProofValues } from '../../check/proof-values.ts';
import { Theorem } from '../../kernel/theorem.ts';
import { shown } from '../legend.ts';
import { printerOf, type StepReport, stepReports } from './steps.ts';

export interface ProofReport {
  /** the result that was to be proved */
  readonly result: string;
  readonly title: string;
  /** the file of the script, when it is not one of ours */
  readonly file?: string;
  /** `undecided`: the time was over before the proof was checked */
  readonly status: 'proved' | 'refused' | 'undecided';
  /** each hypothesis, then the conclusion, as in the paper; written when it is read */
  readonly statement: StatementReport;
  /** the lemmas of the proof, each after those that it uses; these and the steps only where they were asked for */
  readonly parts: readonly PartReport[];
  readonly steps: readonly StepReport[];
  readonly counts: Counts;
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
  /** the time was over before every claim was evaluated on the instance */
  readonly timedOut?: true;
  /** why it is refused, and at which step; or why it is undecided */
  readonly failure?: { readonly result: string; readonly step: string; readonly message: string };
}

export interface Counts {
  /** of the script itself */
  readonly steps: number;
  /** of each part, by its id */
  readonly parts: Readonly<Record<string, number>>;
  /** of the script and its parts */
  readonly stepsWithParts: number;
}

/** A lemma that is stated for a proof only. */
export interface PartReport {
  readonly id: string;
  readonly title: string;
  /** what it says, in one sentence */
  readonly sentence: string;
  readonly statement: StatementReport;
  /** the parts that its own steps use */
  readonly parts: readonly string[];
  readonly steps: readonly StepReport[];
}

export interface StatementReport {
  readonly hypotheses: readonly { readonly id: string; readonly name: string; readonly claim: string }[];
  readonly conclusion: string;
}

/** Where a proof comes from: `Library.prove` of proofs/index.ts. */
export interface Prover {
  prove(id: string): Proof;
}

export interface ReportOptions {
  /** of the script, when it is not one of ours */
  readonly file?: string;
  /** whether the steps are written out, which takes a third of the time of the check; default true */
  readonly steps?: boolean;
}

/**
 * Checks one result. Whatever the script throws is a refusal; a proof counts only when its theorem was made by this
 * kernel, rests on nothing open, and is the closed statement of `result`.
 */
export function proofReport(
  prover: Prover,
  result: Result,
  { file, steps: asked = true }: ReportOptions = {},
): ProofReport {
  const statement = result.statement();
  const head = {
    result: result.id,
    title: result.title,
    ...(file === undefined ? {} : { file }),
  };
  const start = performance.now();
  try {
    const proof = prover.prove(result.id);
    requireTheorem(proof.theorem, statement);
    return {
      ...head,
      get statement() {
        return statementReport(statement);
      },
      status: 'proved',
      parts: asked ? proof.parts.map(partReport) : [],
      steps: asked ? stepReports(statement, proof.steps) : [],
      counts: {
        steps: proof.steps.length,
        parts: Object.fromEntries(proof.parts.map(({ id, steps }) => [id, steps.length])),
        stepsWithParts: [proof, ...proof.parts].reduce((sum, { steps }) => sum + steps.length, 0),
      },
      axioms: [...proof.axioms],
      foundations: [...proof.foundations],
      results: [...proof.results],
      seconds: proof.milliseconds / 1000,
    };
  } catch (error) {
    const seconds = (performance.now() - start) / 1000;
    return unproved(head, statement, 'refused', seconds, failureOf(error, result.id));
  }
}

/** The report of a proof that was not checked. */
export function undecidedReport(result: Result, message: string): ProofReport {
  const { id, title } = result;
  return unproved({ result: id, title }, result.statement(), 'undecided', 0, {
    result: id,
    step: '',
    message,
  });
}

const unproved = (
  head: Pick<ProofReport, 'result' | 'title' | 'file'>,
  statement: Statement,
  status: 'refused' | 'undecided',
  seconds: number,
  failure: NonNullable<ProofReport['failure']>,
): ProofReport => ({
  ...head,
  get statement() {
    return statementReport(statement);
  },
  status,
  parts: [],
  steps: [],
  counts: { steps: 0, parts: {}, stepsWithParts: 0 },
  axioms: [],
  foundations: [],
  results: [],
  seconds,
  failure,
});

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

function partReport({ id, title, sentence, statement, steps }: Proof): PartReport {
  const used = steps.flatMap(({ cites }) => cites.filter(({ kind }) => kind === 'part'));
  return {
    id,
    title,
    sentence: sentence ?? '',
    statement: statementReport(statement),
    parts: [...new Set(used.map((part) => part.id))],
    steps: stepReports(statement, steps),
  };
}

function statementReport(statement: Statement): StatementReport {
  const { print } = printerOf(statement);
  const given = [...statement.setting, ...statement.hypotheses];
  return {
    hypotheses: given.map(({ id, name, term }) => ({ id, name, claim: print(shown(term)) })),
    conclusion: print(statement.conclusion),
  };
}
