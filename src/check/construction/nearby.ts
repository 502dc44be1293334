import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import { Rational } from '../../kernel/rational.ts';
import type { ParameterBlock } from '../../models/model.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { indices } from './matrices.ts';
import type { ConstructedSet, UnitSet } from './types.ts';

type IntervalMatrix = readonly (readonly Interval[])[];

/**
 * Where the report speaks of a θ* known by a box around θ: the features whose set needs only S = {0}, for which P(θ*) has
 * full row rank as well, since ‖P·X − I‖_∞ < 1 for every P of the box with the right inverse X at θ. Undefined when the
 * report speaks of θ itself. Nothing is said of the sets of null vectors: a rank that is not full cannot be shown on a box.
 */
export function fullRankNearby(
  context: CheckContext,
  structure: readonly UnitSet[] | undefined,
  sets: readonly Pick<ConstructedSet, 'feature' | 'kind' | 'product' | 'rightInverse'>[],
): string[] | undefined {
  const place = context.place();
  if (place.kind !== 'enclosed') return undefined;
  const { instance } = context;
  const position = new Map(Array.from(instance.trainableIndices, (index, k) => [index, k] as const));
  const entry = (k: number): Interval => {
    const at = position.get(k);
    return at === undefined
      ? intervalArithmetic.rational(instance.parameters.rational(k))
      : place.point.theta[at]!;
  };
  const box = ({ offset, shape }: ParameterBlock, rows: readonly number[], cols: readonly number[]) =>
    rows.map((i) => cols.map((j) => entry(offset + i * shape[1]! + j)));
  const products = new Map<string, IntervalMatrix>();
  const unit = (n: number): IntervalMatrix =>
    indices(n).map((i) =>
      indices(n).map((j) => (i === j ? intervalArithmetic.one : intervalArithmetic.zero)),
    );
  const { residual, network, outputs: dy, inputs: dx } = instance.model;
  if (residual) {
    products.set('I', unit(dy));
    products.set('W', box(residual.W, indices(dy), indices(dx)));
  } else if (network && structure) {
    const H = network.layers.length - 1;
    const units = new Map<number, readonly number[]>([[H + 1, indices(dy)]]);
    for (const { layer, units: chosen } of structure) units.set(layer, chosen);
    let P = unit(dy);
    products.set(`P_${H + 2}`, P);
    for (let k = H + 1; units.has(k - 1); k--) {
      P = times(P, box(network.layers[k - 1]!.weight, units.get(k)!, units.get(k - 1)!));
      products.set(`P_${k}`, P);
    }
  }
  return sets.flatMap(({ feature, kind, product, rightInverse: { values, cols } }) => {
    const P = products.get(product);
    if (kind !== 'right-inverse' || !P || values === null) return [];
    const X = indices(values.length / cols).map((i) =>
      indices(cols).map((j) => intervalArithmetic.rational(Rational.parse(values[i * cols + j]!)!)),
    );
    return expressed(() => nearlyIdentity(times(P, X))) === true ? [feature] : [];
  });
}

function times(A: IntervalMatrix, B: IntervalMatrix): IntervalMatrix {
  const { add, mul, zero } = intervalArithmetic;
  return A.map((row) =>
    indices(B[0]?.length ?? 0).map((j) => row.reduce((sum, a, k) => add(sum, mul(a, B[k]![j]!)), zero)),
  );
}

/** ‖M − I‖_∞ < 1 for every M of the box, which makes each of them invertible. */
function nearlyIdentity(M: IntervalMatrix): boolean {
  const { add, sub, abs, one, zero } = intervalArithmetic;
  return M.every((row, i) => {
    const sum = row.reduce((total, entry, j) => add(total, abs(sub(entry, i === j ? one : zero))), zero);
    return sum.hi < 1;
  });
}
