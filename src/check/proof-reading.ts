/** What is known while a proof is read on an instance, and what a claim is worth then. */
import { Inexpressible } from '../arithmetic/arithmetic.ts';
import type { Sides } from '../arithmetic/evaluate.ts';
import type { Truth } from '../arithmetic/meaning.ts';
import { rationalArithmetic } from '../exact/rational-arithmetic.ts';
import { forall, imp } from '../kernel/build.ts';
import { freeVariables, freeVariablesOfSort, type Term } from '../kernel/term.ts';
import { AtKink } from '../symbolic/derivative.ts';
import type { CheckContext } from './check-context.ts';
import { TimeLimit } from './deadline.ts';
import { arrangementOf } from './example-parts.ts';
import { expressed } from './expressed.ts';
import { lazy } from './lazy.ts';
import { thetaIn } from './point.ts';
import type { Facts } from './proof-facts.ts';
import { cut, type ValueLine, written } from './proof-lines.ts';
import { type EvaluableProof, type EvaluableStep, inOrder } from './proof-parts.ts';
import {
  type Meanings,
  type Place,
  type PlaceOptions,
  type Places,
  placesOf,
  requestFor,
} from './proof-places.ts';
import type { Witness } from './proof-samples.ts';
import { type Found, NO_LINES, type StepValues, statusOf } from './proof-step-values.ts';
import type { Status, Tier } from './report.ts';
import { type SymbolValue, symbolValue } from './symbol-values.ts';

/** A claim for all values of its free variables. It is closed only when that is asked for: to bind them costs more than to try them. */
export interface Universal {
  readonly claim: Term;
  readonly free: readonly Term[];
  readonly closed: () => Term;
}

export class Reading {
  readonly facts: Facts;
  /** what was obtained, by the id of its fact, and whether its value is proved to fit */
  readonly fits = new Map<number, Status>();
  /** ids of the hypotheses and steps that the time limit cut off */
  readonly cut: string[] = [];
  readonly #about: PlaceOptions;
  readonly #obtained = new Map<number, Meanings>();
  /** ids of the hypotheses of the statement, which are not assumed; none of a part */
  #given: ReadonlySet<number>;
  #places: Places;
  /** with fewer samples, for parts */
  readonly #brief: () => Places;
  /** of the proof, or of the part that is read, by the id of the step or hypothesis */
  #claims: Map<string, Term>;

