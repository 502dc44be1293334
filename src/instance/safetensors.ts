import { decodeElements, ELEMENT_BYTES, type ElementType, entriesOf, shapeText } from './elements.ts';
import { allOf, InstanceError, quote } from './error.ts';
import { isObject, type JsonObject, type JsonValue, parseJson } from './json.ts';
import { LIMITS } from './limits.ts';
import { suggestion } from './suggest.ts';
import type { Tensor } from './tensor.ts';

/**
 * Reads one tensor of a safetensors file: 8 bytes of little-endian header length, a JSON header, the data. As in the
 * reference implementation the tensors must fill the data without gaps or overlaps; all of them are checked, whichever
 * is wanted. Throws InstanceError.
 */
export function readSafetensors(bytes: Uint8Array, tensor: string, what: string): Tensor {
  const { entries, start } = readHeader(bytes, what);
  const entry = entries.get(tensor);
  if (entry === undefined) {
    const names = [...entries.keys()];
    const known = names.length === 0 ? 'it has none' : `it has ${allOf(names)}`;
    throw new InstanceError(
      '',
      `${what} has no tensor ${quote(tensor)}; ${suggestion(tensor, names, known)}`,
    );
  }
  const type = TYPES.get(entry.dtype);
  if (type === undefined) {
    throw new InstanceError(
      '',
      `${what}: tensor ${quote(tensor)} has dtype ${quote(entry.dtype)}; save it as F64 or F32`,
    );
  }
  return decodeElements(bytes.subarray(start + entry.begin, start + entry.end), type, entry.shape, {
    littleEndian: true,
    what: `${what}: tensor ${quote(tensor)}`,
  });
}

interface Entry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

const TYPES = new Map<string, ElementType>([
  ['F64', 'float64'],
  ['F32', 'float32'],
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
  ['I64', 'int64'],
  ['I32', 'int32'],
  ['I16', 'int16'],
  ['I8', 'int8'],
  ['U64', 'uint64'],
  ['U32', 'uint32'],
  ['U16', 'uint16'],
  ['U8', 'uint8'],
  ['BOOL', 'bool'],
]);

function readHeader(bytes: Uint8Array, what: string): { entries: Map<string, Entry>; start: number } {
  if (bytes.length < 8)
    throw new InstanceError('', `${what} is not a safetensors file; it has only ${bytes.length} bytes`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(LIMITS.safetensorsHeader) || 8n + length > BigInt(bytes.length)) {
    throw new InstanceError(
      '',
      `${what} announces a header of ${length} bytes but has ${bytes.length} bytes; is it a whole safetensors file?`,
    );
  }
  const start = 8 + Number(length);
  const header = parseHeader(bytes.subarray(8, start), what);
  const entries = new Map<string, Entry>();
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') checkMetadata(value, what);
    else entries.set(name, readEntry(name, value, what));
  }
  checkLayout([...entries.values()], bytes.length - start, what);
  return { entries, start };
}

function parseHeader(bytes: Uint8Array, what: string): JsonObject {
  let header: JsonValue;
  try {
    header = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes), 'the header');
  } catch (error) {
    const why =
      error instanceof InstanceError
        ? [error.place, error.fault].filter(Boolean).join(': ')
        : 'not UTF-8 text';
    throw new InstanceError('', `${what} has no valid safetensors header (${why})`);
  }
  if (!isObject(header))
    throw new InstanceError('', `${what} has a safetensors header that is not a JSON object`);
  return header;
}

function checkMetadata(value: JsonValue, what: string): void {
  if (!isObject(value) || Object.values(value).some((entry) => typeof entry !== 'string')) {
    throw new InstanceError('', `${what}: "__metadata__" in the safetensors header must map texts to texts`);
  }
}

function readEntry(name: string, value: JsonValue, what: string): Entry {
  const fail = (fault: string): never => {
    throw new InstanceError('', `${what}: tensor ${quote(name)} ${fault}; write the file again`);
  };
  if (!isObject(value)) return fail('is not described by an object');
  const { dtype, shape, data_offsets: offsets, ...rest } = value;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) return fail(`has the unknown entry ${quote(extra)}`);
  if (typeof dtype !== 'string') return fail('has no "dtype"');
  if (!isSizes(shape) || shape.length > 32) return fail('has no "shape" of whole numbers');
  if (!isSizes(offsets) || offsets.length !== 2) return fail('has no "data_offsets" [begin, end]');
  const [begin, end] = offsets as [number, number];
  if (begin > end) return fail(`has data_offsets that run backwards, ${begin} to ${end}`);
  const type = TYPES.get(dtype);
  const total = entriesOf(shape, `${what}: tensor ${quote(name)}`);
  if (type !== undefined && total * ELEMENT_BYTES[type] !== end - begin) {
    const needed = total * ELEMENT_BYTES[type];
    return fail(`has ${end - begin} bytes of data; shape ${shapeText(shape)} of ${dtype} needs ${needed}`);
  }
  return { name, dtype, shape, begin, end };
}

const isSizes = (value: JsonValue | undefined): value is number[] =>
  Array.isArray(value) && value.every((side) => Number.isSafeInteger(side) && (side as number) >= 0);

/** The tensors cover the data exactly once. */
function checkLayout(entries: readonly Entry[], available: number, what: string): void {
  let reached = 0;
  for (const entry of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (entry.begin !== reached || entry.end > available) {
      const fault =
        entry.end > available
          ? `ends at byte ${entry.end} of ${available}; is the file truncated?`
          : entry.begin < reached
            ? 'overlaps another tensor; write the file again'
            : `leaves ${entry.begin - reached} unused bytes before it; write the file again`;
      throw new InstanceError('', `${what}: tensor ${quote(entry.name)} ${fault}`);
    }
    reached = entry.end;
  }
  if (reached !== available) {
    throw new InstanceError(
      '',
      `${what} has ${available - reached} bytes after its last tensor; write the file again`,
    );
  }
}
