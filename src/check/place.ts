import { dual } from '../arithmetic/dual.ts';
import { type BallMatrix, ballsFromBounds, inflate, normUpperBound } from '../certified/ball-matrix.ts';
import { type Interval, intervalArithmetic } from '../certified/interval.ts';
import { approximateInverse } from '../certified/inverse.ts';
import { krawczyk } from '../certified/krawczyk.ts';
import type { CheckContext, Place } from './check-context.ts';
import { balls, column, exactGradient, reasonOf } from './gradient.ts';
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
    return isolated(context) ?? enclosedInterpolation(context) ?? given;
  } catch (error) {
    reasonOf(error);
    return given;
  }
}

/** The one critical point in a box, by Krawczyk's test. */
function isolated(context: CheckContext): Place | undefined {
  if (context.work * context.interval.theta.length * 6 > HESSIAN_WORK) return undefined;
  const { gradient, loss } = context.interval.summary();
  const value = column(gradient);
  const scale = loss instanceof Error ? 1 : 1 + loss.hi;
  if (!(normUpperBound(value) <= NEARLY * scale)) return undefined;
  return enclose(context, value);
}

function enclose(context: CheckContext, value: BallMatrix): Place | undefined {
  const centre = context.interval.theta;
  const n = centre.length;
  const atPoint = hessian(context, centre);
  const inverse = approximateInverse(n, atPoint.mid);
  if (!inverse) return undefined;
  const size = 1 + Math.max(...centre.map((entry) => Math.max(Math.abs(entry.lo), Math.abs(entry.hi))));
  let radii = newtonStep(inverse, value);
  for (let attempt = 0; attempt < 6; attempt++) {
    radii = radii.map((radius) => inflate(radius * 2 + 1e-18 * size));
    if (!(Math.max(...radii) <= NEARLY * size)) return undefined;
    const box = centre.map((entry, k) => widen(entry, radii[k]!));
    const inner = krawczyk(value, hessian(context, box), inverse, radii);
    if (inner) {
      const tight = centre.map((entry, k) => widen(entry, inner[k]!));
      return {
        kind: 'enclosed',
        by: 'krawczyk',
        point: context.over(intervalArithmetic, tight, 'the box around θ*'),
        radii: inner,
        radius: Math.max(...inner),
      };
    }
  }
  return undefined;
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

const widen = (entry: Interval, radius: number): Interval =>
  intervalArithmetic.add(entry, { lo: -radius, hi: radius });

/** An enclosure of ∇²L over a box, by dθ gradients in dual intervals (forward over reverse). */
export function hessian(context: CheckContext, box: readonly Interval[]): BallMatrix {
  const n = box.length;
  const A = dual(intervalArithmetic);
  const zero = intervalArithmetic.zero;
  const rows: Interval[][] = [];
  for (let k = 0; k < n; k++) {
    const theta = box.map((entry, j) => ({ value: entry, tangent: j === k ? intervalArithmetic.one : zero }));
    const { gradient } = context.over(A, theta, `Hessian row ${k + 1} of ${n}`).summary();
    rows.push(gradient.map((entry) => entry.tangent));
  }
  const matrix = balls(rows, n);
  return symmetric(matrix);
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
