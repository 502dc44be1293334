/**
 * Everything that the kernel takes on trust beyond logic and linear arithmetic: closed sentences, each with its source and
 * the name of its proof in proofs/rocq (trusted: a false sentence here makes everything provable).
 *
 * They are built when this module is loaded, so that nothing that a program replaces later can change them.
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
  dot,
  eq,
  exists,
  Fin,
  forall,
  fun,
  imp,
  inl,
  inr,
  inv,
  le,
  lt,
  Mat,
  mul,
  Nat,
  nat,
  natAdd,
  natLe,
  natLt,
  natMul,
  not,
  op,
  or,
  Prop,
  pair,
  partial,
  pi,
  Real,
  scale,
  sigma,
  sqrt,
  sub,
  sum,
  Vec,
  val,
  variable,
  vecAdd,
} from './build.ts';
import { append, freeze, need, table } from './intrinsics.ts';
import { convex, localMin, norm } from './notions.ts';
import { fullRowRank } from './notions-linear.ts';
import { freeVariables, type Term } from './term.ts';

/** What an axiom is about; `analysis` and `linear algebra` are what the paper's proofs rest on. */
export type AxiomGroup = 'analysis' | 'linear algebra' | 'logic' | 'reals' | 'naturals' | 'indices';

export interface Axiom {
  readonly name: string;
  readonly group: AxiomGroup;
  readonly statement: Term;
  /** one sentence on why it is true */
  readonly why: string;
  readonly citation: string;
  /** the lemma of proofs/rocq/kernel that proves it, in the file of its group */
  readonly rocq: string;
}

const byName = table<Axiom>();
const list: Axiom[] = [];

function axiom(
  name: string,
  group: AxiomGroup,
  statement: Term,
  why: string,
  citation: string,
  rocq: string,
): void {
  need(!byName.has(name), () => `axiom: expected a new name but received ${name}`);
  need(
    statement.sort.id === Prop.id && freeVariables(statement).length === 0,
    () => `axiom ${name}: expected a closed proposition but received ${statement}`,
  );
  const made = freeze({ name, group, statement, why, citation, rocq });
  byName.set(name, made);
  append(list, made);
}

/** The axiom of this name, or undefined. */
export function axiomNamed(name: string): Axiom | undefined {
  return byName.get(name);
}

/** Every axiom, in the order of this file. */
export function axioms(): readonly Axiom[] {
  return list;
}

const RUDIN = 'Rudin, Principles of Mathematical Analysis, 3rd ed.';

// ------------------------------------------------------------------------------------------- analysis

const n = variable('n', Nat);
const p = variable('p', Nat);
const θ = variable('θ', Vec(n));
const F = variable('F', arrow(Vec(n), Real));
const f = variable('f', arrow(Vec(n), Vec(p)));
const sumOver = (size: Term, body: (i: Term) => Term): Term => sum('i', size, body);

