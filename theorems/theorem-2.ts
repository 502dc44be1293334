import { all, and, eq, exists, imp, le, lt, Real, type Term, Vec, variable } from '../src/kernel/build.ts';
import { isMin } from '../src/kernel/notions.ts';
import { assumption1, assumption2, differentiableNearby, localMinimum, weights } from './hypotheses.ts';
import { result } from './result.ts';
import { dataVariables, freeData, Loss, overPerturbations, PerturbedLoss } from './setting.ts';

export const theorem2 = result({
  id: 'theorem-2',
  title: 'Every differentiable local minimum is optimal over its perturbable gradient basis',
  kind: 'theorem',
  source: { by: 'paper', section: '3.3', equation: '3.2', page: 2303 },
  remarks: [
    {
      severity: 'S',
      place: 'Theorem 2',
      text:
        'The infimum is attained, at S = {0}, α = g(θ). A finite S is listed here as the rows of a matrix; S = ∅ is ' +
        'allowed and gives the prediction 0. At ε = 0, V[θ, 0] is the unit ball and the theorem is Theorem 1.',
    },
    {
      severity: 'S',
      place: 'Theorem 2',
      text:
        'The converse fails: θ = 0 is not a local minimum for f = θ³, y = 1, and the equality holds. Where the rank of ' +
        'the Jacobian is constant near θ, Theorem 2 says no more than Theorem 1.',
    },
  ],
  statement: () => {
    const D = freeData();
    const θ = variable('θ', Vec(D.dθ));
    const values = (ε: Term) =>
      overPerturbations(D, θ, ε, (y, s, S, α) => eq(y, PerturbedLoss(D, θ, ε, s, S, α)));
    const conclusion = exists('ε₀', Real, (ε0) =>
      and(
        lt(0, ε0),
        all('ε', Real, (ε) => imp(le(0, ε), lt(ε, ε0), isMin(Loss(D, θ), values(ε)))),
      ),
    );
    return {
      context: [...dataVariables(D), θ],
      setting: [weights(D)],
      hypotheses: [assumption1(D), assumption2(D), differentiableNearby(D, θ), localMinimum(D, θ)],
      conclusion,
    };
  },
});
