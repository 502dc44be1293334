import { describe, expect, it } from 'vitest';
import { rationalArithmetic } from '../../src/exact/rational-arithmetic.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { buildModel } from '../../src/models/index.ts';
import type { Model } from '../../src/models/model.ts';
import { assumption2, checkAssumption2 } from '../../src/symbolic/assumption-2.ts';
import { gradient } from '../../src/symbolic/derivative.ts';
import { evaluate } from '../../src/symbolic/evaluate.ts';
import type { Graph } from '../../src/symbolic/graph.ts';
import { randomSource } from '../../src/symbolic/random-source.ts';
import { attempt } from '../../src/symbolic/refutation.ts';
import { rows } from './losses.ts';

const limits = { deadlineMs: 20_000 };
const all = (model: Model): number[] => Array.from({ length: model.parameterCount }, (_, k) => k);
const model = (spec: object): Promise<Model> => buildModel(spec as { type: string }, 'model');
const expression = (parameters: string[], ...outputs: string[]): Promise<Model> =>
  model({ type: 'expression', inputs: ['x'], parameters, outputs });
const only = (m: Model, ...names: string[]): number[] =>
  m.blocks
    .filter(({ name }) => names.includes(name))
    .flatMap(({ offset, length }) => Array.from({ length }, (_, k) => offset + k));

/** f = Σ g_k ∂_k f in exact arithmetic at random rational points where everything is rational; the number of points. */
function verified(
  m: Model,
  trainable: readonly number[],
  inputs: readonly Rational[][],
  g: () => Graph,
  seed: number,
): number {
  const random = randomSource(seed);
  const graph = g();
  let points = 0;
  for (let trial = 0; trial < 12; trial++) {
    const theta = Array.from(
      { length: m.parameterCount },
      () => new Rational(BigInt(Math.floor(random() * 41) - 20), 7n),
    );
    const gamma = attempt(() => {
      const evaluation = evaluate(graph, rationalArithmetic, { theta });
      return graph.outputs.map((output) => evaluation.value(output));
    });
    if (!gamma) continue;
    expect(gamma).toHaveLength(trainable.length);
    for (const x of inputs) {
      const evaluation = evaluate(m.graph, rationalArithmetic, { x, theta });
      for (const output of m.graph.outputs) {
        let sides: [Rational, Rational] | undefined;
        try {
          const slopes = gradient(evaluation, output, 'theta');
          const sum = trainable.reduce(
            (total, index, k) => total.add(gamma[k]!.mul(slopes[index]!)),
            Rational.zero,
          );
          sides = [evaluation.value(output), sum];
        } catch {
          continue; // irrational, undefined, or at a kink
        }
        points++;
        expect(sides[0].equals(sides[1])).toBe(true);
      }
    }
  }
  return points;
}

