import { type BallMatrix, multiply, transpose } from './ball-matrix.ts';
import { leastEigenvalueBound } from './eigenvalue-bound.ts';
import { inverseCholesky } from './inverse.ts';

/**
 * A number r such that every matrix inside `a` has rank at least r. Columns are picked in float64, each divided by a power
 * of two near its norm; what they prove is that the Gram matrix of the picked ones, enclosed, has positive eigenvalues.
 */
export function rankLowerBound(a: BallMatrix): number {
  let picked = pickColumns(a);
  while (picked.length > 0) {
    const part = scaledColumns(a, picked);
    const gram = multiply(transpose(part), part);
    const proposal = inverseCholesky(gram.rows, gram.mid);
    const bound = proposal && leastEigenvalueBound(gram, proposal);
    if (bound !== undefined && bound > 0) return picked.length;
    // The last picked are the least independent.
    picked = picked.slice(0, picked.length > 8 ? Math.floor(picked.length * 0.8) : picked.length - 1);
  }
  return 0;
}

/** Columns in the order of pivoted Gram–Schmidt on unit columns, in float64: a proposal. */
function pickColumns({ rows, cols, mid }: BallMatrix): number[] {
  const work = Array.from({ length: cols }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => mid[i * cols + j]!),
  );
  for (const column of work) {
    const size = Math.hypot(...column);
    if (size > 0 && Number.isFinite(size)) for (let i = 0; i < rows; i++) column[i]! /= size;
  }
  const left = new Set(work.keys());
  const chosen: number[] = [];
  while (chosen.length < Math.min(rows, cols)) {
    let best = -1;
    let most = 1e-20;
    for (const j of left) {
      const size = dot(work[j]!, work[j]!);
      if (size > most) [best, most] = [j, size];
    }
    if (best < 0) break;
    left.delete(best);
    chosen.push(best);
    const direction = work[best]!;
    for (const j of left) {
      const factor = dot(direction, work[j]!) / most;
      for (let i = 0; i < rows; i++) work[j]![i]! -= factor * direction[i]!;
    }
  }
  return chosen;
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** The columns, each times a power of two, which changes no rank: exact in float64 but for underflow, which is covered. */
function scaledColumns(a: BallMatrix, picked: readonly number[]): BallMatrix {
  const cols = picked.length;
  const mid = new Float64Array(a.rows * cols);
  const rad = new Float64Array(a.rows * cols);
  picked.forEach((j, k) => {
    let size = 0;
    for (let i = 0; i < a.rows; i++) size = Math.max(size, Math.abs(a.mid[i * a.cols + j]!));
    const exponent = Math.max(-1000, Math.min(1000, -Math.floor(Math.log2(size))));
    const factor = 2 ** exponent;
    for (let i = 0; i < a.rows; i++) {
      mid[i * cols + k] = a.mid[i * a.cols + j]! * factor;
      rad[i * cols + k] = a.rad[i * a.cols + j]! * factor * (1 + 2 ** -50) + 4 * Number.MIN_VALUE;
    }
  });
  return { rows: a.rows, cols, mid, rad };
}
