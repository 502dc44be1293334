import { type Matrix, rank } from '../../exact/linear-algebra.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { exactGradient } from '../gradient.ts';
import { enclosureOf, exactly, type Known } from '../quantity.ts';
import type { ObligationReport, Quantity, SpanReport, Tier } from '../report.ts';
import { quadraticInfimum } from '../right-hand-side/quadratic.ts';
import { exactJacobian } from '../right-hand-side/span.ts';
import { weaker } from '../strategy.ts';
import { keepsSigns } from '../structure/ball.ts';
import { type ImageSubspace, imageSubspace, orthogonalToForces } from '../structure/image-subspace.ts';
import { certifiedSpan } from './certified-span.ts';
import { constantRank } from './constant-rank.ts';
import { fibreBound } from './fibre-bound.ts';
import type { Proposal } from './proposal.ts';
import { pullAlong, pullOn } from './segment.ts';
import { beside, inEveryOutput, type PerturbedSpan, perturbedSpan } from './span.ts';

/** What is asked: L(θ) against the infimum over Ẽ_ε, or over Ẽ_ε with features added. */
export interface PerturbedQuestion {
  /**
   * Vectors of R^m that enter every output freely: x and z for Theorem 3, h^(l) for Theorem 4; undefined where they
   * cannot be written down exactly.
   */
  readonly features: readonly (readonly Rational[])[] | undefined;
  readonly hypotheses: readonly ObligationReport[];
  readonly convex: ObligationReport;
  /** how it is known that f_X(θ) lies in the space over which the infimum is taken; undefined when it is not */
  readonly contained: Tier | undefined;
  readonly localMinimum: ObligationReport;
  readonly left: Known | undefined;
}

export interface PerturbedAnswer {
  readonly conclusion: Omit<ObligationReport, 'id' | 'seconds'>;
  readonly right: Quantity | undefined;
  readonly span: SpanReport | undefined;
  /** the ε that `right` is about; undefined when it is about every small enough ε */
  readonly epsilon: Rational | undefined;
}

const DEFAULT_EPSILON = new Rational(1n, 100n);

/** The ε of V[θ, ε]: the user's, or 1/100. */
export const epsilonOf = ({ instance }: CheckContext): Rational => instance.epsilon ?? DEFAULT_EPSILON;

/**
 * The conclusion of Theorems 2, 3 and 4 on an instance: equality for every small enough ε. A finite S ⊆ V[θ, ε] is built
 * exactly. The conclusion holds when the forces are orthogonal to a space that holds all of Ẽ_ε for small ε, when Ẽ_ε can
 * grow no further, when θ is alone on its fibre, or when the rank of J is constant near θ (Lemma 0, constant rank theorem). It fails when at arbitrarily small ε they are not. Else, if
 * every hypothesis holds, it holds by the theorem itself. At a θ* known by an enclosure only the theorem can say it.
 */
