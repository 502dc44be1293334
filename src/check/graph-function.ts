/** A graph as a function of one of its groups, in any arithmetic. */
import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import type { PointFunction, Truth } from '../arithmetic/meaning.ts';
import { rationalArithmetic } from '../exact/rational-arithmetic.ts';
import type { Rational } from '../kernel/rational.ts';
import { AtKink, gradient } from '../symbolic/derivative.ts';
import { differentiability } from '../symbolic/directional.ts';
import { type Evaluation, evaluate, margins } from '../symbolic/evaluate.ts';
import { type Graph, hasPartial } from '../symbolic/graph.ts';
import { TimeLimit } from './deadline.ts';

/** Points whose derivatives a function remembers: a proof asks again and again at the same few. */
const REMEMBERED = 32;

/** A graph as a function of one of its groups, the others fixed: values, and one row of derivatives for each output. */
export function graphFunction<T>(
  A: Arithmetic<T>,
  graph: Graph,
  group: string,
  others: Readonly<Record<string, readonly T[]>>,
  beat: () => void = () => {},
): VectorFunction<T> {
  const known: Remembered<T>[] = [];
  const at = (point: readonly T[]): Remembered<T> => {
    beat();
    const before = known.find((entry) => entry.point.every((x, k) => x === point[k]));
    if (before) return before;
    const variables = { ...others, [group]: point };
    const evaluation = evaluate(graph, A, variables);
    const made: Remembered<T> = {
      point,
      values: once(() => graph.outputs.map((output) => evaluation.value(output))),
      rows: once(() => derivatives(A, evaluation, variables, group)),
      differentiable: once(() => isDifferentiable(A, evaluation, variables, group)),
    };
    known.unshift(made);
    if (known.length > REMEMBERED) known.pop();
    return made;
  };
  return {
    value: (point) => at(point).values(),
    partial: (point, k) =>
      at(point)
        .rows()
        ?.map((row) => row[k]!),
    differentiable: (point) => at(point).differentiable(),
  };
}

/** What a function is at one point; what cannot be expressed is thrown again, as it was. */
interface Remembered<T> {
  readonly point: readonly T[];
  values(): readonly T[];
  /** null where the function is not known to be differentiable */
  rows(): readonly T[][] | null;
  differentiable(): Truth;
}

/** Computed once; a failure that is no time limit is remembered too. */
function once<V>(compute: () => V): () => V {
  let known: { readonly value: V } | { readonly error: unknown } | undefined;
  return () => {
    if (known === undefined) {
      try {
        known = { value: compute() };
      } catch (error) {
        if (error instanceof TimeLimit) throw error;
        known = { error };
      }
    }
    if ('error' in known) throw known.error;
    return known.value;
  };
}

function derivatives<T>(
  A: Arithmetic<T>,
  evaluation: Evaluation<T>,
  variables: Readonly<Record<string, readonly T[]>>,
  group: string,
): readonly T[][] | null {
  const { graph } = evaluation;
  try {
    return graph.outputs.map((output) => gradient(evaluation, output, group));
  } catch (error) {
    if (!(error instanceof AtKink)) throw error;
    const exact = atKink(A, graph, variables, group);
    return exact?.kind === 'differentiable' ? (exact.jacobian as T[][]) : null;
  }
}

export interface VectorFunction<T> extends PointFunction<T> {
  value(point: readonly T[]): readonly T[];
  partial(point: readonly T[], k: number): readonly T[] | undefined;
  differentiable(point: readonly T[]): Truth;
}

export const scalarFunction = <T>(f: VectorFunction<T>): PointFunction<T> => ({
  value: (point) => f.value(point)[0]!,
  partial: (point, k) => f.partial(point, k)?.[0],
  differentiable: f.differentiable,
});

function isDifferentiable<T>(
  A: Arithmetic<T>,
  evaluation: Evaluation<T>,
  variables: Readonly<Record<string, readonly T[]>>,
  group: string,
): Truth {
  try {
    const { graph } = evaluation;
    const partial = hasPartial(graph);
    // Where a quotient, a root or a logarithm is not known to be defined, nothing is claimed.
    for (const output of graph.outputs) if (partial[output]) evaluation.value(output);
    const clear = margins(evaluation, group).every(({ argument, needs }) => {
      const sign = A.sign(argument);
      return needs === 'positive' ? sign === 1 : sign === 1 || sign === -1;
    });
    if (clear) return true;
  } catch (error) {
    if (!(error instanceof Inexpressible)) throw error;
    return 'undecided';
  }
  const exact = atKink(A, evaluation.graph, variables, group);
  return exact === undefined || exact.kind === 'undecided' ? 'undecided' : exact.kind === 'differentiable';
}

/** One-sided derivatives at a kink, in exact rationals only. */
function atKink<T>(
  A: Arithmetic<T>,
  graph: Graph,
  variables: Readonly<Record<string, readonly T[]>>,
  group: string,
) {
  if ((A as unknown) !== rationalArithmetic) return undefined;
  return differentiability(
    graph,
    rationalArithmetic,
    variables as unknown as Readonly<Record<string, readonly Rational[]>>,
    group,
  );
}
