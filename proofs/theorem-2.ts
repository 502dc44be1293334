import {
  add,
  all,
  apply,
  Diff,
  eq,
  Fin,
  forall,
  fun,
  imp,
  le,
  lt,
  Mat,
  mul,
  Nat,
  nat,
  not,
  partial,
  Real,
  sub,
  sum,
  Vec,
  variable,
  zeroVec,
} from '../src/kernel/build.ts';
import { inBall, isMin } from '../src/kernel/notions.ts';
import type { Term } from '../src/kernel/term.ts';
import {
  DifferentiableLosses,
  Force,
  freeData,
  Induced,
  inV,
  inΩ,
  Loss,
  moved,
  overPerturbations,
  Perturbed,
  PerturbedLoss,
  rowsInV,
} from '../theorems/setting.ts';
import { theorem2 } from '../theorems/theorem-2.ts';
import { awayFromKinks, differentiableBall, normOfZero } from './support/neighbourhoods.ts';
import { zeroInV } from './support/perturbations.ts';
import { script } from './support/script.ts';
import {
  byAxiom,
  calculation,
  fixing,
  infimum,
  instanceAt,
  linearly,
  logic,
  refutation,
  substitution,
  weightedSum,
  witness,
} from './support/tactics.ts';

/** Theorem 2 (A.2): the bound of convexity is L(θ) again, by Lemma 3 at each S_j and at v = 0. */
export const theorem2Proof = script(theorem2, (p) => {
  const D = freeData();
  const { m, dθ, dy, λ, ℓ, f } = D;
  const θ = variable('θ', Vec(dθ));
  const ε = variable('ε', Real);
  const s = variable('s', Nat);
  const S = variable('S', Mat(s, dθ));
  const α = variable('α', Mat(dθ, s));
  const i = variable('i', Fin(m));
  const j = variable('j', Fin(s));
  const k = variable('k', Fin(dθ));
  const weights = p.given('weights');
  const convexLosses = p.given('assumption-1');
  const notΩTilde = p.given('differentiable-nearby');
  const minimum = p.given('local-minimum');
  const at = (n: Term) => apply(f, n, θ);
  const predicted = (n: Term) => Perturbed(D, θ, ε, s, S, n, α);
  const slope = (n: Term) =>
    sum('c', dy, (c) => mul(partial(apply(ℓ, n), at(n), c), sub(apply(predicted(n), c), apply(at(n), c))));
  const totalSlope = sum('i', m, (n) => mul(apply(λ, n), slope(n)));
  const zero = zeroVec(dθ);

  const [g, represents] = p.obtain(
    'T2.1a',
    'g',
    p.given('assumption-2'),
    'Let g be the function of Assumption 2.',
    'section 3.1, Assumption 2',
  );
  const γ = apply(g, θ);
  const smoothBall = p.step(
    'T2.1b',
    differentiableBall(D, θ),
    awayFromKinks,
    [notΩTilde],
    'θ ∉ Ω̃: every f_i is differentiable on some ball around θ.',
    'section 3.1',
  );
  const [r, hr] = p.obtain('T2.1c', 'r', smoothBall, 'Let r be its radius.');
  const center = p.step('T2.1d', inBall(θ, θ, r), normOfZero, [p.part(hr, 0)], 'θ is in the ball.');
  const smooth = p.step(
    'T2.1e',
    all('i', Fin(m), (n) => Diff(apply(f, n), θ)),
    logic,
    [hr, center],
    'So θ ∉ Ω: Ω ⊆ Ω̃.',
    'A.2',
  );
  const notΩ = p.step('T2.1f', not(inΩ(D, θ)), refutation, [smooth], 'The same, as Assumption 2 says it.');
  const representsθ = p.step(
    'T2.1',
    all('i', Fin(m), (n) => eq(at(n), Induced(D, θ, n, γ))),
    logic,
    [represents, notΩ],
    'With γ := g(θ), every prediction is a combination of its own partial derivatives.',
    'A.2',
  );
  const differentiableLosses = p.step(
    'T2.2a',
    DifferentiableLosses(D),
    logic,
    [convexLosses],
    'Assumption 1 says that every ℓ_i is differentiable.',
    'section 3.1, Assumption 1',
  );
  const context = [m, dθ, dy, λ, ℓ, f, θ];
  const [ε0, h0] = p.obtain(
    'T2.2',
    'ε₀',
    p.cite('lemma-3', context, [weights, differentiableLosses, notΩTilde, minimum]),
    'Let ε₀ be as in Lemma 3.',
    'Lemma 3',
  );
  const nonnegative = p.suppose('T2.2b', le(0, ε), 'Let 0 ≤ ε.');
  const small = p.suppose('T2.2c', lt(ε, ε0), 'Let ε < ε₀.');
  const forces = p.step(
    'T2.2d',
    all('v', Vec(dθ), (w) =>
      imp(
        inV(D, θ, ε, w),
        all('k', Fin(dθ), (n) => eq(Force(D, θ, moved(θ, ε, w), n), 0)),
      ),
    ),
    logic,
    [h0, nonnegative, small],
    'Lemma 3 at this ε: the forces vanish along ∂_k f(θ + εv), v ∈ V[θ, ε].',
    'Lemma 3',
  );
  const inside = p.suppose('T2.3a', rowsInV(D, θ, ε, s, S), 'Let S be a finite subset of V[θ, ε].');
  const tangent = p.step(
    'T2.3b',
    forall([i], le(add(apply(ℓ, i, at(i)), slope(i)), apply(ℓ, i, predicted(i)))),
    fixing([i], byAxiom('GRADINEQ', dy, apply(ℓ, i), at(i), predicted(i))),
    [convexLosses],
    'A differentiable convex ℓ_i lies above its tangent at f_i(θ).',
    'A.2',
  );
  const bound = p.step(
    'T2.3',
    le(add(Loss(D, θ), totalSlope), PerturbedLoss(D, θ, ε, s, S, α)),
    weightedSum(i, apply(λ, i)),
    [tangent, weights],
    'Multiply by λ_i > 0 and add.',
    'A.2',
  );
  const atRows = sum('k', dθ, (n) =>
    sum('j', s, (q) => mul(apply(α, n, q), Force(D, θ, moved(θ, ε, apply(S, q)), n))),
  );
  const atθ = sum('k', dθ, (n) => mul(apply(γ, n), Force(D, θ, θ, n)));
  const slopes = p.step(
    'T2.4',
    eq(totalSlope, sub(atRows, atθ)),
    calculation,
    [representsθ],
    'Put f̃ and f_i(θ), combinations of partial derivatives, into the slope and exchange the sums.',
    'A.2',
  );
  const rowForces = p.step(
    'T2.5a',
    forall([j, k], eq(Force(D, θ, moved(θ, ε, apply(S, j)), k), 0)),
    logic,
    [forces, inside],
    'The forces vanish at every S_j.',
    'Lemma 3',
  );
  const noSlopeAtRows = p.step('T2.5b', eq(atRows, 0), calculation, [rowForces], 'So the first sum is 0.');
  const stays = zeroInV(p, 'T2.5c', D, θ, ε);
  const forcesAtZero = p.step(
    'T2.5e',
    forall([k], eq(Force(D, θ, moved(θ, ε, zero), k), 0)),
    instanceAt(zero),
    [forces, stays],
    'The forces vanish at v = 0.',
    'Lemma 3',
  );
  const forcesAtθ = p.step(
    'T2.5f',
    forall([k], eq(Force(D, θ, θ, k), 0)),
    logic,
    [forcesAtZero],
    'That is, at θ.',
  );
  const noSlopeAtθ = p.step('T2.5g', eq(atθ, 0), calculation, [forcesAtθ], 'So the second sum is 0.');
  const lowerAt = p.step(
    'T2.6a',
    le(Loss(D, θ), PerturbedLoss(D, θ, ε, s, S, α)),
    linearly(1, -1, -1, 1),
    [bound, slopes, noSlopeAtRows, noSlopeAtθ],
    'So (S, α) does no better than L(θ).',
    'A.2',
  );
  const lower = p.step(
    'T2.6',
    forall([s, S], imp(rowsInV(D, θ, ε, s, S), forall([α], le(Loss(D, θ), PerturbedLoss(D, θ, ε, s, S, α))))),
    p.introducing(s, S, α),
    [lowerAt],
    'S and α were arbitrary.',
  );
  const one = nat(1);
  const S0 = fun('j', Fin(one), () => zero);
  const α0 = fun('k', Fin(dθ), (n) => fun('j', Fin(one), () => apply(γ, n)));
  const attained = p.step(
    'T2.7',
    eq(Loss(D, θ), PerturbedLoss(D, θ, ε, one, S0, α0)),
    substitution,
    [representsθ],
    'S = {0} and α = γ give L(θ).',
    'A.2',
  );
  const rows0 = p.step('T2.7a', rowsInV(D, θ, ε, one, S0), logic, [stays], '{0} ⊆ V[θ, ε].');
  const values = (e: Term) =>
    overPerturbations(D, θ, e, (y, n, rows, a) => eq(y, PerturbedLoss(D, θ, e, n, rows, a)));
  const least = p.step(
    'T2.8',
    isMin(Loss(D, θ), values(ε)),
    infimum(one, S0, α0),
    [lower, rows0, attained],
    'L(θ) is the infimum, attained.',
    'A.2',
  );
  const everywhere = p.step(
    'T2.8a',
    all('ε', Real, (e) => imp(le(0, e), lt(e, ε0), isMin(Loss(D, θ), values(e)))),
    p.introducing(ε),
    [least],
    'ε was arbitrary.',
  );
  p.qed(
    'T2.9',
    witness(ε0),
    [p.part(h0, 0), everywhere],
    'ε₀ is as claimed.',
    'section 3.3, Theorem 2, equation (3.2)',
  );
});
