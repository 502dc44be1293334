import { Inexpressible } from '../arithmetic/arithmetic.ts';
import type { Interval } from '../certified/interval.ts';
import { intervalArithmetic } from '../certified/interval.ts';
import type { Rational } from '../kernel/rational.ts';
import { AtKink } from '../symbolic/derivative.ts';
import type { CheckContext } from './check-context.ts';
import type { Quantity, Tier } from './report.ts';

/** A number that the report claims, with what it is known by. */
export interface Known {
  readonly quantity: Quantity;
  readonly exact?: Rational;
  readonly enclosure?: Interval;
  readonly tier: Tier;
}

/** The float64 numbers on both sides of an exact one; undefined beyond the range of float64. */
export function enclosureOf(value: Rational): Interval | undefined {
  try {
    return intervalArithmetic.rational(value);
  } catch (error) {
    if (error instanceof Inexpressible) return undefined;
    throw error;
  }
}

export function exactly(value: Rational): Known {
  const enclosure = enclosureOf(value);
  return {
    quantity: { exact: value.toString() },
    exact: value,
    ...(enclosure ? { enclosure } : {}),
    tier: 'exact',
  };
}

export const enclosed = (value: Interval): Known => ({
  quantity: { lower: value.lo, upper: value.hi },
  enclosure: value,
  tier: 'certified',
});

/** L(θ) at the given θ: exactly, as an enclosure, or in float64; undefined when none can be had. */
export function lossValue(context: CheckContext): Known | undefined {
  const attempts: (() => Known | undefined)[] = [
    () => context.exact && exactly(context.exact.loss()),
    () => enclosed(context.interval.loss()),
    () => {
      const loss = context.float.loss();
      return { quantity: { approx: loss, residual: Math.abs(loss) * 1e-12 }, tier: 'numeric' };
    },
  ];
  for (const attempt of attempts) {
    try {
      const found = attempt();
      if (found) return found;
    } catch (error) {
      if (!(error instanceof Inexpressible || error instanceof AtKink)) throw error;
    }
  }
  return undefined;
}
