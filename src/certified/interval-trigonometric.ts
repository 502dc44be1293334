import { Inexpressible } from '../arithmetic/arithmetic.ts';
import { floorDivide, pi } from '../exact/fixed-point.ts';
import { addDD, fastTwoSum, low, mulDD, twoProduct, twoSum } from './interval-double-double.ts';
import { bounds, outward } from './interval-exp.ts';
import { above, below } from './interval-rounding.ts';

/**
 * Enclosures of sin and cos at one float, in `bounds` as in interval-exp.ts, for every finite float: the argument is
 * reduced by π/2 with as many bits as it takes.
 */

/** π/2 = P1 + P2 + P3 + P4 within 2^-176; P1 and P2 have 33 bits. */
const P1 = 1.5707963267341256;
const P2 = 6.077100506303966e-11;
const P3 = 2.0222662487959506e-21;
const P4 = 1.0085854035872483e-37;
const TWO_OVER_PI = 0.6366197723675814;

/** x = k·π/2 + r with |r| < 0.7855; k as it is and r = remainder[0] + remainder[1], relative error below 2^-70. */
const remainder: Float64Array<ArrayBuffer> = new Float64Array(2);

/**
 * Returns k. For |x| ≤ 2^20, k has 20 bits, so kP1 and kP2 are exact; if k ≠ 0 then x, at least 0.78, and kP1 are multiples
 * of 2^-53 and their difference, below 1, is exact. What is rounded is at most 2^-53 of numbers below 2^-53|r| + 2^-96,
 * and the truncation of π/2 costs 2^-156: so the relative error is below 2^-80 unless r is below 2^-60, when `reduceExactly`
 * takes over.
 */
function reduce(x: number): number | bigint {
  if (Math.abs(x) > 2 ** 20) return reduceExactly(x);
  const k = Math.round(x * TWO_OVER_PI);
  if (k === 0) {
    remainder[0] = x;
    remainder[1] = 0;
    return 0;
  }
  const u = twoSum(x - k * P1, -k * P2);
  const v = low[0]!;
  const w = twoProduct(k, P3);
  const z = low[0]!;
  const s = twoSum(u, -w);
  remainder[0] = fastTwoSum(s, low[0]! + (v - z - k * P4));
  remainder[1] = low[0]!;
  return Math.abs(s) < 2 ** -60 ? reduceExactly(x) : k;
}

/** For 1/2 < |x| < ∞. */
function reduceExactly(x: number): bigint {
  const [mantissa, exponent] = decompose(x);
  // |k| < 2^(53 + max(E, 0)) times the error of π, at most 4 units, stays below 2^-200 (no float is nearer than 2^-70 to a
  // multiple of π/2, but nothing rests on that)
  const precision = 260 + Math.max(0, exponent);
  const halfPi = pi(precision).lower; // in units of 2^-(precision + 1)
  const scaled = mantissa << BigInt(precision + 1 + exponent);
  const k = floorDivide(2n * scaled + halfPi, 2n * halfPi);
  const r = (scaled - k * halfPi) >> BigInt(precision + 1 - 256);
  const high = Number(r);
  remainder[0] = high * 2 ** -256;
  remainder[1] = Number(r - BigInt(high)) * 2 ** -256;
  if (Math.abs(high) < 2 ** 128) throw new Inexpressible(`${x} is too close to a multiple of π/2`);
  return k;
}

/** x = M·2^E, exactly, for 1/2 ≤ |x| < ∞. */
function decompose(x: number): [bigint, number] {
  let exponent = 0;
  for (; !Number.isInteger(x); exponent--) x *= 2;
  for (; Math.abs(x) > 2 ** 53; exponent++) x /= 2;
  return [BigInt(x), exponent];
}

/**
 * sin r for |r| < 0.7855, r at least 2^-100, relative error 2^-69. Relative to r: series beyond r^21, 2^-82; the float64
 * tail, relative error 3u, times r^8/9! ≤ 2^-21, 2^-72; adding it to 1/5040, 2^-72; r itself, 2^-70.
 */
