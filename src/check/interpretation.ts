/** What an instance says of the symbols of a statement: m, dθ, dy, λ, ℓ, f and θ, in any arithmetic. */
import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import type { Meaning, PointFunction, Truth } from '../arithmetic/meaning.ts';
import { intervalArithmetic } from '../certified/interval.ts';
import { rationalArithmetic } from '../exact/rational-arithmetic.ts';
import type { Instance } from '../instance/instance.ts';
import type { Rational } from '../kernel/rational.ts';
import type { LayerActivation } from '../models/activations.ts';
import type { Activation, Layer } from '../models/model.ts';
import { AtKink, gradient } from '../symbolic/derivative.ts';
import { differentiability } from '../symbolic/directional.ts';
import { type Evaluation, evaluate, margins } from '../symbolic/evaluate.ts';
import { type Graph, GraphBuilder, hasPartial } from '../symbolic/graph.ts';
import type { CheckContext, Place } from './check-context.ts';
import { TimeLimit } from './deadline.ts';
import { embed, thetaIn } from './point.ts';

/** The statement is about another kind of model; the message names both. */
export class OtherModelError extends Error {
  override readonly name = 'OtherModelError';
}

/** Points whose derivatives a function remembers: a proof asks again and again at the same few. */
const REMEMBERED = 32;

/**
 * The meanings of the data of the paper's setting, by name. Functions have values and partial derivatives wherever the
 * arithmetic can write them down, and say whether they are differentiable. The functions throw TimeLimit. At a place that
 * is enclosed θ is its box in intervals, and has no meaning in other arithmetics.
 */
export function settingOf<T>(
  context: CheckContext,
  A: Arithmetic<T>,
  place?: Place,
): Readonly<Record<string, Meaning<T>>> {
  const { instance, problem } = context;
  const { m, loss } = instance;
  const { inputs: dx, outputs: dy } = instance.model;
  const fixed = embed(A, instance.parameters);
  const samples = range(m);
  const beat = (): void => problem.deadline.check();
  return {
    m,
    dθ: instance.trainableIndices.length,
    dy,
    λ: embed(A, instance.weights),
    ...(place?.kind === 'enclosed' ? enclosed(place, A) : { θ: thetaIn(A, instance) }),
    f: samples.map((i) =>
      graphFunction(A, problem.graph, 'theta', { x: embed(A, instance.inputs, i * dx, dx), fixed }, beat),
    ),
    ℓ: samples.map((i) =>
      scalarFunction(graphFunction(A, loss.graph, 'q', { y: embed(A, instance.targets, i * dy, dy) }, beat)),
    ),
  };
}

/** θ stands for θ*, of which only a box is known. */
function enclosed<T>({ point }: Place, A: Arithmetic<T>): Record<string, Meaning<T>> {
  return (A as unknown) === intervalArithmetic ? { θ: point.theta as unknown as readonly T[] } : {};
}

/**
 * The meanings that a statement needs, by the names of its context: the general setting, and for Theorem 3 the parts
 * of (4.1), for Theorem 4 those of (4.3). Throws OtherModelError when the model is not of the kind that it is about.
 */
export function symbolsOf<T>(
  context: CheckContext,
  A: Arithmetic<T>,
  names: ReadonlySet<string>,
  result: string,
  place?: Place,
): Readonly<Record<string, Meaning<T>>> {
  const setting = settingOf(context, A, place);
  if (names.has('z')) return { ...setting, ...residualParts(context, A, result) };
  if (names.has('σ') && names.has('t')) return { ...setting, ...feedforwardParts(context, A, result) };
  if (names.has('h')) throw new OtherModelError(`${result} is about a network whose parts no instance names`);
  return setting;
}

