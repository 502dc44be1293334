import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, milliseconds, ratio, table } from './measure.mjs';

const main = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const RUNS = 9;

const DATA = { inputs: [[1], [2]], targets: [[0], [2]] };
const SMALLEST = {
  layers: {
    everymin: 1,
    model: { type: 'mlp', inputs: 1, layers: [{ units: 1 }] },
    loss: { type: 'squared' },
    data: DATA,
    parameters: { W1: [['4/5']] },
  },
  expressions: {
    everymin: 1,
    model: { type: 'basis', inputs: ['x'], features: ['x'], outputs: 1 },
    loss: { type: 'squared' },
    data: DATA,
    parameters: { W: [['4/5']] },
  },
};

/** Wall time of whole processes: Node doing nothing, `--help`, and one-parameter checks without and with parsing. */
export const startup = {
  name: 'startup',
  describes: 'start-up of --help (target 200 ms) and of the smallest check (target 600 ms)',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'everymin-bench-'));
    try {
      const files = Object.fromEntries(
        Object.entries(SMALLEST).map(([name, instance]) => {
          const file = join(folder, `${name}.json`);
          writeFileSync(file, JSON.stringify({ name, ...instance }));
          return [name, file];
        }),
      );
      const cases = [
        ['node -e 0', ['-e', '0'], undefined],
        ['everymin --help', [main, '--help'], 200],
        ['everymin check, one weight', [main, 'check', files.layers], 600],
        ['the same as an expression', [main, 'check', files.expressions], 600],
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
