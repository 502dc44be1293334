import type { Rational } from '../kernel/rational.ts';

/**
 * Fixed-point enclosures of ln 2, π and e^q on BigInt, to any number of bits. A value v is enclosed by
 * lower ≤ v·2^bits ≤ upper.
 */
export interface FixedPoint {
  readonly lower: bigint;
  readonly upper: bigint;
}

/** Σ_k ±1/((2k+1) n^(2k+1)) · 2^bits: artanh(1/n), or arctan(1/n) when `alternating`; and a bound on its error. */
function inverseTangent(n: bigint, bits: number, alternating: boolean): { sum: bigint; error: bigint } {
  // power ≤ 2^bits/n^(2k+1) < power + 2, each term adds less than 2 to the error, and the rest of the series, from the
  // first power of 0 on, is below 2 Σ n^-2j < 4.
  let sum = 0n;
  let error = 4n;
  const square = n * n;
  let odd = 1n;
  for (let power = (1n << BigInt(bits)) / n; power > 0n; power /= square) {
    const term = power / odd;
    sum += alternating && (odd & 2n) !== 0n ? -term : term;
    error += 2n;
    odd += 2n;
  }
  return { sum, error };
}

type Machin = readonly (readonly [coefficient: bigint, n: bigint])[];

function machin(formula: Machin, bits: number, alternating: boolean): FixedPoint {
  let sum = 0n;
  let error = 0n;
  for (const [coefficient, n] of formula) {
    const part = inverseTangent(n, bits, alternating);
    sum += coefficient * part.sum;
    error += (coefficient < 0n ? -coefficient : coefficient) * part.error;
  }
  return { lower: sum - error, upper: sum + error };
}

/** The same number with fewer bits. */
const coarser = ({ lower, upper }: FixedPoint, drop: number): FixedPoint => ({
  lower: lower >> BigInt(drop),
  upper: -(-upper >> BigInt(drop)),
});

/** Keeps the most precise value so far. */
function cached(compute: (bits: number) => FixedPoint): (bits: number) => FixedPoint {
  let best: { bits: number; value: FixedPoint } | undefined;
  return (bits) => {
    if (!best || best.bits < bits) best = { bits, value: compute(bits + 32) };
    return coarser(best.value, best.bits + 32 - bits);
  };
}

/** ln 2 = 18 artanh(1/26) − 2 artanh(1/4801) + 8 artanh(1/8749) */
export const ln2 = cached((bits) =>
  machin(
    [
      [18n, 26n],
      [-2n, 4801n],
      [8n, 8749n],
    ],
    bits,
    false,
  ),
);

/** π = 16 arctan(1/5) − 4 arctan(1/239) (Machin) */
export const pi = cached((bits) =>
  machin(
    [
      [16n, 5n],
      [-4n, 239n],
    ],
    bits,
    true,
  ),
);

/** lower ≤ e^q·2^(bits − exponent) ≤ upper, with lower near 2^bits. */
export interface ScaledExponential extends FixedPoint {
  readonly exponent: bigint;
}

/**
 * e^q = 2^k e^r, 0 ≤ r < 1, by Taylor's series. Relative width of the enclosure: a few hundred times 2^-bits, for bits up to
 * some thousands. Cost: about bits/log(bits) products of `bits`-bit numbers.
 */
export function exponential(q: Rational, bits: number): ScaledExponential {
  const one = 1n << BigInt(bits);
  if (q.isZero) return { lower: one, upper: one, exponent: 0n };
  const { numerator: p, denominator: d } = q;
  // k from q to the nearest unit, then with enough bits of ln 2 that k ln 2 is good to 2^-bits
  const size = Math.max(8, 4 * (p.toString(16).length - d.toString(16).length) + 8);
  const coarse = ln2(size + 8).lower;
  let k = floorDivide(p << BigInt(size + 8), d * coarse);
  const logarithm = ln2(bits + size);
  const fine = BigInt(bits + size);
  const scaled = floorDivide(p << fine, d);
  const drop = BigInt(size);
  const remainder = (): FixedPoint => {
    const [a, b] = k >= 0n ? [logarithm.upper, logarithm.lower] : [logarithm.lower, logarithm.upper];
    return { lower: (scaled - k * a) >> drop, upper: -(-(scaled + 1n - k * b) >> drop) };
  };
  let r = remainder();
  while (r.lower < 0n) {
    k -= 1n;
    r = remainder();
  }
  if (r.upper >= one) throw new RangeError('exponential: the reduction failed');
  // t_n ≤ r^n/n!·2^bits < t_n + 2 for the lower end of r, r < 1: an error e_n ≤ e_{n-1}/n + 1, e_0 = 0.
  let sum = one;
  let term = one;
  let count = 0n;
  const shift = BigInt(bits);
  while (term > 0n) {
    count += 1n;
    term = ((term * r.lower) >> shift) / count;
    sum += term;
  }
  // The tail beyond a t_n = 0 is below 2·(1/(n+1) + …) < 4; the width of r counts with e^r < 3.
  return { lower: sum, upper: sum + 2n * count + 4n + 3n * (r.upper - r.lower), exponent: k };
}

/** ⌊a/b⌋ for b > 0 */
export function floorDivide(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a < 0n && q * b !== a ? q - 1n : q;
}
