import { type Arithmetic, Inexpressible } from '../arithmetic/arithmetic.ts';
import { Rational } from '../kernel/rational.ts';

/**
 * Exact rationals. An elementary function is expressible only where its value is rational: for rational a, exp(a),
 * sin(a), cos(a) and tanh(a) are irrational unless a = 0 and log(a) unless a = 1 (Niven, Irrational Numbers, theorem
 * 2.11 and corollaries 2.12–2.13); the rest follows from these. Everywhere else it throws Inexpressible.
 */
export const rationalArithmetic: Arithmetic<Rational> = {
  name: 'rational',
  zero: Rational.zero,
  one: Rational.one,
  rational: (value) => value,
  float: (value) => {
    if (!Number.isFinite(value)) throw new Inexpressible(`${value} is not a finite number`);
    return Rational.fromNumber(value);
  },
  add: (a, b) => a.add(b),
  sub: (a, b) => a.sub(b),
  mul: (a, b) => a.mul(b),
  div: (a, b) => {
    if (b.isZero) throw new Inexpressible('division by zero');
    return a.div(b);
  },
  neg: (a) => a.neg(),
  pow: (a, n) => {
    if (!(Number.isInteger(n) && n >= 0)) throw new RangeError(`pow: ${n} is not an integer ≥ 0`);
    return a.pow(n);
  },
  exp: (a) => (a.isZero ? Rational.one : irrational('exp', a)),
  log: (a) => {
    if (a.sign <= 0) throw new Inexpressible(`log(${brief(a)}) is not a real number`);
    return a.equals(Rational.one) ? Rational.zero : irrational('log', a);
  },
  sqrt: (a) => {
    if (a.sign < 0) throw new Inexpressible(`sqrt(${brief(a)}) is not a real number`);
    return rationalSquareRoot(a) ?? irrational('sqrt', a);
  },
  sin: (a) => (a.isZero ? Rational.zero : irrational('sin', a)),
  cos: (a) => (a.isZero ? Rational.one : irrational('cos', a)),
  tanh: (a) => (a.isZero ? Rational.zero : irrational('tanh', a)),
  sigmoid: (a) => (a.isZero ? half : irrational('sigmoid', a)),
  // softplus(0) = log 2; elsewhere e^{p/q} + 1 = e^r would be a relation that Lindemann–Weierstrass excludes.
  softplus: (a) => irrational('softplus', a),
  abs: (a) => a.abs(),
  max: (a, b) => (a.cmp(b) >= 0 ? a : b),
  min: (a, b) => (a.cmp(b) <= 0 ? a : b),
  sign: (a) => a.sign,
  isZero: (a) => a.isZero,
};

const half = new Rational(1n, 2n);

/** √a when it is rational, else undefined; a ≥ 0. In lowest terms p/q is a square exactly when p and q are. */
export function rationalSquareRoot(a: Rational): Rational | undefined {
  const p = integerSquareRoot(a.numerator);
  if (p * p !== a.numerator) return undefined;
  const q = integerSquareRoot(a.denominator);
  return q * q === a.denominator ? new Rational(p, q) : undefined;
}

/** ⌊√n⌋ for n ≥ 0, by Newton's iteration from above. */
export function integerSquareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let root = 1n << BigInt(n.toString(16).length * 2); // ≥ √n, since n has at most 4·length bits
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

function irrational(name: string, a: Rational): never {
  throw new Inexpressible(`${name}(${brief(a)}) is irrational`);
}

/** A rational short enough for a sentence. */
function brief(a: Rational): string {
  const text = a.toString();
  return text.length <= 40 ? text : `about ${a.toNumber()}`;
}
