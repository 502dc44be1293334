import {
  add,
  all,
  and,
  delta,
  div,
  eq,
  exists,
  Fin,
  forall,
  inv,
  le,
  lt,
  mul,
  natLe,
  natLt,
  Real,
  real,
  scale,
  sub,
  sum,
  type Term,
  Vec,
  variable,
  vec,
  vecSub,
} from '../../src/kernel/build.ts';
import { norm } from '../../src/kernel/notions.ts';
import { dataVariables, inE } from '../../theorems/setting.ts';
import { plus, sums, twoTerms } from '../perturbed-span.ts';
import { exceptAt } from '../support/naturals.ts';
import { scaledNorm } from '../support/neighbourhoods.ts';
import { citing, part, script } from '../support/script.ts';
import { applying, naturals, summing, together } from '../support/supply.ts';
import { byAxiom, fixing, linearly, rewriting, witness } from '../support/tactics.ts';
import { entrywise, reciprocal, unitNorm } from '../support/vectors.ts';
import { moving, oneLayer, ownAt, preactivationMoves, productsElsewhere } from './line.ts';
import {
  agreeBelow,
  at,
  Coefficients,
  c,
  chained,
  D,
  dy,
  E,
  entries,
  facts,
  features,
  H,
  h,
  i,
  inside,
  kept,
  l,
  linearAt,
  linearIn,
  M,
  m,
  N,
  next,
  off,
  productKept,
  productsKept,
  regular,
  rowsKept,
  source,
  spans,
  t,
  unit,
  v,
  whole,
  width,
  ε,
  θ,
  ψ,
} from './network.ts';
import { nullVector } from './null-vector.ts';

const a = variable('a', Vec(width(next(l))));

export const nullStep = part(
  'network-null-step',
  'A unit null vector of M_l carries the span from layer l + 1 down to layer l',
  'A step along the null vector changes no prediction, and the difference of two derivatives gives the features one layer below.',
  [...whole, l, a],
  [facts.input, facts.layer, facts.linear, facts.own, facts.apart, facts.length],
  [
    { id: 'positive', name: 'ε is positive', term: lt(0, ε) },
    { id: 'regular', name: 'f is regular on the ball', term: regular },
    { id: 'low', name: 't ≤ l', term: natLe(t, l) },
    { id: 'hidden', name: 'l < H', term: natLt(l, H) },
    { id: 'null', name: 'a is a unit null vector of M_l on J', term: nullVector(a) },
    { id: 'above', name: 'Ẽ holds the features of layer l + 1', term: spans(next(l)) },
  ],
  spans(l),
);

