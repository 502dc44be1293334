import { Rational } from '../kernel/rational.ts';
import {
  augment,
  clearRows,
  clearVector,
  type IntegerMatrix,
  type IntegerVector,
  type Matrix,
  requireLength,
} from './linear-algebra-matrix.ts';
import { pivotCandidates, subMatrix } from './linear-algebra-pivots.ts';
import type { LinearAlgebraOptions } from './linear-algebra-rank.ts';
import { solveSquare } from './linear-algebra-square.ts';

/** Whether b ∈ range A, with what proves it: x with A·x = b, or n with nᵀA = 0 and nᵀb ≠ 0. */
export type RangeResult =
  | { readonly inRange: true; readonly x: readonly Rational[] }
  | { readonly inRange: false; readonly leftNullVector: readonly Rational[] };

export interface LeastSquares {
  /** a minimiser; unique only when A (in the rows of non-zero weight) has full column rank */
  readonly x: readonly Rational[];
  /** min_x Σ_i w_i (A·x − b)_i², exactly */
  readonly minimum: Rational;
}

/** Decides b ∈ range A over Q (A: m × n, b: m numbers); the certificate was verified in integers. */
export function inRange(A: Matrix, b: readonly Rational[], options: LinearAlgebraOptions = {}): RangeResult {
  const integer = clearRows(augment(A, b));
  for (const { pivotRows, pivotCols } of pivotCandidates(integer, options.eliminate)) {
    if (pivotCols.at(-1) !== A.cols) {
      const x = solvePivots(integer, pivotRows, pivotCols, options);
      if (x) return { inRange: true, x };
    } else {
      const leftNullVector = separate(integer, pivotRows, pivotCols, options);
      if (leftNullVector) return { inRange: false, leftNullVector };
    }
  }
  throw new Error('inRange: unreachable');
}

/** One solution of A·x = b over Q, or undefined when there is none. */
export function solve(
  A: Matrix,
  b: readonly Rational[],
  options: LinearAlgebraOptions = {},
): readonly Rational[] | undefined {
  const result = inRange(A, b, options);
  return result.inRange ? result.x : undefined;
}

/**
 * Weighted least squares over Q, any shape and rank; weights default to 1. The normal equations are solved on a
 * maximal set of independent columns and verified on all of them: AᵀW(A·x − b) = 0 holds exactly.
 * Throws a RangeError on a negative weight.
 */
export function leastSquares(
  A: Matrix,
  b: readonly Rational[],
  weights: readonly Rational[] = new Array(A.rows).fill(Rational.one),
  options: LinearAlgebraOptions = {},
): LeastSquares {
  requireLength('leastSquares: b', b, A.rows);
  requireLength('leastSquares: weights', weights, A.rows);
  const used = weights.flatMap((weight, i) => (weight.isZero ? [] : [i]));
  if (used.some((i) => weights[i]!.sign < 0)) throw new RangeError('leastSquares: a weight is negative');
  const rows: Matrix = {
    rows: used.length,
    cols: A.cols,
    entries: used.flatMap((i) => A.entries.slice(i * A.cols, (i + 1) * A.cols)),
  };
  const integer = clearRows(
    augment(
      rows,
      used.map((i) => b[i]!),
    ),
  );
  const scaled = clearVector(used.map((i, k) => weights[i]!.div(integer.scales[k]!.pow(2))));
  for (const { pivotRows, pivotCols } of pivotCandidates(integer, options.eliminate)) {
    if (pivotCols.at(-1) !== A.cols) {
      const x = solvePivots(integer, pivotRows, pivotCols, options);
      if (x) return { x, minimum: Rational.zero };
      continue;
    }
    const columns = pivotCols.slice(0, -1);
    const found = solveNormalEquations(integer, scaled.numerators, columns, options);
    if (found) {
      const minimum = new Rational(found.squares, scaled.denominator * found.solution.denominator ** 2n);
      return { x: scatter(A.cols, columns, found.solution), minimum };
    }
  }
  throw new Error('leastSquares: unreachable');
}

function scatter(n: number, columns: readonly number[], solution: IntegerVector): Rational[] {
  const x = new Array<Rational>(n).fill(Rational.zero);
  columns.forEach((j, k) => {
    x[j] = new Rational(solution.numerators[k]!, solution.denominator);
  });
  return x;
}

