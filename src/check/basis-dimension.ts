import { Inexpressible } from '../arithmetic/arithmetic.ts';
import { rank } from '../exact/linear-algebra.ts';
import { AtKink } from '../symbolic/derivative.ts';
import type { CheckContext } from './check-context.ts';
import { TimeLimit } from './deadline.ts';
import { lazy } from './lazy.ts';
import type { Tier } from './report.ts';
import { exactJacobian, numericalRankOfJacobian } from './right-hand-side/span.ts';

export interface BasisDimension {
  readonly rank: number;
  readonly tier: Tier;
}

const known = new WeakMap<CheckContext, () => BasisDimension | undefined>();

/** dim range J(θ), the dimension of the gradient basis: exactly over Q, else numerically; undefined when J is too large. */
export function basisDimension(context: CheckContext): BasisDimension | undefined {
  let compute = known.get(context);
  if (!compute) {
    compute = lazy(() => dimension(context));
    known.set(context, compute);
  }
  return compute();
}

function dimension(context: CheckContext): BasisDimension | undefined {
  try {
    const J = exactJacobian(context);
    if (J) return { rank: rank(J).rank, tier: 'exact' };
    return { rank: numericalRankOfJacobian(context), tier: 'numeric' };
  } catch (error) {
    if (error instanceof Inexpressible || error instanceof AtKink || error instanceof TimeLimit)
      return undefined;
    throw error;
  }
}
