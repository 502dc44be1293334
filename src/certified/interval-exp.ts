import { Inexpressible } from '../arithmetic/arithmetic.ts';
import { addDD, divDD, fastTwoSum, low, mulDD, twoProduct, twoSum } from './interval-double-double.ts';
import { above, below } from './interval-rounding.ts';

/**
 * Enclosures of exp, log, tanh, sigmoid and softplus at one float. Each function leaves its bounds in `bounds`: [0] a
 * float below or equal to the value, [1] one above or equal. They are at most a few floats apart, also where the value
 * is close to 0. Math.log and Math.log1p only propose; a residual judges them. u is 2^-53.
 */
export const bounds: Float64Array<ArrayBuffer> = new Float64Array(2);

const set = (lower: number, upper: number): void => {
  bounds[0] = lower;
  bounds[1] = upper;
};

/** POWER_OF_TWO[k + 1074] = 2^k for -1074 ≤ k ≤ 1023: doubling is exact. */
const POWER_OF_TWO = new Float64Array(2098);
for (let k = 0, power = Number.MIN_VALUE; k < 2098; k++, power *= 2) POWER_OF_TWO[k] = power;
export const powerOfTwo = (k: number): number => POWER_OF_TWO[k + 1074]!;

/** The bounds of h + l when its error is at most `error`; needs |l| + error ≤ |h|/2 and |h| > 2^-900. */
export function outward(h: number, l: number, error: number): void {
  // l ± error is rounded, but error is at least four times what the proofs need and u|l| is far smaller
  const s = fastTwoSum(h, l - error);
  const lower = low[0]! >= 0 ? s : below(s);
  const t = fastTwoSum(h, l + error);
  set(lower, low[0]! <= 0 ? t : above(t));
}

/** ln 2 = LN2_A + LN2_B within 2^-102; LN2_A has 42 bits. */
const LN2_A = 0.6931471805598903;
const LN2_B = 5.497923018708371e-14;

const E6 = 1 / 720;
const E7 = 1 / 5040;
const E8 = 1 / 40320;
const E9 = 1 / 362880;
const E10 = 1 / 3628800;
const E11 = 1 / 39916800;
const E12 = 1 / 479001600;
const E13 = 1 / 6227020800;
const E14 = 1 / 87178291200;
const E15 = 1 / 1307674368000;
const E16 = 1 / 20922789888000;
const E17 = 1 / 355687428096000;

/**
 * e^r − 1 for r = rh + rl with |r| ≤ 0.3467 and r = 0 or |r| ≥ 2^-120, relative error at most 2^-66.
 *
 * The series to r^17/17!, the terms from r^6/720 on in float64, the others in double-double. Errors relative to r, of
 * which e^r − 1 is at least 0.84 times: series beyond r^17, 2^-78; the float64 tail, relative error 3u (its leading
 * coefficient, one product of at most 0.05 times it, one sum, and leaving out rl), times r^5/720 ≤ 2^-17, 2^-68.4;
 * adding it to 1/120, three roundings of numbers ≤ 2^-10.9 in the place where r^4 ≤ 2^-6.1 multiplies, 2^-68.4; ten
 * double-double operations, 2^-98. The sum is below 2^-67.3, and 2^-67.3/0.84 < 2^-67.
 */
export function expm1Series(rh: number, rl: number): number {
  const tail =
    E6 +
    rh *
      (E7 +
        rh *
          (E8 +
            rh *
              (E9 +
                rh *
                  (E10 +
                    rh *
                      (E11 + rh * (E12 + rh * (E13 + rh * (E14 + rh * (E15 + rh * (E16 + rh * E17))))))))));
  let h = fastTwoSum(0.008333333333333333, 1.1564823173178714e-19 + rh * tail);
  h = mulDD(h, low[0]!, rh, rl);
  h = addDD(0.041666666666666664, 2.3129646346357427e-18, h, low[0]!);
  h = mulDD(h, low[0]!, rh, rl);
  h = addDD(0.16666666666666666, 9.25185853854297e-18, h, low[0]!);
  h = mulDD(h, low[0]!, rh, rl);
  h = addDD(0.5, 0, h, low[0]!);
  h = mulDD(h, low[0]!, rh, rl);
  h = mulDD(h, low[0]!, rh, rl);
  return addDD(rh, rl, h, low[0]!);
}

/**
 * x = k·ln 2 + r with |r| ≤ 0.3467, for |x| ≤ 1100; returns k and leaves r in `reduced`, its error below 2^-90, and
 * none when k = 0. k·LN2_A is exact (11 + 42 bits). If k ≠ 0 then |x| > 0.34, so x and k·LN2_A are multiples of 2^-54
 * whose difference is below 1/2: exact. The rest: k times 2^-102, and the rounding of two numbers below 2^-53.
 */
