import { Inexpressible } from '../arithmetic/arithmetic.ts';
import {
  ballsFromBounds,
  exactBalls,
  inflate,
  multiply,
  normLowerBound,
  normUpperBound,
  transpose,
} from '../certified/ball-matrix.ts';
import { largestEigenvalueBound, leastEigenvalueBound } from '../certified/eigenvalue-bound.ts';
import { type Interval, intervalArithmetic } from '../certified/interval.ts';
import { leastSquares } from '../exact/linear-algebra.ts';
import { Rational } from '../kernel/rational.ts';
import { AtKink } from '../symbolic/derivative.ts';
import type { CheckContext } from './check-context.ts';
import { TimeLimit } from './deadline.ts';
import { balls, column, exactGradient } from './gradient.ts';
import type { Known } from './quantity.ts';
import type { ObligationReport, Quantity, RobustBound } from './report.ts';
import type { RightHandSide } from './right-hand-side/index.ts';
import { exactJacobian } from './right-hand-side/span.ts';
import { coefficientsAt } from './strategies/representation.ts';

const A = intervalArithmetic;
const zero: Quantity = { exact: '0' };

/**
 * (`hold`: Assumption 1, Assumption 2 and differentiability are established; without them there is nothing to bound.)
 * Bounds of the gap L(θ) − inf L_θ at the given θ for a gradient that is small but not zero: R1 (any convex loss) and
 * R1′ (strongly convex and smooth). Every constant is named and enclosed. Statements about the given θ, also when
 * the report speaks of a true critical point next to it.
 */
export async function robustBounds(
  context: CheckContext,
  right: RightHandSide,
  left: Known | undefined,
  represented: ObligationReport,
  hold: boolean,
): Promise<RobustBound[]> {
  if (!left || !hold) return [];
  try {
    const bounds = [await gradientBound(context, right, represented)];
    const strong = strongBound(context, right);
    if (strong) bounds.push(strong);
    return bounds;
  } catch (error) {
    if (error instanceof Inexpressible || error instanceof AtKink || error instanceof TimeLimit) return [];
    throw error;
  }
}

function gradientNorm(context: CheckContext): Quantity & { upper: number; lower: number } {
  const values = column(context.interval.summary().gradient);
  return { lower: normLowerBound(values), upper: normUpperBound(values) };
}

/** R1: L(θ) − inf L_θ ≤ ‖∇L(θ)‖·‖α* − γ‖, γ = g(θ), α* a minimiser. */
async function gradientBound(
  context: CheckContext,
  right: RightHandSide,
  represented: ObligationReport,
): Promise<RobustBound> {
  const formula = 'L(θ) − inf L_θ ≤ ‖∇L(θ)‖ · ‖α* − γ‖';
  if (exactGradient(context).kind === 'zero') {
    return {
      id: 'R1',
      formula,
      bound: zero,
      tier: 'exact',
      constants: { '‖∇L(θ)‖': zero },
      detail: 'the gradient is exactly zero',
    };
  }
  const norm = gradientNorm(context);
  const constants = { '‖∇L(θ)‖': norm };
  const without = (detail: string): RobustBound => ({
    id: 'R1',
    formula,
    bound: null,
    tier: 'certified',
    constants,
    detail,
  });
  const gamma = await coefficientsAt(context, represented);
  if (!gamma) return without('γ is not known in closed form');
  const distance = distanceToMinimiser(right, gamma);
  if (distance === undefined) {
    return {
      ...without(`no minimiser is known; on the ball ‖α − γ‖ ≤ 1 the gap is at most ${norm.upper}`),
      formula: 'L(θ) − inf_{‖α−γ‖≤r} L_θ ≤ r ‖∇L(θ)‖',
    };
  }
  return {
    id: 'R1',
    formula,
    bound: { upper: inflate(norm.upper * distance) },
    tier: right.tier === 'numeric' ? 'numeric' : 'certified',
    constants: { ...constants, '‖α* − γ‖': { upper: distance } },
    detail: 'by the gradient inequality of the convex loss along α* − γ',
  };
}

/** An upper bound of ‖α* − γ‖ for one minimiser α*; undefined when none is enclosed. */
function distanceToMinimiser(right: RightHandSide, gamma: readonly Interval[]): number | undefined {
  if (right.minimiser) {
    return normUpperBound(column(right.minimiser.map((entry, k) => A.sub(A.rational(entry), gamma[k]!))));
  }
  const { search } = right;
  if (right.distance !== undefined) return right.distance;
  if (!search?.enclosure) return undefined;
  const { columns, factor, rank } = search.span;
  const coordinates = multiply(exactBalls(rank, rank, factor), exactBalls(rank, 1, search.z));
  const alpha: Interval[] = gamma.map(() => A.zero);
  columns.forEach((j, k) => {
    const radius = coordinates.rad[k]!;
    alpha[j] = A.add(A.float(coordinates.mid[k]!), { lo: -radius, hi: radius });
  });
  const offset = normUpperBound(column(alpha.map((entry, k) => A.sub(entry, gamma[k]!))));
  const stretch = normUpperBound(exactBalls(rank, rank, factor));
  return inflate(offset + inflate(stretch * search.enclosure.radius));
}

