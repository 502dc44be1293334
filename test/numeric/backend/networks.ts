import { mlp } from '../../../src/models/mlp.ts';
import type { Model } from '../../../src/models/model.ts';
import { skip } from '../../../src/models/skip.ts';

/** mulberry32; uniform in (−1, 1) */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

export const numbers = (count: number, next: () => number): Float64Array =>
  Float64Array.from({ length: count }, next);

export interface Case {
  readonly title: string;
  readonly model: Model;
  readonly m: number;
}

const EVERY = ['identity', 'relu', 'leaky-relu', 'tanh', 'sigmoid', 'softplus', 'square', 'cube', 'abs'];

const one = (activation: string): Case => ({
  title: `${activation}, 3-5-4-2 with biases`,
  model: mlp.build(
    {
      type: 'mlp',
      inputs: 3,
      layers: [
        { units: 5, activation, bias: true, ...(activation === 'leaky-relu' ? { slope: '1/8' } : {}) },
        { units: 4, activation, bias: true },
        { units: 2, bias: true },
      ],
    },
    '',
  ),
  m: 6,
});

/** Every activation; mixed units; no bias; one layer; one sample; one output; skips. */
export const CASES: readonly Case[] = [
  ...EVERY.map(one),
  {
    title: 'a list of all activations in one layer',
    model: mlp.build(
      { type: 'mlp', inputs: 2, layers: [{ units: 9, activation: EVERY, bias: true }, { units: 1 }] },
      '',
    ),
    m: 9,
  },
  {
    title: 'one linear layer, no bias, one sample',
    model: mlp.build({ type: 'mlp', inputs: 4, layers: [{ units: 3 }] }, ''),
    m: 1,
  },
  {
    title: 'deep and narrow, one output, some biases',
    model: mlp.build(
      {
        type: 'mlp',
        inputs: 1,
        layers: [
          { units: 2, activation: 'tanh', bias: true },
          { units: 1, activation: 'softplus' },
          { units: 3, activation: 'sigmoid', bias: true },
          { units: 1 },
        ],
      },
      '',
    ),
    m: 11,
  },
  {
    title: 'skips from two hidden layers, three outputs',
    model: skip.build(
      {
        type: 'skip',
        inputs: 3,
        layers: [
          { units: 4, activation: 'tanh', bias: true },
          { units: 5, activation: ['relu', 'relu', 'abs', 'square', 'identity'] },
          { units: 2, activation: 'sigmoid' },
          { units: 3, bias: true },
        ],
        skips: [1, 2],
      },
      '',
    ),
    m: 5,
  },
];
