import { boundText } from '../../arithmetic/decimal.ts';
import { intervalArithmetic } from '../../certified/interval.ts';
import { Rational } from '../../kernel/rational.ts';
import { AtKink } from '../../symbolic/derivative.ts';
import type { CheckContext } from '../check-context.ts';
import { TimeLimit } from '../deadline.ts';
import { exactGradient } from '../gradient.ts';
import { enclosed, enclosureOf, type Known, lossValue } from '../quantity.ts';
import type { ObligationReport, Quantity, ResultReport, RobustBound } from '../report.ts';
import { type RightHandSide, rightHandSide } from '../right-hand-side/index.ts';
import { robustBounds } from '../robust.ts';
import { accepted, weaker } from '../strategy.ts';
import { meaningOfTheorem1 } from './meaning.ts';
import type { CheckableResult, SharedObligations } from './result.ts';
import { verdictOf } from './verdict.ts';

/** Relative to 1 + L(θ): two float64 values this close count as numerically equal. */
const TOLERANCE = 1e-9;

/** Undefined when the time limit cut the computation off. */
function withinTime<R>(compute: () => R): R | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof TimeLimit) return undefined;
    throw error;
  }
}

interface Gap {
  readonly upper: number;
  readonly lower?: number;
}

interface Hypotheses {
  readonly convex: ObligationReport;
  readonly represented: ObligationReport;
  readonly differentiable: ObligationReport;
  readonly critical: ObligationReport;
}

/** Theorem 1 of the paper (§3.2): L(θ) = inf_α L_θ(α) at every differentiable critical point. */
export const theorem1: CheckableResult = {
  id: 'theorem-1',
  obligations: ['assumption-1', 'assumption-2', 'differentiable', 'critical'],
  appliesTo: () => true,
  async check(context, shared) {
    const hypotheses = await discharge(shared);
    const start = Date.now();
    const left = withinTime(() => lossValue(context));
    const right = context.stages.during('right side of Theorem 1', () =>
      withinTime(() => rightSide(context, hypotheses, left)),
    );
    const conclusion = accepted(
      {
        ...conclude(context, hypotheses, left, right),
        id: 'conclusion',
        seconds: (Date.now() - start) / 1000,
      },
      shared.weakest,
    );
    const obligations = [...Object.values(hypotheses), conclusion];
    const { verdict, tier } = verdictOf(obligations);
    const robust = right
      ? await robustBounds(
          context,
          right,
          left,
          hypotheses.represented,
          proved(hypotheses.convex, hypotheses.represented, hypotheses.differentiable),
        )
      : [];
    const bound = smallest(robust.map((each) => upperOf(each.bound)));
    const gap = tighten(gapOf(left, right), robust);
    const basis = hypotheses.differentiable.status === 'fails' ? undefined : await shared.basis();
    const result: ResultReport = {
      result: 'theorem-1',
      verdict,
      tier,
      ...(left ? { left: left.quantity } : {}),
      ...(right?.quantity ? { right: right.quantity } : {}),
      attained: right?.attained ?? null,
      ...(gap === undefined ? {} : { gap: { ...gap, bound } }),
      robust,
      ...(conclusion.status === 'holds' ? sidesAtEnclosed(context, left, right) : {}),
      ...(basis ? { basis } : {}),
      obligations,
      meaning: '',
    };
    return { ...result, meaning: meaningOfTheorem1(context, result) };
  },
};

async function discharge(shared: SharedObligations): Promise<Hypotheses> {
  return {
    convex: await shared.discharge('assumption-1'),
    represented: await shared.discharge('assumption-2'),
    differentiable: await shared.discharge('differentiable'),
    critical: await shared.discharge('critical'),
  };
}

const holds = (...reports: readonly ObligationReport[]): boolean =>
  reports.every(({ status }) => status === 'holds');
const proved = (...reports: readonly ObligationReport[]): boolean =>
  reports.every(({ status, tier }) => status === 'holds' && tier !== 'numeric' && tier !== 'assumed');

/** Relative to 1 + L: a gap between θ and θ* that rounding of the parameters does not explain. */
const VISIBLE = 1e-6;

