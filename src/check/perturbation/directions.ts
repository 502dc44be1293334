import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import { matrix, nullSpace } from '../../exact/linear-algebra.ts';
import { integerSquareRoot } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { exactLayers } from '../structure/network-values.ts';
import type { Proposal } from './proposal.ts';

/** All pairs of coordinates are tried up to this many parameters. */
const PAIRS = 40;
const MOST = 3_000;

/** The vectors of `proposals`. */
export function* directions(context: CheckContext): Generator<readonly Rational[]> {
  for (const { v } of proposals(context)) yield v;
}

/**
 * Rational directions v with ‖v‖ ≤ 1 along which f_X may stay as it is (MATH §5): single coordinates (dead units, units
 * without outgoing weights), pairs of coordinates, and for networks N added to W^(l+1) with N h^(l)(X) = 0 and a e_cᵀ
 * added to W^(l) with W^(l+1) a = 0, biases counted as weights of a constant input. Proposals: membership in V[θ, ε] is
 * decided by evaluating f exactly.
 */
export function* proposals(context: CheckContext): Generator<Proposal> {
  const n = context.instance.trainableIndices.length;
  let count = 0;
  const vector = (entries: ReadonlyMap<number, Rational>): readonly Rational[] =>
    Array.from({ length: n }, (_, k) => entries.get(k) ?? Rational.zero);
  const one = Rational.one;
  for (let k = 0; k < n; k++) {
    for (const sign of [one, one.neg()]) {
      if (++count > MOST) return;
      yield { kind: 'coordinate', v: vector(new Map([[k, sign]])) };
    }
  }
  for (const proposal of structural(context)) {
    if (++count > MOST) return;
    yield proposal;
  }
  if (n > PAIRS) return;
  const [three, four] = [new Rational(3n, 5n), new Rational(4n, 5n)];
  for (let k = 0; k < n; k++) {
    for (let l = k + 1; l < n; l++) {
      for (const sign of [four, four.neg()]) {
        if (++count > MOST) return;
        const v = vector(
          new Map([
            [k, three],
            [l, sign],
          ]),
        );
        yield { kind: 'pair of coordinates', v };
      }
    }
  }
}

/** A linear map of the model: entry (i, c) of its matrix is parameter `index(i, c)`; undefined where that is a constant. */
interface LinearMap {
  readonly rows: number;
  readonly cols: number;
  readonly index: (i: number, c: number) => number;
}

function* structural(context: CheckContext): Generator<Proposal> {
  const { instance } = context;
  const position = new Map(Array.from(instance.trainableIndices, (index, k) => [index, k] as const));
  const { network, residual } = instance.model;
  const value = (index: number): Rational => instance.parameters.rational(index);
  const along = (
    kind: Proposal['kind'],
    entries: readonly (readonly [number, Rational])[],
  ): Proposal | undefined => {
    const v = new Array<Rational>(position.size).fill(Rational.zero);
    for (const [index, entry] of entries) {
      const k = position.get(index);
      if (k === undefined) return undefined;
      v[k] = entry;
    }
    return { kind, v };
  };

  if (residual) {
    const [dy, dx] = residual.W.shape as readonly [number, number];
    const dz = residual.R.shape[1]!;
    for (const a of rightNull(dy, dx, (i, j) => value(residual.W.offset + i * dx + j))) {
      const direction = unit(a);
      for (let c = 0; c < dz; c++) {
        const proposal = along(
          'null space of outgoing weights',
          direction.map((entry, i) => [residual.R.offset + i * dz + c, entry] as const),
        );
        if (proposal) yield proposal;
      }
    }
    return;
  }
  if (!network) return;
  let values: readonly (readonly (readonly Rational[])[])[];
  try {
    values = exactLayers(context);
  } catch (error) {
    // The layers cannot be written down in rationals; the other directions remain.
    if (error instanceof Inexpressible) return;
    throw error;
  }
  const { layers, skips } = network;
  for (const [l, layer] of layers.entries()) {
    const h = values[l]!;
    const into: LinearMap = {
      rows: layer.units,
      cols: layer.inputs + (layer.bias ? 1 : 0),
      index: (i, c) =>
        c < layer.inputs ? layer.weight.offset + i * layer.inputs + c : layer.bias!.offset + i,
    };
    const input = (i: number, c: number) => (c < layer.inputs ? h[i]![c]! : Rational.one);
    const skip = skips.get(l);
    const spaces = [{ map: into, input }];
    if (skip) {
      const [rows, cols] = skip.shape as readonly [number, number];
      spaces.push({ map: { rows, cols, index: (i, c) => skip.offset + i * cols + c }, input });
    }
    for (const { map, input: entry } of spaces) {
      for (const row of rightNull(h.length, map.cols, entry)) {
        const direction = unit(row);
        for (let i = 0; i < map.rows; i++) {
          const proposal = along(
            'left null space of a layer',
            direction.map((each, c) => [map.index(i, c), each] as const),
          );
          if (proposal) yield proposal;
        }
      }
    }
    const next = layers[l + 1];
    if (!next) continue;
    const out = skips.get(l + 1);
    const outgoing = (i: number, k: number): Rational =>
      i < next.units
        ? value(next.weight.offset + i * layer.units + k)
        : value(out!.offset + (i - next.units) * layer.units + k);
    for (const a of rightNull(next.units + (out?.shape[0] ?? 0), layer.units, outgoing)) {
      const direction = unit(a);
      for (let c = 0; c < into.cols; c++) {
        const proposal = along(
          'null space of outgoing weights',
          direction.map((each, i) => [into.index(i, c), each] as const),
        );
        if (proposal) yield proposal;
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
  const square = squaredNorm(v);
  if (square.cmp(Rational.one) <= 0) return [...v];
  const scale = new Rational(1n, integerSquareRoot(square.numerator / square.denominator) + 1n);
  return v.map((entry) => entry.mul(scale));
}

export const squaredNorm = (v: readonly Rational[]): Rational =>
  v.reduce((sum, entry) => (entry.isZero ? sum : sum.add(entry.mul(entry))), Rational.zero);
