/** Notions of linear algebra and of finite sets, as definitions that unfold; defined on first use. */
import {
  all,
  and,
  apply,
  arrow,
  delta,
  dimensionOf,
  dot,
  eq,
  exists,
  Fin,
  imp,
  Mat,
  mul,
  Nat,
  op,
  or,
  sum,
  Vec,
  variable,
  vec,
} from './build.ts';
import { definition } from './definition.ts';
import type { Term } from './term.ts';

let defined = false;

function notion(name: string, ...args: Term[]): Term {
  if (!defined) {
    defined = true;
    defineAll();
  }
  return op(name, ...args);
}

/** M v for M : ℝᵖˣⁿ */
export const matVec = (M: Term, v: Term): Term =>
  notion('matVec', dimensionOf(M), dimensionOf(M.sort.codomain!), M, v);
/** rank M = p for M : ℝᵖˣⁿ: M has a right inverse */
export const fullRowRank = (M: Term): Term =>
  notion('FullRowRank', dimensionOf(M), dimensionOf(M.sort.codomain!), M);
/** J : ℝⁿ is the indicator of a subset of {1..n} */
export const isSubset = (J: Term): Term => notion('Subset', dimensionOf(J), J);
/** k ∈ J, for an indicator J */
export const inSet = (k: Term, J: Term): Term => notion('In', dimensionOf(J), J, k);
/** the subset with indicator J has at least `count` elements */
export const hasAtLeast = (count: Term, J: Term): Term => notion('AtLeast', count, dimensionOf(J), J);

function defineAll(): void {
  const n = variable('n', Nat);
  const p = variable('p', Nat);
  const M = variable('M', Mat(p, n));
  const v = variable('v', Vec(n));
  const J = variable('J', Vec(n));

  definition(
    'matVec',
    [p, n, M, v],
    vec('i', p, (i) => dot(apply(M, i), v)),
    { written: '#2:7 #3:8', precedence: 7, meaning: 'matrix times vector' },
  );

  const inverse = (X: Term) =>
    all('i', Fin(p), (i) =>
      all('j', Fin(p), (j) =>
        eq(
          sum('k', n, (k) => mul(apply(M, i, k), apply(X, k, j))),
          delta(i, j),
        ),
      ),
    );
  definition('FullRowRank', [p, n, M], exists('X', Mat(n, p), inverse), {
    written: '"rank "#2:9 = #0:6',
    precedence: 5,
    meaning: 'full row rank: M has a right inverse X',
  });

  definition(
    'Subset',
    [n, J],
    all('k', Fin(n), (k) => or(eq(apply(J, k), 0), eq(apply(J, k), 1))),
    {
      written: '#1:6 ⊆ {1..#0}',
      precedence: 5,
      meaning: 'a set of indices, given by its indicator',
    },
  );

  const k = variable('k', Fin(n));
  definition('In', [n, J, k], eq(apply(J, k), 1), {
    written: '#2:6 ∈ #1:6',
    precedence: 5,
    member: { argument: 2, written: '#1:6' },
    meaning: 'membership, by the indicator',
  });

  const injective = (j: Term) =>
    all('a', Fin(p), (a) => all('b', Fin(p), (b) => imp(eq(apply(j, a), apply(j, b)), eq(a, b))));
  definition(
    'AtLeast',
    [p, n, J],
    exists('j', arrow(Fin(p), Fin(n)), (j) =>
      and(
        injective(j),
        all('a', Fin(p), (a) => inSet(apply(j, a), J)),
      ),
    ),
    {
      written: '|#2| ≥ #0:6',
      precedence: 5,
      meaning: 'p different elements of J can be listed',
    },
  );
}
