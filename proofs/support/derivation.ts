/**
 * A proof as the reader sees it: numbered steps, each a claim with the rule, the premises, one sentence and the place in the
 * paper (untrusted: a step is there only when the kernel gave its theorem).
 */
import { apply, KernelError, type Term, unfold, variable } from '../../src/kernel/term.ts';
import { assume, discharge, existsElim, forallIntro, Theorem } from '../../src/kernel/theorem.ts';
import type { Abbreviation, Statement } from '../../theorems/result.ts';
import { argsOf, as, conjuncts, generalise, instance, isDefined, isOp, unfolded } from './derived.ts';
import { mentions } from './matching.ts';
import { type Citation, closed, type Draft, ProofError, type Step, type Tactic } from './step.ts';
import { tactic } from './tactics.ts';

interface Obtained {
  readonly exists: Theorem;
  readonly variable: Term;
  readonly fact: Term;
}

/** A result or part that has been proved. */
export interface Proved {
  readonly theorem: Theorem;
  readonly kind: Citation['kind'];
}

export interface Options {
  readonly statement: Statement;
  /** another result, or a part; throws when the proofs depend on each other in a circle */
  readonly lookUp: (id: string) => Proved;
  readonly intercept?: (draft: Draft) => Draft;
}

export class Derivation {
  readonly id: string;
  readonly statement: Statement;
  readonly steps: Step[] = [];
  readonly results = new Set<string>();
  /** what `name` was called with */
  readonly names: Abbreviation[] = [];
  /** Γ ⊢ the closed statement, once `qed` has been called */
  theorem: Theorem | undefined;
  readonly #options: Options;
  /** what the reader knows a theorem by */
  readonly #labels = new Map<Theorem, Label>();
  /** the ids of hypotheses, by those of their terms */
  readonly #inForce = new Map<number, string>();
  readonly #obtained: Obtained[] = [];

  constructor(id: string, options: Options) {
    this.id = id;
    this.statement = options.statement;
    this.#options = options;
    for (const h of [...this.statement.setting, ...this.statement.hypotheses])
      this.#inForce.set(h.term.id, h.id);
  }

  /** The hypothesis of the statement with this id, assumed. */
  given(id: string): Theorem {
    const all = [...this.statement.setting, ...this.statement.hypotheses];
    const found = all.find((h) => h.id === id);
    if (!found) throw new ProofError(this.id, id, null, new Error('expected a hypothesis of the statement'));
    return this.#label({ id }, assume(found.term));
  }

