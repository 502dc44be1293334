/**
 * The sort of each primitive operation (trusted): what `op` accepts, and what it gives. A rule throws when the arguments do not
 * fit; it may receive terms with dangling indices. The constructors are lent by term.ts, which alone has them.
 */
import { need, refuse } from './intrinsics.ts';
import type { SortShape, TermShape } from './shapes.ts';

/** What term.ts lends. */
export interface Constructors<S, T> {
  readonly Nat: S;
  readonly Real: S;
  readonly Prop: S;
  readonly declare: (name: string, arity: number, rule: (args: readonly T[]) => S) => void;
  readonly fin: (n: T) => S;
  readonly pi: (domain: S, codomain: S, hint: string) => S;
  readonly apply: (f: T, x: T) => T;
  readonly operate: (name: string, args: readonly T[]) => T;
  readonly bound: (index: number, sort: S) => T;
  readonly shift: (term: T, by: number) => T;
  readonly shiftSort: (sort: S, by: number) => S;
}

export function declarePrimitives<S extends SortShape<S, T>, T extends TermShape<S, T>>({
  Nat,
  Real,
  Prop,
  declare,
  fin,
  pi,
  apply,
  operate,
  bound,
  shift,
  shiftSort,
}: Constructors<S, T>): void {
  function expectSort(rule: string, term: T, sort: S): void {
    if (term.sort.id !== sort.id) refuse(`${rule}: expected ${sort} but received ${term} : ${term.sort}`);
  }

  /** name : inputs → output */
  function simple(name: string, inputs: readonly S[], output: S): void {
    declare(name, inputs.length, (args) => {
      for (let i = 0; i < inputs.length; i++) expectSort(name, args[i]!, inputs[i]!);
      return output;
    });
  }

  function expectFunction(rule: string, term: T): S {
    if (term.sort.kind !== 'Pi') refuse(`${rule}: expected a function but received ${term} : ${term.sort}`);
    return term.sort;
  }

  function expectIndexSet(rule: string, sort: S): T {
    if (sort.kind !== 'Fin') refuse(`${rule}: expected an index set but received ${sort}`);
    return sort.dimension!;
  }

  /** The codomain of a function whose values do not depend, in sort, on its argument. */
  function expectPlain(rule: string, term: T): S {
    const sort = expectFunction(rule, term);
    if (sort.codomain === null)
      refuse(
        `${rule}: expected values of one sort but received ${term}, whose values in ${sort} vary in sort`,
      );
    return sort.codomain;
  }

  /** A binder over any sort: `rule` of a function into `output`. */
  function binder(name: string, output: S, onlyIndices: boolean): void {
    declare(name, 1, (args) => {
      const values = expectPlain(name, args[0]!);
      if (values.id !== output.id) refuse(`${name}: expected values in ${output} but received ${values}`);
      if (onlyIndices) expectIndexSet(name, args[0]!.sort.domain!);
      return output;
    });
  }

  simple('true', [], Prop);
  simple('false', [], Prop);
  simple('and', [Prop, Prop], Prop);
  simple('or', [Prop, Prop], Prop);
  simple('imp', [Prop, Prop], Prop);
  simple('le', [Real, Real], Prop);
  simple('lt', [Real, Real], Prop);
  simple('natLe', [Nat, Nat], Prop);
  simple('natLt', [Nat, Nat], Prop);
  simple('add', [Real, Real], Real);
  simple('mul', [Real, Real], Real);
  simple('inv', [Real], Real);
  simple('sqrt', [Real], Real);
  simple('natAdd', [Nat, Nat], Nat);
  simple('natMul', [Nat, Nat], Nat);
  simple('natToReal', [Nat], Real);
  binder('forall', Prop, false);
  binder('exists', Prop, false);
  binder('sum', Real, true);
  binder('natSum', Nat, true);

  declare('eq', 2, (args) => {
    expectSort('eq', args[1]!, args[0]!.sort);
    return Prop;
  });
  // The number 0, 1, …, n − 1 of an index.
  declare('val', 1, (args) => {
    expectIndexSet('val', args[0]!.sort);
    return Nat;
  });
  // Kronecker's delta: 1 for equal indices, else 0.
  declare('delta', 2, (args) => {
    expectIndexSet('delta', args[0]!.sort);
    expectSort('delta', args[1]!, args[0]!.sort);
    return Real;
  });
  // index(n, k): the literal index k of Fin(n), n and k literals.
  declare('index', 2, (args) => {
    const n = args[0]!;
    const k = args[1]!;
    for (let i = 0; i < 2; i++) {
      need(
        args[i]!.kind === 'number' && args[i]!.sort.id === Nat.id,
        () => `index: expected a literal natural but received ${args[i]}`,
      );
    }
    need(
      k.value!.numerator < n.value!.numerator,
      () => `index: expected a number below ${n} but received ${k}`,
    );
    return fin(n);
  });
  // Fin(a + b) is Fin(a), then Fin(b): inl(a, b, i) and inr(a, b, j).
  for (const [name, side] of [
    ['inl', 0],
    ['inr', 1],
  ] as const) {
    declare(name, 3, (args) => {
      expectSort(name, args[0]!, Nat);
      expectSort(name, args[1]!, Nat);
      expectSort(name, args[2]!, fin(args[side]!));
      return fin(operate('natAdd', [args[0]!, args[1]!]));
    });
  }
  // Fin(a · b) is the pairs, row by row: pair(a, b, i, j).
  declare('pair', 4, (args) => {
    expectSort('pair', args[0]!, Nat);
    expectSort('pair', args[1]!, Nat);
    expectSort('pair', args[2]!, fin(args[0]!));
    expectSort('pair', args[3]!, fin(args[1]!));
    return fin(operate('natMul', [args[0]!, args[1]!]));
  });
  // Fin(Σ_l e(l)) is the blocks Fin(e(0)), Fin(e(1)), …: sigma(e, l, i) with i : Fin(e(l)).
  declare('sigma', 3, (args) => {
    const e = args[0]!;
    need(
      expectPlain('sigma', e).id === Nat.id,
      () => `sigma: expected sizes in ℕ but received ${e} : ${e.sort}`,
    );
    expectIndexSet('sigma', e.sort.domain!);
    expectSort('sigma', args[1]!, e.sort.domain!);
    expectSort('sigma', args[2]!, fin(apply(e, args[1]!)));
    return fin(operate('natSum', [e]));
  });
  // join(a, b, u, v): the function on Fin(a + b) that is u on the left and v on the right.
  declare('join', 4, (args) => {
    expectSort('join', args[0]!, Nat);
    expectSort('join', args[1]!, Nat);
    const values = expectPlain('join', args[2]!);
    const others = expectPlain('join', args[3]!);
    need(others.id === values.id, () => `join: expected values in ${values} but received ${others}`);
    for (let i = 0; i < 2; i++) {
      const domain = fin(args[i]!);
      need(
        args[i + 2]!.sort.domain!.id === domain.id,
        () => `join: expected a function on ${domain} but received ${args[i + 2]} : ${args[i + 2]!.sort}`,
      );
    }
    return pi(fin(operate('natAdd', [args[0]!, args[1]!])), shiftSort(values, 1), 'i');
  });
  // unpair(F): Fin(a · b) → X from F : Fin(a) → Fin(b) → X.
  declare('unpair', 1, (args) => {
    const rows = expectPlain('unpair', args[0]!);
    const a = expectIndexSet('unpair', args[0]!.sort.domain!);
    need(
      rows.kind === 'Pi' && rows.codomain !== null,
      () => `unpair: expected a function of two indices but received ${args[0]} : ${args[0]!.sort}`,
    );
    const b = expectIndexSet('unpair', rows.domain!);
    return pi(fin(operate('natMul', [a, b])), shiftSort(rows.codomain, 1), 'i');
  });
  // unsigma(e, F): Fin(Σ_l e(l)) → Real from F : Π(l : Fin n). Fin(e(l)) → Real.
  declare('unsigma', 2, (args) => {
    const e = args[0]!;
    const f = args[1]!;
    need(
      expectPlain('unsigma', e).id === Nat.id,
      () => `unsigma: expected sizes in ℕ but received ${e} : ${e.sort}`,
    );
    const domain = e.sort.domain!;
    expectIndexSet('unsigma', domain);
    const block = fin(apply(shift(e, 1), bound(0, shiftSort(domain, 1))));
    expectSort('unsigma', f, pi(domain, pi(block, Real, 'i'), 'l'));
    return pi(fin(operate('natSum', [e])), Real, 'i');
  });

  /** Real, or a function of indices into such: a number, a vector, a matrix, … */
  function isArraySort(sort: S): boolean {
    if (sort.kind === 'Real') return true;
    return sort.kind === 'Pi' && sort.domain!.kind === 'Fin' && sort.codomain !== null
      ? isArraySort(sort.codomain)
      : false;
  }

  /** f : ℝⁿ → numbers, vectors or matrices. */
  function expectVectorFunction(rule: string, f: T): S {
    const point = expectFunction(rule, f).domain!;
    need(
      point.kind === 'Pi' && point.domain!.kind === 'Fin' && point.codomain?.id === Real.id,
      () => `${rule}: expected a function of a vector but received ${f} : ${f.sort}`,
    );
    const values = expectPlain(rule, f);
    need(isArraySort(values), () => `${rule}: expected values in ℝ, ℝⁿ or ℝᵖˣⁿ but received ${values}`);
    return values;
  }
  // Diff(f, θ): f is (Fréchet) differentiable at θ.
  declare('Diff', 2, (args) => {
    expectVectorFunction('Diff', args[0]!);
    expectSort('Diff', args[1]!, args[0]!.sort.domain!);
    return Prop;
  });
  // partial(f, θ, k): the partial derivative in coordinate k at θ.
  declare('partial', 3, (args) => {
    const values = expectVectorFunction('partial', args[0]!);
    const point = args[0]!.sort.domain!;
    expectSort('partial', args[1]!, point);
    expectSort('partial', args[2]!, point.domain!);
    return values;
  });
}
