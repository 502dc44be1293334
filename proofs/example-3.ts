import {
  add,
  all,
  apply,
  Diff,
  eq,
  exists,
  Fin,
  forall,
  fun,
  imp,
  join,
  le,
  lt,
  Mat,
  mul,
  not,
  partial,
  pi,
  Real,
  real,
  sum,
  unpair,
  unsigma,
  Vec,
  variable,
  vec,
  vecAdd,
  zeroVec,
} from '../src/kernel/build.ts';
import { isMin } from '../src/kernel/notions.ts';
import type { Term } from '../src/kernel/term.ts';
import { example3 } from '../theorems/example-3.ts';
import { Assumption2, Induced, InducedLoss, inΩ, Loss, moved } from '../theorems/setting.ts';
import {
  blocks,
  coordinateOfU,
  features,
  freeSkip,
  hiddenParameters,
  skipData,
  weight,
  weightCount,
} from '../theorems/skip.ts';
import { script } from './support/script.ts';
import {
  byAxiom,
  classical,
  fixing,
  infimum,
  instanceAt,
  linearly,
  logic,
  ring,
  witness,
} from './support/tactics.ts';
import { entrywise, equalPredictions } from './support/vectors.ts';

/** Example 3 (3.2.2): f is linear in the weights W_l, so the directions (A, α_u) of Theorem 1 predict Σ_l A_l h_l + …. */
export const example3Proof = script(example3, (p) => {
  const net = freeSkip();
  const D = skipData(net);
  const { m, dθ, dy, λ, ℓ, f } = D;
  const { du, q, d } = net;
  const θ = variable('θ', Vec(dθ));
  const at = variable("θ'", Vec(dθ)); // any point
  const i = variable('i', Fin(m));
  const c = variable('c', Fin(dy));
  const t = variable('t', Real);
  const l = variable('l', Fin(q));
  const A = variable('A', pi(l, Mat(dy, apply(d, l))));
  const αu = variable('α_u', Vec(du));
  const weights = p.given('weights');
  const losses = p.given('assumption-1');
  const notΩ = p.given('differentiable');
  const critical = p.given('critical');
  const count = weightCount(net);
  /** (A, α_u) as a vector of ℝ^dθ */
  const direction = (M: (l: Term) => Term, α: Term) =>
    join(
      count,
      du,
      unsigma(
        blocks(net),
        fun('l', Fin(q), (n) => unpair(M(n))),
      ),
      α,
    );
  const alongW = (M: (l: Term) => Term) => direction(M, zeroVec(du));
  const block = (n: Term) => apply(A, n);
  /** Σ_l M_l h_l(x_i; u) */
  const output = (M: (l: Term) => Term, n: Term, point: Term) =>
    features(net, M, n, hiddenParameters(net, point));
  const own = (point: Term) => (n: Term) => weight(net, point, n);
  const smoothAt = (point: Term) => all('i', Fin(m), (n) => Diff(apply(f, n), point));
  const derivative = (point: Term, δ: Term) =>
    sum('k', dθ, (k) => mul(apply(δ, k), apply(partial(apply(f, i), point, k), c)));

  const line = p.step(
    'E3.1a',
    forall(
      [i, at, A, t, c],
      eq(
        apply(f, i, moved(at, t, alongW(block)), c),
        add(apply(f, i, at, c), mul(t, apply(output(block, i, at), c))),
      ),
    ),
    ring,
    [],
    'f_i is affine on lines that move the weights W_l only.',
    'section 3.2.2',
  );
  const unit = p.step('E3.1b', lt(0, 1), linearly(), [], 'Let |t| < 1 there.');
  const along = p.step(
    'E3.1',
    forall(
      [i, at, A],
      imp(smoothAt(at), forall([c], eq(derivative(at, alongW(block)), apply(output(block, i, at), c)))),
    ),
    fixing(
      [i, at, A],
      byAxiom('DIRDERIV', dθ, dy, apply(f, i), at, alongW(block), output(block, i, at), real(1)),
    ),
    [line, unit],
    'The derivative along (A, 0) is Σ_l A_l h_l(x_i; u).',
    'section 3.2.2',
  );
  const outside = p.suppose('E3.2a', not(inΩ(D, at)), 'Let θ′ ∉ Ω.');
  const smooth = p.step('E3.2b', smoothAt(at), classical, [outside], 'Every f_i is differentiable at θ′.');
  const alongOwn = p.step(
    'E3.2c',
    forall([c], eq(derivative(at, alongW(own(at))), apply(output(own(at), i, at), c))),
    instanceAt(i, at, fun('l', Fin(q), own(at))),
    [along, smooth],
    'Take A_l := W_l(θ′).',
  );
  const ownWeights = (point: Term) => alongW(own(point));
  const representedAt = p.step(
    'E3.2d',
    eq(apply(f, i, at), Induced(D, at, i, ownWeights(at))),
    entrywise(linearly(-1), true),
    [alongOwn],
    'f_i = Σ_l (∂_{W_l} f_i) W_l at θ′.',
    'section 3.2.2',
  );
  const represented = p.step(
    'E3.2e',
    forall([i, at], imp(not(inΩ(D, at)), eq(apply(f, i, at), Induced(D, at, i, ownWeights(at))))),
    p.introducing(i, at),
    [representedAt],
    'i and θ′ were arbitrary.',
  );
  const representation = p.step(
    'E3.2',
    Assumption2(D),
    witness(fun('θ', Vec(dθ), ownWeights)),
    [represented],
    'So Assumption 2 holds with g(θ) := (W_1, …, W_q, 0).',
    'section 3.2.2',
  );
  const values1 = fun('y', Real, (y) => exists('α', Vec(dθ), (a) => eq(y, InducedLoss(D, θ, a))));
  const least1 = p.step(
    'E3.3',
    isMin(Loss(D, θ), values1),
    logic,
    [p.cite('theorem-1', [m, dθ, dy, λ, ℓ, f, θ], [weights, losses, representation, notΩ, critical])],
    'Theorem 1.',
    'Theorem 1',
  );

  // ---------------------------------------------------------------- the right side is that of Theorem 1
  const byU = (α: Term, n: Term) =>
    vec('c', dy, (e) =>
      sum('k', du, (k) => mul(apply(α, k), apply(partial(apply(f, n), θ, coordinateOfU(net, k)), e))),
    );
  const prediction = (M: (l: Term) => Term, α: Term, n: Term) => vecAdd(output(M, n, θ), byU(α, n));
  const value = (M: (l: Term) => Term, α: Term) =>
    sum('i', m, (n) => mul(apply(λ, n), apply(ℓ, n, prediction(M, α, n))));
  const smoothHere = p.step('E3.4a', smoothAt(θ), classical, [notΩ], 'Every f_i is differentiable at θ.');
  const alongA = p.step(
    'E3.4b',
    forall([i, c], eq(derivative(θ, alongW(block)), apply(output(block, i, θ), c))),
    logic,
    [along, smoothHere],
    'The derivative at θ along (A, 0).',
  );
  const predicted = p.step(
    'E3.4',
    forall([i], eq(prediction(block, αu, i), Induced(D, θ, i, direction(block, αu)))),
    entrywise(linearly(-1), true),
    [alongA],
    'Σ_l A_l h_l + Σ_k (α_u)_k ∂_{u_k} f_i = f_θ(x_i; (A, α_u)).',
    'section 3.2.2',
  );
  const isValue = p.step(
    'E3.5a',
    eq(value(block, αu), InducedLoss(D, θ, direction(block, αu))),
    equalPredictions(λ, ℓ),
    [predicted],
    'So the loss of (A, α_u) is L_θ.',
  );
  const among = p.step(
    'E3.5b',
    apply(values1, value(block, αu)),
    witness(direction(block, αu)),
    [isValue],
    'It is one of the values of Theorem 1.',
  );
  const lowerAt = p.step(
    'E3.5c',
    le(Loss(D, θ), value(block, αu)),
    logic,
    [least1, among],
    'So it is not below L(θ).',
  );
  const lower = p.step(
    'E3.5',
    forall([A, αu], le(Loss(D, θ), value(block, αu))),
    p.introducing(A, αu),
    [lowerAt],
    'A and α_u were arbitrary.',
  );
  const W = fun('l', Fin(q), own(θ));
  const attained = p.step(
    'E3.6',
    eq(Loss(D, θ), value(own(θ), zeroVec(du))),
    ring,
    [],
    'A = W and α_u = 0 give L(θ).',
  );
  p.qed(
    'E3.7',
    infimum(W, zeroVec(du)),
    [lower, attained],
    'L(θ) is the infimum, attained.',
    'section 3.2.2, Example 3',
  );
});
