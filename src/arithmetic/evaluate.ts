/**
 * The value of a term on an instance, in any arithmetic.
 *
 * Reals are numbers of the arithmetic; claims are true, false or undecided. A comparison is decided only when the sign
 * of the difference is certain. Quantifiers over index sets are run through; over other sets only candidates are
 * tried, so a ∀ without counterexample stays undecided, and an ∃ is true when a candidate is a witness. What the
 * arithmetic cannot express is undecided, with the reason kept.
 *
 * Cost: every subterm is evaluated once per value of the bound variables on which it depends.
 *
 * This file stands with the arithmetics, above the kernel, because it needs `Inexpressible`.
 */
import { open } from '../kernel/build.ts';
import { setBuilder } from '../kernel/set-builder.ts';
import {
  codomainAt,
  definitionOf,
  freeVariables,
  fresh,
  type Sort,
  type Term,
  unfold,
} from '../kernel/term.ts';
import { Inexpressible } from './arithmetic.ts';
import type { Interpretation, Meaning, Nested, PointFunction, Scope, Truth } from './meaning.ts';
import { Dual, DualNumbers, type Scalar } from './tagged-dual.ts';

export interface Sides<T> {
  /** the indices (0-based) at which this line of the claim was taken */
  readonly at: Readonly<Record<string, number>>;
  readonly relation: 'eq' | 'le' | 'lt' | 'inf';
  readonly left: T | undefined;
  readonly right: T | undefined;
  /** right − left */
  readonly difference: T | undefined;
  readonly truth: Truth;
}

type Value<T> =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'real'; readonly value: Scalar<T> }
  | { readonly kind: 'truth'; readonly value: Truth }
  | FunctionValue<T>;

/** A function; values at indices are computed once. */
class FunctionValue<T> {
  readonly kind = 'function';
  readonly source: PointFunction<T> | undefined;
  readonly #apply: (x: Value<T>) => Value<T>;
  readonly #known = new Map<number, Value<T>>();

  constructor(apply: (x: Value<T>) => Value<T>, source?: PointFunction<T>) {
    this.#apply = apply;
    this.source = source;
  }

  at(x: Value<T>): Value<T> {
    if (x.kind !== 'number') return this.#apply(x);
    let value = this.#known.get(x.value);
    if (value === undefined) {
      value = this.#apply(x);
      this.#known.set(x.value, value);
    }
    return value;
  }
}

/** The value of one bound variable, and what has been computed that depends on it and on nothing further in. */
class Frame<T> {
  readonly variable: number;
  readonly value: Value<T> | undefined;
  readonly parent: Frame<T> | undefined;
  readonly cache = new Map<number, Value<T>>();

  constructor(variable: number, value: Value<T> | undefined, parent: Frame<T> | undefined) {
    this.variable = variable;
    this.value = value;
    this.parent = parent;
  }
}

const ROOT = -1;
/** Functions between index sets are run through up to this many. */
const MOST_FUNCTIONS = 4096;

const opened = new WeakMap<Term, readonly [Term, Term]>();
const unfolded = new WeakMap<Term, Term>();
const freeIds = new WeakMap<Term, ReadonlySet<number>>();

function remembered<K extends object, V>(memo: WeakMap<K, V>, key: K, compute: () => V): V {
  let value = memo.get(key);
  if (value === undefined) {
    value = compute();
    memo.set(key, value);
  }
  return value;
}
const openOnce = (f: Term) => remembered(opened, f, () => open(f));
const unfoldOnce = (t: Term) => remembered(unfolded, t, () => unfold(t));
const idsOf = (t: Term) => remembered(freeIds, t, () => new Set(freeVariables(t).map((x) => x.id)));

export class Evaluator<T> {
  readonly #given: Interpretation<T>;
  readonly #numbers: DualNumbers<T>;
  readonly #root = new Frame<T>(ROOT, undefined, undefined);
  readonly #symbols = new Map<number, Value<T>>();
  readonly #reasons = new Set<string>();

  constructor(interpretation: Interpretation<T>) {
    this.#given = interpretation;
    this.#numbers = new DualNumbers(interpretation.arithmetic);
  }

