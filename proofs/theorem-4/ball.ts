/** Points of the ball B(θ, ε) as θ + εw, and lines that stay in it. */
import {
  add,
  all,
  and,
  apply,
  dot,
  eq,
  exists,
  False,
  imp,
  inv,
  le,
  lt,
  mul,
  Nat,
  Real,
  real,
  scale,
  sub,
  type Term,
  Vec,
  variable,
  vecAdd,
  vecSub,
} from '../../src/kernel/build.ts';
import { norm } from '../../src/kernel/notions.ts';
import { fresh } from '../../src/kernel/term.ts';
import { axiom, falseElim, forallElim, forallIntro } from '../../src/kernel/theorem.ts';
import { moved } from '../../theorems/setting.ts';
import { cases, combination, instance, product, squareRootOrder } from '../support/derived.ts';
import { multiplied, nonnegativeInverse, normFacts } from '../support/neighbourhoods.ts';
import { part, script } from '../support/script.ts';
import { byAxiom, linearly, tactic, witness } from '../support/tactics.ts';
import { entrywise, reciprocal } from '../support/vectors.ts';

const N = variable('N', Nat);
const θ = variable('θ', Vec(N));
const v = variable('v', Vec(N));
const δ = variable('δ', Vec(N));
const ε = variable('ε', Real);
const s = variable('s', Real);
const inside = (x: Term): Term => lt(norm(vecSub(x, θ)), ε);
const gap = vecSub(v, θ);

/** What normFacts says of a variable, at x: a sum of squares is only seen to be nonnegative before it is multiplied out. */
const factOf = (x: Term, n: 0 | 1) => {
  const y = fresh('y', x.sort);
  return forallElim(forallIntro(y, normFacts(y)[n]), x);
};
const squareOf = (x: Term) => tactic('square of the norm', () => factOf(x, 0));
const nonnegativeNorm = (x: Term) => tactic('a norm is not negative', () => factOf(x, 1));
/** a ≤ b from a² ≤ b² and 0 ≤ b. */
const bySquares = tactic('order of squares', 2, (goal, [squares, nonnegative]) =>
  squareRootOrder(squares!, nonnegative!, goal.args[0]!),
);

export const direction = part(
  'ball-direction',
  'A point of B(θ, ε) is θ + εw with ‖w‖ ≤ 1',
  'Every point of the open ball is reached from its centre by a step εw with ‖w‖ ≤ 1, which is how V[θ, ε] speaks of points.',
  [N, θ, v, ε],
  [],
  [
    { id: 'positive', name: 'ε is positive', term: lt(0, ε) },
    { id: 'inside', name: 'v lies in B(θ, ε)', term: inside(v) },
  ],
  exists('w', Vec(N), (w) => and(le(norm(w), 1), eq(moved(θ, ε, w), v))),
);

export const directionProof = script(direction, (p) => {
  const positive = p.given('positive');
  const near = p.given('inside');
  const w = scale(inv(ε), gap);
  const one = p.step('B.1a', eq(mul(ε, inv(ε)), 1), reciprocal, [positive], 'Put w := (v − θ)/ε.');
  const n = norm(gap);
  const squareW = p.step(
    'B.1b',
    eq(mul(norm(w), norm(w)), dot(w, w)),
    squareOf(w),
    [],
    '‖w‖² is a sum of squares,',
  );
  const square = p.step('B.1c', eq(mul(n, n), dot(gap, gap)), squareOf(gap), [], 'and so is ‖v − θ‖².');
  const nonnegative = p.step('B.1d', le(0, n), nonnegativeNorm(gap), [], '0 ≤ ‖v − θ‖.');
  const opposite = p.step(
    'B.1e',
    le(sub(0, n), ε),
    linearly(1, 1),
    [nonnegative, positive],
    '−‖v − θ‖ ≤ ε, ‖v − θ‖ ≤ ε,',
  );
  const below = p.step('B.1f', le(mul(n, n), mul(ε, ε)), multiplied, [near, opposite], 'so ‖v − θ‖² ≤ ε².');
  const squares = p.step(
    'B.1g',
    le(mul(norm(w), norm(w)), mul(real(1), real(1))),
    linearly(1, mul(-1, inv(ε), inv(ε)), mul(inv(ε), inv(ε)), add(1, mul(ε, inv(ε)))),
    [squareW, square, below, one],
    'Hence ‖w‖² ≤ 1,',
  );
  const short = p.step(
    'B.1h',
    le(norm(w), 1),
    bySquares,
    [squares, p.step('B.1i', le(0, 1), linearly(), [], '0 ≤ 1.')],
    'and ‖w‖ ≤ 1.',
  );
  const same = p.step(
    'B.1j',
    eq(moved(θ, ε, w), v),
    entrywise(
      tactic('linear combination', 1, (goal, [unit]) => {
        const entry = goal.args[1]!; // v_k
        return combination(goal, [[sub(entry, apply(θ, entry.args[1]!)), unit!]], []);
      }),
    ),
    [one],
    'θ + ε w = v.',
  );
  p.qed('B.1', witness(w), [short, same], 'So w is as claimed.');
});

