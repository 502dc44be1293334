import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import { Rational } from '../kernel/rational.ts';
import { signOfSum } from './exponential-enclosure.ts';
import {
  addSums,
  divideSums,
  EMPTY,
  type Exponential,
  type ExponentialSum,
  equalSums,
  type Factor,
  formatSum,
  monomial,
  multiplySums,
  negateSum,
  scaleSum,
  UNIT,
} from './exponential-sum.ts';
import { rationalSquareRoot } from './rational-arithmetic.ts';

export type { Exponential, Factor } from './exponential-sum.ts';

const ZERO: Exponential = { numerator: EMPTY, denominator: [] };
const ONE: Exponential = { numerator: UNIT, denominator: [] };

const fromRational = (q: Rational): Exponential => ({ numerator: monomial(q), denominator: [] });

/** The number as a rational, or undefined when it is irrational. Throws Inexpressible when it is too large to tell. */
export function toRational({ numerator, denominator }: Exponential): Rational | undefined {
  if (numerator.length === 0) return Rational.zero;
  const { exponent, coefficient } = numerator[0]!;
  if (!exponent.isZero) return undefined;
  // a quotient c of the two is the quotient of their first terms
  const expanded = expand(denominator);
  return equalSums(numerator, scaleSum(expanded, coefficient, Rational.zero)) ? coefficient : undefined;
}

/** "(-1 + e^(2)) / (1 + e^(2))" */
export function formatExponential({ numerator, denominator }: Exponential): string {
  const top = formatSum(numerator);
  if (denominator.length === 0) return top;
  const bottom = denominator.map(({ key, power }) => (power === 1 ? `(${key})` : `(${key})^${power}`));
  return `(${top}) / ${bottom.length === 1 ? bottom[0] : `(${bottom.join(' ')})`}`;
}

const expand = (factors: readonly Factor[]): ExponentialSum =>
  factors.reduce((product, { base, power }) => {
    for (let k = 0; k < power; k++) product = multiplySums(product, base);
    return product;
  }, UNIT);

/** Cancels the factors of the denominator that are seen to divide the numerator. */
function reduce(numerator: ExponentialSum, denominator: readonly Factor[]): Exponential {
  if (numerator.length === 0) return ZERO;
  const rest: Factor[] = [];
  for (const factor of denominator) {
    let power = factor.power;
    for (let quotient: ExponentialSum | undefined; power > 0; power--) {
      quotient = divideSums(numerator, factor.base);
      if (!quotient) break;
      numerator = quotient;
    }
    if (power > 0) rest.push({ ...factor, power });
  }
  return { numerator, denominator: rest };
}

/** The factors of both, each with the power that `combine` makes of its two powers. */
function combineFactors(
  a: readonly Factor[],
  b: readonly Factor[],
  combine: (p: number, q: number) => number,
): Factor[] {
  const powers = new Map(b.map((factor) => [factor.key, factor]));
  const both = a.map((factor) => {
    const power = combine(factor.power, powers.get(factor.key)?.power ?? 0);
    powers.delete(factor.key);
    return { ...factor, power };
  });
  for (const factor of powers.values()) both.push({ ...factor, power: combine(0, factor.power) });
  return both.filter(({ power }) => power > 0);
}

function add(a: Exponential, b: Exponential): Exponential {
  const common = combineFactors(a.denominator, b.denominator, Math.max);
  const lifted = (x: Exponential): ExponentialSum =>
    multiplySums(x.numerator, expand(combineFactors(common, x.denominator, (whole, own) => whole - own)));
  return reduce(addSums(lifted(a), lifted(b)), common);
}

const negate = (a: Exponential): Exponential => ({
  numerator: negateSum(a.numerator),
  denominator: a.denominator,
});

function multiply(a: Exponential, b: Exponential): Exponential {
  const left = reduce(a.numerator, b.denominator);
  const right = reduce(b.numerator, a.denominator);
  const numerator = multiplySums(left.numerator, right.numerator);
  if (numerator.length === 0) return ZERO;
  return {
    numerator,
    denominator: combineFactors(left.denominator, right.denominator, (p, q) => p + q),
  };
}

function invert(a: Exponential): Exponential {
  const first = a.numerator[0];
  if (!first) throw new Inexpressible('division by zero');
  const c = first.coefficient.inv();
  const numerator = scaleSum(expand(a.denominator), c, first.exponent.neg());
  const base = scaleSum(a.numerator, c, first.exponent.neg());
  return { numerator, denominator: base.length === 1 ? [] : [{ base, power: 1, key: formatSum(base) }] };
}

function power(a: Exponential, n: number): Exponential {
  if (!(Number.isInteger(n) && n >= 0)) throw new RangeError(`pow: ${n} is not an integer ≥ 0`);
  let numerator = UNIT;
  for (let bit = 2 ** 52; bit >= 1; bit /= 2) {
    numerator = multiplySums(numerator, numerator);
    if (Math.floor(n / bit) % 2 === 1) numerator = multiplySums(numerator, a.numerator);
  }
  if (numerator.length === 0) return ZERO;
  return {
    numerator,
    denominator: n === 0 ? [] : a.denominator.map((factor) => ({ ...factor, power: factor.power * n })),
  };
}

