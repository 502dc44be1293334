import type { ParameterBlock } from '../../models/model.ts';
import { activate } from './activation-ops.ts';
import type { Network } from './backend.ts';
import type { Tensor, Tensor2D, TensorOps } from './tensor-ops.ts';

/**
 * The four passes through a feedforward network, written out in tensor operations: tfjs's own gradients need a package
 * more, and its second derivatives through tanh, sigmoid and exp are wrong. Every transpose is an operation of its own,
 * because the wasm matMul is 12 to 20 times slower with a transpose flag.
 *
 * z_l = h_{l−1} W_lᵀ + b_l, h_l = σ_l(z_l), f = h_L + Σ_{l ∈ skips} h_l S_lᵀ, one sample a row.
 * The caller wraps each pass in `tidy`.
 */

interface Trace {
  /** h_0 = X, …, h_L; m × d_l */
  readonly h: readonly Tensor2D[];
  /** σ_l′(z_l) by layer, from 1; undefined where it is 1 */
  readonly slopes: readonly (Tensor2D | undefined)[];
  /** W_l by layer, from 1; units × inputs */
  readonly weights: readonly (Tensor2D | undefined)[];
}

const T = (tf: TensorOps, a: Tensor2D): Tensor2D => tf.transpose(a);

const timesSlopes = (tf: TensorOps, a: Tensor2D, slopes: Tensor2D | undefined): Tensor2D =>
  slopes ? tf.mul(a, slopes) : a;

function matrix(tf: TensorOps, block: ParameterBlock, theta: Float64Array): Tensor2D {
  const { offset, length, shape } = block;
  const columns = shape.length > 1 ? shape[1]! : length;
  return tf.tensor2d(Float32Array.from(theta.subarray(offset, offset + length)), [length / columns, columns]);
}

function rows(tf: TensorOps, values: Float64Array, columns: number, what: string): Tensor2D {
  if (!(columns > 0) || values.length === 0 || values.length % columns !== 0)
    throw new RangeError(`backend: ${what} has ${values.length} numbers, not a multiple of ${columns}`);
  return tf.tensor2d(Float32Array.from(values), [values.length / columns, columns]);
}

function checkTheta(network: Network, theta: Float64Array, what: string): void {
  const blocks = network.layers.flatMap(({ weight, bias }) => (bias ? [weight, bias] : [weight]));
  const needed = Math.max(...[...blocks, ...network.skips.values()].map((b) => b.offset + b.length));
  if (theta.length < needed)
    throw new RangeError(`backend: ${what} has ${theta.length} numbers; the network has ${needed}`);
}

function affine(
  tf: TensorOps,
  h: Tensor2D,
  weight: Tensor2D,
  bias: ParameterBlock | undefined,
  theta: Float64Array,
): Tensor2D {
  const z: Tensor2D = tf.matMul(h, T(tf, weight));
  return bias ? tf.add(z, matrix(tf, bias, theta)) : z;
}

function trace(
  tf: TensorOps,
  network: Network,
  theta: Float64Array,
  X: Float64Array,
  withSlopes: boolean,
): Trace {
  checkTheta(network, theta, 'θ');
  const h: Tensor2D[] = [rows(tf, X, network.layers[0]!.inputs, 'X')];
  const slopes: (Tensor2D | undefined)[] = [undefined];
  const weights: (Tensor2D | undefined)[] = [undefined];
  for (const layer of network.layers) {
    const weight = matrix(tf, layer.weight, theta);
    const z = affine(tf, h.at(-1)!, weight, layer.bias, theta);
    const { value, slopes: slope } = activate(tf, layer.activations, z, withSlopes);
    weights.push(weight);
    h.push(value);
    slopes.push(slope);
  }
  return { h, slopes, weights };
}

/** f_X(θ), m × dy */
export function forward(tf: TensorOps, network: Network, theta: Float64Array, X: Float64Array): Tensor2D {
  const { h } = trace(tf, network, theta, X, false);
  let f = h.at(-1)!;
  for (const [l, block] of network.skips) f = tf.add(f, tf.matMul(h[l]!, T(tf, matrix(tf, block, theta))));
  return f;
}

/** J·direction, m × dy, by tangents: dz_l = dh_{l−1} W_lᵀ + h_{l−1} dW_lᵀ + db_l. */
export function jvp(
  tf: TensorOps,
  network: Network,
  theta: Float64Array,
  X: Float64Array,
  direction: Float64Array,
): Tensor2D {
  checkTheta(network, direction, 'direction');
  const { h, slopes, weights } = trace(tf, network, theta, X, true);
  const dh: (Tensor2D | undefined)[] = [undefined];
  network.layers.forEach((layer, index) => {
    let dz = affine(tf, h[index]!, matrix(tf, layer.weight, direction), layer.bias, direction);
    const below = dh[index];
    if (below) dz = tf.add(dz, tf.matMul(below, T(tf, weights[index + 1]!)));
    dh.push(timesSlopes(tf, dz, slopes[index + 1]));
  });
  let df = dh.at(-1)!;
  for (const [l, block] of network.skips) {
    df = tf.add(df, tf.matMul(h[l]!, T(tf, matrix(tf, block, direction))));
    df = tf.add(df, tf.matMul(dh[l]!, T(tf, matrix(tf, block, theta))));
  }
  return df;
}

