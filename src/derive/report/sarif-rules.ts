import type { SarifRule } from './sarif-log.ts';

/** One rule for each kind of obligation, and one for a file that cannot be read as an instance. */
const RULES: Readonly<Record<string, readonly [name: string, short: string, full: string, mend: string]>> = {
  instance: [
    'InstanceFile',
    'The file is an instance',
    'A model, a loss, data and parameters that fit together, in the format of schema/instance.schema.json.',
    'The message names the place and the mend; docs/file-format.md describes the format.',
  ],
  'assumption-1': [
    'ConvexDifferentiableLoss',
    'The loss is convex and differentiable',
    'Assumption 1: for every sample, q ↦ ℓ(q, y_i) is differentiable and convex.',
    'Use a convex differentiable loss: squared, cross-entropy, smoothed-hinge. A witness in the JSON report replays a failure. See everymin explain assumption-1.',
  ],
  'assumption-2': [
    'ModelIsCombinationOfDerivatives',
    'The model is a combination of its partial derivatives',
    'Assumption 2: there is a γ, the same for all samples, with f_i(θ) = Σ_k g(θ)_k ∂_k f_i(θ).',
    'A last layer that is linear, and trained, is enough: leave its activation out, and list it in trainable. See everymin explain assumption-2.',
  ],
  'loss-differentiable': [
    'DifferentiableLoss',
    'The loss is differentiable',
    'The loss of every sample is differentiable at the prediction of the model.',
    'Smooth the loss: smoothed-hinge in place of the hinge. See everymin explain lemma-2.',
  ],
  differentiable: [
    'ModelDifferentiable',
    'The model is differentiable at θ',
    'Every f_i is differentiable at the given parameters. Automatic differentiation returns a slope at a kink as well; there, the theory says nothing.',
    'The related location is the sample whose kink is hit. Move θ off it, or use a smooth activation.',
  ],
  'differentiable-nearby': [
    'ModelDifferentiableNearby',
    'The model is differentiable near θ',
    'Every f_i is differentiable in a neighbourhood of the given parameters.',
    'The related location is the sample whose kink is hit. Move θ off it, or use a smooth activation.',
  ],
  critical: [
    'CriticalPoint',
    'θ is a critical point of the loss',
    '∇L(θ) = 0, exactly; or a true critical point is proved to lie next to θ.',
    'Train further, with a method that converges fast at the end (Newton, BFGS); or freeze what is not at rest with trainable. See everymin explain theorem-1.',
  ],
  'local-minimum': [
    'LocalMinimum',
    'θ is a local minimum of the loss',
    'L(θ) ≤ L(θ′) for every θ′ near θ.',
    'everymin escape FILE -o OUT follows the witness to a lower loss.',
  ],
  dimensions: [
    'ResidualDimensions',
    'The dimensions are those of Theorem 3',
    'dy ≤ min{dx, dz}, and W, V and the input matrix are trained.',
    'Widen the residual branch, or train all of its matrices. See everymin explain theorem-3.',
  ],
  'locally-linear': [
    'LocallyLinearLayers',
    'Enough units of every layer above t are linear near θ',
    'θ lies in Θ_{dy,t}: each layer above t has at least dy units that are linear near θ on all samples, chained through the network.',
    'Use a larger t, or a wider network. See everymin explain theorem-4.',
  ],
  conclusion: [
    'Conclusion',
    'The conclusion of the result',
    'What the result says of L(θ), computed here. It can fail only where a hypothesis fails, or the report says CONTRADICTION.',
    'Mend the hypothesis that fails. A contradiction is a bug of everymin or a mistake in the theory: please report it.',
  ],
};

export const SARIF_RULES: readonly SarifRule[] = Object.entries(RULES).map(
  ([id, [name, short, full, help]]) => ({ id, name, short: `${short}.`, full, help }),
);
