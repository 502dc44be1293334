import {
  add,
  all,
  and,
  apply,
  delta,
  div,
  dot,
  eq,
  exists,
  Fin,
  forall,
  imp,
  inv,
  join,
  le,
  lt,
  Mat,
  mul,
  nat,
  natAdd,
  natLe,
  natLt,
  natMul,
  not,
  or,
  partial,
  real,
  scale,
  sub,
  sum,
  unpair,
  Vec,
  variable,
  vec,
  vecAdd,
  vecSub,
  zeroVec,
} from '../src/kernel/build.ts';
import { inBall, norm } from '../src/kernel/notions.ts';
import { fullRowRank, matVec } from '../src/kernel/notions-linear.ts';
import type { Term } from '../src/kernel/term.ts';
import { proposition1 } from '../theorems/proposition-1.ts';
import { freeResidual, R, residualData, u, W } from '../theorems/residual.ts';
import { DifferentiableLosses, LocalMinimum, Loss, moved } from '../theorems/setting.ts';
import { scaledNorm } from './support/neighbourhoods.ts';
import { affineFermat, pulled, stationaryAlong } from './support/restriction.ts';
import { script } from './support/script.ts';
import {
  byAxiom,
  calculation,
  fixing,
  instanceAt,
  linearly,
  logic,
  pointwise,
  rewriting,
  ring,
  substitution,
  weightedSum,
  witness,
} from './support/tactics.ts';
import {
  added,
  belowEvery,
  eitherWay,
  entrywise,
  outOfRange,
  reciprocal,
  split,
  unitNorm,
} from './support/vectors.ts';

/**
 * Proposition 1 (4.1.1). f is affine in W and in R, so Fermat applies to L as a function of W, or of R, alone: no derivative
 * of f, and neither the second derivatives of PA2 nor PA3, are needed. The perturbations are those of Theorem 3.
 */
