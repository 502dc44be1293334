/** Writers of npy and safetensors files, for tests: small and independent of the readers. */

export interface NpyOptions {
  readonly big?: boolean;
  readonly fortran?: boolean;
}

/** float64 npy 1.0 */
export function npy(
  shape: readonly number[],
  values: readonly number[],
  options: NpyOptions = {},
): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const descr = options.big ? '>f8' : '<f8';
  const dictionary = `{'descr': '${descr}', 'fortran_order': ${options.fortran ? 'True' : 'False'}, 'shape': ${tuple}, }`;
  const length = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10;
  const bytes = new Uint8Array(10 + length + 8 * values.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  view.setUint16(8, length, true);
  bytes.set(new TextEncoder().encode(`${dictionary.padEnd(length - 1)}\n`), 10);
  for (let i = 0; i < values.length; i++) {
    const at = options.fortran ? columnMajor(i, shape) : i;
    view.setFloat64(10 + length + 8 * at, values[i]!, !options.big);
  }
  return bytes;
}

/** the position of row-major entry i in column-major storage, from its indices */
function columnMajor(i: number, shape: readonly number[]): number {
  let at = 0;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const stride = shape.slice(0, axis).reduce((product, side) => product * side, 1);
    at += (i % shape[axis]!) * stride;
    i = Math.floor(i / shape[axis]!);
  }
  return at;
}

/** float64 safetensors */
export function safetensors(
  tensors: Readonly<Record<string, { shape: readonly number[]; values: readonly number[] }>>,
): Uint8Array {
  const header: Record<string, unknown> = {};
  let end = 0;
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    header[name] = { dtype: 'F64', shape, data_offsets: [end, end + 8 * values.length] };
    end += 8 * values.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  let at = 8 + text.length;
  for (const { values } of Object.values(tensors)) {
    for (const value of values) {
      view.setFloat64(at, value, true);
      at += 8;
    }
  }
  return bytes;
}

/** exact decimals, one line per row */
export function csv(columns: readonly string[], rows: readonly (readonly (number | string)[])[]): Uint8Array {
  return new TextEncoder().encode([columns, ...rows].map((row) => `${row.join(',')}\r\n`).join(''));
}

/** A seeded generator of integers below `bound` (mulberry32). */
export function random(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * bound);
  };
}
