import { differentiableLoss } from '../../symbolic/smoothness.ts';
import type { Obligation, Strategy } from '../strategy.ts';
import { convexity } from './assumption-1.ts';

/** Lemma 2 needs the first half of Assumption 1 only: ℓ(·, y_i) differentiable, convex or not. */
const smoothness: Strategy = {
  name: 'differentiability of the loss',
  tier: 'symbolic',
  run({ instance }) {
    const certificate = differentiableLoss(instance.loss);
    return certificate
      ? {
          status: 'holds',
          tier: 'symbolic',
          detail: 'ℓ(·, y) is differentiable by the rules of composition',
          certificate,
        }
      : { declined: 'the rules of composition do not show that ℓ(·, y) is differentiable' };
  },
};

const bothHalves: Strategy = {
  name: 'Assumption 1',
  tier: 'symbolic',
  async run(context) {
    const answer = await convexity(context);
    if (answer.status === 'holds') return answer;
    const kind = answer.witness?.refutation.kind;
    return answer.status === 'fails' && (kind === 'not differentiable' || kind === 'not defined')
      ? answer
      : { declined: 'whether ℓ(·, y) is differentiable could not be decided' };
  },
};

export const lossDifferentiable: Obligation = {
  id: 'loss-differentiable',
  strategies: [smoothness, bothHalves],
};
