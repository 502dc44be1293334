import { readFileSync } from 'node:fs';
import {
  type DenseKernels,
  equilibrated,
  requireFiniteProduct,
  requireMatrix,
  rescaleR,
  transposed,
} from '../numeric/float64/kernels.ts';
import type { KernelCandidate } from '../numeric/float64/select.ts';

/** Shared libraries with the Fortran interface of BLAS and LAPACK, as systems name them. */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  linux: ['libopenblas.so.0', 'libopenblas.so', 'liblapack.so.3'],
  darwin: ['/System/Library/Frameworks/Accelerate.framework/Accelerate', 'libopenblas.dylib'],
  win32: ['libopenblas.dll', 'openblas.dll'],
};

/** A system LAPACK through koffi. Optional: `load` throws an Error that says what is missing. */
export const lapackCandidate: KernelCandidate = {
  name: 'lapack',
  load: async () => ({ kernels: lapackKernels(await openLapack()) }),
};

interface Lapack {
  readonly library: string;
  /** calls a Fortran subroutine; every argument is passed by reference, as Fortran has it */
  call(name: Subroutine, ...args: readonly (string | number | Float64Array | Int32Array)[]): void;
}

/** c: character, i: integer, d: array of double precision, n: array of integers. INFO is the caller's array. */
const SUBROUTINES = {
  dgemm: 'cciiisdidisdi',
  dpotrf: 'cidin',
  dgeqp3: 'iidinddin',
  dsyevd: 'ccididdinin',
  dgesdd: 'ciididdididinn',
} as const;
type Subroutine = keyof typeof SUBROUTINES;

const TYPES: Readonly<Record<string, string>> = {
  c: 'const char *',
  i: 'int *',
  s: 'double *',
  d: 'double *',
  n: 'int *',
};

async function openLapack(): Promise<Lapack> {
  const { default: koffi } = await import('koffi').catch(() => {
    throw new Error('the optional package koffi is not installed');
  });
  const names = LIBRARIES[process.platform] ?? [];
  for (const library of names) {
    const lapack = withSettings(() => {
      try {
        const opened = koffi.load(library);
        const functions = new Map(
          Object.entries(SUBROUTINES).map(([name, signature]) => {
            const types = [...signature].map((letter) => TYPES[letter]!);
            return [name, opened.func(`${name}_`, 'void', types)];
          }),
        );
        const call: Lapack['call'] = (name, ...args) => {
          const signature = SUBROUTINES[name];
          const passed = args.map((value, k) =>
            typeof value !== 'number'
              ? value
              : signature[k] === 's'
                ? Float64Array.of(value)
                : Int32Array.of(value),
          );
          functions.get(name)!(...passed);
        };
        return { library, call };
      } catch {
        return undefined;
      }
    });
    if (lapack && multipliesRightly(lapack)) return lapack;
  }
  throw new Error(`no system LAPACK found (looked for ${names.join(', ') || 'none on this platform'})`);
}

/** A library built with 64-bit integers would misread every dimension. */
function multipliesRightly(lapack: Lapack): boolean {
  const C = lapackKernels(lapack).multiply(Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6), 1, 3, 1);
  return C[0] === 32;
}

/**
 * What OpenBLAS reads when it is loaded, given for that moment only; a user's own settings are left alone. One thread,
 * so that the same machine gives the same rounding every time; and the core type, since some builds do not know newer
 * processors and fall back to kernels without AVX.
 */
function withSettings<T>(load: () => T): T {
  const settings = { OPENBLAS_NUM_THREADS: '1', OPENBLAS_CORETYPE: coreTypeOfProcessor() };
  const given = Object.entries(settings).filter(
    ([name, value]) => value !== undefined && process.env[name] === undefined,
  );
  for (const [name, value] of given) process.env[name] = value;
  try {
    return load();
  } finally {
    for (const [name] of given) delete process.env[name];
  }
}

function coreTypeOfProcessor(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  try {
    const flags = new Set(
      (/^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? '').split(' '),
    );
    if (['avx512f', 'avx512vl', 'avx512dq', 'avx512bw'].every((flag) => flags.has(flag))) return 'SkylakeX';
    return flags.has('avx2') && flags.has('fma') ? 'Haswell' : undefined;
  } catch {
    return undefined;
  }
}

