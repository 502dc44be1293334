/** Which theorem of proofs/rocq proves what: the headline theorems, of which `everymin prove --rocq` lists the axioms. */

export interface RocqTheorem {
  /** what it is about: the id of a result or of an erratum, or a topic of its own */
  readonly about: string;
  /** below proofs/rocq */
  readonly file: string;
  readonly name: string;
  /** one sentence */
  readonly says: string;
}

const of = (
  about: string,
  file: string,
  theorems: Readonly<Record<string, string>>,
): readonly RocqTheorem[] =>
  Object.entries(theorems).map(([name, says]) => Object.freeze({ about, file, name, says }));

export const rocqTheorems: readonly RocqTheorem[] = Object.freeze([
  ...of('lemma-1', 'lemma_1.v', {
    lemma_1: 'Adding f̃ over a fixed S′ changes nothing in the set of all f̃, as functions of the input.',
  }),
  ...of('lemma-2', 'lemma_2.v', {
    lemma_2: 'At a differentiable critical point Σᵢ λᵢ ∂ℓᵢ(f(xᵢ; θ)) ∂ₖf(xᵢ; θ) = 0 for every k.',
  }),
  ...of('lemma-3', 'lemma_3.v', {
    lemma_3:
      'At a local minimum off Ω̃ the same holds with ∂ₖf(xᵢ; θ + εv), for small ε and every v in V[θ, ε].',
  }),
  ...of('theorem-1', 'theorem_1.v', {
    theorem_1_min: 'L(θ) is the least element of the risks of the gradient basis model.',
    theorem_1: 'L(θ) is the infimum, in the extended reals.',
  }),
  ...of('theorem-2', 'theorem_2.v', {
    theorem_2_min: 'L(θ) is the least element of the risks of the perturbable gradient basis model.',
    theorem_2: 'L(θ) is the infimum, in the extended reals.',
  }),
]);

/** The theorems about a result or an erratum; none when it has none. */
export const rocqTheoremsOf = (about: string): readonly RocqTheorem[] =>
  rocqTheorems.filter((each) => each.about === about);
