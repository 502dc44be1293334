/** L along a family of directions in which every f_i is affine (untrusted). */
import {
  add,
  and,
  apply,
  arrows,
  Diff,
  dot,
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
  partial,
  Real,
  real,
  scale,
  sum,
  type Term,
  Vec,
  variable,
  vec,
  vecAdd,
  zeroVec,
} from '../../src/kernel/build.ts';
import { inBall, localMin } from '../../src/kernel/notions.ts';
import type { Theorem } from '../../src/kernel/theorem.ts';
import { type Data, LocalMinimum, Loss } from '../../theorems/setting.ts';
import type { Derivation } from './derivation.ts';
import {
  byAxiom,
  calculation,
  definition,
  fixing,
  instanceAt,
  linearly,
  logic,
  ring,
  witness,
} from './tactics.ts';

/** f_i(θ′ + Eb) = f_i(θ′) + A_i b for b ∈ ℝⁿ */
export interface AffineFamily {
  readonly n: Term;
  readonly embed: (b: Term) => Term;
  /** A_i : ℝ^{dy×n} at θ′ */
  readonly slope: (i: Term, at: Term) => Term;
  /** what moves: W */
  readonly name: string;
}

/** Σ_i λ_i ∂ℓ_i(f_i(θ′)) v_i */
export const pulled = (D: Data, at: Term, v: (i: Term, c: Term) => Term): Term =>
  pulledAt(D, (i) => apply(D.f, i, at), v);

/** Σ_i λ_i ℓ_i(F_i + A_i b), as a function of b ∈ ℝⁿ */
const affineLoss = (D: Data, n: Term, A: (i: Term) => Term, F: (i: Term) => Term): Term =>
  fun('b', Vec(n), (b) =>
    sum('i', D.m, (i) => mul(apply(D.λ, i), apply(D.ℓ, i, affineImage(D, A(i), F(i), b)))),
  );
/** F_i + A_i b */
const affineImage = (D: Data, A: Term, F: Term, b: Term): Term =>
  vec('c', D.dy, (c) => add(dot(apply(A, c), b), apply(F, c)));
/** Σ_i λ_i ∂ℓ_i(F_i) v_i */
const pulledAt = (D: Data, F: (i: Term) => Term, v: (i: Term, c: Term) => Term): Term =>
  sum('i', D.m, (i) =>
    mul(
      apply(D.λ, i),
      sum('c', D.dy, (c) => mul(partial(apply(D.ℓ, i), F(i), c), v(i, c))),
    ),
  );

/**
 * ∀n A F. 0 is a local minimum of φ(b) := Σ_i λ_i ℓ_i(F_i + A_i b) ⇒ ∀b. Σ_i λ_i ∂ℓ_i(F_i) A_i b = 0, from differentiable
 * losses: the chain rule and Fermat.
 */
