import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundText } from '../../../src/arithmetic/decimal.ts';
import { namedText, quantityText } from '../../../src/derive/report/quantity.ts';
import { Rational } from '../../../src/kernel/rational.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const exact = (text: string): Rational => {
  const value = Rational.parse(text);
  if (value === undefined) throw new Error(`not a number: ${text}`);
  return value;
};

/** The interval that a printed enclosure stands for. */
function printed(text: string): [Rational, Rational] {
  const around = /^(\S+) ± (\S+)$/.exec(text);
  if (around) {
    const [middle, radius] = [exact(around[1]!), exact(around[2]!)];
    return [middle.sub(radius), middle.add(radius)];
  }
  const ends = /^\[(\S+), (\S+)\]$/.exec(text);
  if (ends) return [exact(ends[1]!), exact(ends[2]!)];
  const point = Rational.fromNumber(Number(text));
  return [point, point];
}

describe('an enclosure', () => {
  test.each([
    [0.7131471805599452, 0.7131471805599455, '0.7131471805599454 ± 3e-16'],
    [1, 1, '1'],
    [0.1, 0.1, '0.1'],
    [-2.5, -2.5, '-2.5'],
    [0, 1.234e-17, '[0, 1.24e-17]'],
    [-1e-9, 1e-9, '[-1.01e-9, 1.01e-9]'],
    [1, 1.0000000000000002, '1.0000000000000001 ± 2e-16'],
    [123456.5, 123456.75, '123456.6 ± 0.2'],
    [1e20, 1.001e20, '1.0005e+20 ± 5e+16'],
    [0, 0, '0'],
  ])('[%d, %d] is %s', (lower, upper, text) => {
    expect(quantityText({ lower, upper })).toBe(text);
  });

  test('what is printed contains it and is little wider', () => {
    fc.assert(
      fc.property(finite, finite, fc.integer({ min: 0, max: 60 }), (a, b, closeness) => {
        const other = a + (b - a) * 2 ** -closeness;
        if (!Number.isFinite(other)) return;
        const [lower, upper] = a <= other ? [a, other] : [other, a];
        const [low, high] = printed(quantityText({ lower, upper }));
        const [trueLow, trueHigh] = [Rational.fromNumber(lower), Rational.fromNumber(upper)];
        expect(low.cmp(trueLow)).toBeLessThanOrEqual(0);
        expect(high.cmp(trueHigh)).toBeGreaterThanOrEqual(0);
        const size = trueLow.abs().cmp(trueHigh.abs()) > 0 ? trueLow.abs() : trueHigh.abs();
        const slack = trueHigh
          .sub(trueLow)
          .mul(Rational.integer(2))
          .add(size.div(Rational.integer(50)));
        expect(high.sub(low).cmp(slack)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  test('the ends in the wrong order, NaN and infinities are refused', () => {
    expect(() => quantityText({ lower: 1, upper: 0 })).toThrow(RangeError);
    expect(() => quantityText({ lower: Number.NaN, upper: 1 })).toThrow(RangeError);
    expect(() => quantityText({ lower: 0, upper: Number.POSITIVE_INFINITY })).toThrow(RangeError);
    expect(() => quantityText({ lower: Number.NaN, upper: Number.NaN })).toThrow(RangeError);
    expect(() => quantityText({ approx: Number.NaN, residual: 1 })).toThrow(RangeError);
    expect(() => quantityText({ approx: 1, residual: Number.NaN })).toThrow(RangeError);
  });
});

describe('a bound', () => {
  test.each([
    [0.2, 'up', '0.2'],
    [3.123456789e-12, 'up', '3.13e-12'],
    [3.123456789e-12, 'down', '3.12e-12'],
    [-3.123456789, 'up', '-3.12'],
    [-3.123456789, 'down', '-3.13'],
    [9.99999999, 'up', '10'],
    [0, 'up', '0'],
  ] as const)('%d rounded %s is %s', (value, rounding, text) => {
    expect(boundText(value, rounding)).toBe(text);
  });

  test('is never rounded to the unsafe side', () => {
    fc.assert(
      fc.property(finite, (value) => {
        for (const [rounding, side] of [
          ['up', 1],
          ['down', -1],
        ] as const) {
          const text = boundText(value, rounding);
          const sign = exact(text).cmp(Rational.fromNumber(value)) * side;
          expect(sign >= 0 || Object.is(Number(text), value + 0)).toBe(true);
        }
      }),
      { numRuns: 3000, seed: 2 },
    );
  });
});

test.each([
  [{ exact: '2' }, '2'],
  [{ exact: '1/3' }, '1/3 ≈ 0.333333333333'],
  [{ exact: '-9/5' }, '-9/5 = -1.8'],
  [{ exact: '1/1024' }, '1/1024 = 0.0009765625'],
  [{ exact: `${'7'.repeat(30)}/11` }, '≈ 7.07070707071e+28 (known exactly, in 32 digits)'],
  [{ exact: `1${'0'.repeat(40)}` }, '1e+40'],
  [{ exact: 'log(2)' }, 'log(2)'],
  [{ upper: 0.2 }, '≤ 0.2'],
  [{ lower: -1.25 }, '≥ -1.25'],
  [{ approx: 0.7123456789, residual: 2.5e-5 }, '≈ 0.71235 (residual 0.000025)'],
  [{ approx: 0, residual: 0 }, '≈ 0 (residual 0)'],
])('%o is %s', (quantity, text) => {
  expect(quantityText(quantity)).toBe(text);
});

test.each([
  [{ upper: 2 }, 'σ ≤ 2'],
  [{ exact: '3' }, 'σ = 3'],
  [{ lower: 0, upper: 1 }, 'σ ∈ [0, 1]'],
  [{ lower: 1, upper: 1.0001 }, 'σ = 1.00005 ± 0.00005'],
  [{ approx: 1.5, residual: 0.001 }, 'σ ≈ 1.5 (residual 0.001)'],
  [7, 'σ = 7'],
  ['one hot', 'σ: one hot'],
])('a figure %o reads %s', (value, text) => {
  expect(namedText('σ', value)).toBe(text);
});
