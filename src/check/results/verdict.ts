import type { ObligationReport, Tier, Verdict } from '../report.ts';
import { TIERS } from '../report.ts';
import { weaker } from '../strategy.ts';

/**
 * The verdict of a result from its obligations (the last one is the conclusion) and its tier: the weakest evidence
 * among those that carry the verdict. One failing hypothesis is enough for `not-applicable`, so the strongest counts.
 */
export function verdictOf(obligations: readonly ObligationReport[]): { verdict: Verdict; tier: Tier } {
  const hypotheses = obligations.filter(({ id }) => id !== 'conclusion');
  const conclusion = obligations.find(({ id }) => id === 'conclusion');
  const failing = hypotheses.filter(({ status }) => status === 'fails');
  if (failing.length > 0) {
    const tier = failing
      .map((each) => each.tier)
      .reduce((a, b) => (TIERS.indexOf(a) < TIERS.indexOf(b) ? a : b));
    return { verdict: 'not-applicable', tier };
  }
  const tier = obligations.map((each) => each.tier).reduce(weaker, 'symbolic' as Tier);
  if (obligations.some(({ status }) => status === 'undecided')) return { verdict: 'undecided', tier };
  return { verdict: conclusion?.status === 'fails' ? 'contradiction' : 'holds', tier };
}
