/**
 * How Example 3 finds that Assumption 2 holds: f as the derivative along its own weights W^(l+1), l ∈ I. As printed only those of
 * the last layer H move; the mend moves all. The same lines are run on both.
 */
import {
  add,
  all,
  apply,
  Diff,
  delta,
  eq,
  Fin,
  forall,
  fun,
  imp,
  join,
  lt,
  Mat,
  mul,
  partial,
  pi,
  Real,
  real,
  sum,
  type Term,
  unpair,
  unsigma,
  Vec,
  variable,
  vec,
  zeroVec,
} from '../../src/kernel/build.ts';
import { result } from '../../theorems/result.ts';
import { Induced, moved } from '../../theorems/setting.ts';
import {
  blocks,
  features,
  freeSkip,
  hiddenParameters,
  skipData,
  weight,
  weightCount,
} from '../../theorems/skip.ts';
import { type Script, script } from '../support/script.ts';
import { byAxiom, fixing, instanceAt, linearly, ring } from '../support/tactics.ts';
import { entrywise } from '../support/vectors.ts';

const PLACE = 'Example 3';

export function skipRepresentation(id: string, layers: 'printed' | 'right'): Script {
  const net = freeSkip();
  const D = skipData(net);
  const { m, dθ, dy, λ, ℓ, f } = D;
  const { du, q, d, h } = net;
  const θ = variable('θ', Vec(dθ));
  const H = variable('H', Fin(q));
  const i = variable('i', Fin(m));
  const c = variable('c', Fin(dy));
  const t = variable('t', Real);
  const l = variable('l', Fin(q));
  const A = variable('A', pi(l, Mat(dy, apply(d, l))));
  /** (M, 0) as a vector of ℝ^dθ */
  const direction = (M: (l: Term) => Term): Term =>
    join(
      weightCount(net),
      du,
      unsigma(
        blocks(net),
        fun('l', Fin(q), (n) => unpair(M(n))),
      ),
      zeroVec(du),
    );
  const output = (M: (l: Term) => Term, n: Term): Term => features(net, M, n, hiddenParameters(net, θ));
  const any = (n: Term): Term => apply(A, n);
  const own = (n: Term): Term => weight(net, θ, n);
  const last = (n: Term): Term =>
    vec('c', dy, (e) => vec('k', apply(d, n), (k) => mul(delta(n, H), apply(own(n), e, k))));
  const moving = layers === 'right' ? own : last;
  const derivative = (δ: Term): Term =>
    sum('k', dθ, (k) => mul(apply(δ, k), apply(partial(apply(f, i), θ, k), c)));
  const smooth = all('i', Fin(m), (n) => Diff(apply(f, n), θ));

  const claim = result({
    id,
    title: 'f is the derivative of f along its own weights',
    kind: 'lemma',
    source: { by: 'paper', section: '3.2.2', page: 2302 },
    remarks: [],
    statement: () => ({
      context: [m, dy, du, q, d, h, λ, ℓ, θ, H],
      setting: [],
      hypotheses: [{ id: 'differentiable', name: 'differentiable at θ', term: smooth }],
      conclusion: all('i', Fin(m), (n) => eq(apply(f, n, θ), Induced(D, θ, n, direction(moving)))),
    }),
  });
  return script(claim, (p) => {
    const line = p.step(
      'E3.a',
      forall(
        [i, A, t, c],
        eq(
          apply(f, i, moved(θ, t, direction(any)), c),
          add(apply(f, i, θ, c), mul(t, apply(output(any, i), c))),
        ),
      ),
      ring,
      [],
      'f_i is affine on lines that move the weights W^(l+1) only.',
      PLACE,
    );
    const unit = p.step('E3.b', lt(0, 1), linearly(), [], 'Let |t| < 1 there.');
    const along = p.step(
      'E3.c',
      forall([i, A], imp(smooth, forall([c], eq(derivative(direction(any)), apply(output(any, i), c))))),
      fixing([i, A], byAxiom('DIRDERIV', dθ, dy, apply(f, i), θ, direction(any), output(any, i), real(1))),
      [line, unit],
      'The derivative along (A, 0) is Σ_l A_l h^(l).',
      PLACE,
    );
    const alongOwn = p.step(
      'E3.d',
      forall([c], eq(derivative(direction(moving)), apply(output(moving, i), c))),
      instanceAt(i, fun('l', Fin(q), moving)),
      [along, p.given('differentiable')],
      'Take the weights themselves for A.',
      PLACE,
    );
    const represented = p.step(
      'E3.e',
      eq(apply(f, i, θ), Induced(D, θ, i, direction(moving))),
      entrywise(linearly(-1), true),
      [alongOwn],
      'So f_i = (∂_W f_i) W.',
      PLACE,
    );
    p.qed('E3.f', p.introducing(i), [represented], 'i was arbitrary.', PLACE);
  });
}
