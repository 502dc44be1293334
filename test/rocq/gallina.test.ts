import { describe, expect, test } from 'vitest';
import {
  add,
  all,
  and,
  apply,
  arrow,
  Diff,
  dot,
  eq,
  exists,
  Fin,
  fun,
  imp,
  inl,
  le,
  Mat,
  mul,
  Nat,
  nat,
  natAdd,
  natLe,
  natMul,
  natToReal,
  not,
  op,
  or,
  Prop,
  pair,
  partial,
  pi,
  Real,
  real,
  sum,
  type Term,
  Vec,
  val,
  variable,
  vec,
} from '../../src/kernel/build.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { printTerm, sortText } from '../../src/rocq/gallina.ts';
import { filled } from '../../src/rocq/layout.ts';
import { Names, RESERVED } from '../../src/rocq/names.ts';
import { printSentence } from '../../src/rocq/sentences.ts';

const names = (...variables: Term[]) => variables.reduce((known, x) => known.with(x), new Names(RESERVED));
const text = (term: Term, ...variables: Term[]): string =>
  printTerm(term, names(...variables)).text.replaceAll('\u00a0', ' ');

const n = variable('n', Nat);
const m = variable('m', Nat);
const a = variable('a', Real);
const b = variable('b', Real);
const A = variable('A', Prop);
const B = variable('B', Prop);

describe('propositions', () => {
  test.each([
    [or(and(A, B), not(A)), 'A /\\ B \\/ ~ A'],
    [and(or(A, B), A), '(A \\/ B) /\\ A'],
    [and(and(A, B), A), '(A /\\ B) /\\ A'],
    [imp(imp(A, B), A), '(A -> B) -> A'],
    [imp(A, B, A), 'A -> B -> A'],
    [not(not(A)), '~ ~ A'],
    [
      and(
        all('x', Real, (x) => le(x, 1)),
        A,
      ),
      '(forall x : R, x <= 1) /\\ A',
    ],
    [
      imp(
        A,
        all('x', Real, (x) => le(x, 1)),
      ),
      'A -> forall x : R, x <= 1',
    ],
    [
      and(
        A,
        exists('x', Nat, (x) => eq(x, 0)),
      ),
      'A /\\ (exists x : nat, x = 0%N)',
    ],
  ])('%s', (term, expected) => {
    expect(text(term, A, B)).toBe(expected);
  });
});

describe('numbers', () => {
  test.each([
    [le(add(a, mul(b, a)), mul(add(a, b), a)), 'a + b * a <= (a + b) * a'],
    [le(add(a, add(b, a)), mul(a, mul(b, a))), 'a + (b + a) <= a * (b * a)'],
    [le(mul(-1, a), real(new Rational(-3n, 2n))), '- 1 * a <= - 3%:R / 2%:R'],
    [le(op('inv', add(a, b)), op('sqrt', op('inv', a))), '(a + b)^-1 <= Num.sqrt (a^-1)'],
    [natLe(natAdd(n, natMul(m, 2)), natMul(natAdd(n, m), 2)), '(n + m * 2 <= (n + m) * 2)%N'],
    [le(natToReal(natAdd(n, 1)), 3), '(n + 1)%N%:R <= 3%:R'],
    [eq(natAdd(n, 1), m), '(n + 1)%N = m'],
    [
      le(
        mul(
          sum('i', n, () => a),
          b,
        ),
        add(
          sum('i', n, () => mul(a, b)),
          b,
        ),
      ),
      '(\\sum_(i < n) a) * b <= \\sum_(i < n) a * b + b',
    ],
  ])('%s', (term, expected) => {
    expect(text(term, n, m, a, b)).toBe(expected);
  });

  test('each scope is marked inside the other', () => {
    const f = variable('f', arrow(Real, Nat));
    const term = natLe(apply(f, add(a, natToReal(natAdd(n, 1)))), natAdd(n, apply(f, real(1))));
    expect(text(term, n, a, f)).toBe('(f (a + (n + 1)%N%:R)%R <= n + f 1%R)%N');
  });
});

describe('names', () => {
  test('no binder takes the name of one around it, of a definition or of Rocq', () => {
    const x = variable('x', Real);
    const inner = (y: Term) => all('x', Real, (z) => all('R', Real, (w) => and(le(y, z), le(w, x))));
    expect(text(all('x', Real, inner), x)).toBe('forall x1 x2 R1 : R, x1 <= x2 /\\ R1 <= x');
  });

  test('neighbours that are free for reuse keep their names', () => {
    const one = all('x', Real, (x) => le(x, 0));
    expect(text(and(one, one))).toBe('(forall x : R, x <= 0) /\\ (forall x : R, x <= 0)');
  });

  test('marks on letters', () => {
    expect(text(all('f\u0303', Real, (x) => le(x, x)))).toBe('forall f_ : R, f_ <= f_');
    expect(text(all('θ′', Real, (x) => le(x, x)))).toBe("forall θ' : R, θ' <= θ'");
  });

  test('a free variable is refused', () => {
    expect(() => text(le(a, b), a)).toThrow('expected a bound variable but received b');
  });
});

