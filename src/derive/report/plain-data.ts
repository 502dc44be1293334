/**
 * Throws a TypeError that names the place unless `value` is what JSON can carry without loss: null, booleans, strings,
 * finite numbers, and arrays and plain objects of these (no cycles). A property that is undefined counts as absent.
 * A report that fails this is a bug here: JSON.stringify would write NaN as null and a Rational as {}.
 */
export function assertPlainData(value: unknown, path = 'report'): void {
  visit(value, path, new Set());
}

function visit(value: unknown, path: string, above: Set<object>): void {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${path}: ${value} is not a finite number`);
    return;
  }
  if (typeof value !== 'object') throw new TypeError(`${path}: a ${typeof value} is not plain data`);
  if (above.has(value)) throw new TypeError(`${path}: the data contain themselves`);
  above.add(value);
  if (Array.isArray(value)) {
    // By index, since a hole must be seen: JSON.stringify would write it as null.
    for (let i = 0; i < value.length; i++) visit(value[i], `${path}[${i}]`, above);
  } else {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      throw new TypeError(
        `${path}: an instance of ${value.constructor?.name ?? 'a class'} is not plain data`,
      );
    }
    for (const [key, entry] of Object.entries(value)) {
      if (entry !== undefined) visit(entry, `${path}.${key}`, above);
    }
  }
  above.delete(value);
}
