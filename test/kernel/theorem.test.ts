import { describe, expect, test } from 'vitest';
import {
  add,
  all,
  and,
  apply,
  arrow,
  delta,
  eq,
  exists,
  False,
  Fin,
  fun,
  imp,
  inv,
  le,
  lt,
  Mat,
  mul,
  Nat,
  nat,
  natAdd,
  natLe,
  natLt,
  natToReal,
  not,
  op,
  or,
  Prop,
  Real,
  real,
  sqrt,
  sum,
  type Term,
  True,
  Vec,
  variable,
} from '../../src/kernel/build.ts';
import { lambda } from '../../src/kernel/term.ts';
import * as K from '../../src/kernel/theorem.ts';

const x = variable('x', Real);
const y = variable('y', Real);
const z = variable('z', Real);
const n = variable('n', Nat);
const m = variable('m', Nat);
const i = variable('i', Fin(n));
const u = variable('u', Vec(n));
const v = variable('v', Vec(n));
const P = variable('P', Prop);
const Q = variable('Q', Prop);
const h = K.assume;
const by = (theorem: K.Theorem, c: Term | number = 1): K.Multiple => ({
  theorem,
  by: typeof c === 'number' ? real(c) : c,
});
const shows = (th: K.Theorem, hypotheses: readonly Term[], conclusion: Term) => {
  expect(th.conclusion.id).toBe(conclusion.id);
  expect(th.hypotheses.map((t) => t.id).sort()).toEqual(hypotheses.map((t) => t.id).sort());
};

