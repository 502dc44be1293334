/**
 * A network in coordinates, as the proof of Theorem 4 uses it: layers l = 0..H by their number, for any parameters ℝᴺ.
 *
 * W_l(v) : ℝ^{d_{l+1}×d_l} are the weights at the point v that take layer l to layer l + 1, linear in v, and E_l(B) is the
 * direction that has B at W_l and 0 in the other layers. ψ_l is the indicator of J^(l+1), with ψ_H = 1, and
 * M_l : ℝ^{dy×d_{l+1}} is the chained product M_H = 1, M_l = M_{l+1} W_{l+1}(θ) ψ_l.
 */
import {
  add,
  all,
  and,
  apply,
  arrow,
  arrows,
  Diff,
  delta,
  eq,
  Fin,
  imp,
  lt,
  Mat,
  mul,
  Nat,
  nat,
  natAdd,
  natLe,
  natLt,
  not,
  or,
  pi,
  Real,
  scale,
  sub,
  sum,
  type Term,
  Vec,
  variable,
  vec,
  vecAdd,
  vecSub,
} from '../../src/kernel/build.ts';
import { norm } from '../../src/kernel/notions.ts';
import { hasAtLeast } from '../../src/kernel/notions-linear.ts';
import type { Hypothesis } from '../../theorems/result.ts';
import { type Data, inE, lossesVariable } from '../../theorems/setting.ts';

export const m = variable('m', Nat);
export const N = variable('N', Nat);
export const t = variable('t', Nat);
export const H = variable('H', Nat);
export const d = variable('d', arrow(Nat, Nat));
export const next = (l: Term): Term => natAdd(l, 1);
export const width = (l: Term): Term => apply(d, l);
export const dy = width(next(H));

const l0 = variable('l', Nat);
const weights = (l: Term) => Mat(width(next(l)), width(l));
export const h = variable('h', pi(l0, arrows(Fin(m), Vec(N), Vec(width(l0)))));
export const σ = variable('σ', pi(l0, arrow(Vec(width(l0)), Vec(width(l0)))));
export const W = variable('W', pi(l0, arrow(Vec(N), weights(l0))));
export const E = variable('E', pi(l0, arrow(weights(l0), Vec(N))));
export const ψ = variable('ψ', pi(l0, Vec(width(next(l0)))));
export const M = variable('M', pi(l0, Mat(dy, width(next(l0)))));
export const f = variable('f', arrows(Fin(m), Vec(N), Vec(dy)));
export const λ = variable('λ', Vec(m));
export const ℓ = lossesVariable(m, dy);
export const D: Data = { m, dθ: N, dy, λ, ℓ, f };

export const θ = variable('θ', Vec(N));
export const v = variable('v', Vec(N));
export const ε = variable('ε', Real);
export const l = variable('l', Nat);
export const n = variable('n', Nat);
export const i = variable('i', Fin(m));
export const c = variable('c', Fin(dy));

export const layers: readonly Term[] = [m, N, H, d, h, σ, W];
export const chained: readonly Term[] = [...layers, t, f, ψ, M, θ];
export const whole: readonly Term[] = [...chained, E, λ, ℓ, ε];

/** a unit of layer l + 1, and of layer l */
export const unit = (l: Term, name = 'a'): Term => variable(name, Fin(width(next(l))));
export const source = (l: Term, name = 'b'): Term => variable(name, Fin(width(l)));

export const at = (of: Term, ...by: readonly Term[]): Term => apply(of, ...by);
/** (W_l(v) h_l(v))_a */
export const pre = (l: Term, i: Term, v: Term, a: Term): Term =>
  sum('b', width(l), (b) => mul(at(W, l, v, a, b), at(h, l, i, v, b)));
export const preactivation = (l: Term, i: Term, v: Term): Term =>
  vec('a', width(next(l)), (a) => pre(l, i, v, a));
/** the two values of an indicator */
export const zeroOrOne = (l: Term, a: Term, indicator: Term = ψ): readonly Term[] =>
  [0, 1].map((value) => eq(at(indicator, l, a), value));
export const off = (l: Term, a: Term): Term => sub(1, at(ψ, l, a));
/** Σ_a M_l(c, a) x_a */
export const through = (l: Term, c: Term, x: (a: Term) => Term): Term =>
  sum('a', width(next(l)), (a) => mul(at(M, l, c, a), x(a)));

const natural = (name: string, body: (l: Term) => Term): Term => all(name, Nat, body);
const entries = (l: Term, body: (a: Term, b: Term) => Term): Term =>
  all('a', Fin(width(next(l))), (a) => all('b', Fin(width(l)), (b) => body(a, b)));
