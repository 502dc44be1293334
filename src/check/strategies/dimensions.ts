import type { Obligation, Strategy } from '../strategy.ts';

/** dy ≤ min{dx, dz}. */
const compare: Strategy = {
  name: 'dimensions',
  tier: 'symbolic',
  run({ instance }) {
    const { residual, inputs: dx, outputs: dy } = instance.model;
    if (!residual) return { declined: 'the model is no residual network' };
    const dz = residual.R.shape[1]!;
    const sides = `dy = ${dy}, dx = ${dx}, dz = ${dz}`;
    if (dy <= Math.min(dx, dz))
      return { status: 'holds', tier: 'symbolic', detail: `dy ≤ min{dx, dz}: ${sides}` };
    return {
      status: 'fails',
      tier: 'symbolic',
      detail: `dy > min{dx, dz}: ${sides}`,
      witness: { dy, dx, dz },
    };
  },
};

export const dimensions: Obligation = { id: 'dimensions', strategies: [compare] };
