import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { check } from '../dist/src/check/index.js';
import { instanceFromObject } from '../dist/src/instance/load.js';
import { median, table, uniform } from './measure.mjs';

const MAIN = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const FILES = [
  ['iris', 'examples/iris/iris.json'],
  ['digits', 'examples/digits/digits.json'],
];
const RUNS = 3;
const seconds = (value) => `${value.toFixed(2)} s`;

/** The command itself, start-up and reading included: the median run, with its own account of stages and memory. */
function full([name, file]) {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const runs = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    const { stdout } = spawnSync(process.execPath, [MAIN, 'check', path, '--format', 'json'], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    return { wall: (performance.now() - start) / 1000, report: JSON.parse(stdout) };
  });
  const wall = median(runs.map((run) => run.wall));
  const { report } = runs.find((run) => run.wall === wall);
  const spent = Object.entries(report.resources.seconds).sort(([, a], [, b]) => b - a);
  const total = spent.reduce((sum, [, time]) => sum + time, 0);
  const stages = spent
    .slice(0, 4)
    .map(([stage, time]) => `${stage} ${Math.round((100 * time) / total)} %`)
    .join(', ');
  const { m, parameters } = report.instance;
  return {
    row: [name, m, parameters, seconds(wall), `${Math.ceil(report.resources.peakMemory / 2 ** 20)} MiB`],
    stages: `${name}: ${stages}`,
  };
}

/** A tanh network 20 → units → 2 at a random point, m samples: a full check. */
async function timed(m, units) {
  const all = uniform(m * 22 + 22 * units, m + units);
  let at = 0;
  const take = (rows, cols, scale = 1) =>
    Array.from({ length: rows }, () => Array.from({ length: cols }, () => all[at++] * scale));
  const instance = await instanceFromObject({
    everymin: 1,
    name: `${m} samples, ${units} units`,
    model: {
      type: 'mlp',
      inputs: 20,
      layers: [
        { units, activation: 'tanh', bias: false },
        { units: 2, bias: false },
      ],
    },
    loss: { type: 'squared' },
    data: { inputs: take(m, 20), targets: take(m, 2) },
    parameters: { W1: take(units, 20, 0.5), W2: take(2, units, 0.5) },
  });
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    await check(instance);
    times.push((performance.now() - start) / 1000);
  }
  return median(times);
}

/** The slope of log time against log size by least squares. */
function slope(sizes, times) {
  const [x, y] = [sizes.map(Math.log), times.map(Math.log)];
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(x), mean(y)];
  const over = x.reduce((sum, value, k) => sum + (value - a) * (y[k] - b), 0);
  return over / x.reduce((sum, value) => sum + (value - a) ** 2, 0);
}

async function growth(what, sizes, run) {
  const times = [];
  for (const size of sizes) times.push(await run(size));
  return [what, ...times.map(seconds), slope(sizes, times).toFixed(2)];
}

/** Full checks of the shipped networks, and how the time grows. */
export const networks = {
  name: 'networks',
  describes: 'full checks of the trained networks: time, memory, stages; growth with samples and parameters',
  async run() {
    const found = FILES.map(full);
    const samples = [250, 500, 1000, 2000];
    const units = [100, 200, 400, 800];
    return [
      table(
        ['network', 'samples', 'parameters', 'time', 'peak memory'],
        found.map(({ row }) => row),
      ),
      ...found.map(({ stages }) => stages),
      `median of ${RUNS} runs of the command, ${availableParallelism()} cores`,
      '',
      table(
        ['samples (200 units, 4,400 parameters)', ...samples, 'log-log slope'],
        [await growth('full check', samples, (m) => timed(m, 200))],
      ),
      '',
      table(
        ['parameters (500 samples)', ...units.map((each) => 22 * each), 'log-log slope'],
        [await growth('full check', units, (each) => timed(500, each))],
      ),
    ].join('\n');
  },
};