const units = (l: Term, body: (a: Term) => Term): Term => all('a', Fin(width(next(l))), body);
const samples = (body: (i: Term) => Term): Term => all('i', Fin(m), body);
const points = (name: string, body: (v: Term) => Term): Term => all(name, Vec(N), body);
/** for t ≤ l < H, and for t ≤ l ≤ H */
const hidden = (body: (l: Term) => Term): Term => natural('l', (l) => imp(natLe(t, l), natLt(l, H), body(l)));
const concerned = (body: (l: Term) => Term): Term =>
  natural('l', (l) => imp(natLe(t, l), natLe(l, H), body(l)));

/** W_l(v) = W_l(v') for l < n */
export const agreeBelow = (n: Term, v: Term, other: Term): Term =>
  natural('l', (l) =>
    imp(
      natLt(l, n),
      entries(l, (a, b) => eq(at(W, l, v, a, b), at(W, l, other, a, b))),
    ),
  );
/** the rows outside J of W_l(v) are those of W_l(θ) */
export const rowsKept = (v: Term): Term =>
  hidden((l) =>
    entries(l, (a, b) => eq(mul(off(l, a), at(W, l, v, a, b)), mul(off(l, a), at(W, l, θ, a, b)))),
  );
export const productKept = (l: Term, v: Term): Term =>
  all('c', Fin(dy), (c) =>
    all('b', Fin(width(l)), (b) =>
      eq(
        through(l, c, (a) => at(W, l, v, a, b)),
        through(l, c, (a) => at(W, l, θ, a, b)),
      ),
    ),
  );
/** M_l W_l(v) = M_l W_l(θ) for the layers after l₀ */
export const productsKeptAfter = (from: Term, v: Term): Term =>
  natural('l', (l) => imp(natLt(from, l), natLe(l, H), productKept(l, v)));
export const productsKept = (v: Term): Term => concerned((l) => productKept(l, v));
/** v is a point that the proof may move to: no product, no row outside J and no layer below t is changed. */
export const kept = (v: Term): Term => and(agreeBelow(t, v, θ), rowsKept(v), productsKept(v));
/** the units in J are linear at v */
export const linearIn = (l: Term, v: Term): Term =>
  samples((i) =>
    units(l, (a) => eq(mul(at(ψ, l, a), at(h, next(l), i, v, a)), mul(at(ψ, l, a), pre(l, i, v, a)))),
  );
export const linearAt = (v: Term): Term => hidden((l) => linearIn(l, v));
/** M_l = M_{l+1} W_{l+1}(θ) ψ_l */
export const chainAt = (l: Term): Term =>
  all('c', Fin(dy), (c) =>
    units(l, (b) =>
      eq(
        at(M, l, c, b),
        through(next(l), c, (a) => mul(at(W, next(l), θ, a, b), at(ψ, l, b))),
      ),
    ),
  );
export const sameLayer = (n: Term, v: Term, other: Term): Term =>
  samples((i) => eq(at(h, n, i, v), at(h, n, i, other)));
/** the units outside J see nothing of the change */
export const outsideKept = (l: Term, v: Term): Term =>
  samples((i) =>
    units(l, (a) => eq(mul(off(l, a), at(h, next(l), i, v, a)), mul(off(l, a), at(h, next(l), i, θ, a)))),
  );
export const outsideKeptEverywhere = (v: Term): Term => hidden((l) => outsideKept(l, v));
/** f(v) − f(θ) = M_l (W_l(v) h_l(v) − W_l(θ) h_l(θ)) */
export const decomposedAt = (l: Term, v: Term): Term =>
  samples((i) =>
    all('c', Fin(dy), (c) =>
      eq(
        sub(at(f, i, v, c), at(f, i, θ, c)),
        through(l, c, (a) => sub(pre(l, i, v, a), pre(l, i, θ, a))),
      ),
    ),
  );
export const decomposed = (v: Term): Term =>
  concerned((l) => imp(productsKeptAfter(l, v), decomposedAt(l, v)));
export const samePredictions = (v: Term): Term => samples((i) => eq(at(f, i, v), at(f, i, θ)));
export const inside = (v: Term): Term => lt(norm(vecSub(v, θ)), ε);
/** the predictions Q h_l(v) */
export const features = (l: Term, Q: Term, v: Term): Term =>
  vec('i', m, (i) => vec('c', dy, (c) => sum('b', width(l), (b) => mul(at(Q, c, b), at(h, l, i, v, b)))));
