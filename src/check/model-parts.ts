/** The parts of a residual network (4.1) and of a feedforward network (4.3), as functions in any arithmetic. */
import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import { range } from '../arithmetic/evaluation-value.ts';
import type { Meaning, PointFunction } from '../arithmetic/meaning.ts';
import type { Instance } from '../instance/instance.ts';
import type { LayerActivation } from '../models/activations.ts';
import type { Activation, Layer, Model } from '../models/model.ts';
import { type Graph, GraphBuilder } from '../symbolic/graph.ts';
import type { CheckContext } from './check-context.ts';
import { graphFunction } from './graph-function.ts';
import { embed } from './point.ts';

/** The statement is about another kind of model; the message names both. */
export class OtherModelError extends Error {
  override readonly name = 'OtherModelError';
}

/** dx, dz, du, x and z of f = W(x + R z(x; u)); θ is W, R, u, row by row. */
export function residualParts<T>(
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
  const x = rows(A, instance);
  const branchOf = functionOfPart(
    A,
    instance,
    range(parameterCount - u).map((k) => u + k),
  );
  return {
    dx,
    dz: R.shape[1]!,
    du: parameterCount - u,
    x,
    z: x.map((row) => branchOf(branch, row, () => problem.deadline.check())),
  };
}

/** Graphs as functions of the parameters with these numbers alone: the others have no part in them. */
export function functionOfPart<T>(A: Arithmetic<T>, { model }: Instance, part: readonly number[]) {
  return (graph: Graph, x: readonly T[], beat: () => void): PointFunction<T> => {
    const whole = graphFunction(A, graph, 'theta', { x }, beat);
    const at = (point: readonly T[]): readonly T[] => {
      const theta = range(model.parameterCount).map(() => A.zero);
      part.forEach((index, k) => {
        theta[index] = point[k]!;
      });
      return theta;
    };
    return {
      value: (point) => whole.value(at(point)),
      partial: (point, k) => whole.partial(at(point), part[k]!),
      differentiable: (point) => whole.differentiable(at(point)),
    };
  };
}

/** The network (4.3) that a model is: layers without biases or skips. */
export const feedforwardOf = ({ network }: Model): Model['network'] =>
  network && network.skips.size === 0 && network.layers.every(({ bias }) => bias === undefined)
    ? network
    : undefined;

/** t, r, d, x, σ and h of a network of linear maps and activations without biases, whose last layer is linear. */
export function feedforwardParts<T>(
  context: CheckContext,
  A: Arithmetic<T>,
  result: string,
): Record<string, Meaning<T>> {
  const { instance, problem } = context;
  const { hidden, kind, inputs: dx } = instance.model;
  const network = feedforwardOf(instance.model);
  if (!network || !hidden) throw otherModel(result, 'a network of layers without biases or skips', kind);
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
      if (l === 0) return constantFunction(A, x[i]!);
      if (l <= H) return graphFunction(A, layerGraphs[l - 1]!, 'theta', { x: x[i]! }, beat);
      return l === H + 1 ? graphFunction(A, instance.model.graph, 'theta', { x: x[i]! }, beat) : nowhere;
    },
  };
}

/** σ^(l) : ℝ^{d_l} → ℝ^{d_l} */
export function activationGraph({ activations }: Pick<Layer, 'activations'>): Graph {
  const b = new GraphBuilder({ z: activations.length });
  const built = activations.map((activation, k) => {
    if (!isBuildable(activation)) throw new RangeError(`the activation ${activation.name} has no graph`);
    return activation.build(b, b.variable('z', k));
  });
  return b.build(built);
}
export const isBuildable = (activation: Activation): activation is LayerActivation => 'build' in activation;

/** The same value everywhere. */
export const constantFunction = <T>(A: Arithmetic<T>, value: readonly T[]): PointFunction<T> => ({
  value: () => value,
  partial: () => value.map(() => A.zero),
  differentiable: () => true,
});

/** For an index that no layer has. */
export const nowhere: PointFunction<never> = {
  value: () => {
    throw new Inexpressible('there is no such layer');
  },
};

export const rows = <T>(A: Arithmetic<T>, { inputs, model, m }: Instance): readonly (readonly T[])[] =>
  range(m).map((i) => embed(A, inputs, i * model.inputs, model.inputs));

export const otherModel = (result: string, wanted: string, kind: string): OtherModelError =>
  new OtherModelError(`${result} is about ${wanted}, and the model of the instance is of type ${kind}`);

export function requireAll({ trainableIndices, model }: Instance, result: string): void {
  if (trainableIndices.length === model.parameterCount) return;
  throw new OtherModelError(`${result} moves every parameter; leave out "trainable" in the instance`);
}
