import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import { boundText } from '../../arithmetic/decimal.ts';
import { normUpperBound } from '../../certified/ball-matrix.ts';
import { largestEigenvalueBound } from '../../certified/eigenvalue-bound.ts';
import { intervalArithmetic } from '../../certified/interval.ts';

import { AtKink } from '../../symbolic/derivative.ts';
import type { CheckContext } from '../check-context.ts';
import { TimeLimit } from '../deadline.ts';
import { column, exactGradient } from '../gradient.ts';
import { lazy } from '../lazy.ts';
import { epsilonOf } from '../perturbation/conclusion.ts';
import { hessian } from '../place.ts';
import { enclosureOf } from '../quantity.ts';
import type { ObligationReport, RobustBound } from '../report.ts';
import { leastCurvature } from './curvature.ts';

const A = intervalArithmetic;
const FORMULA = '‖∇L(θ + w)‖ ≤ max{√(2Mη), 2η/(r − ε)} for every w of the fibre, ‖w‖ ≤ ε';
const CURVATURE = 'least curvature on B(θ, r)';
/** As for the search for a critical point. */
const HESSIAN_WORK = 40_000_000;

/**
 * MATH R3 on the fibre, where L(θ + w) = L(θ): if L ≥ L(θ) − η on B(θ, r) and ∇L is M-Lipschitz there, then
 * ‖∇L(θ + w)‖ ≤ max{√(2Mη), 2η/(r − ε)} for ‖w‖ ≤ ε < r, since a gradient step of length at most r − ε lowers L by
 * half its length times the norm. Rounded up.
 */
export function fibreGradientBound(M: number, eta: number, r: number, epsilon: number): number {
  if (!(r > epsilon)) throw new RangeError('fibreGradientBound: r > ε');
  const twice = A.mul(A.float(2), A.float(eta));
  const step = A.sqrt(A.mul(twice, A.float(M))).hi;
  return Math.max(step, A.div(twice, A.sub(A.float(r), A.float(epsilon))).hi);
}

/**
 * η with L ≥ L(θ) − η on B(θ, r), from ‖∇L(θ)‖ ≤ g and ∇²L ≥ c on the ball: L(θ + d) ≥ L(θ) − g‖d‖ + c‖d‖²/2. Rounded up.
 */
export function depth(g: number, c: number, r: number): number {
  const slope = A.mul(A.float(g), A.float(r));
  if (!(c > 0)) return A.sub(slope, A.mul(A.div(A.float(c), A.float(2)), A.pow(A.float(r), 2))).hi;
  return Math.min(slope.hi, A.div(A.pow(A.float(g), 2), A.mul(A.float(2), A.float(c))).hi);
}

/** R3 at the given θ, for every S ⊆ V[θ, ε]; undefined where the Hessian is too large or has no enclosure. Throws TimeLimit. */
export function fibreBound(context: CheckContext, localMinimum: ObligationReport): RobustBound | undefined {
  const answer = known.get(context) ?? lazy(() => compute(context, localMinimum));
  known.set(context, answer);
  return answer();
}

/** Lemma 3 and Theorem 2 both ask. */
const known = new WeakMap<CheckContext, () => RobustBound | undefined>();

function compute(context: CheckContext, localMinimum: ObligationReport): RobustBound | undefined {
  const proved = localMinimum.tier !== 'numeric' && localMinimum.tier !== 'assumed';
  const given = context.place().kind === 'given';
  if (given && proved && localMinimum.status === 'holds' && exactGradient(context).kind === 'zero') {
    return {
      id: 'R3',
      formula: FORMULA,
      bound: { exact: '0' },
      tier: localMinimum.tier,
      constants: { η: { exact: '0' } },
      detail: 'θ is a local minimum, so η = 0 on some ball',
    };
  }
  const n = context.interval.theta.length;
  if (n === 0 || context.work * n * 6 > HESSIAN_WORK) return undefined;
  const asked = enclosureOf(epsilonOf(context))?.lo;
  if (asked === undefined || !(asked > 0)) return undefined;
  // The largest ball on which L is proved strongly convex, else the largest that meets no kink.
  let best: RobustBound | undefined;
  for (const radius of [4, 1, 2 ** -4, 2 ** -12, 2 ** -22].map((factor) => factor * asked)) {
    context.deadline.check();
    try {
      const found = onBall(context, radius, Math.min(asked, radius / 2));
      best ??= found;
      if (found && isConvex(found)) return found;
    } catch (error) {
      if (error instanceof TimeLimit) throw error;
      if (!(error instanceof Inexpressible || error instanceof AtKink)) throw error;
    }
  }
  return best;
}

const isConvex = ({ constants }: RobustBound): boolean => {
  const curvature = constants[CURVATURE];
  return curvature !== undefined && 'lower' in curvature && curvature.lower > 0;
};

function onBall(context: CheckContext, r: number, epsilon: number): RobustBound | undefined {
  const centre = context.interval.theta;
  const box = centre.map((entry) => A.add(entry, { lo: -r, hi: r }));
  const H = hessian(context, box);
  const M = largestEigenvalueBound(H);
  const c = leastCurvature(H);
  if (c === undefined) return undefined;
  const g = normUpperBound(column(context.interval.summary().gradient));
  const eta = depth(g, c, r);
  return {
    id: 'R3',
    formula: FORMULA,
    bound: { upper: fibreGradientBound(M, eta, r, epsilon) },
    tier: 'certified',
    constants: {
      '‖∇L(θ)‖': { upper: g },
      [CURVATURE]: { lower: c },
      M: { upper: M },
      η: { upper: eta },
      r: { lower: r, upper: r },
      ε: { lower: epsilon, upper: epsilon },
    },
    detail:
      c > 0
        ? `η = ‖∇L(θ)‖²/(2c), as L is strongly convex on the ball with c ≥ ${boundText(c, 'down')}`
        : `η = ‖∇L(θ)‖r + ${boundText(-c, 'up')} r²/2`,
  };
}
