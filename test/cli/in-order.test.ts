import { describe, expect, test } from 'vitest';
import { inOrder } from '../../src/cli/in-order.ts';

/** Runs that end when they are told to. */
function controlled() {
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const run = (item: string, index: number): Promise<string> => {
    started.push(index);
    return new Promise((resolve) => {
      ends[index] = () => resolve(item.toUpperCase());
    });
  };
  return { started, end: (index: number) => ends[index]!(), run };
}
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const letters = [...'abcde'];

describe('outcomes in order', () => {
  test.each([[[0, 1, 2, 3, 4]], [[1, 2, 3, 4, 0]], [[2, 1, 3, 4, 0]], [[1, 0, 3, 2, 4]]])(
    'whatever ends first: %j',
    async (order) => {
      const { started, end, run } = controlled();
      const seen: string[] = [];
      const all = (async () => {
        for await (const each of inOrder(letters, { jobs: 3 }, run)) seen.push(each);
      })();
      await turn();
      const ended = new Set<number>();
      for (const index of order) {
        expect(started.length - ended.size).toBe(Math.min(3, letters.length - ended.size));
        end(index);
        ended.add(index);
        await turn();
        const ready = letters.findIndex((_, k) => !ended.has(k));
        expect(seen.join('')).toBe('ABCDE'.slice(0, ready < 0 ? 5 : ready));
      }
      await all;
      expect(started).toEqual([0, 1, 2, 3, 4]);
    },
  );

  test('one job: the next waits until the last outcome is taken', async () => {
    const { started, end, run } = controlled();
    const outcomes = inOrder(letters, { jobs: 1 }, run);
    const first = outcomes.next();
    await turn();
    end(0);
    expect((await first).value).toBe('A');
    await turn();
    expect(started).toEqual([0]);
    void outcomes.next();
    await turn();
    expect(started).toEqual([0, 1]);
  });

  test('alone: no second one beside the first before that time, and then as many as may', async () => {
    const { started, end, run } = controlled();
    const outcomes = inOrder(letters, { jobs: 3, alone: 100 }, run);
    const first = outcomes.next();
    await turn();
    expect(started).toEqual([0]);
    end(0);
    await first;
    await turn();
    expect(started).toEqual([0, 1]);
    while (started.length < 4) await turn();
    expect(started).toEqual([0, 1, 2, 3]);
  });

  test('of nothing there is none', async () => {
    expect((await inOrder([], { jobs: 4 }, controlled().run).next()).done).toBe(true);
  });
});
