import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { rationalIntervals } from '../../exact/rational-interval.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { forcesAt, outputsAt } from './forces.ts';

const MOST_WORK = 200_000;
const RADII = [2, 6, 20];

/** The radius of a box around θ on which every output moves only where its force does not want it; see `pushedBack`. */
export function signOnBox(context: CheckContext): Rational | undefined {
  if (!context.exact || context.work > MOST_WORK) return undefined;
  return RADII.map((k) => new Rational(1n, 1n << BigInt(k))).find((radius) => pushedBack(context, radius));
}

/**
 * On the box |θ′_k − θ_k| ≤ radius interval evaluation in rationals shows G_ij (f_ij(θ′) − f_ij(θ)) ≥ 0 for every sample
 * and output. For convex losses θ is then a local minimum, by the gradient inequality; f may have kinks. Throws Inexpressible.
 */
export function pushedBack(context: CheckContext, radius: Rational): boolean {
  const { exact } = context;
  if (!exact || !(radius.sign > 0)) return false;
  const outputs = outputsAt(context, rationalArithmetic, exact.theta);
  const forces = forcesAt(context, rationalArithmetic, exact.theta);
  const A = rationalIntervals(rationalArithmetic);
  const box = exact.theta.map((value) => ({ lo: value.sub(radius), hi: value.add(radius) }));
  const around = outputsAt(context, A, box);
  return forces.every((row, i) =>
    row.every((force, j) => {
      const here = outputs[i]![j]!;
      const { lo, hi } = around[i]![j]!;
      if (force.sign > 0) return lo.cmp(here) >= 0;
      return force.sign === 0 || hi.cmp(here) <= 0;
    }),
  );
}
