/** Induction, and statements about all layers, indices or numbers (untrusted). */
import {
  delta,
  eq,
  index,
  inl,
  inr,
  lambda,
  le,
  natAdd,
  natLe,
  natLt,
  natToReal,
  not,
  op,
  type Term,
} from '../../src/kernel/build.ts';
import { apply, fresh, KernelError, unfold } from '../../src/kernel/term.ts';
import {
  assume,
  axiom,
  discharge,
  existsElim,
  falseElim,
  forallElim,
  forallIntro,
  modusPonens,
  rewrite,
  type Theorem,
} from '../../src/kernel/theorem.ts';
import {
  argsOf,
  as,
  cases,
  combination,
  congruent,
  decide,
  instance,
  isDefined,
  isOp,
  sym,
} from './derived.ts';
import type { Tactic } from './step.ts';
import { arithmetic, supplied } from './supply.ts';
import { byCases, tactic } from './tactics.ts';

/** ∀n. P(n) from P(0) and ∀n. P(n) ⇒ P(n + 1), up to normal form. */
export const induction: Tactic = {
  ...tactic('induction', 2, (goal, [base, step]) => {
    const P = argsOf(goal, 'forall')[0]!;
    return instance(axiom('IND'), P, base!, step!);
  }),
  split: (premises) => ({ by: 'induction', cases: premises.map((th) => th.conclusion) }),
};

/** R from what `use` makes of the number k and k₁ = k₀ + k, for k₀ ≤ k₁. */
export function difference(le: Theorem, use: (k: Term, equation: Theorem) => Theorem): Theorem {
  const [low, high] = argsOf(le.conclusion, 'natLe') as [Term, Term];
  const exists = instance(axiom('NATDIFF'), low, high, le);
  const k = fresh('k', argsOf(exists.conclusion, 'exists')[0]!.sort.domain!);
  const equation = assume(apply(exists.conclusion.args[0]!, k));
  return existsElim(exists, k, use(k, equation));
}

/** ∀l. t ≤ l ⇒ P(l) from ∀n. P(t + n). */
export const fromOffset: Tactic = tactic('arithmetic', 1, (goal, [premise]) => {
  const body = argsOf(goal, 'forall')[0]!;
  const l = fresh(body.name || 'l', body.sort.domain!);
  const [above, claim] = argsOf(apply(body, l), 'imp') as [Term, Term];
  const h = assume(above);
  const P = lambda(l, claim);
  const at = difference(h, (k, equation) => {
    const there = apply(P, argsOf(equation.conclusion, 'eq')[1]!);
    return rewrite(sym(equation), P, as(forallElim(premise!, k), there));
  });
  return forallIntro(l, discharge(above, at));
});

/** P(k) from P(k₀) and k = k₀, which the other premises give. */
export const transport = (k: Term, k0: Term): Tactic =>
  tactic('substitution', 1, (goal, [there, ...rest]) =>
    rewrite(arithmetic(eq(k0, k), rest), lambda(k, goal), as(there!, apply(lambda(k, goal), k0))),
  );

/** ∀l. … l ≤ n ⇒ … from ∀k l. l + k = n ⇒ …, for what stands before and after l ≤ n. */
export const distance = (n: Term): Tactic =>
  tactic('arithmetic', 1, (goal, [premise]) => {
    const body = argsOf(goal, 'forall')[0]!;
    const l = fresh(body.name || 'l', body.sort.domain!);
    const intro = (claim: Term, known: readonly Theorem[]): Theorem => {
      if (isOp(claim, 'imp')) {
        const h = assume(claim.args[0]!);
        return discharge(h.conclusion, intro(claim.args[1]!, [...known, h]));
      }
      const near = known.find((h) => isOp(h.conclusion, 'natLe') && h.conclusion.args[1]!.id === n.id);
      if (!near) throw new KernelError(`distance: expected l ≤ ${n} before ${claim}`);
      return difference(near, (k, e) => as(supplied(premise!, [k, l], [...known, sym(e)]), claim));
    };
    return forallIntro(l, intro(apply(body, l), []));
  });

/** ∀i. P(i) over Fin(0). */
export const noIndex: Tactic = tactic('no index', (goal) => {
  if (isDefined(goal)) return as(noIndex.run(unfold(goal), []), goal);
  const body = argsOf(goal, 'forall')[0]!;
  const i = fresh('i', body.sort.domain!);
  const none = arithmetic(op('false'), [instance(axiom('VALLT'), i.sort.dimension!, i)]);
  return forallIntro(i, falseElim(none, apply(body, i)));
});

/** P(k) from P(l) and from l ≠ k ⇒ P(k): the first two premises, under ∀s and what the others give. */
export const exceptAt = (l: Term, k: Term): Tactic =>
  byCases(
    [eq(l, k), not(eq(l, k))],
    tactic('excluded middle', 2, (goal, [here, elsewhere, ...rest]) =>
      decide(
        eq(l, k),
        (h) => rewrite(h, lambda(k, goal), as(supplied(here!, [], [...rest, h]), apply(lambda(k, goal), l))),
        (other) => as(supplied(elsewhere!, [k], [...rest, other]), goal),
      ),
    ),
  );

