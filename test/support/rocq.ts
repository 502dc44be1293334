/** Whether the tests that need Rocq run: those of the whole development need its libraries too. */
import { spawnSync } from 'node:child_process';
import { requireOrSkip } from '../require.ts';

export const rocqRuns = requireOrSkip(
  'rocq',
  spawnSync('coqc', ['--version']).status === 0,
  'no coqc on the path',
);
