import { describe, expect, it } from 'vitest';
import { Inexpressible } from '../../src/arithmetic/arithmetic.ts';
import {
  integerSquareRoot,
  rationalArithmetic as Q,
  rationalSquareRoot,
} from '../../src/exact/rational-arithmetic.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { random, SEED } from '../certified/interval-samples.ts';

const q = (p: number, d = 1): Rational => new Rational(BigInt(p), BigInt(d));
const half = q(1, 2);

describe('rational arithmetic', () => {
  it('gives the rational values of elementary functions', () => {
    expect(Q.exp(q(0)).toString()).toBe('1');
    expect(Q.log(q(1)).toString()).toBe('0');
    expect(Q.sin(q(0)).toString()).toBe('0');
    expect(Q.cos(q(0)).toString()).toBe('1');
    expect(Q.tanh(q(0)).toString()).toBe('0');
    expect(Q.sigmoid(q(0)).toString()).toBe('1/2');
    expect(Q.sqrt(q(9, 4)).toString()).toBe('3/2');
    expect(Q.sqrt(q(0)).toString()).toBe('0');
    expect(Q.pow(q(-2, 3), 3).toString()).toBe('-8/27');
    expect(Q.max(half, q(1, 3)).toString()).toBe('1/2');
    expect(Q.min(half, q(1, 3)).toString()).toBe('1/3');
    expect([q(-1), q(0), q(1)].map(Q.sign)).toEqual([-1, 0, 1]);
    expect(Q.float(0.1).toString()).toBe('3602879701896397/36028797018963968');
  });

  it('says of everything else that it is irrational, undefined or too large', () => {
    for (const name of ['exp', 'log', 'sin', 'cos', 'tanh', 'sigmoid', 'softplus'] as const) {
      expect(() => Q[name](half)).toThrow(`${name}(1/2) is irrational`);
      expect(() => Q[name](half)).toThrow(Inexpressible);
    }
    expect(() => Q.sqrt(q(2))).toThrow('sqrt(2) is irrational');
    expect(() => Q.sqrt(q(1, 2))).toThrow('sqrt(1/2) is irrational');
    expect(() => Q.softplus(q(0))).toThrow('softplus(0) is irrational');
    expect(() => Q.sqrt(q(-4))).toThrow('sqrt(-4) is not a real number');
    expect(() => Q.log(q(0))).toThrow('log(0) is not a real number');
    expect(() => Q.log(q(-1))).toThrow(Inexpressible);
    expect(() => Q.div(half, q(0))).toThrow(Inexpressible);
    expect(() => Q.float(NaN)).toThrow(Inexpressible);
    expect(() => Q.float(-Infinity)).toThrow(Inexpressible);
    expect(() => Q.pow(half, -1)).toThrow(RangeError);
    expect(() => Q.exp(new Rational(10n ** 100n, 7n))).toThrow(/^exp\(about 1\.428\d*e\+99\) is irrational$/);
  });

  it('finds exactly the square roots that exist', () => {
    const r = random(SEED);
    for (let k = 0; k < 5_000; k++) {
      const n = BigInt(r.below(2 ** 32)) ** BigInt(1 + r.below(8)) + BigInt(r.below(3));
      const root = integerSquareRoot(n);
      expect(root * root <= n && n < (root + 1n) ** 2n).toBe(true);
      const x = new Rational(n, BigInt(r.below(1000) + 1));
      expect(rationalSquareRoot(x.mul(x))?.equals(x)).toBe(true);
      const other = x.mul(x).add(new Rational(1n, 1n + BigInt(r.below(1000)))); // rarely a square
      const found = rationalSquareRoot(other);
      if (found) expect(found.mul(found).equals(other)).toBe(true);
    }
    for (let n = 0n; n < 300n; n++) {
      const isSquare = Array.from({ length: 18 }, (_, k) => BigInt(k * k)).includes(n);
      expect(rationalSquareRoot(new Rational(n)) !== undefined).toBe(isSquare);
    }
  });
});
