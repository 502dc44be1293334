import { expect, test } from 'vitest';
import { definitionOf } from '../../src/kernel/term.ts';
import { resultById, results } from '../../theorems/index.ts';

test('importing the registry builds no statement and defines nothing', () => {
  expect(results.length).toBe(17);
  expect(definitionOf('Loss')).toBeNull();
  expect(definitionOf('norm')).toBeNull();
  const statement = resultById('theorem-1')!.statement();
  expect(definitionOf('Loss')).not.toBeNull();
  expect(resultById('theorem-1')!.statement()).toBe(statement);
});