function reduce(x: number): number {
  const k = Math.round(x * Math.LOG2E);
  if (k === 0) {
    reduced[0] = x;
    reduced[1] = 0;
    return 0;
  }
  const p = twoProduct(k, LN2_B);
  const pl = low[0]!;
  const s = twoSum(x - k * LN2_A, -p);
  reduced[0] = fastTwoSum(s, low[0]! - pl);
  reduced[1] = low[0]!;
  return k;
}
const reduced: Float64Array<ArrayBuffer> = new Float64Array(2);

/** e^x = 2^k·m for 2^-90 ≤ |x| ≤ 1100: returns k, leaves m in `reduced`, in [0.7, 1.42] with relative error below 2^-66. */
function expScaled(x: number): number {
  const k = reduce(x);
  const h = expm1Series(reduced[0]!, reduced[1]!);
  reduced[0] = addDD(1, 0, h, low[0]!);
  reduced[1] = low[0]!;
  return k;
}

/** e^x in double-double, relative error below 2^-66, for 2^-90 ≤ |x| ≤ 250. */
function expDD(x: number): number {
  const scale = powerOfTwo(expScaled(x));
  low[0] = reduced[1]! * scale;
  return reduced[0]! * scale;
}

/**
 * e^x − 1 in double-double, relative error below 2^-64, for 2^-90 ≤ |x| ≤ 250. For k ≠ 0 the subtraction of 1 magnifies
 * the relative error by e^x/|e^x − 1| ≤ 3.42, as |x| ≥ 0.3465.
 */
function expm1DD(x: number): number {
  const k = reduce(x);
  const h = expm1Series(reduced[0]!, reduced[1]!);
  if (k === 0) return h;
  const m = addDD(1, 0, h, low[0]!);
  const scale = powerOfTwo(k);
  return addDD(-1, 0, m * scale, low[0]! * scale);
}

/** Throws Inexpressible beyond the range of float64. */
export function expBounds(x: number): void {
  if (Math.abs(x) < 2 ** -60) {
    // 1 + x ≤ e^x ≤ 1 + 2x for 0 ≤ x ≤ 1, and e^x ≥ 1 + x also for x < 0
    if (x === 0) set(1, 1);
    else if (x > 0) set(1, 1 + 2 ** -52);
    else set(1 - 2 ** -53, 1);
    return;
  }
  if (x < -746) {
    // e^-746 < 2^-1075
    set(0, Number.MIN_VALUE);
    return;
  }
  if (!(x < 710)) throw new Inexpressible(`exp(${x}) is beyond the range of float64`);
  const k = expScaled(x);
  outward(reduced[0]!, reduced[1]!, reduced[0]! * 2 ** -64);
  scaleBounds(k);
}

/** Multiplies the bounds, in [1/2, 2], by 2^k, outwards where the result is subnormal; infinite where it overflows. */
function scaleBounds(k: number): void {
  if (k > 1000)
    set(bounds[0]! * 2 ** 1000 * powerOfTwo(k - 1000), bounds[1]! * 2 ** 1000 * powerOfTwo(k - 1000));
  else if (k >= -1020) set(bounds[0]! * powerOfTwo(k), bounds[1]! * powerOfTwo(k));
  else {
    const lower = bounds[0]! * 2 ** -1000;
    const upper = bounds[1]! * 2 ** -1000;
    const scale = powerOfTwo(k + 1000);
    const back = powerOfTwo(-1000 - k);
    // scaling up again is exact, so it tells whether scaling down was
    set(
      lower * scale * back <= lower ? lower * scale : below(lower * scale),
      upper * scale * back >= upper ? upper * scale : above(upper * scale),
    );
  }
}

/**
 * The natural logarithm of x > 0. For a proposal y, log x = y + log(1 + δ) with δ = (x − e^y)/e^y. Writing e^y = 2^k(1 + g),
 * X = 2^-k x, δ = ((X − 1) − g)/(1 + g); X is in [1/2, 2] for any fair y, so X − 1 is exact.
 *
 * Error: g has relative error 2^-66, and |g|/(1 + g) is at most 1.42|y| for k = 0 and at most 0.42 ≤ 1.3|y| otherwise,
 * where the reduction adds 2^-90; rounding δ, 4u|δ| ≤ 2^-81|y|; and |log(1 + δ) − δ| ≤ δ² for |δ| ≤ 1/2. In all below
 * 2^-65|y| + δ².
 */
