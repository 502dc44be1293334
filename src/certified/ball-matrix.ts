import { Inexpressible } from '../arithmetic/arithmetic.ts';

/**
 * Matrices of balls: entry (i,j) is some real number within rad[i,j] of mid[i,j], row-major. A product costs two
 * ordinary float64 matrix products, because rounding is bounded a priori instead of being directed: for an inner
 * product of k terms, |fl(Σ ab) − Σ ab| ≤ γ_k Σ|ab| + k·2^−1074 in any order of summation, γ_k = ku/(1−ku), u = 2^−53
 * (Higham, Accuracy and Stability of Numerical Algorithms, §3.1; Rump, Acta Numerica 2010, §10 for ball products).
 */
export interface BallMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly mid: Float64Array;
  readonly rad: Float64Array;
}

const TINY = Number.MIN_VALUE;

/** An upper bound of x ≥ 0 that also covers the rounding of a few operations that produced x. */
export const inflate = (x: number): number => x * (1 + 2 ** -49) + 4 * TINY;

/** Balls around lo ≤ hi, entry by entry. */
export function ballsFromBounds(
  rows: number,
  cols: number,
  lo: ArrayLike<number>,
  hi: ArrayLike<number>,
): BallMatrix {
  const mid = new Float64Array(rows * cols);
  const rad = new Float64Array(rows * cols);
  for (let i = 0; i < mid.length; i++) {
    const a = lo[i]!;
    const b = hi[i]!;
    const centre = a === b ? a : a / 2 + b / 2;
    mid[i] = centre;
    rad[i] = a === b ? 0 : inflate(Math.max(b - centre, centre - a));
  }
  return checked({ rows, cols, mid, rad });
}

/** Floats taken as exact numbers. */
export function exactBalls(rows: number, cols: number, values: Float64Array): BallMatrix {
  return checked({ rows, cols, mid: values, rad: new Float64Array(rows * cols) });
}

export function transpose(a: BallMatrix): BallMatrix {
  const flip = (source: Float64Array): Float64Array => {
    const target = new Float64Array(source.length);
    for (let i = 0; i < a.rows; i++) {
      for (let j = 0; j < a.cols; j++) target[j * a.rows + i] = source[i * a.cols + j]!;
    }
    return target;
  };
  return { rows: a.cols, cols: a.rows, mid: flip(a.mid), rad: flip(a.rad) };
}

/** A·B; throws a RangeError on a mismatch of sizes, Inexpressible on overflow. Cost: 3·rows·k·cols multiplications. */
export function multiply(a: BallMatrix, b: BallMatrix): BallMatrix {
  if (a.cols !== b.rows) throw new RangeError(`multiply: ${a.rows}×${a.cols} times ${b.rows}×${b.cols}`);
  const k = a.cols;
  const { rows } = a;
  const { cols } = b;
  const rounding = (k + 8) * 2 ** -52; // ≥ γ_k for k ≤ 2^50
  const slack = 1 + (k + 8) * 2 ** -50; // covers the rounding of the radius sums themselves
  const mid = new Float64Array(rows * cols);
  const rad = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    const row = i * cols;
    for (let p = 0; p < k; p++) {
      const am = a.mid[i * k + p]!;
      const ar = a.rad[i * k + p]!;
      if (am === 0 && ar === 0) continue;
      const size = Math.abs(am);
      const spread = ar + rounding * size;
      const from = p * cols;
      for (let j = 0; j < cols; j++) {
        const bm = b.mid[from + j]!;
        const br = b.rad[from + j]!;
        mid[row + j]! += am * bm;
        rad[row + j]! += spread * Math.abs(bm) + (size + ar) * br;
      }
    }
  }
  for (let i = 0; i < rad.length; i++) rad[i] = rad[i]! * slack + (k + 8) * 8 * TINY;
  return checked({ rows, cols, mid, rad });
}

/** Row i scaled by the ball (mid[i], rad[i]) of `factors`, an n×1 matrix. */
export function scaleRows(factors: BallMatrix, a: BallMatrix): BallMatrix {
  const mid = new Float64Array(a.mid.length);
  const rad = new Float64Array(a.mid.length);
  for (let i = 0; i < a.rows; i++) {
    const fm = factors.mid[i]!;
    const fr = factors.rad[i]!;
    for (let j = i * a.cols; j < (i + 1) * a.cols; j++) {
      const am = a.mid[j]!;
      const ar = a.rad[j]!;
      mid[j] = fm * am;
      rad[j] = inflate(Math.abs(fm) * ar + fr * (Math.abs(am) + ar) + 2 ** -52 * Math.abs(fm * am));
    }
  }
  return checked({ rows: a.rows, cols: a.cols, mid, rad });
}

/** An upper bound of the Euclidean norm of all entries (Frobenius). */
export function normUpperBound(a: BallMatrix): number {
  let sum = 0;
  for (let i = 0; i < a.mid.length; i++) {
    const size = Math.abs(a.mid[i]!) + a.rad[i]!;
    sum += size * size;
  }
  const bound = inflate(Math.sqrt(sum * (1 + (a.mid.length + 8) * 2 ** -51) + (a.mid.length + 8) * TINY));
  if (!Number.isFinite(bound)) throw new Inexpressible('a norm overflows');
  return bound;
}

/** A lower bound of the Euclidean norm of all entries. */
export function normLowerBound(a: BallMatrix): number {
  let sum = 0;
  for (let i = 0; i < a.mid.length; i++) {
    const size = Math.max(0, Math.abs(a.mid[i]!) - a.rad[i]!) * (1 - 2 ** -50);
    sum += size * size;
  }
  const bound = Math.sqrt(sum * (1 - (a.mid.length + 8) * 2 ** -51)) * (1 - 2 ** -50);
  return bound > 1e-150 ? bound : 0;
}

function checked(a: BallMatrix): BallMatrix {
  for (let i = 0; i < a.mid.length; i++) {
    if (!Number.isFinite(a.mid[i]!) || !Number.isFinite(a.rad[i]!))
      throw new Inexpressible('a matrix of balls overflows');
  }
  return a;
}
