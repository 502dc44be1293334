/** Random well-sorted terms, their normal forms and their exact values (used by the fuzz, also on planted bugs). */
import {
  add,
  apply,
  arrow,
  delta,
  Fin,
  fun,
  index,
  inl,
  inr,
  inv,
  join,
  lambda,
  Mat,
  mul,
  Nat,
  nat,
  natAdd,
  natMul,
  natToReal,
  op,
  pair,
  partial,
  pi,
  Real,
  real,
  type Sort,
  sigma,
  sqrt,
  sum,
  type Term,
  unpair,
  unsigma,
  Vec,
  val,
  variable,
} from '../../src/kernel/build.ts';
import { normalise } from '../../src/kernel/normalise.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { define, freeVariables, fresh } from '../../src/kernel/term.ts';
import { exactValue, type Fn, sizeOf, type Value, type Values } from './exact-values.ts';

/** mulberry32 */
export function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const n = variable('n', Nat);
const m = variable('m', Nat);
const e = variable('e', arrow(Fin(n), Nat));
const sizes = op('natSum', e);
const dims = [n, m, natAdd(n, m), natMul(n, m), nat(2), nat(1), sizes];
const sorts = dims.map((d) => Fin(d));
const vectors = dims.flatMap((d, i) => [variable(`u${i}`, Vec(d)), variable(`v${i}`, Vec(d))]);
const matrices = dims.flatMap((a, i) => dims.map((b, j) => variable(`A${i}${j}`, Mat(a, b))));
const functions = dims.map((d, i) => variable(`f${i}`, arrow(Vec(d), Real)));
const scalars = [variable('a', Real), variable('b', Real)];
const shuffle = variable('s', arrow(Fin(n), Fin(n)));
const embed = variable('t', arrow(Fin(n), Fin(natAdd(n, m))));
const l0 = variable('l', Fin(n));
const blocks = variable('B', pi(l0, Vec(apply(e, l0))));
const x0 = variable('x', Real);
define('fuzzSquare', 1, lambda(x0, mul(x0, x0)));

type Scope = readonly Term[];

class Terms {
  readonly #below: (n: number) => number;
  constructor(below: (n: number) => number) {
    this.#below = below;
  }
  #pick<T>(list: readonly T[]): T {
    return list[this.#below(list.length)]!;
  }

