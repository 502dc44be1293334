import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import { polynomialArithmetic } from '../../exact/polynomial-arithmetic.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { lossOf } from '../point.ts';
import { curves, type Terms } from './curves.ts';

/** θ(s) = θ + Σ coefficient·s^power e_k: L(θ(s)) − L(θ) = change(s), negative for all small s > 0. */
export interface DescentCurve {
  readonly terms: Terms;
  /** coefficients of L(θ(s)) − L(θ), from s^0 */
  readonly change: readonly Rational[];
}

const MOST_CURVES = 4_000;
const MOST_WORK = 3_000_000;

/**
 * An explicit descent along a polynomial curve, searched among `curves`, and decided exactly: the lowest term of
 * L(θ(s)) − L(θ) is negative. Replayed by evaluating L in plain rationals at small s.
 */
export function descentCurve(context: CheckContext): DescentCurve | undefined {
  if (!context.exact) return undefined;
  const A = polynomialArithmetic(rationalArithmetic);
  let work = 0;
  let count = 0;
  for (const terms of curves(context)) {
    count++;
    work += context.work;
    if (count > MOST_CURVES || work > MOST_WORK || context.deadline.expired()) return undefined;
    const theta = context.exact.theta.map((value) => A.rational(value));
    for (const { index, coefficient, power } of terms) {
      const term = new Array<Rational>(power + 1).fill(Rational.zero);
      term[power] = coefficient;
      theta[index] = A.add(theta[index]!, term);
    }
    let value: readonly Rational[];
    try {
      value = lossOf(context.problem, A, theta);
    } catch (error) {
      if (error instanceof Inexpressible) return undefined;
      throw error;
    }
    const change = [Rational.zero, ...value.slice(1)];
    const lowest = change.find((entry) => !entry.isZero);
    if (lowest && lowest.sign < 0 && replays(context, { terms, change })) return { terms, change };
  }
  return undefined;
}

/** L(θ(s)) < L(θ) by plain rational evaluation at small s = 2⁻ᵏ, and equal there to what the polynomial says. */
export function replays(context: CheckContext, { terms, change }: DescentCurve): boolean {
  const base = context.exact!.theta;
  const start = lossOf(context.problem, rationalArithmetic, base);
  return [40, 80, 160].every((k) => {
    const s = new Rational(1n, 1n << BigInt(k));
    const theta = [...base];
    for (const { index, coefficient, power } of terms) {
      theta[index] = theta[index]!.add(coefficient.mul(s.pow(power)));
    }
    const value = lossOf(context.problem, rationalArithmetic, theta);
    const claimed = change.reduceRight((sum, entry) => sum.mul(s).add(entry), Rational.zero);
    return value.sub(start).equals(claimed) && (k < 160 || value.cmp(start) < 0);
  });
}