export const Coefficients = (l: Term) => Mat(dy, width(l));
/** every Q h_l(v) lies in Ẽ, at every such v near θ */
export const spans = (l: Term): Term =>
  points('v', (v) =>
    imp(
      kept(v),
      inside(v),
      all('Q', Coefficients(l), (Q) => inE(D, θ, ε, features(l, Q, v))),
    ),
  );

/** on the ball the units in J are linear and f is differentiable */
export const regular: Term = points('v', (v) =>
  imp(
    inside(v),
    and(
      linearAt(v),
      samples((i) => Diff(apply(f, i), v)),
    ),
  ),
);

const fact = (id: string, name: string, term: Term): Hypothesis => ({ id, name, term });
/** what the network is */
export const facts = {
  depth: fact('depth', 't is at most H', natLe(t, H)),
  input: fact(
    'input',
    'layer 0 is the input',
    samples((i) => points('v', (v) => points("v'", (u) => eq(at(h, nat(0), i, v), at(h, nat(0), i, u))))),
  ),
  layer: fact(
    'layer',
    'layer l + 1 is σ of W_l h_l',
    natural('l', (l) =>
      imp(
        natLt(l, H),
        samples((i) => points('v', (v) => eq(at(h, next(l), i, v), at(σ, next(l), preactivation(l, i, v))))),
      ),
    ),
  ),
  output: fact(
    'output',
    'f is W_H h_H',
    samples((i) => points('v', (v) => all('c', Fin(dy), (c) => eq(at(f, i, v, c), pre(H, i, v, c))))),
  ),
  coordinatewise: fact(
    'coordinatewise',
    'σ acts coordinatewise',
    hidden((l) => {
      const layer = Vec(width(next(l)));
      const value = (z: Term, a: Term) => at(σ, next(l), z, a);
      return all('z', layer, (z) =>
        all("z'", layer, (u) => units(l, (a) => imp(eq(at(z, a), at(u, a)), eq(value(z, a), value(u, a))))),
      );
    }),
  ),
  sets: fact(
    'sets',
    'ψ is an indicator',
    concerned((l) => units(l, (a) => or(eq(at(ψ, l, a), 0), eq(at(ψ, l, a), 1)))),
  ),
  large: fact(
    'large',
    'the sets J have at least dy elements',
    hidden((l) => hasAtLeast(dy, at(ψ, l))),
  ),
  last: fact(
    'last',
    'ψ_H = 1',
    units(H, (a) => eq(at(ψ, H, a), 1)),
  ),
  closed: fact(
    'closed',
    'condition 3',
    hidden((l) =>
      imp(
        natLt(next(l), H),
        entries(next(l), (a, b) => eq(mul(off(next(l), a), at(W, next(l), θ, a, b), at(ψ, l, b)), 0)),
      ),
    ),
  ),
  first: fact(
    'product-last',
    'M_H = 1',
    all('c', Fin(dy), (c) => units(H, (a) => eq(at(M, H, c, a), delta(c, a)))),
  ),
  chain: fact('product', 'M_l = M_{l+1} W_{l+1} ψ_l', hidden(chainAt)),
  linear: fact(
    'weights-linear',
    'W is linear',
    natural('l', (l) =>
      points('v', (v) =>
        points('w', (w) =>
          all('s', Real, (s) =>
            entries(l, (a, b) =>
              eq(at(W, l, vecAdd(v, scale(s, w)), a, b), add(at(W, l, v, a, b), mul(s, at(W, l, w, a, b)))),
            ),
          ),
        ),
      ),
    ),
  ),
  own: fact(
    'own',
    'E_l(B) has B at layer l',
    natural('l', (l) =>
      imp(
        natLe(l, H),
        all('B', weights(l), (B) => entries(l, (a, b) => eq(at(W, l, at(E, l, B), a, b), at(B, a, b)))),
      ),
    ),
  ),
  apart: fact(
    'apart',
    'and 0 in the other layers',
    natural('l', (l) =>
      natural("l'", (k) =>
        imp(
          natLe(l, H),
          natLe(k, H),
          not(eq(l, k)),
          all('B', weights(l), (B) => entries(k, (a, b) => eq(at(W, k, at(E, l, B), a, b), 0))),
        ),
      ),
    ),
  ),
  length: fact(
    'length',
    'the length of E_l(B) is that of B',
    natural('l', (l) =>
      imp(
        natLe(l, H),
        all('B', weights(l), (B) =>
          eq(
            sum('k', N, (k) => mul(at(E, l, B, k), at(E, l, B, k))),
            sum('a', width(next(l)), (a) => sum('b', width(l), (b) => mul(at(B, a, b), at(B, a, b)))),
          ),
        ),
      ),
    ),
  ),
} as const;

export { concerned, entries, hidden, natural, points, samples, units, weights };
