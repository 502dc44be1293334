import { afterEach, describe, expect, test } from 'vitest';
import { CheckThreads } from '../../src/node/check-threads.ts';

const script = new URL('./fixtures/thread.mjs', import.meta.url);
let threads: CheckThreads | undefined;
afterEach(() => threads?.end());

function checks() {
  const made = new CheckThreads(script);
  threads = made;
  return async (path: string, timeout?: number) => {
    const limit = timeout === undefined ? {} : { timeout };
    const report = await made.check({ path, allowOutside: false, options: {}, ...limit }, () => {});
    expect(report.instance.file).toBe(path);
    return report;
  };
}

describe('checks in threads', () => {
  test('one after another share a thread, at the same time they do not', async () => {
    const check = checks();
    const [first, second] = [await check('a'), await check('b')];
    expect(second.instance.name).toBe(first.instance.name);
    const together = await Promise.all(['c', 'd', 'e'].map((path) => check(path)));
    expect(new Set(together.map(({ instance }) => instance.name)).size).toBe(3);
    expect(together.map(({ instance }) => instance.name)).toContain(first.instance.name);
  });

  test('a file that is wrong leaves the thread as it is', async () => {
    const check = checks();
    const first = await check('a');
    await expect(check('wrong')).rejects.toMatchObject({ name: 'InstanceError', message: 'wrong' });
    expect((await check('b')).instance.name).toBe(first.instance.name);
  });

  test('each has its own deadline; one that is stopped decides nothing, and the next gets another thread', async () => {
    const check = checks();
    const first = await check('a', 60);
    const [stopped, other] = await Promise.all([check('hang', 0.2), check('b', 60)]);
    expect(stopped).toMatchObject({ timedOut: true, results: [{ verdict: 'undecided' }] });
    expect(other).toMatchObject({ results: [{ verdict: 'holds' }] });
    expect(other.timedOut).toBeUndefined();
    const after = await Promise.all([check('c', 60), check('d', 60)]);
    for (const report of after) {
      expect(report.results[0]?.verdict).toBe('holds');
      expect(report.instance.name).not.toBe(first.instance.name);
    }
  });

  test('a thread that breaks is replaced', async () => {
    const check = checks();
    const first = await check('a');
    await expect(check('throw')).rejects.toMatchObject({ name: 'TypeError' });
    const second = await check('b');
    expect(second.instance.name).not.toBe(first.instance.name);
    expect(second.results[0]?.verdict).toBe('holds');
  });
});
