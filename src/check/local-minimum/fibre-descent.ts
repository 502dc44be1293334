import { polynomialArithmetic } from '../../exact/polynomial-arithmetic.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { directions } from '../perturbation/directions.ts';
import { pullAlong } from '../perturbation/segment.ts';
import { lossOf } from '../point.ts';
import { type DescentCurve, replays } from './descent-curve.ts';

const MOST_SEGMENTS = 1_500;
const MOST_WORK = 3_000_000;
const MOST_POWER = 12;

/**
 * The contrapositive of Lemma 3: f_X, and so L, stays on the segment θ + sv, and ∂L/∂θ_k = cs^d + … is not zero there.
 * Then L falls on s ↦ θ + sv − sign(c) s^N e_k once N > d, since the change is −|c| s^(d+N) + O(s^(2N)).
 */
export function fibreDescent(context: CheckContext): DescentCurve | undefined {
  const { exact } = context;
  if (!exact) return undefined;
  const A = polynomialArithmetic(rationalArithmetic);
  let work = 0;
  let count = 0;
  for (const v of directions(context)) {
    work += context.work;
    if (++count > MOST_SEGMENTS || work > MOST_WORK || context.deadline.expired()) return undefined;
    const pull = pullAlong(context, v);
    if (typeof pull !== 'object') continue;
    const order = pull.derivative.findIndex((entry) => !entry.isZero);
    const power = order + 1;
    if (power > MOST_POWER) continue;
    const terms = [
      ...v.flatMap((coefficient, index) => (coefficient.isZero ? [] : [{ index, coefficient, power: 1 }])),
      { index: pull.index, coefficient: Rational.integer(-pull.derivative[order]!.sign), power },
    ];
    const theta = exact.theta.map((value) => A.rational(value));
    for (const { index, coefficient, power: exponent } of terms) {
      const term = new Array<Rational>(exponent + 1).fill(Rational.zero);
      term[exponent] = coefficient;
      theta[index] = A.add(theta[index]!, term);
    }
    const value = expressed(() => lossOf(context.problem, A, theta));
    if (!value) continue;
    const change = [Rational.zero, ...value.slice(1)];
    const lowest = change.find((entry) => !entry.isZero);
    if (lowest && lowest.sign < 0 && replays(context, { terms, change })) return { terms, change };
  }
  return undefined;
}
