import type { check } from '../../../src/check/index.ts';
import type { instanceFromObject } from '../../../src/instance/load.ts';
import { generator } from '../../random.ts';
import { contradictions, kinkWitnessHolds } from './judge.ts';
import { scenario } from './scenario.ts';
import { asObject } from './truth.ts';

/** The program under test; a mutant of it in mutation.test.ts. */
export interface Engine {
  readonly check: typeof check;
  readonly instanceFromObject: typeof instanceFromObject;
}

/** What these campaigns know the truth of. */
export const RESULTS = ['lemma-2', 'theorem-1'] as const;

export interface Tally {
  /** sentences, each with the instance that shows it */
  readonly faults: string[];
  /** how often each status of each obligation, verdict and model type was seen */
  readonly counts: Record<string, number>;
}

/** Random exact instances, judged at the given θ. `stopAt`: end after so many faults. */
export async function exactCampaign(
  engine: Engine,
  { count, seed, stopAt = 5 }: { count: number; seed: number; stopAt?: number },
): Promise<Tally> {
  const faults: string[] = [];
  const counts: Record<string, number> = {};
  const tally = (key: string) => {
    counts[key] = (counts[key] ?? 0) + 1;
  };
  for (let k = 0; k < count && faults.length < stopAt; k++) {
    const random = generator(seed * 100_003 + k);
    const each = scenario(random);
    const object = asObject(each.instance, `scenario ${k}`);
    const fault = (text: string) => faults.push(`${text}\n${JSON.stringify(object)}`);
    try {
      const instance = await engine.instanceFromObject(object);
      const report = await engine.check(instance, { point: 'given', results: RESULTS });
      for (const text of contradictions(report, each)) fault(text);
      for (const result of report.results) {
        tally(`${result.result} ${result.verdict}`);
        for (const { id, status, tier, witness } of result.obligations) {
          tally(`${result.result} ${id} ${status}`);
          tally(`${id} ${status} ${tier}`);
          if (id === 'differentiable' && status === 'fails' && !kinkWitnessHolds(witness, each))
            fault('the witness of a kink does not replay');
        }
      }
    } catch (error) {
      fault(error instanceof Error ? (error.stack ?? error.message).slice(0, 600) : String(error));
    }
    tally(`plan ${each.plan}`);
    tally(`model ${String(each.instance.model.spec.type)}`);
    tally(`loss ${each.instance.loss.type}`);
    if ('written' in each.instance.loss && each.instance.loss.written) tally('loss written out');
    tally(each.truth.kink ? 'truth: kink' : 'truth: differentiable');
    if (!each.truth.kink) {
      tally(`truth: A2 ${each.truth.gamma !== undefined}`);
      tally(`truth: critical ${each.truth.critical}`);
    }
  }
  return { faults, counts };
}
