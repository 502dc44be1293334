import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, milliseconds, ratio, table } from './measure.mjs';

const main = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const RUNS = 9;

const SMALLEST = {
  everymin: 1,
  name: 'one parameter',
  model: { type: 'basis', inputs: ['x'], features: ['1'], outputs: 1 },
  loss: { type: 'squared' },
  data: { inputs: [[0], [1]], targets: [[0], [2]] },
  parameters: { W: [[1]] },
};

/** Wall time of whole processes: `--help`, the smallest check, and Node doing nothing. */
export const startup = {
  name: 'startup',
  describes: 'start-up of --help (target 200 ms) and of the smallest check (target 600 ms)',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'everymin-bench-'));
    try {
      const file = join(folder, 'smallest.json');
      writeFileSync(file, JSON.stringify(SMALLEST));
      const cases = [
        ['node -e 0', ['-e', '0'], undefined],
        ['everymin --help', [main, '--help'], 200],
        ['everymin check (smallest)', [main, 'check', file], 600],
      ].map(([name, args, target]) => ({ name, args, target, times: [], status: 0 }));
      for (let k = 0; k < RUNS; k++) {
        for (const one of cases) {
          const before = performance.now();
          const { status } = spawnSync(process.execPath, one.args, { stdio: 'ignore' });
          one.times.push(performance.now() - before);
          one.status = status;
        }
      }
      const node = median(cases[0].times);
      return table(
        ['process', 'median', 'to bare node', 'target', ''],
        cases.map(({ name, times, target, status }) => [
          name,
          milliseconds(median(times)),
          ratio(median(times), node),
          target === undefined ? '' : `${target} ms`,
          status !== 0
            ? `FAILED, exit ${status}`
            : target === undefined || median(times) < target
              ? 'ok'
              : 'MISSED',
        ]),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
