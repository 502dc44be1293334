import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import { checkAssumption2 } from '../../symbolic/assumption-2.ts';
import { directionalDerivative } from '../../symbolic/directional-derivative.ts';
import { evaluate } from '../../symbolic/evaluate.ts';
import type { CheckContext } from '../check-context.ts';
import { embed } from '../point.ts';
import type { ResultReport } from '../report.ts';
import { exactQuadraticInfimum } from '../right-hand-side/quadratic.ts';
import { columns, inputColumns, orthogonalToForces } from '../structure/image-subspace.ts';
import { isKinkNearby } from '../structure/kinks-nearby.ts';
import { exactLayers, exactOutputs } from '../structure/network-values.ts';
import {
  type Checker,
  demand,
  float,
  index,
  inner,
  list,
  onlyEntries,
  parameterIndex,
  rational,
  rationals,
  record,
} from './claim.ts';

/** Kinds of evidence about the values and derivatives of f and L at θ. */

const exactly = (context: CheckContext) => {
  demand(context.exact !== undefined, 'the instance is too large for exact arithmetic');
  return context.exact;
};

const inputRows = ({ instance: { inputs, model, m } }: CheckContext): Rational[][] =>
  Array.from({ length: m }, (_, i) =>
    Array.from({ length: model.inputs }, (_, j) => inputs.rational(i * model.inputs + j)),
  );

/** Homogeneity, or an identity f = Σ g_k ∂_k f. */
const representation: Checker = ({ context, data }) => {
  if (data.kind === 'identity') onlyEntries(data, 'kind', 'inputs', 'denominator', 'numerators');
  else {
    onlyEntries(data, 'kind', 'weights', 'degree');
    for (const range of list(data.weights)) onlyEntries(record(range), 'offset', 'length', 'weight');
  }
  const { instance } = context;
  return checkAssumption2(
    instance.model.graph,
    instance.trainableIndices,
    inputRows(context),
    data,
    instance.trainableIndices.length < instance.parameters.length
      ? instance.parameters.rationals()
      : undefined,
  );
};

/** J(θ)·c = f_X(θ). */
const combination: Checker = ({ context, data }) => {
  onlyEntries(data, 'kind', 'coefficients');
  const point = exactly(context);
  const c = rationals(data.coefficients, point.theta.length);
  const f = point.summary().outputs.flat();
  return point.jacobian().every((row, i) => inner(row, c).equals(f[i]!));
};

/** nᵀJ(θ) = 0 and nᵀf_X(θ) ≠ 0. */
const leftNullVector: Checker = ({ context, data }) => {
  onlyEntries(data, 'kind', 'vector');
  const point = exactly(context);
  const J = point.jacobian();
  const n = rationals(data.vector, J.length);
  const orthogonal = point.theta.every(
    (_, k) =>
      inner(
        J.map((row) => row[k]!),
        n,
      ).isZero,
  );
  return orthogonal && !inner(point.summary().outputs.flat(), n).isZero;
};

/** ∂L/∂θ_k is the number said, or lies in the enclosure said, and is not 0. */
const partial: Checker = ({ context, data, obligation, result }) => {
  demand(obligation.id !== 'conclusion' || result.result === 'lemma-2', 'the conclusion is not about ∇L(θ)');
  onlyEntries(data, 'parameter', 'derivative');
  const k = parameterIndex(context, data.parameter);
  if (typeof data.derivative === 'object') {
    const said = record(data.derivative);
    onlyEntries(said, 'lower', 'upper');
    const [lower, upper] = [float(said.lower), float(said.upper)];
    const { lo, hi } = context.interval.summary().gradient[k]!;
    return lower <= lo && hi <= upper && (lower > 0 || upper < 0);
  }
  if (data.derivative === 'nonzero') {
    const { exponential } = context;
    if (!exponential) return false;
    const sign = exponential.arithmetic.sign(exponential.summary().gradient[k]!);
    return sign === 1 || sign === -1;
  }
  const said = rational(data.derivative);
  return !said.isZero && exactly(context).summary().gradient[k]!.equals(said);
};

