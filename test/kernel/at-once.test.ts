import { describe, expect, test } from 'vitest';
import {
  add,
  all,
  apply,
  eq,
  Fin,
  fun,
  imp,
  lambda,
  le,
  Mat,
  mul,
  Nat,
  natAdd,
  op,
  Prop,
  Real,
  sum,
  type Term,
  Vec,
  variable,
} from '../../src/kernel/build.ts';
import { bind, specialise } from '../../src/kernel/term.ts';
import { assume, equal, forallElim, forallIntro, linear, type Theorem } from '../../src/kernel/theorem.ts';

const n = variable('n', Nat);
const p = variable('p', Nat);
const u = variable('u', Vec(n));
const v = variable('v', Vec(n));
const M = variable('M', Mat(p, n));
const i = variable('i', Fin(n));
const x = variable('x', Real);
const g = variable('g', fun('t', Vec(n), (t) => apply(t, i)).sort);
const A = variable('A', Prop);
const sizes = variable('d', fun('j', Fin(n), () => n).sort);
/** its sort mentions n only through i and d */
const onIndex = variable('h', Vec(apply(sizes, i)));

/** The simple version: one variable after the other. */
const oneByOne = (variables: readonly Term[], body: Term, quantifier?: 'forall' | 'exists'): Term =>
  variables.reduceRight((t, y) => (quantifier ? op(quantifier, lambda(y, t)) : lambda(y, t)), body);

const bodies: readonly (readonly [readonly Term[], Term])[] = [
  [[x], le(x, x)],
  [[n, u, v], eq(u, v)],
  [
    [n, p, M, u],
    all('r', Fin(p), (r) =>
      eq(
        sum('k', n, (k) => mul(apply(M, r, k), apply(u, k))),
        x,
      ),
    ),
  ],
  [[n, u, i], le(apply(u, i), x)],
  [
    [n, i, u],
    imp(
      A,
      all('j', Fin(n), (j) => eq(apply(u, j), apply(u, i))),
    ),
  ],
  [[n, p], all('w', Vec(natAdd(n, p)), (w) => all('j', Fin(natAdd(p, n)), (j) => le(apply(w, j), 0)))],
  [[x, x], le(x, 0)],
  [[x, n, A], A],
  [[n, i, g, u], all('y', Real, (y) => eq(apply(g, u), add(y, apply(u, i), x)))],
  [[A], A],
  [[], le(x, 0)],
];

describe('several variables at once are as one after the other', () => {
  test.each(bodies)('%s ↦ %s', (variables, body) => {
    expect(bind(variables, body)).toBe(oneByOne(variables, body));
    expect(bind(variables, body, 'forall')).toBe(oneByOne(variables, body, 'forall'));
    expect(bind(variables, body, 'exists')).toBe(oneByOne(variables, body, 'exists'));
  });

  const other: readonly (readonly [Term, readonly Term[]])[] = [
    [n, [natAdd(p, 1), p, n]],
    [p, [n, natAdd(n, n)]],
    [x, [add(x, 1), mul(x, x)]],
    [A, [le(x, 0), all('a', Prop, (a) => a)]],
  ];
  /** A term of the sort, made from what is free in it. */
  const ofSort = (y: Term, sort: Term['sort'], salt: number): Term => {
    const known = other.find(([z]) => z.sort.id === sort.id && z.id === y.id);
    if (known) return known[1][salt % known[1].length]!;
    if (salt % 2 === 0 && sort.kind === 'Pi' && sort.codomain !== null) {
      return fun('q', sort.domain!, (q) =>
        ofSort(variable('leaf', sort.codomain!), apply(variable('f', sort), q).sort, 1),
      );
    }
    return variable(`${y.name}${salt}`, sort);
  };

  test.each(bodies)('values for %s in %s', (variables, body) => {
    for (let salt = 0; salt < 6; salt++) {
      let f = bind(variables, body);
      let q = bind(variables, body, 'forall');
      const whole = q;
      const at: Term[] = [];
      for (const y of variables) {
        const t = ofSort(y, f.sort.domain!, salt);
        at.push(t);
        f = apply(f, t);
        q = apply(q.args[0]!, t);
      }
      expect(apply(bind(variables, body), ...at)).toBe(f);
      expect(specialise(whole, at)).toBe(q);
      expect(q).toBe(f);
    }
  });

  test('below ∀s that are no abstractions, or that appear only when a value is put in', () => {
    const P = variable('P', fun('t', Real, () => A).sort);
    const Q = variable('Q', fun('t', Real, () => fun('s', Real, () => A)).sort);
    expect(specialise(op('forall', P), [x])).toBe(apply(P, x));
    const nested = all('t', Real, (t) => op('forall', apply(Q, t)));
    expect(specialise(nested, [x, add(x, 1)])).toBe(apply(Q, x, add(x, 1)));
    const anything = all('R', Prop, (R) => R);
    expect(specialise(anything, [all('t', Real, (t) => le(t, x)), x])).toBe(le(x, x));
    expect(() => specialise(anything, [A, x])).toThrow("expected a proposition of the form 'forall'");
  });
});