function lapackKernels({ call, library }: Lapack): DenseKernels {
  /** Row-major op(A)·op(B) is column-major op(B)ᵀ·op(A)ᵀ: the arguments swap places. */
  const product = (
    A: Float64Array,
    B: Float64Array,
    transposeB: boolean,
    m: number,
    k: number,
    n: number,
  ): Float64Array => {
    const C = new Float64Array(m * n);
    if (m === 0 || n === 0 || k === 0) return C;
    call('dgemm', transposeB ? 'T' : 'N', 'N', n, m, k, 1, B, transposeB ? k : n, A, k, 0, C, n);
    return requireFiniteProduct(C);
  };
  const required = (name: string, info: Int32Array): void => {
    if (info[0] !== 0) throw new Error(`${library}: ${name} returned ${info[0]}`);
  };

  const kernels: DenseKernels = {
    name: 'lapack',

    multiply(A, B, m, k, n) {
      requireMatrix('multiply: A', A, m, k);
      requireMatrix('multiply: B', B, k, n);
      return product(A, B, false, m, k, n);
    },

    multiplyTransposed(A, B, m, k, n) {
      requireMatrix('multiplyTransposed: A', A, m, k);
      requireMatrix('multiplyTransposed: B', B, n, k);
      return product(A, B, true, m, k, n);
    },

    rowGram(A, m, n) {
      requireMatrix('rowGram', A, m, n);
      const C = product(A, A, true, m, n, m);
      for (let i = 0; i < m; i++) for (let j = 0; j < i; j++) C[j * m + i] = C[i * m + j]!;
      return C;
    },

    columnGram(A, m, n) {
      requireMatrix('columnGram', A, m, n);
      return kernels.rowGram(transposed(A, m, n), n, m);
    },

    cholesky(A, n) {
      requireMatrix('cholesky', A, n, n);
      const L = A.slice();
      const info = new Int32Array(1);
      if (n > 0) call('dpotrf', 'U', n, L, n, info); // the upper triangle of the transpose is the lower one here
      if (info[0]! < 0) required('dpotrf', info);
      if (info[0] !== 0) return undefined;
      for (let i = 0; i < n; i++) L.fill(0, i * n + i + 1, (i + 1) * n);
      return L;
    },

    pivotedQR(A, m, n) {
      requireMatrix('pivotedQR', A, m, n);
      const { scaled, scale } = equilibrated(A);
      const factors = transposed(scaled, m, n);
      const tau = new Float64Array(Math.min(m, n));
      const permutation = new Int32Array(n);
      if (m > 0 && n > 0) {
        const info = new Int32Array(1);
        const work = new Float64Array(2 * n + (n + 1) * 64);
        call('dgeqp3', m, n, factors, m, permutation, tau, work, work.length, info);
        required('dgeqp3', info);
        for (let j = 0; j < n; j++) permutation[j] = permutation[j]! - 1;
      } else for (let j = 0; j < n; j++) permutation[j] = j;
      return { rows: m, cols: n, factors: rescaleR(factors, m, n, scale), tau, permutation };
    },

    symmetricEigenvalues(A, n) {
      requireMatrix('symmetricEigenvalues', A, n, n);
      const values = new Float64Array(n);
      if (n === 0) return values;
      const { scaled, scale } = equilibrated(A);
      const info = new Int32Array(1);
      const work = new Float64Array(2 * n + 1 + 64 * n);
      call('dsyevd', 'N', 'U', n, scaled, n, values, work, work.length, new Int32Array(1), 1, info);
      required('dsyevd', info);
      return values.map((value) => value * scale);
    },

    singularValues(A, m, n) {
      requireMatrix('singularValues', A, m, n);
      const smaller = Math.min(m, n);
      const values = new Float64Array(smaller);
      if (smaller === 0) return values;
      const { scaled, scale } = equilibrated(A);
      const info = new Int32Array(1);
      const none = new Float64Array(1);
      const work = new Float64Array(3 * smaller + Math.max(m + n, 7 * smaller) + 64 * (m + n));
      // A row-major is its transpose column-major, which has the same singular values.
      call(
        'dgesdd',
        'N',
        n,
        m,
        scaled,
        n,
        values,
        none,
        1,
        none,
        1,
        work,
        work.length,
        new Int32Array(8 * smaller),
        info,
      );
      required('dgesdd', info);
      return values.map((value) => value * scale);
    },
  };
  return kernels;
}
