import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import type { Matrix } from '../../exact/linear-algebra.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import type { Layer } from '../../models/model.ts';
import type { CheckContext } from '../check-context.ts';
import type { ProposedSet } from '../construction/proposal.ts';
import { type Blocks, blocksOf, proposeTheorem4 } from '../construction/theorem-4.ts';
import { balls } from '../gradient.ts';
import { epsilonOf } from '../perturbation/conclusion.ts';
import { isMember } from '../perturbation/fibre.ts';
import type { RobustBound } from '../report.ts';
import { linearStructure } from '../structure/linear-units.ts';
import { exactLayers } from '../structure/network-values.ts';
import { normAbove, upTo } from './gradient-inequality.ts';
import { leastSingularValue } from './residual-bounds.ts';

const A = intervalArithmetic;
/** Points θ + εS_c beyond which the chain of a layer is not evaluated. */
const MOST_COLUMNS = 40;
type Vector = readonly Rational[];

/**
 * MATH R5, one bound of ‖G_l‖_F for each layer l = t, …, H, G_l = Σ_i G_i h^(l)(x_i)ᵀ, by gradients at θ (R5a, where P_{l+2}
 * has rank dy) or at the points θ + εS_c of the proof of Theorem 4 (R5b). What R5b rests on is verified on the instance:
 * S_0, S_c ∈ V[θ, ε] and ∇_A L(θ + εS_c) − ∇_A L(θ + εS_0) = εκ P_{l*}ᵀ G_l e_c vᵀ. Throws Inexpressible, AtKink, TimeLimit.
 */
export function layerBounds(context: CheckContext, t: number): RobustBound[] {
  const found = linearStructure(context, t);
  if (found.kind !== 'holds' || !context.exact) return [];
  const blocks = blocksOf(context, found.structure);
  const { sets } = proposeTheorem4(context, t);
  const layers = exactLayers(context);
  return sets.flatMap((set, k) => {
    const l = t + k;
    const forces = forceMatrix(context, layers[l]!);
    const bound =
      set.step === null ? byFullRank(context, blocks, l, forces) : byChain(context, blocks, l, set, forces);
    return bound ? [bound] : [];
  });
}

/** G_l = Σ_i G_i h_iᵀ: dy rows. */
export function forceMatrix(context: CheckContext, h: readonly Vector[]): Rational[][] {
  const { force } = context.exact!.summary();
  return Array.from({ length: context.instance.model.outputs }, (_, k) =>
    h[0]!.map((_, c) => h.reduce((sum, row, i) => sum.add(force[i]![k]!.mul(row[c]!)), Rational.zero)),
  );
}

const enclose = (value: Rational): Interval => A.rational(value);
const norm = (values: Vector): number => normAbove(values.map(enclose));

/** ∇_R L = P_{l+2}ᵀ G_l, R the rows J^(l+1) of W^(l+1). */
function byFullRank(
  context: CheckContext,
  blocks: Blocks,
  l: number,
  forces: readonly Vector[],
): RobustBound | undefined {
  const sigma = l === blocks.H ? 1 : leastSingularValue(enclosedMatrix(blocks.P(l + 2)));
  if (sigma === undefined || !(sigma > 0)) return undefined;
  const slope = norm(
    entriesOf(layerAt(context, l + 1), context.exact!.summary().gradient, blocks.units(l + 1)),
  );
  const bound = slope === 0 ? 0 : A.div(A.float(slope), A.float(sigma)).hi;
  return {
    id: 'R5a',
    formula: `‖G_${l}‖_F ≤ ‖∇_R L(θ)‖_F / σ_dy(P_${l + 2})`,
    bound: upTo(bound),
    tier: 'certified',
    constants: {
      '‖∇_R L(θ)‖_F': upTo(slope),
      [`σ_dy(P_${l + 2})`]: l === blocks.H ? { exact: '1' } : { lower: sigma },
      [`‖G_${l}‖_F`]: upTo(norm(forces.flat())),
    },
    detail: `R is the rows J^(${l + 1}) of W${l + 1}, and ∇_R L = P_${l + 2}ᵀ G_${l}`,
  };
}

