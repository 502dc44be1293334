import { InstanceError, quote } from './error.ts';
import { LIMITS, RESERVED_KEYS } from './limits.ts';

/**
 * A strict JSON reader (RFC 8259). Beyond JSON.parse it refuses, with line and column: a key given twice, keys that reach
 * into a prototype, numbers beyond float64, lone surrogates, deep nesting and floods of values. Objects have no prototype.
 */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Throws InstanceError. Cost: one pass. `what` names the text in messages about it as a whole. */
export function parseJson(text: string, what = 'the file'): JsonValue {
  return new Reader(text, what).document();
}

/**
 * UTF-8 bytes → text, refusing byte order marks and other encodings by name; throws InstanceError.
 * A CSV file may start with a byte order mark (spreadsheets write one): `allowMark`.
 */
export function decodeText(bytes: Uint8Array, what: string, allowMark = false): string {
  const [a, b, c] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw new InstanceError('', `${what} is encoded in UTF-16; save it as UTF-8`);
  }
  if (a === 0xef && b === 0xbb && c === 0xbf && !allowMark) {
    throw new InstanceError('', `${what} starts with a byte order mark; save it as UTF-8 without one`);
  }
  if (bytes.length > LIMITS.textBytes) throw tooLong(bytes.length, what);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InstanceError('', `${what} is not UTF-8 text; save it as UTF-8`);
  }
}

