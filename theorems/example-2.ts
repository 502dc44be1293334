import {
  all,
  and,
  apply,
  arrow,
  arrows,
  dot,
  eq,
  exists,
  Fin,
  fun,
  imp,
  inl,
  inr,
  join,
  le,
  lt,
  Mat,
  mul,
  Nat,
  nat,
  natAdd,
  natLe,
  natMul,
  not,
  pair,
  Real,
  real,
  sub,
  sum,
  type Term,
  Vec,
  val,
  variable,
  vec,
} from '../src/kernel/build.ts';
import { norm } from '../src/kernel/notions.ts';
import { fullRowRank, matVec } from '../src/kernel/notions-linear.ts';
import { assumption1, weights } from './hypotheses.ts';
import { result } from './result.ts';
import { Critical, type Data, lossesVariable } from './setting.ts';

export const example2 = result({
  id: 'example-2',
  title:
    'Overparameterized networks: with suitable hidden layers every critical point of the last layer is global',
  kind: 'example',
  source: { by: 'paper', section: '3.2.2', page: 2301 },
  remarks: [
    {
      severity: 'F',
      place: 'footnote 1',
      printed: 'W^(l)_{jj} ≠ 0 for l ≥ 2',
      right: 'W^(l)_{jj} > 0 for l ≥ 2',
      text:
        'With W^(2) = −I every unit dies, φ = 0, and every W is critical with L above the infimum. The first layer of ' +
        'the footnote is right, with strict inequalities. "Rank ≥ m" means rank m, and rows beyond m are free.',
    },
    {
      severity: 'S',
      place: 'Example 2',
      text:
        'In layers l ≥ 2 the off-diagonal preactivations are exactly 0, so (W, u) lies on kinks. Theorem 1 is applied ' +
        'with θ = vec(W) only, and differentiation in u must not be used there.',
    },
  ],
  statement: () => {
    const m = variable('m', Nat);
    const dx = variable('dx', Nat);
    const dy = variable('dy', Nat);
    const n = variable('n', Nat);
    const r = variable('r', Nat); // hidden layers beside the first
    const raw = variable('x', Mat(m, dx));
    const relu = variable('σ', arrow(Real, Real));
    const λ = variable('λ', Vec(m));
    const ℓ = lossesVariable(m, dy);
    const first = natMul(n, natAdd(dx, 1));
    const later = natMul(r, natMul(n, n));
    const du = natAdd(first, later);
    const h = variable('h', arrows(Nat, Fin(m), Vec(du), Vec(n)));
    const φ = (u: Term) => fun('i', Fin(m), (i) => apply(h, r, i, u));

    const firstWeight = (u: Term) =>
      vec('a', n, (a) =>
        vec('b', natAdd(dx, 1), (b) => apply(u, inl(first, later, pair(n, natAdd(dx, 1), a, b)))),
      );
    const laterWeight = (u: Term, l: Term) =>
      vec('a', n, (a) =>
        vec('b', n, (b) => apply(u, inr(first, later, pair(r, natMul(n, n), l, pair(n, n, a, b))))),
      );
    const layer = (z: Term) => vec('a', n, (a) => apply(relu, apply(z, a)));
    const everywhere = (body: (i: Term, u: Term) => Term) =>
      all('i', Fin(m), (i) => all('u', Vec(du), (u) => body(i, u)));
    const withBias = (i: Term) =>
      join(
        dx,
        1,
        apply(raw, i),
        vec('k', 1, () => real(1)),
      );
    const network = and(
      everywhere((i, u) => eq(apply(h, nat(0), i, u), layer(matVec(firstWeight(u), withBias(i))))),
      all('l', Fin(r), (l) =>
        everywhere((i, u) =>
          eq(apply(h, natAdd(val(l), 1), i, u), layer(matVec(laterWeight(u, l), apply(h, val(l), i, u)))),
        ),
      ),
    );
    const rectifier = all('z', Real, (z) =>
      and(imp(le(0, z), eq(apply(relu, z), z)), imp(le(z, 0), eq(apply(relu, z), 0))),
    );
    const apart = exists('δ', Real, (δ) =>
      and(
        lt(0, δ),
        all('i', Fin(m), (i) =>
          all("i'", Fin(m), (j) => imp(not(eq(i, j)), lt(dot(apply(raw, i), apply(raw, j)), sub(1, δ)))),
        ),
      ),
    );
    const ws = natMul(dy, n);
    const matrix = (w: Term) => vec('c', dy, (c) => vec('k', n, (k) => apply(w, pair(dy, n, c, k))));
    const model = (u: Term): Data => ({
      m,
      dθ: ws,
      dy,
      λ,
      ℓ,
      f: fun('i', Fin(m), (i) => fun('θ', Vec(ws), (w) => matVec(matrix(w), apply(h, r, i, u)))),
    });
    const loss = (w: Term, u: Term) =>
      sum('i', m, (i) => mul(apply(λ, i), apply(ℓ, i, matVec(matrix(w), apply(h, r, i, u)))));
    const least = (w: Term, u: Term) =>
      all("θ'", Vec(ws), (w2) => all("u'", Vec(du), (u2) => le(loss(w, u), loss(w2, u2))));
    const attainable = exists('u', Vec(du), (u) => fullRowRank(φ(u)));
    const global = all('u', Vec(du), (u) =>
      imp(
        fullRowRank(φ(u)),
        all('θ', Vec(ws), (w) => imp(Critical(model(u), w), least(w, u))),
      ),
    );
    return {
      context: [m, dx, dy, n, r, raw, relu, λ, ℓ, h],
      setting: [
        weights({ m, λ }),
        { id: 'relu', name: 'σ is the rectifier', term: rectifier },
        { id: 'network', name: 'r + 1 hidden layers of n units', term: network },
      ],
      hypotheses: [
        assumption1({ m, dy, ℓ }),
        { id: 'width', name: 'n ≥ m', term: natLe(m, n) },
        {
          id: 'normalized',
          name: 'inputs of norm 1',
          term: all('i', Fin(m), (i) => eq(norm(apply(raw, i)), 1)),
        },
        { id: 'distinct', name: 'distinct inputs', term: apart },
      ],
      conclusion: and(attainable, global),
    };
  },
});
