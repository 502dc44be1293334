import { Inexpressible } from '../arithmetic/arithmetic.ts';
import { boundText } from '../arithmetic/decimal.ts';
import { multiply, normUpperBound, transpose } from '../certified/ball-matrix.ts';
import { leastEigenvalueBound } from '../certified/eigenvalue-bound.ts';
import { type Interval, intervalArithmetic } from '../certified/interval.ts';
import { inertia, matrix, rank, solve } from '../exact/linear-algebra.ts';
import { Rational } from '../kernel/rational.ts';
import { AtKink } from '../symbolic/derivative.ts';
import type { CheckContext } from './check-context.ts';
import { TimeLimit } from './deadline.ts';
import { expressed } from './expressed.ts';
import { balls } from './gradient.ts';
import { lazy } from './lazy.ts';
import { exactHessian } from './local-minimum/exact-hessian.ts';
import { hessian } from './place.ts';
import { enclosureOf, lossValue } from './quantity.ts';
import type { Margin, ObligationReport, Quantity, ResultReport } from './report.ts';
import { exactJacobian, pick, span } from './right-hand-side/span.ts';
import { leastCurvature } from './robust/curvature.ts';

const A = intervalArithmetic;
/** A gap of at most this share of L(θ) makes a robust statement useful. */
const SHARE = 100;
const HESSIAN_WORK = 4_000_000;
const MOST_EXACT_COLUMNS = 16;
const JACOBIAN_ENTRIES = 100_000;

/**
 * How far each hypothesis of a result is from being lost, and the gradient at which the robust bounds would say something:
 * figures that stand in its obligations and bounds, and two that are computed once for an instance (σ_min⁺(J) and the
 * least curvature, both certified lower bounds). What cannot be had within bounds is left out.
 */
export function marginsOf(context: CheckContext, result: ResultReport): Margin[] {
  const by = new Map(result.obligations.map((each) => [each.id, each]));
  const found: (Margin | undefined)[] = [];
  const smooth = by.get('differentiable-nearby') ?? by.get('differentiable');
  if (smooth) found.push(nearestKink(smooth), ballWithoutKinks(smooth));
  const local = by.get('local-minimum');
  if (local) found.push(curvatureMargin(context, local));
  if (result.result === 'theorem-1') {
    found.push(singularValueMargin(context));
    found.push(...usefulGradient(context, result));
  }
  for (const bound of result.robust ?? []) {
    for (const [name, value] of Object.entries(bound.constants)) {
      if (/^σ_dy/.test(name) && !('exact' in value)) {
        found.push({
          of: 'conclusion',
          name,
          value,
          tier: bound.tier,
          detail: `${bound.id} divides by it`,
        });
      }
    }
  }
  return found.filter((margin) => margin !== undefined);
}

/** A figure that is a quantity, under a name of its own. */
function figure(
  { id, tier, figures }: ObligationReport,
  key: string,
  name: string,
  detail: string,
): Margin | undefined {
  const value = figures?.[key];
  return typeof value === 'object' ? { of: id, name, value, tier, detail } : undefined;
}

const nearestKink = (report: ObligationReport): Margin | undefined =>
  figure(
    report,
    'margin',
    'nearest kink',
    'the least absolute value of an argument of relu, abs, max or min',
  );

const ballWithoutKinks = (report: ObligationReport): Margin | undefined =>
  figure(report, 'radius', 'ball without kinks', 'f is differentiable at every θ′ this near');

function curvatureMargin(context: CheckContext, report: ObligationReport): Margin | undefined {
  const known = figure(report, 'least curvature', 'least curvature', 'of ∇²L around θ*');
  if (known) return known;
  const value = curvature(context);
  if (value === undefined) return undefined;
  return {
    of: report.id,
    name: 'least curvature',
    value: { lower: value },
    tier: 'certified',
    detail:
      value > 0
        ? 'every eigenvalue of ∇²L(θ) is at least this'
        : 'no eigenvalue of ∇²L(θ) is less; a positive one would prove a critical point strict',
  };
}

const curvature = perContext((context) => {
  const n = context.interval.theta.length;
  if (n === 0 || context.work * n * 6 > HESSIAN_WORK || context.place().kind !== 'given') return undefined;
  const bound = leastCurvature(hessian(context, context.interval.theta));
  return bound !== undefined && bound < 0 && isSemidefinite(context) ? 0 : bound;
});

/** ∇²L(θ) has no negative eigenvalue, over Q: enclosures of a singular one reach below 0. */
function isSemidefinite(context: CheckContext): boolean {
  if (context.interval.theta.length > MOST_EXACT_COLUMNS) return false;
  const H = expressed(() => exactHessian(context));
  return H !== undefined && inertia(H).negative === 0;
}

function singularValueMargin(context: CheckContext): Margin | undefined {
  const found = singularValue(context);
  return (
    found && {
      of: 'conclusion',
      name: 'σ_min⁺(J)',
      value: { lower: found.sigma },
      tier: 'certified',
      detail: `rounding J(θ) to float64 moves it by up to ${boundText(found.rounding, 'up')}`,
    }
  );
}