  /** Why something was undecided so far, in the order in which it was met. */
  get reasons(): readonly string[] {
    return [...this.#reasons];
  }

  /** Never throws for a well-sorted claim; what cannot be expressed is undecided. */
  truth(claim: Term): Truth {
    return this.#truth(claim, this.#root);
  }
  /** Throws Inexpressible when the arithmetic, or the interpretation, has no such number. */
  real(term: Term): T {
    return this.#numbers.plain(this.#real(term, this.#root));
  }
  /** Of a term of sort ℕ or Fin(n). Throws Inexpressible. */
  number(term: Term): number {
    return this.#number(term, this.#root);
  }
  /** The entries of a vector. Throws Inexpressible. */
  vector(term: Term): readonly T[] {
    return this.#vector(term, this.#root);
  }
  /** The rows of a matrix. Throws Inexpressible. */
  matrix(term: Term): readonly (readonly T[])[] {
    const rows = this.#size(term.sort.domain!, this.#root);
    const columns = this.#size(term.sort.codomain!.domain!, this.#root);
    const f = this.#function(term, this.#root);
    return range(rows).map((i) =>
      this.#numbersOf(f.at(index(i)) as FunctionValue<T>, columns).map((x) => this.#numbers.plain(x)),
    );
  }

  /**
   * Both sides and the difference of an equation or inequality, after unfolding: one entry for each index of a ∀ over
   * index sets, each component of a vector equation, and each part of a conjunction. Other claims have no sides.
   */
  sides(claim: Term): readonly Sides<T>[] {
    const out: Sides<T>[] = [];
    this.#sides(claim, this.#root, {}, out);
    return out;
  }

  // ----------------------------------------------------------------------------------------- dispatch

  /** The value in the outermost frame that binds a variable of the term, so that it is shared by all frames within. */
  #evaluate(term: Term, frame: Frame<T>): Value<T> {
    if (term.kind === 'variable') return this.#lookup(term, frame);
    if (term.kind === 'number') {
      return term.sort.kind === 'Nat'
        ? index(Number(term.value!.numerator))
        : this.#makeReal(this.#given.arithmetic.rational(term.value!));
    }
    const free = idsOf(term);
    let home = frame;
    while (home.variable !== ROOT && !free.has(home.variable)) home = home.parent!;
    const known = home.cache.get(term.id);
    if (known !== undefined) return known;
    const value = this.#compute(term, home);
    home.cache.set(term.id, value);
    return value;
  }

