/** The indicators ψ and the chained products M exist. */
import {
  add,
  all,
  and,
  delta,
  eq,
  exists,
  imp,
  inl,
  lambda,
  mul,
  Nat,
  nat,
  natAdd,
  natLe,
  natLt,
  pi,
  sub,
  substitute,
  type Term,
  Vec,
  variable,
} from '../../src/kernel/build.ts';
import { combination, sym } from '../support/derived.ts';
import { difference, equalityIndicator, firstOr, indicatorIsZero, induction } from '../support/naturals.ts';
import { part, script } from '../support/script.ts';
import { applying, contradiction, naturals, summing, supplied, trivially } from '../support/supply.ts';
import { fixing, tactic, witness } from '../support/tactics.ts';
import { entrywise } from '../support/vectors.ts';
import {
  at,
  c,
  chainAt,
  d,
  dy,
  facts,
  H,
  hidden,
  l,
  M,
  N,
  natural,
  next,
  t,
  through,
  unit,
  units,
  W,
  width,
  θ,
  ψ,
} from './network.ts';

const j = variable('j', Nat);
export const J = variable('J', pi(l, Vec(width(l))));
const k = variable('k', Nat);
const weightsContext = [N, H, d, W];

export const indicators = part(
  'network-sets',
  'The indicators of J^(l+1) for l < H, and 1 for l = H',
  'The layer that is past the last set J is treated like the others: all its units count.',
  [H, d, t, J],
  [],
  [],
  exists('ψ', ψ.sort, (ψ) =>
    and(
      hidden((l) => eq(at(ψ, l), at(J, next(l)))),
      units(H, (a) => eq(at(ψ, H, a), 1)),
    ),
  ),
);

export const indicatorsProof = script(indicators, (p) => {
  const value = (l: Term, a: Term): Term =>
    add(at(J, next(l), a), mul(equalityIndicator(l, H), sub(1, at(J, next(l), a))));
  const row = (l: Term): Term => lambda(unit(l), value(l, unit(l)));
  const choice = lambda(l, row(l));
  p.suppose('T4.01', natLe(t, l), 'Let t ≤ l');
  const below = p.suppose('T4.02', natLt(l, H), 'and l < H.');
  const zero = p.step('T4.03', eq(equalityIndicator(l, H), 0), indicatorIsZero, [below], 'l is not H,');
  const same = p.step(
    'T4.04',
    eq(row(l), at(J, next(l))),
    entrywise(
      tactic('linear combination', 1, (goal, [zero]) => {
        const entry = goal.args[1]!;
        return combination(goal, [[sub(1, entry), zero!]], []);
      }),
    ),
    [zero],
    'so ψ_l := J^(l+1) + [l = H](1 − J^(l+1)) is J^(l+1).',
  );
  const hiddenSets = p.step(
    'T4.05',
    hidden((l) => eq(at(choice, l), at(J, next(l)))),
    p.introducing(l),
    [same],
    'l was arbitrary.',
  );
  const last = p.step(
    'T4.06',
    units(H, (a) => eq(at(choice, H, a), 1)),
    trivially,
    [],
    'ψ_H is 1.',
  );
  p.qed('T4.07', witness(choice), [hiddenSets, last], 'So ψ is as claimed.');
});

const first = (M: Term): Term => all('c', c.sort, (c) => units(H, (a) => eq(at(M, H, c, a), delta(c, a))));
const chainOf = (M0: Term, l: Term): Term => substitute(chainAt(l), [M], [M0]);
const chainFrom = (M0: Term, l: Term): Term =>
  natural('j', (j) => imp(natLe(l, j), natLt(j, H), chainOf(M0, j)));
const claim = (k: Term): Term =>
  natural('l', (l) =>
    imp(
      eq(natAdd(l, k), H),
      exists('M', M.sort, (M) => and(first(M), chainFrom(M, l))),
    ),
  );

export const chains = part(
  'network-chains',
  'The chained products M_l exist',
  'M_l is the product of the weights after layer l, cut to the units in J; it is built from the output downwards.',
  [...weightsContext, t, ψ, θ],
  [facts.depth],
  [],
  exists('M', M.sort, (M) => and(first(M), chainFrom(M, t))),
);

