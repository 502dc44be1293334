import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { Inexpressible } from '../../src/arithmetic/arithmetic.ts';
import { float64Arithmetic as F } from '../../src/arithmetic/float64.ts';
import { rationalArithmetic as Q } from '../../src/exact/rational-arithmetic.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { activationNames } from '../../src/models/activations.ts';
import { buildModel, modelKind, modelKinds } from '../../src/models/index.ts';
import type { Model } from '../../src/models/model.ts';
import { AtKink, jacobian } from '../../src/symbolic/derivative.ts';
import { evaluate, margins } from '../../src/symbolic/evaluate.ts';
import { randomIntegers } from '../symbolic/random.ts';
import { forward, type LooseSpec } from './forward.ts';

type Random = (n: number) => number;

function randomSpec(random: Random, type: string): LooseSpec {
  const size = () => 1 + random(3);
  const inputs = size();
  const hidden = (count: number, last: boolean) =>
    Array.from({ length: count }, (_, l) => {
      const units = size();
      const name = () => activationNames[random(activationNames.length)]!;
      const activation = random(2) === 0 ? name() : Array.from({ length: units }, name);
      const sloped = activation === 'leaky-relu' || activation.includes('leaky-relu');
      return {
        units,
        ...(random(2) === 0 ? { bias: true } : {}),
        ...(!last && l === count - 1
          ? {}
          : { activation, ...(sloped && random(2) ? { slope: '-1/3' } : {}) }),
      };
    });
  switch (type) {
    case 'mlp':
      return { type, inputs, layers: hidden(1 + random(3), false) };
    case 'skip':
      return { type, inputs, layers: hidden(3, false), skips: [[], [1], [1, 2], [2, 1], [2]][random(5)]! };
    case 'resnet':
      return {
        type,
        inputs: 2,
        outputs: size(),
        residual:
          random(2) === 0
            ? { type: 'mlp', inputs: 2, layers: hidden(2, true) }
            : {
                type: 'expression',
                inputs: ['a', 'b'],
                parameters: ['p'],
                outputs: ['p*a*b', 'relu(p-a)', 'a^2/3'],
              },
      };
    case 'basis':
      return {
        type,
        inputs: ['a', 'b'],
        features: ['1', 'a', 'b^2-a/3', 'abs(a-b)', 'max(a,0.1)'].slice(0, 1 + random(5)),
        outputs: size(),
      };
    default:
      return {
        type: 'expression',
        inputs: ['a', 'b'],
        parameters: ['p', 'q', 'r'],
        outputs: ['p*a+q*relu(r*b-p)', 'p^3/(1+q^2)', 'max(p,q*a,r)'].slice(0, 1 + random(3)),
      };
  }
}

const randomPoint = (random: Random, count: number) =>
  Array.from({ length: count }, () => new Rational(BigInt(random(41) - 20), BigInt(9 + random(5))));
const floatsOf = (values: readonly Rational[]) => values.map((value) => value.toNumber());
const close = (a: number, b: number, tolerance: number) =>
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
const outputsOf = <T>(model: Model, evaluation: { value(node: number): T }) =>
  model.graph.outputs.map((output) => evaluation.value(output));

const validators = new Map(
  modelKinds.map((kind) => [kind.type, new Ajv2020({ strict: false }).compile(kind.schema)]),
);

