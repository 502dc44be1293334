import { describe, expect, test } from 'vitest';
import {
  add,
  all,
  and,
  apply,
  arrow,
  arrows,
  eq,
  exists,
  Fin,
  fun,
  lambda,
  lambdas,
  le,
  lt,
  Mat,
  mul,
  Nat,
  nat,
  natAdd,
  natMul,
  op,
  Prop,
  pi,
  Real,
  real,
  substitute,
  sum,
  Vec,
  val,
  variable,
} from '../../src/kernel/build.ts';
import { Rational } from '../../src/kernel/rational.ts';
import {
  codomainAt,
  define,
  definitionOf,
  freeVariables,
  fresh,
  KernelError,
  levelVariable,
  replace,
  type Sort,
  type Term,
  unfold,
} from '../../src/kernel/term.ts';

const n = variable('n', Nat);
const m = variable('m', Nat);
const x = variable('x', Real);
const y = variable('y', Real);
const p = variable('p', Prop);
const i = variable('i', Fin(n));
const j = variable('j', Fin(m));
const v = variable('v', Vec(n));
const A = variable('A', Mat(m, n));
const F = variable('F', arrow(Vec(n), Vec(m)));
const d = variable('d', arrow(Nat, Nat));
const e = fun('l', Fin(n), (l) => apply(d, val(l)));
const l = variable('l', Nat);

describe('ill-sorted terms cannot be built', () => {
  const misuse: readonly (readonly [string, () => unknown, string])[] = [
    ['and', () => op('and', p, x), 'and: expected Prop but received x : ℝ'],
    ['or', () => op('or', x, p), 'or: expected Prop but received x : ℝ'],
    ['imp', () => op('imp', p, n), 'imp: expected Prop but received n : ℕ'],
    ['le', () => op('le', x, n), 'le: expected ℝ but received n : ℕ'],
    ['lt', () => op('lt', p, x), 'lt: expected ℝ but received p : Prop'],
    ['natLe', () => op('natLe', n, x), 'natLe: expected ℕ but received x : ℝ'],
    ['natLt', () => op('natLt', i, n), 'natLt: expected ℕ but received i : Fin(n)'],
    ['add', () => op('add', x, v), 'add: expected ℝ but received v : (Fin(n) → ℝ)'],
    ['mul', () => op('mul', x), 'mul: expected 2 arguments but received 1'],
    ['inv', () => op('inv', n), 'inv: expected ℝ but received n : ℕ'],
    ['sqrt', () => op('sqrt', v), 'sqrt: expected ℝ but received v : (Fin(n) → ℝ)'],
    ['natAdd', () => op('natAdd', n, x), 'natAdd: expected ℕ but received x : ℝ'],
    ['natMul', () => op('natMul', i, n), 'natMul: expected ℕ but received i : Fin(n)'],
    ['natToReal', () => op('natToReal', x), 'natToReal: expected ℕ but received x : ℝ'],
    ['forall', () => op('forall', v), 'forall: expected values in Prop but received ℝ'],
    ['exists', () => op('exists', x), 'exists: expected a function but received x : ℝ'],
    [
      'sum',
      () =>
        op(
          'sum',
          fun('z', Real, (z) => z),
        ),
      'sum: expected an index set but received ℝ',
    ],
    ['sum of vectors', () => op('sum', A), 'sum: expected values in ℝ but received (Fin(n) → ℝ)'],
    ['natSum', () => op('natSum', v), 'natSum: expected values in ℕ but received ℝ'],
    ['eq', () => op('eq', i, j), 'eq: expected Fin(n) but received j : Fin(m)'],
    ['val', () => op('val', n), 'val: expected an index set but received ℕ'],
    ['delta', () => op('delta', i, j), 'delta: expected Fin(n) but received j : Fin(m)'],
    ['index', () => op('index', nat(2), nat(2)), 'index: expected a number below 2 but received 2'],
    ['index of n', () => op('index', n, nat(0)), 'index: expected a literal natural but received n'],
    ['inl', () => op('inl', n, m, j), 'inl: expected Fin(n) but received j : Fin(m)'],
    ['inr', () => op('inr', n, m, i), 'inr: expected Fin(m) but received i : Fin(n)'],
    ['pair', () => op('pair', n, m, j, i), 'pair: expected Fin(n) but received j : Fin(m)'],
    ['sigma', () => op('sigma', v, i, i), 'sigma: expected sizes in ℕ but received v : (Fin(n) → ℝ)'],
    ['sigma index', () => op('sigma', e, j, i), 'sigma: expected Fin(n) but received j : Fin(m)'],
    ['sigma entry', () => op('sigma', e, i, i), 'sigma: expected Fin(d(val(i))) but received i : Fin(n)'],
    ['join', () => op('join', n, n, v, A), 'join: expected values in ℝ but received (Fin(n) → ℝ)'],
    [
      'join domain',
      () => op('join', m, n, v, v),
      'join: expected a function on Fin(m) but received v : (Fin(n) → ℝ)',
    ],
    [
      'unpair',
      () => op('unpair', v),
      'unpair: expected a function of two indices but received v : (Fin(n) → ℝ)',
    ],
    ['unsigma', () => op('unsigma', e, v), 'unsigma: expected'],
    ['Diff', () => op('Diff', v, v), 'Diff: expected a function of a vector but received v : (Fin(n) → ℝ)'],
    [
      'Diff point',
      () => op('Diff', F, apply(A, j)) && op('Diff', F, x),
      'Diff: expected (Fin(n) → ℝ) but received x',
    ],
    ['partial', () => op('partial', F, v, j), 'partial: expected Fin(n) but received j : Fin(m)'],
    [
      'partial of a number',
      () =>
        op(
          'partial',
          fun('z', Real, (z) => z),
          x,
          i,
        ),
      'partial: expected a function of a vector',
    ],
    ['apply', () => apply(x, y), 'apply: expected a function but received x : ℝ'],
    ['apply index', () => apply(v, j), 'apply v: expected an argument in Fin(n) but received j : Fin(m)'],
    ['Fin', () => Fin(x), 'Fin: expected a term of sort ℕ but received x : ℝ'],
    ['lambda', () => lambda(real(1), x), 'lambda: expected a variable but received 1'],
    ['nat', () => nat(-1), 'nat: expected a natural number but received -1'],
    ['real', () => real(0.5), 'real: expected an exact integer but received 0.5'],
    ['real of NaN', () => real(Number.NaN), 'real: expected an exact integer but received NaN'],
    ['unknown', () => op('constructor', x), 'operation: expected a known operation but received constructor'],
    ['prototype', () => op('__proto__'), 'operation: expected a known operation but received __proto__'],
    [
      'variable',
      () => variable('a b', Real),
      'variable: expected a name of letters and digits but received "a b"',
    ],
    [
      'reserved',
      () => variable('#0', Real),
      'variable: expected a name of letters and digits but received "#0"',
    ],
    ['fresh', () => fresh('', Real), 'fresh: expected a name of letters and digits but received ""'],
  ];

  test.each(misuse)('%s', (_, build, message) => {
    expect(build).toThrow(KernelError);
    expect(build).toThrow(message);
  });

  test('a matrix product of mismatched sizes', () => {
    expect(() => sum('k', m, (k) => mul(apply(A, j, k), apply(v, k)))).toThrow(KernelError);
  });
});

