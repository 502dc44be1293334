import {
  all,
  and,
  apply,
  Diff,
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
  nat,
  natAdd,
  natLe,
  natLt,
  not,
  pi,
  Real,
  sum,
  type Term,
  val,
  variable,
  vec,
  vecAdd,
  zeroVec,
} from '../../src/kernel/build.ts';
import { inBall, isMin } from '../../src/kernel/notions.ts';
import { matVec } from '../../src/kernel/notions-linear.ts';
import { assumption1, differentiableNearby, localMinimum, weights } from '../../theorems/hypotheses.ts';
import {
  dataVariables,
  Induced,
  inE,
  inΩ,
  Loss,
  overPerturbations,
  Perturbed,
  PerturbedLoss,
  rowsInV,
} from '../../theorems/setting.ts';
import { features as perturbedFeatures, sums } from '../perturbed-span.ts';
import { awayFromKinks, differentiableBall, normOfZero, smaller } from '../support/neighbourhoods.ts';
import { zeroInV } from '../support/perturbations.ts';
import { citing, part, script } from '../support/script.ts';
import { applying, naturals, together, trivially } from '../support/supply.ts';
import { byAxiom, infimum, linearly, logic, refutation, substitution, witness } from '../support/tactics.ts';
import {
  at,
  D,
  dy,
  facts,
  features as featuresOf,
  H,
  h,
  inside,
  kept,
  linearAt,
  m,
  N,
  points,
  regular,
  samples,
  spans,
  t,
  whole,
  width,
  ε,
  θ,
  λ,
  ℓ,
} from './network.ts';
import { representation } from './representation.ts';
import { span } from './span.ts';

export const r = variable('r', Nat);
const layerSet = natAdd(r, 1);
const ρ0 = variable('ρ', Fin(layerSet));
const layer = (ρ: Term): Term => natAdd(t, val(ρ));
const Coefficients = pi(ρ0, Mat(dy, width(layer(ρ0))));
/** Σ_{l=t}^H A_l h_l(x_i; θ) */
const features = (A: Term, i: Term): Term =>
  vec('c', dy, (c) => sum('ρ', layerSet, (ρ) => apply(matVec(at(A, ρ), at(h, layer(ρ), i, θ)), c)));
const losses = (value: (i: Term) => Term): Term =>
  sum('i', m, (i) => mul(at(λ, i), apply(at(ℓ, i), value(i))));
const predicted = (e: Term, s: Term, S: Term, α: Term, A: Term) => (i: Term) =>
  vecAdd(features(A, i), Perturbed(D, θ, e, s, S, i, α));
const values = (e: Term): Term =>
  overPerturbations(D, θ, e, (y, s, S, α) =>
    exists('A', Coefficients, (A) => eq(y, losses(predicted(e, s, S, α, A)))),
  );

const linearBall = exists('ε₁', Real, (e) =>
  and(
    lt(0, e),
    points('v', (v) => imp(inBall(v, θ, e), linearAt(v))),
  ),
);

/** Theorem 4 for a network in coordinates. */
export const optimal = part(
  'network-optimal',
  'Theorem 4 for a network in coordinates',
  'The features of the layers t..H lie in the span of the perturbed gradients, so nothing is gained by adding them.',
  [...whole.filter((x) => x.id !== ε.id), r],
  [weights(D), ...Object.values(facts)],
  [
    { id: 'layers', name: 'there are r layers after t', term: eq(natAdd(t, r), H) },
    { ...assumption1(D) },
    { id: 'linear', name: 'the units in J are linear near θ', term: linearBall },
    differentiableNearby(D, θ),
    localMinimum(D, θ),
  ],
  exists('ε₀', Real, (e0) =>
    and(
      lt(0, e0),
      all('ε', Real, (e) => imp(lt(0, e), lt(e, e0), isMin(Loss(D, θ), values(e)))),
    ),
  ),
);

