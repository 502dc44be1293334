import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RocqReport } from '../../src/derive/proofs/rocq-report.ts';
import { SOURCES } from '../../src/node/rocq/sources.ts';
import { verifyRocq } from '../../src/node/rocq/verify.ts';
import { rocqTheorems } from '../../src/rocq/theorems.ts';
import { rocqRuns } from '../support/rocq.ts';
import { abouts, section, statementsDocument } from '../support/rocq-statements.ts';

describe.runIf(rocqRuns)('proofs/rocq', () => {
  let report: RocqReport;
  // The first build takes some minutes on two cores; CI has it done before the tests.
  beforeAll(async () => {
    report = await verifyRocq({});
  }, 1_800_000);

  test('compiles, with nothing admitted', () => {
    expect(report.errors).toEqual([]);
    expect(report.unproved).toEqual([]);
    expect(report.status).toBe('verified');
  });

  test('every headline theorem rests on the axioms of the library alone', () => {
    expect(report.theorems).toHaveLength(rocqTheorems.length);
    for (const { name, status, message } of report.theorems)
      expect([name, status, message]).toEqual([name, 'verified', undefined]);
  });

  test('the statements are those of STATEMENTS.md', async () => {
    await expect(statementsDocument(report)).toMatchFileSnapshot(join(SOURCES, 'STATEMENTS.md'));
  });
});

test('the statements of the kernel are those of STATEMENTS.md', () => {
  const document = readFileSync(join(SOURCES, 'STATEMENTS.md'), 'utf8');
  for (const about of abouts) expect(document, about).toContain(section(about));
});
