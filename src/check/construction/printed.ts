import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import { identity, type Matrix, multiplyVector, product, rank } from '../../exact/linear-algebra.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import type { Instance } from '../../instance/instance.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { graphSize } from '../specialise.ts';
import { blockMatrix, indices, inner, pick, scaled, scattered, shortNullVector, texts } from './matrices.ts';
import { type Change, valuesAt } from './on-samples.ts';
import { demand, numberOf, vectorOf } from './parse.ts';
import type { Construction, OuterProduct, PrintedFault, UnitSet } from './types.ts';

/** Evaluations of f in the search for a sample at which the printed S^(l) changes it, in arithmetic operations. */
const MOST_WORK = 300_000;

/**
 * The construction of section A.5 as printed, with dy × dy blocks Â^(l): the first dy units of each J^(l) are its
 * {1, …, dy}. It forgets the rows of W^(l) in J^(l) beyond these (ξ^(l) ≠ 0, which condition 3 does not exclude).
 */
interface Printed {
  readonly H: number;
  readonly dy: number;
  units(l: number): readonly number[];
  /** P̂_k = Â^(H+1)⋯Â^(k) */
  product(k: number): Matrix;
  /** the columns of the true P_k that belong to the first dy units of J^(k−1) */
  actual(k: number): Matrix;
  /** l* of the printed proof; undefined when rank P̂_{l+2} = dy */
  top(l: number): number | undefined;
}

function printedBlocks(instance: Instance, t: number, structure: readonly UnitSet[]): Printed {
  const { network, outputs: dy } = instance.model;
  const { layers } = network!;
  const H = layers.length - 1;
  const all = new Map<number, readonly number[]>([[H + 1, indices(dy)]]);
  for (const { layer, units } of structure) all.set(layer, units);
  const units = (l: number): readonly number[] => all.get(l)!.slice(0, dy);
  const printed = new Map([[H + 2, identity(dy)]]);
  const whole = new Map([[H + 2, identity(dy)]]);
  const ranks = new Map([[H + 2, dy]]);
  for (let k = H + 1; k >= t + 2; k--) {
    const W = blockMatrix(instance, layers[k - 1]!.weight);
    printed.set(k, product(printed.get(k + 1)!, pick(W, units(k), units(k - 1))));
    whole.set(k, product(whole.get(k + 1)!, pick(W, all.get(k)!, all.get(k - 1)!)));
    ranks.set(k, rank(printed.get(k)!).rank);
  }
  return {
    H,
    dy,
    units,
    product: (k) => printed.get(k)!,
    actual: (k) => pick(whole.get(k)!, indices(dy), indices(dy)),
    top(l) {
      if (ranks.get(l + 2) === dy) return undefined;
      let k = l + 3;
      while (ranks.get(k)! < dy) k++;
      return k;
    },
  };
}

/** Where the printed construction fails on this instance, layer by layer. */
export function printedFaults(
  { instance, deadline }: CheckContext,
  t: number,
  structure: readonly UnitSet[],
  epsilon: Rational,
): PrintedFault[] {
  const blocks = printedBlocks(instance, t, structure);
  const faults: PrintedFault[] = [];
  for (let l = t; l < blocks.H; l++) {
    deadline.check();
    const top = blocks.top(l);
    if (top === undefined) {
      const actual = rank(blocks.actual(l + 2)).rank;
      if (actual < blocks.dy) {
        faults.push({
          kind: 'rank',
          layer: l,
          printed: blocks.dy,
          actual,
          detail: `the printed product of dy × dy blocks has rank ${blocks.dy}, so S = {0} is taken; the derivatives it stands for have rank ${actual}`,
        });
      }
      continue;
    }
    const perturbed = top - l - 2;
    if (perturbed >= 2) {
      faults.push({
        kind: 'norm',
        layer: l,
        perturbed,
        detail: `${perturbed} layers are changed by unit outer products: ‖S_c‖² ≥ ${perturbed - 1} + ‖b‖² > 1 for every b ≠ 0`,
      });
    }
    const moved = leavesFibre(instance, blocks, l, top, epsilon);
    if (moved) faults.push(moved);
  }
  return faults;
}

/** The printed S_c, scaled to length ≤ 1, at which f differs on a sample; c = 1, 2, … until the work is spent. */
function leavesFibre(
  instance: Instance,
  blocks: Printed,
  l: number,
  top: number,
  epsilon: Rational,
): PrintedFault | undefined {
  const { network, graph, inputs, outputs } = instance.model;
  const { layers } = network!;
  const nulls = new Map<number, readonly Rational[]>();
  for (let k = l + 1; k <= top - 2; k++) nulls.set(k, shortNullVector(blocks.product(k + 1)));
  // P_{k+1}a_k = 0 for the true products too: then f stays.
  if ([...nulls].every(([k, a]) => multiplyVector(blocks.actual(k + 1), a).every((entry) => entry.isZero)))
    return undefined;
  const K = BigInt(top - l - 2);
  const whole = (k: number, v: readonly Rational[]): string[] =>
    texts(scattered(v, blocks.units(k), layers[k - 1]!.units));
  const base: OuterProduct[] = [];
  for (let k = l + 2; k <= top - 2; k++) {
    base.push({
      block: layers[k - 1]!.weight.name,
      left: whole(k, scaled(new Rational(1n, K), nulls.get(k)!)),
      right: whole(k - 1, nulls.get(k - 1)!),
    });
  }
  const width = l === 0 ? inputs : layers[l - 1]!.units;
  let work = 0;
  for (let c = 0; c < width; c++) {
    const vector: OuterProduct[] = [
      {
        block: layers[l]!.weight.name,
        left: whole(l + 1, scaled(new Rational(1n, K), nulls.get(l + 1)!)),
        right: texts(indices(width).map((k) => (k === c ? Rational.one : Rational.zero))),
      },
      ...base,
    ];
    const change = changeOf(instance, vector, epsilon);
    for (let i = 0; i < instance.m; i++) {
      work += graphSize(graph);
      if (work > MOST_WORK) return undefined;
      const [before, after] = [new Map(), change].map((each) => exactOutputs(instance, each, i));
      if (!before || !after) return undefined;
      const output = indices(outputs).find((r) => !before[r]!.equals(after[r]!));
      if (output === undefined) continue;
      return {
        kind: 'leaves-fibre',
        layer: l,
        vector,
        sample: i,
        output,
        before: before[output]!.toString(),
        after: after[output]!.toString(),
        detail: `the printed S^(${l}) is not in V[θ, ε]: P̂_${l + 2}a = 0 for the dy × dy blocks, but f changes`,
      };
    }
  }
  return undefined;
}

