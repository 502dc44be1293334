import { mlp } from '../dist/src/models/mlp.js';
import { nodeBackends } from '../dist/src/node/backends.js';
import { tensorOps } from '../dist/src/numeric/backend/tensor-ops.js';
import { selectKernels } from '../dist/src/numeric/float64/select.js';
import { floatNetwork, forwardPass } from '../dist/src/numeric/network/forward.js';
import { structuredGram } from '../dist/src/numeric/network/gram.js';
import { milliseconds, table, uniform } from './measure.mjs';

const INPUTS = 20;
const NETWORKS = [
  { width: 130, m: 200 },
  { width: 430, m: 500 },
  { width: 430, m: 1000 },
];
/** A software GPU or plain JavaScript needs minutes for the larger ones. */
const PATIENCE = 1_000;

async function timed(action) {
  const start = performance.now();
  const value = await action();
  return { value, ms: performance.now() - start };
}

/** The structured Gram matrix on every float32 backend that starts here, and in float64. */
export const backends = {
  name: 'backends',
  describes:
    'start of every tfjs backend (tfjs-core being loaded), and J·Jᵀ on it against the float64 kernels',
  async run() {
    const { kernels } = await selectKernels();
    const models = NETWORKS.map(({ width, m }) => {
      const hidden = { units: width, activation: 'tanh', bias: true };
      const model = mlp.build(
        { type: 'mlp', inputs: INPUTS, layers: [hidden, hidden, { units: 1 }] },
        'model',
      );
      const theta = uniform(model.parameterCount, 1).map((value) => value / 8);
      return { model, m, theta, X: uniform(m * INPUTS, 2) };
    });
    const float64 = models.map(({ model, m, theta, X }) => {
      const gram = () => structuredGram(forwardPass(floatNetwork(model, theta, kernels), X, m));
      gram();
      const start = performance.now();
      const K = gram();
      return { K, ms: performance.now() - start };
    });
    await tensorOps();
    const rows = [[`float64 (${kernels.name})`, '', '', ...float64.map(({ ms }) => milliseconds(ms)), '']];
    for (const provider of nodeBackends) {
      const begin = performance.now();
      const found = await provider.probe({ software: true });
      if (!found.available) {
        rows.push([provider.name, found.reason, '', ...models.map(() => ''), '']);
        continue;
      }
      const backend = await provider.open({ software: true });
      const start = performance.now() - begin;
      const cells = [];
      let discrepancy = 0;
      let slowest = 0;
      for (const [k, { model, theta, X }] of models.entries()) {
        if (slowest > PATIENCE) {
          cells.push('not tried');
          continue;
        }
        await backend.gram(model.network, theta, X, model.blocks);
        const { value, ms } = await timed(() => backend.gram(model.network, theta, X, model.blocks));
        slowest = ms;
        cells.push(milliseconds(ms));
        const { K } = float64[k];
        const scale = K.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
        const off = value.reduce((most, v, i) => Math.max(most, Math.abs(v - K[i])), 0);
        discrepancy = Math.max(discrepancy, off / scale);
      }
      rows.push([provider.name, found.device, milliseconds(start), ...cells, discrepancy.toExponential(1)]);
      await backend.dispose();
    }
    const sizes = models.map(({ model, m }) => `${model.parameterCount} parameters, ${m} rows`);
    return table(['backend', 'device', 'start', ...sizes, 'off by'], rows);
  },
};
