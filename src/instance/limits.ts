/** Sizes beyond which an input is refused by name, before it can exhaust the memory of the machine. */
export const LIMITS = {
  /** bytes of any referenced file */
  fileBytes: 512 * 2 ** 20,
  /** bytes of an instance file or of a CSV file */
  textBytes: 128 * 2 ** 20,
  /** values in one JSON file, cells in one CSV file */
  textValues: 2 ** 23,
  /** objects and arrays inside one another */
  nesting: 100,
  /** numbers in one array */
  entries: 2 ** 27,
  /** characters of one exact number */
  digits: 4000,
  /** bytes of the header of a safetensors file, as in its reference implementation */
  safetensorsHeader: 100_000_000,
  /** bytes of the header of an npy file */
  npyHeader: 2 ** 20,
} as const;

/** Keys that reach into the prototype of a JavaScript object: refused in every file. */
export const RESERVED_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
