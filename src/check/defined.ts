import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import { intervalArithmetic } from '../certified/interval.ts';
import { rationalArithmetic } from '../exact/rational-arithmetic.ts';
import { evaluate } from '../symbolic/evaluate.ts';
import { hasPartial } from '../symbolic/graph.ts';
import type { CheckContext } from './check-context.ts';
import { lazy } from './lazy.ts';
import { embed } from './point.ts';
import type { Strategy } from './strategy.ts';

const known = new WeakMap<CheckContext, () => string | undefined>();

/**
 * Why f_{x_i} is not known to be defined at the place of the report for some sample: a division by 0, a logarithm or a
 * root of a number that may be negative. Undefined when f is defined there, as it is by construction where the model
 * has none of these operations. Throws TimeLimit.
 */
function undefinedAt(context: CheckContext): string | undefined {
  let compute = known.get(context);
  if (!compute) {
    compute = lazy(() => search(context));
    known.set(context, compute);
  }
  return compute();
}

/** Nothing about f is claimed where it is not defined at the data. */
export const whereDefined = (strategy: Strategy): Strategy => ({
  ...strategy,
  run(context) {
    const fault = undefinedAt(context);
    return fault === undefined ? strategy.run(context) : { declined: fault };
  },
});

function search(context: CheckContext): string | undefined {
  const { problem, instance } = context;
  const { graph } = problem;
  const partial = hasPartial(graph);
  if (!graph.outputs.some((output) => partial[output])) return undefined;
  const dx = instance.model.inputs;
  const place = context.place();
  const fault = <T>(A: Arithmetic<T>, theta: readonly T[], i: number): string | undefined => {
    try {
      const x = embed(A, instance.inputs, i * dx, dx);
      const evaluation = evaluate(graph, A, { x, theta, fixed: embed(A, instance.parameters) });
      for (const output of graph.outputs) evaluation.value(output);
      return undefined;
    } catch (error) {
      if (error instanceof Inexpressible) return error.message;
      throw error;
    }
  };
  for (let i = 0; i < instance.m; i++) {
    context.deadline.check();
    const reason = fault(intervalArithmetic, place.point.theta, i);
    if (reason === undefined) continue;
    // An enclosure of √0 or 1/q may be too wide for what exact numbers settle.
    const exact = place.kind === 'given' ? context.exact : undefined;
    if (!exact || fault(rationalArithmetic, exact.theta, i) !== undefined)
      return `f is not known to be defined at sample ${i}: ${reason}`;
  }
  return undefined;
}
