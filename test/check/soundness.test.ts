import { beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../src/check/index.ts';
import { instanceFromObject } from '../../src/instance/load.ts';
import { exactCampaign, type Tally } from './oracle/campaign.ts';

/** EVERYMIN_CHECK_FUZZ widens the search. */
const COUNT = Number(process.env.EVERYMIN_CHECK_FUZZ ?? 600);

describe(`${COUNT} random exact instances against brute force`, () => {
  let tally: Tally;
  beforeAll(async () => {
    tally = await exactCampaign({ check, instanceFromObject }, { count: COUNT, seed: 1 });
  }, 600_000);

  it('says nothing that is not so', () => {
    expect(tally.faults).toEqual([]);
  });

  it('met every kind of instance, and decided nearly all', () => {
    const { counts } = tally;
    const share = (key: string) => (counts[key] ?? 0) / COUNT;
    for (const type of ['mlp', 'skip', 'resnet', 'basis', 'expression'])
      expect(share(`model ${type}`), type).toBeGreaterThan(0.05);
    for (const type of ['squared', 'cross-entropy', 'smoothed-hinge'])
      expect(share(`loss ${type}`), type).toBeGreaterThan(0.08);
    expect(share('loss written out')).toBeGreaterThan(0.1);
    expect(share('truth: kink')).toBeGreaterThan(0.05);
    expect(share('truth: critical true')).toBeGreaterThan(0.25);
    expect(share('truth: critical false')).toBeGreaterThan(0.3);
    expect(share('truth: A2 false')).toBeGreaterThan(0.05);
    expect(share('plan almost')).toBeGreaterThan(0.05);
    expect(share('theorem-1 holds')).toBeGreaterThan(0.25);
    expect(share('theorem-1 not-applicable')).toBeGreaterThan(0.4);
    expect(share('theorem-1 undecided')).toBeLessThan(0.03);
    // Over the rationals the calculus of kinks decides, whichever way it goes.
    expect(share('theorem-1 differentiable fails')).toBe(share('truth: kink'));
    expect(share('theorem-1 differentiable holds')).toBe(share('truth: differentiable'));
    expect(share('critical holds numeric') + share('critical fails numeric')).toBe(0);
  });
});
