import { type BallMatrix, inflate } from '../../certified/ball-matrix.ts';
import { largestEigenvalueBound, leastEigenvalueBound } from '../../certified/eigenvalue-bound.ts';
import { inverseCholesky } from '../../certified/inverse.ts';

/**
 * A number c, negative where it must be, such that every symmetric matrix inside `a` has all eigenvalues ≥ c: shifted
 * Cholesky, A + tI positive definite for the smallest tried t. Undefined when the matrix is empty or nothing was shown.
 * Cost: up to 26 factorisations and products of n × n.
 */
export function leastCurvature(a: BallMatrix): number | undefined {
  const direct = leastEigenvalueBound(a, inverseCholesky(a.rows, a.mid));
  if (direct === undefined || direct > 0) return direct;
  const scale = largestEigenvalueBound(a);
  let best = direct;
  for (let k = 50; k >= 0; k -= 2) {
    const shift = scale * 2 ** -k;
    if (!(shift > 0) || -shift <= best) continue;
    const moved = shifted(a, shift);
    const bound = leastEigenvalueBound(moved, inverseCholesky(moved.rows, moved.mid));
    if (bound !== undefined && bound > 0) {
      // λ(A) ≥ λ(A + tI) − t; bound > 0 alone gives −t, which needs no rounding.
      best = Math.max(best, -shift);
      break;
    }
  }
  return best;
}

/** A + tI */
function shifted(a: BallMatrix, t: number): BallMatrix {
  const mid = Float64Array.from(a.mid);
  const rad = Float64Array.from(a.rad);
  for (let i = 0; i < a.rows; i++) {
    const k = i * a.cols + i;
    mid[k] = a.mid[k]! + t;
    rad[k] = inflate(a.rad[k]! + (Math.abs(a.mid[k]!) + t) * 2 ** -52);
  }
  return { ...a, mid, rad };
}
