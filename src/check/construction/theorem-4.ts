import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import { identity, type Matrix, multiplyVector, product } from '../../exact/linear-algebra.ts';
import { integerSquareRoot } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { epsilonOf } from '../perturbation/conclusion.ts';
import { type LocallyLinear, linearStructure } from '../structure/linear-units.ts';
import {
  blockMatrix,
  indices,
  inner,
  named,
  pick,
  ranked,
  rightInverse,
  scaled,
  scattered,
  shortNullVector,
  texts,
  type Vector,
  withinUnitBall,
} from './matrices.ts';
import type { Proposal, ProposedSet } from './proposal.ts';
import { requireSmall } from './size.ts';
import type { OuterProduct, RankedMatrix } from './types.ts';

/** The blocks of the proof: J^(l) for l = t+1, …, H+1, A^(k) = W^(k)[J^(k), J^(k−1)], and P_k = A^(H+1)⋯A^(k). */
export interface Blocks {
  readonly H: number;
  readonly dy: number;
  /** J^(l) */
  units(l: number): readonly number[];
  /** d_l, d_0 = dx */
  width(l: number): number;
  /** k = t+2, …, H+1 */
  A(k: number): Matrix;
  /** k = t+2, …, H+2 */
  P(k: number): Matrix;
  name(l: number): string;
}

export function blocksOf({ instance }: CheckContext, { t, sets }: LocallyLinear): Blocks {
  const { layers } = instance.model.network!;
  const H = layers.length - 1;
  const dy = instance.model.outputs;
  const inside = new Map<number, readonly number[]>(sets.map(({ layer, units }) => [layer, units]));
  inside.set(H + 1, indices(dy));
  const units = (l: number): readonly number[] => inside.get(l)!;
  const A = new Map<number, Matrix>();
  const P = new Map<number, Matrix>([[H + 2, identity(dy)]]);
  for (let k = H + 1; k >= t + 2; k--) {
    A.set(k, pick(blockMatrix(instance, layers[k - 1]!.weight), units(k), units(k - 1)));
    P.set(k, product(P.get(k + 1)!, A.get(k)!));
  }
  return {
    H,
    dy,
    units,
    width: (l) => (l === 0 ? instance.model.inputs : layers[l - 1]!.units),
    A: (k) => A.get(k)!,
    P: (k) => P.get(k)!,
    name: (l) => layers[l - 1]!.weight.name,
  };
}

/**
 * The proof of Theorem 4 (A.5, repaired: MATH T4.1–T4.12, blocks of the size of the J^(l)) on an instance, with the
 * largest J. For each l = t, …, H: if rank P_{l+2} = dy, S = {0} and R^(l+1) = W^(l+1)[J^(l+1), :] moves f by
 * P_{l+2}δh^(l). Else null vectors of P_{l+2}, …, P_{l*−1} carry a change of R^(l+1) up to layer l*−2 unseen by f, and the
 * derivative in A^(l*−1), P_{l*} of full row rank, sees it. Unit vectors are irrational in general: those here are no
 * longer than 1, which scales α only. Throws Inexpressible where there is no J, or beyond the sizes of size.ts.
 */
export function proposeTheorem4(context: CheckContext, t: number, epsilon = epsilonOf(context)): Proposal {
  const found = linearStructure(context, t, 'given');
  if (found.kind !== 'holds')
    throw new Inexpressible(
      found.kind === 'undecided'
        ? found.reason
        : `J^(${found.layer}) has ${found.units.length} units at most, fewer than dy`,
    );
  const { layers } = context.instance.model.network!;
  requireSmall(layers.slice(t + 1).map(({ weight }) => weight));
  const blocks = blocksOf(context, found.structure);
  const { H, dy } = blocks;
  const matrices: RankedMatrix[] = [];
  const rankOf = new Map<number, number>();
  for (let k = H + 2; k >= t + 2; k--) {
    context.deadline.check();
    const P = ranked(productName(k), blocks.P(k));
    rankOf.set(k, P.rank);
    if (k <= H + 1) matrices.push(ranked(`A^(${k})`, blocks.A(k)));
    matrices.push(P);
  }
  const sets: ProposedSet[] = [];
  for (let l = t; l <= H; l++) {
    context.deadline.check();
    sets.push(rankOf.get(l + 2) === dy ? directSet(blocks, l) : chainSet(blocks, l, rankOf, epsilon));
  }
  const chained = sets.filter(({ kind }) => kind === 'null-vectors');
  return {
    theorem: 'theorem-4',
    t,
    epsilon: epsilon.toString(),
    structure: found.structure.sets,
    matrices,
    sets,
    missing: [],
    printed: null,
    detail:
      chained.length === 0
        ? `rank P_k = dy = ${dy} for every k: S = {0} is enough for ${sets.map(({ feature }) => feature).join(', ')}`
        : `rank P_${t + 2} = ${rankOf.get(t + 2)} < dy = ${dy}: null vectors for ${chained.map(({ feature }) => feature).join(', ')}`,
  };
}

export const productName = (k: number): string => `P_${k}`;

/** T4.5 */
function directSet(blocks: Blocks, l: number): ProposedSet {
  return {
    feature: `h^(${l})`,
    columns: blocks.width(l),
    kind: 'right-inverse',
    base: [],
    step: null,
    product: productName(l + 2),
    rightInverse: named('X', rightInverse(blocks.P(l + 2))),
    moved: blocks.name(l + 1),
    chain: [],
    row: null,
    scale: null,
    normSquared: { base: '0', others: null },
  };
}

/** T4.6–T4.12 with rational vectors. */
function chainSet(
  blocks: Blocks,
  l: number,
  rankOf: ReadonlyMap<number, number>,
  epsilon: Rational,
): ProposedSet {
  const { dy } = blocks;
  let top = l + 3; // l*
  while (rankOf.get(top)! < dy) top++;
  const layersMoved = top - l - 2; // K
  // 1/⌈√K⌉, so that K outer products of this length are no longer than 1 together
  const ceiling = integerSquareRoot(BigInt(layersMoved - 1)) + 1n;
  const kappa = new Rational(1n, ceiling);
  const whole = (k: number, v: Vector): string[] => texts(scattered(v, blocks.units(k), blocks.width(k)));
  const first = shortNullVector(blocks.P(l + 2));
  let v: Vector = first;
  let square = Rational.zero;
  const base: OuterProduct[] = [];
  const chain = [{ layer: l + 1, vector: whole(l + 1, v) }];
  for (let k = l + 2; k <= top - 2; k++) {
    const carried = multiplyVector(blocks.A(k), v);
    if (carried.some((entry) => !entry.isZero)) v = carried;
    else {
      const a = shortNullVector(blocks.P(k + 1));
      const b = scaled(kappa, withinUnitBall(v));
      base.push({ block: blocks.name(k), left: whole(k, a), right: whole(k - 1, b) });
      square = square.add(inner(a, a).mul(inner(b, b)));
      v = scaled(epsilon.mul(inner(b, v)), a);
    }
    chain.push({ layer: k, vector: whole(k, v) });
  }
  const left = scaled(kappa, first);
  return {
    feature: `h^(${l})`,
    columns: blocks.width(l),
    kind: 'null-vectors',
    base,
    step: { block: blocks.name(l + 1), left: whole(l + 1, left) },
    product: productName(top),
    rightInverse: named('X', rightInverse(blocks.P(top))),
    moved: blocks.name(top - 1),
    chain,
    row: chain.at(-1)!.vector,
    scale: epsilon.mul(kappa).mul(inner(v, v)).toString(),
    normSquared: { base: square.toString(), others: square.add(inner(left, left)).toString() },
  };
}
