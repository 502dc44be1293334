/**
 * A float32 result is a proposal: before anything is concluded from it, it is compared here with float64. What comes out
 * is a figure; the caller says how much is too much, and compares it as `largest < limit`.
 */
export interface Discrepancy {
  /** max |proposed − referee| / max |referee| over what was compared; Infinity when an entry is not finite or the sizes differ */
  readonly largest: number;
  /** how many entries were compared: evidence, not proof, when it is not all of them */
  readonly compared: number;
}

const REJECTED = Number.POSITIVE_INFINITY;

function worst(differences: number, scale: number): number {
  if (!(Number.isFinite(differences) && Number.isFinite(scale))) return REJECTED;
  return differences === 0 ? 0 : differences / scale;
}

/** max |a − b|; NaN or Infinity when an entry is. */
function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= largest)) largest = difference;
    if (!Number.isFinite(largest)) return REJECTED;
  }
  return largest;
}

const maxMagnitude = (a: ArrayLike<number>): number => {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]!));
  return largest;
};

/** Every entry of a vector (outputs, a gradient) against the same vector in float64. */
export function rejudgeVector(proposed: ArrayLike<number>, referee: Float64Array): Discrepancy {
  const largest =
    proposed.length === referee.length
      ? worst(maxDifference(proposed, referee), maxMagnitude(referee))
      : REJECTED;
  return { largest, compared: referee.length };
}

/**
 * Rows of an n × n matrix against the same rows in float64, relative to the largest entry of those rows. Entries that
 * are not in the sampled rows must be finite, and their transposes must agree with the referee as well: an error in
 * column r of any row is seen.
 */
export function rejudgeRows(
  proposed: ArrayLike<number>,
  n: number,
  sampled: readonly number[],
  refereeRow: (row: number) => Float64Array,
): Discrepancy {
  const compared = 2 * n * sampled.length;
  if (proposed.length !== n * n || sampled.length === 0) return { largest: REJECTED, compared: 0 };
  if (!Number.isFinite(maxMagnitude(proposed))) return { largest: REJECTED, compared };
  let difference = 0;
  let scale = 0;
  for (const r of sampled) {
    const referee = refereeRow(r);
    if (referee.length !== n) return { largest: REJECTED, compared: 0 };
    const row = Float64Array.from({ length: n }, (_, c) => proposed[r * n + c]!);
    const column = Float64Array.from({ length: n }, (_, c) => proposed[c * n + r]!);
    difference = Math.max(difference, maxDifference(row, referee), maxDifference(column, referee));
    scale = Math.max(scale, maxMagnitude(referee));
  }
  return { largest: worst(difference, scale), compared };
}

/** `count` different rows of n, the first and the last among them, spread evenly. */
export function spreadRows(n: number, count: number): number[] {
  const last = Math.min(count, n) - 1;
  if (last < 0) return [];
  if (last === 0) return [0];
  return Array.from({ length: last + 1 }, (_, k) => Math.round((k * (n - 1)) / last));
}

/** Products with J in float64, with m·dy outputs and parameterCount inputs. */
export interface JacobianProducts {
  readonly rows: number;
  jvp(direction: Float64Array): Float64Array;
  vjp(cotangent: Float64Array): Float64Array;
}

/**
 * Row r of the Gram matrix over some columns of J, as J·mask(Jᵀe_r): one sweep back and one forward, without the
 * Kronecker structure that the proposal used.
 */
export function gramRow(
  J: JacobianProducts,
  trainableIndices: ArrayLike<number>,
): (row: number) => Float64Array {
  return (row) => {
    const seed = new Float64Array(J.rows);
    seed[row] = 1;
    const whole = J.vjp(seed);
    const direction = new Float64Array(whole.length);
    for (let k = 0; k < trainableIndices.length; k++) {
      const index = trainableIndices[k]!;
      direction[index] = whole[index]!;
    }
    return J.jvp(direction);
  };
}
