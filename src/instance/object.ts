import { Rational } from '../kernel/rational.ts';
import { InstanceError, quote } from './error.ts';
import { type JsonObject, type JsonValue, placeOf } from './json.ts';
import { LIMITS, RESERVED_KEYS } from './limits.ts';

/**
 * A copy of plain objects and lists as JSON values: bigints and Rationals become exact texts, typed arrays lists.
 * Throws InstanceError on anything else, on reserved keys, on numbers that are not finite and on cycles.
 */
export function jsonOf(value: unknown, path: readonly (string | number)[] = []): JsonValue {
  const fail = (fault: string): never => {
    throw new InstanceError(placeOf(path) || 'the instance', fault);
  };
  if (path.length > LIMITS.nesting) return fail(`is nested more than ${LIMITS.nesting} deep; is it cyclic?`);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : fail(`is ${value}; a number must be finite`);
  }
  if (typeof value === 'bigint') return value.toString();
  if (Rational.is(value)) return value.toString();
  if (Array.isArray(value) || isTypedArray(value)) {
    return Array.from(value, (entry: unknown, i) => jsonOf(entry, [...path, i]));
  }
  if (typeof value !== 'object')
    return fail(
      `is ${typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`}; it has no JSON form`,
    );
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype)
    return fail('is not a plain object, list or number');
  const copy = Object.create(null) as JsonObject;
  for (const [key, entry] of Object.entries(value)) {
    if (RESERVED_KEYS.has(key)) return fail(`has the key ${quote(key)}, which is not allowed; rename it`);
    if (entry !== undefined) copy[key] = jsonOf(entry, [...path, key]);
  }
  return copy;
}

const isTypedArray = (value: unknown): value is Float64Array =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);