/** T4.8–T4.12, without chains: one step of one layer along a eᵀ. */
export const nullStepProof = script(nullStep, (p) => {
  const [low, hidden, positive] = [p.given('low'), p.given('hidden'), p.given('positive')];
  const regularBall = p.given('regular');
  const [length, onJ, annihilated] = [
    p.part(p.given('null'), 0),
    p.part(p.given('null'), 1),
    p.part(p.given('null'), 2),
  ];
  const high = p.step('T4.8a', natLe(l, H), naturals, [hidden], 'l ≤ H.');
  const keptHere = p.suppose('T4.8b', kept(v), 'Let v be kept,');
  const near = p.suppose('T4.8c', inside(v), 'in the ball,');
  const Q = variable('Q', Coefficients(l));
  const e = source(l, 'e');
  const [x, y] = [unit(l), source(l)];
  p.name('K', kept(v), v);
  const B = p.name(
    'G',
    vec('a', width(next(l)), (x) => vec('b', width(l), (y) => mul(at(a, x), delta(y, e)))),
    e,
  );
  const δ = at(E, l, B);

  const gap = norm(vecSub(v, θ));
  const half = div(sub(ε, gap), 2);
  const room = p.step(
    'T4.8d',
    exists('η', Real, (η) => and(lt(0, η), lt(add(gap, η), ε))),
    witness(half),
    [
      p.step('T4.8d1', lt(0, half), linearly(div(real(1), 2)), [near], '0 < (ε − ‖v − θ‖)/2,'),
      p.step(
        'T4.8d2',
        lt(add(gap, half), ε),
        linearly(div(real(1), 2)),
        [near],
        'and half of the room is left.',
      ),
    ],
    'There is room for a step.',
  );
  const [η, hη] = p.obtain('T4.8d3', 'η', room, 'Let η be its length.');
  const [positiveη, fits] = [p.part(hη, 0), p.part(hη, 1)];
  const there = moving(B, η);
  const rows = p.step(
    'T4.8e',
    entries(l, (x, y) => eq(mul(off(l, x), at(B, x, y)), 0)),
    fixing([x, y], summing({ premise: 0, at: [x], by: delta(y, e), sign: -1 })),
    [onJ],
    'G_e := aeᵀ has its rows in J.',
  );
  const size = p.step(
    'T4.8f',
    eq(
      sum('k', N, (k) => mul(at(δ, k), at(δ, k))),
      sum('a', width(next(l)), (x) => sum('b', width(l), (y) => mul(at(B, x, y), at(B, x, y)))),
    ),
    applying(l, B),
    [p.given('length'), high],
    'The length of E_l(G_e) is that of G_e,',
  );
  const short = p.step('T4.8g', le(norm(δ), 1), unitNorm, [size, length], '‖a‖ ‖e‖ = 1.');
  const nonnegative = p.step('T4.8h', le(0, η), linearly(1), [positiveη], '0 ≤ η.');
  const step = p.step(
    'T4.8i',
    le(norm(scale(η, δ)), η),
    scaledNorm,
    [short, nonnegative],
    'The step is no longer than η.',
  );
  const triangle = p.step(
    'T4.8j',
    le(norm(vecSub(there, θ)), add(norm(vecSub(v, θ)), norm(scale(η, δ)))),
    byAxiom('TRI', N, vecSub(v, θ), scale(η, δ)),
    [],
    'The triangle inequality.',
  );
  const nearThere = p.step(
    'T4.8k',
    inside(there),
    linearly(1, 1, 1),
    [triangle, step, fits],
    'So v′ := v + ηE_l(G_e) is in the ball.',
  );
  const moved = citing(p, oneLayer, [low, high, keptHere, rows], [...chained, E, l, v, B, η]);
  const own = p.step('T4.8l', ownAt(B, η), applying(), [moved], 'W_l moves by ηG_e,');
  const moves = p.step(
    'T4.8m',
    preactivationMoves(B, η),
    applying(),
    [moved],
    'its preactivations by ηBh_l,',
  );
  const start = p.step('T4.8o', agreeBelow(t, there, θ), applying(), [moved], 'nor the layers up to t,');
  const keptRows = p.step('T4.8p', rowsKept(there), applying(), [moved], 'nor the rows outside J,');
  const elsewhere = p.step(
    'T4.8q',
    productsElsewhere(there),
    applying(),
    [moved],
    'nor the products elsewhere;',
  );
  const here = p.step(
    'T4.8r',
    productKept(l, there),
    fixing(
      [c, y],
      summing(
        { premise: 0, at: [x, y], by: at(M, l, c, x), over: [x] },
        { premise: 1, at: [l, c, y] },
        { premise: 2, at: [c], by: mul(η, delta(y, e)) },
      ),
    ),
    [own, p.part(keptHere, 2), annihilated, low, high],
    'that of l does not either, as M_l a = 0.',
  );
  const k = variable('k', l.sort);
  const keptProducts = p.step(
    'T4.8s',
    productsKept(there),
    fixing([k], exceptAt(l, k)),
    [here, elsewhere],
    'So all are kept.',
  );
  const keptThere = p.step('T4.8t', kept(there), together, [start, keptRows, keptProducts], 'v′ is kept.');

  const linear = p.step(
    'T4.8u',
    linearAt(v),
    applying(v),
    [regularBall, near],
    'The units in J are linear at v',
  );
  const linear1 = p.step('T4.8v', linearAt(there), applying(there), [regularBall, nearThere], 'and at v′,');
  const linearHere = p.step(
    'T4.8w',
    linearIn(l, v),
    applying(l),
    [linear, low, hidden],
    'those of layer l + 1',
  );
  const linearThere = p.step(
    'T4.8x',
    linearIn(l, there),
    applying(l),
    [linear1, low, hidden],
    'in particular.',
  );
  const value = (point: Term, x: Term) => at(h, next(l), i, point, x);
  const feature = at(h, l, i, v, e);
  const change = sub(value(there, x), value(v, x));
  const difference = p.step(
    'T4.11',
    forall(
      [i],
      eq(
        sum('a', width(next(l)), (x) => mul(at(a, x), sub(value(there, x), value(v, x)))),
        mul(η, feature),
      ),
    ),
    fixing(
      [i],
      summing(
        { premise: 0, at: [x], by: change, over: [x], sign: -1 },
        { premise: 1, at: [i, x], by: at(a, x), over: [x] },
        { premise: 2, at: [i, x], by: at(a, x), over: [x], sign: -1 },
        { premise: 3, at: [i, x], by: mul(at(ψ, l, x), at(a, x)), over: [x] },
        { premise: 0, at: [x], by: mul(η, at(a, x), feature), over: [x] },
        { premise: 4, by: mul(η, feature) },
      ),
    ),
    [onJ, linearThere, linearHere, moves, length],
    'aᵀ(h_{l+1}(v′) − h_{l+1}(v)) = η aᵀa eᵀh_l.',
    'section A.5',
  );
  const unitη = p.step('T4.12a', eq(mul(η, inv(η)), 1), reciprocal, [positiveη], 'η has an inverse.');
  const coefficients = (sign: number) =>
    vec('c', dy, (c) => vec('b', width(next(l)), (x) => mul(sign, inv(η), at(Q, c, e), at(a, x))));
  const [plusQ, minusQ] = [coefficients(1), coefficients(-1)];
  const first = features(next(l), plusQ, there);
  const second = features(next(l), minusQ, v);
  const firstIn = p.step(
    'T4.12b',
    inE(D, θ, ε, first),
    applying(there, plusQ),
    [p.given('above'), keptThere, nearThere],
    'η⁻¹q aᵀh_{l+1}(v′) lies in Ẽ,',
  );
  const secondIn = p.step(
    'T4.12c',
    inE(D, θ, ε, second),
    applying(v, minusQ),
    [p.given('above'), keptHere, near],
    'and so does −η⁻¹q aᵀh_{l+1}(v).',
  );
  const weak = p.step('T4.12d', le(0, ε), linearly(1), [positive], '0 ≤ ε.');
  const data = [...dataVariables(D), θ, ε];
  const both = p.cite(twoTerms.id, [...data, first, second], [weak, firstIn, secondIn]);
  const column = vec('i', m, (i) => vec('c', dy, (c) => mul(at(Q, c, e), at(h, l, i, v, e))));
  const entry = p.step(
    'T4.12e',
    forall([i, c], eq(at(plus(first, second), i, c), at(column, i, c))),
    fixing(
      [i, c],
      summing(
        { premise: 0, at: [i], by: mul(inv(η), at(Q, c, e)) },
        { premise: 1, by: mul(at(Q, c, e), feature) },
      ),
    ),
    [difference, unitη],
    'Their sum is q eᵀh_l(v),',
  );
  const matrices = p.step(
    'T4.12f',
    eq(plus(first, second), column),
    entrywise(linearly(1), true),
    [entry],
    'for all samples,',
  );
  const columnIn = p.step(
    'T4.12g',
    inE(D, θ, ε, column),
    rewriting,
    [both, matrices],
    'so that it lies in Ẽ,',
  );
  const family = vec('e', width(l), (e) =>
    vec('i', m, (i) => vec('c', dy, (c) => mul(at(Q, c, e), at(h, l, i, v, e)))),
  );
  const columns = p.step(
    'T4.12h',
    all('e', Fin(width(l)), (e) => inE(D, θ, ε, at(family, e))),
    p.introducing(e),
    [columnIn],
    'for each coordinate e of layer l.',
  );
  const total = p.step(
    'T4.12i',
    inE(D, θ, ε, features(l, Q, v)),
    applying(width(l), family),
    [p.cite(sums.id, data, [weak]), columns],
    'The sum over the coordinates is Qh_l(v).',
  );
  p.qed('T4.12', p.introducing(v, Q), [total], 'v and Q were arbitrary.', 'section A.5');
});
