import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import { type BallMatrix, exactBalls, multiply } from '../../certified/ball-matrix.ts';
import type { Interval } from '../../certified/interval.ts';
import { inverseCholesky } from '../../certified/inverse.ts';
import { type Matrix, matrix, rank } from '../../exact/linear-algebra.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { balls } from '../gradient.ts';
import type { Point } from '../point.ts';
import { structuralNullVectors } from './null-vectors.ts';

/** Sizes beyond which J is not formed. */
const JACOBIAN_ENTRIES = 4_000_000;
const EXACT_ENTRIES = 40_000;
const BALL_WORK = 400_000_000;

/**
 * A well-conditioned spanning set of E = range J(θ) (modulo the directions in which the loss is constant): columns of
 * `basis`, an (m·dy)×r matrix of balls whose mid-point has nearly orthonormal columns. `proof` says why it spans all of
 * E for every θ in the place, or is undefined when only floats say so.
 */
export interface Span {
  readonly basis: BallMatrix;
  /** basis = J_C · factor, with C = columns */
  readonly columns: readonly number[];
  /** r×r upper triangular, row-major */
  readonly factor: Float64Array;
  readonly rank: number;
  readonly proof: 'exact rank' | 'full row rank' | 'structure' | 'all columns' | undefined;
  /** the Jacobian itself, projected like the basis */
  readonly jacobian: BallMatrix;
}

/** Throws Inexpressible when J is too large; AtKink where it does not exist. */
export function span(context: CheckContext, point: Point<Interval>): Span {
  const { m, model, loss } = context.instance;
  const rows = m * model.outputs;
  const n = context.interval.theta.length;
  if (rows * n > JACOBIAN_ENTRIES) throw new Inexpressible(`J(θ) has ${rows}×${n} entries, too many to form`);
  const raw = balls(point.jacobian(), n);
  const jacobian = loss.shiftInvariant ? withoutMeans(raw, model.outputs) : raw;
  const chosen =
    (point === context.interval ? exactColumns(context) : undefined) ??
    structuralColumns(context, jacobian, point === context.interval);
  const columns = chosen.columns;
  const r = columns.length;
  if (rows * r * r > BALL_WORK)
    throw new Inexpressible(`a basis of ${r} vectors in R^${rows} is too large to certify`);
  const part = pick(jacobian, columns);
  const factor = inverseCholesky(r, gramOf(part));
  if (!factor) {
    if (chosen.proof === undefined)
      throw new Inexpressible('the Jacobian is too ill-conditioned for a float64 basis');
    throw new Inexpressible('the basis of range J(θ) is too ill-conditioned for float64');
  }
  const independentRows = rows - (loss.shiftInvariant ? m : 0);
  const basis = multiply(part, exactBalls(r, r, factor));
  const proof = chosen.proof ?? (r === independentRows ? 'full row rank' : undefined);
  return { basis, columns, factor, rank: r, proof, jacobian };
}

/** Columns that span the column space of a rational Jacobian, by exact rank. */
function exactColumns(context: CheckContext): { columns: number[]; proof: 'exact rank' } | undefined {
  const J = exactJacobian(context);
  if (!J) return undefined;
  const dy = context.instance.model.outputs;
  const projected = context.instance.loss.shiftInvariant ? withoutMeansExact(J, dy) : J;
  const { lower } = rank(projected);
  return { columns: [...lower.pivotCols], proof: 'exact rank' };
}

/** J(θ) over Q, when it is rational and small; remembered by the point. */
export function exactJacobian(context: CheckContext): Matrix | undefined {
  const n = context.instance.trainableIndices.length;
  const rows = context.instance.m * context.instance.model.outputs;
  if (!context.exact || rows * n > EXACT_ENTRIES) return undefined;
  const J = expressed(context.exact.jacobian);
  return J && matrix(rows, n, J.flat());
}

/** The numerical rank of J(θ): pivoted Gram–Schmidt in float64, relative tolerance 1e-11. No claim. */
export function numericalRankOfJacobian(context: CheckContext): number {
  const rows = context.instance.m * context.instance.model.outputs;
  const n = context.interval.theta.length;
  if (rows * n > JACOBIAN_ENTRIES) throw new Inexpressible(`J(θ) has ${rows}×${n} entries, too many to form`);
  return pivotColumns(balls(context.interval.jacobian(), n)).length;
}

/** Drops one column for every null vector that the structure of the model gives; else picks columns in floats. */
function structuralColumns(
  context: CheckContext,
  jacobian: BallMatrix,
  given: boolean,
): { columns: number[]; proof: 'structure' | 'all columns' | undefined } {
  const n = jacobian.cols;
  const dropped = dependentColumns(structuralNullVectors(context, given), n);
  const kept = Array.from({ length: n }, (_, j) => j).filter((j) => !dropped.has(j));
  const independent = pivotColumns(pick(jacobian, kept)).map((k) => kept[k]!);
  if (independent.length < kept.length)
    return { columns: independent.sort((a, b) => a - b), proof: undefined };
  return { columns: kept, proof: dropped.size === 0 ? 'all columns' : 'structure' };
}

