import { low, mulDD } from './interval-double-double.ts';
import { bounds, outward } from './interval-exp.ts';
import { above, mulDown, mulUp } from './interval-rounding.ts';

/** Leaves bounds of x^n for x in [lo, hi] in `bounds`, n ≥ 0 an integer; infinite or NaN where they overflow. */
export function powerBounds(lo: number, hi: number, n: number): void {
  if (n === 0) {
    set(1, 1);
    return;
  }
  if (n === 1) {
    set(lo, hi);
    return;
  }
  if (n % 2 === 0) {
    const least = lo > 0 ? powerDown(lo, n) : hi < 0 ? powerDown(-hi, n) : 0;
    set(least, powerUp(Math.max(-lo, hi), n));
    return;
  }
  const lower = lo >= 0 ? powerDown(lo, n) : -powerUp(-lo, n);
  set(lower, hi >= 0 ? powerUp(hi, n) : -powerDown(-hi, n));
}

function set(lower: number, upper: number): void {
  bounds[0] = lower;
  bounds[1] = upper;
}

/** A float ≤ x^n for x ≥ 0. */
function powerDown(x: number, n: number): number {
  if (n === 2) return mulDown(x, x);
  nonNegativePower(x, n);
  return bounds[0]!;
}

/** A float ≥ x^n for x ≥ 0. */
function powerUp(x: number, n: number): number {
  if (n === 2) return mulUp(x, x);
  nonNegativePower(x, n);
  return bounds[1]!;
}

/**
 * Bounds x^n for x ≥ 0, n ≥ 3, by directed products, which are exact where x^n and the powers before it are. Where these
 * leave more than two neighbouring floats, double-double powers narrow them: each squaring doubles the relative error
 * and each product adds 2^-102, in all less than 2n·2^-102. The powers in between lie between x and x^n.
 */
function nonNegativePower(x: number, n: number): void {
  let leading = 1; // the leading bit of n
  while (leading * 2 <= n) leading *= 2;
  let lower = x;
  let upper = x;
  for (let bit = leading / 2; bit >= 1; bit /= 2) {
    lower = mulDown(lower, lower);
    upper = mulUp(upper, upper);
    if (Math.floor(n / bit) % 2 === 1) {
      lower = mulDown(lower, x);
      upper = mulUp(upper, x);
    }
  }
  if (!(upper > above(lower)) || n > 2 ** 20 || !(lower > 2 ** -700 && upper < 2 ** 700)) {
    set(lower, upper);
    return;
  }
  let h = x;
  low[0] = 0;
  for (let bit = leading / 2; bit >= 1; bit /= 2) {
    h = mulDD(h, low[0]!, h, low[0]!);
    if (Math.floor(n / bit) % 2 === 1) h = mulDD(h, low[0]!, x, 0);
  }
  outward(h, low[0]!, h * n * 2 ** -98);
}
