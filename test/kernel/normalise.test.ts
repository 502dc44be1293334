import { describe, expect, test, vi } from 'vitest';
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
  Mat,
  mul,
  Nat,
  nat,
  natAdd,
  natMul,
  natToReal,
  op,
  Real,
  real,
  sub,
  sum,
  type Term,
  unpair,
  Vec,
  variable,
} from '../../src/kernel/build.ts';
import { normalise } from '../../src/kernel/normalise.ts';
import { define, lambda, levelVariable } from '../../src/kernel/term.ts';
import { traps } from './normaliser-fuzz.ts';

// EVERYMIN_FUZZ=100000 for the extended run.
const COUNT = Number(process.env.EVERYMIN_FUZZ ?? 2500);
const CHUNK = 5000;

const n = variable('n', Nat);
const m = variable('m', Nat);
const p = variable('p', Nat);
const x = variable('x', Real);
const y = variable('y', Real);
const u = variable('u', Vec(n));
const v = variable('v', Vec(n));
const A = variable('A', Mat(n, m));
const B = variable('B', Mat(m, p));
const C = variable('C', Mat(p, n));
const f = variable('f', arrow(Vec(n), Real));
const i = variable('i', Fin(n));
const j = variable('j', Fin(n));
const same = (a: Term, b: Term) => normalise(a, 'all').id === normalise(b, 'all').id;

describe('normal forms', () => {
  test(`of ${COUNT} random terms have the values of the terms`, async () => {
    let terms = 0;
    let substantial = 0;
    for (let seed = 0; terms < COUNT; seed++) {
      // Terms are interned for good, so a long run takes a new kernel from time to time.
      if (seed > 0) vi.resetModules();
      const fresh: typeof import('./normaliser-fuzz.ts') = await import('./normaliser-fuzz.ts');
      const found = fresh.fuzz(20_240_817 + seed, Math.min(CHUNK, COUNT - terms));
      terms += found.terms;
      substantial += found.substantial;
      expect(found.unsound).toEqual([]);
      expect(found.notIdempotent).toEqual([]);
      expect(found.missed).toEqual([]);
    }
    expect(terms).toBe(COUNT);
    expect(substantial).toBeGreaterThan(COUNT / 2);
  }, 3_600_000);

  test('are the same in every run, whatever was normalised before', () => {
    for (const t of traps())
      expect(String(normalise(t, 'all'))).toBe(String(normalise(normalise(t, 'all'), 'all')));
  });

  test('refuse the variables of normal forms', () => {
    expect(() => normalise(apply(u, levelVariable(0, Fin(n))))).toThrow(
      'normalise: expected no variable of a normal form but received #0',
    );
    expect(() => normalise(fun('i', levelVariable(3, Real).sort, () => levelVariable(3, Real)))).toThrow(
      '#3',
    );
  });

  test('unfold what is asked for, and nothing else', () => {
    define('testTwice', 1, lambda(x, add(x, x)));
    define('testFour', 1, lambda(x, op('testTwice', op('testTwice', x))));
    const four = op('testFour', y);
    expect(String(normalise(four))).toBe('testFour(y)');
    expect(String(normalise(four, ['testFour']))).toBe('testTwice(testTwice(y))');
    expect(String(normalise(four, ['testTwice']))).toBe('testFour(y)');
    expect(String(normalise(four, 'all'))).toBe('mul(4, y)');
    expect(String(normalise(four, ['testTwice', 'testFour']))).toBe('mul(4, y)');
  });
});