/**
 * Columns that are exact combinations of the others because of null vectors n (J·n = 0): Gauss–Jordan elimination on
 * the null vectors, each pivot being a column that its null vector expresses through columns that are kept.
 */
function dependentColumns(vectors: readonly (readonly Rational[])[], n: number): Set<number> {
  const rows = vectors.map((vector) => [...vector]);
  const dropped = new Set<number>();
  for (let r = 0; r < rows.length; r++) {
    let best = -1;
    for (let j = 0; j < n; j++) {
      if (!rows[r]![j]!.isZero && (best < 0 || rows[r]![j]!.abs().cmp(rows[r]![best]!.abs()) > 0)) best = j;
    }
    if (best < 0) continue;
    dropped.add(best);
    for (let s = 0; s < rows.length; s++) {
      const factor = s === r ? Rational.zero : rows[s]![best]!.div(rows[r]![best]!);
      if (!factor.isZero) rows[s] = rows[s]!.map((entry, j) => entry.sub(factor.mul(rows[r]![j]!)));
    }
  }
  return dropped;
}

/** Independent columns by pivoted Gram–Schmidt in float64: a proposal. */
function pivotColumns(a: BallMatrix): number[] {
  const { rows, cols } = a;
  const work = Array.from({ length: cols }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => a.mid[i * cols + j]!),
  );
  const norms = work.map((column) => dot(column, column));
  const floor = Math.max(...norms, 0) * 1e-22;
  const chosen: number[] = [];
  const left = new Set(work.keys());
  while (chosen.length < Math.min(rows, cols) && left.size > 0) {
    let best = -1;
    for (const j of left) if (best < 0 || norms[j]! > norms[best]!) best = j;
    if (!(norms[best]! > floor)) break;
    left.delete(best);
    chosen.push(best);
    const direction = work[best]!;
    for (const j of left) {
      const column = work[j]!;
      for (let pass = 0; pass < 2; pass++) {
        const factor = dot(direction, column) / dot(direction, direction);
        for (let i = 0; i < rows; i++) column[i]! -= factor * direction[i]!;
      }
      norms[j] = dot(column, column);
    }
  }
  return chosen;
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** Columns of a matrix of balls. */
export function pick(a: BallMatrix, columns: readonly number[]): BallMatrix {
  const take = (source: Float64Array): Float64Array => {
    const target = new Float64Array(a.rows * columns.length);
    for (let i = 0; i < a.rows; i++)
      columns.forEach((j, k) => {
        target[i * columns.length + k] = source[i * a.cols + j]!;
      });
    return target;
  };
  return { rows: a.rows, cols: columns.length, mid: take(a.mid), rad: take(a.rad) };
}

function gramOf(a: BallMatrix): Float64Array {
  const gram = new Float64Array(a.cols * a.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.cols; k++) {
      const left = a.mid[i * a.cols + k]!;
      if (left === 0) continue;
      for (let l = 0; l < a.cols; l++) gram[k * a.cols + l]! += left * a.mid[i * a.cols + l]!;
    }
  }
  return gram;
}

/** Subtracts from each sample's dy rows their mean: the projection off the direction (1,…,1). */
function withoutMeans(a: BallMatrix, dy: number): BallMatrix {
  const blocks = new Float64Array(a.rows * a.rows === 0 ? 0 : dy * dy).fill(-1 / dy);
  for (let k = 0; k < dy; k++) blocks[k * dy + k] = 1 - 1 / dy;
  // The projector's entries are rounded; a ball of half a unit in the last place around each covers the exact one.
  const projector: BallMatrix = {
    rows: dy,
    cols: dy,
    mid: blocks,
    rad: new Float64Array(dy * dy).fill(2 ** -53),
  };
  const mid = new Float64Array(a.mid.length);
  const rad = new Float64Array(a.rad.length);
  const size = dy * a.cols;
  for (let from = 0; from < mid.length; from += size) {
    const block = multiply(projector, {
      rows: dy,
      cols: a.cols,
      mid: a.mid.subarray(from, from + size),
      rad: a.rad.subarray(from, from + size),
    });
    mid.set(block.mid, from);
    rad.set(block.rad, from);
  }
  return { rows: a.rows, cols: a.cols, mid, rad };
}

export function withoutMeansExact(A: Matrix, dy: number): Matrix {
  const entries = [...A.entries];
  const share = Rational.integer(dy).inv();
  for (let i = 0; i < A.rows; i += dy) {
    for (let j = 0; j < A.cols; j++) {
      let sum = Rational.zero;
      for (let k = 0; k < dy; k++) sum = sum.add(A.entries[(i + k) * A.cols + j]!);
      const mean = sum.mul(share);
      for (let k = 0; k < dy; k++) entries[(i + k) * A.cols + j] = A.entries[(i + k) * A.cols + j]!.sub(mean);
    }
  }
  return matrix(A.rows, A.cols, entries);
}
