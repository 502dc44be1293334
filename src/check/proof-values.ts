/**
 * A proof with the numbers of one instance in it: every claim of every step through the one evaluator, in exact
 * rationals where they can be had, else in intervals.
 *
 * A step Γ ⊢ P is read as: the local hypotheses in Γ imply P. The hypotheses of the statement are not assumed, so that
 * on an instance which breaks one the first step that rests on it fails, and is named. What a step obtained has the
 * value that the instance gives it (g, γ), or a small radius; where that value is not proved to fit, nothing that rests
 * on it is called false. Variables that stay free range over samples, which can refute and never prove.
 */

import type { Proof } from '../../proofs/index.ts';
import type { Step } from '../../proofs/support/step.ts';
import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import { Evaluator, type Sides } from '../arithmetic/evaluate.ts';
import type { Meaning, Truth } from '../arithmetic/meaning.ts';
import { type Interval, intervalArithmetic } from '../certified/interval.ts';
import { rationalArithmetic } from '../exact/rational-arithmetic.ts';
import type { Instance } from '../instance/instance.ts';
import { forall, imp, le, lt, open, real, substitute } from '../kernel/build.ts';
import { Rational } from '../kernel/rational.ts';
import { freeVariables, freeVariablesOfSort, type Sort, type Term } from '../kernel/term.ts';
import { AtKink } from '../symbolic/derivative.ts';
import type { CheckContext, SymbolicHelpers } from './check-context.ts';
import { createContext } from './context.ts';
import { TimeLimit } from './deadline.ts';
import { type Arrangement, arrangementOf } from './example-parts.ts';
import { expressed } from './expressed.ts';
import { check } from './index.ts';
import { symbolsOf } from './interpretation.ts';
import { lazy } from './lazy.ts';
import { thetaIn } from './point.ts';
import { atSameLayer, type Facts, factsOf, resultsFor } from './proof-facts.ts';
import { cut, type ValueLine, written } from './proof-lines.ts';
import { type EvaluableStep, inOrder, type PlacedPart, placedParts } from './proof-parts.ts';
import { type HowMany, Samples, type Witness, witnessOf } from './proof-samples.ts';
import type { Quantity, Report, ResultReport, Status, Tier } from './report.ts';
import { type SymbolValue, symbolValue } from './symbol-values.ts';

export type { ValueLine } from './proof-lines.ts';
export type { SymbolValue } from './symbol-values.ts';

export interface StepValues {
  readonly id: string;
  readonly kind: 'hypothesis' | Step['kind'];
  /** `supposed`: a local hypothesis, which need not hold */
  readonly status: Status | 'supposed';
  readonly tier: Tier;
  /** why it is undecided, or how a hypothesis was decided */
  readonly detail: string;
  readonly lines: readonly ValueLine[];
  /** lines that were left out */
  readonly omitted: number;
}

export interface ProofValues {
  readonly result: string;
  readonly hypotheses: readonly StepValues[];
  readonly steps: readonly StepValues[];
  readonly parts: readonly PartValues[];
  /** the symbols of the statement; those that the instance does not name stand for a sample */
  readonly symbols: readonly SymbolValue[];
  /** evaluated at a θ* this near to θ, in every number; null: at θ itself */
  readonly radius: number | null;
  /** the first hypothesis, and the first step, whose claim fails here */
  readonly failing: { readonly hypothesis: string | null; readonly step: string | null };
  /** the time limit was reached, so something may be undecided for want of time */
  readonly timedOut?: true;
  /** ids of the hypotheses and steps that the time limit cut off; absent when there are none */
  readonly cut?: readonly string[];
}

/** A part of a proof, with the values that its context has where it is first cited. */
export interface PartValues {
  readonly id: string;
  readonly cited: PlacedPart['cited'];
  /** the step of the proof itself that rests on it there */
  readonly root: string;
  /** symbols of its context of which the instance fixes no value: they stand for samples */
  readonly sampled: readonly string[];
  /** hypotheses of it that are false here; then its steps are not evaluated */
  readonly failing: readonly string[];
  readonly steps: readonly StepValues[];
}

