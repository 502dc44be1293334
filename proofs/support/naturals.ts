/** Induction, and what needs arithmetic of naturals on the way (untrusted). */
import { lambda, mul, type Term } from '../../src/kernel/build.ts';
import { apply, fresh, KernelError } from '../../src/kernel/term.ts';
import {
  assume,
  axiom,
  discharge,
  existsElim,
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
  combination,
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
  return isNatural(goal) ? arithmetic(goal, premises) : auto(goal, premises);
}

/** ∀- and ⇒-elimination at these values; what is assumed on the way follows from the premises. */
export function supplied(th: Theorem, at: readonly Term[], premises: readonly Theorem[]): Theorem {
  let out = th;
  let used = 0;
  for (;;) {
    const c = out.conclusion;
    if (isOp(c, 'forall') && used < at.length) out = forallElim(out, at[used++]!);
    else if (isOp(c, 'imp')) out = modusPonens(out, supply(c.args[0]!, premises));
    else if (isDefined(c) && used < at.length) out = opened(out);
    else if (used < at.length) throw new KernelError(`supplied: expected a ∀ but received ${c}`);
    else return out;
  }
}

/** The first premise at these values. */
export const applying = (...at: readonly Term[]): Tactic =>
  tactic('instance', (goal, [first, ...rest]) => {
    const th = supplied(first!, at, rest);
    return isOp(goal, 'forall') ? auto(goal, [th]) : as(th, goal);
  });

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
