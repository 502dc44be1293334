import { dual } from '../../arithmetic/dual.ts';
import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import type { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { directions } from './directions.ts';

const A = intervalArithmetic;
const MOST_DIRECTIONS = 300;
const MOST_WORK = 2_000_000;

/** A vector v with f_X(θ + sv) = f_X(θ) for every s in [0, ε], proved by intervals, and ∇L along it. */
export interface CertifiedSegment {
  readonly v: readonly Rational[];
  /** ∇L(θ + εv) */
  readonly gradient: readonly Interval[];
  /** a parameter k with d/ds ∂L/∂θ_k(θ + sv) ≠ 0 at s = 0: the gradient is not zero there for small s > 0 */
  readonly pulls: number | undefined;
}

/**
 * Segments of the fibre where nothing is rational (tanh, trained weights): in dual intervals over θ + [0, ε]v the
 * derivative of f_X along v is exactly 0, since every path from v to the outputs meets a factor 0 (dead units, units
 * without outgoing weights). Holds for every point of the place. Sound, and far from finding every segment.
 */
export function certifiedSegments(context: CheckContext, epsilon: Rational): CertifiedSegment[] {
  const base = context.place().point.theta;
  const step = expressed(() => A.rational(epsilon));
  if (!step) return [];
  const D = dual(A);
  const found: CertifiedSegment[] = [];
  let count = 0;
  for (const v of directions(context)) {
    if (++count > MOST_DIRECTIONS || count * context.work > MOST_WORK || context.deadline.expired()) break;
    const slope = expressed(() => v.map((entry) => A.rational(entry)));
    if (!slope) continue;
    const at = (s: Interval): Interval[] =>
      base.map((entry, k) => (v[k]!.isZero ? entry : A.add(entry, A.mul(s, slope[k]!))));
    const along = (s: Interval) => {
      const theta = at(s).map((value, k) => ({ value, tangent: slope[k]! }));
      return context.over(D, theta, 'a segment of the fibre').summary();
    };
    const segment = expressed(() => along({ lo: 0, hi: step.hi }));
    if (!segment?.outputs.every((row) => row.every(({ tangent }) => A.isZero(tangent)))) continue;
    const gradient = expressed(() => context.over(A, at(step), 'a point of the fibre').summary().gradient);
    const start = expressed(() => along(A.zero).gradient);
    if (!gradient) continue;
    const pulls = start?.findIndex(({ tangent }) => tangent.lo > 0 || tangent.hi < 0) ?? -1;
    found.push({ v, gradient, pulls: pulls < 0 ? undefined : pulls });
  }
  return found;
}