/** dx, dz, du, x and z of f = W(x + R z(x; u)); θ is W, R, u, row by row. */
function residualParts<T>(
  context: CheckContext,
  A: Arithmetic<T>,
  result: string,
): Record<string, Meaning<T>> {
  const { instance, problem } = context;
  const { residual, kind, parameterCount } = instance.model;
  if (!residual) throw otherModel(result, 'a residual network, W(x + R z(x; u))', kind);
  requireAll(instance, result);
  const { W, R } = residual;
  const branch = residual.branch();
  const u = W.length + R.length;
  const { inputs: dx } = instance.model;
  return {
    dx,
    dz: R.shape[1]!,
    du: parameterCount - u,
    x: rows(A, instance),
    z: range(instance.m).map((i): PointFunction<T> => {
      const x = embed(A, instance.inputs, i * dx, dx);
      const whole = graphFunction(A, branch, 'theta', { x }, () => problem.deadline.check());
      const padding = Array.from({ length: u }, () => A.zero);
      const at = (point: readonly T[]): readonly T[] => [...padding, ...point];
      return {
        value: (point) => whole.value(at(point)),
        partial: (point, k) => whole.partial(at(point), u + k),
        differentiable: (point) => whole.differentiable(at(point)),
      };
    }),
  };
}

/** t, r, d, x, σ and h of a network of linear maps and activations without biases, whose last layer is linear. */
function feedforwardParts<T>(
  context: CheckContext,
  A: Arithmetic<T>,
  result: string,
): Record<string, Meaning<T>> {
  const { instance, problem } = context;
  const { network, hidden, kind, inputs: dx } = instance.model;
  const plain = network && network.skips.size === 0 && network.layers.every(({ bias }) => bias === undefined);
  if (!network || !plain || !hidden)
    throw otherModel(result, 'a network of layers without biases or skips', kind);
  requireAll(instance, result);
  const { layers } = network;
  const H = layers.length - 1;
  const t = instance.t ?? 0;
  if (t > H) throw new OtherModelError(`${result} needs t ≤ H = ${H}, and the instance has t = ${t}`);
  const widths = [dx, ...layers.map(({ units }) => units)];
  const x = rows(A, instance);
  const beat = (): void => problem.deadline.check();
  let offset = 0;
  const layerGraphs = widths.slice(1, -1).map((width): Graph => {
    offset += width;
    return { ...hidden, outputs: hidden.outputs.slice(offset - width, offset) };
  });
  const constant = (value: readonly T[]): PointFunction<T> => ({
    value: () => value,
    partial: () => value.map(() => A.zero),
    differentiable: () => true,
  });
  const nowhere: PointFunction<T> = {
    value: () => {
      throw new Inexpressible('there is no such layer');
    },
  };
  return {
    t,
    r: H - t,
    d: (l: number) => widths[l] ?? 0,
    x,
    σ: (l: number) => {
      const layer = layers[l - 1];
      return layer === undefined || l > H ? nowhere : graphFunction(A, activationGraph(layer), 'z', {}, beat);
    },
    h: (l: number) => (i: number) => {
      if (l === 0) return constant(x[i]!);
      if (l <= H) return graphFunction(A, layerGraphs[l - 1]!, 'theta', { x: x[i]! }, beat);
      return l === H + 1 ? graphFunction(A, instance.model.graph, 'theta', { x: x[i]! }, beat) : nowhere;
    },
  };
}

/** σ^(l) : ℝ^{d_l} → ℝ^{d_l} */
function activationGraph({ activations }: Layer): Graph {
  const b = new GraphBuilder({ z: activations.length });
  const built = activations.map((activation, k) => {
    if (!isBuildable(activation)) throw new RangeError(`the activation ${activation.name} has no graph`);
    return activation.build(b, b.variable('z', k));
  });
  return b.build(built);
}
const isBuildable = (activation: Activation): activation is LayerActivation => 'build' in activation;

const rows = <T>(A: Arithmetic<T>, { inputs, model, m }: Instance): readonly (readonly T[])[] =>
  range(m).map((i) => embed(A, inputs, i * model.inputs, model.inputs));

const range = (n: number): number[] => Array.from({ length: n }, (_, k) => k);

const otherModel = (result: string, wanted: string, kind: string): OtherModelError =>
  new OtherModelError(`${result} is about ${wanted}, and the model of the instance is of type ${kind}`);

function requireAll({ trainableIndices, model }: Instance, result: string): void {
  if (trainableIndices.length === model.parameterCount) return;
  throw new OtherModelError(`${result} moves every parameter; leave out "trainable" in the instance`);
}

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