describe('assumption 2 from structure', () => {
  it.each([
    [
      {
        type: 'mlp',
        inputs: 2,
        layers: [
          { units: 3, activation: 'relu', bias: true },
          { units: 2, bias: true },
        ],
      },
      '1 2; 0 1',
      'Σ W2 ∂f/∂W2 + Σ b2 ∂f/∂b2',
    ],
    [
      { type: 'mlp', inputs: 1, layers: [{ units: 2, activation: 'tanh', bias: true }, { units: 1 }] },
      '1',
      'Σ W2 ∂f/∂W2: f is linear in W2',
    ],
    [
      {
        type: 'skip',
        inputs: 1,
        layers: [{ units: 1, activation: 'square' }, { units: 1, activation: 'square' }, { units: 1 }],
        skips: [1],
      },
      '1; 2; 3',
      'W3',
    ],
    [{ type: 'basis', inputs: ['x'], features: ['1', 'x', 'x^2'], outputs: 2 }, '1; 2', 'Σ W ∂f/∂W'],
    [
      {
        type: 'resnet',
        inputs: 1,
        outputs: 1,
        residual: { type: 'expression', inputs: ['x'], parameters: ['u'], outputs: ['exp(u*x)'] },
      },
      '1',
      'Σ W ∂f/∂W',
    ],
  ])('holds for the last layer of %j', async (spec, inputs, words) => {
    const m = await model(spec);
    const result = await assumption2(m, all(m), rows(inputs), limits);
    expect(result.status, result.detail).toBe('holds');
    expect(result.detail).toContain(words);
    if (result.status !== 'holds') return;
    expect(
      checkAssumption2(m.graph, all(m), rows(inputs), JSON.parse(JSON.stringify(result.certificate))),
    ).toBe(true);
    verified(m, all(m), rows(inputs), result.g, 3);
  });

  it('uses hidden layers when the last one is frozen', async () => {
    const m = await model({
      type: 'mlp',
      inputs: 2,
      layers: [{ units: 3, activation: 'relu' }, { units: 1 }],
    });
    const result = await assumption2(m, only(m, 'W1'), rows('1 2; 0 1'), limits);
    expect([result.status, result.detail]).toEqual(['holds', expect.stringContaining('W1 ∂f/∂W1')]);
    if (result.status === 'holds')
      expect(verified(m, only(m, 'W1'), rows('1 2; 0 1'), result.g, 5)).toBeGreaterThan(5);
  });

  it('declines where a frozen bias breaks homogeneity, unless it is known to be 0', async () => {
    const m = await model({
      type: 'mlp',
      inputs: 1,
      layers: [
        { units: 2, activation: 'relu' },
        { units: 1, bias: true },
      ],
    });
    const trainable = only(m, 'W1', 'W2');
    expect((await assumption2(m, trainable, rows('1; 2'), limits)).status).toBe('undecided');
    const parameters = Array.from({ length: m.parameterCount }, () => Rational.zero);
    expect((await assumption2(m, trainable, rows('1; 2'), { ...limits, parameters })).status).toBe('holds');
    parameters[m.parameterCount - 1] = Rational.one;
    expect((await assumption2(m, trainable, rows('1; 2'), { ...limits, parameters })).status).toBe(
      'undecided',
    );
  });

  it('declines a tanh layer alone', async () => {
    const m = await model({
      type: 'mlp',
      inputs: 1,
      layers: [{ units: 2, activation: 'tanh' }, { units: 1 }],
    });
    expect((await assumption2(m, only(m, 'W1'), rows('1; 2'), limits)).status).toBe('undecided');
  });
});

