import { dual } from '../../arithmetic/dual.ts';
import { type BallMatrix, ballsFromBounds, multiply, transpose } from '../../certified/ball-matrix.ts';
import { largestEigenvalueBound, leastEigenvalueBound } from '../../certified/eigenvalue-bound.ts';
import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import { inverseCholesky } from '../../certified/inverse.ts';
import { nullSpace } from '../../exact/linear-algebra.ts';
import { Rational } from '../../kernel/rational.ts';
import { evaluate } from '../../symbolic/evaluate.ts';
import type { CheckContext } from '../check-context.ts';
import { blockMatrix } from '../construction/matrices.ts';
import { lowestDirection } from '../escape/lowest-direction.ts';
import { balls } from '../gradient.ts';
import { embed, lossAt } from '../point.ts';
import type { RobustBound } from '../report.ts';
import { leastCurvature } from './curvature.ts';
import { normAbove, upTo } from './gradient-inequality.ts';

const A = intervalArithmetic;
const HESSIAN_WORK = 40_000_000;

/** f = W(x + Rz) at the given θ, in intervals. */
export interface ResidualPoint {
  readonly dx: number;
  readonly dy: number;
  readonly dz: number;
  /** dy × dx */
  readonly W: BallMatrix;
  /** m rows z(x_i; u) */
  readonly z: readonly (readonly Interval[])[];
  /** m rows p_i = x_i + Rz_i */
  readonly p: readonly (readonly Interval[])[];
  /** m rows f(x_i; θ) */
  readonly outputs: readonly (readonly Interval[])[];
  /** G_Z = Σ_i G_i z_iᵀ, dy × dz */
  readonly GZ: readonly Interval[];
  /** positions of W and R in θ, row-major; undefined unless all of both are trainable */
  readonly inW: readonly number[];
  readonly inR: readonly number[];
}

/** Throws Inexpressible, AtKink and TimeLimit; undefined where W or R is not all trainable. */
export function residualPoint(context: CheckContext): ResidualPoint | undefined {
  const { instance } = context;
  const { residual, inputs: dx, outputs: dy } = instance.model;
  if (!residual) return undefined;
  const dz = residual.R.shape[1]!;
  const position = new Map(Array.from(instance.trainableIndices, (index, k) => [index, k] as const));
  const places = (offset: number, length: number) =>
    Array.from({ length }, (_, k) => position.get(offset + k));
  const inW = places(residual.W.offset, dy * dx);
  const inR = places(residual.R.offset, dx * dz);
  if (!everyNumber(inW) || !everyNumber(inR)) return undefined;
  const theta = embed(A, instance.parameters);
  const branch = residual.branch();
  const entry = (offset: number, k: number): Interval => theta[offset + k]!;
  const z = Array.from({ length: instance.m }, (_, i) => {
    context.deadline.check();
    const evaluation = evaluate(branch, A, { x: embed(A, instance.inputs, i * dx, dx), theta });
    return branch.outputs.map((output) => evaluation.value(output));
  });
  const p = z.map((row, i) =>
    embed(A, instance.inputs, i * dx, dx).map((x, a) =>
      row.reduce((sum, value, c) => A.add(sum, A.mul(entry(residual.R.offset, a * dz + c), value)), x),
    ),
  );
  const { force, outputs } = context.interval.summary();
  const GZ = Array.from({ length: dy }, (_, k) =>
    Array.from({ length: dz }, (_, c) =>
      z.reduce((sum, row, i) => A.add(sum, A.mul(force[i]![k]!, row[c]!)), A.zero),
    ),
  );
  const W = Array.from({ length: dy }, (_, k) =>
    Array.from({ length: dx }, (_, j) => entry(residual.W.offset, k * dx + j)),
  );
  return { dx, dy, dz, W: balls(W, dx), z, p, outputs, GZ: GZ.flat(), inW, inR };
}

const everyNumber = (values: readonly (number | undefined)[]): values is number[] =>
  values.every((value) => value !== undefined);

