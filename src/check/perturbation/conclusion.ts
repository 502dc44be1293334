import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import { type Matrix, rank } from '../../exact/linear-algebra.ts';
import { polynomialArithmetic } from '../../exact/polynomial-arithmetic.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import { AtKink } from '../../symbolic/derivative.ts';
import type { CheckContext } from '../check-context.ts';
import { exactly, type Known } from '../quantity.ts';
import type { ObligationReport, Quantity, SpanReport } from '../report.ts';
import { quadraticInfimum } from '../right-hand-side/quadratic.ts';
import { weaker } from '../strategy.ts';
import { imageSubspace, orthogonalToForces } from '../structure/image-subspace.ts';
import { beside, inEveryOutput, perturbedSpan } from './span.ts';

/** What is asked: L(θ) against the infimum over Ẽ_ε, or over Ẽ_ε with features added. */
export interface PerturbedQuestion {
  /** vectors of R^m that enter every output freely: x and z for Theorem 3, h^(l) for Theorem 4 */
  readonly features: readonly (readonly Rational[])[];
  readonly hypotheses: readonly ObligationReport[];
  readonly convex: ObligationReport;
  /** f_X(θ) lies in the space over which the infimum is taken */
  readonly contained: boolean;
  readonly localMinimum: ObligationReport;
  readonly left: Known | undefined;
}

export interface PerturbedAnswer {
  readonly conclusion: Omit<ObligationReport, 'id' | 'seconds'>;
  readonly right: Quantity | undefined;
  readonly span: SpanReport | undefined;
  readonly epsilon: Rational;
}

const DEFAULT_EPSILON = new Rational(1n, 100n);

/** The ε of V[θ, ε]: the user's, or 1/100. */
export const epsilonOf = ({ instance }: CheckContext): Rational => instance.epsilon ?? DEFAULT_EPSILON;

/**
 * The conclusion of Theorems 2, 3 and 4 on an instance. A finite S ⊆ V[θ, ε] is built exactly; if the forces are not
 * orthogonal to what it spans, the infimum is strictly below L(θ) (Lemma 0) and the conclusion fails at this ε. It holds
 * when the forces are orthogonal to a space that holds all of Ẽ_ε, when Ẽ_ε can grow no further, or when θ is alone on its
 * fibre; else, if every hypothesis holds, by the theorem itself.
 */
