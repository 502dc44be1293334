import { afterAll, describe, expect, it } from 'vitest';
import type { Model, ParameterBlock } from '../../../src/models/model.ts';
import { nodeBackends } from '../../../src/node/backends.ts';
import type { Backend } from '../../../src/numeric/backend/backend.ts';
import { tensorOps } from '../../../src/numeric/backend/tensor-ops.ts';
import { requireOrSkip } from '../../require.ts';
import { CASES, numbers, uniform } from './networks.ts';
import { errorRatio, Reference } from './reference.ts';

const values = (bounded: readonly { readonly v: number }[]) => bounded.map(({ v }) => v);
/** all, each alone where there are skips, every other one, none */
const blockSubsets = (model: Model): ParameterBlock[][] => [
  [...model.blocks],
  ...(model.network!.skips.size > 0 ? model.blocks.map((block) => [block]) : []),
  model.blocks.filter((_, i) => i % 2 === 1),
  [],
];

const prepared = CASES.map(({ title, model, m }, index) => {
  const next = uniform(index + 1);
  const theta = numbers(model.parameterCount, next);
  const X = numbers(m * model.inputs, next);
  return {
    title,
    model,
    m,
    theta,
    X,
    direction: numbers(model.parameterCount, next),
    cotangent: numbers(m * model.outputs, next),
    network: model.network!,
    reference: new Reference(model.network!, theta, X),
  };
});

describe('the reference', () => {
  it('has a Jacobian that agrees with its tangents', () => {
    for (const { reference, direction } of prepared) {
      const byTangents = values(reference.jvp(direction));
      const byJacobian = reference
        .jacobian()
        .map((row) => row.reduce((total, { v }, k) => total + v * direction[k]!, 0));
      expect(byTangents.length).toBe(byJacobian.length);
      byTangents.forEach((v, i) => {
        expect(Math.abs(v - byJacobian[i]!)).toBeLessThan(1e-12 * (1 + Math.abs(v)));
      });
    }
  });

  it('has bounds that are small against the values', () => {
    for (const { title, reference, model } of prepared) {
      const gram = reference.gram(model.blocks);
      const scale = Math.max(...gram.map(({ v }) => Math.abs(v)));
      expect(scale, title).toBeGreaterThan(0);
      expect(Math.max(...gram.map(({ e }) => e)) / scale, title).toBeLessThan(1e-3);
    }
  });

  it('rejects a Gram matrix with one entry off by a thousandth, one missing, and one that is not a number', () => {
    for (const { reference, model } of prepared) {
      const expected = reference.gram(model.blocks);
      const right = Float32Array.from(values(expected));
      expect(errorRatio(right, expected)).toBeLessThanOrEqual(1);
      const largest = right.reduce((best, v, i) => (Math.abs(v) > Math.abs(right[best]!) ? i : best), 0);
      expect(errorRatio(right.with(largest, right[largest]! * 1.001), expected)).toBeGreaterThan(1);
      expect(errorRatio(right.with(0, Number.NaN), expected)).toBe(Number.POSITIVE_INFINITY);
      expect(errorRatio(right.subarray(1), expected)).toBe(Number.POSITIVE_INFINITY);
    }
  });
});

for (const provider of nodeBackends) {
  const found = await provider.probe({ software: true });
  const run = found.available
    ? true
    : provider.name === 'webgpu' || provider.name === 'tensorflow'
      ? requireOrSkip(provider.name, false, found.reason)
      : true; // wasm and cpu are everywhere: opening them fails the test

  describe.runIf(run)(`${provider.name} within float32's error bounds`, async () => {
    const backend: Backend | undefined = run ? await provider.open({ software: true }) : undefined;
    afterAll(() => backend?.dispose());

    it.each(prepared)('$title', async ({ network, theta, X, direction, cotangent, reference, model }) => {
      const b = backend!;
      expect(b.name).toBe(provider.name);
      expect(errorRatio(await b.forward(network, theta, X), reference.forward())).toBeLessThanOrEqual(1);
      expect(
        errorRatio(await b.jvp(network, theta, X, direction), reference.jvp(direction)),
      ).toBeLessThanOrEqual(1);
      expect(
        errorRatio(await b.vjp(network, theta, X, cotangent), reference.vjp(cotangent)),
      ).toBeLessThanOrEqual(1);
      for (const trainable of blockSubsets(model)) {
        const gram = await b.gram(network, theta, X, trainable);
        expect(errorRatio(gram, reference.gram(trainable))).toBeLessThanOrEqual(1);
      }
    });

    it('leaves no tensor behind', async () => {
      const { memory } = await tensorOps();
      const b = backend!;
      const before = memory().numTensors;
      for (const { network, theta, X, direction, cotangent, model } of prepared.slice(-3)) {
        await b.forward(network, theta, X);
        await b.jvp(network, theta, X, direction);
        await b.vjp(network, theta, X, cotangent);
        await b.gram(network, theta, X, model.blocks);
        await expect(b.vjp(network, theta, X, cotangent.subarray(1))).rejects.toThrow(RangeError);
        expect(memory().numTensors).toBe(before);
      }
    });
  });
}
