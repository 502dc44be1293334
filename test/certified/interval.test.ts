import { describe, expect, it } from 'vitest';
import { type Arithmetic, Inexpressible } from '../../src/arithmetic/arithmetic.ts';
import {
  contains,
  hull,
  intervalArithmetic as I,
  type Interval,
  intersect,
  interval,
  isSubset,
  mag,
  midpoint,
  mig,
  ofRational,
  width,
} from '../../src/certified/interval.ts';
import { low } from '../../src/certified/interval-double-double.ts';
import { bounds, expm1Series, outward, powerOfTwo } from '../../src/certified/interval-exp.ts';
import { above, below } from '../../src/certified/interval-rounding.ts';
import { exponential } from '../../src/exact/fixed-point.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { checkArithmetic } from './interval-containment.ts';
import { checkElementary, ELEMENTARY, type Elementary } from './interval-elementary.ts';
import { random, SEED, sample, sampleInterval, step } from './interval-samples.ts';

const ARITHMETIC = 1_000_000;
const PER_FUNCTION = 8_000;

describe('containment', () => {
  it(`holds on ${ARITHMETIC} random + − × ÷ √ powers, abs, max, min (exact reference, no tolerance)`, () => {
    expect(checkArithmetic(I, ARITHMETIC, SEED)).toEqual({ checked: ARITHMETIC, failure: undefined });
  });

  it.each(ELEMENTARY)(`holds on ${PER_FUNCTION} random values of %s (64-digit reference)`, (name) => {
    const outcome = checkElementary(I, PER_FUNCTION, SEED, [name]);
    expect(outcome).toEqual({ checked: PER_FUNCTION, failure: undefined });
  });
});

