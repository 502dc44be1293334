import { all, apply, eq, Fin, natAdd, natLe, type Term, Vec, val, variable } from '../src/kernel/build.ts';
import {
  feedforwardData,
  feedforwardNames,
  feedforwardVariables,
  freeFeedforward,
  networkEquations,
} from './feedforward.ts';
import { assumption1, differentiableNearby, localMinimum, weights } from './hypotheses.ts';
import { result } from './result.ts';
import { GlobalMinimum } from './setting.ts';

/**
 * What of Proposition 2 follows from Theorem 4 at t = 0: PA6 with dy ≤ d_l for every hidden layer, for any differentiable
 * convex loss, where f is differentiable near θ. A layer with dx ≤ d_l < dy is not covered.
 */
export const deepLinear = result({
  id: 'deep-linear',
  title: 'Every local minimum of a deep linear network with dy ≤ min{d_1, …, d_H} is global',
  kind: 'proposition',
  source: { by: 'paper', section: '4.2.3', page: 2309 },
  remarks: [
    {
      severity: 'S',
      place: 'section 4.2.3, the consequence of Theorem 4',
      text:
        'For any differentiable convex loss and any dx. It does not cover Proposition 2 where dx ≤ d_l < dy for some layer, ' +
        'and θ ∉ Ω̃ is a hypothesis here although f is a polynomial: the axioms have no product rule.',
    },
  ],
  statement: () => {
    const net = freeFeedforward();
    const D = feedforwardData(net);
    const { H, d, σ } = net;
    const θ = variable('θ', Vec(D.dθ));
    const width = (l: Term): Term => apply(d, l);
    const hidden = (body: (l: Term) => Term) => all('l', Fin(H), (l) => body(natAdd(val(l), 1)));
    return {
      abbreviations: feedforwardNames(net),
      context: [...feedforwardVariables(net, D), θ],
      setting: [weights(D), { id: 'network', name: 'the layers of (4.3)', term: networkEquations(net) }],
      hypotheses: [
        {
          id: 'linear-activations',
          name: 'PA4',
          term: hidden((l) => all('z', Vec(width(l)), (z) => eq(apply(σ, l, z), z))),
        },
        { ...assumption1(D), name: 'PA5' },
        {
          id: 'no-bottleneck',
          name: 'dy is no larger than any width',
          term: hidden((l) => natLe(D.dy, width(l))),
        },
        differentiableNearby(D, θ),
        localMinimum(D, θ),
      ],
      conclusion: GlobalMinimum(D, θ),
    };
  },
});
