import { mlp } from '../dist/src/models/mlp.js';
import { plainKernels } from '../dist/src/numeric/float64/plain.js';
import { selectKernels } from '../dist/src/numeric/float64/select.js';
import { explicitJacobian } from '../dist/src/numeric/network/backward.js';
import { floatNetwork, forwardPass } from '../dist/src/numeric/network/forward.js';
import { numericalRank, structuredGram } from '../dist/src/numeric/network/gram.js';
import { fastest, milliseconds, ratio, table, uniform } from './measure.mjs';

const M = 100;
const NETWORKS = [
  { inputs: 40, widths: [100, 145, 10] },
  { inputs: 100, widths: [325, 500, 10] },
];

/** J·Jᵀ of two tanh networks (100 samples, 10 outputs: 1000 × 1000) by structure, against forming J. */
export const gram = {
  name: 'gram',
  describes: 'Gram matrix J·Jᵀ of an MLP with 20,000 and with 200,000 parameters, and its rank',
  async run() {
    const { kernels } = await selectKernels();
    const rows = NETWORKS.map(({ inputs, widths }) => {
      const layers = widths.map((units, l) => ({
        units,
        bias: true,
        activation: l === widths.length - 1 ? 'identity' : 'tanh',
      }));
      const model = mlp.build({ type: 'mlp', inputs, layers }, 'model');
      const theta = uniform(model.parameterCount, 1).map((value) => value / 8);
      const X = uniform(M * inputs, 2);
      const pass = forwardPass(floatNetwork(model, theta, kernels), X, M);
      const size = M * model.outputs;
      const structured = fastest(() => structuredGram(pass));
      const plainPass = forwardPass(floatNetwork(model, theta, plainKernels), X, M);
      const plain = fastest(() => structuredGram(plainPass), { least: 1 });
      const K = structuredGram(pass);
      const rank = fastest(() => numericalRank(K, size, kernels), { least: 1 });
      // J itself is size × parameters float64: 160 MB for the smaller network, 1.6 GB for the larger.
      const fits = size * model.parameterCount < 4e7;
      const explicit = fits
        ? fastest(() => kernels.rowGram(explicitJacobian(pass), size, model.parameterCount), { least: 1 })
        : undefined;
      return [
        `${inputs}-${widths.join('-')}`,
        model.parameterCount,
        milliseconds(structured),
        ratio(plain, structured),
        explicit === undefined ? 'J too large' : ratio(explicit, structured),
        milliseconds(rank),
        `${numericalRank(K, size, kernels).rank} of ${size}`,
      ];
    });
    return table(
      ['network', 'parameters', `J·Jᵀ (${kernels.name})`, 'plain', 'forming J', 'rank', 'numerical rank'],
      rows,
    );
  },
};
