import { inRange, matrix, rank, transpose } from '../../exact/linear-algebra.ts';
import type { Rational } from '../../kernel/rational.ts';
import type { Layer } from '../../models/model.ts';
import { checkAssumption1, settingFor } from '../../symbolic/assumption-1.ts';
import { checkSmoothness } from '../../symbolic/curvature/check.ts';
import { ancestors, dependsOn } from '../../symbolic/evaluate.ts';
import { argumentsOf } from '../../symbolic/graph.ts';
import { type Refutation, replayRefutation } from '../../symbolic/refutation.ts';
import type { CheckContext } from '../check-context.ts';
import { convexTier } from '../local-minimum/force-strategies.ts';
import { distinctTargets } from '../strategies/assumption-1.ts';
import { imageSubspace, orthogonalToForces } from '../structure/image-subspace.ts';
import { linearStructure } from '../structure/linear-units.ts';
import { exactLayers, preActivations } from '../structure/network-values.ts';
import { type Checker, demand, index, list, onlyEntries, rational, rationals, record } from './claim.ts';

/** Kinds of evidence about the loss, the shape of the model, and spaces that hold its image. */

const curvature: Checker = ({ context, data }) => {
  onlyEntries(data, 'kind', 'proofs');
  for (const entry of list(data.proofs)) {
    const proof = record(entry);
    onlyEntries(proof, 'target', 'convex', 'differentiable');
    for (const steps of [proof.convex, proof.differentiable]) stepsOnly(steps);
  }
  return checkAssumption1(context.instance.loss, distinctTargets(context), data).accepted;
};

/** Every step of the derivation that ℓ(·, y) is differentiable, for all targets of the loss. Throws Refused. */
export function derivation(context: CheckContext, steps: unknown): boolean {
  stepsOnly(steps);
  return checkSmoothness(settingFor(context.instance.loss, null), steps).accepted;
}

/** Steps of a derivation have no entries that the checker of derivations does not read. */
function stepsOnly(steps: unknown): void {
  for (const entry of list(steps)) {
    const step = record(entry);
    onlyEntries(step, 'node', 'claim', 'rule', 'premises');
    const premises = list(step.premises);
    demand(new Set(premises).size === premises.length, 'a premise is cited twice');
    if (typeof step.claim === 'string') continue;
    const claim = record(step.claim);
    onlyEntries(claim, 'range');
    onlyEntries(record(claim.range), 'lower', 'upper');
  }
}

/** A point, for one of the targets of the data, at which ℓ(·, y) is not convex, not differentiable, or not defined. */
const refutation: Checker = ({ context, data, obligation }) => {
  onlyEntries(data, 'refutation', 'figures');
  const said = record(data.refutation);
  const { loss, model } = context.instance;
  const dy = model.outputs;
  const y = rationals(said.y, dy).join();
  demand(
    distinctTargets(context).some((row) => row.join() === y),
    'no sample has this target',
  );
  let checked: Refutation;
  const texts = (key: string): readonly string[] => rationals(said[key], dy).map(String);
  if (said.kind === 'not convex') {
    onlyEntries(said, 'kind', 'y', 'a', 'b', 't');
    demand(obligation.id === 'assumption-1', 'convexity is not what is refuted');
    checked = { kind: said.kind, y: texts('y'), a: texts('a'), b: texts('b'), t: `${rational(said.t)}` };
  } else if (said.kind === 'not differentiable') {
    onlyEntries(said, 'kind', 'y', 'point', 'direction');
    checked = { kind: said.kind, y: texts('y'), point: texts('point'), direction: texts('direction') };
  } else {
    onlyEntries(said, 'kind', 'y', 'point', 'node');
    demand(said.kind === 'not defined', 'no kind of refutation');
    checked = {
      kind: said.kind,
      y: texts('y'),
      point: texts('point'),
      node: index(said.node, loss.graph.nodes.length),
    };
  }
  const figures = replayRefutation(loss.graph, checked)?.figures;
  if (!figures) return false;
  const shown = record(data.figures);
  onlyEntries(shown, ...Object.keys(figures));
  return Object.entries(figures).every(([name, figure]) => shown[name] === figure);
};

const SMOOTH = new Set([
  'constant',
  'variable',
  'sum',
  'dot',
  'product',
  'power',
  'exp',
  'sin',
  'cos',
  'tanh',
  'sigmoid',
  'softplus',
  'logsumexp',
]);
const POLYNOMIAL = new Set(['constant', 'variable', 'sum', 'dot', 'product', 'power']);

