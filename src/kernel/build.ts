/**
 * Short ways to write sorts and terms (untrusted: everything goes through the checked constructors of term.ts).
 * Where a `Term` of sort ℝ or ℕ is expected, an integer may be written as a number.
 */
import {
  apply,
  arrow,
  bind,
  Fin,
  fresh,
  KernelError,
  lambda,
  nat,
  op,
  Real,
  real,
  type Sort,
  type Term,
} from './term.ts';

export type { Sort, Term } from './term.ts';
export { apply, arrow, Fin, lambda, Nat, nat, op, Prop, pi, Real, real, variable } from './term.ts';

export type Numeric = Term | number;
const asReal = (x: Numeric): Term => (typeof x === 'number' ? real(x) : x);
const asNat = (x: Numeric): Term => (typeof x === 'number' ? nat(x) : x);

// ------------------------------------------------------------------------------------------- sorts

/** A → B → … → Z */
export function arrows(...sorts: readonly [Sort, ...Sort[]]): Sort {
  return sorts.reduceRight((codomain, domain) => arrow(domain, codomain));
}
/** ℝⁿ */
export const Vec = (n: Numeric): Sort => arrow(Fin(asNat(n)), Real);
/** ℝᵖˣⁿ, as p rows */
export const Mat = (p: Numeric, n: Numeric): Sort => arrow(Fin(asNat(p)), Vec(n));

/** n of a term or sort Fin(n) → … */
export function dimensionOf(value: Term | Sort): Term {
  const sort = 'sort' in value ? value.sort : value;
  const n = sort.domain?.dimension;
  if (!n)
    throw new KernelError(`dimensionOf: expected a function of an index but received ${value} : ${sort}`);
  return n;
}

// ------------------------------------------------------------------------------------------- binders

/** variables that only `scoped` hands out, by how many are in use and by sort */
const pool = new Map<number, Term>();
let inUse = 0;

/**
 * What `use` makes of a variable that occurs in nothing from outside. The variable is for `use` alone and must not be free in
 * what it keeps: the next call may get it again, so that equal expressions are made of equal terms.
 */
export function scoped<T>(name: string, sort: Sort, use: (x: Term) => T): T {
  const key = inUse * 2 ** 26 + sort.id;
  let x = pool.get(key);
  if (x === undefined) {
    x = fresh(name, sort);
    pool.set(key, x);
  }
  inUse++;
  try {
    return use(x);
  } finally {
    inUse--;
  }
}

/** x ↦ body(x); the name is a suggestion to printers, and captures nothing. */
export const fun = (name: string, sort: Sort, body: (x: Term) => Term): Term =>
  scoped(name, sort, (x) => lambda(x, body(x), name));
export const all = (name: string, sort: Sort, body: (x: Term) => Term): Term =>
  op('forall', fun(name, sort, body));
export const exists = (name: string, sort: Sort, body: (x: Term) => Term): Term =>
  op('exists', fun(name, sort, body));
/** Σ over Fin(n) */
export const sum = (name: string, n: Numeric, body: (i: Term) => Term): Term =>
  op('sum', fun(name, Fin(asNat(n)), body));
export const natSum = (name: string, n: Numeric, body: (i: Term) => Term): Term =>
  op('natSum', fun(name, Fin(asNat(n)), body));
/** x₁ ↦ x₂ ↦ … ↦ body for variables; later sorts may mention earlier variables */
export const lambdas = (variables: readonly Term[], body: Term): Term => bind(variables, body);
/** ∀x₁ ∀x₂ … body, for variables; later sorts may mention earlier variables */
export const forall = (variables: readonly Term[], body: Term): Term => bind(variables, body, 'forall');
/** `term` with the variables replaced, all at once */
export const substitute = (term: Term, variables: readonly Term[], by: readonly Term[]): Term =>
  apply(lambdas(variables, term), ...by);

/** The variable and the body of an abstraction, under a fresh variable (or the one given). */
export function open(f: Term, x: Term = fresh(bindable(f), f.sort.domain!)): readonly [Term, Term] {
  return [x, apply(f, x)];
}
const bindable = (f: Term): string => f.name || f.sort.hint || 'x';

const opened = new WeakMap<Term, readonly [Term, Term]>();

/** The same under one variable for each abstraction, for those who read terms and make none: what is open is made once. */
export function openOnce(f: Term): readonly [Term, Term] {
  let known = opened.get(f);
  if (known === undefined) {
    known = open(f);
    opened.set(f, known);
  }
  return known;
}

// ------------------------------------------------------------------------------------------- logic

export const True = (): Term => op('true');
export const False = (): Term => op('false');
export const and = (...parts: readonly Term[]): Term =>
  parts.length === 0 ? True() : parts.reduceRight((rest, part) => op('and', part, rest));
