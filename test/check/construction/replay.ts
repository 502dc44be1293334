import type { ConstructedSet, Construction, OuterProduct } from '../../../src/check/construction/types.ts';
import type { Instance } from '../../../src/instance/instance.ts';
import { Rational } from '../../../src/kernel/rational.ts';

/**
 * The sets of a construction, replayed with nothing of the engine: f by plain loops, derivatives as difference quotients
 * along lines on which f is affine near the point.
 */

const { zero, one } = Rational;
const r = (text: string): Rational => Rational.parse(text)!;

/** θ by block, as rows. */
type Weights = ReadonlyMap<string, Rational[][]>;

function weightsOf(instance: Instance): Weights {
  return new Map(
    instance.model.blocks.map(({ name, shape, offset }) => {
      const [rows, cols] = [shape[0] ?? 1, shape[1] ?? 1];
      return [
        name,
        Array.from({ length: rows }, (_, i) =>
          Array.from({ length: cols }, (_, j) => instance.parameters.rational(offset + i * cols + j)),
        ),
      ] as const;
    }),
  );
}

const times = (W: readonly (readonly Rational[])[], v: readonly Rational[]): Rational[] =>
  W.map((row) => row.reduce((sum, w, j) => sum.add(w.mul(v[j]!)), zero));

const ACTIVATION: Readonly<Record<string, (z: Rational) => Rational>> = {
  identity: (z) => z,
  relu: (z) => (z.sign > 0 ? z : zero),
  square: (z) => z.mul(z),
  cube: (z) => z.mul(z).mul(z),
  abs: (z) => (z.sign < 0 ? z.neg() : z),
};

const inputOf = ({ inputs, model }: Instance, i: number): Rational[] =>
  Array.from({ length: model.inputs }, (_, j) => inputs.rational(i * model.inputs + j));

/** h^(0), …, h^(H), f */
export function layersAt(instance: Instance, weights: Weights, i: number): Rational[][] {
  const values = [inputOf(instance, i)];
  for (const { weight, activations } of instance.model.network!.layers) {
    const z = times(weights.get(weight.name)!, values.at(-1)!);
    values.push(z.map((entry, k) => ACTIVATION[activations[k]!.name]!(entry)));
  }
  return values;
}

export interface Plain {
  f(weights: Weights, i: number): Rational[];
  /** the named features at θ */
  feature(name: string, i: number): Rational[];
}

export const networkPlain = (instance: Instance): Plain => ({
  f: (weights, i) => layersAt(instance, weights, i).at(-1)!,
  feature: (name, i) => layersAt(instance, weightsOf(instance), i)[Number(/\((\d+)\)/.exec(name)![1])]!,
});

/** z is fixed: one row for each sample. */
export function residualPlain(instance: Instance, z: (x: readonly Rational[]) => Rational[]): Plain {
  const inner = (weights: Weights, i: number): Rational[] => {
    const x = inputOf(instance, i);
    return times(weights.get('R')!, z(x)).map((entry, k) => entry.add(x[k]!));
  };
  return {
    f: (weights, i) => times(weights.get('W')!, inner(weights, i)),
    feature: (name, i) => (name === 'z' ? z(inputOf(instance, i)) : inner(weightsOf(instance), i)),
  };
}

function plus(weights: Weights, factor: Rational, terms: readonly OuterProduct[]): Weights {
  const moved = new Map([...weights].map(([name, rows]) => [name, rows.map((row) => [...row])]));
  for (const { block, left, right } of terms) {
    const rows = moved.get(block)!;
    left.forEach((a, i) => {
      right.forEach((b, j) => {
        rows[i]![j] = rows[i]![j]!.add(factor.mul(r(a)).mul(r(b)));
      });
    });
  }
  return moved;
}

const unit = (n: number, c: number): string[] => Array.from({ length: n }, (_, k) => (k === c ? '1' : '0'));

/** S_0, S_1, … written out. */
export function members({ base, step, columns }: ConstructedSet): (readonly OuterProduct[])[] {
  if (!step) return [base];
  return [
    base,
    ...Array.from({ length: columns }, (_, c) => [
      { block: step.block, left: step.left, right: unit(columns, c) },
      ...base,
    ]),
  ];
}

const SMALL = new Rational(1n, 10n ** 12n);

/** What is wrong with a set: its vectors too long, f changed, or a derivative other than e_r h_c. */
export function replay(
  instance: Instance,
  plain: Plain,
  { epsilon, structure }: Construction,
  set: ConstructedSet,
): string[] {
  const faults: string[] = [];
  const here = weightsOf(instance);
  const points = members(set).map((terms) => plus(here, r(epsilon), terms));
  for (const terms of members(set)) {
    const entries = new Map<string, Rational>();
    for (const { block, left, right } of terms) {
      left.forEach((a, i) => {
        right.forEach((b, j) => {
          const key = `${block} ${i} ${j}`;
          entries.set(key, (entries.get(key) ?? zero).add(r(a).mul(r(b))));
        });
      });
    }
    const square = [...entries.values()].reduce((sum, entry) => sum.add(entry.mul(entry)), zero);
    if (square.cmp(one) > 0) faults.push(`‖v‖² = ${square}`);
  }
  const dy = instance.model.outputs;
  const layer = instance.model.network?.layers.findIndex(({ weight }) => weight.name === set.moved);
  const full = (here.get(set.moved) ?? []).length;
  // The units of J in which the moved block may change: all but in Theorem 4.
  const rows =
    structure?.find((each) => each.layer === (layer ?? -2) + 1)?.units ??
    Array.from({ length: full }, (_, k) => k);
  const X = set.rightInverse;
  const slope = (weights: Weights, direction: OuterProduct, i: number): Rational[] => {
    const [a, b] = [plain.f(plus(weights, SMALL, [direction]), i), plain.f(weights, i)];
    return a.map((value, k) => value.sub(b[k]!).div(SMALL));
  };
  for (let i = 0; i < instance.m; i++) {
    const f = plain.f(here, i);
    for (const point of points)
      if (!plain.f(point, i).every((value, k) => value.equals(f[k]!))) faults.push(`f moves on sample ${i}`);
    const h = plain.feature(set.feature, i);
    if (h.length !== set.columns) faults.push(`${h.length} features`);
    for (let k = 0; k < dy; k++) {
      const left = Array.from({ length: full }, () => '0');
      rows.forEach((row, at) => {
        left[row] = X.values![at * X.cols + k]!;
      });
      h.forEach((value, c) => {
        const right = set.row
          ? set.row.map((entry) => r(entry).div(r(set.scale!)).toString())
          : unit(set.columns, c);
        const direction = { block: set.moved, left, right };
        const at = slope(points[set.step ? c + 1 : 0]!, direction, i);
        const less = set.step ? slope(points[0]!, direction, i) : at.map(() => zero);
        const wanted = at.map((_, j) => (j === k ? value : zero));
        if (!at.every((each, j) => each.sub(less[j]!).equals(wanted[j]!)))
          faults.push(`${set.feature}: the derivative ${k}, ${c} on sample ${i}`);
      });
    }
  }
  return faults;
}
