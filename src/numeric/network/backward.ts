import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import type { ParameterBlock } from '../../models/model.ts';
import { transposed } from '../float64/kernels.ts';
import { addTo, addToRows, blockValues, type ForwardPass } from './forward.ts';

/**
 * Adjoints of r rows, each a linear functional Σ_j seeds[row][j]·f_j(x_i) at sample i = ⌊row/(r/m)⌋:
 * deltas[l − 1] (r × units of layer l) is its derivative in z^(l).
 */
export interface Adjoints {
  readonly pass: ForwardPass;
  readonly rowsPerSample: number;
  /** r × dy */
  readonly seeds: Float64Array;
  readonly deltas: readonly Float64Array[];
}

/** Reverse sweep for rowsPerSample functionals per sample. Memory: r × (units of all layers). */
export function backwardPass(pass: ForwardPass, seeds: Float64Array, rowsPerSample: number): Adjoints {
  const { network, m, slopes } = pass;
  const rows = m * rowsPerSample;
  if (seeds.length !== rows * network.outputs) {
    throw new RangeError(
      `backwardPass: ${rows}×${network.outputs} seeds are ${rows * network.outputs} numbers, received ${seeds.length}`,
    );
  }
  const deltas: Float64Array[] = new Array(network.layers.length);
  for (let l = network.layers.length; l >= 1; l--) {
    const layer = network.layers[l - 1]!;
    const above = network.layers[l];
    const delta = above
      ? network.kernels.multiply(
          deltas[l]!,
          blockValues(network, above.weight),
          rows,
          above.units,
          layer.units,
        )
      : seeds.slice();
    const skip = network.skips.get(l);
    if (skip) {
      addTo(
        delta,
        network.kernels.multiply(seeds, blockValues(network, skip), rows, network.outputs, layer.units),
      );
    }
    const slope = slopes[l - 1]!;
    for (let row = 0; row < rows; row++) {
      const sample = Math.floor(row / rowsPerSample) * layer.units;
      for (let k = 0; k < layer.units; k++) {
        delta[row * layer.units + k] = delta[row * layer.units + k]! * slope[sample + k]!;
      }
    }
    deltas[l - 1] = delta;
  }
  return { pass, rowsPerSample, seeds, deltas };
}

/** The adjoints of every output component of every sample: row i·dy + j is f_j(x_i). */
export function outputAdjoints(pass: ForwardPass): Adjoints {
  const dy = pass.network.outputs;
  const seeds = new Float64Array(pass.m * dy * dy);
  for (let row = 0; row < pass.m * dy; row++) seeds[row * dy + (row % dy)] = 1;
  return backwardPass(pass, seeds, dy);
}

/** One factor of J by blocks: row r of a weight's part of J is left[r] ⊗ right[sample of r]; a bias has no right. */
export interface JacobianFactor {
  readonly block: ParameterBlock;
  /** rows × units */
  readonly left: Float64Array;
  readonly units: number;
  /** m × width; absent for a bias */
  readonly right: Float64Array | undefined;
  readonly width: number;
}

/** The factors of all blocks, those not in `trainable` left out. Together they are J, without its memory. */
export function jacobianFactors(
  adjoints: Adjoints,
  trainable?: readonly ParameterBlock[],
): readonly JacobianFactor[] {
  const { pass, deltas, seeds } = adjoints;
  const { layers, skips, outputs } = pass.network;
  const factors: JacobianFactor[] = [];
  layers.forEach((layer, l) => {
    const left = { left: deltas[l]!, units: layer.units };
    factors.push({ ...left, block: layer.weight, right: pass.values[l]!, width: layer.inputs });
    if (layer.bias) factors.push({ ...left, block: layer.bias, right: undefined, width: 1 });
  });
  for (const [l, block] of skips) {
    factors.push({ block, left: seeds, units: outputs, right: pass.values[l]!, width: layers[l - 1]!.units });
  }
  if (!trainable) return factors;
  const offsets = new Set(trainable.map(({ offset }) => offset));
  return factors.filter(({ block }) => offsets.has(block.offset));
}

/**
 * JᵀG, the gradient of Σ_ij G_ij f_j(x_i) in all parameters (with G_i = λ_i ∇ℓ_i it is ∇L); zero in blocks that are not
 * trainable. G is m × dy.
 */
export function vectorJacobianProduct(
  pass: ForwardPass,
  G: Float64Array,
  trainable?: readonly ParameterBlock[],
): Float64Array {
  const { network, m } = pass;
  const gradient = new Float64Array(network.parameters.length);
  for (const { block, left, units, right, width } of jacobianFactors(backwardPass(pass, G, 1), trainable)) {
    const target = gradient.subarray(block.offset, block.offset + block.length);
    if (right) target.set(network.kernels.multiply(transposed(left, m, units), right, units, m, width));
    else for (let k = 0; k < left.length; k++) target[k % units] = target[k % units]! + left[k]!;
  }
  for (const value of gradient) {
    if (!Number.isFinite(value)) throw new Inexpressible('the gradient leaves the range of float64');
  }
  return gradient;
}

/** J·v (m × dy): the derivative of f(X) along v, which has all parameters; its other blocks should be 0. */
export function jacobianVectorProduct(pass: ForwardPass, v: Float64Array): Float64Array {
  const { network, m, values, slopes } = pass;
  if (v.length !== network.parameters.length) {
    throw new RangeError(
      `jacobianVectorProduct: expected ${network.parameters.length} numbers, received ${v.length}`,
    );
  }
  const { kernels } = network;
  const part = (block: ParameterBlock): Float64Array => v.subarray(block.offset, block.offset + block.length);
  const tangents: Float64Array[] = [new Float64Array(values[0]!.length)];
  network.layers.forEach(({ weight, bias, inputs, units }, l) => {
    const tangent = kernels.multiplyTransposed(values[l]!, part(weight), m, inputs, units);
    addTo(tangent, kernels.multiplyTransposed(tangents[l]!, blockValues(network, weight), m, inputs, units));
    if (bias) addToRows(tangent, part(bias));
    for (let k = 0; k < tangent.length; k++) tangent[k] = tangent[k]! * slopes[l]![k]!;
    tangents.push(tangent);
  });
  const result = tangents.at(-1)!.slice();
  for (const [l, block] of network.skips) {
    const units = network.layers[l - 1]!.units;
    addTo(result, kernels.multiplyTransposed(values[l]!, part(block), m, units, network.outputs));
    addTo(
      result,
      kernels.multiplyTransposed(tangents[l]!, blockValues(network, block), m, units, network.outputs),
    );
  }
  return result;
}

/** J itself, (m·dy) × parameters, row i·dy + j; columns of blocks that are not trainable are 0. For small networks. */
export function explicitJacobian(pass: ForwardPass, trainable?: readonly ParameterBlock[]): Float64Array {
  const { network, m } = pass;
  const dy = network.outputs;
  const total = network.parameters.length;
  const J = new Float64Array(m * dy * total);
  for (const { block, left, units, right, width } of jacobianFactors(outputAdjoints(pass), trainable)) {
    for (let row = 0; row < m * dy; row++) {
      for (let a = 0; a < units; a++) {
        for (let b = 0; b < width; b++) {
          const value = right ? right[Math.floor(row / dy) * width + b]! : 1;
          J[row * total + block.offset + a * width + b] = left[row * units + a]! * value;
        }
      }
    }
  }
  return J;
}
