import {
  add,
  all,
  and,
  apply,
  arrow,
  eq,
  exists,
  Fin,
  iff,
  imp,
  le,
  lt,
  Mat,
  mul,
  Nat,
  partial,
  Real,
  sum,
  type Term,
  Vec,
  variable,
  vec,
} from '../src/kernel/build.ts';
import { result } from './result.ts';
import { type Data, dataVariables, freeData, inE, moved, rowsInV } from './setting.ts';

export const lemmaE = result({
  id: 'lemma-e',
  title: 'The perturbed predictions form a linear space, which grows with ε',
  kind: 'lemma',
  source: { by: 'ours' },
  remarks: [
    {
      severity: 'S',
      place: 'section 3.3.1',
      text:
        'So finitely many perturbations, at most m·dy − rank J(θ) beside 0, already give every prediction, and the ' +
        'infimum of Theorem 2 is one over a finite-dimensional linear space.',
    },
  ],
  statement: () => {
    const D = freeData();
    const θ = variable('θ', Vec(D.dθ));
    const ε = variable('ε', Real);
    const F = variable('F', Mat(D.m, D.dy));
    const grows = all("ε'", Real, (larger) =>
      imp(lt(0, ε), le(ε, larger), inE(D, θ, ε, F), inE(D, θ, larger, F)),
    );
    return {
      symbols: { F: 'predictions, one row for each sample' },
      context: [...dataVariables(D), θ, ε, F],
      setting: [],
      hypotheses: [{ id: 'epsilon', name: 'ε is nonnegative', term: le(0, ε) }],
      conclusion: and(
        iff(inE(D, θ, ε, F), spanned(D, θ, ε, F)),
        imp(representedAt(D, θ), iff(inE(D, θ, ε, F), inTangents(D, θ, ε, F))),
        grows,
      ),
    };
  },
});

/** Some S ⊆ V[θ, ε], and a claim about it. */
const someS = (D: Data, θ: Term, ε: Term, claim: (s: Term, S: Term) => Term): Term =>
  exists('s', Nat, (s) => exists('S', Mat(s, D.dθ), (S) => and(rowsInV(D, θ, ε, s, S), claim(s, S))));
const predicts = (D: Data, F: Term, value: (i: Term) => Term): Term =>
  all('i', Fin(D.m), (i) => eq(apply(F, i), value(i)));
const derivative = (D: Data, i: Term, at: Term, k: Term): Term => partial(apply(D.f, i), at, k);

/** F = Σ_a b_a ∂_{κ(a)} f(θ + εS_a): in the span of single partial derivatives. */
function spanned(D: Data, θ: Term, ε: Term, F: Term): Term {
  const combination = (s: Term, S: Term, κ: Term, b: Term, i: Term) =>
    vec('c', D.dy, (c) =>
      sum('a', s, (a) => mul(apply(b, a), apply(derivative(D, i, moved(θ, ε, apply(S, a)), apply(κ, a)), c))),
    );
  return someS(D, θ, ε, (s, S) =>
    exists('κ', arrow(Fin(s), Fin(D.dθ)), (κ) =>
      exists('b', Vec(s), (b) => predicts(D, F, (i) => combination(s, S, κ, b, i))),
    ),
  );
}

/** F = Σ_a b_a (f(θ + εS_a) + Σ_k β_ak ∂_k f(θ + εS_a)): in the span of the affine tangent spaces (3.3.1). */
function inTangents(D: Data, θ: Term, ε: Term, F: Term): Term {
  const tangent = (i: Term, at: Term, β: Term, c: Term) =>
    add(
      apply(D.f, i, at, c),
      sum('k', D.dθ, (k) => mul(apply(β, k), apply(derivative(D, i, at, k), c))),
    );
  const combination = (s: Term, S: Term, b: Term, β: Term, i: Term) =>
    vec('c', D.dy, (c) =>
      sum('a', s, (a) => mul(apply(b, a), tangent(i, moved(θ, ε, apply(S, a)), apply(β, a), c))),
    );
  return someS(D, θ, ε, (s, S) =>
    exists('b', Vec(s), (b) =>
      exists('β', Mat(s, D.dθ), (β) => predicts(D, F, (i) => combination(s, S, b, β, i))),
    ),
  );
}

/** Assumption 2 at the one point θ. */
const representedAt = (D: Data, θ: Term): Term =>
  exists('γ', Vec(D.dθ), (γ) =>
    all('i', Fin(D.m), (i) =>
      eq(
        apply(D.f, i, θ),
        vec('c', D.dy, (c) => sum('k', D.dθ, (k) => mul(apply(γ, k), apply(derivative(D, i, θ, k), c)))),
      ),
    ),
  );