describe('laws that are seen', () => {
  const matrix = (a: Term, b: Term, rows: Term, columns: Term, inner: Term) =>
    fun('i', Fin(rows), (r) =>
      fun('j', Fin(columns), (c) => sum('k', inner, (k) => mul(apply(a, r, k), apply(b, k, c)))),
    );
  const trace = (M: Term, size: Term) => sum('i', size, (k) => apply(M, k, k));
  const laws: readonly (readonly [string, Term, Term])[] = [
    ['distribution', mul(x, add(x, y)), add(mul(x, x), mul(y, x))],
    ['a binomial', mul(add(x, y), add(x, y)), add(mul(x, x), mul(2, x, y), mul(y, y))],
    [
      'exchange of sums',
      sum('a', n, (a) => sum('b', m, (b) => apply(A, a, b))),
      sum('b', m, (b) => sum('a', n, (a) => apply(A, a, b))),
    ],
    [
      'linearity',
      sum('a', n, (a) => add(apply(u, a), mul(x, apply(v, a)))),
      add(
        sum('a', n, (a) => apply(u, a)),
        mul(
          x,
          sum('a', n, (a) => apply(v, a)),
        ),
      ),
    ],
    [
      'associativity of matrix products',
      apply(matrix(matrix(A, B, n, p, m), C, n, n, p), i, j),
      apply(matrix(A, matrix(B, C, m, n, p), n, n, m), i, j),
    ],
    [
      'trace(ABC) = trace(CAB)',
      trace(matrix(matrix(A, B, n, p, m), C, n, n, p), n),
      trace(matrix(matrix(C, A, p, m, n), B, p, p, m), p),
    ],
    ['contraction', sum('a', n, (a) => mul(delta(a, j), apply(u, a))), apply(u, j)],
    ['δ² = δ', mul(delta(i, j), delta(j, i)), delta(i, j)],
    ['δ moves an index', mul(delta(i, j), apply(u, i)), mul(delta(i, j), apply(u, j))],
    ['a constant sum', sum('a', n, () => x), mul(natToReal(n), x)],
    ['a sum over nothing', sum('a', 0, () => x), real(0)],
    [
      'a sum over a literal',
      sum('a', 2, (a) => apply(variable('w', Vec(2)), a)),
      add(apply(variable('w', Vec(2)), index(2, 0)), apply(variable('w', Vec(2)), index(2, 1))),
    ],
    [
      'one index',
      apply(variable('w', Vec(1)), variable('z', Fin(nat(1)))),
      apply(variable('w', Vec(1)), index(1, 0)),
    ],
    [
      'blocks',
      sum('a', natAdd(n, m), (a) => apply(join(n, m, u, variable('w', Vec(m))), a)),
      add(
        sum('a', n, (a) => apply(u, a)),
        sum('a', m, (a) => apply(variable('w', Vec(m)), a)),
      ),
    ],
    [
      'pairs',
      sum('a', natMul(n, m), (a) => apply(unpair(A), a)),
      sum('a', n, (a) => sum('b', m, (b) => apply(A, a, b))),
    ],
    ['η', fun('a', Fin(n), (a) => apply(u, a)), u],
    [
      'arguments',
      apply(
        f,
        fun('a', Fin(n), (a) => add(apply(u, a), apply(v, a))),
      ),
      apply(
        f,
        fun('a', Fin(n), (a) => add(apply(v, a), apply(u, a))),
      ),
    ],
    ['1/(1/x)', inv(inv(x)), x],
    ['1/(xy)', inv(mul(x, y)), mul(inv(y), inv(x))],
    ['1/0', inv(real(0)), real(0)],
    ['naturals', natToReal(natMul(natAdd(n, 1), n)), add(mul(natToReal(n), natToReal(n)), natToReal(n))],
  ];
  test.each(laws)('%s', (_, a, b) => {
    expect(same(a, b)).toBe(true);
    if (a.sort.kind === 'Real') expect(same(a, add(b, 1))).toBe(false);
  });
});

describe('what is not so is not seen', () => {
  const w = variable('w', Vec(m));
  const k = variable('k', Fin(m));
  const falsehoods: readonly (readonly [string, Term, Term])[] = [
    ['x · 1/x = 1', mul(x, inv(x)), real(1)],
    ['1/(x + y)', inv(add(x, y)), add(inv(x), inv(y))],
    [
      'the square of a sum',
      mul(
        sum('a', n, (a) => apply(u, a)),
        sum('a', n, (a) => apply(u, a)),
      ),
      sum('a', n, (a) => mul(apply(u, a), apply(u, a))),
    ],
    ['a sum of ones over n and over m', sum('a', n, () => real(1)), sum('a', m, () => real(1))],
    ['a sum over what may be empty is its body', sum('a', n, () => x), x],
    [
      'trace(AB) = Σ A_ij B_ij',
      sum('a', n, (a) =>
        sum('b', n, (b) => mul(apply(variable('M', Mat(n, n)), a, b), apply(variable('M', Mat(n, n)), b, a))),
      ),
      sum('a', n, (a) =>
        sum('b', n, (b) => mul(apply(variable('M', Mat(n, n)), a, b), apply(variable('M', Mat(n, n)), a, b))),
      ),
    ],
    [
      'a captured index',
      sum('a', n, (a) =>
        apply(
          f,
          fun('b', Fin(n), (b) => mul(apply(u, a), apply(u, b))),
        ),
      ),
      sum('a', n, () =>
        apply(
          f,
          fun('b', Fin(n), (b) => mul(apply(u, b), apply(u, b))),
        ),
      ),
    ],
    [
      'functions are not linear',
      apply(
        f,
        fun('a', Fin(n), (a) => mul(2, apply(u, a))),
      ),
      mul(2, apply(f, u)),
    ],
    ['inl and inr of another split', delta(inl(n, m, i), inr(m, n, j)), real(0)],
    ['join read with another split', apply(join(n, m, u, w), inl(m, n, k)), apply(w, k)],
    ['a difference', sub(x, y), sub(y, x)],
  ];
  test.each(falsehoods)('%s', (_, a, b) => {
    expect(same(a, b)).toBe(false);
  });
});