export interface ProofValuesOptions {
  /** milliseconds since the epoch; default: a minute from now. What it cuts off is undecided. */
  readonly deadline?: number;
  readonly signal?: AbortSignal;
  readonly helpers?: SymbolicHelpers;
  /**
   * `auto`: where a true critical point θ* is proved to lie next to θ, the proof is evaluated there, in intervals; `given`
   * (default): at θ
   */
  readonly point?: 'auto' | 'given';
  /** what a check of the instance with the same `point` says of `resultsFor(proof)`; without it they are checked here */
  readonly checked?: Pick<Report, 'results'>;
  /** whether the parts of the proof are evaluated too, where it uses them; default: no */
  readonly parts?: boolean;
}

const DEFAULT_TIME = 60_000;

/** The part of a proof that is evaluated: that of `prove` in proofs/index.ts has it. */
export type EvaluableProof = Pick<Proof, 'id' | 'statement' | 'steps'> & Partial<Pick<Proof, 'parts'>>;

/** Every claim of a proof on an instance. Throws OtherModelError when its statement is about another kind of model. */
export async function evaluateProof(
  proof: EvaluableProof,
  instance: Instance,
  options: ProofValuesOptions = {},
): Promise<ProofValues> {
  const limit = { deadline: options.deadline ?? Date.now() + DEFAULT_TIME };
  const shared = {
    ...limit,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.helpers === undefined ? {} : { helpers: options.helpers }),
    point: options.point ?? ('given' as const),
  };
  const wanted = resultsFor(proof);
  const { results } =
    options.checked ?? (await check(instance, { ...shared, results: wanted, tier: 'certified' }));
  const found = results.filter(({ result }) => wanted.includes(result));
  const moved = found.some((each) => radiusOf(each) !== undefined);
  const context = createContext(instance, { ...shared, point: moved ? 'auto' : 'given' });
  const place = context.place();
  const facts = factsOf(context, proof.statement, found.filter(atSameLayer(instance)), place);
  const witness = await witnessOf(context, facts.obligations.get('assumption-2'));
  const reader = new Reader(context, proof, facts, witness);
  const { setting, hypotheses } = proof.statement;
  const given = [...setting, ...hypotheses].map(({ id, term }) => reader.hypothesis(id, term));
  const steps = proof.steps.map((step) => reader.step(step));
  const symbols = reader.symbols(proof.statement.context);
  const placed = options.parts ? placedParts({ ...proof, parts: proof.parts ?? [] }) : [];
  const parts = placed.map((part) => reader.part(part));
  const firstOf = (list: readonly StepValues[]) => list.find(({ status }) => status === 'fails')?.id ?? null;
  return {
    result: proof.id,
    hypotheses: given,
    steps,
    parts,
    symbols,
    radius: place.kind === 'enclosed' ? place.radius : null,
    failing: { hypothesis: firstOf(given), step: firstOf(steps) },
    ...(context.deadline.expired() ? { timedOut: true } : {}),
    ...(reader.cut.length > 0 ? { cut: reader.cut } : {}),
  };
}

interface Place<T> {
  readonly evaluator: Evaluator<T>;
  readonly samples: Samples<T>;
  /** what the instance says of the symbols of the statement, by name */
  readonly symbols: Readonly<Record<string, Meaning<T>>>;
  readonly quantity: (value: T) => Quantity;
  readonly tier: Tier;
}

type Places = readonly [Place<Rational>, Place<Interval>];

interface PlaceOptions {
  readonly context: CheckContext;
  readonly result: string;
  readonly witness: Witness;
  readonly howMany: HowMany;
}

/** An arithmetic, and how its numbers stand in a report. */
interface Numbers<T> extends Pick<Place<T>, 'quantity' | 'tier'> {
  readonly A: Arithmetic<T>;
  /** its position among the places */
  readonly which: 0 | 1;
  readonly read: (value: Quantity) => T | undefined;
}

const EXACT: Numbers<Rational> = {
  A: rationalArithmetic,
  tier: 'exact',
  which: 0,
  quantity: (x) => ({ exact: x.toString() }),
  read: exactly,
};
const ENCLOSED: Numbers<Interval> = {
  A: intervalArithmetic,
  tier: 'certified',
  which: 1,
  quantity: ({ lo, hi }) => ({ lower: lo, upper: hi }),
  read: enclosing,
};

