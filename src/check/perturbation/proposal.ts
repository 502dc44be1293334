import type { Curve } from '../../exact/polynomial-arithmetic.ts';
import type { Rational } from '../../kernel/rational.ts';

/** Where a vector of V[θ, ε] was looked for (MATH §5, generators of V). */
export const GENERATORS = [
  'coordinate',
  'pair of coordinates',
  'left null space of a layer',
  'null space of outgoing weights',
  'kernel of a block',
  'walk on the fibre',
  'corrected onto the fibre',
  'fibre curve',
  'symmetry',
] as const;
export type GeneratorKind = (typeof GENERATORS)[number];

/** A vector that may lie in V[θ, ε]: nothing is believed of it until it was verified. */
export interface Proposal {
  readonly kind: GeneratorKind;
  readonly v: readonly Rational[];
  /** θ(s), polynomial, with θ(0) = θ, said to stay on the fibre: θ + εv is a point of it */
  readonly curve?: readonly Curve[];
}
