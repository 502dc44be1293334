import { beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../../src/check/index.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import { type Campaign, campaign, families, summary } from './campaign.ts';

/**
 * Instances whose truth is known by construction. A seeded sample by default; all of them, with the table of what was left
 * undecided, by
 *   EVERYMIN_SOUNDNESS=2000 npx vitest run test/check/soundness/by-construction.test.ts
 */
const COUNT = Number(process.env.EVERYMIN_SOUNDNESS ?? 170);

describe(`${COUNT} instances with truth known by construction`, () => {
  let done: Campaign;
  beforeAll(async () => {
    done = await campaign({ check, instanceFromObject: instanceFromObject as never }, COUNT, 7);
    if (process.env.EVERYMIN_SOUNDNESS) process.stdout.write(`${summary(done)}\n`);
  }, 3_600_000);

  it('says nothing wrong', () => {
    expect(done.faults).toEqual([]);
  });

  it('met every family, with both answers', () => {
    expect(COUNT).toBeGreaterThanOrEqual(families.length);
    expect(done.table.size).toBeGreaterThan(20);
  });
});
