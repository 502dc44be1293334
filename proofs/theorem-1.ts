import {
  add,
  all,
  apply,
  eq,
  Fin,
  forall,
  le,
  mul,
  partial,
  sub,
  sum,
  Vec,
  variable,
} from '../src/kernel/build.ts';
import type { Term } from '../src/kernel/term.ts';
import { DifferentiableLosses, Force, freeData, Induced, InducedLoss, Loss } from '../theorems/setting.ts';
import { theorem1 } from '../theorems/theorem-1.ts';
import { script } from './support/script.ts';
import {
  byAxiom,
  calculation,
  fixing,
  infimum,
  linearly,
  logic,
  pointwise,
  substitution,
  weightedSum,
} from './support/tactics.ts';

/** Theorem 1 (A.1): convexity bounds L_θ from below, and the bound is L(θ) by Lemma 2 and Assumption 2. */
export const theorem1Proof = script(theorem1, (p) => {
  const D = freeData();
  const { m, dθ, dy, λ, ℓ, f } = D;
  const θ = variable('θ', Vec(dθ));
  const α = variable('α', Vec(dθ));
  const i = variable('i', Fin(m));
  const k = variable('k', Fin(dθ));
  const weights = p.given('weights');
  const convexLosses = p.given('assumption-1');
  const notΩ = p.given('differentiable');
  const critical = p.given('critical');
  const at = (j: Term) => apply(f, j, θ);
  /** ∂ℓ_j(f_j(θ)) (f_θ(x_j; α) − f_j(θ)) */
  const slope = (j: Term) =>
    sum('c', dy, (c) =>
      mul(partial(apply(ℓ, j), at(j), c), sub(apply(Induced(D, θ, j, α), c), apply(at(j), c))),
    );
  const totalSlope = sum('i', m, (j) => mul(apply(λ, j), slope(j)));

  const [g, represents] = p.obtain(
    'T1.0',
    'g',
    p.given('assumption-2'),
    'Let g be the function of Assumption 2.',
    'section 3.1, Assumption 2',
  );
  const γ = apply(g, θ);
  const combinationOfForces = sum('k', dθ, (k) => mul(sub(apply(α, k), apply(γ, k)), Force(D, θ, θ, k)));
  const atθ = p.step(
    'T1.1',
    all('i', Fin(m), (j) => eq(at(j), Induced(D, θ, j, γ))),
    logic,
    [represents, notΩ],
    'With γ := g(θ), every prediction is a combination of its own partial derivatives, since θ ∉ Ω.',
    'A.1',
  );
  const tangent = p.step(
    'T1.2',
    forall([α, i], le(add(apply(ℓ, i, at(i)), slope(i)), apply(ℓ, i, Induced(D, θ, i, α)))),
    fixing([α, i], byAxiom('GRADINEQ', dy, apply(ℓ, i), at(i), Induced(D, θ, i, α))),
    [convexLosses],
    'A differentiable convex ℓ_i lies above its tangent at f_i(θ).',
    'A.1',
  );
  const bound = p.step(
    'T1.3',
    forall([α], le(add(Loss(D, θ), totalSlope), InducedLoss(D, θ, α))),
    fixing([α], weightedSum(i, apply(λ, i), α)),
    [tangent, weights],
    'Multiply by λ_i > 0 and add.',
    'A.1',
  );
  const slopes = p.step(
    'T1.4',
    forall([α], eq(totalSlope, combinationOfForces)),
    fixing([α], calculation),
    [atθ],
    'Put f_θ(x_i; α) and f_i(θ), both combinations of the ∂_k f_i(θ), into the slope and exchange the sums.',
    'A.1',
  );
  const differentiableLosses = p.step(
    'T1.4a',
    DifferentiableLosses(D),
    logic,
    [convexLosses],
    'Assumption 1 says that every ℓ_i is differentiable.',
    'section 3.1, Assumption 1',
  );
  const forces = p.step(
    'T1.5',
    forall([k], eq(Force(D, θ, θ, k), 0)),
    logic,
    [p.cite('lemma-2', [m, dθ, dy, λ, ℓ, f, θ], [weights, differentiableLosses, notΩ, critical])],
    'Lemma 2: the forces vanish at a critical point.',
    'Lemma 2',
  );
  const noSlope = p.step(
    'T1.6',
    forall([α], eq(combinationOfForces, 0)),
    fixing([α], calculation),
    [forces],
    'So their combination is 0.',
    'A.1',
  );
  const lower = p.step(
    'T1.7',
    forall([α], le(Loss(D, θ), InducedLoss(D, θ, α))),
    pointwise([α], linearly(1, -1, -1)),
    [bound, slopes, noSlope],
    'So no α does better than L(θ).',
    'A.1',
  );
  const attained = p.step(
    'T1.8',
    eq(Loss(D, θ), InducedLoss(D, θ, γ)),
    substitution,
    [atθ],
    'And α = γ gives L(θ).',
    'A.1',
  );
  p.qed(
    'T1.9',
    infimum(γ),
    [lower, attained],
    'L(θ) is the infimum, attained at γ.',
    'section 3.2, Theorem 1',
  );
});
