import { unfold } from '../src/kernel/term.ts';
import { result } from './result.ts';
import { Assumption1, dataVariables, freeData } from './setting.ts';

export const assumption1 = result({
  id: 'assumption-1',
  title: 'Common loss criteria: differentiable and convex',
  kind: 'assumption',
  source: { by: 'paper', section: '3.1', page: 2296 },
  remarks: [
    {
      severity: 'U',
      place: 'section 3.1',
      printed: 'ℓ_{y_i} : ℝ^dy → ℝ_{≥0}',
      right: 'ℓ_{y_i} : ℝ^dy → ℝ',
      text: 'That the loss is nonnegative is never used, and is not assumed here.',
    },
    {
      severity: 'S',
      place: 'section 3.1, after Assumption 1',
      text: 'The hinge power (max{0, 1 − yq})^p satisfies the assumption for every p > 1, not only for p ≥ 2.',
    },
    {
      severity: 'S',
      place: 'section 3.1',
      text:
        'For losses that are only convex, Theorem 1 survives, and Theorem 2 fails: f = θ_1 (1, θ_2), ' +
        'ℓ = max(0, 2|q_1| − q_2 + 1), θ = 0.',
    },
  ],
  statement: () => {
    const D = freeData();
    const context = dataVariables(D);
    return { context, setting: [], hypotheses: [], conclusion: unfold(Assumption1(D)) };
  },
});
