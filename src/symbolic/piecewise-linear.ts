import type { Arithmetic } from '../arithmetic/arithmetic.ts';
import { Inexpressible } from '../arithmetic/arithmetic.ts';

/** d ↦ Σ_i linear[i]·d_i + Σ_k coefficient_k·relu(symbol k at d), without zero terms. */
export interface PiecewiseLinear<T> {
  readonly linear: ReadonlyMap<number, T>;
  /** by the index of the symbol in its table */
  readonly symbols: ReadonlyMap<number, T>;
}

/**
 * Piecewise linear, positively homogeneous functions of a direction d, written over symbols relu(s). Each s is made
 * canonical by relu(cs) = c·relu(s) for c > 0 and relu(−s) = relu(s) − s, so that its first coefficient is 1.
 * For pairwise non-parallel linear s the functions relu(s) are linearly independent modulo linear functions (each has a
 * kink on a hyperplane of its own); an s that itself holds symbols is opaque, and nothing is concluded from it.
 * The arithmetic must decide every sign; Inexpressible where it does not.
 */
export class ReluTable<T> {
  /** the canonical arguments s, in the order in which they were met */
  readonly arguments: PiecewiseLinear<T>[] = [];
  readonly #A: Arithmetic<T>;

  constructor(arithmetic: Arithmetic<T>) {
    this.#A = arithmetic;
  }

  /** A linear function without its zero coefficients. */
  linear(coefficients: readonly T[]): PiecewiseLinear<T> {
    const linear = new Map<number, T>();
    coefficients.forEach((value, i) => {
      if (this.#sign(value) !== 0) linear.set(i, value);
    });
    return { linear, symbols: new Map() };
  }

  /** a + c·b */
  add(a: PiecewiseLinear<T>, c: T, b: PiecewiseLinear<T>): PiecewiseLinear<T> {
    return {
      linear: this.#combine(a.linear, c, b.linear),
      symbols: this.#combine(a.symbols, c, b.symbols),
    };
  }

  /** relu(s), in canonical symbols */
  relu(s: PiecewiseLinear<T>): PiecewiseLinear<T> {
    const A = this.#A;
    const pivot = first(s.linear) ?? first(s.symbols);
    if (pivot === undefined) return s;
    const simple = this.#alongOneSymbol(s) ?? this.#oneSigned(s);
    if (simple) return simple;
    const sign = this.#sign(pivot);
    const scale = A.abs(pivot);
    const canonical = this.#scale(s, A.div(A.one, pivot));
    const symbol: PiecewiseLinear<T> = {
      linear: new Map(),
      symbols: new Map([[this.#index(canonical), scale]]),
    };
    // s = −scale·canonical: relu(s) = scale·(relu(canonical) − canonical)
    return sign === 1 ? symbol : this.add(symbol, A.neg(scale), canonical);
  }

  /** True when symbol k is relu of a linear function. */
  isPlain(k: number): boolean {
    return this.arguments[k]!.symbols.size === 0;
  }

  /** relu(a·s + c·relu(s)): slope min(0, a) for s < 0 and max(0, a + c) for s > 0. */
  #alongOneSymbol(form: PiecewiseLinear<T>): PiecewiseLinear<T> | undefined {
    const A = this.#A;
    const [entry, another] = form.symbols;
    if (!entry || another || !this.isPlain(entry[0])) return undefined;
    const [k, c] = entry;
    const s = this.arguments[k]!;
    const a = form.linear.get(s.linear.keys().next().value!) ?? A.zero;
    if (this.add({ linear: form.linear, symbols: new Map() }, A.neg(a), s).linear.size > 0) return undefined;
    const below = A.min(A.zero, a);
    const above = A.max(A.zero, A.add(a, c));
    const symbol: PiecewiseLinear<T> = { linear: new Map(), symbols: new Map([[k, A.one]]) };
    const zero: PiecewiseLinear<T> = { linear: new Map(), symbols: new Map() };
    return this.add(this.add(zero, below, s), A.sub(above, below), symbol);
  }

  /** relu(Σ c_k relu(s_k)) is the sum itself when all c_k > 0, and 0 when all are negative. */
  #oneSigned(form: PiecewiseLinear<T>): PiecewiseLinear<T> | undefined {
    if (form.linear.size > 0) return undefined;
    const signs = new Set([...form.symbols.values()].map((value) => this.#sign(value)));
    if (signs.size !== 1) return undefined;
    return signs.has(1) ? form : { linear: new Map(), symbols: new Map() };
  }

  #index(canonical: PiecewiseLinear<T>): number {
    const known = this.arguments.findIndex((each) => this.#equal(each, canonical));
    return known >= 0 ? known : this.arguments.push(canonical) - 1;
  }

  #equal(a: PiecewiseLinear<T>, b: PiecewiseLinear<T>): boolean {
    const same = (left: ReadonlyMap<number, T>, right: ReadonlyMap<number, T>) =>
      left.size === right.size &&
      [...left].every(([key, value]) => {
        const other = right.get(key);
        return other !== undefined && this.#sign(this.#A.sub(value, other)) === 0;
      });
    return same(a.linear, b.linear) && same(a.symbols, b.symbols);
  }

  #scale(s: PiecewiseLinear<T>, c: T): PiecewiseLinear<T> {
    const scaled = (terms: ReadonlyMap<number, T>) =>
      new Map([...terms].map(([key, value]) => [key, this.#A.mul(c, value)]));
    return { linear: scaled(s.linear), symbols: scaled(s.symbols) };
  }

  #combine(a: ReadonlyMap<number, T>, c: T, b: ReadonlyMap<number, T>): Map<number, T> {
    const A = this.#A;
    if (this.#sign(c) === 0) return new Map(a);
    const sum = new Map(a);
    for (const [key, value] of b) {
      const before = sum.get(key);
      const after = before === undefined ? A.mul(c, value) : A.add(before, A.mul(c, value));
      if (this.#sign(after) === 0) sum.delete(key);
      else sum.set(key, after);
    }
    // Keys in increasing order: the first coefficient decides the canonical form.
    return new Map([...sum].sort(([i], [j]) => i - j));
  }

  #sign(value: T): -1 | 0 | 1 {
    const sign = this.#A.sign(value);
    if (sign === undefined) throw new Inexpressible('the sign of a slope cannot be told');
    return sign;
  }
}

const first = <T>(terms: ReadonlyMap<number, T>): T | undefined => terms.values().next().value;