  /** Another result or a part, at these values of its context; premises are discharged up to definitions. */
  cite(id: string, at: readonly Term[], premises: readonly Theorem[]): Theorem {
    this.results.add(id);
    this.#expectTheorems(id, null, premises);
    const { theorem, kind } = this.#options.lookUp(id);
    const labels = this.#labelsOf(premises);
    const own = { id, kind, at, premises: labels.map((label) => label.id) };
    return this.#label(
      { id, cites: [own, ...labels.flatMap(({ cites }) => cites ?? [])] },
      this.#guard(id, null, () => instance(theorem, ...at, ...premises)),
    );
  }

  /** Conjunct n of a theorem, definitions at the head put in; it counts as the same step. */
  part(theorem: Theorem, n: number): Theorem {
    const parts = conjuncts(theorem);
    if (!parts[n]) throw new ProofError(this.id, 'part', theorem.conclusion, `expected a conjunct ${n}`);
    const label = this.#labels.get(theorem);
    return label ? this.#label(label, parts[n]) : parts[n];
  }

  /** The same term. Whoever prints the proof writes it by this name, with the variables that it is open in. */
  name(called: string, term: Term, ...parameters: readonly Term[]): Term {
    this.names.push({ name: called, term, parameters });
    return term;
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
    const draft = this.#draft({ id, kind: 'claim', claim, tactic, premises });
    return this.#record(draft, this.#run(draft, draft.claim), { reason, source });
  }

  /** A local hypothesis, to be discharged by `introducing`. */
  suppose(id: string, claim: Term, reason: string, source = ''): Theorem {
    const draft = this.#draft({ id, kind: 'suppose', claim, tactic: supposition, premises: [] });
    this.#inForce.set(draft.claim.id, id);
    return this.#record(draft, this.#run(draft, draft.claim), { reason, source });
  }

  /** A new variable with the property that the premise says something has; it is eliminated where it must be. */
  obtain(
    id: string,
    name: string,
    from: Theorem,
    reason: string,
    source = '',
  ): readonly [variable: Term, fact: Theorem] {
    this.#expectTheorems(id, null, [from]);
    const exists = this.#guard(id, from.conclusion, () => unfolded(from));
    const body = this.#guard(id, from.conclusion, () => argsOf(exists.conclusion, 'exists')[0]!);
    // Primes, not a fresh variable: the script must give the same theorems when it is run again.
    const taken = (x: Term): boolean =>
      this.#obtained.some((o) => o.variable.name === x.name) ||
      this.statement.context.some((c) => c.name === x.name) ||
      [exists.conclusion, ...exists.hypotheses].some((t) => mentions(t, x));
    let x = variable(name, body.sort.domain!);
    for (let n = 1; taken(x); n++) x = variable(another(name, n), body.sort.domain!);
    const fact = assume(apply(body, x));
    this.#obtained.push({ exists, variable: x, fact: fact.conclusion });
    this.#inForce.set(fact.conclusion.id, id);
    const claim = fact.conclusion;
    const tactic = { name: 'exists-elimination', run: () => fact };
    const introduces = [{ variable: x, condition: claim }];
    const made = { id, kind: 'obtain', claim, tactic, premises: [from] } as const;
    return [x, this.#record(made, fact, { reason, source, introduces })];
  }

  /** ∀- and ⇒-introduction: the goal ∀x. A ⇒ … from a premise about the variables given, in order. */
  introducing(...variables: readonly Term[]): Tactic {
    return tactic('generalisation', 1, (goal, [premise]) => this.#introduce(goal, premise!, variables));
  }

  /** The conclusion of the statement; closes the proof. */
  qed(id: string, tactic: Tactic, premises: readonly Theorem[], reason: string, source = ''): void {
    const claim = this.statement.conclusion;
    const draft = this.#draft({ id, kind: 'conclusion', claim, tactic, premises });
    const theorem = this.#run(draft, claim);
    this.#record({ ...draft, claim }, theorem, { reason, source });
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

  #draft(given: Draft): Draft {
    const draft = this.#options.intercept?.(given) ?? given;
    this.#expectTheorems(draft.id, draft.claim, draft.premises);
    return draft;
  }

  /** Γ ⊢ claim by the tactic of the draft, whose claim must say the same. */
  #run({ id, claim: goal, tactic, premises }: Draft, claim: Term): Theorem {
    return this.#guard(id, goal, () => {
      let theorem: Theorem;
      try {
        theorem = tactic.run(goal, premises);
      } catch (error) {
        if (error instanceof KernelError || error instanceof ProofError) throw error;
        throw new KernelError(`${tactic.name}: expected a theorem but it threw ${error}`);
      }
      if (!Theorem.is(theorem))
        throw new KernelError(`${tactic.name}: expected a theorem but received ${typeof theorem}`);
      return as(theorem, claim);
    });
  }

  /** In plain JavaScript a premise may be anything. */
  #expectTheorems(step: string, claim: Term | null, premises: readonly Theorem[]): void {
    premises.forEach((premise, n) => {
      if (Theorem.is(premise)) return;
      const received = premise === undefined ? 'nothing' : `a value of type ${typeof premise}`;
      throw new ProofError(
        this.id,
        step,
        claim,
        `expected a theorem as premise ${n + 1} but received ${received}`,
      );
    });
  }

  #record(
    { id, kind, claim, tactic, premises }: Omit<Draft, 'kind'> & Pick<Step, 'kind'>,
    theorem: Theorem,
    told: Pick<Step, 'reason' | 'source'> & Partial<Pick<Step, 'introduces'>>,
  ): Theorem {
    if (this.steps.some((step) => step.id === id)) {
      throw new ProofError(this.id, id, claim, 'expected a step with an id of its own');
    }
    const labels = this.#labelsOf(premises);
    const hypotheses = this.#hypothesesOf([theorem]);
    const split = tactic.split?.(premises);
    this.steps.push({
      id,
      kind,
      claim,
      rule: tactic.name,
      premises: labels.map((label) => label.id),
      cites: [...new Set(labels.flatMap(({ cites }) => cites ?? []))],
      reason: told.reason,
      source: told.source,
      hypotheses,
      discharged: this.#hypothesesOf(premises).filter((each) => !hypotheses.includes(each)),
      introduces: told.introduces ?? [],
      ...(split ? { split } : {}),
      theorem,
    });
    return this.#label({ id }, theorem);
  }

  /** The ids of what theorems rest on, in the order of the script; of what was obtained, also what there was to obtain it. */
  #hypothesesOf(theorems: readonly Theorem[]): readonly string[] {
    const found = new Set<number>();
    const collect = (theorem: Theorem): void => {
      for (const { id } of theorem.hypotheses) {
        if (found.has(id)) continue;
        found.add(id);
        for (const o of this.#obtained) if (o.fact.id === id) collect(o.exists);
      }
    };
    for (const theorem of theorems) collect(theorem);
    return [...this.#inForce].filter(([term]) => found.has(term)).map(([, id]) => id);
  }

  #labelsOf(premises: readonly Theorem[]): readonly Label[] {
    return premises.flatMap((th) => this.#labels.get(th) ?? []);
  }

  #label(label: Label, theorem: Theorem): Theorem {
    this.#labels.set(theorem, label);
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

/** s′, s₂, s₃, …; with primes where the name has a number */
const another = (name: string, n: number): string =>
  n === 1 || /[₀-₉'′]$/u.test(name)
    ? name + '′'.repeat(n)
    : name + [...String(n)].map((digit) => String.fromCodePoint(0x2080 + Number(digit))).join('');

interface Label {
  /** of a step, a hypothesis, a result or a part */
  readonly id: string;
  readonly cites?: readonly Citation[];
}

const supposition = tactic('assume', (claim) => assume(claim));
