/**
 * A proof as the reader sees it: numbered steps, each a claim with the rule, the premises, one sentence and the place in the
 * paper (untrusted: a step is there only when the kernel gave its theorem).
 */
import { forall, imp } from '../../src/kernel/build.ts';
import { apply, KernelError, type Term, unfold, variable } from '../../src/kernel/term.ts';
import { assume, discharge, existsElim, forallIntro, type Theorem } from '../../src/kernel/theorem.ts';
import type { Result, Statement } from '../../theorems/result.ts';
import { argsOf, as, conjuncts, generalise, instance, isDefined, isOp, unfolded } from './derived.ts';
import { mentions } from './matching.ts';

/** How a claim is reached from premises: a function that ends in rules of the kernel, and its name for the reader. */
export interface Tactic {
  readonly name: string;
  readonly run: (goal: Term, premises: readonly Theorem[]) => Theorem;
}

export interface Step {
  /** as in the paper's proof, or MATH.md: T1.4 */
  readonly id: string;
  readonly kind: 'claim' | 'suppose' | 'obtain' | 'conclusion';
  readonly claim: Term;
  readonly rule: string;
  /** ids of steps, hypotheses (of the statement) and results */
  readonly premises: readonly string[];
  /** one sentence for the reader */
  readonly reason: string;
  /** the place in the paper */
  readonly source: string;
  /** Γ ⊢ claim, for the hypotheses Γ that are open at this step */
  readonly theorem: Theorem;
}

/** What `step` was called with; a test of the proofs may change it before it is run. */
export interface Draft {
  readonly id: string;
  readonly claim: Term;
  readonly tactic: Tactic;
  readonly premises: readonly Theorem[];
}

/** A script: the result that it proves, and how. */
export interface Script {
  readonly result: Result;
  readonly prove: (p: Derivation) => void;
  /** lemmas of this proof only, each a script of its own; `prove` cites them as it cites results */
  readonly parts?: readonly Script[];
}
export const script = (
  result: Result,
  prove: (p: Derivation) => void,
  parts: readonly Script[] = [],
): Script => ({ result, prove, parts });

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

interface Obtained {
  readonly exists: Theorem;
  readonly variable: Term;
  readonly fact: Term;
}

export interface Options {
  readonly statement: Statement;
  /** the theorem of another result; throws when the proofs depend on each other in a circle */
  readonly lookUp: (id: string) => Theorem;
  readonly intercept?: (draft: Draft) => Draft;
}

export class Derivation {
  readonly id: string;
  readonly statement: Statement;
  readonly steps: Step[] = [];
  readonly results = new Set<string>();
  /** Γ ⊢ the closed statement, once `qed` has been called */
  theorem: Theorem | undefined;
  readonly #options: Options;
  readonly #labels = new Map<Theorem, string>();
  readonly #obtained: Obtained[] = [];

  constructor(id: string, options: Options) {
    this.id = id;
    this.statement = options.statement;
    this.#options = options;
  }

  /** The hypothesis of the statement with this id, assumed. */
  given(id: string): Theorem {
    const all = [...this.statement.setting, ...this.statement.hypotheses];
    const found = all.find((h) => h.id === id);
    if (!found) throw new ProofError(this.id, id, null, new Error('expected a hypothesis of the statement'));
    return this.#label(id, assume(found.term));
  }