/** The goal from l < n ⇒ goal, and from l = n ⇒ goal, where l ≤ n. */
export const lastOr = (l: Term, n: Term): Tactic =>
  byCases(
    [natLt(l, n), eq(l, n)],
    tactic('order of naturals', 2, (goal, [below, atEnd, ...rest]) =>
      cases(
        instance(axiom('NATTOTAL'), n, l),
        (h) => {
          const P = lambda(l, goal);
          const there = as(supplied(atEnd!, [], [...rest, h]), apply(P, n));
          return rewrite(equalNaturals(n, l, [...rest, h]), P, there);
        },
        (h) => as(supplied(below!, [], [...rest, h]), goal),
      ),
    ),
  );

/** a = b from a ≤ b and b ≤ a, read in ℝ. */
function equalNaturals(a: Term, b: Term, premises: readonly Theorem[]): Theorem {
  const order = (x: Term, y: Term): Theorem =>
    combination(le(natToReal(x), natToReal(y)), [arithmetic(natLe(x, y), premises)], []);
  const equal = instance(axiom('ANTISYM'), natToReal(a), natToReal(b), order(a, b), order(b, a));
  return combination(eq(a, b), [equal], []);
}

/** 1 where a = b, else 0: δ of the last indices of Fin(a + 1) and Fin(b + 1), both in Fin(a + b + 1). */
export const equalityIndicator = (a: Term, b: Term): Term => delta(lastIndex(a, b), lastIndex(b, a));
const lastIndex = (a: Term, b: Term): Term => inl(natAdd(a, 1), b, inr(a, 1, index(1, 0)));

/** [a = b] = 0, where the premises refute a = b. */
export const indicatorIsZero = tactic('DELTA', (goal, premises) => {
  const [x, y] = argsOf(argsOf(goal, 'eq')[0]!, 'delta') as [Term, Term];
  const same = assume(eq(x, y));
  const z = fresh('z', x.sort);
  const numbers = congruent(lambda(z, op('val', z)), same);
  const absurd = numbersDiffer(numbers, premises);
  return instance(axiom('DELTA'), x.sort.dimension!, x, y, discharge(same.conclusion, absurd));
});
function numbersDiffer(numbers: Theorem, premises: readonly Theorem[]): Theorem {
  const refuted = premises.find((th) => isOp(th.conclusion, 'imp') && isOp(th.conclusion.args[1]!, 'false'));
  if (!refuted) return arithmetic(op('false'), [...premises, numbers]);
  return modusPonens(refuted, arithmetic(refuted.conclusion.args[0]!, [...premises, numbers]));
}

/** P(k) for l ≤ k from P(l) and from l < k ⇒ P(k): the first two premises. */
export const firstOr = (l: Term, k: Term): Tactic =>
  byCases(
    [eq(l, k), natLt(l, k)],
    tactic('order of naturals', 2, (goal, [here, beyond, ...rest]) =>
      cases(
        instance(axiom('NATTOTAL'), k, l),
        (h) => {
          const P = lambda(k, goal);
          const there = as(supplied(here!, [], [...rest, h]), apply(P, l));
          return rewrite(equalNaturals(l, k, [...rest, h]), P, there);
        },
        (h) => as(supplied(beyond!, [k], [...rest, h]), goal),
      ),
    ),
  );

/** P(k) from ∀i : Fin(n). P(i's number), where the other premises give k < n. */
export const fromNumber = (n: Term, k: Term): Tactic =>
  tactic('an index has every number', 1, (goal, [premise, ...rest]) => {
    const exists = instance(axiom('VALSURJ'), n, k, arithmetic(natLt(k, n), rest));
    const body = argsOf(exists.conclusion, 'exists')[0]!;
    const i = fresh('i', body.sort.domain!);
    const number = assume(apply(body, i));
    const P = lambda(k, goal);
    const there = as(forallElim(premise!, i), apply(P, op('val', i)), []);
    return existsElim(exists, i, rewrite(number, P, there));
  });

/** ∀l. t ≤ l ⇒ l < t + r ⇒ P(l) from ∀ρ : Fin(r). P(t + ρ). */
export const fromIndices = (t: Term, r: Term): Tactic =>
  tactic('arithmetic', 1, (goal, [premise]) => {
    const body = argsOf(goal, 'forall')[0]!;
    const l = fresh(body.name || 'l', body.sort.domain!);
    const [low, rest] = argsOf(apply(body, l), 'imp') as [Term, Term];
    const [high, claim] = argsOf(rest, 'imp') as [Term, Term];
    const bounds = [assume(low), assume(high)] as const;
    const P = lambda(l, claim);
    const at = difference(bounds[0], (k, equation) => {
      const there = apply(P, natAdd(t, k));
      const inRange = fromNumber(r, k).run(there, [atIndices(premise!, P, t), bounds[1], equation]);
      return rewrite(sym(equation), P, inRange);
    });
    return forallIntro(l, discharge(low, discharge(high, at)));
  });
/** ∀ρ. P(t + ρ), as the predicate says it. */
function atIndices(premise: Theorem, P: Term, t: Term): Theorem {
  const ρ = fresh('ρ', argsOf(premise.conclusion, 'forall')[0]!.sort.domain!);
  return forallIntro(ρ, as(forallElim(premise, ρ), apply(P, natAdd(t, op('val', ρ))), []));
}