/** σ_min⁺(J(θ)) from below by the columns that span range J(θ), and what float64 rounding may do to J in norm. */
const singularValue = perContext((context) => {
  const n = context.interval.theta.length;
  const rows = context.instance.m * context.instance.model.outputs;
  if (n === 0 || rows * n > JACOBIAN_ENTRIES || context.instance.loss.shiftInvariant) return undefined;
  const sigma = expressed(() => enclosedSingularValue(context)) ?? exactSingularValue(context);
  if (sigma === undefined) return undefined;
  const size = normUpperBound(balls(context.interval.jacobian(), n));
  return { sigma, rounding: A.mul(A.float(size), A.float(2 ** -53)).hi };
});

function enclosedSingularValue(context: CheckContext): number | undefined {
  const found = span(context, context.interval);
  // Without a proof the columns may span less, and σ of fewer columns bounds nothing.
  if (!found.proof || found.rank === 0) return undefined;
  const columns = pick(found.jacobian, found.columns);
  const least = leastEigenvalueBound(multiply(transpose(columns), columns), found.factor);
  return least !== undefined && least > 0 ? A.sqrt(A.float(least)).lo : undefined;
}

/** Where the Gram matrix is beyond float64: 1/σ² ≤ tr (J_CᵀJ_C)⁻¹ over Q, C a basis of columns. */
function exactSingularValue(context: CheckContext): number | undefined {
  const J = exactJacobian(context);
  if (!J) return undefined;
  const { pivotCols } = rank(J).lower;
  const r = pivotCols.length;
  if (r === 0 || r > MOST_EXACT_COLUMNS) return undefined;
  const inner = (j: number, k: number): Rational => {
    let sum = Rational.zero;
    for (let i = 0; i < J.rows; i++)
      sum = sum.add(J.entries[i * J.cols + j]!.mul(J.entries[i * J.cols + k]!));
    return sum;
  };
  const gram = matrix(
    r,
    r,
    pivotCols.flatMap((j) => pivotCols.map((k) => inner(j, k))),
  );
  let trace = Rational.zero;
  for (let k = 0; k < r; k++) {
    const unit = Array.from({ length: r }, (_, j) => (j === k ? Rational.one : Rational.zero));
    trace = trace.add(solve(gram, unit)![k]!);
  }
  return A.sqrt(A.div(A.one, A.rational(trace))).lo;
}

/** R1 and R1′ give a gap of at most L(θ)/100 once ‖∇L(θ)‖ is at most this, their other constants being as they are. */
function usefulGradient(context: CheckContext, { robust }: ResultReport): (Margin | undefined)[] {
  const loss = lossOnce(context);
  if (!loss || !(loss.lo > 0)) return [];
  const allowed = A.div({ lo: loss.lo, hi: loss.lo }, A.float(SHARE));
  const margin = (id: string, value: number): Margin | undefined =>
    value > 0
      ? {
          of: 'critical',
          name: `useful when ‖∇L(θ)‖`,
          value: { upper: value },
          tier: 'certified',
          detail: `then ${id} allows a gap of at most L(θ)/${SHARE}, its other constants being as they are`,
        }
      : undefined;
  const first = robust?.find(({ id }) => id === 'R1')?.constants['‖α* − γ‖'];
  const strong = robust?.find(({ id }) => id === "R1'");
  const distance = first && ends(first)?.hi;
  const candidates: [string, number][] = [];
  // ‖α* − γ‖ shrinks with the gradient: where R1 is useful already, its distance says nothing of other gradients.
  const now = robust?.find(({ id }) => id === 'R1')?.bound;
  if (distance !== undefined && now && (ends(now)?.hi ?? 0) > allowed.hi)
    candidates.push(['R1', A.div(allowed, A.float(distance)).lo]);
  const sigma = singularValue(context)?.sigma;
  const mu = strong && ends(strong.constants.μ);
  const least = strong && ends(strong.constants.λ_min);
  if (sigma !== undefined && mu && least) {
    // ‖∇L‖²/σ² ≥ ‖ΠG‖², so the gap is at most ‖∇L‖²/(2μλ_min σ²).
    const inside = A.mul(A.mul(A.float(2), A.mul(lowEnd(mu), lowEnd(least))), allowed);
    candidates.push(['R1′', A.mul(A.sqrt(inside), A.float(sigma)).lo]);
  }
  const best = candidates.sort(([, a], [, b]) => b - a)[0];
  return best ? [margin(...best)] : [];
}

const lowEnd = ({ lo }: Interval): Interval => ({ lo, hi: lo });

function ends(quantity: Quantity | undefined): Interval | undefined {
  if (!quantity) return undefined;
  if ('exact' in quantity) return enclosureOf(Rational.parse(quantity.exact)!);
  if ('lower' in quantity && 'upper' in quantity) return { lo: quantity.lower, hi: quantity.upper };
  return 'upper' in quantity ? { lo: 0, hi: quantity.upper } : undefined;
}

const lossOnce = perContext((context) => lossValue(context)?.enclosure);

/** Computed once for each context; undefined where it cannot be written down, or not in time. */
function perContext<R>(compute: (context: CheckContext) => R | undefined) {
  const known = new WeakMap<CheckContext, () => R | undefined>();
  return (context: CheckContext): R | undefined => {
    const answer =
      known.get(context) ??
      lazy(() => {
        try {
          return compute(context);
        } catch (error) {
          if (error instanceof Inexpressible || error instanceof AtKink || error instanceof TimeLimit)
            return undefined;
          throw error;
        }
      });
    known.set(context, answer);
    return answer();
  };
}