/** A lower bound of σ_rows(P) of a matrix with at least as many columns as rows; undefined when it is not shown positive. */
export function leastSingularValue(P: BallMatrix): number | undefined {
  if (P.rows === 0 || P.rows > P.cols) return undefined;
  const gram = multiply(P, transpose(P));
  const bound = leastEigenvalueBound(gram, inverseCholesky(gram.rows, gram.mid));
  return bound !== undefined && bound > 0 ? A.sqrt(A.float(bound)).lo : undefined;
}

/** R4a: ‖G_Z‖_F ≤ ‖∇_R L‖_F/σ_dy(W), since ∇_R L = WᵀG_Z. */
export function forcesByFullRank(context: CheckContext, point: ResidualPoint): RobustBound | undefined {
  const sigma = leastSingularValue(point.W);
  if (sigma === undefined || !(sigma > 0)) return undefined;
  const { gradient } = context.interval.summary();
  const slope = normAbove(point.inR.map((k) => gradient[k]!));
  return {
    id: 'R4a',
    formula: '‖G_Z‖_F ≤ ‖∇_R L(θ)‖_F / σ_dy(W)',
    bound: upTo(slope === 0 ? 0 : A.div(A.float(slope), A.float(sigma)).hi),
    tier: 'certified',
    constants: {
      '‖∇_R L(θ)‖_F': upTo(slope),
      'σ_dy(W)': { lower: sigma },
      '‖G_Z‖_F': upTo(normAbove(point.GZ)),
    },
    detail: '∇_R L = WᵀG_Z, and Wᵀ is injective',
  };
}

/**
 * R4b: ‖G_Z‖₂ ≤ √(AB) + √((A+η)(B+η)) for a unit vector a, A = sup_q Σ λ_i (aᵀp_i)² qᵀ∇²ℓ_i q,
 * B = sup_b Σ λ_i (bᵀz_i)² (Wa)ᵀ∇²ℓ_i(Wa), and −η a lower bound of the Hessian in (W, R). Undefined where the loss is not
 * twice differentiable at the outputs, or the Hessian is too large.
 */
export function forcesByCurvature(context: CheckContext, point: ResidualPoint): RobustBound | undefined {
  const size = point.inW.length + point.inR.length;
  if (context.work * size * 6 > HESSIAN_WORK) return undefined;
  const eta = Math.max(
    0,
    -(leastCurvature(blockHessian(context, [...point.inW, ...point.inR])) ?? Number.NaN),
  );
  if (Number.isNaN(eta)) return undefined;
  const { direction, null: isNull } = shortDirection(context, point);
  const [a, b] = curvatureConstants(context, point, direction, isNull);
  const sum = (value: number): Interval => A.add(A.float(value), A.float(eta));
  const crossed = A.sqrt(A.mul(A.float(a), A.float(b)));
  const bound = A.add(crossed, A.sqrt(A.mul(sum(a), sum(b)))).hi;
  return {
    id: 'R4b',
    formula: isNull ? '‖G_Z‖₂ ≤ √((A + η)η)' : '‖G_Z‖₂ ≤ √(AB) + √((A + η)(B + η))',
    bound: upTo(bound),
    tier: 'certified',
    constants: {
      A: upTo(a),
      B: upTo(b),
      η: upTo(eta),
      '‖G_Z‖_F': upTo(normAbove(point.GZ)),
    },
    detail: isNull
      ? 'Wa = 0 for a unit vector a, and the Hessian in (W, R) is at least −η'
      : 'along a unit vector a with Wa small; the Hessian in (W, R) is at least −η',
  };
}

/** A unit vector a, enclosed: exactly in the null space of W where there is one, else with a small ‖Wa‖ in floats. */
function shortDirection(
  context: CheckContext,
  { dx, W }: ResidualPoint,
): { direction: readonly Interval[]; null: boolean } {
  const { vectors } = nullSpace(blockMatrix(context.instance, context.instance.model.residual!.W));
  const proposal = vectors[0]
    ? vectors[0]
    : Array.from(smallImage(dx, multiply(transpose(W), W).mid), Rational.fromNumber);
  const values = proposal.map((value) => A.rational(value));
  const length = A.sqrt(values.reduce((sum, value) => A.add(sum, A.pow(value, 2)), A.zero));
  return { direction: values.map((value) => A.div(value, length)), null: vectors.length > 0 };
}

