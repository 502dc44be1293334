import { and, eq, exists, lt, type Term, Vec } from '../../src/kernel/build.ts';
import { inV, moved } from '../../theorems/setting.ts';
import { normOfZero } from '../support/neighbourhoods.ts';
import { citing, part, script } from '../support/script.ts';
import { applying } from '../support/supply.ts';
import { logic, rewriting, substitution, witness } from '../support/tactics.ts';
import { direction } from './ball.ts';
import { invariance } from './invariance.ts';
import {
  at,
  D,
  f,
  inside,
  kept,
  linearAt,
  N,
  regular,
  samePredictions,
  samples,
  v,
  whole,
  ε,
  θ,
} from './network.ts';

/** Where the proof moves in the ball, it moves along V[θ, ε]. */
export const keptDirection = part(
  'network-direction',
  'A point of the ball that keeps products, rows and first layers is θ + εw with w ∈ V[θ, ε]',
  'So such points are directions of V[θ, ε], at which derivatives may be taken.',
  [...whole, v],
  invariance.statement().setting,
  [
    { id: 'positive', name: 'ε is positive', term: lt(0, ε) },
    { id: 'regular', name: 'f is regular on the ball', term: regular },
    { id: 'kept', name: 'v is kept', term: kept(v) },
    { id: 'inside', name: 'v lies in the ball', term: inside(v) },
  ],
  exists('w', Vec(N), (w) => and(inV(D, θ, ε, w), eq(moved(θ, ε, w), v))),
);

export const keptDirectionProof = script(keptDirection, (p) => {
  const positive = p.given('positive');
  const regularBall = p.given('regular');
  const near = p.given('inside');
  const linear = p.step(
    'T4.9a',
    linearAt(v),
    applying(v),
    [regularBall, near],
    'The units in J are linear at v,',
  );
  const center = p.step('T4.9b', inside(θ), normOfZero, [positive], 'and θ is in the ball,');
  const linearThere = p.step(
    'T4.9c',
    linearAt(θ),
    applying(θ),
    [regularBall, center],
    'so they are linear at θ.',
  );
  const same = p.step(
    'T4.9d',
    samePredictions(v),
    logic,
    [citing(p, invariance, [p.given('kept'), linear, linearThere])],
    'So f(v) = f(θ).',
  );
  const [w, hw] = p.obtain(
    'T4.9e',
    'w',
    p.cite(direction.id, [N, θ, v, ε], [positive, near]),
    'Write v as θ + εw, ‖w‖ ≤ 1.',
  );
  const back = p.step('T4.9f', eq(v, moved(θ, ε, w)), substitution, [p.part(hw, 1)], 'So v is θ + εw,');
  const moves = p.step(
    'T4.9g',
    samples((j: Term) => eq(at(f, j, moved(θ, ε, w)), at(f, j, θ))),
    rewriting,
    [same, back],
    'and f is the same there.',
  );
  const member = p.step(
    'T4.9h',
    inV(D, θ, ε, w),
    logic,
    [p.part(hw, 0), moves],
    'w lies in V[θ, ε].',
    'section 3.3',
  );
  p.qed('T4.9', witness(w), [member, p.part(hw, 1)], 'w is as claimed.', 'section A.5');
});