describe('identity', () => {
  test('is α-equivalence', () => {
    const dotted = (name: string) => sum(name, n, (k) => mul(apply(v, k), apply(v, k)));
    expect(dotted('k').id).toBe(dotted('l').id);
    expect(lambda(x, add(x, y)).id).toBe(fun('z', Real, (z) => add(z, y)).id);
    expect(lambda(x, add(x, y)).id).not.toBe(lambda(y, add(x, y)).id);
    expect(lambdas([x, y], add(x, y)).id).not.toBe(lambdas([y, x], add(x, y)).id);
    expect(lambdas([x, y], add(x, y)).id).toBe(lambdas([y, x], add(y, x)).id);
  });

  test('keeps the names of binders', () => {
    expect(String(fun('k', Fin(n), (k) => apply(v, k)))).toContain('k ↦');
    expect(String(fun('l', Fin(n), (k) => apply(v, k)))).toContain('l ↦');
  });

  test('of sorts is modulo the arithmetic of naturals, at every depth', () => {
    const same = (a: Sort, b: Sort) => expect(a.id).toBe(b.id);
    const differ = (a: Sort, b: Sort) => expect(a.id).not.toBe(b.id);
    same(Fin(natAdd(n, m)), Fin(natAdd(m, n)));
    same(Fin(natMul(n, natAdd(m, 1))), Fin(natAdd(natMul(m, n), n)));
    same(Fin(apply(d, natAdd(n, m, 0))), Fin(apply(d, natAdd(m, n))));
    same(Vec(natAdd(1, 1)), Vec(2));
    differ(Fin(natAdd(n, m)), Fin(natMul(n, m)));
    differ(Fin(natAdd(n, n)), Fin(natMul(n, n)));
    differ(Fin(apply(d, n)), Fin(apply(d, m)));
    differ(Fin(natAdd(n, 1)), Fin(n));
    same(Fin(natMul(natMul(2, n), natMul(3, m))), Fin(natMul(6, n, m)));
    differ(Fin(natMul(natMul(2, n), natMul(3, m))), Fin(natMul(n, m)));
    differ(Fin(natMul(2, 3)), Fin(nat(5)));
    same(Fin(val(op('inr', n, m, j))), Fin(natAdd(val(j), n)));
  });

  test('the same name at two sorts is two variables', () => {
    expect(variable('x', Nat).id).not.toBe(x.id);
    expect(variable('x', Real).id).toBe(x.id);
    expect(fresh('x', Real).id).not.toBe(x.id);
    expect(levelVariable(0, Real).id).toBe(levelVariable(0, Real).id);
    expect(levelVariable(0, Real).id).not.toBe(levelVariable(1, Real).id);
  });
});

