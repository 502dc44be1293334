import { type BallMatrix, exactBalls, inflate } from '../../certified/ball-matrix.ts';
import type { Interval } from '../../certified/interval.ts';
import { leastEigenvalueEstimate, shiftedResidualBound } from '../../certified/positive-definite.ts';
import type { DenseKernels } from '../../numeric/float64/kernels.ts';
import { type JacobianFactor, jacobianFactors, outputAdjoints } from '../../numeric/network/backward.ts';
import { floatNetwork, forwardPass } from '../../numeric/network/forward.ts';
import { structuredGram } from '../../numeric/network/gram.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { lazy } from '../lazy.ts';
import { ballFactors, ballForward, ballNetwork } from './ball-network.ts';

/** Rows of J beyond which JJᵀ is not formed: 8·rows² bytes, held three times. */
export const GRAM_ROWS = 4_000;

/** What is proved of the Jacobian of a feedforward network by J̃, a float64 matrix near J(θ) that is never formed. */
export interface Surjective {
  /** σ_min(J̃) is at least this, > 0 */
  readonly sigma: number;
  /** ‖J̃‖_F is at most this */
  readonly size: number;
  /** a bound of ‖J(θ') − J̃‖_F for every θ' in a box; throws Inexpressible where a kink may be met */
  readonly distance: (theta: readonly Interval[]) => number;
}

const known = new WeakMap<CheckContext, () => Surjective | undefined>();

/**
 * A proof that J̃ has full row rank, from a Cholesky factor of J̃J̃ᵀ − sI; undefined when there is none to be had. J̃ is the
 * float64 Jacobian at the nearest float64 parameters, J̃J̃ᵀ by its Kronecker structure. J(θ) itself is surjective when
 * `distance` of θ is less than `sigma` (Weyl). Memory: three matrices of (m·dy)² numbers. Throws TimeLimit.
 */
export function surjective(context: CheckContext): Surjective | undefined {
  let compute = known.get(context);
  if (!compute) {
    compute = lazy(() => context.stages.during(STAGE, () => expressed(() => search(context))));
    known.set(context, compute);
  }
  return compute();
}

/** σ_min(J(θ)) is at least this; undefined unless J(θ) is proved to have full row rank. */
export function leastSingularValue(context: CheckContext): number | undefined {
  let compute = least.get(context);
  if (!compute) {
    compute = lazy(() => context.stages.during(STAGE, () => bound(context)));
    least.set(context, compute);
  }
  return compute();
}

const least = new WeakMap<CheckContext, () => number | undefined>();
const STAGE = 'rank of J(θ) by JJᵀ';

function bound(context: CheckContext): number | undefined {
  const found = surjective(context);
  if (!found) return undefined;
  const apart = expressed(() => found.distance(context.interval.theta));
  if (apart === undefined) return undefined;
  const sigma = (found.sigma - apart) * (1 - 2 ** -50);
  return sigma > 0 ? sigma : undefined;
}

function search(context: CheckContext): Surjective | undefined {
  const { instance, kernels, deadline, problem } = context;
  const { model, m } = instance;
  const rows = m * model.outputs;
  if (!model.network || rows === 0 || rows > GRAM_ROWS || rows > instance.trainableIndices.length)
    return undefined;
  const step = (done: number): void => {
    deadline.check();
    problem.progress('rank of J(θ) by its Gram matrix', done, 5);
  };
  step(0);
  const pass = forwardPass(
    floatNetwork(model, instance.parameters.floats(), kernels),
    instance.inputs.floats(),
    m,
  );
  const factors = jacobianFactors(outputAdjoints(pass), instance.trainable);
  const K = structuredGram(pass, { factors });
  step(1);
  const { squared, rounding } = gramError(factors, model.outputs, rows);
  const s = shiftFor(K, rows, kernels) ?? 0;
  step(2);
  if (!(s > rounding)) return undefined;
  const diagonal = Float64Array.from({ length: rows }, (_, i) => K[i * rows + i]!);
  for (let i = 0; i < rows; i++) K[i * rows + i] = diagonal[i]! - s;
  step(3);
  const lower = kernels.cholesky(K, rows);
  if (!lower) return undefined;
  for (let i = 0; i < rows; i++) K[i * rows + i] = diagonal[i]!;
  step(4);
  const eigenvalue = shiftedResidualBound(kernels, rows, K, lower, s, (done) => {
    deadline.check();
    problem.progress('rank of J(θ): the residual of its Gram matrix', done, rows);
  });
  step(5);
  if (eigenvalue === undefined || !(eigenvalue > rounding)) return undefined;
  const sigma = Math.sqrt((eigenvalue - rounding) * (1 - 2 ** -50)) * (1 - 2 ** -50);
  const distance = (theta: readonly Interval[]): number => distanceFrom(context, factors, theta);
  return sigma > 0 ? { sigma, size: inflate(Math.sqrt(squared)), distance } : undefined;
}

