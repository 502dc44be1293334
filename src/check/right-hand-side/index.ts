import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import { boundText } from '../../arithmetic/decimal.ts';
import { exactBalls, inflate, multiply } from '../../certified/ball-matrix.ts';
import { intervalArithmetic } from '../../certified/interval.ts';
import { Rational } from '../../kernel/rational.ts';
import { minimiseConvexSum } from '../../numeric/convex/newton.ts';
import { AtKink } from '../../symbolic/derivative.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { enclosureOf } from '../quantity.ts';
import type { Quantity, Tier } from '../report.ts';
import { residualNorm } from '../wide/interpolation.ts';
import { leastSingularValue } from '../wide/surjective.ts';
import { fenchelLowerBound } from './fenchel.ts';
import { exactQuadraticInfimum } from './quadratic.ts';
import { floatLosses } from './sample-losses.ts';
import { type Span, span } from './span.ts';
import { encloseInfimum, type InfimumEnclosure, sampleIntervals, valueAt } from './strong-convexity.ts';

/** inf_α L_θ(α), the right-hand side of Theorem 1, with how it is known. */
export interface RightHandSide {
  readonly quantity: Quantity | undefined;
  readonly exact?: Rational;
  /** an exact minimiser α, dθ numbers */
  readonly minimiser?: readonly Rational[];
  readonly lower: number | undefined;
  readonly upper: number | undefined;
  /** whether the infimum is attained; null when not known */
  readonly attained: boolean | null;
  readonly tier: Tier;
  readonly method: string;
  /** a lower bound of σ_min(J(θ)ᵀ) where range J(θ) is proved to be everything */
  readonly surjective?: number;
  /** an upper bound of ‖α* − γ‖ for some minimiser α* and every γ with J(θ)γ = f_X(θ) */
  readonly distance?: number;
  /** a near-minimiser in the coordinates of `span`, for the bounds of MATH R1 */
  readonly search?: {
    readonly span: Span;
    readonly z: Float64Array;
    readonly enclosure: InfimumEnclosure | undefined;
  };
}

/**
 * Strongest first: exact least squares; a ball of proved strong convexity around a Newton minimiser; a Fenchel dual
 * point; the known lower bound of the loss; else the bare float64 value. Lower bounds need Assumption 1 (`convex`).
 * Throws AtKink where J(θ) does not exist, TimeLimit.
 */
export function rightHandSide(context: CheckContext, convex: boolean): RightHandSide {
  const exact = convex ? exactQuadraticInfimum(context) : undefined;
  if (exact) {
    const enclosure = enclosureOf(exact.minimum);
    return {
      quantity: { exact: exact.minimum.toString() },
      exact: exact.minimum,
      minimiser: exact.minimiser,
      lower: enclosure?.lo,
      upper: enclosure?.hi,
      attained: true,
      tier: 'exact',
      method: 'exact least squares',
    };
  }
  const everything = infimumOverAll(context);
  if (everything) return everything;
  let basis: Span;
  try {
    basis = span(context, context.interval);
  } catch (error) {
    if (error instanceof AtKink) throw error;
    if (!(error instanceof Inexpressible)) throw error;
    return unknown(error.message);
  }
  const losses = floatLosses(context.instance);
  const found = minimiseConvexSum(losses, basis.basis.mid, basis.rank, {
    expired: () => context.deadline.expired(),
  });
  if (!found) return unknown('the loss overflows float64 near 0');
  const { lowerBound, alwaysAttained } = context.instance.loss;
  const enclosure =
    convex && basis.proof ? expressed(() => encloseInfimum(context, basis.basis, found.z)) : undefined;
  const search = { span: basis, z: found.z, enclosure };
  const floor = lowerBound === undefined ? Number.NEGATIVE_INFINITY : lowerBound * weightSum(context);
  if (enclosure) {
    const lower = Math.max(enclosure.lower, floor);
    return {
      quantity: { lower, upper: enclosure.upper },
      lower,
      upper: enclosure.upper,
      attained: true,
      tier: 'certified',
      method: `Newton, then proved strongly convex on a ball (curvature ≥ ${boundText(enclosure.curvature, 'down')}; basis of ${basis.rank} by ${basis.proof})`,
      search,
    };
  }
  if (expressed(() => vanishes(context, basis, found.z))) {
    return {
      quantity: { exact: '0' },
      exact: Rational.zero,
      lower: 0,
      upper: 0,
      attained: false,
      tier: 'certified',
      method:
        'along one direction of the gradient basis every sample loss falls towards 0 and never reaches it',
      search,
    };
  }
  const upper = expressed(() => valueAt(context, basis.basis, found.z).hi);
  if (upper === undefined) return unknown('the loss at the minimiser found overflows');
  const dual = convex
    ? expressed(() => fenchelLowerBound(context, forcesAt(context, basis, found.z)))
    : undefined;
  const lower = Math.max(floor, dual?.lo ?? Number.NEGATIVE_INFINITY);
  const attained = alwaysAttained && convex ? true : null;
  if (Number.isFinite(lower)) {
    const tight = upper - lower <= 1e-6 * (1 + Math.abs(upper));
    if (tight || !found.converged || basis.proof !== undefined) {
      return {
        quantity: { lower, upper },
        lower,
        upper,
        attained,
        tier: 'certified',
        method:
          dual && dual.lo >= lower
            ? 'Newton above, a Fenchel dual point below'
            : `Newton above; below, the loss is ≥ ${lowerBound}`,
        search,
      };
    }
  }
  return {
    quantity: convex ? { approx: found.value, residual: found.gradientNorm } : { upper },
    lower: Number.isFinite(lower) ? lower : undefined,
    upper,
    attained,
    tier: 'numeric',
    method: `damped Newton in float64 on ${basis.rank} directions, gradient ${found.gradientNorm.toExponential(1)}`,
    search,
  };
}

