import {
  all,
  and,
  apply,
  eq,
  exists,
  Fin,
  forall,
  fun,
  imp,
  le,
  lt,
  Mat,
  mul,
  Nat,
  not,
  or,
  Real,
  scale,
  sum,
  Vec,
  variable,
  vecAdd,
  zeroVec,
} from '../src/kernel/build.ts';
import { inBall, isMin, norm } from '../src/kernel/notions.ts';
import type { Term } from '../src/kernel/term.ts';
import { W } from '../theorems/residual.ts';
import {
  inV,
  Loss,
  moved,
  overPerturbations,
  Perturbed,
  PerturbedLoss,
  rowsInV,
} from '../theorems/setting.ts';
import { theorem3 } from '../theorems/theorem-3.ts';
import { featuresProof, features as perturbedFeatures, twoTermsProof } from './perturbed-span.ts';
import {
  awayFromKinks,
  differentiableBall,
  normOfZero,
  scaledNorm,
  smaller,
} from './support/neighbourhoods.ts';
import { script } from './support/script.ts';
import { applying } from './support/supply.ts';
import { byAxiom, fixing, infimum, instanceAt, linearly, logic, ring, witness } from './support/tactics.ts';
import { otherwise, split } from './support/vectors.ts';
import { derivatives } from './theorem-3/derivatives.ts';
import { fullRank } from './theorem-3/full-rank.ts';
import { network } from './theorem-3/network.ts';
import { nullVector } from './theorem-3/null-vector.ts';
import { representation } from './theorem-3/representation.ts';

/**
 * Theorem 3 (A.4): the linear and residual features lie in the span of the perturbed gradients, so Theorem 2 covers them.
 * Where rank W = dy, S′ = {0} is enough; otherwise S′ = {0} ∪ {(0, a e_kᵀ, 0)} with a unit vector a, Wa = 0.
 */
