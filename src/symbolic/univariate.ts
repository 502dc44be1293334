import { Rational } from '../kernel/rational.ts';
import type { Polynomial } from './polynomial.ts';

/**
 * Univariate polynomials over Q, dense, lowest degree first, no trailing zeros ([] is zero), and the exact decision of
 * their sign on an open interval by Sturm's theorem (Basu, Pollack, Roy: Algorithms in Real Algebraic Geometry, §2.2).
 */
export type Univariate = readonly Rational[];

/** An open interval; null stands for −∞ (lower) or +∞ (upper). */
export interface OpenInterval {
  readonly lower: Rational | null;
  readonly upper: Rational | null;
}

export const REAL_LINE: OpenInterval = { lower: null, upper: null };
export const POSITIVE_HALF_LINE: OpenInterval = { lower: Rational.zero, upper: null };

/** The polynomial as one in `variable` only; undefined when another variable occurs. */
export function univariate(polynomial: Polynomial, variable: string): Univariate | undefined {
  const coefficients: Rational[] = [];
  for (const { monomial, coefficient } of polynomial.terms) {
    if (monomial.length > 1 || (monomial.length === 1 && monomial[0]![0] !== variable)) return undefined;
    coefficients[monomial[0]?.[1] ?? 0] = coefficient;
  }
  return trim(Array.from(coefficients, (coefficient) => coefficient ?? Rational.zero));
}

export function evaluateAt(p: Univariate, x: Rational): Rational {
  let value = Rational.zero;
  for (let k = p.length - 1; k >= 0; k--) value = value.mul(x).add(p[k]!);
  return value;
}

export function derivativeOf(p: Univariate): Univariate {
  return trim(p.slice(1).map((coefficient, k) => coefficient.mul(Rational.integer(k + 1))));
}

/** Quotient and remainder; throws a RangeError when the divisor is zero. */
export function divide(p: Univariate, divisor: Univariate): { quotient: Univariate; remainder: Univariate } {
  const lead = divisor.at(-1);
  if (!lead) throw new RangeError('divide: the divisor is the zero polynomial');
  const remainder = [...p];
  const quotient: Rational[] = [];
  for (let shift = p.length - divisor.length; shift >= 0; shift--) {
    const factor = remainder[shift + divisor.length - 1]!.div(lead);
    quotient[shift] = factor;
    divisor.forEach((coefficient, k) => {
      remainder[shift + k] = remainder[shift + k]!.sub(factor.mul(coefficient));
    });
  }
  return { quotient: trim(quotient), remainder: trim(remainder) };
}

/** The monic greatest common divisor; [] when both are zero. */
export function gcd(a: Univariate, b: Univariate): Univariate {
  let [left, right] = [a, b];
  while (right.length > 0) [left, right] = [right, monic(divide(left, right).remainder)];
  return monic(left);
}

/** The number of distinct real roots inside the open interval. Throws a RangeError for the zero polynomial. */
export function countRoots(p: Univariate, { lower, upper }: OpenInterval): number {
  const chain = sturmChain(squareFree(p));
  let count = signChanges(chain, lower, -1) - signChanges(chain, upper, 1); // roots in (lower, upper]
  if (upper && evaluateAt(p, upper).isZero) count -= 1;
  return count;
}

/**
 * Decides p ≥ 0 on an open interval: `undefined` when it holds, otherwise a rational point of the interval with p < 0.
 * p is non-negative exactly when it is non-negative at one sample between any two neighbouring roots of odd
 * multiplicity. Cost: a Sturm chain and one bisection per root.
 */
export function negativePoint(p: Univariate, interval: OpenInterval): Rational | undefined {
  if (p.length === 0) return undefined;
  return samplesBetweenRoots(p, interval).find((x) => evaluateAt(p, x).sign < 0);
}

/** True exactly when p > 0 on the whole open interval. */
export function isPositive(p: Univariate, interval: OpenInterval): boolean {
  return (
    p.length > 0 &&
    countRoots(p, interval) === 0 &&
    evaluateAt(p, samplesBetweenRoots(p, interval)[0]!).sign > 0
  );
}

/** At least one rational point in every component of the open interval minus the real roots of p (p not zero). */
export function samplesBetweenRoots(p: Univariate, interval: OpenInterval): Rational[] {
  const core = squareFree(p);
  const bound = rootBound(core);
  const lower = interval.lower ?? minimum(bound.neg(), (interval.upper ?? Rational.zero).sub(Rational.one));
  const upper = interval.upper ?? maximum(bound, lower.add(Rational.one));
  const chain = sturmChain(core);
  const samples: Rational[] = [];
  const visit = (left: Rational, right: Rational, roots: number): void => {
    const middle = left.add(right).div(Rational.integer(2));
    if (roots === 0) {
      samples.push(middle);
      return;
    }
    if (roots === 1) {
      // One root in (left, right]: shrink until a point on each side of it inside the interval is known.
      const inside = separate(core, left, right);
      samples.push(inside.below);
      if (inside.above) samples.push(inside.above);
      return;
    }
    const rootsLeft = signChanges(chain, left, -1) - signChanges(chain, middle, 1);
    visit(left, middle, rootsLeft);
    visit(middle, right, roots - rootsLeft);
  };
  visit(lower, upper, signChanges(chain, lower, -1) - signChanges(chain, upper, 1));
  return samples;
}

