import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import type { Rational } from '../../kernel/rational.ts';
import type { Layer } from '../../models/model.ts';
import { evaluate } from '../../symbolic/evaluate.ts';
import type { Graph } from '../../symbolic/graph.ts';
import type { CheckContext } from '../check-context.ts';
import { embed } from '../point.ts';

const A = rationalArithmetic;

/** The outputs of a graph over `x` and all parameters at the given θ, sample by sample: m rows. Throws Inexpressible. */
export function exactOutputs({ instance, deadline }: CheckContext, graph: Graph): Rational[][] {
  const theta = embed(A, instance.parameters);
  const dx = instance.model.inputs;
  return Array.from({ length: instance.m }, (_, i) => {
    deadline.check();
    const evaluation = evaluate(graph, A, { x: embed(A, instance.inputs, i * dx, dx), theta });
    return graph.outputs.map((output) => evaluation.value(output));
  });
}

/** h^(0) = x, h^(1), …, h^(H) of a feedforward network at the given θ, each m rows. Throws Inexpressible. */
export function exactLayers(context: CheckContext): Rational[][][] {
  const { instance } = context;
  const { network, hidden } = instance.model;
  if (!network || !hidden) throw new RangeError('exactLayers: the model has no layers');
  const dx = instance.model.inputs;
  const rows = exactOutputs(context, hidden);
  const layers = [Array.from({ length: instance.m }, (_, i) => embed(A, instance.inputs, i * dx, dx))];
  let from = 0;
  for (const { units } of network.layers.slice(0, -1)) {
    const start = from;
    layers.push(rows.map((row) => row.slice(start, start + units)));
    from += units;
  }
  return layers;
}

/** The pre-activation of every unit of a layer, m rows, from the values of the layer below. */
export function preActivations(
  { instance }: CheckContext,
  layer: Layer,
  below: readonly (readonly Rational[])[],
): Rational[][] {
  const { weight, bias, units, inputs } = layer;
  return below.map((h) =>
    Array.from({ length: units }, (_, k) => {
      let sum = bias ? instance.parameters.rational(bias.offset + k) : A.zero;
      for (let j = 0; j < inputs; j++) {
        const w = instance.parameters.rational(weight.offset + k * inputs + j);
        if (!w.isZero) sum = sum.add(w.mul(h[j]!));
      }
      return sum;
    }),
  );
}
