import { dual } from '../../../src/arithmetic/dual.ts';
import { float64Arithmetic } from '../../../src/arithmetic/float64.ts';
import { approximateInverse } from '../../../src/certified/inverse.ts';
import type { CheckContext } from '../../../src/check/check-context.ts';

/**
 * A critical point of L in float64 from the θ of the instance, squared loss: Levenberg–Marquardt, then Newton steps on the
 * gradient with a small damping for the directions along which L does not change.
 */
export function trained(context: CheckContext, steps = 400): number[] {
  const A = float64Arithmetic;
  const weights = context.instance.weights.floats();
  const dy = context.instance.model.outputs;
  const at = (theta: readonly number[]) => context.over(A, theta, 'training');
  const loss = (theta: readonly number[]) => at(theta).loss();
  const gradient = (theta: readonly number[]) => at(theta).summary().gradient;
  let theta = [...context.float.theta];
  const n = theta.length;
  let damping = 1e-2;
  for (let step = 0; step < steps && damping < 1e12; step++) {
    const H = new Float64Array(n * n);
    at(theta)
      .jacobian()
      .forEach((row, i) => {
        const weight = 2 * weights[Math.floor(i / dy)]!;
        for (let a = 0; a < n; a++)
          if (row[a] !== 0) for (let b = 0; b < n; b++) H[a * n + b]! += weight * row[a]! * row[b]!;
      });
    const g = gradient(theta);
    const before = loss(theta);
    for (; damping < 1e12; damping *= 3) {
      const next = stepped(theta, g, H, damping);
      if (!(loss(next) < before)) continue;
      theta = next;
      damping = Math.max(damping / 9, 1e-12);
      break;
    }
  }
  for (let step = 0; step < 12; step++) {
    const D = dual(A);
    const H = new Float64Array(n * n);
    for (let k = 0; k < n; k++) {
      const moving = theta.map((value, j) => ({ value, tangent: j === k ? 1 : 0 }));
      context
        .over(D, moving, 'training')
        .summary()
        .gradient.forEach(({ tangent }, j) => {
          H[k * n + j] = tangent;
        });
    }
    const g = gradient(theta);
    const next = stepped(theta, g, H, 1e-9);
    if (!(Math.hypot(...gradient(next)) < Math.hypot(...g))) break;
    theta = next;
  }
  return theta;
}

/** θ − (H + damping·I)⁻¹ g */
function stepped(theta: readonly number[], g: readonly number[], H: Float64Array, damping: number): number[] {
  const n = theta.length;
  const damped = H.map((entry, i) => (i % (n + 1) === 0 ? entry + damping : entry));
  const inverse = approximateInverse(n, damped);
  if (!inverse) return [...theta];
  return theta.map((value, i) => value - g.reduce((sum, entry, j) => sum + inverse[i * n + j]! * entry, 0));
}
