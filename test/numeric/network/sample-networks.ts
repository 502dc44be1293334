import { activationNames } from '../../../src/models/activations.ts';
import { mlp } from '../../../src/models/mlp.ts';
import type { Model } from '../../../src/models/model.ts';
import { skip } from '../../../src/models/skip.ts';

export function stream(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

export const uniform = (length: number, random: () => number): Float64Array =>
  Float64Array.from({ length }, () => 2 * random() - 1);

export interface Sample {
  readonly name: string;
  readonly model: Model;
  readonly parameters: Float64Array;
  readonly inputs: Float64Array;
  readonly m: number;
}

/** Networks of 1 to 4 layers: every activation, lists of one per unit, biases, several outputs, skips. */
export function sampleNetworks(count: number): Sample[] {
  return Array.from({ length: count }, (_, k) => {
    const random = stream(k + 1);
    const pick = (below: number): number => Math.floor(random() * below);
    const depth = 1 + pick(4);
    const inputs = 1 + pick(4);
    const outputs = 1 + pick(3);
    const layers = Array.from({ length: depth }, (_, l) => {
      const units = l === depth - 1 ? outputs : 1 + pick(5);
      const bias = random() < 0.6;
      if (l === depth - 1) return { units, bias };
      const name = (): string => activationNames[(k + pick(2)) % activationNames.length]!;
      return { units, bias, activation: random() < 0.5 ? name() : Array.from({ length: units }, name) };
    });
    const hidden = depth - 1;
    const skips = Array.from({ length: hidden }, (_, l) => l + 1).filter(() => random() < 0.6);
    const isSkip = hidden > 0 && k % 2 === 0;
    const model = isSkip
      ? skip.build({ type: 'skip', inputs, layers, skips }, 'model')
      : mlp.build({ type: 'mlp', inputs, layers }, 'model');
    const m = 1 + pick(6);
    return {
      name: `${k}: ${model.kind} ${inputs}-${layers.map(({ units }) => units).join('-')}, m = ${m}`,
      model,
      parameters: uniform(model.parameterCount, random),
      inputs: uniform(m * inputs, random),
      m,
    };
  });
}

export const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

export const largestDifference = (a: Float64Array, b: Float64Array): number => {
  if (a.length !== b.length) throw new RangeError(`lengths ${a.length} and ${b.length}`);
  return largest(a.map((value, k) => value - b[k]!));
};
