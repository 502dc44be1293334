/** Induction, and what needs arithmetic of naturals on the way (untrusted). */
import { delta, eq, index, inl, inr, lambda, le, mul, natAdd, natLe, natToReal, op, type Term } from '../../src/kernel/build.ts';
import { apply, fresh, KernelError, unfold } from '../../src/kernel/term.ts';
import {
  andLeft,
  andRight,
  assume,
  axiom,
  discharge,
  equal,
  existsElim,
  falseElim,
  forallElim,
  forallIntro,
  modusPonens,
  rewrite,
  type Theorem,
} from '../../src/kernel/theorem.ts';
import { auto } from './auto.ts';
import type { Tactic } from './derivation.ts';
import {
  argsOf,
  as,
  cases,
  combination,
  congruent,
  conjunction,
  decide,
  instance,
  isDefined,
  isOp,
  opened,
  type Part,
  scaledSum,
  sym,
} from './derived.ts';
import { tactic } from './tactics.ts';

const ORDER = ['natLe', 'natLt'];
const isOrder = (t: Term): boolean => t.kind === 'operation' && ORDER.includes(t.name);
const isNatural = (t: Term): boolean => isOrder(t) || (isOp(t, 'eq') && t.args[0]!.sort.kind === 'Nat');

/** A comparison of naturals, or ⊥, as a sum of some of the premises that compare naturals. */
export function arithmetic(goal: Term, premises: readonly Theorem[]): Theorem {
  const useful = premises.filter((th) => isNatural(th.conclusion)).reverse();
  const signs = (th: Theorem): readonly number[] => (isOrder(th.conclusion) ? [1] : [1, -1]);
  const search = (from: number, parts: readonly Part[], most: number): Theorem | null => {
    try {
      return combination(goal, parts, []);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
    }
    if (parts.length === most) return null;
    for (let i = from; i < useful.length; i++) {
      for (const sign of signs(useful[i]!)) {
        const found = search(i + 1, [...parts, [sign, useful[i]!]], most);
        if (found) return found;
      }
    }
    return null;
  };
  for (let most = 0; most <= Math.min(4, useful.length); most++) {
    const found = search(0, [], most);
    if (found) return found;
  }
  throw new KernelError(
    `arithmetic: expected ${goal} to follow from ${useful.length} comparisons of naturals`,
  );
}

export const naturals: Tactic = tactic('arithmetic', arithmetic);

/** A premise, or something that follows from the premises. */
export function supply(goal: Term, premises: readonly Theorem[]): Theorem {
  const known = premises.find((th) => th.conclusion.id === goal.id);
  if (known) return known;
  if (isNatural(goal) || isOp(goal, 'false')) return arithmetic(goal, premises);
  const [antecedent, conclusion] = isOp(goal, 'imp') ? goal.args : [];
  if (antecedent && isNatural(antecedent) && isOp(conclusion!, 'false')) {
    return discharge(antecedent, arithmetic(conclusion!, [...premises, assume(antecedent)]));
  }
  return auto(goal, premises);
}

/** ∀- and ⇒-elimination at these values, and entries of equal vectors; what is assumed follows from the premises. */
export function supplied(th: Theorem, at: readonly Term[], premises: readonly Theorem[]): Theorem {
  let out = th;
  let used = 0;
  for (;;) {
    const c = out.conclusion;
    if (isOp(c, 'forall') && used < at.length) out = forallElim(out, at[used++]!);
    else if (isOp(c, 'imp')) out = modusPonens(out, supply(c.args[0]!, premises));
    else if (isDefined(c) && used < at.length) out = opened(out);
    else if (isOp(c, 'eq') && used < at.length) {
      const z = fresh('z', c.args[0]!.sort);
      out = congruent(lambda(z, apply(z, at[used++]!)), out);
    } else if (used < at.length) throw new KernelError(`supplied: expected a ∀ but received ${c}`);
    else return out;
  }
}

/** The first premise at these values, or the conjunct of it that is the goal. */
export const applying = (...at: readonly Term[]): Tactic =>
  tactic('instance', (goal, [first, ...rest]) => {
    const th = supplied(first!, at, rest);
    const part = conjunctsOf(th).find((each) => each.conclusion.id === goal.id);
    if (part) return part;
    return isOp(goal, 'forall') ? auto(goal, [th]) : as(th, goal);
  });
const conjunctsOf = (th: Theorem): readonly Theorem[] =>
  isOp(th.conclusion, 'and') ? [...conjunctsOf(andLeft(th)), ...conjunctsOf(andRight(th))] : [th];

/** ∀n. P(n) from P(0) and ∀n. P(n) ⇒ P(n + 1), up to normal form. */
export const induction: Tactic = tactic('induction', (goal, [base, step]) => {
  const P = argsOf(goal, 'forall')[0]!;
  return instance(axiom('IND'), P, base!, step!);
});

