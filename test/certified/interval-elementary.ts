import { Decimal } from 'decimal.js';
import { type Arithmetic, Inexpressible } from '../../src/arithmetic/arithmetic.ts';
import type { Interval } from '../../src/certified/interval.ts';
import type { Outcome } from './interval-containment.ts';
import { dyadic, pointOf, type Random, random, sample, sampleInterval, step } from './interval-samples.ts';

/**
 * The reference: decimal.js at 64 digits, of which 45 are trusted; and two-sided bounds by alternating series where 45
 * digits do not tell the value from a float next to it (an argument close to 0, or far out).
 */
const D = Decimal.clone({ precision: 64, minE: -9e15, maxE: 9e15, toExpNeg: -9e15 });
/** For reducing arguments up to 1e20, and beyond. */
const Middle = Decimal.clone({ precision: 130, minE: -9e15, maxE: 9e15 });
const Wide = Decimal.clone({ precision: 460, minE: -9e15, maxE: 9e15 });
/** For series at tiny arguments: 20 digits of x³ beside 1. */
const Deep = Decimal.clone({ precision: 2300, minE: -9e15, maxE: 9e15 });
const TURN = { middle: Middle.acos(-1).times(2), wide: Wide.acos(-1).times(2) };

/** All decimals of a float: `new Decimal(x)` would take its shortest text for it. */
function text(x: number): string {
  const { m, e } = dyadic(x);
  if (e >= 0) return `${m << BigInt(e)}`;
  FIVES[-e] ??= 5n ** BigInt(-e);
  return `${m * FIVES[-e]!}e${e}`;
}
const FIVES: bigint[] = [];
/** x to 64 digits: exact for 1/4 ≤ |x| < 4, elsewhere within 1e-64 relative */
const number = (x: number): Decimal => new D(text(x)).toSignificantDigits(64);
const deep = (x: number): Decimal => new Deep(text(x));
const TRUST = new D('1e-45');

export const ELEMENTARY = ['exp', 'log', 'sin', 'cos', 'tanh', 'sigmoid', 'softplus'] as const;
export type Elementary = (typeof ELEMENTARY)[number];

/** Numbers lower < upper with the value of the function strictly between, or the value itself where it is rational. */
type Reference = { lower: Decimal; upper: Decimal } | { exact: number };

const around = (value: Decimal): Reference => {
  const error = value.abs().times(TRUST);
  return { lower: value.minus(error), upper: value.plus(error) };
};
const between = (lower: Decimal, upper: Decimal): Reference => ({ lower, upper });
const odd = (x: number, f: (x: number) => Reference): Reference => {
  if (x >= 0) return f(x);
  const positive = f(-x);
  return 'exact' in positive
    ? { exact: -positive.exact }
    : { lower: positive.upper.neg(), upper: positive.lower.neg() };
};

const SMALL = 1e-15;

/** x − 2πk to 64 digits: no float is nearer than 1e-20, relative to its size, to a multiple of π/2 */
function reduced(x: number): Decimal {
  if (Math.abs(x) < 1) return number(x);
  const [wide, turn] =
    Math.abs(x) < 1e20 ? [new Middle(text(x)), TURN.middle] : [new Wide(text(x)), TURN.wide];
  const rest = wide.minus(wide.div(turn).round().times(turn));
  return new D(rest.toSignificantDigits(64).toString());
}

