import { eq, exists, fun, Real, Vec, variable } from '../src/kernel/build.ts';
import { isMin } from '../src/kernel/notions.ts';
import { assumption1, assumption2, critical, differentiable, weights } from './hypotheses.ts';
import { result } from './result.ts';
import { dataVariables, freeData, InducedLoss, Loss } from './setting.ts';

export const theorem1 = result({
  id: 'theorem-1',
  title: 'Every differentiable critical point is optimal over its gradient basis',
  kind: 'theorem',
  source: { by: 'paper', section: '3.2', page: 2297 },
  remarks: [
    {
      severity: 'S',
      place: 'Theorem 1',
      text:
        'The infimum is attained, at α = g(θ). So where it is not attained, θ is not critical. Under the assumptions ' +
        'the converse holds too: the equality implies that the gradient of L vanishes.',
    },
    {
      severity: 'U',
      place: 'Theorem 1',
      text:
        'Assumption 2 is used at θ only, ℓ ≥ 0 never, and λ_i ≥ 0 suffices. The theorem survives for losses that are ' +
        'convex and not differentiable, with directional derivatives.',
    },
  ],
  statement: () => {
    const D = freeData();
    const θ = variable('θ', Vec(D.dθ));
    const values = fun('y', Real, (y) => exists('α', Vec(D.dθ), (α) => eq(y, InducedLoss(D, θ, α))));
    return {
      context: [...dataVariables(D), θ],
      setting: [weights(D)],
      hypotheses: [assumption1(D), assumption2(D), differentiable(D, θ), critical(D, θ)],
      conclusion: isMin(Loss(D, θ), values),
    };
  },
});