describe('assumption 2 of expressions', () => {
  it.each<[string[], string, string]>([
    [['t'], 't^2', '1/2·t'],
    [['w', 't'], 'w*t^2*(1-t)', 'w ∂f/∂w'],
    [['a', 'b'], '(a-b^2)*b^2', '1/2·a ∂f/∂a + 1/4·b ∂f/∂b'],
    [['t'], '1+t', 'g = t + 1'],
    [['t'], 't-2*relu(t)', 't ∂f/∂t'],
    [['a', 'b'], 'b*relu(a*x)', '∂f/∂a'],
    [['s', 't'], 's*t/sqrt(s^2+t^2)', '∂f/∂s'],
    [['t'], '1/t', '-1·t'],
    [['t'], 't/(1+t)', 'g = t^2 + t'],
    [['t'], '(1+t)^2*x', 'g = 1/2*t + 1/2'],
    [['s', 't'], 's*t+s+t+1', 'g = '],
    [['s', 't'], 's+exp(t)', 'g = (s, 1)'],
    [['s', 't'], 'max(s*x,t)', '∂f/∂t'],
    [['t'], 'exp(t*x)*0+t^3', '1/3'],
  ])('holds for %j %s', async (parameters, text, words) => {
    const m = await expression(parameters, text);
    const inputs = rows('1; 2; -1/2');
    const result = await assumption2(m, all(m), inputs, limits);
    expect(result.status, result.detail).toBe('holds');
    expect(result.detail).toContain(words);
    if (result.status !== 'holds') return;
    expect(checkAssumption2(m.graph, all(m), inputs, JSON.parse(JSON.stringify(result.certificate)))).toBe(
      true,
    );
    if (!/exp|sqrt/.test(text)) expect(verified(m, all(m), inputs, result.g, 7)).toBeGreaterThan(10);
  });

  it('finds a g for the inputs given where none serves all inputs', async () => {
    const m = await expression(['t'], 'exp(t*x)+t*0');
    const result = await assumption2(m, all(m), rows('2'), limits);
    expect([result.status, result.detail]).toEqual([
      'holds',
      'f = Σ g_k ∂f/∂θ_k for each input given, with g = 1/2',
    ]);
    if (result.status !== 'holds') return;
    expect(checkAssumption2(m.graph, all(m), rows('2'), result.certificate)).toBe(true);
    expect(checkAssumption2(m.graph, all(m), rows('2; 3'), result.certificate)).toBe(false);
    expect((await assumption2(m, all(m), rows('2; 3'), limits)).status).toBe('undecided');
  });

  it.each<[string[], string]>([
    [['t'], '1+t^2'],
    [['t'], 't*x+1'],
    [['t'], 'exp(t*x)'],
    [['t'], 'sin(t)'],
    [['s', 't'], 's*x+t*0+1'],
    [['s', 't'], 't+tanh(s*x)+1/(1+t^2)'],
    [['t'], 'relu(t)+1'],
    [['t'], 'sqrt(t)+1'],
  ])('declines %j %s', async (parameters, text) => {
    const m = await expression(parameters, text);
    expect((await assumption2(m, all(m), rows('1; 2'), limits)).status).toBe('undecided');
  });

  it('declines when a parameter that carries the representation is frozen', async () => {
    const m = await expression(['s', 't'], 's*x+t');
    expect((await assumption2(m, [0], rows('1; 2'), limits)).status).toBe('undecided');
    expect((await assumption2(m, [], rows('1; 2'), limits)).status).toBe('undecided');
  });
});