  /** Another result, at these values of its context; premises are discharged up to definitions. */
  cite(id: string, at: readonly Term[], premises: readonly Theorem[]): Theorem {
    this.results.add(id);
    return this.#label(
      id,
      this.#guard(id, null, () => instance(this.#options.lookUp(id), ...at, ...premises)),
    );
  }

  /** Conjunct n of a theorem, definitions at the head put in; it counts as the same step. */
  part(theorem: Theorem, n: number): Theorem {
    const parts = conjuncts(theorem);
    if (!parts[n]) throw new ProofError(this.id, 'part', theorem.conclusion, `expected a conjunct ${n}`);
    return this.#label(this.#labels.get(theorem) ?? '', parts[n]);
  }

  /** A claim, from premises by a tactic. Throws ProofError with the rule that refused. */
  step(
    id: string,
    claim: Term,
    tactic: Tactic,
    premises: readonly Theorem[],
    reason: string,
    source = '',
  ): Theorem {
    const given: Draft = { id, claim, tactic, premises };
    const draft = this.#options.intercept?.(given) ?? given;
    const theorem = this.#guard(id, draft.claim, () =>
      as(draft.tactic.run(draft.claim, draft.premises), draft.claim),
    );
    return this.#record(id, 'claim', theorem, tactic.name, premises, reason, source);
  }

  /** A local hypothesis, to be discharged by `introducing`. */
  suppose(id: string, claim: Term, reason: string, source = ''): Theorem {
    return this.#record(id, 'suppose', assume(claim), 'assume', [], reason, source);
  }

  /** A new variable with the property that the premise says something has; it is eliminated where it must be. */
  obtain(
    id: string,
    name: string,
    from: Theorem,
    reason: string,
    source = '',
  ): readonly [variable: Term, fact: Theorem] {
    const exists = this.#guard(id, from.conclusion, () => unfolded(from));
    const body = this.#guard(id, from.conclusion, () => argsOf(exists.conclusion, 'exists')[0]!);
    // Primes, not a fresh variable: the script must give the same theorems when it is run again.
    const taken = (x: Term): boolean =>
      this.#obtained.some((o) => o.variable.name === x.name) ||
      this.statement.context.some((c) => c.name === x.name) ||
      [exists.conclusion, ...exists.hypotheses].some((t) => mentions(t, x));
    let x = variable(name, body.sort.domain!);
    while (taken(x)) x = variable(`${x.name}′`, body.sort.domain!);
    const fact = assume(apply(body, x));
    this.#obtained.push({ exists, variable: x, fact: fact.conclusion });
    return [x, this.#record(id, 'obtain', fact, 'exists-elimination', [from], reason, source)];
  }

  /** ∀- and ⇒-introduction: the goal ∀x. A ⇒ … from a premise about the variables given, in order. */
  introducing(...variables: readonly Term[]): Tactic {
    return {
      name: 'generalisation',
      run: (goal, [premise]) => this.#introduce(goal, premise!, variables),
    };
  }

  /** The conclusion of the statement; closes the proof. */
  qed(id: string, tactic: Tactic, premises: readonly Theorem[], reason: string, source = ''): void {
    const claim = this.statement.conclusion;
    const given: Draft = { id, claim, tactic, premises };
    const draft = this.#options.intercept?.(given) ?? given;
    const theorem = this.#guard(id, draft.claim, () =>
      as(draft.tactic.run(draft.claim, draft.premises), claim),
    );
    this.#record(id, 'conclusion', theorem, tactic.name, premises, reason, source);
    this.theorem = this.#guard(id, claim, () => {
      let out = this.#released(theorem, () => true);
      const hypotheses = [...this.statement.setting, ...this.statement.hypotheses].map((h) => h.term);
      for (const h of hypotheses.reverse()) out = discharge(h, out);
      out = generalise(out, ...this.statement.context);
      const goal = closed(this.statement);
      const loose = [...out.hypotheses, ...out.indices];
      if (out.conclusion.id !== goal.id || loose.length > 0) {
        throw new KernelError(`qed: expected ⊢ ${goal} but received ${out}, with ${loose.length} loose ends`);
      }
      return out;
    });
  }

  #introduce(goal: Term, premise: Theorem, variables: readonly Term[]): Theorem {
    if (goal.id === premise.conclusion.id) return premise;
    if (isOp(goal, 'forall') && variables.length > 0) {
      const [x, ...rest] = variables as [Term, ...Term[]];
      const inner = this.#introduce(apply(goal.args[0]!, x), premise, rest);
      const free = (t: Term) => mentions(t, x);
      const out = this.#released(inner, (o) => free(o.fact) || o.exists.hypotheses.some(free));
      return forallIntro(x, out);
    }
    if (isOp(goal, 'imp')) {
      const [p, q] = goal.args as [Term, Term];
      const inner = this.#introduce(q, premise, variables);
      const out = this.#released(inner, (o) => o.exists.hypotheses.some((h) => h.id === p.id));
      return discharge(p, out);
    }
    if (isDefined(goal)) return as(this.#introduce(unfold(goal), premise, variables), goal);
    return as(premise, goal);
  }

  /** The theorem with those obtained variables eliminated that are concerned, or rest on one that is. */
  #released(theorem: Theorem, concerned: (o: Obtained) => boolean): Theorem {
    const go: Obtained[] = [];
    for (const o of this.#obtained) {
      const rests = go.some(
        (x) => mentions(o.fact, x.variable) || o.exists.hypotheses.some((h) => h.id === x.fact.id),
      );
      if (rests || concerned(o)) go.push(o);
    }
    let out = theorem;
    for (const o of go.reverse()) {
      if (out.hypotheses.some((h) => h.id === o.fact.id)) out = existsElim(o.exists, o.variable, out);
    }
    return out;
  }

  #record(
    id: string,
    kind: Step['kind'],
    theorem: Theorem,
    rule: string,
    premises: readonly Theorem[],
    reason: string,
    source: string,
  ): Theorem {
    if (this.steps.some((step) => step.id === id)) {
      throw new ProofError(this.id, id, theorem.conclusion, 'expected a step with an id of its own');
    }
    const labels = premises.map((th) => this.#labels.get(th) ?? '');
    this.steps.push({
      id,
      kind,
      claim: theorem.conclusion,
      rule,
      premises: labels.filter((label) => label !== ''),
      reason,
      source,
      theorem,
    });
    return this.#label(id, theorem);
  }

  #label(id: string, theorem: Theorem): Theorem {
    this.#labels.set(theorem, id);
    return theorem;
  }

  #guard<T>(step: string, claim: Term | null, run: () => T): T {
    try {
      return run();
    } catch (error) {
      if (error instanceof KernelError) throw new ProofError(this.id, step, claim, error);
      throw error;
    }
  }
}