  #lookup(variable: Term, frame: Frame<T>): Value<T> {
    for (let at: Frame<T> | undefined = frame; at !== undefined; at = at.parent) {
      if (at.variable === variable.id) return at.value!;
    }
    const known = this.#symbols.get(variable.id);
    if (known !== undefined) return known;
    const meaning = this.#given.meaning(variable);
    if (meaning === undefined) throw new Inexpressible(`${variable.name} has no value here`);
    const value = this.#read(meaning, variable.sort, frame);
    this.#symbols.set(variable.id, value);
    return value;
  }

  #compute(term: Term, frame: Frame<T>): Value<T> {
    if (term.kind === 'lambda') {
      const [x, body] = openOnce(term);
      return new FunctionValue((v) => this.#evaluate(body, new Frame(x.id, v, frame)));
    }
    if (term.kind === 'apply') {
      return this.#function(term.args[0]!, frame).at(this.#evaluate(term.args[1]!, frame));
    }
    if (term.sort.kind === 'Prop') return { kind: 'truth', value: this.#claim(term, frame) };
    if (definitionOf(term.name)) return this.#evaluate(unfoldOnce(term), frame);
    return this.#operation(term, frame);
  }

  #operation(term: Term, frame: Frame<T>): Value<T> {
    const N = this.#numbers;
    const A = this.#given.arithmetic;
    const real = (i: number) => this.#real(term.args[i]!, frame);
    const number = (i: number) => this.#number(term.args[i]!, frame);
    const f = (i: number) => this.#function(term.args[i]!, frame);
    switch (term.name) {
      case 'add':
        return this.#makeReal(N.add(real(0), real(1)));
      case 'mul':
        return this.#makeReal(N.mul(real(0), real(1)));
      case 'inv':
        return this.#makeReal(N.inv(real(0)));
      case 'sqrt':
        return this.#makeReal(N.sqrt(real(0)));
      case 'natToReal':
        return this.#makeReal(A.float(number(0)));
      case 'delta':
        return this.#makeReal(number(0) === number(1) ? A.one : A.zero);
      case 'sum': {
        let total: Scalar<T> = A.zero;
        for (const i of range(this.#size(term.args[0]!.sort.domain!, frame))) {
          total = N.add(total, scalar(f(0).at(index(i))));
        }
        return this.#makeReal(total);
      }
      case 'natSum':
        return index(this.#offset(f(0), this.#size(term.args[0]!.sort.domain!, frame)));
      case 'natAdd':
        return index(number(0) + number(1));
      case 'natMul':
        return index(number(0) * number(1));
      case 'val':
        return index(number(0));
      case 'index':
        return index(number(1));
      case 'inl':
        return index(number(2));
      case 'inr':
        return index(number(0) + number(2));
      case 'pair':
        return index(number(2) * number(1) + number(3));
      case 'sigma':
        return index(this.#offset(f(0), number(1)) + number(2));
      case 'join': {
        const [n, left, right] = [number(0), f(2), f(3)];
        return new FunctionValue((i) => (numeral(i) < n ? left.at(i) : right.at(index(numeral(i) - n))));
      }
      case 'unpair': {
        const rows = f(0);
        const columns = this.#size(term.args[0]!.sort.codomain!.domain!, frame);
        return new FunctionValue((i) => {
          const row = rows.at(index(Math.floor(numeral(i) / columns))) as FunctionValue<T>;
          return row.at(index(numeral(i) % columns));
        });
      }
      case 'unsigma': {
        const [sizes, blocks] = [f(0), f(1)];
        return new FunctionValue((i) => {
          let [l, rest] = [0, numeral(i)];
          for (let size = numeral(sizes.at(index(0))); rest >= size; size = numeral(sizes.at(index(l)))) {
            rest -= size;
            l++;
          }
          return (blocks.at(index(l)) as FunctionValue<T>).at(index(rest));
        });
      }
      case 'partial':
        return this.#partial(f(0), f(1), number(2), this.#size(term.args[2]!.sort, frame));
      default:
        throw new Inexpressible(`the operation ${term.name} has no value here`);
    }
  }

  // ----------------------------------------------------------------------------------------- derivatives

  #partial(f: FunctionValue<T>, point: FunctionValue<T>, k: number, n: number): Value<T> {
    const seeded = this.#numbers.seed(scalar(point.at(index(k))));
    const moved = range(n).map((j): Value<T> => (j === k ? this.#makeReal(seeded) : point.at(index(j))));
    const value = f.at(new FunctionValue((j) => moved[numeral(j)]!));
    return this.#slope(value, seeded.tag);
  }

  #slope(value: Value<T>, tag: number): Value<T> {
    if (value.kind === 'real') return this.#makeReal(this.#numbers.slope(value.value, tag));
    if (value.kind === 'function') return new FunctionValue((i) => this.#slope(value.at(i), tag));
    throw new Inexpressible('a derivative of something that is not a number or a vector');
  }

  /** A symbol at a point that may carry slopes: the chain rule, one tag at a time, innermost first. */
  #applySymbol(f: PointFunction<T>, point: readonly Scalar<T>[], values: Sort, frame: Frame<T>): Value<T> {
    const tag = Math.max(0, ...point.map((x) => (x instanceof Dual ? x.tag : 0)));
    if (tag === 0) return this.#readNested(f.value(point as readonly T[]), values, frame);
    const N = this.#numbers;
    const base = point.map((x) => N.without(x, tag));
    const atBase = this.#applySymbol(f, base, values, frame);
    const terms: (readonly [Scalar<T>, Value<T>])[] = [];
    point.forEach((x, k) => {
      // Even where the slope is 0 the derivative must exist: √|x| at x = θ² has none in θ at 0.
      if (!(x instanceof Dual && x.tag === tag)) return;
      terms.push([x.slope, this.#derivativeOfSymbol(f, base, k, values, frame)]);
    });
    return this.#withSlope(tag, atBase, terms);
  }

  #derivativeOfSymbol(
    f: PointFunction<T>,
    point: readonly Scalar<T>[],
    k: number,
    values: Sort,
    frame: Frame<T>,
  ): Value<T> {
    if (!point.some((x) => x instanceof Dual)) {
      const partial = f.partial?.(point as readonly T[], k);
      if (partial === undefined)
        throw new Inexpressible('a function is not known to be differentiable there');
      return this.#readNested(partial, values, frame);
    }
    const derivative = f.derivative?.(k);
    if (!derivative) throw new Inexpressible('the second derivatives of a function are not given');
    return this.#applySymbol(derivative, point, values, frame);
  }

  /** value + ε_tag Σ slope · derivative, entry by entry. */
  #withSlope(tag: number, value: Value<T>, terms: readonly (readonly [Scalar<T>, Value<T>])[]): Value<T> {
    const N = this.#numbers;
    if (value.kind === 'real') {
      const total = terms.reduce<Scalar<T>>(
        (sum, [slope, derivative]) => N.add(sum, N.mul(slope, scalar(derivative))),
        this.#given.arithmetic.zero,
      );
      return this.#makeReal(new Dual(tag, value.value, total));
    }
    if (value.kind !== 'function')
      throw new Inexpressible('a derivative of something that is not a number or a vector');
    return new FunctionValue((i) =>
      this.#withSlope(
        tag,
        value.at(i),
        terms.map(([slope, derivative]) => [slope, (derivative as FunctionValue<T>).at(i)] as const),
      ),
    );
  }

  // ----------------------------------------------------------------------------------------- claims

  #truth(claim: Term, frame: Frame<T>): Truth {
    return this.#attempt(() => {
      const value = this.#evaluate(claim, frame);
      if (value.kind !== 'truth') throw new Inexpressible('a claim without a truth');
      return value.value;
    });
  }

  #attempt(decide: () => Truth): Truth {
    try {
      return decide();
    } catch (error) {
      if (!(error instanceof Inexpressible)) throw error;
      this.#reasons.add(error.message);
      return 'undecided';
    }
  }

  #claim(term: Term, frame: Frame<T>): Truth {
    const [a, b] = term.args as readonly [Term, Term];
    switch (term.name) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'and':
        return conjunction(this.#truth(a, frame), () => this.#truth(b, frame));
      case 'or':
        return negated(conjunction(negated(this.#truth(a, frame)), () => negated(this.#truth(b, frame))));
      case 'imp':
        return negated(conjunction(this.#truth(a, frame), () => negated(this.#truth(b, frame))));
      case 'forall':
        return this.#quantified(a, frame, true);
      case 'exists':
        return this.#quantified(a, frame, false);
      case 'eq':
        return a.id === b.id ? true : this.#equal(a, b, frame);
      case 'le':
        return this.#attempt(() => within(this.#compare(a, b, frame), [-1, 0]));
      case 'lt':
        return this.#attempt(() => within(this.#compare(a, b, frame), [-1]));
      case 'natLe':
        return this.#attempt(() => this.#number(a, frame) <= this.#number(b, frame));
      case 'natLt':
        return this.#attempt(() => this.#number(a, frame) < this.#number(b, frame));
      case 'Diff':
        return this.#attempt(() => this.#differentiable(a, b, frame));
    }
    const decided = this.#given.truth?.(term, this.#scope(frame));
    if (decided !== undefined) return decided;
    if (term.name === 'IsInf') return this.#attempt(() => this.#infimum(a, b, frame, [0]));
    if (term.name === 'LeInf') return this.#attempt(() => this.#infimum(a, b, frame, [-1, 0]));
    return this.#truth(unfoldOnce(term), frame);
  }

  /** The sign of a − b, where it is certain. */
  #compare(a: Term, b: Term, frame: Frame<T>): -1 | 0 | 1 | undefined {
    if (this.#given.rounding === 'nearest') {
      throw new Inexpressible('rounded numbers decide no comparison');
    }
    const A = this.#given.arithmetic;
    const N = this.#numbers;
    const number = (t: Term) => N.plain(this.#real(t, frame));
    const sign = (x: T, y: T) => A.sign(A.sub(x, y));
    // √x against y is x against y²: a norm need not be a number of the arithmetic.
    const root = (t: Term): T | undefined => {
      const inside = underRoot(t);
      const value = inside && number(inside);
      return value !== undefined && isNonnegative(A.sign(value)) ? value : undefined;
    };
    const [x, y] = [root(a), root(b)];
    if (x !== undefined && y !== undefined) return sign(x, y);
    const rootAgainst = (square: T, other: T): -1 | 0 | 1 | undefined => {
      const side = A.sign(other);
      if (side === undefined) return undefined;
      return side === -1 ? 1 : sign(square, A.mul(other, other));
    };
    if (x !== undefined) return rootAgainst(x, number(b));
    if (y !== undefined) {
      const reversed = rootAgainst(y, number(a));
      return reversed === undefined ? undefined : ((0 - reversed) as -1 | 0 | 1);
    }
    return sign(number(a), number(b));
  }

  #equal(a: Term, b: Term, frame: Frame<T>): Truth {
    return this.#attempt(() => {
      switch (a.sort.kind) {
        case 'Real':
          return within(this.#compare(a, b, frame), [0]);
        case 'Nat':
        case 'Fin':
          return this.#number(a, frame) === this.#number(b, frame);
        case 'Prop': {
          const [p, q] = [this.#truth(a, frame), this.#truth(b, frame)];
          return p === 'undecided' || q === 'undecided' ? 'undecided' : p === q;
        }
        default:
          return this.#equalValues(this.#evaluate(a, frame), this.#evaluate(b, frame), a.sort, frame);
      }
    });
  }

  #equalValues(a: Value<T>, b: Value<T>, sort: Sort, frame: Frame<T>): Truth {
    if (a.kind === 'real' && b.kind === 'real') {
      if (this.#given.rounding === 'nearest') throw new Inexpressible('rounded numbers decide no comparison');
      const A = this.#given.arithmetic;
      return within(A.sign(A.sub(this.#numbers.plain(a.value), this.#numbers.plain(b.value))), [0]);
    }
    if (a.kind === 'number' && b.kind === 'number') return a.value === b.value;
    if (a.kind === 'truth' && b.kind === 'truth') {
      return a.value === 'undecided' || b.value === 'undecided' ? 'undecided' : a.value === b.value;
    }
    if (a.kind !== 'function' || b.kind !== 'function') throw new Inexpressible('values of different kinds');
    return this.#throughout(sort.domain!, 'x', 'forall', frame, (x, inner) =>
      this.#attempt(() => {
        const variable = fresh('x', sort.domain!);
        const codomain = sort.codomain ?? codomainAt(sort, variable);
        return this.#equalValues(a.at(x), b.at(x), codomain, new Frame(variable.id, x, inner));
      }),
    );
  }

  #quantified(f: Term, frame: Frame<T>, universal: boolean): Truth {
    const [x, body] = f.kind === 'lambda' ? openOnce(f) : [undefined, undefined];
    const at = (value: Value<T>): Truth => {
      if (x && body) return this.#truth(body, new Frame(x.id, value, frame));
      const applied = this.#function(f, frame).at(value);
      return applied.kind === 'truth' ? applied.value : 'undecided';
    };
    const name = x?.name ?? 'x';
    const domain = f.sort.domain!;
    if (universal) return this.#throughout(domain, name, 'forall', frame, at);
    return negated(this.#throughout(domain, name, 'exists', frame, (v) => negated(at(v))));
  }

  /** Whether a claim holds for all elements of a sort; undecided, at best, when they cannot be run through. */
  #throughout(
    sort: Sort,
    name: string,
    quantifier: 'forall' | 'exists',
    frame: Frame<T>,
    claim: (x: Value<T>, frame: Frame<T>) => Truth,
  ): Truth {
    const all = this.#elements(sort, frame);
    let answer: Truth = all ? true : 'undecided';
    for (const x of all ?? this.#candidates(sort, name, quantifier, frame)) {
      const here = this.#attempt(() => claim(x, frame));
      if (here === false) return false;
      if (here === 'undecided') answer = 'undecided';
    }
    if (!all)
      this.#reasons.add(`${name} ranges over infinitely many values, and candidates do not decide it`);
    return answer;
  }

  /** All elements of an index set, or of a small set of functions between index sets. */
  #elements(sort: Sort, frame: Frame<T>): readonly Value<T>[] | undefined {
    if (sort.kind === 'Fin') return range(this.#size(sort, frame)).map((i) => index<T>(i));
    if (sort.kind !== 'Pi' || sort.domain!.kind !== 'Fin' || sort.codomain?.kind !== 'Fin') return undefined;
    const [from, to] = [this.#size(sort.domain!, frame), this.#size(sort.codomain, frame)];
    const count = to ** from;
    if (count > MOST_FUNCTIONS) return undefined;
    return range(count).map(
      (code) => new FunctionValue((i) => index(Math.floor(code / to ** numeral(i)) % to)),
    );
  }

  #candidates(
    sort: Sort,
    name: string,
    quantifier: 'forall' | 'exists' | 'infimum',
    frame: Frame<T>,
  ): readonly Value<T>[] {
    const found = this.#given.candidates?.({ quantifier, name, sort, sizes: this.#sizes(sort, frame) }) ?? [];
    return found.map((meaning) => this.#read(meaning, sort, frame));
  }

  #sizes(sort: Sort, frame: Frame<T>): readonly number[] {
    if (sort.kind !== 'Pi' || sort.domain!.kind !== 'Fin') return [];
    return [this.#size(sort.domain!, frame), ...(sort.codomain ? this.#sizes(sort.codomain, frame) : [])];
  }

  /** c against inf { … }: by the value that the interpretation has, else refuted by a candidate below c. */
  #infimum(c: Term, set: Term, frame: Frame<T>, signs: readonly (-1 | 0 | 1)[]): Truth {
    const A = this.#given.arithmetic;
    const left = this.#numbers.plain(this.#real(c, frame));
    if (this.#given.rounding === 'nearest') throw new Inexpressible('rounded numbers decide no comparison');
    const value = this.#given.infimum?.(set, this.#scope(frame));
    if (value !== undefined) return within(A.sign(A.sub(left, value)), signs);
    const built = setBuilder(set);
    if (!built) throw new Inexpressible('an infimum over a set that is not listed by formulas');
    const isBelow = (step: number, at: Frame<T>): boolean => {
      const next = built.steps[step];
      if (next === undefined) {
        return (
          this.#attempt(() => A.sign(A.sub(left, this.#numbers.plain(this.#real(built.value, at)))) === 1) ===
          true
        );
      }
      if (next.kind === 'condition') return this.#truth(next.term, at) === true && isBelow(step + 1, at);
      const { id, name, sort } = next.term;
      return this.#candidates(sort, name, 'infimum', at).some((x) => isBelow(step + 1, new Frame(id, x, at)));
    };
    if (isBelow(0, frame)) return false;
    throw new Inexpressible('the infimum is not known, and no candidate lies below');
  }

  /** Diff(f, θ): by what is said of a symbol, or, for a formula, from the symbols and operations in it. */
  #differentiable(f: Term, point: Term, frame: Frame<T>): Truth {
    const value = this.#function(f, frame);
    const at = this.#function(point, frame);
    const n = this.#size(point.sort.domain!, frame);
    if (value.source) {
      const plain = this.#numbersOf(at, n).map((x) => this.#numbers.plain(x));
      return value.source.differentiable?.(plain) ?? 'undecided';
    }
    // A formula is differentiable where everything that it applies to the variable is; `partial` throws elsewhere.
    for (const k of range(n)) this.#force(this.#partial(value, at, k, n), f.sort.codomain!, frame);
    return true;
  }

  #force(value: Value<T>, sort: Sort, frame: Frame<T>): void {
    if (value.kind !== 'function') return;
    for (const i of range(this.#size(sort.domain!, frame)))
      this.#force(value.at(index(i)), sort.codomain!, frame);
  }

  // ----------------------------------------------------------------------------------------- sides

  #sides(claim: Term, frame: Frame<T>, at: Readonly<Record<string, number>>, out: Sides<T>[]): void {
    if (claim.kind !== 'operation') return;
    const [a, b] = claim.args as readonly [Term, Term];
    switch (claim.name) {
      case 'and':
        this.#sides(a, frame, at, out);
        this.#sides(b, frame, at, out);
        return;
      case 'forall': {
        if (a.kind !== 'lambda' || a.sort.domain!.kind !== 'Fin') return;
        const [x, body] = openOnce(a);
        for (const i of range(this.#size(a.sort.domain!, frame))) {
          this.#sides(body, new Frame(x.id, index(i), frame), { ...at, [unusedKey(x.name, at)]: i }, out);
        }
        return;
      }
      case 'eq':
        if (a.sort.kind === 'Real') this.#line('eq', claim, frame, at, out);
        else if (a.sort.kind === 'Pi' && a.sort.domain!.kind === 'Fin' && a.sort.codomain?.kind === 'Real') {
          const [f, g] = [this.#function(a, frame), this.#function(b, frame)];
          for (const i of range(this.#size(a.sort.domain!, frame))) {
            const component = { ...at, [unusedKey('component', at)]: i };
            this.#pair('eq', () => [scalar(f.at(index(i))), scalar(g.at(index(i)))], component, out);
          }
        }
        return;
      case 'le':
      case 'lt':
        this.#line(claim.name, claim, frame, at, out);
        return;
      case 'IsInf':
      case 'LeInf': {
        const right = this.#given.infimum?.(b, this.#scope(frame));
        const left = optional(() => this.#numbers.plain(this.#real(a, frame)));
        out.push({
          at,
          relation: 'inf',
          left,
          right,
          difference: this.#difference(left, right),
          truth: this.#truth(claim, frame),
        });
        return;
      }
      default:
        if (definitionOf(claim.name)) this.#sides(unfoldOnce(claim), frame, at, out);
    }
  }

  #line(
    relation: 'eq' | 'le' | 'lt',
    claim: Term,
    frame: Frame<T>,
    at: Readonly<Record<string, number>>,
    out: Sides<T>[],
  ): void {
    const side = (i: number) => optional(() => this.#numbers.plain(this.#real(claim.args[i]!, frame)));
    const [left, right] = [side(0), side(1)];
    out.push({
      at,
      relation,
      left,
      right,
      difference: this.#difference(left, right),
      truth: this.#truth(claim, frame),
    });
  }

  #pair(
    relation: 'eq',
    compute: () => readonly [Scalar<T>, Scalar<T>],
    at: Readonly<Record<string, number>>,
    out: Sides<T>[],
  ): void {
    const both = optional(() => compute().map((x) => this.#numbers.plain(x)));
    const [left, right] = both ?? [];
    const difference = this.#difference(left, right);
    const truth = this.#attempt(() => {
      if (difference === undefined) throw new Inexpressible('a component has no value here');
      if (this.#given.rounding === 'nearest') throw new Inexpressible('rounded numbers decide no comparison');
      return within(this.#given.arithmetic.sign(difference), [0]);
    });
    out.push({ at, relation, left, right, difference, truth });
  }

  #difference(left: T | undefined, right: T | undefined): T | undefined {
    if (left === undefined || right === undefined) return undefined;
    return optional(() => this.#given.arithmetic.sub(right, left));
  }

  // ----------------------------------------------------------------------------------------- reading

  #scope(frame: Frame<T>): Scope<T> {
    return {
      number: (term) => this.#number(term, frame),
      real: (term) => this.#numbers.plain(this.#real(term, frame)),
      vector: (term) => this.#vector(term, frame),
    };
  }

  #real(term: Term, frame: Frame<T>): Scalar<T> {
    return scalar(this.#evaluate(term, frame));
  }
  #number(term: Term, frame: Frame<T>): number {
    return numeral(this.#evaluate(term, frame));
  }
  #function(term: Term, frame: Frame<T>): FunctionValue<T> {
    const value = this.#evaluate(term, frame);
    if (value.kind !== 'function') throw new Inexpressible('something that is not a function was applied');
    return value;
  }
  #vector(term: Term, frame: Frame<T>): readonly T[] {
    const n = this.#size(term.sort.domain!, frame);
    return this.#numbersOf(this.#function(term, frame), n).map((x) => this.#numbers.plain(x));
  }
  #numbersOf(f: FunctionValue<T>, n: number): readonly Scalar<T>[] {
    return range(n).map((i) => scalar(f.at(index(i))));
  }
  #makeReal(value: Scalar<T>): Value<T> {
    return { kind: 'real', value };
  }
  /** n of Fin(n) */
  #size(sort: Sort, frame: Frame<T>): number {
    return this.#number(sort.dimension!, frame);
  }
  #offset(sizes: FunctionValue<T>, blocks: number): number {
    return range(blocks).reduce((total, l) => total + numeral(sizes.at(index(l))), 0);
  }

  /** A meaning as a value of the sort. A shape that does not fit the sort is the caller's fault: RangeError. */
  #read(meaning: Meaning<T>, sort: Sort, frame: Frame<T>): Value<T> {
    switch (sort.kind) {
      case 'Nat':
      case 'Fin': {
        const bound = sort.kind === 'Fin' ? this.#size(sort, frame) : Number.MAX_SAFE_INTEGER;
        if (!(Number.isInteger(meaning) && (meaning as number) >= 0 && (meaning as number) < bound)) {
          throw new RangeError(`evaluate: expected an element of ${sort} but received ${String(meaning)}`);
        }
        return index(meaning as number);
      }
      case 'Real':
        return this.#makeReal(meaning as T);
      case 'Prop':
        return { kind: 'truth', value: meaning as Truth };
      default:
        return this.#readFunction(meaning, sort, frame);
    }
  }

  #readFunction(meaning: Meaning<T>, sort: Sort, frame: Frame<T>): Value<T> {
    const domain = sort.domain!;
    if (domain.kind === 'Fin' || domain.kind === 'Nat') {
      if (Array.isArray(meaning) && domain.kind === 'Fin' && meaning.length !== this.#size(domain, frame)) {
        throw new RangeError(
          `evaluate: expected ${this.#size(domain, frame)} entries but received ${meaning.length}`,
        );
      }
      const variable = fresh('i', domain);
      const codomain = sort.codomain ?? codomainAt(sort, variable);
      return new FunctionValue((i) => {
        const at = numeral(i);
        const entry = Array.isArray(meaning) ? meaning[at] : (meaning as (index: number) => Meaning<T>)(at);
        if (entry === undefined) throw new RangeError(`evaluate: no entry ${at} for the sort ${sort}`);
        return this.#read(entry, codomain, new Frame(variable.id, i, frame));
      });
    }
    const f = meaning as PointFunction<T>;
    const values = sort.codomain;
    if (typeof f?.value !== 'function' || values === null) {
      throw new RangeError(`evaluate: expected a function of a vector for the sort ${sort}`);
    }
    const known = new WeakMap<object, Value<T>>();
    return new FunctionValue((x) => {
      if (x.kind === 'function') {
        return remembered(known, x, () =>
          this.#applySymbol(f, this.#pointOf(x, domain, frame), values, frame),
        );
      }
      return this.#applySymbol(f, [scalar(x)], values, frame);
    }, f);
  }

  /** A vector, or a matrix row by row, as one list of numbers. */
  #pointOf(x: FunctionValue<T>, sort: Sort, frame: Frame<T>): readonly Scalar<T>[] {
    const n = this.#size(sort.domain!, frame);
    if (sort.codomain?.kind === 'Real') return this.#numbersOf(x, n);
    return range(n).flatMap((i) => this.#pointOf(x.at(index(i)) as FunctionValue<T>, sort.codomain!, frame));
  }

  #readNested(value: Nested<T> | Truth, sort: Sort, frame: Frame<T>): Value<T> {
    return this.#read(value as Meaning<T>, sort, frame);
  }
}