/** Jᵀ·cotangent by block, in the order of their offsets; the blocks of a network tile θ. */
export function vjp(
  tf: TensorOps,
  network: Network,
  theta: Float64Array,
  X: Float64Array,
  cotangent: Float64Array,
): { readonly block: ParameterBlock; readonly gradient: Tensor }[] {
  const { h, slopes, weights } = trace(tf, network, theta, X, true);
  const L = network.layers.length;
  const top = rows(tf, cotangent, network.layers[L - 1]!.units, 'cotangent');
  if (top.shape[0] !== h[0]!.shape[0])
    throw new RangeError(`backend: cotangent has ${top.shape[0]} rows; X has ${h[0]!.shape[0]}`);
  const topT = T(tf, top);
  const gradients: { block: ParameterBlock; gradient: Tensor }[] = [];
  let delta = top;
  for (let l = L; l >= 1; l--) {
    const { weight, bias } = network.layers[l - 1]!;
    if (l < L) delta = tf.matMul(delta, weights[l + 1]!);
    const skip = l < L ? network.skips.get(l) : undefined;
    if (skip) delta = tf.add(delta, tf.matMul(top, matrix(tf, skip, theta)));
    delta = timesSlopes(tf, delta, slopes[l]);
    gradients.push({ block: weight, gradient: tf.matMul(T(tf, delta), h[l - 1]!) });
    if (bias) gradients.push({ block: bias, gradient: tf.sum(delta, 0) });
  }
  for (const [l, block] of network.skips) gradients.push({ block, gradient: tf.matMul(topT, h[l]!) });
  return gradients;
}

/**
 * JJᵀ over the trainable blocks. Row (i,j) of J is ⊕_l δ_l ⊗ h_{l−1}, hence JJᵀ = Σ_l (Δ_lΔ_lᵀ)∘(H_{l−1}H_{l−1}ᵀ),
 * with Δ_l = ∂f/∂z_l of shape (m·dy) × d_l, and 1 in place of H_{l−1}H_{l−1}ᵀ for a bias; a skip block S_l adds
 * H_lH_lᵀ ⊗ I.
 */
export function gram(
  tf: TensorOps,
  network: Network,
  theta: Float64Array,
  X: Float64Array,
  trainable: readonly ParameterBlock[],
): Tensor2D {
  const { h, slopes, weights } = trace(tf, network, theta, X, true);
  const L = network.layers.length;
  const m = h[0]!.shape[0];
  const dy = network.layers[L - 1]!.units;
  const n = m * dy;
  const wanted = new Set(trainable.map(({ name }) => name));
  const tileRows = (a: Tensor2D): Tensor2D => tf.tile(a, [m, 1]);

  /** H Hᵀ, m × m, of the inputs that feed a block and of the constant 1 that feeds a bias */
  const inputKernel = (
    input: Tensor2D,
    weight: ParameterBlock,
    bias: ParameterBlock | undefined,
  ): Tensor2D | undefined => {
    const byBias = bias !== undefined && wanted.has(bias.name);
    if (!wanted.has(weight.name)) return byBias ? tf.fill([m, m], 1) : undefined;
    const kernel: Tensor2D = tf.matMul(input, T(tf, input));
    return byBias ? tf.add(kernel, 1) : kernel;
  };
  /** entry (i,j),(i′,j′) of an n × n matrix times entry (i,i′) of an m × m one */
  const hadamard = (a: Tensor2D, kernel: Tensor2D): Tensor2D =>
    dy === 1
      ? tf.mul(a, kernel)
      : tf.reshape(tf.mul(tf.reshape(a, [m, dy, m, dy]), tf.reshape(kernel, [m, 1, m, 1])), [n, n]);

  let total: Tensor2D | undefined;
  const accumulate = (term: Tensor2D): void => {
    total = total ? tf.add(total, term) : term;
  };

  const lowest = network.layers.findIndex(
    ({ weight, bias }) => wanted.has(weight.name) || (bias !== undefined && wanted.has(bias.name)),
  );
  let delta = tileRows(tf.eye(dy));
  for (let l = L; lowest >= 0 && l >= lowest + 1; l--) {
    const { weight, bias, units } = network.layers[l - 1]!;
    if (l < L) delta = tf.matMul(delta, weights[l + 1]!);
    const skip = l < L ? network.skips.get(l) : undefined;
    if (skip) delta = tf.add(delta, tileRows(matrix(tf, skip, theta)));
    const slope = slopes[l];
    if (slope)
      delta =
        dy === 1
          ? tf.mul(delta, slope)
          : tf.reshape(tf.mul(tf.reshape(delta, [m, dy, units]), tf.reshape(slope, [m, 1, units])), [
              n,
              units,
            ]);
    const kernel = inputKernel(h[l - 1]!, weight, bias);
    if (kernel) accumulate(hadamard(tf.matMul(delta, T(tf, delta)), kernel));
  }
  for (const [l, block] of network.skips) {
    if (!wanted.has(block.name)) continue;
    accumulate(hadamard(tf.tile(tf.eye(dy), [m, m]), tf.matMul(h[l]!, T(tf, h[l]!))));
  }
  return total ?? tf.fill([n, n], 0);
}
