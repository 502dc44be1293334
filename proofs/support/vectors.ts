/** Vectors by their entries, unit vectors, stacked rows, and losses of equal predictions (untrusted). */
import { add, dot, eq, False, lambda, le, mul, not, Real, real } from '../../src/kernel/build.ts';
import { apply, fresh, type Term, unfold } from '../../src/kernel/term.ts';
import {
  assume,
  axiom,
  discharge,
  falseElim,
  forallElim,
  forallIntro,
  orLeft,
  orRight,
  rewrite,
  type Theorem,
} from '../../src/kernel/theorem.ts';
import { auto } from './auto.ts';
import {
  abstracted,
  argsOf,
  as,
  both,
  cases,
  combination,
  congruent,
  decide,
  instance,
  isDefined,
  isOp,
  scaledSum,
  squareRootOrder,
  sym,
  trans,
} from './derived.ts';
import { normFacts } from './neighbourhoods.ts';
import { ringWith } from './rewriting.ts';
import type { Tactic } from './step.ts';
import { byCases, opening, tactic } from './tactics.ts';

/**
 * Under the leading ∀s of an equation of vectors the inner tactic proves its entries equal. With `each`, the premises are
 * taken at the same values, and at the index of the entry, as far as their leading ∀s have the sorts.
 */
export const entrywise = (inner: Tactic, each = false): Tactic =>
  tactic(inner.name, (goal, premises) => {
    const prove = (claim: Term, given: readonly Theorem[], at: readonly Term[]): Theorem => {
      if (isOp(claim, 'forall')) {
        const x = fresh('x', claim.args[0]!.sort.domain!);
        return forallIntro(x, prove(apply(claim.args[0]!, x), given, [...at, x]));
      }
      if (isOp(claim, 'imp')) {
        const h = assume(claim.args[0]!);
        return discharge(h.conclusion, prove(claim.args[1]!, [...given, h], at));
      }
      if (isDefined(claim)) return as(prove(unfold(claim), given, at), claim);
      const [a, b] = argsOf(claim, 'eq') as [Term, Term];
      if (a.sort.kind !== 'Pi') return inner.run(claim, each ? given.map((th) => takenAt(th, at)) : given);
      const c = fresh('c', a.sort.domain!);
      return as(abstracted(c, prove(eq(apply(a, c), apply(b, c)), given, [...at, c])), claim);
    };
    return prove(goal, premises, []);
  });

/** (x ↦ r) = f for every i from ∀i x. f_i(x) = r, f_i and x ↦ f_i(x) being the same. */
export const equalFunctions = tactic('extensionality', 1, (goal, [equation]) => {
  const i = fresh('i', argsOf(goal, 'forall')[0]!.sort.domain!);
  const x = fresh('x', argsOf(apply(goal.args[0]!, i), 'eq')[0]!.sort.domain!);
  const at = forallElim(forallElim(equation!, i), x);
  return as(forallIntro(i, abstracted(x, sym(at))), goal);
});

/** A theorem at these values, as far as its leading ∀s, or the domains of the vectors that it equates, have the sorts. */
function takenAt(th: Theorem, values: readonly Term[]): Theorem {
  let out = th;
  for (const x of values) {
    const c = out.conclusion;
    if (isOp(c, 'forall') && c.args[0]!.sort.domain!.id === x.sort.id) out = forallElim(out, x);
    else if (isOp(c, 'eq') && c.args[0]!.sort.domain?.id === x.sort.id) {
      const v = fresh('v', c.args[0]!.sort);
      out = congruent(lambda(v, apply(v, x)), out);
    }
  }
  return out;
}

/** Σ_i λ_i ℓ_i(a_i) = Σ_i λ_i ℓ_i(b_i) from a_i = b_i for every i. */
export const equalPredictions = (λ: Term, ℓ: Term): Tactic =>
  tactic('equal predictions', 1, (goal, [same]) => {
    const i = fresh('i', λ.sort.domain!);
    const at = forallElim(same!, i);
    const q = fresh('q', at.conclusion.args[0]!.sort);
    const each = congruent(lambda(q, mul(apply(λ, i), apply(ℓ, i, q))), at);
    return as(scaledSum(each, real(1), [i]), goal);
  });

/** Σ_x l = Σ_x r over one index from ∀x. l = r. */
export const added = tactic('sum over an index', 1, (goal, [equation]) => {
  const x = fresh('x', argsOf(equation!.conclusion, 'forall')[0]!.sort.domain!);
  return as(scaledSum(forallElim(equation!, x), real(1), [x]), goal);
});

/** ‖v‖ ≤ 1, where vᵀv = 1 follows from the premises by calculation. */
export const unitNorm = tactic('norm of a unit vector', (goal, premises) => {
  const n = argsOf(goal, 'le')[0]!;
  const v = argsOf(n, 'norm')[1]!;
  const [squared] = normFacts(v);
  const one = ringWith(dot(v, v), real(1), premises);
  const squares = combination(le(mul(n, n), mul(1, 1)), [squared, one]);
  return squareRootOrder(squares, combination(le(0, 1), []), n);
});

