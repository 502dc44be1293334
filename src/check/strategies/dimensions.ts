import type { Obligation, Strategy } from '../strategy.ts';

/** dy ≤ min{dx, dz}, and θ holds W and R: with one of them fixed the theorem is false (MATH, I21). */
const compare: Strategy = {
  name: 'dimensions',
  tier: 'symbolic',
  run({ instance }) {
    const { residual, inputs: dx, outputs: dy } = instance.model;
    if (!residual) return { declined: 'the model is no residual network' };
    const dz = residual.R.shape[1]!;
    const fixed = [residual.W, residual.R].filter(
      (block) => !instance.trainable.some(({ offset }) => offset === block.offset),
    );
    if (fixed.length > 0) {
      const names = fixed.map(({ name }) => name);
      return {
        status: 'fails',
        tier: 'symbolic',
        detail: `the theorem is about θ = (W, R, u), and ${names.join(' and ')} ${names.length > 1 ? 'are' : 'is'} held fixed here`,
        witness: { fixed: names },
      };
    }
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
