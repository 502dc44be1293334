import { describe, expect, it } from 'vitest';
import { type Arithmetic, Inexpressible } from '../../src/arithmetic/arithmetic.ts';
import { type Dual, dual } from '../../src/arithmetic/dual.ts';
import { float64Arithmetic as F } from '../../src/arithmetic/float64.ts';
import { contains, intervalArithmetic as I, type Interval, interval } from '../../src/certified/interval.ts';
import { exponentialArithmetic as E, toRational } from '../../src/exact/exponential.ts';
import { rationalArithmetic as Q } from '../../src/exact/rational-arithmetic.ts';
import { Rational } from '../../src/kernel/rational.ts';
import { random, SEED } from '../certified/interval-samples.ts';

const DF = dual(F);
const DI = dual(I);
const DQ = dual(Q);
const q = (p: number, d = 1): Rational => new Rational(BigInt(p), BigInt(d));
const along = <T>(value: T, tangent: T): Dual<T> => ({ value, tangent });

/** A function of two variables that uses every smooth operation, in any arithmetic. */
function everything<T>(A: Arithmetic<T>, x: T, y: T): T {
  const parts = [
    A.mul(A.sin(x), A.cos(y)),
    A.div(A.tanh(A.add(x, y)), A.add(A.one, A.pow(y, 2))),
    A.sigmoid(A.sub(x, A.mul(y, y))),
    A.softplus(A.neg(x)),
    A.exp(A.mul(x, A.float(-0.25))),
    A.log(A.add(A.float(3), A.pow(x, 2))),
    A.sqrt(A.add(A.one, A.pow(A.mul(x, y), 4))),
    A.max(A.mul(x, x), A.float(-1)),
    A.min(A.pow(y, 3), A.float(1000)),
    A.abs(A.add(x, A.float(100))),
  ];
  return parts.reduce((sum, part, k) => A.add(sum, A.mul(A.float(k + 1), part)), A.zero);
}

