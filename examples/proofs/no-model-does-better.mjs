// A corollary of Theorem 2, checked by `everymin prove examples/proofs/no-model-does-better.mjs`:
// near a differentiable local minimum no perturbable gradient basis model fits the data better than the model itself.
//
// A script ends in theorems of the kernel or in an error. What it is taken to prove is the statement of `result`, and
// nothing else counts. docs/writing-a-proof.md describes statements, steps and tactics.
import {
  all,
  and,
  apply,
  eq,
  exists,
  hypotheses,
  imp,
  isInf,
  le,
  lt,
  Mat,
  Nat,
  Real,
  result,
  script,
  setting,
  tactics,
  Vec,
  variable,
} from 'everymin/proofs';

const D = setting.freeData();
const { dθ } = D;
const θ = variable('θ', Vec(dθ));
const { Loss, PerturbedLoss, rowsInV } = setting;

/** L(θ) ≤ L̃_θ(α, ε, S) for every finite S ⊆ V[θ, ε] and every α */
const noneBetter = (ε) =>
  all('s', Nat, (s) =>
    all('S', Mat(s, dθ), (S) =>
      imp(
        rowsInV(D, θ, ε, s, S),
        all('α', Mat(dθ, s), (α) => le(Loss(D, θ), PerturbedLoss(D, θ, ε, s, S, α))),
      ),
    ),
  );
const forSmall = (ε0) => all('ε', Real, (ε) => imp(le(0, ε), lt(ε, ε0), noneBetter(ε)));

const corollary = result({
  id: 'no-model-does-better',
  title: 'At a differentiable local minimum no perturbable gradient basis model does better',
  kind: 'proposition',
  source: { by: 'ours' },
  remarks: [],
  statement: () => ({
    context: [...setting.dataVariables(D), θ],
    setting: [hypotheses.weights(D)],
    hypotheses: [
      hypotheses.assumption1(D),
      hypotheses.assumption2(D),
      hypotheses.differentiableNearby(D, θ),
      hypotheses.localMinimum(D, θ),
    ],
    conclusion: exists('ε₀', Real, (ε0) => and(lt(0, ε0), forSmall(ε0))),
  }),
});

export default script(corollary, (p) => {
  const given = ['weights', 'assumption-1', 'assumption-2', 'differentiable-nearby', 'local-minimum'];
  const theorem2 = p.cite(
    'theorem-2',
    [...setting.dataVariables(D), θ],
    given.map((id) => p.given(id)),
  );
  const [ε0, h0] = p.obtain('C1', 'ε₀', theorem2, 'Theorem 2 gives ε₀.', 'Theorem 2');
  const ε = variable('ε', Real);
  const s = variable('s', Nat);
  const S = variable('S', Mat(s, dθ));
  const α = variable('α', Mat(dθ, s));
  const nonnegative = p.suppose('C2', le(0, ε), 'Let 0 ≤ ε.');
  const small = p.suppose('C3', lt(ε, ε0), 'Let ε < ε₀.');
  const inside = p.suppose('C4', rowsInV(D, θ, ε, s, S), 'Let S be a finite subset of V[θ, ε].');

  /** the values that Theorem 2 takes the infimum of */
  const values = setting.overPerturbations(D, θ, ε, (y, n, T, β) => eq(y, PerturbedLoss(D, θ, ε, n, T, β)));
  const infimum = p.step(
    'C5',
    isInf(Loss(D, θ), values),
    tactics.logic,
    [p.part(h0, 1), nonnegative, small],
    'L(θ) is the infimum of the values of the perturbable model.',
  );
  const member = p.step(
    'C6',
    apply(values, PerturbedLoss(D, θ, ε, s, S, α)),
    tactics.witness(s, S, α),
    [inside],
    'The value at S and α is one of them.',
  );
  const bound = p.step(
    'C7',
    le(Loss(D, θ), PerturbedLoss(D, θ, ε, s, S, α)),
    tactics.logic,
    [p.part(infimum, 0), member],
    'An infimum is a lower bound.',
  );
  const every = p.step('C8', forSmall(ε0), p.introducing(ε, s, S, α), [bound], 'ε, S and α were arbitrary.');
  p.qed('C9', tactics.witness(ε0), [p.part(h0, 0), every], 'So ε₀ is as claimed.');
});
