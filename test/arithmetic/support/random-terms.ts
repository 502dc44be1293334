import type { Arithmetic } from '../../../src/arithmetic/arithmetic.ts';
import type { Meaning } from '../../../src/arithmetic/meaning.ts';
import {
  add,
  all,
  and,
  apply,
  arrow,
  delta,
  div,
  eq,
  exists,
  Fin,
  fun,
  imp,
  inl,
  inr,
  join,
  le,
  lt,
  Mat,
  mul,
  Nat,
  nat,
  natAdd,
  natLe,
  natMul,
  not,
  or,
  pair,
  partial,
  Real,
  real,
  scale,
  sqrt,
  sub,
  sum,
  type Term,
  unpair,
  Vec,
  val,
  variable,
  vecAdd,
} from '../../../src/kernel/build.ts';
import { Rational } from '../../../src/kernel/rational.ts';

export const n = variable('n', Nat);
export const x = variable('x', Real);
export const y = variable('y', Real);
export const v = variable('v', Vec(n));
export const w = variable('w', Vec(n));
export const M = variable('M', Mat(n, n));
export const k = variable('k', Fin(n));
export const f = variable('f', arrow(Vec(n), Real));

/** A small generator of pseudo-random integers (mulberry32), so that a failing seed can be run again. */
export class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * limit);
  }
  pick<A>(choices: readonly A[]): A {
    return choices[this.below(choices.length)]!;
  }
}

/** Random well-sorted terms over x, y : ℝ, v, w : ℝⁿ, M : ℝⁿˣⁿ, k : Fin n, f : ℝⁿ → ℝ, and the binders around. */
export class Terms {
  readonly #random: Random;
  readonly #indices: Term[] = [k];
  readonly #reals: Term[] = [x, y];
  readonly #vectors: Term[] = [v, w];

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  real(depth: number): Term {
    const r = this.#random;
    if (depth === 0) {
      return r.pick([
        () => r.pick(this.#reals),
        () => real(new Rational(BigInt(r.below(7) - 3), BigInt(1 + r.below(3)))),
        () => apply(r.pick(this.#vectors), r.pick(this.#indices)),
        () => apply(M, r.pick(this.#indices), r.pick(this.#indices)),
        () => delta(r.pick(this.#indices), r.pick(this.#indices)),
      ])();
    }
    const d = depth - 1;
    return r.pick([
      () => add(this.real(d), this.real(d)),
      () => sub(this.real(d), this.real(d)),
      () => mul(this.real(d), this.real(d)),
      () => div(this.real(d), this.real(d)),
      () => sqrt(mul(this.real(d), this.real(d))),
      () => this.#sum(d),
      () => this.#sum(d),
      () => apply(f, this.vector(d)),
      () => partial(f, this.vector(d), r.pick(this.#indices)),
      () => this.#derivative(d),
      () => apply(this.vector(d), r.pick(this.#indices)),
      () =>
        apply(
          join(n, 2, this.vector(d), this.#fixed(2, d)),
          r.pick([inl(n, 2, r.pick(this.#indices)), inr(n, 2, this.#literal(2))]),
        ),
      () => apply(unpair(M), pair(n, n, r.pick(this.#indices), r.pick(this.#indices))),
    ])();
  }

  vector(depth: number): Term {
    const r = this.#random;
    if (depth === 0) return r.pick(this.#vectors);
    return r.pick([
      () => r.pick(this.#vectors),
      () => vecAdd(this.vector(depth - 1), this.vector(depth - 1)),
      () => scale(this.real(depth - 1), this.vector(depth - 1)),
      () => this.#entries(n, depth - 1),
      () => apply(M, r.pick(this.#indices)),
    ])();
  }

  claim(depth: number): Term {
    const r = this.#random;
    const d = Math.max(0, depth - 1);
    if (depth === 0) return r.pick([le, lt, eq])(this.real(0), this.real(0));
    return r.pick([
      () => r.pick([le, lt, eq])(this.real(d), this.real(d)),
      () => and(this.claim(d), this.claim(d)),
      () => or(this.claim(d), this.claim(d)),
      () => imp(this.claim(d), this.claim(d)),
      () => not(this.claim(d)),
      () => this.#quantified(all, d),
      () => this.#quantified(exists, d),
      () => natLe(val(r.pick(this.#indices)), natAdd(n, natMul(n, r.below(3)))),
      () => eq(this.vector(d), this.vector(d)),
      () =>
        this.#under(
          this.#reals,
          Real,
          (body) => r.pick([all, exists])('t', Real, body),
          () => this.claim(d),
        ),
    ])();
  }

  #sum(d: number): Term {
    return this.#under(
      this.#indices,
      Fin(n),
      (body) => sum(this.#random.pick(['i', 'j', 'k']), n, body),
      () => this.real(d),
    );
  }
  #quantified(binder: typeof all, d: number): Term {
    const name = this.#random.pick(['i', 'j', 'k', 'x']);
    return this.#under(
      this.#indices,
      Fin(n),
      (body) => binder(name, Fin(n), body),
      () => this.claim(d),
    );
  }
  #entries(size: Term, d: number): Term {
    return this.#under(
      this.#indices,
      Fin(n),
      (body) => fun('i', Fin(size), body),
      () => this.real(d),
    );
  }
  #fixed(size: number, d: number): Term {
    const entry = this.real(d);
    return fun('i', Fin(nat(size)), (i) => add(entry, mul(delta(i, this.#literal(size)), 2)));
  }
  #literal(size: number): Term {
    return variable('z', Fin(nat(size)));
  }
  #derivative(d: number): Term {
    const g = this.#under(
      this.#vectors,
      Vec(n),
      (body) => fun('t', Vec(n), body),
      () => this.real(d),
    );
    return partial(g, this.vector(0), this.#random.pick(this.#indices));
  }
  #under(list: Term[], _sort: unknown, bind: (body: (x: Term) => Term) => Term, make: () => Term): Term {
    return bind((bound) => {
      list.push(bound);
      const body = make();
      list.pop();
      return body;
    });
  }
}

/** Values of the free variables, with f(t) = (Σ t)² + 2 t_0. */
export function meanings<T>(
  A: Arithmetic<T>,
  seed: number,
  size: number,
): Readonly<Record<string, Meaning<T>>> {
  const r = new Random(seed);
  const number = () => A.rational(new Rational(BigInt(r.below(11) - 5), BigInt(1 + r.below(4))));
  const numbers = () => Array.from({ length: size }, number);
  const total = (t: readonly T[]) => t.reduce((a, b) => A.add(a, b), A.zero);
  const two = A.add(A.one, A.one);
  const head = (k_: number) => (k_ === 0 ? two : A.zero);
  return {
    n: size,
    x: number(),
    y: number(),
    v: numbers(),
    w: numbers(),
    M: Array.from({ length: size }, numbers),
    k: r.below(size),
    z: r.below(2),
    f: {
      value: (t) => A.add(A.mul(total(t), total(t)), A.mul(two, t[0]!)),
      partial: (t, at) => A.add(A.mul(two, total(t)), head(at)),
      differentiable: () => true,
      derivative: (at) => ({
        value: (t) => A.add(A.mul(two, total(t)), head(at)),
        partial: () => two,
        differentiable: () => true,
        derivative: () => ({
          value: () => two,
          partial: () => A.zero,
          derivative: () => ({ value: () => A.zero, partial: () => A.zero }),
        }),
      }),
    },
  };
}