describe('what would capture or dangle is refused', () => {
  const captures: readonly (readonly [string, readonly Term[], Term, string])[] = [
    ['a variable in the sort of an earlier one', [u, n], eq(u, u), 'expected only variables before u'],
    ['the same where the earlier one is not used', [u, n], le(x, x), 'expected only variables before u'],
    ['in the sort of one that stays free', [n], eq(u, v), 'expected no bound variable in the sort of'],
    [
      'in the sort of one that only a sort mentions',
      [n, onIndex],
      le(x, x),
      'expected no bound variable in the sort of',
    ],
  ];
  test.each(captures)('%s', (_, variables, body, message) => {
    expect(() => bind(variables, body)).toThrow(message);
    expect(() => bind(variables, body, 'forall')).toThrow(message);
  });

  test('a value in another sort, also in a sort that an earlier value changed', () => {
    const q = bind([n, u], eq(u, u), 'forall');
    expect(() => specialise(q, [p, u])).toThrow('expected an argument in (Fin(p) → ℝ)');
    expect(() => specialise(q, [p])).not.toThrow();
    expect(() => apply(bind([n, u], eq(u, u)), p, u)).toThrow('expected an argument in (Fin(p) → ℝ)');
  });
});

describe('the rules for ∀ with several variables', () => {
  const facts: readonly (readonly [readonly Term[], Theorem])[] = [
    [[x], linear(le(x, x), [])],
    [[n, u], equal(u, u)],
    [[n, i, u], linear(le(apply(u, i), apply(u, i)), [])],
  ];
  test.each(facts)('%s: %s', (variables, theorem) => {
    const simple = variables.reduceRight<Theorem>((th, y) => forallIntro(y, th), theorem);
    const all = forallIntro(variables, theorem);
    expect(all.conclusion).toBe(simple.conclusion);
    expect(all.hypotheses).toEqual(simple.hypotheses);
    expect(all.indices).toEqual(simple.indices);
    const back = variables.reduce<Theorem>((th, y) => forallElim(th, y), simple);
    const once = forallElim(all, ...variables);
    expect(once.conclusion).toBe(back.conclusion);
    expect(once.indices).toEqual(back.indices);
  });

  test('one that is free in a hypothesis is refused, in any place of the list', () => {
    const h = assume(le(x, 0));
    expect(() => forallIntro([A, x], h)).toThrow('expected a variable that is not free');
    expect(() => forallIntro([x, A], h)).toThrow('expected a variable that is not free');
  });

  test('an index that the proof relied on is not forgotten when only its size is bound', () => {
    // ∃ over an index set that may be empty: the index stays on record.
    const relied = forallElim(forallIntro(i, linear(le(x, x), [])), i);
    expect(relied.indices).toEqual([i]);
    expect(() => forallIntro([n, x], relied)).toThrow('but it relied on i');
    expect(forallIntro([n, i, x], relied).indices).toEqual([]);
    expect(() => forallIntro([i, n], relied)).toThrow('expected only variables before i');
  });
});
