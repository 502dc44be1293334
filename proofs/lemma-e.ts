import {
  all,
  apply,
  delta,
  eq,
  Fin,
  forall,
  fun,
  inv,
  join,
  le,
  lt,
  Mat,
  mul,
  nat,
  natAdd,
  natMul,
  not,
  Real,
  real,
  scale,
  sum,
  type Term,
  unpair,
  Vec,
  variable,
} from '../src/kernel/build.ts';
import { norm } from '../src/kernel/notions.ts';
import type { Theorem } from '../src/kernel/theorem.ts';
import { lemmaE } from '../theorems/lemma-e.ts';
import { freeData, inV, moved, Perturbed, rowsInV } from '../theorems/setting.ts';
import type { Derivation } from './support/derivation.ts';
import { argsOf } from './support/derived.ts';
import { multiplied, nonnegativeInverse, positiveIsNotZero, scaledNorm } from './support/neighbourhoods.ts';
import { zeroInV } from './support/perturbations.ts';
import { script } from './support/script.ts';
import {
  byAxiom,
  calculation,
  linearly,
  logic,
  pointwise,
  substitution,
  witness,
} from './support/tactics.ts';

/** Lemma E: what perturbations predict is a linear span, and a step size can be exchanged for a greater one. */
export const lemmaEProof = script(lemmaE, (p) => {
  const D = freeData();
  const { m, dθ, dy, f } = D;
  const θ = variable('θ', Vec(dθ));
  const ε = variable('ε', Real);
  const F = variable('F', Mat(m, dy));
  const i = variable('i', Fin(m));
  const [spans, rest] = argsOf(p.statement.conclusion, 'and') as [Term, Term];
  const [tangents, grows] = argsOf(rest, 'and') as [Term, Term];
  const [toSpan, fromSpan] = argsOf(spans, 'and') as [Term, Term];
  const [reached, spanned] = argsOf(toSpan, 'imp') as [Term, Term];
  const [represented, both] = argsOf(tangents, 'imp') as [Term, Term];
  const [toTangents, fromTangents] = argsOf(both, 'and') as [Term, Term];
  const inTangents = argsOf(toTangents, 'imp')[1]!;
  const rowsOf = (s: Term, S: Term) => rowsInV(D, θ, ε, s, S);
  const rowAt = (S: Term) => (j: Term) => inV(D, θ, ε, apply(S, j));
  const predicts = (s: Term, S: Term, α: Term) =>
    all('i', Fin(m), (n) => eq(apply(F, n), Perturbed(D, θ, ε, s, S, n, α)));

  // ⊆ of the span
  const E1 = reach(p, 'LE.1', reached, 'Let F be predicted by S and α.');
  const { s, S, α } = E1;
  const pairs = natMul(dθ, s);
  const S1 = unpair(fun('k', Fin(dθ), () => S));
  const κ1 = unpair(fun('k', Fin(dθ), (k) => fun('j', Fin(s), () => k)));
  const b1 = unpair(α);
  const rows1 = p.step(
    'LE.1e',
    rowsOf(pairs, S1),
    byAxiom('FINPROD', dθ, s, fun('a', Fin(pairs), rowAt(S1))),
    [E1.rows],
    'List every S_j once for each k.',
  );
  const spanOfPairs = p.step(
    'LE.1f',
    argsBody(spanned, [pairs, S1], [κ1, b1]),
    calculation,
    [E1.equation],
    'A double sum is one sum over pairs (k, j).',
  );
  const isSpanned = p.step(
    'LE.1g',
    spanned,
    witness(pairs, S1, κ1, b1),
    [rows1, spanOfPairs],
    'So F is in the span.',
  );
  const LE1 = p.step(
    'LE.1',
    toSpan,
    p.introducing(),
    [isSpanned],
    'Each prediction is a finite combination.',
  );

  // ⊇ of the span
  const inSpan = p.suppose('LE.2a', spanned, 'Let F = Σ_a b_a ∂_{κ(a)} f(θ + εS_a).');
  const [t, ht] = p.obtain('LE.2b', 's', inSpan, 'Let s be the number of terms.');
  const [T, hT] = p.obtain('LE.2c', 'S', ht, 'Let S be the directions.');
  const [κ, hκ] = p.obtain('LE.2d', 'κ', p.part(hT, 1), 'Let κ be the coordinates.');
  const [b, hb] = p.obtain('LE.2e', 'b', hκ, 'Let b be the coefficients.');
  const α2 = fun('k', Fin(dθ), (k) => fun('a', Fin(t), (a) => mul(apply(b, a), delta(k, apply(κ, a)))));
  const collapsed = p.step(
    'LE.2f',
    predicts(t, T, α2),
    calculation,
    [hb],
    'Take α_ka = b_a where k = κ(a), and 0 elsewhere.',
  );
  const isReached = p.step(
    'LE.2g',
    reached,
    witness(t, T, α2),
    [p.part(hT, 0), collapsed],
    'So F is predicted by S.',
  );
  const LE2 = p.step(
    'LE.2',
    fromSpan,
    p.introducing(),
    [isReached],
    'A span is a set of finite combinations.',
  );

  // the affine tangent spaces
  const hγ = p.suppose('LE.3a', represented, 'Let f(θ) = Σ_k γ_k ∂_k f(θ).', 'section 3.1, Assumption 2');
  const [γ, represents] = p.obtain('LE.3b', 'γ', hγ, 'Fix γ.');
  const E3 = reach(p, 'LE.3', reached, 'Let F be predicted by S and α.', 'c');
  const twice = natAdd(E3.s, E3.s);
  const S3 = join(E3.s, E3.s, E3.S, E3.S);
  const sign = (c: number) => fun('j', Fin(E3.s), () => real(c));
  const b3 = join(E3.s, E3.s, sign(1), sign(-1));
  const β3 = join(
    E3.s,
    E3.s,
    fun('j', Fin(E3.s), (j) => fun('k', Fin(dθ), (k) => apply(E3.α, k, j))),
    fun('j', Fin(E3.s), () => fun('k', Fin(dθ), () => real(0))),
  );
  const rows3 = p.step(
    'LE.3g',
    rowsOf(twice, S3),
    byAxiom('FINSUM', E3.s, E3.s, fun('a', Fin(twice), rowAt(S3))),
    [E3.rows],
    'List S twice.',
  );
  const asTangents = p.step(
    'LE.3h',
    argsBody(inTangents, [twice, S3], [b3, β3]),
    calculation,
    [E3.equation],
    'Σ_k α_k ∂_k f = (f + Σ_k α_k ∂_k f) − f at each θ + εS_j.',
    'section 3.3.1',
  );
  const isTangent = p.step(
    'LE.3i',
    inTangents,
    witness(twice, S3, b3, β3),
    [rows3, asTangents],
    'So F is in the span of the tangent spaces.',
  );
  const LE3 = p.step('LE.3j', toTangents, p.introducing(), [isTangent], 'This is one inclusion.');

  const tangent = p.suppose('LE.3k', inTangents, 'Let F be in the span of the tangent spaces.');
  const [q, hq] = p.obtain('LE.3l', 's', tangent, 'Let s be the number of points.');
  const [Q, hQ] = p.obtain('LE.3m', 'S', hq, 'Let S be the directions.');
  const [c, hc] = p.obtain('LE.3n', 'b', p.part(hQ, 1), 'Let b be the coefficients.');
  const [β, hβ] = p.obtain('LE.3o', 'β', hc, 'Let β be the tangents.');
  const same = p.step(
    'LE.3p',
    all('a', Fin(q), (a) =>
      all('i', Fin(m), (n) => eq(apply(f, n, moved(θ, ε, apply(Q, a))), apply(f, n, θ))),
    ),
    logic,
    [p.part(hQ, 0)],
    'Directions in V[θ, ε] change no prediction.',
    'section 3.3',
  );
  const stays = zeroInV(p, 'LE.3q', D, θ, ε);
  const one = nat(1);
  const more = natAdd(1, q);
  const zeroRow = fun('j', Fin(one), () => fun('k', Fin(dθ), () => real(0)));
  const S4 = join(1, q, zeroRow, Q);
  const total = sum('a', q, (a) => apply(c, a));
  const α4 = fun('k', Fin(dθ), (k) =>
    join(
      1,
      q,
      fun('j', Fin(one), () => mul(total, apply(γ, k))),
      fun('a', Fin(q), (a) => mul(apply(c, a), apply(β, a, k))),
    ),
  );
  const rows4 = p.step(
    'LE.3r',
    rowsOf(more, S4),
    byAxiom('FINSUM', one, q, fun('a', Fin(more), rowAt(S4))),
    [stays, p.part(hQ, 0)],
    'Add the direction 0 to S.',
  );
  const regrouped = p.step(
    'LE.3s',
    predicts(more, S4, α4),
    calculation,
    [hβ, same, represents],
    'Each f(θ + εS_a) is f(θ), a combination of the ∂_k f(θ).',
    'section 3.3.1',
  );
  const again = p.step(
    'LE.3t',
    reached,
    witness(more, S4, α4),
    [rows4, regrouped],
    'So F is predicted by S and 0.',
  );
  const LE3b = p.step('LE.3u', fromTangents, p.introducing(), [again], 'This is the other inclusion.');
  const LE3c = p.step('LE.3v', both, logic, [LE3, LE3b], 'Both inclusions hold.');
  const LE3d = p.step(
    'LE.3',
    tangents,
    p.introducing(),
    [LE3c],
    'Under Assumption 2 at θ the two spaces agree.',
    'section 3.3.1',
  );

  // growth
  const larger = variable("ε'", Real);
  const [positiveε, rest1] = argsOf(bodyOf(grows, larger), 'imp') as [Term, Term];
  const [atMost, rest2] = argsOf(rest1, 'imp') as [Term, Term];
  const after = argsOf(rest2, 'imp')[1]!;
  const hε = p.suppose('LE.4a', positiveε, 'Let ε > 0.');
  const hle = p.suppose('LE.4b', atMost, 'Let ε ≤ ε′.');
  const E5 = reach(p, 'LE.4', reached, 'Let F be predicted by S and α at ε.', 'c');
  const τ = mul(ε, inv(larger));
  const positive = p.step('LE.4h', lt(0, larger), linearly(), [hε, hle], 'ε′ is positive.');
  const nonzero = p.step('LE.4i', not(eq(larger, 0)), positiveIsNotZero, [positive], 'So it is not 0.');
  const unit = p.step(
    'LE.4j',
    eq(mul(larger, inv(larger)), 1),
    byAxiom('INV', larger),
    [nonzero],
    'It has an inverse.',
  );
  const step = p.step('LE.4k', eq(mul(larger, τ), ε), calculation, [unit], 'With τ := ε/ε′, ε′τ = ε.');
  const positiveInverse = p.step(
    'LE.4l',
    le(0, inv(larger)),
    nonnegativeInverse,
    [positive, unit],
    '1/ε′ is not negative.',
  );
  const weak = p.step('LE.4m', le(0, ε), linearly(), [hε], 'Nor is ε.');
  const nonnegative = p.step('LE.4n', le(0, τ), multiplied, [weak, positiveInverse], 'Nor is τ.');
  const atMost1 = p.step('LE.4o', le(τ, 1), multiplied, [hle, positiveInverse, unit], 'τ ≤ 1, as ε ≤ ε′.');
  const j = variable('j', Fin(E5.s));
  const S5 = fun('j', Fin(E5.s), (a) => scale(τ, apply(E5.S, a)));
  const row = apply(E5.S, j);
  const short = p.step(
    'LE.4p',
    forall([j], le(norm(row), 1)),
    logic,
    [E5.rows],
    'Rows of S have length at most 1.',
  );
  const scaled = p.step(
    'LE.4q',
    forall([j], le(norm(scale(τ, row)), τ)),
    pointwise([j], scaledNorm),
    [short, nonnegative],
    'Those of τS have length at most τ.',
  );
  const shorter = p.step(
    'LE.4r',
    forall([j], le(norm(apply(S5, j)), 1)),
    pointwise([j], linearly()),
    [scaled, atMost1],
    'So at most 1.',
  );
  const samePoint = p.step(
    'LE.4s',
    forall([j], eq(moved(θ, larger, apply(S5, j)), moved(θ, ε, row))),
    calculation,
    [step],
    'They lead to the same points: θ + ε′τS_j = θ + εS_j.',
  );
  const samePrediction = p.step(
    'LE.4t',
    forall([j, i], eq(apply(f, i, moved(θ, larger, apply(S5, j))), apply(f, i, θ))),
    substitution,
    [samePoint, E5.rows],
    'So they change no prediction.',
  );
  const rows5 = p.step(
    'LE.4u',
    rowsInV(D, θ, larger, E5.s, S5),
    logic,
    [shorter, samePrediction],
    'τS ⊆ V[θ, ε′].',
  );
  const predicted = p.step(
    'LE.4v',
    all('i', Fin(m), (n) => eq(apply(F, n), Perturbed(D, θ, larger, E5.s, S5, n, E5.α))),
    substitution,
    [E5.equation, samePoint],
    'And F is predicted by τS at ε′.',
  );
  const grown = p.step('LE.4w', after, witness(E5.s, S5, E5.α), [rows5, predicted], 'That is the claim.');
  const LE4 = p.step('LE.4', grows, p.introducing(larger), [grown], 'The space grows with ε.');
  p.qed('LE.5', logic, [LE1, LE2, LE3d, LE4], 'All parts together.');
});

