import {
  all,
  apply,
  eq,
  Fin,
  nat,
  natAdd,
  natLe,
  or,
  type Term,
  Vec,
  val,
  variable,
} from '../src/kernel/build.ts';
import {
  feedforwardData,
  feedforwardNames,
  feedforwardVariables,
  freeFeedforward,
  networkEquations,
} from './feedforward.ts';
import { assumption1, localMinimum, weights } from './hypotheses.ts';
import { result } from './result.ts';
import { GlobalMinimum } from './setting.ts';

export const proposition2 = result({
  id: 'proposition-2',
  title:
    'Every local minimum of a deep linear network without a bottleneck is global (Laurent and Brecht 2018)',
  kind: 'proposition',
  source: { by: 'paper', section: '4.2.2', page: 2309 },
  remarks: [
    {
      severity: 'S',
      place: 'Proposition 2',
      text:
        'Cited, not proved here. Theorem 4 at t = 0 gives the case dy ≤ min{d_1, …, d_H}. It does not cover ' +
        'dx ≤ min{d_1, …, d_H} < dy, as d_0 = d_1 = 1, dy = 2 shows.',
    },
  ],
  statement: () => {
    const net = freeFeedforward();
    const D = feedforwardData(net);
    const θ = variable('θ', Vec(D.dθ));
    const hidden = (body: (l: Term) => Term) => all('l', Fin(net.H), (l) => body(natAdd(val(l), 1)));
    const linear = hidden((l) => all('z', Vec(apply(net.d, l)), (z) => eq(apply(net.σ, l, z), z)));
    const wide = hidden((l) =>
      or(natLe(apply(net.d, nat(0)), apply(net.d, l)), natLe(D.dy, apply(net.d, l))),
    );
    return {
      abbreviations: feedforwardNames(net),
      context: [...feedforwardVariables(net, D), θ],
      setting: [weights(D), { id: 'network', name: 'the layers of (4.3)', term: networkEquations(net) }],
      hypotheses: [
        { id: 'linear-activations', name: 'PA4', term: linear },
        { ...assumption1(D), name: 'PA5' },
        { id: 'no-bottleneck', name: 'PA6', term: wide },
        localMinimum(D, θ),
      ],
      conclusion: GlobalMinimum(D, θ),
    };
  },
});
