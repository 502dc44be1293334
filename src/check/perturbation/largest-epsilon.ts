import { leastEigenvalueBound } from '../../certified/eigenvalue-bound.ts';
import { intervalArithmetic } from '../../certified/interval.ts';
import { inverseCholesky } from '../../certified/inverse.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { hessian } from '../place.ts';
import type { ObligationReport } from '../report.ts';
import { affineInParameters } from '../structure/affine.ts';
import { keepsSigns } from '../structure/ball.ts';
import { imageSubspace, orthogonalToForces } from '../structure/image-subspace.ts';

/** An ε₀ for which the proofs go through, rounded down; `unbounded` when every ε will do; null when none is known. */
export type LargestEpsilon = number | 'unbounded' | null;

/** Multiplications beyond which no Hessian is enclosed. */
const HESSIAN_WORK = 400_000;
const FINEST = 24;

/**
 * ε₀ = min(ε₁/2, ε₂) of Lemma 3: L(θ) ≤ L on B(θ, ε₁), and f is differentiable on B(θ, ε₂). ε₂ is unbounded without kinks,
 * else the radius of a box on which no argument of a kink changes its sign. ε₁ is unbounded for a global minimum, ε₂ where
 * the image of f_X on the ball lies in a space orthogonal to the forces, else the radius of a box on which ∇²L is positive
 * definite. Null where the two hypotheses are not established or the figures are not computable.
 *
 * For every ε < ε₀ the proof goes through: no kink lies in B(θ, ε₀), no value in B(θ, 2ε₀) is below L(θ). A larger ε may do as
 * well, since the radii are powers of two (or three halves of one) that intervals allow, and the conclusion may hold beyond
 * what the proof needs.
 */
export function largestEpsilon(
  context: CheckContext,
  nearby: ObligationReport | undefined,
  localMinimum: ObligationReport,
  convex: ObligationReport,
): LargestEpsilon {
  if (nearby?.status !== 'holds' || localMinimum.status !== 'holds') return null;
  if (nearby.tier === 'assumed' || localMinimum.tier === 'assumed' || context.place().kind === 'enclosed')
    return null;
  const smooth = nearby.tier === 'symbolic' ? Number.POSITIVE_INFINITY : kinkRadius(context);
  if (smooth === undefined) return null;
  const lowest = minimumRadius(context, smooth, convex.status === 'holds' && convex.tier !== 'assumed');
  if (lowest === undefined) return null;
  const found = Math.min(lowest / 2, smooth);
  return found === Number.POSITIVE_INFINITY ? 'unbounded' : found;
}

/** The largest 2^k or 3·2^k that interval evaluation shows to be free of kinks. */
function kinkRadius(context: CheckContext): number | undefined {
  return firstOf(context, (radius) => expressed(() => keepsSigns(context, context.interval.theta, radius)));
}

function minimumRadius(context: CheckContext, smooth: number, convex: boolean): number | undefined {
  // With these the critical point is a global minimum, whatever strategy established that it is a local one.
  if (convex && affineInParameters(context.problem.graph)) return Number.POSITIVE_INFINITY;
  const forces = convex ? expressed(() => context.exact?.summary().force) : undefined;
  if (forces?.flat().every((entry) => entry.isZero)) return Number.POSITIVE_INFINITY;
  const image = !convex ? undefined : expressed(() => imageSubspace(context));
  if (image && expressed(() => orthogonalToForces(context, image.samples)) === true)
    return image.everywhere ? Number.POSITIVE_INFINITY : smooth;
  const n = context.interval.theta.length;
  if (context.work * n * 6 > HESSIAN_WORK) return undefined;
  return firstOf(context, (radius) =>
    radius > smooth
      ? false
      : expressed(() => {
          const box = context.interval.theta.map((entry) =>
            intervalArithmetic.add(entry, { lo: -radius, hi: radius }),
          );
          const H = hessian(context, box);
          const bound = leastEigenvalueBound(H, inverseCholesky(n, H.mid));
          return bound !== undefined && bound > 0;
        }),
  );
}

function firstOf(context: CheckContext, holds: (radius: number) => boolean | undefined): number | undefined {
  for (let k = -3; k <= FINEST; k++) {
    for (const radius of [1.5 * 2 ** -k, 2 ** -k]) {
      if (context.deadline.expired()) return undefined;
      if (holds(radius) === true) return radius;
    }
  }
  return undefined;
}