{
  const g = variable('g', arrow(Vec(p), Real));
  const composed = fun('t', Vec(n), (t) => apply(g, apply(f, t)));
  const at = apply(f, θ);
  const chain = all('k', Fin(n), (k) =>
    eq(
      partial(composed, θ, k),
      sumOver(p, (c) => mul(partial(g, at, c), apply(partial(f, θ, k), c))),
    ),
  );
  axiom(
    'CHAIN',
    'analysis',
    forall([n, p, f, g, θ], imp(Diff(f, θ), Diff(g, at), and(Diff(composed, θ), chain))),
    'The derivative of a composition is the composition of the derivatives.',
    `${RUDIN}, Theorem 9.15`,
    'chain_rule',
  );
}
{
  const m = variable('m', Nat);
  const Fs = variable('F', arrows(Fin(m), Vec(n), Real));
  const λ = variable('λ', Vec(m));
  const total = fun('t', Vec(n), (t) => sumOver(m, (i) => mul(apply(λ, i), apply(Fs, i, t))));
  const linear = all('k', Fin(n), (k) =>
    eq(
      partial(total, θ, k),
      sumOver(m, (i) => mul(apply(λ, i), partial(apply(Fs, i), θ, k))),
    ),
  );
  const each = all('i', Fin(m), (i) => Diff(apply(Fs, i), θ));
  axiom(
    'DLIN',
    'analysis',
    forall([n, m, Fs, λ, θ], imp(each, and(Diff(total, θ), linear))),
    'A finite linear combination of differentiable functions is differentiable, and its derivative is the combination.',
    `${RUDIN}, Theorem 5.3 and section 9.13`,
    'derivative_linear',
  );
}
axiom(
  'FERMAT',
  'analysis',
  forall(
    [n, F, θ],
    imp(
      Diff(F, θ),
      localMin(F, θ),
      all('k', Fin(n), (k) => eq(partial(F, θ, k), 0)),
    ),
  ),
  'At a local minimum every difference quotient is ≥ 0 from the right and ≤ 0 from the left.',
  `${RUDIN}, Theorem 5.8`,
  'fermat',
);
{
  const a = variable('a', Vec(n));
  const b = variable('b', Vec(n));
  const slope = sumOver(n, (c) => mul(partial(F, a, c), sub(apply(b, c), apply(a, c))));
  axiom(
    'GRADINEQ',
    'analysis',
    forall([n, F, a, b], imp(convex(F), Diff(F, a), le(add(apply(F, a), slope), apply(F, b)))),
    'A convex function lies above its tangent planes: divide the chord inequality by t and let t tend to 0.',
    'Boyd and Vandenberghe, Convex Optimization, section 3.1.3',
    'gradient_inequality',
  );
}
{
  const δ = variable('δ', Vec(n));
  const b = variable('b', Vec(p));
  const τ = variable('τ', Real);
  const affine = all('t', Real, (t) =>
    imp(
      lt(mul(-1, τ), t),
      lt(t, τ),
      all('c', Fin(p), (c) =>
        eq(apply(f, vecAdd(θ, scale(t, δ)), c), add(apply(f, θ, c), mul(t, apply(b, c)))),
      ),
    ),
  );
  const directional = all('c', Fin(p), (c) =>
    eq(
      sum('k', n, (k) => mul(apply(δ, k), apply(partial(f, θ, k), c))),
      apply(b, c),
    ),
  );
  axiom(
    'DIRDERIV',
    'analysis',
    forall([n, p, f, θ, δ, b, τ], imp(Diff(f, θ), lt(0, τ), affine, directional)),
    'Where f(θ + tδ) = f(θ) + tb for small t, the directional derivative of f, which is linear in δ, is b.',
    `${RUDIN}, Theorem 9.17`,
    'directional_derivative',
  );
}
{
  const A = variable('A', Mat(p, n));
  const b = variable('b', Vec(p));
  const map = fun('t', Vec(n), (t) => fun('c', Fin(p), (c) => add(dot(apply(A, c), t), apply(b, c))));
  axiom(
    'AFFINE',
    'analysis',
    forall([n, p, A, b, θ], Diff(map, θ)),
    'An affine map is its own linear approximation.',
    `${RUDIN}, section 9.14`,
    'affine_differentiable',
  );
}

// ------------------------------------------------------------------------------------------- linear algebra

{
  const a = variable('a', Vec(n));
  const b = variable('b', Vec(n));
  axiom(
    'TRI',
    'linear algebra',
    forall([n, a, b], le(norm(vecAdd(a, b)), add(norm(a), norm(b)))),
    'The triangle inequality of the Euclidean norm, from the inequality of Cauchy and Schwarz.',
    `${RUDIN}, Theorem 1.37`,
    'triangle_inequality',
  );
  const M = variable('M', Mat(p, n));
  const unitNull = exists('a', Vec(n), (v) =>
    and(
      eq(dot(v, v), 1),
      all('i', Fin(p), (i) => eq(dot(apply(M, i), v), 0)),
    ),
  );
  axiom(
    'RN',
    'linear algebra',
    forall([p, n, M], imp(natLe(p, n), not(fullRowRank(M)), unitNull)),
    'A p × n matrix with p ≤ n and no right inverse has rank < n, so it has a null vector, which scales to length 1.',
    'Axler, Linear Algebra Done Right, 3rd ed., 3.22 and 3.24',
    'unit_null_vector',
  );
}

