import type { Rational } from '../../kernel/rational.ts';
import { type Assumption1Result, assumption1 } from '../../symbolic/assumption-1.ts';
import type { CheckContext } from '../check-context.ts';
import type { Obligation, Strategy } from '../strategy.ts';

/** The distinct rows of targets: ℓ(·, y) is one function for each. */
export function distinctTargets({ instance }: CheckContext): Rational[][] {
  const dy = instance.model.outputs;
  const rows = new Map<string, Rational[]>();
  for (let i = 0; i < instance.m; i++) {
    const row = Array.from({ length: dy }, (_, k) => instance.targets.rational(i * dy + k));
    rows.set(row.join(), row);
  }
  return [...rows.values()];
}

const known = new WeakMap<CheckContext, Promise<Assumption1Result>>();

/** Assumption 1 for the targets of an instance, computed once. */
export function convexity(context: CheckContext): Promise<Assumption1Result> {
  const before = known.get(context);
  if (before) return before;
  const answer = assumption1(context.instance.loss, distinctTargets(context), {
    deadlineMs: Math.min(context.deadline.left(), 20_000),
    ...(context.helpers.solver === undefined ? {} : { solver: context.helpers.solver }),
  });
  known.set(context, answer);
  return answer;
}

/** Curvature rules, then sums of squares, z3 and intervals; an exact witness when convexity or differentiability fails. */
const curvature: Strategy = {
  name: 'convexity and differentiability of the loss',
  tier: 'symbolic',
  run: convexity,
};

export const assumption1Obligation: Obligation = { id: 'assumption-1', strategies: [curvature] };
