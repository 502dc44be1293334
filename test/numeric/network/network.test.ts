import { describe, expect, test } from 'vitest';
import { Inexpressible } from '../../../src/arithmetic/arithmetic.ts';
import type { ParameterBlock } from '../../../src/models/model.ts';
import { plainKernels } from '../../../src/numeric/float64/plain.ts';
import {
  explicitJacobian,
  jacobianVectorProduct,
  vectorJacobianProduct,
} from '../../../src/numeric/network/backward.ts';
import { floatNetwork, forwardPass } from '../../../src/numeric/network/forward.ts';
import { numericalRank, structuredGram } from '../../../src/numeric/network/gram.ts';
import {
  largest,
  largestDifference,
  type Sample,
  sampleNetworks,
  stream,
  uniform,
} from './sample-networks.ts';

const samples = sampleNetworks(60);
const passAt = ({ model, inputs, m }: Sample, parameters: Float64Array) =>
  forwardPass(floatNetwork(model, parameters, plainKernels), inputs, m);

test('the samples have skips, biases, several outputs and every depth', () => {
  const networks = samples.map(({ model }) => model.network!);
  expect(networks.filter(({ skips }) => skips.size > 0).length).toBeGreaterThan(5);
  expect(networks.filter(({ layers }) => layers.some(({ bias }) => bias)).length).toBeGreaterThan(20);
  expect(samples.filter(({ model }) => model.outputs > 1).length).toBeGreaterThan(20);
  expect(new Set(networks.map(({ layers }) => layers.length))).toEqual(new Set([1, 2, 3, 4]));
  const used = networks.flatMap(({ layers }) => layers.flatMap((l) => l.activations.map(({ name }) => name)));
  expect(new Set(used).size).toBe(9);
});

describe.each(samples)('$name', (sample) => {
  const { model, parameters, m } = sample;
  const pass = passAt(sample, parameters);
  const J = explicitJacobian(pass);
  const rows = m * model.outputs;
  const n = model.parameterCount;

  test('J and Jv agree with central differences of f', () => {
    const random = stream(n + 17 * m);
    for (let trial = 0; trial < 3; trial++) {
      const v = uniform(n, random);
      const h = 2 ** -18;
      const ahead = passAt(
        sample,
        parameters.map((value, k) => value + h * v[k]!),
      ).outputs;
      const behind = passAt(
        sample,
        parameters.map((value, k) => value - h * v[k]!),
      ).outputs;
      const difference = ahead.map((value, k) => (value - behind[k]!) / (2 * h));
      const tangent = jacobianVectorProduct(pass, v);
      expect(largestDifference(tangent, difference)).toBeLessThan(1e-6 * (1 + largest(tangent)));
      expect(largestDifference(tangent, plainKernels.multiply(J, v, rows, n, 1))).toBeLessThan(
        1e-13 * (1 + largest(tangent)),
      );
    }
  });

  test('JᵀG agrees with the explicit J', () => {
    const G = uniform(rows, stream(n));
    const gradient = vectorJacobianProduct(pass, G);
    const expected = plainKernels.multiply(G, J, 1, rows, n);
    expect(largestDifference(gradient, expected)).toBeLessThan(1e-13 * (1 + largest(expected)));
  });

  test('the structured Gram matrix is JJᵀ, also in strips and for some blocks only', () => {
    const random = stream(n + 1);
    const some: ParameterBlock[] = model.blocks.filter(() => random() < 0.5);
    for (const trainable of [undefined, some, []]) {
      const explicit = explicitJacobian(pass, trainable);
      const expected = plainKernels.rowGram(explicit, rows, n);
      const bound = 1e-12 * largest(expected);
      for (const blockRows of [1, 3, 256]) {
        const K = structuredGram(pass, trainable ? { trainable, blockRows } : { blockRows });
        expect(largestDifference(K, expected)).toBeLessThanOrEqual(bound);
        expect(K.every((value, k) => value === K[(k % rows) * rows + Math.floor(k / rows)])).toBe(true);
      }
      const gradient = vectorJacobianProduct(pass, uniform(rows, random), trainable);
      const live = new Set(
        trainable?.flatMap(({ offset, length }) => Array.from({ length }, (_, k) => offset + k)),
      );
      if (trainable) expect(gradient.every((value, k) => live.has(k) || value === 0)).toBe(true);
    }
  });
});

test('numerical rank: a linear network f = W2 W1 x has the rank that its bottleneck allows', () => {
  const [sample] = sampleNetworks(1);
  const model = sample!.model;
  const pass = passAt(sample!, new Float64Array(model.parameterCount));
  const K = structuredGram(pass);
  const size = sample!.m * model.outputs;
  const exact = explicitJacobian(pass);
  const { rank, eigenvalues, tolerance } = numericalRank(K, size, plainKernels);
  const singular = plainKernels.singularValues(exact, size, model.parameterCount);
  expect(rank).toBe(singular.filter((value) => value > 1e-8 * singular[0]!).length);
  expect(eigenvalues.length).toBe(size);
  expect(tolerance).toBeGreaterThanOrEqual(0);
});

test('overflow is refused, not returned', () => {
  const sample = samples.find(({ model }) => model.network!.layers.length > 2)!;
  const huge = sample.parameters.map(() => 1e200);
  expect(() => passAt(sample, huge)).toThrow(Inexpressible);
  const pass = passAt(sample, sample.parameters);
  const G = new Float64Array(sample.m * sample.model.outputs).fill(Number.NaN);
  expect(() => vectorJacobianProduct(pass, G)).toThrow(Inexpressible);
});

test('wrong lengths are refused', () => {
  const { model, parameters, inputs, m } = samples[0]!;
  expect(() => floatNetwork(model, parameters.subarray(1), plainKernels)).toThrow(RangeError);
  const network = floatNetwork(model, parameters, plainKernels);
  expect(() => forwardPass(network, inputs, m + 1)).toThrow(RangeError);
  expect(() => jacobianVectorProduct(forwardPass(network, inputs, m), new Float64Array(0))).toThrow(
    RangeError,
  );
});
