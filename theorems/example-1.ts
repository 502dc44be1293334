import {
  all,
  and,
  apply,
  arrows,
  eq,
  Fin,
  imp,
  Mat,
  not,
  type Term,
  Vec,
  variable,
} from '../src/kernel/build.ts';
import { matVec } from '../src/kernel/notions-linear.ts';
import { assumption1, weights } from './hypotheses.ts';
import { result } from './result.ts';
import {
  Critical,
  dataVariables,
  freeData,
  GlobalMinimum,
  Induced,
  InducedLoss,
  inΩ,
  Loss,
} from './setting.ts';

export const example1 = result({
  id: 'example-1',
  title: 'Basis function models: every critical point is a global minimum',
  kind: 'example',
  source: { by: 'paper', section: '3.2.2', page: 2301 },
  remarks: [
    {
      severity: 'S',
      place: 'Example 1',
      printed: 'f(x; θ) = Σ_k θ_k φ(x)_k',
      right: 'f_i(θ) = Φ_i θ with Φ_i ∈ ℝ^{dy×dθ}',
      text: 'Stated for any dy; the paper writes dy = 1, where Φ_i is the row φ(x_i)ᵀ.',
    },
  ],
  statement: () => {
    const D = freeData();
    const Φ = variable('Φ', arrows(Fin(D.m), Mat(D.dy, D.dθ)));
    const θs = Vec(D.dθ);
    const points = (body: (θ: Term) => Term) => all('θ', θs, body);
    const model = all('i', Fin(D.m), (i) => points((θ) => eq(apply(D.f, i, θ), matVec(apply(Φ, i), θ))));
    const sameModel = points((θ) =>
      all('α', θs, (α) => all('i', Fin(D.m), (i) => eq(Induced(D, θ, i, α), apply(D.f, i, α)))),
    );
    const sameLoss = points((θ) => all('α', θs, (α) => eq(InducedLoss(D, θ, α), Loss(D, α))));
    return {
      symbols: { Φ: 'features: the rows of Φ_i are feature vectors of x_i' },
      context: [...dataVariables(D), Φ],
      setting: [weights(D), { id: 'model', name: 'the basis function model', term: model }],
      hypotheses: [assumption1(D)],
      conclusion: and(
        sameModel,
        sameLoss,
        points((θ) => not(inΩ(D, θ))),
        points((θ) => imp(Critical(D, θ), GlobalMinimum(D, θ))),
      ),
    };
  },
});
