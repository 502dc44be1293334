import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InstanceError } from '../../src/instance/error.ts';
import { readNpy } from '../../src/instance/npy.ts';
import { readSafetensors } from '../../src/instance/safetensors.ts';
import type { Tensor } from '../../src/instance/tensor.ts';
import { npy, random, safetensors } from './writers.ts';

/** Files written by numpy 2.4 and safetensors 0.8, with their numbers as exact fractions. */
const folder = join(import.meta.dirname, 'fixtures');
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
interface Expected {
  shape: number[];
  values: string[];
}
const { 'numpy.safetensors': tensors, ...arrays } = JSON.parse(
  readFileSync(join(folder, 'expected.json'), 'utf8'),
) as Record<string, Expected> & { 'numpy.safetensors': Record<string, Expected> };

const shapeAndValues = (tensor: Tensor) => ({
  shape: [...tensor.shape],
  values: tensor.rationals().map(String),
});

describe('npy', () => {
  it.each(Object.entries(arrays))('reads %s', (name, expected) => {
    expect(shapeAndValues(readNpy(bytesOf(name), name))).toEqual(expected);
  });

  it('has fixtures', () => expect(Object.keys(arrays).length).toBeGreaterThan(25));

  it('reads from the middle of a buffer', () => {
    const file = npy([2], [1, 2]);
    const padded = new Uint8Array(file.length + 11);
    padded.set(file, 3);
    expect([...readNpy(padded.subarray(3, 3 + file.length), 'x').floats()]).toEqual([1, 2]);
  });
});

describe('safetensors', () => {
  it.each(Object.entries(tensors))('reads %s', (name, expected) => {
    expect(shapeAndValues(readSafetensors(bytesOf('numpy.safetensors'), name, 'file'))).toEqual(expected);
  });

  it('reads bfloat16', () => {
    const header = new TextEncoder().encode('{"x":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}}');
    const file = new Uint8Array(8 + header.length + 8);
    const view = new DataView(file.buffer);
    view.setBigUint64(0, BigInt(header.length), true);
    file.set(header, 8);
    // 1, −2, 3.140625, the smallest subnormal: the upper halves of their binary32 patterns
    for (const [i, bits] of [0x3f80, 0xc000, 0x4049, 0x0001].entries()) {
      view.setUint16(8 + header.length + 2 * i, bits, true);
    }
    expect(shapeAndValues(readSafetensors(file, 'x', 'file')).values).toEqual([
      '1',
      '-2',
      '201/64',
      `1/${2n ** 133n}`,
    ]);
  });
});

/** Either a tensor of finite numbers, or an InstanceError. */
function settles(read: () => Tensor): boolean {
  try {
    expect(read().floats().every(Number.isFinite)).toBe(true);
    return true;
  } catch (error) {
    if (!(error instanceof InstanceError)) throw error;
    expect(error.message).not.toMatch(/[\p{Cc}\p{Cs}]/u);
    return false;
  }
}

describe('damaged binary files', () => {
  const samples: [string, Uint8Array, number, (bytes: Uint8Array) => Tensor][] = [
    ['npy', npy([2, 3], [1, 2, 3, 4, 5, 6]), 128, (bytes) => readNpy(bytes, 'x.npy')],
    [
      'npy in Fortran order',
      npy([1, 2, 3], [1, 2, 3, 4, 5, 6], { fortran: true, big: true }),
      128,
      (bytes) => readNpy(bytes, 'x.npy'),
    ],
    ['npy 3.0', bytesOf('float64-v3.npy'), 128, (bytes) => readNpy(bytes, 'x.npy')],
    [
      'safetensors',
      safetensors({ a: { shape: [2, 2], values: [1, 2, 3, 4] }, b: { shape: [], values: [5] } }),
      140,
      (bytes) => readSafetensors(bytes, 'a', 'x.safetensors'),
    ],
  ];

  it.each(samples)('%s: every value of every byte of the header', (_, file, header, read) => {
    let accepted = 0;
    let refused = 0;
    for (let at = 0; at < Math.min(header, file.length); at++) {
      for (let value = 0; value < 256; value++) {
        const mutant = file.slice();
        mutant[at] = value;
        if (settles(() => read(mutant))) accepted++;
        else refused++;
      }
    }
    // the byte itself is among its values
    expect(accepted).toBeGreaterThanOrEqual(Math.min(header, file.length));
    expect(refused).toBeGreaterThan(1000);
  });

  it.each(samples)('%s: every truncation is refused', (_, file, __, read) => {
    for (let length = 0; length < file.length; length++) {
      expect(
        settles(() => read(file.slice(0, length))),
        `${length} bytes`,
      ).toBe(false);
    }
    expect(settles(() => read(file))).toBe(true);
  });

  it.each(samples)('%s: 3000 random edits', (_, file, header, read) => {
    const next = random(11);
    for (let run = 0; run < 3000; run++) {
      const bytes = [...file];
      for (let edits = 1 + next(4); edits > 0; edits--) {
        bytes.splice(
          next(header),
          next(3),
          ...Array.from({ length: next(3) }, () => (next(2) ? next(256) : 48 + next(10))),
        );
      }
      settles(() => read(Uint8Array.from(bytes)));
    }
  });
});