function sinSeries(rh: number, rl: number): number {
  const zh = mulDD(rh, rl, rh, rl);
  const zl = low[0]!;
  const tail =
    1 / 362880 +
    zh *
      (-1 / 39916800 +
        zh *
          (1 / 6227020800 +
            zh *
              (-1 / 1307674368000 +
                zh *
                  (1 / 355687428096000 + zh * (-1 / 121645100408832000 + zh * (1 / 51090942171709440000))))));
  let h = fastTwoSum(-0.0001984126984126984, -1.7209558293420705e-22 + zh * tail);
  h = mulDD(h, low[0]!, zh, zl);
  h = addDD(0.008333333333333333, 1.1564823173178714e-19, h, low[0]!);
  h = mulDD(h, low[0]!, zh, zl);
  h = addDD(-0.16666666666666666, -9.25185853854297e-18, h, low[0]!);
  h = mulDD(h, low[0]!, zh, zl);
  h = mulDD(h, low[0]!, rh, rl);
  return addDD(rh, rl, h, low[0]!);
}

/**
 * cos r for |r| < 0.7855, relative error 2^-67. Absolute: series beyond r^22, 2^-87; the float64 tail, 3u·r^8/8!, 2^-69.5;
 * adding it to 1/720, 2^-69.5; r itself, r·2^-70; and cos r > 0.7.
 */
function cosSeries(rh: number, rl: number): number {
  const zh = mulDD(rh, rl, rh, rl);
  const zl = low[0]!;
  const tail =
    1 / 40320 +
    zh *
      (-1 / 3628800 +
        zh *
          (1 / 479001600 +
            zh *
              (-1 / 87178291200 +
                zh *
                  (1 / 20922789888000 +
                    zh *
                      (-1 / 6402373705728000 +
                        zh * (1 / 2432902008176640000 - zh / 1.1240007277776077e21))))));
  let h = fastTwoSum(-0.001388888888888889, 5.300543954373577e-20 + zh * tail);
  h = mulDD(h, low[0]!, zh, zl);
  h = addDD(0.041666666666666664, 2.3129646346357427e-18, h, low[0]!);
  h = mulDD(h, low[0]!, zh, zl);
  h = addDD(-0.5, 0, h, low[0]!);
  h = mulDD(h, low[0]!, zh, zl);
  return addDD(1, 0, h, low[0]!);
}

/** ±sin r or ±cos r: the value of sin a quarter turn times `quarter` further on. */
function setSin(quarter: number): void {
  const odd = (quarter & 1) === 1;
  const h = odd ? cosSeries(remainder[0]!, remainder[1]!) : sinSeries(remainder[0]!, remainder[1]!);
  const l = low[0]!;
  if ((quarter & 2) === 0) outward(h, l, Math.abs(h) * 2 ** -64);
  else outward(-h, -l, Math.abs(h) * 2 ** -64);
  if (bounds[0]! < -1) bounds[0] = -1;
  if (bounds[1]! > 1) bounds[1] = 1;
}

const modulo4 = (k: number | bigint): number =>
  typeof k === 'number' ? k & 3 : Number(BigInt.asUintN(2, k));

/**
 * Bounds sin x and returns the integer q with qπ/2 ≤ x < (q + 1)π/2. Throws Inexpressible for NaN and ±∞.
 */
export function sinBounds(x: number): number | bigint {
  if (Math.abs(x) < 2 ** -27) {
    // x − x³/6 ≤ sin x ≤ x for x ≥ 0
    bounds[0] = x > 0 ? below(x) : x;
    bounds[1] = x < 0 ? above(x) : x;
    return x < 0 ? -1 : 0;
  }
  const k = finiteReduce(x);
  setSin(modulo4(k));
  return quadrant(k);
}

/** Bounds cos x, and returns the same as `sinBounds`. */
export function cosBounds(x: number): number | bigint {
  if (Math.abs(x) < 2 ** -27) {
    bounds[0] = x === 0 ? 1 : 1 - 2 ** -53; // 1 − x²/2 ≤ cos x ≤ 1
    bounds[1] = 1;
    return x < 0 ? -1 : 0;
  }
  const k = finiteReduce(x);
  setSin(modulo4(k) + 1);
  return quadrant(k);
}

function finiteReduce(x: number): number | bigint {
  if (!Number.isFinite(x)) throw new Inexpressible(`${x} is not a finite number`);
  return reduce(x);
}

const quadrant = (k: number | bigint): number | bigint =>
  remainder[0]! >= 0 ? k : typeof k === 'number' ? k - 1 : k - 1n;
