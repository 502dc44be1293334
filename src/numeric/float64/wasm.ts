import type { ModularElimination } from '../../exact/modular-elimination.ts';
import type { KernelExports } from './assembly-exports.ts';
import { bidiagonalSingularValues } from './bidiagonal.ts';
import {
  type DenseKernels,
  equilibrated,
  requireFiniteProduct,
  requireMatrix,
  rescaleR,
  transposed,
} from './kernels.ts';
import { tridiagonalEigenvalues } from './tridiagonal.ts';
import { KernelMemory } from './wasm-memory.ts';

/** The f64x2 kernels, and elimination modulo a prime, which runs on the same units. */
export interface WasmKernels {
  readonly kernels: DenseKernels;
  readonly eliminate: ModularElimination;
}

/** Compiles the kernels. Throws an Error with the reason where they cannot run (no SIMD, or not built). */
export async function loadWasmKernels(): Promise<WasmKernels> {
  const { KERNELS_WASM } = await import('./kernels.generated.ts').catch(() => {
    throw new Error('the kernels were not built (node scripts/build-kernels.mjs)');
  });
  const bytes = Uint8Array.from(atob(KERNELS_WASM), (letter) => letter.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, {
    env: {
      abort: () => {
        throw new Error('wasm kernel: abort');
      },
    },
  });
  const memory = new KernelMemory(instance.exports as unknown as KernelExports);
  return { kernels: denseKernels(memory), eliminate: modularElimination(memory) };
}

const roundUp = (n: number): number => Math.ceil(n / 4) * 4;

function denseKernels(memory: KernelMemory): DenseKernels {
  const { exports } = memory;

  /** A·B where the strides of B say how it lies; the padded product is cropped. */
  const product = (
    A: { values: Float64Array; row: number; col: number },
    B: { values: Float64Array; row: number; col: number },
    m: number,
    k: number,
    n: number,
  ): Float64Array =>
    memory.scope(() => {
      const [mPad, nPad] = [roundUp(m), roundUp(n)];
      const a = memory.copy(A.values);
      const b = B.values === A.values ? a : memory.copy(B.values);
      const scratch = memory.reserve(exports.multiplyScratch(nPad));
      const c = memory.zeros(mPad * nPad);
      exports.multiply(m, k, n, a, A.row, A.col, b, B.row, B.col, c, mPad, nPad, scratch);
      const padded = memory.floats(c, mPad * nPad);
      if (nPad === n) return requireFiniteProduct(padded.slice(0, m * n));
      const result = new Float64Array(m * n);
      for (let i = 0; i < m; i++) result.set(padded.subarray(i * nPad, i * nPad + n), i * n);
      return requireFiniteProduct(result);
    });

  const kernels: DenseKernels = {
    name: 'wasm',

    multiply(A, B, m, k, n) {
      requireMatrix('multiply: A', A, m, k);
      requireMatrix('multiply: B', B, k, n);
      return product({ values: A, row: k, col: 1 }, { values: B, row: n, col: 1 }, m, k, n);
    },

    multiplyTransposed(A, B, m, k, n) {
      requireMatrix('multiplyTransposed: A', A, m, k);
      requireMatrix('multiplyTransposed: B', B, n, k);
      return product({ values: A, row: k, col: 1 }, { values: B, row: 1, col: k }, m, k, n);
    },

    // Entries (i, j) and (j, i) add the same products in the same order, so both are exactly symmetric.
    rowGram(A, m, n) {
      requireMatrix('rowGram', A, m, n);
      return product({ values: A, row: n, col: 1 }, { values: A, row: 1, col: n }, m, n, m);
    },

    columnGram(A, m, n) {
      requireMatrix('columnGram', A, m, n);
      return product({ values: A, row: 1, col: n }, { values: A, row: n, col: 1 }, n, m, n);
    },

    cholesky(A, n) {
      requireMatrix('cholesky', A, n, n);
      return memory.scope(() => {
        const pointer = memory.copy(A);
        if (exports.cholesky(n, pointer) !== 0) return undefined;
        const L = memory.floats(pointer, n * n).slice();
        for (let i = 0; i < n; i++) L.fill(0, i * n + i + 1, (i + 1) * n);
        return L;
      });
    },

    pivotedQR(A, m, n) {
      requireMatrix('pivotedQR', A, m, n);
      const { scaled, scale } = equilibrated(A);
      return memory.scope(() => {
        const steps = Math.min(m, n);
        const factors = memory.copy(transposed(scaled, m, n));
        const tau = memory.zeros(steps);
        const permutation = memory.reserve(Math.ceil(n / 2));
        exports.pivotedQR(m, n, factors, tau, permutation, memory.reserve(n), memory.reserve(n));
        return {
          rows: m,
          cols: n,
          factors: rescaleR(memory.floats(factors, m * n).slice(), m, n, scale),
          tau: memory.floats(tau, steps).slice(),
          permutation: memory.integers(permutation, n).slice(),
        };
      });
    },

    symmetricEigenvalues(A, n) {
      requireMatrix('symmetricEigenvalues', A, n, n);
      const { scaled, scale } = equilibrated(A);
      return memory.scope(() => {
        const pointer = memory.copy(scaled);
        const d = memory.zeros(n);
        const e = memory.zeros(n);
        exports.tridiagonalise(n, pointer, d, e, memory.reserve(n));
        const values = tridiagonalEigenvalues(
          memory.floats(d, n).slice(),
          memory.floats(e, Math.max(0, n - 1)).slice(),
        );
        return values.map((value) => value * scale);
      });
    },

    singularValues(A, m, n) {
      requireMatrix('singularValues', A, m, n);
      if (m < n) return kernels.singularValues(transposed(A, m, n), n, m);
      // Tall matrices: the triangle R has the same singular values (Chan 1982).
      if (m > 1.7 * n) return kernels.singularValues(triangleOf(kernels.pivotedQR(A, m, n)), n, n);
      const { scaled, scale } = equilibrated(A);
      return memory.scope(() => {
        const pointer = memory.copy(transposed(scaled, m, n));
        const d = memory.zeros(n);
        const e = memory.zeros(n);
        exports.bidiagonalise(m, n, pointer, d, e, memory.reserve(n), memory.reserve(m));
        const values = bidiagonalSingularValues(
          memory.floats(d, n).slice(),
          memory.floats(e, Math.max(0, n - 1)).slice(),
        );
        return values.map((value) => value * scale);
      });
    },
  };
  return kernels;
}