describe.each(modelKinds.map(({ type }) => type))('random models of type %s', (type) => {
  it('value, Jacobian and linear blocks agree in every way of computing them', async () => {
    const random = randomIntegers(23);
    let [exact, float, differences, kinked] = [0, 0, 0, 0];
    for (let round = 0; round < 120; round++) {
      const spec = randomSpec(random, type);
      expect(validators.get(type)!(spec)).toBe(true);
      const model = await buildModel(spec, 'model');
      expect(model.kind).toBe(type);
      expect(model.graph.outputs.length).toBe(model.outputs);
      expect(model.graph.groups).toEqual({ x: model.inputs, theta: model.parameterCount });
      let offset = 0;
      for (const block of model.blocks) {
        expect(block.offset).toBe(offset);
        expect(block.length).toBe(block.shape.reduce((a, b) => a * b, 1));
        offset += block.length;
      }
      expect(offset).toBe(model.parameterCount);

      const theta = randomPoint(random, model.parameterCount);
      const x = randomPoint(random, model.inputs);
      const point = { theta: floatsOf(theta), x: floatsOf(x) };
      const evaluation = evaluate(model.graph, F, point);
      const value = outputsOf(model, evaluation);
      forward(spec, model, point.theta, point.x).forEach((each, k) => {
        expect(close(each, value[k]!, 1e-12)).toBe(true);
      });

      let rows: number[][];
      try {
        rows = jacobian(evaluation, 'theta');
      } catch (error) {
        expect(error).toBeInstanceOf(AtKink);
        kinked++;
        continue;
      }
      float++;
      const linear = model.linearBlocks.flatMap((block) =>
        Array.from({ length: block.length }, (_, k) => block.offset + k),
      );
      expect(linear.length > 0).toBe(type !== 'expression');
      if (linear.length > 0)
        rows.forEach((row, k) => {
          expect(
            close(
              linear.reduce((sum, i) => sum + point.theta[i]! * row[i]!, 0),
              value[k]!,
              1e-9,
            ),
          ).toBe(true);
        });

      if (margins(evaluation, 'theta').every(({ argument }) => Math.abs(argument) > 1e-3)) {
        const i = random(model.parameterCount);
        const at = (h: number) => {
          const moved = point.theta.map((each, j) => (j === i ? each + h : each));
          return outputsOf(model, evaluate(model.graph, F, { theta: moved, x: point.x }));
        };
        const h = 1e-6;
        const [up, down] = [at(h), at(-h)];
        rows.forEach((row, k) => {
          const slope = (up[k]! - down[k]!) / (2 * h);
          expect(Math.abs(slope - row[i]!)).toBeLessThan(
            1e-4 * Math.max(1, Math.abs(slope), Math.abs(value[k]!)),
          );
        });
        differences++;
      }

      try {
        const precise = evaluate(model.graph, Q, { theta, x });
        const exactRows = jacobian(precise, 'theta');
        const exactValue = outputsOf(model, precise);
        exactRows.forEach((row, k) => {
          row.forEach((entry, i) => {
            expect(close(entry.toNumber(), rows[k]![i]!, 1e-9)).toBe(true);
          });
          if (linear.length === 0) return;
          const sum = linear.reduce((total, i) => total.add(theta[i]!.mul(row[i]!)), Rational.zero);
          expect(sum.equals(exactValue[k]!)).toBe(true);
        });
        exact++;
      } catch (error) {
        if (!(error instanceof Inexpressible || error instanceof AtKink)) throw error;
      }
    }
    expect(exact).toBeGreaterThan(20);
    expect(float).toBeGreaterThan(60);
    expect(differences).toBeGreaterThan(50);
    expect(kinked).toBeLessThan(40);
  });
});

describe('blocks and graphs', () => {
  it('mlp: W1, b1, W2, … and the layers', async () => {
    const spec = {
      type: 'mlp',
      inputs: 2,
      layers: [
        { units: 3, activation: 'tanh', bias: true },
        { units: 1, bias: true },
      ],
    };
    const model = await buildModel(spec, 'model');
    expect(model.blocks.map(({ name, shape, offset }) => [name, shape, offset])).toEqual([
      ['W1', [3, 2], 0],
      ['b1', [3], 6],
      ['W2', [1, 3], 9],
      ['b2', [1], 12],
    ]);
    expect(model.linearBlocks.map(({ name }) => name)).toEqual(['W2', 'b2']);
    expect(model.network!.layers.map(({ units, inputs }) => [units, inputs])).toEqual([
      [3, 2],
      [1, 3],
    ]);
    expect(model.network!.skips.size).toBe(0);
  });

  it('skip: S<l> after the layers, in the order of l, none for the last hidden layer', async () => {
    const layers = [
      { units: 2, activation: 'relu' },
      { units: 3 },
      { units: 1, activation: 'square' },
      { units: 2 },
    ];
    const model = await buildModel(
      { type: 'skip', inputs: 1, layers, skips: [3, 2, 1] } as LooseSpec,
      'model',
    );
    expect(model.blocks.map(({ name, shape }) => [name, shape])).toEqual([
      ['W1', [2, 1]],
      ['W2', [3, 2]],
      ['W3', [1, 3]],
      ['W4', [2, 1]],
      ['S1', [2, 2]],
      ['S2', [2, 3]],
    ]);
    expect([...model.network!.skips.keys()]).toEqual([1, 2]);
    expect(model.linearBlocks.map(({ name }) => name)).toEqual(['W4', 'S1', 'S2']);
  });

  it('resnet: W, R, then u.<name>', async () => {
    const residual = { type: 'mlp', inputs: 2, layers: [{ units: 3, activation: 'relu', bias: true }] };
    const model = await buildModel({ type: 'resnet', inputs: 2, outputs: 1, residual } as LooseSpec, 'model');
    expect(model.blocks.map(({ name, shape, offset }) => [name, shape, offset])).toEqual([
      ['W', [1, 2], 0],
      ['R', [2, 3], 2],
      ['u.W1', [3, 2], 8],
      ['u.b1', [3], 14],
    ]);
  });

  it('the graph of a network is built when asked for, once', async () => {
    const layers = [{ units: 100_000 }, { units: 1 }];
    const model = await buildModel({ type: 'mlp', inputs: 10, layers } as LooseSpec, 'model');
    expect(model.parameterCount).toBe(1_100_000);
    const small = await buildModel({ type: 'mlp', inputs: 1, layers: [{ units: 1 }] } as LooseSpec, 'model');
    expect(small.graph).toBe(small.graph);
  });

  it('a network of 400,000 nodes', async () => {
    const layers = [
      { units: 500, activation: 'relu', bias: true },
      { units: 400, activation: 'tanh' },
      { units: 2 },
    ];
    const model = await buildModel({ type: 'mlp', inputs: 390, layers } as LooseSpec, 'model');
    expect(model.graph.nodes.length).toBeGreaterThan(390_000);
    const random = randomIntegers(2);
    const theta = Array.from({ length: model.parameterCount }, () => (random(201) - 100.5) / 1000);
    const x = Array.from({ length: 390 }, () => (random(201) - 100) / 100);
    const evaluation = evaluate(model.graph, F, { theta, x });
    const row = jacobian(evaluation, 'theta')[0]!;
    const last = model.blocks.at(-1)!;
    const sum = Array.from({ length: 400 }, (_, j) => theta[last.offset + j]! * row[last.offset + j]!);
    expect(
      close(
        sum.reduce((a, b) => a + b),
        evaluation.value(model.graph.outputs[0]!),
        1e-9,
      ),
    ).toBe(true);
  });

  it('1000 layers', async () => {
    const layers = Array.from({ length: 1000 }, () => ({ units: 1 }));
    const model = await buildModel({ type: 'mlp', inputs: 1, layers } as LooseSpec, 'model');
    const theta = new Array(1000).fill(Rational.integer(-1));
    const evaluation = evaluate(model.graph, Q, { theta, x: [new Rational(1n, 3n)] });
    expect(String(evaluation.value(model.graph.outputs[0]!))).toBe('1/3');
  });
});

