import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import { leastSquares, matrix, multiplyVector } from '../../exact/linear-algebra.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { exactJacobian } from './span.ts';

/** Exact projections are for small instances. */
const ENTRIES = 4_000;

/**
 * A rigorous lower bound of inf over E = range J(θ) from a Fenchel dual point: the float64 forces at a near-minimiser
 * are taken as exact numbers and projected exactly onto the orthogonal complement of E (for a shift-invariant loss, of
 * E plus the constant directions), so that −Σ λ_i ℓ*(ν_i/λ_i; y_i) ≤ inf. Undefined when J is not rational or too large,
 * the loss has no known conjugate, or the projected point leaves the conjugate's domain.
 */
export function fenchelLowerBound(context: CheckContext, forces: readonly number[]): Interval | undefined {
  const { instance } = context;
  const { conjugate, shiftInvariant } = instance.loss;
  const J = exactJacobian(context);
  if (!conjugate || !J || J.rows * J.cols > ENTRIES) return undefined;
  const dy = instance.model.outputs;
  const extra = shiftInvariant ? instance.m : 0;
  const cols = J.cols + extra;
  const entries: Rational[] = [];
  for (let row = 0; row < J.rows; row++) {
    entries.push(...J.entries.slice(row * J.cols, (row + 1) * J.cols));
    for (let i = 0; i < extra; i++) entries.push(Math.floor(row / dy) === i ? Rational.one : Rational.zero);
  }
  const extended = matrix(J.rows, cols, entries);
  // Rounded to 2^-40: a rational of few digits is as good a proposal, and keeps the exact projection small.
  const scaled = forces.map((force) => Math.round(force * 2 ** 40));
  if (!scaled.every(Number.isFinite)) return undefined;
  const proposal = scaled.map((force) => Rational.fromNumber(force).div(Rational.fromNumber(2 ** 40)));
  const { x } = leastSquares(extended, proposal);
  const fitted = multiplyVector(extended, x);
  const nu = proposal.map((entry, k) => entry.sub(fitted[k]!));
  const A = intervalArithmetic;
  let sum: Interval = A.zero;
  for (let i = 0; i < instance.m; i++) {
    const weight = instance.weights.rational(i);
    const share = nu.slice(i * dy, (i + 1) * dy).map((entry) => entry.div(weight));
    const y = Array.from({ length: dy }, (_, k) => instance.targets.rational(i * dy + k));
    const value = conjugate(share, y);
    if (!value) return undefined;
    sum = A.add(sum, A.mul(A.rational(weight), value));
  }
  return A.neg(sum);
}
