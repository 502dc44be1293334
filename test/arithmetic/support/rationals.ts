import { type Arithmetic, Inexpressible } from '../../../src/arithmetic/arithmetic.ts';
import { Rational } from '../../../src/kernel/rational.ts';

const refuse = (name: string) => (): never => {
  throw new Inexpressible(`${name} of a rational`);
};

/** Exact rationals, and the square roots of squares; for tests of what is generic in the arithmetic. */
export const rationals: Arithmetic<Rational> = {
  name: 'rational',
  zero: Rational.zero,
  one: Rational.one,
  rational: (value) => value,
  float: (value) => Rational.fromNumber(value),
  add: (a, b) => a.add(b),
  sub: (a, b) => a.sub(b),
  mul: (a, b) => a.mul(b),
  div: (a, b) => (b.isZero ? refuse('division by zero')() : a.div(b)),
  neg: (a) => a.neg(),
  pow: (a, n) => a.pow(n),
  exp: refuse('exp'),
  log: refuse('log'),
  sqrt: (a) => {
    const root = (n: bigint): bigint => {
      let x = 0n;
      while ((x + 1n) * (x + 1n) <= n) x++;
      return x * x === n ? x : refuse('√')();
    };
    return a.sign < 0
      ? refuse('√ of a negative number')()
      : new Rational(root(a.numerator), root(a.denominator));
  },
  sin: refuse('sin'),
  cos: refuse('cos'),
  tanh: refuse('tanh'),
  sigmoid: refuse('sigmoid'),
  softplus: refuse('softplus'),
  abs: (a) => a.abs(),
  max: (a, b) => (a.cmp(b) >= 0 ? a : b),
  min: (a, b) => (a.cmp(b) <= 0 ? a : b),
  sign: (a) => a.sign,
  isZero: (a) => a.isZero,
};

/** A rational from 3, "1/6" or "0.5". */
export function q(text: string | number): Rational {
  const value = Rational.parse(String(text));
  if (!value) throw new RangeError(`not a rational: ${text}`);
  return value;
}
