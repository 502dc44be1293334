import {
  add,
  all,
  apply,
  arrows,
  Diff,
  dot,
  eq,
  exists,
  Fin,
  forall,
  fun,
  imp,
  le,
  lt,
  Mat,
  mul,
  not,
  partial,
  Real,
  real,
  sum,
  Vec,
  variable,
  zeroVec,
} from '../src/kernel/build.ts';
import { isMin } from '../src/kernel/notions.ts';
import { matVec } from '../src/kernel/notions-linear.ts';
import type { Term } from '../src/kernel/term.ts';
import { example1 } from '../theorems/example-1.ts';
import {
  Assumption2,
  Critical,
  freeData,
  GlobalMinimum,
  Induced,
  InducedLoss,
  inΩ,
  Loss,
  moved,
} from '../theorems/setting.ts';
import { script } from './support/script.ts';
import {
  byAxiom,
  calculation,
  fixing,
  linearly,
  logic,
  pointwise,
  refutation,
  rewriting,
  witness,
} from './support/tactics.ts';
import { entrywise, equalFunctions, equalPredictions } from './support/vectors.ts';

/** Example 1 (3.2.2): f is linear in θ, so f_θ(x; α) = f(x; α), and Theorem 1 compares L(θ) with every L(α). */
export const example1Proof = script(example1, (p) => {
  const D = freeData();
  const { m, dθ, dy, λ, ℓ, f } = D;
  const Φ = variable('Φ', arrows(Fin(m), Mat(dy, dθ)));
  const θ = variable('θ', Vec(dθ));
  const α = variable('α', Vec(dθ));
  const i = variable('i', Fin(m));
  const c = variable('c', Fin(dy));
  const t = variable('t', Real);
  const weights = p.given('weights');
  const model = p.given('model');
  const losses = p.given('assumption-1');
  const linear = (n: Term) => fun('θ', Vec(dθ), (point) => matVec(apply(Φ, n), point));

  const asMap = p.step(
    'E1.1a',
    forall([i], eq(linear(i), apply(f, i))),
    equalFunctions,
    [model],
    'As functions, f_i and θ ↦ Φ_i θ are equal.',
  );
  const smoothMap = p.step(
    'E1.1b',
    forall([i], Diff(linear(i), θ)),
    fixing([i], byAxiom('AFFINE', dθ, dy, apply(Φ, i), zeroVec(dy), θ)),
    [],
    'A linear map is differentiable.',
  );
  const smooth = p.step(
    'E1.1c',
    forall([i], Diff(apply(f, i), θ)),
    pointwise([i], rewriting),
    [smoothMap, asMap],
    'So every f_i is, at every θ.',
  );
  const outside = p.step('E1.1', not(inΩ(D, θ)), refutation, [smooth], 'Ω = ∅.', 'section 3.2.2');
  const line = p.step(
    'E1.2a',
    forall(
      [i, t, c],
      eq(apply(f, i, moved(θ, t, α), c), add(apply(f, i, θ, c), mul(t, dot(apply(Φ, i, c), α)))),
    ),
    calculation,
    [model],
    'f_i is affine on the line through θ along α.',
  );
  const unit = p.step('E1.2b', lt(0, 1), linearly(), [], 'Let |t| < 1 there.');
  const derivative = p.step(
    'E1.2c',
    forall(
      [i, c],
      eq(
        sum('k', dθ, (k) => mul(apply(α, k), apply(partial(apply(f, i), θ, k), c))),
        dot(apply(Φ, i, c), α),
      ),
    ),
    fixing([i], byAxiom('DIRDERIV', dθ, dy, apply(f, i), θ, α, matVec(apply(Φ, i), α), real(1))),
    [smooth, unit, line],
    'Its derivative there is Φ_i α.',
  );
  const induced = p.step(
    'E1.2',
    forall([i], eq(Induced(D, θ, i, α), apply(f, i, α))),
    calculation,
    [derivative, model],
    'f_θ(x_i; α) = Φ_i α = f_i(α).',
    'section 3.2.2',
  );
  const inducedLoss = p.step(
    'E1.3',
    eq(InducedLoss(D, θ, α), Loss(D, α)),
    equalPredictions(λ, ℓ),
    [induced],
    'So L_θ(α) = L(α).',
    'section 3.2.2',
  );
  const same = p.step(
    'E1.3a',
    all('θ', Vec(dθ), (a) =>
      all('α', Vec(dθ), (b) => all('i', Fin(m), (n) => eq(Induced(D, a, n, b), apply(f, n, b)))),
    ),
    p.introducing(θ, α, i),
    [p.step('E1.3b', eq(Induced(D, θ, i, α), apply(f, i, α)), logic, [induced], 'At one sample.')],
    'θ, α and i were arbitrary.',
  );
  const representation = p.step(
    'E1.4',
    Assumption2(D),
    witness(fun('θ', Vec(dθ), (a) => a)),
    [
      p.step(
        'E1.4a',
        all('i', Fin(m), (n) =>
          all('θ', Vec(dθ), (a) => imp(not(inΩ(D, a)), eq(apply(f, n, a), Induced(D, a, n, a)))),
        ),
        entrywise(calculation),
        [same],
        'With α := θ it is f_i(θ).',
      ),
    ],
    'Assumption 2 holds with g(θ) := θ.',
    'section 3.2.2',
  );
  const critical = p.suppose('E1.5a', Critical(D, θ), 'Let θ be a critical point.');
  const values = fun('y', Real, (y) => exists('α', Vec(dθ), (a) => eq(y, InducedLoss(D, θ, a))));
  const least = p.step(
    'E1.5',
    isMin(Loss(D, θ), values),
    logic,
    [p.cite('theorem-1', [m, dθ, dy, λ, ℓ, f, θ], [weights, losses, representation, outside, critical])],
    'Theorem 1.',
    'Theorem 1',
  );
  const among = p.step(
    'E1.6a',
    apply(values, InducedLoss(D, θ, α)),
    witness(α),
    [],
    'L_θ(α) is one of the values.',
  );
  const notAbove = p.step(
    'E1.6b',
    le(Loss(D, θ), InducedLoss(D, θ, α)),
    logic,
    [least, among],
    'So L(θ) ≤ L_θ(α).',
  );
  const lower = p.step(
    'E1.6c',
    le(Loss(D, θ), Loss(D, α)),
    linearly(1, 1),
    [notAbove, inducedLoss],
    'And L_θ(α) = L(α).',
  );
  const global = p.step(
    'E1.6',
    all('θ', Vec(dθ), (a) => imp(Critical(D, a), GlobalMinimum(D, a))),
    p.introducing(θ, α),
    [lower],
    'Every critical point is a global minimum.',
    'section 3.2.2',
  );
  const points = (body: (a: Term) => Term) => all('θ', Vec(dθ), body);
  const sameLoss = p.step(
    'E1.7a',
    points((a) => all('α', Vec(dθ), (b) => eq(InducedLoss(D, a, b), Loss(D, b)))),
    p.introducing(θ, α),
    [inducedLoss],
    'L_θ = L for every θ.',
  );
  const noKink = p.step(
    'E1.7b',
    points((a) => not(inΩ(D, a))),
    p.introducing(θ),
    [outside],
    'Ω = ∅.',
  );
  p.qed('E1.7', logic, [same, sameLoss, noKink, global], 'All four claims.', 'section 3.2.2, Example 1');
});
