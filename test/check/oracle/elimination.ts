import { Rational } from '../../../src/kernel/rational.ts';
import { inner } from './numbers.ts';

/** Gauss–Jordan elimination over Q, row by row, with no cleverness: the reference for the modular algorithms. */
type Rows = readonly (readonly Rational[])[];

export function rowReduce(rows: Rows): { rows: Rational[][]; pivots: number[] } {
  const work = rows.map((row) => [...row]);
  const pivots: number[] = [];
  const width = work[0]?.length ?? 0;
  for (let col = 0; col < width && pivots.length < work.length; col++) {
    const at = pivots.length;
    const found = work.findIndex((row, i) => i >= at && !row[col]!.isZero);
    if (found < 0) continue;
    [work[at], work[found]] = [work[found]!, work[at]!];
    const scale = work[at]![col]!.inv();
    work[at] = work[at]!.map((value) => value.mul(scale));
    for (let i = 0; i < work.length; i++) {
      const factor = work[i]![col]!;
      if (i === at || factor.isZero) continue;
      work[i] = work[i]!.map((value, k) => value.sub(factor.mul(work[at]![k]!)));
    }
    pivots.push(col);
  }
  return { rows: work, pivots };
}

/** One solution of A·x = b, or undefined. */
export function solveExactly(A: Rows, b: readonly Rational[]): Rational[] | undefined {
  const n = A[0]?.length ?? 0;
  const { rows, pivots } = rowReduce(A.map((row, i) => [...row, b[i]!]));
  if (pivots.at(-1) === n) return undefined;
  const x = new Array<Rational>(n).fill(Rational.zero);
  pivots.forEach((col, i) => {
    x[col] = rows[i]![n]!;
  });
  return x;
}

export const transposed = (A: Rows, width: number): Rational[][] =>
  Array.from({ length: width }, (_, j) => A.map((row) => row[j]!));

/** A basis of { n : nᵀA = 0 }. */
export function leftNullVectors(A: Rows, width: number): Rational[][] {
  const m = A.length;
  const { rows, pivots } = rowReduce(transposed(A, width));
  return Array.from({ length: m }, (_, j) => j)
    .filter((j) => !pivots.includes(j))
    .map((free) => {
      const n = new Array<Rational>(m).fill(Rational.zero);
      n[free] = Rational.one;
      pivots.forEach((col, i) => {
        n[col] = rows[i]![free]!.neg();
      });
      return n;
    });
}

/** min_x Σ_i w_i (A·x − b)_i², by the normal equations. */
export function leastSquaresMinimum(
  A: Rows,
  width: number,
  b: readonly Rational[],
  w: readonly Rational[],
): Rational {
  const weighted = transposed(A, width).map((column) => column.map((value, i) => value.mul(w[i]!)));
  const columns = transposed(A, width);
  const gram = weighted.map((left) => columns.map((right) => inner(left, right)));
  const x = solveExactly(
    gram,
    weighted.map((column) => inner(column, b)),
  );
  if (!x && width > 0) throw new Error('the normal equations are always solvable');
  return A.reduce((sum, row, i) => {
    const error = inner(row, x ?? []).sub(b[i]!);
    return sum.add(error.mul(error).mul(w[i]!));
  }, Rational.zero);
}
