import { describe, expect, test } from 'vitest';
import {
  add,
  all,
  and,
  apply,
  arrow,
  arrows,
  div,
  eq,
  exists,
  Fin,
  fun,
  iff,
  imp,
  le,
  lt,
  Mat,
  mul,
  Nat,
  nat,
  natAdd,
  neg,
  not,
  or,
  partial,
  pi,
  Real,
  real,
  scale,
  sqrt,
  sub,
  sum,
  type Term,
  Vec,
  val,
  variable,
  vecAdd,
} from '../../src/kernel/build.ts';
import { isInf, isMin } from '../../src/kernel/notions.ts';
import { printLatex } from '../../src/kernel/print-latex.ts';
import { printText } from '../../src/kernel/print-text.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { fresh } from '../../src/kernel/term.ts';

const x = variable('x', Real);
const y = variable('y', Real);
const z = variable('z', Real);
const n = variable('n', Nat);
const v = variable('v', Vec(n));
const w = variable('w', Vec(n));
const A = variable('A', Mat(n, n));
const f = variable('f', arrow(Vec(n), Real));
const k = variable('k', Fin(n));
const p = lt(x, y);
const q = le(y, z);

describe('text', () => {
  const written: readonly (readonly [Term, string])[] = [
    [add(x, mul(y, z)), 'x + y z'],
    [mul(add(x, y), z), '(x + y)·z'],
    [mul(x, add(y, z)), 'x·(y + z)'],
    [sub(x, sub(y, z)), 'x − (y − z)'],
    [sub(sub(x, y), z), 'x − y − z'],
    [add(x, add(y, z)), 'x + y + z'],
    [neg(add(x, y)), '−(x + y)'],
    [sub(x, neg(y)), 'x − (−y)'],
    [div(x, mul(y, z)), 'x/(y z)'],
    [mul(real(new Rational(1n, 2n)), x), '1/2·x'],
    [mul(real(-3), x), '−3·x'],
    [mul(x, real(-3)), 'x·(−3)'],
    [add(x, real(-3)), 'x − 3'],
    [sqrt(add(x, 1)), '√(x + 1)'],
    [imp(p, q, p), 'x < y ⇒ y ≤ z ⇒ x < y'],
    [imp(imp(p, q), p), '(x < y ⇒ y ≤ z) ⇒ x < y'],
    [and(or(p, q), p), '(x < y ∨ y ≤ z) ∧ x < y'],
    [or(and(p, q), p), 'x < y ∧ y ≤ z ∨ x < y'],
    [iff(p, q), 'x < y ⇔ y ≤ z'],
    [not(p), '¬(x < y)'],
    [not(eq(x, y)), 'x ≠ y'],
    [sum('i', n, (i) => mul(apply(v, i), apply(w, i))), 'Σ_{i=1}^n v_i w_i'],
    [
      add(
        sum('i', n, (i) => apply(v, i)),
        x,
      ),
      'Σ_{i=1}^n v_i + x',
    ],
    [sum('i', n, (i) => add(apply(v, i), x)), 'Σ_{i=1}^n (v_i + x)'],
    [
      mul(
        sum('i', n, (i) => apply(v, i)),
        x,
      ),
      '(Σ_{i=1}^n v_i)·x',
    ],
    [
      mul(
        x,
        sum('i', n, (i) => apply(v, i)),
      ),
      'x Σ_{i=1}^n v_i',
    ],
    [sum('i', natAdd(n, 1), (i) => apply(variable('a', arrow(Nat, Real)), val(i))), 'Σ_{i=0}^n a_i'],
    [apply(A, k, k), 'A_{kk}'],
    [partial(f, vecAdd(v, scale(x, w)), k), '∂_k f(v + x w)'],
    [
      partial(
        fun('t', Vec(n), (t) => mul(x, apply(f, t))),
        v,
        k,
      ),
      '∂_k [t ↦ x f(t)](v)',
    ],
    [all('ε', Real, (e) => imp(lt(0, e), le(x, e))), '∀ε > 0. x ≤ ε'],
    [exists('ε', Real, (e) => and(le(0, e), lt(e, x), p)), '∃ε ∈ [0, x). x < y'],
    [
      all('i', Fin(n), (i) => exists('t', Vec(n), (t) => eq(apply(t, i), 0))),
      '∀i ∈ {1..n} ∃t ∈ ℝ^n. t_i = 0',
    ],
    [
      isInf(
        x,
        fun('c', Real, (c) => exists('t', Vec(n), (t) => eq(c, apply(f, t)))),
      ),
      'x = inf { f(t) : t ∈ ℝ^n }',
    ],
    [
      isMin(
        x,
        fun('c', Real, (c) => exists('t', Vec(n), (t) => eq(c, apply(f, t)))),
      ),
      'x = min { f(t) : t ∈ ℝ^n }',
    ],
  ];
  test.each(written)('%#: $1', (term, text) => {
    expect(printText(term as Term)).toBe(text);
  });
});

describe('names', () => {
  test('a binder that would clash with a variable of its body is renamed', () => {
    expect(printText(exists('x', Real, (t) => lt(x, t)))).toBe('∃x′ ∈ ℝ. x < x′');
    expect(printText(all('x', Real, (a) => all('x', Real, (b) => lt(a, b))))).toBe('∀x ∈ ℝ ∀x′ ∈ ℝ. x < x′');
    expect(printText(all('x', Real, () => all('x', Real, (b) => lt(b, 0))))).toBe('∀x ∈ ℝ ∀x ∈ ℝ. x < 0');
  });
  test('two free variables with one name are told apart', () => {
    const other = fresh('x', Real);
    expect(new Set(printText(lt(x, other)).split(' < ')).size).toBe(2);
  });
});

describe('LaTeX', () => {
  const written: readonly (readonly [Term, string])[] = [
    [variable('θ', Real), '\\theta'],
    [variable("θ'", Real), '\\theta^{\\prime}'],
    [variable('ε₀', Real), '\\varepsilon_{0}'],
    [variable('dθ', Nat), 'd_{\\theta}'],
    [variable('f̃', Real), '\\tilde{f}'],
    [variable('rate', Real), '\\mathit{rate}'],
    [variable('a_b_c', Real), '\\mathit{a \\_ b \\_ c}'],
    [apply(variable('ε₁', Vec(n)), k), '\\varepsilon_{1 k}'],
    [div(x, y), '\\frac{x}{y}'],
    [real(new Rational(-1n, 3n)), '-\\frac{1}{3}'],
    [sum('i', n, (i) => apply(v, i)), '\\sum_{i=1}^{n} v_{i}'],
    [apply(f, v), 'f(v)'],
    [all('i', Fin(nat(3)), (i) => eq(i, i)), '\\forall i \\in \\{1,\\dots,3\\}.\\; i = i'],
  ];
  test.each(written)('%#: $1', (term, latex) => {
    expect(printLatex(term as Term)).toBe(latex);
  });

  test('families carry their layer above', () => {
    const l = variable('l', Nat);
    const d = variable('d', arrow(Nat, Nat));
    const h = variable('h', pi(l, arrows(Fin(n), Vec(n), Vec(apply(d, l)))));
    const at = apply(h, natAdd(l, 1), k, v);
    expect(printLatex(at)).toBe('h^{(l + 1)}_{k}(v)');
    expect(printText(at)).toBe('h^(l + 1)_k(v)');
    expect(printText(apply(d, natAdd(l, 1)))).toBe('d_{l + 1}');
  });
});
