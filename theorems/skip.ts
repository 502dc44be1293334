/**
 * The network of Example 3: f(x; θ) = Σ_l W_l h_l(x; u) over the q layers with a connection to the output,
 * θ = vec([W_1, …, W_q, u]). The features h_l(x; u) ∈ ℝ^{d_l} are arbitrary functions of u.
 */
import {
  apply,
  arrow,
  arrows,
  Fin,
  fun,
  inl,
  inr,
  lambda,
  Nat,
  natAdd,
  natMul,
  op,
  pair,
  pi,
  sigma,
  sum,
  type Term,
  Vec,
  variable,
  vec,
} from '../src/kernel/build.ts';
import { definition } from '../src/kernel/definition.ts';
import { matVec } from '../src/kernel/notions-linear.ts';
import { type Data, lossesVariable } from './setting.ts';

export interface Skip {
  readonly m: Term;
  readonly dy: Term;
  readonly du: Term;
  /** the number of layers that feed the output */
  readonly q: Term;
  /** their widths, {1..q} → ℕ */
  readonly d: Term;
  /** features h_l(x_i; u) */
  readonly h: Term;
}

export function freeSkip(): Skip {
  const [m, dy, du, q] = ['m', 'dy', 'du', 'q'].map((name) => variable(name, Nat)) as [
    Term,
    Term,
    Term,
    Term,
  ];
  const d = variable('d', arrow(Fin(q), Nat));
  const l = variable('l', Fin(q));
  return { m, dy, du, q, d, h: variable('h', pi(l, arrows(Fin(m), Vec(du), Vec(apply(d, l))))) };
}

/** dy · d_l, the sizes of the blocks of θ that hold the W_l */
export const blocks = (net: Skip): Term => fun('l', Fin(net.q), (l) => natMul(net.dy, apply(net.d, l)));
/** Σ_l dy · d_l */
export const weightCount = (net: Skip): Term => op('natSum', blocks(net));
export const skipSize = (net: Skip): Term => natAdd(weightCount(net), net.du);
/** The coordinate of θ that holds u_k. */
export const coordinateOfU = (net: Skip, k: Term): Term => inr(weightCount(net), net.du, k);
/** u : ℝ^du */
export const hiddenParameters = (net: Skip, θ: Term): Term =>
  notion('SkipU', net.dy, net.du, net.q, net.d, θ);
/** W_l : ℝ^{dy×d_l} */
export const weight = (net: Skip, θ: Term, l: Term): Term =>
  notion('SkipWeight', net.dy, net.du, net.q, net.d, θ, l);

/** Σ_l M_l h_l(x_i; u) */
export const features = (net: Skip, matrix: (l: Term) => Term, i: Term, u: Term): Term =>
  vec('c', net.dy, (c) => sum('l', net.q, (l) => apply(matVec(matrix(l), apply(net.h, l, i, u)), c)));

export const skipData = (net: Skip): Data => ({
  m: net.m,
  dθ: skipSize(net),
  dy: net.dy,
  λ: variable('λ', Vec(net.m)),
  ℓ: lossesVariable(net.m, net.dy),
  f: notion('SkipOutput', net.m, net.dy, net.du, net.q, net.d, net.h),
});

let defined = false;
function notion(name: string, ...args: Term[]): Term {
  if (!defined) {
    defined = true;
    defineAll();
  }
  return op(name, ...args);
}

function defineAll(): void {
  const net = freeSkip();
  const { m, dy, du, q, d, h } = net;
  const θ = variable('θ', Vec(skipSize(net)));
  const l = variable('l', Fin(q));
  const i = variable('i', Fin(m));
  const entry = (c: Term, k: Term) =>
    apply(θ, inl(weightCount(net), du, sigma(blocks(net), l, pair(dy, apply(d, l), c, k))));
  definition(
    'SkipWeight',
    [dy, du, q, d, θ, l],
    vec('c', dy, (c) => vec('k', apply(d, l), (k) => entry(c, k))),
    {
      written: 'W_{#5}(#4)',
      ambient: [0, 1, 2, 3],
      meaning: 'the weights from layer l to the output, a block of θ',
    },
  );
  definition(
    'SkipU',
    [dy, du, q, d, θ],
    vec('k', du, (k) => apply(θ, coordinateOfU(net, k))),
    {
      written: 'u(#4)',
      ambient: [0, 1, 2, 3],
      meaning: 'the block u of θ',
    },
  );
  const output = features(net, (at) => weight(net, θ, at), i, hiddenParameters(net, θ));
  definition('SkipOutput', [m, dy, du, q, d, h], lambda(i, lambda(θ, output)), {
    written: 'f',
    ambient: [0, 1, 2, 3, 4, 5],
    meaning: 'the network with skip connections: f_i(θ) = Σ_l W_l h_l(x_i; u)',
  });
}
