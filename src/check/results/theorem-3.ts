import { construction } from '../construction/index.ts';
import { boundsOfTheorem3 } from '../robust/index.ts';
import { columns, inputColumns } from '../structure/image-subspace.ts';
import { exactOutputs } from '../structure/network-values.ts';
import { perturbedResult } from './perturbed-result.ts';
import type { CheckableResult } from './result.ts';

/** Theorem 3 (§4.2, eq. 4.2): residual networks. */
export const theorem3: CheckableResult = {
  id: 'theorem-3',
  obligations: ['assumption-1', 'dimensions', 'differentiable-nearby', 'local-minimum'],
  appliesTo: ({ model }) => model.residual !== undefined,
  async check(context, shared) {
    const convex = await shared.discharge('assumption-1');
    const sizes = await shared.discharge('dimensions');
    const nearby = await shared.discharge('differentiable-nearby');
    const localMinimum = await shared.discharge('local-minimum');
    return perturbedResult(context, {
      result: 'theorem-3',
      hypotheses: [convex, sizes, nearby, localMinimum],
      convex,
      localMinimum,
      contained: 'exact',
      features: () => [
        ...inputColumns(context),
        ...columns(exactOutputs(context, context.instance.model.residual!.branch())),
      ],
      construction: () => construction(context, undefined, convex.status === 'holds'),
      robust: boundsOfTheorem3(context, convex),
      meaning: {
        holds:
          'The residual network is at least as good as every linear model on x and z(x; u), with the perturbed gradient basis added.',
        'not-applicable': 'Theorem 3 says nothing here: a hypothesis fails.',
        undecided: 'Theorem 3 is not established at this point.',
        contradiction:
          'Every hypothesis holds and the conclusion fails: a bug in everymin or in the paper; please report it.',
      },
    });
  },
};
