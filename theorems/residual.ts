/**
 * The residual network (4.1): f(x; θ) = W (x + R z(x; u)), θ = vec([W, R, u]).
 *
 * θ is one vector with index set Fin(dy·dx) ⊎ Fin(dx·dz) ⊎ Fin(du), rows first; the paper stacks columns, which is a
 * renumbering. z is an arbitrary function, z_i(u) = z(x_i; u).
 */
import {
  apply,
  arrows,
  Fin,
  inl,
  inr,
  lambda,
  Mat,
  Nat,
  natAdd,
  natMul,
  op,
  pair,
  Vec,
  variable,
  vec,
  vecAdd,
} from '../src/kernel/build.ts';
import { definition } from '../src/kernel/definition.ts';
import { matVec } from '../src/kernel/notions-linear.ts';
import type { Term } from '../src/kernel/term.ts';
import { type Data, lossesVariable } from './setting.ts';

export interface Residual {
  readonly m: Term;
  readonly dx: Term;
  readonly dz: Term;
  readonly dy: Term;
  readonly du: Term;
  /** inputs x : ℝ^{m×dx} */
  readonly x: Term;
  /** z : {1..m} → ℝ^du → ℝ^dz */
  readonly z: Term;
}

export function freeResidual(): Residual {
  const [m, dx, dz, dy, du] = ['m', 'dx', 'dz', 'dy', 'du'].map((name) => variable(name, Nat)) as [
    Term,
    Term,
    Term,
    Term,
    Term,
  ];
  const z = variable('z', arrows(Fin(m), Vec(du), Vec(dz)));
  return { m, dx, dz, dy, du, x: variable('x', Mat(m, dx)), z };
}

/** The data of the learning problem, with free weights and losses. */
export function residualData(net: Residual): Data {
  return {
    m: net.m,
    dθ: residualSize(net),
    dy: net.dy,
    λ: variable('λ', Vec(net.m)),
    ℓ: lossesVariable(net.m, net.dy),
    f: notion('ResNet', net.m, net.dx, net.dz, net.dy, net.du, net.x, net.z),
  };
}
export const residualVariables = (net: Residual, D: Data): readonly Term[] => [
  net.m,
  net.dx,
  net.dz,
  net.dy,
  net.du,
  net.x,
  net.z,
  D.λ,
  D.ℓ,
];

/** dy·dx + (dx·dz + du) */
export const residualSize = (net: Residual): Term => natAdd(natMul(net.dy, net.dx), tail(net));
const tail = (net: Residual): Term => natAdd(natMul(net.dx, net.dz), net.du);
const shape = (net: Residual): readonly Term[] => [net.dx, net.dz, net.dy, net.du];

/** W : ℝ^{dy×dx} */
export const W = (net: Residual, θ: Term): Term => notion('ResNetW', ...shape(net), θ);
/** R : ℝ^{dx×dz} */
export const R = (net: Residual, θ: Term): Term => notion('ResNetR', ...shape(net), θ);
/** u : ℝ^du */
export const u = (net: Residual, θ: Term): Term => notion('ResNetU', ...shape(net), θ);

let defined = false;
function notion(name: string, ...args: Term[]): Term {
  if (!defined) {
    defined = true;
    defineAll();
  }
  return op(name, ...args);
}

function defineAll(): void {
  const net = freeResidual();
  const { m, dx, dz, dy, du, x, z } = net;
  const θ = variable('θ', Vec(residualSize(net)));
  const block = (name: string, body: Term, letter: string) =>
    definition(name, [...shape(net), θ], body, {
      written: `${letter}(#4)`,
      ambient: [0, 1, 2, 3],
      meaning: `the block ${letter} of θ`,
    });
  const head = natMul(dy, dx);
  const rest = tail(net);
  block(
    'ResNetW',
    vec('i', dy, (i) => vec('j', dx, (j) => apply(θ, inl(head, rest, pair(dy, dx, i, j))))),
    'W',
  );
  const inTail = (index: Term) => apply(θ, inr(head, rest, index));
  block(
    'ResNetR',
    vec('i', dx, (i) => vec('j', dz, (j) => inTail(inl(natMul(dx, dz), du, pair(dx, dz, i, j))))),
    'R',
  );
  block(
    'ResNetU',
    vec('k', du, (k) => inTail(inr(natMul(dx, dz), du, k))),
    'u',
  );

  const i = variable('i', Fin(m));
  const features = vecAdd(apply(x, i), matVec(R(net, θ), apply(z, i, u(net, θ))));
  definition('ResNet', [m, dx, dz, dy, du, x, z], lambda(i, lambda(θ, matVec(W(net, θ), features))), {
    written: 'f',
    ambient: [0, 1, 2, 3, 4, 5, 6],
    meaning: 'the residual network (4.1): f_i(θ) = W (x_i + R z_i(u))',
  });
}
