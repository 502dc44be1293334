/** What an instance says of the symbols of a statement: m, dθ, dy, λ, ℓ, f and θ, in any arithmetic. */
import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import type { Meaning, PointFunction, Truth } from '../arithmetic/meaning.ts';
import { rationalArithmetic } from '../exact/rational-arithmetic.ts';
import type { Rational } from '../kernel/rational.ts';
import { AtKink, gradient } from '../symbolic/derivative.ts';
import { differentiability } from '../symbolic/directional.ts';
import { type Evaluation, evaluate, margins } from '../symbolic/evaluate.ts';
import { type Graph, hasPartial } from '../symbolic/graph.ts';
import type { CheckContext } from './check-context.ts';
import { embed } from './point.ts';

/** Points whose derivatives a function remembers: a proof asks again and again at the same few. */
const REMEMBERED = 16;

/**
 * The meanings of the data of the paper's setting, by name. Functions have values and partial derivatives wherever the
 * arithmetic can write them down, and say whether they are differentiable. The functions throw TimeLimit.
 */
export function settingOf<T>(context: CheckContext, A: Arithmetic<T>): Readonly<Record<string, Meaning<T>>> {
  const { instance, problem } = context;
  const { m, loss } = instance;
  const { inputs: dx, outputs: dy } = instance.model;
  const fixed = embed(A, instance.parameters);
  const samples = Array.from({ length: m }, (_, i) => i);
  const beat = (): void => problem.deadline.check();
  return {
    m,
    dθ: instance.trainableIndices.length,
    dy,
    λ: embed(A, instance.weights),
    θ: Array.from(instance.trainableIndices, (k) => fixed[k]!),
    f: samples.map((i) =>
      graphFunction(A, problem.graph, 'theta', { x: embed(A, instance.inputs, i * dx, dx), fixed }, beat),
    ),
    ℓ: samples.map((i) =>
      scalarFunction(graphFunction(A, loss.graph, 'q', { y: embed(A, instance.targets, i * dy, dy) }, beat)),
    ),
  };
}

/** A graph as a function of one of its groups, the others fixed: values, and one row of derivatives for each output. */
export function graphFunction<T>(
  A: Arithmetic<T>,
  graph: Graph,
  group: string,
  others: Readonly<Record<string, readonly T[]>>,
  beat: () => void = () => {},
): VectorFunction<T> {
  const known: {
    readonly point: readonly T[];
    readonly evaluation: Evaluation<T>;
    rows?: readonly T[][] | null;
  }[] = [];
  const at = (point: readonly T[]) => {
    const before = known.find((entry) => entry.point.every((x, k) => x === point[k]));
    if (before) return before;
    beat();
    const made = { point, evaluation: evaluate(graph, A, { ...others, [group]: point }) };
    known.unshift(made);
    if (known.length > REMEMBERED) known.pop();
    return made;
  };
  /** null where the function is not known to be differentiable */
  const rows = (point: readonly T[]): readonly T[][] | null => {
    const entry: (typeof known)[number] = at(point);
    if (entry.rows === undefined) {
      try {
        entry.rows = graph.outputs.map((output) => gradient(entry.evaluation, output, group));
      } catch (error) {
        if (!(error instanceof AtKink)) throw error;
        const exact = atKink(A, graph, { ...others, [group]: point }, group);
        entry.rows = exact?.kind === 'differentiable' ? (exact.jacobian as T[][]) : null;
      }
    }
    return entry.rows;
  };
  return {
    value: (point) => graph.outputs.map((output) => at(point).evaluation.value(output)),
    partial: (point, k) => rows(point)?.map((row) => row[k]!),
    differentiable: (point) =>
      isDifferentiable(A, at(point).evaluation, { ...others, [group]: point }, group),
  };
}

export interface VectorFunction<T> extends PointFunction<T> {
  value(point: readonly T[]): readonly T[];
  partial(point: readonly T[], k: number): readonly T[] | undefined;
  differentiable(point: readonly T[]): Truth;
}

const scalarFunction = <T>(f: VectorFunction<T>): PointFunction<T> => ({
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
