import { inflate, normUpperBound } from '../../certified/ball-matrix.ts';
import { type Interval, intervalArithmetic, mag } from '../../certified/interval.ts';
import type { CheckContext, Place } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { column } from '../gradient.ts';
import { surjective } from './surjective.ts';

/** Only residuals this small are worth a search, and only zeros this close to θ are the same point to a user. */
const NEARLY = 1e-6;

/**
 * A point θ* next to θ with f_X(θ*) = Y, so that a loss that is least at the target has no force at any sample.
 *
 * Let J̃ have full row rank with σ_min(J̃) ≥ σ and right inverse A = J̃ᵀ(J̃J̃ᵀ)⁻¹, ‖A‖ ≤ 1/σ, and ‖J(θ') − J̃‖ ≤ e for ‖θ' − θ‖ ≤ r.
 * On {v ∈ range J̃ᵀ : ‖v‖ ≤ r} the continuous map T(v) = v − A(f_X(θ + v) − Y) has ‖T(v)‖ ≤ (er + ‖f_X(θ) − Y‖)/σ, because v = AJ̃v.
 * If that is at most r, Brouwer gives a fixed point, where A(f_X − Y) = 0, and A is injective.
 * Throws Inexpressible, TimeLimit.
 */
export function enclosedInterpolation(context: CheckContext): Place | undefined {
  const { instance, deadline } = context;
  if (!instance.loss.leastAtTarget || !instance.model.network) return undefined;
  const residual = residualNorm(context);
  if (!(residual <= NEARLY * (1 + targetSize(context)))) return undefined;
  const jacobian = surjective(context);
  if (!jacobian) return undefined;
  const { sigma } = jacobian;
  const theta = context.interval.theta;
  const size = 1 + theta.reduce((most, entry) => Math.max(most, mag(entry)), 0);
  for (const factor of [1.25, 2, 8]) {
    deadline.check();
    const radius = inflate((factor * residual) / sigma) + 2 ** -1000;
    if (!(radius <= NEARLY * size)) return undefined;
    const box = theta.map((entry) => intervalArithmetic.add(entry, { lo: -radius, hi: radius }));
    const variation = expressed(() => jacobian.distance(box));
    if (variation === undefined) continue;
    const needed = inflate(inflate(variation * radius) + residual);
    if (!(needed <= sigma * radius * (1 - 2 ** -50))) continue;
    return {
      kind: 'enclosed',
      by: 'interpolation',
      point: context.over(intervalArithmetic, box, 'the box around θ*'),
      radii: new Float64Array(theta.length).fill(radius),
      radius,
      constants: { 'σ_min(J̃)': sigma, '‖f_X(θ) − Y‖': residual, '‖J − J̃‖ on the ball': variation },
    };
  }
  return undefined;
}

/** ‖f_X(θ) − Y‖, rounded up. */
export function residualNorm(context: CheckContext): number {
  const { instance } = context;
  const A = intervalArithmetic;
  const dy = instance.model.outputs;
  const differences: Interval[] = context.interval
    .summary()
    .outputs.flatMap((row, i) =>
      row.map((q, j) => A.sub(q, A.rational(instance.targets.rational(i * dy + j)))),
    );
  return normUpperBound(column(differences));
}

function targetSize({ instance }: CheckContext): number {
  return instance.targets.floats().reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