/** f′(θ; d) + f′(θ; −d) ≠ 0 in one output at one sample. */
const kink: Checker = ({ context, data }) => {
  onlyEntries(data, 'sample', 'output', 'direction', 'forward', 'backward');
  const { instance, problem } = context;
  const point = exactly(context);
  const A = rationalArithmetic;
  const i = index(data.sample, instance.m);
  const output = index(data.output, instance.model.outputs);
  const d = rationals(data.direction, point.theta.length);
  const dx = instance.model.inputs;
  const x = embed(A, instance.inputs, i * dx, dx);
  const at = evaluate(problem.graph, A, { x, theta: point.theta, fixed: embed(A, instance.parameters) });
  const slope = (v: readonly Rational[]): Rational => directionalDerivative(at, 'theta', v)[output]!;
  const [forward, backward] = [slope(d), slope(d.map((entry) => entry.neg()))];
  return (
    rational(data.forward).equals(forward) &&
    rational(data.backward).equals(backward) &&
    !forward.add(backward).isZero
  );
};

/** The same at θ + s·path, for every small s > 0. */
const kinkAlongPath: Checker = ({ context, data }) => {
  onlyEntries(data, 'kind', 'sample', 'path', 'direction');
  const n = exactly(context).theta.length;
  return isKinkNearby(context, {
    sample: index(data.sample, context.instance.m),
    path: rationals(data.path, n),
    direction: rationals(data.direction, n),
  });
};

/** L(θ) and the minimum over range J(θ) are two different numbers, by exact least squares. */
const sides: Checker = ({ context, data }) => {
  onlyEntries(data, 'left', 'right');
  const [left, right] = [rational(data.left), rational(data.right)];
  const { loss } = exactly(context).summary();
  const infimum = exactQuadraticInfimum(context);
  return (
    loss instanceof Rational &&
    loss.equals(left) &&
    infimum?.minimum.equals(right) === true &&
    !left.equals(right)
  );
};

/** The columns of R^m that Theorems 3 and 4 add in every output: x and z, or h^(t), …, h^(H). */
function features(context: CheckContext, { result, t = 0 }: ResultReport): readonly (readonly Rational[])[] {
  const { residual, network } = context.instance.model;
  if (result === 'theorem-3' && residual)
    return [...inputColumns(context), ...columns(exactOutputs(context, residual.branch()))];
  if (result === 'theorem-4' && network) return exactLayers(context).slice(t).flatMap(columns);
  return [];
}

/** S ⊆ V[θ, ε], and the forces pull on some ∂_k f_X(θ + εv) with v in S or v = 0, or on a feature. */
const pullingSet: Checker = ({ context, data, result }) => {
  onlyEntries(data, 'epsilon', 'set');
  const point = exactly(context);
  const epsilon = rational(data.epsilon);
  demand(epsilon.sign > 0 && data.epsilon === result.epsilon, 'this is not the ε of the result');
  const { outputs, force } = point.summary();
  const [f, G] = [outputs.flat(), force.flat()];
  let pulls =
    point.summary().gradient.some((entry) => !entry.isZero) ||
    !orthogonalToForces(context, features(context, result));
  const members = list(data.set);
  demand(new Set(members.map(String)).size === members.length, 'a vector of S is there twice');
  for (const member of members) {
    const v = rationals(member, point.theta.length);
    if (inner(v, v).cmp(Rational.one) > 0) return false;
    const there = context.over(
      rationalArithmetic,
      point.theta.map((entry, k) => entry.add(epsilon.mul(v[k]!))),
      'a vector of S',
    );
    if (
      there
        .summary()
        .outputs.flat()
        .some((value, row) => !value.equals(f[row]!))
    )
      return false;
    const J = there.jacobian();
    pulls ||= point.theta.some(
      (_, k) =>
        !inner(
          J.map((row) => row[k]!),
          G,
        ).isZero,
    );
  }
  return pulls;
};

export const pointCheckers: Readonly<Record<string, Checker>> = {
  homogeneity: representation,
  identity: representation,
  combination,
  'left-null-vector': leftNullVector,
  partial,
  kink,
  'kink-nearby': kinkAlongPath,
  sides,
  'pulling-set': pullingSet,
};
