import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { construction } from '../../../src/check/construction/index.ts';
import type { Construction } from '../../../src/check/construction/types.ts';
import { constructionFaults } from '../../../src/check/construction/verify.ts';
import { createContext } from '../../../src/check/context.ts';
import { matrix, rank } from '../../../src/exact/linear-algebra.ts';
import type { Instance } from '../../../src/instance/instance.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import { Rational } from '../../../src/kernel/rational.ts';
import { loadInstanceFile } from '../../../src/node/files.ts';
import { generator } from '../../random.ts';
import { networkPlain, type Plain, replay, residualPlain } from './replay.ts';

const at = (instance: Instance, t?: number): Construction => {
  const context = createContext(instance);
  const found = construction(context, t, true);
  if (!found || 'omitted' in found) throw new Error(`no construction: ${JSON.stringify(found)}`);
  expect(constructionFaults(context, JSON.parse(JSON.stringify(found)), true)).toEqual([]);
  return found;
};

const replayed = (instance: Instance, plain: Plain, found: Construction): string[] =>
  found.sets.flatMap((set) => replay(instance, plain, found, set));

const kinds = ({ sets }: Construction): string => sets.map(({ kind }) => kind[0]).join('');
const load = (id: string) => loadInstanceFile(`test/instances/${id}.json`);

describe('the shipped instances', () => {
  const square = (x: readonly Rational[]) => [x[0]!.mul(x[0]!)];
  it.each([
    ['I16', 'rr', 1, '19', true, square],
    ['I17', 'rn', 0, '19', true, square],
    ['I18', 'rn', 0, '9/19', true, square],
    ['I19', 'r', 1, '0', false, (x: readonly Rational[]) => [Rational.one.sub(x[0]!)]],
    ['I49', 'rr', 1, '5', true, () => [Rational.zero]],
  ] as const)('Theorem 3 on %s', async (id, sets, rankW, infimum, complete, z) => {
    const instance = await load(id);
    const found = at(instance);
    expect(kinds(found)).toBe(sets);
    expect(found.matrices[0]).toMatchObject({ name: 'W', rank: rankW });
    expect(found.infimum).toMatchObject({ value: { exact: infimum }, tier: 'exact' });
    expect(found.complete).toBe(complete);
    expect(found.missing.map(({ feature }) => feature)).toEqual(complete ? [] : ['z']);
    expect(replayed(instance, residualPlain(instance, z), found)).toEqual([]);
    // I18 is a saddle: no G may be 0 there, and at a minimum every one is.
    expect(found.forces.every(({ zero }) => zero)).toBe(['I16', 'I17', 'I49'].includes(id));
  });

  it.each([
    ['I04', 0, 'nr', '1/5', []],
    ['I05', 0, 'nnr', '1/5', ['norm']],
    ['I05', 1, 'nr', '2', []],
    ['I06', 0, 'rrr', '1/5', []],
    ['I27', 0, 'rrr', '1/3', ['norm', 'leaves-fibre']],
    ['I28', 0, 'nnr', '2', ['norm']],
    ['I29', 0, 'rr', '6', []],
    ['I29', 1, 'r', '6', []],
    ['P1', 0, 'nnr', '0', ['norm']],
    ['P3', 0, 'nnr', '0', ['norm']],
    ['P4', 1, 'r', '2', []],
  ] as const)('Theorem 4 on %s at t = %i', async (id, t, sets, infimum, printed) => {
    const instance = await load(id);
    const found = at(instance, t);
    expect(kinds(found)).toBe(sets);
    expect(found.infimum).toMatchObject({ value: { exact: infimum }, tier: 'exact' });
    expect(found.complete).toBe(true);
    expect(found.printed!.map(({ kind }) => kind)).toEqual(printed);
    expect(replayed(instance, networkPlain(instance), found)).toEqual([]);
  });

  it('every other network has none, and none is a fault', async () => {
    const files = (await readdir('test/instances')).filter((name) => /^[IP]\d+b?\.json$/.test(name));
    let none = 0;
    let some = 0;
    for (const file of files) {
      const instance = await loadInstanceFile(`test/instances/${file}`);
      const { network, residual } = instance.model;
      if (!network && !residual) continue;
      const context = createContext(instance);
      for (const t of residual ? [undefined] : network!.layers.map((_, k) => k)) {
        const found = construction(context, t, true);
        if (!found) {
          none++;
          continue;
        }
        expect('omitted' in found, `${file} at t = ${t}`).toBe(false);
        expect(constructionFaults(context, found as Construction, true), `${file} at ${t}`).toEqual([]);
        some++;
      }
    }
    expect(none).toBeGreaterThan(8);
    expect(some).toBeGreaterThan(20);
  });
});