export const optimalProof = script(optimal, (p) => {
  const data = dataVariables(D);
  const count = p.given('layers');
  const convex = p.given('assumption-1');
  const assumption2 = citing(p, representation, []);
  const [ε3, h3] = p.obtain(
    'T4.13a',
    'ε₃',
    p.cite(
      'theorem-2',
      [...data, θ],
      [p.given('weights'), convex, assumption2, p.given('differentiable-nearby'), p.given('local-minimum')],
    ),
    'Theorem 2 holds below some ε₃.',
    'Theorem 2',
  );
  const smoothBall = p.step(
    'T4.13b',
    differentiableBall(D, θ),
    awayFromKinks,
    [p.given('differentiable-nearby')],
    'θ ∉ Ω̃: every f_i is differentiable on some ball around θ.',
    'section 3.1',
  );
  const [ε2, h2] = p.obtain('T4.13c', 'ε₂', smoothBall, 'Let ε₂ be its radius.');
  const [ε1, h1] = p.obtain(
    'T4.13d',
    'ε₁',
    p.given('linear'),
    'The units in J are linear on a ball of radius ε₁.',
  );
  const two = p.step(
    'T4.13e',
    exists('r₁', Real, (e) => and(lt(0, e), le(e, ε1), le(e, ε2))),
    smaller,
    [p.part(h1, 0), p.part(h2, 0)],
    'Let r₁ := min(ε₁, ε₂),',
  );
  const [r1, hr1] = p.obtain('T4.13f', 'r₁', two, 'fix it,');
  const three = p.step(
    'T4.13g',
    exists('ε₀', Real, (e) => and(lt(0, e), le(e, r1), le(e, ε3))),
    smaller,
    [p.part(hr1, 0), p.part(h3, 0)],
    'and ε₀ := min(r₁, ε₃).',
  );
  const [ε0, h0] = p.obtain('T4.13h', 'ε₀', three, 'Fix it.');
  const positive = p.suppose('T4.13i', lt(0, ε), 'Let 0 < ε,');
  const small = p.suppose('T4.13j', lt(ε, ε0), 'and ε < ε₀.');
  const weak = p.step('T4.13k', le(0, ε), linearly(1), [positive], '0 ≤ ε.');
  const v = variable('v', θ.sort);
  const near = p.suppose('T4.13l', inside(v), 'Let v be in B(θ, ε).');
  const in1 = p.step(
    'T4.13m',
    inBall(v, θ, ε1),
    linearly(1, 1, 1, 1),
    [near, small, p.part(h0, 1), p.part(hr1, 1)],
    'It is in B(θ, ε₁)',
  );
  const in2 = p.step(
    'T4.13n',
    inBall(v, θ, ε2),
    linearly(1, 1, 1, 1),
    [near, small, p.part(h0, 1), p.part(hr1, 2)],
    'and B(θ, ε₂),',
  );
  const linear = p.step(
    'T4.13o',
    linearAt(v),
    applying(v),
    [p.part(h1, 1), in1],
    'so the units in J are linear there,',
  );
  const smooth = p.step(
    'T4.13p',
    samples((i) => Diff(at(D.f, i), v)),
    applying(v),
    [p.part(h2, 1), in2],
    'and f is differentiable.',
  );
  const both = p.step(
    'T4.13q',
    and(
      linearAt(v),
      samples((i) => Diff(at(D.f, i), v)),
    ),
    together,
    [linear, smooth],
    'Both.',
  );
  const regularBall = p.step('T4.13r', regular, p.introducing(v), [both], 'v was arbitrary.');

  const center = p.step('T4.13s', inside(θ), normOfZero, [positive], 'θ is in the ball,');
  p.name('K', kept(v), v);
  const keptθ = p.step('T4.13t', kept(θ), trivially, [], 'and is kept.');
  const A = variable('A', Coefficients);
  const ρ = variable('ρ', Fin(layerSet));
  const spanned = citing(p, span, [positive, regularBall]);
  const index = p.step(
    'T4.13u',
    natLt(val(ρ), layerSet),
    byAxiom('VALLT', layerSet, ρ),
    [],
    'The layers t..H are t + ρ, ρ ≤ r.',
  );
  const high = p.step('T4.13w', natLe(layer(ρ), H), naturals, [index, count], 'and t + ρ ≤ H.');
  const spannedHere = p.step(
    'T4.13x',
    spans(layer(ρ)),
    applying(layer(ρ)),
    [spanned, high],
    'Ẽ holds their features',
  );
  const family = vec('ρ', layerSet, (ρ) => featuresOf(layer(ρ), at(A, ρ), θ));
  const member = p.step(
    'T4.13y',
    inE(D, θ, ε, at(family, ρ)),
    applying(θ, at(A, ρ)),
    [spannedHere, keptθ, center],
    'at θ.',
  );
  const members = p.step(
    'T4.13z',
    all('ρ', Fin(layerSet), (ρ) => inE(D, θ, ε, at(family, ρ))),
    p.introducing(ρ),
    [member],
    'For every ρ.',
  );
  const total = fun('i', Fin(m), (i) => features(A, i));
  const featuresIn = p.step(
    'T4.14a',
    inE(D, θ, ε, total),
    applying(layerSet, family),
    [p.cite(sums.id, [...data, θ, ε], [weak]), members],
    'So Ẽ holds Σ_l A_l h_l.',
  );

  const s = variable('s', Nat);
  const S = variable('S', Mat(s, N));
  const α = variable('α', Mat(N, s));
  const rows = p.suppose('T4.14b', rowsInV(D, θ, ε, s, S), 'Let S be a finite subset of V[θ, ε].');
  const prediction = predicted(ε, s, S, α, A);
  const values2 = overPerturbations(D, θ, ε, (y, n, rows, a) => eq(y, PerturbedLoss(D, θ, ε, n, rows, a)));
  const below3 = p.step('T4.14i', lt(ε, ε3), linearly(1, 1), [small, p.part(h0, 2)], 'ε < ε₃.');
  const least2 = p.step(
    'T4.14j',
    isMin(Loss(D, θ), values2),
    applying(ε),
    [p.part(h3, 1), weak, below3],
    'Theorem 2 at this ε.',
    'Theorem 2',
  );
  const lowerAt = p.step(
    'T4.14l',
    le(Loss(D, θ), losses(prediction)),
    applying(s, S, α),
    [p.cite(perturbedFeatures.id, [...data, θ, ε, total], [weak, least2, featuresIn]), rows],
    'By Lemma 1 and Theorem 2 the value at (S, α, A) is not below L(θ).',
    'section A.5',
  );
  const lower = p.step(
    'T4.14',
    forall([s, S], imp(rowsInV(D, θ, ε, s, S), forall([α, A], le(Loss(D, θ), losses(prediction))))),
    p.introducing(s, S, α, A),
    [lowerAt],
    'S, α and A were arbitrary.',
    'section A.5',
  );

  const [g, represents] = p.obtain('T4.15a', 'g', assumption2, 'Let g be the function of Assumption 2.');
  const smoothθ = p.step(
    'T4.15b',
    samples((i) => Diff(at(D.f, i), θ)),
    applying(θ),
    [regularBall, center],
    'f is differentiable at θ,',
  );
  const notΩ = p.step('T4.15c', not(inΩ(D, θ)), refutation, [smoothθ], 'so θ ∉ Ω,');
  const γ = apply(g, θ);
  const own = p.step(
    'T4.15d',
    samples((i) => eq(at(D.f, i, θ), Induced(D, θ, i, γ))),
    logic,
    [represents, notΩ],
    'and f is a combination of its partial derivatives.',
  );
  const one = nat(1);
  const S0 = fun('j', Fin(one), () => zeroVec(N));
  const α0 = fun('k', Fin(N), (k) => fun('j', Fin(one), () => apply(γ, k)));
  const A0 = fun('ρ', Fin(layerSet), (ρ) => fun('c', Fin(dy), () => zeroVec(width(layer(ρ)))));
  const rows0 = p.step(
    'T4.15e',
    rowsInV(D, θ, ε, one, S0),
    logic,
    [zeroInV(p, 'T4.15f', D, θ, ε)],
    '{0} ⊆ V[θ, ε].',
  );
  const attained = p.step(
    'T4.15g',
    eq(Loss(D, θ), losses(predicted(ε, one, S0, α0, A0))),
    substitution,
    [own],
    'S = {0}, α = g(θ) and A = 0 give L(θ).',
  );
  const least = p.step(
    'T4.15',
    isMin(Loss(D, θ), values(ε)),
    infimum(one, S0, α0, A0),
    [lower, rows0, attained],
    'L(θ) is the infimum, attained.',
    'section A.5',
  );
  const everywhere = p.step(
    'T4.16a',
    all('ε', Real, (e) => imp(lt(0, e), lt(e, ε0), isMin(Loss(D, θ), values(e)))),
    p.introducing(ε),
    [least],
    'ε was arbitrary.',
  );
  p.qed('T4.16', witness(ε0), [p.part(h0, 0), everywhere], 'ε₀ is as claimed.', 'section 4.2.3, Theorem 4');
});
