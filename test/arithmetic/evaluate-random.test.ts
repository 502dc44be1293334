import { describe, expect, test } from 'vitest';
import { type Arithmetic, Inexpressible } from '../../src/arithmetic/arithmetic.ts';
import { Evaluator } from '../../src/arithmetic/evaluate.ts';
import { float64Arithmetic as float64 } from '../../src/arithmetic/float64.ts';
import type { Meaning, Truth } from '../../src/arithmetic/meaning.ts';
import {
  add,
  all,
  apply,
  eq,
  Fin,
  fun,
  le,
  mul,
  partial,
  Real,
  real,
  sqrt,
  substitute,
  sum,
  type Term,
  Vec,
  variable,
} from '../../src/kernel/build.ts';
import { printLatex } from '../../src/kernel/print-latex.ts';
import { printText } from '../../src/kernel/print-text.ts';
import type { Rational } from '../../src/kernel/rational.ts';
import { freeVariables } from '../../src/kernel/term.ts';
import { intervals } from './support/intervals.ts';
import { f, k, meanings, n, Random, Terms, v, w, x, y } from './support/random-terms.ts';
import { q, rationals } from './support/rationals.ts';

const SIZE = 3;
const evaluatorOf = <T>(
  A: Arithmetic<T>,
  rounding: 'exact' | 'enclosing' | 'nearest',
  symbols: Readonly<Record<string, Meaning<T>>>,
) =>
  new Evaluator<T>({
    arithmetic: A,
    rounding,
    meaning: (variable_) => symbols[variable_.name],
    candidates: ({ sort }) => (sort.kind === 'Real' ? [A.zero, A.one, A.rational(q('-3/2'))] : []),
  });
const exact = (seed: number) => evaluatorOf(rationals, 'exact', meanings(rationals, seed, SIZE));

/** The value, or 'none' when the arithmetic has none; anything else that is thrown is a fault. */
function attempt<V>(compute: () => V): V | 'none' {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Inexpressible) return 'none';
    throw error;
  }
}

describe('random terms', () => {
  test('print, and evaluate to a number, a truth, or Inexpressible', () => {
    let numbers = 0;
    const truths = new Map<Truth, number>();
    for (let seed = 1; seed <= 400; seed++) {
      const terms = new Terms(seed);
      const [term, claim] = [terms.real(1 + (seed % 4)), terms.claim(1 + (seed % 4))];
      for (const t of [term, claim]) {
        expect(printText(t).length).toBeGreaterThan(0);
        expect(printLatex(t).length).toBeGreaterThan(0);
      }
      if (attempt(() => exact(seed).real(term)) !== 'none') numbers++;
      const truth = exact(seed).truth(claim);
      truths.set(truth, (truths.get(truth) ?? 0) + 1);
    }
    expect(numbers).toBeGreaterThan(200);
    for (const truth of [true, false, 'undecided'] as const)
      expect(truths.get(truth) ?? 0).toBeGreaterThan(20);
  });

  test('substitution: the value of t[x := s, v := u] is the value of t where x, v have the values of s, u', () => {
    let compared = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const terms = new Terms(seed);
      const [term, s, u] = [terms.real(1 + (seed % 3)), terms.real(1), terms.vector(1)];
      const at = exact(seed);
      const value = attempt(() => at.real(s));
      const entries = attempt(() => at.vector(u));
      if (value === 'none' || entries === 'none') continue;
      const extended = evaluatorOf(rationals, 'exact', {
        ...meanings(rationals, seed, SIZE),
        x: value,
        v: entries,
      });
      const left = attempt(() => at.real(substitute(term, [x, v], [s, u])));
      const right = attempt(() => extended.real(term));
      if (left === 'none' || right === 'none') continue;
      expect([seed, String(left)]).toEqual([seed, String(right)]);
      if (!term.name || freeVariables(term).some((z) => z.id === x.id || z.id === v.id)) compared++;
    }
    expect(compared).toBeGreaterThan(100);
  });

  test('α-variants have one value, and memoisation changes none', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const term = new Terms(seed).real(3);
      const again = new Terms(seed).real(3);
      expect(again.id).toBe(term.id);
      const at = exact(seed);
      const [first, second, other] = [at, at, exact(seed)].map((each) =>
        String(attempt(() => each.real(term))),
      );
      expect(second).toBe(first);
      expect(other).toBe(first);
    }
  });
});

