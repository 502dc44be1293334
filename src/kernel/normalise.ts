/**
 * The normaliser (trusted): one normal form for equal expressions of finite sums.
 *
 * A term of sort ℝ or ℕ becomes a polynomial: a sum of c · Σ_{x_1…x_k} a_1 ⋯ a_r, c rational, x_j indices, a_j atoms (terms
 * with another head, their arguments normal). On the way
 * - applications are reduced, and the definitions that are asked for are unfolded;
 * - sums over Fin(a + b), Fin(a · b) and Fin(Σ e) become sums over the parts, sums over a small literal Fin(n) are
 *   written out, and Σ_{x : Fin(n)} 1 is n;
 * - Kronecker deltas contract: Σ_x δ(x, y) F(x) = F(y), δ(x, y) F(x) = δ(x, y) F(y), and δ of unlike constructors is 0;
 * - the indices x_j get names by a rule that does not depend on those they had.
 * Functions are normal when their values at a new variable are; η holds. Other terms have normal arguments.
 *
 * `normal(t).id === normal(u).id` implies that t and u have the same value for all values of their variables. The
 * converse is not promised. It ends on every input: unfolding goes to earlier definitions, reduction is that of a simply
 * typed calculus, each split makes an index set smaller, and each contraction removes an index or isolates a variable.
 *
 * Bound variables are opened as level variables #0, #1, … that only this module can place; a term that comes with one of
 * them is refused. Results are kept per term. Cost: products are multiplied out.
 */

import { compareLists, indexOrders } from './index-order.ts';
import {
  append,
  concat,
  contains,
  each,
  isRational,
  KernelError,
  need,
  sorted,
  sortStrings,
  table,
  without,
} from './intrinsics.ts';
import { Rational } from './rational.ts';
import {
  apply,
  compareTerms,
  definitionOf,
  Fin,
  freeVariables,
  freeVariablesOfSort,
  lambda,
  levelVariable,
  Nat,
  nat,
  operate,
  Real,
  real,
  replace,
  replaceInSort,
  type Sort,
  type Term,
  unfold,
} from './term.ts';

/** Which definitions are unfolded: the named ones, or all. */
export type Unfold = 'all' | readonly string[];

/** c · Σ over the variables of the product of the atoms. */
interface Monomial {
  readonly coefficient: Rational;
  readonly variables: readonly Term[];
  readonly atoms: readonly Term[];
}
type Polynomial = readonly Monomial[];

const LITERAL_SUM = 8n; // sums over larger literal sets stay sums
const MINUS_ONE = new Rational(-1n);

// ------------------------------------------------------------------------------------------- contexts and levels

interface Context {
  readonly all: boolean;
  readonly names: { has(name: string): boolean };
  readonly normal: Map<number, Term>;
  readonly neutral: Map<number, Term>;
}
const contexts = table<Context>();

function contextOf(unfolding: Unfold): Context {
  const all = unfolding === 'all';
  let key = all ? '*' : '';
  const names = table<boolean>();
  if (!all) {
    const list: string[] = [];
    for (let i = 0; i < unfolding.length; i++) append(list, `${unfolding[i]}`);
    sortStrings(list);
    for (let i = 0; i < list.length; i++) {
      key += ` ${list[i]}`;
      names.set(list[i]!, true);
    }
  }
  let context = contexts.get(key);
  if (context === undefined) {
    context = { all, names, normal: table<number, Term>(), neutral: table<number, Term>() };
    contexts.set(key, context);
  }
  return context;
}

const levels = table<number, number>();
function level(depth: number, sort: Sort): Term {
  const variable = levelVariable(depth, sort);
  levels.set(variable.id, depth);
  return variable;
}

/** The first level that a term leaves free for its own binders. */
function depthOf(term: Term): number {
  const free = freeVariables(term);
  let depth = 0;
  for (let i = 0; i < free.length; i++) {
    const at = levels.get(free[i]!.id);
    if (at !== undefined && at >= depth) depth = at + 1;
  }
  return depth;
}

const mentions = (term: Term, variable: Term): boolean => contains(freeVariables(term), variable);
const sortMentions = (sort: Sort, variable: Term): boolean => contains(freeVariablesOfSort(sort), variable);
const isOperation = (term: Term, name: string): boolean => term.kind === 'operation' && term.name === name;
const sameIndexSet = (a: Term, b: Term): boolean => Fin(a).id === Fin(b).id;

