import type { Arithmetic } from '../../arithmetic/arithmetic.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import type { ParameterBlock } from '../../models/model.ts';
import type { CheckContext } from '../check-context.ts';
import type { Symmetry } from './symmetry.ts';

/**
 * The velocity of θ (its trainable part) under the flow at s = 0, at the point with these values of all parameters;
 * undefined where the flow moves what is held fixed. An affine function of the values.
 */
export function velocityAt<T>(
  context: CheckContext,
  A: Arithmetic<T>,
  symmetry: Symmetry,
  value: (index: number) => T,
): readonly T[] | undefined {
  const { instance } = context;
  const moves = new Map<number, T>();
  const push = (index: number, by: T): void => {
    moves.set(index, moves.has(index) ? A.add(moves.get(index)!, by) : by);
  };
  if (symmetry.kind === 'mix' || symmetry.kind === 'scale') {
    const [to, from] =
      symmetry.kind === 'mix' ? [symmetry.to, symmetry.from] : [symmetry.unit, symmetry.unit];
    const { incoming, outgoing } = weightsAround(context, symmetry.layer);
    const factor = A.rational(
      Rational.integer(symmetry.kind === 'scale' ? -degreeOf(context, symmetry.layer, to)! : -1),
    );
    incoming(to).forEach((index, k) => {
      push(index, value(incoming(from)[k]!));
    });
    outgoing(from).forEach((index, k) => {
      push(index, A.mul(factor, value(outgoing(to)[k]!)));
    });
  } else if (symmetry.kind === 'dead') push(symmetry.index, A.one);
  else if (symmetry.kind === 'shift') {
    const { bias, outgoing, above } = shifts(context, symmetry.layer);
    if (bias === undefined) return undefined;
    push(bias + symmetry.unit, A.one);
    outgoing(symmetry.unit).forEach((index, k) => {
      push(above[k]!, A.neg(value(index)));
    });
    const free = new Set(instance.trainableIndices);
    if (![...moves.keys()].every((index) => free.has(index))) return undefined;
  } else if (symmetry.kind === 'unseen')
    weightsAround(context, 0)
      .incoming(symmetry.unit)
      .forEach((index, k) => {
        push(index, A.rational(symmetry.vector[k]!));
      });
  else
    symmetry.vector.forEach((weight, k) => {
      const index = instance.trainableIndices[k]!;
      push(index, A.mul(A.rational(weight), value(index)));
    });
  const position = new Map(Array.from(instance.trainableIndices, (index, k) => [index, k] as const));
  const v = new Array<T>(position.size).fill(A.zero);
  for (const [index, by] of moves) {
    const k = position.get(index);
    if (k !== undefined) v[k] = by;
    // A whole block is held fixed, or none of it: what moves by 0 here moves by 0 everywhere.
    else if (!A.isZero(by)) return undefined;
  }
  return v;
}

/** The velocity at θ, exactly. */
export const velocity = (context: CheckContext, symmetry: Symmetry): readonly Rational[] | undefined =>
  velocityAt(context, rationalArithmetic, symmetry, (index) => context.instance.parameters.rational(index));

/**
 * All parameters at a point of the orbit that is rational, s > −1: weights are multiplied by powers of 1 + s, or moved by s.
 * Undefined where the powers are no integers, or fixed parameters move.
 */
export function orbitPoint(
  context: CheckContext,
  symmetry: Symmetry,
  s: Rational,
): readonly Rational[] | undefined {
  const { instance } = context;
  const v = velocity(context, symmetry);
  if (!v) return undefined;
  const moved = instance.parameters.rationals();
  const scale = Rational.one.add(s);
  if (symmetry.kind === 'scale') {
    const { incoming, outgoing } = weightsAround(context, symmetry.layer);
    const degree = degreeOf(context, symmetry.layer, symmetry.unit)!;
    for (const index of incoming(symmetry.unit)) moved[index] = moved[index]!.mul(scale);
    for (const index of outgoing(symmetry.unit)) moved[index] = moved[index]!.mul(scale.pow(-degree));
  } else if (symmetry.kind === 'weights') {
    if (symmetry.vector.some((weight) => !weight.isInteger)) return undefined;
    symmetry.vector.forEach((weight, k) => {
      const index = instance.trainableIndices[k]!;
      moved[index] = moved[index]!.mul(scale.pow(Number(weight.numerator)));
    });
  } else
    v.forEach((entry, k) => {
      const index = instance.trainableIndices[k]!;
      moved[index] = moved[index]!.add(s.mul(entry));
    });
  return moved;
}

/** The parameters that enter and leave a unit of a hidden layer, in one order for all its units. */
export function weightsAround({ instance }: CheckContext, l: number) {
  const { layers, skips } = instance.model.network!;
  const { weight, bias, inputs } = layers[l]!;
  const readers: ParameterBlock[] = [layers[l + 1]?.weight, skips.get(l + 1)].filter(
    (block) => block !== undefined,
  );
  return {
    incoming: (unit: number): number[] => [
      ...Array.from({ length: inputs }, (_, c) => weight.offset + unit * inputs + c),
      ...(bias ? [bias.offset + unit] : []),
    ],
    outgoing: (unit: number): number[] =>
      readers.flatMap(({ offset, shape }) =>
        Array.from({ length: shape[0]! }, (_, i) => offset + i * shape[1]! + unit),
      ),
  };
}

/** The offset of the biases of a hidden layer, and the bias that is added to each reading of a unit; undefined without them. */
export function shifts(context: CheckContext, l: number) {
  const { layers, skips } = context.instance.model.network!;
  const { outgoing } = weightsAround(context, l);
  const skip = skips.get(l + 1);
  const readers = [
    { bias: layers[l + 1]?.bias, count: layers[l + 1]?.units ?? 0 },
    ...(skip ? [{ bias: layers.at(-1)!.bias, count: skip.shape[0]! }] : []),
  ];
  const above = readers.flatMap(({ bias, count }) =>
    Array.from({ length: count }, (_, i) => (bias ? bias.offset + i : -1)),
  );
  return { bias: above.includes(-1) ? undefined : layers[l]!.bias?.offset, outgoing, above };
}

/** k with σ(cz) = c^k σ(z) for c > 0, where the activation of the unit has one. */
export const degreeOf = ({ instance }: CheckContext, l: number, unit: number): number | undefined =>
  instance.model.network!.layers[l]!.activations[unit]!.degree;
