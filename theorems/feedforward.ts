/**
 * The feedforward network (4.3): f(x; θ) = W^(H+1) h^(H), h^(l) = σ^(l)(W^(l) h^(l−1)), h^(0) = x.
 *
 * Widths are d : ℕ → ℕ (dx = d_0, dy = d_{H+1}), H = t + r with t the layer of Theorem 4 (so t runs over 0..H), and
 * θ = vec([W^(1), …, W^(H+1)]) is one vector whose index set is the blocks Fin(d_{l+1} · d_l), l = 0..H, rows first.
 * The layers h : l ↦ {1..m} → ℝ^dθ → ℝ^{d_l} are tied to θ by the equations of (4.3), a hypothesis of the setting.
 */
import {
  all,
  and,
  apply,
  arrow,
  arrows,
  eq,
  Fin,
  fun,
  index,
  inl,
  inr,
  lambda,
  Mat,
  Nat,
  nat,
  natAdd,
  natMul,
  op,
  pair,
  pi,
  sigma,
  Vec,
  val,
  variable,
  vec,
} from '../src/kernel/build.ts';
import { definition } from '../src/kernel/definition.ts';
import { matVec } from '../src/kernel/notions-linear.ts';
import type { Term } from '../src/kernel/term.ts';
import { type Data, lossesVariable } from './setting.ts';

export interface Feedforward {
  readonly m: Term;
  /** the number of hidden layers is H = t + r */
  readonly t: Term;
  readonly r: Term;
  readonly H: Term;
  /** widths, ℕ → ℕ */
  readonly d: Term;
  /** inputs x : ℝ^{m×d_0} */
  readonly x: Term;
  /** activations: l ↦ ℝ^{d_l} → ℝ^{d_l} */
  readonly σ: Term;
  /** layers: l ↦ {1..m} → ℝ^dθ → ℝ^{d_l} */
  readonly h: Term;
}

export function freeFeedforward(): Feedforward {
  const m = variable('m', Nat);
  const t = variable('t', Nat);
  const r = variable('r', Nat);
  const d = variable('d', arrow(Nat, Nat));
  const H = natAdd(t, r);
  const l = variable('l', Nat);
  const layer = Vec(apply(d, l));
  return {
    m,
    t,
    r,
    H,
    d,
    x: variable('x', Mat(m, apply(d, zero()))),
    σ: variable('σ', pi(l, arrow(layer, layer))),
    h: variable('h', pi(l, arrows(Fin(m), Vec(feedforwardSize(H, d)), layer))),
  };
}

/** The data of the learning problem, with free weights λ and losses. */
export function feedforwardData(net: Feedforward): Data {
  const dy = outputs(net);
  return {
    m: net.m,
    dθ: feedforwardSize(net.H, net.d),
    dy,
    λ: variable('λ', Vec(net.m)),
    ℓ: lossesVariable(net.m, dy),
    f: notion('FeedforwardOutput', net.m, net.H, net.d, net.h),
  };
}
export const feedforwardVariables = (net: Feedforward, D: Data): readonly Term[] => [
  net.m,
  net.t,
  net.r,
  net.d,
  net.x,
  net.σ,
  net.h,
  D.λ,
  D.ℓ,
];

/** The paper's names for numbers of the network. */
export const feedforwardNames = (net: Feedforward): readonly { name: string; term: Term }[] => [
  { name: 'H', term: net.H },
  { name: 'dy', term: outputs(net) },
  { name: 'dθ', term: feedforwardSize(net.H, net.d) },
];

/** dy = d_{H+1} */
export const outputs = (net: Feedforward): Term => apply(net.d, natAdd(net.H, 1));
/** Σ_{l=0}^{H} d_{l+1} d_l */
export const feedforwardSize = (H: Term, d: Term): Term => op('natSum', blockSizes(H, d));
const blockSizes = (H: Term, d: Term): Term =>
  fun('l', Fin(natAdd(H, 1)), (l) => natMul(apply(d, natAdd(val(l), 1)), apply(d, val(l))));

/** W^(l+1) : ℝ^{d_{l+1}×d_l} for an index l of Fin(H + 1), counted from 0 */
export const Weight = (H: Term, d: Term, θ: Term, l: Term): Term => notion('Weight', H, d, θ, l);
/** W^(l+1) for a hidden layer l + 1 ≤ H, by an index l of Fin(H) */
export const hiddenWeight = (net: Feedforward, θ: Term, l: Term): Term =>
  Weight(net.H, net.d, θ, inl(net.H, 1, l));
/** The index ρ of Fin(r) as the 0-based layer t + ρ of Fin(H + 1): its weight is W^(t+1+ρ). */
export const aboveT = (net: Feedforward, ρ: Term): Term => inr(net.t, natAdd(net.r, 1), inl(net.r, 1, ρ));

/** The equations of (4.3): h^(0) = x and h^(l+1) = σ^(l+1)(W^(l+1) h^(l)) for l = 0..H−1. */
export function networkEquations(net: Feedforward): Term {
  const { m, H, d, x, σ, h } = net;
  const θs = Vec(feedforwardSize(H, d));
  const everywhere = (body: (i: Term, θ: Term) => Term) =>
    all('i', Fin(m), (i) => all('θ', θs, (θ) => body(i, θ)));
  return and(
    everywhere((i, θ) => eq(apply(h, zero(), i, θ), apply(x, i))),
    all('l', Fin(H), (l) =>
      everywhere((i, θ) => {
        const next = natAdd(val(l), 1);
        const preactivation = matVec(hiddenWeight(net, θ, l), apply(h, val(l), i, θ));
        return eq(apply(h, next, i, θ), apply(σ, next, preactivation));
      }),
    ),
  );
}

let defined = false;
function notion(name: string, ...args: Term[]): Term {
  if (!defined) {
    defined = true;
    defineAll();
  }
  return op(name, ...args);
}

const zero = (): Term => nat(0);

function defineAll(): void {
  const H = variable('H', Nat);
  const d = variable('d', arrow(Nat, Nat));
  const m = variable('m', Nat);
  const θ = variable('θ', Vec(feedforwardSize(H, d)));
  const l = variable('l', Fin(natAdd(H, 1)));
  const rows = apply(d, natAdd(val(l), 1));
  const columns = apply(d, val(l));
  const entry = (i: Term, j: Term) => apply(θ, sigma(blockSizes(H, d), l, pair(rows, columns, i, j)));
  definition(
    'Weight',
    [H, d, θ, l],
    vec('i', rows, (i) => vec('j', columns, (j) => entry(i, j))),
    {
      written: 'W^(#3+1)(#2)',
      ambient: [0, 1],
      numbered: [3],
      meaning: 'the weights of a layer, a block of θ',
    },
  );

  const n = variable('l', Nat);
  const h = variable('h', pi(n, arrows(Fin(m), Vec(feedforwardSize(H, d)), Vec(apply(d, n)))));
  const i = variable('i', Fin(m));
  const last = inr(H, 1, index(1, 0));
  definition(
    'FeedforwardOutput',
    [m, H, d, h],
    lambda(i, lambda(θ, matVec(Weight(H, d, θ, last), apply(h, H, i, θ)))),
    {
      written: 'f',
      ambient: [0, 1, 2, 3],
      meaning: 'the feedforward network (4.3): f_i(θ) = W^(H+1) h_i^(H)(θ)',
    },
  );
}
