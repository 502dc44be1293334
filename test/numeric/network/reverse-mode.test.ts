import { describe, expect, test } from 'vitest';
import { float64Arithmetic as float64 } from '../../../src/arithmetic/float64.ts';
import { plainKernels } from '../../../src/numeric/float64/plain.ts';
import { explicitJacobian } from '../../../src/numeric/network/backward.ts';
import { floatNetwork, forwardPass } from '../../../src/numeric/network/forward.ts';
import { jacobian } from '../../../src/symbolic/derivative.ts';
import { evaluate } from '../../../src/symbolic/evaluate.ts';
import { largest, largestDifference, sampleNetworks } from './sample-networks.ts';

/** Two independent derivations of J: the layers' structure, and reverse mode on the expression graph. */
describe.each(sampleNetworks(40))('$name', ({ model, parameters, inputs, m }) => {
  test('outputs and Jacobian agree with the expression graph', () => {
    const pass = forwardPass(floatNetwork(model, parameters, plainKernels), inputs, m);
    const J = explicitJacobian(pass);
    const theta = Array.from(parameters);
    for (let i = 0; i < m; i++) {
      const x = Array.from(inputs.subarray(i * model.inputs, (i + 1) * model.inputs));
      const evaluation = evaluate(model.graph, float64, { x, theta });
      const f = Float64Array.from(model.graph.outputs, (output) => evaluation.value(output));
      const own = pass.outputs.subarray(i * model.outputs, (i + 1) * model.outputs);
      expect(largestDifference(f, own)).toBeLessThanOrEqual(1e-14 * (1 + largest(f)));
      const rows = Float64Array.from(jacobian(evaluation, 'theta').flat());
      const ours = J.subarray(i * rows.length, (i + 1) * rows.length);
      expect(largestDifference(rows, ours)).toBeLessThanOrEqual(1e-13 * (1 + largest(rows)));
    }
  });
});
