import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeBackends } from '../../src/node/backends.ts';
import { CASES, numbers, uniform } from '../numeric/backend/networks.ts';
import { errorRatio, Reference } from '../numeric/backend/reference.ts';
import { requireOrSkip } from '../require.ts';

// under node_modules, so that the packages resolve
const script = join(import.meta.dirname, `../../node_modules/.cache/backend-worker-${process.pid}.mjs`);
beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'backend-worker.ts')],
    outfile: script,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
});
afterAll(() => rm(script, { force: true }));

for (const { name, probe } of nodeBackends) {
  const found = await probe({ software: true });
  const needed = name === 'webgpu' || name === 'tensorflow';
  const run = found.available || !needed || requireOrSkip(name, false, found.reason);

  describe.runIf(run)(`${name} in a worker thread`, () => {
    it('computes, and can be cut off while it is open', async () => {
      const worker = new Worker(script, { workerData: name });
      const computed = await new Promise<Float32Array>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
      });
      await worker.terminate();
      const { model, m } = CASES[0]!;
      const next = uniform(1);
      const theta = numbers(model.parameterCount, next);
      const reference = new Reference(model.network!, theta, numbers(m * model.inputs, next));
      expect(errorRatio(computed, reference.forward())).toBeLessThanOrEqual(1);
    });
  });
}