/** R1′: ‖ΠG‖²/(2βλ_max) ≤ L(θ) − inf L_θ ≤ ‖ΠG‖²/(2μλ_min), Π the projector on range J(θ). */
function strongBound(context: CheckContext, right: RightHandSide): RobustBound | undefined {
  const { strongConvexity: mu, smoothness: beta } = context.instance.loss;
  if (mu === undefined || beta === undefined) return undefined;
  const formula = '‖ΠG‖²/(2βλ_max) ≤ L(θ) − inf L_θ ≤ ‖ΠG‖²/(2μλ_min)';
  const [least, largest] = weightRange(context);
  const shared = {
    μ: exactQuantity(Rational.fromNumber(mu)),
    β: exactQuantity(Rational.fromNumber(beta)),
    λ_min: exactQuantity(least),
    λ_max: exactQuantity(largest),
  };
  if (exactGradient(context).kind === 'zero') {
    return {
      id: "R1'",
      formula,
      bound: zero,
      tier: 'exact',
      constants: { ...shared, '‖ΠG‖²': zero },
      detail: 'JᵀG = 0 exactly, so ΠG = 0',
    };
  }
  const lowerFactor = Rational.fromNumber(2 * beta).mul(largest);
  const upperFactor = Rational.fromNumber(2 * mu).mul(least);
  const exact = exactProjection(context);
  if (exact) {
    const lower = A.rational(exact.div(lowerFactor));
    const upper = exact.div(upperFactor);
    return {
      id: "R1'",
      formula,
      bound: lowerFactor.equals(upperFactor)
        ? exactQuantity(upper)
        : { lower: lower.lo, upper: A.rational(upper).hi },
      tier: 'exact',
      constants: { ...shared, '‖ΠG‖²': exactQuantity(exact) },
      detail: 'G was projected on range J(θ) in rationals',
    };
  }
  if (right.surjective !== undefined) {
    const force = column(context.interval.summary().force.flat());
    const [low, high] = [A.float(normLowerBound(force)), A.float(normUpperBound(force))];
    return {
      id: "R1'",
      formula,
      bound: {
        lower: Math.max(0, A.div(A.pow(low, 2), A.rational(lowerFactor)).lo),
        upper: A.div(A.pow(high, 2), A.rational(upperFactor)).hi,
      },
      tier: 'certified',
      constants: { ...shared, '‖ΠG‖': { lower: low.lo, upper: high.hi } },
      detail: 'range J(θ) is all of R^(m·dy), so ΠG = G',
    };
  }
  const found = right.search?.span;
  if (!found?.proof || context.instance.loss.shiftInvariant) return undefined;
  const n = context.interval.theta.length;
  const J = balls(context.interval.jacobian(), n);
  const chosen = ballsFromBounds(
    J.rows,
    found.rank,
    pickBound(J, found.columns, -1),
    pickBound(J, found.columns, 1),
  );
  const gram = multiply(transpose(chosen), chosen);
  const sigma = leastEigenvalueBound(gram, found.factor);
  if (sigma === undefined || !(sigma > 0)) return undefined;
  const norm = gradientNorm(context);
  const full = largestEigenvalueBound(multiply(transpose(J), J));
  const squaredUpper = A.div(A.pow(A.float(norm.upper), 2), A.float(sigma));
  const squaredLower = A.div(A.pow(A.float(norm.lower), 2), A.float(full));
  return {
    id: "R1'",
    formula,
    bound: {
      lower: Math.max(0, A.div(squaredLower, A.rational(lowerFactor)).lo),
      upper: A.div(squaredUpper, A.rational(upperFactor)).hi,
    },
    tier: 'certified',
    constants: {
      ...shared,
      '‖∇L(θ)‖': norm,
      'σ_min⁺(J)': { lower: A.sqrt(A.float(sigma)).lo },
      'σ_max(J)': { upper: A.sqrt(A.float(full)).hi },
    },
    detail: '‖∇L‖/σ_max(J) ≤ ‖ΠG‖ ≤ ‖∇L‖/σ_min⁺(J)',
  };
}

/** ‖ΠG‖² over Q: ‖G‖² minus the least squares residual of G against J(θ). */
function exactProjection(context: CheckContext): Rational | undefined {
  const J = exactJacobian(context);
  if (!J || !context.exact) return undefined;
  const G = context.exact.summary().force.flat();
  const norm = G.reduce((sum, entry) => sum.add(entry.mul(entry)), Rational.zero);
  return norm.sub(leastSquares(J, G).minimum);
}

/** The least and the largest λ_i. */
export function weightRange({ instance }: CheckContext): [Rational, Rational] {
  let least = instance.weights.rational(0);
  let largest = least;
  for (let i = 1; i < instance.m; i++) {
    const weight = instance.weights.rational(i);
    if (weight.cmp(least) < 0) least = weight;
    if (weight.cmp(largest) > 0) largest = weight;
  }
  return [least, largest];
}

export const exactQuantity = (value: Rational): Quantity => ({ exact: value.toString() });

function pickBound(
  J: { rows: number; cols: number; mid: Float64Array; rad: Float64Array },
  columns: readonly number[],
  side: -1 | 1,
): number[] {
  const picked: number[] = [];
  for (let i = 0; i < J.rows; i++) {
    for (const j of columns) {
      const k = i * J.cols + j;
      picked.push(J.mid[k]! + side * inflate(J.rad[k]! + Math.abs(J.mid[k]!) * 2 ** -52));
    }
  }
  return picked;
}