export const or = (...parts: readonly Term[]): Term =>
  parts.length === 0 ? False() : parts.reduceRight((rest, part) => op('or', part, rest));
/** p₁ ⇒ p₂ ⇒ … ⇒ conclusion */
export const imp = (...parts: readonly [Term, ...Term[]]): Term =>
  parts.reduceRight((rest, part) => op('imp', part, rest));
export const not = (p: Term): Term => op('imp', p, False());
export const iff = (p: Term, q: Term): Term => and(imp(p, q), imp(q, p));

// ------------------------------------------------------------------------------------------- relations

/** An integer on the right is read in the sort of the left. */
export const eq = (a: Term, b: Numeric): Term =>
  op('eq', a, typeof b === 'number' ? (a.sort.kind === 'Nat' ? nat(b) : real(b)) : b);
export const le = (a: Numeric, b: Numeric): Term => op('le', asReal(a), asReal(b));
export const lt = (a: Numeric, b: Numeric): Term => op('lt', asReal(a), asReal(b));
export const natLe = (a: Numeric, b: Numeric): Term => op('natLe', asNat(a), asNat(b));
export const natLt = (a: Numeric, b: Numeric): Term => op('natLt', asNat(a), asNat(b));

// ------------------------------------------------------------------------------------------- numbers

export const add = (...parts: readonly Numeric[]): Term =>
  parts.length === 0 ? real(0) : parts.map(asReal).reduce((a, b) => op('add', a, b));
export const mul = (...parts: readonly Numeric[]): Term =>
  parts.length === 0 ? real(1) : parts.map(asReal).reduce((a, b) => op('mul', a, b));
export const neg = (a: Numeric): Term => op('mul', real(-1), asReal(a));
export const sub = (a: Numeric, b: Numeric): Term => op('add', asReal(a), neg(b));
export const inv = (a: Numeric): Term => op('inv', asReal(a));
export const div = (a: Numeric, b: Numeric): Term => op('mul', asReal(a), inv(b));
export const sqrt = (a: Numeric): Term => op('sqrt', asReal(a));
export const natAdd = (...parts: readonly Numeric[]): Term =>
  parts.length === 0 ? nat(0) : parts.map(asNat).reduce((a, b) => op('natAdd', a, b));
export const natMul = (...parts: readonly Numeric[]): Term =>
  parts.length === 0 ? nat(1) : parts.map(asNat).reduce((a, b) => op('natMul', a, b));
export const natToReal = (n: Numeric): Term => op('natToReal', asNat(n));

// ------------------------------------------------------------------------------------------- indices

export const val = (i: Term): Term => op('val', i);
export const delta = (i: Term, j: Term): Term => op('delta', i, j);
/** the index k (0-based) of Fin(n), for literals */
export const index = (n: number, k: number): Term => op('index', nat(n), nat(k));
export const inl = (a: Numeric, b: Numeric, i: Term): Term => op('inl', asNat(a), asNat(b), i);
export const inr = (a: Numeric, b: Numeric, j: Term): Term => op('inr', asNat(a), asNat(b), j);
export const pair = (a: Numeric, b: Numeric, i: Term, j: Term): Term => op('pair', asNat(a), asNat(b), i, j);
/** (l, i) in the blocks of sizes e : Fin(n) → ℕ */
export const sigma = (e: Term, l: Term, i: Term): Term => op('sigma', e, l, i);
export const join = (a: Numeric, b: Numeric, u: Term, v: Term): Term => op('join', asNat(a), asNat(b), u, v);
export const unpair = (f: Term): Term => op('unpair', f);
export const unsigma = (e: Term, f: Term): Term => op('unsigma', e, f);

// ------------------------------------------------------------------------------------------- vectors

/** the vector with these entries */
export const vec = (name: string, n: Numeric, entry: (i: Term) => Term): Term =>
  fun(name, Fin(asNat(n)), entry);
export const vecAdd = (a: Term, b: Term): Term =>
  fun('k', a.sort.domain!, (k) => add(apply(a, k), apply(b, k)));
export const vecSub = (a: Term, b: Term): Term =>
  fun('k', a.sort.domain!, (k) => sub(apply(a, k), apply(b, k)));
export const scale = (c: Numeric, a: Term): Term => fun('k', a.sort.domain!, (k) => mul(c, apply(a, k)));
export const zeroVec = (n: Numeric): Term => vec('k', n, () => real(0));
/** Σ_k a_k b_k */
export const dot = (a: Term, b: Term): Term => sum('k', dimensionOf(a), (k) => mul(apply(a, k), apply(b, k)));

// ------------------------------------------------------------------------------------------- calculus

export const Diff = (f: Term, point: Term): Term => op('Diff', f, point);
/** ∂_k f at the point */
export const partial = (f: Term, point: Term, k: Term): Term => op('partial', f, point, k);