// ------------------------------------------------------------------------------------------- weak head reduction

function weakHead(term: Term, context: Context): Term {
  let t = term;
  for (;;) {
    if (t.kind === 'operation' && (context.all || context.names.has(t.name)) && definitionOf(t.name)) {
      t = unfold(t);
      continue;
    }
    if (t.kind !== 'apply') return t;
    const f = weakHead(t.args[0]!, context);
    const reduced = reduce(f, t.args[1]!, context);
    if (reduced === null) return f === t.args[0] ? t : apply(f, t.args[1]!);
    t = reduced;
  }
}

/** f(x) for an abstraction, or a constructed function at a constructed index; null when it is neither. */
function reduce(f: Term, x: Term, context: Context): Term | null {
  if (f.kind === 'lambda') return apply(f, x);
  if (f.kind !== 'operation') return null;
  if (f.name !== 'join' && f.name !== 'unpair' && f.name !== 'unsigma') return null;
  const i = weakHead(x, context);
  if (i.kind !== 'operation') return null;
  if (f.name === 'join' && (i.name === 'inl' || i.name === 'inr')) {
    if (!sameIndexSet(f.args[0]!, i.args[0]!) || !sameIndexSet(f.args[1]!, i.args[1]!)) return null;
    return apply(f.args[i.name === 'inl' ? 2 : 3]!, i.args[2]!);
  }
  if (f.name === 'unpair' && i.name === 'pair') {
    const rows = f.args[0]!.sort;
    const fits = rows.domain!.id === i.args[2]!.sort.id && rows.codomain!.domain!.id === i.args[3]!.sort.id;
    return fits ? apply(f.args[0]!, i.args[2]!, i.args[3]!) : null;
  }
  if (f.name === 'unsigma' && i.name === 'sigma' && f.args[0]!.id === i.args[0]!.id) {
    return apply(f.args[1]!, i.args[1]!, i.args[2]!);
  }
  return null;
}

// ------------------------------------------------------------------------------------------- normal forms

function normalIn(term: Term, context: Context): Term {
  const known = context.normal.get(term.id);
  if (known !== undefined) return known;
  const kind = term.sort.kind;
  let result: Term;
  if (kind === 'Real' || kind === 'Nat') {
    result = quote(polynomialOf(term, context), term.sort);
  } else if (kind === 'Pi') {
    result = normalFunction(term, context);
  } else if (kind === 'Fin' && isLiteral(term.sort.dimension!, 1n)) {
    result = operate('index', [nat(1), nat(0)]);
  } else result = neutral(weakHead(term, context), context);
  // Normal arguments may fit a sort that is written otherwise; then the term stays as it was.
  if (result.sort.id !== term.sort.id) result = term;
  context.normal.set(term.id, result);
  return result;
}

const isLiteral = (n: Term, value: bigint): boolean => n.kind === 'number' && n.value!.numerator === value;

function normalFunction(term: Term, context: Context): Term {
  const x = level(depthOf(term), term.sort.domain!);
  const body = normalIn(apply(term, x), context);
  if (body.kind === 'apply' && body.args[1]!.id === x.id && !mentions(body.args[0]!, x)) {
    if (body.args[0]!.sort.id === term.sort.id) return body.args[0]!;
  }
  const hint = term.kind === 'lambda' ? term.name : term.sort.hint;
  return lambda(x, body, hint === '' || hint[0] === '#' ? 'x' : hint);
}

/** A term in weak head normal form with its arguments made normal. */
function neutral(term: Term, context: Context): Term {
  if (term.kind !== 'apply' && term.kind !== 'operation') return term;
  const known = context.neutral.get(term.id);
  if (known !== undefined) return known;
  let result: Term;
  try {
    if (term.kind === 'apply') {
      result = apply(neutral(term.args[0]!, context), normalIn(term.args[1]!, context));
    } else {
      let args = each(term.args, (arg) => normalIn(arg, context));
      if (term.name === 'delta' && compareTerms(args[0]!, args[1]!) > 0) args = [args[1]!, args[0]!];
      result = operate(term.name, args);
    }
  } catch (error) {
    // A normal argument changed the sort that another one must have: equal sorts that are written differently.
    if (!(error instanceof KernelError)) throw error;
    result = term;
  }
  if (result.sort.id !== term.sort.id) result = term;
  context.neutral.set(term.id, result);
  return result;
}

