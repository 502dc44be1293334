import { unfold } from '../src/kernel/term.ts';
import { result } from './result.ts';
import { Assumption2, dataVariables, freeData } from './setting.ts';

export const assumption2 = result({
  id: 'assumption-2',
  title: 'Common model structures: f is a combination of its partial derivatives',
  kind: 'assumption',
  source: { by: 'paper', section: '3.1', page: 2296 },
  remarks: [
    {
      severity: 'U',
      place: 'section 3.1',
      text:
        'The theorems use the assumption only at the point θ in question, where it says that f_X(θ) lies in the range ' +
        'of the Jacobian.',
    },
    {
      severity: 'S',
      place: 'section 3.1',
      text:
        'Without the assumption the same argument gives, at a critical point, ' +
        'L(θ) = min over β of Σ_i λ_i ℓ_i(f_i(θ) + Σ_k β_k ∂_k f_i(θ)).',
    },
  ],
  statement: () => {
    const D = freeData();
    const context = dataVariables(D);
    return { context, setting: [], hypotheses: [], conclusion: unfold(Assumption2(D)) };
  },
});
