import {
  all,
  apply,
  eq,
  exists,
  Fin,
  fun,
  join,
  Mat,
  mul,
  natAdd,
  natMul,
  partial,
  Real,
  sum,
  type Term,
  Vec,
  variable,
} from '../src/kernel/build.ts';
import { convex, leInf, lipschitzOnBounded, twiceDiff } from '../src/kernel/notions.ts';
import { matVec } from '../src/kernel/notions-linear.ts';
import { localMinimum, weights } from './hypotheses.ts';
import { freeResidual, residualData, residualVariables } from './residual.ts';
import { result } from './result.ts';
import { Loss } from './setting.ts';

export const proposition1 = result({
  id: 'proposition-1',
  title: 'A local minimum of a residual network is no worse than the best linear predictor (Shamir 2018)',
  kind: 'proposition',
  source: { by: 'paper', section: '4.1.1', page: 2307 },
  remarks: [
    {
      severity: 'S',
      place: 'Proposition 1',
      text:
        'The second derivatives, PA3, and dy = 1 beyond dy ≤ dx or dx = 0, are not needed: f is affine in W and in R, so ' +
        'the first derivative of the losses decides. Theorem 3 gives an equality, and asks for differentiability near θ.',
    },
    {
      severity: 'S',
      place: 'PA3',
      text:
        'L_u(W, R) is L(θ) with u fixed. The Lipschitz condition on the gradient and the Hessian is stated for each of ' +
        'their entries, which is the same.',
    },
  ],
  statement: () => {
    const net = freeResidual();
    const D = residualData(net);
    const θ = variable('θ', Vec(D.dθ));
    const free = natAdd(natMul(net.dy, net.dx), natMul(net.dx, net.dz)); // the entries of W and R
    const Lu = (u: Term) => fun('w', Vec(free), (w) => Loss(D, join(free, net.du, w, u)));
    const derivative = (f: Term, k: Term) => fun('w', Vec(free), (w) => partial(f, w, k));
    const each = (body: (k: Term) => Term) => all('k', Fin(free), body);
    const every = (body: (u: Term) => Term) => all('u', Vec(net.du), body);
    const perLoss = (body: (loss: Term) => Term) => all('i', Fin(D.m), (i) => body(apply(D.ℓ, i)));
    const linear = fun('y', Real, (y) =>
      exists('W', Mat(net.dy, net.dx), (W) =>
        eq(
          y,
          sum('i', D.m, (i) => mul(apply(D.λ, i), apply(D.ℓ, i, matVec(W, apply(net.x, i))))),
        ),
      ),
    );
    return {
      abbreviations: [{ name: 'dθ', term: D.dθ }],
      context: [...residualVariables(net, D), θ],
      setting: [weights(D)],
      hypotheses: [
        { id: 'dimensions', name: 'PA1', term: eq(net.dy, 1) },
        { id: 'loss-convex', name: 'PA2, convex', term: perLoss(convex) },
        {
          id: 'loss-twice-differentiable',
          name: 'PA2, twice differentiable',
          term: perLoss((loss) => all('q', Vec(net.dy), (q) => twiceDiff(loss, q))),
        },
        { id: 'lipschitz', name: 'PA3, L_u', term: every((u) => lipschitzOnBounded(Lu(u))) },
        {
          id: 'lipschitz-gradient',
          name: 'PA3, gradient of L_u',
          term: every((u) => each((k) => lipschitzOnBounded(derivative(Lu(u), k)))),
        },
        {
          id: 'lipschitz-hessian',
          name: 'PA3, Hessian of L_u',
          term: every((u) =>
            each((k) => all('j', Fin(free), (j) => lipschitzOnBounded(derivative(derivative(Lu(u), k), j)))),
          ),
        },
        localMinimum(D, θ),
      ],
      conclusion: leInf(Loss(D, θ), linear),
    };
  },
});
