/** The tactics of the scripts (untrusted: each ends in rules of the kernel). */
import { all, eq, imp, le, lt, mul, op, Real, real, scoped, type Term } from '../../src/kernel/build.ts';
import { isInf } from '../../src/kernel/notions.ts';
import { apply, fresh, KernelError, unfold } from '../../src/kernel/term.ts';
import {
  andIntro,
  andLeft,
  andRight,
  assume,
  axiom,
  discharge,
  equal,
  existsElim,
  existsIntro,
  forallElim,
  forallIntro,
  modusPonens,
  type Theorem,
} from '../../src/kernel/theorem.ts';
import { auto } from './auto.ts';
import {
  abstracted,
  argsOf,
  as,
  byContradiction,
  combination,
  instance,
  isDefined,
  isOp,
  type Part,
  product,
  summed,
  unfolded,
} from './derived.ts';
import { congruence, rewriteIn, ringWith } from './rewriting.ts';
import type { Tactic } from './step.ts';

/** A tactic; with `needs`, it is refused with fewer premises. */
export function tactic(name: string, run: Tactic['run']): Tactic;
export function tactic(name: string, needs: number, run: Tactic['run']): Tactic;
export function tactic(name: string, needs: number | Tactic['run'], run?: Tactic['run']): Tactic {
  if (typeof needs !== 'number') return { name, run: needs };
  return {
    name,
    run: (goal, premises) => {
      if (premises.length < needs) throw new KernelError(tooFew(name, needs, premises));
      return run!(goal, premises);
    },
  };
}
function tooFew(name: string, needs: number, premises: readonly Theorem[]): string {
  const list = premises.map((th, n) => `\n    ${n + 1}. ${th.conclusion}`).join('');
  const most = needs === 1 ? '1 premise' : `${needs} premises`;
  return `${name}: expected ${most} but received ${premises.length === 0 ? 'none' : `${premises.length}:${list}`}`;
}

/** A tactic that says what it splits on. */
export const byCases = (cases: readonly Term[], inner: Tactic): Tactic => ({
  ...inner,
  split: () => ({ by: 'cases', cases }),
});

/** An inner tactic by another way in, which splits as it does. */
const around = (inner: Tactic, run: Tactic['run']): Tactic => ({ ...inner, run });

/** By the definitions: the premise says the same. */
export const definition = tactic('definition', 1, (goal, [premise]) => as(premise!, goal));

/** By logic, from the premises as they are. */
export const logic = tactic('logic', (goal, premises) => auto(goal, premises));

/** An equation, or one for all values of some variables. */
const equation = (name: string, prove: (a: Term, b: Term, premises: readonly Theorem[]) => Theorem): Tactic =>
  tactic(name, (goal, premises) => {
    const run = (claim: Term): Theorem => {
      if (!isOp(claim, 'forall')) {
        const [a, b] = argsOf(claim, 'eq') as [Term, Term];
        return prove(a, b, premises);
      }
      const body = claim.args[0]!;
      return scoped(body.name || 'x', body.sort.domain!, (x) => forallIntro(x, run(apply(body, x))));
    };
    return run(goal);
  });

/** The two sides have the same normal form. */
export const ring = equation('calculation', (a, b) => equal(a, b, 'all'));

/** Calculation, with products rewritten by the premises, which are equations. */
export const calculation = equation('calculation', entrywise);

function entrywise(a: Term, b: Term, premises: readonly Theorem[]): Theorem {
  if (a.sort.kind !== 'Pi') return ringWith(a, b, premises);
  return scoped('c', a.sort.domain!, (c) =>
    as(abstracted(c, entrywise(apply(a, c), apply(b, c), premises)), eq(a, b)),
  );
}

/** Equals for equals, anywhere in the two sides. */
export const substitution = equation('substitution', congruence);

/** Equals for equals in the first premise, by the others. */
export const rewriting = tactic('substitution', 1, (goal, [first, ...equations]) =>
  as(rewriteIn(first!, equations), goal),
);