describe('planted bugs are found by the same containment checks', () => {
  const point = (value: number): Interval => ({ lo: value, hi: value });
  const nearest = (f: (x: number) => number) => (a: Interval) => ({ lo: f(a.lo), hi: f(a.hi) });
  const ulps = (f: (x: number) => number, n: number) => (a: Interval) => ({
    lo: step(f(a.lo), -n),
    hi: step(f(a.hi), n),
  });
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

  const arithmetic: Record<string, Partial<Arithmetic<Interval>>> = {
    'add to nearest': { add: (a, b) => ({ lo: a.lo + b.lo, hi: a.hi + b.hi }) },
    'add with the upper bound to nearest': { add: (a, b) => ({ lo: I.add(a, b).lo, hi: a.hi + b.hi }) },
    'sub of equal ends': { sub: (a, b) => I.add(a, { lo: -b.lo, hi: -b.lo }) },
    'mul to nearest': {
      mul: (a, b) => {
        const products = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
        return { lo: Math.min(...products), hi: Math.max(...products) };
      },
    },
    'mul that forgets mixed signs': {
      mul: (a, b) => hull(I.mul(point(a.lo), point(b.lo)), I.mul(point(a.hi), point(b.hi))),
    },
    'mul that trusts the error of an underflowing product': {
      mul: (a, b) => (Math.abs(a.lo * b.lo) < 1e-300 ? point(a.lo * b.lo) : I.mul(a, b)),
    },
    'div to nearest': { div: (a, b) => I.div(point(a.lo), b) },
    'div by an interval with 0 at its end': {
      div: (a, b) => (b.lo === 0 && b.hi > 0 ? I.div(a, point(b.hi)) : I.div(a, b)),
    },
    'sqrt to nearest': { sqrt: (a) => (a.lo < 0 ? I.sqrt(a) : { lo: Math.sqrt(a.lo), hi: Math.sqrt(a.hi) }) },
    'sqrt of what is below 0': { sqrt: (a) => I.sqrt({ lo: Math.max(a.lo, 0), hi: Math.max(a.hi, 0) }) },
    'even power by its ends': {
      pow: (a, n) => (n === 0 ? I.one : hull(I.pow(point(a.lo), n), I.pow(point(a.hi), n))),
    },
    'even power as a product': {
      pow: (a, n) => Array.from({ length: n }).reduce<Interval>((p) => I.mul(p, a), I.one),
    },
    'power to nearest': {
      pow: (a, n) => (n > 1 && a.lo > 0 ? { lo: a.lo ** n, hi: a.hi ** n } : I.pow(a, n)),
    },
    'abs by its ends': { abs: (a) => hull(point(Math.abs(a.lo)), point(Math.abs(a.hi))) },
    'max of the lower ends': { max: (a, b) => point(Math.max(a.lo, b.lo)) },
    'min that takes max': { min: (a, b) => I.max(a, b) },
    'neg without exchange': { neg: (a) => hull(point(-a.lo), point(-a.lo)) },
    'an overflow to infinity': { add: (a, b) => ({ lo: a.lo + b.lo - 1e300, hi: a.hi + b.hi + 1e300 }) },
  };
  it.each(Object.entries(arithmetic))('%s', (_, bug) => {
    expect(checkArithmetic({ ...I, ...bug }, 200_000, SEED).failure).toBeDefined();
  });

  const elementary: readonly (readonly [string, Elementary, (a: Interval) => Interval])[] = [
    ['exp to nearest', 'exp', nearest(Math.exp)],
    ['exp with an upper bound to nearest', 'exp', (a) => ({ lo: I.exp(a).lo, hi: Math.exp(a.hi) })],
    ['exp that underflows to 0', 'exp', (a) => (a.hi < -745.2 ? point(0) : I.exp(a))],
    ['exp that is 1 near 0', 'exp', (a) => (mag(a) < 1e-17 ? point(1) : I.exp(a))],
    [
      'exp without the remainder of its series',
      'exp',
      (a) => {
        if (a.lo !== a.hi || mag(a) > 0.3) return I.exp(a);
        let term = 1;
        let sum = 0;
        for (let k = 1; k < 10; k++) {
          term *= a.lo / k;
          sum += term;
        }
        outward(1, sum, 0);
        return { lo: bounds[0]!, hi: bounds[1]! };
      },
    ],
    [
      'exp with ln 2 to 33 bits',
      'exp',
      (a) => (a.lo > 1 && a.hi < 700 ? I.exp(I.add(a, point(1e-10))) : I.exp(a)),
    ],
    ['log to nearest', 'log', nearest(Math.log)],
    [
      'log near 1 by its first term',
      'log',
      (a) => (a.lo > 0.9999 && a.hi < 1.0001 ? I.sub(a, I.one) : I.log(a)),
    ],
    ['sin of the ends only', 'sin', (a) => hull(I.sin(point(a.lo)), I.sin(point(a.hi)))],
    ['cos of the ends only', 'cos', (a) => hull(I.cos(point(a.lo)), I.cos(point(a.hi)))],
    [
      'sin reduced with a float64 π',
      'sin',
      (a) =>
        a.lo === a.hi && mag(a) > 4
          ? I.sin(point(a.lo - 2 * Math.PI * Math.round(a.lo / (2 * Math.PI))))
          : I.sin(a),
    ],
    ['sin not clamped', 'sin', (a) => (width(a) > 7 ? { lo: -1 - 2 ** -52, hi: 1 + 2 ** -52 } : I.sin(a))],
    ['sin x = x near 0', 'sin', (a) => (mag(a) < 1e-5 ? a : I.sin(a))],
    ['cos x = 1 near 0', 'cos', (a) => (mag(a) < 1e-9 ? I.one : I.cos(a))],
    ['tanh to nearest', 'tanh', nearest(Math.tanh)],
    ['tanh not clamped', 'tanh', ulps(Math.tanh, 8)],
    ['tanh that reaches 1', 'tanh', (a) => (a.lo > 30 ? point(1) : I.tanh(a))],
    ['tanh x = x near 0', 'tanh', (a) => (mag(a) < 1e-5 ? a : I.tanh(a))],
    ['tanh by absolute error', 'tanh', (a) => ({ lo: Math.tanh(a.lo) - 1e-17, hi: Math.tanh(a.hi) + 1e-17 })],
    ['sigmoid to nearest', 'sigmoid', nearest(sigmoid)],
    ['sigmoid not clamped', 'sigmoid', ulps(sigmoid, 16)],
    ['sigmoid that underflows', 'sigmoid', (a) => (a.hi < -700 ? point(0) : I.sigmoid(a))],
    ['softplus z = z for large z', 'softplus', (a) => (a.lo > 40 ? a : I.softplus(a))],
    [
      'softplus through 1 + e^z',
      'softplus',
      (a) => (a.hi < 700 ? I.log(I.add(I.one, point(Math.exp(a.lo)))) : I.softplus(a)),
    ],
  ];
  it.each(elementary)('%s', (_, name, bug) => {
    expect(checkElementary({ ...I, [name]: bug }, 4_000, SEED, [name]).failure).toBeDefined();
  });
});

