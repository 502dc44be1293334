import { checkRank } from '../../exact/linear-algebra.ts';
import type { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { epsilonOf } from '../perturbation/conclusion.ts';
import { featureInfimum, forceMatrices, layerBlocks, residualBlocks } from './forces.ts';
import { fullRankNearby } from './nearby.ts';
import { demand, Fault, matrixOf, numberOf, sameMatrix, vectorOf } from './parse.ts';
import { verifyPrinted } from './printed.ts';
import type { ProposedSet } from './proposal.ts';
import type { ConstructedSet, Construction, RankedMatrix, SetChecks } from './types.ts';
import { verifySet } from './verify-set.ts';
import { networkViews, residualViews, type Views } from './views.ts';

/**
 * Re-verifies a construction from the instance and the data of the report alone: every matrix is formed again, each rank
 * certificate checked, each set taken through verify-set.ts, and what is derived is compared with what the report says.
 * Returns what is wrong; an empty list means that all of it was verified. Throws TimeLimit.
 */
export function constructionFaults(context: CheckContext, claimed: Construction, convex: boolean): string[] {
  try {
    const checks = setChecks(context, claimed);
    claimed.sets.forEach(({ checks: said, feature }, k) => {
      demand(same(said, checks[k]!), `${feature}: the checks say otherwise`);
    });
    const blocks =
      claimed.theorem === 'theorem-3' ? residualBlocks(context) : layerBlocks(context, claimed.t!);
    const forces = forceMatrices(context, blocks);
    demand(same(claimed.forces, forces), 'the matrices G are others');
    demand(
      same(claimed.infimum, featureInfimum(context, blocks, forces, convex)),
      'the infimum over the features is another',
    );
    demand(
      same(claimed.fullRankNearby, fullRankNearby(context, claimed.structure, claimed.sets)),
      'the features with S = {0} near θ are others',
    );
    verifyPrinted(context, claimed);
    demand(
      claimed.complete === (claimed.missing.length === 0 && checks.every(passed)),
      'complete: the checks say otherwise',
    );
    return [];
  } catch (error) {
    if (error instanceof Fault) return [error.message];
    // Data from outside may have any shape; what the checks trip over is refused.
    if (error instanceof TypeError || error instanceof RangeError)
      return [`not of the shape of a construction: ${error.message}`];
    throw error;
  }
}

/** Every check of a set passed, on the samples too where it could be made. */
export const passed = ({ norm, unchanged, unchangedOnSamples, spans, spansOnSamples }: SetChecks): boolean =>
  norm && unchanged && spans && unchangedOnSamples !== 'differs' && spansOnSamples !== 'differs';

/** The checks of each set. Throws a Fault where the data contradict themselves or the instance. */
export function setChecks(
  context: CheckContext,
  claimed: Pick<Construction, 'theorem' | 't' | 'epsilon' | 'structure' | 'matrices' | 'missing'> & {
    readonly sets: readonly (ProposedSet | ConstructedSet)[];
  },
): SetChecks[] {
  const { instance, deadline } = context;
  const epsilon = numberOf(claimed.epsilon, 'ε');
  demand(halvedFrom(epsilonOf(context), epsilon), 'ε is not the one asked for, halved some times');
  let views: Views;
  if (claimed.theorem === 'theorem-3') {
    demand(claimed.t === undefined && claimed.structure === undefined, 'Theorem 3 has no t and no J');
    views = residualViews(instance, epsilon, deadline);
  } else {
    demand(claimed.theorem === 'theorem-4', 'the theorem is 3 or 4');
    demand(claimed.t !== undefined && claimed.structure !== undefined, 'Theorem 4 needs t and J');
    views = networkViews(instance, claimed.t, claimed.structure, epsilon, deadline);
  }
  demand(claimed.matrices.length === views.matrices.length, 'a matrix is missing');
  claimed.matrices.forEach((shown, k) => {
    const { name, matrix } = views.matrices[k]!;
    const A = matrixOf(shown, name, matrix.rows, matrix.cols);
    demand(sameMatrix(A, matrix), `${name}: its entries are others`);
    demand(rankHolds(A, shown), `${name}: the certificate does not prove rank ${shown.rank}`);
  });
  const missing = claimed.missing.map(({ feature }) => feature);
  if (missing.length > 0) {
    const { rank, rows, cols } = claimed.matrices[0]!;
    demand(
      claimed.theorem === 'theorem-3' && same(missing, ['z']) && rank < rows && rank === cols,
      'a set is missing that can be constructed',
    );
  }
  const expected = views.features.filter(({ name }) => !missing.includes(name));
  demand(
    same(
      claimed.sets.map(({ feature }) => feature),
      expected.map(({ name }) => name),
    ),
    'the sets are not one for each block of features',
  );
  return claimed.sets.map((set, k) => verifySet(expected[k]!.view, set));
}

function halvedFrom(asked: Rational, epsilon: Rational): boolean {
  if (!(epsilon.sign > 0)) return false;
  const { numerator, denominator } = asked.div(epsilon);
  return denominator === 1n && (numerator & (numerator - 1n)) === 0n;
}

function rankHolds(A: Parameters<typeof checkRank>[0], { name, rank, certificate }: RankedMatrix): boolean {
  demand(certificate !== null, `${name}: the certificate of its rank was left out`);
  const { lower, upper } = certificate;
  demand(['shape', 'left', 'right'].includes(upper.kind), `${name}: a certificate of no known kind`);
  const vectors =
    upper.kind === 'shape'
      ? undefined
      : upper.vectors.map((vector) =>
          vectorOf(vector, upper.kind === 'right' ? A.cols : A.rows, `${name}: null vector`),
        );
  return checkRank(A, {
    rank,
    lower,
    upper: upper.kind === 'shape' ? upper : { ...upper, vectors: vectors! },
  });
}

/** Equal as JSON: plain data, keys in any order. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return Object.is(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(([key, value]) => key in b && same(value, (b as Record<string, unknown>)[key]))
  );
}
