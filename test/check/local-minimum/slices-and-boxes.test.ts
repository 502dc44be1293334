import { describe, expect, it } from 'vitest';
import { createContext } from '../../../src/check/context.ts';
import { expressed } from '../../../src/check/expressed.ts';
import { check } from '../../../src/check/index.ts';
import { exactHessian } from '../../../src/check/local-minimum/exact-hessian.ts';
import { signOnBox } from '../../../src/check/local-minimum/sign-on-box.ts';
import { checkSymmetricSlice, symmetricSlice } from '../../../src/check/local-minimum/symmetric-slice.ts';
import { velocity } from '../../../src/check/structure/flows.ts';
import { isSymmetry, symmetries } from '../../../src/check/structure/symmetries.ts';
import type { Symmetry } from '../../../src/check/structure/symmetry.ts';
import { rationalArithmetic } from '../../../src/exact/rational-arithmetic.ts';
import { rationalIntervals } from '../../../src/exact/rational-interval.ts';
import { instanceFromObject } from '../../../src/instance/load.ts';
import type { Rational } from '../../../src/kernel/rational.ts';
import { generator } from '../../random.ts';
import { instanceOf } from '../oracle/handmade.ts';
import { integer, pick } from '../oracle/models.ts';
import { inner, r } from '../oracle/numbers.ts';

const context = async (spec: object) =>
  createContext(await instanceFromObject(spec as never), { point: 'given' });
const minimum = async (spec: object) =>
  (
    await check(await instanceFromObject(spec as never), { results: ['theorem-2'], point: 'given' })
  ).results[0]!.obligations.find(({ id }) => id === 'local-minimum')!;

const network = (layers: object[], parameters: object, inputs: unknown[][], targets: unknown[][]) => ({
  everymin: 1,
  model: { type: 'mlp', inputs: inputs[0]!.length, layers },
  loss: { type: 'squared' },
  data: { inputs, targets },
  parameters,
});

/** I25, twisted: the best map of rank 1 through a narrow layer and a wide one. */
const bottleneck = network(
  [{ units: 1 }, { units: 2 }],
  { W1: [['1/2', 0]], W2: [[4], [0]] },
  [
    [1, 0],
    [0, 1],
  ],
  [
    [2, 0],
    [0, 1],
  ],
);

describe('a positive definite Hessian across an orbit', () => {
  it('certifies minima that no linear space and no plain Hessian does', async () => {
    const found = await minimum(bottleneck);
    expect(found).toMatchObject({ status: 'holds', tier: 'exact', certificate: { kind: 'symmetric-slice' } });
    expect(found.strict).toBeUndefined();
  });

  it('and not the saddle beside it', async () => {
    const saddle = { ...bottleneck, parameters: { W1: [[0, '1/2']], W2: [[0], [2]] } };
    expect((await minimum(saddle)).status).toBe('fails');
  });

  it('refuses too few symmetries, wrong ones, and dependent ones', async () => {
    const each = await context(bottleneck);
    const H = exactHessian(each)!;
    const slice = symmetricSlice(each, H)!;
    expect(slice.symmetries).toHaveLength(1);
    expect(checkSymmetricSlice(each, H, slice)).toBe(true);
    expect(checkSymmetricSlice(each, H, { symmetries: [] })).toBe(false);
    expect(checkSymmetricSlice(each, H, { symmetries: [...slice.symmetries, ...slice.symmetries] })).toBe(
      false,
    );
    for (const wrong of [
      { kind: 'dead', layer: 0, unit: 0, index: 0 },
      { kind: 'scale', layer: 1, unit: 0 },
      { kind: 'scale', layer: 0, unit: 7 },
      { kind: 'mix', layer: 0, to: 0, from: 3 },
      { kind: 'unseen', unit: 0, vector: [r(1), r(0)] },
    ] as Symmetry[])
      expect(checkSymmetricSlice(each, H, { symmetries: [wrong] }), wrong.kind).toBe(false);
  });

  it('a kernel that is larger than the orbit is left open', async () => {
    // t enters by its fourth power only: the Hessian does not see it, and no symmetry moves it.
    const spec = instanceOf(['a*b + t^4*(1 - t)'], { a: 1, b: 1, t: 0 }, [[1]], [[0]]);
    const each = await context(spec);
    expect(symmetricSlice(each, exactHessian(each)!)).toBeUndefined();
  });
});