// ------------------------------------------------------------------------------------------- logic

const A = variable('A', Prop);
axiom(
  'EM',
  'logic',
  forall([A], or(A, not(A))),
  'Every proposition is true or false.',
  'excluded middle',
  'classic',
);
{
  const s = variable('s', Nat);
  const e = variable('e', arrow(Nat, Nat));
  const row = (at: Term) => Mat(p, apply(e, at));
  const base = variable('b', row(nat(0)));
  const step = variable('F', pi(s, arrow(row(s), row(natAdd(s, 1)))));
  const defined = exists('P', pi(s, row(s)), (P) =>
    and(
      eq(apply(P, nat(0)), base),
      all('s', Nat, (k) => eq(apply(P, natAdd(k, 1)), apply(step, k, apply(P, k)))),
    ),
  );
  axiom(
    'REC',
    'logic',
    forall([p, e, base, step], defined),
    'A sequence of matrices is determined by its first member and a rule for the next one.',
    'Dedekind, Was sind und was sollen die Zahlen?, 126',
    'recursion',
  );
}

// ------------------------------------------------------------------------------------------- the ordered field ℝ

const a = variable('a', Real);
const b = variable('b', Real);
const FIELD = 'axioms of an ordered field';
axiom('TOTAL', 'reals', forall([a, b], or(le(a, b), lt(b, a))), 'The order is total.', FIELD, 'order_total');
axiom(
  'ANTISYM',
  'reals',
  forall([a, b], imp(le(a, b), le(b, a), eq(a, b))),
  'The order is antisymmetric.',
  FIELD,
  'order_antisymmetric',
);
axiom(
  'MULNONNEG',
  'reals',
  forall([a, b], imp(le(0, a), le(0, b), le(0, mul(a, b)))),
  'A product of nonnegative numbers is nonnegative.',
  FIELD,
  'product_nonnegative',
);
axiom(
  'MULPOS',
  'reals',
  forall([a, b], imp(lt(0, a), lt(0, b), lt(0, mul(a, b)))),
  'A product of positive numbers is positive.',
  FIELD,
  'product_positive',
);
axiom(
  'INV',
  'reals',
  forall([a], imp(not(eq(a, 0)), eq(mul(a, inv(a)), 1))),
  'A number that is not 0 has an inverse.',
  FIELD,
  'inverse',
);
axiom(
  'SQRT',
  'reals',
  forall([a], imp(le(0, a), and(eq(mul(sqrt(a), sqrt(a)), a), le(0, sqrt(a))))),
  'A nonnegative number is the square of its root, which is nonnegative.',
  `${RUDIN}, Theorem 1.21`,
  'square_root',
);
{
  const u = variable('u', Vec(n));
  const v = variable('v', Vec(n));
  const below = all('i', Fin(n), (i) => le(apply(u, i), apply(v, i)));
  const total = (x: Term) => sum('i', n, (i) => apply(x, i));
  axiom(
    'SUMLE',
    'reals',
    forall([n, u, v], imp(below, le(total(u), total(v)))),
    'Finitely many inequalities can be added.',
    FIELD,
    'sum_monotone',
  );
}

// ------------------------------------------------------------------------------------------- the naturals

