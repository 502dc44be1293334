import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import { matrix, nullSpace } from '../../exact/linear-algebra.ts';
import { integerSquareRoot } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { exactLayers } from '../structure/network-values.ts';

/** All pairs of coordinates are tried up to this many parameters. */
const PAIRS = 40;
const MOST = 3_000;

/**
 * Rational directions v with ‖v‖ ≤ 1 along which f_X may stay as it is (MATH §5): single coordinates (dead units, units
 * without outgoing weights), pairs of coordinates, and for networks N added to W^(l+1) with N h^(l)(X) = 0 and a e_cᵀ
 * added to W^(l) with W^(l+1) a = 0. Proposals: membership in V[θ, ε] is decided by evaluating f exactly.
 */
export function* directions(context: CheckContext): Generator<readonly Rational[]> {
  const n = context.instance.trainableIndices.length;
  let count = 0;
  const vector = (entries: ReadonlyMap<number, Rational>): readonly Rational[] =>
    Array.from({ length: n }, (_, k) => entries.get(k) ?? Rational.zero);
  const one = Rational.one;
  for (let k = 0; k < n; k++) {
    for (const sign of [one, one.neg()]) {
      if (++count > MOST) return;
      yield vector(new Map([[k, sign]]));
    }
  }
  for (const direction of structural(context)) {
    if (++count > MOST) return;
    yield direction;
  }
  if (n > PAIRS) return;
  const [three, four] = [new Rational(3n, 5n), new Rational(4n, 5n)];
  for (let k = 0; k < n; k++) {
    for (let l = k + 1; l < n; l++) {
      for (const sign of [four, four.neg()]) {
        if (++count > MOST) return;
        yield vector(
          new Map([
            [k, three],
            [l, sign],
          ]),
        );
      }
    }
  }
}

function* structural(context: CheckContext): Generator<readonly Rational[]> {
  const { instance } = context;
  const position = new Map(Array.from(instance.trainableIndices, (index, k) => [index, k] as const));
  const n = position.size;
  const { network, residual } = instance.model;
  const at = (offset: number, width: number, rows: readonly (readonly [number, number, Rational])[]) => {
    const v = new Array<Rational>(n).fill(Rational.zero);
    for (const [i, j, value] of rows) {
      const k = position.get(offset + i * width + j);
      if (k === undefined) return undefined;
      v[k] = value;
    }
    return v;
  };
  const value = (offset: number, width: number, i: number, j: number): Rational =>
    instance.parameters.rational(offset + i * width + j);

  if (residual) {
    const [dy, dx] = residual.W.shape as readonly [number, number];
    const dz = residual.R.shape[1]!;
    for (const a of rightNull(dy, dx, (i, j) => value(residual.W.offset, dx, i, j))) {
      for (let c = 0; c < dz; c++) {
        const v = at(
          residual.R.offset,
          dz,
          unit(a).map((entry, i) => [i, c, entry] as const),
        );
        if (v) yield v;
      }
    }
    return;
  }
  if (!network) return;
  const { layers } = network;
  let values: readonly (readonly (readonly Rational[])[])[];
  try {
    values = exactLayers(context);
  } catch (error) {
    // The layers cannot be written down in rationals; the other directions remain.
    if (error instanceof Inexpressible) return;
    throw error;
  }
  for (const [l, layer] of layers.entries()) {
    const { weight, units, inputs } = layer;
    const h = values[l]!;
    for (const row of rightNull(h.length, inputs, (i, j) => h[i]![j]!)) {
      for (let i = 0; i < units; i++) {
        const v = at(
          weight.offset,
          inputs,
          unit(row).map((entry, j) => [i, j, entry] as const),
        );
        if (v) yield v;
      }
    }
    const next = layers[l + 1];
    if (!next) continue;
    for (const a of rightNull(next.units, units, (i, j) => value(next.weight.offset, units, i, j))) {
      for (let c = 0; c < inputs; c++) {
        const v = at(
          weight.offset,
          inputs,
          unit(a).map((entry, i) => [i, c, entry] as const),
        );
        if (v) yield v;
      }
    }
  }
}

/** A basis of {v : Mv = 0}, M given by its entries. */
function rightNull(
  rows: number,
  cols: number,
  entry: (i: number, j: number) => Rational,
): readonly (readonly Rational[])[] {
  const entries: Rational[] = [];
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) entries.push(entry(i, j));
  return nullSpace(matrix(rows, cols, entries)).vectors;
}

/** v divided by an integer that is at least ‖v‖. */
export function unit(v: readonly Rational[]): Rational[] {
  const square = v.reduce((sum, entry) => sum.add(entry.mul(entry)), Rational.zero);
  if (square.cmp(Rational.one) <= 0) return [...v];
  const scale = new Rational(1n, integerSquareRoot(square.numerator / square.denominator) + 1n);
  return v.map((entry) => entry.mul(scale));
}
