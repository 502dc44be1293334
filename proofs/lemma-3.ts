import {
  add,
  all,
  and,
  apply,
  Diff,
  div,
  eq,
  exists,
  Fin,
  forall,
  fun,
  imp,
  le,
  lt,
  not,
  Real,
  real,
  scale,
  Vec,
  variable,
  vecSub,
} from '../src/kernel/build.ts';
import { inBall, norm } from '../src/kernel/notions.ts';
import type { Term } from '../src/kernel/term.ts';
import { lemma3 } from '../theorems/lemma-3.ts';
import {
  Critical,
  Force,
  freeData,
  inV,
  inΩ,
  LocalMinimum,
  Loss,
  lossFunction,
  moved,
} from '../theorems/setting.ts';
import { awayFromKinks, differentiableBall, scaledNorm, smaller } from './support/neighbourhoods.ts';
import { script } from './support/script.ts';
import {
  byAxiom,
  fixing,
  linearly,
  logic,
  pointwise,
  refutation,
  rewriting,
  substitution,
  witness,
} from './support/tactics.ts';

/** Lemma 3 (A.2): near a local minimum, θ + εv is a local minimum too when the step changes no prediction. */
export const lemma3Proof = script(lemma3, (p) => {
  const D = freeData();
  const { m, dθ, dy, λ, ℓ, f } = D;
  const θ = variable('θ', Vec(dθ));
  const ε = variable('ε', Real);
  const v = variable('v', Vec(dθ));
  const k = variable('k', Fin(dθ));
  const i = variable('i', Fin(m));
  const other = variable("θ'", Vec(dθ));
  const weights = p.given('weights');
  const differentiableLosses = p.given('loss-differentiable');
  const notΩTilde = p.given('differentiable-nearby');
  const minimum = p.given('local-minimum');
  const at = moved(θ, ε, v);
  const loss = (j: Term) => fun('t', Vec(dθ), (t) => apply(ℓ, j, apply(f, j, t)));

  const [ε1, h1] = p.obtain('L3.1', 'ε₁', minimum, 'L(θ) ≤ L(θ′) on some ball B(θ, ε₁).', 'A.2');
  const smoothBall = p.step(
    'L3.2',
    differentiableBall(D, θ),
    awayFromKinks,
    [notΩTilde],
    'θ ∉ Ω̃: every f_i is differentiable on some ball around θ.',
    'A.2',
  );
  const [ε2, h2] = p.obtain('L3.2a', 'ε₂', smoothBall, 'Let ε₂ be its radius.', 'A.2');
  const half = div(ε1, 2);
  const positive1 = p.step(
    'L3.3a',
    lt(0, half),
    linearly(div(real(1), 2)),
    [p.part(h1, 0)],
    'ε₁/2 is positive.',
  );
  const positive2 = p.part(h2, 0);
  const radius = p.step(
    'L3.3',
    exists('ε₀', Real, (r) => and(lt(0, r), le(r, half), le(r, ε2))),
    smaller,
    [positive1, positive2],
    'Let ε₀ := min(ε₁/2, ε₂).',
    'A.2',
  );
  const [ε0, h0] = p.obtain('L3.3b', 'ε₀', radius, 'Fix it.', 'A.2');
  const [positive0, belowHalf, below2] = [p.part(h0, 0), p.part(h0, 1), p.part(h0, 2)];
  const nonnegative = p.suppose('L3.4a', le(0, ε), 'Let 0 ≤ ε.');
  const small = p.suppose('L3.4b', lt(ε, ε0), 'Let ε < ε₀.');
  const inside = p.suppose('L3.4c', inV(D, θ, ε, v), 'Let v ∈ V[θ, ε].');
  const short = p.step(
    'L3.4d',
    le(norm(v), 1),
    logic,
    [inside],
    'Directions in V[θ, ε] have length at most 1.',
  );
  const same = p.step(
    'L3.4e',
    all('i', Fin(m), (j) => eq(apply(f, j, at), apply(f, j, θ))),
    logic,
    [inside],
    'The step εv changes no prediction.',
  );
  const step = p.step(
    'L3.4',
    le(norm(scale(ε, v)), ε),
    scaledNorm,
    [short, nonnegative],
    'So the step is no longer than ε.',
    'A.2',
  );
  const triangle = p.step(
    'L3.5a',
    forall([other], le(norm(vecSub(other, θ)), add(norm(vecSub(other, at)), norm(scale(ε, v))))),
    fixing([other], byAxiom('TRI', dθ, vecSub(other, at), scale(ε, v))),
    [],
    'The triangle inequality for θ′ − θ = (θ′ − θ − εv) + εv.',
    'A.2',
  );
  const nested = p.step(
    'L3.5',
    forall([other], imp(inBall(other, at, half), inBall(other, θ, ε1))),
    pointwise([other], linearly(1, 1, 1, 1, 1)),
    [triangle, step, small, belowHalf],
    'So B(θ + εv, ε₁/2) ⊆ B(θ, ε₁).',
    'A.2',
  );
  const sameLoss = p.step(
    'L3.6a',
    eq(Loss(D, θ), Loss(D, at)),
    substitution,
    [same],
    'L(θ + εv) = L(θ), as all predictions agree.',
    'A.2',
  );
  const lower = p.step(
    'L3.6b',
    forall([other], imp(inBall(other, at, half), le(Loss(D, θ), Loss(D, other)))),
    logic,
    [nested, h1],
    'On that ball L is at least L(θ).',
    'A.2',
  );
  const lowerThere = p.step(
    'L3.6c',
    forall([other], imp(inBall(other, at, half), le(Loss(D, at), Loss(D, other)))),
    rewriting,
    [lower, sameLoss],
    'Hence at least L(θ + εv).',
    'A.2',
  );
  const minimumThere = p.step(
    'L3.6',
    LocalMinimum(D, at),
    witness(half),
    [positive1, lowerThere],
    'θ + εv is a local minimum of L.',
    'A.2',
  );
  const inBall2 = p.step(
    'L3.7a',
    inBall(at, θ, ε2),
    linearly(1, 1, 1),
    [step, small, below2],
    'θ + εv lies in B(θ, ε₂).',
    'A.2',
  );
  const smooth = p.step(
    'L3.7b',
    all('i', Fin(m), (j) => Diff(apply(f, j), at)),
    logic,
    [h2, inBall2],
    'So every f_i is differentiable at θ + εv.',
    'A.2',
  );
  const composed = p.step(
    'L3.7c',
    forall([i], Diff(loss(i), at)),
    fixing([i], byAxiom('CHAIN', dθ, dy, apply(f, i), apply(ℓ, i), at)),
    [smooth, differentiableLosses],
    'So is every ℓ_i ∘ f_i, by the chain rule.',
    'A.2',
  );
  const smoothLoss = p.step(
    'L3.7',
    Diff(lossFunction(D), at),
    byAxiom('DLIN', dθ, m, fun('i', Fin(m), loss), λ, at),
    [composed],
    'And L is.',
    'A.2',
  );
  const critical = p.step(
    'L3.8',
    Critical(D, at),
    byAxiom('FERMAT', dθ, lossFunction(D), at),
    [smoothLoss, minimumThere],
    'Fermat: the gradient of L vanishes at a local minimum at which L is differentiable.',
    'A.2',
  );
  const notΩ = p.step('L3.9a', not(inΩ(D, at)), refutation, [smooth], 'θ + εv ∉ Ω.');
  const forces = p.step(
    'L3.9',
    forall([k], eq(Force(D, at, at, k), 0)),
    logic,
    [p.cite('lemma-2', [m, dθ, dy, λ, ℓ, f, at], [weights, differentiableLosses, notΩ, critical])],
    'Lemma 2 at θ + εv.',
    'Lemma 2',
  );
  const sameForce = p.step(
    'L3.10a',
    forall([k], eq(Force(D, θ, at, k), Force(D, at, at, k))),
    fixing([k], substitution),
    [same],
    'The derivatives of the losses are taken at equal predictions.',
    'A.2',
  );
  const balanced = p.step(
    'L3.10',
    forall([k], eq(Force(D, θ, at, k), 0)),
    pointwise([k], linearly(1, 1)),
    [sameForce, forces],
    'So the forces at θ vanish along ∂_k f(θ + εv).',
    'A.2',
  );
  const everywhere = p.step(
    'L3.11',
    all('ε', Real, (e) =>
      imp(
        le(0, e),
        lt(e, ε0),
        all('v', Vec(dθ), (w) =>
          imp(
            inV(D, θ, e, w),
            all('k', Fin(dθ), (j) => eq(Force(D, θ, moved(θ, e, w), j), 0)),
          ),
        ),
      ),
    ),
    p.introducing(ε, v),
    [balanced],
    'ε and v were arbitrary.',
  );
  p.qed('L3.12', witness(ε0), [positive0, everywhere], 'ε₀ is as claimed.', 'A.2, Lemma 3');
});
