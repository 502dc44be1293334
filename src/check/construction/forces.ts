import type { Arithmetic } from '../../arithmetic/arithmetic.ts';
import { ballsFromBounds, exactBalls, multiply } from '../../certified/ball-matrix.ts';
import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import { inverseCholesky } from '../../certified/inverse.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import type { Rational } from '../../kernel/rational.ts';
import { minimiseConvexSum } from '../../numeric/convex/newton.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { inEveryOutput } from '../perturbation/span.ts';
import { lossAt, lossOf } from '../point.ts';
import { exactly, lossValue } from '../quantity.ts';
import { quadraticInfimum } from '../right-hand-side/quadratic.ts';
import { floatLosses } from '../right-hand-side/sample-losses.ts';
import { encloseInfimum, valueAt } from '../right-hand-side/strong-convexity.ts';
import { type Features, layerFeatures, residualFeatures, valuesAt } from './on-samples.ts';
import type { ForceMatrix, Infimum } from './types.ts';

/** Operations of the sums G_h beyond which they are not formed in rationals, and not at all. */
const MOST_EXACT_WORK = 200_000;
const MOST_WORK = 4_000_000;
/** Entries of the matrix of features, for its infimum. */
const MOST_ENTRIES = 20_000;
const MOST_SHOWN = 1_000;

/** A block of features of the conclusion: x and z for Theorem 3, h^(t), …, h^(H) for Theorem 4. */
export interface FeatureBlock {
  /** G_X, G_Z, G_l */
  readonly name: string;
  readonly columns: number;
  readonly features: Features;
}

export function residualBlocks({ instance }: CheckContext): FeatureBlock[] {
  const { R } = instance.model.residual!;
  const [dx, dz] = R.shape as readonly [number, number];
  return [
    { name: 'G_X', columns: dx, features: layerFeatures(instance, 0) },
    { name: 'G_Z', columns: dz, features: residualFeatures(instance).branch },
  ];
}

export function layerBlocks({ instance }: CheckContext, t: number): FeatureBlock[] {
  return instance.model.network!.layers.slice(t).map(({ inputs }, k) => ({
    name: `G_${t + k}`,
    columns: inputs,
    features: layerFeatures(instance, t + k),
  }));
}

/** G_h = Σ_i G_i h(x_i)ᵀ ∈ R^{dy×d} with G_i = λ_i∇ℓ_{y_i}(f_{x_i}(θ)), exactly, else enclosed; none where it is too much work. */
export function forceMatrices(context: CheckContext, blocks: readonly FeatureBlock[]): ForceMatrix[] {
  const work = context.work * (blocks.length + 1);
  const exact =
    work <= MOST_EXACT_WORK && context.exact && expressed(() => sums(context, blocks, rationalArithmetic));
  if (exact) {
    return exact.map((values, k) =>
      forceMatrix(context, blocks[k]!, 'exact', {
        values: shown(values, (value) => ({ exact: value.toString() })),
        zero: values.every((value) => value.isZero),
      }),
    );
  }
  const enclosed = work <= MOST_WORK ? expressed(() => sums(context, blocks, intervalArithmetic)) : undefined;
  if (!enclosed?.flat().every(({ lo, hi }) => Number.isFinite(lo) && Number.isFinite(hi))) return [];
  const excludes = ({ lo, hi }: Interval): boolean => lo > 0 || hi < 0;
  return enclosed.map((values, k) =>
    forceMatrix(context, blocks[k]!, 'certified', {
      values: shown(values, ({ lo, hi }) => ({ lower: lo, upper: hi })),
      zero: values.some(excludes) ? false : null,
    }),
  );
}

const forceMatrix = (
  { instance }: CheckContext,
  { name, columns }: FeatureBlock,
  tier: ForceMatrix['tier'],
  found: Pick<ForceMatrix, 'values' | 'zero'>,
): ForceMatrix => ({ name, rows: instance.model.outputs, cols: columns, ...found, tier });

const shown = <T, R>(values: readonly T[], show: (value: T) => R): R[] | null =>
  values.length > MOST_SHOWN ? null : values.map(show);

function sums<T>(
  { instance, deadline }: CheckContext,
  blocks: readonly FeatureBlock[],
  A: Arithmetic<T>,
): T[][] {
  const dy = instance.model.outputs;
  const totals = blocks.map(({ columns }) => new Array<T>(dy * columns).fill(A.zero));
  for (let i = 0; i < instance.m; i++) {
    deadline.check();
    const outputs = valuesAt(instance, instance.model.graph, A, new Map(), i);
    const force = lossAt(instance, A, outputs, i).gradient();
    for (const [n, { columns, features }] of blocks.entries()) {
      const total = totals[n]!;
      const h = features(A, i);
      for (const [r, g] of force.entries()) {
        if (A.isZero(g)) continue;
        h.forEach((value, c) => {
          total[r * columns + c] = A.add(total[r * columns + c]!, A.mul(g, value));
        });
      }
    }
  }
  return totals;
}

