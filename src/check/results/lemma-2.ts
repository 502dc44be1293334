import { type Arithmetic, Inexpressible } from '../../arithmetic/arithmetic.ts';
import { AtKink } from '../../symbolic/derivative.ts';
import type { CheckContext } from '../check-context.ts';
import { TimeLimit } from '../deadline.ts';
import { parameterName } from '../gradient.ts';
import type { Point } from '../point.ts';
import type { ObligationReport } from '../report.ts';
import { accepted } from '../strategy.ts';
import type { CheckableResult } from './result.ts';
import { verdictOf } from './verdict.ts';

/** Sizes beyond which J is not formed only to say again what ∇L says. */
const JACOBIAN_ENTRIES = 400_000;

/** Σ_i λ_i ∂ℓ_{y_i}(f_{x_i}(θ)) ∂_k f_{x_i}(θ) for every k, from J(θ) and the forces: the left side of Lemma 2. */
export function weightedForces<T>(A: Arithmetic<T>, point: Point<T>): T[] {
  const forces = point.summary().force.flat();
  const J = point.jacobian();
  return point.theta.map((_, k) =>
    forces.reduce((sum, force, row) => A.add(sum, A.mul(force, J[row]![k]!)), A.zero),
  );
}

export const lemma2: CheckableResult = {
  id: 'lemma-2',
  obligations: ['loss-differentiable', 'differentiable', 'critical'],
  appliesTo: () => true,
  async check(context, shared) {
    const obligations = [
      await shared.discharge('loss-differentiable'),
      await shared.discharge('differentiable'),
      await shared.discharge('critical'),
    ];
    obligations.push(accepted(conclusion(context, obligations[2]!), shared.weakest));
    const { verdict, tier } = verdictOf(obligations);
    return { result: 'lemma-2', verdict, tier, obligations, meaning: meanings[verdict] };
  },
};

const meanings = {
  holds: 'The weighted forces of the loss are orthogonal to every partial derivative of the model.',
  'not-applicable': 'A hypothesis fails, so the lemma says nothing at this point.',
  undecided: 'Not every hypothesis could be decided, so the lemma is not established at this point.',
  contradiction: 'Every hypothesis holds and the conclusion fails: a bug in everymin, please report it.',
} as const;

/** Evaluated from J(θ) itself in the strongest arithmetic that has it; criticality came from the gradient of L. */
function conclusion(context: CheckContext, critical: ObligationReport): ObligationReport {
  const start = Date.now();
  const report = (
    outcome: Pick<ObligationReport, 'status' | 'tier' | 'detail'> & { witness?: unknown },
  ): ObligationReport => ({
    id: 'conclusion',
    witness: null,
    ...outcome,
    seconds: (Date.now() - start) / 1000,
  });
  const rows = context.instance.m * context.instance.model.outputs;
  const claim = 'Σ λ_i ∂ℓ_i ∂_k f_i = 0 for every k';
  if (rows * context.interval.theta.length > JACOBIAN_ENTRIES) {
    return report({
      status: critical.status,
      tier: critical.tier,
      detail: `${claim}: J(θ) is too large to form; as ∇L(θ), by the chain rule`,
      witness: critical.witness,
    });
  }
  const attempts = [
    () => context.place().kind === 'given' && context.exact && decide(context, context.exact, 'exact'),
    () =>
      context.place().kind === 'given' &&
      context.exponential &&
      decide(context, context.exponential, 'exact'),
    () => decide(context, context.place().point, 'certified'),
  ];
  for (const attempt of attempts) {
    try {
      const outcome = attempt();
      if (outcome && outcome.status !== 'undecided') return report(outcome);
    } catch (error) {
      if (!(error instanceof Inexpressible || error instanceof AtKink || error instanceof TimeLimit))
        throw error;
    }
  }
  return report({
    status: critical.status,
    tier: critical.tier,
    detail: `${claim}: by the chain rule these sums are the components of ∇L`,
    witness: critical.witness,
  });
}

function decide<T>(context: CheckContext, point: Point<T>, tier: 'exact' | 'certified') {
  const A = point.arithmetic;
  const sums = weightedForces(A, point);
  const signs = sums.map((sum) => A.sign(sum));
  const k = signs.findIndex((sign) => sign === 1 || sign === -1);
  if (k >= 0) {
    const name = parameterName(context, k);
    return {
      status: 'fails',
      tier,
      detail: `Σ λ_i ∂ℓ_i ∂f_i/∂${name} ≠ 0`,
      witness: { parameter: name },
    } as const;
  }
  return signs.every((sign) => sign === 0)
    ? ({ status: 'holds', tier, detail: `all ${sums.length} sums Σ λ_i ∂ℓ_i ∂_k f_i are 0` } as const)
    : ({ status: 'undecided', tier, detail: '' } as const);
}