describe('tightness', () => {
  const r = random(SEED + 1);

  it('+ − × ÷ √ of floats give one float when exact, else two neighbours', () => {
    let exact = 0;
    let neighbours = 0;
    for (let k = 0; k < 50_000; k++) {
      const [x, y] = [sample(r), sample(r)];
      for (const op of ['add', 'sub', 'mul', 'div', 'sqrt'] as const) {
        if ((op === 'div' && y === 0) || (op === 'sqrt' && x < 0)) continue;
        let result: Interval;
        try {
          result = op === 'sqrt' ? I.sqrt(interval(x)) : I[op](interval(x), interval(y));
        } catch (error) {
          expect(error).toBeInstanceOf(Inexpressible);
          continue;
        }
        const size = mag(result);
        if (size < 2 ** -900 || size > 2 ** 980) continue;
        if (result.lo === result.hi) exact++;
        else {
          neighbours++;
          const far =
            Math.max(Math.abs(x), Math.abs(y)) > 2 ** 980 ||
            Math.abs(y) < 2 ** -900 ||
            Math.abs(x) < 2 ** -900;
          if (op === 'add' || op === 'sub' || op === 'sqrt' || !far)
            expect([op, x, y, result.hi]).toEqual([op, x, y, step(result.lo, 1)]);
        }
      }
    }
    expect(exact).toBeGreaterThan(10_000);
    expect(neighbours).toBeGreaterThan(10_000);
  });

  it('sums, products, quotients and roots that are floats stay single floats', () => {
    for (let k = 0; k < 20_000; k++) {
      const x = (r.below(2 ** 26) - 2 ** 25) * 2 ** (r.below(60) - 30);
      const y = (r.below(2 ** 26) + 1) * 2 ** (r.below(20) - 10);
      expect(I.mul(interval(x), interval(y))).toEqual({ lo: x * y + 0, hi: x * y + 0 });
      expect(I.div(interval(x * y), interval(y))).toEqual({ lo: x + 0, hi: x + 0 });
      expect(I.sqrt(interval(x * x))).toEqual({ lo: Math.abs(x), hi: Math.abs(x) });
      expect(I.pow(interval(x), 2)).toEqual({ lo: x * x, hi: x * x });
      const z = r.below(2 ** 52) * 2 ** -20;
      const w = r.below(2 ** 52) * -(2 ** -20);
      expect(I.add(interval(z), interval(w))).toEqual({ lo: z + w, hi: z + w });
      expect(I.sub(interval(z), interval(-w))).toEqual({ lo: z + w, hi: z + w });
    }
  });

  it('× and ÷ of intervals are the hull over the corners', () => {
    for (let k = 0; k < 50_000; k++) {
      const [a, b] = [sampleInterval(r), sampleInterval(r)];
      for (const op of ['mul', 'div'] as const) {
        if (op === 'div' && b.lo <= 0 && b.hi >= 0) continue;
        try {
          const corners = [a.lo, a.hi].flatMap((x) =>
            [b.lo, b.hi].map((y) => I[op](interval(x), interval(y))),
          );
          expect(I[op](a, b)).toEqual(corners.reduce(hull));
        } catch (error) {
          expect(error).toBeInstanceOf(Inexpressible);
        }
      }
    }
  });

  it('elementary functions of a float are at most three floats apart', () => {
    let widest = 0;
    for (let k = 0; k < 20_000; k++) {
      for (const name of ELEMENTARY) {
        const x = name === 'log' ? Math.abs(sample(r)) || 1 : sample(r);
        if ((name === 'exp' && x > 709) || (name === 'softplus' && x > 1e300)) continue;
        const { lo, hi } = I[name](interval(x));
        let count = 0;
        for (let y = lo; y < hi; y = above(y)) count++;
        if (count > widest) widest = count;
      }
    }
    expect(widest).toBeGreaterThan(0);
    expect(widest).toBeLessThanOrEqual(3);
  });

  it('powers of a float are at most two floats apart, and exact where the power is a float', () => {
    for (let k = 0; k < 20_000; k++) {
      const x = 3 * r.next() - 1.5;
      const n = r.below(30);
      const { lo, hi } = I.pow(interval(x), n);
      expect(hi <= above(above(lo))).toBe(true);
    }
    expect(I.pow(interval(-3), 7)).toEqual({ lo: -2187, hi: -2187 });
    expect(I.pow(interval(-2, 1), 2)).toEqual({ lo: 0, hi: 4 });
    expect(I.pow(interval(-2, 1), 3)).toEqual({ lo: -8, hi: 1 });
  });
});