const REFERENCE: Readonly<Record<Elementary, (x: number) => Reference>> = {
  exp: (x) => {
    if (x === 0) return { exact: 1 };
    const d = deep(x);
    if (Math.abs(x) > SMALL) return around(number(x).exp());
    // 1 + x + x²/3 < e^x < 1 + x + x² for |x| < 1/2, x ≠ 0
    return between(d.plus(1).plus(d.times(d).div(3)), d.plus(1).plus(d.times(d)));
  },
  log: (x) => (x === 1 ? { exact: 0 } : around(number(x).ln())),
  sin: (x) =>
    odd(x, (z) => {
      if (z === 0) return { exact: 0 };
      const d = deep(z);
      if (z > SMALL) return around(reduced(z).sin());
      return between(d.minus(d.pow(3).div(6)), d);
    }),
  cos: (x) => {
    if (x === 0) return { exact: 1 };
    const z = Math.abs(x);
    if (z > SMALL) return around(reduced(z).cos());
    const square = deep(z).pow(2);
    return between(new Deep(1).minus(square.div(2)), new Deep(1).minus(square.div(3)));
  },
  tanh: (x) =>
    odd(x, (z) => {
      if (z === 0) return { exact: 0 };
      const d = deep(z);
      if (z < SMALL) return between(d.minus(d.pow(3).div(3)), d);
      if (z > 40) return between(saturation(2 * z, 2), new D(1));
      const e = number(z).times(2).exp();
      return around(e.minus(1).div(e.plus(1)));
    }),
  sigmoid: (x) => {
    if (x === 0) return { exact: 0.5 };
    if (x > 40) return between(saturation(x, 1), new D(1));
    if (x < -40) {
      const e = number(x).exp();
      const first = e.minus(e.pow(2)); // e − e² < e/(1 + e) < e − e² + e³
      return between(first, first.plus(e.pow(3)));
    }
    if (Math.abs(x) < SMALL) {
      // x/4 − x³/48 < sigmoid x − 1/2 < x/4 for x > 0, and the other way round for x < 0
      const d = deep(x);
      const first = d.div(4).plus(0.5);
      const second = first.minus(d.pow(3).div(48));
      return x > 0 ? between(second, first) : between(first, second);
    }
    return around(new D(1).div(number(-x).exp().plus(1)));
  },
  softplus: (x) => {
    if (x > 40) {
      // x + e^-x − e^-2x < softplus x < x + e^-x
      const e = new Deep(number(-Math.min(x, 2000)).exp());
      return between(x < 2000 ? e.minus(e.pow(2)).plus(deep(x)) : deep(x), e.plus(deep(x)));
    }
    if (x < -40) {
      const e = number(x).exp();
      const first = e.minus(e.pow(2).div(2)); // e − e²/2 < log(1 + e) < e − e²/2 + e³
      return between(first, first.plus(e.pow(3)));
    }
    return around(number(x).exp().plus(1).ln());
  },
};

/** A lower bound of 1 − c·e^-x that is itself below 1. */
function saturation(x: number, c: number): Decimal {
  return new Deep(1).minus(new Deep(number(-Math.min(x, 2000)).exp()).times(c * 1.01));
}

function contains({ lo, hi }: Interval, reference: Reference): boolean {
  if ('exact' in reference) return lo <= reference.exact && reference.exact <= hi;
  return reference.lower.gte(text(lo)) && reference.upper.lte(text(hi));
}

const RANGE: Readonly<Record<Elementary, readonly [number, number]>> = {
  exp: [0, Infinity],
  log: [-Infinity, Infinity],
  sin: [-1, 1],
  cos: [-1, 1],
  tanh: [-1, 1],
  sigmoid: [0, 1],
  softplus: [0, Infinity],
};

function pointFor(op: Elementary): (r: Random) => number {
  if (op === 'log') {
    return (r) => {
      const x = Math.abs(sample(r));
      return x > 0 ? x : Number.MIN_VALUE;
    };
  }
  if (op === 'sin' || op === 'cos') return sample;
  // most samples where the function is neither saturated nor out of range
  return (r) => {
    const kind = r.below(8);
    if (kind === 0) return step(Math.log(Number.MAX_VALUE), -r.below(5));
    if (kind === 1) return (r.next() * 2 - 1) * 750;
    if (kind === 2) return step(r.below(1400) * (Math.LN2 / 2) * (r.below(2) * 2 - 1), r.below(5) - 2);
    if (kind === 3) return (r.next() * 2 - 1) * 45;
    return sample(r);
  };
}

/** A float in a, near a multiple of π/2 when there is one. */
function extremePoint(r: Random, a: Interval): number {
  const x = Math.round(pointOf(r, a) / (Math.PI / 2)) * (Math.PI / 2);
  return x >= a.lo && x <= a.hi ? x : a.lo;
}

/** Random elementary functions against the reference, until `count` results were checked or one is wrong. */
export function checkElementary(
  I: Arithmetic<Interval>,
  count: number,
  seed: number,
  functions: readonly Elementary[] = ELEMENTARY,
): Outcome {
  const r = random(seed);
  let checked = 0;
  while (checked < count) {
    const op = functions[r.below(functions.length)]!;
    const a = sampleInterval(r, pointFor(op));
    const periodic = op === 'sin' || op === 'cos';
    const x = periodic && r.below(2) === 0 ? extremePoint(r, a) : pointOf(r, a);
    const where = () => `${op}([${a.lo}, ${a.hi}]) at ${x}`;
    let result: Interval;
    try {
      result = I[op](a);
    } catch (error) {
      if (!(error instanceof Inexpressible)) throw error;
      const overflow = (op === 'exp' && a.hi > 709.78) || (op === 'softplus' && a.hi > 1e308);
      if (!overflow) return { checked, failure: `${where()} was refused` };
      continue;
    }
    checked++;
    const { lo, hi } = result;
    const [least, greatest] = RANGE[op];
    const finite = Number.isFinite(lo) && Number.isFinite(hi) && lo <= hi;
    if (!finite || lo < least || hi > greatest || !contains(result, REFERENCE[op](x))) {
      return { checked, failure: `${where()} is not in [${lo}, ${hi}]` };
    }
  }
  return { checked, failure: undefined };
}
