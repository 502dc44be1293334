import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { prove } from '../../proofs/index.ts';
import { Evaluator } from '../../src/arithmetic/evaluate.ts';
import type { Meaning, PointFunction } from '../../src/arithmetic/meaning.ts';
import { createContext } from '../../src/check/context.ts';
import { arrangementOf } from '../../src/check/example-parts.ts';
import { check } from '../../src/check/index.ts';
import { symbolsOf } from '../../src/check/interpretation.ts';
import { evaluateProof, type ProofValues } from '../../src/check/proof-values.ts';
import { derive } from '../../src/derive/derive.ts';
import { rationalArithmetic } from '../../src/exact/rational-arithmetic.ts';
import type { Instance } from '../../src/instance/instance.ts';
import { instanceFromObject } from '../../src/instance/load.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { loadInstanceFile } from '../../src/node/files.ts';
import { resultById } from '../../theorems/index.ts';

const root = join(import.meta.dirname, '../..');
const load = (file: string): Promise<Instance> => loadInstanceFile(join(root, file));
const q = (text: string | number): Rational => Rational.parse(String(text))!;
const namesOf = (result: string) =>
  new Set(
    resultById(result)!
      .statement()
      .context.map(({ name }) => name),
  );
const exactSymbols = (result: string, instance: Instance) =>
  symbolsOf(
    createContext(instance, { point: 'given' }),
    rationalArithmetic,
    namesOf(result),
    result,
  ) as Record<string, Meaning<Rational>>;
const on = (result: string, instance: Instance): Promise<ProofValues> =>
  evaluateProof(prove(result), instance);
const statuses = ({ hypotheses }: ProofValues) =>
  Object.fromEntries(hypotheses.map(({ id, status }) => [id, status]));

const instance = (model: object, inputs: unknown, targets: unknown, parameters: object, more: object = {}) =>
  instanceFromObject({
    everymin: 1,
    model,
    loss: { type: 'squared' },
    data: { inputs, targets },
    parameters,
    ...more,
  });

describe('example 1', () => {
  const basis = (features: string[], outputs = 1) => ({ type: 'basis', inputs: ['x'], features, outputs });

  test('Φ_i are the features, one block of columns for each output', async () => {
    const one = await instance(basis(['1', 'x', 'x^2']), [[2], ['1/3']], [[1], [2]], { W: [[1, 2, 3]] });
    expect(exactSymbols('example-1', one).Φ).toEqual([[[q(1), q(2), q(4)]], [[q(1), q('1/3'), q('1/9')]]]);
    const two = await instance(basis(['1', 'x'], 2), [[5]], [[1, 2]], {
      W: [
        [1, 2],
        [3, 4],
      ],
    });
    expect(exactSymbols('example-1', two).Φ).toEqual([[[1, 5, 0, 0].map(q), [0, 0, 1, 5].map(q)]]);
  });

  test('random features: a network of which the last layer alone is trained', async () => {
    const features = await instance(
      { type: 'mlp', inputs: 1, layers: [{ units: 2, activation: 'relu', bias: true }, { units: 1 }] },
      [[1], [-2], [3]],
      [[1], [0], [2]],
      { W1: [[1], [-1]], b1: ['1/2', 1], W2: [[1, 1]] },
      { trainable: ['W2'] },
    );
    // relu(x + 1/2), relu(1 − x)
    expect(exactSymbols('example-1', features).Φ).toEqual([
      [['3/2', 0].map(q)],
      [[0, 3].map(q)],
      [['7/2', 0].map(q)],
    ]);
    const values = await on('example-1', features);
    expect(statuses(values)).toEqual({ weights: 'holds', model: 'holds', 'assumption-1': 'holds' });
    expect(values.failing).toEqual({ hypothesis: null, step: null });
    const lines = values.hypotheses.length + values.steps.flatMap((each) => each.lines).length;
    expect(lines).toBeGreaterThan(20);
    expect((await derive('example-1', features)).verdict!.verdict).toBe('holds');
  });

  test.each([
    [
      'a second layer that is trained',
      { type: 'mlp', inputs: 1, layers: [{ units: 1 }, { units: 1 }] },
      { W1: [[1]], W2: [[2]] },
    ],
    [
      'a constant part',
      { type: 'expression', inputs: ['x'], parameters: ['t'], outputs: ['t*x+1'] },
      { t: 1 },
    ],
    ['a square', { type: 'expression', inputs: ['x'], parameters: ['t'], outputs: ['t^2*x'] }, { t: 1 }],
    [
      'of degree 1 and not linear',
      { type: 'expression', inputs: ['x'], parameters: ['t', 's'], outputs: ['relu(t)+abs(s)'] },
      { t: 1, s: -1 },
    ],
  ])('%s is no basis model', async (_, model, parameters) => {
    const other = await instance(model, [[1], [2]], [[1], [1]], parameters);
    const values = await on('example-1', other);
    expect(statuses(values).model).not.toBe('holds');
    const { verdict } = (await derive('example-1', other)).verdict!;
    expect(['not-applicable', 'undecided']).toContain(verdict);
  });

  test('one trained part of a linear model has a constant part, unless the others are 0', async () => {
    const linear = (s: number) =>
      instance(
        { type: 'expression', inputs: ['x'], parameters: ['t', 's'], outputs: ['t*x+s'] },
        [[1], [2]],
        [[1], [1]],
        { t: 1, s },
        { trainable: ['t'] },
      );
    expect(statuses(await on('example-1', await linear(1))).model).toBe('fails');
    // true, and read off no expression
    expect(statuses(await on('example-1', await linear(0))).model).toBe('undecided');
  });

  test('a feature that has no value at a sample is no proof', async () => {
    const broken = await instance(basis(['1/x', '1']), [[0], [1]], [[1], [1]], { W: [[1, 1]] }).catch(
      () => undefined,
    );
    if (broken) expect(statuses(await on('example-1', broken)).model).not.toBe('holds');
  });
});