describe('each rule gives what it says', () => {
  test('logic', () => {
    shows(h(P), [P], P);
    shows(K.discharge(P, h(P)), [], imp(P, P));
    shows(K.discharge(Q, h(P)), [P], imp(Q, P));
    shows(K.modusPonens(h(imp(P, Q)), h(P)), [imp(P, Q), P], Q);
    shows(K.trueIntro(), [], True());
    shows(K.andIntro(h(P), h(Q)), [P, Q], and(P, Q));
    shows(K.andLeft(h(and(P, Q))), [and(P, Q)], P);
    shows(K.andRight(h(and(P, Q))), [and(P, Q)], Q);
    shows(K.orLeft(h(P), Q), [P], or(P, Q));
    shows(K.orRight(Q, h(P)), [P], or(Q, P));
    shows(K.orElim(h(or(P, Q)), K.orRight(Q, h(P)), K.orLeft(h(Q), P)), [or(P, Q)], or(Q, P));
    shows(K.falseElim(h(False()), P), [False()], P);
    shows(
      K.forallIntro(x, K.equal(x, x)),
      [],
      all('x', Real, (t) => eq(t, t)),
    );
    const everywhere = all('x', Real, (t) => le(t, y));
    shows(K.forallElim(h(everywhere), add(y, 1)), [everywhere], le(add(y, 1), y));
    const some = exists('x', Real, (t) => le(t, y));
    shows(K.existsIntro(some, y, K.linear(le(y, y), [])), [], some);
    shows(K.existsElim(h(some), x, K.orLeft(K.trueIntro(), P)), [some], or(True(), P));
  });

  test('equality', () => {
    shows(
      K.equal(mul(x, add(x, y)), add(mul(x, x), mul(y, x))),
      [],
      eq(mul(x, add(x, y)), add(mul(x, x), mul(y, x))),
    );
    shows(K.convert(h(le(add(x, y), z)), le(add(y, x), z)), [le(add(x, y), z)], le(add(y, x), z));
    const predicate = fun('t', Real, (t) => le(t, z));
    shows(K.rewrite(h(eq(x, y)), predicate, h(le(x, z))), [eq(x, y), le(x, z)], le(y, z));
    const pointwise = all('i', Fin(n), (k) => eq(apply(u, k), apply(v, k)));
    const th = K.extensionality(h(pointwise));
    shows(K.convert(th, eq(u, v)), [pointwise], eq(u, v));
  });

  test('linear combinations', () => {
    shows(K.linear(lt(x, z), [by(h(lt(x, y))), by(h(le(y, z)))]), [lt(x, y), le(y, z)], lt(x, z));
    shows(K.linear(eq(x, z), [by(h(eq(x, y))), by(h(eq(z, y)), -1)]), [eq(x, y), eq(z, y)], eq(x, z));
    shows(K.linear(eq(mul(x, y), 0), [by(h(eq(x, 0)), y)]), [eq(x, 0)], eq(mul(x, y), 0));
    shows(K.linear(False(), [by(h(lt(x, y))), by(h(lt(y, x)))]), [lt(x, y), lt(y, x)], False());
    shows(K.linear(le(0, mul(x, x)), []), [], le(0, mul(x, x)));
    shows(K.linear(lt(0, add(mul(x, x), 1)), []), [], lt(0, add(mul(x, x), 1)));
    const norm2 = sum('i', n, (k) => mul(apply(u, k), apply(u, k)));
    shows(K.linear(le(0, norm2), []), [], le(0, norm2));
    shows(
      K.linear(le(mul(x, x, x), mul(x, x, y)), [by(h(le(x, y)), mul(x, x))]),
      [le(x, y)],
      le(mul(x, x, x), mul(x, x, y)),
    );
  });

  test('naturals', () => {
    const k = variable('k', Nat);
    shows(K.linear(natLe(natAdd(k, 1), n), [by(h(natLt(k, n)))]), [natLt(k, n)], natLe(natAdd(k, 1), n));
    shows(K.linear(natLt(k, natAdd(k, m, 1)), []), [], natLt(k, natAdd(k, m, 1)));
    shows(
      K.linear(eq(k, n), [by(h(eq(natAdd(k, m), natAdd(n, m))))]),
      [eq(natAdd(k, m), natAdd(n, m))],
      eq(k, n),
    );
    shows(K.linear(False(), [by(h(natLt(n, 0)))]), [natLt(n, 0)], False());
    shows(
      K.linear(le(natToReal(n), natToReal(m)), [by(h(natLe(n, m)))]),
      [natLe(n, m)],
      le(natToReal(n), natToReal(m)),
    );
  });

  test('axioms are named in the theorem, and in all that uses it', () => {
    const em = K.axiom('EM');
    expect(em.axioms).toEqual(['EM']);
    expect(em.hypotheses).toEqual([]);
    expect(K.andIntro(K.axiom('TOTAL'), em).axioms).toEqual(['EM', 'TOTAL']);
    expect(K.discharge(P, K.forallElim(em, P)).axioms).toEqual(['EM']);
  });

  test('induction is an axiom: 0 ≤ Σ 1 over n', () => {
    const claim = fun('n', Nat, (k) =>
      le(
        0,
        sum('i', k, () => real(1)),
      ),
    );
    const base = K.linear(apply(claim, nat(0)), []);
    const k = variable('k', Nat);
    const step = K.forallIntro(
      k,
      K.discharge(apply(claim, k), K.linear(apply(claim, natAdd(k, 1)), [by(h(apply(claim, k)))])),
    );
    const ind = K.modusPonens(K.modusPonens(K.forallElim(K.axiom('IND'), claim), base), step);
    shows(ind, [], op('forall', claim));
  });
});