export function affineFermat(p: Derivation, id: string, D: Data, smoothLosses: Theorem): Theorem {
  const { m, dy, λ, ℓ } = D;
  const n = variable('n', Nat);
  const A = variable('A', arrows(Fin(m), Mat(dy, n)));
  const F = variable('F', Mat(m, dy));
  const b = variable('b', Vec(n));
  const i = variable('i', Fin(m));
  const k = variable('k', Fin(n));
  const c = variable('c', Fin(dy));
  const t = variable('t', Real);
  const zero = zeroVec(n);
  const image = (q: Term, v: Term) => affineImage(D, apply(A, q), apply(F, q), v);
  const map = (q: Term) => fun('b', Vec(n), (v) => image(q, v));
  const loss = (q: Term) => fun('b', Vec(n), (v) => apply(ℓ, q, image(q, v)));
  const φ = affineLoss(
    D,
    n,
    (q) => apply(A, q),
    (q) => apply(F, q),
  );
  const pull = (v: Term) =>
    pulledAt(
      D,
      (q) => apply(F, q),
      (q, e) => dot(apply(A, q, e), v),
    );
  const local = p.suppose(
    `${id}a`,
    localMin(φ, zero),
    'Let 0 be a local minimum of φ(b) := Σ_i λ_i ℓ_i(F_i + A_i b).',
  );
  const smoothMap = p.step(
    `${id}b`,
    forall([i], Diff(map(i), zero)),
    fixing([i], byAxiom('AFFINE', n, dy, apply(A, i), apply(F, i), zero)),
    [],
    'Affine maps are differentiable.',
  );
  const chain = p.step(
    `${id}c`,
    forall(
      [i],
      and(
        Diff(loss(i), zero),
        forall(
          [k],
          eq(
            partial(loss(i), zero, k),
            sum('c', dy, (e) =>
              mul(partial(apply(ℓ, i), image(i, zero), e), apply(partial(map(i), zero, k), e)),
            ),
          ),
        ),
      ),
    ),
    fixing([i], byAxiom('CHAIN', n, dy, map(i), apply(ℓ, i), zero)),
    [smoothMap, smoothLosses],
    'The chain rule for ℓ_i after them.',
  );
  const linear = p.step(
    `${id}d`,
    and(
      Diff(φ, zero),
      forall(
        [k],
        eq(
          partial(φ, zero, k),
          sum('i', m, (q) => mul(apply(λ, q), partial(loss(q), zero, k))),
        ),
      ),
    ),
    byAxiom('DLIN', n, m, fun('i', Fin(m), loss), λ, zero),
    [chain],
    'φ is differentiable, and the derivative is linear.',
  );
  const flat = p.step(
    `${id}e`,
    forall([k], eq(partial(φ, zero, k), 0)),
    byAxiom('FERMAT', n, φ, zero),
    [linear, local],
    'Fermat: the gradient of φ vanishes at 0.',
  );
  const line = p.step(
    `${id}f`,
    forall(
      [i, t, c],
      eq(
        apply(map(i), vecAdd(zero, scale(t, b)), c),
        add(apply(map(i), zero, c), mul(t, dot(apply(apply(A, i), c), b))),
      ),
    ),
    ring,
    [],
    'On the line along b.',
  );
  const unit = p.step(`${id}g`, lt(0, 1), linearly(), [], 'Let |t| < 1 there.');
  const directional = p.step(
    `${id}h`,
    forall(
      [i, c],
      eq(
        sum('k', n, (q) => mul(apply(b, q), apply(partial(map(i), zero, q), c))),
        dot(apply(apply(A, i), c), b),
      ),
    ),
    fixing(
      [i],
      byAxiom(
        'DIRDERIV',
        n,
        dy,
        map(i),
        zero,
        b,
        vec('c', dy, (e) => dot(apply(apply(A, i), e), b)),
        real(1),
      ),
    ),
    [smoothMap, unit, line],
    'The derivative of the affine map along b is A_i b.',
  );
  const combined = p.step(
    `${id}i`,
    eq(
      sum('k', n, (q) => mul(apply(b, q), partial(φ, zero, q))),
      pull(b),
    ),
    calculation,
    [linear, chain, directional],
    'Put the derivatives together.',
  );
  const vanishes = p.step(
    `${id}j`,
    eq(
      sum('k', n, (q) => mul(apply(b, q), partial(φ, zero, q))),
      0,
    ),
    calculation,
    [flat],
    'The derivative of φ along b is 0.',
  );
  const zeroPull = p.step(
    `${id}k`,
    eq(pull(b), 0),
    linearly(-1, 1),
    [combined, vanishes],
    'So the derivatives of the losses vanish along A_i b.',
  );
  return p.step(
    id,
    forall([n, A, F], imp(localMin(φ, zero), forall([b], eq(pull(b), 0)))),
    p.introducing(n, A, F, b),
    [zeroPull],
    'So the derivatives of the losses vanish along A_i b where φ has a local minimum at 0.',
  );
}

/**
 * ∀θ′. θ′ is a local minimum ⇒ ∀b. Σ_i λ_i ∂ℓ_i(f_i(θ′)) A_i b = 0, by `affineFermat`:
 * f need not be differentiable.
 */
export function stationaryAlong(
  p: Derivation,
  id: string,
  D: Data,
  family: AffineFamily,
  fermat: Theorem,
): Theorem {
  const { m, dθ, f } = D;
  const { n, embed, slope, name } = family;
  const words = `moving ${name} only`;
  const at = variable("θ'", Vec(dθ));
  const b = variable('b', Vec(n));
  const _i = variable('i', Fin(m));
  const zero = zeroVec(n);
  const A = (q: Term) => slope(q, at);
  const F = (q: Term) => apply(f, q, at);
  const φ = affineLoss(D, n, A, F);
  const minimum = p.suppose(`${id}a`, LocalMinimum(D, at), 'Let θ′ be a local minimum of L.');
  const [r, hr] = p.obtain(`${id}b`, `r_${name}`, minimum, 'L is at least L(θ′) on a ball of some radius r.');
  const above = p.step(
    `${id}c`,
    forall([b], imp(inBall(b, zero, r), le(Loss(D, at), Loss(D, vecAdd(at, embed(b)))))),
    logic,
    [hr],
    'As ‖Eb‖ = ‖b‖, L(θ′) ≤ L(θ′ + Eb) for ‖b‖ < r.',
  );
  const least = p.step(
    `${id}d`,
    forall([b], imp(inBall(b, zero, r), le(apply(φ, zero), apply(φ, b)))),
    definition,
    [above],
    `As f is affine, ${words}, this says φ(0) ≤ φ(b), with φ(b) := Σ_i λ_i ℓ_i(f_i(θ′) + A_i b).`,
  );
  const local = p.step(
    `${id}e`,
    localMin(φ, zero),
    witness(r),
    [p.part(hr, 0), least],
    '0 is a local minimum of φ.',
  );
  const pull = (v: Term) => pulled(D, at, (q, e) => dot(apply(A(q), e), v));
  const zeroPull = p.step(
    `${id}f`,
    forall([b], eq(pull(b), 0)),
    instanceAt(n, fun('i', Fin(m), A), fun('i', Fin(m), F)),
    [fermat, local],
    'So the derivatives of the losses vanish along A_i b.',
  );
  return p.step(
    id,
    forall([at], imp(LocalMinimum(D, at), forall([b], eq(pull(b), 0)))),
    p.introducing(at),
    [zeroPull],
    `So at every local minimum, ${words}.`,
  );
}