describe('example 2', () => {
  const network = (n: number, hidden: number, more: object = {}) => ({
    type: 'mlp',
    inputs: 2,
    layers: [
      { units: n, activation: 'relu', bias: true, ...more },
      ...Array.from({ length: hidden - 1 }, () => ({ units: n, activation: 'relu' })),
      { units: 2 },
    ],
  });
  const CIRCLE = [
    ['3/5', '4/5'],
    ['-5/13', '12/13'],
    [0, -1],
  ];
  const entries = (rows: number, columns: number, from: number) =>
    Array.from({ length: rows }, (_, a) =>
      Array.from({ length: columns }, (_, b) => `${((7 * a + 3 * b + from) % 11) - 5}/3`),
    );
  const made = (n: number, hidden: number, inputs: unknown[] = CIRCLE) =>
    instance(
      network(n, hidden),
      inputs,
      inputs.map((_, i) => [i, 1]),
      {
        W1: entries(n, 2, 1),
        b1: Array.from({ length: n }, (_, k) => `${k + 1}/4`),
        ...Object.fromEntries(
          Array.from({ length: hidden - 1 }, (_, l) => [`W${l + 2}`, entries(n, n, l + 2)]),
        ),
        [`W${hidden + 1}`]: entries(2, n, 9),
      },
    );

  test.each([
    [3, 1],
    [4, 2],
    [3, 3],
  ])('width %i, %i hidden layers: the layers obey their equations, and W h is f', async (n, hidden) => {
    const net = await made(n, hidden);
    const symbols = exactSymbols('example-2', net);
    expect([symbols.n, symbols.r, symbols.dx]).toEqual([n, hidden - 1, 2]);
    const { u, θ } = arrangementOf(net, namesOf('example-2'))!;
    const own = (places: readonly number[]) => places.map((index) => net.parameters.rational(index));
    expect([...u!, ...θ!].sort((a, b) => a - b)).toEqual(
      Array.from({ length: net.model.parameterCount }, (_, k) => k),
    );
    const others = u!.map((_, k) => new Rational(BigInt((k * k) % 7) - 3n, 2n));
    const evaluator = new Evaluator<Rational>({
      arithmetic: rationalArithmetic,
      rounding: 'exact',
      meaning: ({ name }) => symbols[name],
      candidates: ({ name }) =>
        name === 'u' ? [own(u!), others] : name === 'z' ? [-2, -1, 0, 3].map(q) : [],
    });
    const { setting } = resultById('example-2')!.statement();
    for (const id of ['network', 'relu']) {
      const lines = evaluator.sides(setting.find((each) => each.id === id)!.term);
      expect(lines.length).toBeGreaterThan(4);
      expect(lines.filter(({ truth }) => truth !== true)).toEqual([]);
    }
    // the model itself, which is built another way
    const all = Array.from({ length: net.model.parameterCount }, (_, k) => net.parameters.rational(k));
    const outputs = (symbols.f as PointFunction<Rational>[]).map((f) => f.value(all));
    const h = symbols.h as (l: number) => (i: number) => PointFunction<Rational>;
    const W = own(θ!);
    const predictions = outputs.map((_, i) => {
      const φ = h(hidden - 1)(i).value(own(u!)) as Rational[];
      return [0, 1].map((c) => φ.reduce((sum, x, k) => sum.add(W[c * n + k]!.mul(x)), Rational.zero));
    });
    expect(predictions).toEqual(outputs);
  });

  test('on the circle it holds, and no line of the proof is refuted', async () => {
    for (const [n, hidden] of [
      [3, 1],
      [4, 2],
    ] as const) {
      const net = await made(n, hidden);
      const values = await on('example-2', net);
      expect(Object.values(statuses(values))).toEqual(Array(7).fill('holds'));
      expect(values.failing).toEqual({ hypothesis: null, step: null });
      expect((await derive('example-2', net)).verdict!.verdict).toBe('holds');
    }
  });

  test('examples/overparameterized.json: its features are those of the proof, δ times the identity', async () => {
    const net = await load('examples/overparameterized.json');
    const symbols = exactSymbols('example-2', net);
    const u = arrangementOf(net, namesOf('example-2'))!.u!.map((index) => net.parameters.rational(index));
    const h = symbols.h as (l: number) => (i: number) => PointFunction<Rational>;
    const half = q('1/2');
    const features = [0, 1, 2].map((i) => h(0)(i).value(u));
    expect(features).toEqual([0, 1, 2].map((i) => [0, 1, 2].map((k) => (i === k ? half : q(0)))));
    expect((await derive('example-2', net)).verdict!.verdict).toBe('holds');
    expect((await derive('example-3', net)).verdict!.verdict).toBe('holds');
    expect((await derive('example-1', net)).verdict!.verdict).toBe('not-applicable');
  });

  test.each<[string, number, unknown[], string]>([
    ['too narrow', 2, CIRCLE, 'width'],
    [
      'off the circle',
      3,
      [
        ['3/5', '4/5'],
        ['1/2', 0],
        [0, -1],
      ],
      'normalized',
    ],
    [
      'off the circle by rounding',
      3,
      [
        [0.6, 0.8],
        [1, 0],
        [0, -1],
      ],
      'normalized',
    ],
    [
      'twice the same input',
      3,
      [
        [1, 0],
        [0, 1],
        [1, 0],
      ],
      'distinct',
    ],
  ])('%s', async (_, n, inputs, hypothesis) => {
    const net = await made(n, 1, inputs);
    const values = await on('example-2', net);
    expect(
      Object.entries(statuses(values)).flatMap(([id, status]) => (status === 'holds' ? [] : [id, status])),
    ).toEqual([hypothesis, 'fails']);
    expect((await derive('example-2', net)).verdict!.verdict).toBe('not-applicable');
  });

  test('opposite inputs are distinct; the largest product is told', async () => {
    const net = await made(2, 1, [
      [1, 0],
      [-1, 0],
    ]);
    const distinct = (await on('example-2', net)).hypotheses.find(({ id }) => id === 'distinct')!;
    expect([distinct.status, distinct.tier, distinct.detail]).toEqual([
      'holds',
      'exact',
      'the largest x_iᵀx_i′ is -1, at i = 1, i′ = 2',
    ]);
  });

  test.each([
    [
      'tanh',
      network(3, 1, { activation: 'tanh' }),
      { W1: entries(3, 2, 0), b1: [0, 0, 0], W2: entries(2, 3, 0) },
    ],
    ['no bias', network(3, 1, { bias: false }), { W1: entries(3, 2, 0), W2: entries(2, 3, 0) }],
    [
      'two widths',
      {
        type: 'mlp',
        inputs: 2,
        layers: [
          { units: 2, activation: 'relu', bias: true },
          { units: 1, activation: 'relu' },
          { units: 2 },
        ],
      },
      { W1: entries(2, 2, 0), b1: [0, 0], W2: entries(1, 2, 0), W3: [[1], [1]] },
    ],
    ['no hidden layer', { type: 'mlp', inputs: 2, layers: [{ units: 2 }] }, { W1: entries(2, 2, 0) }],
  ])('another model: %s', async (_, model, parameters) => {
    const other = await instance(model, CIRCLE, CIRCLE, parameters);
    await expect(on('example-2', other)).rejects.toThrow(
      'example-2 is about hidden layers of rectifiers, all of one width',
    );
  });
});

