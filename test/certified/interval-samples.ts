/** Seeded random floats where interval arithmetic is most likely to be wrong. EVERYMIN_TEST_SEED varies them. */
export const SEED = Number(process.env.EVERYMIN_TEST_SEED ?? 1);

export interface Random {
  /** uniform in [0, 1) */
  next(): number;
  /** an integer in [0, n) */
  below(n: number): number;
}

/** mulberry32 */
export function random(seed: number): Random {
  let state = (seed * 2654435761) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, below: (n) => Math.floor(next() * n) };
}

const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);

/** The float `steps` places further on the line of floats; stays finite. */
export function step(x: number, steps: number): number {
  float[0] = x;
  const order = bits[0]! >= 0n ? bits[0]! : -(bits[0]! & 0x7fffffffffffffffn);
  const moved = order + BigInt(steps);
  bits[0] = moved >= 0n ? moved : -moved | (-1n << 63n);
  return Number.isFinite(float[0]!) ? float[0]! : x;
}

function anyBits(r: Random): number {
  for (;;) {
    bits[0] = (BigInt(r.below(2 ** 32)) << 32n) | BigInt(r.below(2 ** 32));
    if (Number.isFinite(float[0]!)) return float[0]!;
  }
}

/** The floats nearest, for their size, to a multiple of π/2: below 2^20 (by exhaustive search), and of all. */
const NEAR_MULTIPLES = [
  45.553093477052,
  364.424747816416,
  2915.397982531328,
  321307.9594422229,
  642615.9188844458,
  871790.3905748408,
  826882.8943881015,
  6381956970095103 * 2 ** 797,
];

const KINDS: readonly ((r: Random) => number)[] = [
  (r) => 4 * r.next() - 2,
  (r) => 200 * r.next() - 100,
  (r) => step(2 ** (r.below(40) - 20), r.below(7) - 3),
  (r) => step(2 ** (r.below(2090) - 1070), r.below(7) - 3),
  (r) => r.below(2 ** 30) * Number.MIN_VALUE * 2 ** r.below(23),
  (r) => step(1, r.below(9) - 4),
  (r) => step(1, r.below(2 ** 30)),
  (r) => r.below(21) - 10,
  (r) => (r.below(2 ** 20) - 2 ** 19) / 2 ** r.below(40),
  (r) => (r.below(2001) - 1000) / 10 ** r.below(4),
  (r) => step((r.below(2001) - 1000) * (Math.PI / 2), r.below(5) - 2),
  (r) => step(r.below(2 ** 30) * (Math.PI / 2), r.below(5) - 2),
  (r) => NEAR_MULTIPLES[r.below(NEAR_MULTIPLES.length)]!,
  (r) => Number.MAX_VALUE * r.next(),
  (r) => r.next() * 10 ** -r.below(30),
  anyBits,
  () => 0,
];

export function sample(r: Random): number {
  const x = KINDS[r.below(KINDS.length)]!(r);
  return r.below(2) === 0 ? x : -x;
}

/** A degenerate interval, a narrow one, or one between two samples. */
export function sampleInterval(r: Random, point: (r: Random) => number = sample): { lo: number; hi: number } {
  const lo = point(r);
  const kind = r.below(3);
  const hi = kind === 0 ? lo : kind === 1 ? step(lo, r.below(1000)) : point(r);
  return lo <= hi ? { lo, hi } : { lo: hi, hi: lo };
}

/** A number of the interval: an end or something inside. */
export function pointOf(r: Random, a: { lo: number; hi: number }): number {
  const kind = r.below(4);
  if (kind === 0) return a.lo;
  if (kind === 1) return a.hi;
  if (kind === 2 && a.lo < 0 && a.hi > 0) return 0;
  const x = a.lo + (a.hi - a.lo) * r.next();
  return Math.min(Math.max(Number.isFinite(x) ? x : 0, a.lo), a.hi);
}

/** m·2^e, exactly: a reference of its own, which shares no code with what it tests. */
export interface Dyadic {
  readonly m: bigint;
  readonly e: number;
}

export function dyadic(x: number): Dyadic {
  float[0] = x;
  const word = bits[0]!;
  const biased = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  const m = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return { m: word < 0n ? -m : m, e: Math.max(biased, 1) - 1075 };
}

export function compare(a: Dyadic, b: Dyadic): number {
  const e = Math.min(a.e, b.e);
  const d = (a.m << BigInt(a.e - e)) - (b.m << BigInt(b.e - e));
  return d > 0n ? 1 : d < 0n ? -1 : 0;
}

export function plus(a: Dyadic, b: Dyadic): Dyadic {
  const e = Math.min(a.e, b.e);
  return { m: (a.m << BigInt(a.e - e)) + (b.m << BigInt(b.e - e)), e };
}
export const times = (a: Dyadic, b: Dyadic): Dyadic => ({ m: a.m * b.m, e: a.e + b.e });
export const minus = (a: Dyadic): Dyadic => ({ m: -a.m, e: a.e });
