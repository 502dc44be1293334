import { boundsOfTheorem2 } from '../robust/index.ts';
import { perturbedResult } from './perturbed-result.ts';
import type { CheckableResult } from './result.ts';

/** Theorem 2 (§3.3): a local minimum is optimal over its perturbed gradient basis. */
export const theorem2: CheckableResult = {
  id: 'theorem-2',
  obligations: ['assumption-1', 'assumption-2', 'differentiable-nearby', 'local-minimum'],
  appliesTo: () => true,
  async check(context, shared) {
    const convex = await shared.discharge('assumption-1');
    const represented = await shared.discharge('assumption-2');
    const nearby = await shared.discharge('differentiable-nearby');
    const localMinimum = await shared.discharge('local-minimum');
    return perturbedResult(context, {
      result: 'theorem-2',
      hypotheses: [convex, represented, nearby, localMinimum],
      convex,
      localMinimum,
      contained: represented.status === 'holds' ? represented.tier : undefined,
      features: () => [],
      robust: await boundsOfTheorem2(context, convex, represented, localMinimum),
      meaning: {
        holds:
          'No combination of the partial derivatives of the model at θ and at nearby points of its fibre (where f keeps its values on the data) fits the data better than the model itself.',
        'not-applicable': 'Theorem 2 says nothing here: a hypothesis fails.',
        undecided: 'Theorem 2 is not established at this point.',
        contradiction:
          'Every hypothesis holds and the conclusion fails: a bug in everymin or in the paper; please report it.',
      },
    });
  },
};