/** ‖G_l e_c‖ ≤ (‖∇_A L(θ + εS_c)‖ + ‖∇_A L(θ + εS_0)‖)/(εκ‖v‖σ_dy(P_{l*})), all c together. */
function byChain(
  context: CheckContext,
  blocks: Blocks,
  l: number,
  { base, step, product, moved, row, scale, columns }: ProposedSet,
  forces: readonly Vector[],
): RobustBound | undefined {
  if (!step || row === null || scale === null || columns > MOST_COLUMNS) return undefined;
  const top = Number(product.slice('P_'.length));
  const P = blocks.P(top);
  const sigma = top === blocks.H + 2 ? 1 : leastSingularValue(enclosedMatrix(P));
  if (sigma === undefined || !(sigma > 0)) return undefined;
  const epsilon = epsilonOf(context);
  const inner = blocks.units(top - 2);
  const v = inner.map((k) => Rational.parse(row[k]!)!);
  const layer = context.instance.model.network!.layers.find(({ weight }) => weight.name === moved)!;
  const slopeAt = (direction: Vector): Rational[] | undefined => {
    if (!isMember(context, epsilon, direction)) return undefined;
    const theta = context.exact!.theta.map((entry, k) => entry.add(epsilon.mul(direction[k]!)));
    const { gradient } = context.over(rationalArithmetic, theta, 'a point of the fibre').summary();
    return entriesOf(layer, gradient, blocks.units(top - 1), inner);
  };
  const n = context.exact!.theta.length;
  const start = outerProducts(context, n, base);
  const before = slopeAt(start);
  if (!before) return undefined;
  const factor = Rational.parse(scale)!.div(
    v.reduce((sum, entry) => sum.add(entry.mul(entry)), Rational.zero),
  );
  let squares = A.zero;
  let largest = 0;
  for (let c = 0; c < columns; c++) {
    context.deadline.check();
    const unit = Array.from({ length: columns }, (_, k) => (k === c ? '1' : '0'));
    const after = slopeAt(outerProducts(context, n, [...base, { ...step, right: unit }]));
    if (!after || !isOuter(before, after, P, forces, c, v, factor)) return undefined;
    const sum = A.add(A.float(norm(after)), A.float(norm(before)));
    largest = Math.max(largest, sum.hi);
    squares = A.add(squares, A.pow(sum, 2));
  }
  // εκ‖v‖ = factor·‖v‖
  const reach = A.mul(
    enclose(factor),
    A.sqrt(v.reduce((sum, entry) => A.add(sum, A.pow(enclose(entry), 2)), A.zero)),
  );
  const bound = largest === 0 ? 0 : A.div(A.sqrt(squares), A.mul(reach, A.float(sigma))).hi;
  return {
    id: 'R5b',
    formula: `‖G_${l}‖_F² ≤ Σ_c (‖∇_A L(θ + εS_c)‖ + ‖∇_A L(θ + εS_0)‖)² / (εκ‖v‖ σ_dy(P_${top}))²`,
    bound: upTo(bound),
    tier: 'certified',
    constants: {
      'max_c ‖∇_A L(θ + εS_c)‖ + ‖∇_A L(θ + εS_0)‖': upTo(largest),
      'εκ‖v‖': { lower: reach.lo },
      [`σ_dy(P_${top})`]: top === blocks.H + 2 ? { exact: '1' } : { lower: sigma },
      [`‖G_${l}‖_F`]: upTo(norm(forces.flat())),
    },
    detail: `A is the block of W${top - 1} between J^(${top - 1}) and J^(${top - 2}); S_0 and S_c, c = 1, …, ${columns}, at ε = ${epsilon}`,
  };
}

const layerAt = (context: CheckContext, l: number): Layer => context.instance.model.network!.layers[l - 1]!;

/** The entries of a vector over θ that belong to rows and columns of one weight; every parameter is trainable. */
function entriesOf(
  { weight, inputs }: Layer,
  values: Vector,
  rows: readonly number[],
  cols: readonly number[] = Array.from({ length: inputs }, (_, j) => j),
): Rational[] {
  return rows.flatMap((i) => cols.map((j) => values[weight.offset + i * inputs + j]!));
}

function outerProducts(
  { instance }: CheckContext,
  n: number,
  products: readonly {
    readonly block: string;
    readonly left: readonly string[];
    readonly right: readonly string[];
  }[],
): Rational[] {
  const v = new Array<Rational>(n).fill(Rational.zero);
  for (const { block, left, right } of products) {
    const { offset } = instance.model.blocks.find(({ name }) => name === block)!;
    left.forEach((a, i) => {
      const value = Rational.parse(a)!;
      if (value.isZero) return;
      right.forEach((b, j) => {
        const k = offset + i * right.length + j;
        v[k] = v[k]!.add(value.mul(Rational.parse(b)!));
      });
    });
  }
  return v;
}

/** after − before = factor · (P ᵀ G_l e_c) vᵀ, exactly. */
function isOuter(
  before: Vector,
  after: Vector,
  P: Matrix,
  forces: readonly Vector[],
  c: number,
  v: Vector,
  factor: Rational,
): boolean {
  return before.every((entry, k) => {
    const i = Math.floor(k / v.length);
    let sum = Rational.zero;
    for (let r = 0; r < P.rows; r++) sum = sum.add(P.entries[r * P.cols + i]!.mul(forces[r]![c]!));
    return after[k]!.sub(entry).equals(factor.mul(sum).mul(v[k % v.length]!));
  });
}

const enclosedMatrix = (M: Matrix) =>
  balls(
    Array.from({ length: M.rows }, (_, i) => M.entries.slice(i * M.cols, (i + 1) * M.cols).map(enclose)),
    M.cols,
  );
