/** Rewriting with equations, under binders and inside normal forms (untrusted: every step is a rule of the kernel). */
import { add, eq, fun, mul, op, real, scoped, sub } from '../../src/kernel/build.ts';
import { normalise, type Unfold } from '../../src/kernel/normalise.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { apply, KernelError, type Term } from '../../src/kernel/term.ts';
import {
  andLeft,
  andRight,
  equal,
  extensionality,
  forallElim,
  forallIntro,
  linear,
  rewrite,
  type Theorem,
} from '../../src/kernel/theorem.ts';
import {
  argsOf,
  congruent,
  instance,
  isDefined,
  isOp,
  opened,
  refl,
  scaledSum,
  sym,
  trans,
} from './derived.ts';
import { hole, match, mentions } from './matching.ts';

/** An equation with the variables that it holds for. */
interface Rule {
  readonly theorem: Theorem;
  readonly variables: readonly Term[];
  readonly left: Term;
}

/** Every equation that a theorem contains under ∀ and ∧, definitions at the head put in. */
export function equationsIn(theorem: Theorem): readonly Theorem[] {
  const c = theorem.conclusion;
  if (isOp(c, 'eq')) return [theorem];
  if (isOp(c, 'and')) return [...equationsIn(andLeft(theorem)), ...equationsIn(andRight(theorem))];
  if (isOp(c, 'forall')) {
    return scoped(readable(c.args[0]!.name), c.args[0]!.sort.domain!, (x) =>
      equationsIn(forallElim(theorem, x)).map((th) => forallIntro(x, th)),
    );
  }
  return isDefined(c) ? equationsIn(opened(theorem)) : [];
}

/** ∀xs. l = r as a rule; an equation of functions is also one of their values, in `applied`. */
function ruleOf(theorem: Theorem): Rule {
  const variables: Term[] = [];
  let rest = theorem.conclusion;
  while (isOp(rest, 'forall')) {
    const x = hole(variables.length, rest.args[0]!.sort.domain!);
    variables.push(x);
    rest = apply(rest.args[0]!, x);
  }
  return { theorem, variables, left: argsOf(rest, 'eq')[0]! };
}

/** The same equation between the values of both sides, until they are numbers or propositions. */
function applied(theorem: Theorem): Theorem {
  const rule = ruleOf(theorem);
  if (rule.left.sort.kind !== 'Pi') return rule.theorem;
  const at = hole(rule.variables.length, rule.left.sort.domain!);
  const value = fun('z', rule.left.sort, (z) => apply(z, at));
  const e = congruent(value, instance(rule.theorem, ...rule.variables));
  const all = [...rule.variables, at].reduceRight((t, x) => forallIntro(x, t), e);
  return applied(all);
}

function atRoot(rule: Rule, term: Term): Theorem | null {
  const binding = match(rule.left, term, new Set(rule.variables.map((x) => x.id)));
  if (!binding || rule.variables.some((x) => !binding.has(x.id))) return null;
  return rule.variables.reduce((th, x) => forallElim(th, binding.get(x.id)!), rule.theorem);
}

/** t = t' with each outermost instance rewritten once; null when there is none. */
function rewriteOnce(rules: readonly Rule[], term: Term): Theorem | null {
  for (const rule of rules) {
    const there = atRoot(rule, term);
    if (there) return there;
  }
  if (term.kind === 'lambda') {
    return scoped(readable(term.name), term.sort.domain!, (x) => {
      const inner = rewriteOnce(rules, apply(term, x));
      return inner && extensionality(forallIntro(x, inner));
    });
  }
  if (term.kind !== 'apply' && term.kind !== 'operation') return null;
  let out: Theorem | null = null;
  for (let i = 0; i < term.args.length; i++) {
    const inner = rewriteOnce(rules, term.args[i]!);
    if (!inner) continue;
    const now = out ? out.conclusion.args[1]! : term;
    if (now.kind !== term.kind) break; // an abstraction was put at the head and reduced
    const put = (y: Term): Term =>
      term.kind === 'apply'
        ? apply(i === 0 ? y : now.args[0]!, i === 0 ? now.args[1]! : y)
        : op(now.name, ...now.args.map((a, j) => (j === i ? y : a)));
    try {
      const predicate = fun('z', term.args[i]!.sort, (z) => eq(term, put(z)));
      out = rewrite(inner, predicate, out ?? refl(term));
    } catch (error) {
      // The argument stands in the sort of another one, so it cannot be replaced alone.
      if (!(error instanceof KernelError)) throw error;
    }
  }
  return out;
}
const readable = (name: string): string => (/^[\p{L}_]/u.test(name) ? name : 'x');

