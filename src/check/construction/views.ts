import { identity, type Matrix, product } from '../../exact/linear-algebra.ts';
import type { Instance } from '../../instance/instance.ts';
import type { Rational } from '../../kernel/rational.ts';
import type { Deadline } from '../deadline.ts';
import { feedforwardOf } from '../model-parts.ts';
import { blockMatrix, indices, pick } from './matrices.ts';
import { layerFeatures, residualFeatures } from './on-samples.ts';
import { demand } from './parse.ts';
import type { UnitSet } from './types.ts';
import type { Stage, View } from './verify-set.ts';

/** What the checker makes of an instance by itself: the matrices with their names, and a view from each block of features. */
export interface Views {
  readonly matrices: readonly { readonly name: string; readonly matrix: Matrix }[];
  readonly features: readonly { readonly name: string; readonly view: View }[];
}

/** f = W(x + Rz). Throws a Fault unless W and R are parameters. */
export function residualViews(instance: Instance, epsilon: Rational, deadline: Deadline): Views {
  const { residual, outputs: dy, inputs: dx } = instance.model;
  demand(residual !== undefined, 'the model is no residual network');
  const { W, R } = residual;
  demand(
    [W, R].every(({ offset }) => instance.trainable.some((block) => block.offset === offset)),
    'W or R is held fixed',
  );
  const matrixW = blockMatrix(instance, W);
  const dz = R.shape[1]!;
  const top: Stage = {
    block: W,
    layer: 2,
    rows: indices(dy),
    cols: indices(dx),
    matrix: matrixW,
    above: identity(dy),
    product: 'I',
  };
  const below: Stage = {
    block: R,
    layer: 1,
    rows: indices(dx),
    cols: indices(dz),
    matrix: blockMatrix(instance, R),
    above: matrixW,
    product: 'W',
  };
  const { inner, branch } = residualFeatures(instance);
  const common = { instance, epsilon, linear: [], deadline };
  return {
    matrices: [{ name: 'W', matrix: matrixW }],
    features: [
      { name: 'x + Rz', view: { ...common, features: inner, columns: dx, stages: [top] } },
      { name: 'z', view: { ...common, features: branch, columns: dz, stages: [below, top] } },
    ],
  };
}

/** (4.3) from layer t on, with given sets J^(l), l = t+1, …, H. Throws a Fault unless θ ∈ Θ_{dy,t} by them (condition 2 apart). */
export function networkViews(
  instance: Instance,
  t: number,
  structure: readonly UnitSet[],
  epsilon: Rational,
  deadline: Deadline,
): Views {
  const { outputs: dy } = instance.model;
  const network = feedforwardOf(instance.model);
  demand(network !== undefined, 'the model is no feedforward network (4.3)');
  demand(instance.trainableIndices.length === instance.parameters.length, 'a weight is held fixed');
  const { layers } = network;
  const H = layers.length - 1;
  demand(Number.isInteger(t) && t >= 0 && t <= H, `t is not one of 0, …, ${H}`);
  demand(structure.length === H - t, `J has ${H - t} sets below the output`);
  const units = new Map<number, readonly number[]>([[H + 1, indices(dy)]]);
  structure.forEach(({ layer, units: chosen }, k) => {
    const width = layers[t + k]!.units;
    demand(layer === t + 1 + k, `J^(${t + 1 + k}) is missing`);
    demand(
      chosen.length >= dy &&
        chosen.every(
          (unit, i) =>
            Number.isInteger(unit) && unit < width && unit >= 0 && (i === 0 || unit > chosen[i - 1]!),
        ),
      `J^(${layer}) is no increasing list of at least dy units`,
    );
    units.set(layer, chosen);
  });
  const weights = new Map(indices(H + 1).map((k) => [k + 1, blockMatrix(instance, layers[k]!.weight)]));
  for (let l = t + 1; l <= H - 1; l++) {
    const next = weights.get(l + 1)!;
    const outside = indices(next.rows).filter((i) => !units.get(l + 1)!.includes(i));
    demand(
      pick(next, outside, units.get(l)!).entries.every((entry) => entry.isZero),
      `a unit of J^(${l}) feeds one outside J^(${l + 1})`,
    );
  }
  const blocks = new Map<number, Matrix>();
  const products = new Map<number, Matrix>([[H + 2, identity(dy)]]);
  const matrices = [{ name: `P_${H + 2}`, matrix: identity(dy) }];
  for (let k = H + 1; k >= t + 2; k--) {
    deadline.check();
    const A = pick(weights.get(k)!, units.get(k)!, units.get(k - 1)!);
    const P = product(products.get(k + 1)!, A);
    blocks.set(k, A);
    products.set(k, P);
    matrices.push({ name: `A^(${k})`, matrix: A }, { name: `P_${k}`, matrix: P });
  }
  const features = indices(H - t + 1).map((step) => {
    const l = t + step;
    const width = layers[l]!.inputs;
    const stages = indices(H + 1 - l).map((k): Stage => {
      const layer = l + 1 + k;
      const rows = units.get(layer)!;
      const cols = k === 0 ? indices(width) : units.get(layer - 1)!;
      return {
        block: layers[layer - 1]!.weight,
        layer,
        rows,
        cols,
        matrix: k === 0 ? pick(weights.get(layer)!, rows, cols) : blocks.get(layer)!,
        above: products.get(layer + 1)!,
        product: `P_${layer + 1}`,
      };
    });
    const view: View = {
      instance,
      epsilon,
      features: layerFeatures(instance, l),
      columns: width,
      stages,
      linear: structure,
      deadline,
    };
    return { name: `h^(${l})`, view };
  });
  return { matrices, features };
}
