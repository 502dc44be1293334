/** Derived rules: built from the rules of the kernel only, so nothing here can prove what does not follow (untrusted). */
import { eq, fun, le, mul, op, real, sub } from '../../src/kernel/build.ts';
import type { Unfold } from '../../src/kernel/normalise.ts';
import {
  apply,
  definitionOf,
  KernelError,
  leadingForalls,
  type Term,
  unfold,
} from '../../src/kernel/term.ts';
import {
  andIntro,
  andLeft,
  andRight,
  assume,
  axiom,
  convert,
  discharge,
  equal,
  existsIntro,
  extensionality,
  falseElim,
  forallElim,
  forallIntro,
  linear,
  modusPonens,
  orElim,
  rewrite,
  Theorem,
} from '../../src/kernel/theorem.ts';

export const isOp = (t: Term, name: string): boolean => t.kind === 'operation' && t.name === name;

/** The arguments of an operation; throws when the head is another one. */
export function argsOf(t: Term, name: string): readonly Term[] {
  if (!isOp(t, name)) throw new KernelError(`expected a term of the form '${name}' but received ${t}`);
  return t.args;
}

/** The conclusion as q, which must have the same normal form with all definitions unfolded. */
export const as = (th: Theorem, q: Term, unfolding: Unfold = 'all'): Theorem =>
  th.conclusion.id === q.id ? th : convert(th, q, unfolding);

/** Is the head a definition? */
export const isDefined = (t: Term): boolean => t.kind === 'operation' && definitionOf(t.name) !== null;

/** The conclusion with the definition at its head put in, once. */
export const opened = (th: Theorem): Theorem => convert(th, unfold(th.conclusion), [th.conclusion.name]);

/** The same until the head is no definition. */
export function unfolded(th: Theorem): Theorem {
  let out = th;
  while (isDefined(out.conclusion)) out = opened(out);
  return out;
}

export const refl = (a: Term): Theorem => equal(a, a);
/** a = b ⟼ b = a */
export function sym(e: Theorem): Theorem {
  const a = argsOf(e.conclusion, 'eq')[0]!;
  return rewrite(
    e,
    fun('z', a.sort, (z) => eq(z, a)),
    refl(a),
  );
}
/** a = b, b = c ⟼ a = c */
export function trans(e: Theorem, f: Theorem): Theorem {
  const a = argsOf(e.conclusion, 'eq')[0]!;
  return rewrite(
    f,
    fun('z', a.sort, (z) => eq(a, z)),
    e,
  );
}
export const chain = (...es: readonly Theorem[]): Theorem => es.reduce(trans);

/** a = b ⟼ F(a) = F(b) for an abstraction F */
export function congruent(F: Term, e: Theorem): Theorem {
  const a = argsOf(e.conclusion, 'eq')[0]!;
  const Fa = apply(F, a);
  const predicate = fun('z', a.sort, (z) => eq(Fa, apply(F, z)));
  return rewrite(e, predicate, refl(Fa));
}

/** ∀- and ⇒-elimination in turn: a term instantiates, a theorem discharges (up to normal form). */
export function instance(th: Theorem, ...by: readonly (Term | Theorem)[]): Theorem {
  let out = th;
  for (let used = 0; used < by.length; ) {
    if (!isOp(out.conclusion, 'forall') && !isOp(out.conclusion, 'imp')) out = unfolded(out);
    const x = by[used]!;
    if (Theorem.is(x)) {
      out = modusPonens(out, as(x, argsOf(out.conclusion, 'imp')[0]!));
      used++;
      continue;
    }
    // As many at once as there are terms and ∀s in a row.
    const row: Term[] = [];
    const most = Math.max(1, leadingForalls(out.conclusion));
    for (let t = by[used]; t && !Theorem.is(t) && row.length < most; t = by[++used]) row.push(t);
    out = forallElim(out, ...row);
  }
  return out;
}

/** ∀x₁ ∀x₂ … */
export const generalise = (th: Theorem, ...xs: readonly Term[]): Theorem => forallIntro(xs, th);
/** P₁ ⇒ P₂ ⇒ … */
export const discharging = (th: Theorem, ...ps: readonly Term[]): Theorem =>
  ps.reduceRight((t, p) => discharge(p, t), th);

/** The conjuncts of a conclusion, definitions at the head put in. */
export function conjuncts(th: Theorem): readonly Theorem[] {
  const out = isDefined(th.conclusion) ? unfolded(th) : th;
  if (!isOp(out.conclusion, 'and')) return [th];
  return [...conjuncts(andLeft(out)), ...conjuncts(andRight(out))];
}
/** The two sides of a conjunction. */
export function both(th: Theorem): readonly [Theorem, Theorem] {
  const out = unfolded(th);
  return [andLeft(out), andRight(out)];
}
export const conjunction = (...ths: readonly Theorem[]): Theorem =>
  ths.reduceRight((rest, th) => andIntro(th, rest));

