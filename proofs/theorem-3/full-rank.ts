import { add, all, apply, eq, Fin, forall, fun, imp, mul, sum } from '../../src/kernel/build.ts';
import type { Theorem } from '../../src/kernel/theorem.ts';
import { Perturbed } from '../../theorems/setting.ts';
import type { Derivation } from '../support/derivation.ts';
import { calculation, fixing, linearly, logic, witness } from '../support/tactics.ts';
import { entrywise } from '../support/vectors.ts';
import type { Network } from './network.ts';

/** T3.5: rank W = dy ⇒ the features are perturbed predictions, at S′ = {0}. */
export function fullRank(
  p: Derivation,
  network: Network,
  slopes: { readonly inW: Theorem; readonly inR: Theorem },
  smoothHere: Theorem,
  rows0: Theorem,
): Theorem {
  const {
    D,
    S0,
    alongR,
    alongW,
    c,
    derivative,
    features,
    full,
    i,
    matrix,
    one,
    rest,
    slopeR,
    slopeW,
    spanned,
    αr,
    αw,
    ε,
    θ,
    net,
  } = network;
  const { m, dx, dz, dy } = net;
  const { dθ } = D;
  const fullRowRankW = p.suppose('T3.5a', full, 'Case 1: rank W = dy.', 'A.4');
  const [Q, rightInverse] = p.obtain('T3.5b', 'Q', fullRowRankW, 'Let Q be a right inverse of W.');
  const QM = p.name(
    'QM',
    matrix(dx, dz, (j, k) => sum('c', dy, (b) => mul(apply(Q, j, b), rest(b, k)))),
  );
  const first = p.step(
    'T3.5c',
    forall([i, c], eq(derivative(i, θ, alongW(αw), c), apply(slopeW(i, θ, αw), c))),
    logic,
    [slopes.inW, smoothHere],
    'The derivative along (α_w, 0, 0) is α_w (x_i + R z_i).',
    'A.4',
  );
  const second = p.step(
    'T3.5d',
    forall([i, c], eq(derivative(i, θ, alongR(QM), c), apply(slopeR(i, θ, QM), c))),
    logic,
    [slopes.inR, smoothHere],
    'The derivative along (0, QM, 0), M := α_r − α_w R, is W Q M z_i.',
    'A.4',
  );
  const cancelled = p.step(
    'T3.5e',
    forall(
      [i, c],
      eq(add(apply(slopeW(i, θ, αw), c), apply(slopeR(i, θ, QM), c)), apply(features(αw, αr, i), c)),
    ),
    fixing([i, c], calculation),
    [rightInverse],
    'As WQ = I, the sum is α_w x_i + α_r z_i.',
    'A.4',
  );
  const both = fun('k', Fin(dθ), (k) =>
    fun('j', Fin(one), () => add(apply(alongW(αw), k), apply(alongR(QM), k))),
  );
  const reached1 = p.step(
    'T3.5f',
    all('i', Fin(m), (n) => eq(features(αw, αr, n), Perturbed(D, θ, ε, one, S0, n, both))),
    entrywise(linearly(-1, -1, -1), true),
    [cancelled, first, second],
    'That is f̃_θ at S′ = {0} and the sum of the two directions.',
    'A.4',
  );
  const spanned1 = p.step(
    'T3.5g',
    spanned(αw, αr),
    witness(one, S0, both),
    [rows0, reached1],
    'So the features are in Ẽ[θ, ε].',
    'A.4',
  );
  return p.step('T3.5', imp(full, spanned(αw, αr)), p.introducing(), [spanned1], 'In case 1.', 'A.4');
}