type Random = () => number;
const integer = (random: Random, low: number, high: number) => low + Math.floor(random() * (high - low + 1));
const numbers = (random: Random, rows: number, cols: number): number[][] =>
  Array.from({ length: rows }, () => Array.from({ length: cols }, () => integer(random, -2, 2)));
const times = (A: number[][], B: number[][], cols: number): number[][] =>
  A.map((row) => Array.from({ length: cols }, (_, j) => row.reduce((sum, a, k) => sum + a * B[k]![j]!, 0)));
const rankOf = (A: readonly (readonly number[])[]): number =>
  rank(
    matrix(
      A.length,
      A[0]?.length ?? 0,
      A.flat().map((entry) => Rational.integer(entry)),
    ),
  ).rank;

/** Ẽ of the set built, as columns, holds every e_r h_c: by rank alone. */
function spansByRank(
  instance: Instance,
  found: Construction,
  features: readonly (readonly Rational[])[],
): boolean {
  const context = createContext(instance);
  const theta = context.exact!.theta;
  const rows: Rational[][] = context.exact!.jacobian().map((row) => [...row]);
  for (const { base, step, columns } of found.sets) {
    for (let c = 0; step && c <= columns; c++) {
      const moved = [...theta];
      const terms = c === 0 ? base : [...base, { ...step, right: unit(columns, c - 1) }];
      for (const { block: name, left, right } of terms) {
        const block = instance.model.blocks.find((each) => each.name === name)!;
        left.forEach((a, i) => {
          right.forEach((b, j) => {
            const k = block.offset + i * right.length + j;
            const amount = Rational.parse(a)!.mul(Rational.parse(b)!).mul(Rational.parse(found.epsilon)!);
            moved[k] = moved[k]!.add(amount);
          });
        });
      }
      context
        .over(context.exact!.arithmetic, moved, 'test')
        .jacobian()
        .forEach((row, i) => {
          rows[i]!.push(...row);
        });
    }
  }
  const alone = matrix(rows.length, rows[0]!.length, rows.flat());
  const dy = instance.model.outputs;
  const both = rows.map((row, at) => [
    ...row,
    ...features.flatMap((h) =>
      Array.from({ length: dy }, (_, k) => (k === at % dy ? h[Math.floor(at / dy)]! : Rational.zero)),
    ),
  ]);
  return rank(alone).rank === rank(matrix(both.length, both[0]!.length, both.flat())).rank;
}
const unit = (n: number, c: number): string[] => Array.from({ length: n }, (_, k) => (k === c ? '1' : '0'));

