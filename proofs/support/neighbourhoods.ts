/** Norms, balls and radii (untrusted). */
import {
  all,
  and,
  Diff,
  dot,
  eq,
  exists,
  False,
  Fin,
  imp,
  le,
  lt,
  mul,
  Real,
  scale,
  Vec,
} from '../../src/kernel/build.ts';
import { inBall, norm } from '../../src/kernel/notions.ts';
import { apply, fresh, type Term, unfold } from '../../src/kernel/term.ts';
import {
  andIntro,
  assume,
  axiom,
  discharge,
  falseElim,
  forallIntro,
  modusPonens,
  type Theorem,
} from '../../src/kernel/theorem.ts';
import type { Data } from '../../theorems/setting.ts';
import {
  argsOf,
  as,
  both,
  byContradiction,
  cases,
  combination,
  instance,
  product,
  squareRootOrder,
  witnessed,
} from './derived.ts';
import type { Tactic } from './step.ts';
import { exhibited, tactic } from './tactics.ts';

/** ‖v‖·‖v‖ = Σ v_k² and 0 ≤ ‖v‖ */
export function normFacts(v: Term): readonly [squared: Theorem, nonnegative: Theorem] {
  const square = dot(v, v);
  const [squared, nonnegative] = both(instance(axiom('SQRT'), square, combination(le(0, square), [])));
  const n = norm(v);
  return [as(squared, eq(mul(n, n), square)), as(nonnegative, le(0, n))];
}

/** ‖εv‖ ≤ ε from ‖v‖ ≤ 1 and 0 ≤ ε. */
export const scaledNorm = tactic('norm of a multiple', 2, (goal, [short, nonnegative]) => {
  const v = argsOf(argsOf(short!.conclusion, 'le')[0]!, 'norm')[1]!;
  const ε = argsOf(nonnegative!.conclusion, 'le')[1]!;
  const moved = scale(ε, v);
  const [squareOfMoved] = normFacts(moved);
  const [square, positive] = normFacts(v);
  const bound = mul(ε, norm(v));
  const n = norm(moved);
  const squares = combination(le(mul(n, n), mul(bound, bound)), [squareOfMoved, [mul(-1, ε, ε), square]]);
  const nonnegativeBound = combination(le(0, bound), [product(nonnegative!, positive)]);
  const first = squareRootOrder(squares, nonnegativeBound, n);
  return combination(goal, [first, product(nonnegative!, short!)]);
});

/** ‖0‖ ≤ 1, and θ ∈ B(θ, r) from 0 < r: a norm below r when its square is 0. */
export const normOfZero: Tactic = tactic('norm of zero', (goal, premises) => {
  const claim = goal.name === 'InBall' ? unfold(goal) : goal;
  const [n, r] = claim.args as [Term, Term];
  const v = argsOf(n, 'norm')[1]!;
  const [squared, nonnegative] = normFacts(v);
  const positive = premises[0] ?? combination(lt(0, r), []);
  // Otherwise r ≤ ‖v‖ and r² ≤ ‖v‖² = 0.
  const small = cases(
    instance(axiom('TOTAL'), r, n),
    (h) => {
      const weak = combination(le(0, r), [positive]);
      const absurd = combination(False(), [
        squared,
        product(positive, positive),
        product(weak, h),
        product(nonnegative, h),
      ]);
      return falseElim(absurd, lt(n, r));
    },
    (h) => h,
  );
  return as(combination(claim, [small]), goal);
});

/** ∃r. 0 < r ∧ r ≤ a ∧ r ≤ b from 0 < a and 0 < b: the smaller one. */
export const smaller = tactic('the smaller of two', 2, (goal, [pa, pb]) => {
  const a = argsOf(pa!.conclusion, 'lt')[1]!;
  const b = argsOf(pb!.conclusion, 'lt')[1]!;
  return cases(
    instance(axiom('TOTAL'), a, b),
    (h) => exhibited(goal, [a], [pa!, combination(le(a, a), []), h]),
    (h) => exhibited(goal, [b], [pb!, combination(le(b, a), [h]), combination(le(b, b), [])]),
  );
});

/** ∃ε. 0 < ε ∧ every f_i is differentiable on B(θ, ε). */
export const differentiableBall = (D: Data, θ: Term): Term =>
  exists('ε', Real, (ε) =>
    and(
      lt(0, ε),
      all("θ'", Vec(D.dθ), (t) =>
        imp(
          inBall(t, θ, ε),
          all('i', Fin(D.m), (i) => Diff(apply(D.f, i), t)),
        ),
      ),
    ),
  );

/** That from θ ∉ Ω̃. */
export const awayFromKinks = tactic('excluded middle', 1, (goal, [notΩTilde]) => {
  const kinks = unfold(argsOf(notΩTilde!.conclusion, 'imp')[0]!); // ∀ε. 0 < ε ⇒ ∃θ'. …
  return byContradiction(goal, (no) => {
    const ε = fresh('ε', Real);
    const [pos, near] = argsOf(apply(argsOf(kinks, 'forall')[0]!, ε), 'imp') as [Term, Term];
    const positive = assume(pos);
    const found = byContradiction(near, (none) => {
      const body = argsOf(apply(argsOf(goal, 'exists')[0]!, ε), 'and')[1]!;
      const t = fresh('t', argsOf(body, 'forall')[0]!.sort.domain!);
      const [ball, smooth] = argsOf(apply(argsOf(body, 'forall')[0]!, t), 'imp') as [Term, Term];
      const i = fresh('i', argsOf(smooth, 'forall')[0]!.sort.domain!);
      const inside = assume(ball);
      const differentiable = byContradiction(apply(argsOf(smooth, 'forall')[0]!, i), (kink) =>
        modusPonens(none, exhibited(near, [t, i], [inside, kink])),
      );
      const everywhere = discharge(ball, forallIntro(i, differentiable));
      const witness = andIntro(positive, forallIntro(t, everywhere));
      return modusPonens(no, witnessed(goal, ε, witness));
    });
    const all = forallIntro(ε, discharge(pos, found));
    return modusPonens(notΩTilde!, as(all, argsOf(notΩTilde!.conclusion, 'imp')[0]!));
  });
});

/** x ≠ 0 from 0 < x. */
export const positiveIsNotZero = tactic('order', 1, (goal, [positive]) => {
  const zero = assume(argsOf(goal, 'imp')[0]!);
  return discharge(zero.conclusion, combination(False(), [positive!, zero]));
});

/** 0 ≤ 1/x from 0 < x and x · (1/x) = 1: otherwise x · (1/x) < 0. */
export const nonnegativeInverse = tactic('order', 2, (goal, [positive, unit]) => {
  const [zero, inverse] = argsOf(goal, 'le') as [Term, Term];
  return cases(
    instance(axiom('TOTAL'), zero, inverse),
    (h) => h,
    (h) => falseElim(combination(False(), [product(positive!, h), [-1, unit!]]), goal),
  );
});

/** The product of two inequalities, and the other premises added. */
export const multiplied = tactic('product', 2, (goal, [a, b, ...others]) =>
  combination(goal, [product(a!, b!), ...others]),
);
