import { describe, expect, test } from 'vitest';
import { createContext } from '../../src/check/context.ts';
import { lineSearch } from '../../src/check/escape/line-search.ts';
import { lowestDirection } from '../../src/check/escape/lowest-direction.ts';
import { pathsOf } from '../../src/check/escape/paths.ts';
import { type Escape, escapeFrom, movedParameters } from '../../src/check/escape.ts';
import { lossOf, thetaIn } from '../../src/check/point.ts';
import type { Quantity } from '../../src/check/report.ts';
import { rationalArithmetic } from '../../src/exact/rational-arithmetic.ts';
import type { Instance } from '../../src/instance/instance.ts';
import { instanceFromObject } from '../../src/instance/load.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { loadInstanceFile } from '../../src/node/files.ts';
import { generator } from '../random.ts';
import { instanceOf } from './oracle/handmade.ts';

const load = (id: string): Promise<Instance> => loadInstanceFile(`test/instances/${id}.json`);

type Moved = Extract<Escape, { outcome: 'moved' }>;
function moved(found: Escape): Moved {
  if (found.outcome !== 'moved') throw new Error(`expected a way down: ${found.detail}`);
  return found;
}

const bounds = (quantity: Quantity): { lower: Rational; upper: Rational } => {
  if ('exact' in quantity) {
    const value = Rational.parse(quantity.exact)!;
    return { lower: value, upper: value };
  }
  if (!('lower' in quantity && 'upper' in quantity)) throw new Error('no enclosure');
  return { lower: Rational.fromNumber(quantity.lower), upper: Rational.fromNumber(quantity.upper) };
};

/** L in rationals at the point moved to. */
function exactLossAfter(instance: Instance, found: Moved): Rational {
  const there = { ...instance, parameters: movedParameters(instance, found.moves) };
  const { problem } = createContext(there);
  return lossOf(problem, rationalArithmetic, thetaIn(rationalArithmetic, there));
}

describe('the known instances', () => {
  // Losses by hand: three linear layers of one unit at 1 (I05, P1), t³ at 1 (I10), w₂w₁ = 1/4 (I04).
  test.each([
    ['I04', '2', '13/16'],
    ['I05', '2', '1'],
    ['I10', '1', '0'],
    ['I12', '1', '225/256'],
    ['P1', '1/2', '0'],
    ['P3', '1/2', '0'],
  ])('%s: from %s to %s, exactly', async (id, before, after) => {
    const instance = await load(id);
    const found = moved(await escapeFrom(instance));
    expect(found).toMatchObject({ tier: 'exact', before: { exact: before }, after: { exact: after } });
    expect(`${exactLossAfter(instance, found)}`).toBe(after);
  });

  test('I18: exactly lower', async () => {
    const instance = await load('I18');
    const found = moved(await escapeFrom(instance));
    expect(found.tier).toBe('exact');
    expect(exactLossAfter(instance, found).cmp(Rational.one)).toBe(-1);
  });

  test.each([
    // tanh(1) tanh'ed by the model W2 tanh(W1 x): (tanh 1 − 1)² + (tanh 2 − 1)²
    ['I38', (Math.tanh(1) - 1) ** 2 + (Math.tanh(2) - 1) ** 2],
    ['I43', Math.log1p(Math.exp(-1))],
  ])('%s: enclosed and lower', async (id, after) => {
    const found = moved(await escapeFrom(await load(id)));
    expect(found.tier).toBe('certified');
    const there = bounds(found.after);
    expect(there.upper.cmp(bounds(found.before).lower)).toBe(-1);
    expect(Math.abs(there.lower.toNumber() - after)).toBeLessThan(1e-12);
  });

  test.each(['I01', 'I06', 'I15', 'I16'])('%s: nothing to escape from', async (id) => {
    expect(await escapeFrom(await load(id))).toMatchObject({ outcome: 'local-minimum', tier: 'exact' });
  });
});

