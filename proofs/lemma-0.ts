import {
  add,
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
  index,
  le,
  lt,
  Mat,
  mul,
  nat,
  partial,
  real,
  sub,
  sum,
  type Term,
  Vec,
  variable,
  zeroVec,
} from '../src/kernel/build.ts';
import { localMin } from '../src/kernel/notions.ts';
import { lemma0 } from '../theorems/lemma-0.ts';
import { freeData } from '../theorems/setting.ts';
import { argsOf } from './support/derived.ts';
import { script } from './support/script.ts';
import {
  byAxiom,
  calculation,
  fixing,
  infimum,
  instanceAt,
  linearly,
  logic,
  weightedSum,
  witness,
} from './support/tactics.ts';

/** Lemma 0: dist(F) is the infimum over a linear space E of predictions if and only if the gradient G at F is orthogonal to E. */
export const lemma0Proof = script(lemma0, (p) => {
  const { m, dy, λ, ℓ } = freeData();
  const [E, F, G] = p.statement.context.slice(4) as [Term, Term, Term];
  const P = variable('P', Mat(m, dy));
  const i = variable('i', Fin(m));
  const c = variable('c', Fin(dy));
  const weights = p.given('weights');
  const convexLosses = p.given('assumption-1');
  const subspace = p.given('subspace');
  const member = p.given('member');
  const gradient = p.given('gradient');
  const [forth, back] = argsOf(p.statement.conclusion, 'and') as [Term, Term];
  const [least, orthogonal] = argsOf(forth, 'imp') as [Term, Term];
  const distance = (Q: (i: Term) => Term) => sum('i', m, (n) => mul(apply(λ, n), apply(ℓ, n, Q(n))));
  const at = (Q: Term) => (n: Term) => apply(Q, n);
  const pairing = (Q: Term) => sum('i', m, (n) => sum('c', dy, (k) => mul(apply(G, n, k), apply(Q, n, k))));
  const inE = (Q: Term) => apply(E, Q);
  const derivative = (n: Term, k: Term) => partial(apply(ℓ, n), apply(F, n), k);

  // ⇐
  const orth = p.suppose('L0.2a', orthogonal, 'Let G be orthogonal to E.');
  const slope = (n: Term) => sum('c', dy, (k) => mul(derivative(n, k), sub(apply(P, n, k), apply(F, n, k))));
  const totalSlope = sum('i', m, (n) => mul(apply(λ, n), slope(n)));
  const tangent = p.step(
    'L0.2b',
    forall([i], le(add(apply(ℓ, i, apply(F, i)), slope(i)), apply(ℓ, i, apply(P, i)))),
    fixing([i], byAxiom('GRADINEQ', dy, apply(ℓ, i), apply(F, i), apply(P, i))),
    [convexLosses],
    'A differentiable convex ℓ_i lies above its tangent at F_i.',
  );
  const bound = p.step(
    'L0.2c',
    le(add(distance(at(F)), totalSlope), distance(at(P))),
    weightedSum(i, apply(λ, i)),
    [tangent, weights],
    'Multiply by λ_i > 0 and add: dist(P) ≥ dist(F) + ⟨G, P − F⟩.',
  );
  const slopes = p.step(
    'L0.2d',
    eq(totalSlope, sub(pairing(P), pairing(F))),
    calculation,
    [gradient],
    'G_i = λ_i ∂ℓ_i(F_i).',
  );
  const zeroAtF = p.step('L0.2e', eq(pairing(F), 0), logic, [orth, member], 'F ∈ E, so ⟨G, F⟩ = 0.');
  const inside = p.suppose('L0.2f', inE(P), 'Let P ∈ E.');
  const zeroAtP = p.step('L0.2g', eq(pairing(P), 0), logic, [orth, inside], 'And ⟨G, P⟩ = 0.');
  const lowerAtP = p.step(
    'L0.2h',
    le(distance(at(F)), distance(at(P))),
    linearly(1, -1, -1, 1),
    [bound, slopes, zeroAtP, zeroAtF],
    'So dist(P) ≥ dist(F).',
  );
  const lower = p.step(
    'L0.2i',
    forall([P], imp(inE(P), le(distance(at(F)), distance(at(P))))),
    p.introducing(P),
    [lowerAtP],
    'P was arbitrary.',
  );
  const isLeast = p.step(
    'L0.2j',
    least,
    infimum(F),
    [lower, member],
    'dist(F) is the infimum, attained at F.',
  );
  const second = p.step('L0.2', back, p.introducing(), [isLeast], 'Orthogonality suffices.');

  // ⇒
  const minimal = p.suppose('L0.3a', least, 'Let dist(F) be the infimum over E.');
  const one = nat(1);
  const τ = variable('τ', Vec(one));
  const first1 = index(1, 0);
  const origin = zeroVec(1);
  /** g_i(τ) = F_i + τP_i */
  const line = (n: Term) =>
    fun('τ', Vec(one), (t) =>
      fun('c', Fin(dy), (e) => add(mul(apply(P, n, e), apply(t, first1)), apply(F, n, e))),
    );
  const along = (t: Term) => (n: Term) => apply(line(n), t);
  const φ = fun('τ', Vec(one), (t) => distance(along(t)));
  const onLine = p.step(
    'L0.3c',
    forall([τ], inE(fun('i', Fin(m), along(τ)))),
    fixing([τ], instanceAt(F, P, real(1), apply(τ, first1))),
    [subspace, member, inside],
    'The line F + τP lies in E.',
  );
  const reached = p.step(
    'L0.3c1',
    forall(
      [τ],
      exists('P', Mat(m, dy), (Q) => and(inE(Q), eq(apply(φ, τ), distance(at(Q))))),
    ),
    fixing([τ], witness(fun('i', Fin(m), along(τ)))),
    [onLine],
    'So its distances are among those of E.',
  );
  const above = p.step(
    'L0.3d',
    forall([τ], le(apply(φ, origin), apply(φ, τ))),
    fixing([τ], instanceAt(apply(φ, τ))),
    [p.part(minimal, 0), reached],
    'So dist is least on it at τ = 0.',
  );
  const unit = p.step('L0.3f', lt(0, 1), linearly(), [], '0 < 1.');
  const minimum = p.step(
    'L0.3e',
    localMin(φ, origin),
    witness(real(1)),
    [above, unit],
    'τ = 0 is a local minimum.',
  );
  const lines = p.step(
    'L0.3g',
    all('i', Fin(m), (n) => Diff(line(n), origin)),
    fixing(
      [i],
      byAxiom(
        'AFFINE',
        one,
        dy,
        fun('c', Fin(dy), (e) => fun('k', Fin(one), () => apply(P, i, e))),
        apply(F, i),
        origin,
      ),
    ),
    [],
    'An affine map is differentiable.',
  );
  const loss = (n: Term) => fun('τ', Vec(one), (t) => apply(ℓ, n, apply(line(n), t)));
  const chain = p.step(
    'L0.3h',
    forall(
      [i],
      and(
        Diff(loss(i), origin),
        eq(
          partial(loss(i), origin, first1),
          sum('c', dy, (e) =>
            mul(partial(apply(ℓ, i), apply(line(i), origin), e), apply(partial(line(i), origin, first1), e)),
          ),
        ),
      ),
    ),
    fixing([i], byAxiom('CHAIN', one, dy, line(i), apply(ℓ, i), origin)),
    [lines, convexLosses],
    'The chain rule for ℓ_i along the line.',
  );
  const linear = p.step(
    'L0.3i',
    and(
      Diff(φ, origin),
      eq(
        partial(φ, origin, first1),
        sum('i', m, (n) => mul(apply(λ, n), partial(loss(n), origin, first1))),
      ),
    ),
    byAxiom('DLIN', one, m, fun('i', Fin(m), loss), λ, origin),
    [chain],
    'dist is differentiable along it.',
  );
  const direction = p.step(
    'L0.3j',
    forall([i, c], eq(apply(partial(line(i), origin, first1), c), apply(P, i, c))),
    fixing(
      [i],
      byAxiom(
        'DIRDERIV',
        one,
        dy,
        line(i),
        origin,
        fun('k', Fin(one), () => real(1)),
        apply(P, i),
        real(1),
      ),
    ),
    [lines, unit],
    'Its derivative is P.',
  );
  const critical = p.step(
    'L0.3k',
    eq(partial(φ, origin, first1), 0),
    byAxiom('FERMAT', one, φ, origin),
    [linear, minimum],
    'Fermat: the derivative of dist along the line vanishes at 0.',
  );
  const paired = p.step(
    'L0.3l',
    eq(partial(φ, origin, first1), pairing(P)),
    calculation,
    [linear, chain, direction, gradient],
    'It is ⟨G, P⟩.',
  );
  const zero = p.step('L0.3m', eq(pairing(P), 0), linearly(-1, 1), [paired, critical], 'So ⟨G, P⟩ = 0.');
  const all0 = p.step('L0.3n', orthogonal, p.introducing(P), [zero], 'P was arbitrary.');
  const first = p.step('L0.3', forth, p.introducing(), [all0], 'Orthogonality is necessary.');
  p.qed('L0.4', logic, [first, second], 'Both directions.');
});
