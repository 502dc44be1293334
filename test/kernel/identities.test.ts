import { describe, expect, test } from 'vitest';
import { Library, scripts } from '../../proofs/index.ts';
import {
  add,
  all,
  apply,
  delta,
  eq,
  Fin,
  fun,
  inl,
  inv,
  join,
  le,
  lt,
  Mat,
  mul,
  Nat,
  natAdd,
  op,
  Real,
  real,
  sub,
  sum,
  type Term,
  Vec,
  variable,
} from '../../src/kernel/build.ts';
import { type Identity, recordIdentities } from '../../src/kernel/identities.ts';
import { definitionOf, unfold } from '../../src/kernel/term.ts';
import { assume, convert, equal, linear } from '../../src/kernel/theorem.ts';
import { confirmed } from './identity-values.ts';

const n = variable('n', Nat);
const p = variable('p', Nat);
const [u, v] = [variable('u', Vec(n)), variable('v', Vec(n))];
const [A, B] = [variable('A', Mat(n, n)), variable('B', Mat(n, n))];
const [x, y, z] = ['x', 'y', 'z'].map((name) => variable(name, Real)) as [Term, Term, Term];
const i = variable('i', Fin(n));
const at = (f: Term, ...args: readonly Term[]): Term => apply(f, ...args);

const identity = (kind: Identity['kind'], claim: Term, ...premises: Identity['premises']): Identity => ({
  kind,
  claim,
  premises,
});
const same = (a: Term, b: Term): Identity => identity('equal', eq(a, b));
const from = (claim: Term, by: Term | number = 1) => ({
  claim,
  by: typeof by === 'number' ? real(by) : by,
});

describe('the log of identities', () => {
  const commuted = eq(add(x, y), add(y, x));

  test('holds what was accepted, in order, and nothing that was refused', () => {
    const log = recordIdentities(() => {
      equal(add(x, y), add(y, x));
      expect(() => equal(x, y)).toThrow('equal: expected one normal form');
      convert(assume(le(add(x, y), z)), le(add(y, x), z));
      expect(() => linear(lt(x, x), [])).toThrow('linear');
      linear(le(x, z), [
        { theorem: assume(le(x, y)), by: real(1) },
        { theorem: assume(le(y, z)), by: real(1) },
      ]);
    });
    expect(log).toEqual([
      identity('equal', commuted),
      identity('convert', le(add(y, x), z), { claim: le(add(x, y), z), by: null }),
      identity('linear', le(x, z), from(le(x, y)), from(le(y, z))),
    ]);
    expect(Object.isFrozen(log) && Object.isFrozen(log[2]!.premises)).toBe(true);
  });

  test('is off before, after, and after a throw', () => {
    equal(add(x, y), add(y, x));
    let inner: readonly Identity[] = [];
    const outer = recordIdentities(() => {
      inner = recordIdentities(() => void equal(add(x, y), add(y, x)));
      expect(() =>
        recordIdentities(() => {
          throw new Error('stop');
        }),
      ).toThrow('stop');
      equal(add(x, y), add(y, x));
    });
    equal(add(x, y), add(y, x));
    expect([inner.length, outer.length]).toEqual([1, 1]);
  });
});

/** The same with something else on one side: the first comparison in the claim, below ∀, ∃, ∧, ⇒ and definitions. */
function spoilt(claim: Term): Term | null {
  if (claim.kind !== 'operation') return null;
  if (definitionOf(claim.name)) return spoilt(unfold(claim));
  const [a, b] = claim.args as [Term, Term];
  const wrong = (t: Term): Term | null => {
    if (t.sort.kind === 'Real') return add(t, 1000);
    if (t.sort.kind === 'Nat') return natAdd(t, 1000);
    if (t.sort.kind !== 'Pi') return null;
    let possible = true;
    const made = fun('s', t.sort.domain!, (s) => {
      const value = wrong(apply(t, s));
      possible = value !== null;
      return value ?? apply(t, s);
    });
    return possible ? made : null;
  };
  switch (claim.name) {
    case 'eq':
    case 'le':
    case 'lt':
    case 'natLe':
    case 'natLt': {
      const left = wrong(a);
      return left && op(claim.name, left, b);
    }
    case 'and':
    case 'imp':
    case 'or': {
      const left = spoilt(a);
      if (left) return op(claim.name, left, b);
      const right = spoilt(b);
      return right && op(claim.name, a, right);
    }
    case 'forall':
    case 'exists': {
      let inner: Term | null = null;
      const body = fun('s', a.sort.domain!, (s) => {
        inner = spoilt(apply(a, s));
        return inner ?? apply(a, s);
      });
      return inner && op(claim.name, body);
    }
    default:
      return null;
  }
}

