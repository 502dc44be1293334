import { type Matrix, matrix } from '../../src/exact/linear-algebra.ts';
import { Rational } from '../../src/kernel/rational.ts';

export const q = (p: number | bigint, d: number | bigint = 1): Rational => new Rational(BigInt(p), BigInt(d));

/** A deterministic stream of numbers in [0, 1). */
export function stream(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

export type Entry = (random: () => number) => Rational;
export const smallInteger: Entry = (random) => q(Math.floor(random() * 7) - 3);
export const fraction: Entry = (random) => q(Math.floor(random() * 41) - 20, 1 + Math.floor(random() * 12));
export const dyadic: Entry = (random) =>
  Rational.fromNumber((random() - 0.5) * 2 ** Math.floor(random() * 40 - 20));

export const randomVector = (n: number, random: () => number, entry: Entry): Rational[] =>
  Array.from({ length: n }, () => entry(random));

export const randomMatrix = (rows: number, cols: number, random: () => number, entry: Entry): Matrix =>
  matrix(rows, cols, randomVector(rows * cols, random, entry));

export function product(A: Matrix, B: Matrix): Matrix {
  return matrix(
    A.rows,
    B.cols,
    Array.from({ length: A.rows * B.cols }, (_, k) => {
      let sum = Rational.zero;
      for (let l = 0; l < A.cols; l++) {
        const left = A.entries[Math.floor(k / B.cols) * A.cols + l]!;
        sum = sum.add(left.mul(B.entries[l * B.cols + (k % B.cols)]!));
      }
      return sum;
    }),
  );
}

/** The textbook elimination over Q: the slow referee of the tests. */
export function referenceRank(A: Matrix): number {
  const rows = Array.from({ length: A.rows }, (_, i) => A.entries.slice(i * A.cols, (i + 1) * A.cols));
  let r = 0;
  for (let c = 0; c < A.cols && r < A.rows; c++) {
    const k = rows.findIndex((row, i) => i >= r && !row[c]!.isZero);
    if (k < 0) continue;
    [rows[k], rows[r]] = [rows[r]!, rows[k]!];
    for (let i = r + 1; i < A.rows; i++) {
      const factor = rows[i]![c]!.div(rows[r]![c]!);
      rows[i] = rows[i]!.map((entry, j) => entry.sub(factor.mul(rows[r]![j]!)));
    }
    r++;
  }
  return r;
}

export const hilbert = (n: number): Matrix =>
  matrix(
    n,
    n,
    Array.from({ length: n * n }, (_, k) => q(1, Math.floor(k / n) + (k % n) + 1)),
  );

/** Kahan's matrix with c = 3/5, s = 4/5: det = s^(n(n−1)/2). */
export const kahan = (n: number): Matrix =>
  matrix(
    n,
    n,
    Array.from({ length: n * n }, (_, k) => {
      const i = Math.floor(k / n);
      const j = k % n;
      const scale = q(4, 5).pow(i);
      return j < i ? Rational.zero : j === i ? scale : scale.mul(q(-3, 5));
    }),
  );
