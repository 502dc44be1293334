/**
 * Sorts and terms of the one language in which everything is stated (trusted).
 *
 *   Sort ::= Nat | Real | Prop | Fin(n) | Π(x : A). B          n a term of sort Nat
 *   Term ::= variable | number | operation(args) | f(x) | x ↦ t
 *
 * What this module promises:
 * - Only it makes a Sort or a Term. Both are frozen, and no term is ill-sorted: each constructor checks, and throws
 *   KernelError "rule: expected X but received Y".
 * - `a.id === b.id` exactly when a and b are the same up to the names of bound variables. Binders are de Bruijn
 *   indices inside and never seen from outside, so nothing can be captured; no term with a dangling index leaves.
 * - Sorts are compared modulo the arithmetic of naturals: Fin(a + b) is Fin(b + a). `a.id === b.id` again.
 * - An abstraction that is applied is reduced at once, and so is `val` of a constructed index.
 * - A definition names a closed abstraction built from what was there before, so none is cyclic; it unfolds to it.
 *
 * Intrinsics are captured when this module is loaded, and lists are read by index, so that a later change of
 * Map.prototype or Array.prototype changes nothing here.
 *
 * Conventions for total operations: inv(0) = 0, sqrt(x) = 0 for x < 0; `partial` is some number where the function is
 * not differentiable. Every index set Fin(n) may be empty.
 */
import { describer } from './describe.ts';
import {
  append,
  concat,
  contains,
  each,
  freeze,
  isRational,
  isSafeInteger,
  max,
  need,
  refuse,
  table,
  toBigInt,
} from './intrinsics.ts';
import {
  addPolynomials,
  monomial,
  multiplyPolynomials,
  type NaturalPolynomial,
  polynomialKey,
} from './natural-polynomial.ts';
import { declarePrimitives } from './operations.ts';
import { Rational } from './rational.ts';
import type { Below, SortShape, TermShape } from './shapes.ts';
import { orderOf } from './term-order.ts';

export { KernelError } from './intrinsics.ts';

export type SortKind = SortShape<Sort, Term>['kind'];
export type TermKind = TermShape<Sort, Term>['kind'];

// ------------------------------------------------------------------------------------------- the two classes

const TOKEN: unique symbol = Symbol('kernel');

// Set once by the classes' static blocks: the only way to see below a binder.
let looseOfSort: (sort: Sort) => number;
let rawCodomain: (sort: Sort) => Sort;
let looseOf: (term: Term) => number;
let rawBody: (term: Term) => Term;
let indexOf: (term: Term) => number;
let freeOf: (term: Term) => readonly Term[];
let freeOfSort: (sort: Sort) => readonly Term[];
let nextSort: (sort: Sort) => Sort | null;
let appendSort: (last: Sort, next: Sort) => void;
let nextTerm: (term: Term) => Term | null;
let appendTerm: (last: Term, next: Term) => void;

/** A sort. Equal sorts have equal `id`. */
export class Sort {
  readonly id: number;
  readonly kind: SortKind;
  /** n of Fin(n); null otherwise */
  readonly dimension: Term | null;
  /** A of Π(x : A). B; null otherwise */
  readonly domain: Sort | null;
  /** the suggested name of x in Π(x : A). B */
  readonly hint: string;
  readonly #codomain: Sort | null;
  readonly #loose: number;
  #free: readonly Term[] | undefined;
  #flat: Sort | null | undefined;
  /** the next one that differs from this in names of binders only */
  #next: Sort | null = null;

