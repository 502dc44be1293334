import type { Instance } from '../../instance/instance.ts';
import { construction } from '../construction/index.ts';
import { boundsOfTheorem4 } from '../robust/index.ts';
import { columns } from '../structure/image-subspace.ts';
import { exactLayers } from '../structure/network-values.ts';
import { perturbedResult } from './perturbed-result.ts';
import type { CheckableResult } from './result.ts';

/** Theorem 4 (§4.2.3, repaired): networks that are locally linear from layer t on; one report for each t. */
export const theorem4 = (t: number): CheckableResult => ({
  id: 'theorem-4',
  obligations: ['assumption-1', `locally-linear@${t}`, 'differentiable-nearby', 'local-minimum'],
  appliesTo: (instance) => layersOf(instance).includes(t),
  async check(context, shared) {
    const convex = await shared.discharge('assumption-1');
    const linear = await shared.discharge(`locally-linear@${t}`);
    const nearby = await shared.discharge('differentiable-nearby');
    const localMinimum = await shared.discharge('local-minimum');
    return perturbedResult(context, {
      result: 'theorem-4',
      t,
      hypotheses: [convex, linear, nearby, localMinimum],
      convex,
      localMinimum,
      contained: 'exact',
      features: () => exactLayers(context).slice(t).flatMap(columns),
      construction: () => construction(context, t, convex.status === 'holds'),
      robust: boundsOfTheorem4(context, t, convex),
      meaning: {
        holds: `The network is at least as good as every linear model on its layers h^(${t}), …, h^(H), with the perturbed gradient basis added.`,
        'not-applicable': 'Theorem 4 says nothing here: a hypothesis fails.',
        undecided: 'Theorem 4 is not established at this point.',
        contradiction:
          'Every hypothesis holds and the conclusion fails: a bug in everymin or in the paper; please report it.',
      },
    });
  },
});

/** The t to report on: the instance's, or 0, …, H. Networks with biases or skips are outside (4.3). */
export function layersOf({ model, t }: Instance): number[] {
  const { network } = model;
  if (!network || network.skips.size > 0 || network.layers.some(({ bias }) => bias)) return [];
  const H = network.layers.length - 1;
  return t === undefined ? Array.from({ length: H + 1 }, (_, k) => k) : [t];
}