/** Where range J(θ) is all of R^(m·dy), the infimum is that of the sample losses, one by one. */
function infimumOverAll(context: CheckContext): RightHandSide | undefined {
  const { leastAtTarget, lowerBound } = context.instance.loss;
  if (!leastAtTarget || lowerBound !== 0) return undefined;
  const sigma = leastSingularValue(context);
  if (sigma === undefined) return undefined;
  return {
    quantity: { exact: '0' },
    exact: Rational.zero,
    lower: 0,
    upper: 0,
    attained: true,
    tier: 'certified',
    method: `J(θ) is surjective, σ_min ≥ ${boundText(sigma, 'down')}, so some α fits every target`,
    surjective: sigma,
    distance: inflate(residualNorm(context) / sigma),
  };
}

const unknown = (reason: string): RightHandSide => ({
  quantity: undefined,
  lower: undefined,
  upper: undefined,
  attained: null,
  tier: 'numeric',
  method: reason,
});

/** The direction found by the search sends every sample loss to its lower bound 0, certainly. */
function vanishes(context: CheckContext, { basis, rank }: Span, z: Float64Array): boolean {
  const { instance } = context;
  const { loss, model } = instance;
  const along = loss.vanishesAlong?.bind(loss);
  if (!along || loss.lowerBound !== 0) return false;
  const outputs = multiply(basis, exactBalls(rank, 1, z));
  return Array.from({ length: instance.m }, (_, i) => i).every((i) =>
    along(
      sampleIntervals(outputs, i, model.outputs),
      Array.from({ length: model.outputs }, (_, k) => instance.targets.rational(i * model.outputs + k)),
    ),
  );
}

/** A lower bound of Σ λ_i is enough: the loss bounds in use are 0. */
function weightSum(context: CheckContext): number {
  const A = intervalArithmetic;
  let sum = A.zero;
  for (let i = 0; i < context.instance.m; i++)
    sum = A.add(sum, A.rational(context.instance.weights.rational(i)));
  return sum.lo;
}

function forcesAt(context: CheckContext, { basis, rank }: Span, z: Float64Array): number[] {
  const losses = floatLosses(context.instance);
  const dy = losses.dy;
  const forces: number[] = [];
  for (let i = 0; i < losses.m; i++) {
    const q = new Float64Array(dy);
    for (let k = 0; k < dy; k++) {
      for (let j = 0; j < rank; j++) q[k]! += basis.mid[(i * dy + k) * rank + j]! * z[j]!;
    }
    const into = new Float64Array(dy);
    losses.gradient(i, q, into);
    forces.push(...into);
  }
  return forces;
}
