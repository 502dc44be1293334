import {
  add,
  all,
  and,
  apply,
  Diff,
  delta,
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
import { freeResidual, R, residualData, residualVariables, u, W } from '../theorems/residual.ts';
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
  ring,
  substitution,
  tactic,
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
  const smoothOff = p.step(
    'T3.1a',
    forall([at], imp(not(inΩ(D, at)), smoothAt(at))),
    fixing([at], classical),
    [],
    'Outside Ω every f_i is differentiable.',
    'section 3.1',
  );
  const ownWeight = p.step(
    'T3.1b',
    forall(
      [i, at],
      imp(not(inΩ(D, at)), forall([c], eq(derivative(i, at, alongW(W(net, at)), c), apply(f, i, at, c)))),
    ),
    logic,
    [derivativeW, smoothOff],
    'With B := W the derivative is f_i itself.',
    'A.4',
  );
  const represented = p.step(
    'T3.1c',
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
    entrywise(logic),
    [ownWeight],
    'The same for all entries at once, outside Ω.',
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
  const step = p.step('T3.2k', le(norm(moving(ε, v)), ε), scaledNorm, [short, nonnegative], 'Then ‖εv‖ ≤ ε.');
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
    logic,
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
    entrywise(sumOf),
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
});