/** R from what `use` makes of the number k and k₁ = k₀ + k, for k₀ ≤ k₁. */
export function difference(le: Theorem, use: (k: Term, equation: Theorem) => Theorem): Theorem {
  const [low, high] = argsOf(le.conclusion, 'natLe') as [Term, Term];
  const exists = instance(axiom('NATDIFF'), low, high, le);
  const k = fresh('k', argsOf(exists.conclusion, 'exists')[0]!.sort.domain!);
  const equation = assume(apply(exists.conclusion.args[0]!, k));
  return existsElim(exists, k, use(k, equation));
}

/** ∀l. t ≤ l ⇒ P(l) from ∀n. P(t + n). */
export const fromOffset: Tactic = tactic('arithmetic', (goal, [premise]) => {
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

/** An equation multiplied by `by` and added up over some variables. */
export interface Summand {
  /** which premise, taken at the values `at` */
  readonly premise: number;
  readonly at?: readonly Term[];
  readonly by?: Term | number;
  readonly over?: readonly Term[];
  readonly sign?: 1 | -1;
}

/** An equation as a sum of multiples of the premises, summed over indices. */
export const summing = (...summands: readonly Summand[]): Tactic =>
  tactic('linear combination', (goal, premises) =>
    combination(
      goal,
      summands.map(({ premise, at = [], by = 1, over = [], sign = 1 }): Part => {
        const equation = supplied(premises[premise]!, at, premises);
        const factor = typeof by === 'number' ? mul(by) : by;
        return [sign, over.length === 0 && by === 1 ? equation : scaledSum(equation, factor, over)];
      }),
      [],
    ),
  );

/** P(k) from P(k₀) and k = k₀, which the other premises give. */
export const transport = (k: Term, k0: Term): Tactic =>
  tactic('substitution', (goal, [there, ...rest]) =>
    rewrite(arithmetic(eq(k0, k), rest), lambda(k, goal), as(there!, apply(lambda(k, goal), k0))),
  );

/** ∀l. … l ≤ n ⇒ … from ∀k l. l + k = n ⇒ …, for what stands before and after l ≤ n. */
export const distance = (n: Term): Tactic =>
  tactic('arithmetic', (goal, [premise]) => {
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
  tactic('excluded middle', (goal, [here, elsewhere, ...rest]) =>
    decide(
      eq(l, k),
      (h) => rewrite(h, lambda(k, goal), as(supplied(here!, [], [...rest, h]), apply(lambda(k, goal), l))),
      (other) => as(supplied(elsewhere!, [k], [...rest, other]), goal),
    ),
  );

/** The goal from l < n ⇒ goal, and from l = n ⇒ goal, where l ≤ n. */
export const lastOr = (l: Term, n: Term): Tactic =>
  tactic('order of naturals', (goal, [below, atEnd, ...rest]) =>
    cases(
      instance(axiom('NATTOTAL'), n, l),
      (h) => {
        const P = lambda(l, goal);
        const there = as(supplied(atEnd!, [], [...rest, h]), apply(P, n));
        return rewrite(equalNaturals(n, l, [...rest, h]), P, there);
      },
      (h) => as(supplied(below!, [], [...rest, h]), goal),
    ),
  );

/** a = b from a ≤ b and b ≤ a, read in ℝ. */
function equalNaturals(a: Term, b: Term, premises: readonly Theorem[]): Theorem {
  const order = (x: Term, y: Term): Theorem =>
    combination(le(natToReal(x), natToReal(y)), [arithmetic(natLe(x, y), premises)], []);
  const equal = instance(axiom('ANTISYM'), natToReal(a), natToReal(b), order(a, b), order(b, a));
  return combination(eq(a, b), [equal], []);
}

/** P₁ ∧ P₂ ∧ … from the premises, in order. */
export const together: Tactic = tactic('conjunction', (goal, premises) => as(conjunction(...premises), goal));

/** A conjunction of equations, under ∀s and hypotheses, whose sides have the same normal form. */
export const trivially: Tactic = tactic('calculation', (goal) => {
  if (isOp(goal, 'and')) return conjunction(...goal.args.map((each) => trivially.run(each, [])));
  if (isOp(goal, 'imp')) return discharge(goal.args[0]!, trivially.run(goal.args[1]!, []));
  if (isOp(goal, 'eq')) return equal(goal.args[0]!, goal.args[1]!);
  const body = argsOf(goal, 'forall')[0]!;
  const x = fresh(body.name || 'x', body.sort.domain!);
  return forallIntro(x, trivially.run(apply(body, x), []));
});

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
  tactic('order of naturals', (goal, [here, beyond, ...rest]) =>
    cases(
      instance(axiom('NATTOTAL'), k, l),
      (h) => {
        const P = lambda(k, goal);
        const there = as(supplied(here!, [], [...rest, h]), apply(P, l));
        return rewrite(equalNaturals(l, k, [...rest, h]), P, there);
      },
      (h) => as(supplied(beyond!, [k], [...rest, h]), goal),
    ),
  );

/** Anything, where the premises contradict each other as comparisons of naturals. */
export const contradiction: Tactic = tactic('arithmetic', (goal, premises) =>
  falseElim(arithmetic(op('false'), premises), goal),
);