/** denominator·(A·x − b) for every row of the integer matrix [A | b] */
function residuals(M: IntegerMatrix, columns: readonly number[], solution: IntegerVector): bigint[] {
  return Array.from({ length: M.rows }, (_, i) => {
    const row = i * M.cols;
    let sum = -M.entries[row + M.cols - 1]! * solution.denominator;
    for (let k = 0; k < columns.length; k++) sum += M.entries[row + columns[k]!]! * solution.numerators[k]!;
    return sum;
  });
}

/** x from the pivot rows and columns of [A | b], if it satisfies every row. */
function solvePivots(
  M: IntegerMatrix,
  pivotRows: readonly number[],
  pivotCols: readonly number[],
  options: LinearAlgebraOptions,
): Rational[] | undefined {
  const right = [pivotRows.map((i) => M.entries[(i + 1) * M.cols - 1]!)];
  const found = solveSquare(subMatrix(M, pivotRows, pivotCols), pivotCols.length, right, options.eliminate);
  if (!found || residuals(M, pivotCols, found[0]!).some((value) => value !== 0n)) return undefined;
  return scatter(M.cols - 1, pivotCols, found[0]!);
}

/** n on the pivot rows of [A | b], whose last pivot is in the column b, if nᵀA = 0 and nᵀb ≠ 0. */
function separate(
  M: IntegerMatrix,
  pivotRows: readonly number[],
  pivotCols: readonly number[],
  options: LinearAlgebraOptions,
): Rational[] | undefined {
  const columns = pivotCols.slice(0, -1);
  const rows = pivotRows.slice(0, -1);
  const last = pivotRows.at(-1)!;
  const transposed = columns.flatMap((j) => rows.map((i) => M.entries[i * M.cols + j]!));
  const right = [columns.map((j) => -M.entries[last * M.cols + j]!)];
  const found = solveSquare(transposed, rows.length, right, options.eliminate)?.[0];
  if (!found) return undefined;
  for (let j = 0; j < M.cols; j++) {
    let sum = M.entries[last * M.cols + j]! * found.denominator;
    for (let k = 0; k < rows.length; k++) sum += M.entries[rows[k]! * M.cols + j]! * found.numerators[k]!;
    if (j < M.cols - 1 ? sum !== 0n : sum === 0n) return undefined;
  }
  const n = new Array<Rational>(M.rows).fill(Rational.zero);
  rows.forEach((i, k) => {
    n[i] = new Rational(found.numerators[k]!, found.denominator).mul(M.scales[i]!);
  });
  n[last] = M.scales[last]!;
  return n;
}

/** Normal equations on the given columns of [A | b]; the gradient is verified on all columns. */
function solveNormalEquations(
  M: IntegerMatrix,
  weights: readonly bigint[],
  columns: readonly number[],
  options: LinearAlgebraOptions,
): { solution: IntegerVector; squares: bigint } | undefined {
  const r = columns.length;
  const gram: bigint[] = new Array(r * r);
  const right: bigint[] = new Array(r);
  const weighted = M.entries.map((entry, k) => entry * weights[Math.floor(k / M.cols)]!);
  const inner = (j: number, k: number): bigint => {
    let sum = 0n;
    for (let row = 0; row < M.entries.length; row += M.cols) sum += weighted[row + j]! * M.entries[row + k]!;
    return sum;
  };
  for (let a = 0; a < r; a++) {
    for (let c = 0; c <= a; c++) gram[a * r + c] = gram[c * r + a] = inner(columns[a]!, columns[c]!);
    right[a] = inner(columns[a]!, M.cols - 1);
  }
  const solution = solveSquare(gram, r, [right], options.eliminate)?.[0];
  if (!solution) return undefined;
  const residual = residuals(M, columns, solution);
  for (let j = 0; j < M.cols - 1; j++) {
    let gradient = 0n;
    for (let i = 0; i < M.rows; i++) gradient += weighted[i * M.cols + j]! * residual[i]!;
    if (gradient !== 0n) return undefined;
  }
  let squares = 0n;
  for (let i = 0; i < M.rows; i++) squares += weights[i]! * residual[i]! * residual[i]!;
  return { solution, squares };
}
