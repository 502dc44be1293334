import {
  add,
  all,
  apply,
  delta,
  dot,
  eq,
  exists,
  Fin,
  forall,
  fun,
  imp,
  inl,
  inr,
  inv,
  join,
  le,
  lt,
  mul,
  Nat,
  nat,
  natAdd,
  natLe,
  natLt,
  not,
  Real,
  sub,
  sum,
  type Term,
  unpair,
  Vec,
  val,
  variable,
  vec,
  zeroVec,
} from '../src/kernel/build.ts';
import { matVec } from '../src/kernel/notions-linear.ts';
import { example2, globalMinimum, independent } from '../theorems/example-2.ts';
import {
  firstPreactivation,
  freeOverparameterized,
  hiddenLayers,
  lastLayer,
  ofWidth,
  outputWeight,
  sizes,
  φ,
} from '../theorems/overparameterized.ts';
import { Critical, GlobalMinimum, Loss } from '../theorems/setting.ts';
import { induction } from './support/naturals.ts';
import { script } from './support/script.ts';
import {
  byAxiom,
  calculation,
  fixing,
  instanceAt,
  linearly,
  logic,
  pointwise,
  substitution,
  witness,
} from './support/tactics.ts';
import {
  entriesAt,
  equalPredictions,
  reciprocal,
  rectifiedTwice,
  sameOrDifferent,
  transported,
  unitSquare,
} from './support/vectors.ts';

/**
 * Example 2 (3.2.2, footnote 1): with [x_i; 1] times the rows [x_j; δ − 1] the first layer is δ I, and identities keep it.
 * Where the features are independent every prediction is Wφ for some W, so Example 1 compares L(θ) with all of them.
 */
