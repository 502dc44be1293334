import { Rational } from '../kernel/rational.ts';
import type { Exponential, ExponentialSum } from './exponential-sum.ts';
import { exponential, floorDivide } from './fixed-point.ts';

/** A real number in [lower, upper]·2^exponent. */
export interface Enclosure {
  readonly lower: bigint;
  readonly upper: bigint;
  readonly exponent: bigint;
}

/** Precision at which a sum that is not told from 0 is given up: e^x − 1 is told from 0 for |x| > 2^-16000. */
const MAX_BITS = 1 << 14;

/**
 * The sign of Σ c_j e^{β_j}, by enclosures of growing precision. Only the empty sum is 0, so it would end for every other;
 * undefined when 2^14 bits do not suffice.
 */
export function signOfSum(sum: ExponentialSum): -1 | 0 | 1 | undefined {
  if (sum.length === 0) return 0;
  const first = sum[0]!.coefficient.sign;
  if (sum.every((term) => term.coefficient.sign === first)) return first;
  const enclosure = encloseScaled(sum, 0);
  return enclosure && (enclosure.lower > 0n ? 1 : -1);
}

/** Encloses x with relative width about 2^-bits; undefined when that takes too much precision. Exact for 0. */
export function encloseExponential(x: Exponential, bits: number): Enclosure | undefined {
  const zero = { lower: 0n, upper: 0n, exponent: 0n };
  if (x.numerator.length === 0) return zero;
  let value = encloseSum(x.numerator, bits + 8);
  for (const { base, power } of x.denominator) {
    const divisor = encloseSum(base, bits + 8);
    for (let k = 0; k < power; k++) value = value && divisor && divide(value, divisor, bits + 16);
  }
  return value;
}

/** Σ c_j e^{β_j} = e^{β_max} Σ c_j e^{β_j − β_max}, which keeps the terms within 1. */
function encloseSum(sum: ExponentialSum, bits: number): Enclosure | undefined {
  const scaled = encloseScaled(sum, bits);
  if (!scaled) return undefined;
  const top = sum[sum.length - 1]!.exponent;
  if (top.isZero) return scaled;
  const factor = exponential(top, bits + 16);
  return multiply(scaled, {
    lower: factor.lower,
    upper: factor.upper,
    exponent: factor.exponent - BigInt(bits + 16),
  });
}

/** Encloses Σ c_j e^{β_j − β_max} ≠ 0 by numbers of one sign, with relative width at most 2^-bits. */
function encloseScaled(sum: ExponentialSum, bits: number): Enclosure | undefined {
  const top = sum[sum.length - 1]!.exponent;
  const scale = sum.reduce((lcm, { coefficient: { denominator: d } }) => (lcm / gcd(lcm, d)) * d, 1n);
  for (let precision = bits + 64; precision <= MAX_BITS; precision *= 2) {
    let lower = 0n;
    let upper = 0n;
    for (const { exponent, coefficient } of sum) {
      const c = coefficient.numerator * (scale / coefficient.denominator);
      const power = unitExponential(exponent.sub(top), precision);
      lower += c * (c > 0n ? power.lower : power.upper);
      upper += c * (c > 0n ? power.upper : power.lower);
    }
    const least = lower > 0n ? lower : upper < 0n ? -upper : 0n;
    if (least > 0n && (upper - lower) << BigInt(bits) <= least) {
      return divide(
        { lower, upper, exponent: BigInt(-precision) },
        { lower: scale, upper: scale, exponent: 0n },
        bits + 16,
      );
    }
  }
  return undefined;
}

/** e^q·2^bits for q ≤ 0 */
function unitExponential(q: Rational, bits: number): { lower: bigint; upper: bigint } {
  // e^q < 2^q, so far out it is below one unit
  if (q.cmp(Rational.integer(-2 * bits)) < 0) return { lower: 0n, upper: 1n };
  const { lower, upper, exponent } = exponential(q, bits);
  return exponent >= 0n
    ? { lower: lower << exponent, upper: upper << exponent }
    : { lower: lower >> -exponent, upper: -(-upper >> -exponent) };
}

/** The product of a number of one sign and a positive one. */
function multiply(a: Enclosure, b: Enclosure): Enclosure {
  return {
    lower: a.lower * (a.lower > 0n ? b.lower : b.upper),
    upper: a.upper * (a.upper > 0n ? b.upper : b.lower),
    exponent: a.exponent + b.exponent,
  };
}

/** a/b, each of one sign, with at least `bits` bits. */
function divide(a: Enclosure, b: Enclosure, bits: number): Enclosure {
  if (b.upper < 0n) return divide(negate(a), negate(b), bits);
  const shift = BigInt(
    bits + Math.max(0, 4 * (b.upper.toString(16).length - magnitude(a).toString(16).length) + 8),
  );
  const lower = floorDivide(a.lower << shift, a.lower > 0n ? b.upper : b.lower);
  const upper = -floorDivide(-a.upper << shift, a.upper > 0n ? b.lower : b.upper);
  return { lower, upper, exponent: a.exponent - b.exponent - shift };
}

const negate = ({ lower, upper, exponent }: Enclosure): Enclosure => ({
  lower: -upper,
  upper: -lower,
  exponent,
});

/** The smaller absolute value of the bounds of a number of one sign. */
const magnitude = (a: Enclosure): bigint => (a.lower > 0n ? a.lower : -a.upper);

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