/** Points of the open interval on both sides of the one root in (left, right]. */
function separate(
  core: Univariate,
  left: Rational,
  right: Rational,
): { below: Rational; above: Rational | undefined } {
  const chain = sturmChain(core);
  const half = Rational.integer(2);
  if (evaluateAt(core, right).isZero) return { below: left.add(right).div(half), above: undefined };
  let [low, high] = [left, right];
  for (;;) {
    const middle = low.add(high).div(half);
    if (evaluateAt(core, middle).isZero)
      return { below: low.add(middle).div(half), above: middle.add(high).div(half) };
    const rootBelow = signChanges(chain, low, -1) - signChanges(chain, middle, 1) === 1;
    if (rootBelow) high = middle;
    else low = middle;
    if (low.cmp(left) > 0 && high.cmp(right) < 0) return { below: low, above: high };
  }
}

/** p divided by gcd(p, p'): the same roots, each simple. */
export function squareFree(p: Univariate): Univariate {
  if (p.length === 0) throw new RangeError('the zero polynomial vanishes everywhere');
  const common = gcd(p, derivativeOf(p));
  return common.length <= 1 ? p : divide(p, common).quotient;
}

function sturmChain(p: Univariate): readonly Univariate[] {
  const chain: Univariate[] = [p, derivativeOf(p)];
  while (chain.at(-1)!.length > 0) {
    const remainder = divide(chain.at(-2)!, chain.at(-1)!).remainder;
    const size = remainder.at(-1)?.abs() ?? Rational.one;
    chain.push(remainder.map((coefficient) => coefficient.div(size).neg()));
  }
  return chain.slice(0, -1);
}

/** Sign changes of the chain at x, or at the infinity on side `end` when x is null. */
function signChanges(chain: readonly Univariate[], x: Rational | null, end: -1 | 1): number {
  let changes = 0;
  let last = 0;
  for (const p of chain) {
    const lead = p.at(-1)!.sign;
    const sign = x ? evaluateAt(p, x).sign : end < 0 && p.length % 2 === 0 ? -lead : lead;
    if (sign !== 0 && last !== 0 && sign !== last) changes++;
    if (sign !== 0) last = sign;
  }
  return changes;
}

/** Cauchy's bound: every real root lies strictly inside (−b, b). */
function rootBound(p: Univariate): Rational {
  const lead = p.at(-1)!.abs();
  return p.reduce((bound, c) => maximum(bound, c.abs().div(lead)), Rational.zero).add(Rational.one);
}

const minimum = (a: Rational, b: Rational): Rational => (a.cmp(b) < 0 ? a : b);
const maximum = (a: Rational, b: Rational): Rational => (a.cmp(b) > 0 ? a : b);

function monic(p: Univariate): Univariate {
  const lead = p.at(-1);
  return lead ? p.map((coefficient) => coefficient.div(lead)) : p;
}

function trim(p: readonly Rational[]): Univariate {
  let length = p.length;
  while (length > 0 && p[length - 1]!.isZero) length--;
  return p.slice(0, length);
}

/**
 * The rational roots of p in an open interval, and whether these are all of its roots there. Each root is separated, cut
 * down by bisection, and compared with the simplest fraction near it. Throws a RangeError for the zero polynomial.
 */
export function rationalRoots(p: Univariate, interval: OpenInterval): { roots: Rational[]; all: boolean } {
  const core = squareFree(p);
  const samples = samplesBetweenRoots(p, interval);
  const roots: Rational[] = [];
  let count = 0;
  for (let k = 0; k + 1 < samples.length; k++) {
    let [low, high] = [samples[k]!, samples[k + 1]!];
    const signBelow = evaluateAt(core, low).sign;
    if (evaluateAt(core, high).sign === signBelow) continue; // two samples of one component
    count++;
    for (let turn = 0; turn < 80; turn++) {
      const middle = low.add(high).div(Rational.integer(2));
      if (evaluateAt(core, middle).sign === signBelow) low = middle;
      else high = middle;
    }
    const root = simplestBetween(low, high);
    if (evaluateAt(core, root).isZero) roots.push(root);
  }
  return { roots, all: roots.length === count };
}

/** The fraction with the smallest denominator in [low, high] (continued fractions); low ≤ high. */
export function simplestBetween(low: Rational, high: Rational): Rational {
  if (low.sign <= 0 && high.sign >= 0) return Rational.zero;
  if (high.sign < 0) return simplestBetween(high.neg(), low.neg()).neg();
  const floor = new Rational(low.numerator / low.denominator);
  if (floor.equals(low)) return floor;
  const next = floor.add(Rational.one);
  if (next.cmp(high) <= 0) return next;
  return floor.add(simplestBetween(high.sub(floor).inv(), low.sub(floor).inv()).inv());
}
