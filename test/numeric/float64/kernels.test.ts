import { describe, expect, test } from 'vitest';
import { Inexpressible } from '../../../src/arithmetic/arithmetic.ts';
import { lapackCandidate } from '../../../src/node/lapack.ts';
import { type DenseKernels, transposed } from '../../../src/numeric/float64/kernels.ts';
import { plainKernels } from '../../../src/numeric/float64/plain.ts';
import {
  applyQ,
  applyQTransposed,
  diagonalOfR,
  projectOntoRange,
  qrNullSpace,
  qrRank,
  solveLeastSquares,
} from '../../../src/numeric/float64/qr.ts';
import { selectKernels, wasmCandidate } from '../../../src/numeric/float64/select.ts';
import { largest, largestDifference, stream, uniform } from '../network/sample-networks.ts';

const wasm = (await wasmCandidate.load()).kernels;
const lapack = await lapackCandidate.load().then(
  ({ kernels }) => kernels,
  (error: Error) => {
    expect(error.message).toMatch(/koffi is not installed|no system LAPACK found/);
    return undefined;
  },
);
const implementations: DenseKernels[] = [plainKernels, wasm, ...(lapack ? [lapack] : [])];

const SHAPES = [
  [0, 0],
  [0, 4],
  [3, 0],
  [1, 1],
  [1, 7],
  [7, 1],
  [2, 2],
  [3, 5],
  [8, 8],
  [13, 4],
  [4, 13],
  [31, 33],
  [49, 49],
  [100, 97],
  [97, 101],
  [130, 20],
] as const;

interface Sample {
  readonly name: string;
  readonly A: Float64Array;
  readonly m: number;
  readonly n: number;
}

/** Random, rank-deficient, badly scaled (rows and columns, and as a whole), zero, and with repeated columns. */
const samples: Sample[] = SHAPES.flatMap(([m, n], k) => {
  const random = stream(100 + k);
  const full = uniform(m * n, random);
  const r = Math.max(1, Math.floor(Math.min(m, n) / 2));
  const deficient = plainKernels.multiply(uniform(m * r, random), uniform(r * n, random), m, r, n);
  const columns = uniform(n, random).map((value) => 10 ** Math.round(8 * value));
  return [
    { name: 'random', A: full },
    { name: 'deficient', A: deficient },
    { name: 'columns scaled', A: full.map((value, i) => value * columns[i % n]!) },
    { name: '1e200', A: deficient.map((value) => value * 1e200) },
    { name: '1e-250', A: full.map((value) => value * 1e-250) },
    { name: 'zero', A: new Float64Array(m * n) },
    { name: 'one column repeated', A: full.map((_, i) => full[i - (i % n)]!) },
    // downdated column norms lose all their digits after the first step
    {
      name: 'nearly one column',
      A: full.map((value, i) => full[i - (i % n)]! + 1e-10 * columns[i % n]! * value),
    },
    { name: 'sparse', A: full.map((value, i) => (i % 3 === 0 ? value : 0)) },
  ].map(({ name, A }) => ({ name: `${name} ${m}×${n}`, A, m, n }));
});

const EPS = 2 ** -52;

