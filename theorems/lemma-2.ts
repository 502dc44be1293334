import { all, eq, Fin, Vec, variable } from '../src/kernel/build.ts';
import { critical, differentiable, lossDifferentiable, weights } from './hypotheses.ts';
import { result } from './result.ts';
import { dataVariables, Force, freeData } from './setting.ts';

export const lemma2 = result({
  id: 'lemma-2',
  title: 'At a critical point the forces of the losses are orthogonal to every partial derivative',
  kind: 'lemma',
  source: { by: 'paper', section: 'A.1', page: 2312 },
  remarks: [
    {
      severity: 'U',
      place: 'Lemma 2',
      text: 'Only the partial derivatives of f at θ are needed. The weights may be zero.',
    },
  ],
  statement: () => {
    const D = freeData();
    const θ = variable('θ', Vec(D.dθ));
    return {
      context: [...dataVariables(D), θ],
      setting: [weights(D)],
      hypotheses: [lossDifferentiable(D), differentiable(D, θ), critical(D, θ)],
      conclusion: all('k', Fin(D.dθ), (k) => eq(Force(D, θ, θ, k), 0)),
    };
  },
});