/** Every operation of f on an expression in θ is analytic on all of R; those that are no polynomials are the ones named. */
const smooth: Checker = ({ context, data }) => {
  onlyEntries(data, 'kind', 'operations');
  const { graph } = context.problem;
  const varies = dependsOn(graph, 'theta');
  const used = ancestors(graph, graph.outputs);
  const found = new Set<string>();
  for (const [id, node] of graph.nodes.entries()) {
    if (!used[id] || !varies[id]) continue;
    const allowed = node.op === 'quotient' ? !varies[argumentsOf(node)[1]!] : SMOOTH.has(node.op);
    if (!allowed) return false;
    if (node.op !== 'quotient' && !POLYNOMIAL.has(node.op)) found.add(node.op);
  }
  const said = list(data.operations);
  return said.length === found.size && [...found].sort().every((op, k) => said[k] === op);
};

/** For convex losses: the forces are orthogonal to the vectors said, and these span a space that holds the image of f_X near θ. */
const imageSpace: Checker = async ({ context, data }) => {
  onlyEntries(data, 'kind', 'samples');
  if ((await convexTier(context)) === undefined) return false;
  const { m } = context.instance;
  const samples = list(data.samples).map((vector) => rationals(vector, m));
  const image = imageSubspace(context);
  if (!image || !orthogonalToForces(context, samples)) return false;
  if (samples.length === 0) return image.samples.length === 0;
  const space = transpose(matrix(samples.length, m, samples.flat()));
  demand(rank(space).rank === samples.length, 'the vectors are not independent');
  return image.samples.every((vector) => inRange(space, vector).inRange);
};

/** A unit that equals its pre-activation on a ball around θ. */
const isLinear = (layer: Layer, k: number, z: readonly (readonly Rational[])[]): boolean => {
  const { name } = layer.activations[k]!;
  return (
    name === 'identity' ||
    (['relu', 'leaky-relu', 'abs'].includes(name) && z.every((row) => row[k]!.sign > 0))
  );
};

/** Conditions 1 to 3 of section 4.2.3 for the sets J^(t+1), …, J^(H) said. */
const locallyLinear: Checker = ({ context, data, result }) => {
  onlyEntries(data, 'kind', 'sets');
  const { instance } = context;
  const { network, outputs: dy } = instance.model;
  demand(network !== undefined && network.skips.size === 0, 'the model is no feedforward network (4.3)');
  const { layers } = network;
  const H = layers.length - 1;
  const t = index(result.t, H + 1);
  const values = exactLayers(context);
  const sets = list(data.sets).map(record);
  if (sets.length !== H - t) return false;
  const units = sets.map((set, k) => {
    onlyEntries(set, 'layer', 'units');
    demand(set.layer === t + 1 + k, 'the layers are not t + 1, …, H');
    return list(set.units).map((unit) => index(unit, layers[t + k]!.units));
  });
  return units.every((own, k) => {
    const layer = layers[t + k]!;
    const z = preActivations(context, layer, values[t + k]!);
    const next = layers[t + k + 1]!;
    const above = units[k + 1];
    const stays = (unit: number): boolean =>
      above === undefined ||
      Array.from({ length: next.units }, (_, i) => i).every(
        (i) =>
          above.includes(i) ||
          instance.parameters.rational(next.weight.offset + i * next.inputs + unit).isZero,
      );
    return (
      own.length >= dy &&
      new Set(own).size === own.length &&
      own.every((unit) => isLinear(layer, unit, z) && stays(unit))
    );
  });
};

/** The largest J^(l) are those said, and too few. */
const fewUnits: Checker = ({ context, data, result }) => {
  onlyEntries(data, 'layer', 'units');
  const found = linearStructure(context, result.t ?? 0);
  if (found.kind !== 'fails') return false;
  const units = list(data.units);
  return (
    found.layer === data.layer &&
    found.units.length === units.length &&
    found.units.every((unit, k) => unit === units[k])
  );
};

/** dy > min{dx, dz}, or a block of (W, R) is held fixed. */
const dimensions: Checker = ({ context, data }) => {
  const { residual, outputs, inputs } = context.instance.model;
  demand(residual !== undefined, 'the model is no residual network');
  if ('fixed' in data) {
    onlyEntries(data, 'fixed');
    const free = new Set(context.instance.trainable.map(({ offset }) => offset));
    const fixed = [residual.W, residual.R].filter(({ offset }) => !free.has(offset)).map(({ name }) => name);
    const said = list(data.fixed);
    return fixed.length > 0 && fixed.length === said.length && fixed.every((name, k) => name === said[k]);
  }
  onlyEntries(data, 'dy', 'dx', 'dz');
  const dz = residual.R.shape[1]!;
  return data.dy === outputs && data.dx === inputs && data.dz === dz && outputs > Math.min(inputs, dz);
};

export const structureCheckers: Readonly<Record<string, Checker>> = {
  curvature,
  refutation,
  smooth,
  'image-subspace': imageSpace,
  'locally-linear': locallyLinear,
  'few-units': fewUnits,
  dimensions,
};
