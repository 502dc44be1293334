import {
  all,
  and,
  apply,
  eq,
  exists,
  imp,
  lt,
  Mat,
  mul,
  natLe,
  Real,
  sum,
  type Term,
  Vec,
  variable,
  vecAdd,
} from '../src/kernel/build.ts';
import { isMin } from '../src/kernel/notions.ts';
import { matVec } from '../src/kernel/notions-linear.ts';
import { assumption1, differentiableNearby, localMinimum, weights } from './hypotheses.ts';
import { freeResidual, residualData, residualVariables, u } from './residual.ts';
import { result } from './result.ts';
import { Loss, overPerturbations, Perturbed } from './setting.ts';

export const theorem3 = result({
  id: 'theorem-3',
  title:
    'A local minimum of a residual network is optimal over linear features, residual features and perturbations',
  kind: 'theorem',
  source: { by: 'paper', section: '4.2', equation: '4.2', page: 2307 },
  remarks: [
    {
      severity: 'S',
      place: 'Theorem 3',
      text:
        'With u frozen, f is a polynomial in (W, R). So at every local minimum, differentiable or not, ' +
        'L(θ) = min over α_w, α_r of Σ_i λ_i ℓ_i(α_w x_i + α_r z_i(u)). The conclusion also holds at ε = 0.',
    },
  ],
  statement: () => {
    const net = freeResidual();
    const D = residualData(net);
    const θ = variable('θ', Vec(D.dθ));
    const prediction = (i: Term, αw: Term, αr: Term, perturbed: Term) =>
      vecAdd(vecAdd(matVec(αw, apply(net.x, i)), matVec(αr, apply(net.z, i, u(net, θ)))), perturbed);
    const loss = (value: (i: Term) => Term) =>
      sum('i', D.m, (i) => mul(apply(D.λ, i), apply(D.ℓ, i, value(i))));
    const values = (ε: Term) =>
      overPerturbations(D, θ, ε, (y, s, S, α) =>
        exists('α_w', Mat(net.dy, net.dx), (αw) =>
          exists('α_r', Mat(net.dy, net.dz), (αr) =>
            eq(
              y,
              loss((i) => prediction(i, αw, αr, Perturbed(D, θ, ε, s, S, i, α))),
            ),
          ),
        ),
      );
    const conclusion = exists('ε₀', Real, (ε0) =>
      and(
        lt(0, ε0),
        all('ε', Real, (ε) => imp(lt(0, ε), lt(ε, ε0), isMin(Loss(D, θ), values(ε)))),
      ),
    );
    return {
      abbreviations: [{ name: 'dθ', term: D.dθ }],
      context: [...residualVariables(net, D), θ],
      setting: [weights(D)],
      hypotheses: [
        assumption1(D),
        {
          id: 'dimensions',
          name: 'dy ≤ min{dx, dz}',
          term: and(natLe(net.dy, net.dx), natLe(net.dy, net.dz)),
        },
        differentiableNearby(D, θ),
        localMinimum(D, θ),
      ],
      conclusion,
    };
  },
});