export function perturbedConclusion(context: CheckContext, question: PerturbedQuestion): PerturbedAnswer {
  const { instance } = context;
  const epsilon = epsilonOf(context);
  const dy = instance.model.outputs;
  const { left, convex } = question;
  const rows = instance.m * dy;
  const undecided = (detail: string): PerturbedAnswer['conclusion'] => ({
    status: 'undecided',
    tier: 'numeric',
    detail,
    witness: null,
  });
  const established = question.hypotheses.every(({ status }) => status === 'holds');
  const tier = question.hypotheses.map((each) => each.tier).reduce(weaker);
  const byTheorem = (how: string): PerturbedAnswer['conclusion'] => ({
    status: 'holds',
    tier,
    detail: how,
    witness: null,
  });

  const features = inEveryOutput(question.features, instance.m, dy);
  const image = attempt(() => imageSubspace(context));
  const whole = image && inEveryOutput([...image.samples, ...question.features], instance.m, dy);
  const most = whole ? rank(whole).rank : rows;
  const found = attempt(() => perturbedSpan(context, epsilon, image ? image.samples.length * dy : rows));
  if (!found || !context.exact) {
    const alone = isolated(question.localMinimum);
    if (established && alone && question.features.length === 0) {
      return {
        conclusion: byTheorem('θ is a strict local minimum: near it V[θ, ε] = {0}, so Ẽ_ε = range J(θ)'),
        right: left?.quantity,
        span: undefined,
        epsilon,
      };
    }
    return {
      conclusion: established
        ? byTheorem('every hypothesis holds, so the theorem gives it for all small ε')
        : undecided('J(θ) is not rational here, and no finite S was built'),
      right: established ? left?.quantity : undefined,
      span: undefined,
      epsilon,
    };
  }
  const columns = beside(found.columns, features);
  const dimension = rank(columns).rank;
  const force = context.exact.summary().force.flat();
  const pulled = orthogonal(columns, force);
  const held =
    whole !== undefined &&
    question.features.every((u) => orthogonalToForces(context, [u])) &&
    orthogonalToForces(context, image!.samples);
  // Ẽ_ε lies in the whole space for small ε; at this ε that is checked for what was found.
  const full = dimension === most && (whole === undefined || rank(beside(whole, columns)).rank === most);
  const span: SpanReport = {
    tangent: found.tangent,
    perturbed: found.perturbed,
    atMost: image ? image.samples.length * dy : rows,
    exhaustive: found.perturbed === (image ? image.samples.length * dy : rows),
  };
  const size = found.set.length + 1;
  const set = `S has ${size} ${size === 1 ? 'vector' : 'vectors'}`;
  const infimum = convex.status === 'holds' ? quadraticInfimum(context, columns) : undefined;
  const value = infimum && exactly(infimum.minimum);
  const everything = whole === undefined || image!.everywhere;
  const atZero = infimum?.minimum.isZero === true && instance.loss.lowerBound === 0;
  const exhausted = (full && everything) || held || atZero;
  const right: Quantity | undefined = value
    ? exhausted
      ? value.quantity
      : { upper: value.enclosure!.hi }
    : pulled && held
      ? left?.quantity
      : undefined;

  if (convex.status !== 'holds')
    return { conclusion: undecided('without Assumption 1 nothing follows'), right, span, epsilon };
  if (!pulled) {
    if (!question.contained)
      return {
        conclusion: undecided('f_X(θ) is not known to lie in the space of the infimum'),
        right,
        span,
        epsilon,
      };
    const better = value?.exact && left?.exact ? `: ${value.exact} < ${left.exact} = L(θ)` : '';
    const small = failsForAllSmall(context, features, force, found.set);
    if (small === undefined) {
      const detail = `at ε = ${epsilon} some α does better${better}, but not shown for all small ε (${set})`;
      return { conclusion: undecided(detail), right, span, epsilon };
    }
    return {
      conclusion: {
        status: 'fails',
        tier: 'exact',
        detail: `for every ε > 0 some α does better, since the forces are not orthogonal to ${small}${better} (${set})`,
        witness: { epsilon: `${epsilon}`, set: found.set.map((v) => v.map(String)) },
      },
      right,
      span,
      epsilon,
    };
  }
  const settled = held
    ? 'the forces are orthogonal to a space that holds all of Ẽ_ε and the features'
    : full
      ? 'Ẽ_ε with the features is as large as it can be, and the forces are orthogonal to it'
      : isolated(question.localMinimum)
        ? 'θ is a strict local minimum: near it V[θ, ε] = {0}, and the forces are orthogonal to range J(θ) and the features'
        : undefined;
  if (settled && question.contained) {
    return {
      conclusion: { status: 'holds', tier: 'exact', detail: `${settled} (${set})`, witness: null },
      right: left?.quantity ?? right,
      span,
      epsilon,
    };
  }
  if (established) {
    return {
      conclusion: byTheorem(
        `every hypothesis holds, so the theorem gives it for all small ε; nothing found contradicts it (${set})`,
      ),
      right: left?.quantity ?? right,
      span,
      epsilon,
    };
  }
  return {
    conclusion: undecided(
      `no vector of V[θ, ε] that was tried does better (${set}); S is not known to be exhaustive`,
    ),
    right,
    span,
    epsilon,
  };
}

/**
 * Why the conclusion fails at every small ε > 0, not only at the one tried: the forces pull on range J(θ), on the
 * features, or on the derivatives along a whole segment θ + sv of the fibre, as polynomials in s. Undefined if not shown.
 */
function failsForAllSmall(
  context: CheckContext,
  features: Matrix,
  force: readonly Rational[],
  set: readonly (readonly Rational[])[],
): string | undefined {
  const point = context.exact!;
  if (point.summary().gradient.some((entry) => !entry.isZero)) return 'range J(θ)';
  if (!orthogonal(features, force)) return 'the features';
  const A = polynomialArithmetic(rationalArithmetic);
  for (const v of set) {
    const theta = point.theta.map((entry, k) =>
      A.add(A.rational(entry), v[k]!.isZero ? A.zero : [Rational.zero, v[k]!]),
    );
    const along = attempt(() => context.over(A, theta, 'a segment of the fibre').summary());
    if (!along) continue;
    const outputs = point.summary().outputs;
    const constant = along.outputs.every((row, i) =>
      row.every((entry, j) => A.isZero(A.sub(entry, A.rational(outputs[i]![j]!)))),
    );
    // With f constant along the segment its forces are G, so this gradient is the pull of G on ∂_k f(θ + sv).
    if (constant && along.gradient.some((entry) => !A.isZero(entry)))
      return 'the derivatives along a segment of the fibre';
  }
  return undefined;
}

const isolated = ({ status, detail }: ObligationReport): boolean =>
  status === 'holds' && detail.startsWith('strict');

function orthogonal(columns: Matrix, force: readonly Rational[]): boolean {
  for (let k = 0; k < columns.cols; k++) {
    let sum = Rational.zero;
    for (let i = 0; i < columns.rows; i++)
      sum = sum.add(columns.entries[i * columns.cols + k]!.mul(force[i]!));
    if (!sum.isZero) return false;
  }
  return true;
}

function attempt<R>(compute: () => R | undefined): R | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Inexpressible || error instanceof AtKink) return undefined;
    throw error;
  }
}
