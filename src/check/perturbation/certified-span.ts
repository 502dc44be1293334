import type { BallMatrix } from '../../certified/ball-matrix.ts';
import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import { rankLowerBound } from '../../certified/rank-bound.ts';
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