// ------------------------------------------------------------------------------------------- expansion

/** Monomials with atoms in weak head normal form, and the first level that none of their variables uses. */
interface Expansion {
  readonly terms: Polynomial;
  readonly top: number;
}
const constant = (c: Rational, top: number): Expansion => ({
  terms: c.isZero ? [] : [{ coefficient: c, variables: [], atoms: [] }],
  top,
});
const atom = (a: Term, top: number): Expansion => ({
  terms: [{ coefficient: Rational.one, variables: [], atoms: [a] }],
  top,
});
const higher = (a: number, b: number): number => (a > b ? a : b);
const plus = (a: Expansion, b: Expansion): Expansion => ({
  terms: concat(a.terms, b.terms),
  top: higher(a.top, b.top),
});
/** The variables of b must be other ones than those of a. */
function times(a: Polynomial, b: Polynomial): Polynomial {
  const out: Monomial[] = [];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      append(out, {
        coefficient: a[i]!.coefficient.mul(b[j]!.coefficient),
        variables: concat(a[i]!.variables, b[j]!.variables),
        atoms: concat(a[i]!.atoms, b[j]!.atoms),
      });
    }
  }
  return out;
}
function multiply(a: Expansion, b: (top: number) => Expansion): Expansion {
  if (a.terms.length === 0) return a;
  const second = b(a.top);
  return { terms: times(a.terms, second.terms), top: higher(a.top, second.top) };
}

/** A term of sort ℝ or ℕ multiplied out; the variables of its sums are levels from `depth` on. */
function expand(term: Term, depth: number, context: Context): Expansion {
  const t = weakHead(term, context);
  if (t.kind === 'number') return constant(t.value!, depth);
  if (t.kind !== 'operation') return atom(t, depth);
  const part = (i: number, at: number) => expand(t.args[i]!, at, context);
  switch (t.name) {
    case 'add':
    case 'natAdd':
      return plus(part(0, depth), part(1, depth));
    case 'mul':
    case 'natMul':
      return multiply(part(0, depth), (top) => part(1, top));
    case 'sum':
    case 'natSum': {
      const f = t.args[0]!;
      return expandSum(f.sort.domain!, depth, context, (i, top) => expand(apply(f, i), top, context));
    }
    case 'natToReal':
      return inReals(part(0, depth), depth);
    case 'delta': {
      const i = normalIn(t.args[0]!, context);
      return expandDelta(i, normalIn(t.args[1]!, context), depth);
    }
    case 'inv':
      return expandInverse(t.args[0]!, depth, context);
    default:
      return atom(t, depth);
  }
}

/** Σ over an index set of what `body` gives for an index and the next free level. */
function expandSum(
  set: Sort,
  depth: number,
  context: Context,
  body: (i: Term, top: number) => Expansion,
): Expansion {
  const written = weakHead(set.dimension!, context);
  const n = Fin(written).id === set.id ? written : set.dimension!;
  const over = (size: Term, at: number, inner: (i: Term, top: number) => Expansion) =>
    expandSum(Fin(size), at, context, inner);
  if (n.kind === 'number' && n.value!.numerator <= LITERAL_SUM) {
    let out = constant(Rational.zero, depth);
    for (let k = 0n; k < n.value!.numerator; k++) out = plus(out, body(operate('index', [n, nat(k)]), depth));
    return out;
  }
  if (isOperation(n, 'natAdd')) {
    const a = n.args[0]!;
    const b = n.args[1]!;
    const left = over(a, depth, (i, top) => body(operate('inl', [a, b, i]), top));
    return plus(
      left,
      over(b, depth, (i, top) => body(operate('inr', [a, b, i]), top)),
    );
  }
  if (isOperation(n, 'natMul')) {
    const a = n.args[0]!;
    const b = n.args[1]!;
    return over(a, depth, (i, next) => over(b, next, (j, top) => body(operate('pair', [a, b, i, j]), top)));
  }
  if (isOperation(n, 'natSum')) {
    const sizes = n.args[0]!;
    return expandSum(sizes.sort.domain!, depth, context, (l, next) =>
      over(apply(sizes, l), next, (i, top) => body(operate('sigma', [sizes, l, i]), top)),
    );
  }
  const x = level(depth, set);
  const inner = body(x, depth + 1);
  const terms: Monomial[] = [];
  for (let i = 0; i < inner.terms.length; i++) {
    const m = inner.terms[i]!;
    append(terms, { ...m, variables: concat([x], m.variables) });
  }
  return { terms, top: inner.top };
}

