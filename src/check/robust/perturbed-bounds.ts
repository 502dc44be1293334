import { type Interval, intervalArithmetic } from '../../certified/interval.ts';
import { leastSquares, type Matrix, matrix, rank } from '../../exact/linear-algebra.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { enclosureOf } from '../quantity.ts';
import type { RobustBound } from '../report.ts';
import { quadraticInfimum } from '../right-hand-side/quadratic.ts';
import { exactQuantity, weightRange } from '../robust.ts';
import { distanceTo, type Family, gapAt, gapOnUnitBall, strength, upTo } from './gradient-inequality.ts';

const A = intervalArithmetic;
/** Entries of the exact matrix of all columns beyond which no minimiser is looked for. */
const MOST_ENTRIES = 40_000;

/** Features that enter every output with free coefficients, and the coefficients with which they give f_X(θ). */
export interface FeatureBlock {
  /** 'G_X': Σ_i G_i u_iᵀ for the features u */
  readonly name: string;
  /** 'α_w' */
  readonly coefficients: string;
  /** 'W': the reference as a formula; '' for zero */
  readonly reference: string;
  /** vectors of R^m */
  readonly samples: readonly (readonly Rational[])[];
  /** dy × samples.length, row-major; zero where it is left out */
  readonly values?: readonly Rational[];
}

export interface PerturbedSpaces {
  readonly id: 'R2' | 'R4' | 'R5';
  /** S without 0, each proved to lie in V[θ, ε] */
  readonly set: readonly (readonly Rational[])[];
  readonly epsilon: Rational;
  readonly features: readonly FeatureBlock[];
  /** γ with f_X(θ) = J(θ)γ, where no features give f_X(θ) */
  readonly gamma: readonly Interval[] | undefined;
}

/** Everything exact that the bounds are made of. */
interface Exact {
  readonly families: readonly Family[];
  /** the columns of all families, side by side */
  readonly columns: Matrix;
  readonly sizes: readonly number[];
}

/**
 * MATH R2, R4, R5 at the given θ: L(θ) minus the infimum over Ẽ_S (S verified in V[θ, ε], so δ_j = 0) with the features,
 * bounded by the gradients at the points of the fibre and by the forces on the features; then R1′ on the same space, where
 * the loss is strongly convex and smooth. Assumption 1 is the caller's. Empty where J(θ) is not rational or too large.
 * Throws Inexpressible, AtKink and TimeLimit.
 */
export function perturbedBounds(context: CheckContext, asked: PerturbedSpaces): RobustBound[] {
  const exact = exactFamilies(context, asked);
  if (!exact) return [];
  if (exact.families.every((family) => strength(family) === 0)) return [nothing(asked, exact)];
  const reduced = independent(exact.columns);
  const strong = projected(context, asked, reduced);
  return [linear(context, asked, exact, reduced), ...(strong ? [strong] : [])];
}

function exactFamilies(context: CheckContext, asked: PerturbedSpaces): Exact | undefined {
  const { exact, instance } = context;
  if (!exact) return undefined;
  const { m } = instance;
  const dy = instance.model.outputs;
  const n = exact.theta.length;
  const width =
    n * (asked.set.length + 1) + asked.features.reduce((sum, f) => sum + f.samples.length * dy, 0);
  if (width * m * dy > MOST_ENTRIES) return undefined;
  const force = exact.summary().force;
  const families: Family[] = [];
  const blocks: (readonly (readonly Rational[])[])[] = [];
  for (const { name, samples, values } of asked.features) {
    // Column (j, k): u_j in output k.
    const pairs = samples.flatMap((u, j) => Array.from({ length: dy }, (_, k) => ({ u, j, k })));
    families.push({
      name: `‖${name}‖`,
      pull: pairs.map(({ u, k }) =>
        enclose(u.reduce((sum, entry, i) => sum.add(entry.mul(force[i]![k]!)), Rational.zero)),
      ),
      ...(values ? { reference: pairs.map(({ j, k }) => enclose(values[k * samples.length + j]!)) } : {}),
    });
    blocks.push(
      Array.from({ length: m * dy }, (_, row) =>
        pairs.map(({ u, k }) => (row % dy === k ? u[Math.floor(row / dy)]! : Rational.zero)),
      ),
    );
  }
  const zero = exact.theta.map(() => Rational.zero);
  [zero, ...asked.set].forEach((v, j) => {
    const theta = exact.theta.map((entry, k) => entry.add(asked.epsilon.mul(v[k]!)));
    const point = j === 0 ? exact : context.over(rationalArithmetic, theta, 'a point of the fibre');
    families.push({
      name: j === 0 ? '‖∇L(θ)‖' : `‖∇L(θ + εS_${j})‖`,
      pull: point.summary().gradient.map(enclose),
      ...(j === 0 && asked.gamma ? { reference: asked.gamma } : {}),
    });
    blocks.push(point.jacobian());
  });
  const entries = Array.from({ length: m * dy }, (_, row) => blocks.flatMap((block) => block[row]!)).flat();
  return {
    families,
    columns: matrix(m * dy, width, entries),
    sizes: families.map(({ pull }) => pull.length),
  };
}

const enclose = (value: Rational): Interval => A.rational(value);

function formulaOf({ id, features, set }: PerturbedSpaces): string {
  const fibre = set.length > 0 ? ' + max_j ‖∇L(θ + εS_j)‖ · Σ_j ‖α_j‖' : '';
  if (id === 'R2') return `L(θ) − inf_α L̃_θ(α, ε, S) ≤ ‖∇L(θ)‖ · ‖α₀ − γ‖${fibre}`;
  const parts = features.map((block) => `‖${block.name}‖ · ${distanceName(block)}`);
  return `L(θ) − inf ≤ ${parts.join(' + ')} + ‖∇L(θ)‖ · ‖α₀‖${fibre}`;
}

