import { type Expected, fitShape, tensorOfJson } from './array.ts';
import { type CsvOptions, type CsvTable, readCsv, readCsvTable } from './csv.ts';
import { InstanceError, quote, ResourceError } from './error.ts';
import { decodeText, isObject, type JsonObject, type JsonValue } from './json.ts';
import { LIMITS } from './limits.ts';
import { readNpy } from './npy.ts';
import { checkedPath, type ResourceReader } from './resources.ts';
import { readSafetensors } from './safetensors.ts';
import type { Tensor } from './tensor.ts';

/** Turns the arrays of one instance into tensors; every file is read once. */
export class References {
  readonly #reader: ResourceReader;
  readonly #allowOutside: boolean;
  readonly #files = new Map<string, Promise<Uint8Array>>();

  constructor(reader: ResourceReader, allowOutside: boolean) {
    this.#reader = reader;
    this.#allowOutside = allowOutside;
  }

  /** A list in place, or a reference that satisfies the schema. Throws InstanceError. */
  async tensor(value: JsonValue, place: string, expected: Expected): Promise<Tensor> {
    if (!isObject(value)) return tensorOfJson(value, place, expected);
    const path = pathOf(value);
    const what = quote(path);
    const bytes = await this.#read(path, place);
    return within(place, () => {
      const tensor = decode(value, bytes, what);
      return fitShape(tensor, place, what, expected);
    });
  }

  /** The labels of a reference: the cells of a one-column CSV, or the integers of another file. */
  async labels(value: JsonObject, place: string): Promise<Tensor | CsvTable> {
    const path = pathOf(value);
    const bytes = await this.#read(path, place);
    return within(place, () => {
      const what = quote(path);
      if (value.csv === undefined) return decode(value, bytes, what);
      const table = readCsvTable(decodeText(bytes, what, true), csvOptions(value), what);
      if (table.columns === 1) return table;
      throw new InstanceError('', `${what} gives ${table.columns} columns; name one, "columns": ["label"]`);
    });
  }

  async #read(written: string, place: string): Promise<Uint8Array> {
    const path = checkedPath(written, place, this.#allowOutside);
    let bytes = this.#files.get(path);
    if (bytes === undefined) {
      bytes = this.#reader.read(path);
      this.#files.set(path, bytes);
    }
    try {
      const found = await bytes;
      if (found.length <= LIMITS.fileBytes) return found;
      throw new ResourceError(`it has more than ${LIMITS.fileBytes / 2 ** 20} MiB`);
    } catch (error) {
      if (!(error instanceof ResourceError)) throw error;
      throw new InstanceError(place, `cannot read ${quote(path)}: ${error.message}`);
    }
  }
}

const pathOf = (reference: JsonObject): string =>
  String(reference.npy ?? reference.csv ?? reference.safetensors ?? '');

function decode(reference: JsonObject, bytes: Uint8Array, what: string): Tensor {
  if (reference.npy !== undefined) return readNpy(bytes, what);
  if (reference.csv !== undefined) return readCsv(decodeText(bytes, what, true), csvOptions(reference), what);
  return readSafetensors(bytes, String(reference.tensor), what);
}

const csvOptions = ({ columns, header, numbers }: JsonObject): CsvOptions => ({
  ...(Array.isArray(columns) && { columns: columns as (string | number)[] }),
  ...(typeof header === 'boolean' && { header }),
  ...((numbers === 'exact' || numbers === 'float64') && { numbers }),
});

/** Faults of a file are reported at the place that refers to it. */
function within<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InstanceError && error.place === '') throw new InstanceError(place, error.fault);
    throw error;
  }
}
