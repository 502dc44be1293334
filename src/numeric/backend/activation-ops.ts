import type { Activation } from '../../models/model.ts';
import type { Network } from './backend.ts';
import type { Tensor2D, TensorOps } from './tensor-ops.ts';

/** σ(z) and σ′(z) of one activation as tensor operations; `derivative` is absent where σ′ = 1. */
interface ActivationOps {
  value(tf: TensorOps, z: Tensor2D, slope: number): Tensor2D;
  derivative?(tf: TensorOps, z: Tensor2D, slope: number): Tensor2D;
}

const positive = (tf: TensorOps, z: Tensor2D) => tf.greater(z, 0);

/** At a kink, σ′ is the slope for negative arguments. */
const OPS: ReadonlyMap<string, ActivationOps> = new Map<string, ActivationOps>([
  ['identity', { value: (_tf, z) => z }],
  [
    'relu',
    {
      value: (tf, z) => tf.relu(z),
      derivative: (tf, z) => tf.where(positive(tf, z), tf.onesLike(z), tf.zerosLike(z)),
    },
  ],
  [
    'leaky-relu',
    {
      value: (tf, z, slope) => tf.where(positive(tf, z), z, tf.mul(z, slope)),
      derivative: (tf, z, slope) => tf.where(positive(tf, z), tf.onesLike(z), tf.fill(z.shape, slope)),
    },
  ],
  [
    'abs',
    {
      value: (tf, z) => tf.abs(z),
      derivative: (tf, z) => tf.where(positive(tf, z), tf.onesLike(z), tf.fill(z.shape, -1)),
    },
  ],
  [
    'tanh',
    { value: (tf, z) => tf.tanh(z), derivative: (tf, z) => tf.sub<Tensor2D>(1, tf.square(tf.tanh(z))) },
  ],
  [
    'sigmoid',
    {
      value: (tf, z) => tf.sigmoid(z),
      derivative: (tf, z) => {
        const s = tf.sigmoid(z);
        return tf.mul(s, tf.sub(1, s));
      },
    },
  ],
  [
    'softplus',
    {
      // log(1 + e^z) with an exponent that cannot overflow; the backends' own kernels differ in where they cut over.
      value: (tf, z) => tf.add(tf.relu(z), tf.log1p(tf.exp(tf.neg(tf.abs(z))))),
      derivative: (tf, z) => tf.sigmoid(z),
    },
  ],
  ['square', { value: (tf, z) => tf.square(z), derivative: (tf, z) => tf.mul(z, 2) }],
  [
    'cube',
    {
      value: (tf, z) => tf.mul(tf.square(z), z),
      derivative: (tf, z) => tf.mul(tf.square(z), 3),
    },
  ],
]);

/** The names of activations in `network` that have no tensor form; such a network stays in float64. */
export function unsupportedActivations(network: Network): readonly string[] {
  const names = new Set(network.layers.flatMap((layer) => layer.activations.map(({ name }) => name)));
  return [...names].filter((name) => !OPS.has(name));
}

/** Units of one layer that share an activation. */
interface Group {
  readonly ops: ActivationOps;
  readonly slope: number;
  readonly units: readonly number[];
}

function groups(activations: readonly Activation[]): readonly Group[] {
  const found = new Map<string, { ops: ActivationOps; slope: number; units: number[] }>();
  activations.forEach(({ name, slope = 0 }, unit) => {
    const ops = OPS.get(name);
    if (!ops) throw new RangeError(`backend: activation ${name} has no tensor form`);
    const key = `${name} ${slope}`;
    const group = found.get(key);
    if (group) group.units.push(unit);
    else found.set(key, { ops, slope, units: [unit] });
  });
  return [...found.values()];
}

/**
 * σ(z) and, when asked, σ′(z) unit by unit, for z of shape m × units; `slopes` is undefined where σ′ = 1 throughout.
 * Groups of units are chosen by `where`, not by multiplication with 0/1: an overflow in a group that does not own the
 * unit must not turn into NaN.
 */
export function activate(
  tf: TensorOps,
  activations: readonly Activation[],
  z: Tensor2D,
  withSlopes: boolean,
): { readonly value: Tensor2D; readonly slopes: Tensor2D | undefined } {
  const [first, ...others] = groups(activations);
  if (!first) throw new RangeError('backend: a layer needs at least one unit');
  let value = first.ops.value(tf, z, first.slope);
  let slopes = withSlopes ? first.ops.derivative?.(tf, z, first.slope) : undefined;
  for (const { ops, slope, units } of others) {
    const row = new Uint8Array(activations.length);
    for (const unit of units) row[unit] = 1;
    const owns = tf.tensor2d(row, [1, activations.length], 'bool');
    value = tf.where(owns, ops.value(tf, z, slope), value);
    if (!withSlopes) continue;
    const derivative = ops.derivative?.(tf, z, slope);
    if (derivative || slopes) slopes = tf.where(owns, derivative ?? tf.onesLike(z), slopes ?? tf.onesLike(z));
  }
  return { value, slopes };
}