/** δ of two normal indices. */
function expandDelta(i: Term, j: Term, depth: number): Expansion {
  if (i.id === j.id) return constant(Rational.one, depth);
  const zero = constant(Rational.zero, depth);
  const parts = (k: number) => sameIndexSet(i.args[k]!, j.args[k]!);
  if (i.kind === 'operation' && j.kind === 'operation') {
    const sides = (x: Term) => x.name === 'inl' || x.name === 'inr';
    if (sides(i) && sides(j) && parts(0) && parts(1)) {
      return i.name === j.name ? expandDelta(i.args[2]!, j.args[2]!, depth) : zero;
    }
    if (i.name === 'pair' && j.name === 'pair' && parts(0) && parts(1)) {
      const rows = expandDelta(i.args[2]!, j.args[2]!, depth);
      return multiply(rows, (top) => expandDelta(i.args[3]!, j.args[3]!, top));
    }
    if (i.name === 'index' && j.name === 'index') return zero; // other literals: the same were caught above
    if (i.name === 'sigma' && j.name === 'sigma' && i.args[0]!.id === j.args[0]!.id) {
      if (i.args[1]!.id === j.args[1]!.id) return expandDelta(i.args[2]!, j.args[2]!, depth);
    }
  }
  return atom(operate('delta', compareTerms(i, j) < 0 ? [i, j] : [j, i]), depth);
}

/** A polynomial in naturals read in ℝ. */
function inReals(p: Expansion, depth: number): Expansion {
  const terms: Monomial[] = [];
  for (let i = 0; i < p.terms.length; i++) {
    const m = p.terms[i]!;
    append(terms, { ...m, atoms: each(m.atoms, (a) => operate('natToReal', [a])) });
  }
  return { terms, top: higher(p.top, depth) };
}

/** 1/0 = 0, 1/(c a b) = (1/c)(1/a)(1/b), 1/(1/a) = a; any other sum is an atom. */
function expandInverse(of: Term, depth: number, context: Context): Expansion {
  const p = polynomialOf(of, context);
  if (p.length === 0) return constant(Rational.zero, depth);
  if (p.length > 1 || p[0]!.variables.length > 0) return atom(operate('inv', [quote(p, Real)]), depth);
  let out = constant(p[0]!.coefficient.inv(), depth);
  for (let i = 0; i < p[0]!.atoms.length; i++) {
    const a = p[0]!.atoms[i]!;
    out = multiply(out, (top) =>
      isOperation(a, 'inv') ? expand(a.args[0]!, top, context) : atom(operate('inv', [a]), top),
    );
  }
  return out;
}

// ------------------------------------------------------------------------------------------- canonical polynomials

/** Contracted, with canonical names, like monomials added and none zero, in order. */
function polynomialOf(term: Term, context: Context): Polynomial {
  const depth = depthOf(term);
  const expanded = expand(term, depth, context);
  let top = expanded.top;
  const todo: Monomial[] = [];
  for (let i = expanded.terms.length - 1; i >= 0; i--) append(todo, expanded.terms[i]!);
  const collected = table<Monomial>();
  const keys: string[] = [];
  while (todo.length > 0) {
    const m = todo[todo.length - 1]!;
    todo.length -= 1;
    const contracted = contract(m, top, context);
    if (contracted !== null) {
      top = contracted.top;
      for (let i = 0; i < contracted.terms.length; i++) append(todo, contracted.terms[i]!);
      continue;
    }
    const named = canonical(m, depth, top, context);
    const unused = unusedVariable(named);
    if (unused !== null) {
      const size = unused.sort.dimension!;
      const count = expand(term.sort.id === Nat.id ? size : operate('natToReal', [size]), top, context);
      top = higher(top, count.top);
      const rest = { ...named, variables: without(named.variables, unused) };
      const product = times([rest], count.terms);
      for (let i = 0; i < product.length; i++) append(todo, product[i]!);
      continue;
    }
    let key = '';
    for (let i = 0; i < named.variables.length; i++) key += `${named.variables[i]!.id};`;
    for (let i = 0; i < named.atoms.length; i++) key += `,${named.atoms[i]!.id}`;
    const known = collected.get(key);
    if (known === undefined) append(keys, key);
    collected.set(key, {
      ...named,
      coefficient: known ? known.coefficient.add(named.coefficient) : named.coefficient,
    });
  }
  const out: Monomial[] = [];
  for (let i = 0; i < keys.length; i++) {
    const m = collected.get(keys[i]!)!;
    if (!m.coefficient.isZero) append(out, m);
  }
  return sorted(out, compareMonomials);
}