  static {
    nextSort = (sort) => sort.#next;
    appendSort = (last, next) => {
      last.#next = next;
    };
    looseOfSort = (sort) => sort.#loose;
    rawCodomain = (sort) => sort.#codomain!;
    freeOfSort = (sort) => {
      if (sort.#free === undefined) {
        let free: readonly Term[] = [];
        if (sort.dimension) free = union(free, freeOf(sort.dimension));
        if (sort.domain) free = union(free, freeOfSort(sort.domain));
        if (sort.#codomain) free = union(free, freeOfSort(sort.#codomain));
        sort.#free = freeze(free);
      }
      return sort.#free;
    };
  }

  constructor(
    token: typeof TOKEN,
    id: number,
    kind: SortKind,
    dimension: Term | null,
    domain: Sort | null,
    raw: Sort | null,
    hint: string,
    loose: number,
  ) {
    need(token === TOKEN && new.target === Sort, () => 'Sort: expected a constructor of the kernel');
    this.id = id;
    this.kind = kind;
    this.dimension = dimension;
    this.domain = domain;
    this.hint = hint;
    this.#codomain = raw;
    this.#loose = loose;
    freeze(this);
  }

  /** B of Π(x : A). B where it does not depend on x; null otherwise. See `codomainAt`. */
  get codomain(): Sort | null {
    if (this.#flat === undefined) this.#flat = this.#codomain === null ? null : lowered(this.#codomain);
    return this.#flat;
  }

  /** A sort really made by the kernel (not a look-alike). */
  static is(value: unknown): value is Sort {
    return typeof value === 'object' && value !== null && #loose in value;
  }

  toString(): string {
    return describe.sort(this);
  }
}

/** A term. Terms that differ only in the names of bound variables have equal `id`. */
export class Term {
  readonly id: number;
  readonly kind: TermKind;
  readonly sort: Sort;
  /** of a variable or an operation; of a lambda, the suggested name of what it binds */
  readonly name: string;
  /** the literal; null unless kind is `number` */
  readonly value: Rational | null;
  /** the arguments of an operation, or [function, argument] of an application */
  readonly args: readonly Term[];
  readonly #body: Term | null;
  readonly #index: number;
  readonly #loose: number;
  #free: readonly Term[] | undefined;
  /** the next one that differs from this in names of binders only */
  #next: Term | null = null;

  static {
    nextTerm = (term) => term.#next;
    appendTerm = (last, next) => {
      last.#next = next;
    };
    looseOf = (term) => term.#loose;
    rawBody = (term) => term.#body!;
    indexOf = (term) => term.#index;
    freeOf = (term) => {
      if (term.#free === undefined) {
        let free: readonly Term[] = [];
        if (term.kind === 'variable') free = union([term], freeOfSort(term.sort));
        else if (term.kind === 'bound') free = freeOfSort(term.sort);
        else if (term.kind === 'lambda') {
          free = union(freeOfSort(term.sort.domain!), freeOf(term.#body!));
        } else for (let i = 0; i < term.args.length; i++) free = union(free, freeOf(term.args[i]!));
        term.#free = freeze(free);
      }
      return term.#free;
    };
  }

  constructor(
    token: typeof TOKEN,
    id: number,
    kind: TermKind,
    sort: Sort,
    name: string,
    index: number,
    value: Rational | null,
    args: readonly Term[],
    body: Term | null,
    loose: number,
  ) {
    need(token === TOKEN && new.target === Term, () => 'Term: expected a constructor of the kernel');
    this.id = id;
    this.kind = kind;
    this.sort = sort;
    this.name = name;
    this.value = value;
    this.args = freeze(args);
    this.#body = body;
    this.#index = index;
    this.#loose = loose;
    freeze(this);
  }

  /** A term really made by the kernel (not a look-alike). */
  static is(value: unknown): value is Term {
    return typeof value === 'object' && value !== null && #loose in value;
  }

  toString(): string {
    return describe.term(this);
  }
}

const below: Below<Sort, Term> = freeze({ codomain: rawCodomain, body: rawBody, index: indexOf });
const describe = describer<Sort, Term>(below);

const isSort = Sort.is;
const isTerm = Term.is;
for (const made of [Sort, Term]) {
  freeze(made);
  freeze(made.prototype);
}

/** Two lists of variables, each ordered by id, merged. */
function union(a: readonly Term[], b: readonly Term[]): readonly Term[] {
  if (covers(a, b)) return a;
  if (covers(b, a)) return b;
  const out: Term[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    // Not a[i] alone: beyond its end a list is read from Array.prototype.
    const x = i < a.length ? a[i] : undefined;
    const y = j < b.length ? b[j] : undefined;
    if (y === undefined || (x !== undefined && x.id < y.id)) {
      append(out, x!);
      i++;
    } else {
      if (x !== undefined && x.id === y.id) i++;
      append(out, y);
      j++;
    }
  }
  return out;
}

/** Whether every variable of b is in a; both are ordered by id. */
function covers(a: readonly Term[], b: readonly Term[]): boolean {
  if (a === b) return true;
  let i = 0;
  for (let j = 0; j < b.length; j++) {
    while (i < a.length && a[i]!.id < b[j]!.id) i++;
    if (i === a.length || a[i]!.id !== b[j]!.id) return false;
  }
  return true;
}

// ------------------------------------------------------------------------------------------- interning

// By structure up to α, with ids for the parts; each holds the first member of its class.
const baseTable = table<Sort>();
const finTable = table<number, Sort>();
const piTable = table<number, Sort>();
const literalTable = table<Term>(); // named variables, numbers
const levelTable = table<number, Term>();
const boundTable = table<number, Term>();
const applyTable = table<number, Term>();
const lambdaTable = table<number, Term>();
let sortCount = 0;
let termCount = 0;

// Two ids as one number; `number` has 53 bits.
const MOST = 2 ** 26;
const pairKey = (a: number, b: number): number => a * MOST + b;

/** Ids are below MOST, so that a pair has one key. */
function newId(id: number): number {
  if (id >= MOST) refuse('term: expected fewer terms in one program');
  return id;
}

function makeSort<K>(
  within: Map<K, Sort>,
  key: K,
  kind: SortKind,
  dimension: Term | null,
  domain: Sort | null,
  codomain: Sort | null,
  hint: string,
  loose: number,
): Sort {
  const first = within.get(key);
  let last: Sort | null = null;
  for (let at = first ?? null; at !== null; at = nextSort(at)) {
    if (
      at.hint === hint &&
      at.dimension === dimension &&
      at.domain === domain &&
      rawCodomain(at) === codomain
    ) {
      return at;
    }
    last = at;
  }
  const id = first === undefined ? newId(sortCount++) : first.id;
  const made = new Sort(TOKEN, id, kind, dimension, domain, codomain, hint, loose);
  if (last === null) within.set(key, made);
  else appendSort(last, made);
  return made;
}

function makeTerm<K>(
  within: Map<K, Term>,
  key: K,
  kind: TermKind,
  sort: Sort,
  name: string,
  index: number,
  value: Rational | null,
  args: readonly Term[],
  body: Term | null,
  loose: number,
): Term {
  const known = within.get(key);
  if (known !== undefined) return variant(known, sort, name, args, body, loose);
  const made = new Term(TOKEN, newId(termCount++), kind, sort, name, index, value, args, body, loose);
  within.set(key, made);
  return made;
}

/** The member of a class of α-variants with these names of binders; all have the same id. */
function variant(
  first: Term,
  sort: Sort,
  name: string,
  args: readonly Term[],
  body: Term | null,
  loose: number,
): Term {
  let last = first;
  for (let at: Term | null = first; at !== null; at = nextTerm(at)) {
    let same = at.name === name && rawBody(at) === body && at.sort === sort;
    for (let i = 0; same && i < args.length; i++) same = at.args[i] === args[i];
    if (same) return at;
    last = at;
  }
  const made = new Term(
    TOKEN,
    first.id,
    first.kind,
    sort,
    name,
    indexOf(first),
    first.value,
    args,
    body,
    loose,
  );
  appendTerm(last, made);
  return made;
}

// ------------------------------------------------------------------------------------------- raw constructors

export const Nat = makeSort(baseTable, 'Nat', 'Nat', null, null, null, '', 0);
export const Real = makeSort(baseTable, 'Real', 'Real', null, null, null, '', 0);
export const Prop = makeSort(baseTable, 'Prop', 'Prop', null, null, null, '', 0);

function rawFin(n: Term): Sort {
  if (n.sort.id !== Nat.id) refuse(`Fin: expected a term of sort ℕ but received ${n} : ${n.sort}`);
  return makeSort(finTable, dimensionKey(n), 'Fin', n, null, null, '', looseOf(n));
}

function rawPi(domain: Sort, codomain: Sort, hint: string): Sort {
  const loose = max(looseOfSort(domain), looseOfSort(codomain) - 1);
  return makeSort(piTable, pairKey(domain.id, codomain.id), 'Pi', null, domain, codomain, hint, loose);
}

function rawBound(index: number, sort: Sort): Term {
  const loose = max(looseOfSort(sort), index + 1);
  return makeTerm(boundTable, pairKey(index, sort.id), 'bound', sort, '', index, null, [], null, loose);
}

/** A variable is known by its key and its sort. */
function rawVariable<K>(within: Map<K, Term>, key: K, name: string, sort: Sort): Term {
  return makeTerm(within, key, 'variable', sort, name, 0, null, [], null, 0);
}

function rawNumber(value: Rational, sort: Sort): Term {
  const key = `n${sort.id}:${value.numerator}/${value.denominator}`;
  return makeTerm(literalTable, key, 'number', sort, '', 0, value, [], null, 0);
}

function rawLambda(domain: Sort, body: Term, hint: string): Term {
  const sort = rawPi(domain, body.sort, hint);
  const loose = max(looseOfSort(domain), looseOf(body) - 1);
  return makeTerm(lambdaTable, pairKey(domain.id, body.id), 'lambda', sort, hint, 0, null, [], body, loose);
}

function expectArgument(f: Term, domain: Sort, x: Term): void {
  if (domain.id === x.sort.id) return;
  refuse(`apply ${f}: expected an argument in ${domain} but received ${x} : ${x.sort}`);
}

function rawApply(f: Term, x: Term): Term {
  const sort = f.sort;
  if (sort.kind !== 'Pi') refuse(`apply: expected a function but received ${f} : ${sort}`);
  expectArgument(f, sort.domain!, x);
  if (f.kind === 'lambda') return instantiate(rawBody(f), [x]);
  const loose = max(looseOf(f), looseOf(x));
  const key = pairKey(f.id, x.id);
  const known = applyTable.get(key);
  if (known !== undefined) return variant(known, known.sort, '', [f, x], null, loose);
  const result = sort.codomain ?? instantiateSort(rawCodomain(sort), [x]);
  return makeTerm(applyTable, key, 'apply', result, '', 0, null, [f, x], null, loose);
}

function rawOperation(name: string, args: readonly Term[]): Term {
  const operation = operations.get(name);
  if (operation === undefined) refuse(`operation: expected a known operation but received ${name}`);
  if (args.length !== operation.arity)
    refuse(`${name}: expected ${operation.arity} arguments but received ${args.length}`);
  let loose = 0;
  for (let i = 0; i < args.length; i++) if (looseOf(args[i]!) > loose) loose = looseOf(args[i]!);
  const key = operationKey(args);
  // Terms with these ids have passed the rule before, and sorts depend on ids only.
  const known = operation.terms.get(key);
  if (known !== undefined) return variant(known, known.sort, name, args, null, loose);
  const sort = operation.rule(args);
  if (name === 'val') {
    const computed = valueOfIndex(args[0]!);
    if (computed) return computed;
  }
  return makeTerm(operation.terms, key, 'operation', sort, name, 0, null, args, null, loose);
}

const rows = table<number, number>();
let rowCount = 0;

/** A number that no other list of this length has: pairs are numbered from the left, the last one is the key. */
const operationKey = (args: readonly Term[]): number =>
  args.length === 0 ? 0 : listKey(args[0]!.id, args, 1);

function listKey(first: number, args: readonly Term[], from: number): number {
  let key = first;
  for (let i = from; i < args.length; i++) {
    const pair = pairKey(key, args[i]!.id);
    if (i === args.length - 1) return pair;
    let row = rows.get(pair);
    if (row === undefined) {
      row = newId(rowCount++);
      rows.set(pair, row);
    }
    key = row;
  }
  return key;
}

/** val(inl i) = val i, val(inr i) = a + val i, val(pair(i, j)) = val i · b + val j, val(index k) = k */
function valueOfIndex(i: Term): Term | null {
  if (i.kind !== 'operation') return null;
  const value = (t: Term) => rawOperation('val', [t]);
  switch (i.name) {
    case 'inl':
      return value(i.args[2]!);
    case 'inr':
      return rawOperation('natAdd', [i.args[0]!, value(i.args[2]!)]);
    case 'pair': {
      const row = rawOperation('natMul', [value(i.args[2]!), i.args[1]!]);
      return rawOperation('natAdd', [row, value(i.args[3]!)]);
    }
    case 'index':
      return i.args[1]!;
    default:
      return null;
  }
}

// ------------------------------------------------------------------------------------------- below binders

/**
 * A replacement of leaves: `term` returns null to descend, and `keeps` says that a sort stays as it is. Every other node is
 * made again by a checked constructor.
 */
interface Leaf {
  readonly term: (term: Term, depth: number) => Term | null;
  readonly keeps: (sort: Sort, depth: number) => boolean;
}
const keepsClosed = (sort: Sort, depth: number): boolean => looseOfSort(sort) <= depth;

function rebuild(term: Term, depth: number, leaf: Leaf): Term {
  const replaced = leaf.term(term, depth);
  if (replaced) return replaced;
  switch (term.kind) {
    case 'bound':
      return rawBound(indexOf(term), rebuildSort(term.sort, depth, leaf));
    case 'lambda': {
      const domain = rebuildSort(term.sort.domain!, depth, leaf);
      return rawLambda(domain, rebuild(rawBody(term), depth + 1, leaf), term.name);
    }
    case 'apply':
      return rawApply(rebuild(term.args[0]!, depth, leaf), rebuild(term.args[1]!, depth, leaf));
    case 'operation':
      return rawOperation(term.name, rebuildAll(term.args, depth, leaf));
    default:
      return term;
  }
}

function rebuildAll(terms: readonly Term[], depth: number, leaf: Leaf): readonly Term[] {
  if (terms.length === 1) return [rebuild(terms[0]!, depth, leaf)];
  if (terms.length === 2) return [rebuild(terms[0]!, depth, leaf), rebuild(terms[1]!, depth, leaf)];
  const out: Term[] = [];
  for (let i = 0; i < terms.length; i++) append(out, rebuild(terms[i]!, depth, leaf));
  return out;
}

function rebuildSort(sort: Sort, depth: number, leaf: Leaf): Sort {
  if (leaf.keeps(sort, depth)) return sort;
  if (sort.kind === 'Fin') return rawFin(rebuild(sort.dimension!, depth, leaf));
  if (sort.kind !== 'Pi') return sort;
  const domain = rebuildSort(sort.domain!, depth, leaf);
  return rawPi(domain, rebuildSort(rawCodomain(sort), depth + 1, leaf), sort.hint);
}

function shiftLeaf(by: number): Leaf {
  const leaf: Leaf = {
    keeps: keepsClosed,
    term: (t, d) => {
      if (looseOf(t) <= d) return t;
      if (t.kind !== 'bound' || indexOf(t) < d) return null;
      return rawBound(indexOf(t) + by, rebuildSort(t.sort, d, leaf));
    },
  };
  return leaf;
}

/** Indices raised by `by`. */
const shift = (term: Term, by: number): Term =>
  by === 0 || looseOf(term) === 0 ? term : rebuild(term, 0, shiftLeaf(by));

function shiftSort(sort: Sort, by: number): Sort {
  if (looseOfSort(sort) === 0) return sort;
  return rebuildSort(sort, 0, shiftLeaf(by));
}

/** The bodies of several binders taken off at once: index 0 is the last of `by`. */
function instantiateLeaf(by: readonly Term[]): Leaf {
  const leaf: Leaf = {
    keeps: keepsClosed,
    term: (t, d) => {
      if (looseOf(t) <= d) return t;
      if (t.kind !== 'bound' || indexOf(t) < d) return null;
      const at = indexOf(t) - d;
      if (at < by.length) return shift(by[by.length - 1 - at]!, d);
      return rawBound(indexOf(t) - by.length, rebuildSort(t.sort, d, leaf));
    },
  };
  return leaf;
}

/** What was made of a sort or term and a list, remembered by their ids; it counts only for these very objects. */
interface Made<T> {
  readonly from: T;
  readonly list: readonly Term[];
  readonly made: T;
}
function remembered<T extends Sort | Term>(
  within: Map<number, Made<T>>,
  from: T,
  list: readonly Term[],
  make: (from: T, list: readonly Term[]) => T,
): T {
  const key = listKey(from.id, list, 0);
  const known = within.get(key);
  if (known !== undefined && known.from === from && known.list.length === list.length) {
    let same = true;
    for (let i = 0; same && i < list.length; i++) same = known.list[i] === list[i];
    if (same) return known.made;
  }
  const made = make(from, list);
  within.set(key, { from, list, made });
  return made;
}

const instances = table<number, Made<Term>>();
const instantiate = (body: Term, by: readonly Term[]): Term =>
  looseOf(body) === 0 ? body : remembered(instances, body, by, instantiated);
const instantiated = (body: Term, by: readonly Term[]): Term => rebuild(body, 0, instantiateLeaf(by));

const sortInstances = table<number, Made<Sort>>();
const instantiateSort = (body: Sort, by: readonly Term[]): Sort =>
  looseOfSort(body) === 0 ? body : remembered(sortInstances, body, by, instantiatedSort);
const instantiatedSort = (body: Sort, by: readonly Term[]): Sort => rebuildSort(body, 0, instantiateLeaf(by));

/** f, or what is below its quantifiers of this name, at the arguments; a row of abstractions is taken off in one pass. */
function rawInstance(f: Term, args: readonly Term[], quantifier: string | null): Term {
  const inside = (t: Term): Term | null =>
    quantifier === null ? t : t.kind === 'operation' && t.name === quantifier ? t.args[0]! : null;
  let out = f;
  for (let used = 0; used < args.length; ) {
    const taken: Term[] = [];
    let body = out;
    for (let g = inside(out); used < args.length && g?.kind === 'lambda'; g = inside(body)) {
      const x = args[used++]!;
      expectArgument(out, instantiateSort(g.sort.domain!, taken), x);
      append(taken, x);
      body = rawBody(g);
    }
    if (taken.length > 0) out = instantiate(body, taken);
    else {
      const g = inside(out);
      need(g !== null, () => `apply: expected a proposition of the form '${quantifier}' but received ${out}`);
      out = rawApply(g, args[used++]!);
    }
  }
  return out;
}

/** A codomain taken out of its binder, or null when it depends on the argument. */
function lowered(codomain: Sort): Sort | null {
  if (looseOfSort(codomain) === 0) return codomain;
  if (mentionsIndex(codomain, 0)) return null;
  return rebuildSort(codomain, 0, shiftLeaf(-1));
}

function mentionsIndex(sort: Sort, index: number): boolean {
  if (looseOfSort(sort) <= index) return false;
  if (sort.kind === 'Fin') return termMentionsIndex(sort.dimension!, index);
  if (sort.kind !== 'Pi') return false;
  return mentionsIndex(sort.domain!, index) || mentionsIndex(rawCodomain(sort), index + 1);
}

function termMentionsIndex(term: Term, index: number): boolean {
  if (looseOf(term) <= index) return false;
  if (term.kind === 'bound') return indexOf(term) === index || mentionsIndex(term.sort, index);
  if (term.kind === 'lambda') {
    return mentionsIndex(term.sort.domain!, index) || termMentionsIndex(rawBody(term), index + 1);
  }
  for (let i = 0; i < term.args.length; i++) if (termMentionsIndex(term.args[i]!, index)) return true;
  return false;
}

const abstractions = table<number, Made<Term>>();
const abstract = (body: Term, variables: readonly Term[]): Term =>
  includesAny(freeOf(body), variables) ? remembered(abstractions, body, variables, abstracted) : body;
const abstracted = (body: Term, variables: readonly Term[]): Term =>
  rebuild(body, 0, abstractLeaf(variables));

/** Free variables become the indices of as many binders around the term: the last one is index 0. */
function abstractLeaf(variables: readonly Term[]): Leaf {
  const leaf: Leaf = {
    keeps: (sort) => !includesAny(freeOfSort(sort), variables),
    term: (t, d) => {
      if (t.kind !== 'variable') return includesAny(freeOf(t), variables) ? null : t;
      for (let i = variables.length - 1; i >= 0; i--) {
        if (variables[i]!.id !== t.id) continue;
        return rawBound(d + variables.length - 1 - i, rebuildSort(t.sort, d, leaf));
      }
      return t;
    },
  };
  return leaf;
}

/** No variable of `free` may have a sort that mentions the variable to be bound: its sort would dangle. */
function bindable(rule: string, variable: Term, free: readonly Term[]): void {
  for (let i = 0; i < free.length; i++) {
    const other = free[i]!;
    need(
      other.id === variable.id || !contains(freeOfSort(other.sort), variable),
      () => `${rule}: expected ${variable} to be free for binding but it occurs in the sort of ${other}`,
    );
  }
}

// ------------------------------------------------------------------------------------------- dimensions

const keyIds = table<number>();
let keyCount = 0;
function internKey(text: string): number {
  let id = keyIds.get(text);
  if (id === undefined) {
    id = keyCount++;
    keyIds.set(text, id);
  }
  return id;
}

const dimensionKeys = table<number, number>();

/** Equal for naturals that are equal as polynomials in their atoms, at every depth; structural otherwise. */
function dimensionKey(term: Term): number {
  const cached = dimensionKeys.get(term.id);
  if (cached !== undefined) return cached;
  const text = term.sort.id === Nat.id ? polynomialKey(polynomial(term)) : structuralKey(term);
  const id = internKey(text);
  dimensionKeys.set(term.id, id);
  return id;
}

function structuralKey(term: Term): string {
  switch (term.kind) {
    case 'apply':
      return `(${dimensionKey(term.args[0]!)} ${dimensionKey(term.args[1]!)})`;
    case 'lambda':
      return `\\${term.sort.domain!.id}.${dimensionKey(rawBody(term))}`;
    case 'operation': {
      let key = `o${operations.get(term.name)!.serial}`;
      for (let i = 0; i < term.args.length; i++) key += `,${dimensionKey(term.args[i]!)}`;
      return key;
    }
    default:
      return `t${term.id}`;
  }
}

function polynomial(term: Term): NaturalPolynomial {
  if (term.kind === 'number') return monomial(term.value!.numerator, []);
  if (term.kind === 'operation' && (term.name === 'natAdd' || term.name === 'natMul')) {
    const combine = term.name === 'natAdd' ? addPolynomials : multiplyPolynomials;
    return combine(polynomial(term.args[0]!), polynomial(term.args[1]!));
  }
  return monomial(1n, [`${internKey(structuralKey(term))}`]);
}

// ------------------------------------------------------------------------------------------- operations

interface Operation {
  readonly serial: number;
  readonly arity: number;
  /** The sort of the result; throws when the arguments do not fit. May receive terms with dangling indices. */
  readonly rule: (args: readonly Term[]) => Sort;
  readonly definition: Term | null;
  /** the terms with this head, by the ids of their arguments */
  readonly terms: Map<number, Term>;
}

const operations = table<Operation>();
let operationCount = 0;

function operation(
  name: string,
  arity: number,
  rule: (args: readonly Term[]) => Sort,
  body: Term | null = null,
): void {
  const terms = table<number, Term>();
  operations.set(name, { serial: operationCount++, arity, rule, definition: body, terms });
}

declarePrimitives<Sort, Term>({
  Nat,
  Real,
  Prop,
  declare: operation,
  fin: rawFin,
  pi: rawPi,
  apply: rawApply,
  operate: rawOperation,
  bound: rawBound,
  shift,
  shiftSort,
});
const primitiveCount = operationCount;

// ------------------------------------------------------------------------------------------- public constructors

/** The same; throws when it is not a term made here. */
export function expectTerm(rule: string, value: Term): Term {
  if (!isTerm(value)) refuse(`${rule}: expected a term but received ${typeof value}`);
  if (looseOf(value) !== 0) refuse(`${rule}: expected a closed term`);
  return value;
}

export function expectVariable(rule: string, value: Term): Term {
  if (expectTerm(rule, value).kind !== 'variable')
    refuse(`${rule}: expected a variable but received ${value}`);
  return value;
}

function expectClosedSort(rule: string, value: Sort): Sort {
  if (!isSort(value)) refuse(`${rule}: expected a sort of the kernel but received ${typeof value}`);
  if (looseOfSort(value) !== 0) refuse(`${rule}: expected a closed sort`);
  return value;
}

const NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_'′~]{0,63}$/u;
function expectName(rule: string, name: string): string {
  need(
    typeof name === 'string' && NAME.test(name),
    () => `${rule}: expected a name of letters and digits but received ${JSON.stringify(name)}`,
  );
  return name;
}

/** The index set of n elements. */
export function Fin(n: Term): Sort {
  return rawFin(expectTerm('Fin', n));
}

/** A → B, where B does not depend on the argument. */
export function arrow(domain: Sort, codomain: Sort): Sort {
  return rawPi(expectClosedSort('arrow', domain), expectClosedSort('arrow', codomain), 'x');
}

/** Π(x : A). B for a variable x of sort A that B may mention. */
export function pi(variable: Term, codomain: Sort): Sort {
  expectVariable('pi', variable);
  expectClosedSort('pi', codomain);
  bindable('pi', variable, freeOfSort(codomain));
  return rawPi(variable.sort, rebuildSort(codomain, 0, abstractLeaf([variable])), variable.name);
}

/** B(x) of Π(x : A). B. */
export function codomainAt(sort: Sort, x: Term): Sort {
  expectClosedSort('codomainAt', sort);
  expectTerm('codomainAt', x);
  need(sort.kind === 'Pi', () => `codomainAt: expected a function sort but received ${sort}`);
  need(
    sort.domain!.id === x.sort.id,
    () => `codomainAt: expected an argument in ${sort.domain} but received ${x} : ${x.sort}`,
  );
  return instantiateSort(rawCodomain(sort), [x]);
}

/** The variable of this name and sort; the same name at another sort is another variable. */
export function variable(name: string, sort: Sort): Term {
  const { id } = expectClosedSort('variable', sort);
  return rawVariable(literalTable, `v${id}:${expectName('variable', name)}`, name, sort);
}

/** A variable that occurs in no term made so far; the name is only for reading. */
export function fresh(name: string, sort: Sort): Term {
  expectClosedSort('fresh', sort);
  const id = newId(termCount++);
  return new Term(TOKEN, id, 'variable', sort, expectName('fresh', name), 0, null, [], null, 0);
}

/** The variable that stands for binder number `depth` in a normal form: the same in every run, and not nameable. */
export function levelVariable(depth: number, sort: Sort): Term {
  need(
    isSafeInteger(depth) && depth >= 0 && depth < MOST,
    () => `levelVariable: expected a depth but received ${depth}`,
  );
  const { id } = expectClosedSort('levelVariable', sort);
  return rawVariable(levelTable, pairKey(depth, id), `#${depth}`, sort);
}

/** A rational number as a real. */
export function real(value: Rational | bigint | number): Term {
  return rawNumber(literal('real', value), Real);
}

/** A natural number. */
export function nat(value: bigint | number): Term {
  const exact = literal('nat', value);
  need(
    exact.denominator === 1n && exact.numerator >= 0n,
    () => `nat: expected a natural number but received ${exact}`,
  );
  return rawNumber(exact, Nat);
}

function literal(rule: string, value: Rational | bigint | number): Rational {
  if (typeof value === 'bigint') return new Rational(value);
  if (typeof value === 'number') {
    // A float is not taken silently for the decimal that it was written as.
    need(isSafeInteger(value), () => `${rule}: expected an exact integer but received ${value}`);
    return new Rational(toBigInt(value));
  }
  need(isRational(value), () => `${rule}: expected a Rational, a bigint or an integer`);
  return value;
}

/** An operation of the table above, or a definition, applied to all of its arguments. */
export const op = (name: string, ...args: Term[]): Term => operate(name, args);

/** `op` with its arguments in a list, for code that must not depend on the iteration protocol. */
export function operate(name: string, args: readonly Term[]): Term {
  return rawOperation(
    name,
    each(args, (arg) => expectTerm(name, arg)),
  );
}

/** f(x₁, x₂, …), curried; reduced at once when f is an abstraction. */
export function apply(f: Term, ...args: Term[]): Term {
  return rawInstance(
    expectTerm('apply', f),
    each(args, (arg) => expectTerm('apply', arg)),
    null,
  );
}

/** P(x₁, x₂, …) of ∀x₁. ∀x₂. … P. Throws when there are fewer ∀ than arguments, or an argument has another sort. */
export function specialise(p: Term, args: readonly Term[]): Term {
  return rawInstance(
    expectTerm('specialise', p),
    each(args, (arg) => expectTerm('specialise', arg)),
    'forall',
  );
}

/** How many ∀ in a row the proposition begins with. */
export function leadingForalls(p: Term): number {
  let count = 0;
  let at = expectTerm('leadingForalls', p);
  for (; at.kind === 'operation' && at.name === 'forall'; count++) {
    if (at.args[0]!.kind !== 'lambda') return count + 1;
    at = rawBody(at.args[0]!);
  }
  return count;
}

/** variable ↦ body; the bound variable is printed as `hint`, or as it was called. */
export function lambda(variable: Term, body: Term, hint?: string): Term {
  expectVariable('lambda', variable);
  expectTerm('lambda', body);
  bindable('lambda', variable, freeOf(body));
  const name = hint === undefined ? variable.name : expectName('lambda', hint);
  return rawLambda(variable.sort, abstract(body, [variable]), name);
}

/**
 * The abstraction of several variables, or with `quantifier` that of ∀x₁. ∀x₂. …: what `lambda` gives from the last to the
 * first, in one pass. The sort of each may mention those before it.
 */
export function bind(variables: readonly Term[], body: Term, quantifier?: 'forall' | 'exists'): Term {
  const xs = each(variables, (x) => expectVariable('bind', x));
  expectTerm('bind', body);
  let free = freeOf(body);
  const domains: Sort[] = [];
  let outer: readonly Term[] = [];
  for (let i = 0; i < xs.length; i++) {
    const { sort } = xs[i]!;
    free = union(free, freeOfSort(sort));
    append(domains, rebuildSort(sort, 0, abstractLeaf(outer)));
    outer = concat(outer, [xs[i]!]);
    need(
      !includesAny(freeOfSort(sort), xs, i),
      () => `bind: expected only variables before ${xs[i]} in its sort but received ${sort}`,
    );
  }
  for (let i = 0; i < free.length; i++) {
    need(
      contains(xs, free[i]!) || !includesAny(freeOfSort(free[i]!.sort), xs),
      () => `bind: expected no bound variable in the sort of ${free[i]} : ${free[i]!.sort}`,
    );
  }
  let out = abstract(body, xs);
  for (let i = xs.length - 1; i >= 0; i--) {
    out = rawLambda(domains[i]!, out, xs[i]!.name);
    if (quantifier !== undefined) out = rawOperation(quantifier, [out]);
  }
  return out;
}

/**
 * `term` with free variables replaced, all at once; the sorts of later ones may mention earlier ones. Captures nothing.
 * Throws when a replacement has another sort, or when another free variable has a sort that mentions a replaced one.
 */
export function replace(term: Term, variables: readonly Term[], by: readonly Term[]): Term {
  expectTerm('replace', term);
  // Copies: a list that answers differently when it is read again must not count.
  const xs = each(variables, (x) => expectVariable('replace', x));
  const terms = each(by, (t) => expectTerm('replace', t));
  need(xs.length === terms.length, () => `replace: expected ${xs.length} terms but received ${terms.length}`);
  const leaf = replaceLeaf(xs, terms);
  const free = freeOf(term);
  for (let i = 0; i < free.length; i++) {
    need(
      contains(xs, free[i]!) || !includesAny(freeOfSort(free[i]!.sort), xs),
      () => `replace: expected no replaced variable in the sort of ${free[i]} : ${free[i]!.sort}`,
    );
  }
  for (let i = 0; i < xs.length; i++) {
    const sort = rebuildSort(xs[i]!.sort, 0, leaf);
    need(
      terms[i]!.sort.id === sort.id,
      () => `replace: expected a term in ${sort} but received ${terms[i]} : ${terms[i]!.sort}`,
    );
  }
  return rebuild(term, 0, leaf);
}

/** The same in a sort. */
export function replaceInSort(sort: Sort, variables: readonly Term[], by: readonly Term[]): Sort {
  expectClosedSort('replaceInSort', sort);
  const xs = each(variables, (x) => expectVariable('replaceInSort', x));
  const terms = each(by, (t) => expectTerm('replaceInSort', t));
  need(
    xs.length === terms.length,
    () => `replaceInSort: expected ${xs.length} terms but received ${terms.length}`,
  );
  return rebuildSort(sort, 0, replaceLeaf(xs, terms));
}

function replaceLeaf(variables: readonly Term[], by: readonly Term[]): Leaf {
  return {
    keeps: (sort) => !includesAny(freeOfSort(sort), variables),
    term: (t) => {
      if (t.kind === 'variable') {
        for (let i = 0; i < variables.length; i++) if (variables[i]!.id === t.id) return by[i]!;
        return t;
      }
      return includesAny(freeOf(t), variables) ? null : t;
    },
  };
}

/** Is one of the variables, from the given one on, in the list? */
function includesAny(list: readonly Term[], variables: readonly Term[], from = 0): boolean {
  if (list.length === 0) return false;
  for (let i = from; i < variables.length; i++) if (contains(list, variables[i]!)) return true;
  return false;
}

/** A total order of terms by structure, so that what is sorted by it reads the same in every run; 0 for equal `id`. */
export const compareTerms = orderOf<Sort, Term>(below);

/** The free variables, those in the sorts of variables and binders included, ordered by id. */
export function freeVariables(term: Term): readonly Term[] {
  return freeOf(expectTerm('freeVariables', term));
}

export function freeVariablesOfSort(sort: Sort): readonly Term[] {
  return freeOfSort(expectClosedSort('freeVariablesOfSort', sort));
}

// ------------------------------------------------------------------------------------------- definitions

/**
 * `define(name, arity, body)` makes `op(name, x₁, …)` mean body(x₁, …). The body is closed and takes at least `arity`
 * arguments. Defining the same again is harmless; another meaning for a known name is refused.
 */
export function define(name: string, arity: number, body: Term): void {
  expectName('define', name);
  expectTerm('define', body);
  const known = operations.get(name);
  if (known !== undefined) {
    need(
      known.definition !== null && known.definition.id === body.id && known.arity === arity,
      () => `define: expected a new name but received ${name}`,
    );
    return;
  }
  need(isSafeInteger(arity) && arity >= 0, () => `define ${name}: expected an arity but received ${arity}`);
  const free = freeOf(body);
  need(
    free.length === 0,
    () => `define ${name}: expected a closed body but received free ${free.map((v) => v.name).join(', ')}`,
  );
  let rest = body;
  for (let i = 0; i < arity; i++) {
    need(rest.kind === 'lambda', () => `define ${name}: expected ${arity} abstractions but received ${i}`);
    rest = rawBody(rest);
  }
  operation(name, arity, (args) => sortOfApplication(name, body.sort, args), body);
}

/** The sort of f(args) from the sort of f, without forming the application. */
function sortOfApplication(rule: string, sort: Sort, args: readonly Term[]): Sort {
  let rest = sort;
  const taken: Term[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    const domain = instantiateSort(rest.domain!, taken);
    need(
      domain.id === arg.sort.id,
      () => `${rule}: expected argument ${i + 1} in ${domain} but received ${arg} : ${arg.sort}`,
    );
    append(taken, arg);
    rest = rawCodomain(rest);
  }
  return instantiateSort(rest, taken);
}

/** The value of a definition's abstraction at all of its arguments. */
function applyAll(f: Term, args: readonly Term[]): Term {
  let body = f;
  for (let i = 0; i < args.length; i++) body = rawBody(body);
  return instantiate(body, args);
}

/** What a defined operation stands for, as a closed abstraction; null for a primitive. */
export function definitionOf(name: string): { readonly arity: number; readonly body: Term } | null {
  const known = operations.get(name);
  return known?.definition ? { arity: known.arity, body: known.definition } : null;
}

/** The position of a definition in the order of definition (each uses only earlier ones); -1 for a primitive. */
export function definitionRank(name: string): number {
  const known = operations.get(name);
  return known?.definition ? known.serial - primitiveCount : -1;
}

/** op(name, args) with its definition put in; throws when the head is not a definition. */
export function unfold(term: Term): Term {
  expectTerm('unfold', term);
  const body = term.kind === 'operation' ? operations.get(term.name)!.definition : null;
  need(body !== null, () => `unfold: expected a defined operation but received ${term}`);
  return applyAll(body, term.args);
}
