import { inflate, normUpperBound } from '../../certified/ball-matrix.ts';
import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import { column } from '../gradient.ts';
import type { Quantity } from '../report.ts';

const A = intervalArithmetic;

/**
 * A family of columns C of R^(m·dy) with coefficients α in the infimum: f_X(θ) = Σ C·reference over all families, and
 * `pull` = CᵀG, what the forces do on it.
 */
export interface Family {
  /** of the pull, as in the report: "‖G_X‖" */
  readonly name: string;
  readonly pull: readonly Interval[];
  /** zeros where it is left out */
  readonly reference?: readonly Interval[];
  /** an upper bound of ‖C‖₂·‖G − G′‖ where `pull` is CᵀG′: βλ_max‖J_j‖₂δ_j of MATH R2 */
  readonly slack?: number;
}

/**
 * An upper bound of L(θ) − Σ λ_i ℓ_i(Σ Cα) at given coefficients, by the gradient inequality (MATH §4, R2, R4, R5):
 * Σ (‖CᵀG‖ + slack)·‖α − reference‖ + offset, where `offset` bounds ‖G‖‖ρ‖, ρ = f_X(θ) − Σ C·reference. ℓ convex.
 */
export function gapAt(
  families: readonly Family[],
  alpha: readonly (readonly Interval[])[],
  offset = 0,
): number {
  let sum = A.float(offset);
  families.forEach((family, k) => {
    sum = A.add(sum, A.mul(A.float(strength(family)), A.float(distanceTo(family, alpha[k]!))));
  });
  return sum.hi;
}

/** The largest gap on the ball Σ‖α − reference‖² ≤ 1. */
export function gapOnUnitBall(families: readonly Family[]): number {
  const squares = families.map((family) => A.pow(A.float(strength(family)), 2));
  return A.sqrt(squares.reduce((sum, square) => A.add(sum, square), A.zero)).hi;
}

/** An upper bound of ‖CᵀG‖, exactly 0 when the pull is. */
export function strength({ pull, slack = 0 }: Family): number {
  const norm = normAbove(pull);
  return slack === 0 ? norm : inflate(norm + slack);
}

/** An upper bound of the Euclidean norm, exactly 0 when every entry is. */
export const normAbove = (values: readonly Interval[]): number =>
  values.every((entry) => A.isZero(entry)) ? 0 : normUpperBound(column(values));

/** An upper bound as the report writes it. */
export const upTo = (value: number): Quantity => (value === 0 ? { exact: '0' } : { upper: value });

export function distanceTo({ reference }: Family, alpha: readonly Interval[]): number {
  const apart = alpha.map((entry, k) => (reference ? A.sub(entry, reference[k]!) : entry));
  return normAbove(apart);
}