describe('intervals', () => {
  test('contain the exact value, and never decide against it', () => {
    const I = intervals(q('1/1000000'));
    let [contained, decided] = [0, 0];
    for (let seed = 1; seed <= 300; seed++) {
      const terms = new Terms(seed);
      const [term, claim] = [terms.real(1 + (seed % 3)), terms.claim(1 + (seed % 3))];
      const truly = exact(seed);
      const enclosed = evaluatorOf(I, 'enclosing', meanings(I, seed, SIZE));
      const value = attempt(() => truly.real(term));
      const interval = attempt(() => enclosed.real(term));
      if (value !== 'none' && interval !== 'none') {
        expect(interval.lower.cmp(value)).toBeLessThanOrEqual(0);
        expect(interval.upper.cmp(value)).toBeGreaterThanOrEqual(0);
        contained++;
      }
      const truth = enclosed.truth(claim);
      const known = truly.truth(claim);
      if (truth !== 'undecided' && known !== 'undecided') {
        expect([seed, truth]).toEqual([seed, known]);
        decided++;
      }
    }
    expect(contained).toBeGreaterThan(100);
    expect(decided).toBeGreaterThan(30);
  });

  test('a comparison that overlaps is undecided', () => {
    const I = intervals(q('1/10'));
    const at = evaluatorOf(I, 'enclosing', { x: I.rational(q('1/2')), y: I.rational(q('11/20')) });
    expect(at.truth(le(x, y))).toBe('undecided');
    expect(at.truth(eq(x, y))).toBe('undecided');
    expect(at.truth(eq(x, x))).toBe(true);
    expect(at.truth(le(x, add(y, 1)))).toBe(true);
    expect(at.truth(le(add(y, 1), x))).toBe(false);
    expect(at.reasons.join()).toContain('sign is not certain');
  });
});

describe('float64', () => {
  test('is near the exact value, and decides no comparison', () => {
    let near = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const term = new Terms(seed).real(1 + (seed % 3));
      const value = attempt(() => exact(seed).real(term));
      const rounded = evaluatorOf(float64, 'nearest', meanings(float64, seed, SIZE));
      const approximate = attempt(() => rounded.real(term));
      if (value === 'none' || approximate === 'none') continue;
      const difference = Math.abs(value.toNumber() - approximate);
      if (difference <= 1e-9 * (1 + Math.abs(approximate))) near++;
      const claim = le(term, y);
      expect(rounded.truth(claim)).toBe('undecided');
      expect(rounded.sides(claim)[0]!.left).toBe(approximate);
    }
    expect(near).toBeGreaterThan(100);
  });
});

describe('derivatives', () => {
  const at = exact(7);

  test('of a polynomial formula are exact, nested too', () => {
    const cube = fun('t', Vec(n), (t) => mul(apply(t, k), apply(t, k), apply(t, k)));
    expect(at.real(partial(cube, v, k)).equals(at.real(mul(3, apply(v, k), apply(v, k))))).toBe(true);
    const second = fun('t', Vec(n), (t) => partial(cube, t, k));
    expect(at.real(partial(second, v, k)).equals(at.real(mul(6, apply(v, k))))).toBe(true);
  });

  test('do not confuse an inner perturbation with an outer one', () => {
    // d/dt_k [t_k · d/ds_k (s_k t_k)] at t = v, s = w is 2 v_k
    const nested = fun('t', Vec(n), (t) =>
      mul(
        apply(t, k),
        partial(
          fun('s', Vec(n), (s) => mul(apply(s, k), apply(t, k))),
          w,
          k,
        ),
      ),
    );
    expect(at.real(partial(nested, v, k)).equals(at.real(mul(2, apply(v, k))))).toBe(true);
  });

  test('of a composition with a symbol follow the chain rule', () => {
    const scaled = fun('t', Vec(n), (t) =>
      apply(
        f,
        fun('j', Fin(n), (j) => mul(3, apply(t, j))),
      ),
    );
    const inner = fun('j', Fin(n), (j) => mul(3, apply(v, j)));
    expect(at.real(partial(scaled, v, k)).equals(at.real(mul(3, partial(f, inner, k))))).toBe(true);
  });

  test('are not taken through a symbol that is not differentiable there, even along a vanishing slope', () => {
    const root = (point: readonly Rational[]) => rationals.sqrt(point[0]!.abs());
    const symbols: Readonly<Record<string, Meaning<Rational>>> = {
      n: 1,
      k: 0,
      v: [q(0)],
      f: {
        value: root,
        partial: ([t]) => (t!.isZero ? undefined : q(1)),
        differentiable: ([t]) => !t!.isZero,
      },
    };
    const kinked = evaluatorOf(rationals, 'exact', symbols);
    const squared = fun('t', Vec(n), (t) =>
      apply(
        f,
        fun('j', Fin(n), (j) => mul(apply(t, j), apply(t, j))),
      ),
    );
    expect(() => kinked.real(partial(squared, v, k))).toThrow(Inexpressible);
    expect(kinked.truth(eq(partial(squared, v, k), 0))).toBe('undecided');
  });

  test('of 1/x at 0 and of √x at 0 are undecided, and their values follow the conventions', () => {
    const zero = evaluatorOf(rationals, 'exact', { n: 1, k: 0, v: [q(0)], x: q(-2) });
    const inverse = fun('t', Vec(n), (t) =>
      mul(
        1,
        apply(
          fun('s', Real, (s) => mul(s, s)),
          apply(t, k),
        ),
      ),
    );
    expect(zero.real(partial(inverse, v, k)).toString()).toBe('0');
    expect(zero.real(sqrt(x)).toString()).toBe('0');
    const root = fun('t', Vec(n), (t) => sqrt(apply(t, k)));
    expect(() => zero.real(partial(root, v, k))).toThrow('where x may not be positive');
  });
});

