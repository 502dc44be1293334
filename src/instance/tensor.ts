import { Rational } from '../kernel/rational.ts';

/**
 * A dense row-major array of numbers, each an exact rational. Numbers that came as float64 (npy, safetensors, JSON
 * numbers) are kept as floats and turned into dyadic rationals on demand, so that large weights stay small.
 */
export class Tensor {
  readonly shape: readonly number[];
  readonly length: number;
  readonly #floats: Float64Array | undefined;
  readonly #rationals: readonly Rational[] | undefined;

  private constructor(
    shape: readonly number[],
    floats: Float64Array | undefined,
    rationals: readonly Rational[] | undefined,
  ) {
    this.shape = Object.freeze([...shape]);
    this.length = shape.reduce((product, side) => product * side, 1);
    const held = (floats ?? rationals)!.length;
    if (held !== this.length)
      throw new RangeError(`Tensor: shape ${shape.join('×')} needs ${this.length} numbers, got ${held}`);
    this.#floats = floats;
    this.#rationals = rationals;
  }

  /** Takes the array as it is; every entry must be finite (RangeError). */
  static ofFloats(shape: readonly number[], values: Float64Array): Tensor {
    for (let i = 0; i < values.length; i++) {
      if (!Number.isFinite(values[i]!)) throw new RangeError(`Tensor: entry ${i} is not a finite number`);
    }
    return new Tensor(shape, values, undefined);
  }

  static ofRationals(shape: readonly number[], values: readonly Rational[]): Tensor {
    return new Tensor(shape, undefined, values);
  }

  /** The entries of all `parts`, one after the other; kept as floats when every part is. */
  static concat(shape: readonly number[], parts: readonly Tensor[]): Tensor {
    if (!parts.every((part) => part.#floats)) {
      return new Tensor(
        shape,
        undefined,
        parts.flatMap((part) => part.rationals()),
      );
    }
    const values = new Float64Array(parts.reduce((total, part) => total + part.length, 0));
    let at = 0;
    for (const part of parts) {
      values.set(part.#floats!, at);
      at += part.length;
    }
    return new Tensor(shape, values, undefined);
  }

  /** The same entries in another shape of the same length. */
  reshape(shape: readonly number[]): Tensor {
    return new Tensor(shape, this.#floats, this.#rationals);
  }

  /** The exact value of entry i in row-major order. */
  rational(i: number): Rational {
    this.#bounds(i);
    return this.#rationals ? this.#rationals[i]! : Rational.fromNumber(this.#floats![i]!);
  }

  /** The float64 nearest to entry i. */
  float(i: number): number {
    this.#bounds(i);
    return this.#floats ? this.#floats[i]! : this.#rationals![i]!.toNumber();
  }

  /** All entries, each rounded to the nearest float64 (a fresh array). */
  floats(): Float64Array {
    return this.#floats
      ? this.#floats.slice()
      : Float64Array.from(this.#rationals!, (value) => value.toNumber());
  }

  rationals(): Rational[] {
    return Array.from({ length: this.length }, (_, i) => this.rational(i));
  }

  #bounds(i: number): void {
    if (!(Number.isInteger(i) && i >= 0 && i < this.length))
      throw new RangeError(`Tensor: no entry ${i} among ${this.length}`);
  }
}
