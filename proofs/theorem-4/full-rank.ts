import {
  add,
  all,
  Diff,
  eq,
  forall,
  imp,
  lt,
  mul,
  natLe,
  partial,
  Real,
  sum,
  type Term,
  variable,
  vec,
} from '../../src/kernel/build.ts';
import { fullRowRank } from '../../src/kernel/notions-linear.ts';
import { inE, inV, moved as step } from '../../theorems/setting.ts';
import { tangent } from '../perturbed-span.ts';
import { normOfZero } from '../support/neighbourhoods.ts';
import { citing, part, script } from '../support/script.ts';
import { applying, summing } from '../support/supply.ts';
import { byAxiom, calculation, fixing } from '../support/tactics.ts';
import { line } from './ball.ts';
import { keptDirection } from './direction.ts';
import { keptDecomposition } from './invariance.ts';
import { moving, oneLayer, preactivationMoves, productsElsewhere } from './line.ts';
import {
  agreeBelow,
  at,
  Coefficients,
  c,
  chained,
  D,
  decomposedAt,
  dy,
  E,
  entries,
  f,
  facts,
  features,
  H,
  h,
  i,
  inside,
  kept,
  l,
  linearAt,
  M,
  m,
  N,
  next,
  off,
  productsKeptAfter,
  regular,
  rowsKept,
  samples,
  source,
  t,
  through,
  unit,
  v,
  whole,
  width,
  ε,
  θ,
  ψ,
} from './network.ts';
import { absorbedAt, idempotentAt, products } from './products.ts';

export const fullRank = part(
  'network-full-rank',
  'Where M_l has a right inverse, every Q h_l is a directional derivative',
  'Where M_l has a right inverse, a step of the weights of layer l reaches any matrix Q in front of h_l.',
  [...whole, l, v],
  Object.values(facts).filter((each) => each !== facts.large && each !== facts.length),
  [
    { id: 'positive', name: 'ε is positive', term: lt(0, ε) },
    { id: 'regular', name: 'f is regular on the ball', term: regular },
    { id: 'low', name: 't ≤ l', term: natLe(t, l) },
    { id: 'high', name: 'l ≤ H', term: natLe(l, H) },
    { id: 'kept', name: 'v is kept', term: kept(v) },
    { id: 'inside', name: 'v lies in the ball', term: inside(v) },
    { id: 'full', name: 'M_l has a right inverse', term: fullRowRank(at(M, l)) },
  ],
  all('Q', Coefficients(l), (Q) => inE(D, θ, ε, features(l, Q, v))),
);

