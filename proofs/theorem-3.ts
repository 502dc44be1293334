import {
  add,
  all,
  and,
  apply,
  Diff,
  delta,
  dot,
  eq,
  exists,
  Fin,
  forall,
  fun,
  imp,
  inv,
  join,
  le,
  lt,
  Mat,
  mul,
  Nat,
  nat,
  natAdd,
  natMul,
  not,
  partial,
  Real,
  real,
  scale,
  sub,
  sum,
  unpair,
  Vec,
  variable,
  vec,
  vecAdd,
  zeroVec,
} from '../src/kernel/build.ts';
import { inBall, isInf, norm } from '../src/kernel/notions.ts';
import { fullRowRank, matVec } from '../src/kernel/notions-linear.ts';
import type { Term } from '../src/kernel/term.ts';
import { freeResidual, R, residualData, u, W } from '../theorems/residual.ts';
import {
  Assumption2,
  inE,
  inV,
  inΩ,
  Loss,
  moved,
  overPerturbations,
  Perturbed,
  PerturbedLoss,
  rowsInV,
} from '../theorems/setting.ts';
import { theorem3 } from '../theorems/theorem-3.ts';
import { script } from './support/derivation.ts';
import {
  awayFromKinks,
  differentiableBall,
  normOfZero,
  scaledNorm,
  smaller,
} from './support/neighbourhoods.ts';
import {
  byAxiom,
  calculation,
  classical,
  fixing,
  infimum,
  instanceAt,
  linearly,
  logic,
  pointwise,
  ring,
  witness,
} from './support/tactics.ts';
import { added, eitherWay, entrywise, equalPredictions, reciprocal, unitNorm } from './support/vectors.ts';

/**
 * Theorem 3 (A.4): the linear and residual features lie in the span of the perturbed gradients, so Theorem 2 covers them.
 * Where rank W = dy, S′ = {0} is enough; otherwise S′ = {0} ∪ {(0, a e_kᵀ, 0)} with a unit vector a, Wa = 0.
 */
