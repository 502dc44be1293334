import type { CheckOptions } from '../../../src/check/index.ts';
import type { Report } from '../../../src/check/report.ts';
import type { Instance } from '../../../src/instance/instance.ts';
import { generator } from '../../random.ts';
import type { Random } from '../oracle/models.ts';
import type { Case } from './case.ts';
import { balanced } from './families/balanced.ts';
import { design, designs } from './families/data.ts';
import { curvedFibres, kinks, monomials } from './families/germs.ts';
import {
  alongTheOrbit,
  atLeastSquares,
  awayFromLeastSquares,
  singularDirections,
} from './families/linear.ts';
import { reluMinimum, reluMoved } from './families/relu.ts';
import { everyRank, moreOutputs } from './families/residual.ts';
import { faultsOf, nameOf, statusOf } from './judge.ts';

export interface Engine {
  readonly check: (instance: Instance, options: CheckOptions) => Promise<Report>;
  readonly instanceFromObject: (spec: never) => Promise<Instance>;
}

/** Drawn in turn, so that any number of instances covers them all. */
export const families: readonly ((random: Random) => Case)[] = [
  atLeastSquares,
  awayFromLeastSquares,
  alongTheOrbit,
  singularDirections,
  singularDirections,
  reluMinimum,
  reluMoved,
  everyRank,
  everyRank,
  moreOutputs,
  balanced,
  monomials,
  kinks,
  curvedFibres,
  ...designs.map((name) => (random: Random) => design(random, name)),
];

/** How often an obligation whose truth is known was decided. */
export interface Share {
  decided: number;
  undecided: number;
}

export interface Campaign {
  readonly count: number;
  readonly faults: string[];
  /** by family, then by obligation or `verdict` */
  readonly table: Map<string, Map<string, Share>>;
  readonly instances: Map<string, number>;
}

export async function campaign(
  engine: Engine,
  count: number,
  seed: number,
  drawn = families,
  stopAt = Number.POSITIVE_INFINITY,
): Promise<Campaign> {
  const done: Campaign = { count, faults: [], table: new Map(), instances: new Map() };
  for (let k = 0; k < count && done.faults.length < stopAt; k++) {
    const subject = drawn[k % drawn.length]!(generator(seed * 1_000_003 + k));
    const report = await engine.check(await engine.instanceFromObject(subject.spec as never), {
      point: subject.point,
    });
    for (const fault of faultsOf(subject, report)) done.faults.push(`#${k} (${subject.family}) ${fault}`);
    tally(done, subject, report);
  }
  return done;
}

function tally({ table, instances }: Campaign, { family, truth }: Case, report: Report): void {
  instances.set(family, (instances.get(family) ?? 0) + 1);
  const own = table.get(family) ?? new Map<string, Share>();
  table.set(family, own);
  const seen = new Set<string>();
  for (const result of report.results) {
    for (const { id, status } of result.obligations) {
      const name =
        id === 'conclusion' || id === 'locally-linear' ? `${nameOf(result).split('@')[0]} ${id}` : id;
      const key = id === 'conclusion' || id === 'locally-linear' ? `${nameOf(result)} ${id}` : id;
      if (seen.has(key) || statusOf(truth, result, id) === undefined) continue;
      seen.add(key);
      const share = own.get(name) ?? { decided: 0, undecided: 0 };
      own.set(name, share);
      if (status === 'undecided') share.undecided++;
      else share.decided++;
    }
  }
}

/** One line per family and obligation that was left open at all, and the totals. */
export function summary({ table, instances, count }: Campaign): string {
  const lines = [`${count} instances, undecided of those with known truth:`];
  for (const [family, own] of [...table].sort(([a], [b]) => a.localeCompare(b))) {
    const open = [...own]
      .filter(([, { undecided }]) => undecided > 0)
      .map(([id, { decided, undecided }]) => `${id} ${undecided}/${decided + undecided}`);
    lines.push(`  ${family} (${instances.get(family)}): ${open.join(', ') || 'none'}`);
  }
  return lines.join('\n');
}