/** A sum of the premises, with multipliers (1 where none is given). */
export const linearly = (...multipliers: readonly (number | Term)[]): Tactic =>
  tactic('linear combination', (goal, premises) =>
    combination(
      goal,
      premises.map((th, i): Part => [multipliers[i] ?? 1, th]),
    ),
  );

/** The same for fixed values of the leading ∀s of the goal; premises with the same ∀s may be instantiated by `inner`. */
export const fixing = (variables: readonly Term[], inner: Tactic): Tactic =>
  around(inner, (goal, premises) => fixed(goal, premises, variables, inner));

/** The same, with the premises taken at the same values, in order, where their leading ∀s have the sorts. */
export const pointwise = (variables: readonly Term[], inner: Tactic): Tactic =>
  fixing(
    variables,
    around(inner, (goal, premises) =>
      inner.run(
        goal,
        premises.map((th) => takenAt(th, variables)),
      ),
    ),
  );

function takenAt(th: Theorem, variables: readonly Term[]): Theorem {
  let out = th;
  for (const x of variables) {
    const c = out.conclusion;
    if (isOp(c, 'forall') && c.args[0]!.sort.domain!.id === x.sort.id) out = forallElim(out, x);
  }
  return out;
}

function fixed(goal: Term, premises: readonly Theorem[], variables: readonly Term[], inner: Tactic): Theorem {
  if (isOp(goal, 'imp')) {
    const h = assume(goal.args[0]!);
    return discharge(h.conclusion, fixed(goal.args[1]!, [...premises, h], variables, inner));
  }
  if (variables.length === 0) return inner.run(goal, premises);
  if (isDefined(goal)) return as(fixed(unfold(goal), premises, variables, inner), goal);
  if (!isOp(goal, 'forall')) throw new KernelError(`fixing: expected a ∀ but received ${goal}`);
  const [x, ...rest] = variables as [Term, ...Term[]];
  return forallIntro(x, fixed(apply(goal.args[0]!, x), premises, rest, inner));
}

/** An axiom at these values; its hypotheses, and what it leaves to the goal, follow from the premises. */
export const byAxiom = (name: string, ...at: readonly Term[]): Tactic =>
  tactic(name, (goal, premises) => specialised(goal, axiom(name), at, premises));

/** The first premise at these values; its hypotheses follow from the others. */
export const instanceAt = (...at: readonly Term[]): Tactic =>
  tactic('instance', 1, (goal, [first, ...premises]) => specialised(goal, first!, at, premises));

function specialised(
  goal: Term,
  general: Theorem,
  at: readonly Term[],
  premises: readonly Theorem[],
): Theorem {
  let th = general;
  const discharged = (): void => {
    if (!isOp(th.conclusion, 'imp') && !isOp(th.conclusion, 'forall')) th = unfolded(th);
    while (isOp(th.conclusion, 'imp')) th = modusPonens(th, auto(th.conclusion.args[0]!, premises));
  };
  for (const t of at) {
    discharged();
    th = forallElim(th, t);
  }
  discharged();
  return goal.id === th.conclusion.id ? th : auto(goal, [th]);
}

/** Σ_i λ_i l_i ≤ Σ_i λ_i r_i from ∀i. l_i ≤ r_i and λ_i > 0, read as the goal says. */
export const weightedSum = (i: Term, λi: Term, ...fixed: readonly Term[]): Tactic =>
  tactic('weighted sum', 2, (goal, [inequalities, weights]) => {
    const positive = auto(lt(real(0), λi), [weights!]);
    const nonnegative = combination(le(real(0), λi), [positive]);
    const at = takenAt(inequalities!, [...fixed, i]);
    const [l, r] = argsOf(at.conclusion, 'le') as [Term, Term];
    const scaled = combination(le(mul(λi, l), mul(λi, r)), [product(nonnegative, at)]);
    return combination(goal, [summed(forallIntro(i, scaled))]);
  });