describe.each(implementations.map((kernels) => ({ name: kernels.name, kernels })))('$name', ({ kernels }) => {
  test('products agree with the plain ones to the rounding of a sum', () => {
    for (const { A, m, n } of samples.filter(({ name }) => !name.startsWith('1e'))) {
      const random = stream(m + n);
      for (const p of [0, 1, 3, 6, 64]) {
        const B = uniform(n * p, random);
        const bound = 4 * (n + 1) * EPS * (largest(A) * largest(B) * Math.max(n, 1));
        const C = plainKernels.multiply(A, B, m, n, p);
        expect(largestDifference(kernels.multiply(A, B, m, n, p), C)).toBeLessThanOrEqual(bound);
        expect(
          largestDifference(kernels.multiplyTransposed(A, transposed(B, n, p), m, n, p), C),
        ).toBeLessThanOrEqual(bound);
      }
      for (const [K, size] of [
        [kernels.rowGram(A, m, n), m],
        [kernels.columnGram(A, m, n), n],
      ] as const) {
        const expected = size === m ? plainKernels.rowGram(A, m, n) : plainKernels.columnGram(A, m, n);
        if (m !== n)
          expect(largestDifference(K, expected)).toBeLessThanOrEqual(
            4 * (m + n) * EPS * (largest(A) ** 2 * (m + n)),
          );
        expect(K.length).toBe(size * size);
        expect(largestDifference(transposed(K, size, size), K)).toBe(0);
      }
    }
  });

  test('a long product crosses the blocks of the packed kernel', () => {
    for (const [m, k, n] of [
      [101, 600, 7],
      [5, 257, 98],
      [97, 256, 4],
    ] as const) {
      const random = stream(k);
      const [A, B] = [uniform(m * k, random), uniform(k * n, random)];
      const C = plainKernels.multiply(A, B, m, k, n);
      expect(largestDifference(kernels.multiply(A, B, m, k, n), C)).toBeLessThan(k * k * EPS);
    }
  });

  test('Cholesky: L·Lᵀ = A, and indefinite matrices are told', () => {
    for (const n of [0, 1, 2, 3, 47, 48, 49, 95, 97, 150]) {
      const random = stream(n + 1);
      const B = uniform(n * (n + 3), random);
      const A = plainKernels.rowGram(B, n, n + 3);
      const L = kernels.cholesky(A, n)!;
      expect(largestDifference(plainKernels.rowGram(L, n, n), A)).toBeLessThanOrEqual(
        4 * (n + 3) * EPS * (largest(A) + 0),
      );
      expect(L.every((value, k) => k % n <= Math.floor(k / n) || value === 0)).toBe(true);
      if (n === 0) continue;
      for (const k of new Set([0, n >> 1, n - 1])) {
        const broken = A.slice();
        broken[k * n + k] = -1e-3;
        expect(kernels.cholesky(broken, n)).toBeUndefined();
      }
    }
  });

  test.each(samples)('pivoted QR of $name', ({ A, m, n }) => {
    const qr = kernels.pivotedQR(A, m, n);
    const size = largest(A);
    const norm = size * Math.sqrt(m * n + 1);
    // A·P = Q·R, column by column
    let worst = 0;
    for (let k = 0; k < n; k++) {
      const column = new Float64Array(m);
      for (let i = 0; i <= Math.min(k, m - 1); i++) column[i] = qr.factors[k * m + i]!;
      const back = applyQ(qr, column);
      const original = Float64Array.from({ length: m }, (_, i) => A[i * n + qr.permutation[k]!]!);
      worst = Math.max(worst, largestDifference(back, original));
    }
    expect(worst).toBeLessThanOrEqual(8 * (m + n) * EPS * norm);
    expect(Array.from(qr.permutation).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, k) => k));
    const diagonal = diagonalOfR(qr);
    for (let k = 1; k < diagonal.length; k++) {
      const bound = diagonal[k - 1]! * (1 + 1e-6) + 8 * (m + n) * EPS * norm;
      if (!(diagonal[k]! <= bound)) expect.fail(`|R_${k}${k}| = ${diagonal[k]} is above ${bound}`);
    }
    const v = uniform(m, stream(3));
    expect(largestDifference(applyQ(qr, applyQTransposed(qr, v)), v)).toBeLessThanOrEqual(8 * (m + n) * EPS);
  });

  test('rank, least squares and null space by pivoted QR', () => {
    const chosen = samples.filter(
      ({ name, m, n }) => /^(random|deficient|one column)/.test(name) && m * n > 0,
    );
    expect(chosen.length).toBeGreaterThan(30);
    for (const { name, A, m, n } of chosen) {
      const qr = kernels.pivotedQR(A, m, n);
      const smaller = Math.min(m, n);
      const rank = qrRank(qr);
      expect(rank).toBe(
        name.startsWith('random')
          ? smaller
          : name.startsWith('one')
            ? 1
            : Math.max(1, Math.floor(smaller / 2)),
      );
      const b = uniform(m, stream(11));
      const x = solveLeastSquares(qr, b);
      const residual = plainKernels.multiply(A, x, m, n, 1).map((value, i) => value - b[i]!);
      const gradient = plainKernels.multiply(residual, A, 1, m, n);
      expect(largest(gradient)).toBeLessThan(1e-8);
      const projected = projectOntoRange(qr, b);
      expect(
        largestDifference(
          projected,
          residual.map((value, i) => value + b[i]!),
        ),
      ).toBeLessThan(1e-8);
      for (const vector of qrNullSpace(qr)) {
        expect(largest(plainKernels.multiply(A, vector, m, n, 1))).toBeLessThan(1e-9 * (1 + largest(vector)));
      }
      expect(qrNullSpace(qr).length).toBe(n - rank);
    }
  });

  test.each(samples)('singular values of $name', ({ A, m, n }) => {
    const values = kernels.singularValues(A, m, n);
    expect(values.length).toBe(Math.min(m, n));
    expect(Array.from(values)).toEqual([...values].sort((a, b) => b - a));
    const bound = 30 * (m + n) * EPS * (values[0] ?? 0);
    expect(largestDifference(values, plainKernels.singularValues(A, m, n))).toBeLessThanOrEqual(bound);
    // Σσ² = ‖A‖_F², in units of the largest entry
    const unit = largest(A) || 1;
    const squares = A.reduce((sum, value) => sum + (value / unit) ** 2, 0);
    const sum = values.reduce((total, value) => total + (value / unit) ** 2, 0);
    expect(Math.abs(sum - squares)).toBeLessThanOrEqual(30 * (m + n) * EPS * squares);
  });

  test('eigenvalues: against the plain ones, the trace, and singular values of a Gram matrix', () => {
    for (const { A, m, n } of samples.filter(({ name }) => !name.startsWith('1e'))) {
      const K = plainKernels.rowGram(A, m, n);
      for (let i = 0; i < m; i++) K[i * m + i] = K[i * m + i]! - (i % 2) * 3 * largest(K); // indefinite
      const values = kernels.symmetricEigenvalues(K, m);
      const bound = 30 * (m + 1) * EPS * Math.max(largest(values), largest(K));
      expect(largestDifference(values, plainKernels.symmetricEigenvalues(K, m))).toBeLessThanOrEqual(bound);
      let trace = 0;
      for (let i = 0; i < m; i++) trace += K[i * m + i]!;
      expect(Math.abs(values.reduce((sum, value) => sum + value, 0) - trace)).toBeLessThanOrEqual(m * bound);
      const singular = plainKernels.singularValues(K, m, m);
      const magnitudes = values.map(Math.abs).sort().reverse();
      expect(largestDifference(singular, magnitudes)).toBeLessThanOrEqual(bound);
    }
  });

  test('known values: the second difference matrix, Hilbert, Kahan', () => {
    const n = 40;
    const T = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      T[i * n + i] = 2;
      if (i > 0) T[i * n + i - 1] = T[(i - 1) * n + i] = -1;
    }
    const exact = Float64Array.from(
      { length: n },
      (_, k) => 4 * Math.sin(((k + 1) * Math.PI) / (2 * (n + 1))) ** 2,
    );
    expect(largestDifference(kernels.symmetricEigenvalues(T, n), exact)).toBeLessThan(1e-13);
    expect(largestDifference(kernels.singularValues(T, n, n), exact.slice().reverse())).toBeLessThan(1e-13);
    const H = Float64Array.from({ length: 64 }, (_, k) => 1 / (Math.floor(k / 8) + (k % 8) + 1));
    const singular = kernels.singularValues(H, 8, 8);
    expect(singular[0]).toBeCloseTo(1.6959389969219498, 13);
    expect(Math.abs(singular[7]! - 1.1115389663e-10)).toBeLessThan(1e-15);
  });

  test('NaN, infinity and wrong lengths are refused', () => {
    const bad = Float64Array.of(1, 2, Number.NaN, 4);
    const infinite = Float64Array.of(1, Number.POSITIVE_INFINITY, 3, 4);
    for (const A of [bad, infinite]) {
      expect(() => kernels.multiply(A, A, 2, 2, 2)).toThrow(Inexpressible);
      expect(() => kernels.multiplyTransposed(A, A, 2, 2, 2)).toThrow(Inexpressible);
      expect(() => kernels.rowGram(A, 2, 2)).toThrow(Inexpressible);
      expect(() => kernels.columnGram(A, 2, 2)).toThrow(Inexpressible);
      expect(() => kernels.cholesky(A, 2)).toThrow(Inexpressible);
      expect(() => kernels.pivotedQR(A, 2, 2)).toThrow(Inexpressible);
      expect(() => kernels.symmetricEigenvalues(A, 2)).toThrow(Inexpressible);
      expect(() => kernels.singularValues(A, 2, 2)).toThrow(Inexpressible);
    }
    const huge = new Float64Array(4).fill(1e200);
    const mixed = Float64Array.of(1e200, -1e200, 1e200, -1e200);
    expect(() => kernels.multiply(huge, huge, 2, 2, 2)).toThrow(Inexpressible);
    expect(() => kernels.multiplyTransposed(huge, mixed, 2, 2, 2)).toThrow(Inexpressible);
    expect(() => kernels.rowGram(mixed, 2, 2)).toThrow(Inexpressible);
    expect(() => kernels.columnGram(mixed, 2, 2)).toThrow(Inexpressible);
    expect(() => kernels.multiply(new Float64Array(3), new Float64Array(4), 2, 2, 2)).toThrow(RangeError);
    expect(() => kernels.singularValues(new Float64Array(3), -1, -3)).toThrow(RangeError);
  });
});

describe('selection', () => {
  test('wasm by default; a candidate that fails leaves its reason', async () => {
    const chosen = await selectKernels();
    expect(chosen.kernels.name).toBe('wasm');
    expect(chosen.unavailable).toEqual([]);
    const failing = { name: 'lapack', load: () => Promise.reject(new Error('not here')) } as const;
    const fallback = await selectKernels([failing]);
    expect(fallback.kernels.name).toBe('plain');
    expect(fallback.unavailable).toEqual([{ name: 'lapack', reason: 'not here' }]);
    expect((await selectKernels([failing, wasmCandidate])).kernels.name).toBe('wasm');
  });
});
