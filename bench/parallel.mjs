import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ratio, table, uniform } from './measure.mjs';

const MAIN = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const SMALL = fileURLToPath(new URL('../test/instances', import.meta.url));
const RUNS = 2;

/** A tanh network 20 → 80 → 2 at a random point, 200 samples. */
function network(seed) {
  const all = uniform(200 * 22 + 22 * 80, seed);
  let at = 0;
  const take = (rows, cols, scale = 1) =>
    Array.from({ length: rows }, () => Array.from({ length: cols }, () => all[at++] * scale));
  return {
    everymin: 1,
    name: `network ${seed}`,
    model: {
      type: 'mlp',
      inputs: 20,
      layers: [
        { units: 80, activation: 'tanh', bias: false },
        { units: 2, bias: false },
      ],
    },
    loss: { type: 'squared' },
    data: { inputs: take(200, 20), targets: take(200, 2) },
    parameters: { W1: take(80, 20, 0.5), W2: take(2, 80, 0.5) },
  };
}

/** The fastest of several runs, since others may be at work on the machine; seconds and the peak of the reports in MiB. */
function timed(files, jobs) {
  let best = Number.POSITIVE_INFINITY;
  let peak = 0;
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    const args = [MAIN, 'check', ...files, '--format', 'jsonl', ...jobs];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
    best = Math.min(best, (performance.now() - start) / 1000);
    for (const line of stdout.trimEnd().split('\n'))
      peak = Math.max(peak, JSON.parse(line).resources.peakMemory / 2 ** 20);
  }
  return { best, peak };
}

/** Several files at a time: what threads gain, and what they cost in memory. */
export const parallel = {
  name: 'parallel',
  describes: 'check of several files by --jobs: time, gain and peak memory',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'everymin-bench-'));
    try {
      const networks = Array.from({ length: 6 }, (_, k) => {
        const path = join(folder, `network-${k}.json`);
        writeFileSync(path, JSON.stringify(network(k + 1)));
        return path;
      });
      const small = readdirSync(SMALL)
        .filter((name) => /^I\d.*\.json$/.test(name))
        .map((name) => join(SMALL, name));
      const counts = [];
      for (let jobs = 1; jobs < availableParallelism(); jobs *= 2) counts.push(jobs);
      counts.push(availableParallelism());
      const choices = [...counts.map((jobs) => ['--jobs', `${jobs}`]), []];
      const rows = [];
      for (const [what, files] of [
        [`${networks.length} networks, 200 samples, 1,760 parameters`, networks],
        [`${small.length} small instances`, small],
      ]) {
        let one;
        for (const jobs of choices) {
          const { best, peak } = timed(files, jobs);
          one ??= best;
          rows.push([
            what,
            jobs.join(' ') || '(default)',
            `${best.toFixed(2)} s`,
            ratio(one, best),
            `${Math.ceil(peak)} MiB`,
          ]);
        }
      }
      return `${table(['files', 'jobs', 'time', 'gain', 'peak memory'], rows)}\nfastest of ${RUNS} runs of the command; load ${loadavg()[0].toFixed(1)} on ${availableParallelism()} cores at the end`;
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
