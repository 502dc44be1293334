import { inertia, type Matrix, matrix, rank } from '../../exact/linear-algebra.ts';
import type { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { velocity } from '../structure/flows.ts';
import { isSymmetry, symmetries } from '../structure/symmetries.ts';
import type { Symmetry } from '../structure/symmetry.ts';

/** Symmetries whose velocities at θ are independent and span the kernel of a positive semidefinite ∇²L(θ). */
export interface SymmetricSlice {
  readonly symmetries: readonly Symmetry[];
}

/**
 * The slice theorem for local minima (Morse–Bott). Let flows g_1(s), …, g_k(s) leave L as it is near a critical θ, with
 * independent velocities ξ_j at θ, and let ∇²L(θ) be positive semidefinite of rank n − k. Each ξ_j is in its kernel, so
 * ∇²L(θ) is positive definite on a complement N of their span. (s, t) ↦ g_1(s_1)⋯g_k(s_k)(θ + t), t ∈ N, has an invertible
 * derivative at 0, so it covers a ball around θ, on which L takes the values L(θ + t) ≥ L(θ). The orbit need not be of
 * constant dimension. Exact; undefined where there are too few symmetries.
 */
export function symmetricSlice(context: CheckContext, H: Matrix): SymmetricSlice | undefined {
  const n = H.rows;
  const { positive, negative } = inertia(H);
  if (negative > 0 || positive === n) return undefined;
  const known = symmetries(context);
  if (known.length === 0) return undefined;
  const velocities = known.map((symmetry) => velocity(context, symmetry)!);
  const { lower } = rank(columnsOf(velocities, n));
  const slice = { symmetries: lower.pivotCols.map((k) => known[k]!) };
  return checkSymmetricSlice(context, H, slice) ? slice : undefined;
}

/** Re-verifies the certificate, given that θ is critical and H = ∇²L(θ). Throws Inexpressible. */
export function checkSymmetricSlice(
  context: CheckContext,
  H: Matrix,
  { symmetries: claimed }: SymmetricSlice,
): boolean {
  const n = H.rows;
  if (!claimed.every((symmetry) => isSymmetry(context, symmetry))) return false;
  const velocities: (readonly Rational[])[] = [];
  for (const symmetry of claimed) {
    const v = velocity(context, symmetry);
    if (!v) return false;
    velocities.push(v);
  }
  const { positive, negative } = inertia(H);
  return (
    negative === 0 &&
    positive + claimed.length === n &&
    rank(columnsOf(velocities, n)).rank === claimed.length
  );
}

const columnsOf = (vectors: readonly (readonly Rational[])[], n: number): Matrix =>
  matrix(n, vectors.length, Array.from({ length: n }, (_, i) => vectors.map((vector) => vector[i]!)).flat());
