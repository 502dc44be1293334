import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check, resultIdsFor } from '../../src/check/index.ts';
import { instanceFromObject } from '../../src/instance/load.ts';
import { loadInstanceFile } from '../../src/node/files.ts';

const folder = join(import.meta.dirname, '../instances');
const files = readdirSync(folder).filter((name) => /^[A-Z].*\.json$/.test(name));

/** A network that no arithmetic gets through between two looks at the clock. */
async function large() {
  const row = (length: number, seed: number) => Array.from({ length }, (_, i) => Math.sin(seed + i * i));
  const rows = (count: number, length: number) => Array.from({ length: count }, (_, i) => row(length, i));
  return instanceFromObject({
    everymin: 1,
    model: { type: 'mlp', inputs: 20, layers: [{ units: 40, activation: 'tanh' }, { units: 3 }] },
    loss: { type: 'cross-entropy' },
    data: { inputs: rows(400, 20), labels: Array.from({ length: 400 }, (_, i) => i % 3) },
    parameters: { W1: rows(40, 20), W2: rows(3, 40) },
  });
}

describe('a check whose time is over gives a report at once, as the command line needs it when it stops a check', () => {
  test.each([...files, 'a large network'])('%s', async (name) => {
    const instance = name.endsWith('.json') ? await loadInstanceFile(join(folder, name)) : await large();
    const report = await check(instance, { deadline: 0 });
    expect(report.timedOut).toBe(true);
    expect(report.results.map(({ result }) => result)).toEqual(resultIdsFor(instance));
    for (const { verdict } of report.results) expect(verdict).toBe('undecided');
  });
});
