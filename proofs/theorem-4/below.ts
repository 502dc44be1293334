import { all, eq, forall, imp, nat, natLe, type Term, Vec, variable } from '../../src/kernel/build.ts';
import { induction } from '../support/naturals.ts';
import { part, script } from '../support/script.ts';
import { applying } from '../support/supply.ts';
import { fixing, logic, substitution } from '../support/tactics.ts';
import {
  agreeBelow,
  at,
  entries,
  facts,
  H,
  i,
  l,
  layers,
  N,
  n,
  natural,
  next,
  pre,
  sameLayer,
  unit,
  v,
  W,
} from './network.ts';
import { viaLayer } from './tactics.ts';

const other = variable("v'", Vec(N));
const claim = (k: Term) => imp(natLe(k, H), agreeBelow(k, v, other), sameLayer(k, v, other));

export const below = part(
  'network-below',
  'A layer depends on the weights before it only',
  'Two points with equal weights before layer l have equal features there; by induction on the layer.',
  [...layers, v, other],
  [facts.input, facts.layer],
  [],
  natural('n', claim),
);

/** T4.1: induction on the layer. */
export const belowProof = script(below, (p) => {
  const a = unit(n);
  const base = p.step('T4.1a', claim(nat(0)), logic, [p.given('input')], 'Layer 0 is the input.');
  const before = p.suppose('T4.1b', claim(n), 'Let the claim hold for layer n.');
  const above = p.suppose('T4.1c', natLe(next(n), H), 'Let n + 1 ≤ H,');
  const agree = p.suppose(
    'T4.1d',
    agreeBelow(next(n), v, other),
    'and let the weights before layer n + 1 agree.',
  );
  const earlier = p.step(
    'T4.1e',
    agreeBelow(n, v, other),
    fixing([l], applying(l)),
    [agree],
    'So do those before layer n,',
  );
  const same = p.step(
    'T4.1f',
    sameLayer(n, v, other),
    applying(),
    [before, above, earlier],
    'hence layer n,',
  );
  const weights = p.step(
    'T4.1g',
    entries(n, (x, y) => eq(at(W, n, v, x, y), at(W, n, other, x, y))),
    applying(n),
    [agree],
    'and the weights that lead to layer n + 1.',
  );
  const sums = p.step(
    'T4.1h',
    forall([i, a], eq(pre(n, i, v, a), pre(n, i, other, a))),
    fixing([i, a], substitution),
    [same, weights],
    'So the preactivations of layer n + 1 agree,',
  );
  const layer = p.step(
    'T4.1i',
    sameLayer(next(n), v, other),
    fixing([i], viaLayer(n, v, other)),
    [p.given('layer'), sums, above],
    'and with them the layer.',
  );
  const step = p.step(
    'T4.1j',
    all('n', n.sort, (k) => imp(claim(k), claim(next(k)))),
    p.introducing(n),
    [layer],
    'n was arbitrary.',
  );
  p.qed('T4.1', induction, [base, step], 'Induction on n.', 'section A.5');
});