describe('binders capture nothing', () => {
  test('substitution under a binder', () => {
    // (∃y. x < y)[x := y] is ∃y′. y < y′
    const claim = exists('y', Real, (z) => lt(x, z));
    const moved = substitute(claim, [x], [y]);
    expect(moved.id).toBe(exists('w', Real, (z) => lt(y, z)).id);
    expect(moved.id).not.toBe(exists('w', Real, (z) => lt(z, z)).id);
    expect(freeVariables(moved)).toEqual([y]);
  });

  test('β-reduction under binders', () => {
    const f = lambdas([x, y], lt(x, y));
    expect(apply(f, y).id).toBe(fun('z', Real, (z) => lt(y, z)).id);
    expect(apply(f, y, x).id).toBe(lt(y, x).id);
    const twice = fun('g', arrow(Real, Real), (g) => fun('a', Real, (a) => apply(g, apply(g, a))));
    expect(
      apply(
        twice,
        fun('b', Real, (b) => add(b, y)),
        x,
      ).id,
    ).toBe(add(add(x, y), y).id);
  });

  test('replacement of free variables, all at once', () => {
    expect(replace(lt(x, y), [x, y], [y, x]).id).toBe(lt(y, x).id);
    expect(
      replace(
        exists('y', Real, (z) => lt(x, z)),
        [x],
        [y],
      ).id,
    ).toBe(exists('w', Real, (z) => lt(y, z)).id);
    expect(replace(apply(v, i), [n, v, i], [m, variable('u', Vec(m)), j]).id).toBe(
      apply(variable('u', Vec(m)), j).id,
    );
    expect(() => replace(apply(v, i), [n], [m])).toThrow(
      'replace: expected no replaced variable in the sort of',
    );
    expect(() => replace(lt(x, y), [x], [n])).toThrow('replace: expected a term in ℝ but received n : ℕ');
    expect(() => replace(lt(x, y), [x, y], [y])).toThrow('replace: expected 2 terms but received 1');
    let reads = 0;
    const lying = new Proxy([y], {
      get: (t, key) => (key === '0' && reads++ > 0 ? real(reads) : Reflect.get(t, key)),
    });
    expect(replace(eq(x, x), [x], lying).id).toBe(eq(y, y).id);
  });

  test('simultaneous substitution swaps', () => {
    expect(substitute(lt(x, y), [x, y], [y, x]).id).toBe(lt(y, x).id);
  });

  test('a variable is not bound while another sort mentions it', () => {
    expect(() => lambda(n, eq(v, v))).toThrow(
      'lambda: expected n to be free for binding but it occurs in the sort of v',
    );
    expect(() => op('forall', lambda(n, le(apply(v, i), 0)))).toThrow(KernelError);
    expect(() => pi(n, Vec(val(i)))).toThrow('pi: expected n to be free for binding');
    expect(freeVariables(lambdas([n, v, i], apply(v, i)))).toEqual([]);
  });

  test('dependent functions', () => {
    const family = variable('h', pi(l, Vec(apply(d, l))));
    expect(apply(family, natAdd(n, m)).sort.id).toBe(Vec(apply(d, natAdd(m, n))).id);
    expect(codomainAt(family.sort, nat(3)).id).toBe(Vec(apply(d, nat(3))).id);
    expect(() => apply(family, nat(0), apply(variable('k', arrow(Nat, Fin(n))), nat(0)))).toThrow(
      KernelError,
    );
    expect(() => op('forall', family)).toThrow('forall: expected values of one sort');
    const body = fun('l', Nat, (at) => apply(family, at));
    expect(body.sort.id).toBe(family.sort.id);
    expect(pi(l, Vec(n)).id).toBe(arrow(Nat, Vec(n)).id);
  });

  test('a sort below two binders is shifted', () => {
    const made = all('n', Nat, (a) =>
      all('v', Vec(a), (w) => all('m', Nat, () => all('k', Fin(a), (k) => le(apply(w, k), 0)))),
    );
    expect(freeVariables(made)).toEqual([]);
    const instance = apply(made.args[0]!, natAdd(n, 1));
    expect(instance.id).toBe(
      all('v', Vec(natAdd(n, 1)), (w) =>
        all('m', Nat, () => all('k', Fin(natAdd(1, n)), (k) => le(apply(w, k), 0))),
      ).id,
    );
  });
});

