import { expect, test } from 'vitest';
import { resultsFor } from '../../src/check/results/index.ts';
import { instanceFromObject } from '../../src/instance/load.ts';
import { resultById } from '../../theorems/index.ts';

const instance = (model: object, parameters: object) =>
  instanceFromObject({
    everymin: 1,
    model,
    loss: { type: 'squared' },
    data: { inputs: [[1]], targets: [[1]] },
    parameters,
  });

test('what a check discharges is what the statement assumes', async () => {
  const network = await instance(
    { type: 'mlp', inputs: 1, layers: [{ units: 1 }, { units: 1 }] },
    { W1: [[0]], W2: [[0]] },
  );
  const residual = await instance(
    { type: 'resnet', inputs: 1, outputs: 1, residual: { type: 'mlp', inputs: 1, layers: [{ units: 1 }] } },
    { W: [[0]], R: [[0]], u: { W1: [[0]] } },
  );
  const all = [...resultsFor(network), ...resultsFor(residual)];
  expect(new Set(all.map(({ id }) => id)).size).toBe(6);
  for (const { id, obligations: written } of all) {
    const obligations = written.map((name) => name.replace(/@.*/, ''));
    const statement = resultById(id);
    expect(statement, id).toBeDefined();
    const hypotheses = statement!.statement().hypotheses.map((hypothesis) => hypothesis.id);
    expect(hypotheses, id).toEqual([...obligations]);
  }
});
