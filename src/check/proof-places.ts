/** The two arithmetics in which a proof is evaluated, and what each says of its variables. */
import type { Arithmetic } from '../arithmetic/arithmetic.ts';
import { Evaluator } from '../arithmetic/evaluate.ts';
import type { Meaning } from '../arithmetic/meaning.ts';
import { type Interval, intervalArithmetic } from '../certified/interval.ts';
import { rationalArithmetic } from '../exact/rational-arithmetic.ts';
import { Rational } from '../kernel/rational.ts';
import type { Sort, Term } from '../kernel/term.ts';
import type { CheckContext } from './check-context.ts';
import type { Arrangement } from './example-parts.ts';
import { symbolsOf } from './interpretation.ts';
import type { Facts } from './proof-facts.ts';
import { type HowMany, Samples, type Witness } from './proof-samples.ts';
import type { Quantity, Tier } from './report.ts';

export interface Place<T> {
  readonly evaluator: Evaluator<T>;
  readonly samples: Samples<T>;
  /** what the instance says of the symbols of the statement, by name */
  readonly symbols: Readonly<Record<string, Meaning<T>>>;
  readonly quantity: (value: T) => Quantity;
  readonly tier: Tier;
}

/** Rationals first, then intervals. */
export type Places = readonly [Place<Rational>, Place<Interval>];

/** A meaning in each arithmetic, where it has one. */
export type Meanings = readonly [Meaning<Rational> | undefined, Meaning<Interval> | undefined];

/** What both places are made of. */
export interface PlaceOptions {
  readonly context: CheckContext;
  /** the id of the result that is proved */
  readonly result: string;
  readonly facts: Facts;
  readonly witness: Witness;
  readonly arrangement: Arrangement | undefined;
  /** of the context of the statement: ids, and names */
  readonly ids: ReadonlySet<number>;
  readonly names: ReadonlySet<string>;
  /** what the steps obtained, by the id of the variable */
  readonly obtained: ReadonlyMap<number, Meanings>;
}

export const placesOf = (about: PlaceOptions, howMany: HowMany): Places => [
  placeOf(about, EXACT, howMany),
  placeOf(about, ENCLOSED, howMany),
];

/** What is asked of the samples for a variable. */
export function requestFor<T>(evaluator: Evaluator<T>, { name, sort }: Term) {
  const sizes = (s: Sort): readonly number[] =>
    s.kind === 'Pi' && s.domain!.kind === 'Fin'
      ? [evaluator.number(s.domain!.dimension!), ...(s.codomain ? sizes(s.codomain) : [])]
      : [];
  return { name, sort, sizes: sizes(sort) };
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
  read: (value) => ('exact' in value ? Rational.parse(value.exact) : undefined),
};
const ENCLOSED: Numbers<Interval> = {
  A: intervalArithmetic,
  tier: 'certified',
  which: 1,
  quantity: ({ lo, hi }) => ({ lower: lo, upper: hi }),
  read: enclosing,
};

function enclosing(value: Quantity): Interval | undefined {
  if ('exact' in value) {
    const exact = Rational.parse(value.exact);
    return exact === undefined ? undefined : intervalArithmetic.rational(exact);
  }
  return 'lower' in value && 'upper' in value ? { lo: value.lower, hi: value.upper } : undefined;
}

function placeOf<T>(
  { context, result, facts, witness, arrangement, ids, names, obtained }: PlaceOptions,
  { A, tier, which, quantity, read }: Numbers<T>,
  howMany: HowMany,
): Place<T> {
  const symbols = symbolsOf(context, A, names, result, context.place());
  const θ = symbols.θ as readonly T[] | undefined;
  const samples = new Samples(context, A, witness, θ, { arrangement, howMany });
  // θ* is known by a box only, and no sample stands for it.
  const hidden = context.place().kind === 'enclosed' && symbols.θ === undefined ? 'θ' : undefined;
  const { infimum, truths } = facts;
  const known = infimum === undefined ? undefined : read(infimum.value);
  const evaluator: Evaluator<T> = new Evaluator<T>({
    arithmetic: A,
    rounding: which === 0 ? 'exact' : 'enclosing',
    meaning: (variable) => {
      const value = obtained.get(variable.id);
      if (value) return value[which] as Meaning<T> | undefined;
      if (!ids.has(variable.id) || variable.name === hidden) return undefined;
      return symbols[variable.name] ?? samples.for(requestFor(evaluator, variable))[0];
    },
    candidates: (request) => samples.for(request),
    infimum: (set) => (set.id === infimum?.set ? known : undefined),
    truth: (claim) => truths.get(claim.id)?.truth,
  });
  return { evaluator, samples, symbols, quantity, tier };
}
