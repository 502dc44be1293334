import { type Arithmetic, Inexpressible } from '../../../src/arithmetic/arithmetic.ts';
import { Rational } from '../../../src/kernel/rational.ts';

export interface Interval {
  readonly lower: Rational;
  readonly upper: Rational;
}

const refuse = (name: string) => (): never => {
  throw new Inexpressible(`${name} of an interval of this test`);
};
const make = (lower: Rational, upper: Rational): Interval => ({ lower, upper });
const least = (...xs: Rational[]) => xs.reduce((a, b) => (a.cmp(b) <= 0 ? a : b));
const most = (...xs: Rational[]) => xs.reduce((a, b) => (a.cmp(b) >= 0 ? a : b));
const mul = (a: Interval, b: Interval): Interval => {
  const products = [a.lower.mul(b.lower), a.lower.mul(b.upper), a.upper.mul(b.lower), a.upper.mul(b.upper)];
  return make(least(...products), most(...products));
};
const sign = (a: Interval): -1 | 0 | 1 | undefined =>
  a.lower.sign > 0 ? 1 : a.upper.sign < 0 ? -1 : a.lower.isZero && a.upper.isZero ? 0 : undefined;

/** Intervals with rational ends, so that every operation is exact; each literal is widened by `slack`. */
export function intervals(slack: Rational): Arithmetic<Interval> {
  const wide = (x: Rational) => (x.isInteger ? make(x, x) : make(x.sub(slack), x.add(slack)));
  return {
    name: 'interval',
    zero: make(Rational.zero, Rational.zero),
    one: make(Rational.one, Rational.one),
    rational: wide,
    float: (x) => wide(Rational.fromNumber(x)),
    add: (a, b) => make(a.lower.add(b.lower), a.upper.add(b.upper)),
    sub: (a, b) => make(a.lower.sub(b.upper), a.upper.sub(b.lower)),
    mul,
    div: (a, b) =>
      sign(b) === undefined || sign(b) === 0
        ? refuse('division by an interval around 0')()
        : mul(a, make(b.upper.inv(), b.lower.inv())),
    neg: (a) => make(a.upper.neg(), a.lower.neg()),
    pow: refuse('pow'),
    exp: refuse('exp'),
    log: refuse('log'),
    sqrt: refuse('√'),
    sin: refuse('sin'),
    cos: refuse('cos'),
    tanh: refuse('tanh'),
    sigmoid: refuse('sigmoid'),
    softplus: refuse('softplus'),
    abs: refuse('abs'),
    max: refuse('max'),
    min: refuse('min'),
    sign,
    isZero: (a) => sign(a) === 0,
  };
}