export function perturbedConclusion(context: CheckContext, question: PerturbedQuestion): PerturbedAnswer {
  const { left, convex, contained, localMinimum } = question;
  const nearby = question.hypotheses.find(({ id }) => id === 'differentiable-nearby');
  const established = question.hypotheses.every(({ status }) => status === 'holds');
  const tier = question.hypotheses.map((each) => each.tier).reduce(weaker);
  const epsilon = epsilonOf(context);
  if (convex.status !== 'holds') return plain(undecided('without Assumption 1 nothing follows'), epsilon);
  const theTheorem = 'every hypothesis holds, so the theorem gives it for all small ε';
  const enclosed = context.place().kind === 'enclosed';
  const at = enclosed ? undefined : expressed(() => exactSpaces(context, question.features, epsilon));
  // L at the given θ is not L(θ*).
  const value = enclosed ? undefined : left?.quantity;
  if (!at) {
    const byIntervals = certifiedConclusion(context, question, nearby, epsilon, value);
    if (byIntervals) return byIntervals;
    if (established) return plain({ ...held(tier), detail: theTheorem }, undefined, value);
    const reason = enclosed
      ? 'θ* is known by an enclosure only, and the hypotheses do not settle it'
      : 'J(θ) or the forces are not rational here, and no finite S was built';
    return plain(undecided(reason), epsilon);
  }

  const { found, columns, dimension, image, imageHere, most, force, span } = at;
  const size = found.set.length + 1;
  const set = `S has ${size} ${size === 1 ? 'vector' : 'vectors'} at ε = ${epsilon}`;
  const pulled = orthogonal(columns, force);
  // Everything that Ẽ_ε and the features may reach at this ε was reached.
  const full = dimension === most;
  const toImage = image !== undefined && at.imageOrthogonal;
  const infimum = quadraticInfimum(context, columns);
  const lowest = infimum && exactly(infimum.minimum);
  const evidence = [convex.tier, contained ?? 'exact'].reduce(weaker, 'exact' as Tier);

  const settled: readonly [string, Tier] | undefined = toImage
    ? ['the forces are orthogonal to a space that holds all of Ẽ_ε and the features', evidence]
    : pulled && full
      ? ['Ẽ_ε with the features is as large as it can be, and the forces are orthogonal to it', evidence]
      : localMinimum.status === 'holds' && localMinimum.strict === true && at.tangentOrthogonal
        ? [
            'θ is a strict local minimum: near it V[θ, ε] = {0}, and the forces are orthogonal to range J(θ) and the features',
            weaker(evidence, localMinimum.tier),
          ]
        : at.constant !== undefined && nearby?.status === 'holds' && at.tangentOrthogonal
          ? [
              `the rank of J is constant near θ (${at.constant}), so Ẽ_ε = range J(θ) for small ε, and the forces are orthogonal to it and the features`,
              weaker(evidence, nearby.tier),
            ]
          : undefined;
  const zero = infimum?.minimum.isZero === true && context.instance.loss.lowerBound === 0;
  const orthogonalHere = contained !== undefined && ((toImage && imageHere) || (pulled && full));
  const here: Quantity | undefined =
    full || zero
      ? lowest?.quantity
      : orthogonalHere
        ? left?.quantity
        : lowest?.enclosure && { upper: lowest.enclosure.hi };
  const known = (full && lowest !== undefined) || zero || orthogonalHere;
  /** Where equality is known for small ε only, that is what is reported, unless the user asked about one ε. */
  const answer = (conclusion: PerturbedAnswer['conclusion']): PerturbedAnswer =>
    conclusion.status === 'holds' && !known && context.instance.epsilon === undefined
      ? { conclusion, right: value ?? here, span, epsilon: undefined }
      : { conclusion, right: here, span, epsilon };

  if (settled && contained !== undefined) {
    return answer({ ...held(settled[1]), detail: `${settled[0]} (${set})` });
  }
  const better =
    lowest?.exact && left?.exact && lowest.exact.cmp(left.exact) < 0
      ? `: ${lowest.exact} < ${left.exact} = L(θ)`
      : '';
  if (!pulled && contained !== undefined) {
    const small = failsForAllSmall(context, at, found.members);
    if (small !== undefined) {
      return answer({
        status: 'fails',
        tier: evidence,
        detail: `for every ε > 0 some α does better, since the forces are not orthogonal to ${small}${better} (${set})`,
        witness: { epsilon: `${epsilon}`, set: found.set.map((v) => v.map(String)) },
      });
    }
  }
  if (established) {
    const rest = pulled
      ? 'nothing found contradicts it'
      : `ε = ${epsilon} is not small: some α does better${better}`;
    return answer({ ...held(tier), detail: `${theTheorem}; ${rest} (${set})` });
  }
  if (contained === undefined)
    return answer(undecided('f_X(θ) is not known to lie in the space of the infimum'));
  return answer(
    undecided(
      pulled
        ? `no vector of V[θ, ε] that was tried does better (${set}); S is not known to be exhaustive`
        : `at ε = ${epsilon} some α does better${better}, but not shown for all small ε (${set})`,
    ),
  );
}

/**
 * Where nothing is rational, or θ* is known by an enclosure: the rank of J is bounded from below by intervals. A rank that
 * is as large as it can be near θ makes Ẽ_ε = range J(θ), to which the forces at a critical point are orthogonal; a segment
 * of the fibre on which they pull refutes.
 */
function certifiedConclusion(
  context: CheckContext,
  { features, convex, contained, hypotheses }: PerturbedQuestion,
  nearby: ObligationReport | undefined,
  epsilon: Rational,
  value: Quantity | undefined,
): PerturbedAnswer | undefined {
  const found = certifiedSpan(context, epsilon);
  if (!found || nearby?.status !== 'holds') return undefined;
  const { m, model, trainableIndices } = context.instance;
  const of = m * model.outputs;
  const { tangent, perturbed, members } = found;
  const constant =
    tangent === of
      ? 'J(θ) has full row rank'
      : tangent === trainableIndices.length
        ? 'J(θ) has full column rank'
        : undefined;
  const atMost = fibreBound(context, undefined).samples.length * model.outputs;
  const span: SpanReport = {
    tier: 'certified',
    tangent,
    perturbed,
    atMost,
    exhaustive: perturbed === atMost,
    ...(constant === undefined ? {} : { constantRank: constant }),
  };
  const critical = context.place().kind === 'enclosed' || exactGradient(context).kind === 'zero';
  const tier = [convex.tier, nearby.tier, contained ?? 'exact'].reduce(weaker, 'certified' as Tier);
  const bare = features !== undefined && features.length === 0;
  if (contained !== undefined && constant !== undefined && critical && (bare || tangent === of)) {
    const detail = `the rank of J is constant near θ (${constant}), so Ẽ_ε = range J(θ) for small ε, and the forces are orthogonal to it`;
    return { conclusion: { ...held(tier), detail }, right: value, span, epsilon: undefined };
  }
  const pulling = found.segments.find(
    ({ pulls, gradient }) => pulls !== undefined && gradient.some(({ lo, hi }) => lo > 0 || hi < 0),
  );
  if (contained !== undefined && pulling && context.place().kind === 'given') {
    const set = [pulling, ...members.filter((member) => member !== pulling)].map(({ v }) => v.map(String));
    const conclusion = {
      status: 'fails',
      tier,
      detail: `for every ε > 0 some α does better, since the forces are not orthogonal to the derivatives along a segment of the fibre, by intervals`,
      witness: { epsilon: `${epsilon}`, set },
    } as const;
    return { conclusion, right: undefined, span, epsilon };
  }
  if (!hypotheses.every(({ status }) => status === 'holds')) return undefined;
  const detail = 'every hypothesis holds, so the theorem gives it for all small ε';
  const weakest = hypotheses.map((each) => each.tier).reduce(weaker);
  return { conclusion: { ...held(weakest), detail }, right: value, span, epsilon: undefined };
}

