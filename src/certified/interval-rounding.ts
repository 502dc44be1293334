/**
 * Directed rounding of + − × ÷ √ on float64 without a rounding mode.
 *
 * ECMAScript fixes + − × ÷ on float64 as IEEE 754, rounded to nearest with ties to even. Let s be the rounded result.
 * The sign of the error (exact − s) is found without error, by an error-free transformation, and s is moved one float
 * outwards only when it is on the wrong side. So bounds are the best possible, and exact results stay exact. Near the
 * ends of the range, where the transformation could itself overflow or underflow, s is always moved: the exact result
 * lies within half a spacing of s, so strictly between its neighbours.
 *
 * A bound that overflows comes out as NaN or infinite, never as a wrong finite number; `makeInterval` refuses it. Write u for
 * 2^-53 and η for 2^-1074, the least positive float. No test below is ever true of NaN.
 */

/** u(1 + 2u), a float */
const PHI = 2 ** -53 * (1 + 2 ** -52);
const ETA = Number.MIN_VALUE;
const TINY = 2 ** -960;
const SPLITTER = 2 ** 27 + 1;

/**
 * The largest float below x; -∞ below -MAX_VALUE; NaN for NaN and +∞.
 *
 * Proof for 2^e ≤ |x| < 2^(e+1), e ≥ -960 (Rump, Zimmermann, Boldo, Melquiond, BIT 49 (2009), 419–431). |x|·PHI, even
 * when rounded, lies strictly above u2^e and below 1.5·u2^(e+1) (it is u2^e(1+2u) at |x| = 2^e, where it is exact; it
 * is monotone in |x|; and at the other end it is at most u2^(e+1)(1+2u)). Moving away from 0 the spacing is 2u2^e, so the
 * step is strictly between a half and one and a half spacings and rounds to one. Moving towards 0 the same holds,
 * except at |x| = 2^e where the spacing is u2^e and the step u2^e(1+2u) rounds to one such.
 * Smaller x are scaled by 2^100 without error; below 2^-1021 floats are spaced by η and x ± η is exact.
 */
export function below(x: number): number {
  const m = Math.abs(x);
  if (m >= TINY) return x - m * PHI;
  return m < 2 ** -1021 ? x - ETA : (x * 2 ** 100 - m * 2 ** 100 * PHI) * 2 ** -100;
}

/** The smallest float above x; +∞ above MAX_VALUE; NaN for NaN and -∞. */
export function above(x: number): number {
  return -below(-x);
}

/** Largest float ≤ a + b. Knuth's TwoSum: e = a + b − s without error, also among subnormals; on overflow e is NaN. */
export function addDown(a: number, b: number): number {
  const s = a + b;
  const t = s - a;
  const e = a - (s - t) + (b - t);
  return e >= 0 ? s : below(s);
}

/** Smallest float ≥ a + b. */
export function addUp(a: number, b: number): number {
  const s = a + b;
  const t = s - a;
  const e = a - (s - t) + (b - t);
  return e <= 0 ? s : above(s);
}

/**
 * a·b − p without error, for p = a·b rounded, by Veltkamp's splitting and Dekker's product (Dekker, Numerische
 * Mathematik 18 (1971), 224–242). Needs |a|, |b| < 2^990 and TINY ≤ |p| ≤ 2^1020: then no operation overflows, and all
 * partial products are multiples of ulp(a)ulp(b) ≥ 2^-106 |ab| > η, so that none is lost to underflow. (For a
 * subnormal a, ulp(a) = η is larger still relative to a, and the splitting stays exact.)
 */
export function productError(a: number, b: number, p: number): number {
  const s = SPLITTER * a;
  const ah = s - (s - a);
  const al = a - ah;
  const t = SPLITTER * b;
  const bh = t - (t - b);
  const bl = b - bh;
  return al * bl - (p - ah * bh - al * bh - ah * bl);
}

const productErrorIsExact = (a: number, b: number, p: number): boolean =>
  Math.abs(p) >= TINY && Math.abs(p) <= 2 ** 1020 && Math.abs(a) < 2 ** 990 && Math.abs(b) < 2 ** 990;

/** Largest float ≤ a·b (near the ends of the range, perhaps the one below it; never below 0 for a product ≥ 0). */
export function mulDown(a: number, b: number): number {
  const p = a * b;
  if (productErrorIsExact(a, b, p)) return productError(a, b, p) >= 0 ? p : below(p);
  if (a === 0 || b === 0) return p;
  return a > 0 === b > 0 ? Math.max(0, below(p)) : below(p);
}

/** Smallest float ≥ a·b, with the same proviso. */
export function mulUp(a: number, b: number): number {
  return -mulDown(-a, b);
}

/**
 * Largest float ≤ a/b for b ≠ 0, with the proviso of mulDown. With q = a/b rounded and p + e = qb, the residual
 * a − qb = (a − p) − e: q is normal, so p is within two spacings of a and a − p is exact (Sterbenz), and one more
 * subtraction cannot change the sign.
 */
export function divDown(a: number, b: number): number {
  const q = a / b;
  const p = q * b;
  if (Math.abs(q) >= TINY && productErrorIsExact(q, b, p)) {
    const residual = a - p - productError(q, b, p);
    return (b > 0 ? residual >= 0 : residual <= 0) ? q : below(q);
  }
  if (a === 0) return q;
  return a > 0 === b > 0 ? Math.max(0, below(q)) : below(q);
}

/** Smallest float ≥ a/b for b ≠ 0, with the same proviso. */
export function divUp(a: number, b: number): number {
  return -divDown(-a, b);
}

/**
 * True when s² ≤ x, for x in [2^-700, 2^900] and s within a factor 1 ± 2^-50 of √x: with s² = p + e, x − p is exact.
 */
function squareIsAtMost(s: number, x: number): boolean {
  const p = s * s;
  return x - p >= productError(s, s, p);
}

/**
 * Largest float ≤ √x for x ≥ 0. ECMAScript leaves the accuracy of Math.sqrt open, so its result is a proposal that is
 * checked by squaring. Extreme x are scaled by an even power of two; their roots are far from underflow.
 */
export function sqrtDown(x: number): number {
  if (x < 2 ** -700) return x === 0 ? 0 : sqrtDown(x * 2 ** 500) * 2 ** -250;
  if (x > 2 ** 900) return sqrtDown(x * 2 ** -500) * 2 ** 250;
  let s = nearRoot(x);
  while (!squareIsAtMost(s, x)) s = below(s);
  for (let t = above(s); squareIsAtMost(t, x); t = above(s)) s = t;
  return s;
}

/** Smallest float ≥ √x for x ≥ 0. */
export function sqrtUp(x: number): number {
  if (x < 2 ** -700) return x === 0 ? 0 : sqrtUp(x * 2 ** 500) * 2 ** -250;
  if (x > 2 ** 900) return sqrtUp(x * 2 ** -500) * 2 ** 250;
  const s = sqrtDown(x);
  const p = s * s;
  return x - p === productError(s, s, p) ? s : above(s);
}

function nearRoot(x: number): number {
  const s = Math.sqrt(x);
  if (Math.abs(s * s - x) <= x * 2 ** -50) return s;
  throw new RangeError(`sqrt: no root of ${x} is known`);
}