/** 0 < τ from 0 < τ · size and 0 ≤ τ: else τ = 0. */
const positiveFactor = (size: Term) =>
  tactic('order', 3, (goal, [room, reach, nonnegative]) =>
    cases(
      instance(axiom('TOTAL'), goal.args[1]!, real(0)),
      (h) => {
        const zero = combination(False(), [
          room!,
          [-1, reach!],
          product(h, combination(le(0, size), [nonnegative!])),
        ]);
        return falseElim(zero, goal);
      },
      (h) => h,
    ),
  );

export const line = part(
  'ball-line',
  'A line through a point of the open ball stays in it for a while',
  'So a derivative along a line may be taken at any point of the ball without leaving it.',
  [N, θ, v, δ, ε],
  [],
  [{ id: 'inside', name: 'v lies in B(θ, ε)', term: inside(v) }],
  exists('τ', Real, (τ) =>
    and(
      lt(0, τ),
      all('s', Real, (s) => imp(lt(mul(-1, τ), s), lt(s, τ), inside(vecAdd(v, scale(s, δ))))),
    ),
  ),
);

export const lineProof = script(line, (p) => {
  const near = p.given('inside');
  const n = norm(δ);
  const size = add(n, 1);
  const room = sub(ε, norm(gap));
  const τ = mul(room, inv(size));
  const nonnegative = p.step('B.2a', le(0, n), nonnegativeNorm(δ), [], '0 ≤ ‖δ‖,');
  const positive = p.step('B.2b', lt(0, size), linearly(1), [nonnegative], 'so 0 < ‖δ‖ + 1.');
  const unit = p.step('B.2c', eq(mul(size, inv(size)), 1), reciprocal, [positive], 'It has an inverse,');
  const inverse = p.step(
    'B.2d',
    le(0, inv(size)),
    nonnegativeInverse,
    [positive, unit],
    'which is not negative.',
  );
  const rooms = p.step('B.2e', lt(0, room), linearly(1), [near], 'ε − ‖v − θ‖ is positive.');
  const reach = p.step('B.2f', eq(mul(τ, size), room), linearly(room), [unit], 'Let τ be their quotient.');
  const weak = p.step('B.2g', le(0, τ), multiplied, [rooms, inverse], 'It is not negative,');
  const positiveτ = p.step('B.2h', lt(0, τ), positiveFactor(size), [rooms, reach, nonnegative], 'and not 0.');
  const low = p.suppose('B.2i', lt(mul(-1, τ), s), 'Let −τ < s,');
  const high = p.suppose('B.2j', lt(s, τ), 'and s < τ.');
  const step = scale(s, δ);
  const squareStep = p.step(
    'B.2k',
    eq(mul(norm(step), norm(step)), dot(step, step)),
    squareOf(step),
    [],
    '‖sδ‖² is a sum of squares,',
  );
  const squareδ = p.step('B.2l', eq(mul(n, n), dot(δ, δ)), squareOf(δ), [], 'and so is ‖δ‖².');
  const inRange = p.step('B.2m', le(mul(s, s), mul(τ, τ)), multiplied, [low, high], 's² ≤ τ²,');
  const squares = p.step(
    'B.2n',
    le(mul(norm(step), norm(step)), mul(mul(τ, n), mul(τ, n))),
    linearly(1, mul(-1, s, s), mul(n, n)),
    [squareStep, squareδ, inRange],
    'so ‖sδ‖² ≤ τ²‖δ‖²,',
  );
  const product = p.step('B.2o', le(0, mul(τ, n)), multiplied, [weak, nonnegative], 'and as 0 ≤ τ‖δ‖,');
  const short = p.step('B.2p', le(norm(step), mul(τ, n)), bySquares, [squares, product], '‖sδ‖ ≤ τ‖δ‖.');
  const there = vecAdd(v, step);
  const triangle = p.step(
    'B.2q',
    le(norm(vecSub(there, θ)), add(norm(gap), norm(step))),
    byAxiom('TRI', N, gap, step),
    [],
    'The triangle inequality.',
  );
  const inBall = p.step(
    'B.2r',
    inside(there),
    linearly(1, 1, 1, 1),
    [triangle, short, reach, positiveτ],
    '‖v + sδ − θ‖ ≤ ‖v − θ‖ + τ‖δ‖ < ε.',
  );
  const everywhere = p.step(
    'B.2s',
    all('s', Real, (x) => imp(lt(mul(-1, τ), x), lt(x, τ), inside(vecAdd(v, scale(x, δ))))),
    p.introducing(s),
    [inBall],
    's was arbitrary.',
  );
  p.qed('B.2', witness(τ), [positiveτ, everywhere], 'So τ is as claimed.');
});
