import {
  all,
  and,
  eq,
  exists,
  Fin,
  imp,
  le,
  lt,
  Real,
  type Term,
  Vec,
  variable,
} from '../src/kernel/build.ts';
import { differentiableNearby, localMinimum, lossDifferentiable, weights } from './hypotheses.ts';
import { result } from './result.ts';
import { dataVariables, Force, freeData, inV, moved } from './setting.ts';

export const lemma3 = result({
  id: 'lemma-3',
  title: 'At a local minimum the orthogonality persists along every direction that changes no prediction',
  kind: 'lemma',
  source: { by: 'paper', section: 'A.2', page: 2313 },
  remarks: [
    {
      severity: 'U',
      place: 'Lemma 3',
      text: 'Only partial derivatives of f are needed. The weights may be zero.',
    },
    {
      severity: 'S',
      place: 'section 3.3',
      text:
        'Some bound on ‖v‖ is needed: f = wθ²(1 − θ), y = −1 at (w, θ) = (1, 0) is a local minimum, and the equality ' +
        'holds for ε < 1 and fails at ε = 1. With ‖v‖ unbounded it would fail at every ε.',
    },
  ],
  statement: () => {
    const D = freeData();
    const θ = variable('θ', Vec(D.dθ));
    const balanced = (at: Term) => all('k', Fin(D.dθ), (k) => eq(Force(D, θ, at, k), 0));
    const everywhere = (ε: Term) =>
      all('v', Vec(D.dθ), (v) => imp(inV(D, θ, ε, v), balanced(moved(θ, ε, v))));
    const conclusion = exists('ε₀', Real, (ε0) =>
      and(
        lt(0, ε0),
        all('ε', Real, (ε) => imp(le(0, ε), lt(ε, ε0), everywhere(ε))),
      ),
    );
    return {
      context: [...dataVariables(D), θ],
      setting: [weights(D)],
      hypotheses: [lossDifferentiable(D), differentiableNearby(D, θ), localMinimum(D, θ)],
      conclusion,
    };
  },
});