class Reader {
  readonly #facts: Facts;
  readonly #context: ReadonlySet<number>;
  readonly #names: ReadonlySet<string>;
  /** ids of the hypotheses of the statement, which are not assumed; none of a part */
  #given: ReadonlySet<number>;
  #places: Places;
  /** with fewer samples, for parts */
  readonly #brief: () => Places;
  /** obtained variables, with one meaning for each arithmetic */
  readonly #obtained = new Map<
    number,
    readonly [Meaning<Rational> | undefined, Meaning<Interval> | undefined]
  >();
  /** what was obtained, by the id of its fact, and whether its value is proved to fit */
  readonly #fits = new Map<number, Status>();
  /** of the proof, or of the part that is read, by the id of the step or hypothesis */
  #claims = new Map<string, Term>();
  readonly #θ: readonly Rational[];
  readonly cut: string[] = [];
  readonly #arrangement: Arrangement | undefined;

  constructor(context: CheckContext, proof: EvaluableProof, facts: Facts, witness: Witness) {
    this.#facts = facts;
    const { statement } = proof;
    this.#context = new Set(statement.context.map(({ id }) => id));
    this.#names = new Set(statement.context.map(({ name }) => name));
    this.#arrangement = arrangementOf(context.instance, this.#names);
    const order = this.#arrangement?.θ;
    this.#θ = order
      ? order.map((index) => context.instance.parameters.rational(index))
      : thetaIn(rationalArithmetic, context.instance);
    const hypotheses = [...statement.setting, ...statement.hypotheses];
    this.#given = new Set(hypotheses.map(({ term }) => term.id));
    for (const { id, term } of hypotheses) this.#claims.set(id, term);
    const placesWith = (howMany: HowMany): Places => {
      const about = { context, result: proof.id, witness, howMany };
      return [this.#place(about, EXACT), this.#place(about, ENCLOSED)];
    };
    this.#places = placesWith('several');
    this.#brief = lazy(() => placesWith('few'));
  }

  #place<T>(
    { context, result, witness, howMany }: PlaceOptions,
    { A, tier, which, quantity, read }: Numbers<T>,
  ): Place<T> {
    const symbols = symbolsOf(context, A, this.#names, result, context.place());
    const samples = new Samples(context, A, witness, symbols.θ as readonly T[] | undefined, {
      arrangement: this.#arrangement,
      howMany,
    });
    // θ* is known by a box only, and no sample stands for it.
    const hidden = context.place().kind === 'enclosed' && symbols.θ === undefined ? 'θ' : undefined;
    const { infimum, truths } = this.#facts;
    const known = infimum === undefined ? undefined : read(infimum.value);
    const evaluator: Evaluator<T> = new Evaluator<T>({
      arithmetic: A,
      rounding: which === 0 ? 'exact' : 'enclosing',
      meaning: (variable) => {
        const obtained = this.#obtained.get(variable.id);
        if (obtained) return obtained[which] as Meaning<T> | undefined;
        if (!this.#context.has(variable.id) || variable.name === hidden) return undefined;
        return symbols[variable.name] ?? samples.for(this.#request(evaluator, variable))[0];
      },
      candidates: (request) => samples.for(request),
      infimum: (set) => (set.id === infimum?.set ? known : undefined),
      truth: (claim) => truths.get(claim.id)?.truth,
    });
    return { evaluator, samples, symbols, quantity, tier };
  }

  symbols(context: readonly Term[]): readonly SymbolValue[] {
    const [{ evaluator, symbols, samples }, { symbols: others }] = this.#places;
    return context.flatMap((variable) => {
      const given = symbols[variable.name] ?? (variable.name in others ? this.#θ : undefined);
      const meaning = given ?? expressed(() => samples.for(this.#request(evaluator, variable))[0]);
      return meaning === undefined
        ? []
        : symbolValue(variable, meaning, { evaluator, given: given !== undefined });
    });
  }

  #request<T>(evaluator: Evaluator<T>, { name, sort }: Term) {
    const sizes = (s: Sort): readonly number[] =>
      s.kind === 'Pi' && s.domain!.kind === 'Fin'
        ? [evaluator.number(s.domain!.dimension!), ...(s.codomain ? sizes(s.codomain) : [])]
        : [];
    return { name, sort, sizes: sizes(sort) };
  }

  hypothesis(id: string, term: Term): StepValues {
    return this.#guarded(id, 'hypothesis', () => {
      const known = this.#facts.truths.get(term.id) ?? this.#facts.truths.get(term.args[0]?.id ?? -1);
      const [truth, tier, reasons] = this.#truth(term);
      // What a check proved of all values needs no samples beside it.
      const { lines, omitted } = known?.truth === true ? NO_LINES : this.#lines(term);
      const obligation = this.#facts.obligations.get(id);
      const detail = obligation?.detail ?? known?.detail ?? (truth === 'undecided' ? reasons : '');
      const decided = known !== undefined && known.truth !== 'undecided';
      return { status: statusOf(truth), tier: decided ? known.tier : tier, detail, lines, omitted };
    });
  }

  /** After what cites it. Its own hypotheses are assumed: of what is false only where they hold is a line false. */
  part({ id, cited, root, context, hypotheses, steps }: PlacedPart): PartValues {
    this.#given = new Set();
    this.#places = this.#brief();
    this.#claims = new Map(hypotheses.map((each) => [each.id, each.term]));
    const fixed = (term: Term): boolean =>
      freeVariables(term).every((x) => this.#context.has(x.id) || this.#obtained.has(x.id));
    const failing = hypotheses.filter(
      ({ id, term }) =>
        fixed(term) && this.#guarded(id, 'hypothesis', () => this.#found(term)).status === 'fails',
    );
    return {
      id,
      cited,
      root,
      sampled: context.flatMap(({ name, value }) => (fixed(value) ? [] : [name])),
      failing: failing.map((each) => each.id),
      steps: failing.length > 0 ? [] : steps.map((step) => this.#partStep(step)),
    };
  }

  /** A few lines of its claim, where what it speaks of has values that fit. */
  #partStep(step: EvaluableStep): StepValues {
    this.#claims.set(step.id, step.claim);
    return this.#guarded(step.id, step.kind, () => {
      if (step.kind === 'suppose') return { status: 'supposed', tier: 'exact', detail: '', ...NO_LINES };
      if (step.kind === 'obtain') return this.#obtainInPart(step);
      const local = step.theorem.hypotheses.filter(({ id }) => !this.#fits.has(id));
      const claim = this.#closed(step, local);
      const lines = this.#fewLines(claim);
      const open: Found = { status: 'undecided', tier: 'exact', detail: '', lines, omitted: 0 };
      if (lines.every(({ truth }) => truth !== 'false')) return open;
      // A line of ∃x. P(x) is false where x is no witness.
      const [truth, tier, detail] = this.#truth(claim);
      const loose = step.theorem.hypotheses.some(({ id }) => this.#fits.get(id) === 'undecided');
      return truth === false && !loose
        ? { ...open, status: 'fails', tier, detail }
        : { ...open, ...NO_LINES };
    });
  }

  /** What it obtains has a value unless that is seen not to fit; then it is any that fits. */
  #obtainInPart(step: EvaluableStep): Found {
    const open: Found = { status: 'undecided', tier: 'exact', detail: '', ...NO_LINES };
    const variable = this.#newVariable(step);
    if (!variable) return open;
    this.#propose(variable);
    const lines = this.#fewLines(this.#closed(step, []));
    if (lines.length > 0 && lines.every(({ truth }) => truth !== 'false')) {
      this.#fits.set(step.claim.id, 'undecided');
      return { ...open, lines };
    }
    this.#obtained.delete(variable.id);
    return open;
  }

  #fewLines(claim: Term): readonly ValueLine[] {
    const [exact, enclosed] = this.#places;
    const first = fewOf(exact, claim);
    if (first.length === 0 || isComplete(first)) return first;
    const second = fewOf(enclosed, claim);
    return isComplete(second) ? second : [];
  }

  #found(term: Term): Found {
    const [truth, tier, detail] = this.#truth(term);
    return { status: statusOf(truth), tier, detail, ...NO_LINES };
  }

  step(step: EvaluableStep): StepValues {
    this.#claims.set(step.id, step.claim);
    return this.#guarded(step.id, step.kind, () => {
      if (step.kind === 'obtain') return this.#obtain(step);
      if (step.kind === 'suppose') {
        return { status: 'supposed', tier: 'exact', detail: '', ...this.#lines(this.#closed(step, [])) };
      }
      return this.#claim(step);
    });
  }