// ------------------------------------------------------------------------------------------- small helpers

const index = <T>(value: number): Value<T> => ({ kind: 'number', value });
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

function numeral<T>(value: Value<T>): number {
  if (value.kind !== 'number') throw new Inexpressible('an index without a number');
  return value.value;
}
function scalar<T>(value: Value<T>): Scalar<T> {
  if (value.kind !== 'real') throw new Inexpressible('a real without a value');
  return value.value;
}

function conjunction(p: Truth, q: () => Truth): Truth {
  if (p === false) return false;
  const second = q();
  return second === false ? false : p === true && second === true ? true : 'undecided';
}
const negated = (p: Truth): Truth => (p === 'undecided' ? p : !p);

function within(sign: -1 | 0 | 1 | undefined, allowed: readonly (-1 | 0 | 1)[]): Truth {
  if (sign === undefined) throw new Inexpressible('a difference whose sign is not certain');
  return allowed.includes(sign);
}
const isNonnegative = (sign: -1 | 0 | 1 | undefined): boolean => sign === 0 || sign === 1;

/** x of √x, through definitions. */
function underRoot(term: Term): Term | undefined {
  let t = term;
  while (t.kind === 'operation' && definitionOf(t.name)) t = unfoldOnce(t);
  return t.kind === 'operation' && t.name === 'sqrt' ? t.args[0]! : undefined;
}

function optional<V>(compute: () => V): V | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Inexpressible) return undefined;
    throw error;
  }
}

function unusedKey(name: string, at: Readonly<Record<string, number>>): string {
  let key = name;
  while (key in at) key += '′';
  return key;
}
