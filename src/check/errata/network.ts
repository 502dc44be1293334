/** Feedforward networks (4.3) written out as matrices, with sets J^(l) = the first |J^(l)| units of each layer. */
import { type Matrix, matrix } from '../../exact/linear-algebra.ts';
import type { Rational } from '../../kernel/rational.ts';
import { randomSource } from '../../symbolic/random-source.ts';
import { ExactInstance, product, rational, type Vector, zero } from './exact.ts';

export interface Network {
  /** W^(1), …, W^(H+1) */
  readonly weights: readonly Matrix[];
  /** |J^(l)| for l = 0..H+1: the units of J^(l) are linear, the others square what they get */
  readonly linear: readonly number[];
}

export const hiddenLayers = (net: Network): number => net.weights.length - 1;
/** d_l, l = 0..H+1 */
export const widthOf = (net: Network, l: number): number =>
  l === 0 ? net.weights[0]!.cols : net.weights[l - 1]!.rows;

/** What a unit of layer l, counted from 0, makes of z. */
export const activate = (net: Network, l: number, unit: number, z: Rational): Rational =>
  unit < net.linear[l]! ? z : z.mul(z);

/** A network without activations, whose J^(l) are all units: entries rows first, layer by layer. */
export function linearNetwork(
  widths: readonly number[],
  entry: (l: number, at: number) => Rational,
): Network {
  return partlyLinearNetwork(widths, widths, entry);
}

export function partlyLinearNetwork(
  widths: readonly number[],
  linear: readonly number[],
  entry: (l: number, at: number) => Rational,
): Network {
  const weights = widths.slice(1).map((rows, k) => {
    const cols = widths[k]!;
    const entries = Array.from({ length: rows * cols }, (_, at) => entry(k + 1, at));
    return matrix(rows, cols, entries);
  });
  return { weights, linear };
}

/** The same weights as an instance, which the models of this package evaluate. */
export function instanceOf(
  net: Network,
  inputs: readonly Vector[],
  targets: readonly Vector[] = inputs.map(() => new Array(widthOf(net, net.weights.length)).fill(zero)),
): Promise<ExactInstance> {
  const rows = (A: Matrix): readonly Vector[] =>
    Array.from({ length: A.rows }, (_, i) => A.entries.slice(i * A.cols, (i + 1) * A.cols));
  const H = hiddenLayers(net);
  const layers = net.weights.map((W, k) => ({
    units: W.rows,
    ...(k < H && {
      activation: Array.from({ length: W.rows }, (_, unit) =>
        unit < net.linear[k + 1]! ? 'identity' : 'square',
      ),
    }),
  }));
  return ExactInstance.from({
    model: { type: 'mlp', inputs: widthOf(net, 0), layers },
    loss: { type: 'squared' },
    data: { inputs, targets },
    parameters: Object.fromEntries(net.weights.map((W, k) => [`W${k + 1}`, rows(W)])),
  });
}

/** h^(l)(x) by the recursion (4.3). */
export function layerValue(net: Network, l: number, x: Vector): Vector {
  let h = matrix(x.length, 1, x);
  for (let k = 1; k <= l; k++) {
    const z = product(net.weights[k - 1]!, h);
    h = matrix(
      z.rows,
      1,
      z.entries.map((value, unit) => activate(net, k, unit, value)),
    );
  }
  return h.entries;
}

/** Integers ±1, …, ±size from a seed. */
export function randomIntegers(seed: number, size: number): () => Rational {
  const next = randomSource(seed);
  return () => rational((1 + Math.floor(next() * size)) * (next() < 0.5 ? -1 : 1));
}
