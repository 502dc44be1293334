/** Instances of premises whose hypotheses are found, arithmetic of naturals among them, and sums of such instances (untrusted). */
import { lambda, mul, op, type Term } from '../../src/kernel/build.ts';
import { apply, fresh, KernelError } from '../../src/kernel/term.ts';
import {
  andLeft,
  andRight,
  assume,
  discharge,
  equal,
  falseElim,
  forallElim,
  forallIntro,
  modusPonens,
  type Theorem,
} from '../../src/kernel/theorem.ts';
import { auto } from './auto.ts';
import {
  argsOf,
  as,
  combination,
  congruent,
  conjunction,
  isDefined,
  isOp,
  opened,
  type Part,
  scaledSum,
} from './derived.ts';
import type { Tactic } from './step.ts';
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

/** Anything, where the premises contradict each other as comparisons of naturals. */
export const contradiction: Tactic = tactic('arithmetic', (goal, premises) =>
  falseElim(arithmetic(op('false'), premises), goal),
);

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
  tactic('instance', 1, (goal, [first, ...rest]) => {
    const th = supplied(first!, at, rest);
    const part = conjunctsOf(th).find((each) => each.conclusion.id === goal.id);
    if (part) return part;
    return isOp(goal, 'forall') ? auto(goal, [th]) : as(th, goal);
  });
const conjunctsOf = (th: Theorem): readonly Theorem[] =>
  isOp(th.conclusion, 'and') ? [...conjunctsOf(andLeft(th)), ...conjunctsOf(andRight(th))] : [th];

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
  tactic('linear combination', Math.max(0, ...summands.map(({ premise }) => premise + 1)), (goal, premises) =>
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

/** P₁ ∧ P₂ ∧ … from the premises, in order. */
export const together: Tactic = tactic('conjunction', 1, (goal, premises) =>
  as(conjunction(...premises), goal),
);

/** A conjunction of equations, under ∀s and hypotheses, whose sides have the same normal form. */
export const trivially: Tactic = tactic('calculation', (goal) => {
  if (isOp(goal, 'and')) return conjunction(...goal.args.map((each) => trivially.run(each, [])));
  if (isOp(goal, 'imp')) return discharge(goal.args[0]!, trivially.run(goal.args[1]!, []));
  if (isOp(goal, 'eq')) return equal(goal.args[0]!, goal.args[1]!);
  const body = argsOf(goal, 'forall')[0]!;
  const x = fresh(body.name || 'x', body.sort.domain!);
  return forallIntro(x, trivially.run(apply(body, x), []));
});
