import { type Curve, polynomialArithmetic } from '../../exact/polynomial-arithmetic.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import type { PointSummary } from '../point.ts';

/** ∂L/∂θ_k(θ + sv) for all small s > 0, a polynomial in s that is not zero. */
export interface Pull {
  readonly index: number;
  readonly derivative: Curve;
}

/**
 * The forces along the segment θ + sv of the fibre, s > 0 small: a partial derivative of L that is not zero there, `none`
 * when all of them vanish, `leaves` when f_X changes on the segment. As f_X stays, the forces stay G, and the derivatives
 * are the sums Σ λ_i ∂ℓ_i ∂_k f_i(θ + sv) of Lemma 3. Undefined where something is no polynomial in s, or has a kink.
 */
export function pullAlong(
  context: CheckContext,
  v: readonly Rational[],
): Pull | 'none' | 'leaves' | undefined {
  const theta = context.exact?.theta.map((entry, k) =>
    A.add(A.rational(entry), v[k]!.isZero ? A.zero : [Rational.zero, v[k]!]),
  );
  return theta && pullOn(context, theta);
}

const A = polynomialArithmetic(rationalArithmetic);

/** As `pullAlong`, on a polynomial curve θ(s) with θ(0) = θ. */
export function pullOn(context: CheckContext, theta: readonly Curve[]): Pull | 'none' | 'leaves' | undefined {
  const { exact } = context;
  if (!exact) return undefined;
  const found = expressed((): [PointSummary<Curve>, PointSummary<Rational>] => [
    context.over(A, theta, 'a curve on the fibre').summary(),
    exact.summary(),
  ]);
  if (!found) return undefined;
  const [along, here] = found;
  const stays = along.outputs.every((row, i) =>
    row.every((entry, j) => A.isZero(A.sub(entry, A.rational(here.outputs[i]![j]!)))),
  );
  if (!stays) return 'leaves';
  const index = along.gradient.findIndex((entry) => !A.isZero(entry));
  return index < 0 ? 'none' : { index, derivative: along.gradient[index]! };
}
