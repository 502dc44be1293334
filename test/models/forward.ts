import type { Model } from '../../src/models/model.ts';

/** A model object as tests write it. */
export interface LooseSpec {
  readonly type: string;
  readonly [key: string]: unknown;
}

interface LooseLayer {
  units: number;
  activation?: string | string[];
  slope?: string;
  bias?: boolean;
}

const activations: Record<string, (z: number, slope: number) => number> = {
  identity: (z) => z,
  relu: (z) => Math.max(0, z),
  'leaky-relu': (z, slope) => (z < 0 ? slope * z : z),
  tanh: (z) => (Math.exp(z) - Math.exp(-z)) / (Math.exp(z) + Math.exp(-z)),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  softplus: (z) => Math.log(1 + Math.exp(z)),
  square: (z) => z ** 2,
  cube: (z) => z ** 3,
  abs: (z) => (z < 0 ? -z : z),
};

/** The models once more, as plain loops over named matrices; knows the expressions that the tests use. */
export function forward(
  spec: LooseSpec,
  model: Model,
  theta: readonly number[],
  x: readonly number[],
): number[] {
  const blocks = new Map(model.blocks.map((block) => [block.name, block]));
  const vector = (name: string) => {
    const { offset, length } = blocks.get(name)!;
    return theta.slice(offset, offset + length);
  };
  const apply = (name: string, v: readonly number[]) => {
    const entries = vector(name);
    return Array.from({ length: entries.length / v.length }, (_, i) =>
      v.reduce((sum, each, j) => sum + entries[i * v.length + j]! * each, 0),
    );
  };
  const add = (a: readonly number[], b: readonly number[]) => a.map((each, i) => each + b[i]!);
  const network = (layers: LooseLayer[], prefix: string) => {
    const values = [[...x]];
    layers.forEach(({ activation = 'identity', slope, bias }, l) => {
      let z = apply(`${prefix}W${l + 1}`, values.at(-1)!);
      if (bias) z = add(z, vector(`${prefix}b${l + 1}`));
      values.push(
        z.map((each, i) => {
          const name = typeof activation === 'string' ? activation : activation[i]!;
          return activations[name]!(each, slope === undefined ? 0.01 : -1 / 3);
        }),
      );
    });
    return values;
  };
  const [a = 0, b = 0] = x;
  switch (spec.type) {
    case 'mlp':
      return network(spec.layers as LooseLayer[], '').at(-1)!;
    case 'skip': {
      const values = network(spec.layers as LooseLayer[], '');
      return (spec.skips as number[])
        .filter((l) => l < values.length - 2)
        .reduce((sum, l) => add(sum, apply(`S${l}`, values[l]!)), values.at(-1)!);
    }
    case 'resnet': {
      const residual = spec.residual as LooseSpec;
      const p = residual.type === 'mlp' ? 0 : vector('u.p')[0]!;
      const z =
        residual.type === 'mlp'
          ? network(residual.layers as LooseLayer[], 'u.').at(-1)!
          : [p * a * b, Math.max(0, p - a), (a * a) / 3];
      return apply('W', add(x, apply('R', z)));
    }
    case 'basis': {
      const all = [1, a, b * b - a / 3, Math.abs(a - b), Math.max(a, 0.1)];
      return apply('W', all.slice(0, (spec.features as string[]).length));
    }
    default: {
      const [p, q, r] = ['p', 'q', 'r'].map((name) => vector(name)[0]!) as [number, number, number];
      const all = [p * a + q * Math.max(0, r * b - p), p ** 3 / (1 + q * q), Math.max(p, q * a, r)];
      return all.slice(0, (spec.outputs as string[]).length);
    }
  }
}