  #claim(step: EvaluableStep): Found {
    const local = step.theorem.hypotheses.filter(({ id }) => !this.#given.has(id) && !this.#fits.has(id));
    const claim = this.#closed(step, local);
    const [truth, tier, reasons] = this.#truth(claim);
    const { lines, omitted } = this.#lines(claim);
    if (truth === false) {
      const loose = step.theorem.hypotheses.some(({ id }) => this.#fits.get(id) === 'undecided');
      if (loose) {
        const detail = 'false for the values tried of what was obtained, which are not proved to fit';
        return { status: 'undecided', tier, detail, lines, omitted };
      }
    }
    const detail = truth !== 'undecided' ? '' : lines.some(isOpen) || lines.length === 0 ? reasons : SAMPLED;
    return { status: statusOf(truth), tier, detail, lines, omitted };
  }

  /** ∀ free variables. local hypotheses ⇒ claim. Throws Inexpressible when what was obtained depends on one of them. */
  #closed(step: EvaluableStep, local: readonly Term[]): Term {
    const claim = local.reduceRight((rest, h) => imp(h, rest), step.claim);
    const all = freeVariables(claim);
    const free = all.filter(({ id }) => !this.#context.has(id) && !this.#obtained.has(id));
    const closes = new Set(free.map(({ id }) => id));
    for (const { id, name, sort } of all) {
      if (!closes.has(id) && freeVariablesOfSort(sort).some((x) => closes.has(x.id)))
        throw new Inexpressible(`${name} was obtained for a variable that is any`);
    }
    return forall(inOrder(free), claim);
  }

  /** Finds a value for what is obtained, among those of the instance. */
  #obtain(step: EvaluableStep): Found {
    const variable = this.#newVariable(step);
    if (!variable) {
      this.#fits.set(step.claim.id, 'undecided');
      return { status: 'undecided', tier: 'exact', detail: '', ...this.#lines(this.#closed(step, [])) };
    }
    this.#propose(variable);
    const claim = this.#closed(step, []);
    const [truth, tier, reasons] = this.#truth(claim);
    const { lines, omitted } = this.#lines(claim);
    const premise = this.#facts.truths.get(this.#premise(step)?.id ?? -1);
    const refuted = truth !== true && (premise?.truth === false || this.#failsAtZero(step, variable));
    // g is the one that an identity gives; of a radius that exists the one that is tried need not be.
    const identity = premise?.truth === true && variable.sort.domain?.kind === 'Pi' && truth !== false;
    const status = refuted ? 'fails' : identity || truth === true ? 'holds' : 'undecided';
    this.#fits.set(step.claim.id, status);
    const detail = {
      fails: `there is no such ${variable.name}; a value that cannot fit stands for it in what follows`,
      undecided: lines.some(isOpen) || lines.length === 0 ? reasons : SAMPLED,
      holds: premise?.detail ?? '',
    }[status];
    const decided = premise !== undefined && (refuted ? premise.truth === false : identity);
    return { status, tier: decided ? premise.tier : tier, detail, lines, omitted };
  }

  /** The first sample of each arithmetic as the value of what was obtained. */
  #propose(variable: Term): void {
    const [first, second] = this.#places.map(({ evaluator, samples }) => {
      const found = expressed(() => samples.for(this.#request(evaluator as Evaluator<unknown>, variable)));
      return found?.[0];
    });
    this.#obtained.set(variable.id, [first as Meaning<Rational>, second as Meaning<Interval>]);
  }

  /** Whether 0 < x ∧ ∀ε. 0 ≤ ε ⇒ ε < x ⇒ P(ε) is false for every x, because P(0) is. */
  #failsAtZero(step: EvaluableStep, x: Term): boolean {
    const atZero = claimAtZero(step.claim, x);
    if (!atZero) return false;
    const free = freeVariables(atZero).filter(({ id }) => !this.#context.has(id) && !this.#obtained.has(id));
    return this.#truth(forall(inOrder(free), atZero))[0] === false;
  }

  #premise(step: EvaluableStep): Term | undefined {
    return step.premises.map((id) => this.#claims.get(id)).find((claim) => claim !== undefined);
  }

  /** The variable that ∃-elimination introduced: new in the claim, and not in the premise. */
  #newVariable(step: EvaluableStep): Term | undefined {
    const premise = this.#premise(step);
    const before = new Set(premise ? freeVariables(premise).map(({ id }) => id) : []);
    const fresh = freeVariables(step.claim).filter(
      ({ id }) => !before.has(id) && !this.#context.has(id) && !this.#obtained.has(id),
    );
    return fresh.length === 1 ? fresh[0] : undefined;
  }

