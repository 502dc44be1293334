/** The parts of the models of Examples 1 to 3 (section 3.2.2), as functions in any arithmetic. */
import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import { range } from '../arithmetic/evaluation-value.ts';
import type { Meaning, PointFunction } from '../arithmetic/meaning.ts';
import type { Instance } from '../instance/instance.ts';
import type { ParameterBlock } from '../models/model.ts';
import type { Graph } from '../symbolic/graph.ts';
import type { CheckContext } from './check-context.ts';
import { graphFunction, scalarFunction } from './graph-function.ts';
import {
  activationGraph,
  constantFunction,
  functionOfPart,
  nowhere,
  OtherModelError,
  otherModel,
  requireAll,
  rows,
} from './model-parts.ts';

/** Numbers of Φ that are computed at once, to be shown; of more, those that are asked for. */
const SHOWN_FEATURES = 4000;

/**
 * Φ of Example 1. If f_i(θ) = Φ_i θ for any Φ_i then Φ_i is the derivative of f_i at 0, so a point that refutes the equation
 * for this one refutes it for all.
 */
export function basisFeatures<T>(
  { instance }: CheckContext,
  A: Arithmetic<T>,
  f: readonly PointFunction<T>[],
): Meaning<T> {
  const dθ = instance.trainableIndices.length;
  const dy = instance.model.outputs;
  const zero = range(dθ).map(() => A.zero);
  const features = (i: number): readonly (readonly T[])[] => {
    const columns = range(dθ).map((k) => f[i]!.partial!(zero, k) as readonly T[] | undefined);
    return range(dy).map((c) =>
      columns.map((column) => {
        if (column === undefined) throw new Inexpressible('f_i is not known to be differentiable at 0');
        return column[c]!;
      }),
    );
  };
  if (instance.m * dy * dθ <= SHOWN_FEATURES) {
    try {
      return range(instance.m).map(features);
    } catch (error) {
      if (!(error instanceof Inexpressible)) throw error;
    }
  }
  const known = new Map<number, readonly (readonly T[])[]>();
  return (i: number) => {
    const row = known.get(i) ?? features(i);
    known.set(i, row);
    return row;
  };
}

/** A vector of a statement, by the numbers of the parameters of the model that it consists of. */
export type Arrangement = Readonly<Record<string, readonly number[]>>;

/**
 * How the vectors of the statements of Examples 2 and 3 are taken from the parameters of a model; undefined when it is of
 * another kind, or the statement speaks of θ in the order of the instance.
 */
export function arrangementOf(instance: Instance, names: ReadonlySet<string>): Arrangement | undefined {
  if (names.has('t') || names.has('z') || !names.has('h')) return undefined;
  if (names.has('σ')) {
    const parts = overparameterized(instance);
    return parts && { θ: parts.W, u: parts.u };
  }
  const parts = names.has('q') ? skipping(instance) : undefined;
  return parts && { θ: [...parts.sources.flatMap(({ block }) => indices(block)), ...parts.u] };
}

const indices = ({ offset, length }: ParameterBlock): number[] => range(length).map((k) => offset + k);

/** W and u of Example 2: rectified units, all hidden layers of one width, biases in the first only. */
function overparameterized({ model }: Instance) {
  const { network, hidden } = model;
  if (!network || !hidden || network.skips.size > 0) return undefined;
  const layers = network.layers.slice(0, -1);
  const last = network.layers.at(-1)!;
  const [first] = layers;
  if (!first?.bias || last.bias) return undefined;
  const { bias } = first;
  const alike = layers.every(
    ({ units, activations, bias: own }, l) =>
      units === first.units &&
      activations.every(({ name }) => name === 'relu') &&
      (l === 0) === (own !== undefined),
  );
  if (!alike) return undefined;
  // U_0 = [W1, b1], row by row
  const start = range(first.units).flatMap((a) => [
    ...range(first.inputs).map((b) => first.weight.offset + a * first.inputs + b),
    bias.offset + a,
  ]);
  const u = [...start, ...layers.slice(1).flatMap(({ weight }) => indices(weight))];
  return { first, layers, hidden, u, W: indices(last.weight) };
}

