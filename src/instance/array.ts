import type { Rational } from '../kernel/rational.ts';
import { count, InstanceError } from './error.ts';
import type { JsonValue } from './json.ts';
import { parseExact } from './number.ts';
import { Tensor } from './tensor.ts';

/** The shape that an array must have; undefined: any. `reasons[axis]` says why: "the model has dy = 1". */
export interface Expected {
  readonly shape: readonly (number | undefined)[];
  readonly reasons: readonly string[];
}

/** Nested lists of numbers → tensor. Throws InstanceError at the first list of a wrong length. */
export function tensorOfJson(value: JsonValue, place: string, expected: Expected): Tensor {
  const sizes = [...expected.shape];
  const floats: number[] = [];
  let exact: Rational[] | undefined;

  const visit = (entry: JsonValue, axis: number, at: () => string): void => {
    if (axis === sizes.length) {
      if (Array.isArray(entry)) {
        throw new InstanceError(at(), `is a list; a number is needed: ${expected.reasons.at(-1)}`);
      }
      if (typeof entry === 'number' && exact === undefined) {
        floats.push(entry);
        return;
      }
      exact ??= Tensor.ofFloats([floats.length], Float64Array.from(floats)).rationals();
      exact.push(exactEntry(entry, at));
      return;
    }
    const rows = axis < sizes.length - 1;
    if (!Array.isArray(entry)) {
      throw new InstanceError(
        at(),
        `is a number; a list of ${rows ? 'rows' : 'numbers'} is needed: ${expected.reasons[axis]}`,
      );
    }
    sizes[axis] ??= entry.length;
    if (entry.length !== sizes[axis]) {
      throw new InstanceError(
        at(),
        `has ${count(entry.length, rows ? 'row' : 'number')}; ${expected.reasons[axis]}`,
      );
    }
    for (const [i, child] of entry.entries()) visit(child, axis + 1, () => `${at()}[${i}]`);
  };
  visit(value, 0, () => place);
  const shape = sizes.map((size) => size ?? 0);
  return exact ? Tensor.ofRationals(shape, exact) : Tensor.ofFloats(shape, Float64Array.from(floats));
}

/** A number or the text of one, exactly. */
export function exactEntry(entry: JsonValue, at: () => string): Rational {
  const text = typeof entry === 'string' ? entry : typeof entry === 'number' ? entry : undefined;
  if (typeof text === 'number') return Tensor.ofFloats([1], Float64Array.of(text)).rational(0);
  const value = text === undefined ? 'is not a number' : parseExact(text);
  if (typeof value === 'string') throw new InstanceError(at(), value);
  return value;
}

/** The tensor of a file in the expected shape: sides of 1 at the end may be missing or more. Throws InstanceError. */
export function fitShape(tensor: Tensor, place: string, what: string, expected: Expected): Tensor {
  const shape = expected.shape;
  const found = trim(tensor.shape);
  const wanted = trim(shape.map((size, axis) => size ?? tensor.shape[axis] ?? 1));
  const wrong = Array.from({ length: Math.max(found.length, wanted.length) }, (_, axis) => axis).find(
    (axis) => (found[axis] ?? 1) !== (wanted[axis] ?? 1),
  );
  if (wrong !== undefined) {
    const has = tensor.shape.length === 0 ? 'is a single number' : `has shape (${tensor.shape.join(', ')})`;
    const needed = `(${shape.map((size) => size ?? 'm').join(', ')})`;
    const reason = expected.reasons[Math.min(wrong, expected.reasons.length - 1)];
    throw new InstanceError(place, `${what} ${has}, ${needed} is needed; ${reason}`);
  }
  return tensor.reshape(shape.map((size, axis) => size ?? tensor.shape[axis] ?? 1));
}

function trim(shape: readonly number[]): number[] {
  const trimmed = [...shape];
  while (trimmed.at(-1) === 1) trimmed.pop();
  return trimmed;
}