describe('each rule refuses the rest, with both sides printed', () => {
  const refused: readonly (readonly [string, () => unknown, string])[] = [
    ['assume a number', () => h(x), 'assume: expected a proposition but received x : ℝ'],
    ['assume no term', () => h('P' as unknown as Term), 'assume: expected a term but received string'],
    ['discharge a number', () => K.discharge(x, h(P)), 'discharge: expected a proposition but received x'],
    [
      'modus ponens from no implication',
      () => K.modusPonens(h(P), h(P)),
      "modusPonens: expected a proposition of the form 'imp' but received P",
    ],
    [
      'modus ponens from another premise',
      () => K.modusPonens(h(imp(P, Q)), h(Q)),
      'modusPonens: expected P but received Q',
    ],
    [
      'modus ponens backwards',
      () => K.modusPonens(h(imp(P, Q)), h(imp(P, Q))),
      'modusPonens: expected P but received imp(P, Q)',
    ],
    [
      'and-left of a disjunction',
      () => K.andLeft(h(or(P, Q))),
      "andLeft: expected a proposition of the form 'and' but received or(P, Q)",
    ],
    [
      'and-right of a proposition',
      () => K.andRight(h(P)),
      "andRight: expected a proposition of the form 'and' but received P",
    ],
    ['or with a number', () => K.orLeft(h(P), x), 'orLeft: expected a proposition but received x'],
    [
      'or with a number on the left',
      () => K.orRight(x, h(P)),
      'orRight: expected a proposition but received x',
    ],
    [
      'cases with other conclusions',
      () => K.orElim(h(or(P, Q)), h(P), h(Q)),
      'orElim: expected P but received Q',
    ],
    [
      'cases of no disjunction',
      () => K.orElim(h(and(P, Q)), h(P), h(P)),
      "orElim: expected a proposition of the form 'or'",
    ],
    [
      'anything from truth',
      () => K.falseElim(K.trueIntro(), P),
      "falseElim: expected a proposition of the form 'false' but received true",
    ],
    [
      '∀ over a variable of a hypothesis',
      () => K.forallIntro(x, h(le(x, y))),
      'forallIntro: expected a variable that is not free but received x, free in le(x, y)',
    ],
    [
      '∀ over no variable',
      () => K.forallIntro(add(x, 1), K.trueIntro()),
      'forallIntro: expected a variable but received add(x, 1)',
    ],
    ['∀ over the dimension of what is free', () => K.forallIntro(n, K.equal(u, u)), 'n'],
    [
      'an instance in another sort',
      () => K.forallElim(h(all('x', Real, (t) => eq(t, t))), n),
      'expected an argument in ℝ but received n : ℕ',
    ],
    [
      'an instance of no ∀',
      () => K.forallElim(h(P), x),
      "expected a proposition of the form 'forall' but received P",
    ],
    [
      '∃ from another instance',
      () =>
        K.existsIntro(
          exists('x', Real, (t) => le(t, y)),
          x,
          h(le(z, y)),
        ),
      'existsIntro: expected le(x, y) but received le(z, y)',
    ],
    [
      '∃ from no ∃',
      () => K.existsIntro(P, x, h(P)),
      "existsIntro: expected a proposition of the form 'exists' but received P",
    ],
    [
      '∃-elimination that leaks its variable',
      () => K.existsElim(h(exists('x', Real, (t) => le(t, y))), x, h(le(x, y))),
      'existsElim: expected a variable that is not free but received x, free in le(x, y)',
    ],
    [
      '∃-elimination with its variable in another hypothesis',
      () =>
        K.existsElim(
          h(exists('x', Real, (t) => le(t, y))),
          x,
          K.falseElim(K.modusPonens(h(not(lt(x, x))), h(lt(x, x))), P),
        ),
      'existsElim: expected a variable that is not free but received x',
    ],
    [
      '∃-elimination with a variable of the claim',
      () => K.existsElim(h(exists('x', Real, (t) => le(t, y))), y, K.trueIntro()),
      'existsElim: expected a variable that is not free but received y',
    ],
    [
      'equality of different normal forms',
      () => K.equal(x, y),
      'equal: expected one normal form but received x and y',
    ],
    ['equality across sorts', () => K.equal(x, n), 'eq: expected ℝ but received n : ℕ'],
    [
      'conversion to another claim',
      () => K.convert(h(le(x, y)), lt(x, y)),
      'convert: expected lt(x, y) but received le(x, y)',
    ],
    [
      'conversion to a number',
      () => K.convert(h(le(x, y)), x),
      'convert: expected a proposition but received x',
    ],
    [
      'rewriting backwards',
      () =>
        K.rewrite(
          h(eq(x, y)),
          fun('t', Real, (t) => le(t, z)),
          h(le(y, z)),
        ),
      'rewrite: expected le(x, z) but received le(y, z)',
    ],
    [
      'rewriting by an inequality',
      () =>
        K.rewrite(
          h(le(x, y)),
          fun('t', Real, (t) => le(t, z)),
          h(le(x, z)),
        ),
      "rewrite: expected a proposition of the form 'eq'",
    ],
    [
      'rewriting in a number',
      () =>
        K.rewrite(
          h(eq(x, y)),
          fun('t', Real, (t) => t),
          h(le(x, z)),
        ),
      'rewrite: expected x but received le(x, z)',
    ],
    [
      'extensionality of an order',
      () => K.extensionality(h(all('x', Real, (t) => le(t, y)))),
      "extensionality: expected a proposition of the form 'eq'",
    ],
    [
      'a negative multiplier',
      () => K.linear(le(y, x), [by(h(le(x, y)), -1)]),
      'linear: expected a multiplier ≥ 0 of le(x, y) but received -1',
    ],
    [
      'a variable multiplier',
      () => K.linear(le(mul(x, z), mul(y, z)), [by(h(le(x, y)), z)]),
      'linear: expected a multiplier ≥ 0 of le(x, y) but received z',
    ],
    [
      'an equation from inequalities',
      () => K.linear(eq(x, y), [by(h(le(x, y)))]),
      'linear: expected equations for the goal eq(x, y) but received le(x, y)',
    ],
    [
      'strict from weak',
      () => K.linear(lt(x, y), [by(h(le(x, y)))]),
      'linear: expected a slack > 0 of lt(x, y) but received 0',
    ],
    [
      'strict with multiplier 0',
      () => K.linear(lt(x, x), [by(h(lt(y, z)), 0)]),
      'linear: expected a slack > 0 of lt(x, x) but received 0',
    ],
    [
      'a wrong multiplier',
      () => K.linear(le(x, z), [by(h(le(x, y)), 2), by(h(le(y, z)))]),
      'linear: expected a slack ≥ 0 of le(x, z)',
    ],
    ['0 < 0', () => K.linear(lt(0, 0), []), 'linear: expected a slack > 0 of lt(0, 0) but received 0'],
    ['falsehood', () => K.linear(False(), []), 'linear: expected a slack > 0 of false but received 0'],
    ['a negative square', () => K.linear(le(0, mul(-1, x, x)), []), 'linear: expected a slack ≥ 0'],
    ['a product that is no square', () => K.linear(le(0, mul(x, y)), []), 'linear: expected a slack ≥ 0'],
    ['a cube', () => K.linear(le(0, mul(x, x, x)), []), 'linear: expected a slack ≥ 0'],
    [
      'a real as if it were a natural',
      () => K.linear(le(0, x), []),
      'linear: expected a slack ≥ 0 of le(0, x) but received x',
    ],
    ['a difference of naturals', () => K.linear(natLe(n, m), []), 'linear: expected a slack ≥ 0'],
    ['n < n', () => K.linear(natLt(n, n), []), 'linear: expected a slack ≥ 0 of natLt(n, n) but received -1'],
    [
      'an equation of vectors',
      () => K.linear(eq(u, u), []),
      'linear: expected an equation or inequality of numbers but received eq(u, u)',
    ],
    [
      'a premise that is no comparison',
      () => K.linear(le(x, x), [by(h(P))]),
      'linear: expected an equation or inequality of numbers but received P',
    ],
    ['x · 1/x = 1', () => K.equal(mul(x, inv(x)), real(1)), 'equal: expected one normal form'],
    ['√x · √x = x', () => K.equal(mul(sqrt(x), sqrt(x)), x), 'equal: expected one normal form'],
    ['an unknown axiom', () => K.axiom('FALSE'), 'axiom: expected the name of an axiom but received FALSE'],
    ['an axiom by prototype', () => K.axiom('__proto__'), 'axiom: expected the name of an axiom'],
  ];
  test.each(refused)('%s', (_, attempt, message) => {
    expect(attempt).toThrow(message);
  });
});

