import { expect, test } from 'vitest';
import { checkableResults } from '../../src/check/results/index.ts';
import { resultById } from '../../theorems/index.ts';

test('what a check discharges is what the statement assumes', () => {
  expect(checkableResults.length).toBeGreaterThan(1);
  for (const { id, obligations } of checkableResults) {
    const statement = resultById(id);
    expect(statement, id).toBeDefined();
    const hypotheses = statement!.statement().hypotheses.map((hypothesis) => hypothesis.id);
    expect(hypotheses, id).toEqual([...obligations]);
  }
});
