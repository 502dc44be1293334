import type { IntegerMatrix, IntegerVector } from './linear-algebra-matrix.ts';
import type { Pivots } from './modular-elimination.ts';

/**
 * Fraction-free elimination (Bareiss 1968): every intermediate entry is a minor of the matrix, so each division is
 * exact. Decides the pivots over Q with no prime involved. Cost: O(rows · cols · rank) operations on minors.
 */
export function bareissPivots(A: Pick<IntegerMatrix, 'rows' | 'cols' | 'entries'>): Pivots {
  const rows = splitRows(A);
  const order = rows.map((_, i) => i);
  const pivotCols: number[] = [];
  let previous = 1n;
  for (let c = 0; c < A.cols && pivotCols.length < A.rows; c++) {
    const r = pivotCols.length;
    const k = rows.findIndex((row, i) => i >= r && row[c] !== 0n);
    if (k < 0) continue;
    [rows[k], rows[r]] = [rows[r]!, rows[k]!];
    [order[k], order[r]] = [order[r]!, order[k]!];
    for (let i = r + 1; i < A.rows; i++) eliminateRow(rows[i]!, rows[r]!, c, previous);
    previous = rows[r]![c]!;
    pivotCols.push(c);
  }
  return { pivotRows: order.slice(0, pivotCols.length), pivotCols };
}

/** Solves B·x = c for each c in `right` by fraction-free Gauss–Jordan elimination; undefined when B is singular. */
export function bareissSolve(
  entries: readonly bigint[],
  r: number,
  right: readonly (readonly bigint[])[],
): IntegerVector[] | undefined {
  const rows = splitRows({ rows: r, cols: r, entries });
  rows.forEach((row, i) => {
    for (const c of right) row.push(c[i]!);
  });
  let previous = 1n;
  for (let c = 0; c < r; c++) {
    const k = rows.findIndex((row, i) => i >= c && row[c] !== 0n);
    if (k < 0) return undefined;
    [rows[k], rows[c]] = [rows[c]!, rows[k]!];
    for (let i = 0; i < r; i++) if (i !== c) eliminateRow(rows[i]!, rows[c]!, c, previous);
    previous = rows[c]![c]!;
  }
  const sign = previous < 0n ? -1n : 1n;
  return right.map((_, k) => ({
    numerators: rows.map((row) => sign * row[r + k]!),
    denominator: sign * previous,
  }));
}

/** row ← (pivot[c]·row − row[c]·pivot) / previous, from column c on */
function eliminateRow(row: bigint[], pivot: readonly bigint[], c: number, previous: bigint): void {
  const lead = pivot[c]!;
  const factor = row[c]!;
  for (let j = c + 1; j < row.length; j++) row[j] = (row[j]! * lead - factor * pivot[j]!) / previous;
  row[c] = 0n;
}

function splitRows(A: Pick<IntegerMatrix, 'rows' | 'cols' | 'entries'>): bigint[][] {
  return Array.from({ length: A.rows }, (_, i) => A.entries.slice(i * A.cols, (i + 1) * A.cols));
}
