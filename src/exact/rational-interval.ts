import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import { Rational } from '../kernel/rational.ts';

/** All real numbers from lo to hi, both rational: no rounding, so an endpoint that is attained stays exact. */
export interface RationalInterval {
  readonly lo: Rational;
  readonly hi: Rational;
}

const least = (values: readonly Rational[]): Rational => values.reduce((a, b) => (b.cmp(a) < 0 ? b : a));
const greatest = (values: readonly Rational[]): Rational => values.reduce((a, b) => (b.cmp(a) > 0 ? b : a));

/** Enclosures of the rational operations over intervals; other functions are expressible at single points only. */
export function rationalIntervals(constants: Arithmetic<Rational>): Arithmetic<RationalInterval> {
  const point = (value: Rational): RationalInterval => ({ lo: value, hi: value });
  const isPoint = ({ lo, hi }: RationalInterval): boolean => lo.equals(hi);
  const at =
    (name: 'exp' | 'log' | 'sqrt' | 'sin' | 'cos' | 'tanh' | 'sigmoid' | 'softplus') =>
    (a: RationalInterval): RationalInterval => {
      if (!isPoint(a)) throw new Inexpressible(`${name} of an interval has no rational bounds here`);
      return point(constants[name](a.lo));
    };
  const neg = ({ lo, hi }: RationalInterval): RationalInterval => ({ lo: hi.neg(), hi: lo.neg() });
  const mul = (a: RationalInterval, b: RationalInterval): RationalInterval => {
    const corners = [a.lo.mul(b.lo), a.lo.mul(b.hi), a.hi.mul(b.lo), a.hi.mul(b.hi)];
    return { lo: least(corners), hi: greatest(corners) };
  };
  const abs = (a: RationalInterval): RationalInterval => {
    if (a.lo.sign >= 0) return a;
    if (a.hi.sign <= 0) return neg(a);
    return { lo: Rational.zero, hi: greatest([a.lo.neg(), a.hi]) };
  };
  const sign = ({ lo, hi }: RationalInterval): -1 | 0 | 1 | undefined => {
    if (lo.sign > 0) return 1;
    if (hi.sign < 0) return -1;
    return lo.isZero && hi.isZero ? 0 : undefined;
  };
  return {
    name: 'rational intervals',
    zero: point(Rational.zero),
    one: point(Rational.one),
    rational: point,
    float: (value) => point(Rational.fromNumber(value)),
    add: (a, b) => ({ lo: a.lo.add(b.lo), hi: a.hi.add(b.hi) }),
    sub: (a, b) => ({ lo: a.lo.sub(b.hi), hi: a.hi.sub(b.lo) }),
    mul,
    neg,
    div(a, b) {
      if (b.lo.sign <= 0 && b.hi.sign >= 0)
        throw new Inexpressible('division by an interval that contains 0');
      return mul(a, { lo: b.hi.inv(), hi: b.lo.inv() });
    },
    pow(a, n) {
      if (!(Number.isInteger(n) && n >= 0)) throw new RangeError(`pow: ${n} is not an integer ≥ 0`);
      const base = n % 2 === 0 ? abs(a) : a;
      return { lo: base.lo.pow(n), hi: base.hi.pow(n) };
    },
    exp: at('exp'),
    log: at('log'),
    sqrt: at('sqrt'),
    sin: at('sin'),
    cos: at('cos'),
    tanh: at('tanh'),
    sigmoid: at('sigmoid'),
    softplus: at('softplus'),
    abs,
    max: (a, b) => ({ lo: greatest([a.lo, b.lo]), hi: greatest([a.hi, b.hi]) }),
    min: (a, b) => ({ lo: least([a.lo, b.lo]), hi: least([a.hi, b.hi]) }),
    sign,
    isZero: (a) => sign(a) === 0,
  };
}
