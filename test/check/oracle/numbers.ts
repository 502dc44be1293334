import { Decimal } from 'decimal.js';
import { Rational } from '../../../src/kernel/rational.ts';

/** What the plain models of these tests are written in: a few operations, in as many arithmetics as needed. */
export interface Numbers<T> {
  of(value: Rational): T;
  add(a: T, b: T): T;
  mul(a: T, b: T): T;
  relu(a: T): T;
  abs(a: T): T;
  max(a: T, b: T): T;
  tanh(a: T): T;
  sigmoid(a: T): T;
  softplus(a: T): T;
  div(a: T, b: T): T;
  exp(a: T): T;
  log(a: T): T;
  sqrt(a: T): T;
  sin(a: T): T;
}

/** u(p + sd) = value + s·slope + o(s) for s ↓ 0, over the rationals: one-sided directional derivatives through kinks. */
export interface Ray {
  readonly value: Rational;
  readonly slope: Rational;
}

const transcendental = (name: string) => (): never => {
  throw new Error(`${name} has no rational values: this oracle is for exact instances`);
};

/** At a tie the branch is told by the slope (the chain rule of locally Lipschitz functions). */
const larger = (a: Ray, b: Ray): Ray => {
  const order = a.value.cmp(b.value) || a.slope.cmp(b.slope);
  return order >= 0 ? a : b;
};
const negate = (a: Ray): Ray => ({ value: a.value.neg(), slope: a.slope.neg() });
const zero: Ray = { value: Rational.zero, slope: Rational.zero };

export const rays: Numbers<Ray> = {
  of: (value) => ({ value, slope: Rational.zero }),
  add: (a, b) => ({ value: a.value.add(b.value), slope: a.slope.add(b.slope) }),
  mul: (a, b) => ({
    value: a.value.mul(b.value),
    slope: a.slope.mul(b.value).add(a.value.mul(b.slope)),
  }),
  relu: (a) => larger(a, zero),
  abs: (a) => larger(a, negate(a)),
  max: larger,
  tanh: transcendental('tanh'),
  sigmoid: transcendental('sigmoid'),
  softplus: transcendental('softplus'),
  div: (a, b) => {
    const value = a.value.div(b.value);
    return { value, slope: a.slope.sub(value.mul(b.slope)).div(b.value) };
  },
  exp: transcendental('exp'),
  log: transcendental('log'),
  sqrt: transcendental('sqrt'),
  sin: transcendental('sin'),
};

/** Decimals of 80 digits: the reference of the transcendental tests. */
export const Digits = Decimal.clone({ precision: 80, toExpNeg: -9e15, toExpPos: 9e15 });
export const decimal = (value: Rational): Decimal =>
  new Digits(value.numerator.toString()).div(value.denominator.toString());

export const decimals: Numbers<Decimal> = {
  of: decimal,
  add: (a, b) => a.add(b),
  mul: (a, b) => a.mul(b),
  relu: (a) => Digits.max(a, 0),
  abs: (a) => a.abs(),
  max: (a, b) => Digits.max(a, b),
  tanh: (a) => a.tanh(),
  sigmoid: (a) => new Digits(1).div(a.neg().exp().add(1)),
  softplus: (a) => a.exp().add(1).ln(),
  div: (a, b) => a.div(b),
  exp: (a) => a.exp(),
  log: (a) => a.ln(),
  sqrt: (a) => a.sqrt(),
  sin: (a) => a.sin(),
};

export const r = (value: number | string): Rational => {
  const found = typeof value === 'number' ? Rational.fromNumber(value) : Rational.parse(value);
  if (!found) throw new Error(`not a number: ${value}`);
  return found;
};

export const sumOf = (values: readonly Rational[]): Rational =>
  values.reduce((sum, value) => sum.add(value), Rational.zero);
export const inner = (a: readonly Rational[], b: readonly Rational[]): Rational =>
  sumOf(a.map((value, k) => value.mul(b[k]!)));