  #truth(claim: Term): readonly [Truth, Tier, string] {
    // The evaluator asks for what is known of a defined predicate, not of a claim that is spelled out.
    const known = this.#facts.truths.get(claim.id);
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

  /** The lines in rationals if they have all their sides, else in intervals. */
  #lines(claim: Term): { lines: readonly ValueLine[]; omitted: number } {
    const [exact, enclosed] = this.#places;
    const first = sidesOf(exact, claim);
    const complete = first.every(({ left, right }) => left !== undefined && right !== undefined);
    if (complete && first.length > 0) return cut(first.map((line) => written(line, exact.quantity)));
    const second = sidesOf(enclosed, claim);
    const sidesIn = (list: readonly Sides<unknown>[]) =>
      list.filter(({ left, right }) => left !== undefined && right !== undefined).length;
    if (sidesIn(first) >= sidesIn(second)) return cut(first.map((line) => written(line, exact.quantity)));
    return cut(second.map((line) => written(line, enclosed.quantity)));
  }

  #guarded(id: string, kind: StepValues['kind'], read: () => Found): StepValues {
    try {
      return { id, kind, ...read() };
    } catch (error) {
      if (!(error instanceof TimeLimit || error instanceof Inexpressible || error instanceof AtKink))
        throw error;
      if (error instanceof TimeLimit) this.cut.push(id);
      return { id, kind, status: 'undecided', tier: 'exact', detail: error.message, lines: [], omitted: 0 };
    }
  }
}

