import {
  add,
  all,
  apply,
  delta,
  eq,
  Fin,
  forall,
  fun,
  imp,
  inv,
  join,
  le,
  mul,
  natAdd,
  sub,
  sum,
  variable,
} from '../../src/kernel/build.ts';
import { norm } from '../../src/kernel/notions.ts';
import type { Term } from '../../src/kernel/term.ts';
import type { Theorem } from '../../src/kernel/theorem.ts';
import { inV, moved, Perturbed, rowsInV } from '../../theorems/setting.ts';
import type { Derivation } from '../support/derivation.ts';
import {
  byAxiom,
  calculation,
  fixing,
  instanceAt,
  linearly,
  logic,
  pointwise,
  witness,
} from '../support/tactics.ts';
import { added, entrywise, reciprocal, unitNorm } from '../support/vectors.ts';
import type { Network } from './network.ts';

/** T3.6–T3.9: rank W < dx ⇒ the features are perturbed predictions, at S′ = {0} ∪ {(0, a e_kᵀ, 0)}. */
export function nullVector(
  p: Derivation,
  network: Network,
  given: {
    readonly positive: Theorem;
    readonly derivativeW: Theorem;
    /** every f_i is differentiable at θ + εv, for ‖v‖ ≤ 1, and at θ */
    readonly smooth: Theorem;
    readonly smoothHere: Theorem;
    readonly zeroInV: Theorem;
  },
): Theorem {
  const {
    D,
    S0,
    alongR,
    alongW,
    c,
    derivative,
    features,
    deficient,
    i,
    matrix,
    net,
    one,
    rest,
    slopeW,
    smoothAt,
    spanned,
    αr,
    αw,
    ε,
    θ,
  } = network;
  const { m, dx, dz, dy } = net;
  const { dθ, f } = D;
  const { positive, derivativeW, smooth, smoothHere, zeroInV } = given;
  const nullVector = p.suppose(
    'T3.6a',
    deficient,
    'Case 2: rank W < dx, so W has a null vector of length 1.',
    'A.4',
  );
  const [a, ha] = p.obtain('T3.6', 'a', nullVector, 'Let a be one: Wa = 0, ‖a‖ = 1.', 'A.4');
  const length1 = p.part(ha, 0);
  const annihilated = p.part(ha, 1);
  const k = variable('k', Fin(dz));
  /** (0, a e_kᵀ, 0) */
  const E = (n: Term) => alongR(matrix(dx, dz, (j, q) => mul(apply(a, j), delta(q, n))));
  p.name('w', E(k), k);
  const shortE = p.step(
    'T3.7a',
    forall([k], le(norm(E(k)), 1)),
    fixing([k], unitNorm),
    [length1],
    'The direction w_k := (0, a e_kᵀ, 0) has length ‖a‖ ‖e_k‖ = 1.',
    'A.4',
  );
  const sameE = p.step(
    'T3.7b',
    forall([k, i], eq(apply(f, i, moved(θ, ε, E(k))), apply(f, i, θ))),
    entrywise(calculation),
    [annihilated],
    'W (R + ε a e_kᵀ) = WR, so εw_k changes no prediction.',
    'A.4',
  );
  const inVE = p.step(
    'T3.7',
    forall([k], inV(D, θ, ε, E(k))),
    logic,
    [shortE, sameE],
    'w_k ∈ V[θ, ε].',
    'A.4',
  );
  const count = natAdd(one, dz);
  const S1 = p.name('S′', join(one, dz, S0, fun('k', Fin(dz), E)));
  const rows1 = p.step(
    'T3.7c',
    rowsInV(D, θ, ε, count, S1),
    byAxiom(
      'FINSUM',
      one,
      dz,
      fun('j', Fin(count), (j) => inV(D, θ, ε, apply(S1, j))),
    ),
    [zeroInV, inVE],
    'S′ := {0, w_1, …, w_dz} ⊆ V[θ, ε].',
    'A.4',
  );
  const reciprocalOf = p.step('T3.8a', eq(mul(ε, inv(ε)), 1), reciprocal, [positive], 'ε ≠ 0.');
  /** (1/ε) q_k aᵀ with q_k the column k of α_r − α_w R */
  const Bk = (n: Term) => matrix(dy, dx, (b, j) => mul(inv(ε), mul(rest(b, n), apply(a, j))));
  const B0 = matrix(dy, dx, (b, j) =>
    sub(
      apply(αw, b, j),
      sum('k', dz, (n) => apply(Bk(n), b, j)),
    ),
  );
  p.name('D', Bk(k), k);
  p.name('D₀', B0);
  const atZero = p.step(
    'T3.8b',
    forall([i, c], eq(derivative(i, θ, alongW(B0), c), apply(slopeW(i, θ, B0), c))),
    logic,
    [derivativeW, smoothHere],
    'At v = 0 the derivative along D_0 := α_w − Σ_k D_k, with D_k := (1/ε) q_k aᵀ, q_k the column k of α_r − α_w R.',
    'A.4',
  );
  const smoothAtE = p.step(
    'T3.8c',
    forall([k], smoothAt(moved(θ, ε, E(k)))),
    fixing([k], instanceAt(E(k))),
    [smooth, shortE],
    'Every f_i is differentiable at θ + εw_k.',
  );
  const atE = p.step(
    'T3.8d',
    forall(
      [i, c, k],
      eq(derivative(i, moved(θ, ε, E(k)), alongW(Bk(k)), c), apply(slopeW(i, moved(θ, ε, E(k)), Bk(k)), c)),
    ),
    logic,
    [derivativeW, smoothAtE],
    'At w_k the derivative along D_k is D_k (x_i + (R + ε a e_kᵀ) z_i).',
    'A.4',
  );
  const overE = p.step(
    'T3.8e',
    forall(
      [i, c],
      eq(
        sum('k', dz, (n) => derivative(i, moved(θ, ε, E(n)), alongW(Bk(n)), c)),
        sum('k', dz, (n) => apply(slopeW(i, moved(θ, ε, E(n)), Bk(n)), c)),
      ),
    ),
    pointwise([i, c], added),
    [atE],
    'Add them.',
  );
  const total = p.step(
    'T3.9a',
    forall(
      [i, c],
      eq(
        add(
          apply(slopeW(i, θ, B0), c),
          sum('k', dz, (n) => apply(slopeW(i, moved(θ, ε, E(n)), Bk(n)), c)),
        ),
        apply(features(αw, αr, i), c),
      ),
    ),
    fixing([i, c], calculation),
    [reciprocalOf, length1],
    'As aᵀa = 1, the sum of all is α_w (x_i + R z_i) + Σ_k q_k (z_i)_k = α_w x_i + α_r z_i.',
    'A.4',
  );
  const coefficients = fun('k', Fin(dθ), (n) =>
    join(
      one,
      dz,
      fun('j', Fin(one), () => apply(alongW(B0), n)),
      fun('j', Fin(dz), (j) => apply(alongW(Bk(j)), n)),
    ),
  );
  p.name('β', coefficients);
  const reached2 = p.step(
    'T3.9b',
    all('i', Fin(m), (n) => eq(features(αw, αr, n), Perturbed(D, θ, ε, count, S1, n, coefficients))),
    entrywise(linearly(-1, -1, -1), true),
    [total, atZero, overE],
    'That is f̃_θ at S′ and these directions.',
    'A.4',
  );
  const spanned2 = p.step(
    'T3.9c',
    spanned(αw, αr),
    witness(count, S1, coefficients),
    [rows1, reached2],
    'So the features are in Ẽ[θ, ε].',
    'A.4',
  );
  return p.step('T3.9', imp(deficient, spanned(αw, αr)), p.introducing(), [spanned2], 'In case 2.', 'A.4');
}
