/** Ẽ[θ, ε] holds directional derivatives at the points θ + εw, and is closed under finite sums. */
import {
  add,
  all,
  and,
  apply,
  arrow,
  eq,
  exists,
  Fin,
  forall,
  fun,
  imp,
  index,
  inl,
  inr,
  le,
  Mat,
  mul,
  Nat,
  nat,
  natAdd,
  partial,
  Real,
  sum,
  type Term,
  Vec,
  variable,
  vec,
  vecAdd,
} from '../src/kernel/build.ts';
import { isMin } from '../src/kernel/notions.ts';
import {
  dataVariables,
  freeData,
  inE,
  inV,
  Loss,
  moved,
  overPerturbations,
  Perturbed,
  PerturbedLoss,
  rowsInV,
} from '../theorems/setting.ts';
import { induction, noIndex } from './support/naturals.ts';
import { part, script } from './support/script.ts';
import { applying, trivially } from './support/supply.ts';
import { calculation, fixing, logic, rewriting, substitution, witness } from './support/tactics.ts';
import { equalPredictions } from './support/vectors.ts';

const D = freeData();
const { m, dθ, dy, λ, ℓ, f } = D;
const θ = variable('θ', Vec(dθ));
const v = variable('v', Vec(dθ));
const w = variable('w', Vec(dθ));
const δ = variable('δ', Vec(dθ));
const ε = variable('ε', Real);
const predictions = Mat(m, dy);
const F = variable('F', predictions);
const G = variable('G', predictions);
const derivative = (at: Term, i: Term, c: Term): Term =>
  sum('k', dθ, (k) => mul(apply(δ, k), apply(partial(apply(f, i), at, k), c)));
const everyPrediction = (body: (i: Term, c: Term) => Term): Term =>
  all('i', Fin(m), (i) => all('c', Fin(dy), (c) => body(i, c)));

export const tangent = part(
  'perturbed-derivative',
  'A directional derivative of the predictions at θ + εw, w ∈ V[θ, ε], lies in Ẽ[θ, ε]',
  'The perturbable model at S = {w} predicts every such derivative.',
  [...dataVariables(D), θ, ε, w, v, δ, F],
  [],
  [
    { id: 'direction', name: 'w lies in V[θ, ε]', term: inV(D, θ, ε, w) },
    { id: 'point', name: 'v is θ + εw', term: eq(moved(θ, ε, w), v) },
    {
      id: 'derivative',
      name: 'F is the derivative in the direction δ',
      term: everyPrediction((i, c) => eq(derivative(v, i, c), apply(F, i, c))),
    },
  ],
  inE(D, θ, ε, F),
);

export const tangentProof = script(tangent, (p) => {
  const one = nat(1);
  const S = fun('j', Fin(one), () => w);
  const α = fun('k', Fin(dθ), (k) => fun('j', Fin(one), () => apply(δ, k)));
  const rows = p.step('E.1a', rowsInV(D, θ, ε, one, S), logic, [p.given('direction')], 'Take S = {w}.');
  const there = p.step(
    'E.1b',
    everyPrediction((i, c) => eq(derivative(moved(θ, ε, w), i, c), apply(F, i, c))),
    rewriting,
    [
      p.given('derivative'),
      p.step('E.1c', eq(v, moved(θ, ε, w)), substitution, [p.given('point')], 'v is θ + εw.'),
    ],
    'F is the derivative at θ + εw.',
  );
  const i = variable('i', Fin(m));
  const predicted = p.step(
    'E.1d',
    forall([i], eq(apply(F, i), Perturbed(D, θ, ε, one, S, i, α))),
    fixing([i], calculation),
    [there],
    'With α = δ, f̃ is that derivative.',
  );
  p.qed('E.1', witness(one, S, α), [rows, predicted], 'So F lies in Ẽ.', 'section 3.3');
});

/** the sum of two matrices of predictions */
export const plus = (A: Term, B: Term): Term =>
  fun('i', A.sort.domain!, (i) =>
    fun('c', A.sort.codomain!.domain!, (c) => add(apply(A, i, c), apply(B, i, c))),
  );

export const twoTerms = part(
  'perturbed-sum',
  'Ẽ[θ, ε] is closed under sums',
  'This is Lemma 1 for two members of Ẽ[θ, ε].',
  [...dataVariables(D), θ, ε, F, G],
  [],
  [
    { id: 'epsilon', name: 'ε is nonnegative', term: le(0, ε) },
    { id: 'first', name: 'F lies in Ẽ', term: inE(D, θ, ε, F) },
    { id: 'second', name: 'G lies in Ẽ', term: inE(D, θ, ε, G) },
  ],
  inE(D, θ, ε, plus(F, G)),
);

