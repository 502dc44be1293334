import { type BallMatrix, exactBalls, inflate, multiply, transpose } from './ball-matrix.ts';

/**
 * A number c such that every symmetric matrix inside `a` has all eigenvalues ≥ c, or undefined when none was found.
 * `proposal` is any float64 n×n matrix X; only c depends on it, never the truth of the bound:
 * if |XᵀAX − I| has row sums ≤ e < 1, then X is nonsingular and vᵀAv ≥ (1−e)‖w‖² ≥ (1−e)‖v‖²/‖X‖₂² for v = Xw,
 * with ‖X‖₂² ≤ min(‖X‖_F², ‖X‖₁‖X‖_∞). Without a proposal Gershgorin's theorem is used on A itself.
 * Cost: two n×n×n ball products.
 */
export function leastEigenvalueBound(a: BallMatrix, proposal?: Float64Array): number | undefined {
  const n = a.rows;
  if (a.cols !== n) throw new RangeError(`leastEigenvalueBound: ${a.rows}×${a.cols} is not square`);
  if (n === 0) return undefined;
  const direct = gershgorin(a);
  if (!proposal) return direct;
  const x = exactBalls(n, n, proposal);
  const congruent = multiply(multiply(transpose(x), a), x);
  let worst = 0;
  for (let i = 0; i < n; i++) {
    let row = 0;
    for (let j = 0; j < n; j++)
      row += Math.abs(congruent.mid[i * n + j]! - (i === j ? 1 : 0)) + congruent.rad[i * n + j]!;
    worst = Math.max(worst, inflate(row * (1 + n * 2 ** -51)));
  }
  if (!(worst < 1)) return direct;
  let frobenius = 0;
  const rowSums = new Float64Array(n);
  const columnSums = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const size = Math.abs(proposal[i * n + j]!);
      frobenius += size * size;
      rowSums[i]! += size;
      columnSums[j]! += size;
    }
  }
  const size = inflate(
    Math.min(frobenius, Math.max(...rowSums) * Math.max(...columnSums)) * (1 + n * n * 2 ** -50),
  );
  const bound = ((1 - worst) / size) * (1 - 2 ** -49);
  if (!(bound > 0)) return direct;
  return direct !== undefined && direct > bound ? direct : bound;
}

/** min_i (a_ii − Σ_{j≠i}|a_ij|), rounded down. */
function gershgorin(a: BallMatrix): number | undefined {
  const n = a.rows;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    let off = 0;
    for (let j = 0; j < n; j++) if (j !== i) off += Math.abs(a.mid[i * n + j]!) + a.rad[i * n + j]!;
    const diagonal = a.mid[i * n + i]!;
    off = inflate((off + a.rad[i * n + i]!) * (1 + n * 2 ** -51));
    least = Math.min(least, diagonal - off - inflate((Math.abs(diagonal) + off) * 2 ** -52));
  }
  return Number.isFinite(least) ? least : undefined;
}

/** An upper bound of the largest eigenvalue of every symmetric matrix inside `a`: the largest absolute row sum. */
export function largestEigenvalueBound(a: BallMatrix): number {
  let worst = 0;
  for (let i = 0; i < a.rows; i++) {
    let row = 0;
    for (let j = 0; j < a.cols; j++) row += Math.abs(a.mid[i * a.cols + j]!) + a.rad[i * a.cols + j]!;
    worst = Math.max(worst, inflate(row * (1 + a.cols * 2 ** -51)));
  }
  return worst;
}