export const example2Proof = script(example2, (p) => {
  const net = freeOverparameterized();
  const { m, dx, dy, n, r, x, σ, λ, ℓ, du } = net;
  const i = variable('i', Fin(m));
  const j = variable('j', Fin(m));
  const z = variable('z', Real);
  const relu = p.given('relu');
  const weights = p.given('weights');
  const losses = p.given('assumption-1');
  const normalized = p.given('normalized');

  // ---------------------------------------------------------------- suitable hidden layers exist
  const [k, width] = p.obtain(
    'E2.1',
    'k',
    p.step(
      'E2.1a',
      exists('i', Nat, (q) => eq(n, natAdd(m, q))),
      byAxiom('NATDIFF', m, n),
      [p.given('width')],
      'n ≥ m.',
    ),
    'Let n = m + k.',
  );
  const [δ, hδ] = p.obtain('E2.2', 'δ', p.given('distinct'), 'Let δ be the gap between different inputs.');
  const positive = p.part(hδ, 0);
  const apart = p.part(hδ, 1);
  const wide = ofWidth(natAdd(m, k));
  const N = wide.n;
  const [first, later] = sizes(dx, N, r);
  p.name('d₀', wide.du);
  const U0 = join(
    m,
    k,
    fun('j', Fin(m), (b) =>
      join(
        dx,
        1,
        apply(x, b),
        vec('k', 1, () => sub(δ, 1)),
      ),
    ),
    fun('j', Fin(k), () => zeroVec(natAdd(dx, 1))),
  );
  const identity = vec('a', N, (a) => vec('b', N, (b) => delta(a, b)));
  const u = p.name('u₀', join(first, later, unpair(U0), unpair(fun('l', Fin(r), () => unpair(identity)))));
  const layers = p.suppose('E2.3', hiddenLayers(wide), 'Take a network with m + k units in each layer.');
  const unit = (l: Term, q: Term, a: Term) => apply(wide.h, l, q, u, a);
  const a = variable('a', Fin(N));
  const l = variable('l', Fin(r));
  const t = variable('t', Nat);
  const before = (q: Term) => firstPreactivation(wide, q, u);
  const zero = nat(0);
  const firstLayer = p.step(
    'E2.3a',
    forall([i, a], eq(unit(zero, i, a), apply(σ, apply(before(i), a)))),
    fixing([i, a], entriesAt(i, u, a)),
    [p.part(layers, 0)],
    'h^(0) = σ(U_0 [x; 1]).',
    'Example 2',
  );
  const q = variable('q', Fin(k));
  const next = (at: Term, b: Term, e: Term) =>
    eq(unit(natAdd(val(at), 1), b, e), apply(σ, unit(val(at), b, e)));
  const laterFirst = p.step(
    'E2.3b',
    forall([l, i, j], next(l, i, inl(m, k, j))),
    fixing([l, i, j], entriesAt(l, i, u, inl(m, k, j))),
    [p.part(layers, 1)],
    'h^(l+1) = σ(h^(l)), as the later weights are identities: the first m units,',
    'Example 2',
  );
  const laterSecond = p.step(
    'E2.3c',
    forall([l, i, q], next(l, i, inr(m, k, q))),
    fixing([l, i, q], entriesAt(l, i, u, inr(m, k, q))),
    [p.part(layers, 1)],
    'the other units,',
    'Example 2',
  );
  const laterLayers = p.step(
    'E2.3d',
    forall([l, i, a], next(l, i, a)),
    pointwise(
      [l, i],
      byAxiom(
        'FINSUM',
        m,
        k,
        fun('a', Fin(N), (e) => next(l, i, e)),
      ),
    ),
    [laterFirst, laterSecond],
    'and so all of them.',
  );
  const idempotent = p.step(
    'E2.4a',
    forall([z], eq(apply(σ, apply(σ, z)), apply(σ, z))),
    fixing([z], rectifiedTwice),
    [relu],
    'σ(σ(z)) = σ(z), as σ(z) ≥ 0.',
  );
  const square = p.step(
    'E2.4b',
    forall([i], eq(dot(apply(x, i), apply(x, i)), 1)),
    pointwise([i], unitSquare),
    [normalized],
    'x_iᵀ x_i = 1.',
  );
  /** x_iᵀ x_j + δ − 1 */
  const preactivation = (b: Term, c: Term) => add(dot(apply(x, b), apply(x, c)), sub(δ, 1));
  const nonnegative = p.step('E2.4c', le(0, δ), linearly(1), [positive], 'δ ≥ 0.');
  const atδ = p.step('E2.4d', eq(apply(σ, δ), δ), logic, [relu, nonnegative], 'So σ(δ) = δ.');
  const own = p.step(
    'E2.4e',
    forall([i], eq(preactivation(i, i), δ)),
    pointwise([i], linearly(1)),
    [square],
    'x_iᵀ x_i + δ − 1 = δ.',
    'footnote 1',
  );
  const active = p.step(
    'E2.4f',
    forall([i], eq(apply(σ, preactivation(i, i)), mul(δ, delta(i, i)))),
    fixing([i], substitution),
    [own, atδ],
    'Unit i is active at x_i, with value δ.',
    'footnote 1',
  );
  const different = p.suppose('E2.4g', not(eq(i, j)), 'Let i ≠ j.');
  const farApart = p.step(
    'E2.4h',
    lt(dot(apply(x, i), apply(x, j)), sub(1, δ)),
    logic,
    [apart, different],
    'Then x_iᵀ x_j < 1 − δ,',
  );
  const inactiveInput = p.step(
    'E2.4i',
    le(preactivation(i, j), 0),
    linearly(1),
    [farApart],
    'so x_iᵀ x_j + δ − 1 ≤ 0,',
    'footnote 1',
  );
  const inactive = p.step(
    'E2.4j',
    eq(apply(σ, preactivation(i, j)), 0),
    logic,
    [relu, inactiveInput],
    'and unit j is not active at x_i.',
    'footnote 1',
  );
  const noDelta = p.step('E2.4k', eq(delta(i, j), 0), byAxiom('DELTA', m, i, j), [different], 'δ_ij = 0.');
  const off = p.step(
    'E2.4l',
    eq(apply(σ, preactivation(i, j)), mul(δ, delta(i, j))),
    linearly(1, mul(-1, δ)),
    [inactive, noDelta],
    'That is δ · δ_ij.',
  );
  const offDiagonal = p.step(
    'E2.4m',
    forall([i, j], imp(not(eq(i, j)), eq(apply(σ, preactivation(i, j)), mul(δ, delta(i, j))))),
    p.introducing(i, j),
    [off],
    'i and j were arbitrary.',
  );
  const entry = p.step(
    'E2.4',
    forall([i, j], eq(apply(σ, preactivation(i, j)), mul(δ, delta(i, j)))),
    sameOrDifferent,
    [active, offDiagonal],
    'σ(x_iᵀ x_j + δ − 1) = δ · δ_ij.',
    'footnote 1',
  );
  const firstBlock = p.step(
    'E2.5',
    forall([i, j], eq(unit(zero, i, inl(m, k, j)), mul(δ, delta(i, j)))),
    substitution,
    [firstLayer, entry],
    'The first m units of layer 0.',
  );

  // ---------------------------------------------------------------- every layer is the same
  const sameAt = (s: Term) => forall([i, a], eq(unit(s, i, a), unit(zero, i, a)));
  const claim = (s: Term) => imp(natLe(s, r), sameAt(s));
  const base = p.step('E2.6a', claim(zero), logic, [], 'Layer 0 is layer 0.');
  const previous = p.suppose('E2.6b', claim(t), 'Let layer t be layer 0 if t ≤ r.');
  const inRange = p.suppose('E2.6c', natLe(natAdd(t, 1), r), 'Let t + 1 ≤ r.');
  const below = p.step('E2.6d', natLt(t, r), linearly(1), [inRange], 'So t < r,');
  const atMost = p.step('E2.6e', natLe(t, r), linearly(1), [below], 't ≤ r,');
  const [index, hIndex] = p.obtain(
    'E2.6g',
    'l',
    p.step(
      'E2.6f',
      exists('i', Fin(r), (s) => eq(val(s), t)),
      byAxiom('VALSURJ', r, t),
      [below],
      'and t has an index.',
    ),
    'Let l be the index of t.',
  );
  const samePrevious = p.step('E2.6h', sameAt(t), logic, [previous, atMost], 'Layer t is layer 0.');
  const nextAt = p.step(
    'E2.6i',
    forall([i, a], eq(unit(natAdd(val(index), 1), i, a), apply(σ, unit(val(index), i, a)))),
    logic,
    [laterLayers],
    'Layer t + 1 is σ of layer t.',
  );
  const nextLayer = p.step(
    'E2.6j',
    forall([i, a], eq(unit(natAdd(t, 1), i, a), apply(σ, unit(t, i, a)))),
    transported(fun('t', Nat, (s) => forall([i, a], eq(unit(natAdd(s, 1), i, a), apply(σ, unit(s, i, a)))))),
    [hIndex, nextAt],
    'The same, with t for the number of l.',
  );
  const same = p.step(
    'E2.6k',
    sameAt(natAdd(t, 1)),
    substitution,
    [nextLayer, samePrevious, firstLayer, idempotent],
    'σ(h^(t)) = σ(h^(0)) = σ(σ(…)) = h^(0).',
  );
  const step = p.step(
    'E2.6l',
    all('t', Nat, (s) => imp(claim(s), claim(natAdd(s, 1)))),
    p.introducing(t),
    [same],
    't was arbitrary.',
  );
  const everyLayer = p.step('E2.6m', all('t', Nat, claim), induction, [base, step], 'Induction.');
  const last = p.step(
    'E2.6',
    sameAt(r),
    instanceAt(r),
    [everyLayer, p.step('E2.6n', natLe(r, r), linearly(), [], 'r ≤ r.')],
    'φ(x_i; u) is layer 0.',
  );

  // ---------------------------------------------------------------- so the features are independent
  const X = join(
    m,
    k,
    fun('b', Fin(m), (b) => vec('c', m, (c) => mul(inv(δ), delta(b, c)))),
    fun('b', Fin(k), () => zeroVec(m)),
  );
  const inverseOfδ = p.step('E2.7a', eq(mul(δ, inv(δ)), 1), reciprocal, [positive], 'δ ≠ 0.');
  const lastFirst = p.step(
    'E2.7b',
    forall([i, j], eq(apply(φ(wide, i, u), inl(m, k, j)), mul(δ, delta(i, j)))),
    substitution,
    [last, firstBlock],
    'φ(x_i; u)_j = δ · δ_ij for j ≤ m.',
  );
  const rightInverse = p.step(
    'E2.7c',
    forall(
      [i, j],
      eq(
        sum('a', N, (e) => mul(apply(φ(wide, i, u), e), apply(X, e, j))),
        delta(i, j),
      ),
    ),
    calculation,
    [lastFirst, inverseOfδ],
    'A right inverse is (1/δ) I, with rows 0 below.',
  );
  const full = p.step('E2.7d', independent(wide, u), witness(X), [rightInverse], 'rank φ = m.', 'Example 2');
  const ofWidthN = (w: Term) => {
    const of = ofWidth(w);
    return all('h', of.h.sort, (h) => {
      const network = { ...of, h };
      return imp(
        hiddenLayers(network),
        exists('u', Vec(of.du), (us) => independent(network, us)),
      );
    });
  };
  const found = p.step(
    'E2.7e',
    exists('u', Vec(wide.du), (us) => independent(wide, us)),
    witness(u),
    [full],
    'So there is a u.',
  );
  const forWide = p.step(
    'E2.7f',
    ofWidthN(N),
    p.introducing(wide.h),
    [found],
    'For any network of this width,',
  );
  const forN = p.step(
    'E2.7h',
    ofWidthN(n),
    transported(fun('n', Nat, ofWidthN)),
    [p.step('E2.7g', eq(natAdd(m, k), n), linearly(-1), [width], 'm + k = n.'), forWide],
    'which is n.',
  );
  const suitable = p.step(
    'E2.7',
    exists('u', Vec(du), (us) => independent(net, us)),
    instanceAt(net.h),
    [forN, p.given('network')],
    'Some u makes the features independent.',
    'Example 2',
  );

  // ---------------------------------------------------------------- and then every critical point is global
  const us = variable('u', Vec(du));
  const rank = p.suppose('E2.8', independent(net, us), 'Let the features of u be independent.');
  const [Y, inverse] = p.obtain('E2.8a', 'X', rank, 'Let X be a right inverse of φ.');
  const D = lastLayer(net, us);
  const Φ = fun('i', Fin(m), (b) =>
    vec('c', dy, (c) =>
      unpair(vec('e', dy, (e) => vec('b', n, (w) => mul(delta(c, e), apply(φ(net, b, us), w))))),
    ),
  );
  const θ = variable('θ', Vec(D.dθ));
  const model = p.step(
    'E2.8b',
    forall([i, θ], eq(apply(D.f, i, θ), matVec(apply(Φ, i), θ))),
    calculation,
    [],
    'f_i is linear in W.',
  );
  const global = p.step(
    'E2.8c',
    all('θ', Vec(D.dθ), (w) => imp(Critical(D, w), GlobalMinimum(D, w))),
    logic,
    [p.cite('example-1', [m, D.dθ, dy, λ, ℓ, D.f, Φ], [weights, model, losses])],
    'Example 1: critical points of the last layer are global minima of the last layer.',
    'Example 1',
  );
  const θ1 = variable("θ'", Vec(D.dθ));
  const u1 = variable("u'", Vec(du));
  const prediction = (b: Term) => matVec(outputWeight(net, θ1), φ(net, b, u1));
  const W = p.name(
    'θ₀',
    unpair(
      vec('c', dy, (c) =>
        vec('b', n, (b) => sum('j', m, (e) => mul(apply(prediction(e), c), apply(Y, b, e)))),
      ),
    ),
  );
  const reached = p.step(
    'E2.9a',
    forall([i], eq(apply(D.f, i, W), prediction(i))),
    calculation,
    [inverse],
    'With W := FᵀXᵀ the last layer gives any predictions F, here those of (θ′, u′).',
    'Example 2',
  );
  const value = (of: (b: Term) => Term) => sum('i', m, (b) => mul(apply(λ, b), apply(ℓ, b, of(b))));
  const sameLoss = p.step(
    'E2.9b',
    eq(Loss(D, W), value(prediction)),
    equalPredictions(λ, ℓ),
    [reached],
    'So its loss is that of (θ′, u′).',
  );
  const critical = p.suppose('E2.9c', Critical(D, θ), 'Let θ be critical for the last layer.');
  const least = p.step('E2.9d', GlobalMinimum(D, θ), logic, [global, critical], 'It is a minimum over W.');
  const below1 = p.step(
    'E2.9e',
    le(Loss(D, θ), Loss(D, W)),
    instanceAt(W),
    [least],
    'In particular not above that W.',
  );
  const lower = p.step(
    'E2.9f',
    le(
      value((b) => matVec(outputWeight(net, θ), φ(net, b, us))),
      value(prediction),
    ),
    linearly(1, 1),
    [below1, sameLoss],
    'So (θ′, u′) does no better.',
  );
  const everyMinimum = p.step(
    'E2.9',
    all('u', Vec(du), (v) =>
      imp(
        independent(net, v),
        all('θ', Vec(D.dθ), (w) => imp(Critical(lastLayer(net, v), w), globalMinimum(net, w, v))),
      ),
    ),
    p.introducing(us, θ, θ1, u1),
    [lower],
    'θ, θ′ and u′ were arbitrary.',
    'Example 2',
  );
  p.qed('E2.10', logic, [suitable, everyMinimum], 'Both claims.', 'section 3.2.2, Example 2');
});