export const theorem3Proof = script(theorem3, (p) => {
  const net = freeResidual();
  const D = residualData(net);
  const { m, dx, dz, dy, du, x, z } = net;
  const { dθ, λ, ℓ, f } = D;
  const θ = variable('θ', Vec(dθ));
  const weights = p.given('weights');
  const convexLosses = p.given('assumption-1');
  const dimensions = p.given('dimensions');
  const notΩTilde = p.given('differentiable-nearby');
  const minimum = p.given('local-minimum');

  const i = variable('i', Fin(m));
  const c = variable('c', Fin(dy));
  const t = variable('t', Real);
  const at = variable("θ'", Vec(dθ)); // any point
  const B = variable('B', Mat(dy, dx)); // a step of W
  const C = variable('C', Mat(dx, dz)); // a step of R
  const matrix = (rows: Term, columns: Term, entry: (a: Term, b: Term) => Term) =>
    vec('a', rows, (a) => vec('b', columns, (b) => entry(a, b)));
  const sizes = [natMul(dy, dx), natMul(dx, dz), du] as const;
  const tail = natAdd(sizes[1], du);
  /** (B, 0, 0) and (0, C, 0) */
  const alongW = (M: Term) => join(sizes[0], tail, unpair(M), zeroVec(tail));
  const alongR = (M: Term) =>
    join(sizes[0], tail, zeroVec(sizes[0]), join(sizes[1], du, unpair(M), zeroVec(du)));
  const feature = (n: Term, point: Term) => apply(z, n, u(net, point));
  /** x_i + R z_i(u), and M (x_i + R z_i(u)) */
  const input = (n: Term, point: Term) => vecAdd(apply(x, n), matVec(R(net, point), feature(n, point)));
  const slopeW = (n: Term, point: Term, M: Term) => matVec(M, input(n, point));
  const slopeR = (n: Term, point: Term, M: Term) => matVec(W(net, point), matVec(M, feature(n, point)));
  /** Σ_k δ_k ∂_k f_i(point)_c */
  const derivative = (n: Term, point: Term, δ: Term, e: Term) =>
    sum('k', dθ, (k) => mul(apply(δ, k), apply(partial(apply(f, n), point, k), e)));
  const smoothAt = (point: Term) => all('i', Fin(m), (n) => Diff(apply(f, n), point));

  // ---------------------------------------------------------------- derivatives in W and in R
  const affine = (point: Term, δ: Term, slope: Term) =>
    eq(apply(f, i, moved(point, t, δ), c), add(apply(f, i, point, c), mul(t, apply(slope, c))));
  const lineW = p.step(
    'T3.4a',
    forall([i, at, B, t, c], affine(at, alongW(B), slopeW(i, at, B))),
    fixing([i, at, B, t, c], ring),
    [],
    'f_i is affine on lines that move W only.',
    'A.4',
  );
  const lineR = p.step(
    'T3.4b',
    forall([i, at, C, t, c], affine(at, alongR(C), slopeR(i, at, C))),
    fixing([i, at, C, t, c], ring),
    [],
    'It is affine on lines that move R only.',
    'A.4',
  );
  const unit = p.step('T3.4c', lt(0, 1), linearly(), [], 'Let |t| < 1 on these lines.');
  const derivativeW = p.step(
    'T3.4d',
    forall(
      [i, at, B],
      imp(smoothAt(at), forall([c], eq(derivative(i, at, alongW(B), c), apply(slopeW(i, at, B), c)))),
    ),
    fixing([i, at, B], byAxiom('DIRDERIV', dθ, dy, apply(f, i), at, alongW(B), slopeW(i, at, B), real(1))),
    [lineW, unit],
    'The derivative of f_i along (B, 0, 0) is B (x_i + R z_i).',
    'A.4',
  );
  const derivativeR = p.step(
    'T3.4e',
    forall(
      [i, at, C],
      imp(smoothAt(at), forall([c], eq(derivative(i, at, alongR(C), c), apply(slopeR(i, at, C), c)))),
    ),
    fixing([i, at, C], byAxiom('DIRDERIV', dθ, dy, apply(f, i), at, alongR(C), slopeR(i, at, C), real(1))),
    [lineR, unit],
    'The derivative of f_i along (0, C, 0) is W C z_i.',
    'A.4',
  );

  // ---------------------------------------------------------------- Theorem 2
  const outside = p.suppose('T3.1a', not(inΩ(D, at)), 'Let θ′ ∉ Ω.');
  const smoothOutside = p.step(
    'T3.1b',
    smoothAt(at),
    classical,
    [outside],
    'Every f_i is differentiable at θ′.',
    'section 3.1',
  );
  const alongOwnWeight = p.step(
    'T3.1c',
    forall([c], eq(derivative(i, at, alongW(W(net, at)), c), apply(slopeW(i, at, W(net, at)), c))),
    logic,
    [derivativeW, smoothOutside],
    'Take B := W(θ′).',
    'A.4',
  );
  const ownWeight = p.step(
    'T3.1d',
    eq(
      apply(f, i, at),
      vec('c', dy, (e) => derivative(i, at, alongW(W(net, at)), e)),
    ),
    entrywise(linearly(-1), true),
    [alongOwnWeight],
    'That derivative is W (x_i + R z_i) = f_i(θ′).',
    'A.4',
  );
  const represented = p.step(
    'T3.1e',
    forall(
      [i, at],
      imp(
        not(inΩ(D, at)),
        eq(
          apply(f, i, at),
          vec('c', dy, (e) => derivative(i, at, alongW(W(net, at)), e)),
        ),
      ),
    ),
    p.introducing(i, at),
    [ownWeight],
    'i and θ′ were arbitrary.',
  );
  const representation = p.step(
    'T3.1',
    Assumption2(D),
    witness(fun('θ', Vec(dθ), (point) => alongW(W(net, point)))),
    [represented],
    'So Assumption 2 holds with g(θ) := (W, 0, 0).',
    'A.4',
  );
  const [ε1, h1] = p.obtain(
    'T3.2',
    'ε₁',
    p.cite('theorem-2', [m, dθ, dy, λ, ℓ, f, θ], [weights, convexLosses, representation, notΩTilde, minimum]),
    'Let ε₁ be as in Theorem 2.',
    'Theorem 2',
  );
  const smoothBall = p.step(
    'T3.2a',
    differentiableBall(D, θ),
    awayFromKinks,
    [notΩTilde],
    'θ ∉ Ω̃: every f_i is differentiable on some ball around θ.',
    'section 3.1',
  );
  const [r, hr] = p.obtain('T3.2b', 'r', smoothBall, 'Let r be its radius.');
  const radius = p.step(
    'T3.2c',
    exists('ε₀', Real, (e) => and(lt(0, e), le(e, ε1), le(e, r))),
    smaller,
    [p.part(h1, 0), p.part(hr, 0)],
    'Let ε₀ := min(ε₁, r).',
  );
  const [ε0, h0] = p.obtain('T3.2d', 'ε₀', radius, 'Fix it.');
  const ε = variable('ε', Real);
  const v = variable('v', Vec(dθ));
  const positive = p.suppose('T3.2e', lt(0, ε), 'Let 0 < ε.');
  const small = p.suppose('T3.2f', lt(ε, ε0), 'Let ε < ε₀.');
  const nonnegative = p.step('T3.2g', le(0, ε), linearly(1), [positive], 'ε is not negative.');
  const below1 = p.step('T3.2h', lt(ε, ε1), linearly(1, 1), [small, p.part(h0, 1)], 'ε < ε₁.');
  const values2 = overPerturbations(D, θ, ε, (y, n, rows, a) => eq(y, PerturbedLoss(D, θ, ε, n, rows, a)));
  const least2 = p.step(
    'T3.2i',
    isInf(Loss(D, θ), values2),
    logic,
    [h1, nonnegative, below1],
    'Theorem 2 at this ε.',
    'Theorem 2',
  );
  const short = p.suppose('T3.2j', le(norm(v), 1), 'Let ‖v‖ ≤ 1.');
  const step = p.step('T3.2k', le(norm(scale(ε, v)), ε), scaledNorm, [short, nonnegative], 'Then ‖εv‖ ≤ ε.');
  const near = p.step(
    'T3.2l',
    inBall(moved(θ, ε, v), θ, r),
    linearly(1, 1, 1),
    [step, small, p.part(h0, 2)],
    'θ + εv lies in B(θ, r).',
  );
  const smoothThere = p.step('T3.2m', smoothAt(moved(θ, ε, v)), logic, [hr, near], 'f is smooth there.');
  const smooth = p.step(
    'T3.2n',
    forall([v], imp(le(norm(v), 1), smoothAt(moved(θ, ε, v)))),
    p.introducing(v),
    [smoothThere],
    'Every f_i is differentiable at θ + εv, for ‖v‖ ≤ 1.',
  );

  // ---------------------------------------------------------------- S = {0}
  const one = nat(1);
  const zero = zeroVec(dθ);
  const S0 = fun('j', Fin(one), () => zero);
  const shortZero = p.step('T3.2o', le(norm(zero), 1), normOfZero, [], '‖0‖ ≤ 1.');
  const zeroInV = p.step('T3.2p', inV(D, θ, ε, zero), logic, [shortZero], '0 ∈ V[θ, ε].', 'section 3.3');
  const rows0 = p.step('T3.2q', rowsInV(D, θ, ε, one, S0), logic, [zeroInV], '{0} ⊆ V[θ, ε].');
  const smoothAtZero = p.step(
    'T3.2r',
    smoothAt(moved(θ, ε, zero)),
    instanceAt(zero),
    [smooth, shortZero],
    'Take v = 0.',
  );
  const smoothHere = p.step('T3.2s', smoothAt(θ), logic, [smoothAtZero], 'Every f_i is differentiable at θ.');

  // ---------------------------------------------------------------- the features are perturbed predictions
  const αw = variable('α_w', Mat(dy, dx));
  const αr = variable('α_r', Mat(dy, dz));
  const features = (w: Term, ρ: Term, n: Term) => vecAdd(matVec(w, apply(x, n)), matVec(ρ, feature(n, θ)));
  const Rθ = R(net, θ);
  const rest = (b: Term, k: Term) =>
    sub(
      apply(αr, b, k),
      sum('j', dx, (j) => mul(apply(αw, b, j), apply(Rθ, j, k))),
    ); // α_r − α_w R
  const spanned = (w: Term, ρ: Term) =>
    inE(
      D,
      θ,
      ε,
      fun('i', Fin(m), (n) => features(w, ρ, n)),
    );
  const full = fullRowRank(W(net, θ));

  // Case rank W = dy
  const fullRank = p.suppose('T3.5a', full, 'Case 1: rank W = dy.', 'A.4');
  const [Q, rightInverse] = p.obtain('T3.5b', 'Q', fullRank, 'Let Q be a right inverse of W.');
  const QM = matrix(dx, dz, (j, k) => sum('c', dy, (b) => mul(apply(Q, j, b), rest(b, k))));
  const first = p.step(
    'T3.5c',
    forall([i, c], eq(derivative(i, θ, alongW(αw), c), apply(slopeW(i, θ, αw), c))),
    logic,
    [derivativeW, smoothHere],
    'The derivative along (α_w, 0, 0) is α_w (x_i + R z_i).',
    'A.4',
  );
  const second = p.step(
    'T3.5d',
    forall([i, c], eq(derivative(i, θ, alongR(QM), c), apply(slopeR(i, θ, QM), c))),
    logic,
    [derivativeR, smoothHere],
    'The derivative along (0, QM, 0), M := α_r − α_w R, is W Q M z_i.',
    'A.4',
  );
  const cancelled = p.step(
    'T3.5e',
    forall(
      [i, c],
      eq(add(apply(slopeW(i, θ, αw), c), apply(slopeR(i, θ, QM), c)), apply(features(αw, αr, i), c)),
    ),
    fixing([i, c], calculation),
    [rightInverse],
    'As WQ = I, the sum is α_w x_i + α_r z_i.',
    'A.4',
  );
  const both = fun('k', Fin(dθ), (k) =>
    fun('j', Fin(one), () => add(apply(alongW(αw), k), apply(alongR(QM), k))),
  );
  const reached1 = p.step(
    'T3.5f',
    all('i', Fin(m), (n) => eq(features(αw, αr, n), Perturbed(D, θ, ε, one, S0, n, both))),
    entrywise(linearly(-1, -1, -1), true),
    [cancelled, first, second],
    'That is f̃_θ at S′ = {0} and the sum of the two directions.',
    'A.4',
  );
  const spanned1 = p.step(
    'T3.5g',
    spanned(αw, αr),
    witness(one, S0, both),
    [rows0, reached1],
    'So the features are in Ẽ[θ, ε].',
    'A.4',
  );
  const case1 = p.step('T3.5', imp(full, spanned(αw, αr)), p.introducing(), [spanned1], 'In case 1.', 'A.4');

  // Case rank W < dy ≤ dx
  const notFull = p.suppose('T3.6a', not(full), 'Case 2: rank W < dy ≤ dx.', 'A.4');
  const nullVector = p.step(
    'T3.6b',
    exists('a', Vec(dx), (a) =>
      and(
        eq(dot(a, a), 1),
        all('i', Fin(dy), (b) => eq(dot(apply(W(net, θ), b), a), 0)),
      ),
    ),
    byAxiom('RN', dy, dx, W(net, θ)),
    [notFull, p.part(dimensions, 0)],
    'W has a null vector of length 1.',
    'A.4',
  );
  const [a, ha] = p.obtain('T3.6', 'a', nullVector, 'Let a be one: Wa = 0, ‖a‖ = 1.', 'A.4');
  const length1 = p.part(ha, 0);
  const annihilated = p.part(ha, 1);
  const k = variable('k', Fin(dz));
  /** (0, a e_kᵀ, 0) */
  const E = (n: Term) => alongR(matrix(dx, dz, (j, q) => mul(apply(a, j), delta(q, n))));
  const shortE = p.step(
    'T3.7a',
    forall([k], le(norm(E(k)), 1)),
    fixing([k], unitNorm),
    [length1],
    'The direction v_k := (0, a e_kᵀ, 0) has length ‖a‖ ‖e_k‖ = 1.',
    'A.4',
  );
  const sameE = p.step(
    'T3.7b',
    forall([k, i], eq(apply(f, i, moved(θ, ε, E(k))), apply(f, i, θ))),
    entrywise(calculation),
    [annihilated],
    'W (R + ε a e_kᵀ) = WR, so εv_k changes no prediction.',
    'A.4',
  );
  const inVE = p.step(
    'T3.7',
    forall([k], inV(D, θ, ε, E(k))),
    logic,
    [shortE, sameE],
    'v_k ∈ V[θ, ε].',
    'A.4',
  );
  const count = natAdd(one, dz);
  const S1 = join(one, dz, S0, fun('k', Fin(dz), E));
  const rows1 = p.step(
    'T3.7c',
    rowsInV(D, θ, ε, count, S1),
    byAxiom(
      'FINSUM',
      one,
      dz,
      fun('j', Fin(count), (j) => inV(D, θ, ε, apply(S1, j))),
    ),
    [zeroInV, inVE],
    'S′ := {0, v_1, …, v_dz} ⊆ V[θ, ε].',
    'A.4',
  );
  const reciprocalOf = p.step('T3.8a', eq(mul(ε, inv(ε)), 1), reciprocal, [positive], 'ε ≠ 0.');
  /** (1/ε) q_k aᵀ with q_k the column k of α_r − α_w R */
  const Bk = (n: Term) => matrix(dy, dx, (b, j) => mul(inv(ε), mul(rest(b, n), apply(a, j))));
  const B0 = matrix(dy, dx, (b, j) =>
    sub(
      apply(αw, b, j),
      sum('k', dz, (n) => apply(Bk(n), b, j)),
    ),
  );
  const atZero = p.step(
    'T3.8b',
    forall([i, c], eq(derivative(i, θ, alongW(B0), c), apply(slopeW(i, θ, B0), c))),
    logic,
    [derivativeW, smoothHere],
    'At v = 0 the derivative along B_0 := α_w − Σ_k B_k, with B_k := (1/ε) q_k aᵀ, q_k the column k of α_r − α_w R.',
    'A.4',
  );
  const smoothAtE = p.step(
    'T3.8c',
    forall([k], smoothAt(moved(θ, ε, E(k)))),
    fixing([k], instanceAt(E(k))),
    [smooth, shortE],
    'Every f_i is differentiable at θ + εv_k.',
  );
  const atE = p.step(
    'T3.8d',
    forall(
      [i, c, k],
      eq(derivative(i, moved(θ, ε, E(k)), alongW(Bk(k)), c), apply(slopeW(i, moved(θ, ε, E(k)), Bk(k)), c)),
    ),
    logic,
    [derivativeW, smoothAtE],
    'At v_k the derivative along B_k is B_k (x_i + (R + ε a e_kᵀ) z_i).',
    'A.4',
  );
  const overE = p.step(
    'T3.8e',
    forall(
      [i, c],
      eq(
        sum('k', dz, (n) => derivative(i, moved(θ, ε, E(n)), alongW(Bk(n)), c)),
        sum('k', dz, (n) => apply(slopeW(i, moved(θ, ε, E(n)), Bk(n)), c)),
      ),
    ),
    pointwise([i, c], added),
    [atE],
    'Add them.',
  );
  const total = p.step(
    'T3.9a',
    forall(
      [i, c],
      eq(
        add(
          apply(slopeW(i, θ, B0), c),
          sum('k', dz, (n) => apply(slopeW(i, moved(θ, ε, E(n)), Bk(n)), c)),
        ),
        apply(features(αw, αr, i), c),
      ),
    ),
    fixing([i, c], calculation),
    [reciprocalOf, length1],
    'As aᵀa = 1, the sum of all is α_w (x_i + R z_i) + Σ_k q_k (z_i)_k = α_w x_i + α_r z_i.',
    'A.4',
  );
  const coefficients = fun('k', Fin(dθ), (n) =>
    join(
      one,
      dz,
      fun('j', Fin(one), () => apply(alongW(B0), n)),
      fun('j', Fin(dz), (j) => apply(alongW(Bk(j)), n)),
    ),
  );
  const reached2 = p.step(
    'T3.9b',
    all('i', Fin(m), (n) => eq(features(αw, αr, n), Perturbed(D, θ, ε, count, S1, n, coefficients))),
    entrywise(linearly(-1, -1, -1), true),
    [total, atZero, overE],
    'That is f̃_θ at S′ and these directions.',
    'A.4',
  );
  const spanned2 = p.step(
    'T3.9c',
    spanned(αw, αr),
    witness(count, S1, coefficients),
    [rows1, reached2],
    'So the features are in Ẽ[θ, ε].',
    'A.4',
  );
  const case2 = p.step(
    'T3.9',
    imp(not(full), spanned(αw, αr)),
    p.introducing(),
    [spanned2],
    'In case 2.',
    'A.4',
  );
  const reached = p.step(
    'T3.10',
    spanned(αw, αr),
    eitherWay(full),
    [case1, case2],
    'In both cases the features α_w x_i + α_r z_i are predictions f̃_θ(x_i; α′, ε, S′).',
    'A.4',
  );

  // ---------------------------------------------------------------- so nothing is gained by them
  const s = variable('s', Nat);
  const S = variable('S', Mat(s, dθ));
  const α = variable('α', Mat(dθ, s));
  const inside = p.suppose('T3.11a', rowsInV(D, θ, ε, s, S), 'Let S be a finite subset of V[θ, ε].');
  const [sE, hsE] = p.obtain('T3.11b', "s'", reached, 'The features have a finite S′ …');
  const [SE, hSE] = p.obtain('T3.11c', "S'", hsE, '… of directions …');
  const [αE, equalFeatures] = p.obtain('T3.11d', "α'", p.part(hSE, 1), '… and coefficients α′.');
  const prediction = (n: Term) => vecAdd(features(αw, αr, n), Perturbed(D, θ, ε, s, S, n, α));
  const F = fun('i', Fin(m), prediction);
  const sumOfBoth = p.step(
    'T3.11e',
    all('i', Fin(m), (n) =>
      eq(prediction(n), vecAdd(Perturbed(D, θ, ε, s, S, n, α), Perturbed(D, θ, ε, sE, SE, n, αE))),
    ),
    entrywise(linearly(1), true),
    [equalFeatures],
    'The prediction is f̃_θ(x_i; α, ε, S) + f̃_θ(x_i; α′, ε, S′).',
  );
  const together = exists('s', Nat, (n) =>
    exists('S', Mat(n, dθ), (T) =>
      and(
        rowsInV(D, θ, ε, n, T),
        exists('α', Mat(dθ, n), (b) =>
          exists("α'", Mat(dθ, sE), (d) =>
            all('i', Fin(m), (q) =>
              eq(prediction(q), vecAdd(Perturbed(D, θ, ε, n, T, q, b), Perturbed(D, θ, ε, sE, SE, q, d))),
            ),
          ),
        ),
      ),
    ),
  );
  const isSum = p.step(
    'T3.11f',
    together,
    witness(s, S, α, αE),
    [inside, sumOfBoth],
    'So it is a sum of two such.',
  );
  const inOne = p.step(
    'T3.11g',
    inE(D, θ, ε, F),
    logic,
    [p.cite('lemma-1', [m, dθ, dy, λ, ℓ, f, θ, ε, sE, SE, F], [nonnegative, p.part(hSE, 0)]), isSum],
    'Lemma 1: one finite set of directions gives the sum.',
    'Lemma 1',
  );
  const [s2, hs2] = p.obtain('T3.11h', 's₂', inOne, 'Let S₂ …');
  const [S2, hS2] = p.obtain('T3.11i', 'S₂', hs2, '… be that set …');
  const [α2, same] = p.obtain('T3.11j', 'α₂', p.part(hS2, 1), '… and α₂ the coefficients.');
  const losses = (value: (n: Term) => Term) => sum('i', m, (n) => mul(apply(λ, n), apply(ℓ, n, value(n))));
  const isValue = p.step(
    'T3.11k',
    eq(losses(prediction), PerturbedLoss(D, θ, ε, s2, S2, α2)),
    equalPredictions(λ, ℓ),
    [same],
    'So the value at (S, α, α_w, α_r) is L̃_θ(α₂, ε, S₂).',
    'A.4',
  );
  const among = p.step(
    'T3.11l',
    apply(values2, losses(prediction)),
    witness(s2, S2, α2),
    [p.part(hS2, 0), isValue],
    'It is one of the values of Theorem 2.',
    'A.4',
  );
  const lowerAt = p.step(
    'T3.11m',
    le(Loss(D, θ), losses(prediction)),
    logic,
    [least2, among],
    'So it is not below L(θ).',
    'A.4',
  );
  const lower = p.step(
    'T3.11',
    forall([s, S], imp(rowsInV(D, θ, ε, s, S), forall([α, αw, αr], le(Loss(D, θ), losses(prediction))))),
    p.introducing(s, S, α, αw, αr),
    [lowerAt],
    'S, α, α_w and α_r were arbitrary.',
  );

  // ---------------------------------------------------------------- the infimum is attained
  const Wθ = W(net, θ);
  const WR = matrix(dy, dz, (b, n) => sum('j', dx, (j) => mul(apply(Wθ, b, j), apply(Rθ, j, n))));
  const α0 = fun('k', Fin(dθ), () => zeroVec(one));
  const attained = p.step(
    'T3.12a',
    eq(
      Loss(D, θ),
      losses((n) => vecAdd(features(Wθ, WR, n), Perturbed(D, θ, ε, one, S0, n, α0))),
    ),
    ring,
    [],
    'f_i(θ) = W x_i + (WR) z_i, so α_w = W, α_r = WR and α = 0 give L(θ).',
    'section 4.2',
  );
  const values3 = (e: Term) =>
    overPerturbations(D, θ, e, (y, n, rows, b) =>
      exists('α_w', Mat(dy, dx), (w) =>
        exists('α_r', Mat(dy, dz), (ρ) =>
          eq(
            y,
            losses((q) => vecAdd(features(w, ρ, q), Perturbed(D, θ, e, n, rows, q, b))),
          ),
        ),
      ),
    );
  const least = p.step(
    'T3.12',
    isInf(Loss(D, θ), values3(ε)),
    infimum(one, S0, α0, Wθ, WR),
    [lower, rows0, attained],
    'L(θ) is the infimum, attained.',
    'A.4',
  );
  const everywhere = p.step(
    'T3.13a',
    all('ε', Real, (e) => imp(lt(0, e), lt(e, ε0), isInf(Loss(D, θ), values3(e)))),
    p.introducing(ε),
    [least],
    'ε was arbitrary.',
  );
  p.qed(
    'T3.13',
    witness(ε0),
    [p.part(h0, 0), everywhere],
    'ε₀ is as claimed.',
    'section 4.2, Theorem 3, equation (4.2)',
  );
});