/**
 * Where the theorem is said of θ* and the two sides at the given θ are proved to differ visibly (the basis may change between
 * them), the figures of the given θ would mislead: both sides are then those at θ*, equal by Lemma 0.
 */
function sidesAtEnclosed(
  context: CheckContext,
  left: Known | undefined,
  right: RightHandSide | undefined,
): Pick<ResultReport, 'left' | 'right' | 'attained' | 'gap' | 'sidesAt' | 'robust'> {
  const place = context.place();
  const here = left?.enclosure;
  if (place.kind !== 'enclosed' || !here || right?.lower === undefined || right.upper === undefined)
    return {};
  const apart = Math.max(here.lo - right.upper, right.lower - here.hi);
  if (!(apart > VISIBLE * (1 + Math.abs(here.hi)))) return {};
  const value = enclosed(place.point.loss()).quantity;
  return {
    left: value,
    right: value,
    attained: true,
    gap: { upper: 0, bound: null },
    sidesAt: 'enclosed',
    robust: [],
  };
}

/** By Lemma 0 the right side is L(θ) itself at an exactly critical point; elsewhere it is computed. */
function rightSide(context: CheckContext, h: Hypotheses, left: Known | undefined): RightHandSide | undefined {
  if (left && proved(h.convex, h.represented, h.differentiable) && exactGradient(context).kind === 'zero') {
    return {
      quantity: left.quantity,
      ...(left.exact ? { exact: left.exact } : {}),
      lower: left.enclosure?.lo,
      upper: left.enclosure?.hi,
      attained: true,
      tier: left.tier,
      method: 'Lemma 0: the forces are orthogonal to range J(θ)',
    };
  }
  if (h.differentiable.status === 'fails') return undefined;
  try {
    return rightHandSide(context, proved(h.convex));
  } catch (error) {
    if (error instanceof AtKink) return undefined;
    throw error;
  }
}

type Conclusion = Omit<ObligationReport, 'id' | 'seconds'>;

function conclude(
  context: CheckContext,
  h: Hypotheses,
  left: Known | undefined,
  right: RightHandSide | undefined,
): Conclusion {
  const { convex, represented, differentiable, critical } = h;
  const method = right ? ` (${right.method})` : '';
  // Under A1 and A2 at a point of differentiability the conclusion is equivalent to ∇L(θ) = 0 (Lemma 0 and its converse).
  if (holds(convex, represented, differentiable) && critical.status !== 'undecided') {
    const tier = [convex, represented, differentiable, critical].map((each) => each.tier).reduce(weaker);
    if (critical.status === 'holds') {
      return {
        status: 'holds',
        tier,
        detail: 'G ⊥ range J(θ), and f_X(θ) lies in it, so no α does better (Lemma 0); attained at α = g(θ)',
        witness: null,
      };
    }
    return {
      status: 'fails',
      tier,
      detail: `∇L(θ) ≠ 0, so some α does better${below(left, right)}`,
      witness: { gradient: critical.witness },
    };
  }
  // Both sides are known at the given θ; the obligations speak of θ*, where they may differ.
  if (context.place().kind === 'enclosed') {
    return {
      status: 'undecided',
      tier: 'certified',
      detail: 'θ* is known by an enclosure only, and the hypotheses do not settle the two sides there',
      witness: null,
    };
  }
  if (!right || right.quantity === undefined || !left) {
    return {
      status: 'undecided',
      tier: 'numeric',
      detail:
        differentiable.status === 'fails'
          ? 'f has no derivative at θ, so there is no gradient basis'
          : `the right-hand side could not be had${method}`,
      witness: null,
    };
  }
  return compare(left, right, method);
}

function below(left: Known | undefined, right: RightHandSide | undefined): string {
  if (!left?.enclosure || right?.upper === undefined) return '';
  if (!(right.upper < left.enclosure.lo)) return ': the forces are not orthogonal to range J(θ)';
  return `: L(θ) − inf L_θ ≥ ${boundText(intervalArithmetic.sub(left.enclosure, { lo: right.upper, hi: right.upper }).lo, 'down')} (${right.method})`;
}