export function tooLong(bytes: number, what: string): InstanceError {
  const megabytes = Math.ceil(bytes / 2 ** 20);
  return new InstanceError(
    '',
    `${what} has ${megabytes} MiB of text, at most ${LIMITS.textBytes / 2 ** 20} are read; put large arrays into an npy or safetensors file`,
  );
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /[^\s,:[\]{}"]+/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
/** neither the end, a control character, a double quote nor a backslash */
const isPlain = (code: number): boolean => code >= 32 && code !== 34 && code !== 92;
/** what people write in place of a JSON value, and the mend */
const WORDS = new Map<string, string>([
  ['NaN', 'NaN is not a number that a model can have'],
  ['Infinity', 'a number must be finite'],
  ['-Infinity', 'a number must be finite'],
  ['-NaN', 'NaN is not a number that a model can have'],
  ['True', 'write true'],
  ['False', 'write false'],
  ['None', 'write null, or leave the entry out'],
  ['undefined', 'leave the entry out'],
]);

class Reader {
  readonly #text: string;
  readonly #what: string;
  #at = 0;
  #values = 0;
  readonly #path: (string | number)[] = [];
  /** where the open arrays and objects began */
  readonly #open: number[] = [];

  constructor(text: string, what: string) {
    this.#text = text;
    this.#what = what;
  }

  document(): JsonValue {
    this.#space();
    if (this.#at >= this.#text.length) {
      throw new InstanceError('', `${this.#what} is empty; an instance is a JSON object, {"everymin": 1, …}`);
    }
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) {
      this.#fail(
        `expected the end after the closing bracket but found ${this.#found()}; remove what follows`,
      );
    }
    return value;
  }

  #fail(fault: string, at = this.#at): never {
    const { line, column } = position(this.#text, at);
    throw new InstanceError(`line ${line}, column ${column}`, fault);
  }

  #truncated(): never {
    const start = position(this.#text, this.#open.at(-1) ?? 0).line;
    const kind = this.#text[this.#open.at(-1) ?? 0] === '[' ? 'an array' : 'an object';
    this.#fail(`${this.#what} ends inside ${kind} that starts on line ${start}; is it truncated?`);
  }

  #found(): string {
    if (this.#at >= this.#text.length) return 'the end of the file';
    if (this.#text.startsWith('//', this.#at) || this.#text.startsWith('/*', this.#at)) {
      return 'a comment (JSON has none)';
    }
    if (this.#text[this.#at] === '"')
      return `the text ${this.#text.slice(this.#at, this.#at + 50).match(/^"[^"\n]{0,40}"?/)![0]}`;
    WORD.lastIndex = this.#at;
    const word = WORD.exec(this.#text)?.[0];
    return quote(word ?? this.#text[this.#at]!);
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.#at++;
    }
  }

  #value(): JsonValue {
    if (++this.#values > LIMITS.textValues) {
      this.#fail(`more than ${LIMITS.textValues} values; put large arrays into an npy or safetensors file`);
    }
    switch (this.#text[this.#at]) {
      case '{':
        return this.#nested(() => this.#object());
      case '[':
        return this.#nested(() => this.#array());
      case '"':
        return this.#string();
      case undefined:
        return this.#truncated();
      default:
        return this.#scalar();
    }
  }

  #nested<T>(read: () => T): T {
    if (this.#open.length >= LIMITS.nesting) {
      this.#fail(`brackets are nested more than ${LIMITS.nesting} deep; an instance needs fewer than 10`);
    }
    this.#open.push(this.#at);
    const value = read();
    this.#open.pop();
    return value;
  }

  #object(): JsonObject {
    const object = Object.create(null) as JsonObject;
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === '}') {
      this.#at++;
      return object;
    }
    for (;;) {
      const start = this.#at;
      if (this.#text[start] !== '"') {
        if (start >= this.#text.length) this.#truncated();
        if (this.#text[start] === '}') this.#fail('a comma before "}"; remove the comma');
        this.#fail(`expected a key in double quotes but found ${this.#found()}`);
      }
      const key = this.#string();
      if (RESERVED_KEYS.has(key)) this.#fail(`the key ${quote(key)} is not allowed; rename it`, start);
      if (key in object) this.#fail(`${this.#where()} has the key ${quote(key)} twice; keep one`, start);
      this.#space();
      if (this.#text[this.#at] !== ':') {
        if (this.#at >= this.#text.length) this.#truncated();
        this.#fail(`expected ":" after the key ${quote(key)} but found ${this.#found()}`);
      }
      this.#at++;
      this.#space();
      this.#path.push(key);
      object[key] = this.#value();
      this.#path.pop();
      if (this.#closed('}')) return object;
    }
  }

  #array(): JsonValue[] {
    const array: JsonValue[] = [];
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === ']') {
      this.#at++;
      return array;
    }
    for (;;) {
      if (this.#text[this.#at] === ']') this.#fail('a comma before "]"; remove the comma');
      this.#path.push(array.length);
      array.push(this.#value());
      this.#path.pop();
      if (this.#closed(']')) return array;
    }
  }

  /** After an entry: true at the closing bracket, false after a comma. */
  #closed(bracket: ']' | '}'): boolean {
    this.#space();
    const character = this.#text[this.#at];
    if (character === bracket) {
      this.#at++;
      return true;
    }
    if (character !== ',') {
      if (character === undefined) this.#truncated();
      this.#fail(`expected "," or "${bracket}" but found ${this.#found()}`);
    }
    this.#at++;
    this.#space();
    return false;
  }

  #where(): string {
    return this.#path.length === 0 ? 'the outermost object' : placeOf(this.#path);
  }

  #scalar(): number | boolean | null {
    NUMBER.lastIndex = this.#at;
    const number = NUMBER.exec(this.#text)?.[0];
    WORD.lastIndex = this.#at;
    const word = WORD.exec(this.#text)?.[0] ?? '';
    if (number !== undefined && number === word) {
      const value = Number(number);
      if (!Number.isFinite(value)) {
        this.#fail(`${quote(number)} is beyond the largest float64, about 1.8e308; use a smaller number`);
      }
      this.#at += number.length;
      return value;
    }
    const constant = word === 'true' ? true : word === 'false' ? false : word === 'null' ? null : undefined;
    if (constant !== undefined) {
      this.#at += word.length;
      return constant;
    }
    const mend = WORDS.get(word);
    if (mend !== undefined) this.#fail(`${word} is not JSON; ${mend}`);
    if (word.startsWith("'")) this.#fail(`${quote(word)} is not JSON; a text needs double quotes`);
    if (/^[+-]?\.?\d/.test(word)) {
      const mends = /^[+-]?\d+\/\d+$/.test(word)
        ? `write "${word}" in double quotes`
        : 'write it as 0.5, -2 or 1e-3';
      this.#fail(`${quote(word)} is not a JSON number; ${mends}`);
    }
    const what = this.#open.length === 0 ? 'an instance in JSON, {"everymin": 1, …},' : 'a value';
    return this.#fail(`expected ${what} but found ${this.#found()}`);
  }

  #string(): string {
    const start = this.#at++;
    let value = '';
    for (;;) {
      const from = this.#at;
      while (isPlain(this.#text.charCodeAt(this.#at))) this.#at++;
      value += this.#text.slice(from, this.#at);
      const character = this.#text[this.#at];
      if (character === '"') break;
      if (character === undefined)
        this.#fail('a text without its closing double quote; is the file truncated?', start);
      if (character !== '\\')
        this.#fail('a line break or control character inside a text; write it as \\n or \\u0000');
      value += this.#escape();
    }
    this.#at++;
    if (/\p{Cs}/u.test(value))
      this.#fail('half of a surrogate pair in a text; write the whole character', start);
    return value;
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? '';
    const simple = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
    if (simple !== undefined) {
      this.#at += 2;
      return simple;
    }
    const hex = this.#text.slice(this.#at + 2, this.#at + 6);
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(hex)) {
      this.#fail(`\\${letter} is not an escape of JSON; write a backslash as "\\\\"`);
    }
    this.#at += 6;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }
}

/** ["data", "targets", 3] → data.targets[3] */
export function placeOf(path: readonly (string | number)[]): string {
  let place = '';
  for (const step of path) {
    if (typeof step === 'number') place += `[${step}]`;
    else if (/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step)) place += place === '' ? step : `.${step}`;
    else place += `[${quote(step)}]`;
  }
  return place;
}

/** 1-based, in UTF-16 units. Cost: one pass over the lines before. */
export function position(text: string, at: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', start)) {
    line++;
    start = next + 1;
  }
  return { line, column: at - start + 1 };
}
