import { dual } from '../arithmetic/dual.ts';
import { type BallMatrix, ballsFromBounds, inflate, normUpperBound } from '../certified/ball-matrix.ts';
import { leastEigenvalueBound } from '../certified/eigenvalue-bound.ts';
import { type Interval, intervalArithmetic } from '../certified/interval.ts';
import { approximateInverse, inverseCholesky } from '../certified/inverse.ts';
import { krawczyk } from '../certified/krawczyk.ts';
import type { CheckContext, Place } from './check-context.ts';
import { fixesGauge, proposeGauge } from './gauge.ts';
import { balls, column, exactGradient, reasonOf } from './gradient.ts';
import type { Gauge } from './structure/symmetry.ts';
import { enclosedInterpolation } from './wide/interpolation.ts';

/** Hessians cost dθ gradients in dual intervals: beyond this nothing is tried. */
const HESSIAN_WORK = 40_000_000;
/** Only points this close to critical are worth a search, and only zeros this close to θ are the same point to a user. */
const NEARLY = 1e-6;

export function enclosingPlace(context: CheckContext, mode: 'auto' | 'given'): Place {
  const given: Place = { kind: 'given', point: context.interval };
  if (mode === 'given' || exactGradient(context).kind === 'zero') return given;
  const n = context.interval.theta.length;
  if (n === 0) return given;
  try {
    // Where both are to be had, Krawczyk's test says more: that θ* is alone.
    return enclosed(context) ?? enclosedInterpolation(context) ?? enclosed(context, proposeGauge) ?? given;
  } catch (error) {
    reasonOf(error);
    return given;
  }
}

/**
 * The one critical point in a box, by Krawczyk's test; with a gauge, the one whose fixed numbers are those of θ: the test is
 * for the other components of ∇L, and `fixesGauge` tells why those of the fixed numbers vanish too.
 */
function enclosed(
  context: CheckContext,
  propose?: (context: CheckContext) => Gauge | undefined,
): Place | undefined {
  if (context.work * context.interval.theta.length * 6 > HESSIAN_WORK) return undefined;
  const { gradient, loss } = context.interval.summary();
  const scale = loss instanceof Error ? 1 : 1 + loss.hi;
  if (!(normUpperBound(column(gradient)) <= NEARLY * scale)) return undefined;
  const gauge = propose?.(context);
  if (propose && !gauge) return undefined;
  return enclose(context, gradient, gauge);
}

function enclose(context: CheckContext, gradient: readonly Interval[], gauge?: Gauge): Place | undefined {
  const centre = context.interval.theta;
  const free = freeOf(centre.length, gauge?.fixed ?? []);
  const value = column(free.map((k) => gradient[k]!));
  const inverse = approximateInverse(free.length, hessian(context, centre, free).mid);
  if (!inverse) return undefined;
  const size = 1 + Math.max(...centre.map((entry) => Math.max(Math.abs(entry.lo), Math.abs(entry.hi))));
  let radii = newtonStep(inverse, value);
  for (let attempt = 0; attempt < 6; attempt++) {
    radii = radii.map((radius) => inflate(radius * 2 + 1e-18 * size));
    if (!(Math.max(...radii) <= NEARLY * size)) return undefined;
    const box = widened(centre, free, radii);
    const inner = krawczyk(value, hessian(context, box, free), inverse, radii);
    if (!inner) continue;
    if (gauge && !fixesGauge(context, gauge, box)) return undefined;
    const all = new Float64Array(centre.length);
    for (const [i, k] of free.entries()) all[k] = inner[i]!;
    return {
      kind: 'enclosed',
      by: 'krawczyk',
      ...(gauge ? { gauge } : {}),
      point: context.over(intervalArithmetic, widened(centre, free, inner), 'the box around θ*'),
      radii: all,
      radius: Math.max(...inner),
    };
  }
  return undefined;
}

/** The places in θ that are not held fixed. */
export function freeOf(n: number, fixed: readonly number[]): readonly number[] {
  const held = new Set(fixed);
  return Array.from({ length: n }, (_, k) => k).filter((k) => !held.has(k));
}

/** The box of these half-widths in the free numbers. */
export function widened(
  centre: readonly Interval[],
  free: readonly number[],
  radii: Float64Array,
): readonly Interval[] {
  const box = [...centre];
  for (const [i, k] of free.entries())
    box[k] = intervalArithmetic.add(box[k]!, { lo: -radii[i]!, hi: radii[i]! });
  return box;
}

/** |Y|·|value|: the size of one Newton step, with the uncertainty of the gradient. */
function newtonStep(inverse: Float64Array, value: BallMatrix): Float64Array {
  const n = value.rows;
  return Float64Array.from({ length: n }, (_, i) => {
    let mid = 0;
    let spread = 0;
    for (let j = 0; j < n; j++) {
      mid += inverse[i * n + j]! * value.mid[j]!;
      spread += Math.abs(inverse[i * n + j]!) * value.rad[j]!;
    }
    return Math.abs(mid) + spread;
  });
}

/** An enclosure of ∇²L over a box, by dθ gradients in dual intervals (forward over reverse), or of its block of some places. */
export function hessian(
  context: CheckContext,
  box: readonly Interval[],
  places: readonly number[] = box.map((_, k) => k),
): BallMatrix {
  const A = dual(intervalArithmetic);
  const zero = intervalArithmetic.zero;
  const rows: Interval[][] = [];
  for (const [i, k] of places.entries()) {
    const theta = box.map((entry, j) => ({ value: entry, tangent: j === k ? intervalArithmetic.one : zero }));
    const { gradient } = context.over(A, theta, `Hessian row ${i + 1} of ${places.length}`).summary();
    rows.push(places.map((j) => gradient[j]!.tangent));
  }
  return symmetric(balls(rows, places.length));
}

/** ∇²L is symmetric: entry (i,j) lies in both enclosures, so in the tighter one. */
function symmetric(a: BallMatrix): BallMatrix {
  const n = a.rows;
  const lo = new Float64Array(n * n);
  const hi = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const here = i * n + j;
      const there = j * n + i;
      const best =
        a.rad[here]! < a.rad[there]! || (a.rad[here] === a.rad[there] && here < there) ? here : there;
      lo[here] = a.mid[best]! - inflate(a.rad[best]! * (1 + 2 ** -50) + Math.abs(a.mid[best]!) * 2 ** -52);
      hi[here] = a.mid[best]! + inflate(a.rad[best]! * (1 + 2 ** -50) + Math.abs(a.mid[best]!) * 2 ** -52);
    }
  }
  return ballsFromBounds(n, n, lo, hi);
}

/** A lower bound of the eigenvalues of the block of ∇²L of the numbers not held fixed, over a box. Throws Inexpressible and AtKink. */
export function leastCurvature(
  context: CheckContext,
  box: readonly Interval[],
  fixed: readonly number[],
): number | undefined {
  const H = hessian(context, box, freeOf(box.length, fixed));
  return leastEigenvalueBound(H, inverseCholesky(H.rows, H.mid));
}
