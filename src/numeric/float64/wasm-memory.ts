import type { KernelExports } from './assembly-exports.ts';

/** Scratch in the kernels' linear memory: what one call reserves is given back when it ends. */
export class KernelMemory {
  readonly exports: KernelExports;
  readonly #base: number;
  #top: number;

  constructor(exports: KernelExports) {
    this.exports = exports;
    this.#base = Math.ceil(exports.heapBase() / 64) * 64;
    this.#top = this.#base;
  }

  /** Runs one kernel call. Views into the memory are valid until the next `reserve`. Not reentrant. */
  scope<T>(call: () => T): T {
    try {
      return call();
    } finally {
      this.#top = this.#base;
    }
  }

  /** A pointer to `count` float64 numbers, uninitialised. Throws a RangeError beyond the 4 GiB of wasm. */
  reserve(count: number): number {
    const start = this.#top;
    const end = start + Math.ceil((8 * count) / 64) * 64;
    const { memory } = this.exports;
    if (end > memory.buffer.byteLength) {
      const pages = Math.ceil((end - memory.buffer.byteLength) / 65536);
      if (end > 2 ** 32 - 65536) throw new RangeError('the matrices do not fit the 4 GiB of a wasm memory');
      memory.grow(pages);
    }
    this.#top = end;
    return start;
  }

  /** A pointer to a copy of the numbers. */
  copy(values: Float64Array): number {
    const pointer = this.reserve(values.length);
    this.floats(pointer, values.length).set(values);
    return pointer;
  }

  zeros(count: number): number {
    const pointer = this.reserve(count);
    this.floats(pointer, count).fill(0);
    return pointer;
  }

  floats(pointer: number, length: number): Float64Array {
    return new Float64Array(this.exports.memory.buffer, pointer, length);
  }

  integers(pointer: number, length: number): Int32Array {
    return new Int32Array(this.exports.memory.buffer, pointer, length);
  }
}
