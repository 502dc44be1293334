/**
 * Exact rational numbers p/q on BigInt, always in lowest terms with q > 0.
 * Immutable. Cost: one gcd per operation, quadratic in the number of digits.
 */
export class Rational {
  readonly #numerator: bigint;
  readonly #denominator: bigint;

  static readonly zero = new Rational(0n, 1n);
  static readonly one = new Rational(1n, 1n);

  /** p/q in any terms; throws a RangeError when q = 0. */
  constructor(numerator: bigint, denominator: bigint = 1n) {
    if (typeof numerator !== 'bigint' || typeof denominator !== 'bigint') {
      throw new TypeError('Rational: expected two bigints');
    }
    if (denominator === 0n) throw new RangeError('Rational: the denominator is zero');
    if (denominator < 0n) {
      numerator = -numerator;
      denominator = -denominator;
    }
    const divisor = denominator === 1n ? 1n : gcd(numerator < 0n ? -numerator : numerator, denominator);
    this.#numerator = divisor === 1n ? numerator : numerator / divisor;
    this.#denominator = divisor === 1n ? denominator : denominator / divisor;
    Object.freeze(this);
  }

  /** A rational really made by this class (not a look-alike). */
  static is(value: unknown): value is Rational {
    return typeof value === 'object' && value !== null && #numerator in value;
  }

  static integer(value: number | bigint): Rational {
    return new Rational(BigInt(value));
  }

  /** The dyadic rational that a finite float64 is, exactly; throws a RangeError on NaN and infinities. */
  static fromNumber(value: number): Rational {
    if (!Number.isFinite(value)) throw new RangeError(`Rational: ${value} is not a finite number`);
    if (Number.isInteger(value)) return new Rational(BigInt(value));
    view.setFloat64(0, value);
    const bits = view.getBigUint64(0);
    const biased = Number((bits >> 52n) & 0x7ffn);
    const fraction = bits & 0xfffffffffffffn;
    const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
    const exponent = (biased === 0 ? 1 : biased) - 1075;
    const signed = value < 0 ? -mantissa : mantissa;
    return exponent >= 0
      ? new Rational(signed << BigInt(exponent))
      : new Rational(signed, 1n << BigInt(-exponent));
  }

  /**
   * "3", "-1/3", "0.1" (= 1/10), "1e-3", "2.5e2/7" is refused: a fraction has integer parts.
   * Returns undefined when the text is not such a number. Exponents beyond ±4000 are refused (undefined).
   */
  static parse(text: string): Rational | undefined {
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
    const exponent = Number(decimal[4] ?? 0) - places.length;
    if (Math.abs(exponent) > 14000) return undefined;
    const digits = BigInt(decimal[1] + whole + places);
    return exponent >= 0
      ? new Rational(digits * 10n ** BigInt(exponent))
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
    if (this.#denominator === other.#denominator) {
      return new Rational(this.#numerator + other.#numerator, this.#denominator);
    }
    return new Rational(
      this.#numerator * other.#denominator + other.#numerator * this.#denominator,
      this.#denominator * other.#denominator,
    );
  }
  sub(other: Rational): Rational {
    return this.add(other.neg());
  }
  mul(other: Rational): Rational {
    return new Rational(this.#numerator * other.#numerator, this.#denominator * other.#denominator);
  }
  /** Throws a RangeError when other = 0. */
  div(other: Rational): Rational {
    return new Rational(this.#numerator * other.#denominator, this.#denominator * other.#numerator);
  }
  neg(): Rational {
    return new Rational(-this.#numerator, this.#denominator);
  }
  abs(): Rational {
    return this.#numerator < 0n ? this.neg() : this;
  }
  /** Throws a RangeError at 0. */
  inv(): Rational {
    return new Rational(this.#denominator, this.#numerator);
  }
  /** Integer powers; throws a RangeError for 0 to a negative power or a non-integer exponent. */
  pow(exponent: number): Rational {
    if (!Number.isInteger(exponent)) throw new RangeError(`Rational.pow: ${exponent} is not an integer`);
    if (exponent < 0) return this.inv().pow(-exponent);
    return new Rational(this.#numerator ** BigInt(exponent), this.#denominator ** BigInt(exponent));
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
    if (q === 1n || p === 0n) return Number(p);
    const negative = p < 0n;
    const magnitude = negative ? -p : p;
    // Scale so that the integer quotient has at least 64 bits, with a sticky last bit: Number() then rounds once.
    let shift = 66 - (bitLength(magnitude) - bitLength(q));
    if (shift > 1074 + 2) shift = 1074 + 2; // subnormal results must be rounded at their own last place
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

const view = new DataView(new ArrayBuffer(8));

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

function bitLength(value: bigint): number {
  return value.toString(16).length * 4;
}

/** value · 2^exponent rounded once to nearest; value ≥ 0 carries a sticky last bit. */
function scaleByPowerOfTwo(value: bigint, exponent: number): number {
  const mantissa = Number(value); // rounds once when the result is normal
  if (exponent >= -1000)
    return exponent > 900 ? mantissa * 2 ** 900 * 2 ** (exponent - 900) : mantissa * 2 ** exponent;
  // The result may be subnormal: keep only the bits that survive, rounding to even by hand.
  const bits = value.toString(2).length;
  const lowest = -1074 - exponent; // weight of the last bit of a subnormal, in units of 2^exponent
  if (bits + exponent > -1021) return mantissa * 2 ** -1000 * 2 ** (exponent + 1000);
  const drop = BigInt(lowest);
  const kept = value >> drop;
  const rest = value - (kept << drop);
  const half = 1n << (drop - 1n);
  const up = rest > half || (rest === half && (kept & 1n) === 1n);
  return Number(up ? kept + 1n : kept) * 2 ** -1074;
}