describe('what is not critical', () => {
  test('random products of three layers: the loss by hand is lower', async () => {
    const random = generator(17);
    const entry = () => Math.floor(random() * 9) - 4;
    let count = 0;
    for (let round = 0; round < 60; round++) {
      const [a, b, c, y] = [entry(), entry(), entry(), entry()];
      const object = instanceOf(['a*b*c*x'], { a, b, c }, [[1], [2]], [[y], [1]]);
      const found = await escapeFrom(await instanceFromObject(object));
      const loss = ([p, q, r]: readonly Rational[]): Rational => {
        const w = p!.mul(q!).mul(r!);
        const first = w.sub(Rational.integer(y));
        const second = w.add(w).sub(Rational.one);
        return first.mul(first).add(second.mul(second));
      };
      // L = 5w² − (2y + 4)w + …: lowest where 5w = y + 2, and no other point is a local minimum
      expect(found.outcome === 'moved').toBe(5 * a * b * c !== y + 2);
      if (found.outcome !== 'moved') continue;
      count++;
      const at = new Map(found.moves.map(({ parameter, to }) => [parameter, to]));
      const start = [a, b, c].map((value) => Rational.integer(value));
      const end = ['a', 'b', 'c'].map((name, k) => at.get(name) ?? start[k]!);
      expect(found.before).toEqual({ exact: `${loss(start)}` });
      expect(found.after).toEqual({ exact: `${loss(end)}` });
      expect(loss(end).cmp(loss(start))).toBe(-1);
    }
    expect(count).toBeGreaterThan(30);
  });

  test('float weights next to a saddle leave along negative curvature, not along a gradient of 1e-9', async () => {
    const near = instanceOf(['a*tanh(b*x)'], { a: 1e-9, b: -2e-9 }, [[1], [2]], [[1], [1]]);
    const found = moved(await escapeFrom(await instanceFromObject(near)));
    expect(found.tier).toBe('certified');
    expect(bounds(found.after).upper.toNumber()).toBeLessThan(1);
    expect(bounds(found.before).lower.toNumber()).toBeGreaterThan(1.99);
  });

  test('steps that leave the domain of the model are passed over', async () => {
    const object = instanceOf(['log(1-a*x)'], { a: 0 }, [[1]], [[-5]]);
    const found = moved(await escapeFrom(await instanceFromObject(object)));
    expect(found.moves).toHaveLength(1);
    const to = found.moves[0]!.to.toNumber();
    expect(to).toBeGreaterThan(0);
    expect(to).toBeLessThan(1);
    expect(bounds(found.after).upper.cmp(bounds(found.before).lower)).toBe(-1);
  });

  test('a descent that float64 cannot see is found in rationals', async () => {
    const object = instanceOf(['a*x'], { a: 0 }, [[1]], [[1]], {
      loss: { type: 'expression', expression: 'q1*1e-30 + y1' },
    });
    const instance = await instanceFromObject(object);
    const found = moved(await escapeFrom(instance));
    expect(found.tier).toBe('exact');
    expect(found.moves.map(({ to }) => `${to}`)).toEqual(['-1']);
    expect(exactLossAfter(instance, found).cmp(Rational.one)).toBe(-1);
  });

  test('only trainable numbers move', async () => {
    const object = { ...instanceOf(['a*x + b'], { a: 0, b: 0 }, [[1]], [[1]]), trainable: ['b'] };
    const found = moved(await escapeFrom(await instanceFromObject(object)));
    expect(found.moves.map(({ parameter, index }) => [parameter, index])).toEqual([['b', 1]]);
  });
});

describe('nothing is made up', () => {
  test('what is only declared is not believed, either way', async () => {
    for (const declared of [true, false]) {
      // |a| at 0 with a target of 0: a minimum, at a kink that nothing decides
      const object = instanceOf(['abs(a)*x'], { a: 0 }, [[1]], [[0]], {
        declare: { 'local-minimum': declared },
        loss: { type: 'expression', expression: 'sin(q1-y1)^2' },
      });
      const found = await escapeFrom(await instanceFromObject(object));
      expect(found.outcome).toBe('undecided');
    }
  });

  test('a time that is over: undecided, and said so', async () => {
    expect(await escapeFrom(await load('P3'), { deadline: 0 })).toMatchObject({
      outcome: 'undecided',
      timedOut: true,
    });
  });

  test('a false witness leads nowhere', async () => {
    const context = createContext(
      await instanceFromObject(instanceOf(['a*x', 'b*x'], { a: 1, b: 1 }, [[1]], [[1, 1]])),
    );
    const lies = [
      { kind: 'negative-curvature', direction: ['1', '-1'], curvature: '-1' },
      { kind: 'descent-curve', terms: [{ parameter: 'a', coefficient: '1', power: 2 }], change: ['0', '-1'] },
      { parameter: 'a', derivative: '-1' },
    ];
    for (const lie of lies) expect(lineSearch(context, pathsOf(context, lie))).toBeUndefined();
    expect(pathsOf(context, lies[0])).toHaveLength(2);
    expect(pathsOf(context, lies[1])).toHaveLength(1);
  });

  test.each([
    null,
    'declared',
    {},
    { kind: 'negative-curvature', direction: ['x'] },
    { kind: 'descent-curve', terms: [{ parameter: 'zzz', coefficient: '1', power: 1 }] },
    { kind: 'descent-curve', terms: [{ parameter: 'a', coefficient: 'x', power: 1 }] },
  ])('%j is no witness', async (witness) => {
    const context = createContext(await instanceFromObject(instanceOf(['a*x'], { a: 0 }, [[1]], [[1]])));
    expect(pathsOf(context, witness)).toEqual([]);
  });
});

describe('the direction of least curvature', () => {
  test('of diag(3, −1, 2), turned', () => {
    // H = QDQ with the reflection Q = I − 2uuᵀ/‖u‖², u = (1, 2, 2)
    const Q = [7, -4, -4, -4, 1, -8, -4, -8, 1].map((entry) => entry / 9);
    const D = [3, -1, 2];
    const H = Float64Array.from({ length: 9 }, (_, k) =>
      D.reduce((sum, d, j) => sum + Q[3 * Math.floor(k / 3) + j]! * d * Q[3 * j + (k % 3)]!, 0),
    );
    const v = lowestDirection(3, H)!;
    const scale = v[0]! / Q[1]!;
    for (let i = 0; i < 3; i++) expect(v[i]! / scale).toBeCloseTo(Q[3 * i + 1]!, 9);
  });

  test('none for a positive definite, a zero or a broken matrix', () => {
    expect(lowestDirection(2, Float64Array.of(2, 1, 1, 2))).toBeUndefined();
    expect(lowestDirection(2, new Float64Array(4))).toBeUndefined();
    expect(lowestDirection(1, Float64Array.of(Number.NaN))).toBeUndefined();
    expect(lowestDirection(0, new Float64Array(0))).toBeUndefined();
  });
});