function unusedVariable(m: Monomial): Term | null {
  for (let i = m.variables.length - 1; i >= 0; i--) {
    const x = m.variables[i]!;
    let used = false;
    for (let j = 0; !used && j < m.atoms.length; j++) used = mentions(m.atoms[j]!, x);
    for (let j = 0; !used && j < m.variables.length; j++) used = sortMentions(m.variables[j]!.sort, x);
    if (!used) return x;
  }
  return null;
}

const compareMonomials = (a: Monomial, b: Monomial): number =>
  compareLists(a.variables, b.variables) || compareLists(a.atoms, b.atoms);

/** One step of contraction, as the expansion that takes the monomial's place; null when none applies. */
function contract(m: Monomial, top: number, context: Context): Expansion | null {
  for (let q = 0; q < m.atoms.length; q++) {
    const d = m.atoms[q]!;
    if (!isOperation(d, 'delta')) continue;
    const rest: Term[] = [];
    let repeated = false;
    for (let i = 0; i < m.atoms.length; i++) {
      if (i === q) continue;
      if (m.atoms[i]!.id === d.id) repeated = true;
      append(rest, m.atoms[i]!);
    }
    if (repeated) return { terms: [{ ...m, atoms: rest }], top }; // δ² = δ
    for (let side = 0; side < 2; side++) {
      const x = d.args[side]!;
      const y = d.args[1 - side]!;
      if (x.kind !== 'variable' || mentions(y, x) || usedInSorts(m, rest, x)) continue;
      if (contains(m.variables, x)) {
        const outer = { coefficient: m.coefficient, variables: without(m.variables, x), atoms: [] };
        return substituteAll(outer, rest, x, y, top, context);
      }
      // Both stay; of two variables the later gives way.
      if (y.kind === 'variable' && compareTerms(y, x) > 0) continue;
      let used = false;
      for (let i = 0; i < rest.length; i++) if (mentions(rest[i]!, x)) used = true;
      if (used) return substituteAll({ ...m, atoms: [d] }, rest, x, y, top, context);
    }
  }
  return null;
}

/** An index in the sort of another index stays. */
function usedInSorts(m: Monomial, atoms: readonly Term[], x: Term): boolean {
  for (let i = 0; i < m.variables.length; i++) if (sortMentions(m.variables[i]!.sort, x)) return true;
  for (let i = 0; i < atoms.length; i++) {
    const free = freeVariables(atoms[i]!);
    for (let j = 0; j < free.length; j++) if (sortMentions(free[j]!.sort, x)) return true;
  }
  return false;
}

function substituteAll(
  outer: Monomial,
  atoms: readonly Term[],
  x: Term,
  y: Term,
  top: number,
  context: Context,
): Expansion {
  let out: Expansion = { terms: [outer], top };
  for (let i = 0; i < atoms.length; i++) {
    const a = atoms[i]!;
    out = multiply(out, (at) => (mentions(a, x) ? expand(replace(a, [x], [y]), at, context) : atom(a, at)));
  }
  return out;
}

/**
 * The monomial with its variables renamed to levels from `depth` on, and normal atoms in order. Of the orders of the
 * variables that are proposed, the one that gives the least monomial.
 */
