import { type BallMatrix, exactBalls, inflate, multiply } from './ball-matrix.ts';

/**
 * Krawczyk's test for a zero of g near a point. `value` (n×1) encloses g at the point; `slope` (n×n) encloses the
 * Jacobian of g everywhere in the box of half-widths `radii`; `inverse` is any n×n float64 matrix Y.
 * If |Y·value| + |I − Y·slope|·radii < radii in every component, then g has exactly one zero in the box.
 * (Krawczyk 1969; Moore 1977; Rump, Acta Numerica 2010, §13.) Returns the tighter radii |Y·value| + |I − Y·slope|·radii,
 * within which that zero lies, or undefined.
 */
export function krawczyk(
  value: BallMatrix,
  slope: BallMatrix,
  inverse: Float64Array,
  radii: Float64Array,
): Float64Array | undefined {
  const n = radii.length;
  const y = exactBalls(n, n, inverse);
  const step = multiply(y, value);
  const contraction = multiply(y, slope);
  const inner = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let reach = Math.abs(step.mid[i]!) + step.rad[i]!;
    for (let j = 0; j < n; j++) {
      const entry = Math.abs(contraction.mid[i * n + j]! - (i === j ? 1 : 0)) + contraction.rad[i * n + j]!;
      reach += inflate(entry) * radii[j]!;
    }
    inner[i] = inflate(reach * (1 + n * 2 ** -50));
    if (!(inner[i]! < radii[i]!)) return undefined;
  }
  return inner;
}