const held = (tier: Tier) => ({ status: 'holds', tier, witness: null }) as const;

const undecided = (detail: string): PerturbedAnswer['conclusion'] => ({
  status: 'undecided',
  tier: 'numeric',
  detail,
  witness: null,
});

const plain = (
  conclusion: PerturbedAnswer['conclusion'],
  epsilon: Rational | undefined,
  right?: Quantity,
): PerturbedAnswer => ({ conclusion, right, span: undefined, epsilon });

export interface ExactSpaces {
  readonly found: PerturbedSpan;
  /** the columns of S and the features */
  readonly columns: Matrix;
  readonly dimension: number;
  readonly features: Matrix;
  readonly image: ImageSubspace | undefined;
  /** `image` holds Ẽ_ε at the ε of S, not only at smaller ones */
  readonly imageHere: boolean;
  /** a bound of `dimension` at the ε of S */
  readonly most: number;
  /** why rank J is constant near θ, if f is differentiable there */
  readonly constant: string | undefined;
  readonly force: readonly Rational[];
  /** G ⊥ image and features */
  readonly imageOrthogonal: boolean;
  /** G ⊥ range J(θ) and features */
  readonly tangentOrthogonal: boolean;
  readonly span: SpanReport;
}

/** Everything about Ẽ_ε and the forces that is exact; undefined where J(θ) is too large. Throws Inexpressible and AtKink. */
export function exactSpaces(
  context: CheckContext,
  samples: PerturbedQuestion['features'],
  epsilon: Rational,
): ExactSpaces | undefined {
  if (!context.exact || !samples) return undefined;
  const { m, model } = context.instance;
  const dy = model.outputs;
  const force = context.exact.summary().force.flat();
  const image = expressed(() => imageSubspace(context));
  const imageHere = image !== undefined && (image.everywhere || ballKeepsSigns(context, epsilon));
  const bound = fibreBound(context, imageHere ? image : undefined);
  const atMost = bound.samples.length * dy;
  const found = perturbedSpan(context, epsilon, atMost);
  const J = exactJacobian(context);
  if (!found || !J) return undefined;
  const constant = constantRank(context, found.tangent, image && image.samples.length * dy);
  const features = inEveryOutput(samples, m, dy);
  const columns = beside(found.columns, features);
  return {
    found,
    columns,
    dimension: rank(columns).rank,
    features,
    image,
    imageHere,
    most: rank(inEveryOutput([...bound.samples, ...samples], m, dy)).rank,
    force,
    imageOrthogonal: image !== undefined && orthogonalToForces(context, [...image.samples, ...samples]),
    tangentOrthogonal: orthogonal(beside(J, features), force),
    span: {
      tangent: found.tangent,
      perturbed: found.perturbed,
      atMost,
      exhaustive: found.perturbed === atMost,
      bound: bound.reason,
      ...(constant === undefined ? {} : { constantRank: constant }),
      generators: found.generators,
    },
    constant,
  };
}

/** No kink is met within ε of θ. */
function ballKeepsSigns(context: CheckContext, epsilon: Rational): boolean {
  const radius = enclosureOf(epsilon)?.hi;
  return (
    radius !== undefined && expressed(() => keepsSigns(context, context.interval.theta, radius)) === true
  );
}

/**
 * Why the conclusion fails at every small ε > 0, not only at the one tried: the forces pull on range J(θ), on the
 * features, or on the derivatives along a whole segment θ + sv or curve of the fibre, as polynomials in s. Undefined if not
 * shown.
 */
function failsForAllSmall(
  context: CheckContext,
  { features, force }: ExactSpaces,
  members: readonly Proposal[],
): string | undefined {
  const point = context.exact!;
  if (point.summary().gradient.some((entry) => !entry.isZero)) return 'range J(θ)';
  if (!orthogonal(features, force)) return 'the features';
  for (const { v, curve } of members) {
    const pull = pullAlong(context, v);
    if (typeof pull === 'object') return 'the derivatives along a segment of the fibre';
    if (curve && typeof pullOn(context, curve) === 'object')
      return 'the derivatives along a polynomial curve on the fibre';
  }
  return undefined;
}

export function orthogonal(columns: Matrix, force: readonly Rational[]): boolean {
  for (let k = 0; k < columns.cols; k++) {
    let sum = Rational.zero;
    for (let i = 0; i < columns.rows; i++)
      sum = sum.add(columns.entries[i * columns.cols + k]!.mul(force[i]!));
    if (!sum.isZero) return false;
  }
  return true;
}