/** A vector v with small vᵀHv in float64, H positive semidefinite: the lowest direction of H − ‖H‖I. */
function smallImage(n: number, H: Float64Array): Float64Array {
  const trace = Array.from({ length: n }, (_, i) => H[i * n + i]!).reduce((sum, entry) => sum + entry, 0);
  const moved = H.map((entry, k) => (k % (n + 1) === 0 ? entry - trace : entry));
  return lowestDirection(n, moved) ?? Float64Array.from({ length: n }, (_, i) => (i === 0 ? 1 : 0));
}

function curvatureConstants(
  context: CheckContext,
  { dy, dz, W, p, z, outputs }: ResidualPoint,
  a: readonly Interval[],
  isNull: boolean,
): [number, number] {
  const Wa = Array.from({ length: dy }, (_, k) =>
    a.reduce((sum, value, j) => A.add(sum, A.mul(ballEntry(W, k, j), value)), A.zero),
  );
  const first: Interval[][] = Array.from({ length: dy }, () => new Array<Interval>(dy).fill(A.zero));
  const second: Interval[][] = Array.from({ length: dz }, () => new Array<Interval>(dz).fill(A.zero));
  outputs.forEach((q, i) => {
    context.deadline.check();
    const curvature = lossHessian(context, q, i);
    const reach = A.pow(
      a.reduce((sum, value, j) => A.add(sum, A.mul(value, p[i]![j]!)), A.zero),
      2,
    );
    add(first, (k, l) => A.mul(reach, curvature[k]![l]!));
    if (isNull) return;
    const along = Wa.reduce(
      (sum, left, k) =>
        Wa.reduce((inner, right, l) => A.add(inner, A.mul(A.mul(left, right), curvature[k]![l]!)), sum),
      A.zero,
    );
    add(second, (k, l) => A.mul(along, A.mul(z[i]![k]!, z[i]![l]!)));
  });
  return [largestEigenvalueBound(balls(first, dy)), isNull ? 0 : largestEigenvalueBound(balls(second, dz))];
}

const add = (into: Interval[][], value: (k: number, l: number) => Interval): void => {
  for (const [k, row] of into.entries())
    for (const [l, entry] of row.entries()) row[l] = A.add(entry, value(k, l));
};

const ballEntry = (a: BallMatrix, i: number, j: number): Interval => {
  const k = i * a.cols + j;
  return A.add(A.float(a.mid[k]!), { lo: -a.rad[k]!, hi: a.rad[k]! });
};

/** λ_i ∇²ℓ_{y_i}(q), enclosed. Throws Inexpressible where ℓ may have no second derivative. */
function lossHessian({ instance }: CheckContext, q: readonly Interval[], i: number): Interval[][] {
  const D = dual(A);
  return q.map((_, k) => {
    const moved = q.map((value, j) => ({ value, tangent: j === k ? A.one : A.zero }));
    return lossAt(instance, D, moved, i)
      .gradient()
      .map(({ tangent }) => tangent);
  });
}

/** The rows and columns `places` of ∇²L(θ), enclosed: one gradient in dual intervals for each. */
function blockHessian(context: CheckContext, places: readonly number[]): BallMatrix {
  const D = dual(A);
  const base = context.interval.theta;
  const rows = places.map((k, row) => {
    const theta = base.map((value, j) => ({ value, tangent: j === k ? A.one : A.zero }));
    const { gradient } = context.over(D, theta, `Hessian in (W, R), row ${row + 1}`).summary();
    return places.map((j) => gradient[j]!.tangent);
  });
  // Both (i, j) and (j, i) hold the entry of the symmetric matrix.
  const n = places.length;
  const lo: number[] = [];
  const hi: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const [x, y] = [rows[i]![j]!, rows[j]![i]!];
      lo.push(Math.max(x.lo, y.lo));
      hi.push(Math.min(x.hi, y.hi));
    }
  }
  return ballsFromBounds(n, n, lo, hi);
}
