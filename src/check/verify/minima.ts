import { quadraticForm } from '../../exact/linear-algebra.ts';
import { type Curve, polynomialArithmetic } from '../../exact/polynomial-arithmetic.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import { exactHessian } from '../local-minimum/exact-hessian.ts';
import { convexTier } from '../local-minimum/force-strategies.ts';
import { pushedBack } from '../local-minimum/sign-on-box.ts';
import { lossOf } from '../point.ts';
import {
  type Checker,
  demand,
  index,
  list,
  onlyEntries,
  parameterIndex,
  rational,
  rationals,
  record,
} from './claim.ts';

/** Kinds of evidence for and against a local minimum. */

/** vᵀ∇²L(θ)v is the number said, and negative, at a critical θ. */
const negativeCurvature: Checker = ({ context, data }) => {
  onlyEntries(data, 'kind', 'direction', 'curvature');
  const H = exactHessian(context);
  if (!H) return false;
  const said = rational(data.curvature);
  return said.sign < 0 && quadraticForm(H, rationals(data.direction, H.rows)).equals(said);
};

const MOST_POWER = 400;

/** L(θ(s)) − L(θ) is the polynomial said, exactly, and its lowest term is negative. */
const descentCurve: Checker = ({ context, data }) => {
  onlyEntries(data, 'kind', 'terms', 'change');
  const { exact } = context;
  demand(exact !== undefined, 'the instance is too large for exact arithmetic');
  const A = polynomialArithmetic(rationalArithmetic);
  const theta: Curve[] = exact.theta.map((value) => A.rational(value));
  for (const entry of list(data.terms)) {
    const term = record(entry);
    onlyEntries(term, 'parameter', 'coefficient', 'power');
    const k = parameterIndex(context, term.parameter);
    const power = index(term.power, MOST_POWER);
    demand(power > 0, 'the curve does not start at θ');
    theta[k] = A.add(theta[k]!, [
      ...new Array<Rational>(power).fill(Rational.zero),
      rational(term.coefficient),
    ]);
  }
  const start = lossOf(context.problem, rationalArithmetic, exact.theta);
  const change = A.sub(lossOf(context.problem, A, theta), A.rational(start));
  const said = rationals(data.change);
  return (
    A.sign(change) === -1 &&
    said.length === Math.max(1, change.length) &&
    change.every((entry, k) => entry.equals(said[k]!))
  );
};

/** For convex losses: on the box of that radius every output moves against its force or stays. */
const signsOnBox: Checker = async ({ context, data }) => {
  onlyEntries(data, 'kind', 'radius');
  return (await convexTier(context)) !== undefined && pushedBack(context, rational(data.radius));
};

export const minimumCheckers: Readonly<Record<string, Checker>> = {
  'negative-curvature': negativeCurvature,
  'descent-curve': descentCurve,
  'signs-on-box': signsOnBox,
};