describe('dual numbers', () => {
  it('agree with central differences, and their intervals contain the float64 derivative', () => {
    const r = random(SEED);
    for (let k = 0; k < 500; k++) {
      const [x, y, u, v] = [4 * r.next() - 2, 4 * r.next() - 2, 2 * r.next() - 1, 2 * r.next() - 1];
      const { value, tangent } = everything(DF, along(x, u), along(y, v));
      expect(value).toBe(everything(F, x, y));
      const h = 1e-5;
      const difference =
        (everything(F, x + h * u, y + h * v) - everything(F, x - h * u, y - h * v)) / (2 * h);
      expect(Math.abs(tangent - difference)).toBeLessThan(1e-6 * (1 + Math.abs(tangent)));

      const box = everything(DI, along(interval(x), interval(u)), along(interval(y), interval(v)));
      const slack = 1e-12 * (1 + Math.abs(tangent));
      expect(box.tangent.lo - slack <= tangent && tangent <= box.tangent.hi + slack).toBe(true);
      expect(box.tangent.hi - box.tangent.lo).toBeLessThan(slack);
      // the derivative at every point of a box lies in the derivative over the box
      const wide = (z: number): Interval => interval(z - 0.01, z + 0.01);
      const over = everything(DI, along(wide(x), interval(u)), along(wide(y), interval(v)));
      expect(over.tangent.lo <= box.tangent.lo && box.tangent.hi <= over.tangent.hi).toBe(true);
    }
  });

  it('are exact over the rationals: product, quotient, power and chain rule', () => {
    const r = random(SEED + 1);
    const any = () => q(r.below(21) - 10, 1 + r.below(5));
    for (let k = 0; k < 500; k++) {
      const [a, b, da, db] = [any(), any(), any(), any()];
      const x = along(a, da);
      const y = along(b, db);
      expect(DQ.mul(x, y).tangent.equals(a.mul(db).add(b.mul(da)))).toBe(true);
      if (!b.isZero) {
        expect(DQ.div(x, y).tangent.equals(da.mul(b).sub(a.mul(db)).div(b.mul(b)))).toBe(true);
        expect(DQ.mul(DQ.div(x, y), y)).toEqual(x);
      }
      const n = 1 + r.below(5);
      expect(
        DQ.pow(x, n).tangent.equals(
          q(n)
            .mul(a.pow(n - 1))
            .mul(da),
        ),
      ).toBe(true);
      expect(DQ.pow(x, 0)).toEqual(DQ.one);
      expect(DQ.sub(x, y).tangent.equals(da.sub(db))).toBe(true);
      if (!a.isZero) expect(DQ.sqrt(DQ.mul(x, x)).tangent.equals(DQ.abs(x).tangent)).toBe(true);
    }
  });

  it('give second derivatives when nested, exactly: (x³)″ = 6x, σ″ = σ(1 − σ)(1 − 2σ), tanh″ = −2 tanh (1 − tanh²)', () => {
    const twice = <T>(
      A: Arithmetic<T>,
      f: (D: Arithmetic<Dual<Dual<T>>>, x: Dual<Dual<T>>) => Dual<Dual<T>>,
      x: T,
    ): T => f(dual(dual(A)), along(along(x, A.one), along(A.one, A.zero))).tangent.tangent;
    expect(twice(Q, (D, x) => D.pow(x, 3), q(5, 2)).toString()).toBe('15');
    const half = E.rational(q(1, 2));
    const s = E.sigmoid(half);
    const sigma = E.mul(E.mul(s, E.sub(E.one, s)), E.sub(E.one, E.add(s, s)));
    expect(
      toRational(
        E.sub(
          twice(E, (D, x) => D.sigmoid(x), half),
          sigma,
        ),
      )?.toString(),
    ).toBe('0');
    const t = E.tanh(half);
    const tanh = E.mul(E.rational(q(-2)), E.mul(t, E.sub(E.one, E.pow(t, 2))));
    expect(
      toRational(
        E.sub(
          twice(E, (D, x) => D.tanh(x), half),
          tanh,
        ),
      )?.toString(),
    ).toBe('0');
  });

  it('refuse kinks and unknown signs', () => {
    const at0 = along(q(0), q(1));
    const near0 = along(interval(-1, 1), interval(1));
    for (const wrong of [
      () => DQ.abs(at0),
      () => DQ.max(at0, DQ.zero),
      () => DQ.min(DQ.zero, at0),
      () => DQ.sqrt(at0),
      () => DQ.sqrt(DQ.zero),
      () => DQ.max(along(q(2), q(1)), along(q(2), q(0))),
      () => DI.abs(near0),
      () => DI.max(near0, DI.zero),
      () => DI.min(near0, DI.zero),
      () => DI.max(along(interval(1, 2), interval(1)), along(interval(2, 3), interval(0))),
      () => DI.sqrt(along(interval(0, 1), interval(1))),
      () => DI.abs(along(interval(0, 1), interval(0))),
    ]) {
      expect(wrong).toThrow(Inexpressible);
    }
    expect(DQ.abs(along(q(-3), q(2))).tangent.toString()).toBe('-2');
    expect(DQ.max(along(q(1), q(5)), along(q(2), q(7))).tangent.toString()).toBe('7');
    expect(DQ.min(along(q(1), q(5)), along(q(2), q(7))).tangent.toString()).toBe('5');
  });

  it('allow a tie that is known to first order: |o(s)| = o(s)', () => {
    expect(DQ.abs(DQ.zero).tangent.isZero).toBe(true);
    expect(DQ.max(along(q(2), q(3)), along(q(2), q(3))).tangent.toString()).toBe('3');
    expect(DQ.abs(DQ.pow(along(q(0), q(1)), 2)).tangent.isZero).toBe(true);
  });

  it('know their sign by the value, and zero by both parts', () => {
    expect(DQ.sign(along(q(-1), q(1)))).toBe(-1);
    expect([DQ.zero, along(q(0), q(1)), along(q(1), q(0))].map(DQ.isZero)).toEqual([true, false, false]);
    expect(contains(DI.rational(q(1, 3)).value, q(1, 3)) && I.isZero(DI.rational(q(1, 3)).tangent)).toBe(
      true,
    );
    expect(I.isZero(DI.float(2).tangent)).toBe(true);
  });
});