/** ∃x₁. … by these witnesses; what remains follows from the premises. */
export const witness = (...terms: readonly Term[]): Tactic =>
  tactic('witness', (goal, premises) => exhibited(goal, terms, premises));

export function exhibited(goal: Term, terms: readonly Term[], premises: readonly Theorem[]): Theorem {
  const go = (claim: Term, left: readonly Term[]): readonly [Theorem, readonly Term[]] => {
    const there = premises.find((th) => th.conclusion.id === claim.id);
    if (there) return [there, left];
    if (isOp(claim, 'exists') && left.length > 0) {
      const [t, ...rest] = left as [Term, ...Term[]];
      const [inner, after] = go(apply(claim.args[0]!, t), rest);
      return [existsIntro(claim, t, inner), after];
    }
    if (isOp(claim, 'and')) {
      const [first, between] = go(claim.args[0]!, left);
      const [second, after] = go(claim.args[1]!, between);
      return [andIntro(first, second), after];
    }
    if (isDefined(claim) && left.length > 0) {
      const [inner, after] = go(unfold(claim), left);
      return [as(inner, claim), after];
    }
    return [auto(claim, premises), left];
  };
  return go(goal, terms)[0];
}

/** What follows from the facts of a nest of ∃ and ∧, its variables eliminated again. */
export function opening(th: Theorem, use: (facts: readonly Theorem[]) => Theorem): Theorem {
  const go = (todo: readonly Theorem[], facts: readonly Theorem[]): Theorem => {
    const [next, ...rest] = todo;
    if (!next) return use(facts);
    const c = next.conclusion;
    if (isOp(c, 'and')) return go([andLeft(next), andRight(next), ...rest], facts);
    if (!isOp(c, 'exists')) return go(rest, [...facts, next]);
    const x = fresh('x', c.args[0]!.sort.domain!);
    return existsElim(next, x, go([assume(apply(c.args[0]!, x)), ...rest], facts));
  };
  return go([th], []);
}

/**
 * c = min { value : … }, or c = inf: the premises say that every value is ≥ c and that c is the value at the witnesses.
 */
export const infimum = (...witnesses: readonly Term[]): Tactic =>
  tactic('least value', (goal, premises) => {
    const attained = isOp(goal, 'IsMin');
    const [c, P] = argsOf(goal, attained ? 'IsMin' : 'IsInf') as [Term, Term];
    const y = fresh('y', Real);
    const Py = assume(apply(P, y));
    const lower = opening(Py, (facts) => {
      const equation = facts[facts.length - 1]!;
      const value = argsOf(equation.conclusion, 'eq')[1]!;
      return combination(le(c, y), [auto(le(c, value), [...premises, ...facts]), [-1, equation]]);
    });
    const b = fresh('b', Real);
    const bound = assume(all('y', Real, (x) => imp(apply(P, x), le(b, x))));
    const member = exhibited(apply(P, c), witnesses, premises);
    const greatest = discharge(bound.conclusion, instance(bound, c, member));
    const least = andIntro(forallIntro(y, discharge(Py.conclusion, lower)), forallIntro(b, greatest));
    if (!attained) return as(least, goal);
    return as(andIntro(as(least, isInf(c, P)), member), goal);
  });

/** ∀x. P(x) from ¬∃x. ¬P(x), and P from ¬¬P. */
export const classical = tactic('excluded middle', 1, (goal, [premise]) => {
  const prove = (claim: Term): Theorem => {
    if (isOp(claim, 'forall')) {
      const x = fresh('x', claim.args[0]!.sort.domain!);
      return forallIntro(x, prove(apply(claim.args[0]!, x)));
    }
    return byContradiction(claim, (no) => auto(op('false'), [premise!, no]));
  };
  return prove(goal);
});

/** ¬P: what P says there is contradicts the premises. */
export const refutation = tactic('contradiction', (goal, premises) => {
  const p = assume(argsOf(goal, 'imp')[0]!);
  const absurd = opening(unfolded(p), (facts) => auto(op('false'), [...facts, ...premises]));
  return discharge(p.conclusion, absurd);
});