/** R (n × n, row-major) of a QR with rows ≥ cols. */
function triangleOf({ rows, cols, factors }: ReturnType<DenseKernels['pivotedQR']>): Float64Array {
  const R = new Float64Array(cols * cols);
  for (let j = 0; j < cols; j++) for (let i = 0; i <= j; i++) R[i * cols + j] = factors[j * rows + i]!;
  return R;
}

function modularElimination(memory: KernelMemory): ModularElimination {
  return (residues, rows, cols, pivotable, prime, reduced) =>
    memory.scope(() => {
      const stride = cols + (cols % 2);
      const pointer = memory.zeros(rows * stride);
      const target = memory.floats(pointer, rows * stride);
      for (let i = 0; i < rows; i++) target.set(residues.subarray(i * cols, (i + 1) * cols), i * stride);
      const order = memory.reserve(Math.ceil(rows / 2));
      const pivots = memory.reserve(Math.ceil(Math.min(rows, cols) / 2));
      memory.integers(order, rows).forEach((_, i, all) => {
        all[i] = i;
      });
      const rank = memory.exports.eliminate(
        pointer,
        rows,
        pivotable,
        stride,
        prime,
        reduced ? 1 : 0,
        order,
        pivots,
      );
      const source = memory.floats(pointer, rows * stride);
      for (let i = 0; i < rows; i++) residues.set(source.subarray(i * stride, i * stride + cols), i * cols);
      return {
        pivotRows: Array.from(memory.integers(order, rank)),
        pivotCols: Array.from(memory.integers(pivots, rank)),
      };
    });
}
