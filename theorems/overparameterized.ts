/**
 * The network of Example 2: f(x; θ) = W φ(x; u) with θ = vec(W), and φ the last of r + 1 hidden layers of n rectified
 * linear units on the input [x; 1]. u holds the first layer (n × (dx + 1)), then r layers of n × n, rows first.
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
  imp,
  inl,
  inr,
  join,
  lambda,
  le,
  Mat,
  Nat,
  nat,
  natAdd,
  natMul,
  op,
  pair,
  Real,
  real,
  type Term,
  Vec,
  val,
  variable,
  vec,
} from '../src/kernel/build.ts';
import { definition } from '../src/kernel/definition.ts';
import { matVec } from '../src/kernel/notions-linear.ts';
import { type Data, lossesVariable } from './setting.ts';

export interface Overparameterized {
  readonly m: Term;
  readonly dx: Term;
  readonly dy: Term;
  /** units of each hidden layer */
  readonly n: Term;
  /** hidden layers beside the first */
  readonly r: Term;
  /** raw inputs, ℝ^{m×dx} */
  readonly x: Term;
  /** the activation, ℝ → ℝ */
  readonly σ: Term;
  readonly λ: Term;
  readonly ℓ: Term;
  /** hidden layers 0..r: ℕ → {1..m} → ℝ^du → ℝⁿ */
  readonly h: Term;
  /** the length of u */
  readonly du: Term;
}

/** The lengths of the blocks of u: the first layer, and all later ones. */
export const sizes = (dx: Term, n: Term, r: Term) =>
  [natMul(n, natAdd(dx, 1)), natMul(r, natMul(n, n))] as const;

export function freeOverparameterized(): Overparameterized {
  return ofWidth(variable('n', Nat));
}
/** The same with n units in each hidden layer. */
export function ofWidth(n: Term): Overparameterized {
  const m = variable('m', Nat);
  const dx = variable('dx', Nat);
  const dy = variable('dy', Nat);
  const r = variable('r', Nat);
  const [first, later] = sizes(dx, n, r);
  const du = natAdd(first, later);
  return {
    m,
    dx,
    dy,
    n,
    r,
    x: variable('x', Mat(m, dx)),
    σ: variable('σ', arrow(Real, Real)),
    λ: variable('λ', Vec(m)),
    ℓ: lossesVariable(m, dy),
    h: variable('h', arrows(Nat, Fin(m), Vec(du), Vec(n))),
    du,
  };
}

/** φ(x_i; u) */
export const φ = (net: Overparameterized, i: Term, u: Term): Term => apply(net.h, net.r, i, u);
/** W : ℝ^{dy×n} from θ = vec(W) */
export const outputWeight = (net: Overparameterized, θ: Term): Term =>
  notion('OutputWeight', net.dy, net.n, θ);
/** The learning problem of the last layer, u fixed. */
export const lastLayer = (net: Overparameterized, u: Term): Data => ({
  m: net.m,
  dθ: natMul(net.dy, net.n),
  dy: net.dy,
  λ: net.λ,
  ℓ: net.ℓ,
  f: notion('LastLayer', net.m, net.dy, net.n, net.r, net.du, net.h, u),
});

/** σ(z) = max{0, z} */
export const rectifier = (net: Overparameterized): Term =>
  all('z', Real, (z) => and(imp(le(0, z), eq(apply(net.σ, z), z)), imp(le(z, 0), eq(apply(net.σ, z), 0))));

/** [x_i; 1] */
const withBias = ({ dx, x }: Overparameterized, i: Term): Term =>
  join(
    dx,
    1,
    apply(x, i),
    vec('k', 1, () => real(1)),
  );
/** U_0 [x_i; 1] */
export const firstPreactivation = (net: Overparameterized, i: Term, u: Term): Term =>
  matVec(notion('FirstWeight', net.dx, net.n, net.r, u), withBias(net, i));

/** h^(0) = σ(U_0 [x; 1]) and h^(l+1) = σ(U_{l+1} h^(l)). */
export function hiddenLayers(net: Overparameterized): Term {
  const { m, dx, n, r, σ, h, du } = net;
  const everywhere = (body: (i: Term, u: Term) => Term) =>
    all('i', Fin(m), (i) => all('u', Vec(du), (u) => body(i, u)));
  const layer = (z: Term) => notion('entrywise', n, σ, z);
  const later = (u: Term, l: Term) => notion('LaterWeight', dx, n, r, u, l);
  return and(
    everywhere((i, u) => eq(apply(h, nat(0), i, u), layer(firstPreactivation(net, i, u)))),
    all('l', Fin(r), (l) =>
      everywhere((i, u) =>
        eq(apply(h, natAdd(val(l), 1), i, u), layer(matVec(later(u, l), apply(h, val(l), i, u)))),
      ),
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

function defineAll(): void {
  const { dx, dy, n, r, du } = freeOverparameterized();
  const [first, later] = sizes(dx, n, r);
  const matrix = (rows: Term, columns: Term, entry: (a: Term, b: Term) => Term) =>
    vec('a', rows, (a) => vec('b', columns, (b) => entry(a, b)));

  const σ = variable('σ', arrow(Real, Real));
  const z = variable('z', Vec(n));
  definition(
    'entrywise',
    [n, σ, z],
    vec('a', n, (a) => apply(σ, apply(z, a))),
    {
      written: '#1:9(#2)',
      meaning: 'the activation, entry by entry',
    },
  );

  const θ = variable('θ', Vec(natMul(dy, n)));
  definition(
    'OutputWeight',
    [dy, n, θ],
    matrix(dy, n, (a, b) => apply(θ, pair(dy, n, a, b))),
    {
      written: 'W(#2)',
      meaning: 'the last weight matrix; θ = vec(W)',
    },
  );

  const u = variable('u', Vec(du));
  const m = variable('m', Nat);
  const width = variable('du', Nat);
  const h = variable('h', arrows(Nat, Fin(m), Vec(width), Vec(n)));
  const us = variable('u', Vec(width));
  const output = fun('i', Fin(m), (i) => lambda(θ, matVec(op('OutputWeight', dy, n, θ), apply(h, r, i, us))));
  definition('LastLayer', [m, dy, n, r, width, h, us], output, {
    written: 'f_{#6}',
    meaning: 'the network as a function of its last layer, u fixed',
  });
  const columns = natAdd(dx, 1);
  definition(
    'FirstWeight',
    [dx, n, r, u],
    matrix(n, columns, (a, b) => apply(u, inl(first, later, pair(n, columns, a, b)))),
    { written: 'U_{0}(#3)', meaning: 'the weights of the first hidden layer, a block of u' },
  );
  const l = variable('l', Fin(r));
  const block = (a: Term, b: Term) => inr(first, later, pair(r, natMul(n, n), l, pair(n, n, a, b)));
  definition(
    'LaterWeight',
    [dx, n, r, u, l],
    matrix(n, n, (a, b) => apply(u, block(a, b))),
    {
      written: 'U_{#4+1}(#3)',
      numbered: [4],
      meaning: 'the weights of a later hidden layer, a block of u',
    },
  );
}
