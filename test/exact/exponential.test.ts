import { describe, expect, it } from 'vitest';
import { Inexpressible } from '../../src/arithmetic/arithmetic.ts';
import {
  contains,
  intervalArithmetic as I,
  type Interval,
  intersect,
  mag,
  width,
} from '../../src/certified/interval.ts';
import { ofExponential } from '../../src/certified/interval-exponential.ts';
import {
  exponentialArithmetic as E,
  type Exponential,
  formatExponential,
  toRational,
} from '../../src/exact/exponential.ts';
import { encloseExponential, signOfSum } from '../../src/exact/exponential-enclosure.ts';
import { divideSums, monomial, multiplySums } from '../../src/exact/exponential-sum.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { type Random, random, SEED } from '../certified/interval-samples.ts';

const q = (p: number, d = 1): Rational => new Rational(BigInt(p), BigInt(d));
const of = (p: number, d = 1): Exponential => E.rational(q(p, d));
const isZero = (x: Exponential): boolean => E.isZero(x) && E.sign(x) === 0;
const equal = (x: Exponential, y: Exponential): boolean => isZero(E.sub(x, y));

const argument = (r: Random): Rational => q(r.below(13) - 6, 1 + r.below(4));

/** A random element with its interval value, computed along the same expression tree. */
function element(r: Random, depth: number): [Exponential, Interval] {
  const a = argument(r);
  if (depth === 0) {
    const leaf = (['exp', 'tanh', 'sigmoid'] as const)[r.below(4)];
    return leaf ? [E[leaf](E.rational(a)), I[leaf](I.rational(a))] : [E.rational(a), I.rational(a)];
  }
  const [x, xi] = element(r, depth - 1);
  const [y, yi] = element(r, 0);
  const op = (['add', 'sub', 'mul', 'div', 'mul', 'sub'] as const)[r.below(6)]!;
  if (op === 'div' && (E.isZero(y) || I.sign(yi) === undefined)) return [x, xi];
  return [E[op](x, y), I[op](xi, yi)];
}

