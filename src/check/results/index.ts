import { basisDimension, type Numerics } from '../basis-dimension.ts';
import type { CheckContext } from '../check-context.ts';
import type { BasisReport, ObligationReport, Tier } from '../report.ts';
import { assumption1Obligation } from '../strategies/assumption-1.ts';
import { assumption2Obligation } from '../strategies/assumption-2.ts';
import { critical } from '../strategies/critical.ts';
import { differentiable } from '../strategies/differentiable.ts';
import { lossDifferentiable } from '../strategies/loss-differentiable.ts';
import { discharge } from '../strategy.ts';
import { lemma2 } from './lemma-2.ts';
import type { CheckableResult, SharedObligations } from './result.ts';
import { theorem1 } from './theorem-1.ts';

/** Every result that `check` knows, in the order of a report. */
export const checkableResults: readonly CheckableResult[] = [lemma2, theorem1];

const obligations = new Map(
  [assumption1Obligation, assumption2Obligation, critical, differentiable, lossDifferentiable].map((each) => [
    each.id,
    each,
  ]),
);

/** Discharges each obligation at most once for an instance, whichever results ask for it. */
export function sharedObligations(
  context: CheckContext,
  weakest: Tier,
  numerics: () => Promise<Numerics>,
): SharedObligations {
  let basis: Promise<BasisReport | undefined> | undefined;
  const known = new Map<string, Promise<ObligationReport>>();
  return {
    weakest,
    basis: () => (basis ??= basisDimension(context, numerics)),
    discharge(id) {
      let answer = known.get(id);
      if (!answer) {
        const obligation = obligations.get(id);
        if (!obligation) throw new RangeError(`there is no obligation ${id}`);
        answer = discharge(context, obligation, weakest);
        known.set(id, answer);
      }
      return answer;
    },
  };
}
