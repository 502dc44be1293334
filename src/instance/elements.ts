import { Rational } from '../kernel/rational.ts';
import { InstanceError } from './error.ts';
import { LIMITS } from './limits.ts';
import { Tensor } from './tensor.ts';

/** How one number is stored in a binary file. */
export type ElementType =
  | 'float64'
  | 'float32'
  | 'float16'
  | 'bfloat16'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint64'
  | 'uint32'
  | 'uint16'
  | 'uint8'
  | 'bool';

export const ELEMENT_BYTES: Readonly<Record<ElementType, number>> = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint64: 8,
  uint32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
};

/** The number of entries of a shape; throws InstanceError when it exceeds the limit. */
export function entriesOf(shape: readonly number[], what: string): number {
  // A side of 0 makes the product 0 whatever the others are, so it must not hide an absurd side from the limit.
  let product = 1;
  for (const side of shape) {
    product *= Math.max(side, 1);
    if (!(product <= LIMITS.entries)) {
      throw new InstanceError(
        '',
        `${what} has shape ${shapeText(shape)}; at most ${LIMITS.entries} numbers are read`,
      );
    }
  }
  return shape.includes(0) ? 0 : product;
}

export const shapeText = (shape: readonly number[]): string =>
  shape.length === 0 ? 'of a single number' : shape.length === 1 ? `${shape[0]}` : shape.join(' × ');

/**
 * The numbers of `bytes`, exactly: every float is a dyadic rational, 64-bit integers beyond 2^53 become rationals.
 * `columnMajor` is Fortran order; the tensor is row-major. Throws InstanceError on NaN, infinities and bad booleans.
 */
export function decodeElements(
  bytes: Uint8Array,
  type: ElementType,
  shape: readonly number[],
  options: { readonly littleEndian: boolean; readonly columnMajor?: boolean; readonly what: string },
): Tensor {
  const total = entriesOf(shape, options.what);
  const size = ELEMENT_BYTES[type];
  if (bytes.length !== total * size) {
    throw new InstanceError(
      '',
      `${options.what} has ${bytes.length} bytes of data; shape ${shapeText(shape)} of ${type} needs ${total * size}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const order = options.columnMajor ? columnMajorOrder(shape, total) : undefined;
  const floats = new Float64Array(total);
  const read = READERS[type];
  let exact: Rational[] | undefined;
  for (let i = 0; i < total; i++) {
    const value = read(view, (order ? order[i]! : i) * size, options.littleEndian);
    if (typeof value === 'bigint') {
      exact ??= Array.from({ length: i }, (_, j) => Rational.fromNumber(floats[j]!));
      exact.push(new Rational(value));
      continue;
    }
    if (!Number.isFinite(value)) {
      throw new InstanceError(
        '',
        `${options.what} has ${value} at ${indexText(i, shape)}; every number must be finite`,
      );
    }
    if (type === 'bool' && value > 1) {
      throw new InstanceError(
        '',
        `${options.what} has the byte ${value} at ${indexText(i, shape)}; a bool is 0 or 1`,
      );
    }
    if (exact) exact.push(Rational.fromNumber(value));
    else floats[i] = value;
  }
  return exact ? Tensor.ofRationals(shape, exact) : Tensor.ofFloats(shape, floats);
}

/** "[3][1]": the place of entry i of a row-major array. */
export function indexText(i: number, shape: readonly number[]): string {
  const indices: number[] = [];
  for (const side of shape.toReversed()) {
    indices.unshift(i % side);
    i = Math.floor(i / side);
  }
  return indices.map((index) => `[${index}]`).join('') || 'its only entry';
}

/** position in column-major storage of every entry in row-major order */
function columnMajorOrder(shape: readonly number[], total: number): Int32Array {
  const order = new Int32Array(total);
  const strides: number[] = [];
  let stride = 1;
  for (const side of shape) {
    strides.push(stride);
    stride *= side;
  }
  const indices = shape.map(() => 0);
  let offset = 0;
  for (let i = 0; i < total; i++) {
    order[i] = offset;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      offset += strides[axis]!;
      if (++indices[axis]! < shape[axis]!) break;
      offset -= strides[axis]! * shape[axis]!;
      indices[axis] = 0;
    }
  }
  return order;
}

/** A bigint only for a 64-bit integer that float64 cannot hold. */
type ElementReader = (view: DataView, at: number, littleEndian: boolean) => number | bigint;

const narrow = (value: bigint): number | bigint => {
  const float = Number(value);
  return Number.isSafeInteger(float) ? float : value;
};

const READERS: Readonly<Record<ElementType, ElementReader>> = {
  float64: (view, at, little) => view.getFloat64(at, little),
  float32: (view, at, little) => view.getFloat32(at, little),
  float16: (view, at, little) => float16(view.getUint16(at, little)),
  bfloat16: (view, at, little) => bfloat16(view.getUint16(at, little)),
  int64: (view, at, little) => narrow(view.getBigInt64(at, little)),
  int32: (view, at, little) => view.getInt32(at, little),
  int16: (view, at, little) => view.getInt16(at, little),
  int8: (view, at) => view.getInt8(at),
  uint64: (view, at, little) => narrow(view.getBigUint64(at, little)),
  uint32: (view, at, little) => view.getUint32(at, little),
  uint16: (view, at, little) => view.getUint16(at, little),
  uint8: (view, at) => view.getUint8(at),
  bool: (view, at) => view.getUint8(at),
};

/** IEEE 754 binary16 */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (fraction + 1024) * 2 ** (exponent - 25);
}

const scratch = new DataView(new ArrayBuffer(4));

/** the upper half of an IEEE 754 binary32 */
function bfloat16(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}