export const theorem3Proof = script(
  theorem3,
  (p) => {
    const net3 = network();
    const {
      D,
      Rθ,
      S0,
      deficient,
      features,
      full,
      matrix,
      net,
      one,
      smoothAt,
      spanned,
      zero,
      αr,
      αw,
      ε,
      θ,
      losses,
    } = net3;
    const { m, dx, dz, dy } = net;
    const { dθ, λ, ℓ, f } = D;
    const v = variable('v', Vec(dθ));
    const weights = p.given('weights');
    const convexLosses = p.given('assumption-1');
    const dimensions = p.given('dimensions');
    const notΩTilde = p.given('differentiable-nearby');
    const minimum = p.given('local-minimum');
    const slopes = derivatives(p, net3);
    const assumption2 = representation(p, net3, slopes.inW);
    const [ε1, h1] = p.obtain(
      'T3.2',
      'ε₁',
      p.cite('theorem-2', [m, dθ, dy, λ, ℓ, f, θ], [weights, convexLosses, assumption2, notΩTilde, minimum]),
      'Let ε₁ be as in Theorem 2.',
      'Theorem 2',
    );
    const smoothBall = p.step(
      'T3.2a',
      differentiableBall(D, θ),
      awayFromKinks,
      [notΩTilde],
      'θ ∉ Ω̃: every f_i is differentiable on some ball around θ.',
      'section 3.1',
    );
    const [r, hr] = p.obtain('T3.2b', 'r', smoothBall, 'Let r be its radius.');
    const radius = p.step(
      'T3.2c',
      exists('ε₀', Real, (e) => and(lt(0, e), le(e, ε1), le(e, r))),
      smaller,
      [p.part(h1, 0), p.part(hr, 0)],
      'Let ε₀ := min(ε₁, r).',
    );
    const [ε0, h0] = p.obtain('T3.2d', 'ε₀', radius, 'Fix it.');
    const positive = p.suppose('T3.2e', lt(0, ε), 'Let 0 < ε.');
    const small = p.suppose('T3.2f', lt(ε, ε0), 'Let ε < ε₀.');
    const nonnegative = p.step('T3.2g', le(0, ε), linearly(1), [positive], 'ε is not negative.');
    const below1 = p.step('T3.2h', lt(ε, ε1), linearly(1, 1), [small, p.part(h0, 1)], 'ε < ε₁.');
    const values2 = overPerturbations(D, θ, ε, (y, n, rows, a) => eq(y, PerturbedLoss(D, θ, ε, n, rows, a)));
    const least2 = p.step(
      'T3.2i',
      isMin(Loss(D, θ), values2),
      logic,
      [h1, nonnegative, below1],
      'Theorem 2 at this ε.',
      'Theorem 2',
    );
    const short = p.suppose('T3.2j', le(norm(v), 1), 'Let ‖v‖ ≤ 1.');
    const step = p.step(
      'T3.2k',
      le(norm(scale(ε, v)), ε),
      scaledNorm,
      [short, nonnegative],
      'Then ‖εv‖ ≤ ε.',
    );
    const near = p.step(
      'T3.2l',
      inBall(moved(θ, ε, v), θ, r),
      linearly(1, 1, 1),
      [step, small, p.part(h0, 2)],
      'θ + εv lies in B(θ, r).',
    );
    const smoothThere = p.step('T3.2m', smoothAt(moved(θ, ε, v)), logic, [hr, near], 'f is smooth there.');
    const smooth = p.step(
      'T3.2n',
      forall([v], imp(le(norm(v), 1), smoothAt(moved(θ, ε, v)))),
      p.introducing(v),
      [smoothThere],
      'Every f_i is differentiable at θ + εv, for ‖v‖ ≤ 1.',
    );

    // ---------------------------------------------------------------- S = {0}
    const shortZero = p.step('T3.2o', le(norm(zero), 1), normOfZero, [], '‖0‖ ≤ 1.');
    const zeroInV = p.step('T3.2p', inV(D, θ, ε, zero), logic, [shortZero], '0 ∈ V[θ, ε].', 'section 3.3');
    const rows0 = p.step('T3.2q', rowsInV(D, θ, ε, one, S0), logic, [zeroInV], '{0} ⊆ V[θ, ε].');
    const smoothAtZero = p.step(
      'T3.2r',
      smoothAt(moved(θ, ε, zero)),
      instanceAt(zero),
      [smooth, shortZero],
      'Take v = 0.',
    );
    const smoothHere = p.step(
      'T3.2s',
      smoothAt(θ),
      logic,
      [smoothAtZero],
      'Every f_i is differentiable at θ.',
    );

    // ---------------------------------------------------------------- the features are perturbed predictions
    const case1 = fullRank(p, net3, slopes, smoothHere, rows0);
    const case2 = nullVector(p, net3, {
      positive,
      derivativeW: slopes.inW,
      smooth,
      smoothHere,
      zeroInV,
    });
    const otherwiseNull = p.step(
      'T3.10a',
      imp(not(full), deficient),
      fixing([], byAxiom('RN', dy, dx, W(net, θ))),
      [p.part(dimensions, 0)],
      'Where rank W < dy ≤ dx, W has a null vector.',
      'A.4',
    );
    const either = p.step(
      'T3.10b',
      or(full, deficient),
      otherwise,
      [otherwiseNull],
      'So rank W = dy or rank W < dx; the dimensions are used for this only.',
      'A.4',
    );
    const reached = p.step(
      'T3.10',
      spanned(αw, αr),
      split,
      [either, case1, case2],
      'In both cases the features α_w x_i + α_r z_i are predictions f̃_θ(x_i; α′, ε, S′).',
      'A.4',
    );

    // ---------------------------------------------------------------- so nothing is gained by them
    const s = variable('s', Nat);
    const S = variable('S', Mat(s, dθ));
    const α = variable('α', Mat(dθ, s));
    const inside = p.suppose('T3.11a', rowsInV(D, θ, ε, s, S), 'Let S be a finite subset of V[θ, ε].');
    const prediction = (n: Term) => vecAdd(features(αw, αr, n), Perturbed(D, θ, ε, s, S, n, α));
    const noLower = p.cite(
      perturbedFeatures.id,
      [m, dθ, dy, λ, ℓ, f, θ, ε, fun('i', Fin(m), (n) => features(αw, αr, n))],
      [nonnegative, least2, reached],
    );
    const lowerAt = p.step(
      'T3.11b',
      le(Loss(D, θ), losses(prediction)),
      applying(s, S, α),
      [noLower, inside],
      'By Lemma 1 and Theorem 2 the value at (S, α, α_w, α_r) is not below L(θ).',
      'A.4',
    );
    const lower = p.step(
      'T3.11',
      forall([s, S], imp(rowsInV(D, θ, ε, s, S), forall([α, αw, αr], le(Loss(D, θ), losses(prediction))))),
      p.introducing(s, S, α, αw, αr),
      [lowerAt],
      'S, α, α_w and α_r were arbitrary.',
    );

    // ---------------------------------------------------------------- the infimum is attained
    const Wθ = W(net, θ);
    const WR = matrix(dy, dz, (b, n) => sum('j', dx, (j) => mul(apply(Wθ, b, j), apply(Rθ, j, n))));
    const α0 = fun('k', Fin(dθ), () => zeroVec(one));
    const attained = p.step(
      'T3.12a',
      eq(
        Loss(D, θ),
        losses((n) => vecAdd(features(Wθ, WR, n), Perturbed(D, θ, ε, one, S0, n, α0))),
      ),
      ring,
      [],
      'f_i(θ) = W x_i + (WR) z_i, so α_w = W, α_r = WR and α = 0 give L(θ).',
      'section 4.2',
    );
    const values3 = (e: Term) =>
      overPerturbations(D, θ, e, (y, n, rows, b) =>
        exists('α_w', Mat(dy, dx), (w) =>
          exists('α_r', Mat(dy, dz), (ρ) =>
            eq(
              y,
              losses((q) => vecAdd(features(w, ρ, q), Perturbed(D, θ, e, n, rows, q, b))),
            ),
          ),
        ),
      );
    const least = p.step(
      'T3.12',
      isMin(Loss(D, θ), values3(ε)),
      infimum(one, S0, α0, Wθ, WR),
      [lower, rows0, attained],
      'L(θ) is the infimum, attained.',
      'A.4',
    );
    const everywhere = p.step(
      'T3.13a',
      all('ε', Real, (e) => imp(lt(0, e), lt(e, ε0), isMin(Loss(D, θ), values3(e)))),
      p.introducing(ε),
      [least],
      'ε was arbitrary.',
    );
    p.qed(
      'T3.13',
      witness(ε0),
      [p.part(h0, 0), everywhere],
      'ε₀ is as claimed.',
      'section 4.2, Theorem 3, equation (4.2)',
    );
  },
  [twoTermsProof, featuresProof],
);
