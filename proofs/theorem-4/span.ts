import {
  all,
  delta,
  eq,
  Fin,
  imp,
  lt,
  Nat,
  nat,
  natAdd,
  natLe,
  natLt,
  not,
  type Term,
  variable,
  vec,
} from '../../src/kernel/build.ts';
import { fullRowRank } from '../../src/kernel/notions-linear.ts';
import { axiom } from '../../src/kernel/theorem.ts';
import { cases, instance } from '../support/derived.ts';
import { distance, induction, transport } from '../support/naturals.ts';
import { citing, part, script } from '../support/script.ts';
import { applying, naturals, supplied } from '../support/supply.ts';
import { byCases, calculation, tactic, witness } from '../support/tactics.ts';
import { fullRank } from './full-rank.ts';
import {
  at,
  concerned,
  dy,
  facts,
  H,
  inside,
  kept,
  l,
  M,
  natural,
  next,
  regular,
  spans,
  t,
  through,
  v,
  whole,
  ε,
} from './network.ts';
import { nullStep } from './null-step.ts';
import { nulls } from './null-vector.ts';

const k = variable('k', Nat);
const full = (l: Term): Term => fullRowRank(at(M, l));
const claim = (k: Term): Term => natural('l', (l) => imp(eq(natAdd(l, k), H), natLe(t, l), spans(l)));

export const span = part(
  'network-span',
  'The features of the layers t..H lie in Ẽ',
  'Induction from layer H down to layer t: each step is the case of full rank or that of a null vector.',
  whole,
  Object.values(facts),
  [
    { id: 'positive', name: 'ε is positive', term: lt(0, ε) },
    { id: 'regular', name: 'f is regular on the ball', term: regular },
  ],
  concerned(spans),
);

/** Induction from the output down: either M_l has a right inverse, or a unit null vector. */
export const spanProof = script(span, (p) => {
  p.name('K', kept(v), v);
  const [positive, regularBall] = [p.given('positive'), p.given('regular')];
  const right = p.suppose('T4.I1', full(l), 'Let M_l have a right inverse,');
  const low0 = p.suppose('T4.I2', natLe(t, l), 't ≤ l');
  const high0 = p.suppose('T4.I3', natLe(l, H), 'and l ≤ H,');
  const keptHere = p.suppose('T4.I4', kept(v), 'and let v be kept');
  const near = p.suppose('T4.I5', inside(v), 'and in the ball.');
  const direct = citing(p, fullRank, [positive, regularBall, low0, high0, keptHere, near, right]);
  const byInverse = p.step(
    'T4.I6',
    natural('l', (l) => imp(full(l), natLe(t, l), natLe(l, H), spans(l))),
    p.introducing(l, v),
    [direct],
    'With a right inverse the features of layer l lie in Ẽ.',
  );
  const identity = vec('a', dy, (x) => vec('c', dy, (c) => delta(x, c)));
  const unitMatrix = p.step(
    'T4.I7',
    all('i', Fin(dy), (i) =>
      all('j', Fin(dy), (j) =>
        eq(
          through(H, i, (x) => at(identity, x, j)),
          delta(i, j),
        ),
      ),
    ),
    calculation,
    [p.given('product-last')],
    'M_H = 1 has a right inverse.',
  );
  const lastFull = p.step('T4.I8', full(H), witness(identity), [unitMatrix], 'So it has full row rank,');
  const last = p.step(
    'T4.I9',
    spans(H),
    applying(H),
    [byInverse, lastFull, p.given('depth')],
    'and the claim holds at the last hidden layer.',
  );
  const atEnd = p.suppose('T4.I10', eq(natAdd(l, nat(0)), H), 'For k = 0, l is H.');
  const end = p.step('T4.I11', spans(l), transport(l, H), [last, atEnd], 'So it holds at l.');
  const base = p.step('T4.I12', claim(nat(0)), p.introducing(l), [end], 'The claim for k = 0.');

  const before = p.suppose('T4.I13', claim(k), 'Let it hold k layers before the last.');
  const place = p.suppose('T4.I14', eq(natAdd(l, next(k)), H), 'Let l be the layer before that,');
  const low = p.suppose('T4.I15', natLe(t, l), 't ≤ l.');
  const hidden = p.step('T4.I16', natLt(l, H), naturals, [place], 'Then l < H.');
  const above = p.step(
    'T4.I17',
    spans(next(l)),
    applying(next(l)),
    [before, place, low],
    'The claim holds at l + 1.',
  );
  const defect = p.suppose('T4.I18', not(full(l)), 'If M_l has no right inverse,');
  const [u, hu] = p.obtain(
    'T4.I19',
    'a',
    citing(p, nulls, [low, hidden, defect]),
    'let a be a unit null vector of it on J.',
  );
  const carried = p.step(
    'T4.I20',
    spans(l),
    applying(),
    [citing(p, nullStep, [positive, regularBall, low, hidden, hu, above], [...whole, l, u])],
    'It carries the claim from l + 1 to l.',
  );
  const otherwise = p.step(
    'T4.I21',
    imp(not(full(l)), spans(l)),
    p.introducing(),
    [carried],
    'This is case B.',
  );
  const either = p.step(
    'T4.I22',
    spans(l),
    byCases(
      [full(l), not(full(l))],
      tactic('excluded middle', 2, (_, [inverse, none, ...rest]) =>
        cases(
          instance(axiom('EM'), full(l)),
          (h) => supplied(inverse!, [l], [...rest, h]),
          (h) => supplied(none!, [], [h]),
        ),
      ),
    ),
    [byInverse, otherwise, low, hidden],
    'Either case gives the claim at l.',
    'section A.5',
  );
  const step = p.step(
    'T4.I23',
    natural('k', (j) => imp(claim(j), claim(next(j)))),
    p.introducing(k, l),
    [either],
    'l and k were arbitrary.',
  );
  const every = p.step(
    'T4.I24',
    natural('k', claim),
    induction,
    [base, step],
    'Induction on the distance to the last layer.',
  );
  p.qed('T4.I', distance(H), [every], 'Every layer has such a distance.', 'section A.5');
});
