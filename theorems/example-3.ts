import {
  apply,
  arrow,
  arrows,
  eq,
  exists,
  Fin,
  fun,
  inl,
  inr,
  lambda,
  Mat,
  mul,
  Nat,
  natAdd,
  natMul,
  op,
  pair,
  partial,
  pi,
  Real,
  sigma,
  sum,
  type Term,
  Vec,
  variable,
  vec,
  vecAdd,
} from '../src/kernel/build.ts';
import { isInf } from '../src/kernel/notions.ts';
import { matVec } from '../src/kernel/notions-linear.ts';
import { assumption1, critical, differentiable, weights } from './hypotheses.ts';
import { result } from './result.ts';
import { type Data, Loss, lossesVariable } from './setting.ts';

export const example3 = result({
  id: 'example-3',
  title: 'Networks with skip connections: optimal with respect to every learned representation',
  kind: 'example',
  source: { by: 'paper', section: '3.2.2', page: 2302 },
  remarks: [
    {
      severity: 'I',
      place: 'Example 3',
      printed: 'a skip connection from the (l − 1)th layer',
      right: 'a skip connection from the l-th layer',
      text: 'The output is Σ_l W^(l+1) h^(l), and W^(l+1) for l < H collides with the hidden weights inside u.',
    },
    {
      severity: 'F',
      place: 'Example 3',
      printed: 'f = (∂_{vec W^(H+1)} f) vec W^(H+1)',
      right: 'f = Σ_{l∈I} (∂_{vec W^(l+1)} f) vec W^(l+1)',
      text: 'False with other skips: a(U_2(U_1 x)²)² + b(U_1 x)² at 1 gives (1, 16, 81) for f = (2, 20, 90).',
    },
    {
      severity: 'S',
      place: 'Example 3',
      text:
        'The q = |I| layers with a skip are numbered 1..q, and h^(l)(x; u) may be any functions of u. The right side ' +
        'is inf L_θ of Theorem 1.',
    },
  ],
  statement: () => {
    const m = variable('m', Nat);
    const dy = variable('dy', Nat);
    const du = variable('du', Nat);
    const q = variable('q', Nat);
    const d = variable('d', arrow(Fin(q), Nat));
    const l = variable('l', Fin(q));
    const h = variable('h', pi(l, arrows(Fin(m), Vec(du), Vec(apply(d, l)))));
    const sizes = fun('l', Fin(q), (at) => natMul(dy, apply(d, at)));
    const ws = op('natSum', sizes);
    const dθ = natAdd(ws, du);
    const θ = variable('θ', Vec(dθ));
    const i = variable('i', Fin(m));
    const weight = (t: Term, at: Term) =>
      vec('c', dy, (c) =>
        vec('k', apply(d, at), (k) => apply(t, inl(ws, du, sigma(sizes, at, pair(dy, apply(d, at), c, k))))),
      );
    const hidden = (t: Term) => vec('k', du, (k) => apply(t, inr(ws, du, k)));
    const features = (matrix: (at: Term) => Term, j: Term, u: Term) =>
      vec('c', dy, (c) => sum('l', q, (at) => apply(matVec(matrix(at), apply(h, at, j, u)), c)));
    const f = lambda(
      i,
      lambda(
        θ,
        features((at) => weight(θ, at), i, hidden(θ)),
      ),
    );
    const D: Data = { m, dθ, dy, λ: variable('λ', Vec(m)), ℓ: lossesVariable(m, dy), f };
    const inU = (α: Term, j: Term) =>
      vec('c', dy, (c) =>
        sum('k', du, (k) => mul(apply(α, k), apply(partial(apply(f, j), θ, inr(ws, du, k)), c))),
      );
    const value = (A: Term, α: Term) =>
      sum('i', m, (j) =>
        mul(
          apply(D.λ, j),
          apply(
            D.ℓ,
            j,
            vecAdd(
              features((at) => apply(A, at), j, hidden(θ)),
              inU(α, j),
            ),
          ),
        ),
      );
    const values = fun('y', Real, (y) =>
      exists('A', pi(l, Mat(dy, apply(d, l))), (A) => exists('α_u', Vec(du), (α) => eq(y, value(A, α)))),
    );
    return {
      context: [m, dy, du, q, d, h, D.λ, D.ℓ, θ],
      setting: [weights(D)],
      hypotheses: [assumption1(D), differentiable(D, θ), critical(D, θ)],
      conclusion: isInf(Loss(D, θ), values),
    };
  },
});