/** dx, n, r, x, σ and h of Example 2. */
export function overparameterizedParts<T>(
  { instance, problem }: CheckContext,
  A: Arithmetic<T>,
  result: string,
): Record<string, Meaning<T>> {
  const parts = overparameterized(instance);
  if (!parts) {
    const layers = 'hidden layers of rectifiers, all of one width, with a bias in the first layer alone';
    throw new OtherModelError(
      `${result} is about ${layers}, which the ${instance.model.kind} here does not have`,
    );
  }
  const { first, layers, hidden, u } = parts;
  const n = first.units;
  const rectifier = activationGraph({ activations: first.activations.slice(0, 1) });
  const beat = (): void => problem.deadline.check();
  const x = rows(A, instance);
  const of = functionOfPart(A, instance, u);
  const layer = (l: number): Graph => ({ ...hidden, outputs: hidden.outputs.slice(l * n, (l + 1) * n) });
  return {
    dx: instance.model.inputs,
    n,
    r: layers.length - 1,
    x,
    σ: scalarFunction(graphFunction(A, rectifier, 'z', {}, beat)),
    h: (l: number) => (i: number) => (l < layers.length ? of(layer(l), x[i]!, beat) : nowhere),
  };
}

/** What feeds the linear output of Example 3: blocks of weights, each with the layer that it reads (-1: the constant 1). */
function skipping(instance: Instance) {
  const { network, hidden, parameterCount } = instance.model;
  if (!network || !hidden) return undefined;
  const { layers, skips } = network;
  const H = layers.length - 1;
  const last = layers[H]!;
  if (last.activations.some(({ name }) => name !== 'identity')) return undefined;
  const widths = [instance.model.inputs, ...layers.map(({ units }) => units)];
  const sources = [
    ...[...skips].map(([layer, block]) => ({ layer, block, width: widths[layer]! })),
    { layer: H, block: last.weight, width: widths[H]! },
    ...(last.bias ? [{ layer: -1, block: last.bias, width: 1 }] : []),
  ];
  const linear = new Set(sources.flatMap(({ block }) => indices(block)));
  const u = range(parameterCount).filter((index) => !linear.has(index));
  return { sources, widths, hidden, u };
}

/** du, q, d, h and θ = vec([W_1, …, W_q, u]) of Example 3; a bias of the output reads a layer whose value is 1. */
export function skipParts<T>(
  { instance, problem }: CheckContext,
  A: Arithmetic<T>,
  result: string,
  { θ }: Readonly<Record<string, Meaning<T>>>,
): Record<string, Meaning<T>> {
  const parts = skipping(instance);
  if (!parts)
    throw otherModel(result, 'a network with a linear output, with or without skips', instance.model.kind);
  requireAll(instance, result);
  const { sources, widths, hidden, u } = parts;
  const x = rows(A, instance);
  const beat = (): void => problem.deadline.check();
  const of = functionOfPart(A, instance, u);
  const layer = (l: number): Graph => {
    const from = widths.slice(1, l).reduce((sum, width) => sum + width, 0);
    return { ...hidden, outputs: hidden.outputs.slice(from, from + widths[l]!) };
  };
  const feature =
    (l: number) =>
    (i: number): PointFunction<T> => {
      if (l === -1) return constantFunction(A, [A.one]);
      return l === 0 ? constantFunction(A, x[i]!) : of(layer(l), x[i]!, beat);
    };
  const order = arrangementOf(instance, new Set(['h', 'q']))!.θ!;
  return {
    du: u.length,
    q: sources.length,
    d: sources.map(({ width }) => width),
    h: sources.map((source) => range(instance.m).map(feature(source.layer))),
    ...(θ === undefined ? {} : { θ: order.map((index) => (θ as readonly T[])[index]!) }),
  };
}
