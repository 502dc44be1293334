import { matrix, nullSpace, rank } from '../../exact/linear-algebra.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { inputColumns } from '../structure/image-subspace.ts';
import { unitGroups } from '../structure/unit-patterns.ts';
import { incomingOf, mixings, outgoingOf } from './symmetry.ts';

/** Entries of the matrix of kernel fields beyond which its rank is not computed. */
const MOST_ENTRIES = 400_000;

type Field = ReadonlyMap<number, Rational>;

/**
 * A number k such that rank J(θ′) ≤ dθ − k for every θ′ in a ball around θ at which f is differentiable: the rank over Q of
 * vectors that are the values at θ of continuous fields n(θ′) with J(θ′)·n(θ′) = 0. The fields are the mixings of units with
 * equal slopes and the scalings of homogeneous units, the weights of dead units, the combinations of inputs that vanish at
 * every sample, and the combinations a of equal-sloped units that the weights above them do not see (W a = 0) when these
 * have full row rank, which stays so near θ. Exact; 0 where nothing is known.
 */
export function kernelDimension(context: CheckContext): number {
  return expressed(() => compute(context)) ?? 0;
}

/**
 * Why rank J(θ′) = rank J(θ) = `tangent` for all θ′ near θ, if f is differentiable there: the rank cannot fall near θ, and
 * J(θ′) has no larger one, by its shape, by the dimension `image` of a linear space that holds f_X near θ, or by
 * `kernelDimension`. By the constant rank theorem range J is then the same at all points of the fibre near θ, so
 * Ẽ_ε = range J(θ) for every small ε. Undefined where this is not shown.
 */
export function constantRank(
  context: CheckContext,
  tangent: number,
  image: number | undefined,
): string | undefined {
  const { m, model, trainableIndices } = context.instance;
  const n = trainableIndices.length;
  if (tangent === n) return 'J(θ) has full column rank';
  if (tangent === m * model.outputs) return 'J(θ) has full row rank';
  if (tangent === image) return 'range J(θ) is the whole space that holds f_X near θ';
  const kernel = kernelDimension(context);
  return kernel > 0 && tangent === n - kernel
    ? `symmetries and weights without effect account for all ${kernel} dimensions of the null space of J(θ)`
    : undefined;
}

function compute(context: CheckContext): number {
  const { instance } = context;
  if (!instance.model.network) return 0;
  const position = new Map(Array.from(instance.trainableIndices, (index, k) => [index, k] as const));
  const n = position.size;
  const rows: Rational[][] = [];
  for (const field of fields(context)) {
    if ((rows.length + 1) * n > MOST_ENTRIES) break;
    const row = new Array<Rational>(n).fill(Rational.zero);
    let available = true;
    for (const [index, value] of field) {
      if (value.isZero) continue;
      const k = position.get(index);
      if (k === undefined) available = false;
      else row[k] = row[k]!.add(value);
    }
    if (available && row.some((entry) => !entry.isZero)) rows.push(row);
  }
  return rows.length === 0 ? 0 : rank(matrix(rows.length, n, rows.flat())).rank;
}

function* fields(context: CheckContext): Generator<Field> {
  const { instance } = context;
  const { layers, skips } = instance.model.network!;
  const value = (index: number): Rational => instance.parameters.rational(index);
  const add = (field: Map<number, Rational>, index: number, entry: Rational) =>
    field.set(index, (field.get(index) ?? Rational.zero).add(entry));

  for (const { incoming, outgoing } of mixings(context)) {
    const field = new Map<number, Rational>();
    for (const [to, from] of incoming) add(field, to, value(from));
    for (const [to, from] of outgoing) add(field, from, value(to).neg());
    yield field;
  }

  const groups = unitGroups(context)!;
  for (const [l, layer] of layers.slice(0, -1).entries()) {
    const next = layers[l + 1]!;
    const skip = skips.get(l + 1);
    // σ(cz) = c^k σ(z): Euler's identity wherever f is differentiable
    for (const [unit, { degree }] of layer.activations.entries()) {
      if (degree === undefined) continue;
      const field = new Map<number, Rational>();
      for (const index of incomingOf(layer, unit)) add(field, index, value(index));
      for (const index of outgoingOf(next, skip, unit))
        add(field, index, value(index).mul(Rational.integer(-degree)));
      yield field;
    }
    for (const { units, dead } of groups[l]!) {
      if (dead) {
        for (const unit of units)
          for (const index of [...incomingOf(layer, unit), ...outgoingOf(next, skip, unit)])
            yield new Map([[index, Rational.one]]);
        continue;
      }
      const above = units.map((unit) => outgoingOf(next, skip, unit).map(value));
      const height = above[0]!.length;
      const { rank: seen, vectors } = nullSpace(
        matrix(
          height,
          units.length,
          Array.from({ length: height }, (_, i) => above.map((c) => c[i]!)).flat(),
        ),
      );
      if (seen < height) continue;
      for (const a of vectors) {
        for (let c = 0; c < incomingOf(layer, 0).length; c++)
          yield new Map(units.map((unit, k) => [incomingOf(layer, unit)[c]!, a[k]!]));
      }
    }
  }

  const first = layers[0]!;
  const columns = inputColumns(context);
  if (first.bias) columns.push(new Array<Rational>(instance.m).fill(Rational.one));
  const { vectors } = nullSpace(
    matrix(
      instance.m,
      columns.length,
      Array.from({ length: instance.m }, (_, i) => columns.map((column) => column[i]!)).flat(),
    ),
  );
  for (const N of vectors) {
    for (let unit = 0; unit < first.units; unit++)
      yield new Map(incomingOf(first, unit).map((index, c) => [index, N[c]!]));
  }
}