function compare(left: Known, right: RightHandSide, method: string): Conclusion {
  if (left.exact && right.exact) {
    const order = left.exact.cmp(right.exact);
    if (order === 0)
      return {
        status: 'holds',
        tier: 'exact',
        detail: `L(θ) = ${left.exact} = min over α of L_θ(α)${method}`,
        witness: null,
      };
    return {
      status: 'fails',
      tier: 'exact',
      detail: `L(θ) = ${brief(left.exact)} ${order > 0 ? '>' : '<'} ${brief(right.exact)} = min over α of L_θ(α)${method}`,
      witness: { left: `${left.exact}`, right: `${right.exact}` },
    };
  }
  const enclosure = left.enclosure;
  if (enclosure && right.upper !== undefined && enclosure.lo > right.upper) {
    return {
      status: 'fails',
      tier: 'certified',
      detail: `some α gives L_θ(α) ≤ ${right.upper} < L(θ)${method}`,
      witness: { left: enclosure.lo, right: right.upper },
    };
  }
  if (enclosure && right.lower !== undefined && enclosure.hi < right.lower) {
    return {
      status: 'fails',
      tier: 'certified',
      detail: `every α gives L_θ(α) ≥ ${right.lower} > L(θ)${method}`,
      witness: { left: enclosure.hi, right: right.lower },
    };
  }
  const a = middle(left.quantity);
  const b = right.quantity ? middle(right.quantity) : undefined;
  if (
    right.tier === 'numeric' &&
    a !== undefined &&
    b !== undefined &&
    Math.abs(a - b) <= TOLERANCE * (1 + Math.abs(a))
  ) {
    return {
      status: 'holds',
      tier: 'numeric',
      detail: `L(θ) and the right side agree to ${Math.abs(a - b).toExponential(1)} in float64${method}`,
      witness: null,
    };
  }
  return {
    status: 'undecided',
    tier: right.tier,
    detail: `the enclosures of both sides overlap, which proves neither equality nor inequality${method}`,
    witness: null,
  };
}

const brief = (value: { toString(): string; toNumber(): number }): string => {
  const text = value.toString();
  return text.length <= 24 ? text : `${value.toNumber()} (rounded)`;
};

function middle(quantity: Quantity): number | undefined {
  if ('approx' in quantity) return quantity.approx;
  if ('lower' in quantity && 'upper' in quantity) return quantity.lower / 2 + quantity.upper / 2;
  return undefined;
}

/** An upper bound of L(θ) − inf L_θ, and a lower bound where there is one. */
function gapOf(left: Known | undefined, right: RightHandSide | undefined): Gap | undefined {
  if (!left || !right) return undefined;
  if (left.exact && right.exact) {
    const gap = left.exact.sub(right.exact);
    const enclosure = enclosureOf(gap);
    return enclosure && { upper: enclosure.hi, lower: enclosure.lo };
  }
  if (!left.enclosure || right.lower === undefined) return undefined;
  const upper = intervalArithmetic.sub(left.enclosure, { lo: right.lower, hi: right.lower }).hi;
  if (right.upper === undefined) return { upper };
  return { upper, lower: intervalArithmetic.sub(left.enclosure, { lo: right.upper, hi: right.upper }).lo };
}

/** A robust bound that is proved bounds the gap as well as any enclosure does. */
function tighten(gap: Gap | undefined, robust: readonly RobustBound[]): Gap | undefined {
  const proved = robust.filter(({ tier }) => tier !== 'numeric');
  const bound = smallest(proved.map((each) => upperOf(each.bound)));
  return gap && bound !== null && bound < gap.upper ? { ...gap, upper: bound } : gap;
}

const upperOf = (quantity: Quantity | null): number | undefined =>
  quantity === null
    ? undefined
    : 'exact' in quantity
      ? enclosureOf(parseExact(quantity.exact))?.hi
      : 'upper' in quantity
        ? quantity.upper
        : undefined;

const smallest = (values: readonly (number | undefined)[]): number | null => {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.min(...known) : null;
};

const parseExact = (text: string): Rational => Rational.parse(text)!;
