import { type Arithmetic, Inexpressible } from './arithmetic.ts';

/**
 * Float64, rounded to nearest, elementary functions as the platform gives them (an ulp or so; nothing is certified).
 * Anything that would be NaN or infinite throws Inexpressible.
 */
export const float64Arithmetic: Arithmetic<number> = {
  name: 'float64',
  zero: 0,
  one: 1,
  rational: (value) => finite(value.toNumber(), 'the rational'),
  float: (value) => finite(value, 'the number'),
  add: (a, b) => finite(a + b, 'a sum'),
  sub: (a, b) => finite(a - b, 'a difference'),
  mul: (a, b) => finite(a * b, 'a product'),
  div: (a, b) => {
    if (b === 0) throw new Inexpressible('division by zero');
    return finite(a / b, 'a quotient');
  },
  neg: (a) => -a,
  pow: (a, n) => {
    if (!(Number.isInteger(n) && n >= 0)) throw new RangeError(`pow: ${n} is not an integer ≥ 0`);
    return finite(a ** n, 'a power');
  },
  exp: (a) => finite(Math.exp(a), 'exp'),
  log: (a) => {
    if (!(a > 0)) throw new Inexpressible(`log(${a}) is not a real number`);
    return finite(Math.log(a), 'log');
  },
  sqrt: (a) => {
    if (!(a >= 0)) throw new Inexpressible(`sqrt(${a}) is not a real number`);
    return finite(Math.sqrt(a), 'sqrt');
  },
  sin: (a) => finite(Math.sin(a), 'sin'),
  cos: (a) => finite(Math.cos(a), 'cos'),
  tanh: (a) => finite(Math.tanh(a), 'tanh'),
  sigmoid: (a) => {
    // exp of a negative number only: no overflow, and full relative accuracy in both tails
    const e = Math.exp(-Math.abs(a));
    return finite(a < 0 ? e / (1 + e) : 1 / (1 + e), 'sigmoid');
  },
  softplus: (a) => finite(Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))), 'softplus'),
  abs: (a) => finite(Math.abs(a), 'abs'),
  max: (a, b) => finite(Math.max(a, b), 'max'),
  min: (a, b) => finite(Math.min(a, b), 'min'),
  sign: (a) => (a > 0 ? 1 : a < 0 ? -1 : a === 0 ? 0 : undefined),
  isZero: (a) => a === 0,
};

function finite(value: number, what: string): number {
  if (Number.isFinite(value)) return value;
  throw new Inexpressible(
    `${what} is ${Number.isNaN(value) ? 'not a number' : 'beyond the range of float64'}`,
  );
}
