import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/check/report.ts';
import { checkInWorker } from '../../src/node/check-in-worker.ts';
import type { Progress } from '../../src/node/check-request.ts';

const script = new URL('./fixtures/worker.mjs', import.meta.url);
const run = (
  path: string,
  seconds: number,
  onProgress: (progress: Progress) => void = () => {},
): Promise<Report> =>
  checkInWorker({ path, allowOutside: false, options: {}, timeout: seconds }, onProgress, script);
const verdicts = (report: Report): string[] => report.results.map(({ verdict }) => verdict);

describe('a check in a thread', () => {
  test('gives its report and tells its progress', async () => {
    const seen: Progress[] = [];
    const before = Date.now();
    const report = await run('report', 60, (progress) => seen.push(progress));
    expect(verdicts(report)).toEqual(['holds', 'holds']);
    expect(report.timedOut).toBeUndefined();
    expect(seen).toEqual([{ phase: 'exact', done: 1, total: 2 }]);
    const { deadline } = report.instance as unknown as { deadline: number };
    expect(deadline).toBeGreaterThanOrEqual(before + 60_000);
    expect(deadline).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  test('is not waited for once the report is there', async () => {
    expect(verdicts(await run('report and go on', 3600))).toEqual(['holds', 'holds']);
  });

  test.each(['hang after a result', 'idle after a result', 'soft limit'])(
    '%s: what was established stands',
    async (path) => {
      const report = await run(path, 1);
      expect(verdicts(report)).toEqual(['holds', 'undecided']);
      expect(report.timedOut).toBe(true);
    },
  );

  test('that hangs before its first result gives a report that decides nothing', async () => {
    const report = await run('hang before a result', 1);
    expect(verdicts(report)).toEqual(['undecided', 'undecided']);
    expect(report.timedOut).toBe(true);
  });

  test('that hangs before the instance is read gives none', async () => {
    const limit = run('hang before reading', 0.1);
    await expect(limit).rejects.toMatchObject({
      name: 'LimitError',
      message: expect.stringContaining('0.1 s'),
    });
  });

  test('its errors keep their names', async () => {
    await expect(run('error', 60)).rejects.toMatchObject({ name: 'InstanceError', message: 'm is 0' });
    await expect(run('throw', 60)).rejects.toMatchObject({ name: 'TypeError' });
    await expect(run('end without a word', 60)).rejects.toThrow(/ended without a report/);
  });

  test('prints nothing of its own on stdout', async () => {
    const written: unknown[] = [];
    const { write } = process.stdout;
    process.stdout.write = (chunk: unknown) => written.push(chunk) > 0;
    try {
      await run('chatter', 60);
    } finally {
      process.stdout.write = write;
    }
    expect(written.join('')).not.toContain('must not stand');
  });
});
