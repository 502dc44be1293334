import { eq, imp, Nat, nat, natAdd, natLe, natLt, sub, type Term, variable } from '../../src/kernel/build.ts';
import { distance, induction, transport } from '../support/naturals.ts';
import { part, script } from '../support/script.ts';
import { applying, naturals, summing } from '../support/supply.ts';
import { calculation, fixing } from '../support/tactics.ts';
import {
  at,
  c,
  chainAt,
  chained,
  decomposed,
  decomposedAt,
  facts,
  H,
  h,
  i,
  l,
  linearAt,
  linearIn,
  natural,
  next,
  outsideKept,
  outsideKeptEverywhere,
  pre,
  productKept,
  productsKeptAfter,
  t,
  through,
  unit,
  v,
  W,
  θ,
} from './network.ts';

const k = variable('k', Nat);
const claim = (k: Term) =>
  natural('l', (l) => imp(eq(natAdd(l, k), H), natLe(t, l), productsKeptAfter(l, v), decomposedAt(l, v)));

export const decomposition = part(
  'network-decomposition',
  'A change of f is a change of the preactivations of one layer, through the product after it',
  'Step by step from the output down to layer l, a change of f is passed on through the linear units in J.',
  [...chained, v],
  [facts.output, facts.first, facts.chain],
  [
    { id: 'linear', name: 'the units in J are linear at v', term: linearAt(v) },
    { id: 'linear-there', name: 'and at θ', term: linearAt(θ) },
    { id: 'outside', name: 'the units outside J are kept', term: outsideKeptEverywhere(v) },
  ],
  decomposed(v),
);

/** T4.2: induction from the output down. */
export const decompositionProof = script(decomposition, (p) => {
  const last = p.step(
    'T4.2a',
    decomposedAt(H, v),
    fixing([i, c], calculation),
    [p.given('output'), p.given('product-last')],
    'At the last layer it is f = W_H h_H.',
  );
  const atEnd = p.suppose('T4.2b', eq(natAdd(l, nat(0)), H), 'Let l be the last layer.');
  const end = p.step('T4.2c', decomposedAt(l, v), transport(l, H), [last, atEnd], 'It is H.');
  const base = p.step('T4.2d', claim(nat(0)), p.introducing(l), [end], 'The claim at the last layer.');

  const before = p.suppose('T4.2e', claim(k), 'Let the claim hold k layers before the last.');
  const place = p.suppose('T4.2f', eq(natAdd(l, next(k)), H), 'Let l be the layer before that,');
  const low = p.suppose('T4.2g', natLe(t, l), 'with t ≤ l,');
  const products = p.suppose('T4.2h', productsKeptAfter(l, v), 'and let the products after l be kept.');
  const hidden = p.step('T4.2i', natLt(l, H), naturals, [place], 'Then l < H.');
  const fewer = p.step(
    'T4.2j',
    productsKeptAfter(next(l), v),
    fixing([variable("l'", Nat)], applying(variable("l'", Nat))),
    [products],
    'The products after l + 1 are kept too.',
  );
  const above = p.step(
    'T4.2k',
    decomposedAt(next(l), v),
    applying(next(l)),
    [before, place, low, fewer],
    'So the claim holds at l + 1.',
  );
  const product = p.step(
    'T4.2l',
    productKept(next(l), v),
    applying(next(l)),
    [products, hidden],
    'There M W is the same at v and θ,',
  );
  const outside = p.step(
    'T4.2m',
    outsideKept(l, v),
    applying(l),
    [p.given('outside'), low, hidden],
    'the units outside J are the same,',
  );
  const linearThere = p.step(
    'T4.2n',
    linearIn(l, v),
    applying(l),
    [p.given('linear'), low, hidden],
    'those in J are linear at v',
  );
  const linearHere = p.step(
    'T4.2o',
    linearIn(l, θ),
    applying(l),
    [p.given('linear-there'), low, hidden],
    'and at θ,',
  );
  const b = unit(l, 'b');
  const chain = p.step(
    'T4.2p',
    chainAt(l),
    applying(l),
    [p.given('product'), low, hidden],
    'and M_l is M_{l+1} W_{l+1} ψ_l.',
  );
  const X = through(next(l), c, (a) => at(W, next(l), θ, a, b));
  const step = p.step(
    'T4.2q',
    decomposedAt(l, v),
    fixing(
      [i, c],
      summing(
        { premise: 0, at: [i, c] },
        { premise: 1, at: [c, b], by: at(h, next(l), i, v, b), over: [b] },
        { premise: 2, at: [i, b], by: X, over: [b] },
        { premise: 3, at: [i, b], by: X, over: [b] },
        { premise: 4, at: [i, b], by: X, over: [b], sign: -1 },
        { premise: 5, at: [c, b], by: sub(pre(l, i, v, b), pre(l, i, θ, b)), over: [b], sign: -1 },
      ),
    ),
    [above, product, outside, linearThere, linearHere, chain],
    'M W (h(v) − h(θ)): outside J the difference is 0, in J it is that of the preactivations.',
    'section A.5',
  );
  const lower = p.step(
    'T4.2r',
    natural('k', (j) => imp(claim(j), claim(next(j)))),
    p.introducing(k, l),
    [step],
    'l and k were arbitrary.',
  );
  const every = p.step(
    'T4.2s',
    natural('k', claim),
    induction,
    [base, lower],
    'Induction on the distance to the last layer.',
  );
  p.qed('T4.2', distance(H), [every], 'Every layer has such a distance.', 'section A.5');
});
