/** Known to this module only: marks parts that are in lowest terms already. */
const REDUCED = Symbol('reduced');
const SAFE = 2n ** 53n;
const view = new DataView(new ArrayBuffer(8));
// Captured, and no destructuring below: the kernel's arithmetic must not change when these are replaced later.
const { freeze } = Object;
const toBigInt = BigInt;
const toFloat = Number;

/**
 * Exact rational numbers p/q on BigInt, always in lowest terms with q > 0. Immutable.
 *
 * Sums and products take the greatest common divisors of the small parts first (Knuth, The Art of Computer Programming,
 * vol. 2, 4.5.1), so no divisor is taken where the operands are integers or dyadic. A general divisor is quadratic in
 * the number of digits.
 */
export class Rational {
  readonly #numerator: bigint;
  readonly #denominator: bigint;

  static readonly zero = new Rational(0n, 1n);
  static readonly one = new Rational(1n, 1n);

  /** p/q in any terms; throws a RangeError when q = 0. The third argument is this module's own. */
  constructor(numerator: bigint, denominator: bigint = 1n, reduced?: typeof REDUCED) {
    if (reduced !== REDUCED) {
      if (typeof numerator !== 'bigint' || typeof denominator !== 'bigint') {
        throw new TypeError('Rational: expected two bigints');
      }
      if (denominator === 0n) throw new RangeError('Rational: the denominator is zero');
      if (denominator < 0n) {
        numerator = -numerator;
        denominator = -denominator;
      }
      const divisor = gcd(numerator, denominator);
      if (divisor !== 1n) {
        numerator /= divisor;
        denominator /= divisor;
      }
    }
    this.#numerator = numerator;
    this.#denominator = denominator;
    freeze(this);
  }

  /** A rational really made by this class (not a look-alike). */
  static is(value: unknown): value is Rational {
    return typeof value === 'object' && value !== null && #numerator in value;
  }

  /** Throws a RangeError when value is not an integer. */
  static integer(value: number | bigint): Rational {
    return new Rational(BigInt(value), 1n, REDUCED);
  }

  /** The dyadic rational that a finite float64 is, exactly; throws a RangeError on NaN and infinities. */
  static fromNumber(value: number): Rational {
    if (Number.isInteger(value)) return new Rational(BigInt(value), 1n, REDUCED);
    if (!Number.isFinite(value)) throw new RangeError(`Rational: ${value} is not a finite number`);
    view.setFloat64(0, value);
    const high = view.getUint32(0);
    const biased = (high >>> 20) & 0x7ff;
    const implicit = biased === 0 ? 0 : 0x100000;
    let mantissa = ((high & 0xfffff) + implicit) * 2 ** 32 + view.getUint32(4);
    let exponent = Math.max(biased, 1) - 1075; // negative, since value is no integer
    while (mantissa % 2 === 0) {
      mantissa /= 2;
      exponent += 1;
    }
    return new Rational(BigInt(value < 0 ? -mantissa : mantissa), 1n << BigInt(-exponent), REDUCED);
  }

  /**
   * An integer "3", a fraction of integers "-1/3", or a decimal "0.1" (= 1/10), ".5", "5.", "1e-3"; a sign may lead.
   * Returns undefined for anything else, and for more than 10,000 digits in a part or a written exponent beyond ±4000,
   * so that the size of the result, and the time, stay within a small multiple of 4 kB whatever the text says.
   */
  static parse(text: string): Rational | undefined {
    if (text.length > 20_010) return undefined;
    const fraction = /^([+-]?\d{1,10000})\/(\d{1,10000})$/.exec(text);
    if (fraction) {
      const denominator = BigInt(fraction[2]!);
      return denominator === 0n ? undefined : new Rational(BigInt(fraction[1]!), denominator);
    }
    const decimal = /^([+-]?)(\d{0,10000})(?:\.(\d{0,10000}))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
    if (!decimal) return undefined;
    const whole = decimal[2]!;
    const places = decimal[3] ?? '';
    if (whole === '' && places === '') return undefined;
    const written = Number(decimal[4] ?? 0);
    if (Math.abs(written) > 4000) return undefined;
    const magnitude = BigInt(whole + places);
    const digits = decimal[1] === '-' ? -magnitude : magnitude;
    const exponent = written - places.length;
    return exponent >= 0
      ? new Rational(digits * 10n ** BigInt(exponent), 1n, REDUCED)
      : new Rational(digits, 10n ** BigInt(-exponent));
  }

  get numerator(): bigint {
    return this.#numerator;
  }
  get denominator(): bigint {
    return this.#denominator;
  }
  get sign(): -1 | 0 | 1 {
    return this.#numerator > 0n ? 1 : this.#numerator < 0n ? -1 : 0;
  }
  get isZero(): boolean {
    return this.#numerator === 0n;
  }
  get isInteger(): boolean {
    return this.#denominator === 1n;
  }

