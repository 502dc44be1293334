import {
  all,
  and,
  delta,
  dot,
  eq,
  exists,
  False,
  Fin,
  forall,
  imp,
  lambda,
  mul,
  natLe,
  natLt,
  not,
  sum,
  type Term,
  Vec,
  variable,
  vec,
} from '../../src/kernel/build.ts';
import { fullRowRank, hasAtLeast, inSet } from '../../src/kernel/notions-linear.ts';
import { fresh } from '../../src/kernel/term.ts';
import { axiom, rewrite } from '../../src/kernel/theorem.ts';
import { argsOf, chain, decide, instance, sym } from '../support/derived.ts';
import { part, script } from '../support/script.ts';
import { applying, naturals, together } from '../support/supply.ts';
import { byAxiom, calculation, fixing, logic, tactic, witness } from '../support/tactics.ts';
import { at, c, chained, dy, facts, H, l, M, next, t, through, unit, units, width, ψ } from './network.ts';

/** a is of length 1, lives on J, and M_l a = 0 */
export const nullVector = (a: Term): Term =>
  and(
    eq(dot(a, a), 1),
    units(l, (x) => eq(mul(at(ψ, l, x), at(a, x)), at(a, x))),
    all('c', Fin(dy), (c) =>
      eq(
        through(l, c, (x) => at(a, x)),
        0,
      ),
    ),
  );

export const nulls = part(
  'network-null-vector',
  'Where M_l has no right inverse, it has a unit null vector on J',
  'M_l has as many rows as dy and J has at least as many units, so without a right inverse there is a null vector on J.',
  [...chained, l],
  [facts.large],
  [
    { id: 'low', name: 't ≤ l', term: natLe(t, l) },
    { id: 'hidden', name: 'l < H', term: natLt(l, H) },
    { id: 'defect', name: 'M_l has no right inverse', term: not(fullRowRank(at(M, l))) },
  ],
  exists('a', Vec(width(next(l))), nullVector),
);

/** δ(j(b), j(b')) = δ(b, b') for an injection j. */
const injection = tactic('injectivity', 1, (goal, [injective]) => {
  const [left, right] = argsOf(goal, 'eq') as [Term, Term];
  const [b, other] = argsOf(right, 'delta') as [Term, Term];
  return decide(
    eq(b, other),
    (h) => {
      const z = fresh('z', b.sort);
      const [j] = left.args[0]!.args as [Term];
      return rewrite(h, lambda(z, eq(delta(at(j, b), at(j, z)), delta(b, z))), equalDeltas(at(j, b), b));
    },
    (no) => {
      const apart = (x: Term, y: Term, differ: Parameters<typeof sym>[0]) =>
        instance(axiom('DELTA'), x.sort.dimension!, x, y, differ);
      const [x, y] = argsOf(left, 'delta') as [Term, Term];
      const images = logic.run(imp(eq(x, y), False()), [injective!, no]);
      return chain(apart(x, y, images), sym(apart(b, other, no)));
    },
  );
});
const equalDeltas = (x: Term, y: Term) => chain(one(x), sym(one(y)));
const one = (x: Term) => calculation.run(eq(delta(x, x), 1), []);

/** T4.7: RN for the columns of dy units of J. */
export const nullsProof = script(nulls, (p) => {
  const [low, hidden, defect] = [p.given('low'), p.given('hidden'), p.given('defect')];
  const enough = p.step(
    'T4.7a',
    hasAtLeast(dy, at(ψ, l)),
    applying(l),
    [p.given('large'), low, hidden],
    'J has dy units,',
  );
  const [j, hj] = p.obtain('T4.7b', 'j', enough, 'j(1), …, j(dy).');
  const b = variable('b', Fin(dy));
  const other = variable("b'", Fin(dy));
  const x = unit(l);
  const distinct = p.step(
    'T4.7c',
    forall([b, other], eq(delta(at(j, b), at(j, other)), delta(b, other))),
    fixing([b, other], injection),
    [p.part(hj, 0)],
    'They are different,',
  );
  const inside = p.step(
    'T4.7d',
    all('a', Fin(dy), (b) => inSet(at(j, b), at(ψ, l))),
    applying(),
    [hj],
    'and in J.',
  );
  const columns = vec('c', dy, (c) => vec('b', dy, (b) => at(M, l, c, at(j, b))));
  const full = p.suppose(
    'T4.7e',
    fullRowRank(columns),
    'Suppose the columns of M_l at them had a right inverse.',
  );
  const [R, hR] = p.obtain('T4.7f', 'X', full, 'Let X be one.');
  const Y = vec('a', width(next(l)), (x) =>
    vec('c', dy, (c) => sum('b', dy, (b) => mul(delta(x, at(j, b)), at(R, b, c)))),
  );
  const inverse = p.step(
    'T4.7g',
    all('i', Fin(dy), (i) =>
      all('j', Fin(dy), (k) =>
        eq(
          through(l, i, (x) => at(Y, x, k)),
          delta(i, k),
        ),
      ),
    ),
    calculation,
    [hR],
    'Then M_l has one, with 0 in the other rows.',
  );
  const fullThen = p.step('T4.7h', fullRowRank(at(M, l)), witness(Y), [inverse], 'So M_l has full row rank,');
  const absurd = p.step('T4.7i', False(), logic, [defect, fullThen], 'which it has not.');
  const notFull = p.step('T4.7j', not(fullRowRank(columns)), p.introducing(), [absurd], 'So they have none,');
  const square = p.step('T4.7k', natLe(dy, dy), naturals, [], 'and there are as many columns as rows.');
  const nullOfColumns = p.step(
    'T4.7l',
    exists('u', Vec(dy), (u) =>
      and(
        eq(dot(u, u), 1),
        all('i', Fin(dy), (i) => eq(dot(at(columns, i), u), 0)),
      ),
    ),
    byAxiom('RN', dy, dy, columns),
    [notFull, square],
    'Rank and nullity: there is a unit null vector of those columns.',
    'section A.5',
  );
  const [u, hu] = p.obtain('T4.7m', 'u', nullOfColumns, 'Let u be it.');
  const a = vec('a', width(next(l)), (x) => sum('b', dy, (b) => mul(at(u, b), delta(x, at(j, b)))));
  const length = p.step(
    'T4.7n',
    eq(dot(a, a), 1),
    calculation,
    [distinct, p.part(hu, 0)],
    'Put it on j: the length is 1,',
  );
  const onJ = p.step(
    'T4.7o',
    units(l, (x) => eq(mul(at(ψ, l, x), at(a, x)), at(a, x))),
    fixing([x], calculation),
    [inside],
    'it lives on J,',
  );
  const annihilated = p.step(
    'T4.7p',
    forall(
      [c],
      eq(
        through(l, c, (x) => at(a, x)),
        0,
      ),
    ),
    fixing([c], calculation),
    [p.part(hu, 1)],
    'and M_l a = 0.',
  );
  const all3 = p.step('T4.7q', nullVector(a), together, [length, onJ, annihilated], 'These three.');
  p.qed('T4.7', witness(a), [all3], 'So a is as claimed.', 'section A.5');
});
