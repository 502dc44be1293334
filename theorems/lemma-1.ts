import {
  all,
  and,
  apply,
  eq,
  exists,
  Fin,
  iff,
  le,
  Mat,
  Nat,
  Real,
  type Term,
  Vec,
  variable,
  vecAdd,
} from '../src/kernel/build.ts';
import { result } from './result.ts';
import { dataVariables, freeData, inE, Perturbed, rowsInV } from './setting.ts';

export const lemma1 = result({
  id: 'lemma-1',
  title: 'The perturbed predictions are closed under adding those of a fixed finite set',
  kind: 'lemma',
  source: { by: 'paper', section: '4.3', page: 2311 },
  remarks: [],
  statement: () => {
    const D = freeData();
    const θ = variable('θ', Vec(D.dθ));
    const ε = variable('ε', Real);
    const s0 = variable("s'", Nat);
    const S0 = variable("S'", Mat(s0, D.dθ));
    const F = variable('F', Mat(D.m, D.dy));
    const someS = (claim: (s: Term, S: Term) => Term) =>
      exists('s', Nat, (s) => exists('S', Mat(s, D.dθ), (S) => and(rowsInV(D, θ, ε, s, S), claim(s, S))));
    const predicts = (value: (i: Term) => Term) => all('i', Fin(D.m), (i) => eq(apply(F, i), value(i)));
    const both = (s: Term, S: Term, α: Term, β: Term) =>
      predicts((i) => vecAdd(Perturbed(D, θ, ε, s, S, i, α), Perturbed(D, θ, ε, s0, S0, i, β)));
    const sum = someS((s, S) =>
      exists('α', Mat(D.dθ, s), (α) => exists("α'", Mat(D.dθ, s0), (β) => both(s, S, α, β))),
    );
    return {
      symbols: {
        F: 'predictions, one row for each sample',
        "s'": 'number of vectors in S′',
        "S'": 'a finite set of directions, as rows',
      },
      context: [...dataVariables(D), θ, ε, s0, S0, F],
      setting: [],
      hypotheses: [
        { id: 'epsilon', name: 'ε is nonnegative', term: le(0, ε) },
        { id: 'perturbations', name: 'S′ is a finite subset of V[θ, ε]', term: rowsInV(D, θ, ε, s0, S0) },
      ],
      conclusion: iff(inE(D, θ, ε, F), sum),
    };
  },
});
