import {
  type BallMatrix,
  exactBalls,
  inflate,
  multiply,
  normUpperBound,
  transpose,
} from '../../certified/ball-matrix.ts';
import { leastEigenvalueBound } from '../../certified/eigenvalue-bound.ts';
import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import { inverseCholesky } from '../../certified/inverse.ts';
import type { CheckContext } from '../check-context.ts';
import { column } from '../gradient.ts';
import { lossAt } from '../point.ts';
import { lossHessianAt } from './sample-losses.ts';

/** inf F over R^r with F(z) = Σ λ_i ℓ_{y_i}((Bz)_i): a rigorous enclosure, attained within `radius` of z. */
export interface InfimumEnclosure {
  readonly lower: number;
  readonly upper: number;
  /** ‖z* − z‖ of the minimiser z* */
  readonly radius: number;
  /** a lower bound of the curvature of F on the ball */
  readonly curvature: number;
}

/** F at one point, rigorously: an upper bound of the infimum whatever else holds. */
export function valueAt(context: CheckContext, basis: BallMatrix, z: Float64Array): Interval {
  const A = intervalArithmetic;
  const outputs = multiply(basis, exactBalls(z.length, 1, z));
  let sum: Interval = A.zero;
  const dy = context.instance.model.outputs;
  for (let i = 0; i < context.instance.m; i++) {
    sum = A.add(sum, lossAt(context.instance, A, sampleIntervals(outputs, i, dy), i).value());
  }
  return sum;
}

/**
 * If F has ∇F(z) = g and ∇²F ≥ c·I on the ball of radius R around z with ‖g‖ < cR, then F has its one minimiser in the
 * ball and F(z) − ‖g‖²/(2c) ≤ inf F ≤ F(z): along any unit u, F(z+tu) ≥ F(z) − ‖g‖t + ct²/2 up to t = R, with
 * positive slope there, and convexity carries that outwards. Undefined when c > 0 or ‖g‖ < cR cannot be shown.
 * Needs F convex everywhere (Assumption 1). Cost: O(m·dy·r²) ball operations per attempt.
 */
export function encloseInfimum(
  context: CheckContext,
  basis: BallMatrix,
  z: Float64Array,
): InfimumEnclosure | undefined {
  const { instance } = context;
  const A = intervalArithmetic;
  const dy = instance.model.outputs;
  const r = basis.cols;
  const outputs = multiply(basis, exactBalls(r, 1, z));
  const forces: Interval[] = [];
  let value: Interval = A.zero;
  for (let i = 0; i < instance.m; i++) {
    context.deadline.check();
    const sample = lossAt(instance, A, sampleIntervals(outputs, i, dy), i);
    value = A.add(value, sample.value());
    forces.push(...sample.gradient());
  }
  const slope = normUpperBound(multiply(transpose(basis), column(forces)));
  const size = 1 + Math.hypot(...z);
  for (const reach of [1e-8 * size, 1e-3 * size]) {
    const R = Math.max(reach, 8 * slope);
    const curvature = curvatureOn(context, basis, z, R);
    if (curvature === undefined || !(curvature > 0)) continue;
    const radius = inflate(slope / curvature);
    if (!(radius < R)) continue;
    const drop = inflate((slope * slope) / (2 * curvature));
    return { lower: A.sub(value, { lo: 0, hi: drop }).lo, upper: value.hi, radius, curvature };
  }
  return undefined;
}

/** A lower bound of the eigenvalues of ∇²F on the ball of radius R around z. */
function curvatureOn(
  context: CheckContext,
  basis: BallMatrix,
  z: Float64Array,
  R: number,
): number | undefined {
  const { instance } = context;
  const dy = instance.model.outputs;
  const r = basis.cols;
  const box: BallMatrix = { rows: r, cols: 1, mid: z, rad: new Float64Array(r).fill(R) };
  const outputs = multiply(basis, box);
  const mid = new Float64Array(basis.mid.length);
  const rad = new Float64Array(basis.rad.length);
  for (let i = 0; i < instance.m; i++) {
    context.deadline.check();
    const entries = lossHessianAt(instance, intervalArithmetic, sampleIntervals(outputs, i, dy), i);
    const block = multiply(
      { ...column(entries), rows: dy, cols: dy },
      {
        rows: dy,
        cols: r,
        mid: basis.mid.subarray(i * dy * r, (i + 1) * dy * r),
        rad: basis.rad.subarray(i * dy * r, (i + 1) * dy * r),
      },
    );
    mid.set(block.mid, i * dy * r);
    rad.set(block.rad, i * dy * r);
  }
  const hessian = multiply(transpose(basis), { rows: basis.rows, cols: r, mid, rad });
  return leastEigenvalueBound(hessian, inverseCholesky(r, hessian.mid));
}

export function sampleIntervals(outputs: BallMatrix, i: number, dy: number): Interval[] {
  return Array.from({ length: dy }, (_, k) => {
    const mid = outputs.mid[i * dy + k]!;
    const rad = outputs.rad[i * dy + k]!;
    return intervalArithmetic.add({ lo: mid, hi: mid }, { lo: -rad, hi: rad });
  });
}