/** T4.5: a step of W_l by sψXQ moves f by sQh_l. */
export const fullRankProof = script(fullRank, (p) => {
  const [low, high] = [p.given('low'), p.given('high')];
  const [keptHere, near, regularBall] = [p.given('kept'), p.given('inside'), p.given('regular')];
  const Q = variable('Q', Coefficients(l));
  const s = variable('s', Real);
  const [X, inverse] = p.obtain('T4.5a', 'X', p.given('full'), 'Let X be a right inverse of M_l.');
  const [a, b] = [unit(l), source(l)];
  const XQ = (a: Term, b: Term) => sum('c', dy, (c) => mul(at(X, a, c), at(Q, c, b)));
  const B = p.name(
    'G',
    vec('a', width(next(l)), (a) => vec('b', width(l), (b) => mul(at(ψ, l, a), XQ(a, b)))),
  );
  const δ = at(E, l, B);
  const there = moving(B, s);
  const both = citing(p, products, []);
  const idempotent = p.step('T4.5b', idempotentAt(l), applying(l), [p.part(both, 0), low, high], 'ψ² = ψ');
  const absorbed = p.step(
    'T4.5c',
    absorbedAt(l),
    applying(l),
    [p.part(both, 1), low, high],
    'and M_l ψ_l = M_l,',
  );
  const rows = p.step(
    'T4.5d',
    entries(l, (a, b) => eq(mul(off(l, a), at(B, a, b)), 0)),
    fixing([a, b], summing({ premise: 0, at: [a], by: XQ(a, b), sign: -1 })),
    [idempotent],
    'so G := ψXQ is 0 outside the rows of J,',
  );
  const product = p.step(
    'T4.5e',
    forall(
      [c, b],
      eq(
        through(l, c, (a) => at(B, a, b)),
        at(Q, c, b),
      ),
    ),
    fixing([c, b], calculation),
    [absorbed, inverse],
    'and M_l G = Q.',
  );
  const [τ, hτ] = p.obtain(
    'T4.5f',
    'τ',
    p.cite(line.id, [N, θ, v, δ, ε], [near]),
    'The points v + sE_l(G) stay in the ball for |s| < τ.',
  );
  const above = p.suppose('T4.5g', lt(mul(-1, τ), s), 'Let −τ < s');
  const below = p.suppose('T4.5h', lt(s, τ), 'and s < τ.');
  const nearThere = p.step(
    'T4.5i',
    inside(there),
    applying(s),
    [p.part(hτ, 1), above, below],
    'The point is in the ball,',
  );
  const linearThere = p.step(
    'T4.5j',
    linearAt(there),
    applying(there),
    [regularBall, nearThere],
    'the units in J are linear there,',
  );
  const linearHere = p.step('T4.5k', linearAt(v), applying(v), [regularBall, near], 'at v,');
  const center = p.step('T4.5l', inside(θ), normOfZero, [p.given('positive')], 'and, as θ is in the ball,');
  const linearθ = p.step('T4.5m', linearAt(θ), applying(θ), [regularBall, center], 'at θ.');
  const moved = citing(p, oneLayer, [low, high, keptHere, rows], [...chained, E, l, v, B, s]);
  const moves = p.step(
    'T4.5n',
    preactivationMoves(B, s),
    applying(),
    [moved],
    'The preactivations after l move by sBh_l,',
  );
  const start = p.step('T4.5o', agreeBelow(t, there, θ), applying(), [moved], 'the layers up to t do not,');
  const keptRows = p.step('T4.5p', rowsKept(there), applying(), [moved], 'nor the rows outside J,');
  const elsewhere = p.step(
    'T4.5q',
    productsElsewhere(there),
    applying(),
    [moved],
    'nor the products elsewhere:',
  );
  const k = variable('k', l.sort);
  const after = p.step(
    'T4.5r',
    productsKeptAfter(l, there),
    fixing([k], applying(k)),
    [elsewhere, low],
    'in particular those after l,',
  );
  const changeThere = p.step(
    'T4.5s',
    decomposedAt(l, there),
    applying(l),
    [
      citing(p, keptDecomposition, [start, keptRows, linearThere, linearθ], [...chained, there]),
      low,
      high,
      after,
    ],
    'so that the change of f is one through M_l,',
  );
  const afterHere = p.step(
    'T4.5t',
    productsKeptAfter(l, v),
    fixing([k], applying(k)),
    [p.part(keptHere, 2), low],
    'and at v,',
  );
  const changeHere = p.step(
    'T4.5u',
    decomposedAt(l, v),
    applying(l),
    [
      citing(p, keptDecomposition, [p.part(keptHere, 0), p.part(keptHere, 1), linearHere, linearθ]),
      low,
      high,
      afterHere,
    ],
    'where nothing moved, too.',
  );
  const affine = p.step(
    'T4.5v',
    samples((i) =>
      all('c', c.sort, (c) =>
        eq(at(f, i, there, c), add(at(f, i, v, c), mul(s, at(features(l, Q, v), i, c)))),
      ),
    ),
    fixing(
      [i, c],
      summing(
        { premise: 0, at: [i, c] },
        { premise: 1, at: [i, c], sign: -1 },
        { premise: 2, at: [i, a], by: at(M, l, c, a), over: [a] },
        { premise: 3, at: [c, b], by: mul(s, at(h, l, i, v, b)), over: [b] },
      ),
    ),
    [changeThere, changeHere, moves, product],
    'So f moves by sM_l G h_l = sQh_l.',
    'section A.5',
  );
  const onLine = p.step(
    'T4.5w',
    all('s', Real, (s) =>
      imp(
        lt(mul(-1, τ), s),
        lt(s, τ),
        samples((i) =>
          all('c', c.sort, (c) =>
            eq(at(f, i, moving(B, s), c), add(at(f, i, v, c), mul(s, at(features(l, Q, v), i, c)))),
          ),
        ),
      ),
    ),
    p.introducing(s),
    [affine],
    's was arbitrary.',
  );
  const smooth = p.step(
    'T4.5x',
    samples((i) => Diff(at(f, i), v)),
    applying(v),
    [regularBall, near],
    'f is differentiable at v.',
  );
  const derivative = p.step(
    'T4.5y',
    samples((i) =>
      all('c', c.sort, (c) =>
        eq(
          sum('k', N, (k) => mul(at(δ, k), at(partial(at(f, i), v, k), c))),
          at(features(l, Q, v), i, c),
        ),
      ),
    ),
    fixing([i], byAxiom('DIRDERIV', N, dy, at(f, i), v, δ, at(features(l, Q, v), i), τ)),
    [p.part(hτ, 0), onLine, smooth],
    'Its derivative along E_l(G) is Qh_l.',
    'section A.5',
  );
  const [w, hw] = p.obtain(
    'T4.5z',
    'w',
    citing(p, keptDirection, [p.given('positive'), regularBall, keptHere, near]),
    'And v is θ + εw, w ∈ V[θ, ε].',
  );
  const F = features(l, Q, v);
  const along = p.step('T4.5B', inV(D, θ, ε, w), applying(), [hw], 'w lies in V[θ, ε],');
  const point = p.step('T4.5C', eq(step(θ, ε, w), v), applying(), [hw], 'and v is θ + εw.');
  const member = p.step(
    'T4.5A',
    inE(D, θ, ε, F),
    applying(),
    [p.cite(tangent.id, [m, N, dy, D.λ, D.ℓ, f, θ, ε, w, v, δ, F], [along, point, derivative])],
    'So Qh_l lies in Ẽ.',
  );
  p.qed('T4.5', p.introducing(Q), [member], 'Q was arbitrary.', 'section A.5');
});