function canonical(m: Monomial, depth: number, top: number, context: Context): Monomial {
  const normal = (a: Term): Term => neutral(a, context);
  const rename = (order: readonly Term[]): Monomial => {
    expectOrder(order, m.variables);
    const names: Term[] = [];
    const from: Term[] = [];
    let moved = false;
    for (let i = 0; i < order.length; i++) {
      const sort = replaceInSort(order[i]!.sort, from, names);
      append(from, order[i]!);
      append(names, level(depth + i, sort));
      if (names[i]!.id !== order[i]!.id) moved = true;
    }
    const atoms = each(m.atoms, (a) => normal(moved ? replace(a, from, names) : a));
    return { coefficient: m.coefficient, variables: names, atoms: sorted(atoms, compareTerms) };
  };
  const orders = indexOrders(m, higher(top, depth + m.variables.length), { level, normal });
  let best = rename(orders[0]!);
  for (let i = 1; i < orders.length; i++) {
    const other = rename(orders[i]!);
    if (compareMonomials(other, best) < 0) best = other;
  }
  return best;
}

/** Each variable once, after those that its sort mentions. */
function expectOrder(order: readonly Term[], variables: readonly Term[]): void {
  let left = variables;
  for (let i = 0; i < order.length; i++) {
    const rest = without(left, order[i]!);
    let fits = rest.length === left.length - 1;
    for (let j = 0; j < left.length; j++) if (sortMentions(order[i]!.sort, left[j]!)) fits = false;
    need(fits, () => `normalise: expected an order of the indices but received ${order[i]} in place ${i}`);
    left = rest;
  }
  need(
    left.length === 0,
    () => `normalise: expected ${variables.length} indices but received ${order.length}`,
  );
}

const NAMES = 'ijklpqrs';

/** The term of a canonical polynomial. */
function quote(p: Polynomial, sort: Sort): Term {
  const natural = sort.id === Nat.id;
  const number = (c: Rational): Term => (natural ? nat(c.numerator) : real(c));
  const add = natural ? 'natAdd' : 'add';
  const mul = natural ? 'natMul' : 'mul';
  let out: Term | null = null;
  for (let i = 0; i < p.length; i++) {
    const m = p[i]!;
    let product: Term | null = null;
    for (let j = 0; j < m.atoms.length; j++) {
      product = product === null ? m.atoms[j]! : operate(mul, [product, m.atoms[j]!]);
    }
    for (let j = m.variables.length - 1; j >= 0; j--) {
      const body = lambda(m.variables[j]!, product!, NAMES[j % NAMES.length]!);
      product = operate(natural ? 'natSum' : 'sum', [body]);
    }
    if (product === null) product = number(m.coefficient);
    else if (!m.coefficient.equals(Rational.one)) product = operate(mul, [number(m.coefficient), product]);
    out = out === null ? product : operate(add, [out, product]);
  }
  return out ?? number(Rational.zero);
}

// ------------------------------------------------------------------------------------------- what the rules use

function expectNoLevels(term: Term): void {
  const free = freeVariables(term);
  for (let i = 0; i < free.length; i++) {
    need(
      free[i]!.name[0] !== '#',
      () => `normalise: expected no variable of a normal form but received ${free[i]}`,
    );
  }
}

/** The normal form, with the named definitions unfolded. Throws on a term with variables of a normal form. */
export function normalise(term: Term, unfolding: Unfold = []): Term {
  expectNoLevels(term);
  return normalIn(term, contextOf(unfolding));
}

/** The number that a real term is for all values of its variables, when the normal form shows it; else null. */
export function numeral(term: Term, unfolding: Unfold): Rational | null {
  const t = normalise(term, unfolding);
  return t.kind === 'number' && isRational(t.value) ? t.value : null;
}

/**
 * The constant part of a real term that is visibly at least this constant: every other monomial is a nonnegative multiple
 * of a (sum of) products of naturals and squares. Null when that is not seen.
 */
export function lowerBound(term: Term, unfolding: Unfold): Rational | null {
  expectNoLevels(term);
  const p = polynomialOf(term, contextOf(unfolding));
  let bound = Rational.zero;
  for (let i = 0; i < p.length; i++) {
    const m = p[i]!;
    if (m.atoms.length === 0 && m.variables.length === 0) {
      bound = bound.add(m.coefficient);
      continue;
    }
    if (m.coefficient.sign < 0) return null;
    for (let j = 0; j < m.atoms.length; j++) {
      if (isOperation(m.atoms[j]!, 'natToReal')) continue;
      j++;
      if (j === m.atoms.length || m.atoms[j]!.id !== m.atoms[j - 1]!.id) return null;
    }
  }
  return bound;
}

/** a − b */
export const difference = (a: Term, b: Term): Term =>
  operate('add', [a, operate('mul', [real(MINUS_ONE), b])]);
