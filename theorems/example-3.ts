import {
  apply,
  eq,
  exists,
  Fin,
  fun,
  Mat,
  mul,
  partial,
  pi,
  Real,
  sum,
  type Term,
  Vec,
  variable,
  vec,
  vecAdd,
} from '../src/kernel/build.ts';
import { isMin } from '../src/kernel/notions.ts';
import { assumption1, critical, differentiable, weights } from './hypotheses.ts';
import { result } from './result.ts';
import { Loss } from './setting.ts';
import { coordinateOfU, features, freeSkip, hiddenParameters, skipData } from './skip.ts';

export const example3 = result({
  id: 'example-3',
  title: 'Networks with skip connections: optimal with respect to every learned representation',
  kind: 'example',
  source: { by: 'paper', section: '3.2.2', page: 2302 },
  remarks: [
    {
      severity: 'S',
      place: 'Example 3',
      text:
        'The q = |I| layers with a skip are numbered 1..q, and h^(l)(x; u) may be any functions of u. The right side ' +
        'is inf L_θ of Theorem 1.',
    },
  ],
  statement: () => {
    const net = freeSkip();
    const D = skipData(net);
    const θ = variable('θ', Vec(D.dθ));
    const l = variable('l', Fin(net.q));
    const byU = (α: Term, i: Term) =>
      vec('c', net.dy, (c) =>
        sum('k', net.du, (k) => mul(apply(α, k), apply(partial(apply(D.f, i), θ, coordinateOfU(net, k)), c))),
      );
    const prediction = (A: Term, α: Term, i: Term) =>
      vecAdd(
        features(net, (at) => apply(A, at), i, hiddenParameters(net, θ)),
        byU(α, i),
      );
    const value = (A: Term, α: Term) =>
      sum('i', net.m, (i) => mul(apply(D.λ, i), apply(D.ℓ, i, prediction(A, α, i))));
    const values = fun('y', Real, (y) =>
      exists('A', pi(l, Mat(net.dy, apply(net.d, l))), (A) =>
        exists('α_u', Vec(net.du), (α) => eq(y, value(A, α))),
      ),
    );
    return {
      symbols: {
        q: 'number of layers that feed the output',
        d: 'their widths',
        h: 'their values: h_{li}(u) = h_l(x_i; u)',
      },
      abbreviations: [{ name: 'dθ', term: D.dθ }],
      context: [net.m, net.dy, net.du, net.q, net.d, net.h, D.λ, D.ℓ, θ],
      setting: [weights(D)],
      hypotheses: [assumption1(D), differentiable(D, θ), critical(D, θ)],
      conclusion: isMin(Loss(D, θ), values),
    };
  },
});