describe('val computes', () => {
  test('on constructed indices', () => {
    expect(val(op('inl', n, m, i)).id).toBe(val(i).id);
    expect(val(op('inr', n, m, j)).id).toBe(natAdd(n, val(j)).id);
    expect(val(op('pair', n, m, i, j)).id).toBe(natAdd(natMul(val(i), m), val(j)).id);
    expect(val(op('index', nat(3), nat(2))).id).toBe(nat(2).id);
    // also when the index arrives by substitution
    expect(
      apply(
        fun('k', Fin(nat(3)), (k) => val(k)),
        op('index', nat(3), nat(1)),
      ).id,
    ).toBe(nat(1).id);
  });
});

describe('definitions', () => {
  test('unfold to their body', () => {
    define('testSquare', 1, lambda(x, mul(x, x)));
    expect(unfold(op('testSquare', add(y, 1))).id).toBe(mul(add(y, 1), add(y, 1)).id);
    expect(op('testSquare', y).sort.id).toBe(Real.id);
    expect(definitionOf('testSquare')!.arity).toBe(1);
    expect(definitionOf('add')).toBeNull();
    expect(() => unfold(add(x, y))).toThrow('unfold: expected a defined operation');
    expect(() => op('testSquare', n)).toThrow('testSquare: expected argument 1 in ℝ but received n : ℕ');
  });

  test('have sorts that depend on arguments', () => {
    define(
      'testZero',
      1,
      lambda(
        n,
        fun('k', Fin(n), () => real(0)),
      ),
    );
    expect(op('testZero', natAdd(m, 1)).sort.id).toBe(Vec(natAdd(1, m)).id);
  });

  test('are closed, new, and not of a primitive', () => {
    expect(() => define('testOpen', 1, lambda(x, y))).toThrow(
      'define testOpen: expected a closed body but received free y',
    );
    expect(() => define('add', 0, real(0))).toThrow('define: expected a new name but received add');
    expect(() => define('false', 0, op('true'))).toThrow(KernelError);
    define('testOne', 0, real(1));
    expect(() => define('testOne', 0, real(1))).not.toThrow();
    expect(() => define('testOne', 0, real(2))).toThrow('define: expected a new name but received testOne');
    expect(() => define('testTwo', 1, real(2))).toThrow(
      'define testTwo: expected 1 abstractions but received 0',
    );
    expect(() => define('__proto__ ', 0, real(2))).toThrow(KernelError);
  });

  test('cannot refer to themselves', () => {
    expect(() => define('testLoop', 0, op('testLoop'))).toThrow(
      'expected a known operation but received testLoop',
    );
  });
});

describe('literals', () => {
  test('are rationals', () => {
    expect(real(new Rational(2n, 4n)).id).toBe(real(new Rational(1n, 2n)).id);
    expect(real(2).id).not.toBe(nat(2).id);
    expect(String(and(eq(real(1), 1), eq(n, 2)))).toBe('and(eq(1, 1), eq(n, 2))');
  });
});

test('every array of arguments is read once, by index', () => {
  const args = [x, y] as unknown as [Term, Term];
  const made = op('add', ...args);
  args[0] = n;
  expect(made.args[0]).toBe(x);
  expect(() => (made.args as Term[]).push(x)).toThrow(TypeError);
  expect(arrows(Nat, Real, Prop).codomain!.codomain!.kind).toBe('Prop');
});