export const chainsProof = script(chains, (p) => {
  const b = variable('b', unit(j).sort);
  // one product only
  const only = lambda(
    j,
    lambda(c, lambda(unit(j), delta(inl(dy, width(next(j)), c), inl(width(next(j)), dy, unit(j))))),
  );
  const atEnd = p.suppose('T4.08', eq(natAdd(l, nat(0)), H), 'For k = 0, l is H.');
  const firstOnly = p.step('T4.09', first(only), trivially, [], 'M_H = 1 is a start,');
  const none = p.step(
    'T4.0A',
    chainFrom(only, l),
    fixing([j], contradiction),
    [atEnd],
    'and there is no layer before.',
  );
  const start = p.step(
    'T4.0B',
    chainExists(l),
    witness(only),
    [firstOnly, none],
    'So there is one for k = 0.',
  );
  const base = p.step('T4.0C', claim(nat(0)), p.introducing(l), [start], 'l was arbitrary.');

  const before = p.suppose('T4.0D', claim(k), 'Let there be one for k layers,');
  const place = p.suppose('T4.0E', eq(natAdd(l, next(k)), H), 'and let l be the layer before those.');
  const hiddenLayer = p.step('T4.0F', natLt(l, H), naturals, [place], 'l < H.');
  const [M0, h0] = p.obtain(
    'T4.0G',
    'M',
    p.step('T4.0H', chainExists(next(l)), applying(next(l)), [before, place], 'There is one from l + 1 on.'),
    'Let M be it.',
  );
  const product = (j: Term, c: Term, b: Term): Term =>
    substitute(
      through(next(j), c, (a) => mul(at(W, next(j), θ, a, b), at(ψ, j, b))),
      [M],
      [M0],
    );
  const M1 = lambda(
    j,
    lambda(
      c,
      lambda(b, add(at(M0, j, c, b), mul(equalityIndicator(j, l), sub(product(j, c, b), at(M0, j, c, b))))),
    ),
  );
  const unchanged = p.step(
    'T4.0I',
    natural('j', (j) =>
      imp(
        natLt(l, j),
        all('c', c.sort, (c) => units(j, (b) => eq(at(M1, j, c, b), at(M0, j, c, b)))),
      ),
    ),
    fixing(
      [j, c, b],
      tactic('linear combination', (goal, premises) => {
        const zero = indicatorIsZero.run(eq(equalityIndicator(j, l), 0), premises);
        return combination(goal, [[sub(product(j, c, b), at(M0, j, c, b)), zero]], []);
      }),
    ),
    [],
    'Change M_l only, to M_{l+1} W_{l+1} ψ_l:',
  );
  const changed = p.step(
    'T4.0J',
    all('c', c.sort, (c) => units(l, (b) => eq(at(M1, l, c, b), product(l, c, b)))),
    trivially,
    [],
    'this one is as it should,',
  );
  const firstKept = p.step(
    'T4.0K',
    first(M1),
    fixing([c, unit(H)], summing({ premise: 0, at: [H, c, unit(H)] }, { premise: 1, at: [c, unit(H)] })),
    [unchanged, p.part(h0, 0), hiddenLayer],
    'M_H is kept,',
  );
  const e = unit(next(l));
  const f = unit(l);
  const here = p.step(
    'T4.0L',
    chainOf(M1, l),
    fixing(
      [c, f],
      summing(
        { premise: 0, at: [c, f] },
        {
          premise: 1,
          at: [next(l), c, e],
          by: mul(at(W, next(l), θ, e, f), at(ψ, l, f)),
          over: [e],
          sign: -1,
        },
      ),
    ),
    [changed, unchanged],
    'the chain holds at l,',
  );
  const [e1, f1] = [unit(next(j)), unit(j)];
  const beyond = p.step(
    'T4.0M',
    natural('j', (j) => imp(natLt(l, j), natLt(j, H), chainOf(M1, j))),
    fixing(
      [j, c, f1],
      summing(
        { premise: 0, at: [j, c, f1] },
        { premise: 1, at: [j, c, f1] },
        {
          premise: 0,
          at: [next(j), c, e1],
          by: mul(at(W, next(j), θ, e1, f1), at(ψ, j, f1)),
          over: [e1],
          sign: -1,
        },
      ),
    ),
    [unchanged, p.part(h0, 1)],
    'and beyond.',
  );
  const chained = p.step(
    'T4.0N',
    chainFrom(M1, l),
    fixing([j], firstOr(l, j)),
    [here, beyond],
    'So it holds from l on.',
  );
  const more = p.step(
    'T4.0O',
    chainExists(l),
    witness(M1),
    [firstKept, chained],
    'This is one for k + 1 layers.',
  );
  const step = p.step(
    'T4.0P',
    natural('k', (i) => imp(claim(i), claim(next(i)))),
    p.introducing(k, l),
    [more],
    'k and l were arbitrary.',
  );
  const every = p.step('T4.0Q', natural('k', claim), induction, [base, step], 'Induction on k.');
  p.qed(
    'T4.0R',
    tactic('arithmetic', 2, (_, [every, depth]) =>
      difference(depth!, (k, equation) => supplied(every!, [k, t], [sym(equation)])),
    ),
    [every, p.given('depth')],
    'H is t + k for some k.',
  );
});

const chainExists = (l: Term): Term => exists('M', M.sort, (M) => and(first(M), chainFrom(M, l)));