/** R from P ∨ Q, by the two cases. */
export function cases(
  either: Theorem,
  left: (h: Theorem) => Theorem,
  right: (h: Theorem) => Theorem,
): Theorem {
  const [p, q] = argsOf(either.conclusion, 'or') as [Term, Term];
  return orElim(either, left(assume(p)), right(assume(q)));
}
/** R whether or not P. */
export const decide = (p: Term, yes: (h: Theorem) => Theorem, no: (h: Theorem) => Theorem): Theorem =>
  cases(forallElim(axiom('EM'), p), yes, no);

/** P from ¬P ⊢ ⊥. */
export const byContradiction = (p: Term, absurd: (no: Theorem) => Theorem): Theorem =>
  decide(
    p,
    (h) => h,
    (no) => falseElim(absurd(no), p),
  );

/** ∃x. P(x) from P(t), up to normal form. */
export function witnessed(goal: Term, t: Term, th: Theorem): Theorem {
  return existsIntro(goal, t, as(th, apply(argsOf(goal, 'exists')[0]!, t)));
}

/** (x ↦ l) = (x ↦ r) from l = r, for a variable x that is not free in the hypotheses. */
export const abstracted = (x: Term, e: Theorem): Theorem => extensionality(forallIntro(x, e));

/** A linear combination; a premise alone has multiplier 1, and [c, 0 ≤ c, th] multiplies an inequality by c. */
export type Part = Theorem | readonly [number | Term, Theorem] | readonly [Term, Theorem, Theorem];
export function combination(goal: Term, parts: readonly Part[], unfolding: Unfold = 'all'): Theorem {
  if (isDefined(goal)) return as(combination(unfold(goal), parts, unfolding), goal);
  const premises = parts.map((part) => {
    if (Theorem.is(part)) return { theorem: unfolded(part), by: real(1) };
    const [c, , th] = part;
    if (th !== undefined) return { theorem: product(part[1] as Theorem, th), by: real(1) };
    return { theorem: unfolded(part[1] as Theorem), by: typeof c === 'number' ? real(c) : (c as Term) };
  });
  return linear(goal, premises, unfolding);
}

/** 0 ≤ (r₁ − l₁)(r₂ − l₂) from l₁ ≤ r₁ and l₂ ≤ r₂, strict when both are. */
export function product(a: Theorem, b: Theorem): Theorem {
  const gap = (th: Theorem): Term => sub(th.conclusion.args[1]!, th.conclusion.args[0]!);
  const strict = a.conclusion.name === 'lt' && b.conclusion.name === 'lt';
  const positive = (th: Theorem): Theorem =>
    linear(op(strict ? 'lt' : 'le', real(0), gap(th)), [{ theorem: th, by: real(1) }]);
  return instance(axiom(strict ? 'MULPOS' : 'MULNONNEG'), gap(a), gap(b), positive(a), positive(b));
}

/** Σ_x l ≤ Σ_x r from ∀x. l ≤ r over an index set. */
export function summed(th: Theorem): Theorem {
  const body = argsOf(th.conclusion, 'forall')[0]!;
  const domain = body.sort.domain!;
  const side = (n: number): Term => fun('i', domain, (i) => argsOf(apply(body, i), 'le')[n]!);
  return instance(axiom('SUMLE'), domain.dimension!, side(0), side(1), th);
}

/** Σ_xs c·l = Σ_xs c·r from l = r; the variables are not free in the hypotheses. */
export function scaledSum(e: Theorem, c: Term, xs: readonly Term[]): Theorem {
  const factor = fun('z', e.conclusion.args[0]!.sort, (z) => mul(c, z));
  let out = congruent(factor, e);
  for (const x of [...xs].reverse()) {
    const f = abstracted(x, out);
    const sum = fun('g', f.conclusion.args[0]!.sort, (g) => op('sum', g));
    out = congruent(sum, f);
  }
  return out;
}

/** a ≤ b from a·a ≤ b·b and 0 ≤ b. */
export function squareRootOrder(squares: Theorem, nonnegative: Theorem, a: Term): Theorem {
  const b = argsOf(nonnegative.conclusion, 'le')[1]!;
  return cases(
    instance(axiom('TOTAL'), a, b),
    (h) => h,
    (greater) => {
      const absurd = combination(op('false'), [
        squares,
        product(greater, greater),
        [2, product(nonnegative, greater)],
      ]);
      return falseElim(absurd, le(a, b));
    },
  );
}
