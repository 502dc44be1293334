import { axioms } from '../kernel/axioms.ts';
import { resultProofs } from './proofs.ts';

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

const INFIMUM = 'As printed: L(θ) is the infimum of these values, in the extended reals.';

export const rocqTheorems: readonly RocqTheorem[] = Object.freeze([
  ...of('lemma-0', 'lemma_0.v', {
    lemma_0_min: 'F is least in a linear subspace exactly when the gradient of the risk is orthogonal to it.',
    lemma_0: 'The same with the infimum, in the extended reals.',
    lemma_0_coordinates: 'The same in coordinates, with the gradient as a vector of numbers.',
  }),
  ...of('lemma-e', 'lemma_e.v', {
    lemma_e_span: 'The predictions of all f̃ are the span of the partial derivatives at θ + εv, v in V[θ, ε].',
    lemma_e_tangents:
      'Where f is a combination of its partial derivatives, it is the span of the tangent spaces.',
    lemma_e_mono: 'It grows with ε.',
  }),
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
    theorem_1_min: 'L(θ) is the least value of the gradient basis model.',
    theorem_1: INFIMUM,
  }),
  ...of('example-1', 'example_1.v', {
    example_1_min: 'Of a linear basis model every critical point is a global minimum.',
    example_1_inf: 'The infima over θ and over α agree.',
    example_1: 'L(θ) is the infimum over all parameters, in the extended reals.',
  }),
  ...of('overparameterized', 'overparameterized.v', {
    overparameterized_global: 'Where the Jacobian has rank m·dy at a critical point, it is a global minimum.',
    overparameterized_min: 'Where the Jacobian has rank m·dy, L(θ) is the least value over all predictions.',
    overparameterized: 'The same with the infimum, in the extended reals.',
  }),
  ...of('erratum-14a', 'example_3.v', {
    one_layer_representation:
      'Of the printed representation of f: it holds exactly where the other layers add up to 0.',
  }),
  ...of('example-2', 'example_2.v', {
    footnote_1:
      'The weights of footnote 1, with positive diagonals, make the features of the samples independent.',
    example_2_min: 'Where they are independent, every critical W has the least value over all predictions.',
    example_2: 'The same with the infimum, in the extended reals.',
    example_2_global: 'So W is a global minimum over all (W, u).',
  }),
  ...of('erratum-13', 'counterexamples/example_2_sign.v', {
    negative_diagonal: 'With a diagonal of −1 every unit dies.',
    negative_critical: 'So every W is critical.',
    example_2_sign: 'And some (W, u) has a smaller L, as soon as some predictions are better than 0.',
    example_2_sign_squared: 'So with the squared loss and a target that is not 0.',
  }),
  ...of('example-3', 'example_3.v', {
    example_3_min:
      'At a critical point of a network with skip connections L(θ) is the least value of its gradient basis model.',
    example_3: INFIMUM,
    example_3_features:
      'L(θ) is at most the value of any linear combination of the layers that are skipped to the output.',
  }),
  ...of('theorem-2', 'theorem_2.v', {
    theorem_2_min: 'L(θ) is the least value of the perturbable gradient basis model.',
    theorem_2: INFIMUM,
  }),
  ...of('proposition-1', 'proposition_1.v', {
    proposition_1:
      'A local minimum of a residual network with one output is at most the least value of a linear predictor.',
  }),
  ...of('theorem-3', 'theorem_3/theorem_3.v', {
    theorem_3_rank_min: 'With rank W = dy or rank W < dx, L(θ) is the least value of the model of (4.2).',
    theorem_3_min: 'The same with the hypothesis that is printed, dy ≤ min{dx, dz}.',
    theorem_3_eps_0: 'The same at ε = 0.',
    theorem_3: INFIMUM,
  }),
  ...of('theorem-3', 'theorem_3/every_local_minimum.v', {
    resnet_features_min:
      'Every local minimum, differentiable or not, has the least value over α_w x + α_r z(x; u).',
  }),
  ...of('erratum-6', 'counterexamples/residual_wide_output.v', {
    residual_wide_output:
      'The condition on the rank is needed: with dy > dx a global minimum has value 1, and the right side 0.',
  }),
  ...of('theorem-4', 'theorem_4/theorem_4.v', {
    theorem_4_separated:
      'With units outside J that do not depend on those in J, L(θ) is the least value with the features h^(t), …, h^(H).',
    theorem_4_eps_0: 'The same at ε = 0.',
    theorem_4_min: 'The same with coordinatewise σ, for every t in {0..H}.',
    theorem_4: INFIMUM,
  }),
  ...of('theorem-4', 'theorem_4/network_features.v', {
    network_features_min:
      'Every local minimum in Θ_{dy,t}, differentiable or not, has the least value over the features.',
  }),
  ...of('erratum-1', 'counterexamples/block_formula.v', {
    printed_formula_false:
      'The block formula of A.5 is false: at the 1-2-2-1 network with all weights 1, f = 4.',
    printed_formula_false_1: 'There it gives 3 for both layers above the input.',
    printed_perturbation:
      'A printed perturbation, along a null vector of A^(3) A^(2), changes f: it is not in V[θ, ε].',
  }),
  ...of('erratum-2', 'counterexamples/mixing_activation.v', {
    mixing_hypotheses:
      'σ(z) = (z₁, z₁²), four samples and a θ that satisfy every hypothesis but coordinatewise σ.',
    mixing_conclusion_false: 'There the conclusion of Theorem 4 fails: L(θ) = 1, and the right side is 0.',
    mixing_activation: 'So Theorem 4 with any activations, as printed, is false.',
  }),
  ...of('deep-linear', 'deep_linear.v', {
    deep_linear_min:
      'Of a deep linear network with dy ≤ all widths, L(θ) is the least value over all linear maps.',
    deep_linear_corollary: 'The same with the infimum, in the extended reals.',
    deep_linear_global: 'So every local minimum is global.',
  }),
  ...of('converses', 'converses.v', {
    theorem_1_iff: 'The equality of Theorem 1 holds exactly where the gradient of L vanishes.',
    theorem_2_iff: 'That of Theorem 2 at ε holds exactly where it vanishes at θ + εv for every v in V[θ, ε].',
  }),
  ...of('robust', 'robust.v', {
    robust_inner: 'R1: L(θ) − L_θ(α) ≤ ⟨∇L(θ), γ − α⟩ + ⟨G, ρ⟩, at any differentiable θ.',
    robust_bound: 'R1: at most ‖∇L(θ)‖ ‖α − γ‖ + ‖G‖ ‖ρ‖.',
    robust_bound_assumption2: 'At most ‖∇L(θ)‖ ‖α − γ‖ where f is a combination of its partial derivatives.',
  }),
  ...of('elimination', 'elimination.v', {
    elimination_identity: 'D1: aₖ ∂L̃/∂aₖ − ∂L̃/∂bₖ = 2μaₖ².',
    elimination_critical: 'D1: so a = 0 at every critical point of L̃.',
    elimination_gradients:
      'D2: at a local minimum of L̃ the gradients of the samples with the same input add up to 0.',
    elimination:
      'D3: the local minima of L̃ are exactly the points with a = 0 and L(θ) least over all functions.',
    elimination_inf: 'D3, with the infimum in the extended reals.',
    elimination_global: 'D3: so θ is a global minimum of L.',
    elimination_vacuous: 'D4: where no θ attains it, L̃ has no local minimum.',
  }),
  ...of('faithful', 'faithful.v', {
    Omega_tilde_euclid: 'Ω̃ as printed, with Euclidean balls and the ε–δ derivative.',
    partial_euclid: 'Each ∂ₖf is the partial derivative in the sense of limits of difference quotients.',
    local_min_euclid: 'A local minimum, with Euclidean balls.',
    induced_values_indexed: 'The values of L̃ with S a list S_1, …, S_n, as printed.',
    real_infimum: 'The infimum in the extended reals, when it is a real number, is the greatest lower bound.',
  }),
  ...of('nonvacuous', 'nonvacuous.v', {
    theorem_1_nonvacuous: 'A model that satisfies every hypothesis of Theorem 1.',
    theorem_2_nonvacuous: 'A model that satisfies every hypothesis of Theorem 2.',
    theorem_3_nonvacuous: 'A model that satisfies every hypothesis of Theorem 3.',
  }),
  ...of('nonvacuous', 'theorem_4/relu_network.v', {
    theorem_4_nonvacuous:
      'A network with one rectified linear layer that satisfies every hypothesis of Theorem 4.',
  }),
  // What the kernel states, word by word: definitions whose types scripts/generate-rocq.mjs writes from its terms.
  ...[...resultProofs].flatMap(([id, { file }]) =>
    of(id, 'kernel/results_correspondence.v', {
      [`${id.replaceAll('-', '_')}_proved`]: `The statement of ${id} as the kernel has it, by kernel/${file}.v.`,
    }),
  ),
  ...axioms().flatMap(({ name, rocq }) =>
    of('axioms', 'kernel/correspondence.v', {
      [`${name}_proved`]: `The axiom ${name} of the kernel, by ${rocq}.`,
    }),
  ),
]);

/** The theorems about a result or an erratum; none when it has none. */
export const rocqTheoremsOf = (about: string): readonly RocqTheorem[] =>
  rocqTheorems.filter((each) => each.about === about);
