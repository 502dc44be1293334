import { Inexpressible } from '../arithmetic/arithmetic.ts';
import { type Exponential, toRational } from '../exact/exponential.ts';
import { encloseExponential } from '../exact/exponential-enclosure.ts';
import { Rational } from '../kernel/rational.ts';
import { type Interval, ofRational } from './interval.ts';

/** The tightest interval around an exact element, or a float wider. Throws Inexpressible beyond the range of float64. */
export function ofExponential(x: Exponential): Interval {
  if (x.denominator.length === 0) {
    const q = toRational(x);
    if (q) return ofRational(q);
  }
  const enclosure = encloseExponential(x, 80);
  if (!enclosure) throw new Inexpressible('a sum of exponentials takes too much precision');
  const { lower, upper, exponent } = enclosure;
  const least = lower > 0n ? lower : -upper;
  const size = BigInt(least.toString(16).length * 4) + exponent; // |x| < 2^size·(1 + 2^-70), within 4 bits
  if (size > 1100n) throw new Inexpressible('a sum of exponentials is beyond the range of float64');
  if (size < -1200n) {
    const tiny = Number.MIN_VALUE;
    return lower > 0n ? { lo: 0, hi: tiny } : { lo: -tiny, hi: 0 };
  }
  const bound = (mantissa: bigint): Interval =>
    ofRational(exponent >= 0n ? new Rational(mantissa << exponent) : new Rational(mantissa, 1n << -exponent));
  return { lo: bound(lower).lo, hi: bound(upper).hi };
}