  constructor(context: CheckContext, proof: EvaluableProof, facts: Facts, witness: Witness) {
    const { statement } = proof;
    const names = new Set(statement.context.map(({ name }) => name));
    const hypotheses = [...statement.setting, ...statement.hypotheses];
    this.facts = facts;
    this.#about = {
      context,
      result: proof.id,
      facts,
      witness,
      arrangement: arrangementOf(context.instance, names),
      ids: new Set(statement.context.map(({ id }) => id)),
      names,
      obtained: this.#obtained,
    };
    this.#given = new Set(hypotheses.map(({ term }) => term.id));
    this.#claims = new Map(hypotheses.map(({ id, term }) => [id, term]));
    this.#places = placesOf(this.#about, 'several');
    this.#brief = lazy(() => placesOf(this.#about, 'few'));
  }

  /** From here on a part is read: its own hypotheses are assumed. */
  enterPart(hypotheses: readonly { readonly id: string; readonly term: Term }[]): void {
    this.#given = new Set();
    this.#places = this.#brief();
    this.#claims = new Map(hypotheses.map(({ id, term }) => [id, term]));
  }

  // ----------------------------------------------------------------------------------------- variables

  symbols(context: readonly Term[]): readonly SymbolValue[] {
    const [{ evaluator, symbols, samples }, { symbols: others }] = this.#places;
    const θ = lazy(() => this.#θ());
    return context.flatMap((variable) => {
      const given = symbols[variable.name] ?? (variable.name in others ? θ() : undefined);
      const meaning = given ?? expressed(() => samples.for(requestFor(evaluator, variable))[0]);
      return meaning === undefined
        ? []
        : symbolValue(variable, meaning, { evaluator, given: given !== undefined });
    });
  }

  #θ() {
    const { context, arrangement } = this.#about;
    const { instance } = context;
    const order = arrangement?.θ;
    return order
      ? order.map((index) => instance.parameters.rational(index))
      : thetaIn(rationalArithmetic, instance);
  }

  /** Whether it has a value: it is in the context of the statement, or was obtained. */
  isKnown = ({ id }: Term): boolean => this.#about.ids.has(id) || this.#obtained.has(id);

  /** Takes the first sample of each arithmetic as the value of what is obtained. */
  propose(variable: Term): void {
    const first = <T>({ evaluator, samples }: Place<T>) =>
      expressed(() => samples.for(requestFor(evaluator, variable)))?.[0];
    const [exact, enclosed] = this.#places;
    this.#obtained.set(variable.id, [first(exact), first(enclosed)]);
  }

  withdraw({ id }: Term): void {
    this.#obtained.delete(id);
  }

  // ----------------------------------------------------------------------------------------- claims

  tell({ id, claim }: EvaluableStep): void {
    this.#claims.set(id, claim);
  }

  premise(step: EvaluableStep): Term | undefined {
    return step.premises.map((id) => this.#claims.get(id)).find((claim) => claim !== undefined);
  }

  /** The variable that ∃-elimination introduced: new in the claim, and not in the premise. */
  newVariable(step: EvaluableStep): Term | undefined {
    const premise = this.premise(step);
    const before = new Set(premise ? freeVariables(premise).map(({ id }) => id) : []);
    const fresh = freeVariables(step.claim).filter((x) => !before.has(x.id) && !this.isKnown(x));
    return fresh.length === 1 ? fresh[0] : undefined;
  }

  /** What the claim of a step is true under, beside what is known or assumed. */
  local({ theorem }: EvaluableStep): readonly Term[] {
    return theorem.hypotheses.filter(({ id }) => !this.#given.has(id) && !this.fits.has(id));
  }

  /** Whether it rests on something obtained of which the value is not proved to fit. */
  restsOnProposal({ theorem }: EvaluableStep): boolean {
    return theorem.hypotheses.some(({ id }) => this.fits.get(id) === 'undecided');
  }

  /** ∀ free variables. local hypotheses ⇒ claim. Throws Inexpressible when what was obtained depends on one of them. */
  throughout({ claim: stated }: Pick<EvaluableStep, 'claim'>, local: readonly Term[]): Universal {
    const claim = local.reduceRight((rest, h) => imp(h, rest), stated);
    const all = freeVariables(claim);
    const any = all.filter((x) => !this.isKnown(x));
    const closes = new Set(any.map(({ id }) => id));
    for (const { id, name, sort } of all) {
      if (!closes.has(id) && freeVariablesOfSort(sort).some((x) => closes.has(x.id)))
        throw new Inexpressible(`${name} was obtained for a variable that is any`);
    }
    const free = inOrder(any);
    return { claim, free, closed: lazy(() => forall(free, claim)) };
  }

  // ----------------------------------------------------------------------------------------- values

  truth(claim: Term): readonly [Truth, Tier, string] {
    // The evaluator asks for what is known of a defined predicate, not of a claim that is spelled out.
    const known = this.facts.truths.get(claim.id);
    if (known && known.truth !== 'undecided') return [known.truth, known.tier, ''];
    const reasons = new Set<string>();
    for (const { evaluator, tier } of this.#places) {
      const before = evaluator.reasons.length;
      const truth = evaluator.truth(claim);
      if (truth !== 'undecided') return [truth, tier, ''];
      for (const reason of evaluator.reasons.slice(before)) reasons.add(reason);
    }
    return ['undecided', 'exact', [...reasons].join('; ')];
  }

  found(claim: Term): Found {
    const [truth, tier, detail] = this.truth(claim);
    return { status: statusOf(truth), tier, detail, ...NO_LINES };
  }

  /** The lines in rationals if they have all their sides, else in intervals. */
  lines(claim: Universal): { lines: readonly ValueLine[]; omitted: number } {
    const [exact, enclosed] = this.#places;
    const first = sidesOf(exact, claim);
    if (first.every(hasSides) && first.length > 0)
      return cut(first.map((line) => written(line, exact.quantity)));
    const second = sidesOf(enclosed, claim);
    if (first.filter(hasSides).length >= second.filter(hasSides).length)
      return cut(first.map((line) => written(line, exact.quantity)));
    return cut(second.map((line) => written(line, enclosed.quantity)));
  }

  /** The first lines, in rationals or else in intervals; none unless all of them have their sides. */
  fewLines(claim: Universal): readonly ValueLine[] {
    const [exact, enclosed] = this.#places;
    const first = sidesOf(exact, claim, FEW_LINES);
    if (first.every(hasSides)) return first.map((line) => written(line, exact.quantity));
    const second = sidesOf(enclosed, claim, FEW_LINES);
    return second.every(hasSides) ? second.map((line) => written(line, enclosed.quantity)) : [];
  }

  /** What `read` finds of a step; undecided where the time is up, or where it cannot be written down. */
  guarded(id: string, kind: StepValues['kind'], read: () => Found): StepValues {
    try {
      return { id, kind, ...read() };
    } catch (error) {
      if (!(error instanceof TimeLimit || error instanceof Inexpressible || error instanceof AtKink))
        throw error;
      if (error instanceof TimeLimit) this.cut.push(id);
      return { id, kind, status: 'undecided', tier: 'exact', detail: error.message, ...NO_LINES };
    }
  }
}

/** Lines of a claim of a part. */
const FEW_LINES = 2;

const hasSides = ({ left, right }: Sides<unknown>): boolean => left !== undefined && right !== undefined;

function sidesOf<T>({ evaluator }: Place<T>, { claim, free }: Universal, most?: number): readonly Sides<T>[] {
  return expressed(() => evaluator.sides(claim, most, free)) ?? [];
}