/** t = t' with instances of the equations rewritten from left to right, at most `rounds` times through. */
export function rewritten(term: Term, equations: readonly Theorem[], rounds = 3): Theorem {
  const rules = equations.flatMap(equationsIn).map(ruleOf);
  let out = refl(term);
  for (let round = 0; round < rounds; round++) {
    const next = rewriteOnce(rules, out.conclusion.args[1]!);
    if (!next || next.conclusion.args[0]!.id === next.conclusion.args[1]!.id) break;
    out = trans(out, next);
  }
  return out;
}

/** P with instances of the equations rewritten. */
export function rewriteIn(th: Theorem, equations: readonly Theorem[], rounds = 1): Theorem {
  const e = rewritten(th.conclusion, equations, rounds);
  return rewrite(
    e,
    fun('z', th.conclusion.sort, (z) => z),
    th,
  );
}

/** The same equations with their left sides in normal form. */
function normalLeft(theorem: Theorem): Theorem {
  const { variables } = ruleOf(theorem);
  const e = instance(theorem, ...variables);
  const left = argsOf(e.conclusion, 'eq')[0]!;
  const normal = normalise(left, 'all');
  if (normal.id === left.id) return theorem;
  return variables.reduceRight((t, x) => forallIntro(x, t), trans(equal(normal, left, 'all'), e));
}

/** a = b when both normal forms become the same by rewriting, and b itself may be. */
export function congruence(a: Term, b: Term, equations: readonly Theorem[]): Theorem {
  const rules = equations.flatMap(equationsIn).map(normalLeft);
  const side = (t: Term): Theorem => {
    let out = equal(t, normalise(t, 'all'), 'all');
    for (let round = 0; round < 4; round++) {
      const now = out.conclusion.args[1]!;
      const next = rewritten(now, rules, 1);
      const after = next.conclusion.args[1]!;
      if (after.id === now.id) break;
      out = trans(trans(out, next), equal(after, normalise(after, 'all'), 'all'));
    }
    return out;
  };
  const left = side(a);
  const right = side(b);
  const middle = equal(left.conclusion.args[1]!, right.conclusion.args[1]!, 'all');
  return trans(trans(left, middle), sym(right));
}

// ------------------------------------------------------------------------------------------- inside normal forms

interface Monomial {
  readonly coefficient: Rational;
  readonly variables: readonly Term[];
  readonly atoms: readonly Term[];
}

/** A normal form of sort ℝ as a list of products; holes of this name stand for what is summed over. */
function monomials(t: Term, name: string): Monomial[] {
  if (isOp(t, 'add')) return [...monomials(t.args[0]!, name), ...monomials(t.args[1]!, name)];
  let coefficient = Rational.one;
  let rest = t;
  if (rest.kind === 'number') {
    return rest.value!.isZero ? [] : [{ coefficient: rest.value!, variables: [], atoms: [] }];
  }
  if (isOp(rest, 'mul') && rest.args[0]!.kind === 'number') {
    coefficient = rest.args[0]!.value!;
    rest = rest.args[1]!;
  }
  const variables: Term[] = [];
  while (isOp(rest, 'sum')) {
    const f = rest.args[0]!;
    const x = hole(variables.length, f.sort.domain!, name);
    variables.push(x);
    rest = apply(f, x);
  }
  const atoms: Term[] = [];
  const split = (u: Term): void => {
    if (isOp(u, 'mul')) for (const a of u.args) split(a);
    else if (!(u.kind === 'number' && u.value!.equals(Rational.one))) atoms.push(u);
  };
  split(rest);
  return [{ coefficient, variables, atoms }];
}

