import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import { Rational } from '../kernel/rational.ts';
import { bounds, expBounds, logBounds, sigmoidBounds, softplusBounds, tanhBounds } from './interval-exp.ts';
import { powerBounds } from './interval-power.ts';
import {
  above,
  addDown,
  addUp,
  below,
  divDown,
  divUp,
  mulDown,
  mulUp,
  sqrtDown,
  sqrtUp,
} from './interval-rounding.ts';
import { cosBounds, sinBounds } from './interval-trigonometric.ts';

/** All real numbers from lo to hi; both are finite and lo ≤ hi. */
export interface Interval {
  readonly lo: number;
  readonly hi: number;
}

const MAX = Number.MAX_VALUE;

/** Throws a RangeError unless lo ≤ hi are finite. */
export function interval(lo: number, hi: number = lo): Interval {
  if (!(lo >= -MAX && lo <= hi && hi <= MAX)) throw new RangeError(`interval: [${lo}, ${hi}]`);
  return { lo, hi };
}

/** The result of an operation: a bound that is infinite or NaN stands for an overflow. */
function result(lo: number, hi: number): Interval {
  if (lo >= -MAX && hi <= MAX && lo <= hi) return { lo: lo + 0, hi: hi + 0 }; // no -0
  throw new Inexpressible('a bound is beyond the range of float64');
}

const ZERO: Interval = Object.freeze({ lo: 0, hi: 0 });
const ONE: Interval = Object.freeze({ lo: 1, hi: 1 });

/** Bounds of a rational: one float when it is one, else the two floats around it. Throws Inexpressible beyond the range. */
export function ofRational(value: Rational): Interval {
  const nearest = value.toNumber();
  if (!Number.isFinite(nearest)) throw new Inexpressible(`a rational is beyond the range of float64`);
  const order = Rational.fromNumber(nearest).cmp(value);
  return result(order > 0 ? below(nearest) : nearest, order < 0 ? above(nearest) : nearest);
}

/** An increasing function with bounds at both ends. */
function increasing(a: Interval, bound: (x: number) => void): Interval {
  if (!(a.lo <= a.hi)) throw new RangeError(`interval: [${a.lo}, ${a.hi}]`);
  bound(a.lo);
  const lo = bounds[0]!;
  if (a.lo !== a.hi) bound(a.hi);
  return result(lo, bounds[1]!);
}

/** sin has its maxima at quarter turns ≡ 1 modulo 4, cos at ≡ 0; the minima are two quarter turns on. */
function periodic(a: Interval, bound: (x: number) => number | bigint, maximum: bigint): Interval {
  const from = bound(a.lo);
  let lo = bounds[0]!;
  let hi = bounds[1]!;
  if (a.lo === a.hi) return result(lo, hi);
  const to = BigInt(bound(a.hi));
  lo = Math.min(lo, bounds[0]!);
  hi = Math.max(hi, bounds[1]!);
  // the multiples q·π/2 in (a.lo, a.hi]
  const first = BigInt(from) + 1n;
  if (to - first >= 3n) return { lo: -1, hi: 1 };
  for (let q = first; q <= to; q++) {
    const phase = BigInt.asUintN(2, q - maximum);
    if (phase === 0n) hi = 1;
    if (phase === 2n) lo = -1;
  }
  return result(lo, hi);
}

function multiply(a: Interval, b: Interval): Interval {
  const { lo: p, hi: q } = a;
  const { lo: r, hi: s } = b;
  if (p >= 0) {
    if (r >= 0) return result(mulDown(p, r), mulUp(q, s));
    if (s <= 0) return result(mulDown(q, r), mulUp(p, s));
    return result(mulDown(q, r), mulUp(q, s));
  }
  if (q <= 0) {
    if (r >= 0) return result(mulDown(p, s), mulUp(q, r));
    if (s <= 0) return result(mulDown(q, s), mulUp(p, r));
    return result(mulDown(p, s), mulUp(p, r));
  }
  if (r >= 0) return result(mulDown(p, s), mulUp(q, s));
  if (s <= 0) return result(mulDown(q, r), mulUp(p, r));
  return result(Math.min(mulDown(p, s), mulDown(q, r)), Math.max(mulUp(p, r), mulUp(q, s)));
}

