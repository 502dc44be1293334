import type { Instance } from '../../instance/instance.ts';
import type { CheckContext } from '../check-context.ts';
import type { BasisReport, ObligationReport, ResultReport, Tier } from '../report.ts';

/** A result that can be checked on an instance; `results/index.ts` is the one place where they are listed. */
export interface CheckableResult {
  /** the id of the statement in theorems/ */
  readonly id: string;
  /** ids of its hypotheses, in the order of the report */
  readonly obligations: readonly string[];
  /** whether the result can be stated of this instance at all */
  appliesTo(instance: Instance): boolean;
  /** Shared obligations are discharged once per instance through `discharged`. */
  check(context: CheckContext, shared: SharedObligations): Promise<ResultReport>;
}

export interface SharedObligations {
  /** the weakest evidence that counts */
  readonly weakest: Tier;
  discharge(id: string): Promise<ObligationReport>;
  /** dim range J(θ), computed once; undefined when it could not be had */
  basis(): Promise<BasisReport | undefined>;
}