describe('every identity of every proof, by a second implementation', () => {
  const library = new Library();
  const log = recordIdentities(() => {
    for (const { result } of scripts) library.prove(result.id);
  });

  test('is true at random exact values', () => {
    for (const kind of ['equal', 'convert', 'linear']) {
      expect(log.filter((each) => each.kind === kind).length, kind).toBeGreaterThan(50);
    }
    const verdicts = log.map((each, seed) => confirmed(each, 3, seed));
    const refuted = log.filter((_, k) => verdicts[k] === false);
    expect(refuted.map(({ kind, claim }) => `${kind} ${claim}`)).toEqual([]);
    // What speaks of an index of an empty set can be judged nowhere.
    expect(verdicts.filter((verdict) => verdict === null).length).toBeLessThan(log.length / 100);
  });

  test('and is found out when one side is another', () => {
    let planted = 0;
    const missed: string[] = [];
    for (const [seed, { kind, claim, premises }] of log.entries()) {
      const other = spoilt(claim);
      if (other === null) continue;
      planted++;
      if (confirmed({ kind, claim: other, premises }, 3, seed) === true) missed.push(`${kind} ${other}`);
    }
    expect(planted).toBeGreaterThan(log.length / 2);
    expect(missed).toEqual([]);
  });
});

describe('a planted falsehood is found out', () => {
  const Au = fun('i', Fin(n), (r) => sum('j', n, (j) => mul(at(A, r, j), at(u, j))));
  const left = (k: Term): Term => inl(n, p, k);
  const w = variable('w', Vec(p));
  const falsehoods: readonly (readonly [string, Identity])[] = [
    [
      'u·v = u·u',
      same(
        sum('i', n, (k) => mul(at(u, k), at(v, k))),
        sum('i', n, (k) => mul(at(u, k), at(u, k))),
      ),
    ],
    ['AB = BA', same(product(A, B), product(B, A))],
    [
      'A = Aᵀ',
      same(
        A,
        fun('i', Fin(n), (r) => fun('j', Fin(n), (c) => at(A, c, r))),
      ),
    ],
    [
      'a sum that captures: Σ_j A_ij u_i for (Au)_i',
      same(
        Au,
        fun('i', Fin(n), (r) => sum('j', n, (j) => mul(at(A, r, j), at(u, r)))),
      ),
    ],
    [
      'δ left out',
      same(
        sum('j', n, (j) => mul(delta(i, j), at(u, j))),
        sum('j', n, (j) => at(u, j)),
      ),
    ],
    [
      'Σ 1 = 1',
      same(
        sum('j', n, () => real(1)),
        real(1),
      ),
    ],
    ['a block read from the other side', same(at(join(n, p, u, w), left(i)), at(v, i))],
    [
      '1/x · x = 1 also at 0',
      same(
        sum('j', n, (j) => mul(inv(sub(at(u, j), at(u, j))), 0, 1)),
        real(1),
      ),
    ],
    ['(x + y)² without 2xy', same(mul(add(x, y), add(x, y)), add(mul(x, x), mul(y, y)))],
    [
      'a claim with a comparison turned round',
      identity(
        'convert',
        all('t', Real, (t) => le(t, x)),
        { claim: all('t', Real, (t) => le(x, t)), by: null },
      ),
    ],
    ['a goal without its premise', identity('linear', le(x, z), from(le(x, y)))],
    ['a negative multiplier', identity('linear', le(y, x), from(le(x, y), -1))],
    ['a multiplier of unknown sign', identity('linear', le(mul(z, x), mul(z, y)), from(le(x, y), z))],
    ['x < x', identity('linear', lt(x, x))],
    ['an equation from an inequality', identity('linear', eq(x, y), from(le(x, y)))],
    ['strict from what is not strict', identity('linear', lt(x, y), from(le(x, y)))],
    ['strict by the multiplier 0', identity('linear', lt(z, z), from(lt(x, y), 0))],
  ];
  test.each(falsehoods)('%s', (_, falsehood) => {
    expect(confirmed(falsehood, 12, 1)).toBe(false);
  });

  function product(M: Term, N: Term): Term {
    return fun('i', Fin(n), (r) =>
      fun('j', Fin(n), (c) => sum('k', n, (k) => mul(at(M, r, k), at(N, k, c)))),
    );
  }
});
