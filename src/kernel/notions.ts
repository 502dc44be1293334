/**
 * Notions of analysis that the theorems and the axioms share, as definitions that unfold. They are defined on first
 * use, so that importing this file costs nothing.
 */
import {
  add,
  all,
  and,
  apply,
  arrow,
  Diff,
  dimensionOf,
  dot,
  exists,
  fun,
  imp,
  le,
  lt,
  mul,
  Nat,
  op,
  Prop,
  partial,
  Real,
  scale,
  sqrt,
  sub,
  Vec,
  variable,
  vecAdd,
  vecSub,
} from './build.ts';
import { definition, sentence } from './definition.ts';
import type { Term } from './term.ts';

let defined = false;

function notion(name: string, ...args: Term[]): Term {
  if (!defined) {
    defined = true;
    defineAll();
  }
  return op(name, ...args);
}

/** ‖v‖ */
export const norm = (v: Term): Term => notion('norm', dimensionOf(v), v);
/** point ∈ B(center, radius), the open ball */
export const inBall = (point: Term, center: Term, radius: Term): Term =>
  notion('InBall', dimensionOf(center), point, center, radius);
/** θ is a local minimum of F : ℝⁿ → ℝ */
export const localMin = (F: Term, theta: Term): Term => notion('LocalMin', dimensionOf(theta), F, theta);
/** F : ℝⁿ → ℝ is convex */
export const convex = (F: Term): Term => notion('Convex', dimensionOf(F.sort.domain!), F);
/** c = inf P for a set P : ℝ → Prop of reals. No real number is the infimum of the empty set. */
export const isInf = (c: Term, P: Term): Term => notion('IsInf', c, P);
/** c = min P: the infimum of P, attained */
export const isMin = (c: Term, P: Term): Term => notion('IsMin', c, P);
/** c ≤ inf P; true for every c when P is empty */
export const leInf = (c: Term, P: Term): Term => notion('LeInf', c, P);
/** F : ℝⁿ → ℝ and its partial derivatives are differentiable at q */
export const twiceDiff = (F: Term, q: Term): Term => notion('TwiceDiff', dimensionOf(q), F, q);
/** F : ℝⁿ → ℝ has a Lipschitz constant on every bounded set */
export const lipschitzOnBounded = (F: Term): Term =>
  notion('LipschitzOnBounded', dimensionOf(F.sort.domain!), F);

function defineAll(): void {
  const n = variable('n', Nat);
  const F = variable('F', arrow(Vec(n), Real));
  const theta = variable('θ', Vec(n));
  const eps = variable('ε', Real);
  const v = variable('v', Vec(n));

  definition('norm', [n, v], sqrt(dot(v, v)), {
    written: '‖#1‖',
    meaning: 'the Euclidean norm',
  });

  const other = variable("θ'", Vec(n));
  definition('InBall', [n, other, theta, eps], lt(norm(vecSub(other, theta)), eps), {
    written: '#1:6 ∈ B(#2, #3)',
    precedence: 5,
    member: { argument: 1, written: 'B(#2, #3)' },
    meaning: 'the open ball of center θ and radius ε',
  });

  const smallest = (e: Term) =>
    all("θ'", Vec(n), (t) => imp(inBall(t, theta, e), le(apply(F, theta), apply(F, t))));
  definition(
    'LocalMin',
    [n, F, theta],
    exists('ε', Real, (e) => and(lt(0, e), smallest(e))),
    sentence('#2:6', ' is a local minimum of ', '#1:9', 'no point of some ball around θ has a smaller value'),
  );

  const chord = (a: Term, b: Term, t: Term) =>
    le(
      apply(F, vecAdd(scale(sub(1, t), a), scale(t, b))),
      add(mul(sub(1, t), apply(F, a)), mul(t, apply(F, b))),
    );
  definition(
    'Convex',
    [n, F],
    all('a', Vec(n), (a) =>
      all('b', Vec(n), (b) => all('t', Real, (t) => imp(le(0, t), le(t, 1), chord(a, b, t)))),
    ),
    sentence('#1:9', ' is convex', '', 'it lies below its chords'),
  );

  const c = variable('c', Real);
  const P = variable('P', arrow(Real, Prop));
  const below = (bound: Term) => all('y', Real, (y) => imp(apply(P, y), le(bound, y)));
  // The printer writes c = inf { … } for sets of that form; these templates serve the others.
  definition('LeInf', [c, P], below(c), {
    written: '#0:6 ≤ "inf "#1:9',
    precedence: 5,
    meaning: 'c is a lower bound of the set P',
  });
  const greatest = all('b', Real, (b) => imp(below(b), le(b, c)));
  definition('IsInf', [c, P], and(below(c), greatest), {
    written: '#0:6 = "inf "#1:9',
    precedence: 5,
    meaning: 'c is a lower bound of the set P, and no lower bound is greater',
  });
  definition('IsMin', [c, P], and(isInf(c, P), apply(P, c)), {
    written: '#0:6 = "min "#1:9',
    precedence: 5,
    meaning: 'c is the infimum of the set P, and attained: c lies in P',
  });

  const twice = all('k', theta.sort.domain!, (k) =>
    Diff(
      fun('q', Vec(n), (q) => partial(F, q, k)),
      theta,
    ),
  );
  definition(
    'TwiceDiff',
    [n, F, theta],
    and(Diff(F, theta), twice),
    sentence(
      '#1:9',
      ' is twice differentiable at ',
      '#2:6',
      'F and its partial derivatives are differentiable',
    ),
  );

  const contracts = (K: Term, a: Term, b: Term) => {
    const difference = sub(apply(F, a), apply(F, b));
    const most = mul(K, norm(vecSub(a, b)));
    return and(le(difference, most), le(sub(0, most), difference));
  };
  definition(
    'LipschitzOnBounded',
    [n, F],
    all('r', Real, (r) =>
      exists('K', Real, (K) =>
        all('a', Vec(n), (a) =>
          all('b', Vec(n), (b) => imp(le(norm(a), r), le(norm(b), r), contracts(K, a, b))),
        ),
      ),
    ),
    sentence('#1:9', ' is Lipschitz on bounded sets', '', '|F(a) − F(b)| ≤ K‖a − b‖ on every ball around 0'),
  );
}
