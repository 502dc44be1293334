import type { Rational } from '../kernel/rational.ts';
import { type Arithmetic, Inexpressible } from './arithmetic.ts';

/**
 * A number a + b·ε_tag with ε² = 0, for forward-mode derivatives. Each derivative has a tag of its own, larger than
 * those of the derivatives around it, so that nested derivatives are not confused.
 */
export class Dual<T> {
  readonly tag: number;
  readonly value: Scalar<T>;
  readonly slope: Scalar<T>;

  constructor(tag: number, value: Scalar<T>, slope: Scalar<T>) {
    this.tag = tag;
    this.value = value;
    this.slope = slope;
  }
}

export type Scalar<T> = T | Dual<T>;

/** Ring operations, inverse and square root on numbers with tagged slopes, over any arithmetic. */
export class DualNumbers<T> {
  readonly arithmetic: Arithmetic<T>;
  #tags = 0;

  constructor(arithmetic: Arithmetic<T>) {
    this.arithmetic = arithmetic;
  }

  /** x + ε_tag for a new tag. */
  seed(x: Scalar<T>): Dual<T> {
    return new Dual(++this.#tags, x, this.arithmetic.one);
  }
  rational(value: Rational): T {
    return this.arithmetic.rational(value);
  }
  /** The number without its slopes. */
  plain(x: Scalar<T>): T {
    let out = x;
    while (out instanceof Dual) out = out.value;
    return out;
  }
  /** The coefficient of ε_tag. */
  slope(x: Scalar<T>, tag: number): Scalar<T> {
    if (!(x instanceof Dual)) return this.arithmetic.zero;
    if (x.tag === tag) return x.slope;
    if (x.tag < tag) return this.arithmetic.zero;
    return new Dual(x.tag, this.slope(x.value, tag), this.slope(x.slope, tag));
  }
  /** x with ε_tag = 0. */
  without(x: Scalar<T>, tag: number): Scalar<T> {
    return x instanceof Dual && x.tag === tag ? x.value : x;
  }

  add(a: Scalar<T>, b: Scalar<T>): Scalar<T> {
    const tag = top(a, b);
    if (tag === 0) return this.arithmetic.add(a as T, b as T);
    return new Dual(
      tag,
      this.add(this.without(a, tag), this.without(b, tag)),
      this.add(this.slope(a, tag), this.slope(b, tag)),
    );
  }
  mul(a: Scalar<T>, b: Scalar<T>): Scalar<T> {
    const tag = top(a, b);
    if (tag === 0) return this.arithmetic.mul(a as T, b as T);
    const [x, y] = [this.without(a, tag), this.without(b, tag)];
    const left = this.mul(x, this.slope(b, tag));
    return new Dual(tag, this.mul(x, y), this.add(left, this.mul(this.slope(a, tag), y)));
  }
  /** 1/x, with 1/0 = 0 as in the kernel; Inexpressible when it cannot tell, and for a derivative at 0. */
  inv(x: Scalar<T>): Scalar<T> {
    const A = this.arithmetic;
    const sign = A.sign(this.plain(x));
    if (sign === undefined) throw new Inexpressible('1/x where x may be 0');
    if (!(x instanceof Dual)) return sign === 0 ? A.zero : A.div(A.one, x);
    if (sign === 0) throw new Inexpressible('the derivative of 1/x at 0');
    const inverse = this.inv(x.value);
    const slope = this.mul(A.neg(A.one), this.mul(this.mul(inverse, inverse), x.slope));
    return new Dual(x.tag, inverse, slope);
  }
  /** √x, with √x = 0 for x < 0 as in the kernel; Inexpressible for a derivative where x is not positive. */
  sqrt(x: Scalar<T>): Scalar<T> {
    const A = this.arithmetic;
    const sign = A.sign(this.plain(x));
    if (!(x instanceof Dual)) return sign === -1 ? A.zero : A.sqrt(x);
    if (sign !== 1) throw new Inexpressible('the derivative of √x where x may not be positive');
    const root = this.sqrt(x.value);
    return new Dual(x.tag, root, this.mul(x.slope, this.inv(this.add(root, root))));
  }
}

/** The innermost derivative that either number carries; 0 for none. */
function top<T>(a: Scalar<T>, b: Scalar<T>): number {
  return Math.max(a instanceof Dual ? a.tag : 0, b instanceof Dual ? b.tag : 0);
}
