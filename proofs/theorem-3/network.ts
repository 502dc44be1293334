import {
  all,
  and,
  apply,
  Diff,
  dot,
  eq,
  exists,
  Fin,
  fun,
  join,
  Mat,
  mul,
  nat,
  natAdd,
  natMul,
  partial,
  Real,
  sub,
  sum,
  unpair,
  Vec,
  variable,
  vec,
  vecAdd,
  zeroVec,
} from '../../src/kernel/build.ts';
import { fullRowRank, matVec } from '../../src/kernel/notions-linear.ts';
import type { Term } from '../../src/kernel/term.ts';
import { freeResidual, R, residualData, u, W } from '../../theorems/residual.ts';
import { inE } from '../../theorems/setting.ts';

/** The residual network of Theorem 3, and what its proof says of it. */
export function network() {
  const net = freeResidual();
  const D = residualData(net);
  const { m, dx, dz, dy, du, x, z } = net;
  const { dθ, λ, ℓ, f } = D;
  const θ = variable('θ', Vec(dθ));
  const ε = variable('ε', Real);
  const i = variable('i', Fin(m));
  const c = variable('c', Fin(dy));
  const t = variable('t', Real);
  const at = variable("θ'", Vec(dθ)); // any point
  const B = variable('B', Mat(dy, dx)); // a step of W
  const C = variable('C', Mat(dx, dz)); // a step of R
  const matrix = (rows: Term, columns: Term, entry: (a: Term, b: Term) => Term) =>
    vec('a', rows, (a) => vec('b', columns, (b) => entry(a, b)));
  const sizes = [natMul(dy, dx), natMul(dx, dz), du] as const;
  const tail = natAdd(sizes[1], du);
  /** (B, 0, 0) and (0, C, 0) */
  const alongW = (M: Term) => join(sizes[0], tail, unpair(M), zeroVec(tail));
  const alongR = (M: Term) =>
    join(sizes[0], tail, zeroVec(sizes[0]), join(sizes[1], du, unpair(M), zeroVec(du)));
  const feature = (n: Term, point: Term) => apply(z, n, u(net, point));
  /** x_i + R z_i(u), and M (x_i + R z_i(u)) */
  const input = (n: Term, point: Term) => vecAdd(apply(x, n), matVec(R(net, point), feature(n, point)));
  const slopeW = (n: Term, point: Term, M: Term) => matVec(M, input(n, point));
  const slopeR = (n: Term, point: Term, M: Term) => matVec(W(net, point), matVec(M, feature(n, point)));
  /** Σ_k δ_k ∂_k f_i(point)_c */
  const derivative = (n: Term, point: Term, δ: Term, e: Term) =>
    sum('k', dθ, (k) => mul(apply(δ, k), apply(partial(apply(f, n), point, k), e)));
  const smoothAt = (point: Term) => all('i', Fin(m), (n) => Diff(apply(f, n), point));

  const one = nat(1);
  const zero = zeroVec(dθ);
  const S0 = fun('j', Fin(one), () => zero);
  const αw = variable('α_w', Mat(dy, dx));
  const αr = variable('α_r', Mat(dy, dz));
  const features = (w: Term, ρ: Term, n: Term) => vecAdd(matVec(w, apply(x, n)), matVec(ρ, feature(n, θ)));
  const Rθ = R(net, θ);
  const rest = (b: Term, k: Term) =>
    sub(
      apply(αr, b, k),
      sum('j', dx, (j) => mul(apply(αw, b, j), apply(Rθ, j, k))),
    ); // α_r − α_w R
  const spanned = (w: Term, ρ: Term) =>
    inE(
      D,
      θ,
      ε,
      fun('i', Fin(m), (n) => features(w, ρ, n)),
    );
  const full = fullRowRank(W(net, θ));
  /** rank W < dx, as a unit vector a with Wa = 0 */
  const deficient = exists('a', Vec(dx), (a) =>
    and(
      eq(dot(a, a), 1),
      all('i', Fin(dy), (b) => eq(dot(apply(W(net, θ), b), a), 0)),
    ),
  );

  /** Σ_i λ_i ℓ_i(value_i) */
  const losses = (value: (n: Term) => Term) => sum('i', m, (n) => mul(apply(λ, n), apply(ℓ, n, value(n))));
  return {
    B,
    C,
    D,
    Rθ,
    S0,
    alongR,
    alongW,
    at,
    c,
    derivative,
    feature,
    features,
    full,
    deficient,
    i,
    input,
    matrix,
    net,
    one,
    rest,
    sizes,
    slopeR,
    slopeW,
    smoothAt,
    spanned,
    t,
    tail,
    zero,
    αr,
    αw,
    ε,
    θ,
    losses,
  };
}
export type Network = ReturnType<typeof network>;
