import { decodeElements, type ElementType, entriesOf } from './elements.ts';
import { InstanceError, quote } from './error.ts';
import { LIMITS } from './limits.ts';
import type { Tensor } from './tensor.ts';

/**
 * Reads an array saved by numpy.save: format versions 1.0, 2.0 and 3.0, either byte order, C or Fortran order
 * (NEP 1, numpy.lib.format). Nothing of the header is evaluated. Throws InstanceError.
 */
export function readNpy(bytes: Uint8Array, what: string): Tensor {
  const header = readHeader(bytes, what);
  const { type, littleEndian } = elementType(header.descr, what);
  entriesOf(header.shape, what);
  return decodeElements(bytes.subarray(header.end), type, header.shape, {
    littleEndian,
    columnMajor: header.fortranOrder,
    what,
  });
}

interface Header {
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** where the data begin */
  readonly end: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const REWRITE = 'write it with numpy.save(path, array)';

function readHeader(bytes: Uint8Array, what: string): Header {
  if (bytes.length < 10 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new InstanceError('', `${what} is not an npy file; ${REWRITE}`);
  }
  const [major, minor] = [bytes[6]!, bytes[7]!];
  if (major < 1 || major > 3 || minor !== 0) {
    throw new InstanceError(
      '',
      `${what} has npy version ${major}.${minor}; versions 1.0, 2.0 and 3.0 are read`,
    );
  }
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) throw new InstanceError('', `${what} ends inside its header; is it truncated?`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LIMITS.npyHeader || start + length > bytes.length) {
    throw new InstanceError(
      '',
      `${what} announces a header of ${length} bytes but has ${bytes.length} bytes; is it truncated?`,
    );
  }
  const text = new TextDecoder('latin1').decode(bytes.subarray(start, start + length));
  return { ...new HeaderReader(text, what).dictionary(), end: start + length };
}

/** The Python dictionary {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }, and nothing else. */
class HeaderReader {
  readonly #text: string;
  readonly #what: string;
  #at = 0;

  constructor(text: string, what: string) {
    this.#text = text;
    this.#what = what;
  }

  dictionary(): Omit<Header, 'end'> {
    let descr: string | undefined;
    let fortranOrder: boolean | undefined;
    let shape: readonly number[] | undefined;
    this.#expect('{');
    while (!this.#accept('}')) {
      const key = this.#string();
      this.#expect(':');
      if (key === 'descr' && descr === undefined) descr = this.#descr();
      else if (key === 'fortran_order' && fortranOrder === undefined) fortranOrder = this.#boolean();
      else if (key === 'shape' && shape === undefined) shape = this.#tuple();
      else this.#fail(`has the key ${quote(key)}, unknown or given twice`);
      if (!this.#accept(',')) {
        this.#expect('}');
        break;
      }
    }
    if (!/^[ \n]*$/.test(this.#text.slice(this.#at))) this.#fail('goes on after its closing bracket');
    if (descr === undefined || fortranOrder === undefined || shape === undefined) {
      return this.#fail("lacks 'descr', 'fortran_order' or 'shape'");
    }
    return { descr, fortranOrder, shape };
  }

  #fail(fault: string): never {
    throw new InstanceError('', `${this.#what}: the npy header ${fault}; ${REWRITE}`);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #accept(character: string): boolean {
    this.#match(/[ \n]*/y);
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #expect(character: string): void {
    if (!this.#accept(character)) this.#fail(`lacks "${character}" at byte ${this.#at}`);
  }

  #string(): string {
    this.#match(/[ \n]*/y);
    const quoted = this.#match(/'[^'"\\\n]{0,1000}'|"[^'"\\\n]{0,1000}"/y);
    return quoted === undefined ? this.#fail(`lacks a text at byte ${this.#at}`) : quoted.slice(1, -1);
  }

  #descr(): string {
    this.#match(/[ \n]*/y);
    if (this.#text[this.#at] === '[') {
      throw new InstanceError(
        '',
        `${this.#what} holds records (a structured dtype); save a plain array of numbers`,
      );
    }
    return this.#string();
  }

  #boolean(): boolean {
    this.#match(/[ \n]*/y);
    const word = this.#match(/True|False/y);
    return word === undefined
      ? this.#fail("has a 'fortran_order' that is neither True nor False")
      : word === 'True';
  }

  #tuple(): number[] {
    const sides: number[] = [];
    this.#expect('(');
    while (!this.#accept(')')) {
      const digits = this.#match(/\d{1,15}/y);
      if (digits === undefined || sides.length === 32)
        this.#fail("has a 'shape' that is not a tuple of sizes");
      sides.push(Number(digits));
      if (this.#accept(',')) {
        this.#match(/[ \n]*/y);
        continue;
      }
      // (3) is a number in Python, not a tuple
      if (sides.length === 1) this.#fail("has a 'shape' that is not a tuple of sizes");
      this.#expect(')');
      break;
    }
    return sides;
  }
}

const TYPES = new Map<string, ElementType>([
  ['f8', 'float64'],
  ['f4', 'float32'],
  ['f2', 'float16'],
  ['i8', 'int64'],
  ['i4', 'int32'],
  ['i2', 'int16'],
  ['i1', 'int8'],
  ['u8', 'uint64'],
  ['u4', 'uint32'],
  ['u2', 'uint16'],
  ['u1', 'uint8'],
  ['b1', 'bool'],
]);

function elementType(descr: string, what: string): { type: ElementType; littleEndian: boolean } {
  const type = TYPES.get(descr.slice(1));
  const order = descr[0];
  const single = type === 'int8' || type === 'uint8' || type === 'bool';
  if (type !== undefined && (order === '<' || order === '>' || (order === '|' && single))) {
    return { type, littleEndian: order !== '>' };
  }
  const kind = KINDS.get(descr[1] ?? '');
  throw new InstanceError(
    '',
    `${what} has dtype ${quote(descr)}${kind === undefined ? '' : ` (${kind})`}; save it as float64: array.astype("float64")`,
  );
}

/** kinds of numpy that are refused, by name */
const KINDS = new Map([
  ['O', 'Python objects'],
  ['U', 'text'],
  ['S', 'bytes'],
  ['V', 'raw records'],
  ['M', 'dates'],
  ['m', 'time spans'],
  ['c', 'complex numbers'],
  ['f', 'a float of another size'],
]);