/** The sign, or undefined when 2^14 bits do not tell it. */
function sign(a: Exponential): -1 | 0 | 1 | undefined {
  let product = signOfSum(a.numerator);
  for (const { base, power: n } of a.denominator) {
    if (product === undefined || product === 0) break;
    if (n % 2 === 0) continue;
    const own = signOfSum(base);
    product = own === undefined ? undefined : ((product * own) as -1 | 0 | 1);
  }
  return product;
}

function knownSign(a: Exponential): -1 | 0 | 1 {
  const known = sign(a);
  if (known !== undefined) return known;
  throw new Inexpressible(`the sign of ${brief(a)} takes too much precision`);
}

/** The argument of an elementary function. */
function rationalArgument(name: string, a: Exponential): Rational {
  const q = toRational(a);
  if (q) return q;
  throw new Inexpressible(`${name} of ${brief(a)}, which is irrational, is not in the field of exponentials`);
}

function brief(a: Exponential): string {
  const text = formatExponential(a);
  return text.length <= 60 ? text : 'a sum of exponentials';
}

/** (c₀ + c₁e^q)/(1 + e^q) */
function logistic(c0: bigint, c1: bigint, q: Rational): Exponential {
  if (q.isZero) return fromRational(new Rational(c0 + c1, 2n));
  const over = (c: bigint): Exponential => ({
    numerator: addSums(monomial(new Rational(c0)), monomial(new Rational(c), q)),
    denominator: [],
  });
  return multiply(over(c1), invert({ numerator: addSums(UNIT, monomial(Rational.one, q)), denominator: [] }));
}

/**
 * Exact arithmetic in the field of fractions of Q[e^β : β ∈ Q]. exp, tanh and sigmoid of a rational are elements; equality
 * with 0 is decided by Lindemann–Weierstrass; signs by enclosures. Everything else, and a sum of more than 4096 terms,
 * throws Inexpressible. The cost grows with the number of different exponents.
 */
export const exponentialArithmetic: Arithmetic<Exponential> = {
  name: 'exponential',
  zero: ZERO,
  one: ONE,
  rational: fromRational,
  float: (value) => {
    if (!Number.isFinite(value)) throw new Inexpressible(`${value} is not a finite number`);
    return fromRational(Rational.fromNumber(value));
  },
  add,
  sub: (a, b) => add(a, negate(b)),
  mul: multiply,
  div: (a, b) => multiply(a, invert(b)),
  neg: negate,
  pow: power,
  exp: (a) => ({ numerator: monomial(Rational.one, rationalArgument('exp', a)), denominator: [] }),
  log: (a) => {
    if (knownSign(a) <= 0) throw new Inexpressible(`log of ${brief(a)}, which is not positive`);
    const [only] = a.numerator;
    if (a.numerator.length === 1 && a.denominator.length === 0 && only!.coefficient.equals(Rational.one)) {
      return fromRational(only!.exponent);
    }
    throw new Inexpressible(`log of ${brief(a)} is not in the field of exponentials`);
  },
  sqrt: (a) => {
    const [only] = a.numerator;
    if (!only) return ZERO;
    if (knownSign(a) < 0) throw new Inexpressible(`sqrt of ${brief(a)}, which is negative`);
    const root =
      a.numerator.length === 1 && a.denominator.length === 0
        ? rationalSquareRoot(only.coefficient)
        : undefined;
    if (!root) throw new Inexpressible(`sqrt of ${brief(a)} is not in the field of exponentials`);
    return { numerator: monomial(root, only.exponent.div(TWO)), denominator: [] };
  },
  sin: (a) => {
    if (a.numerator.length === 0) return ZERO;
    throw new Inexpressible(`sin of ${brief(a)} is not in the field of exponentials`);
  },
  cos: (a) => {
    if (a.numerator.length === 0) return ONE;
    throw new Inexpressible(`cos of ${brief(a)} is not in the field of exponentials`);
  },
  tanh: (a) => logistic(-1n, 1n, rationalArgument('tanh', a).mul(TWO)),
  sigmoid: (a) => logistic(0n, 1n, rationalArgument('sigmoid', a)),
  softplus: (a) => {
    throw new Inexpressible(`softplus of ${brief(a)} is not in the field of exponentials`);
  },
  abs: (a) => (knownSign(a) < 0 ? negate(a) : a),
  max: (a, b) => (knownSign(add(a, negate(b))) >= 0 ? a : b),
  min: (a, b) => (knownSign(add(a, negate(b))) <= 0 ? a : b),
  sign,
  isZero: (a) => a.numerator.length === 0,
};

const TWO = Rational.integer(2);
