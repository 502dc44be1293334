import { normUpperBound } from '../../certified/ball-matrix.ts';
import type { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { column, parameterName } from '../gradient.ts';
import { certifiedSegments } from '../perturbation/certified-segments.ts';
import { epsilonOf, exactSpaces, orthogonal } from '../perturbation/conclusion.ts';
import { pullAlong, pullOn } from '../perturbation/segment.ts';
import type { ObligationReport } from '../report.ts';
import { boundsOfLemma3 } from '../robust/index.ts';
import { accepted, type Outcome, weaker } from '../strategy.ts';
import { affineInParameters } from '../structure/affine.ts';
import type { CheckableResult } from './result.ts';
import { verdictOf } from './verdict.ts';

/**
 * Lemma 3 (A.2): at a local minimum the forces are orthogonal to every ∂_k f_X(θ + εv), v ∈ V[θ, ε], for all small ε; in
 * other words ∇L vanishes on the fibre next to θ. Its contrapositive refutes local minima.
 */
export const lemma3: CheckableResult = {
  id: 'lemma-3',
  obligations: ['loss-differentiable', 'differentiable-nearby', 'local-minimum'],
  appliesTo: () => true,
  async check(context, shared) {
    const hypotheses = [
      await shared.discharge('loss-differentiable'),
      await shared.discharge('differentiable-nearby'),
      await shared.discharge('local-minimum'),
    ];
    const critical = await shared.discharge('critical');
    const start = Date.now();
    const found = conclude(context, hypotheses, critical);
    const conclusion: ObligationReport = {
      ...found,
      witness: found.witness ?? null,
      id: 'conclusion',
      seconds: (Date.now() - start) / 1000,
    };
    const obligations = [...hypotheses, accepted(conclusion, shared.weakest)];
    const { verdict, tier } = verdictOf(obligations);
    return {
      result: 'lemma-3',
      verdict,
      tier,
      epsilon: epsilonOf(context).toString(),
      robust: boundsOfLemma3(context, hypotheses[2]!),
      obligations,
      meaning: meanings[verdict],
    };
  },
};

const meanings = {
  holds: 'On the fibre next to θ, where f keeps its values on the data, the gradient of L vanishes too.',
  'not-applicable': 'A hypothesis fails, so the lemma says nothing at this point.',
  undecided: 'Not every hypothesis could be decided, so the lemma is not established at this point.',
  contradiction: 'Every hypothesis holds and the conclusion fails: a bug in everymin, please report it.',
} as const;

function conclude(
  context: CheckContext,
  hypotheses: readonly ObligationReport[],
  critical: ObligationReport,
): Outcome {
  // v = 0 lies in every V[θ, ε].
  if (critical.status === 'fails' && critical.tier !== 'assumed') {
    return {
      status: 'fails',
      tier: critical.tier,
      detail: `already at v = 0: ${critical.detail}`,
      witness: { direction: 'zero', gradient: critical.witness },
    };
  }
  return exactly(context, hypotheses, critical) ?? byIntervals(context, hypotheses, critical);
}

const zeroGradient = '∇L(θ + εv) = 0';

/** A finite S ⊆ V[θ, ε] in rationals; undefined where it cannot be built. */
function exactly(
  context: CheckContext,
  hypotheses: readonly ObligationReport[],
  critical: ObligationReport,
): Outcome | undefined {
  if (context.place().kind === 'enclosed') return undefined;
  const epsilon = epsilonOf(context);
  const spaces = expressed(() => exactSpaces(context, [], epsilon));
  if (!spaces) return undefined;
  const { found, columns, force, dimension, most } = spaces;
  const { set } = found;
  const pulled = orthogonal(columns, force);
  const verified = pulled
    ? `${zeroGradient} exactly at v = 0${set.length > 0 ? ` and at the ${set.length} further ${set.length === 1 ? 'vector' : 'vectors'} of S` : ', the only vector of V that was found to matter'}, ε = ${epsilon}`
    : undefined;
  const figures = {
    'vectors of V[θ, ε] verified': set.length + 1,
    'dim range J': found.tangent,
    'dim span': found.perturbed,
  };
  if (!spaces.tangentOrthogonal) {
    return {
      status: 'fails',
      tier: 'exact',
      detail: 'already at v = 0: the forces are not orthogonal to range J(θ)',
      witness: { direction: 'zero' },
      figures,
    };
  }
  if (spaces.imageOrthogonal) {
    return {
      status: 'holds',
      tier: 'exact',
      detail: `near θ every ∂_k f_X lies in a linear space that the forces are orthogonal to${verified ? `; ${verified}` : ''}`,
      figures,
    };
  }
  if (pulled && dimension === most) {
    return { status: 'holds', tier: 'exact', detail: `${verified}; Ẽ_ε can be no larger`, figures };
  }
  if (!pulled) {
    for (const { v, curve } of found.members) {
      const straight = pullAlong(context, v);
      const pull = typeof straight === 'object' || !curve ? straight : pullOn(context, curve);
      if (typeof pull !== 'object') continue;
      const name = parameterName(context, pull.index);
      const path = pull === straight ? undefined : curve;
      return {
        status: 'fails',
        tier: 'exact',
        detail: `f_X stays on ${path ? `a polynomial curve θ(s)` : 'the segment θ + sv'}, and ∂L/∂${name} = ${polynomial(pull.derivative)} there, not 0 for small s > 0${path ? '' : `, v = (${describe(context, v)})`}`,
        witness: {
          kind: 'fibre-gradient',
          ...(path ? { curve: path.map((entry) => entry.map(String)) } : { direction: v.map(String) }),
          parameter: name,
          derivative: pull.derivative.map(String),
        },
        figures,
      };
    }
  }
  if (affineInParameters(context.problem.graph)) {
    return {
      status: 'holds',
      tier: 'exact',
      detail: `f is affine in θ, so ∂_k f_X is the same at every point; ${verified}`,
      figures,
    };
  }
  const nearby = hypotheses.find(({ id }) => id === 'differentiable-nearby')!;
  if (spaces.constant !== undefined && nearby.status === 'holds') {
    return {
      status: 'holds',
      tier: weaker('exact', nearby.tier),
      detail: `the rank of J is constant near θ (${spaces.constant}), so range J is the same on the fibre; ∇L(θ) = 0`,
      figures,
    };
  }
  const alone = aloneOnFibre(context, hypotheses, critical);
  if (alone) return { ...alone, figures };
  const lemma = byTheLemma(hypotheses);
  const seen = verified ?? `at ε = ${epsilon}, which is not small, some ∇L(θ + εv) is not 0`;
  return {
    ...(lemma ?? { status: 'undecided', tier: 'exact' }),
    detail: lemma ? `${lemma.detail}; ${seen}` : `${seen}; S is not known to be exhaustive`,
    figures,
  };
}

/** Dual intervals, over the whole place. */
function byIntervals(
  context: CheckContext,
  hypotheses: readonly ObligationReport[],
  critical: ObligationReport,
): Outcome {
  const epsilon = epsilonOf(context);
  const segments = expressed(() => certifiedSegments(context, epsilon)) ?? [];
  const pulling = segments.find(({ pulls }) => pulls !== undefined);
  if (pulling) {
    const name = parameterName(context, pulling.pulls!);
    return {
      status: 'fails',
      tier: 'certified',
      detail: `f_X stays on the segment θ + sv, and ∂L/∂${name} leaves 0 at first order in s, v = (${describe(context, pulling.v)})`,
      witness: { kind: 'fibre-gradient', direction: pulling.v.map(String), parameter: name },
    };
  }
  const largest = Math.max(0, ...segments.map(({ gradient }) => normUpperBound(column(gradient))));
  const figures =
    segments.length === 0
      ? {}
      : { 'vectors of V[θ, ε] verified': segments.length, 'largest ‖∇L(θ + εv)‖': { upper: largest } };
  const settled = aloneOnFibre(context, hypotheses, critical) ?? byTheLemma(hypotheses);
  return {
    ...(settled ?? {
      status: 'undecided',
      tier: 'certified',
      detail: 'nothing was found on the fibre that decides it',
    }),
    figures,
  };
}

/** A strict local minimum has no other point of its fibre next to it. */
function aloneOnFibre(
  context: CheckContext,
  hypotheses: readonly ObligationReport[],
  critical: ObligationReport,
): Outcome | undefined {
  const local = hypotheses.find(({ id }) => id === 'local-minimum')!;
  if (local.status !== 'holds' || local.strict !== true || critical.status !== 'holds') return undefined;
  const point = context.place().kind === 'enclosed' ? 'θ*' : 'θ';
  return {
    status: 'holds',
    tier: weaker(local.tier, critical.tier),
    detail: `${point} is a strict local minimum: near it V[${point}, ε] = {0}, and ∇L(${point}) = 0`,
  };
}

function byTheLemma(hypotheses: readonly ObligationReport[]): Outcome | undefined {
  if (!hypotheses.every(({ status }) => status === 'holds')) return undefined;
  return {
    status: 'holds',
    tier: hypotheses.map(({ tier }) => tier).reduce(weaker),
    detail: 'every hypothesis holds, so the lemma gives it for all small ε',
  };
}

const polynomial = (coefficients: readonly Rational[]): string => {
  const order = coefficients.findIndex((entry) => !entry.isZero);
  const more = coefficients.slice(order + 1).some((entry) => !entry.isZero) ? ' + …' : '';
  return `${coefficients[order]}${order === 0 ? '' : order === 1 ? ' s' : ` s^${order}`}${more}`;
};

const describe = (context: CheckContext, v: readonly Rational[]): string =>
  v
    .flatMap((entry, k) => (entry.isZero ? [] : [`${parameterName(context, k)}: ${entry}`]))
    .slice(0, 6)
    .join(', ');
