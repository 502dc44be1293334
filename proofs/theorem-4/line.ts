import {
  add,
  and,
  eq,
  imp,
  mul,
  natLe,
  natLt,
  not,
  Real,
  scale,
  sum,
  type Term,
  variable,
  vecAdd,
} from '../../src/kernel/build.ts';
import { exceptAt } from '../support/naturals.ts';
import { citing, part, script } from '../support/script.ts';
import { applying, summing, together } from '../support/supply.ts';
import { fixing } from '../support/tactics.ts';
import { below } from './below.ts';
import {
  agreeBelow,
  at,
  c,
  chained,
  E,
  entries,
  facts,
  H,
  h,
  i,
  kept,
  l,
  layers,
  M,
  natural,
  off,
  pre,
  productKept,
  rowsKept,
  sameLayer,
  samples,
  source,
  t,
  unit,
  units,
  v,
  W,
  weights,
  width,
  θ,
} from './network.ts';

export const B = variable('B', weights(l));
export const s = variable('s', Real);
/** v + sE_l(B) */
export const moving = (B: Term, s: Term): Term => vecAdd(v, scale(s, at(E, l, B)));
const there = moving(B, s);
const k = variable('k', l.sort);

export const ownAt = (B: Term, s: Term): Term =>
  entries(l, (a, b) => eq(at(W, l, moving(B, s), a, b), add(at(W, l, v, a, b), mul(s, at(B, a, b)))));
/** the preactivations of layer l + 1 move by s B h_l */
export const preactivationMoves = (B: Term, s: Term): Term =>
  samples((i) =>
    units(l, (a) =>
      eq(
        pre(l, i, moving(B, s), a),
        add(
          pre(l, i, v, a),
          mul(
            s,
            sum('b', width(l), (b) => mul(at(B, a, b), at(h, l, i, v, b))),
          ),
        ),
      ),
    ),
  );
/** no other layer loses its product */
export const productsElsewhere = (point: Term): Term =>
  natural('k', (k) => imp(not(eq(l, k)), natLe(t, k), natLe(k, H), productKept(k, point)));

export const oneLayer = part(
  'network-line',
  'A step of one layer, in rows of J, changes only that layer of weights and the layers after it',
  'Along such a step f is affine, so its derivative is known exactly.',
  [...chained, E, l, v, B, s],
  [facts.input, facts.layer, facts.linear, facts.own, facts.apart],
  [
    { id: 'low', name: 't ≤ l', term: natLe(t, l) },
    { id: 'high', name: 'l ≤ H', term: natLe(l, H) },
    { id: 'kept', name: 'v is kept', term: kept(v) },
    {
      id: 'rows',
      name: 'B is 0 outside the rows of J',
      term: entries(l, (a, b) => eq(mul(off(l, a), at(B, a, b)), 0)),
    },
  ],
  and(
    ownAt(B, s),
    preactivationMoves(B, s),
    sameLayer(l, there, v),
    agreeBelow(t, there, θ),
    rowsKept(there),
    productsElsewhere(there),
  ),
);

export const oneLayerProof = script(oneLayer, (p) => {
  const low = p.given('low');
  const high = p.given('high');
  const keptRows = p.part(p.given('kept'), 1);
  const [a, b] = [unit(l), source(l)];
  const [x, y] = [unit(k), source(k)];
  const own = p.step(
    'T4.3a',
    ownAt(B, s),
    fixing(
      [a, b],
      summing({ premise: 0, at: [l, v, at(E, l, B), s, a, b] }, { premise: 1, at: [l, B, a, b], by: s }),
    ),
    [p.given('weights-linear'), p.given('own'), high],
    'W_l moves by sB,',
  );
  const unchanged = (k: Term): Term => entries(k, (x, y) => eq(at(W, k, there, x, y), at(W, k, v, x, y)));
  const others = p.step(
    'T4.3b',
    natural('k', (j) => imp(not(eq(l, j)), natLe(j, H), unchanged(j))),
    fixing(
      [k, x, y],
      summing({ premise: 0, at: [k, v, at(E, l, B), s, x, y] }, { premise: 1, at: [l, k, B, x, y], by: s }),
    ),
    [p.given('weights-linear'), p.given('apart'), high],
    'and the other weights do not.',
  );
  const earlier = p.step(
    'T4.3c',
    agreeBelow(l, there, v),
    fixing([k], applying(k)),
    [others, high],
    'Those before l do not,',
  );
  const layer = p.step(
    'T4.3d',
    sameLayer(l, there, v),
    applying(l),
    [citing(p, below, [], [...layers, there, v]), high, earlier],
    'so layer l is the same.',
  );
  const moves = p.step(
    'T4.3d0',
    preactivationMoves(B, s),
    fixing(
      [i, a],
      summing(
        { premise: 0, at: [a, b], by: at(h, l, i, there, b), over: [b] },
        { premise: 1, at: [i, b], by: add(at(W, l, v, a, b), mul(s, at(B, a, b))), over: [b] },
      ),
    ),
    [own, layer],
    'and the preactivations after it move by s B h_l.',
  );
  const start = p.step(
    'T4.3e',
    agreeBelow(t, there, θ),
    fixing([k, x, y], summing({ premise: 0, at: [k, x, y] }, { premise: 1, at: [k, x, y] })),
    [earlier, p.part(p.given('kept'), 0), low],
    'The layers up to t are those of θ.',
  );
  const rowsAt = (k: Term): Term =>
    entries(k, (x, y) => eq(mul(off(k, x), at(W, k, there, x, y)), mul(off(k, x), at(W, k, θ, x, y))));
  const rowsHere = p.step(
    'T4.3f',
    imp(natLt(l, H), rowsAt(l)),
    fixing(
      [a, b],
      summing(
        { premise: 0, at: [a, b], by: off(l, a) },
        { premise: 1, at: [l, a, b] },
        { premise: 2, at: [a, b], by: s },
      ),
    ),
    [own, keptRows, p.given('rows'), low],
    'At l the rows outside J are kept, as those of B are 0;',
  );
  const rowsElsewhere = p.step(
    'T4.3g',
    natural('k', (j) => imp(not(eq(l, j)), natLe(t, j), natLt(j, H), rowsAt(j))),
    fixing([k, x, y], summing({ premise: 0, at: [k, x, y], by: off(k, x) }, { premise: 1, at: [k, x, y] })),
    [others, keptRows],
    'elsewhere nothing moves.',
  );
  const rows = p.step(
    'T4.3h',
    rowsKept(there),
    fixing([k], exceptAt(l, k)),
    [rowsHere, rowsElsewhere],
    'So they are kept everywhere.',
  );
  const z = source(k);
  const products = p.step(
    'T4.3i',
    productsElsewhere(there),
    fixing(
      [k, c, z],
      summing({ premise: 0, at: [k, x, z], by: at(M, k, c, x), over: [x] }, { premise: 1, at: [k, c, z] }),
    ),
    [others, p.part(p.given('kept'), 2)],
    'The products of the other layers are kept.',
  );
  p.qed('T4.3', together, [own, moves, layer, start, rows, products], 'All six hold.', 'section A.5');
});
