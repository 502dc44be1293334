import type { BallMatrix } from '../../certified/ball-matrix.ts';
import { multiply, transpose } from '../../certified/ball-matrix.ts';
import { leastEigenvalueBound } from '../../certified/eigenvalue-bound.ts';
import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import { inverseCholesky } from '../../certified/inverse.ts';
import type { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { balls } from '../gradient.ts';
import { type CertifiedSegment, certifiedSegments } from './certified-segments.ts';

/** What is proved of Ẽ_ε by intervals, at every point of the place of the report. Dimensions are lower bounds. */
export interface CertifiedSpan {
  readonly tangent: number;
  readonly perturbed: number;
  /** the segments of the fibre whose ends enlarge the span */
  readonly members: readonly CertifiedSegment[];
  /** every segment of the fibre that was proved */
  readonly segments: readonly CertifiedSegment[];
}

const MOST_ENTRIES = 60_000;
const MOST_RANK = 160;
const MOST_COLUMNS = 1_200;

const spans = new WeakMap<CheckContext, Map<string, CertifiedSpan | undefined>>();

/** Undefined where J(θ) is too large, cannot be enclosed or may not exist. Computed once for each ε. */
export function certifiedSpan(context: CheckContext, epsilon: Rational): CertifiedSpan | undefined {
  const known = spans.get(context) ?? new Map<string, CertifiedSpan | undefined>();
  spans.set(context, known);
  const key = `${epsilon}`;
  if (!known.has(key))
    known.set(
      key,
      expressed(() => build(context, epsilon)),
    );
  return known.get(key);
}

function build(context: CheckContext, epsilon: Rational): CertifiedSpan | undefined {
  const { m, model, trainableIndices } = context.instance;
  const n = trainableIndices.length;
  const of = m * model.outputs;
  if (of * n > MOST_ENTRIES || n === 0 || Math.min(of, n) > MOST_RANK) return undefined;
  let columns = balls(context.place().point.jacobian(), n);
  const tangent = rankLowerBound(columns);
  let perturbed = tangent;
  const members: CertifiedSegment[] = [];
  // With full column rank θ is alone on its fibre; with full row rank nothing is left to gain.
  const segments = tangent < Math.min(of, n) ? certifiedSegments(context, epsilon) : [];
  for (const segment of segments) {
    if (perturbed === of || context.deadline.expired() || columns.cols + n > MOST_COLUMNS) break;
    const J = jacobianAt(context, epsilon, segment.v);
    if (!J) continue;
    const wider = besideBalls(columns, balls(J, n));
    const grown = rankLowerBound(wider);
    if (!(grown > perturbed)) continue;
    [columns, perturbed] = [wider, grown];
    members.push(segment);
  }
  return { tangent, perturbed, members, segments };
}

function jacobianAt(
  context: CheckContext,
  epsilon: Rational,
  v: readonly Rational[],
): readonly (readonly Interval[])[] | undefined {
  const A = intervalArithmetic;
  return expressed(() => {
    const theta = context
      .place()
      .point.theta.map((entry, k) => (v[k]!.isZero ? entry : A.add(entry, A.rational(epsilon.mul(v[k]!)))));
    return context.over(A, theta, 'a point of the fibre').jacobian();
  });
}

function besideBalls(a: BallMatrix, b: BallMatrix): BallMatrix {
  const cols = a.cols + b.cols;
  const join = (left: Float64Array, right: Float64Array): Float64Array => {
    const joined = new Float64Array(a.rows * cols);
    for (let i = 0; i < a.rows; i++) {
      joined.set(left.subarray(i * a.cols, (i + 1) * a.cols), i * cols);
      joined.set(right.subarray(i * b.cols, (i + 1) * b.cols), i * cols + a.cols);
    }
    return joined;
  };
  return { rows: a.rows, cols, mid: join(a.mid, b.mid), rad: join(a.rad, b.rad) };
}

/**
 * A number r such that every matrix inside `a` has rank at least r. Columns are picked in float64, each divided by a power
 * of two near its norm; what they prove is that the Gram matrix of the picked ones, enclosed, has positive eigenvalues.
 */
export function rankLowerBound(a: BallMatrix): number {
  let picked = pickColumns(a);
  while (picked.length > 0) {
    const part = scaledColumns(a, picked);
    const gram = multiply(transpose(part), part);
    const proposal = inverseCholesky(gram.rows, gram.mid);
    const bound = proposal && leastEigenvalueBound(gram, proposal);
    if (bound !== undefined && bound > 0) return picked.length;
    // The last picked are the least independent.
    picked = picked.slice(0, picked.length > 8 ? Math.floor(picked.length * 0.8) : picked.length - 1);
  }
  return 0;
}

/** Columns in the order of pivoted Gram–Schmidt on unit columns, in float64: a proposal. */
function pickColumns({ rows, cols, mid }: BallMatrix): number[] {
  const work = Array.from({ length: cols }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => mid[i * cols + j]!),
  );
  for (const column of work) {
    const size = Math.hypot(...column);
    if (size > 0 && Number.isFinite(size)) for (let i = 0; i < rows; i++) column[i]! /= size;
  }
  const left = new Set(work.keys());
  const chosen: number[] = [];
  while (chosen.length < Math.min(rows, cols)) {
    let best = -1;
    let most = 1e-20;
    for (const j of left) {
      const size = dot(work[j]!, work[j]!);
      if (size > most) [best, most] = [j, size];
    }
    if (best < 0) break;
    left.delete(best);
    chosen.push(best);
    const direction = work[best]!;
    for (const j of left) {
      const factor = dot(direction, work[j]!) / most;
      for (let i = 0; i < rows; i++) work[j]![i]! -= factor * direction[i]!;
    }
  }
  return chosen;
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** The columns, each times a power of two, which changes no rank: exact in float64 but for underflow, which is covered. */
function scaledColumns(a: BallMatrix, picked: readonly number[]): BallMatrix {
  const cols = picked.length;
  const mid = new Float64Array(a.rows * cols);
  const rad = new Float64Array(a.rows * cols);
  picked.forEach((j, k) => {
    let size = 0;
    for (let i = 0; i < a.rows; i++) size = Math.max(size, Math.abs(a.mid[i * a.cols + j]!));
    const exponent = Math.max(-1000, Math.min(1000, -Math.floor(Math.log2(size))));
    const factor = 2 ** exponent;
    for (let i = 0; i < a.rows; i++) {
      mid[i * cols + k] = a.mid[i * a.cols + j]! * factor;
      rad[i * cols + k] = a.rad[i * a.cols + j]! * factor * (1 + 2 ** -50) + 4 * Number.MIN_VALUE;
    }
  });
  return { rows: a.rows, cols, mid, rad };
}
