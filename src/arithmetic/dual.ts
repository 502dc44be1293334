import { type Arithmetic, Inexpressible } from './arithmetic.ts';

/** value + s·tangent to first order in s: a number and its derivative along one direction. */
export interface Dual<T> {
  readonly value: T;
  readonly tangent: T;
}

/**
 * First-order forward mode over any arithmetic (Griewank & Walther, Evaluating Derivatives, chapter 3). Evaluating a
 * gradient in `dual(A)` along v gives a Hessian–vector product in A.
 *
 * Constants (`rational`, `float`) have tangent zero. At a kink (abs at 0, max and min at a tie, sqrt at 0), and where
 * the sign cannot be told, it throws Inexpressible; except that abs, max and min have derivative 0, resp. the shared
 * one, when the argument, resp. the difference, is known to vanish to first order: |o(s)| = o(s).
 * `sign` and `isZero`: the sign of the value; zero means that both parts are.
 */
export function dual<T>(A: Arithmetic<T>): Arithmetic<Dual<T>> {
  type D = Dual<T>;
  const constant = (value: T): D => ({ value, tangent: A.zero });
  const two = A.add(A.one, A.one);

  const add = (a: D, b: D): D => ({
    value: A.add(a.value, b.value),
    tangent: A.add(a.tangent, b.tangent),
  });
  const sub = (a: D, b: D): D => ({
    value: A.sub(a.value, b.value),
    tangent: A.sub(a.tangent, b.tangent),
  });
  const neg = (a: D): D => ({ value: A.neg(a.value), tangent: A.neg(a.tangent) });
  /** a·b, where an exact zero costs nothing */
  const scale = (a: T, b: T): T => (A.isZero(a) || A.isZero(b) ? A.zero : A.mul(a, b));

  /** The larger (direction 1) or the smaller (direction -1). */
  const extremum = (name: string, direction: 1 | -1, a: D, b: D): D => {
    const difference = sub(a, b);
    const sign = A.sign(difference.value);
    if (sign === undefined) throw kink(`${name} of two numbers that may be equal`);
    if (sign !== 0) return sign === direction ? a : b;
    if (A.isZero(difference.tangent)) return a;
    throw kink(`${name} at a tie`);
  };

  return {
    name: `dual ${A.name}`,
    zero: constant(A.zero),
    one: constant(A.one),
    rational: (value) => constant(A.rational(value)),
    float: (value) => constant(A.float(value)),
    add,
    sub,
    mul: (a, b) => ({
      value: A.mul(a.value, b.value),
      tangent: A.add(scale(a.tangent, b.value), scale(a.value, b.tangent)),
    }),
    div: (a, b) => {
      const value = A.div(a.value, b.value);
      const tangent = A.div(A.sub(a.tangent, scale(value, b.tangent)), b.value);
      return { value, tangent };
    },
    neg,
    pow: (a, n) => {
      const value = A.pow(a.value, n);
      if (n === 0) return constant(value);
      const slope = A.mul(A.float(n), A.pow(a.value, n - 1));
      return { value, tangent: scale(slope, a.tangent) };
    },
    exp: (a) => {
      const value = A.exp(a.value);
      return { value, tangent: scale(value, a.tangent) };
    },
    log: (a) => ({ value: A.log(a.value), tangent: A.div(a.tangent, a.value) }),
    sqrt: (a) => {
      const value = A.sqrt(a.value);
      if (A.sign(value) !== 1) throw kink('sqrt of a number that may be 0');
      return { value, tangent: A.div(a.tangent, A.mul(two, value)) };
    },
    sin: (a) => ({ value: A.sin(a.value), tangent: scale(A.cos(a.value), a.tangent) }),
    cos: (a) => ({ value: A.cos(a.value), tangent: scale(A.neg(A.sin(a.value)), a.tangent) }),
    tanh: (a) => {
      const value = A.tanh(a.value);
      return { value, tangent: scale(A.sub(A.one, A.pow(value, 2)), a.tangent) };
    },
    sigmoid: (a) => {
      const value = A.sigmoid(a.value);
      // σ(z)σ(-z), not σ(1-σ): no cancellation where σ is close to 1
      return { value, tangent: scale(A.mul(value, A.sigmoid(A.neg(a.value))), a.tangent) };
    },
    softplus: (a) => ({
      value: A.softplus(a.value),
      tangent: scale(A.sigmoid(a.value), a.tangent),
    }),
    abs: (a) => {
      const sign = A.sign(a.value);
      if (sign === undefined) throw kink('abs of a number whose sign is unknown');
      if (sign === 0 && !A.isZero(a.tangent)) throw kink('abs at 0');
      return sign === -1 ? neg(a) : a;
    },
    max: (a, b) => extremum('max', 1, a, b),
    min: (a, b) => extremum('min', -1, a, b),
    sign: (a) => A.sign(a.value),
    isZero: (a) => A.isZero(a.value) && A.isZero(a.tangent),
  };
}

function kink(where: string): Inexpressible {
  return new Inexpressible(`${where} has no derivative here`);
}
