import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';

/** u(p + s·d) = value + s·slope + s²·bend + o(s²) for s ↓ 0; bend is absent where it was not computed. */
export interface OneSided<T> {
  readonly value: T;
  readonly slope: T;
  readonly bend?: T;
}

/**
 * One-sided directional derivatives over any arithmetic: evaluating a graph at (p, d) gives lim_{s↓0} (f(p+sd) − f(p))/s,
 * through kinks of abs, max and min, where the branch is told by the slope, and through sqrt at a zero of order two.
 * Throws Inexpressible where a sign cannot be told or a rule is missing.
 */
export function oneSided<T>(A: Arithmetic<T>): Arithmetic<OneSided<T>> {
  type U = OneSided<T>;
  const make = (value: T, slope: T, bend: T | undefined): U =>
    bend === undefined ? { value, slope } : { value, slope, bend };
  const both = (a: T | undefined, b: T | undefined, combine: (a: T, b: T) => T): T | undefined =>
    a === undefined || b === undefined ? undefined : combine(a, b);
  const constant = (value: T): U => make(value, A.zero, A.zero);
  const add = (a: U, b: U): U =>
    make(A.add(a.value, b.value), A.add(a.slope, b.slope), both(a.bend, b.bend, A.add));
  const neg = (a: U): U =>
    make(A.neg(a.value), A.neg(a.slope), a.bend === undefined ? undefined : A.neg(a.bend));
  const sub = (a: U, b: U): U => add(a, neg(b));
  const mul = (a: U, b: U): U =>
    make(
      A.mul(a.value, b.value),
      A.add(A.mul(a.slope, b.value), A.mul(a.value, b.slope)),
      both(a.bend, b.bend, (p, q) =>
        A.add(A.mul(a.slope, b.slope), A.add(A.mul(p, b.value), A.mul(a.value, q))),
      ),
    );
  /** f(u) with f' at u's value; the second order is not followed. */
  const compose = (a: U, value: T, derivative: () => T): U => ({
    value,
    slope: A.isZero(a.slope) ? A.zero : A.mul(derivative(), a.slope),
  });
  /** The sign of u(p + sd) for small s > 0; 0 means u vanishes to first order. */
  const signAhead = (a: U): -1 | 0 | 1 => {
    const sign = A.sign(a.value);
    if (sign) return sign;
    if (sign === 0) {
      const ahead = A.sign(a.slope);
      if (ahead !== undefined) return ahead;
    }
    throw new Inexpressible('the side of a kink cannot be told');
  };
  const firstOrder = ({ value, slope }: U): U => ({ value, slope });
  const max = (a: U, b: U): U => {
    const ahead = signAhead(sub(a, b));
    return ahead > 0 ? a : ahead < 0 ? b : firstOrder(a);
  };

  return {
    name: `one-sided ${A.name}`,
    zero: constant(A.zero),
    one: constant(A.one),
    rational: (value) => constant(A.rational(value)),
    float: (value) => constant(A.float(value)),
    add,
    sub,
    mul,
    neg,
    div: (a, b) => {
      const value = A.div(a.value, b.value);
      return { value, slope: A.div(A.sub(a.slope, A.mul(value, b.slope)), b.value) };
    },
    pow: (a, n) => {
      let result = constant(A.one);
      for (let k = 0; k < n; k++) result = mul(result, a);
      return { ...result, value: A.pow(a.value, n) };
    },
    exp: (a) => compose(a, A.exp(a.value), () => A.exp(a.value)),
    log: (a) => ({ value: A.log(a.value), slope: A.div(a.slope, a.value) }),
    sqrt: (a) => {
      const value = A.sqrt(a.value);
      if (A.sign(a.value) === 1) return compose(a, value, () => A.div(A.one, A.add(value, value)));
      if (A.isZero(a.value) && A.isZero(a.slope) && a.bend !== undefined && A.sign(a.bend) === 1)
        return { value, slope: A.sqrt(a.bend) };
      throw new Inexpressible('sqrt at 0');
    },
    sin: (a) => compose(a, A.sin(a.value), () => A.cos(a.value)),
    cos: (a) => compose(a, A.cos(a.value), () => A.neg(A.sin(a.value))),
    tanh: (a) => compose(a, A.tanh(a.value), () => A.sub(A.one, A.pow(A.tanh(a.value), 2))),
    sigmoid: (a) =>
      compose(a, A.sigmoid(a.value), () => A.mul(A.sigmoid(a.value), A.sigmoid(A.neg(a.value)))),
    softplus: (a) => compose(a, A.softplus(a.value), () => A.sigmoid(a.value)),
    abs: (a) => max(a, neg(a)),
    max,
    min: (a, b) => neg(max(neg(a), neg(b))),
    sign: (a) => A.sign(a.value),
    isZero: (a) => A.isZero(a.value) && A.isZero(a.slope) && a.bend !== undefined && A.isZero(a.bend),
  };
}
