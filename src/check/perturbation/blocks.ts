import type { Instance } from '../../instance/instance.ts';
import type { ParameterBlock } from '../../models/model.ts';

/**
 * Groups of positions in θ, in each of which f_x is affine near θ where the rest of the model is: the weights and bias of
 * one layer (with the skips, for the last), else one trainable block. Positions without a group are left out.
 */
export function parameterGroups(instance: Instance): readonly (readonly number[])[] {
  const position = new Map(Array.from(instance.trainableIndices, (index, k) => [index, k] as const));
  const positions = (blocks: readonly ParameterBlock[]): number[] =>
    blocks.flatMap(({ offset, length }) =>
      Array.from({ length }, (_, k) => position.get(offset + k)).filter((k) => k !== undefined),
    );
  const { network } = instance.model;
  const groups = network
    ? network.layers.map(({ weight, bias }, l) => [
        weight,
        ...(bias ? [bias] : []),
        ...(l === network.layers.length - 1 ? network.skips.values() : []),
      ])
    : instance.trainable.map((block) => [block]);
  return groups.map(positions).filter((group) => group.length > 0);
}