const nothing = (asked: PerturbedSpaces, { families }: Exact): RobustBound => ({
  id: asked.id,
  formula: formulaOf(asked),
  bound: { exact: '0' },
  tier: 'exact',
  constants: Object.fromEntries(families.map(({ name }) => [name, { exact: '0' }])),
  detail: 'the forces are exactly orthogonal to all of it',
});

function linear(
  context: CheckContext,
  asked: PerturbedSpaces,
  { families, sizes }: Exact,
  reduced: Reduced,
): RobustBound {
  const formula = formulaOf(asked);
  const pulls = Object.fromEntries(
    families.slice(0, families.length - asked.set.length).map((each) => [each.name, upTo(strength(each))]),
  );
  const onBall = gapOnUnitBall(families);
  const without = (why: string): RobustBound => ({
    id: asked.id,
    formula,
    bound: null,
    tier: 'certified',
    constants: pulls,
    detail: `${why}; on the ball of radius 1 around the coefficients of f_X(θ) the gap is at most ${onBall}`,
  });
  if (asked.features.length === 0 && !asked.gamma) return without('γ is not known in closed form');
  const sparse = quadraticInfimum(context, reduced.columns)?.minimiser;
  if (!sparse) return without('no minimiser is known');
  const minimiser = new Array<Rational>(sizes.reduce((sum, size) => sum + size, 0)).fill(Rational.zero);
  reduced.pivots.forEach((k, j) => {
    minimiser[k] = sparse[j]!;
  });
  let from = 0;
  const alpha = sizes.map((size) => {
    from += size;
    return minimiser.slice(from - size, from).map(enclose);
  });
  const first = families.length - asked.set.length;
  const near = families.slice(0, first);
  const onFibre = families.slice(first);
  const distances = near.map((family, k) => distanceTo(family, alpha[k]!));
  const lengths = onFibre.map((family, j) => distanceTo(family, alpha[first + j]!));
  const largest = Math.max(0, ...onFibre.map(strength));
  const total = lengths.reduce((sum, length) => A.add(sum, A.float(length)), A.zero).hi;
  const names = [...asked.features.map(distanceName), asked.gamma ? '‖α₀ − γ‖' : '‖α₀‖'];
  return {
    id: asked.id,
    formula,
    bound: { upper: gapAt(near, alpha, A.mul(A.float(largest), A.float(total)).hi) },
    tier: 'certified',
    constants: {
      ...Object.fromEntries(near.map((family) => [family.name, upTo(strength(family))])),
      ...(onFibre.length > 0 ? { 'max_j ‖∇L(θ + εS_j)‖': upTo(largest) } : {}),
      ...Object.fromEntries(names.map((name, k) => [name, upTo(distances[k]!)])),
      ...(onFibre.length > 0 ? { 'Σ_j ‖α_j‖': upTo(total) } : {}),
    },
    detail: `by the gradient inequality at a minimiser over S of ${asked.set.length + 1} at ε = ${asked.epsilon}`,
  };
}

const distanceName = ({ coefficients, reference }: FeatureBlock): string =>
  `‖${coefficients}${reference === '' ? '' : ` − ${reference}`}‖`;

/** ‖Π̃G‖²/(2βλ_max) ≤ L(θ) − inf ≤ ‖Π̃G‖²/(2μλ_min), Π̃ the projector on the span of all columns; exact. */
function projected(
  context: CheckContext,
  { id }: PerturbedSpaces,
  { columns }: Reduced,
): RobustBound | undefined {
  const { strongConvexity: mu, smoothness: beta } = context.instance.loss;
  if (mu === undefined || beta === undefined || !context.exact) return undefined;
  const G = context.exact.summary().force.flat();
  const norm = G.reduce((sum, entry) => sum.add(entry.mul(entry)), Rational.zero);
  const square = norm.sub(leastSquares(columns, G).minimum);
  const [least, largest] = weightRange(context);
  const lower = square.div(Rational.fromNumber(2 * beta).mul(largest));
  const upper = square.div(Rational.fromNumber(2 * mu).mul(least));
  const ends = [enclosureOf(lower), enclosureOf(upper)];
  if (!lower.equals(upper) && !(ends[0] && ends[1])) return undefined;
  return {
    id: `${id}'`,
    formula: '‖Π̃G‖²/(2βλ_max) ≤ L(θ) − inf ≤ ‖Π̃G‖²/(2μλ_min)',
    bound: lower.equals(upper) ? exactQuantity(upper) : { lower: ends[0]!.lo, upper: ends[1]!.hi },
    tier: 'exact',
    constants: {
      μ: exactQuantity(Rational.fromNumber(mu)),
      β: exactQuantity(Rational.fromNumber(beta)),
      λ_min: exactQuantity(least),
      λ_max: exactQuantity(largest),
      '‖Π̃G‖²': exactQuantity(square),
    },
    detail: 'G was projected in rationals on the span of everything that the infimum is over',
  };
}

/** The columns that an exact rank keeps, and where they stood. */
interface Reduced {
  readonly columns: Matrix;
  readonly pivots: readonly number[];
}

function independent(columns: Matrix): Reduced {
  const pivots = rank(columns).lower.pivotCols;
  const entries = Array.from({ length: columns.rows }, (_, i) =>
    pivots.map((j) => columns.entries[i * columns.cols + j]!),
  ).flat();
  return { columns: matrix(columns.rows, pivots.length, entries), pivots };
}
