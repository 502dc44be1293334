import { dual } from '../../arithmetic/dual.ts';
import { type BallMatrix, ballsFromBounds, exactBalls, transpose } from '../../certified/ball-matrix.ts';
import { hadamard, product, productTransposed, sum } from '../../certified/ball-product.ts';
import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import type { Instance } from '../../instance/instance.ts';
import type { Tensor } from '../../instance/tensor.ts';
import type { LayerActivation } from '../../models/activations.ts';
import type { Activation, ParameterBlock } from '../../models/model.ts';
import type { DenseKernels } from '../../numeric/float64/kernels.ts';
import { evaluate } from '../../symbolic/evaluate.ts';
import { type Graph, GraphBuilder } from '../../symbolic/graph.ts';
import type { Deadline } from '../deadline.ts';

/** A feedforward network over a box of parameters: every matrix encloses what it stands for at each θ of the box. */
export interface BallNetwork {
  readonly instance: Instance;
  readonly kernels: DenseKernels;
  readonly deadline: Deadline;
  block(block: ParameterBlock): BallMatrix;
}

/** values[0] is X, values[l] is h^(l) (m × units); `arguments` are z^(l); f(X) with the skips. */
export interface BallPass {
  readonly network: BallNetwork;
  readonly arguments: readonly BallMatrix[];
  readonly values: readonly BallMatrix[];
  readonly outputs: BallMatrix;
  /** σ'(z^(l)) for l = 1 …; throws Inexpressible where a kink may be met */
  slopes(): readonly BallMatrix[];
}

/** `theta`: the trainable numbers. The others are those of the instance. */
export function ballNetwork(
  instance: Instance,
  theta: readonly Interval[],
  kernels: DenseKernels,
  deadline: Deadline,
): BallNetwork {
  const all = ballsOf(instance.parameters, 1, instance.parameters.length);
  const moved = ballsFromBounds(
    1,
    theta.length,
    theta.map(({ lo }) => lo),
    theta.map(({ hi }) => hi),
  );
  instance.trainableIndices.forEach((index, k) => {
    all.mid[index] = moved.mid[k]!;
    all.rad[index] = moved.rad[k]!;
  });
  return {
    instance,
    kernels,
    deadline,
    block: ({ offset, length, shape }) => ({
      rows: shape.length === 2 ? shape[0]! : 1,
      cols: shape.at(-1) ?? 1,
      mid: all.mid.slice(offset, offset + length),
      rad: all.rad.slice(offset, offset + length),
    }),
  };
}

/** The exact numbers of a tensor, each in a ball. */
export function ballsOf(tensor: Tensor, rows: number, cols: number): BallMatrix {
  const entries = Array.from({ length: rows * cols }, (_, k) =>
    intervalArithmetic.rational(tensor.rational(k)),
  );
  return ballsFromBounds(
    rows,
    cols,
    entries.map(({ lo }) => lo),
    entries.map(({ hi }) => hi),
  );
}

/** f and every layer at all samples at once. Throws Inexpressible and TimeLimit. */
export function ballForward(network: BallNetwork): BallPass {
  const { instance, kernels, deadline } = network;
  const { layers, skips } = instance.model.network!;
  const values = [ballsOf(instance.inputs, instance.m, instance.model.inputs)];
  const found: BallMatrix[] = [];
  for (const layer of layers) {
    deadline.check();
    const linear = productTransposed(kernels, values.at(-1)!, network.block(layer.weight));
    const z = layer.bias ? sum(linear, network.block(layer.bias)) : linear;
    found.push(z);
    values.push(
      throughActivations(layer.activations, z, deadline, (graph, argument) =>
        evaluate(graph, intervalArithmetic, { z: [argument] }).value(graph.outputs[0]!),
      ),
    );
  }
  let outputs = values.at(-1)!;
  for (const [l, block] of skips) {
    outputs = sum(outputs, productTransposed(kernels, values[l]!, network.block(block)));
  }
  let slopes: readonly BallMatrix[] | undefined;
  return {
    network,
    arguments: found,
    values,
    outputs,
    slopes() {
      slopes ??= layers.map((layer, l) => throughActivations(layer.activations, found[l]!, deadline, slope));
      return slopes;
    },
  };
}

const DUAL = dual(intervalArithmetic);

/** σ' by one dual number; the rule of dual numbers at kinks refuses a sign that is not certain. */
const slope = (graph: Graph, argument: Interval): Interval =>
  evaluate(graph, DUAL, { z: [{ value: argument, tangent: intervalArithmetic.one }] }).value(
    graph.outputs[0]!,
  ).tangent;

