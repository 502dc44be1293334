import { expect, test } from 'vitest';
import { rocqReport, run } from './harness.ts';

test('prove --rocq: theorems by what they are about, the axioms and the totals', async () => {
  const { code, out, err } = await run(['prove', '--rocq']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toBe(
    [
      '✓ theorem-1',
      '    theorem_1                 theorem_1.v · It is least.',
      '✓ topic',
      '    theorem_1                 theorem_1.v · It is least.',
      '',
      '2 theorems: 2 verified · axioms of the library: boolp.propositional_extensionality · Rocq 8.16.1 ·',
      '  2 files, 40 lines · 12.3 s',
      '',
    ].join('\n'),
  );
});

test('with ids only those, with --steps the statements', async () => {
  const { out } = await run(['prove', 'topic', '--rocq', '--steps']);
  expect(out).toMatch(
    /^✓ topic\n {4}theorem_1 .*\n {6}forall n : nat,\n {8}n = n\n {6}axioms: boolp\.propositional_extensionality\n\n1 theorem: 1 verified/,
  );
});

test('JSON is the whole report', async () => {
  const { out } = await run(['prove', '--rocq', '--format', 'json']);
  expect(JSON.parse(out)).toEqual({ everymin: '1.2.3', ...rocqReport() });
});

test('what fails: exit 1, with what Rocq said', async () => {
  const rocq = async () => ({
    ...rocqReport(['theorem-1']),
    status: 'failed' as const,
    theorems: [
      { ...rocqReport(['theorem-1']).theorems[0]!, status: 'failed' as const, message: 'it rests on a' },
    ],
    unproved: [{ file: 'a.v', line: 3, command: 'Admitted' }],
    errors: ['File "b.v", line 1:\nError: no.'],
  });
  const { code, out } = await run(['prove', '--rocq'], { services: { rocq } });
  expect(code).toBe(1);
  expect(out).toMatch(/^✗ theorem-1\n {4}theorem_1 .*\n {6}it rests on a\n/);
  expect(out).toContain('✗ a.v, line 3: Admitted, which proves nothing\n');
  expect(out).toContain('✗ the build failed:\n    File "b.v", line 1:\n    Error: no.\n');
  expect(out).toContain('1 theorem: 0 verified, 1 failed');
});

test('without Rocq: exit 3, one line', async () => {
  const rocq = async () => {
    throw Object.assign(new Error('coqc is not on the path; install it'), { name: 'RocqMissing' });
  };
  const { code, out, err } = await run(['prove', '--rocq'], { services: { rocq } });
  expect([code, out, err]).toEqual([3, '', 'everymin: coqc is not on the path; install it\n']);
});