describe('empty index sets', () => {
  const somebody = exists('i', Fin(n), () => True());
  const relying = () => K.existsIntro(somebody, i, K.trueIntro());

  test('a proof that used an index keeps it, though it no longer occurs', () => {
    expect(relying().indices.map(String)).toEqual(['i']);
    const through = K.modusPonens(K.discharge(True(), relying()), K.trueIntro());
    expect(through.indices.map(String)).toEqual(['i']);
    expect(K.discharge(P, K.andLeft(K.andIntro(relying(), h(P)))).indices.map(String)).toEqual(['i']);
  });

  test('so it does not hold for every n', () => {
    expect(() => K.forallIntro(n, relying())).toThrow(
      'forallIntro: expected a proof for every n but it relied on i : Fin(n)',
    );
    const hypothesis = eq(n, nat(0));
    expect(() => K.forallIntro(n, K.discharge(hypothesis, relying()))).toThrow('relied on i');
  });

  test('nor does what it implies by a function into the set, or a vector of indices', () => {
    const g = variable('g', arrow(Nat, Fin(n)));
    const viaFunction = K.existsIntro(somebody, apply(g, nat(0)), K.trueIntro());
    expect(() => K.forallIntro(n, viaFunction)).toThrow('relied on g');
    const some = exists('g', arrow(Nat, Fin(n)), () => True());
    expect(() => K.forallIntro(n, K.existsIntro(some, g, K.trueIntro()))).toThrow('relied on g');
  });

  test('from ∀ to ∃ over what may be empty', () => {
    const body = variable('B', arrow(Fin(n), Prop));
    const all0 = op('forall', body);
    const th = K.discharge(all0, K.existsIntro(op('exists', body), i, K.forallElim(h(all0), i)));
    expect(th.indices.map(String)).toContain('i');
    expect(() => K.forallIntro(n, K.forallIntro(body, th))).toThrow('relied on i');
  });

  test('∀ and ∃ over the index itself take it away', () => {
    const th = K.forallIntro(i, relying());
    expect(th.indices).toEqual([]);
    expect(K.forallIntro(n, th).hypotheses).toEqual([]);
    const eliminated = K.existsElim(h(somebody), i, relying());
    expect(eliminated.indices).toEqual([]);
    expect(eliminated.hypotheses.map(String)).toEqual([String(somebody)]);
  });

  test('a literal set that is not empty is not tracked, and Fin(0) is', () => {
    const one = variable('j', Fin(nat(1)));
    expect(
      K.existsIntro(
        exists('j', Fin(nat(1)), () => True()),
        one,
        K.trueIntro(),
      ).indices,
    ).toEqual([]);
    const none = variable('j', Fin(nat(0)));
    expect(
      K.existsIntro(
        exists('j', Fin(nat(0)), () => True()),
        none,
        K.trueIntro(),
      ).indices,
    ).toHaveLength(1);
  });

  test('a rewriting predicate, a multiplier and a witness rely on what they mention', () => {
    const predicate = lambda(x, True());
    expect(K.rewrite(h(eq(x, y)), predicate, K.trueIntro()).indices).toEqual([]);
    const hidden = fun('t', Real, () => eq(delta(i, i), delta(i, i)));
    expect(K.rewrite(h(eq(x, y)), hidden, K.equal(delta(i, i), delta(i, i))).indices.map(String)).toEqual([
      'i',
    ]);
    const multiplier = K.linear(le(x, x), [by(h(eq(y, y)), apply(u, i))]);
    expect(multiplier.indices.map(String)).toContain('i');
    const constant = exists('j', Fin(n), () => le(x, x));
    expect(K.existsIntro(constant, i, K.linear(le(x, x), [])).indices.map(String)).toEqual(['i']);
  });
});

test('dimension mismatches cannot be stated', () => {
  const A = variable('A', Mat(n, m));
  expect(() => eq(i, variable('k', Fin(m)))).toThrow('eq: expected Fin(n)');
  expect(() => sum('k', m, (k) => mul(apply(A, i, k), apply(u, k)))).toThrow(
    'expected an argument in Fin(n)',
  );
  expect(() => apply(A, variable('k', Fin(m)))).toThrow('expected an argument in Fin(n)');
});