function throughActivations(
  activations: readonly Activation[],
  z: BallMatrix,
  deadline: Deadline,
  compute: (graph: Graph, argument: Interval) => Interval,
): BallMatrix {
  const graphs = new Map<Activation, Graph>();
  const of = activations.map((activation) => {
    const graph = graphs.get(activation) ?? activationGraph(activation);
    graphs.set(activation, graph);
    return graph;
  });
  const lo = new Float64Array(z.mid.length);
  const hi = new Float64Array(z.mid.length);
  for (let i = 0; i < lo.length; i++) {
    if (i % z.cols === 0) deadline.check();
    const value = compute(of[i % z.cols]!, entry(z, i));
    lo[i] = value.lo;
    hi[i] = value.hi;
  }
  return ballsFromBounds(z.rows, z.cols, lo, hi);
}

function activationGraph(activation: Activation): Graph {
  const b = new GraphBuilder({ z: 1 });
  if (!isBuildable(activation)) throw new RangeError(`the activation ${activation.name} has no graph`);
  return b.build([activation.build(b, b.variable('z', 0))]);
}
const isBuildable = (activation: Activation): activation is LayerActivation => 'build' in activation;

/** Entry i as an interval. */
export function entry({ mid, rad }: BallMatrix, i: number): Interval {
  const centre = intervalArithmetic.float(mid[i]!);
  const radius = rad[i]!;
  return radius === 0 ? centre : intervalArithmetic.add(centre, { lo: -radius, hi: radius });
}

/** Adjoints of r functionals per sample, seeds (r·m × dy): one matrix (r·m × units) for each layer, in the order of layers. */
export function ballBackward(pass: BallPass, seeds: BallMatrix, perSample: number): BallMatrix[] {
  const { network } = pass;
  const { layers, skips } = network.instance.model.network!;
  const slopes = pass.slopes();
  const deltas: BallMatrix[] = new Array(layers.length);
  for (let l = layers.length; l >= 1; l--) {
    network.deadline.check();
    const above = layers[l];
    let delta = above ? product(network.kernels, deltas[l]!, network.block(above.weight)) : seeds;
    const skip = skips.get(l);
    if (skip) delta = sum(delta, product(network.kernels, seeds, network.block(skip)));
    deltas[l - 1] = hadamard(delta, repeated(slopes[l - 1]!, perSample));
  }
  return deltas;
}

function repeated(a: BallMatrix, times: number): BallMatrix {
  if (times === 1) return a;
  const rows = a.rows * times;
  const mid = new Float64Array(rows * a.cols);
  const rad = new Float64Array(rows * a.cols);
  for (let row = 0; row < rows; row++) {
    const from = Math.floor(row / times) * a.cols;
    mid.set(a.mid.subarray(from, from + a.cols), row * a.cols);
    rad.set(a.rad.subarray(from, from + a.cols), row * a.cols);
  }
  return { rows, cols: a.cols, mid, rad };
}

/** J row by row as left[r] ⊗ right[sample of r], block by block; a bias has no right. Frozen blocks are left out. */
export interface BallFactor {
  readonly block: ParameterBlock;
  readonly left: BallMatrix;
  readonly right: BallMatrix | undefined;
}

export function ballFactors(pass: BallPass, seeds: BallMatrix, perSample: number): readonly BallFactor[] {
  const { instance } = pass.network;
  const { layers, skips } = instance.model.network!;
  const deltas = ballBackward(pass, seeds, perSample);
  const factors: BallFactor[] = [];
  layers.forEach(({ weight, bias }, l) => {
    factors.push({ block: weight, left: deltas[l]!, right: pass.values[l]! });
    if (bias) factors.push({ block: bias, left: deltas[l]!, right: undefined });
  });
  for (const [l, block] of skips) factors.push({ block, left: seeds, right: pass.values[l]! });
  const trainable = new Set(instance.trainable.map(({ offset }) => offset));
  return factors.filter(({ block }) => trainable.has(block.offset));
}

/** JᵀG for forces G (m × dy), the trainable numbers in order: an enclosure of ∇L. */
export function ballGradient(pass: BallPass, force: BallMatrix): Interval[] {
  const { instance, kernels } = pass.network;
  const all = new Map<number, Interval>();
  for (const { block, left, right } of ballFactors(pass, force, 1)) {
    const ones = exactBalls(left.rows, 1, new Float64Array(left.rows).fill(1));
    const part = productTransposed(kernels, transpose(left), transpose(right ?? ones));
    for (let k = 0; k < part.mid.length; k++) all.set(block.offset + k, entry(part, k));
  }
  return Array.from(instance.trainableIndices, (index) => all.get(index) ?? intervalArithmetic.zero);
}
