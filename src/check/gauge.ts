import { type Interval, intervalArithmetic } from '../certified/interval.ts';
import { rankLowerBound } from '../certified/rank-bound.ts';
import type { CheckContext } from './check-context.ts';
import { expressed } from './expressed.ts';
import { balls } from './gradient.ts';
import { velocity, velocityAt } from './structure/flows.ts';
import { isSymmetry, symmetries } from './structure/symmetries.ts';
import type { Gauge, Symmetry } from './structure/symmetry.ts';

/** A pivot smaller than this, of velocities of length 1, counts as a dependence. */
const DEPENDENT = 1e-6;

/** As many symmetries as seem independent at θ, and for each a number that it moves: complete pivoting in float64, a proposal. */
export function proposeGauge(context: CheckContext): Gauge | undefined {
  const known = expressed(() => symmetries(context)) ?? [];
  const rows = known.map((symmetry) => {
    const v = velocity(context, symmetry)!.map((entry) => entry.toNumber());
    const size = Math.hypot(...v);
    return v.map((entry) => entry / size);
  });
  const chosen: Symmetry[] = [];
  const fixed: number[] = [];
  const left = new Set(rows.keys());
  while (left.size > 0) {
    let [row, column, most] = [-1, -1, DEPENDENT];
    for (const i of left) {
      rows[i]!.forEach((entry, k) => {
        if (Math.abs(entry) > most) [row, column, most] = [i, k, Math.abs(entry)];
      });
    }
    if (row < 0) break;
    left.delete(row);
    chosen.push(known[row]!);
    fixed.push(column);
    const pivot = rows[row]!;
    for (const i of left) {
      const factor = rows[i]![column]! / pivot[column]!;
      if (factor !== 0) rows[i] = rows[i]!.map((entry, k) => (k === column ? 0 : entry - factor * pivot[k]!));
    }
  }
  return chosen.length === 0 ? undefined : { symmetries: chosen, fixed };
}

/**
 * Whether the flows leave f_X as it is next to every point of the box, which holds θ, and the numbers held fixed tell the
 * directions of the orbit apart there: the velocities ξ_j(θ′), restricted to them, form a nonsingular matrix. Then for every
 * θ′ of the box
 * (1) ∂_k L(θ′) = 0 for all k that are free gives ∇L(θ′) = 0: L is constant along the flows, so ξ_j(θ′)·∇L(θ′) = 0, which is
 *     a nonsingular system for the other components;
 * (2) the free directions and the velocities span R^n together: if ∂_k L(θ′) = 0 for all free k and the block of ∇²L(θ′) of
 *     the free k is positive definite, θ′ is a local minimum of L, since (s, t) ↦ g_1(s_1)⋯g_k(s_k)(θ′ + t), t free, has an
 *     invertible derivative at 0 and L takes the values L(θ′ + t) there (the slice of a Morse–Bott minimum).
 * Symmetries of units with equal slopes rest on the signs of kinks at θ, which are the same on the box. Throws Inexpressible.
 */
export function fixesGauge(
  context: CheckContext,
  { symmetries: claimed, fixed }: Gauge,
  box: readonly Interval[],
): boolean {
  const { instance } = context;
  const A = intervalArithmetic;
  const known = new Set(fixed);
  if (known.size !== claimed.length || fixed.length !== claimed.length) return false;
  if (!fixed.every((k) => k < box.length) || !claimed.every((each) => isSymmetry(context, each)))
    return false;
  const margins = context.over(A, box, 'the box around θ*').margins();
  const keep = margins.every(({ margin }) => {
    const sign = A.sign(margin.argument);
    return margin.needs === 'positive' ? sign === 1 : sign === 1 || sign === -1;
  });
  if (!keep) return false;
  const position = new Map(Array.from(instance.trainableIndices, (index, k) => [index, k] as const));
  const value = (index: number): Interval => {
    const k = position.get(index);
    return k === undefined ? A.rational(instance.parameters.rational(index)) : box[k]!;
  };
  const rows: Interval[][] = [];
  for (const symmetry of claimed) {
    const v = velocityAt(context, A, symmetry, value);
    if (!v) return false;
    rows.push(fixed.map((k) => v[k]!));
  }
  return rankLowerBound(balls(rows, fixed.length)) === fixed.length;
}