it('expressions that are too long together are refused; other kinds need no parser', async () => {
  expect(modelKind('mlp')!.prepare).toBeUndefined();
  const text = 'w'.padEnd(9000, '+w');
  const long = { type: 'expression', inputs: ['x'], parameters: ['w'], outputs: new Array(30).fill(text) };
  await expect(buildModel(long, 'model')).rejects.toThrow(/270000 characters together/);
});

describe('refused, naming the place and the mend', () => {
  const layers = [{ units: 2, activation: 'relu' }, { units: 1 }];
  const e = { type: 'expression', inputs: ['x'], parameters: ['w'], outputs: ['w*x'] };
  it.each<[LooseSpec, string, RegExp]>([
    [{ type: 'cnn' }, 'model.type', /no model "cnn"; use one of basis, mlp/],
    [{ type: 'constructor' }, 'model.type', /no model/],
    [
      { type: 'mlp', inputs: 1, layers: [{ units: 1, activation: 'tanh' }] },
      'model.layers[0].activation',
      /linear, not tanh/,
    ],
    [
      { type: 'mlp', inputs: 1, layers: [{ units: 2, activation: ['identity', 'abs'] }] },
      'model.layers[0].activation',
      /linear, not abs/,
    ],
    [
      { type: 'mlp', inputs: 1, layers: [{ units: 2, activation: ['relu'] }, { units: 1 }] },
      'model.layers[0].activation',
      /1 entries for 2 units/,
    ],
    [
      { type: 'mlp', inputs: 1, layers: [{ units: 2, activation: 'gelu' }, { units: 1 }] },
      'model.layers[0].activation',
      /"gelu"; use one of identity/,
    ],
    [
      { type: 'mlp', inputs: 1, layers: [{ units: 2, activation: '__proto__' }, { units: 1 }] },
      'model.layers[0].activation',
      /__proto__/,
    ],
    [
      { type: 'mlp', inputs: 1, layers: [{ units: 2, activation: 'relu', slope: 0.1 }, { units: 1 }] },
      'model.layers[0].slope',
      /only leaky-relu/,
    ],
    [
      {
        type: 'mlp',
        inputs: 1,
        layers: [{ units: 2, activation: 'leaky-relu', slope: '1/0' }, { units: 1 }],
      },
      'model.layers[0].slope',
      /not a finite number/,
    ],
    [
      {
        type: 'mlp',
        inputs: 1,
        layers: [{ units: 2, activation: 'leaky-relu', slope: Number.NaN }, { units: 1 }],
      },
      'model.layers[0].slope',
      /not a finite/,
    ],
    [
      { type: 'mlp', inputs: 100_000, layers: [{ units: 100_000 }, { units: 1 }] },
      'model',
      /more than 2000000 parameters/,
    ],
    [{ type: 'skip', inputs: 1, layers, skips: [2] }, 'model.skips[0]', /no hidden layer 2; use 1 to 1/],
    [{ type: 'skip', inputs: 1, layers, skips: [0] }, 'model.skips[0]', /no hidden layer 0/],
    [{ type: 'skip', inputs: 1, layers, skips: [1, 1] }, 'model.skips[1]', /listed twice/],
    [
      { type: 'skip', inputs: 1, layers: [{ units: 1 }], skips: [1] },
      'model.skips[0]',
      /the network has none/,
    ],
    [
      { type: 'resnet', inputs: 2, outputs: 1, residual: e },
      'model.residual.inputs',
      /takes 1 inputs and the model has 2/,
    ],
    [
      { type: 'resnet', inputs: 1, outputs: 1, residual: { ...e, outputs: ['w*y'] } },
      'model.residual.outputs[0]',
      /unknown name "y" at column 3/,
    ],
    [
      { type: 'resnet', inputs: 1, outputs: 1, residual: { ...e, parameters: ['x'] } },
      'model.residual.parameters[0]',
      /already used/,
    ],
    [{ ...e, parameters: [] }, 'model.parameters', /no parameters/],
    [{ ...e, parameters: ['w', 'w'] }, 'model.parameters[1]', /"w" is already used by model.parameters\[0\]/],
    [{ ...e, inputs: ['exp'] }, 'model.inputs[0]', /"exp" has a meaning/],
    [{ ...e, parameters: ['mod'] }, 'model.parameters[0]', /meaning/],
    [{ ...e, outputs: ['w*x', 'w+'] }, 'model.outputs[1]', /column/],
    [
      { type: 'basis', inputs: ['x'], features: ['x', 'sin(z)'], outputs: 1 },
      'model.features[1]',
      /unknown name "z" at column 5/,
    ],
    [{ type: 'basis', inputs: ['x', 'x'], features: ['x'], outputs: 1 }, 'model.inputs[1]', /already used/],
  ])('%j', async (spec, path, message) => {
    await expect(buildModel(spec, 'model')).rejects.toMatchObject({ name: 'SpecError', path });
    await expect(buildModel(spec, 'model')).rejects.toThrow(message);
  });

  it.each<[LooseSpec]>([
    [{ type: 'mlp', inputs: 1, layers: [] }],
    [{ type: 'mlp', inputs: 0, layers }],
    [{ type: 'mlp', inputs: 1.5, layers }],
    [{ type: 'mlp', inputs: 1, layers: [{ units: 100_001 }] }],
    [{ type: 'mlp', inputs: 1, layers: Array.from({ length: 1001 }, () => ({ units: 1 })) }],
    [{ type: 'mlp', inputs: 1, layers, extra: 1 }],
    [{ type: 'mlp', inputs: 1, layers: [{ units: 1, biases: true }] }],
    [{ type: 'skip', inputs: 1, layers }],
    [{ type: 'skip', inputs: 1, layers, skips: [1, 1] }],
    [{ type: 'resnet', inputs: 1, outputs: 1, residual: { type: 'basis' } }],
    [{ type: 'resnet', inputs: 1, outputs: 1, residual: { type: 'mlp', inputs: 1 } }],
    [{ type: 'resnet', inputs: 1, outputs: 1, residual: { type: 'mlp', inputs: 1, layers, outputs: ['x'] } }],
    [{ ...e, parameters: ['__proto__'] }],
    [{ ...e, parameters: ['constructor'] }],
    [{ ...e, parameters: ['hasOwnProperty'] }],
    [{ ...e, parameters: ['1w'] }],
    [{ ...e, parameters: ['a'.repeat(65)] }],
    [{ ...e, outputs: [] }],
    [{ ...e, outputs: ['x'.repeat(10_001)] }],
    [{ ...e, inputs: [] }],
    [{ type: 'basis', inputs: ['x'], features: [], outputs: 1 }],
    [{ type: 'basis', inputs: ['x'], features: ['x'], outputs: 0 }],
  ])('the schema refuses %j', (spec) => {
    expect(validators.get(spec.type)!(spec)).toBe(false);
  });

  it('modelKind knows the listed types only', () => {
    expect(modelKinds.map(({ type }) => modelKind(type)?.type)).toEqual([
      'basis',
      'mlp',
      'skip',
      'resnet',
      'expression',
    ]);
    expect(modelKind('toString')).toBeUndefined();
  });
});