/** a · 1/a = 1 from 0 < a. */
export const reciprocal = tactic('INV', 1, (goal, [positive]) => {
  const a = argsOf(positive!.conclusion, 'lt')[1]!;
  const zero = assume(eq(a, 0));
  const nonzero = discharge(zero.conclusion, combination(False(), [positive!, zero]));
  return as(instance(axiom('INV'), a, as(nonzero, not(eq(a, 0)))), goal);
});

/** The goal from P ⇒ goal and ¬P ⇒ goal. */
export const eitherWay = (p: Term): Tactic =>
  byCases(
    [p, not(p)],
    tactic('excluded middle', 2, (goal, [yes, no]) =>
      decide(
        p,
        (h) => auto(goal, [instance(yes!, h)]),
        (h) => auto(goal, [instance(no!, h)]),
      ),
    ),
  );

/** P ∨ Q from ¬P ⇒ Q. */
export const otherwise = tactic('excluded middle', 1, (goal, [implication]) => {
  const [p, q] = argsOf(goal, 'or') as [Term, Term];
  return decide(
    p,
    (h) => orLeft(h, q),
    (h) => orRight(p, instance(implication!, h)),
  );
});

/** The goal from P ∨ Q, P ⇒ goal and Q ⇒ goal. */
export const split: Tactic = {
  ...tactic('cases', 3, (goal, [either, left, right]) =>
    cases(
      either!,
      (h) => auto(goal, [instance(left!, h)]),
      (h) => auto(goal, [instance(right!, h)]),
    ),
  ),
  split: ([either]) => ({ by: 'cases', cases: argsOf(either!.conclusion, 'or') }),
};

/** Anything about an index of Fin(n) from n < 1. */
export const outOfRange = (i: Term): Tactic =>
  tactic('VALLT', 1, (goal, [empty]) => {
    const below = instance(axiom('VALLT'), i.sort.dimension!, i);
    return falseElim(combination(False(), [empty!, below]), goal);
  });

/** c ≤ inf { value : … }: the premises say that every value is ≥ c. */
export const belowEvery = tactic('lower bound', (goal, premises) => {
  const [c, P] = argsOf(goal, 'LeInf') as [Term, Term];
  const y = fresh('y', Real);
  const member = assume(apply(P, y));
  const lower = opening(member, (facts) => {
    const equation = facts[facts.length - 1]!;
    const value = argsOf(equation.conclusion, 'eq')[1]!;
    return combination(le(c, y), [auto(le(c, value), premises), [-1, equation]]);
  });
  return as(forallIntro(y, discharge(member.conclusion, lower)), goal);
});

/** The first premise at these values, an equation of vectors at the index of an entry. */
export const entriesAt = (...values: readonly Term[]): Tactic =>
  tactic('instance', 1, (goal, [first]) => as(takenAt(first!, values), goal));

/** vᵀv = 1 from ‖v‖ = 1. */
export const unitSquare = tactic('norm of a unit vector', 1, (goal, [equation]) => {
  const n = argsOf(equation!.conclusion, 'eq')[0]!;
  const [squared] = normFacts(argsOf(n, 'norm')[1]!);
  return combination(goal, [
    [-1, squared],
    [add(n, 1), equation!],
  ]);
});

/** ∀i j. P(i, j) from ∀i. P(i, i) and ∀i j. i ≠ j ⇒ P(i, j). */
export const sameOrDifferent = tactic('excluded middle', 2, (goal, [same, different]) => {
  const body = argsOf(goal, 'forall')[0]!;
  const i = fresh('i', body.sort.domain!);
  const P = argsOf(apply(body, i), 'forall')[0]!;
  const j = fresh('j', P.sort.domain!);
  const at = decide(
    eq(i, j),
    (h) => rewrite(h, P, as(forallElim(same!, i), apply(P, i))),
    (h) => as(instance(different!, i, j, h), apply(P, j)),
  );
  return forallIntro(i, forallIntro(j, at));
});

/** P(b) from P(a) and a = b, for a predicate P. */
export const transported = (P: Term): Tactic =>
  tactic('substitution', 2, (goal, [equation, premise]) => {
    const a = argsOf(equation!.conclusion, 'eq')[0]!;
    return as(rewrite(equation!, P, as(premise!, apply(P, a))), goal);
  });

/** σ(σ(z)) = σ(z) from σ(z) = z for z ≥ 0 and σ(z) = 0 for z ≤ 0. */
export const rectifiedTwice = tactic('rectifier', 1, (goal, [rectifier]) => {
  const inner = argsOf(goal, 'eq')[1]!; // σ(z)
  const [σ, z] = inner.args as [Term, Term];
  const zero = real(0);
  const value = (point: Term, part: 0 | 1, h: Theorem): Theorem =>
    instance(both(instance(rectifier!, point))[part], h);
  const applied = (e: Theorem): Theorem => congruent(σ, e);
  return cases(
    instance(axiom('TOTAL'), zero, z),
    (h) => applied(value(z, 0, h)),
    (h) => {
      const off = value(z, 1, combination(le(z, 0), [h]));
      const atZero = value(zero, 1, combination(le(0, 0), []));
      return trans(trans(applied(off), atZero), sym(off));
    },
  );
});
