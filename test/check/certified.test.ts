import { beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../src/check/index.ts';
import { instanceFromObject } from '../../src/instance/load.ts';
import type { Tally } from './oracle/campaign.ts';
import { smoothCampaign } from './oracle/smooth-campaign.ts';

/** EVERYMIN_CHECK_FUZZ widens the search. */
const COUNT = Math.ceil(Number(process.env.EVERYMIN_CHECK_FUZZ ?? 600) / 6);

describe(`${COUNT} transcendental instances against 80 digits`, () => {
  let tally: Tally;
  beforeAll(async () => {
    tally = await smoothCampaign({ check, instanceFromObject }, { count: COUNT, seed: 7 });
  }, 900_000);

  it('says nothing that is not so', () => {
    expect(tally.faults).toEqual([]);
  });

  it('met critical points near and far, every loss, and bounds of every kind', () => {
    const share = (key: string) => (tally.counts[key] ?? 0) / COUNT;
    for (const moved of ['rounded', '1e-9', '1e-7', '1e-3', 'start', 'zero'])
      expect(share(`moved ${moved}`), moved).toBeGreaterThan(0.04);
    for (const loss of ['squared', 'smoothed-hinge', 'cross-entropy', 'expression'])
      expect(share(`loss ${loss}`), loss).toBeGreaterThan(0.02);
    expect(share('a critical point was enclosed')).toBeGreaterThan(0.15);
    expect(share('theorem-1 critical holds exact')).toBeGreaterThan(0.01);
    expect(share('theorem-1 critical fails exact')).toBeGreaterThan(0.1);
    expect(share('theorem-1 critical fails certified')).toBeGreaterThan(0.1);
    expect(share('theorem-1 assumption-2 fails certified')).toBeGreaterThan(0.02);
    expect(share('theorem-1 conclusion holds certified')).toBeGreaterThan(0.08);
    expect(share('right enclosed')).toBeGreaterThan(0.7);
    expect(share('bound R1')).toBeGreaterThan(0.25);
    expect(share("bound R1'")).toBeGreaterThan(0.25);
    expect(share('theorem-1 undecided')).toBeLessThan(0.2);
  });
});