describe('random residual networks of every rank of W', () => {
  it('the case split is by rank, and every set is right', async () => {
    const random = generator(31);
    const seen = new Map<string, number>();
    for (let run = 0; run < 60; run++) {
      const [dy, dx, dz] = [integer(random, 1, 3), integer(random, 1, 3), integer(random, 1, 3)];
      const wanted = run % (Math.min(dy, dx) + 1);
      const W = times(numbers(random, dy, wanted), numbers(random, wanted, dx), dx);
      const features = ['x1^2', 'x1*x1*x1-x1', '1+x1'].slice(0, dz);
      const m = integer(random, 2, 4);
      const instance = await instanceFromObject({
        everymin: 1,
        model: {
          type: 'resnet',
          inputs: dx,
          outputs: dy,
          residual: {
            type: 'expression',
            inputs: Array.from({ length: dx }, (_, j) => `x${j + 1}`),
            parameters: [],
            outputs: features,
          },
        },
        loss: { type: 'squared' },
        data: { inputs: numbers(random, m, dx), targets: numbers(random, m, dy) },
        parameters: { W, R: numbers(random, dx, dz), u: {} },
      });
      const found = at(instance);
      const actual = rankOf(W);
      const expected = actual === dy ? 'rr' : actual < dx ? 'rn' : 'r';
      expect(kinds(found)).toBe(expected);
      expect(found.matrices[0]!.rank).toBe(actual);
      expect(found.complete).toBe(expected !== 'r');
      const z = (x: readonly Rational[]) =>
        [x[0]!.mul(x[0]!), x[0]!.mul(x[0]!).mul(x[0]!).sub(x[0]!), Rational.one.add(x[0]!)].slice(0, dz);
      expect(replayed(instance, residualPlain(instance, z), found)).toEqual([]);
      if (expected !== 'r') {
        const inputs = Array.from({ length: m }, (_, i) =>
          Array.from({ length: dx }, (_, j) => instance.inputs.rational(i * dx + j)),
        );
        const samples = inputs.map((x) => [...x, ...z(x)]);
        const columns = samples[0]!.map((_, j) => samples.map((row) => row[j]!));
        expect(spansByRank(instance, found, columns)).toBe(true);
      }
      const key = `${expected} ${Math.sign(dy - dx)}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect([...seen.keys()].sort()).toEqual(['r 1', 'rn -1', 'rn 0', 'rn 1', 'rr -1', 'rr 0']);
  });
});

/** Deep nets with θ ∈ Θ_{dy,t}: J units identity or relu (kept positive), the others square; products of low rank. */
async function deep(random: Random, relu: boolean): Promise<{ instance: Instance; t: number }> {
  const dy = integer(random, 1, 2);
  const H = integer(random, 1, 4);
  const t = integer(random, 0, Math.min(1, H - 1));
  const dx = integer(random, 1, 2);
  const widths = [dx, ...Array.from({ length: H }, () => dy + integer(random, 0, 2)), dy];
  const inside = widths.map((width, l) =>
    l <= t || l === H + 1 ? width : Math.max(dy, width - integer(random, 0, 1)),
  );
  const positive = relu;
  const value = (): number => (positive ? integer(random, 1, 2) : integer(random, -1, 1));
  const weights = widths.slice(1).map((rows, k) => {
    const cols = widths[k]!;
    const l = k + 1;
    const kill = !positive && random() < 0.35;
    // one common row makes a layer of rank 1
    const flat = random() < 0.4;
    const common = Array.from({ length: cols }, value);
    return Array.from({ length: rows }, (_, i) =>
      Array.from({ length: cols }, (_, j) => {
        if (l >= t + 2 && l <= H && i >= inside[l]! && j < inside[l - 1]!) return 0;
        if (l === H + 1 && positive) return integer(random, -1, 1);
        return kill ? 0 : flat ? common[j]! : value();
      }),
    );
  });
  const m = 2;
  const instance = await instanceFromObject({
    everymin: 1,
    model: {
      type: 'mlp',
      inputs: dx,
      layers: widths.slice(1).map((units, k) =>
        k === H
          ? { units }
          : {
              units,
              activation: Array.from({ length: units }, (_, i) =>
                k + 1 <= t
                  ? relu
                    ? 'relu'
                    : 'square'
                  : i < inside[k + 1]!
                    ? relu
                      ? 'relu'
                      : 'identity'
                    : 'square',
              ),
            },
      ),
    },
    loss: { type: 'squared' },
    data: {
      inputs: Array.from({ length: m }, () => Array.from({ length: dx }, () => integer(random, 1, 3))),
      targets: numbers(random, m, dy),
    },
    parameters: Object.fromEntries(weights.map((rows, k) => [`W${k + 1}`, rows])),
  });
  return { instance, t };
}

describe.each([
  ['linear', false],
  ['relu', true],
])('random deep nets, %s units in J', (_name, relu) => {
  it('every set lies on the fibre and spans its layer', async () => {
    const random = generator(relu ? 7 : 5);
    let chains = 0;
    let long = 0;
    let based = 0;
    let printedLeaves = 0;
    let wide = 0;
    for (let run = 0; run < (relu ? 40 : 110); run++) {
      const { instance, t } = await deep(random, relu);
      const found = at(instance, t);
      expect(found.complete).toBe(true);
      expect(found.sets.map(({ feature }) => feature)).toEqual(
        Array.from({ length: instance.model.network!.layers.length - t }, (_, k) => `h^(${t + k})`),
      );
      for (const { checks } of found.sets) {
        expect(checks).toEqual({
          norm: true,
          unchanged: true,
          unchangedOnSamples: 'equal',
          spans: true,
          spansOnSamples: 'equal',
        });
      }
      expect(replayed(instance, networkPlain(instance), found)).toEqual([]);
      chains += found.sets.filter(({ kind }) => kind === 'null-vectors').length;
      long += found.sets.filter(({ chain }) => chain.length >= 2).length;
      based += found.sets.filter(({ base }) => base.length > 0).length;
      printedLeaves += found.printed!.filter(({ kind }) => kind === 'leaves-fibre').length;
      wide += found.structure!.filter(({ units }) => units.length > instance.model.outputs).length;
    }
    expect(chains).toBeGreaterThan(relu ? 5 : 60);
    expect(wide).toBeGreaterThan(20);
    if (!relu) {
      expect(long).toBeGreaterThan(30);
      expect(based).toBeGreaterThan(10);
      expect(printedLeaves).toBeGreaterThan(3);
    }
  });
});