describe('sorts', () => {
  test.each([
    [Mat(n, natAdd(m, 1)), "'I_n -> 'I_(m + 1)%N -> R"],
    [arrow(Vec(n), Vec(3)), "('I_n -> R) -> 'I_3 -> R"],
    [pi(m, arrow(Vec(m), Vec(natAdd(m, n)))), "forall m1 : nat, ('I_m1 -> R) -> 'I_(m1 + n)%N -> R"],
  ])('%s', (sort, expected) => {
    expect(sortText(sort, names(n, m))).toBe(expected);
  });
});

describe('calculus', () => {
  const F = variable('F', arrow(Vec(n), Real));
  const f = variable('f', arrow(Vec(n), Vec(m)));
  const g = variable('g', arrow(Vec(n), Mat(m, m)));
  const t = variable('t', Vec(n));

  test('real and vector values', () => {
    expect(text(and(Diff(F, t), Diff(f, t)), n, m, F, f, t)).toBe('Diff F t /\\ Diff_vec f t');
    const all2 = all('k', Fin(n), (k) =>
      eq(partial(F, t, k), apply(partial(f, t, k), variable('c', Fin(m)))),
    );
    expect(text(all2, n, m, F, f, t, variable('c', Fin(m)))).toBe(
      "forall k : 'I_n, partial F t k = partial_vec f t k c",
    );
  });

  test('matrix values have no name in the interpretation', () => {
    expect(() => text(Diff(g, t), n, m, g, t)).toThrow('an operation of the interpretation');
  });
});

describe('dimensions that the kernel takes for equal and Rocq does not', () => {
  const v = variable('v', Vec(natAdd(m, n)));
  const w = variable('w', Vec(natAdd(n, m)));

  test('an index is cast', () => {
    const i = variable('i', Fin(n));
    expect(text(eq(apply(v, inl(n, m, i)), 0), n, m, v, i)).toBe(
      'v (cast_ord (ltac:(dimension) : (n + m = m + n)%N) (@lshift n m i)) = 0',
    );
  });

  test('a function is cast at its argument', () => {
    expect(text(eq(v, w), n, m, v, w)).toBe(
      "v = (fun x : 'I_(m + n)%N => w (cast_ord (ltac:(dimension) : (m + n = n + m)%N) x))",
    );
  });

  test('where the spelling is the same nothing is cast', () => {
    const p = all('i', Fin(n), (i) => all('j', Fin(m), (j) => eq(val(pair(n, m, i, j)), nat(0))));
    expect(text(p, n, m)).not.toContain('cast');
    expect(text(le(dot(v, v), 0), n, m, v)).toBe('\\sum_(k < (m + n)%N) v k * v k <= 0');
  });
});

test('a sentence in parts', () => {
  const sentence = all('x', Real, (x) =>
    all('y', Real, (y) =>
      all('v', Vec(2), (v) =>
        imp(
          le(x, y),
          not(
            eq(
              v,
              vec('i', 2, () => x),
            ),
          ),
          le(x, 0),
        ),
      ),
    ),
  );
  expect(printSentence(sentence, new Names(RESERVED))).toEqual({
    binders: ['(x y : R)', "(v : 'I_2 -> R)"],
    hypotheses: ['x <= y', "~ v = (fun\u00a0i\u00a0:\u00a0'I_2 => x)"],
    conclusion: 'x <= 0',
  });
});

test('a function that is no abstraction is written out below a binder', () => {
  const P = variable('P', arrow(Real, Prop));
  expect(text(op('forall', P), P)).toBe('forall x : R, P x');
  expect(
    text(
      all('x', Real, (x) =>
        apply(
          fun('y', Real, (y) => le(y, x)),
          x,
        ),
      ),
    ),
  ).toBe('forall x : R, x <= x');
});

test('lines are at most 98 characters long, and none is lost', () => {
  const words = Array.from({ length: 200 }, (_, i) => (i % 7 === 0 ? '->' : 'x'.repeat((i % 11) + 1)));
  const lines = filled(words.join(' '), '  ').split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(98);
  expect(
    lines
      .join(' ')
      .split(/ +/)
      .filter((word) => word !== ''),
  ).toEqual(words);
});
