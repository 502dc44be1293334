/** PA4, on a network: σ^(l)(z) = z for every hidden layer l and every z. */
import { intervalArithmetic } from '../certified/interval.ts';
import type { Layer } from '../models/model.ts';
import { evaluate } from '../symbolic/evaluate.ts';
import type { CheckContext } from './check-context.ts';
import type { Known } from './evidence.ts';
import { activationGraph, isBuildable } from './model-parts.ts';

/** Where an activation is asked whether it is the identity; a kink at 0 shows on one side of it. */
const TRIED = [-1, 1, 2];

export function linearActivations({ instance, problem }: CheckContext): Known {
  const { network } = instance.model;
  if (!network) return { truth: 'undecided', tier: 'exact', detail: 'the model is no network' };
  const hidden = network.layers.slice(0, -1);
  const isLinear = ({ activations }: Layer): boolean => activations.every(({ name }) => name === 'identity');
  const open = hidden.filter((layer) => !isLinear(layer));
  if (open.length === 0) {
    const detail = 'the hidden units of the model are linear';
    return { truth: true, tier: 'symbolic', detail };
  }
  for (const layer of open) {
    problem.deadline.check();
    const found = moved(layer);
    if (!found) continue;
    const detail = `${found.name} is not linear: it takes ${`${found.z}`.replace('-', '−')} to another number (layer ${hidden.indexOf(layer) + 1}, unit ${found.unit})`;
    return { truth: false, tier: 'certified', detail };
  }
  const names = [...new Set(open.flatMap(({ activations }) => activations.map(({ name }) => name)))];
  const detail = `not decided for ${names.join(', ')}`;
  return { truth: 'undecided', tier: 'exact', detail };
}

/** A unit of a layer that certainly does not keep a number. */
function moved(
  layer: Layer,
): { readonly name: string; readonly unit: number; readonly z: number } | undefined {
  const { activations } = layer;
  if (!activations.every(isBuildable)) return undefined;
  const graph = activationGraph(layer);
  const A = intervalArithmetic;
  for (const z of TRIED) {
    const point = A.float(z);
    const evaluation = evaluate(graph, A, { z: activations.map(() => point) });
    for (const [k, output] of graph.outputs.entries()) {
      const sign = A.sign(A.sub(evaluation.value(output), point));
      if (sign === 1 || sign === -1) return { name: activations[k]!.name, unit: k + 1, z };
    }
  }
  return undefined;
}