describe('symmetries leave f_X as it is', () => {
  const KINDS = ['identity', 'relu', 'leaky-relu', 'abs', 'square', 'cube'] as const;
  const met = new Set<string>();

  it('the derivative of f_X along each velocity is 0, at θ and next to it', async () => {
    const random = generator(8);
    for (let k = 0; k < 60; k++) {
      const dx = integer(random, 1, 3);
      const units = integer(random, 1, 3);
      const rows = (n: number, m: number) =>
        Array.from({ length: n }, () =>
          Array.from({ length: m }, () => pick(random, [0, 1, -1, 2, '1/3', '-3/2'])),
        );
      const inputs = rows(integer(random, 1, 3), dx);
      const activation = Array.from({ length: units }, () => pick(random, KINDS));
      const [W1, W2] = [rows(units, dx), rows(2, units)];
      const layers = [{ units, activation }, { units: 2 }];
      const targets = inputs.map(() => [0, 1]);
      const each = await context(network(layers, { W1, W2 }, inputs, targets));
      const nudged = (W: readonly (readonly (number | string)[])[]) =>
        W.map((row) => row.map((entry) => `${r(entry).add(r(integer(random, -3, 3)).mul(r('1e-12')))}`));
      const near = await context(network(layers, { W1: nudged(W1), W2: nudged(W2) }, inputs, targets));
      for (const symmetry of symmetries(each)) {
        for (const place of [each, near]) {
          const v = velocity(place, symmetry)!;
          const J = expressed(() => place.exact!.jacobian());
          if (!J) continue;
          met.add(symmetry.kind);
          for (const row of J) expect(inner(row, v).isZero, symmetry.kind).toBe(true);
        }
      }
    }
    expect([...met].sort()).toEqual(['dead', 'mix', 'scale', 'unseen']);
  });

  it('weights of monomials', async () => {
    const each = await context(instanceOf(['a*b*x + a^2*b^2'], { a: 2, b: 3 }, [[1]], [[1]]));
    expect(symmetries(each)).toHaveLength(1);
    expect(isSymmetry(each, { kind: 'weights', vector: [r(1), r(-1)] })).toBe(true);
    for (const vector of [[r(1), r(1)], [r(1), r(-2)], [r(1)], [r(1), r(-1), r(0)]])
      expect(isSymmetry(each, { kind: 'weights', vector })).toBe(false);
    const none = await context(instanceOf(['a*b*x + a'], { a: 2, b: 3 }, [[1]], [[1]]));
    expect(symmetries(none)).toEqual([]);
  });

  it('nothing that moves what is held fixed', async () => {
    const each = await context({ ...bottleneck, trainable: ['W2'] });
    expect(symmetries(each)).toEqual([]);
  });
});

describe('signs on a box', () => {
  const at = (outputs: string, parameters: Record<string, number | string>, y: number) =>
    minimum(instanceOf([outputs], parameters, [[1]], [[y]]));

  it.each([
    ['a minimum at a kink', 'abs(t)', { t: 0 }, -1],
    ['a flat minimum', 't^4', { t: 0 }, -1],
    ['a valley', 'a^2*b^2', { a: 0, b: 0 }, -1],
    ['from below', '-t^6', { t: 0 }, 1],
    ['off zero', '(t - 1/3)^4', { t: '1/3' }, -1],
    ['I11', 'w*t^2*(1-t)', { w: 1, t: 0 }, -1],
  ] as const)('%s', async (_, outputs, parameters, y) => {
    expect(await at(outputs, parameters, y)).toMatchObject({
      status: 'holds',
      tier: 'exact',
      certificate: { kind: 'signs-on-box' },
    });
  });

  it.each([
    ['an odd power', 't^5', { t: 0 }, -1],
    ['the wrong side', 't^4', { t: 0 }, 1],
    ['a ridge beside a valley', 'a^4 - b^4', { a: 0, b: 0 }, -1],
    ['just below', 't^4 - 1/1000000000000*t^3', { t: 0 }, -1],
  ] as const)('not %s', async (_, outputs, parameters, y) => {
    expect((await at(outputs, parameters, y)).status).toBe('fails');
    const each = await context(instanceOf([outputs], parameters, [[1]], [[y]]));
    expect(signOnBox(each)).toBeUndefined();
  });
});

it('rational intervals hold every value', () => {
  const A = rationalIntervals(rationalArithmetic);
  const random = generator(6);
  const number = (): Rational => r(pick(random, ['-2', '-1/3', '0', '1/2', '3', '7/5']));
  const interval = () => {
    const [a, b] = [number(), number()];
    return a.cmp(b) <= 0 ? { lo: a, hi: b } : { lo: b, hi: a };
  };
  const inside = ({ lo, hi }: { lo: Rational; hi: Rational }): Rational =>
    lo.add(hi.sub(lo).mul(r(pick(random, ['0', '1', '1/2', '1/7', '5/6']))));
  const holds = ({ lo, hi }: { lo: Rational; hi: Rational }, value: Rational) =>
    lo.cmp(value) <= 0 && hi.cmp(value) >= 0;
  let divisions = 0;
  for (let k = 0; k < 2_000; k++) {
    const [a, b] = [interval(), interval()];
    const [x, y] = [inside(a), inside(b)];
    for (const op of ['add', 'sub', 'mul', 'max', 'min'] as const)
      expect(holds(A[op](a, b), rationalArithmetic[op](x, y)), op).toBe(true);
    for (const op of ['neg', 'abs'] as const)
      expect(holds(A[op](a), rationalArithmetic[op](x)), op).toBe(true);
    for (const n of [0, 1, 2, 3, 4]) expect(holds(A.pow(a, n), x.pow(n)), `^${n}`).toBe(true);
    if (A.sign(b)) {
      divisions++;
      expect(holds(A.div(a, b), x.div(y))).toBe(true);
    }
  }
  expect(divisions).toBeGreaterThan(200);
  expect(() => A.exp({ lo: r(0), hi: r(1) })).toThrow('exp');
  expect(() => A.div(A.one, { lo: r(-1), hi: r(1) })).toThrow('0');
});
