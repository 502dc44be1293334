import { eq, forall } from '../../src/kernel/build.ts';
import { citing, part, script } from '../support/script.ts';
import { applying, summing } from '../support/supply.ts';
import { calculation, fixing, substitution } from '../support/tactics.ts';
import { below } from './below.ts';
import { decomposition } from './decomposition.ts';
import {
  agreeBelow,
  at,
  c,
  chained,
  decomposed,
  decomposedAt,
  f,
  facts,
  h,
  i,
  kept,
  l,
  layers,
  linearAt,
  outsideKeptEverywhere,
  productKept,
  productsKeptAfter,
  rowsKept,
  sameLayer,
  samePredictions,
  source,
  t,
  through,
  v,
  W,
  θ,
} from './network.ts';
import { outside } from './outside.ts';

const beyond = part(
  'network-kept',
  'Where products and rows are kept, a change of f is one of the preactivations of any layer',
  'The decomposition holds at every layer from t on, and only the rows of J of one layer are left in it.',
  [...chained, v],
  [
    facts.depth,
    facts.input,
    facts.layer,
    facts.output,
    facts.coordinatewise,
    facts.sets,
    facts.closed,
    facts.first,
    facts.chain,
  ],
  [
    { id: 'before', name: 'the layers up to t are kept', term: agreeBelow(t, v, θ) },
    { id: 'rows', name: 'the rows outside J are kept', term: rowsKept(v) },
    { id: 'linear', name: 'the units in J are linear at v', term: linearAt(v) },
    { id: 'linear-there', name: 'and at θ', term: linearAt(θ) },
  ],
  decomposed(v),
);

export { beyond as keptDecomposition };

export const keptDecompositionProof = script(beyond, (p) => {
  const start = p.step(
    'T4.2t',
    sameLayer(t, v, θ),
    applying(t),
    [citing(p, below, [], [...layers, v, θ]), p.given('depth'), p.given('before')],
    'Layer t depends on the weights before it only.',
  );
  const far = p.step(
    'T4.2u',
    outsideKeptEverywhere(v),
    applying(),
    [citing(p, outside, [p.given('rows'), start])],
    'The units outside J see nothing of the change.',
  );
  p.qed(
    'T4.2v',
    applying(),
    [citing(p, decomposition, [p.given('linear'), p.given('linear-there'), far])],
    'So the change of f is that of the preactivations of a layer.',
    'section A.5',
  );
});

export const invariance = part(
  'network-invariance',
  'A change that keeps the products, the rows outside J and the layers up to t changes no prediction',
  'It is the decomposition at layer t, where nothing is left.',
  [...chained, v],
  beyond.statement().setting,
  [
    { id: 'kept', name: 'v keeps them', term: kept(v) },
    { id: 'linear', name: 'the units in J are linear at v', term: linearAt(v) },
    { id: 'linear-there', name: 'and at θ', term: linearAt(θ) },
  ],
  samePredictions(v),
);

/** T4.10: the change of f is one through M_t of layer t, which is kept. */
export const invarianceProof = script(invariance, (p) => {
  const all = p.given('kept');
  const [before, rows, products] = [p.part(all, 0), p.part(all, 1), p.part(all, 2)];
  const depth = p.given('depth');
  const above = p.step(
    'T4.10a',
    productsKeptAfter(t, v),
    fixing([l], applying(l)),
    [products],
    'The products after layer t are kept,',
  );
  const change = p.step(
    'T4.10b',
    decomposedAt(t, v),
    applying(t),
    [citing(p, beyond, [before, rows, p.given('linear'), p.given('linear-there')]), depth, above],
    'so the change of f is one through M_t.',
  );
  const product = p.step('T4.10c', productKept(t, v), applying(t), [products, depth], 'M_t W_t is kept,');
  const b = source(t);
  const layer = p.step(
    'T4.10d',
    sameLayer(t, v, θ),
    applying(t),
    [citing(p, below, [], [...layers, v, θ]), depth, before],
    'and so is layer t,',
  );
  const entries = p.step(
    'T4.10e',
    forall([i, b], eq(at(h, t, i, v, b), at(h, t, i, θ, b))),
    fixing([i, b], substitution),
    [layer],
    'entry by entry.',
  );
  const X = through(t, c, (a) => at(W, t, θ, a, b));
  const same = p.step(
    'T4.10f',
    forall([i, c], eq(at(f, i, v, c), at(f, i, θ, c))),
    fixing(
      [i, c],
      summing(
        { premise: 0, at: [i, c] },
        { premise: 1, at: [c, b], by: at(h, t, i, v, b), over: [b] },
        { premise: 2, at: [i, b], by: X, over: [b] },
      ),
    ),
    [change, product, entries],
    'So f is kept.',
  );
  p.qed('T4.10', fixing([i], calculation), [same], 'f(v) = f(θ) for every sample.', 'section A.5');
});
