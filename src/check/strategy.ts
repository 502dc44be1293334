import type { CheckContext } from './check-context.ts';
import { TimeLimit } from './deadline.ts';
import { reasonOf } from './gradient.ts';
import { type ObligationReport, type Quantity, type Status, TIERS, type Tier } from './report.ts';

/** What a strategy found. `fails` carries a witness that was replayed independently. */
export interface Outcome {
  readonly status: Status;
  readonly tier: Tier;
  /** one sentence: why */
  readonly detail: string;
  readonly witness?: unknown;
  readonly certificate?: unknown;
  /** of a local minimum: no other point near θ has a value as low */
  readonly strict?: boolean;
  readonly figures?: Readonly<Record<string, Quantity | string | number>>;
}

/** The strategy does not apply, or did not get anywhere; the next one is tried. */
export interface Declined {
  readonly declined: string;
}

export interface Strategy {
  readonly name: string;
  /** the strongest evidence it can give */
  readonly tier: Tier;
  run(context: CheckContext): Outcome | Declined | Promise<Outcome | Declined>;
}

/** An obligation with its strategies, strongest evidence first. */
export interface Obligation {
  readonly id: string;
  readonly strategies: readonly Strategy[];
}

export const weaker = (a: Tier, b: Tier): Tier => (TIERS.indexOf(a) > TIERS.indexOf(b) ? a : b);
const acceptable = (tier: Tier, weakest: Tier): boolean => TIERS.indexOf(tier) <= TIERS.indexOf(weakest);

/** A conclusion whose evidence is weaker than asked for is undecided; what the user asserted counts as it does elsewhere. */
export function accepted(report: ObligationReport, weakest: Tier): ObligationReport {
  if (report.status === 'undecided' || report.tier === 'assumed' || acceptable(report.tier, weakest))
    return report;
  return {
    ...report,
    status: 'undecided',
    detail: `only ${report.tier} evidence, weaker than asked for: ${report.detail}`,
    witness: null,
  };
}

/**
 * Runs the strategies in order until one decides. Evidence weaker than `weakest` does not count. A strategy that meets
 * a number it cannot write down, a kink, or the time limit declines with that reason.
 */
export async function discharge(
  context: CheckContext,
  obligation: Obligation,
  weakest: Tier,
): Promise<ObligationReport> {
  const start = Date.now();
  const report = (outcome: Outcome): ObligationReport => ({
    id: obligation.id,
    status: outcome.status,
    tier: outcome.tier,
    detail: outcome.detail,
    witness: outcome.witness ?? null,
    ...(outcome.strict === undefined ? {} : { strict: outcome.strict }),
    ...(outcome.certificate === undefined ? {} : { certificate: outcome.certificate }),
    ...(outcome.figures === undefined ? {} : { figures: outcome.figures }),
    seconds: (Date.now() - start) / 1000,
  });
  const declared = context.instance.declared.get(obligation.id);
  const reasons: string[] = [];
  let tried: Tier = 'symbolic';
  let undecided: Outcome | undefined;
  for (const strategy of obligation.strategies) {
    if (!acceptable(strategy.tier, weakest)) {
      reasons.push(`${strategy.name}: only ${strategy.tier} evidence, weaker than asked for`);
      continue;
    }
    let result: Outcome | Declined;
    try {
      context.deadline.check();
      result = await strategy.run(context);
    } catch (error) {
      result = { declined: error instanceof TimeLimit ? error.message : reasonOf(error) };
    }
    tried = weaker(tried, strategy.tier);
    if ('declined' in result) reasons.push(result.declined);
    else if (!acceptable(result.tier, weakest))
      reasons.push(`${strategy.name}: only ${result.tier} evidence`);
    else if (result.status === 'undecided') undecided ??= result;
    else return report(result);
  }
  if (declared !== undefined) {
    return report({
      status: declared ? 'holds' : 'fails',
      tier: 'assumed',
      detail: 'declared in the instance file, not checked',
      witness: declared ? undefined : 'declared',
    });
  }
  if (undecided) return report(undecided);
  const distinct = [...new Set(reasons.flatMap((reason) => reason.split('; ')))].filter(
    (reason) => reason !== '',
  );
  return report({
    status: 'undecided',
    tier: tried,
    detail: distinct.length > 0 ? distinct.join('; ') : 'no strategy applies',
  });
}
