import {
  all,
  and,
  apply,
  dot,
  eq,
  exists,
  Fin,
  fun,
  imp,
  le,
  lt,
  mul,
  natLe,
  natMul,
  not,
  Real,
  sub,
  sum,
  type Term,
  Vec,
} from '../src/kernel/build.ts';
import { norm } from '../src/kernel/notions.ts';
import { fullRowRank, matVec } from '../src/kernel/notions-linear.ts';
import { assumption1, weights } from './hypotheses.ts';
import {
  freeOverparameterized,
  hiddenLayers,
  lastLayer,
  type Overparameterized,
  outputWeight,
  rectifier,
  φ,
} from './overparameterized.ts';
import { result } from './result.ts';
import { Critical } from './setting.ts';

export const example2 = result({
  id: 'example-2',
  title:
    'Overparameterized networks: with suitable hidden layers every critical point of the last layer is global',
  kind: 'example',
  source: { by: 'paper', section: '3.2.2', page: 2301 },
  remarks: [
    {
      severity: 'S',
      place: 'Example 2',
      text:
        'In layers l ≥ 2 the off-diagonal preactivations are exactly 0, so (W, u) lies on kinks. Theorem 1 is applied ' +
        'with θ = vec(W) only, and differentiation in u must not be used there.',
    },
  ],
  statement: () => {
    const net = freeOverparameterized();
    const { m, dx, dy, n, r, x, σ, λ, ℓ, h, du } = net;
    return {
      symbols: {
        n: 'units of each hidden layer',
        r: 'hidden layers beside the first',
        x: 'raw inputs',
        σ: 'the activation',
        h: 'hidden layers 0..r, functions of u',
      },
      abbreviations: [
        { name: 'dθ', term: natMul(dy, n) },
        { name: 'du', term: du },
      ],
      context: [m, dx, dy, n, r, x, σ, λ, ℓ, h],
      setting: [
        weights(net),
        { id: 'relu', name: 'σ is the rectifier', term: rectifier(net) },
        { id: 'network', name: 'r + 1 hidden layers of n units', term: hiddenLayers(net) },
      ],
      hypotheses: [
        assumption1(net),
        { id: 'width', name: 'n ≥ m', term: natLe(m, n) },
        {
          id: 'normalized',
          name: 'inputs of norm 1',
          term: all('i', Fin(m), (i) => eq(norm(apply(x, i)), 1)),
        },
        { id: 'distinct', name: 'distinct inputs', term: distinct(net) },
      ],
      conclusion: and(
        exists('u', Vec(du), (u) => independent(net, u)),
        all('u', Vec(du), (u) =>
          imp(
            independent(net, u),
            all('θ', Vec(natMul(dy, n)), (θ) =>
              imp(Critical(lastLayer(net, u), θ), globalMinimum(net, θ, u)),
            ),
          ),
        ),
      ),
    };
  },
});

/** x_iᵀ x_i′ < 1 − δ for some δ > 0 and all i ≠ i′ */
const distinct = ({ m, x }: Overparameterized): Term =>
  exists('δ', Real, (δ) =>
    and(
      lt(0, δ),
      all('i', Fin(m), (i) =>
        all("i'", Fin(m), (j) => imp(not(eq(i, j)), lt(dot(apply(x, i), apply(x, j)), sub(1, δ)))),
      ),
    ),
  );

/** rank [φ(x_i; u)]_i = m */
export const independent = (net: Overparameterized, u: Term): Term =>
  fullRowRank(fun('i', Fin(net.m), (i) => φ(net, i, u)));

/** (θ, u) is a global minimum over all parameters. */
export function globalMinimum(net: Overparameterized, θ: Term, u: Term): Term {
  const loss = (θs: Term, us: Term) =>
    sum('i', net.m, (i) =>
      mul(apply(net.λ, i), apply(net.ℓ, i, matVec(outputWeight(net, θs), φ(net, i, us)))),
    );
  return all("θ'", θ.sort, (θs) => all("u'", u.sort, (us) => le(loss(θ, u), loss(θs, us))));
}