const j = variable('j', Nat);
const k = variable('k', Nat);
{
  const P = variable('P', arrow(Nat, Prop));
  const step = all('k', Nat, (x) => imp(apply(P, x), apply(P, natAdd(x, 1))));
  axiom(
    'IND',
    'naturals',
    forall(
      [P],
      imp(
        apply(P, nat(0)),
        step,
        all('k', Nat, (x) => apply(P, x)),
      ),
    ),
    'What holds at 0, and at k + 1 whenever it holds at k, holds at every natural: they are reached from 0 by steps of 1.',
    'axioms of Peano',
    'induction',
  );
}
axiom(
  'NATTOTAL',
  'naturals',
  forall([j, k], or(natLe(j, k), natLt(k, j))),
  'The order of the naturals is total.',
  'axioms of Peano',
  'nat_total',
);
axiom(
  'NATDIFF',
  'naturals',
  forall(
    [j, k],
    imp(
      natLe(j, k),
      exists('i', Nat, (i) => eq(k, natAdd(j, i))),
    ),
  ),
  'A greater natural is the smaller one and something more.',
  'axioms of Peano',
  'nat_difference',
);

// ------------------------------------------------------------------------------------------- index sets

const NUMBERING = 'Fin(n) is {0, 1, …, n − 1}';
const i = variable('i', Fin(n));
const i2 = variable("i'", Fin(n));
axiom('VALLT', 'indices', forall([n, i], natLt(val(i), n)), 'An index is below n.', NUMBERING, 'index_bound');
axiom(
  'VALINJ',
  'indices',
  forall([n, i, i2], imp(eq(val(i), val(i2)), eq(i, i2))),
  'An index is determined by its number.',
  NUMBERING,
  'index_injective',
);
axiom(
  'VALSURJ',
  'indices',
  forall(
    [n, k],
    imp(
      natLt(k, n),
      exists('i', Fin(n), (x) => eq(val(x), k)),
    ),
  ),
  'Every number below n is that of an index.',
  NUMBERING,
  'index_surjective',
);
axiom(
  'DELTA',
  'indices',
  forall([n, i, i2], imp(not(eq(i, i2)), eq(delta(i, i2), 0))),
  "Kronecker's delta is 0 for different indices.",
  'definition',
  'delta_different',
);
{
  const P = variable('P', arrow(Fin(natAdd(n, p)), Prop));
  const left = all('i', Fin(n), (x) => apply(P, inl(n, p, x)));
  const right = all('i', Fin(p), (x) => apply(P, inr(n, p, x)));
  axiom(
    'FINSUM',
    'indices',
    forall(
      [n, p, P],
      imp(
        left,
        right,
        all('i', Fin(natAdd(n, p)), (x) => apply(P, x)),
      ),
    ),
    'An index of Fin(n + p) is one of the first n or one of the last p.',
    NUMBERING,
    'index_sum',
  );
}
{
  const P = variable('P', arrow(Fin(natMul(n, p)), Prop));
  const pairs = all('i', Fin(n), (x) => all('j', Fin(p), (y) => apply(P, pair(n, p, x, y))));
  axiom(
    'FINPROD',
    'indices',
    forall(
      [n, p, P],
      imp(
        pairs,
        all('i', Fin(natMul(n, p)), (x) => apply(P, x)),
      ),
    ),
    'An index of Fin(n · p) is a row and a column.',
    NUMBERING,
    'index_product',
  );
}
{
  const e = variable('e', arrow(Fin(n), Nat));
  const size = op('natSum', e);
  const P = variable('P', arrow(Fin(size), Prop));
  const blocks = all('l', Fin(n), (l) => all('i', Fin(apply(e, l)), (x) => apply(P, sigma(e, l, x))));
  axiom(
    'FINSIGMA',
    'indices',
    forall(
      [n, e, P],
      imp(
        blocks,
        all('i', Fin(size), (x) => apply(P, x)),
      ),
    ),
    'An index of Fin(Σ_l e(l)) is a block and an index in it.',
    NUMBERING,
    'index_blocks',
  );
}

freeze(list);