const bodyOf = (quantified: Term, x: Term): Term => apply(quantified.args[0]!, x);

/** The claim about all samples inside ∃s. ∃S. S ⊆ V ∧ ∃…, at these values. */
function argsBody(claim: Term, rows: readonly Term[], coefficients: readonly Term[]): Term {
  let out = claim;
  for (const t of rows) out = bodyOf(out, t);
  out = argsOf(out, 'and')[1]!;
  for (const t of coefficients) out = bodyOf(out, t);
  return out;
}

/** Assumes ∃s. ∃S. S ⊆ V ∧ ∃α. F = f̃(α, S), and takes it apart. */
function reach(p: Derivation, id: string, reached: Term, reason: string, from = 'a') {
  const letter = (n: number) => `${id}${String.fromCharCode(from.charCodeAt(0) + n)}`;
  const h = p.suppose(letter(0), reached, reason);
  const [s, hs] = p.obtain(letter(1), 's', h, 'Let s be the number of directions.');
  const [S, hS] = p.obtain(letter(2), 'S', hs, 'Let S be their matrix.');
  const [α, equation] = p.obtain(letter(3), 'α', p.part(hS, 1), 'Let α be the coefficients.');
  const rows: Theorem = p.part(hS, 0);
  return { s, S, α, rows, equation };
}
