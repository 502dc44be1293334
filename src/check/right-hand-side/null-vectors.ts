import { Rational } from '../../kernel/rational.ts';
import type { Layer } from '../../models/model.ts';
import type { CheckContext } from '../check-context.ts';

/**
 * Vectors n ∈ Q^dθ with J(θ)·n = 0 (or in the directions in which the loss is constant) at every θ where f is
 * differentiable, by the structure of the network, at the given numbers:
 * - scaling of a positively homogeneous hidden unit: incoming weights and bias times p, outgoing weights times −degree;
 * - for a shift-invariant loss, adding the same vector to every row of the last layer.
 * Only in exact numbers at the given point: in an enclosing box the second kind alone is constant, the first is dropped.
 */
export function structuralNullVectors(
  context: CheckContext,
  given: boolean,
): readonly (readonly Rational[])[] {
  const { instance } = context;
  const { network } = instance.model;
  if (!network) return [];
  const position = new Map<number, number>();
  instance.trainableIndices.forEach((index, k) => {
    position.set(index, k);
  });
  const found: Rational[][] = [];
  const vector = (entries: readonly (readonly [number, Rational])[]): void => {
    const n = new Array<Rational>(position.size).fill(Rational.zero);
    for (const [index, value] of entries) {
      const k = position.get(index);
      if (k === undefined) return; // a constant of this problem: the scaling is not available
      n[k] = value;
    }
    if (n.some((entry) => !entry.isZero)) found.push(n);
  };
  const at = (index: number): Rational => instance.parameters.rational(index);
  const { layers, skips } = network;
  if (given) {
    for (let l = 0; l + 1 < layers.length; l++) {
      const layer = layers[l]!;
      const next = layers[l + 1]!;
      for (let unit = 0; unit < layer.units; unit++) {
        const { degree } = layer.activations[unit]!;
        if (degree === undefined) continue;
        const outgoing = columnOf(next, unit).map(
          (index) => [index, at(index).mul(Rational.integer(-degree))] as const,
        );
        const skip = skips.get(l + 1);
        if (skip) {
          const [rows, cols] = skip.shape as readonly [number, number];
          for (let i = 0; i < rows; i++) {
            const index = skip.offset + i * cols + unit;
            outgoing.push([index, at(index).mul(Rational.integer(-degree))]);
          }
        }
        vector([...rowOf(layer, unit).map((index) => [index, at(index)] as const), ...outgoing]);
      }
    }
  }
  if (instance.loss.shiftInvariant) {
    const last = layers.at(-1)!;
    for (let j = 0; j < last.inputs; j++)
      vector(columnOf(last, j).map((index) => [index, Rational.one] as const));
    if (last.bias) {
      const { offset, length } = last.bias;
      vector(Array.from({ length }, (_, k) => [offset + k, Rational.one] as const));
    }
    for (const skip of skips.values()) {
      const [rows, cols] = skip.shape as readonly [number, number];
      for (let j = 0; j < cols; j++) {
        vector(Array.from({ length: rows }, (_, i) => [skip.offset + i * cols + j, Rational.one] as const));
      }
    }
  }
  return found;
}

const rowOf = (layer: Layer, unit: number): number[] => {
  const { offset } = layer.weight;
  const weights = Array.from({ length: layer.inputs }, (_, j) => offset + unit * layer.inputs + j);
  return layer.bias ? [...weights, layer.bias.offset + unit] : weights;
};

const columnOf = (layer: Layer, unit: number): number[] =>
  Array.from({ length: layer.units }, (_, i) => layer.weight.offset + i * layer.inputs + unit);