function divide(a: Interval, b: Interval): Interval {
  const { lo: p, hi: q } = a;
  const { lo: r, hi: s } = b;
  if (r > 0) return result(divDown(p, p >= 0 ? s : r), divUp(q, q >= 0 ? r : s));
  if (s < 0) return result(divDown(q, q >= 0 ? s : r), divUp(p, p >= 0 ? r : s));
  throw new Inexpressible('division by an interval that contains 0');
}

/**
 * Interval arithmetic: the result of an operation contains every value that the operation takes on its arguments.
 * + − × ÷ √ give the narrowest such interval but near overflow and underflow; the elementary functions are within a few
 * floats of it. A bound that overflows, a divisor that contains 0 and a logarithm that reaches 0 throw Inexpressible.
 * Moore, Kearfott & Cloud, Introduction to Interval Analysis (2009).
 */
export const intervalArithmetic: Arithmetic<Interval> = {
  name: 'interval',
  zero: ZERO,
  one: ONE,
  rational: ofRational,
  float: (value) => result(value, value),
  add: (a, b) => result(addDown(a.lo, b.lo), addUp(a.hi, b.hi)),
  sub: (a, b) => result(addDown(a.lo, -b.hi), addUp(a.hi, -b.lo)),
  mul: multiply,
  div: divide,
  neg: (a) => result(-a.hi, -a.lo),
  pow: (a, n) => {
    if (!(Number.isInteger(n) && n >= 0)) throw new RangeError(`pow: ${n} is not an integer ≥ 0`);
    powerBounds(a.lo, a.hi, n);
    return result(bounds[0]!, bounds[1]!);
  },
  exp: (a) => increasing(a, expBounds),
  log: (a) => {
    if (!(a.lo > 0)) throw new Inexpressible('log of an interval that reaches 0');
    return increasing(a, logBounds);
  },
  sqrt: (a) => {
    if (!(a.lo >= 0)) throw new Inexpressible('sqrt of an interval that reaches below 0');
    return result(sqrtDown(a.lo), sqrtUp(a.hi));
  },
  sin: (a) => periodic(a, sinBounds, 1n),
  cos: (a) => periodic(a, cosBounds, 0n),
  tanh: (a) => increasing(a, tanhBounds),
  sigmoid: (a) => increasing(a, sigmoidBounds),
  softplus: (a) => increasing(a, softplusBounds),
  abs: (a) => result(mig(a), mag(a)),
  max: (a, b) => result(Math.max(a.lo, b.lo), Math.max(a.hi, b.hi)),
  min: (a, b) => result(Math.min(a.lo, b.lo), Math.min(a.hi, b.hi)),
  sign: (a) => (a.lo > 0 ? 1 : a.hi < 0 ? -1 : a.lo === 0 && a.hi === 0 ? 0 : undefined),
  isZero: (a) => a.lo === 0 && a.hi === 0,
};

/** The smallest interval that contains both. */
export const hull = (a: Interval, b: Interval): Interval =>
  result(Math.min(a.lo, b.lo), Math.max(a.hi, b.hi));

/** The common part, or undefined when there is none. */
export function intersect(a: Interval, b: Interval): Interval | undefined {
  const lo = Math.max(a.lo, b.lo);
  const hi = Math.min(a.hi, b.hi);
  return lo <= hi ? { lo, hi } : undefined;
}

/** Whether the exact number lies in a. */
export const contains = (a: Interval, value: Rational): boolean =>
  Rational.fromNumber(a.lo).cmp(value) <= 0 && Rational.fromNumber(a.hi).cmp(value) >= 0;

/** Whether every number of a is in b. */
export const isSubset = (a: Interval, b: Interval): boolean => b.lo <= a.lo && a.hi <= b.hi;

/** An upper bound of hi − lo, exact where that is a float; may be infinite. */
export const width = (a: Interval): number => addUp(a.hi, -a.lo);

/** A float in a, near the middle. */
export function midpoint(a: Interval): number {
  const middle = a.lo / 2 + a.hi / 2;
  return Math.min(Math.max(middle, a.lo), a.hi);
}

/** The largest absolute value in a. */
export const mag = (a: Interval): number => Math.max(-a.lo, a.hi);

/** The smallest absolute value in a. */
export const mig = (a: Interval): number => Math.max(a.lo, -a.hi, 0);
