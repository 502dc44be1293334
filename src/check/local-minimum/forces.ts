import type { Arithmetic } from '../../arithmetic/arithmetic.ts';
import { evaluate } from '../../symbolic/evaluate.ts';
import type { CheckContext } from '../check-context.ts';
import { embed, lossAt } from '../point.ts';

/** f_{x_i}(θ), m rows of dy. Throws Inexpressible. */
export function outputsAt<T>(
  { problem, instance, deadline }: CheckContext,
  A: Arithmetic<T>,
  theta: readonly T[],
): readonly (readonly T[])[] {
  const { graph } = problem;
  const dx = instance.model.inputs;
  const fixed = embed(A, instance.parameters);
  return Array.from({ length: instance.m }, (_, i) => {
    deadline.check();
    const evaluation = evaluate(graph, A, { x: embed(A, instance.inputs, i * dx, dx), theta, fixed });
    return graph.outputs.map((output) => evaluation.value(output));
  });
}

/** G_i = λ_i ∇ℓ_i(f_{x_i}(θ)), m rows of dy; f need not be differentiable in θ. Throws Inexpressible. */
export const forcesAt = <T>(
  context: CheckContext,
  A: Arithmetic<T>,
  theta: readonly T[],
): readonly (readonly T[])[] =>
  outputsAt(context, A, theta).map((q, i) => lossAt(context.instance, A, q, i).gradient());

/**
 * Σ G_i = 0 over the samples of each distinct input. For convex losses θ is then a global minimum, whatever f is: every
 * f(x; θ′) is a function of x, so by the gradient inequality L(θ′) − L(θ) ≥ Σ_x (Σ_{i: x_i = x} G_i)·(f(x; θ′) − f(x; θ)) = 0.
 * Throws Inexpressible.
 */
export function forcesCancel<T>(context: CheckContext, A: Arithmetic<T>, theta: readonly T[]): boolean {
  const { instance } = context;
  const dx = instance.model.inputs;
  const forces = forcesAt(context, A, theta);
  const totals = new Map<string, readonly T[]>();
  forces.forEach((force, i) => {
    const input = Array.from({ length: dx }, (_, j) => instance.inputs.rational(i * dx + j)).join();
    const before = totals.get(input);
    totals.set(input, before ? before.map((entry, k) => A.add(entry, force[k]!)) : force);
  });
  return [...totals.values()].every((total) => total.every((entry) => A.sign(entry) === 0));
}
