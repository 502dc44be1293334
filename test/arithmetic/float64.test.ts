import { describe, expect, it } from 'vitest';
import { Inexpressible } from '../../src/arithmetic/arithmetic.ts';
import { float64Arithmetic as F } from '../../src/arithmetic/float64.ts';
import { intervalArithmetic as I, interval } from '../../src/certified/interval.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { random, SEED, sample } from '../certified/interval-samples.ts';

describe('float64 arithmetic', () => {
  it('stays within a few floats of the enclosures, in both tails of the elementary functions', () => {
    const r = random(SEED);
    let compared = 0;
    for (let k = 0; k < 20_000; k++) {
      const x = sample(r);
      for (const name of [
        'exp',
        'log',
        'sqrt',
        'sin',
        'cos',
        'tanh',
        'sigmoid',
        'softplus',
        'abs',
      ] as const) {
        let value: number;
        try {
          value = F[name](x);
        } catch (error) {
          expect(error).toBeInstanceOf(Inexpressible);
          expect(() => I[name](interval(x))).toThrow(Inexpressible);
          continue;
        }
        if (name === 'softplus' && x > 1e300) continue;
        compared++;
        const { lo, hi } = I[name](interval(x));
        const slack = 2 ** -50 * Math.abs(value) + 4 * Number.MIN_VALUE;
        if (!(value >= lo - slack && value <= hi + slack))
          expect.fail(`${name}(${x}) = ${value}, [${lo}, ${hi}]`);
      }
    }
    expect(compared).toBeGreaterThan(100_000);
  });

  it('never returns NaN or an infinity', () => {
    const values = [
      NaN,
      Infinity,
      -Infinity,
      0,
      -0,
      1,
      -1,
      Number.MAX_VALUE,
      -Number.MAX_VALUE,
      Number.MIN_VALUE,
      710,
      -710,
    ];
    let refused = 0;
    const attempt = (f: () => number): void => {
      try {
        const value = f();
        if (!Number.isFinite(value)) expect.fail(`${f} gave ${value}`);
      } catch (error) {
        refused++;
        expect(error).toBeInstanceOf(Inexpressible);
      }
    };
    for (const a of values) {
      attempt(() => F.float(a));
      attempt(() => F.pow(a, 3));
      for (const name of ['exp', 'log', 'sqrt', 'sin', 'cos', 'tanh', 'sigmoid', 'softplus', 'abs'] as const)
        attempt(() => F[name](a));
      for (const b of values) {
        for (const name of ['add', 'sub', 'mul', 'div', 'max', 'min'] as const) attempt(() => F[name](a, b));
      }
    }
    expect(refused).toBeGreaterThan(200);
    expect(() => F.log(0)).toThrow('log(0) is not a real number');
    expect(() => F.div(1, 0)).toThrow('division by zero');
    expect(() => F.exp(800)).toThrow('exp is beyond the range of float64');
    expect(() => F.rational(new Rational(10n ** 400n))).toThrow(Inexpressible);
    expect(() => F.pow(2, -1)).toThrow(RangeError);
    expect([2, -3, 0, -0, NaN].map(F.sign)).toEqual([1, -1, 0, 0, undefined]);
    expect(F.rational(new Rational(1n, 10n))).toBe(0.1);
  });
});
