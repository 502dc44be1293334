import { describe, expect, test } from 'vitest';
import type { Progress } from '../../src/node/check-request.ts';
import { findingsInFile } from '../../src/node/derive-file.ts';

const scripts = {
  check: new URL('./fixtures/worker.mjs', import.meta.url),
  derive: new URL('./fixtures/derive-worker.mjs', import.meta.url),
};
const run = (
  path: string,
  timeout: number,
  onProgress: (progress: Progress) => void = () => {},
  result = 'theorem-1',
) => findingsInFile({ result, path, allowOutside: false, options: {}, timeout }, onProgress, scripts);
const missing = { missing: 'the time limit passed before the steps were evaluated' };

describe('a derivation in threads', () => {
  test('gives its findings and tells its progress', async () => {
    const seen: Progress[] = [];
    const { report, values } = await run('report', 60, (progress) => seen.push(progress));
    expect(values).toEqual({ otherModel: 'another' });
    expect(report.timedOut).toBeUndefined();
    expect(seen.map(({ phase }) => phase)).toEqual(['exact', 'the steps of the proof']);
  });
  test('steps that hang: the report stands, without numbers at the steps', async () => {
    const { report, values } = await run('report and go on', 1);
    expect(report.timedOut).toBe(true);
    expect(report.results.map(({ result, verdict }) => [result, verdict])).toEqual([['theorem-1', 'holds']]);
    expect(values).toEqual(missing);
  });
  test('a check that hangs: what it decided stands', async () => {
    for (const [result, verdict] of [
      ['lemma-2', 'holds'],
      ['theorem-1', 'undecided'],
    ] as const) {
      const { report, values } = await run('hang after a result', 1, () => {}, result);
      expect(report.timedOut).toBe(true);
      expect(report.results.map((each) => [each.result, each.verdict])).toEqual([[result, verdict]]);
      expect(values).toEqual(missing);
    }
  });
  test('an instance that is not read in time gives none', async () => {
    await expect(run('hang before reading', 0.1)).rejects.toMatchObject({ name: 'LimitError' });
  });
  test('errors keep their names', async () => {
    await expect(run('error', 60)).rejects.toMatchObject({ name: 'InstanceError' });
  });
  test('without a limit it runs here', async () => {
    const request = { result: 'theorem-1', path: 'examples/exact.json', allowOutside: false, options: {} };
    const { report, t, values, picture } = await findingsInFile(request, () => {});
    expect(report.results.map(({ result }) => result)).toEqual(['theorem-1']);
    expect([t, picture]).toEqual([0, null]);
    expect('steps' in values).toBe(true);
  });
});