function exactOutputs(instance: Instance, change: Change, i: number): Rational[] | undefined {
  try {
    return valuesAt(instance, instance.model.graph, rationalArithmetic, change, i);
  } catch (error) {
    if (error instanceof Inexpressible) return undefined;
    throw error;
  }
}

/** ε times the outer products, as a change of θ. Throws a Fault unless they fit the blocks. */
function changeOf(instance: Instance, vector: readonly OuterProduct[], epsilon: Rational): Change {
  const change = new Map<number, Rational>();
  for (const { block: name, left, right } of vector) {
    const block = instance.model.blocks.find((each) => each.name === name);
    demand(block !== undefined, `printed: there is no ${name}`);
    const [rows, cols] = block.shape as readonly [number, number];
    const [a, b] = [vectorOf(left, rows, 'printed'), vectorOf(right, cols, 'printed')];
    a.forEach((x, i) => {
      b.forEach((y, j) => {
        if (!x.isZero && !y.isZero) change.set(block.offset + i * cols + j, epsilon.mul(x).mul(y));
      });
    });
  }
  return change;
}

/** Replays what is said against the printed construction; throws a Fault. */
export function verifyPrinted({ instance }: CheckContext, claimed: Construction): void {
  if (claimed.printed === null) return;
  const { t, structure } = claimed;
  demand(t !== undefined && structure !== undefined, 'printed: only of Theorem 4');
  const blocks = printedBlocks(instance, t, structure);
  const epsilon = numberOf(claimed.epsilon, 'ε');
  const { layers } = instance.model.network!;
  for (const fault of claimed.printed) {
    const { layer: l } = fault;
    demand(Number.isInteger(l) && l >= t && l < blocks.H, `printed: no layer ${l}`);
    const top = blocks.top(l);
    if (fault.kind === 'rank') {
      const actual = rank(blocks.actual(l + 2)).rank;
      demand(
        top === undefined && fault.printed === blocks.dy && actual < blocks.dy && fault.actual === actual,
        `printed: the ranks at layer ${l} are others`,
      );
      continue;
    }
    demand(top !== undefined, `printed: S = {0} at layer ${l}`);
    if (fault.kind === 'norm') {
      demand(
        fault.perturbed === top - l - 2 && fault.perturbed >= 2,
        `printed: ${top - l - 2} layers are changed`,
      );
      continue;
    }
    demand(fault.kind === 'leaves-fibre', 'printed: of no known kind');
    const square = fault.vector
      .map(({ left, right }) => {
        const [a, b] = [vectorOf(left, left.length, 'printed'), vectorOf(right, right.length, 'printed')];
        return inner(a, a).mul(inner(b, b));
      })
      .reduce((a, b) => a.add(b), Rational.zero);
    demand(square.cmp(Rational.one) <= 0, 'printed: the vector is longer than 1');
    const K = top - l - 2;
    demand(fault.vector.length === K, `printed: ${K} layers are changed`);
    fault.vector.forEach(({ block, left, right }, n) => {
      const k = l + 1 + n;
      demand(layers[k - 1]!.weight.name === block, `printed: ${block} is not changed`);
      const a = vectorOf(left, layers[k - 1]!.units, 'printed');
      // b_{l'} = a_{l'−1}, all of them scaled by 1/K
      const below = n === 0 ? undefined : fault.vector[n - 1]!.left;
      demand(
        below === undefined ||
          (right.length === below.length &&
            right.every((text, j) => {
              const b = numberOf(text, 'printed');
              return b.equals(numberOf(below[j]!, 'printed').mul(Rational.integer(K)));
            })),
        `printed: b of ${block} is not the null vector below`,
      );
      const inside = blocks.units(k).map((unit) => a[unit]!);
      demand(
        a.every((entry, unit) => entry.isZero || blocks.units(k).includes(unit)) &&
          multiplyVector(blocks.product(k + 1), inside).every((entry) => entry.isZero),
        `printed: ${block} is not changed by a null vector`,
      );
    });
    demand(
      Number.isInteger(fault.sample) && fault.sample >= 0 && fault.sample < instance.m,
      'printed: no such sample',
    );
    const [before, after] = [new Map(), changeOf(instance, fault.vector, epsilon)].map((change) =>
      exactOutputs(instance, change, fault.sample)?.[fault.output]?.toString(),
    );
    demand(
      before === fault.before && after === fault.after && before !== after,
      'printed: f has other values at this sample',
    );
  }
}