export const twoTermsProof = script(twoTerms, (p) => {
  const [s, hs] = p.obtain('E.2a', 's', p.given('first'), 'Let F be predicted by s directions,');
  const [S, hS] = p.obtain('E.2b', 'S', hs, 'the rows of S,');
  const [α, hα] = p.obtain('E.2c', 'α', p.part(hS, 1), 'and by coefficients α,');
  const [r, hr] = p.obtain('E.2d', 's', p.given('second'), 'and G by others,');
  const [T, hT] = p.obtain('E.2e', 'S', hr, 'the rows of S′,');
  const [β, hβ] = p.obtain('E.2f', 'α', p.part(hT, 1), "with coefficients α'.");
  const i = variable('i', Fin(m));
  const total = plus(F, G);
  const value = (j: Term) =>
    vec('c', dy, (c) =>
      add(apply(Perturbed(D, θ, ε, s, S, j, α), c), apply(Perturbed(D, θ, ε, r, T, j, β), c)),
    );
  const sums = p.step(
    'E.2g',
    forall([i], eq(apply(total, i), value(i))),
    fixing([i], substitution),
    [hα, hβ],
    'Then F + G is the sum of the two predictions.',
  );
  const asSum = exists('s', Nat, (n) =>
    exists('S', Mat(n, dθ), (R) =>
      and(
        rowsInV(D, θ, ε, n, R),
        exists('α', Mat(dθ, n), (a) =>
          exists("α'", Mat(dθ, r), (b) =>
            all('i', Fin(m), (j) =>
              eq(
                apply(total, j),
                vec('c', dy, (c) =>
                  add(apply(Perturbed(D, θ, ε, n, R, j, a), c), apply(Perturbed(D, θ, ε, r, T, j, b), c)),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  );
  const member = p.step(
    'E.2h',
    asSum,
    witness(s, S, α, β),
    [p.part(hS, 0), sums],
    'So it is one of the sums of Lemma 1.',
  );
  p.qed(
    'E.2',
    applying(),
    [
      p.part(
        p.cite('lemma-1', [...dataVariables(D), θ, ε, r, T, total], [p.given('epsilon'), p.part(hT, 0)]),
        1,
      ),
      member,
    ],
    'By Lemma 1 it lies in Ẽ.',
    'Lemma 1',
  );
});

const families = (q: Term) => arrow(Fin(q), predictions);
const totalOf = (q: Term, A: Term): Term =>
  vec('i', m, (i) => vec('c', dy, (c) => sum('a', q, (a) => apply(A, a, i, c))));
const claim = (q: Term) =>
  all('F', families(q), (A) =>
    imp(
      all('a', Fin(q), (a) => inE(D, θ, ε, apply(A, a))),
      inE(D, θ, ε, totalOf(q, A)),
    ),
  );

export const sums = part(
  'perturbed-sums',
  'Ẽ[θ, ε] is closed under finite sums',
  'Induction on the number of terms; the empty sum is 0.',
  [...dataVariables(D), θ, ε],
  [],
  [{ id: 'epsilon', name: 'ε is nonnegative', term: le(0, ε) }],
  all('q', Nat, claim),
);

export const sumsProof = script(sums, (p) => {
  const zero = nat(0);
  const q = variable('q', Nat);
  const A0 = variable('F', families(zero));
  const noRows = fun('j', Fin(zero), () => θ);
  const α = fun('k', Fin(dθ), (k) => fun('j', Fin(zero), () => apply(θ, k)));
  const rows = p.step('E.3a', rowsInV(D, θ, ε, zero, noRows), noIndex, [], 'For q = 0 take S = ∅:');
  const i = variable('i', Fin(m));
  const nothing = p.step(
    'E.3b',
    forall([i], eq(apply(totalOf(zero, A0), i), Perturbed(D, θ, ε, zero, noRows, i, α))),
    fixing([i], calculation),
    [],
    'both sides are 0.',
  );
  const empty = p.step(
    'E.3c',
    inE(D, θ, ε, totalOf(zero, A0)),
    witness(zero, noRows, α),
    [rows, nothing],
    'So 0 ∈ Ẽ.',
  );
  const base = p.step('E.3d', claim(zero), p.introducing(A0), [empty], 'The claim for q = 0.');

  const before = p.suppose('E.3e', claim(q), 'Let sums of q members lie in Ẽ.');
  const more = natAdd(q, 1);
  const A = variable('F', families(more));
  const members = p.suppose(
    'E.3f',
    all('a', Fin(more), (a) => inE(D, θ, ε, apply(A, a))),
    'Let there be q + 1 members.',
  );
  const firsts = fun('a', Fin(q), (a) => apply(A, inl(q, 1, a)));
  const last = apply(A, inr(q, 1, index(1, 0)));
  const a = variable('a', Fin(q));
  const firstMembers = p.step(
    'E.3g',
    all('a', Fin(q), (b) => inE(D, θ, ε, apply(firsts, b))),
    fixing([a], applying(inl(q, 1, a))),
    [members],
    'The first q of them,',
  );
  const firstSum = p.step(
    'E.3h',
    inE(D, θ, ε, totalOf(q, firsts)),
    applying(firsts),
    [before, firstMembers],
    'their sum,',
  );
  const lastMember = p.step(
    'E.3i',
    inE(D, θ, ε, last),
    applying(inr(q, 1, index(1, 0))),
    [members],
    'and the last lie in Ẽ.',
  );
  const both = p.step(
    'E.3j',
    inE(D, θ, ε, totalOf(more, A)),
    applying(),
    [
      p.cite(
        'perturbed-sum',
        [...dataVariables(D), θ, ε, totalOf(q, firsts), last],
        [p.given('epsilon'), firstSum, lastMember],
      ),
    ],
    'So their sum does.',
  );
  const step = p.step(
    'E.3k',
    all('q', Nat, (k) => imp(claim(k), claim(natAdd(k, 1)))),
    p.introducing(q, A),
    [both],
    'q was arbitrary.',
  );
  p.qed('E.3', induction, [base, step], 'Induction on the number of members.');
});

/** Σ_i λ_i ℓ_i(F_i + f̃_i), for features F added to the perturbable model */
export const withFeatures = (F: Term, ε: Term, s: Term, S: Term, α: Term): Term =>
  sum('i', m, (i) => mul(apply(λ, i), apply(ℓ, i, vecAdd(apply(F, i), Perturbed(D, θ, ε, s, S, i, α)))));
const perturbedValues = overPerturbations(D, θ, ε, (y, n, T, β) => eq(y, PerturbedLoss(D, θ, ε, n, T, β)));
const noLower = (s: Term, S: Term): Term =>
  imp(
    rowsInV(D, θ, ε, s, S),
    all('α', Mat(dθ, s), (α) => le(Loss(D, θ), withFeatures(F, ε, s, S, α))),
  );

export const features = part(
  'perturbed-features',
  'Where Theorem 2 holds, features in Ẽ[θ, ε] give no lower loss',
  'By Lemma 1 the predictions with the features are predictions of the perturbable model, whose least loss is L(θ).',
  [...dataVariables(D), θ, ε, F],
  [],
  [
    { id: 'epsilon', name: 'ε is nonnegative', term: le(0, ε) },
    { id: 'least', name: 'Theorem 2 at ε', term: isMin(Loss(D, θ), perturbedValues) },
    { id: 'features', name: 'F lies in Ẽ', term: inE(D, θ, ε, F) },
  ],
  all('s', Nat, (s) => all('S', Mat(s, dθ), (S) => noLower(s, S))),
);

export const featuresProof = script(features, (p) => {
  const s = variable('s', Nat);
  const S = variable('S', Mat(s, dθ));
  const α = variable('α', Mat(dθ, s));
  const rows = p.suppose('E.4a', rowsInV(D, θ, ε, s, S), 'Let S be a finite subset of V[θ, ε].');
  const perturbed = fun('i', Fin(m), (i) => Perturbed(D, θ, ε, s, S, i, α));
  const itself = p.step(
    'E.4b',
    all('i', Fin(m), (i) => eq(apply(perturbed, i), Perturbed(D, θ, ε, s, S, i, α))),
    trivially,
    [],
    'f̃ is what it is,',
  );
  const perturbedIn = p.step(
    'E.4c',
    inE(D, θ, ε, perturbed),
    witness(s, S, α),
    [rows, itself],
    'so it lies in Ẽ,',
  );
  const both = p.step(
    'E.4d',
    inE(D, θ, ε, plus(F, perturbed)),
    applying(),
    [
      p.cite(
        twoTerms.id,
        [...dataVariables(D), θ, ε, F, perturbed],
        [p.given('epsilon'), p.given('features'), perturbedIn],
      ),
    ],
    'and so does F + f̃.',
    'Lemma 1',
  );
  const [s2, hs2] = p.obtain('E.4e', 's₂', both, 'So some directions,');
  const [S2, hS2] = p.obtain('E.4f', 'S₂', hs2, 'the rows of S₂,');
  const [α2, same] = p.obtain('E.4g', 'α₂', p.part(hS2, 1), 'and coefficients α₂ predict it.');
  const isValue = p.step(
    'E.4h',
    eq(withFeatures(F, ε, s, S, α), PerturbedLoss(D, θ, ε, s2, S2, α2)),
    equalPredictions(λ, ℓ),
    [same],
    'The loss of F + f̃ is L̃_θ(α₂, ε, S₂).',
  );
  const among = p.step(
    'E.4i',
    apply(perturbedValues, withFeatures(F, ε, s, S, α)),
    witness(s2, S2, α2),
    [p.part(hS2, 0), isValue],
    'It is one of the values of Theorem 2,',
  );
  const lower = p.step(
    'E.4j',
    le(Loss(D, θ), withFeatures(F, ε, s, S, α)),
    logic,
    [p.given('least'), among],
    'so not below L(θ).',
  );
  p.qed('E.4', p.introducing(s, S, α), [lower], 'S and α were arbitrary.');
});
