import type { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import type { Construction, NoConstruction } from '../construction/types.ts';
import { expressed } from '../expressed.ts';
import { type PerturbedQuestion, perturbedConclusion } from '../perturbation/conclusion.ts';
import { largestEpsilon } from '../perturbation/largest-epsilon.ts';
import { lossValue } from '../quantity.ts';
import type { ObligationReport, ResultReport, RobustBound } from '../report.ts';
import { verdictOf } from './verdict.ts';

export interface PerturbedResult {
  readonly result: string;
  readonly t?: number;
  readonly hypotheses: readonly ObligationReport[];
  readonly convex: ObligationReport;
  readonly localMinimum: ObligationReport;
  readonly contained: PerturbedQuestion['contained'];
  /** columns of R^m that enter every output; throws Inexpressible */
  readonly features: () => readonly (readonly Rational[])[];
  /** what the proof constructs on this instance */
  readonly construction?: () => Construction | NoConstruction | undefined;
  /** the quantitative versions at the given θ */
  readonly robust: readonly RobustBound[];
  readonly meaning: Readonly<Record<ResultReport['verdict'], string>>;
}

/** The report of a result whose conclusion is about V[θ, ε]: Theorems 2, 3 and 4. */
export function perturbedResult(context: CheckContext, asked: PerturbedResult): ResultReport {
  const start = Date.now();
  const left = lossValue(context);
  const answer = perturbedConclusion(context, { ...asked, left, features: expressed(asked.features) });
  const conclusion: ObligationReport = {
    ...answer.conclusion,
    id: 'conclusion',
    seconds: (Date.now() - start) / 1000,
  };
  const built = asked.construction?.();
  const obligations = [...asked.hypotheses, conclusion];
  const { verdict, tier } = verdictOf(obligations);
  return {
    result: asked.result,
    ...(asked.t === undefined ? {} : { t: asked.t }),
    verdict,
    tier,
    ...(left ? { left: left.quantity } : {}),
    ...(answer.right ? { right: answer.right } : {}),
    ...(answer.epsilon ? { epsilon: answer.epsilon.toString() } : {}),
    ...(answer.span ? { span: answer.span } : {}),
    largestEpsilon: largestEpsilon(
      context,
      asked.hypotheses.find(({ id }) => id === 'differentiable-nearby'),
      asked.localMinimum,
      asked.convex,
    ),
    ...(built ? { construction: built } : {}),
    ...(asked.robust.length > 0 ? { robust: asked.robust } : {}),
    obligations,
    meaning: asked.meaning[verdict],
  };
}
