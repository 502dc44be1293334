import { beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../src/check/index.ts';
import { instanceFromObject } from '../../src/instance/load.ts';
import type { Tally } from './oracle/campaign.ts';
import { bounds } from './oracle/judge.ts';
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

it('says at which point its two sides are, where the right-hand sides of θ and θ* differ', async () => {
  // f = (ab)²: at b = 0, the critical point, J vanishes; at the given b it does not.
  const instance = await instanceFromObject({
    everymin: 1,
    name: 'sides',
    model: { type: 'expression', inputs: ['x'], parameters: ['a', 'b'], outputs: ['(b*a)*(b*a)'] },
    loss: { type: 'squared' },
    data: {
      inputs: [['-3/2'], ['-1'], ['3']],
      targets: [['-1'], ['1/2'], ['1']],
      weights: ['2', '1', '1/3'],
    },
    parameters: { a: '1', b: '-531405/1208925819614629174706176' },
    trainable: ['b'],
  });
  const [theorem] = (await check(instance, { results: ['theorem-1'] })).results;
  expect(theorem).toMatchObject({ verdict: 'holds', sidesAt: 'enclosed', left: theorem!.right });
  const [given] = (await check(instance, { results: ['theorem-1'], point: 'given' })).results;
  expect(given).not.toHaveProperty('sidesAt');
  const { lower, upper } = bounds(given!.right!);
  expect((upper ?? lower)!.toNumber()).toBeLessThan(2.2);
});
