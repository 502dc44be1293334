import {
  add,
  all,
  and,
  apply,
  arrow,
  eq,
  exists,
  Fin,
  fun,
  iff,
  imp,
  Mat,
  mul,
  Prop,
  partial,
  Real,
  sum,
  variable,
  vec,
} from '../src/kernel/build.ts';
import { isInf } from '../src/kernel/notions.ts';
import type { Term } from '../src/kernel/term.ts';
import { assumption1, weights } from './hypotheses.ts';
import { result } from './result.ts';
import { freeData } from './setting.ts';

export const lemma0 = result({
  id: 'lemma-0',
  title: 'An infimum over a linear space of predictions is an orthogonality',
  kind: 'lemma',
  source: { by: 'ours' },
  remarks: [
    {
      severity: 'S',
      place: 'every theorem of the paper',
      text:
        'With it every "inf" of the paper becomes linear algebra: Theorem 1 holds at θ exactly when the gradient of L ' +
        'vanishes, Theorem 2 at ε exactly when the gradient vanishes at θ + εv for every v ∈ V[θ, ε]. If the infimum ' +
        'of Theorem 1 is not attained, θ is not critical.',
    },
  ],
  statement: () => {
    const D = freeData();
    const { m, dy, λ, ℓ } = D;
    const predictions = Mat(m, dy);
    const E = variable('E', arrow(predictions, Prop));
    const F = variable('F', predictions);
    const G = variable('G', predictions);
    const distance = (P: Term) => sum('i', m, (i) => mul(apply(λ, i), apply(ℓ, i, apply(P, i))));
    const entries = (entry: (i: Term, c: Term) => Term) =>
      vec('i', m, (i) => vec('c', dy, (c) => entry(i, c)));
    const closed = all('P', predictions, (P) =>
      all('Q', predictions, (Q) =>
        imp(
          apply(E, P),
          apply(E, Q),
          all('a', Real, (a) =>
            all('b', Real, (b) =>
              apply(
                E,
                entries((i, c) => add(mul(a, apply(P, i, c)), mul(b, apply(Q, i, c)))),
              ),
            ),
          ),
        ),
      ),
    );
    const gradient = all('i', Fin(m), (i) =>
      all('c', Fin(dy), (c) => eq(apply(G, i, c), mul(apply(λ, i), partial(apply(ℓ, i), apply(F, i), c)))),
    );
    const least = isInf(
      distance(F),
      fun('y', Real, (y) => exists('P', predictions, (P) => and(apply(E, P), eq(y, distance(P))))),
    );
    const orthogonal = all('P', predictions, (P) =>
      imp(
        apply(E, P),
        eq(
          sum('i', m, (i) => sum('c', dy, (c) => mul(apply(G, i, c), apply(P, i, c)))),
          0,
        ),
      ),
    );
    return {
      symbols: {
        E: 'a set of predictions',
        F: 'predictions, one row for each sample',
        G: 'weighted gradients of the losses',
      },
      context: [D.m, D.dy, D.λ, D.ℓ, E, F, G],
      setting: [weights(D)],
      hypotheses: [
        assumption1(D),
        { id: 'subspace', name: 'E is closed under linear combinations', term: closed },
        { id: 'member', name: 'F lies in E', term: apply(E, F) },
        { id: 'gradient', name: 'G is the gradient at F', term: gradient },
      ],
      conclusion: iff(least, orthogonal),
    };
  },
});
