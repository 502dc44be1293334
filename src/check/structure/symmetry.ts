import type { Arithmetic } from '../../arithmetic/arithmetic.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import type { ParameterBlock } from '../../models/model.ts';
import type { CheckContext } from '../check-context.ts';

/**
 * A flow of linear changes of θ under which f_X stays as it is on a ball around θ. Layers and units count from 0; indices
 * count all parameters of the model.
 */
export type Symmetry =
  /** units with the same slopes at every sample: `to` gains s times `from`, and `from` is read s times less where `to` is */
  | { readonly kind: 'mix'; readonly layer: number; readonly to: number; readonly from: number }
  /** σ(cz) = c^k σ(z): what enters the unit times e^s, what leaves it times e^(−ks) */
  | { readonly kind: 'scale'; readonly layer: number; readonly unit: number }
  /** a relu whose pre-activation is negative at every sample: its weights, in and out, do nothing */
  | { readonly kind: 'dead'; readonly layer: number; readonly unit: number; readonly index: number }
  /** a direction of the first layer that no input sees: n·(x_i, 1) = 0 for every i */
  | { readonly kind: 'unseen'; readonly unit: number; readonly vector: readonly Rational[] }
  /** θ_k ↦ e^(s·w_k) θ_k: every monomial of every output has Σ w_k a_k = 0 */
  | { readonly kind: 'weights'; readonly vector: readonly Rational[] };

/** Rationals as text, so that a certificate is plain JSON. */
export const plainSymmetry = (symmetry: Symmetry): object =>
  'vector' in symmetry ? { ...symmetry, vector: symmetry.vector.map(String) } : { ...symmetry };

/**
 * The velocity of θ (its trainable part) under the flow at s = 0, at the point with these values of all parameters;
 * undefined where the flow moves what is held fixed. A linear function of the values.
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
  else if (symmetry.kind === 'unseen')
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

/** k with σ(cz) = c^k σ(z) for c > 0, where the activation of the unit has one. */
export const degreeOf = ({ instance }: CheckContext, l: number, unit: number): number | undefined =>
  instance.model.network!.layers[l]!.activations[unit]!.degree;