describe('certificates', () => {
  it('of homogeneity: every mutant is refused', async () => {
    let mutants = 0;
    for (const [parameters, text] of [
      [['a', 'b'], '(a-b^2)*b^2'],
      [['a', 'b'], 'b^2*relu(a*x)+x*a*b^2'],
      [['a', 'b', 'c'], 'c*(a*b+c)/(a+1)*0+a*b*c'],
    ] as const) {
      const m = await expression([...parameters], text);
      const found = await assumption2(m, all(m), rows('1'), limits);
      if (found.status !== 'holds' || found.certificate.kind !== 'homogeneity')
        throw new Error('expected homogeneity');
      const { weights } = found.certificate;
      const check = (certificate: unknown, trainable = all(m)) =>
        checkAssumption2(m.graph, trainable, rows('1'), certificate);
      expect(check(found.certificate)).toBe(true);
      const changed: unknown[] = [];
      for (const degree of ['0', '2', '-1', '1/2', 'x', '']) changed.push({ ...found.certificate, degree });
      weights.forEach((range, at) => {
        const put = (value: unknown) =>
          changed.push({ ...found.certificate, weights: weights.map((old, k) => (k === at ? value : old)) });
        for (const weight of ['0', '2', '-1', '5/3', 'NaN']) put({ ...range, weight });
        for (const offset of [-1, 99, 0.5, range.offset + 1]) put({ ...range, offset });
        for (const length of [0, -1, 99, 1.5]) put({ ...range, length });
        put(null);
        changed.push({ ...found.certificate, weights: weights.filter((_, k) => k !== at) });
        changed.push({ ...found.certificate, weights: [...weights, range] });
      });
      changed.push(
        null,
        {},
        { kind: 'homogeneity' },
        { ...found.certificate, kind: 'identity' },
        { ...found.certificate, weights: [] },
      );
      for (const certificate of changed) {
        mutants++;
        expect(check(certificate), `${text} ${JSON.stringify(certificate)}`).toBe(false);
      }
      expect(
        check(found.certificate, all(m).slice(0, -1)) &&
          weights.some(({ offset }) => offset === m.parameterCount - 1),
      ).toBe(false);
    }
    expect(mutants).toBeGreaterThan(80);
  });

  it('of identities: every mutant is refused', async () => {
    let mutants = 0;
    for (const [parameters, text] of [
      [['t'], '1+t'],
      [['t'], 't/(1+t)'],
      [['s', 't'], 's+exp(t)'],
      [['s', 't'], 's+t^3+1'],
    ] as const) {
      const m = await expression([...parameters], text);
      const found = await assumption2(m, all(m), rows('1; 2'), limits);
      if (found.status !== 'holds' || found.certificate.kind !== 'identity')
        throw new Error('expected an identity');
      const original = found.certificate;
      const check = (certificate: unknown) => checkAssumption2(m.graph, all(m), rows('1; 2'), certificate);
      expect(check(original)).toBe(true);
      const changed: unknown[] = [
        null,
        {},
        { ...original, kind: 'homogeneity' },
        { ...original, inputs: [] },
        { ...original, inputs: [['1']] },
        { ...original, inputs: 'all' },
      ];
      changed.push(
        { ...original, denominator: [] },
        { ...original, denominator: [['2', []]] },
        { ...original, denominator: [['1', [['theta:0', 1]]]] },
      );
      changed.push(
        { ...original, numerators: original.numerators.slice(1) },
        { ...original, numerators: [...original.numerators, []] },
      );
      original.numerators.forEach((numerator, k) => {
        const put = (value: unknown) =>
          changed.push({
            ...original,
            numerators: original.numerators.map((old, j) => (j === k ? value : old)),
          });
        put(null);
        put([...numerator, ['1', []]]);
        put([...numerator, ['1/3', [['theta:0', 2]]]]);
        put([...numerator, ['1', [['x:0', 1]]]]);
        put([...numerator, ['1', [['atom:0', 1]]]]);
        numerator.forEach(([coefficient, monomial], t) => {
          const term = (value: unknown) => put(numerator.map((old, j) => (j === t ? value : old)));
          term([`${coefficient}1`, monomial]);
          term(['x', monomial]);
          term([coefficient, [...monomial, ['theta:0', 1]]]);
          term([coefficient, [['theta:0', 0.5]]]);
          put(numerator.filter((_, j) => j !== t));
        });
      });
      for (const certificate of changed) {
        mutants++;
        expect(check(certificate), `${text} ${JSON.stringify(certificate)}`).toBe(false);
      }
    }
    expect(mutants).toBeGreaterThan(80);
  });
});

it('random models: whenever it holds, f = Σ g_k ∂_k f at random rational points, exactly', async () => {
  const random = randomSource(77);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const term = (depth: number): string => {
    if (depth === 0) return pick(['a', 'b', 'c', 'x', '1', '2', 'a', 'b']);
    const [s, t] = [term(depth - 1), term(depth - 1)];
    return pick([
      `(${s}+${t})`,
      `(${s}-${t})`,
      `(${s})*(${t})`,
      `(${s})*(${t})`,
      `(${s})^2`,
      `relu(${s})`,
      `abs(${s})`,
      `max(${s},${t})`,
      `(${s})/(2+(${t})^2)`,
      `tanh(${s})`,
      `exp(${s})`,
      `sqrt((${s})^2)`,
    ]);
  };
  let held = 0;
  let points = 0;
  for (let k = 0; k < 500; k++) {
    const text = term(1 + Math.floor(random() * 3));
    let m: Model;
    try {
      m = await expression(['a', 'b', 'c'], text);
    } catch {
      continue; // a constant that is not defined
    }
    const trainable = pick([[0, 1, 2], [0, 1], [0], [1, 2]]);
    const inputs = rows('1; -2; 1/3');
    const result = await assumption2(m, trainable, inputs, { deadlineMs: 5_000 });
    if (result.status !== 'holds') continue;
    held++;
    points += verified(m, trainable, inputs, result.g, k + 1);
  }
  expect(held).toBeGreaterThan(80);
  expect(points).toBeGreaterThan(1500);
});