  add(other: Rational): Rational {
    return sum(this, other.#numerator, other.#denominator);
  }
  sub(other: Rational): Rational {
    return sum(this, -other.#numerator, other.#denominator);
  }
  mul(other: Rational): Rational {
    return product(this, other.#numerator, other.#denominator);
  }
  /** Throws a RangeError when other = 0. */
  div(other: Rational): Rational {
    if (other.#numerator === 0n) throw new RangeError('Rational: the denominator is zero');
    return other.#numerator > 0n
      ? product(this, other.#denominator, other.#numerator)
      : product(this, -other.#denominator, -other.#numerator);
  }
  neg(): Rational {
    return new Rational(-this.#numerator, this.#denominator, REDUCED);
  }
  abs(): Rational {
    return this.#numerator < 0n ? this.neg() : this;
  }
  /** Throws a RangeError at 0. */
  inv(): Rational {
    return Rational.one.div(this);
  }
  /** Integer powers; throws a RangeError for 0 to a negative power or a non-integer exponent. */
  pow(exponent: number): Rational {
    if (!Number.isInteger(exponent)) throw new RangeError(`Rational.pow: ${exponent} is not an integer`);
    if (exponent < 0) return this.inv().pow(-exponent);
    const n = BigInt(exponent);
    return new Rational(this.#numerator ** n, this.#denominator ** n, REDUCED);
  }
  cmp(other: Rational): -1 | 0 | 1 {
    const left = this.#numerator * other.#denominator;
    const right = other.#numerator * this.#denominator;
    return left < right ? -1 : left > right ? 1 : 0;
  }
  equals(other: Rational): boolean {
    return this.#numerator === other.#numerator && this.#denominator === other.#denominator;
  }

  /** The nearest float64 (ties to even); ±Infinity beyond the range. */
  toNumber(): number {
    const p = this.#numerator;
    const q = this.#denominator;
    if (q === 1n) return Number(p);
    // Two integers that float64 holds exactly: one division, rounded once, far from the subnormal range.
    if (q <= SAFE && p <= SAFE && p >= -SAFE) return Number(p) / Number(q);
    const negative = p < 0n;
    const magnitude = negative ? -p : p;
    // A quotient of at least 62 bits whose last bit is sticky (set when there is a remainder): Number() rounds it once.
    // In units below 2^-1076 it would round a subnormal result at the wrong place, so the shift stops there.
    const shift = Math.min(66 - (bitLength(magnitude) - bitLength(q)), 1076);
    const scaled = shift >= 0 ? magnitude << BigInt(shift) : magnitude;
    const divisor = shift >= 0 ? q : q << BigInt(-shift);
    let quotient = scaled / divisor;
    if (quotient * divisor !== scaled) quotient |= 1n;
    const rounded = scaleByPowerOfTwo(quotient, -shift);
    return negative ? -rounded : rounded;
  }

  /** "p/q", or "p" for an integer. */
  toString(): string {
    return this.#denominator === 1n ? `${this.#numerator}` : `${this.#numerator}/${this.#denominator}`;
  }
}

/** a + n/d for n/d in lowest terms, d > 0. */
function sum(a: Rational, n: bigint, d: bigint): Rational {
  const p = a.numerator;
  const q = a.denominator;
  if (q === d) return q === 1n ? new Rational(p + n, 1n, REDUCED) : new Rational(p + n, d);
  const g = gcd(q, d);
  if (g === 1n) return new Rational(p * d + n * q, q * d, REDUCED);
  // The only common factor left divides g. The sum is not 0, which would need q = d.
  const cofactor = q / g;
  const numerator = p * (d / g) + n * cofactor;
  const h = gcd(numerator, g);
  return new Rational(numerator / h, cofactor * (d / h), REDUCED);
}

/** a · n/d for n/d in lowest terms, d > 0. */
function product(a: Rational, n: bigint, d: bigint): Rational {
  const g = gcd(a.numerator, d);
  const h = gcd(n, a.denominator);
  if (g === 1n && h === 1n) return new Rational(a.numerator * n, a.denominator * d, REDUCED);
  return new Rational((a.numerator / g) * (n / h), (a.denominator / h) * (d / g), REDUCED);
}

/** Greatest common divisor for b > 0 and any a; gcd(0, b) = b. */
function gcd(a: bigint, b: bigint): bigint {
  if (b === 1n || a === 1n || a === -1n) return 1n;
  if (a === 0n) return b;
  if (a < 0n) a = -a;
  if (b > SAFE) {
    if ((b & (b - 1n)) === 0n) {
      const low = a & -a; // the power of two in a
      return low < b ? low : b;
    }
    while (b > SAFE) {
      const rest = a % b;
      a = b;
      b = rest;
    }
    if (b === 0n) return a;
  }
  let x = toFloat(b);
  let y = toFloat(a > SAFE ? a % b : a);
  while (y !== 0) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  return toBigInt(x);
}

/** The number of bits, or up to 3 more. */
function bitLength(value: bigint): number {
  return value.toString(16).length * 4;
}

/**
 * value · 2^exponent rounded once to nearest, ties to even. value > 0 carries a sticky last bit; exponent ≥ -1076, and
 * value has at least 62 bits unless exponent = -1076.
 */
function scaleByPowerOfTwo(value: bigint, exponent: number): number {
  if (exponent > -1000) {
    const mantissa = Number(value); // rounds once: the result is normal, or overflows
    return exponent > 900 ? mantissa * 2 ** 900 * 2 ** (exponent - 900) : mantissa * 2 ** exponent;
  }
  const limit = 1n << BigInt(-1021 - exponent);
  if (value >= limit) return Number(value) * 2 ** -1000 * 2 ** (exponent + 1000); // normal
  // Below 2^-1021 float64 is a fixed-point format with unit 2^-1074: round to it by hand.
  const drop = BigInt(-1074 - exponent);
  const kept = value >> drop;
  const rest = value - (kept << drop);
  const half = 1n << (drop - 1n);
  const up = rest > half || (rest === half && (kept & 1n) === 1n);
  return Number(up ? kept + 1n : kept) * Number.MIN_VALUE;
}