export function logBounds(x: number): void {
  if (!(x > 0 && x < Infinity)) throw new Inexpressible(`log(${x}) is not a real number`);
  if (x === 1) {
    set(0, 0);
    return;
  }
  let y = Math.log(x);
  for (let step = 0; step < 3; step++) {
    if (!(Math.abs(y) < 800 && Math.abs(y) >= 2 ** -60)) break;
    const k = reduce(y);
    const scaled = k > 0 ? x * powerOfTwo(-k) : x * 2 ** 100 * powerOfTwo(-k - 100);
    if (!(scaled >= 0.5 && scaled <= 2)) break;
    const delta = logCorrection(scaled - 1, 0);
    if (Math.abs(delta) <= Math.abs(y) * 2 ** -30) {
      outward(y, delta, Math.abs(y) * 2 ** -63 + 2 * delta * delta);
      return;
    }
    y += delta;
  }
  throw new Inexpressible(`log(${x}) could not be enclosed`);
}

/** (v − g)/(1 + g), where v = vh + vl and g = e^r − 1 for the r in `reduced`. */
function logCorrection(vh: number, vl: number): number {
  const g = expm1Series(reduced[0]!, reduced[1]!);
  return addDD(vh, vl, -g, -low[0]!) / (1 + g);
}

/** tanh x = E/(E + 2), E = e^{2x} − 1: relative error below 2^-63, as its logarithmic derivative in E is at most 1. */
export function tanhBounds(x: number): void {
  if (x < 0) {
    tanhBounds(-x);
    set(-bounds[1]!, -bounds[0]!);
    return;
  }
  if (x < 2 ** -30) {
    // x − x³/3 ≤ tanh x ≤ x
    set(x === 0 ? 0 : below(x), x);
    return;
  }
  if (x > 20) {
    // 1 − tanh x < 2e^-40 < 2^-53
    set(1 - 2 ** -53, 1);
    return;
  }
  const h = expm1DD(2 * x);
  const l = low[0]!;
  const d = addDD(2, 0, h, l);
  const q = divDD(h, l, d, low[0]!);
  outward(q, low[0]!, q * 2 ** -61); // at most 1, since 1 − tanh 20 > 2^-57
}

/** 1/(1 + e^-x), from e^-|x| in double-double: relative error below 2^-65. */
export function sigmoidBounds(x: number): void {
  if (x === 0) {
    set(0.5, 0.5);
    return;
  }
  if (Math.abs(x) < 2 ** -60) {
    // 1/2 ≤ sigmoid x ≤ 1/2 + x/4 for x > 0
    if (x > 0) set(0.5, 0.5 + 2 ** -53);
    else set(0.5 - 2 ** -54, 0.5);
    return;
  }
  if (x > 40) {
    // e^-40 < 2^-57
    set(1 - 2 ** -53, 1);
    return;
  }
  if (x < -60) {
    // e^x(1 − e^x) ≤ sigmoid x ≤ e^x, and e^x < 2^-86
    expBounds(x);
    set(Math.max(0, below(bounds[0]!)), bounds[1]!);
    return;
  }
  const h = expDD(-Math.abs(x));
  const l = low[0]!;
  const d = addDD(1, 0, h, l);
  const q = x > 0 ? divDD(1, 0, d, low[0]!) : divDD(h, l, d, low[0]!);
  outward(q, low[0]!, q * 2 ** -62); // at most 1, since 1 − sigmoid 40 > 2^-58
}

/**
 * log(1 + e^x) = max(x, 0) + log(1 + w), w = e^-|x|. With a proposal y for the logarithm, log(1 + w) = y + log(1 + δ),
 * δ = (1 + w − e^y)/e^y, as in `logBounds`; here relative errors of w (2^-66) and of e^y − 1 count.
 */
export function softplusBounds(x: number): void {
  if (x > 60) {
    // 0 < softplus x − x < e^-60 < u·60
    set(x, above(x));
    return;
  }
  if (x < -60) {
    // w − w²/2 ≤ log(1 + w) ≤ w, and w < 2^-86
    expBounds(x);
    set(Math.max(0, below(bounds[0]!)), bounds[1]!);
    return;
  }
  let wh = 1;
  let wl = 0;
  if (!(Math.abs(x) < 2 ** -70)) {
    wh = expDD(-Math.abs(x));
    wl = low[0]!;
  }
  // below 2^-70 the 1 stands for w, with an error of 2^-70, which the bound below covers
  const y = Math.log1p(wh);
  const gh = expm1DD(y);
  const delta = addDD(wh, wl, -gh, -low[0]!) / (1 + gh);
  if (!(Math.abs(delta) <= y * 2 ** -30)) throw new Inexpressible(`softplus(${x}) could not be enclosed`);
  // w and e^y − 1 err by 2^-66·w + 2^-64·2y, and w ≤ 2y: below 2^-62·y; and δ² as in logBounds
  const error = y * 2 ** -60 + 2 * delta * delta;
  if (!(x > 0)) {
    outward(y, delta, error);
    return;
  }
  const h = twoSum(x, y);
  outward(h, low[0]! + delta, error + h * 2 ** -98); // the sum of the low parts, below 2^-29·h, is rounded
}
