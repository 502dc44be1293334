import { all, eq, forall, imp, mul, nat, natAdd, natLt, type Term } from '../../src/kernel/build.ts';
import { fromOffset, induction } from '../support/naturals.ts';
import { part, script } from '../support/script.ts';
import { applying, naturals, summing } from '../support/supply.ts';
import { fixing, substitution } from '../support/tactics.ts';
import {
  at,
  entries,
  facts,
  H,
  h,
  i,
  layers,
  n,
  natural,
  next,
  off,
  outsideKept,
  outsideKeptEverywhere,
  pre,
  rowsKept,
  sameLayer,
  source,
  t,
  unit,
  v,
  W,
  θ,
  ψ,
} from './network.ts';
import { outsideBySeparation } from './tactics.ts';

const here = natAdd(t, n);
const claim = (k: Term) => imp(natLt(natAdd(t, k), H), outsideKept(natAdd(t, k), v));

export const outside = part(
  'network-outside',
  'The units outside J see nothing of a change that keeps their rows',
  'By induction on the layer, units outside J see only rows that are kept.',
  [...layers, t, ψ, θ, v],
  [facts.layer, facts.coordinatewise, facts.sets, facts.closed],
  [
    { id: 'rows', name: 'the rows outside J are kept', term: rowsKept(v) },
    { id: 'start', name: 'layer t is kept', term: sameLayer(t, v, θ) },
  ],
  outsideKeptEverywhere(v),
);

/** T4.1, for the units outside J: induction from layer t + 1 on. */
export const outsideProof = script(outside, (p) => {
  const rows = p.given('rows');
  const start = p.given('start');
  const separation = [p.given('layer'), p.given('coordinatewise'), p.given('sets')];
  /** (1 − ψ) W h is the same at v and θ */
  const keptSums = (l: Term) =>
    forall(
      [i, unit(l)],
      eq(mul(off(l, unit(l)), pre(l, i, v, unit(l))), mul(off(l, unit(l)), pre(l, i, θ, unit(l)))),
    );
  const keptRows = (l: Term) =>
    entries(l, (x, y) => eq(mul(off(l, x), at(W, l, v, x, y)), mul(off(l, x), at(W, l, θ, x, y))));

  const first = p.suppose('T4.1k', natLt(natAdd(t, nat(0)), H), 'Let t < H.');
  const rowsFirst = p.step(
    'T4.1l',
    keptRows(t),
    applying(t),
    [rows, first],
    'The rows of layer t + 1 are kept,',
  );
  const a = unit(t);
  const b = source(t);
  const startEntries = p.step(
    'T4.1m0',
    forall([i, b], eq(at(h, t, i, v, b), at(h, t, i, θ, b))),
    fixing([i, b], substitution),
    [start],
    'Layer t is the same, entry by entry,',
  );
  const sumsFirst = p.step(
    'T4.1m',
    keptSums(t),
    fixing(
      [i, a],
      summing(
        { premise: 0, at: [a, b], by: at(h, t, i, v, b), over: [b] },
        { premise: 1, at: [i, b], by: mul(off(t, a), at(W, t, θ, a, b)), over: [b] },
      ),
    ),
    [rowsFirst, startEntries],
    'and layer t is, so the preactivations outside J are.',
  );
  const baseLayer = p.step(
    'T4.1n',
    outsideKept(t, v),
    outsideBySeparation(t),
    [sumsFirst, ...separation, first],
    'So layer t + 1 is kept outside J.',
  );
  const base = p.step('T4.1o', claim(nat(0)), p.introducing(), [baseLayer], 'The claim for n = 0.');

  const before = p.suppose('T4.1p', claim(n), 'Let the claim hold for layer t + n + 1.');
  const l = next(here);
  const more = p.suppose('T4.1q', natLt(natAdd(t, next(n)), H), 'Let t + n + 1 < H.');
  const fits = p.step('T4.1r', natLt(l, H), naturals, [more], 'The same.');
  const lower = p.step(
    'T4.1t',
    outsideKept(here, v),
    applying(),
    [before, fits],
    'Layer t + n + 1 is kept outside J.',
  );
  const rowsHere = p.step('T4.1u', keptRows(l), applying(l), [rows, fits], 'The rows outside J are kept,');
  const dies = p.step(
    'T4.1v',
    entries(l, (x, y) => eq(mul(off(l, x), at(W, l, θ, x, y), at(ψ, here, y)), 0)),
    applying(here),
    [p.given('closed'), fits],
    'and have 0 in the columns of J.',
    'section 4.2.3, condition 3',
  );
  const x = unit(l);
  const y = source(l);
  const value = (point: Term) => at(h, l, i, point, y);
  const sums = p.step(
    'T4.1w',
    keptSums(l),
    fixing(
      [i, x],
      summing(
        { premise: 0, at: [x, y], by: value(v), over: [y] },
        { premise: 1, at: [x, y], by: value(v), over: [y] },
        { premise: 1, at: [x, y], by: value(θ), over: [y], sign: -1 },
        { premise: 2, at: [i, y], by: mul(off(l, x), at(W, l, θ, x, y)), over: [y] },
      ),
    ),
    [rowsHere, dies, lower],
    'So the preactivations outside J are kept: the columns of J do not count, the others agree.',
  );
  const layer = p.step(
    'T4.1x',
    outsideKept(l, v),
    outsideBySeparation(l),
    [sums, ...separation, fits],
    'So layer t + n + 2 is kept outside J.',
  );
  const step = p.step(
    'T4.1y',
    natural('n', (k) => imp(claim(k), claim(next(k)))),
    p.introducing(n),
    [layer],
    'n was arbitrary.',
  );
  const every = p.step('T4.1z', all('n', n.sort, claim), induction, [base, step], 'Induction on n.');
  p.qed('T4.1', fromOffset, [every], 'Every l ≥ t is some t + n.', 'section A.5');
});