/** A number somewhat below λ_min(K), by a Cholesky factor that is let go at once. */
function shiftFor(K: Float64Array, rows: number, kernels: DenseKernels): number | undefined {
  const lower = kernels.cholesky(K, rows);
  return lower && leastEigenvalueEstimate(rows, lower) * 0.75;
}

/** ‖J̃‖_F² and a bound of ‖K − J̃J̃ᵀ‖_F for the K that `structuredGram` computes: |error| ≤ γ |J̃||J̃|ᵀ entry by entry. */
function gramError(
  factors: readonly JacobianFactor[],
  dy: number,
  rows: number,
): { squared: number; rounding: number } {
  let squared = 0;
  let terms = 16;
  let largest = 1;
  for (const { left, units, right, width } of factors) {
    const lefts = rowSquares(left, units);
    const rights = right && rowSquares(right, width);
    terms += units + width + 8;
    for (let row = 0; row < rows; row++) {
      const other = rights ? rights[Math.floor(row / dy)]! : 1;
      squared += lefts[row]! * other;
      largest = Math.max(largest, lefts[row]!, other);
    }
  }
  const underflow = rows * terms * largest * largest * 2 ** -1060;
  squared = inflate(squared * (1 + (terms + rows * factors.length) * 2 ** -51) + underflow);
  return { squared, rounding: inflate(terms * 2 ** -52 * squared + underflow) };
}

/** Σ value² of each row, up to rounding; never less by underflow. */
function rowSquares(values: Float64Array, cols: number): Float64Array {
  const squares = new Float64Array(values.length / cols);
  for (let row = 0; row < squares.length; row++) {
    let sum = 0;
    for (let k = row * cols; k < (row + 1) * cols; k++) sum += values[k]! * values[k]! + TINY;
    squares[row] = sum;
  }
  return squares;
}
const TINY = 2 ** -1000;

/** δ⊗h − δ̃⊗h̃ = (δ − δ̃)⊗h + δ̃⊗(h − h̃), row by row and block by block. */
function distanceFrom(
  context: CheckContext,
  factors: readonly JacobianFactor[],
  theta: readonly Interval[],
): number {
  const { instance, kernels, deadline, problem } = context;
  const dy = instance.model.outputs;
  const rows = instance.m * dy;
  const step = (done: number): void => {
    deadline.check();
    problem.progress('rank of J(θ): distance from its float64 matrix', done, factors.length + 3);
  };
  step(0);
  const seeds = new Float64Array(rows * dy);
  for (let row = 0; row < rows; row++) seeds[row * dy + (row % dy)] = 1;
  const balls = ballForward(ballNetwork(instance, theta, kernels, deadline));
  step(1);
  balls.slopes();
  step(2);
  const enclosing = ballFactors(balls, exactBalls(rows, dy, seeds), dy);
  let total = 0;
  let terms = rows + 64;
  for (const [k, float] of factors.entries()) {
    step(3 + k);
    const { left, right, block } = enclosing[k]!;
    if (float.block !== block) throw new Error('surjective: the factors of J are in another order');
    const lefts = roots(rowSquares(float.left, float.units));
    const leftApart = roots(apart(left, float.left));
    const rights = right && roots(reach(right));
    const rightApart = right && float.right && roots(apart(right, float.right));
    terms += float.units + float.width + rows;
    for (let row = 0; row < rows; row++) {
      const i = Math.floor(row / dy);
      const bound = leftApart[row]! * (rights?.[i] ?? 1) + lefts[row]! * (rightApart?.[i] ?? 0);
      total += bound * bound;
    }
  }
  // 2⁻⁵⁰⁰ covers the squares that underflow.
  return inflate(Math.sqrt(total) * (1 + terms * 2 ** -48)) + 2 ** -500;
}

const roots = (squares: Float64Array): Float64Array => squares.map(Math.sqrt);

/** Σ (|mid| + rad)² of each row. */
const reach = ({ mid, rad, cols }: BallMatrix): Float64Array =>
  rowSquares(
    mid.map((value, k) => Math.abs(value) + rad[k]!),
    cols,
  );

/** Σ (|mid − other| + rad)² of each row. */
const apart = ({ mid, rad, cols }: BallMatrix, other: Float64Array): Float64Array =>
  rowSquares(
    mid.map((value, k) => Math.abs(value - other[k]!) + rad[k]!),
    cols,
  );