describe('series', () => {
  it('e^r − 1 has the relative error that its proof claims, 2^-66', () => {
    const r = random(SEED + 4);
    let worst = 0;
    for (let k = 0; k < 2_000; k++) {
      const rh = k % 2 === 0 ? 0.6934 * r.next() - 0.3467 : (r.next() - 0.5) * 2 ** -r.below(60);
      const rl = rh * 2 ** -54 * r.next();
      const h = expm1Series(rh, rl);
      const value = Rational.fromNumber(h).add(Rational.fromNumber(low[0]!));
      const argument = Rational.fromNumber(rh).add(Rational.fromNumber(rl));
      const { lower, exponent } = exponential(argument, 300);
      const exact = new Rational(lower, 2n ** (300n - exponent)).sub(Rational.one);
      worst = Math.max(worst, Math.abs(value.sub(exact).div(exact).toNumber()));
    }
    expect(worst).toBeGreaterThan(2 ** -80);
    expect(worst).toBeLessThan(2 ** -66);
  });

  it('the powers of two are exact', () => {
    for (let k = -1074; k < 1024; k++) expect(powerOfTwo(k)).toBe(Rational.integer(2).pow(k).toNumber());
  });
});

describe('neighbours', () => {
  it('below and above are the adjacent floats, over the whole range', () => {
    const r = random(SEED + 2);
    const check = (x: number): void => {
      expect(above(x) + 0).toBe(step(x, 1) === x ? Infinity : step(x, 1));
      expect(below(x) + 0).toBe(step(x, -1) === x ? -Infinity : step(x, -1));
    };
    for (let k = 0; k < 100_000; k++) check(sample(r) || 1);
    for (let k = -1074; k < 1024; k++) for (let d = -2; d <= 2; d++) check(step(2 ** k, d) || 1);
    expect([above(0), below(0)]).toEqual([Number.MIN_VALUE, -Number.MIN_VALUE]);
    expect([above(Number.MAX_VALUE), below(-Number.MAX_VALUE)]).toEqual([Infinity, -Infinity]);
    expect(below(NaN)).toBeNaN();
  });
});

