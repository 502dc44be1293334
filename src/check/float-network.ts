import { Inexpressible } from '../arithmetic/arithmetic.ts';
import { float64Arithmetic } from '../arithmetic/float64.ts';
import { plainKernels } from '../numeric/float64/plain.ts';
import { vectorJacobianProduct } from '../numeric/network/backward.ts';
import { type ForwardPass, floatNetwork, forwardPass } from '../numeric/network/forward.ts';
import { lazy } from './lazy.ts';
import { lossAt, type Point, type Problem } from './point.ts';

/** The batch forward pass of a feedforward network at the given θ, in float64. */
export function networkPass({ instance }: Problem): ForwardPass {
  const network = floatNetwork(instance.model, instance.parameters.floats(), plainKernels);
  return forwardPass(network, instance.inputs.floats(), instance.m);
}

/**
 * The float64 point of a feedforward network by batched matrix products instead of its graph: same numbers up to
 * rounding, at a fraction of the cost for wide layers. At a kink it takes a one-sided slope where the graph would throw,
 * so its gradient is evidence only where differentiability is known.
 */
export function withNetworkPass(problem: Problem, point: Point<number>): Point<number> {
  const { instance } = problem;
  if (!instance.model.network) return point;
  const { m } = instance;
  const dy = instance.model.outputs;
  return {
    ...point,
    loss: lazy(() => networkLoss(problem)),
    summary: lazy(() => {
      const pass = networkPass(problem);
      const outputs = Array.from({ length: m }, (_, i) => [...pass.outputs.subarray(i * dy, (i + 1) * dy)]);
      const samples = outputs.map((q, i) => lossAt(instance, float64Arithmetic, q, i));
      const force = samples.map((sample) => sample.gradient());
      const whole = vectorJacobianProduct(pass, Float64Array.from(force.flat()), instance.trainable);
      return {
        outputs,
        force,
        loss: total(samples),
        gradient: Array.from(instance.trainableIndices, (index) => whole[index]!),
      };
    }),
  };
}

/** L of a feedforward network at its parameters, in float64, by one batched pass. Throws Inexpressible. */
export function networkLoss(problem: Problem): number {
  const { outputs } = networkPass(problem);
  const { instance } = problem;
  const dy = instance.model.outputs;
  let sum = 0;
  for (let i = 0; i < instance.m; i++) {
    const q = [...outputs.subarray(i * dy, (i + 1) * dy)];
    sum += lossAt(instance, float64Arithmetic, q, i).value();
  }
  return sum;
}

function total(samples: readonly { value(): number }[]): number | Inexpressible {
  try {
    return samples.reduce((sum, sample) => sum + sample.value(), 0);
  } catch (error) {
    if (error instanceof Inexpressible) return error;
    throw error;
  }
}
