import { quadraticForm } from '../../exact/linear-algebra.ts';
import { type Curve, polynomialArithmetic } from '../../exact/polynomial-arithmetic.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import { exactHessian } from '../local-minimum/exact-hessian.ts';
import { convexTier } from '../local-minimum/force-strategies.ts';
import { pushedBack } from '../local-minimum/sign-on-box.ts';
import { checkSymmetricSlice } from '../local-minimum/symmetric-slice.ts';
import { lossOf } from '../point.ts';
import type { Symmetry } from '../structure/symmetry.ts';
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

/** ∇L(θ) = 0, and ∇²L(θ) is positive definite across the orbit of the symmetries said. */
const symmetricSlice: Checker = ({ context, data }) => {
  onlyEntries(data, 'kind', 'symmetries');
  const H = exactHessian(context);
  if (!H || !context.exact?.summary().gradient.every((entry) => entry.isZero)) return false;
  return checkSymmetricSlice(context, H, { symmetries: list(data.symmetries).map(symmetryOf) });
};

const MANY = 2 ** 31;

function symmetryOf(value: unknown): Symmetry {
  const data = record(value);
  const number = (key: string): number => index(data[key], MANY);
  switch (data.kind) {
    case 'mix':
      onlyEntries(data, 'kind', 'layer', 'to', 'from');
      return { kind: 'mix', layer: number('layer'), to: number('to'), from: number('from') };
    case 'scale':
      onlyEntries(data, 'kind', 'layer', 'unit');
      return { kind: 'scale', layer: number('layer'), unit: number('unit') };
    case 'dead':
      onlyEntries(data, 'kind', 'layer', 'unit', 'index');
      return { kind: 'dead', layer: number('layer'), unit: number('unit'), index: number('index') };
    case 'unseen':
      onlyEntries(data, 'kind', 'unit', 'vector');
      return { kind: 'unseen', unit: number('unit'), vector: rationals(data.vector) };
    case 'weights':
      onlyEntries(data, 'kind', 'vector');
      return { kind: 'weights', vector: rationals(data.vector) };
    default:
      demand(false, 'no kind of symmetry');
  }
}

/** For convex losses: on the box of that radius every output moves against its force or stays. */
const signsOnBox: Checker = async ({ context, data }) => {
  onlyEntries(data, 'kind', 'radius');
  return (await convexTier(context)) !== undefined && pushedBack(context, rational(data.radius));
};

export const minimumCheckers: Readonly<Record<string, Checker>> = {
  'negative-curvature': negativeCurvature,
  'descent-curve': descentCurve,
  'symmetric-slice': symmetricSlice,
  'signs-on-box': signsOnBox,
};