describe('example 3', () => {
  const skip = {
    type: 'skip',
    inputs: 1,
    layers: [
      { units: 2, activation: 'square', bias: true },
      { units: 1, activation: 'relu' },
      { units: 2, bias: true },
    ],
    skips: [1],
  };
  const PARAMETERS = {
    W1: [[1], ['-1/2']],
    b1: ['1/3', 2],
    W2: [[1, '1/5']],
    W3: [[2], [-1]],
    b3: [1, 3],
    S1: [
      ['1/7', 1],
      [0, -2],
    ],
  };
  const made = () =>
    instance(
      skip,
      [[1], [2], [-1]],
      [
        [1, 0],
        [5, 1],
        [0, 2],
      ],
      PARAMETERS,
    );

  test('Σ_l W_l h_l(u) is f, with the derivatives of f in their order', async () => {
    for (const net of [
      await made(),
      await load('examples/models/mlp.json'),
      await load('test/instances/I25.json'),
    ]) {
      const symbols = exactSymbols('example-3', net);
      const exact = createContext(net, { point: 'given' }).exact!;
      const { outputs } = exact.summary();
      const { outputs: dy } = net.model;
      const h = symbols.h as PointFunction<Rational>[][];
      const d = symbols.d as number[];
      const θ = symbols.θ as Rational[];
      const u = θ.slice(θ.length - (symbols.du as number));
      const order = arrangementOf(net, namesOf('example-3'))!.θ!;
      expect(order.map((index) => net.parameters.rational(index))).toEqual(θ);
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from(order, (_, k) => k));
      outputs.forEach((row, i) => {
        row.forEach((own, c) => {
          let sum = Rational.zero;
          let from = 0;
          d.forEach((width, l) => {
            const values = h[l]![i]!.value(u) as Rational[];
            expect(values).toHaveLength(width);
            values.forEach((x, k) => {
              sum = sum.add(θ[from + c * width + k]!.mul(x));
              // ∂f_c / ∂(W_l)_{ck} = h_k
              expect(exact.jacobian()[i * dy + c]![order[from + c * width + k]!]).toEqual(x);
            });
            from += dy * width;
          });
          expect(sum).toEqual(own);
        });
      });
    }
  });

  test.each(['I34', 'I25', 'I05'])(
    '%s: what is taken from the check is what the evaluator finds by itself',
    async (name) => {
      const net = await load(`test/instances/${name}.json`);
      const symbols = exactSymbols('example-3', net);
      const evaluator = new Evaluator<Rational>({
        arithmetic: rationalArithmetic,
        rounding: 'exact',
        meaning: ({ name: symbol }) => symbols[symbol],
      });
      const { hypotheses } = resultById('example-3')!.statement();
      const told = statuses(await on('example-3', net));
      for (const id of ['differentiable', 'critical']) {
        const found = evaluator.truth(hypotheses.find((each) => each.id === id)!.term);
        expect([id, told[id]]).toEqual([id, found === true ? 'holds' : found === false ? 'fails' : told[id]]);
        expect(found, id).not.toBe('undecided');
      }
    },
  );

  test('moved off the critical point it says nothing, and names the line', async () => {
    const document = await derive('example-3', await made());
    expect(document.verdict!.verdict).toBe('not-applicable');
    expect(document.verdict!.broken!.hypotheses).toEqual(['critical']);
  });

  test('both sides of the conclusion: the loss, and its infimum over the features', async () => {
    const net = await load('examples/models/skip.json');
    const values = await on('example-3', net);
    const last = values.steps.at(-1)!.lines.find(({ relation }) => relation === 'inf')!;
    const [theorem] = (await check(net, { results: ['theorem-1'] })).results;
    expect(last.left).toEqual(theorem!.left);
    expect(last.right).toEqual(theorem!.right);
    expect(last.truth).toBe('true');
  });

  test('a model without a linear output, and one that trains a part', async () => {
    await expect(on('example-3', await load('test/instances/I16.json'))).rejects.toThrow(
      'example-3 is about a network with a linear output',
    );
    const part = await instance(skip, [[1]], [[1, 0]], PARAMETERS, { trainable: ['W3'] });
    await expect(on('example-3', part)).rejects.toThrow('moves every parameter');
  });
});

test('on no instance does a proof of an example contradict its hypotheses', async () => {
  const folder = join(root, 'test/instances');
  const files = readdirSync(folder).filter(
    (file) => /^[IP]\d+\w?\.json$/.test(file) && !/^I3[5-7]/.test(file),
  );
  let holds = 0;
  for (const file of files.filter((_, k) => k % 3 === 0)) {
    const each = await load(`test/instances/${file}`);
    for (const result of ['example-1', 'example-2', 'example-3']) {
      const { verdict } = (await derive(result, each)).verdict!;
      expect(verdict, `${result} on ${file}`).not.toBe('contradiction');
      if (verdict === 'holds') holds++;
    }
  }
  expect(holds).toBeGreaterThan(4);
}, 120_000);
