import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import type { ImageSubspace } from '../structure/image-subspace.ts';

/** A linear space of R^m, the same in each output, that holds ∂_k f_X(θ + εv) for every v ∈ V[θ, ε], and why. */
export interface FibreBound {
  readonly samples: readonly (readonly Rational[])[];
  readonly reason: string;
}

/**
 * The smaller of two: the given space, that of the functions which agree at equal inputs (f_{x_i} depends on x_i only).
 */
export function fibreBound(context: CheckContext, image: ImageSubspace | undefined): FibreBound {
  const { instance } = context;
  const dx = instance.model.inputs;
  const classes = new Map<string, number[]>();
  for (let i = 0; i < instance.m; i++) {
    const key = Array.from({ length: dx }, (_, j) => `${instance.inputs.rational(i * dx + j)}`).join(' ');
    classes.set(key, [...(classes.get(key) ?? []), i]);
  }
  if (image && image.samples.length <= classes.size) return image;
  const samples = [...classes.values()].map((members) =>
    Array.from({ length: instance.m }, (_, i) => (members.includes(i) ? Rational.one : Rational.zero)),
  );
  const reason =
    classes.size === instance.m
      ? 'the number of outputs on the data'
      : `${instance.m} samples have ${classes.size} distinct inputs`;
  return { samples, reason };
}
