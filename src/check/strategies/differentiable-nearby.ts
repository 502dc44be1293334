import { boundText } from '../../arithmetic/decimal.ts';
import type { CheckContext } from '../check-context.ts';
import { whereDefined } from '../defined.ts';
import type { Obligation, Outcome, Strategy } from '../strategy.ts';
import { keepsSigns } from '../structure/ball.ts';
import { kinkNearby } from '../structure/kinks-nearby.ts';
import { described, differentiable } from './differentiable.ts';

/** Differentiable at θ by construction means everywhere; away from every kink means on a ball. */
const fromPoint: Strategy = {
  name: 'differentiability at θ',
  tier: 'symbolic',
  async run(context) {
    const declined: string[] = [];
    for (const strategy of differentiable.strategies) {
      const answer = await strategy.run(context);
      if ('declined' in answer) {
        declined.push(answer.declined);
        continue;
      }
      if (answer.status === 'fails') return { ...answer, detail: `θ itself is a kink: ${answer.detail}` };
      if (answer.status === 'undecided') return answer;
      if (strategy.name === 'one-sided derivatives at kinks') {
        return (
          kinkOnPath(context) ?? {
            status: 'undecided',
            tier: 'exact',
            detail: 'f is differentiable at θ, which lies on kinks that cancel there; nearby they may not',
          }
        );
      }
      const radius = answer.tier === 'symbolic' ? undefined : ballRadius(context);
      return {
        status: 'holds',
        tier: answer.tier,
        detail:
          answer.tier === 'symbolic'
            ? `${answer.detail}, so everywhere`
            : `${answer.detail}; so on a ball${radius === undefined ? '' : `, of radius at least ${boundText(radius, 'down')}`}`,
        ...(radius === undefined ? {} : { figures: { radius: { lower: radius } } }),
      };
    }
    return kinkOnPath(context) ?? { declined: declined.join('; ') };
  },
};

/** Points next to θ, on a straight path from it, at which f is not differentiable. */
function kinkOnPath(context: CheckContext): Outcome | undefined {
  if (context.place().kind !== 'given') return undefined;
  const found = kinkNearby(context);
  if (!found) return undefined;
  const { sample, path, direction } = found;
  return {
    status: 'fails',
    tier: 'exact',
    detail: `f(x; θ + sv) has a kink for sample ${sample} at every small s > 0, v = (${described(context, path)}): the one-sided slopes along ±(${described(context, direction)}) do not match`,
    witness: { kind: 'kink-nearby', sample, path: path.map(String), direction: direction.map(String) },
  };
}

/** The largest tried 2^−k such that interval evaluation shows every argument of a kink to keep its sign on the box. */
function ballRadius(context: CheckContext): number | undefined {
  for (let k = 0; k <= 30; k += 2) {
    if (context.deadline.expired()) return undefined;
    const radius = 2 ** -k;
    if (keepsSigns(context, context.place().point.theta, radius)) return radius;
  }
  return undefined;
}

export const differentiableNearby: Obligation = {
  id: 'differentiable-nearby',
  strategies: [whereDefined(fromPoint)],
};
