import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import { Rational } from '../kernel/rational.ts';

/** Σ_k coefficients[k]·s^k, without trailing zeros. */
export type Curve = readonly Rational[];

const DEGREE = 400;

/**
 * Exact polynomials in one variable s > 0 that is arbitrarily small: values along a polynomial curve. The sign is that
 * for all small s > 0, so relu, abs, max and min along the curve are exact. Quotients by non-constants, and functions
 * that are not polynomial, throw Inexpressible, except at constants where the rationals have them; so do polynomials of
 * degree beyond `degree`.
 */
export function polynomialArithmetic(
  constants: Arithmetic<Rational>,
  degree: number = DEGREE,
): Arithmetic<Curve> {
  const constant = (value: Rational): Curve => (value.isZero ? [] : [value]);
  const add = (a: Curve, b: Curve): Curve =>
    trim(Array.from({ length: Math.max(a.length, b.length) }, (_, k) => at(a, k).add(at(b, k))));
  const neg = (a: Curve): Curve => a.map((entry) => entry.neg());
  const mul = (a: Curve, b: Curve): Curve => {
    if (a.length === 0 || b.length === 0) return [];
    if (a.length + b.length > degree) throw new Inexpressible(`a polynomial of degree beyond ${degree}`);
    const product = new Array<Rational>(a.length + b.length - 1).fill(Rational.zero);
    a.forEach((left, i) => {
      if (left.isZero) return;
      b.forEach((right, j) => {
        product[i + j] = product[i + j]!.add(left.mul(right));
      });
    });
    return trim(product);
  };
  const sign = (a: Curve): -1 | 0 | 1 => a.find((entry) => !entry.isZero)?.sign ?? 0;
  const at0 =
    (name: 'exp' | 'log' | 'sqrt' | 'sin' | 'cos' | 'tanh' | 'sigmoid' | 'softplus') =>
    (a: Curve): Curve => {
      if (a.length > 1) throw new Inexpressible(`${name} along a curve is no polynomial`);
      return constant(constants[name](at(a, 0)));
    };
  const sub = (a: Curve, b: Curve): Curve => add(a, neg(b));
  return {
    name: 'polynomials in s',
    zero: [],
    one: [Rational.one],
    rational: constant,
    float: (value) => constant(Rational.fromNumber(value)),
    add,
    sub,
    mul,
    neg,
    div(a, b) {
      if (b.length !== 1) throw new Inexpressible('a quotient along a curve is no polynomial');
      const inverse = b[0]!.inv();
      return a.map((entry) => entry.mul(inverse));
    },
    pow(a, n) {
      let power: Curve = [Rational.one];
      for (let k = 0; k < n; k++) power = mul(power, a);
      return power;
    },
    exp: at0('exp'),
    log: at0('log'),
    sqrt: at0('sqrt'),
    sin: at0('sin'),
    cos: at0('cos'),
    tanh: at0('tanh'),
    sigmoid: at0('sigmoid'),
    softplus: at0('softplus'),
    abs: (a) => (sign(a) < 0 ? neg(a) : a),
    max: (a, b) => (sign(sub(a, b)) < 0 ? b : a),
    min: (a, b) => (sign(sub(a, b)) < 0 ? a : b),
    sign,
    isZero: (a) => a.length === 0,
  };
}

const at = (a: Curve, k: number): Rational => a[k] ?? Rational.zero;

function trim(coefficients: Rational[]): Curve {
  let length = coefficients.length;
  while (length > 0 && coefficients[length - 1]!.isZero) length--;
  return coefficients.slice(0, length);
}
