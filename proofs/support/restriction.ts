/** L along a family of directions in which every f_i is affine (untrusted). */
import {
  add,
  and,
  apply,
  Diff,
  dot,
  eq,
  Fin,
  forall,
  fun,
  imp,
  le,
  lt,
  mul,
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
  fixing,
  linearly,
  logic,
  pointwise,
  rewriting,
  ring,
  witness,
} from './tactics.ts';
import { equalPredictions } from './vectors.ts';

/** f_i(θ′ + Eb) = f_i(θ′) + A_i b for b ∈ ℝⁿ */
export interface AffineFamily {
  readonly n: Term;
  readonly embed: (b: Term) => Term;
  /** A_i : ℝ^{dy×n} at θ′ */
  readonly slope: (i: Term, at: Term) => Term;
  /** as in "moving W only" */
  readonly words: string;
}

/** Σ_i λ_i ∂ℓ_i(f_i(θ′)) v_i */
export const pulled = (D: Data, at: Term, v: (i: Term, c: Term) => Term): Term =>
  sum('i', D.m, (i) =>
    mul(
      apply(D.λ, i),
      sum('c', D.dy, (c) => mul(partial(apply(D.ℓ, i), apply(D.f, i, at), c), v(i, c))),
    ),
  );

/**
 * ∀θ′. θ′ is a local minimum ⇒ ∀b. Σ_i λ_i ∂ℓ_i(f_i(θ′)) A_i b = 0, from differentiable losses: Fermat for L on the family.
 * That f is differentiable in θ is not needed.
 */
export function stationaryAlong(
  p: Derivation,
  id: string,
  D: Data,
  family: AffineFamily,
  smoothLosses: Theorem,
): Theorem {
  const { m, dθ, dy, λ, ℓ, f } = D;
  const { n, embed, slope, words } = family;
  const at = variable("θ'", Vec(dθ));
  const b = variable('b', Vec(n));
  const i = variable('i', Fin(m));
  const k = variable('k', Fin(n));
  const c = variable('c', Fin(dy));
  const t = variable('t', Real);
  const zero = zeroVec(n);
  const image = (q: Term, v: Term) =>
    vec('c', dy, (e) => add(dot(apply(slope(q, at), e), v), apply(f, q, at, e)));
  const map = (q: Term) => fun('b', Vec(n), (v) => image(q, v));
  const loss = (q: Term) => fun('b', Vec(n), (v) => apply(ℓ, q, image(q, v)));
  const restricted = (v: Term) => sum('i', m, (q) => mul(apply(λ, q), apply(ℓ, q, image(q, v))));
  const φ = fun('b', Vec(n), restricted);

  const affine = p.step(
    `${id}a`,
    forall([b, i], eq(apply(f, i, vecAdd(at, embed(b))), image(i, b))),
    calculation,
    [],
    `f is affine, ${words}: f_i(θ′ + Eb) = f_i(θ′) + A_i b.`,
  );
  const sameLoss = p.step(
    `${id}b`,
    forall([b], eq(Loss(D, vecAdd(at, embed(b))), restricted(b))),
    pointwise([b], equalPredictions(λ, ℓ)),
    [affine],
    'So L(θ′ + Eb) = φ(b) with φ(b) := Σ_i λ_i ℓ_i(f_i(θ′) + A_i b).',
  );
  const minimum = p.suppose(`${id}c`, LocalMinimum(D, at), 'Let θ′ be a local minimum of L.');
  const [r, hr] = p.obtain(`${id}d`, 'r', minimum, 'L is at least L(θ′) on a ball of some radius r.');
  const near = p.step(
    `${id}e`,
    forall([b], imp(inBall(b, zero, r), inBall(vecAdd(at, embed(b)), at, r))),
    fixing([b], linearly(1)),
    [],
    '‖Eb‖ = ‖b‖.',
  );
  const above = p.step(
    `${id}f`,
    forall([b], imp(inBall(b, zero, r), le(Loss(D, at), Loss(D, vecAdd(at, embed(b)))))),
    logic,
    [near, hr],
    'So L(θ′) ≤ L(θ′ + Eb) for ‖b‖ < r.',
  );
  const center = p.step(`${id}g`, eq(Loss(D, at), restricted(zero)), ring, [], 'L(θ′) = φ(0).');
  const least = p.step(
    `${id}h`,
    forall([b], imp(inBall(b, zero, r), le(restricted(zero), restricted(b)))),
    rewriting,
    [above, sameLoss, center],
    'So φ(0) ≤ φ(b) there.',
  );
  const local = p.step(
    `${id}i`,
    localMin(φ, zero),
    witness(r),
    [p.part(hr, 0), least],
    '0 is a local minimum of φ.',
  );
  const smoothMap = p.step(
    `${id}j`,
    forall([i], Diff(map(i), zero)),
    fixing([i], byAxiom('AFFINE', n, dy, slope(i, at), apply(f, i, at), zero)),
    [],
    'Affine maps are differentiable.',
  );
  const chain = p.step(
    `${id}k`,
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
    `${id}l`,
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
    `${id}m`,
    forall([k], eq(partial(φ, zero, k), 0)),
    byAxiom('FERMAT', n, φ, zero),
    [linear, local],
    'Fermat: the gradient of φ vanishes at 0.',
  );
  const line = p.step(
    `${id}n`,
    forall(
      [i, t, c],
      eq(
        apply(map(i), vecAdd(zero, scale(t, b)), c),
        add(apply(map(i), zero, c), mul(t, dot(apply(slope(i, at), c), b))),
      ),
    ),
    ring,
    [],
    'On the line along b.',
  );
  const unit = p.step(`${id}o`, lt(0, 1), linearly(), [], 'Let |t| < 1 there.');
  const directional = p.step(
    `${id}p`,
    forall(
      [i, c],
      eq(
        sum('k', n, (q) => mul(apply(b, q), apply(partial(map(i), zero, q), c))),
        dot(apply(slope(i, at), c), b),
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
        vec('c', dy, (e) => dot(apply(slope(i, at), e), b)),
        real(1),
      ),
    ),
    [smoothMap, unit, line],
    'The derivative of the affine map along b is A_i b.',
  );
  const combined = p.step(
    `${id}q`,
    eq(
      sum('k', n, (q) => mul(apply(b, q), partial(φ, zero, q))),
      pulled(D, at, (q, e) => dot(apply(slope(q, at), e), b)),
    ),
    calculation,
    [linear, chain, directional],
    'Put the derivatives together.',
  );
  const vanishes = p.step(
    `${id}r`,
    eq(
      sum('k', n, (q) => mul(apply(b, q), partial(φ, zero, q))),
      0,
    ),
    calculation,
    [flat],
    'The derivative of φ along b is 0.',
  );
  const zeroPull = p.step(
    `${id}s`,
    eq(
      pulled(D, at, (q, e) => dot(apply(slope(q, at), e), b)),
      0,
    ),
    linearly(-1, 1),
    [combined, vanishes],
    'So the derivatives of the losses vanish along A_i b.',
  );
  return p.step(
    id,
    forall(
      [at],
      imp(
        LocalMinimum(D, at),
        forall(
          [b],
          eq(
            pulled(D, at, (q, e) => dot(apply(slope(q, at), e), b)),
            0,
          ),
        ),
      ),
    ),
    p.introducing(at, b),
    [zeroPull],
    `So at every local minimum, ${words}.`,
  );
}
