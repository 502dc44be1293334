import { Inexpressible } from '../arithmetic/arithmetic.ts';
import { type BallMatrix, transpose } from './ball-matrix.ts';

/**
 * Float64 matrix products of a fast kernel. Each entry must be a sum of the k rounded products of its row and column, in any
 * order, fused or not: that is all that the bound below needs.
 */
export interface FloatProducts {
  /** A·Bᵀ, (m × k)(n × k)ᵀ */
  multiplyTransposed(A: Float64Array, B: Float64Array, m: number, k: number, n: number): Float64Array;
}

const TINY = Number.MIN_VALUE;

/**
 * A·Bᵀ of matrices of balls by two or three products of a fast kernel, with the bounds of `multiply`: γ_k for any order of
 * summation. Throws a RangeError on a mismatch of sizes, Inexpressible on overflow.
 */
export function productTransposed(products: FloatProducts, a: BallMatrix, b: BallMatrix): BallMatrix {
  if (a.cols !== b.cols)
    throw new RangeError(`productTransposed: ${a.rows}×${a.cols} times (${b.rows}×${b.cols})ᵀ`);
  const k = a.cols;
  const rounding = (k + 8) * 2 ** -52; // ≥ γ_k for k ≤ 2^50
  const slack = 1 + (k + 8) * 2 ** -50; // covers the rounding of the radius sums themselves
  const times = (A: Float64Array, B: Float64Array): Float64Array =>
    products.multiplyTransposed(A, B, a.rows, k, b.rows);
  const mid = times(a.mid, b.mid);
  const size = a.mid.map(Math.abs);
  const rad = times(
    size.map((value, i) => a.rad[i]! + rounding * value),
    b.mid.map(Math.abs),
  );
  if (b.rad.some((radius) => radius !== 0)) {
    const more = times(
      size.map((value, i) => value + a.rad[i]!),
      b.rad,
    );
    for (let i = 0; i < rad.length; i++) rad[i] = rad[i]! + more[i]!;
  }
  for (let i = 0; i < rad.length; i++) rad[i] = rad[i]! * slack + (k + 8) * 8 * TINY;
  return checked({ rows: a.rows, cols: b.rows, mid, rad });
}

/** A·B by the same. */
export const product = (products: FloatProducts, a: BallMatrix, b: BallMatrix): BallMatrix =>
  productTransposed(products, a, transpose(b));

/** A∘B, entry by entry. */
export function hadamard(a: BallMatrix, b: BallMatrix): BallMatrix {
  if (a.rows !== b.rows || a.cols !== b.cols)
    throw new RangeError(`hadamard: ${a.rows}×${a.cols} and ${b.rows}×${b.cols}`);
  const mid = new Float64Array(a.mid.length);
  const rad = new Float64Array(a.mid.length);
  for (let i = 0; i < mid.length; i++) {
    const [x, y] = [Math.abs(a.mid[i]!), Math.abs(b.mid[i]!)];
    mid[i] = a.mid[i]! * b.mid[i]!;
    rad[i] = outwards((x + a.rad[i]!) * b.rad[i]! + a.rad[i]! * y + 2 ** -52 * Math.abs(mid[i]!));
  }
  return checked({ rows: a.rows, cols: a.cols, mid, rad });
}

/** A + B; a B of one row is added to every row of A. */
export function sum(a: BallMatrix, b: BallMatrix): BallMatrix {
  if (a.cols !== b.cols || (b.rows !== 1 && b.rows !== a.rows))
    throw new RangeError(`sum: ${a.rows}×${a.cols} and ${b.rows}×${b.cols}`);
  const mid = new Float64Array(a.mid.length);
  const rad = new Float64Array(a.mid.length);
  for (let i = 0; i < mid.length; i++) {
    const j = i % b.mid.length;
    mid[i] = a.mid[i]! + b.mid[j]!;
    rad[i] = outwards(a.rad[i]! + b.rad[j]! + 2 ** -52 * Math.abs(mid[i]!));
  }
  return checked({ rows: a.rows, cols: a.cols, mid, rad });
}

/** An upper bound of x ≥ 0 that also covers the rounding of the few operations that produced x. */
const outwards = (x: number): number => x * (1 + 2 ** -49) + 4 * TINY;

function checked(a: BallMatrix): BallMatrix {
  for (let i = 0; i < a.mid.length; i++) {
    if (!Number.isFinite(a.mid[i]!) || !Number.isFinite(a.rad[i]!))
      throw new Inexpressible('a matrix of balls overflows');
  }
  return a;
}
