import {
  all,
  and,
  apply,
  Diff,
  eq,
  Fin,
  forall,
  fun,
  mul,
  partial,
  sum,
  Vec,
  variable,
} from '../src/kernel/build.ts';
import type { Term } from '../src/kernel/term.ts';
import { lemma2 } from '../theorems/lemma-2.ts';
import { Force, freeData, lossFunction } from '../theorems/setting.ts';
import { script } from './support/script.ts';
import {
  byAxiom,
  calculation,
  classical,
  definition,
  fixing,
  linearly,
  pointwise,
} from './support/tactics.ts';

/** Lemma 2 (A.1): the chain rule, the linearity of the derivative, and ∇L(θ) = 0. */
export const lemma2Proof = script(lemma2, (p) => {
  const D = freeData();
  const { m, dθ, dy, λ, ℓ, f } = D;
  const θ = variable('θ', Vec(dθ));
  const i = variable('i', Fin(m));
  const k = variable('k', Fin(dθ));
  const differentiableLosses = p.given('loss-differentiable');
  const notΩ = p.given('differentiable');
  const critical = p.given('critical');
  const loss = (j: Term) => fun('t', Vec(dθ), (t) => apply(ℓ, j, apply(f, j, t)));
  const fi = apply(f, i);
  const inner = apply(fi, θ);

  const smooth = p.step(
    'L2.1',
    all('i', Fin(m), (j) => Diff(apply(f, j), θ)),
    classical,
    [notΩ],
    'θ ∉ Ω says that every f_i is differentiable at θ.',
    'section 3.1',
  );
  const chain = p.step(
    'L2.2',
    forall(
      [i],
      and(
        Diff(loss(i), θ),
        forall(
          [k],
          eq(
            partial(loss(i), θ, k),
            sum('c', dy, (c) => mul(partial(apply(ℓ, i), inner, c), apply(partial(fi, θ, k), c))),
          ),
        ),
      ),
    ),
    fixing([i], byAxiom('CHAIN', dθ, dy, fi, apply(ℓ, i), θ)),
    [smooth, differentiableLosses],
    'The chain rule for ℓ_i ∘ f_i at θ.',
    'A.1',
  );
  const linear = p.step(
    'L2.3',
    and(
      Diff(lossFunction(D), θ),
      forall(
        [k],
        eq(
          partial(lossFunction(D), θ, k),
          sum('i', m, (j) => mul(apply(λ, j), partial(loss(j), θ, k))),
        ),
      ),
    ),
    byAxiom('DLIN', dθ, m, fun('i', Fin(m), loss), λ, θ),
    [chain],
    'L = Σ_i λ_i ℓ_i ∘ f_i is differentiable at θ, and the derivative is linear.',
    'A.1',
  );
  const gradient = p.step(
    'L2.4',
    forall([k], eq(partial(lossFunction(D), θ, k), Force(D, θ, θ, k))),
    fixing([k], calculation),
    [linear, chain],
    'Put the chain rule into the sum.',
    'A.1',
  );
  const zero = p.step(
    'L2.5',
    forall([k], eq(partial(lossFunction(D), θ, k), 0)),
    definition,
    [critical],
    'θ is a critical point.',
    'A.1',
  );
  p.qed(
    'L2.6',
    pointwise([k], linearly(-1, 1)),
    [gradient, zero],
    'Two expressions for the same partial derivative.',
    'A.1, Lemma 2',
  );
});
