/** What an instance says about the free symbols of a statement. */
import type { Sort, Term } from '../kernel/term.ts';
import type { Arithmetic } from './arithmetic.ts';

/** A claim is true, false, or neither is certain. */
export type Truth = boolean | 'undecided';

export type Nested<T> = T | readonly Nested<T>[];

/** A function of a vector (or of one number, as a vector of length 1). */
export interface PointFunction<T> {
  /** a number, or nested arrays of the shape of the value; a truth for a predicate */
  value(point: readonly T[]): Nested<T> | Truth;
  /**
   * The partial derivative in coordinate k (0-based), of the shape of the value; undefined where the function is not
   * known to be (Fréchet) differentiable, so that the chain rule is never used there.
   */
  partial?(point: readonly T[], k: number): Nested<T> | undefined;
  /** Whether it is differentiable at the point; absent: not known. */
  differentiable?(point: readonly T[]): Truth;
  /** ∂_k as a function, for second derivatives. */
  derivative?(k: number): PointFunction<T>;
}

/**
 * The meaning of a variable, by its sort: a number for ℕ and for an index (0-based), a T for ℝ, arrays or functions of
 * an index for Fin(n) → … and ℕ → …, a PointFunction for a function of a vector or a number.
 */
export type Meaning<T> =
  | number
  | T
  | Truth
  | readonly Meaning<T>[]
  | ((index: number) => Meaning<T>)
  | PointFunction<T>;

/** A quantifier over a set that cannot be run through, or the variables of an infimum. */
export interface Request {
  readonly quantifier: 'forall' | 'exists' | 'infimum';
  readonly name: string;
  readonly sort: Sort;
  /** the sizes of the index sets of its sort, outermost first: [p, n] for ℝ^{p×n} */
  readonly sizes: readonly number[];
}

/** The values of subterms of a claim, for the callbacks of an interpretation. */
export interface Scope<T> {
  /** of a term of sort ℕ or Fin(n) */
  number(term: Term): number;
  real(term: Term): T;
  vector(term: Term): readonly T[];
}

export interface Interpretation<T> {
  readonly arithmetic: Arithmetic<T>;
  /**
   * How far a sign of the arithmetic decides a comparison: `exact` and `enclosing` numbers decide when the sign is
   * known; numbers that were rounded to `nearest` never decide, and only their sides are of use.
   */
  readonly rounding: 'exact' | 'enclosing' | 'nearest';
  /** undefined: the symbol has no meaning here, and what depends on it is undecided */
  meaning(variable: Term): Meaning<T> | undefined;
  /** Points to try: one that refutes a ∀, or witnesses an ∃, decides it; no number of others does. */
  candidates?(request: Request): readonly Meaning<T>[];
  /** The infimum of a set of reals that was computed elsewhere (a value, or an enclosure). */
  infimum?(set: Term, scope: Scope<T>): T | undefined;
  /** The truth of a claim that was decided elsewhere, asked before a defined predicate is unfolded. */
  truth?(claim: Term, scope: Scope<T>): Truth | undefined;
}