describe('intervals', () => {
  it('are refused when they are not', () => {
    for (const [lo, hi] of [
      [1, 0],
      [NaN, 1],
      [0, NaN],
      [-Infinity, 0],
      [0, Infinity],
    ] as const) {
      expect(() => interval(lo, hi)).toThrow(RangeError);
    }
  });

  it('overflow, 0 in a divisor, and arguments outside the domain are inexpressible', () => {
    const max = interval(Number.MAX_VALUE);
    for (const wrong of [
      () => I.add(max, max),
      () => I.mul(max, interval(-2)),
      () => I.div(max, interval(0.5)),
      () => I.pow(interval(10), 400),
      () => I.exp(interval(0, 710)),
      () => I.div(I.one, interval(-1, 1)),
      () => I.div(I.one, interval(0, 1)),
      () => I.div(I.one, interval(-0, 1)),
      () => I.log(interval(0, 1)),
      () => I.log(interval(-1)),
      () => I.sqrt(interval(-1e-300, 1)),
      () => I.float(NaN),
      () => I.float(Infinity),
      () => I.rational(new Rational(10n ** 400n)),
      () => I.add({ lo: NaN, hi: 1 }, I.one),
      () => I.mul({ lo: NaN, hi: 1 }, I.one),
      () => I.sin({ lo: NaN, hi: NaN }),
    ]) {
      expect(wrong).toThrow(Inexpressible);
    }
    for (const name of ['exp', 'tanh', 'sigmoid', 'softplus'] as const) {
      expect(() => I[name]({ lo: NaN, hi: NaN })).toThrow(RangeError);
      expect(() => I[name]({ lo: 0, hi: NaN })).toThrow(RangeError);
    }
    expect(() => I.pow(I.one, -1)).toThrow(RangeError);
    expect(() => I.pow(I.one, 0.5)).toThrow(RangeError);
  });

  it('the sign is told only when it is certain', () => {
    expect(
      [interval(1, 2), interval(-2, -1), interval(0), interval(0, 1), interval(-1, 0), interval(-1, 1)].map(
        I.sign,
      ),
    ).toEqual([1, -1, 0, undefined, undefined, undefined]);
    expect([interval(0), interval(-0), interval(0, Number.MIN_VALUE)].map(I.isZero)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('a rational becomes the float that it is, or its two neighbours', () => {
    const r = random(SEED + 3);
    for (let k = 0; k < 3_000; k++) {
      const q = new Rational(BigInt(r.below(2 ** 32)) - 2n ** 31n, BigInt(r.below(2 ** 32) + 1)).mul(
        Rational.integer(2).pow(r.below(2000) - 1050),
      );
      const a = ofRational(q);
      expect(contains(a, q)).toBe(true);
      if (a.lo !== a.hi) {
        expect(a.hi).toBe(above(a.lo));
        expect(contains(interval(a.lo), q) || contains(interval(a.hi), q)).toBe(false);
      }
      const x = sample(r);
      expect(ofRational(Rational.fromNumber(x))).toEqual({ lo: x + 0, hi: x + 0 });
    }
  });

  it('sin and cos of wide and of huge intervals', () => {
    expect(I.sin(interval(-10, 10))).toEqual({ lo: -1, hi: 1 });
    expect(I.cos(interval(1e300, 1.1e300))).toEqual({ lo: -1, hi: 1 });
    expect(I.sin(interval(1, 2)).hi).toBe(1);
    expect(I.sin(interval(1, 2)).lo).toBeCloseTo(Math.sin(1), 15);
    expect(I.cos(interval(-1, 1)).hi).toBe(1);
    expect(I.cos(interval(3, 4)).lo).toBe(-1);
    expect(I.sin(interval(2, 4)).hi).toBeLessThan(1);
    expect(I.cos(interval(1, 6)).hi).toBeLessThan(1);
    // three multiples of π/2 inside, one of them a maximum or a minimum
    expect(I.sin(interval(1.6, 6.3)).hi).toBeLessThan(1);
    expect(I.sin(interval(-1.5, 3.2)).lo).toBeGreaterThan(-1);
    expect(I.cos(interval(0.1, 6.2)).hi).toBeLessThan(1);
    // the floats on either side of π/2 and of 10^5·π
    expect(I.sin(interval(1, Math.PI / 2)).hi).toBe(1);
    expect(I.sin(interval(above(Math.PI / 2), 2)).hi).toBe(1);
    expect(I.cos(interval(above(Math.PI), 4)).lo).toBe(-1);
    expect(I.cos(interval(below(1e5 * Math.PI), above(1e5 * Math.PI))).hi).toBe(1);
    expect(width(I.sin(interval(1e22)))).toBeLessThan(1e-15);
  });

  it('helpers', () => {
    const a = interval(-3, 2);
    expect([mag(a), mig(a), mig(interval(1, 2)), mig(interval(-2, -1)), width(a), midpoint(a)]).toEqual([
      3, 0, 1, 1, 5, -0.5,
    ]);
    expect(hull(interval(0, 1), interval(3))).toEqual({ lo: 0, hi: 3 });
    expect(intersect(a, interval(1, 5))).toEqual({ lo: 1, hi: 2 });
    expect(intersect(a, interval(2, 5))).toEqual({ lo: 2, hi: 2 });
    expect(intersect(a, interval(3, 5))).toBeUndefined();
    expect(isSubset(interval(-1, 2), a)).toBe(true);
    expect(isSubset(interval(-1, 3), a)).toBe(false);
    expect(contains(interval(0, 0.1), new Rational(1n, 10n))).toBe(true);
    expect(contains(interval(0, below(0.1)), new Rational(1n, 10n))).toBe(false);
    expect(midpoint(interval(-Number.MAX_VALUE, Number.MAX_VALUE))).toBe(0);
    expect(midpoint(interval(5e-324))).toBe(5e-324);
  });
});
