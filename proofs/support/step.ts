/** A proof as data: numbered steps, and what each one rests on. Documents and reports are written from it. */
import { forall, imp } from '../../src/kernel/build.ts';
import type { Term } from '../../src/kernel/term.ts';
import type { Theorem } from '../../src/kernel/theorem.ts';
import type { Statement } from '../../theorems/result.ts';

/** How a claim is reached from premises: a function that ends in rules of the kernel, and its name for the reader. */
export interface Tactic {
  readonly name: string;
  /** Throws when it fails: a KernelError "rule: expected X but received Y". */
  readonly run: (goal: Term, premises: readonly Theorem[]) => Theorem;
  /** what the argument splits on, where it is by cases or by induction */
  readonly split?: (premises: readonly Theorem[]) => Split;
}

/** An argument by cases, or by induction. */
export interface Split {
  readonly by: 'cases' | 'induction';
  /** the cases, of which one holds; of an induction, its base and its step */
  readonly cases: readonly Term[];
}

/** A result, or a part of this proof, that a step uses. */
export interface Citation {
  readonly id: string;
  readonly kind: 'result' | 'part';
  /** the values of the context of its statement, in order */
  readonly at: readonly Term[];
  /** what its hypotheses follow from: ids as in `Step.premises` */
  readonly premises: readonly string[];
}

/** A variable that a step names, with the property that it has. */
export interface Introduced {
  readonly variable: Term;
  readonly condition: Term;
}

export interface Step {
  /** as in the paper's proof: T1.4 */
  readonly id: string;
  readonly kind: 'claim' | 'suppose' | 'obtain' | 'conclusion';
  /** as the script writes it, with its names for bound variables */
  readonly claim: Term;
  readonly rule: string;
  /** ids of steps, of hypotheses of the statement, and of what `cites` lists */
  readonly premises: readonly string[];
  /** the results and parts among the premises, and those among the premises of these */
  readonly cites: readonly Citation[];
  /** one sentence for the reader */
  readonly reason: string;
  /** the place in the paper */
  readonly source: string;
  /** in force: ids of the hypotheses of the statement, and of the `suppose` and `obtain` steps, on which the claim rests */
  readonly hypotheses: readonly string[];
  /** ids of those hypotheses of the premises that are no longer in force */
  readonly discharged: readonly string[];
  readonly introduces: readonly Introduced[];
  readonly split?: Split;
  /** Γ ⊢ claim, up to the names of bound variables */
  readonly theorem: Theorem;
}

/** What `suppose`, `step` or `qed` was called with; a test of the proofs may change it before it is run. */
export interface Draft {
  readonly id: string;
  readonly kind: 'claim' | 'suppose' | 'conclusion';
  readonly claim: Term;
  readonly tactic: Tactic;
  readonly premises: readonly Theorem[];
}

/** A step that the kernel refused. */
export class ProofError extends Error {
  override readonly name = 'ProofError';
  readonly result: string;
  readonly step: string;
  constructor(result: string, step: string, claim: Term | null, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`${result}, ${step}: ${why}${claim ? `\n  in the claim ${claim}` : ''}`, { cause });
    this.result = result;
    this.step = step;
  }
}

/** ∀ context. setting ⇒ hypotheses ⇒ conclusion: the closed proposition that a result claims. */
export function closed(statement: Statement): Term {
  const given = [...statement.setting, ...statement.hypotheses].map((h) => h.term);
  return forall(
    statement.context,
    given.reduceRight((rest, h) => imp(h, rest), statement.conclusion),
  );
}