  /** A binder's index set: one of the fixed ones, or a block of an index in scope. */
  sort(scope: Scope): Sort {
    const l = scope.filter((x) => x.sort.id === sorts[0]!.id);
    if (l.length > 0 && this.#below(8) === 0) return Fin(apply(e, this.#pick(l)));
    return this.#pick([...sorts, sorts[0]!, sorts[0]!, sorts[1]!]);
  }

  index(sort: Sort, scope: Scope, fuel: number): Term | null {
    const make: (() => Term | null)[] = scope.filter((x) => x.sort.id === sort.id).map((x) => () => x);
    const at = (k: number) => sort.id === sorts[k]!.id;
    const inner = (k: number) => this.index(sorts[k]!, scope, fuel - 1);
    const of = (k: number, f: (i: Term) => Term) => () => {
      const i = inner(k);
      return i && f(i);
    };
    if (at(4)) make.push(() => index(2, this.#below(2)));
    if (at(5)) make.push(() => index(1, 0));
    if (fuel > 0) {
      if (at(0)) make.push(of(0, (i) => apply(shuffle, i)));
      if (at(2)) {
        make.push(
          of(0, (i) => inl(n, m, i)),
          of(1, (j) => inr(n, m, j)),
          of(0, (i) => apply(embed, i)),
        );
      }
      if (at(3)) {
        make.push(() => {
          const i = inner(0);
          const j = inner(1);
          return i && j && pair(n, m, i, j);
        });
      }
      if (at(6)) {
        make.push(() => {
          const l = inner(0);
          const i = l && this.index(Fin(apply(e, l)), scope, fuel - 1);
          return l && i && sigma(e, l, i);
        });
      }
    }
    for (let tries = 0; tries < 4 && make.length > 0; tries++) {
      const made = this.#pick(make)();
      if (made) return made;
    }
    return null;
  }

  vector(k: number, scope: Scope, fuel: number): Term {
    const choice = this.#below(6);
    if (fuel <= 0 || choice < 2) return vectors[2 * k + this.#below(2)]!;
    const entry = (d: Term, more: Scope) =>
      fun('k', Fin(d), (i) => this.scalar([...scope, ...more, i], fuel - 1));
    if (choice === 2 && k === 2)
      return join(n, m, this.vector(0, scope, fuel - 1), this.vector(1, scope, fuel - 1));
    if (choice === 2 && k === 3) {
      return unpair(
        fun('i', Fin(n), (i) => fun('j', Fin(m), (j) => this.scalar([...scope, i, j], fuel - 1))),
      );
    }
    if (choice === 2 && k === 6) {
      const block = (l: Term) => fun('i', Fin(apply(e, l)), (i) => this.scalar([...scope, l, i], fuel - 1));
      return unsigma(e, this.#below(2) === 0 ? blocks : fun('l', Fin(n), block));
    }
    return entry(dims[k]!, []);
  }

  #leaf(scope: Scope, fuel: number): Term {
    const k = this.#below(dims.length);
    const i = this.index(sorts[k]!, scope, 2);
    switch (this.#below(12)) {
      case 0:
        return real(new Rational(BigInt(this.#below(7) - 3), BigInt(1 + this.#below(3))));
      case 1:
        return this.#pick(scalars);
      case 2:
      case 3:
      case 4:
        return i
          ? apply(this.#below(3) === 0 ? vectors[2 * k]! : this.vector(k, scope, fuel - 1), i)
          : real(1);
      case 5:
      case 6: {
        const c = this.#below(dims.length);
        const j = this.index(sorts[c]!, scope, 2);
        return i && j ? apply(matrices[k * dims.length + c]!, i, j) : this.#pick(scalars);
      }
      case 7:
      case 8: {
        const j = this.index(sorts[k]!, scope, 2);
        return i && j ? delta(i, j) : real(2);
      }
      case 9:
        return i ? natToReal(natAdd(val(i), natMul(n, val(i)))) : natToReal(natMul(n, m));
      case 10:
        return op('fuzzSquare', this.#pick(scalars));
      default:
        return apply(functions[k]!, this.vector(k, scope, fuel - 1));
    }
  }

  scalar(scope: Scope, fuel: number): Term {
    if (fuel <= 0) return this.#leaf(scope, 0);
    const choice = this.#below(20);
    if (choice < 7) {
      const sort = this.sort(scope);
      return op(
        'sum',
        fun('i', sort, (i) => this.scalar([...scope, i], fuel - 1)),
      );
    }
    if (choice < 12) return mul(this.scalar(scope, fuel - 1), this.scalar(scope, fuel - 1));
    if (choice === 12) {
      const t = this.scalar(scope, fuel - 2);
      return mul(t, t);
    }
    if (choice < 15) return add(this.scalar(scope, fuel - 1), this.scalar(scope, fuel - 1));
    if (choice === 15) return inv(this.scalar(scope, fuel - 2));
    if (choice === 16) {
      const k = this.#below(4);
      const i = this.index(sorts[k]!, scope, 2);
      const f = fun('t', Vec(dims[k]!), (t) =>
        i ? mul(apply(functions[k]!, t), apply(t, i)) : apply(functions[k]!, t),
      );
      return i ? partial(f, this.vector(k, scope, fuel - 2), i) : real(1);
    }
    if (choice === 17) return sqrt(this.scalar(scope, fuel - 2));
    if (choice === 18) return apply(functions[this.#below(1)]!, this.vector(0, scope, fuel - 1));
    return this.#leaf(scope, fuel);
  }

  /** A value-preserving rearrangement by a known law at each place, or none. */
  rearranged(t: Term): Term {
    if (t.kind === 'lambda') {
      const x = fresh('x', t.sort.domain!);
      return lambda(x, this.rearranged(apply(t, x)));
    }
    if (t.kind === 'apply') return apply(this.rearranged(t.args[0]!), this.rearranged(t.args[1]!));
    if (t.kind !== 'operation') return t;
    const args = t.args.map((a) => this.rearranged(a));
    const [a, b] = args as [Term, Term];
    const is = (u: Term, name: string) => u.kind === 'operation' && u.name === name;
    const coin = () => this.#below(2) === 0;
    if (t.name === 'add' && coin()) return add(b, a);
    if (t.name === 'mul') {
      if (coin()) return mul(b, a);
      if (is(a, 'add')) return add(mul(a.args[0]!, b), mul(a.args[1]!, b));
      if (is(a, 'mul')) return mul(a.args[0]!, mul(a.args[1]!, b));
      if (is(a, 'sum')) {
        const x = fresh('x', a.args[0]!.sort.domain!);
        return op('sum', lambda(x, mul(apply(a.args[0]!, x), b)));
      }
    }
    if (t.name === 'sum' && a.sort.codomain && coin()) {
      const x = fresh('x', a.sort.domain!);
      const body = apply(a, x);
      if (is(body, 'add')) {
        return add(op('sum', lambda(x, body.args[0]!)), op('sum', lambda(x, body.args[1]!)));
      }
      if (
        is(body, 'sum') &&
        !freeVariables(sum('q', body.args[0]!.sort.domain!.dimension!, () => real(1))).some(
          (y) => y.id === x.id,
        )
      ) {
        const y = fresh('y', body.args[0]!.sort.domain!);
        return op('sum', lambda(y, op('sum', lambda(x, apply(body.args[0]!, y)))));
      }
    }
    if (t.name === 'delta' && coin()) return delta(b, a);
    return op(t.name, ...args);
  }
}

/** Random values of the variables above, with dimensions that may be 0. */
function randomValues(below: (n: number) => number): Values {
  const values = new Map<number, Value>();
  const rational = () => new Rational(BigInt(below(9) - 4), BigInt(1 + below(3)));
  const pick = (list: readonly bigint[]) => list[below(list.length)]!;
  values.set(n.id, pick([0n, 1n, 2n, 2n, 3n])).set(m.id, pick([0n, 1n, 2n, 2n]));
  const lengths = [0n, 1n, 2n].map(() => pick([0n, 1n, 2n]));
  values.set(e.id, (l) => lengths[l as number]!);
  const table = (make: () => Value): Fn => {
    const known = new Map<Value, Value>();
    return (i) => {
      if (!known.has(i)) known.set(i, make());
      return known.get(i)!;
    };
  };
  for (const x of scalars) values.set(x.id, rational());
  for (const v of vectors) values.set(v.id, table(rational));
  for (const A of matrices)
    values.set(
      A.id,
      table(() => table(rational)),
    );
  values.set(
    blocks.id,
    table(() => table(rational)),
  );
  const size = (k: number) => sizeOf(sorts[k]!, values);
  values.set(shuffle.id, (i) => ((i as number) * (i as number) + 1) % size(0));
  values.set(embed.id, (i) => (2 * (i as number) + 1) % size(2));
  functions.forEach((f, k) => {
    const c = [rational(), rational(), rational(), rational()];
    values.set(f.id, (v) => {
      let total = c[0]!;
      for (let i = 0; i < size(k); i++) {
        const x = (v as Fn)(i) as Rational;
        total = total.add(c[1 + (i % 3)]!.mul(x)).add(c[(i + 2) % 4]!.mul(x).mul(x));
      }
      return total.mul(total);
    });
  });
  return values;
}

/** Terms that spring traps which random ones seldom do. */
export function traps(): readonly Term[] {
  const A = matrices[0]!;
  const f = functions[0]!;
  const g = functions[2]!;
  const u = vectors[0]!;
  const w = vectors[4]!;
  const rows = (q: Term) => sum('r', n, (r) => apply(A, q, r));
  const columns = (q: Term) => sum('r', n, (r) => apply(A, r, q));
  const J = join(
    n,
    m,
    fun('q', Fin(n), (q) => mul(rows(q), columns(q))),
    vectors[2]!,
  );
  const nm = natAdd(n, m);
  return [
    apply(
      g,
      fun('k', Fin(nm), (k) =>
        sum('i', n, (i) => sum('p', n, (p) => mul(delta(k, inl(n, m, i)), apply(J, k), apply(A, i, p)))),
      ),
    ),
    apply(
      f,
      fun('k', Fin(n), (k) => apply(A, k, k)),
    ),
    apply(
      f,
      fun('k', Fin(n), (k) =>
        apply(
          f,
          fun('j', Fin(n), (j) => mul(apply(A, k, j), apply(u, j))),
        ),
      ),
    ),
    sum('i', n, (i) =>
      apply(
        f,
        fun('j', Fin(n), (j) =>
          mul(
            apply(A, i, j),
            sum('k', n, (k) => apply(A, k, i)),
          ),
        ),
      ),
    ),
    sum('k', nm, (k) => mul(apply(J, k), apply(w, k))),
    apply(
      g,
      fun('k', Fin(nm), (k) => sum('i', n, (i) => mul(delta(k, apply(embed, i)), apply(w, k), apply(u, i)))),
    ),
    mul(
      sum('i', n, (i) => apply(u, i)),
      sum('i', n, (i) => apply(u, i)),
    ),
    mul(
      sum('i', n, (i) => apply(u, i)),
      sum('i', n, (i) => apply(u, i)),
      sum('i', n, (i) => apply(A, i, i)),
    ),
    sum('i', n, (i) => mul(delta(i, apply(shuffle, i)), apply(u, i))),
    apply(
      f,
      fun('k', Fin(n), (k) => mul(delta(k, apply(shuffle, k)), apply(u, k))),
    ),
    sum('i', nm, (i) => sum('j', nm, (j) => mul(delta(i, j), apply(w, i), apply(w, j)))),
    sum('i', n, (i) => sum('j', n, (j) => mul(delta(i, j), apply(A, i, j)))),
    sum('i', n, (i) => sum('j', n, (j) => apply(A, i, j))),
    sum('i', n, (i) => sum('j', n, (j) => mul(apply(A, i, j), apply(A, j, i)))),
    sum('i', n, (i) => sum('j', n, (j) => mul(apply(A, i, j), apply(A, i, j)))),
    sum('i', n, () => real(1)),
    sum('i', 0, () => scalars[0]!),
    sum('i', n, (i) =>
      sum('j', n, (j) =>
        mul(delta(apply(shuffle, i), apply(shuffle, j)), delta(apply(shuffle, j), apply(shuffle, i))),
      ),
    ),
    sum('i', nm, () => real(2)),
    inv(sum('i', n, (i) => apply(u, i))),
    inv(real(0)),
    inv(
      mul(
        sum('i', n, (i) => apply(u, i)),
        scalars[0]!,
      ),
    ),
    mul(scalars[0]!, inv(scalars[0]!)),
    inv(inv(add(scalars[0]!, scalars[1]!))),
    sum('l', n, (l) => op('sum', apply(blocks, l))),
    op('sum', unsigma(e, blocks)),
    sum('i', natMul(n, m), (i) => apply(unpair(matrices[1]!), i)),
    sum('i', 2, (i) => sum('j', 2, (j) => mul(delta(i, j), apply(vectors[8]!, j)))),
    sum('i', n, (i) =>
      mul(
        apply(
          f,
          fun('k', Fin(n), (k) => delta(i, k)),
        ),
        apply(u, i),
      ),
    ),
    sum('i', n, (i) => mul(delta(i, apply(shuffle, apply(shuffle, i))), apply(u, apply(shuffle, i)))),
  ].filter((t) => freeVariables(t).every((x) => x.id !== l0.id));
}

export interface Findings {
  readonly terms: number;
  /** normal forms of more than one operation: the fuzz is not vacuous */
  readonly substantial: number;
  readonly unsound: readonly string[];
  readonly notIdempotent: readonly string[];
  readonly missed: readonly string[];
}

/** Normal forms of `count` random terms against exact values, and against rearrangements by known laws. */
export function fuzz(seed: number, count: number, instances = 2, stop = false): Findings {
  const below = generator(seed);
  const terms = new Terms(below);
  const unsound: string[] = [];
  const notIdempotent: string[] = [];
  const missed: string[] = [];
  const fixed = traps();
  let substantial = 0;
  let made = 0;
  while (made < count && !(stop && unsound.length > 0)) {
    const t =
      made < 4 * fixed.length && made < count / 2
        ? fixed[made % fixed.length]!
        : sum('i', dims[below(2)]!, (i) => sum('j', dims[below(4)]!, (j) => terms.scalar([i, j], 3)));
    if (size(t) > 220) continue;
    made++;
    try {
      const normal = normalise(t, 'all');
      if (size(normal) > 6) substantial++;
      for (let r = 0; r < instances; r++) {
        const values = randomValues(below);
        const expected = exactValue(t, values) as Rational;
        const received = exactValue(normal, values) as Rational;
        if (!expected.equals(received)) {
          unsound.push(`${t} is ${expected}, its normal form ${normal} is ${received}`);
          break;
        }
      }
      if (normalise(normal, 'all').id !== normal.id)
        notIdempotent.push(`${t} ⟼ ${normal} ⟼ ${normalise(normal, 'all')}`);
      const other = terms.rearranged(terms.rearranged(t));
      if (normalise(other, 'all').id !== normal.id)
        missed.push(`${t}\n  ${other}\n  ${normal}\n  ${normalise(other, 'all')}`);
    } catch (error) {
      unsound.push(`${t}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { terms: made, substantial, unsound, notIdempotent, missed };
}

const sizesKnown = new Map<Term, number>();
/** The number of operations, binders opened. */
function size(t: Term): number {
  let known = sizesKnown.get(t);
  if (known === undefined) {
    const parts = t.kind === 'lambda' ? [apply(t, fresh('x', t.sort.domain!))] : t.args;
    known = 1 + parts.reduce((s, a) => s + size(a), 0);
    if (sizesKnown.size > 50_000) sizesKnown.clear();
    sizesKnown.set(t, known);
  }
  return known;
}
