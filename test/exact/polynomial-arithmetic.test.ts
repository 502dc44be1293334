import { describe, expect, it } from 'vitest';
import { Inexpressible } from '../../src/arithmetic/arithmetic.ts';
import { type Curve, polynomialArithmetic } from '../../src/exact/polynomial-arithmetic.ts';
import { rationalArithmetic } from '../../src/exact/rational-arithmetic.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { generator } from '../random.ts';

const A = polynomialArithmetic(rationalArithmetic);
const r = (text: string | number): Rational => Rational.parse(String(text))!;
const curve = (...entries: (string | number)[]): Curve => entries.map(r);
const shown = (a: Curve): string => a.map(String).join(' ');
const at = (a: Curve, s: Rational): Rational =>
  a.reduce((sum, entry, k) => sum.add(entry.mul(s.pow(k))), Rational.zero);

function randomCurve(random: () => number): Curve {
  const length = Math.floor(random() * 5);
  const entries = Array.from({ length }, () =>
    random() < 0.4
      ? Rational.zero
      : new Rational(BigInt(Math.floor(random() * 9) - 4), BigInt(1 + Math.floor(random() * 3))),
  );
  while (entries.at(-1)?.isZero) entries.pop();
  return entries;
}

/** s so small that the lowest term of any curve here tells its sign, and larger s for what holds at every s. */
const TINY = ['1/1000000', '1/1000000007', '3/1000000000000000'].map(r);
const ANY = ['1/2', '7/3', '-5', ...['1/1000000']].map(r);

describe('against evaluation at many s', () => {
  const random = generator(11);
  const pairs = Array.from({ length: 400 }, () => [randomCurve(random), randomCurve(random)] as const);

  it('sums, differences, products and powers are those of the values at every s', () => {
    for (const [a, b] of pairs) {
      for (const s of ANY) {
        expect(at(A.add(a, b), s).equals(at(a, s).add(at(b, s)))).toBe(true);
        expect(at(A.sub(a, b), s).equals(at(a, s).sub(at(b, s)))).toBe(true);
        expect(at(A.mul(a, b), s).equals(at(a, s).mul(at(b, s)))).toBe(true);
        expect(at(A.neg(a), s).equals(at(a, s).neg())).toBe(true);
        expect(at(A.pow(a, 3), s).equals(at(a, s).pow(3))).toBe(true);
        expect(at(A.pow(a, 0), s).equals(Rational.one)).toBe(true);
      }
    }
  });

  it('signs, kinks and zero tests are those at small s > 0', () => {
    let kinks = 0;
    for (const [a, b] of pairs) {
      if (a.length > 1 && a[0]!.isZero) kinks++;
      for (const s of TINY) {
        const [x, y] = [at(a, s), at(b, s)];
        expect(A.sign(a)).toBe(x.sign);
        expect(A.isZero(a)).toBe(x.isZero);
        expect(at(A.abs(a), s).equals(x.abs())).toBe(true);
        expect(at(A.max(a, b), s).equals(x.cmp(y) >= 0 ? x : y)).toBe(true);
        expect(at(A.min(a, b), s).equals(x.cmp(y) <= 0 ? x : y)).toBe(true);
        expect(at(A.max(a, A.zero), s).equals(x.sign > 0 ? x : Rational.zero)).toBe(true);
      }
    }
    expect(kinks).toBeGreaterThan(40);
  });

  it('is a commutative ring in canonical form', () => {
    for (const [k, [a, b]] of pairs.entries()) {
      const c = pairs[(k + 1) % pairs.length]![0];
      const same = (x: Curve, y: Curve) => expect(shown(x)).toBe(shown(y));
      same(A.add(a, b), A.add(b, a));
      same(A.mul(a, b), A.mul(b, a));
      same(A.mul(A.mul(a, b), c), A.mul(a, A.mul(b, c)));
      same(A.mul(a, A.add(b, c)), A.add(A.mul(a, b), A.mul(a, c)));
      same(A.sub(a, a), A.zero);
      same(A.mul(a, A.one), a);
      same(A.add(a, A.zero), a);
      same(A.mul(a, A.zero), A.zero);
      for (const made of [A.add(a, b), A.mul(a, b), A.sub(a, b)])
        expect(made.at(-1)?.isZero ?? false).toBe(false);
    }
  });
});

describe('what is no polynomial', () => {
  it('is refused, and is exact at constants', () => {
    const s = curve(0, 1);
    for (const name of ['exp', 'log', 'sqrt', 'sin', 'cos', 'tanh', 'sigmoid', 'softplus'] as const)
      expect(() => A[name](s)).toThrow(Inexpressible);
    expect(shown(A.exp(A.zero))).toBe('1');
    expect(shown(A.sqrt(curve('9/4')))).toBe('3/2');
    expect(shown(A.tanh(A.zero))).toBe('');
    expect(() => A.exp(A.one)).toThrow(Inexpressible);
    expect(() => A.div(s, s)).toThrow(Inexpressible);
    expect(() => A.div(A.one, A.zero)).toThrow(Inexpressible);
    expect(shown(A.div(curve(2, 4), curve(2)))).toBe('1 2');
  });

  it('does not grow without end', () => {
    expect(() => A.pow(curve(0, 1), 1000)).toThrow(Inexpressible);
    expect(A.pow(curve(0, 1), 300)).toHaveLength(301);
  });
});

it('the sign is of the lowest term, not of the value at 0 or of the leading one', () => {
  expect(A.sign(curve(0, -1, 1000000))).toBe(-1);
  expect(A.sign(curve(0, 0, 1, -1000000))).toBe(1);
  expect(A.sign(curve('-1/1000000000000', 1000000))).toBe(-1);
  expect(A.sign(A.zero)).toBe(0);
});