/**
 * inf over α of Σ λ_i ℓ_{y_i}(Σ α_h h(x_i)) for the features of all blocks, at the given θ. With every set of the proof
 * constructed this is the right-hand side of the theorem: f_X(θ) is among them, and so is nothing better (MATH, 3.8).
 * Exact least squares; L(θ) where every G_h is 0 (Lemma 0); a ball of proved strong convexity; else bounds from what is known.
 * Needs Assumption 1 (`convex`); null when nothing can be said.
 */
export function featureInfimum(
  context: CheckContext,
  blocks: readonly FeatureBlock[],
  forces: readonly ForceMatrix[],
  convex: boolean,
): Infimum | null {
  if (!convex || context.work * (blocks.length + 1) > MOST_WORK) return null;
  const { instance } = context;
  const dy = instance.model.outputs;
  const width = blocks.reduce((sum, { columns }) => sum + columns, 0);
  const small = instance.m * dy * width * dy <= MOST_ENTRIES;
  const exact =
    small && expressed(() => quadraticInfimum(context, inEveryOutput(rows(context, blocks), instance.m, dy)));
  if (exact) return { value: exactly(exact.minimum).quantity, tier: 'exact', method: 'exact least squares' };
  if (forces.length === blocks.length && forces.every(({ zero }) => zero === true)) {
    const left = lossValue(context);
    return left
      ? { value: left.quantity, tier: left.tier, method: 'every G is 0, so θ itself attains it' }
      : null;
  }
  const found = small ? expressed(() => searched(context, blocks, width)) : undefined;
  if (found?.enclosure) {
    const { lower, upper } = found.enclosure;
    return {
      value: { lower, upper },
      tier: 'certified',
      method: 'a near-minimiser by Newton, then proved strongly convex on a ball around it',
    };
  }
  const loss = expressed(() => lossOf(context.problem, intervalArithmetic, context.interval.theta));
  const here = loss?.hi ?? Number.POSITIVE_INFINITY;
  const upper = Math.min(here, found?.upper ?? Number.POSITIVE_INFINITY);
  if (!Number.isFinite(upper)) return null;
  const method = upper < here ? 'a point found by Newton' : 'f_X(θ) itself is linear in the features';
  return { value: { upper }, tier: 'certified', method };
}

/** The features as vectors of R^m. */
function rows({ instance, deadline }: CheckContext, blocks: readonly FeatureBlock[]): Rational[][] {
  const samples = Array.from({ length: instance.m }, (_, i) => {
    deadline.check();
    return blocks.flatMap(({ features }) => [...features(rationalArithmetic, i)]);
  });
  return Array.from({ length: samples[0]?.length ?? 0 }, (_, j) => samples.map((row) => row[j]!));
}

/** All columns are kept, so that the basis spans the features whenever their Gram matrix has a Cholesky factor. */
function searched(context: CheckContext, blocks: readonly FeatureBlock[], width: number) {
  const { instance } = context;
  const dy = instance.model.outputs;
  const cols = width * dy;
  const n = instance.m * dy * cols;
  const [lower, upper] = [new Array<number>(n).fill(0), new Array<number>(n).fill(0)];
  const gram = new Float64Array(cols * cols);
  for (let i = 0; i < instance.m; i++) {
    const h = blocks.flatMap(({ features }) => [...features(intervalArithmetic, i)]);
    for (let r = 0; r < dy; r++) {
      h.forEach(({ lo, hi }, c) => {
        const at = (i * dy + r) * cols + c * dy + r;
        lower[at] = lo;
        upper[at] = hi;
        h.forEach((other, d) => {
          gram[(c * dy + r) * cols + d * dy + r]! += ((lo + hi) / 2) * ((other.lo + other.hi) / 2);
        });
      });
    }
  }
  const factor = inverseCholesky(cols, gram);
  if (!factor) return undefined;
  const basis = multiply(
    ballsFromBounds(instance.m * dy, cols, lower, upper),
    exactBalls(cols, cols, factor),
  );
  const found = minimiseConvexSum(floatLosses(instance), basis.mid, cols, {
    expired: () => context.deadline.expired(),
  });
  return (
    found && {
      enclosure: expressed(() => encloseInfimum(context, basis, found.z)),
      upper: expressed(() => valueAt(context, basis, found.z).hi),
    }
  );
}
