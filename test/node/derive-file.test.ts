import { describe, expect, test } from 'vitest';
import type { Progress } from '../../src/node/check-request.ts';
import { findingsInFile } from '../../src/node/derive-file.ts';

const script = new URL('./fixtures/derive-worker.mjs', import.meta.url);
const run = (path: string, timeout: number, onProgress: (progress: Progress) => void = () => {}) =>
  findingsInFile(
    { result: 'theorem-1', path, allowOutside: false, options: {}, timeout },
    onProgress,
    script,
  );

describe('a derivation in a thread', () => {
  test('gives its findings and tells its progress', async () => {
    const seen: Progress[] = [];
    const { report, values } = await run('findings', 60, (progress) => seen.push(progress));
    expect(values).toEqual({ otherModel: 'another' });
    expect(report.timedOut).toBeUndefined();
    expect(seen).toEqual([{ phase: 'exact', done: 1, total: 2 }]);
  });
  test('that hangs after the report: what was reported stands, without numbers at the steps', async () => {
    const { report, values } = await run('hang after the report', 0.5);
    expect(report.timedOut).toBe(true);
    expect(values).toEqual({ missing: 'time' });
  });
  test('that hangs before the report gives none', async () => {
    await expect(run('hang before the report', 0.1)).rejects.toMatchObject({
      name: 'LimitError',
      message: 'the time limit of 0.1 s passed before the check ended',
    });
  });
  test('its errors keep their names and places', async () => {
    await expect(run('error', 60)).rejects.toMatchObject({ name: 'InstanceError', place: 'data' });
  });
  test('without a limit it runs here', async () => {
    const request = { result: 'theorem-1', path: 'examples/exact.json', allowOutside: false, options: {} };
    const { report, t, values, picture } = await findingsInFile(request, () => {});
    expect(report.results.map(({ result }) => result)).toEqual(['theorem-1']);
    expect([t, picture]).toEqual([0, null]);
    expect('steps' in values).toBe(true);
  });
});