interface ProductRule extends Rule, Monomial {
  readonly holds: readonly Term[];
}

function productRule(theorem: Theorem, unfolding: Unfold): ProductRule {
  const rule = ruleOf(applied(theorem));
  const parts = monomials(normalise(rule.left, unfolding), 's');
  if (parts.length !== 1) {
    throw new KernelError(`rewriting: expected one product on the left but received ${rule.left}`);
  }
  return { ...rule, ...parts[0]!, variables: parts[0]!.variables, holds: rule.variables };
}

interface Found {
  readonly image: (x: Term) => Term;
  readonly rest: readonly Term[];
}

/** Where a product contains the left side of a rule. */
function find(rule: ProductRule, m: Monomial): Found | null {
  if (rule.atoms.length > m.atoms.length) return null;
  const holes = new Set([...rule.holds, ...rule.variables].map((x) => x.id));
  const go = (i: number, left: readonly Term[], binding: ReadonlyMap<number, Term>): Found | null => {
    if (i < rule.atoms.length) {
      for (let j = 0; j < left.length; j++) {
        const next = match(rule.atoms[i]!, left[j]!, holes, binding);
        const found =
          next &&
          go(
            i + 1,
            left.filter((_, k) => k !== j),
            next,
          );
        if (found) return found;
      }
      return null;
    }
    if (rule.holds.some((x) => !binding.has(x.id))) return null;
    // What the rule sums over must be summed over here too, and occur nowhere else.
    const images = rule.variables.map((x) => binding.get(x.id));
    if (images.some((x) => !x || !m.variables.some((y) => y.id === x.id))) return null;
    if (new Set(images.map((x) => x!.id)).size !== images.length) return null;
    const elsewhere = [...left, ...rule.holds.map((x) => binding.get(x.id)!)];
    if (images.some((x) => elsewhere.some((t) => mentions(t, x!)))) return null;
    return { image: (x) => binding.get(x.id)!, rest: left };
  };
  return go(0, m.atoms, new Map());
}

/**
 * a = b, products that contain the left side of an equation rewritten until nothing is left of the difference. The left
 * side of each equation must be one product.
 */
export function ringWith(
  a: Term,
  b: Term,
  equations: readonly Theorem[],
  unfolding: Unfold = 'all',
): Theorem {
  const goal = eq(a, b);
  const rules = equations.flatMap(equationsIn).map((e) => productRule(e, unfolding));
  const premises: { theorem: Theorem; by: Term }[] = [];
  let rest = normalise(sub(b, a), unfolding);
  for (let steps = 0; steps < 200 && rest.kind !== 'number'; steps++) {
    const next = step(rest, rules);
    if (!next) break;
    premises.push({ theorem: next, by: real(-1) });
    const [l, r] = argsOf(next.conclusion, 'eq') as [Term, Term];
    rest = normalise(add(rest, sub(r, l)), unfolding);
  }
  return linear(goal, premises, unfolding);
}

function step(rest: Term, rules: readonly ProductRule[]): Theorem | null {
  for (const m of monomials(rest, 't')) {
    for (const rule of rules) {
      const found = find(rule, m);
      if (!found) continue;
      const at = rule.holds.reduce((th, x) => forallElim(th, found.image(x)), rule.theorem);
      const inner = new Set(rule.variables.map((x) => found.image(x).id));
      const outer = m.variables.filter((x) => !inner.has(x.id));
      const factor = mul(real(m.coefficient.div(rule.coefficient)), ...found.rest);
      return scaledSum(at, factor, outer);
    }
  }
  return null;
}