describe('the field of exponentials', () => {
  it('obeys the field laws, decided exactly', () => {
    const r = random(SEED);
    let irrational = 0;
    for (let k = 0; k < 300; k++) {
      const [[x], [y], [z]] = [element(r, 2), element(r, 1), element(r, 1)];
      if (toRational(x) === undefined) irrational++;
      expect(equal(E.add(x, y), E.add(y, x))).toBe(true);
      expect(equal(E.mul(x, y), E.mul(y, x))).toBe(true);
      expect(equal(E.add(E.add(x, y), z), E.add(x, E.add(y, z)))).toBe(true);
      expect(equal(E.mul(E.mul(x, y), z), E.mul(x, E.mul(y, z)))).toBe(true);
      expect(equal(E.mul(x, E.add(y, z)), E.add(E.mul(x, y), E.mul(x, z)))).toBe(true);
      expect(isZero(E.add(x, E.neg(x)))).toBe(true);
      expect(equal(E.mul(x, E.one), x) && equal(E.add(x, E.zero), x)).toBe(true);
      expect(equal(E.pow(x, 3), E.mul(x, E.mul(x, x)))).toBe(true);
      if (!E.isZero(y)) {
        expect(equal(E.mul(E.div(x, y), y), x)).toBe(true);
        expect(toRational(E.div(y, y))?.toString()).toBe('1');
      }
      expect(isZero(E.add(E.sub(x, y), E.rational(q(1, 1_000_000_007))))).toBe(false);
    }
    expect(irrational).toBeGreaterThan(100);
  });

  it('agrees with interval arithmetic: enclosures meet and are narrow, signs are the same', () => {
    const r = random(SEED + 1);
    let signs = 0;
    for (let k = 0; k < 1_000; k++) {
      const [x, box] = element(r, 1 + r.below(3));
      const own = ofExponential(x);
      expect(intersect(own, box)).toBeDefined();
      expect(width(own) <= mag(own) * 2 ** -51).toBe(true);
      const value = toRational(x);
      if (value) expect(contains(own, value) && contains(box, value)).toBe(true);
      const sign = I.sign(box);
      if (sign !== undefined) {
        signs++;
        expect(E.sign(x)).toBe(sign);
      }
      expect(equal(E.abs(x), E.max(x, E.neg(x)))).toBe(true);
    }
    expect(signs).toBeGreaterThan(500);
  });

  it('sees planted identities as exactly 0, and the same with one part changed as not 0', () => {
    const r = random(SEED + 2);
    for (let k = 0; k < 100; k++) {
      const [a, b] = [argument(r), argument(r)];
      const x = E.rational(a);
      const y = E.rational(b);
      const [tx, ty] = [E.tanh(x), E.tanh(y)];
      const twice = E.add(x, x);
      const identities: [Exponential, Exponential][] = [
        [E.tanh(twice), E.div(E.mul(of(2), tx), E.add(E.one, E.pow(tx, 2)))],
        [E.tanh(E.add(x, y)), E.div(E.add(tx, ty), E.add(E.one, E.mul(tx, ty)))],
        [E.add(E.sigmoid(x), E.sigmoid(E.neg(x))), E.one],
        [E.sigmoid(twice), E.div(E.add(E.one, tx), of(2))],
        [E.exp(E.add(x, y)), E.mul(E.exp(x), E.exp(y))],
        [E.mul(E.exp(x), E.exp(E.neg(x))), E.one],
        [E.sub(E.one, E.pow(tx, 2)), E.mul(of(4), E.mul(E.sigmoid(twice), E.sigmoid(E.neg(twice))))],
      ];
      if (!a.isZero) {
        identities.push([E.div(E.sub(E.exp(twice), E.one), E.sub(E.exp(x), E.exp(E.neg(x)))), E.exp(x)]);
      }
      for (const [left, right] of identities) {
        const difference = E.sub(left, right);
        expect(isZero(difference)).toBe(true);
        const nudge = of(1, 10 ** 9 + k);
        expect(E.sign(E.add(difference, nudge))).toBe(1);
        const turned = E.sub(E.mul(left, E.exp(nudge)), right);
        expect(E.isZero(turned)).toBe(E.isZero(left));
        expect(E.sign(turned)).toBe(E.sign(left));
      }
      expect(toRational(E.add(E.sigmoid(x), E.sigmoid(E.neg(x))))?.toString()).toBe('1');
    }
  });

  it('tells signs through heavy cancellation, and does not guess beyond its precision', () => {
    const tiny = (bits: number): Exponential => E.rational(new Rational(1n, 2n ** BigInt(bits)));
    for (const bits of [10, 100, 1_000, 4_000]) {
      const e = E.exp(tiny(bits));
      expect(E.sign(E.sub(e, E.one))).toBe(1);
      // e^x − 1 − x − x²/2 is about x³/6
      const rest = E.sub(E.sub(E.sub(e, E.one), tiny(bits)), E.mul(of(1, 2), tiny(2 * bits)));
      expect(E.sign(rest)).toBe(1);
      expect(E.sign(E.neg(rest))).toBe(-1);
    }
    const unknown = E.sub(E.exp(tiny(20_000)), E.one);
    expect(E.isZero(unknown)).toBe(false);
    expect(E.sign(unknown)).toBeUndefined();
    expect(() => E.abs(unknown)).toThrow(Inexpressible);
    expect(() => E.max(unknown, E.zero)).toThrow(Inexpressible);
    expect(() => ofExponential(unknown)).toThrow(Inexpressible);
  });

  it('encloses what is far outside the range of float64 without overflow', () => {
    const far = E.exp(of(1_000_000));
    expect(() => ofExponential(far)).toThrow(Inexpressible);
    expect(ofExponential(E.neg(E.exp(of(-1_000_000))))).toEqual({ lo: -Number.MIN_VALUE, hi: 0 });
    expect(ofExponential(E.div(far, E.exp(of(999_999)))).lo).toBe(Math.E);
    expect(E.sign(E.sub(far, of(1)))).toBe(1);
    expect(encloseExponential(E.zero, 10)).toEqual({ lower: 0n, upper: 0n, exponent: 0n });
    expect(ofExponential(E.zero)).toEqual({ lo: 0, hi: 0 });
    expect(ofExponential(of(1, 2))).toEqual({ lo: 0.5, hi: 0.5 });
    expect(ofExponential(E.exp(of(-745))).hi).toBe(Number.MIN_VALUE);
  });

  it('gives what is in the field and refuses what is not', () => {
    expect(formatExponential(E.tanh(of(1)))).toBe('(-1 + e^(2)) / (1 + e^(2))');
    expect(formatExponential(E.sub(of(1, 2), E.mul(of(3), E.exp(of(-1, 2)))))).toBe('-3*e^(-1/2) + 1/2');
    expect(equal(E.log(E.exp(of(3, 7))), of(3, 7))).toBe(true);
    expect(isZero(E.log(E.one))).toBe(true);
    expect(equal(E.sqrt(E.mul(of(4, 9), E.exp(of(3)))), E.mul(of(2, 3), E.exp(of(3, 2))))).toBe(true);
    expect(isZero(E.sqrt(E.zero)) && isZero(E.sin(E.zero)) && equal(E.cos(E.zero), E.one)).toBe(true);
    expect(toRational(E.sigmoid(E.zero))?.toString()).toBe('1/2');
    expect(toRational(E.tanh(E.zero))?.toString()).toBe('0');
    // an argument that only turns out to be rational
    expect(equal(E.exp(E.add(E.sigmoid(of(2)), E.sigmoid(of(-2)))), E.exp(E.one))).toBe(true);
    const e = E.exp(E.one);
    for (const wrong of [
      () => E.exp(e),
      () => E.tanh(e),
      () => E.sigmoid(e),
      () => E.softplus(E.zero),
      () => E.sin(E.one),
      () => E.cos(e),
      () => E.log(of(2)),
      () => E.log(E.add(e, E.one)),
      () => E.log(E.neg(e)),
      () => E.log(E.zero),
      () => E.sqrt(of(2)),
      () => E.sqrt(E.neg(e)),
      () => E.sqrt(E.add(e, E.one)),
      () => E.div(e, E.zero),
      () => E.div(e, E.sub(e, E.exp(of(1)))),
      () => E.float(NaN),
    ]) {
      expect(wrong).toThrow(Inexpressible);
    }
    expect(() => E.pow(e, -1)).toThrow(RangeError);
  });

  it('refuses to grow without bound', () => {
    const grow = (): void => {
      let product = E.one;
      for (const prime of [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41]) {
        product = E.mul(product, E.add(E.exp(of(1, prime)), E.one));
      }
    };
    expect(grow).toThrow('a sum of exponentials has more than 4096 terms');
    // tanh of the same number shares one denominator
    let sum = E.zero;
    for (let k = 1; k <= 40; k++) sum = E.add(sum, E.mul(of(k), E.pow(E.tanh(of(1, 3)), k % 5)));
    expect(sum.denominator).toHaveLength(1);
    expect(sum.numerator.length).toBeLessThanOrEqual(5);
  });
});

describe('sums of exponentials', () => {
  it('divides exactly or not at all', () => {
    const r = random(SEED + 3);
    const sum = () =>
      E.add(E.add(of(1), E.mul(of(1 + r.below(5)), E.exp(of(1 + r.below(6), 2)))), E.exp(of(-1 - r.below(3))))
        .numerator;
    for (let k = 0; k < 200; k++) {
      const [a, b] = [sum(), sum()];
      expect(divideSums(multiplySums(a, b), b)).toEqual(a);
      expect(
        divideSums(E.add({ numerator: multiplySums(a, b), denominator: [] }, of(1, 7)).numerator, b),
      ).toBeUndefined();
    }
  });

  it('has the sign of its terms when they agree', () => {
    expect(signOfSum([])).toBe(0);
    expect(signOfSum(monomial(q(-2), q(5)))).toBe(-1);
  });
});
