/**
 * Double-double arithmetic: h + l with |l| ≤ u|h|, u = 2^-53 (Joldes, Muller, Popescu, Tight and rigorous error bounds
 * for basic building blocks of double-word arithmetic, ACM TOMS 44 (2017), no. 2). A function returns h and leaves l in
 * `low[0]`, so that nothing is allocated.
 *
 * Each operation has relative error below 2^-102 as long as its numbers stay between 2^-800 and 2^800 (or are 0), which
 * is for the caller to see to.
 */
export const low: Float64Array<ArrayBuffer> = new Float64Array(1);

const SPLITTER = 2 ** 27 + 1;

/** a + b, without error */
export function twoSum(a: number, b: number): number {
  const s = a + b;
  const t = s - a;
  low[0] = a - (s - t) + (b - t);
  return s;
}

/** a + b, without error, for |a| ≥ |b| or a = 0 */
export function fastTwoSum(a: number, b: number): number {
  const s = a + b;
  low[0] = b - (s - a);
  return s;
}

/** a·b, without error */
export function twoProduct(a: number, b: number): number {
  const p = a * b;
  const s = SPLITTER * a;
  const ah = s - (s - a);
  const al = a - ah;
  const t = SPLITTER * b;
  const bh = t - (t - b);
  const bl = b - bh;
  low[0] = al * bl - (p - ah * bh - al * bh - ah * bl);
  return p;
}

/** Algorithm 6, relative error below 3u² + 13u³, for any signs. */
export function addDD(ah: number, al: number, bh: number, bl: number): number {
  const sh = twoSum(ah, bh);
  const sl = low[0]!;
  const th = twoSum(al, bl);
  const tl = low[0]!;
  const vh = fastTwoSum(sh, sl + th);
  return fastTwoSum(vh, tl + low[0]!);
}

/** Algorithm 10, relative error below 7u². */
export function mulDD(ah: number, al: number, bh: number, bl: number): number {
  const ch = twoProduct(ah, bh);
  return fastTwoSum(ch, low[0]! + (ah * bl + al * bh));
}

/**
 * Two quotients of long division, relative error below 2^-102: with q₁ = ah/bh rounded, |a − q₁b| ≤ 4u|a|, and it is
 * known to 8u²|a|; dividing it by bh in float64 costs at most 4u·5u more.
 */
export function divDD(ah: number, al: number, bh: number, bl: number): number {
  const q = ah / bh;
  const ph = twoProduct(q, bh);
  const pl = low[0]!;
  const rest = ah - ph - pl + (al - q * bl); // ah − ph is exact
  return fastTwoSum(q, rest / bh);
}
