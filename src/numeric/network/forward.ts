import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import type { Layer, Model, ParameterBlock } from '../../models/model.ts';
import type { DenseKernels } from '../float64/kernels.ts';

/** A network with its parameters as float64: what the structured fast paths work on. */
export interface FloatNetwork {
  readonly layers: readonly Layer[];
  readonly skips: ReadonlyMap<number, ParameterBlock>;
  readonly inputs: number;
  readonly outputs: number;
  /** all parameters in θ order */
  readonly parameters: Float64Array;
  readonly kernels: DenseKernels;
}

/** Values and slopes of a batch of m samples, each array m × units and row-major. */
export interface ForwardPass {
  readonly network: FloatNetwork;
  readonly m: number;
  /** values[0] is X; values[l] is h^(l), l = 1 … number of layers (the last before the skips are added) */
  readonly values: readonly Float64Array[];
  /** slopes[l − 1] is σ'(z^(l)); at a kink a one-sided slope */
  readonly slopes: readonly Float64Array[];
  /** f(X), m × dy, with the skips */
  readonly outputs: Float64Array;
}

/** Throws a RangeError when the model has no `network` or the number of parameters is wrong. */
export function floatNetwork(
  model: Pick<Model, 'network' | 'inputs' | 'outputs' | 'parameterCount'>,
  parameters: Float64Array,
  kernels: DenseKernels,
): FloatNetwork {
  if (!model.network) throw new RangeError('floatNetwork: the model has no layers');
  if (parameters.length !== model.parameterCount) {
    throw new RangeError(
      `floatNetwork: expected ${model.parameterCount} parameters, received ${parameters.length}`,
    );
  }
  return { ...model.network, inputs: model.inputs, outputs: model.outputs, parameters, kernels };
}

export const blockValues = (network: FloatNetwork, block: ParameterBlock): Float64Array =>
  network.parameters.subarray(block.offset, block.offset + block.length);

/** f(X) and everything that derivatives need. Throws Inexpressible when a value is not finite. */
export function forwardPass(network: FloatNetwork, inputs: Float64Array, m: number): ForwardPass {
  if (inputs.length !== m * network.inputs) {
    throw new RangeError(
      `forwardPass: ${m}×${network.inputs} inputs are ${m * network.inputs} numbers, received ${inputs.length}`,
    );
  }
  const values = [inputs];
  const slopes: Float64Array[] = [];
  for (const layer of network.layers) {
    const z = network.kernels.multiplyTransposed(
      values.at(-1)!,
      blockValues(network, layer.weight),
      m,
      layer.inputs,
      layer.units,
    );
    if (layer.bias) addToRows(z, blockValues(network, layer.bias));
    const slope = new Float64Array(z.length);
    for (let k = 0; k < z.length; k++) {
      const activation = layer.activations[k % layer.units]!;
      slope[k] = activation.derivative(z[k]!);
      z[k] = activation.value(z[k]!);
    }
    requireFinite(z);
    requireFinite(slope);
    values.push(z);
    slopes.push(slope);
  }
  const outputs = values.at(-1)!.slice();
  for (const [l, block] of network.skips) {
    const units = network.layers[l - 1]!.units;
    addTo(
      outputs,
      network.kernels.multiplyTransposed(values[l]!, blockValues(network, block), m, units, network.outputs),
    );
  }
  requireFinite(outputs);
  return { network, m, values, slopes, outputs };
}

export function addTo(target: Float64Array, term: Float64Array): void {
  for (let k = 0; k < target.length; k++) target[k] = target[k]! + term[k]!;
}

/** Adds the row to every row of the matrix. */
export function addToRows(matrix: Float64Array, row: Float64Array): void {
  for (let k = 0; k < matrix.length; k++) matrix[k] = matrix[k]! + row[k % row.length]!;
}

function requireFinite(values: Float64Array): void {
  for (const value of values) {
    if (!Number.isFinite(value)) throw new Inexpressible('the forward pass leaves the range of float64');
  }
}
