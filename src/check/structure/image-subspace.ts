import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import { matrix, rank } from '../../exact/linear-algebra.ts';
import { Rational } from '../../kernel/rational.ts';
import type { Layer } from '../../models/model.ts';
import type { CheckContext } from '../check-context.ts';
import { exactLayers, exactOutputs, preActivations } from './network-values.ts';

/**
 * A linear space of R^(m·dy) that holds f_X(θ') for every θ' in a ball around θ, as a direct sum of the same space
 * `samples` ⊆ R^m in each output. It then holds every partial derivative of f_X there too, so Ẽ_ε lies in it for small ε.
 */
export interface ImageSubspace {
  /** independent vectors of R^m */
  readonly samples: readonly (readonly Rational[])[];
  /** why f_X(θ') lies in it */
  readonly reason: string;
  /** true when it holds f_X(θ') for every θ' whatever, not only near θ */
  readonly everywhere: boolean;
}

const MOST_SAMPLES = 400;
const MOST_VECTORS = 4_000;

/**
 * For a network whose units are linear on a ball around θ with fixed slopes (identity; relu, leaky-relu and abs whose
 * pre-activations are not 0): layer by layer, a unit's values lie in D·U, U the space of its pre-activations and D the
 * slopes of the samples. For a residual network whose branch has no trainable parameter: the space of x and z(x).
 * Undefined where neither applies. Throws Inexpressible.
 */
export function imageSubspace(context: CheckContext): ImageSubspace | undefined {
  const { instance } = context;
  if (!context.exact || instance.m > MOST_SAMPLES) return undefined;
  if (instance.model.residual) return residualSubspace(context);
  if (instance.model.network) return networkSubspace(context);
  return undefined;
}

function residualSubspace(context: CheckContext): ImageSubspace | undefined {
  const { instance } = context;
  const { W, R, branch } = instance.model.residual!;
  const own = new Set([W.offset, R.offset]);
  if (instance.trainable.some(({ offset }) => !own.has(offset))) return undefined;
  const z = exactOutputs(context, branch());
  return {
    samples: independent([...inputColumns(context), ...columns(z)]),
    reason: 'f = W(x + Rz) with a fixed branch z: every f(x; θ′) is a linear function of (x, z(x))',
    everywhere: true,
  };
}

function networkSubspace(context: CheckContext): ImageSubspace | undefined {
  const { layers, skips } = context.instance.model.network!;
  const values = exactLayers(context);
  const ones = new Array<Rational>(context.instance.m).fill(Rational.one);
  let below = independent(columns(values[0]!));
  const outputs: (readonly Rational[])[] = [];
  let piecewise = false;
  for (const [l, layer] of layers.entries()) {
    const inner = layer.bias ? independent([...below, ones]) : below;
    if (l === layers.length - 1) {
      outputs.push(...inner);
      break;
    }
    const slopes = unitSlopes(context, layer, values[l]!);
    if (!slopes) return undefined;
    const next: Rational[][] = [];
    for (const slope of slopes) {
      if (slope.some((entry) => !entry.equals(Rational.one))) piecewise = true;
      for (const u of inner) next.push(u.map((entry, i) => entry.mul(slope[i]!)));
    }
    if (next.length > MOST_VECTORS) return undefined;
    below = independent(next);
    if (skips.has(l + 1)) outputs.push(...below);
  }
  return {
    samples: independent(outputs),
    reason: piecewise
      ? 'near θ every unit keeps its active samples, so f is linear in the inputs of each pattern'
      : 'every layer is linear, so f(x; θ′) is a linear function of x',
    everywhere: !layers.some((layer) => layer.activations.some(({ name }) => name !== 'identity')),
  };
}

/** For each unit the slope of its activation at every sample, constant near θ; undefined when there is no such slope. */
function unitSlopes(
  context: CheckContext,
  layer: Layer,
  below: readonly (readonly Rational[])[],
): Rational[][] | undefined {
  const z = preActivations(context, layer, below);
  const slopes: Rational[][] = [];
  for (const [k, { name }] of layer.activations.entries()) {
    const signs = z.map((row) => row[k]!.sign);
    const one = signs.map(() => Rational.one);
    if (name === 'identity') {
      slopes.push(one);
      continue;
    }
    if (signs.some((sign) => sign === 0)) return undefined;
    const positive = signs.map((sign) => (sign > 0 ? Rational.one : Rational.zero));
    if (name === 'relu') slopes.push(positive);
    // σ(z) = slope·z + (1 − slope)·relu(z): both parts, whatever the slope
    else if (name === 'leaky-relu') slopes.push(positive, one);
    else if (name === 'abs') slopes.push(signs.map((sign) => Rational.integer(sign)));
    else return undefined;
  }
  return slopes;
}

/** The inputs x as columns of R^m. */
export const inputColumns = ({ instance }: CheckContext): Rational[][] => {
  const dx = instance.model.inputs;
  return Array.from({ length: dx }, (_, j) =>
    Array.from({ length: instance.m }, (_, i) => instance.inputs.rational(i * dx + j)),
  );
};

/** Columns of m rows. */
export const columns = (rows: readonly (readonly Rational[])[]): Rational[][] =>
  Array.from({ length: rows[0]?.length ?? 0 }, (_, j) => rows.map((row) => row[j]!));

/** A basis of the span of vectors of R^m, chosen among them, by exact rank. */
export function independent(vectors: readonly (readonly Rational[])[]): (readonly Rational[])[] {
  const kept = vectors.filter((vector) => vector.some((entry) => !entry.isZero));
  if (kept.length === 0) return [];
  const m = kept[0]!.length;
  const entries = Array.from({ length: m }, (_, i) => kept.map((vector) => vector[i]!)).flat();
  const { lower } = rank(matrix(m, kept.length, entries));
  return lower.pivotCols.map((j) => kept[j]!);
}

/** G ⊥ the subspace: Σ_i G_ij u_i = 0 for every u in it and every output j. */
export function orthogonalToForces(
  context: CheckContext,
  samples: readonly (readonly Rational[])[],
): boolean {
  if (!context.exact) throw new Inexpressible('the instance is too large for exact arithmetic');
  const { force } = context.exact.summary();
  const dy = context.instance.model.outputs;
  return samples.every((u) =>
    Array.from({ length: dy }, (_, j) => j).every(
      (j) => u.reduce((sum, entry, i) => sum.add(entry.mul(force[i]![j]!)), Rational.zero).isZero,
    ),
  );
}