export const proposition1Proof = script(proposition1, (p) => {
  const net = freeResidual();
  const D = residualData(net);
  const { m, dx, dz, dy, du, x, z } = net;
  const { dθ, λ, ℓ, f } = D;
  const θ = variable('θ', Vec(dθ));
  const weights = p.given('weights');
  const scalar = p.given('dimensions');
  const convexLosses = p.given('loss-convex');
  const twice = p.given('loss-twice-differentiable');
  const minimum = p.given('local-minimum');
  const i = variable('i', Fin(m));
  const matrix = (rows: Term, columns: Term, entry: (a: Term, b: Term) => Term) =>
    vec('a', rows, (a) => vec('b', columns, (b) => entry(a, b)));
  const sizes = [natMul(dy, dx), natMul(dx, dz)] as const;
  const tail = natAdd(sizes[1], du);
  const embedW = (b: Term) => join(sizes[0], tail, b, zeroVec(tail));
  const embedR = (b: Term) => join(sizes[0], tail, zeroVec(sizes[0]), join(sizes[1], du, b, zeroVec(du)));
  const feature = (n: Term, at: Term) => apply(z, n, u(net, at));
  /** x_i + R z_i(u) */
  const input = (n: Term, at: Term) => vecAdd(apply(x, n), matVec(R(net, at), feature(n, at)));

  const smoothLosses = p.step(
    'P1.1',
    DifferentiableLosses(D),
    logic,
    [twice],
    'PA2: every ℓ_i is differentiable.',
    'section 4.1.1, PA2',
  );
  const fermat = affineFermat(p, 'P1.2', D, smoothLosses);
  const alongW = stationaryAlong(
    p,
    'P1.3',
    D,
    {
      n: sizes[0],
      embed: embedW,
      slope: (n, at) =>
        vec('c', dy, (c) => unpair(matrix(dy, dx, (e, j) => mul(delta(c, e), apply(input(n, at), j))))),
      name: 'W',
    },
    fermat,
  );
  const alongR = stationaryAlong(
    p,
    'P1.4',
    D,
    {
      n: sizes[1],
      embed: embedR,
      slope: (n, at) =>
        vec('c', dy, (c) =>
          unpair(matrix(dx, dz, (j, k) => mul(apply(W(net, at), c, j), apply(feature(n, at), k)))),
        ),
      name: 'R',
    },
    fermat,
  );
  const B = variable('B', Mat(dy, dx));
  const C = variable('C', Mat(dx, dz));
  const M = variable('M', Mat(dy, dz));
  const at = variable("θ'", Vec(dθ));
  const balancedW = p.step(
    'P1.5a',
    forall(
      [at],
      imp(
        LocalMinimum(D, at),
        forall(
          [B],
          eq(
            pulled(D, at, (n, c) => apply(matVec(B, input(n, at)), c)),
            0,
          ),
        ),
      ),
    ),
    fixing([at], fixing([B], instanceAt(at, unpair(B)))),
    [alongW],
    'At a local minimum the derivatives of the losses vanish along B (x_i + R z_i).',
  );
  const balancedR = p.step(
    'P1.5b',
    forall(
      [C],
      eq(
        pulled(D, θ, (n, c) => apply(matVec(W(net, θ), matVec(C, feature(n, θ))), c)),
        0,
      ),
    ),
    fixing([C], instanceAt(θ, unpair(C))),
    [alongR, minimum],
    'At θ they vanish along W C z_i.',
  );
  const [r, hr] = p.obtain('P1.6', 'r', minimum, 'L ≥ L(θ) on a ball of some radius r.');
  const ε = div(r, 2);
  const positive = p.step('P1.6a', lt(0, ε), linearly(div(real(1), 2)), [p.part(hr, 0)], 'Let ε := r/2.');
  const nonnegative = p.step('P1.6b', le(0, ε), linearly(1), [positive], 'ε is not negative.');
  const times = (n: Term, c: Term) => apply(matVec(M, feature(n, θ)), c);
  const balanced = forall([M], eq(pulled(D, θ, times), 0));
  const full = fullRowRank(W(net, θ));

  // ---------------------------------------------------------------- rank W = dy
  const fullRank = p.suppose('P1.7a', full, 'Case 1: rank W = dy.');
  const [Q, rightInverse] = p.obtain('P1.7b', 'Q', fullRank, 'Let Q be a right inverse of W.');
  const QM = p.name(
    'QM',
    matrix(dx, dz, (j, k) => sum('c', dy, (c) => mul(apply(Q, j, c), apply(M, c, k)))),
  );
  const throughR = (n: Term, c: Term) => apply(matVec(W(net, θ), matVec(QM, feature(n, θ))), c);
  const atQM = p.step('P1.7c', eq(pulled(D, θ, throughR), 0), instanceAt(QM), [balancedR], 'Take C := QM.');
  const cancelled = p.step(
    'P1.7d',
    eq(pulled(D, θ, times), pulled(D, θ, throughR)),
    calculation,
    [rightInverse],
    'WQM = M.',
  );
  const vanishes1 = p.step(
    'P1.7e',
    eq(pulled(D, θ, times), 0),
    linearly(1, 1),
    [cancelled, atQM],
    'So they vanish along M z_i.',
  );
  const case1 = p.step('P1.7', imp(full, balanced), p.introducing(M), [vanishes1], 'In case 1.');

  // ---------------------------------------------------------------- rank W < dy
  const wide = p.suppose('P1.8', natLe(1, dx), 'Let dx ≥ 1.');
  const dimensions = p.step(
    'P1.8a',
    natLe(dy, dx),
    linearly(1, 1),
    [scalar, wide],
    'dy = 1 ≤ dx.',
    'section 4.1.1, PA1',
  );
  const notFull = p.suppose('P1.8b', not(full), 'Case 2: rank W < dy ≤ dx.');
  const nullVector = p.step(
    'P1.8c',
    exists('a', Vec(dx), (a) =>
      and(
        eq(dot(a, a), 1),
        all('i', Fin(dy), (b) => eq(dot(apply(W(net, θ), b), a), 0)),
      ),
    ),
    byAxiom('RN', dy, dx, W(net, θ)),
    [notFull, dimensions],
    'W has a null vector of length 1.',
  );
  const [a, ha] = p.obtain('P1.8d', 'a', nullVector, 'Let a be one: Wa = 0, ‖a‖ = 1.');
  const length1 = p.part(ha, 0);
  const annihilated = p.part(ha, 1);
  const k = variable('k', Fin(dz));
  const v = p.name('v', embedR(unpair(matrix(dx, dz, (j, q) => mul(apply(a, j), delta(q, k))))), k);
  const there = moved(θ, ε, v);
  const short = p.step('P1.9a', le(norm(v), 1), unitNorm, [length1], 'v_k := (0, a e_kᵀ, 0) has length 1.');
  const step = p.step('P1.9b', le(norm(scale(ε, v)), ε), scaledNorm, [short, nonnegative], 'So ‖εv_k‖ ≤ ε.');
  const same = p.step(
    'P1.9c',
    forall([i], eq(apply(f, i, there), apply(f, i, θ))),
    entrywise(calculation),
    [annihilated],
    'W (R + ε a e_kᵀ) = WR: no prediction changes.',
  );
  const sameLossBack = p.step(
    'P1.9d',
    eq(Loss(D, θ), Loss(D, there)),
    substitution,
    [same],
    'L(θ + εv_k) = L(θ).',
  );
  const triangle = p.step(
    'P1.9e',
    forall([at], le(norm(vecSub(at, θ)), add(norm(vecSub(at, there)), norm(scale(ε, v))))),
    fixing([at], byAxiom('TRI', dθ, vecSub(at, there), scale(ε, v))),
    [],
    'The triangle inequality.',
  );
  const nested = p.step(
    'P1.9f',
    forall([at], imp(inBall(at, there, ε), inBall(at, θ, r))),
    pointwise([at], linearly(1, 1, 1)),
    [triangle, step],
    'B(θ + εv_k, ε) ⊆ B(θ, r).',
  );
  const above = p.step(
    'P1.9g',
    forall([at], imp(inBall(at, there, ε), le(Loss(D, θ), Loss(D, at)))),
    logic,
    [nested, hr],
    'L is at least L(θ) there.',
  );
  const aboveThere = p.step(
    'P1.9h',
    forall([at], imp(inBall(at, there, ε), le(Loss(D, there), Loss(D, at)))),
    rewriting,
    [above, sameLossBack],
    'That is, at least L(θ + εv_k).',
  );
  const minimumThere = p.step(
    'P1.9',
    LocalMinimum(D, there),
    witness(ε),
    [positive, aboveThere],
    'θ + εv_k is a local minimum.',
  );
  const B1 = p.name(
    'D',
    matrix(dy, dx, (c, j) => mul(apply(M, c, k), apply(a, j))),
    k,
  );
  const onInput = (point: Term) => (n: Term, c: Term) => apply(matVec(B1, input(n, point)), c);
  const column = (n: Term, c: Term) => mul(apply(M, c, k), apply(feature(n, θ), k));
  const pullThere = p.step(
    'P1.10a',
    eq(pulled(D, there, onInput(there)), 0),
    instanceAt(there, B1),
    [balancedW, minimumThere],
    'There the derivatives vanish along B (x_i + (R + ε a e_kᵀ) z_i), B := m_k aᵀ with m_k the column k of M.',
  );
  const pullSame = p.step(
    'P1.10b',
    eq(pulled(D, θ, onInput(there)), 0),
    rewriting,
    [pullThere, same],
    'They are derivatives of the losses at equal predictions.',
  );
  const pullHere = p.step(
    'P1.10c',
    eq(pulled(D, θ, onInput(θ)), 0),
    instanceAt(θ, B1),
    [balancedW, minimum],
    'At θ they vanish along B (x_i + R z_i).',
  );
  const difference = p.step(
    'P1.10d',
    eq(mul(ε, pulled(D, θ, column)), sub(pulled(D, θ, onInput(there)), pulled(D, θ, onInput(θ)))),
    calculation,
    [length1],
    'The difference is along ε m_k (z_i)_k, as aᵀa = 1.',
  );
  const inverse = p.step('P1.10e', eq(mul(ε, inv(ε)), 1), reciprocal, [positive], 'ε ≠ 0.');
  const alongColumn = p.step(
    'P1.10f',
    eq(pulled(D, θ, column), 0),
    linearly(inv(ε), inv(ε), mul(-1, inv(ε)), mul(-1, pulled(D, θ, column))),
    [difference, pullSame, pullHere, inverse],
    'So they vanish along m_k (z_i)_k.',
  );
  const everyColumn = p.step(
    'P1.10g',
    forall([k], eq(pulled(D, θ, column), 0)),
    p.introducing(k),
    [alongColumn],
    'k was arbitrary.',
  );
  const vanishes2 = p.step('P1.10h', eq(pulled(D, θ, times), 0), added, [everyColumn], 'Add over k.');
  const case2 = p.step('P1.10', imp(not(full), balanced), p.introducing(M), [vanishes2], 'In case 2.');
  const inBoth = p.step(
    'P1.11',
    balanced,
    eitherWay(full),
    [case1, case2],
    'The derivatives of the losses vanish along M z_i.',
  );

  // ---------------------------------------------------------------- any linear predictor
  const V = variable("W'", Mat(dy, dx));
  const throughRV = (n: Term, c: Term) => apply(matVec(V, matVec(R(net, θ), feature(n, θ))), c);
  const VR = matrix(dy, dz, (c, q) => sum('j', dx, (j) => mul(apply(V, c, j), apply(R(net, θ), j, q))));
  const atVR = p.step('P1.12a', eq(pulled(D, θ, throughRV), 0), instanceAt(VR), [inBoth], 'Take M := W′R.');
  const wideCase = p.step(
    'P1.12b',
    imp(natLe(1, dx), eq(pulled(D, θ, throughRV), 0)),
    p.introducing(),
    [atVR],
    'That is so if dx ≥ 1.',
  );
  const empty = p.suppose('P1.12c', natLt(dx, 1), 'Otherwise dx = 0.');
  const c = variable('c', Fin(dy));
  const j = variable('j', Fin(dx));
  const noEntry = p.step(
    'P1.12d',
    forall([c, j], eq(apply(V, c, j), 0)),
    fixing([c, j], outOfRange(j)),
    [empty],
    'W′ has no entries.',
  );
  const noInput = p.step('P1.12e', eq(pulled(D, θ, throughRV), 0), calculation, [noEntry], 'So W′R z_i = 0.');
  const emptyCase = p.step(
    'P1.12f',
    imp(natLt(dx, 1), eq(pulled(D, θ, throughRV), 0)),
    p.introducing(),
    [noInput],
    'That is so if dx = 0.',
  );
  const either = p.step(
    'P1.12g',
    or(natLe(1, dx), natLt(dx, 1)),
    byAxiom('NATTOTAL', nat(1), dx),
    [],
    'dx ≥ 1 or dx = 0.',
  );
  const noPull = p.step(
    'P1.12',
    eq(pulled(D, θ, throughRV), 0),
    split,
    [either, wideCase, emptyCase],
    'The derivatives of the losses vanish along W′R z_i.',
  );
  const toV = matrix(dy, dx, (b, q) => sub(apply(V, b, q), apply(W(net, θ), b, q)));
  const onDifference = (n: Term, e: Term) => apply(matVec(toV, input(n, θ)), e);
  const pullDifference = p.step(
    'P1.13',
    eq(pulled(D, θ, onDifference), 0),
    instanceAt(θ, toV),
    [balancedW, minimum],
    'And along (W′ − W)(x_i + R z_i).',
  );
  const linear = (n: Term) => matVec(V, apply(x, n));
  const gap = (n: Term, e: Term) => sub(apply(linear(n), e), apply(f, n, θ, e));
  const slopeOf = p.step(
    'P1.14',
    eq(pulled(D, θ, gap), sub(pulled(D, θ, onDifference), pulled(D, θ, throughRV))),
    ring,
    [],
    'W′x_i − f_i(θ) = (W′ − W)(x_i + R z_i) − W′R z_i.',
  );
  const tangent = p.step(
    'P1.15a',
    forall(
      [i],
      le(
        add(
          apply(ℓ, i, apply(f, i, θ)),
          sum('c', dy, (e) => mul(partial(apply(ℓ, i), apply(f, i, θ), e), gap(i, e))),
        ),
        apply(ℓ, i, linear(i)),
      ),
    ),
    fixing([i], byAxiom('GRADINEQ', dy, apply(ℓ, i), apply(f, i, θ), linear(i))),
    [convexLosses, smoothLosses],
    'A differentiable convex ℓ_i lies above its tangent at f_i(θ).',
  );
  const value = sum('i', m, (n) => mul(apply(λ, n), apply(ℓ, n, linear(n))));
  const bound = p.step(
    'P1.15b',
    le(add(Loss(D, θ), pulled(D, θ, gap)), value),
    weightedSum(i, apply(λ, i)),
    [tangent, weights],
    'Multiply by λ_i > 0 and add.',
  );
  const lower = p.step(
    'P1.15c',
    le(Loss(D, θ), value),
    linearly(1, -1, -1, 1),
    [bound, slopeOf, pullDifference, noPull],
    'So W′ does no better than L(θ).',
  );
  const everywhere = p.step(
    'P1.15',
    forall([V], le(Loss(D, θ), value)),
    p.introducing(V),
    [lower],
    'W′ was arbitrary.',
  );
  p.qed('P1.16', belowEvery, [everywhere], 'L(θ) is a lower bound.', 'section 4.1.1, Proposition 1');
});