/** Of the box around θ* that a result speaks of; undefined: it speaks of θ. */
function radiusOf({ obligations }: ResultReport): unknown {
  return obligations.find(({ id }) => id === 'critical')?.figures?.radius;
}

const NO_LINES = { lines: [], omitted: 0 };
const SAMPLED = 'no sample that was tried refutes it, which is no proof';
const isOpen = ({ truth }: ValueLine): boolean => truth !== 'true';

/** P(0) of 0 < x ∧ ∀ε. 0 ≤ ε ⇒ ε < x ⇒ P(ε), where P does not mention x. */
function claimAtZero(claim: Term, x: Term): Term | undefined {
  if (x.sort.kind !== 'Real') return undefined;
  const parts = (term: Term | undefined, name: string) =>
    term?.kind === 'operation' && term.name === name ? term.args : [];
  const [positive, rest] = parts(claim, 'and');
  const [f] = parts(rest, 'forall');
  if (positive?.id !== lt(0, x).id || f?.kind !== 'lambda' || f.sort.domain!.kind !== 'Real')
    return undefined;
  const [ε, body] = open(f);
  const [nonnegative, below] = parts(body, 'imp');
  const [small, P] = parts(below, 'imp');
  if (nonnegative?.id !== le(0, ε).id || small?.id !== lt(ε, x).id || !P) return undefined;
  return freeVariables(P).some(({ id }) => id === x.id) ? undefined : substitute(P, [ε], [real(0)]);
}

type Found = Omit<StepValues, 'id' | 'kind'>;

const statusOf = (truth: Truth): Status => (truth === 'undecided' ? 'undecided' : truth ? 'holds' : 'fails');

/** Lines of a claim of a part. */
const FEW_LINES = 2;

const fewOf = <T>({ evaluator, quantity }: Place<T>, claim: Term): readonly ValueLine[] =>
  (expressed(() => evaluator.sides(claim, FEW_LINES)) ?? []).map((line) => written(line, quantity));

const isComplete = (lines: readonly ValueLine[]): boolean => lines.every(({ left, right }) => left && right);

function sidesOf<T>({ evaluator }: Place<T>, claim: Term): readonly Sides<T>[] {
  return expressed(() => evaluator.sides(claim)) ?? [];
}

function exactly(value: Quantity): Rational | undefined {
  return 'exact' in value ? Rational.parse(value.exact) : undefined;
}

function enclosing(value: Quantity): Interval | undefined {
  if ('exact' in value) {
    const exact = Rational.parse(value.exact);
    return exact === undefined ? undefined : intervalArithmetic.rational(exact);
  }
  return 'lower' in value && 'upper' in value ? { lo: value.lower, hi: value.upper } : undefined;
}