describe('quantifiers', () => {
  const sampled = (points: readonly Rational[]) =>
    new Evaluator<Rational>({
      arithmetic: rationals,
      rounding: 'exact',
      meaning: () => undefined,
      candidates: () => points,
    });
  const nonnegative = (t: Term) => le(0, mul(t, t));

  test('a sampled ∀ is never true, and false on a counterexample', () => {
    expect(sampled([q(1), q(2)]).truth(all('t', Real, nonnegative))).toBe('undecided');
    expect(sampled([]).truth(all('t', Real, (t) => le(t, 0)))).toBe('undecided');
    expect(sampled([q(-1), q(2)]).truth(all('t', Real, (t) => le(t, 0)))).toBe(false);
  });

  test('functions between index sets are run through', () => {
    const at = evaluatorOf(rationals, 'exact', { n: 2 });
    const j = (body: (t: Term) => Term) =>
      all('j', variable('j', fun('i', Fin(n), (i) => i).sort).sort, body);
    expect(at.truth(j((t) => eq(t, t)))).toBe(true);
    expect(at.truth(j((t) => eq(apply(t, variable('a', Fin(n))), apply(t, variable('a', Fin(n))))))).toBe(
      true,
    );
    const constant = (t: Term) =>
      all('a', Fin(n), (a) => all('b', Fin(n), (b) => eq(apply(t, a), apply(t, b))));
    expect(at.truth(j(constant))).toBe(false);
  });

  test('a symbol without meaning leaves a claim undecided, with the reason', () => {
    const at = sampled([]);
    expect(at.truth(le(x, y))).toBe('undecided');
    expect(at.reasons).toContain('x has no value here');
    expect(() => at.real(x)).toThrow(Inexpressible);
  });

  test('a meaning that does not fit the sort is the fault of the caller', () => {
    const wrong = (symbols: Readonly<Record<string, Meaning<Rational>>>) => () =>
      evaluatorOf(rationals, 'exact', { n: 2, ...symbols }).real(sum('i', n, (i) => apply(v, i)));
    expect(wrong({ v: [q(1)] })).toThrow(RangeError);
    expect(wrong({ v: [q(1), q(2), q(3)] })).toThrow(RangeError);
    expect(wrong({ n: -1, v: [] })).toThrow(RangeError);
    expect(wrong({ v: [q(1), q(2)] })().toString()).toBe('3');
  });
});

test('the generator makes different terms', () => {
  const ids = new Set(Array.from({ length: 100 }, (_, seed) => new Terms(seed + 1).real(3).id));
  expect(ids.size).toBeGreaterThan(80);
  expect(new Random(1).below(10)).toBe(new Random(1).below(10));
  expect(real(1).kind).toBe('number');
});
