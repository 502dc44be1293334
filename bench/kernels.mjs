import { spawnSync } from 'node:child_process';
import { CholeskyDecomposition, EigenvalueDecomposition, Matrix, QrDecomposition, SVD } from 'ml-matrix';
import { lapackCandidate } from '../dist/src/node/lapack.js';
import { plainKernels } from '../dist/src/numeric/float64/plain.js';
import { wasmCandidate } from '../dist/src/numeric/float64/select.js';
import { fastest, milliseconds, ratio, table, uniform } from './measure.mjs';

const SIZES = [100, 300];
const OPERATIONS = ['multiply', 'Cholesky', 'QR', 'singular values', 'eigenvalues'];

const ours = (kernels, A, S, n) => ({
  multiply: () => kernels.multiply(A, A, n, n, n),
  Cholesky: () => kernels.cholesky(S, n),
  QR: () => kernels.pivotedQR(A, n, n),
  'singular values': () => kernels.singularValues(A, n, n),
  eigenvalues: () => kernels.symmetricEigenvalues(S, n),
});

function mlMatrix(values, symmetric, n) {
  const A = Matrix.from1DArray(n, n, values);
  const S = Matrix.from1DArray(n, n, symmetric);
  return {
    multiply: () => A.mmul(A),
    Cholesky: () => new CholeskyDecomposition(S),
    QR: () => new QrDecomposition(A),
    'singular values': () =>
      new SVD(A, { computeLeftSingularVectors: false, computeRightSingularVectors: false }),
    eigenvalues: () => new EigenvalueDecomposition(S, { assumeSymmetric: true }),
  };
}

const NUMPY = `
import json, sys, time
import numpy as np
def fastest(f):
    f(); best = 1e9; start = time.perf_counter(); k = 0
    while k < 3 or time.perf_counter() - start < 0.5:
        t = time.perf_counter(); f(); best = min(best, time.perf_counter() - t); k += 1
    return 1000 * best
out = {}
for n in json.loads(sys.argv[1]):
    rng = np.random.default_rng(0)
    A = rng.uniform(-1, 1, (n, n)); S = A @ A.T + np.eye(n)
    out[n] = {
        'multiply': fastest(lambda: A @ A), 'Cholesky': fastest(lambda: np.linalg.cholesky(S)),
        'QR': fastest(lambda: np.linalg.qr(A, mode='raw')),
        'singular values': fastest(lambda: np.linalg.svd(A, compute_uv=False)),
        'eigenvalues': fastest(lambda: np.linalg.eigvalsh(S)),
    }
print(json.dumps({'version': np.__version__, 'times': out}))
`;

/** numpy on one thread in its own process, or undefined with the reason. */
function numpy() {
  const { stdout, status, error } = spawnSync('python3', ['-c', NUMPY, JSON.stringify(SIZES)], {
    encoding: 'utf8',
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1', VECLIB_MAXIMUM_THREADS: '1' },
  });
  return status === 0 ? JSON.parse(stdout) : { missing: error ? 'no python3' : 'python3 has no numpy' };
}

/** The float64 kernels against ml-matrix, a system LAPACK and numpy, all on one thread. */
export const kernels = {
  name: 'kernels',
  describes: 'float64 kernels against ml-matrix, the system LAPACK and numpy (one thread)',
  async run() {
    process.env.OPENBLAS_NUM_THREADS = '1';
    const notes = [];
    const wasm = (await wasmCandidate.load()).kernels;
    const lapack = await lapackCandidate.load().then(
      (loaded) => loaded.kernels,
      (error) => {
        notes.push(`lapack: ${error.message}`);
      },
    );
    const python = numpy();
    if (python.missing) notes.push(`numpy: ${python.missing}`);
    else
      notes.push(
        `numpy ${python.version}; its QR does not pivot, ours and LAPACK's do; nor does ml-matrix's`,
      );
    const rows = [];
    for (const n of SIZES) {
      const A = uniform(n * n, 5);
      const S = wasm.rowGram(A, n, n);
      for (let i = 0; i < n; i++) S[i * n + i] += 1;
      const run = {
        wasm: ours(wasm, A, S, n),
        plain: ours(plainKernels, A, S, n),
        lapack: lapack && ours(lapack, A, S, n),
        'ml-matrix': mlMatrix(A, S, n),
      };
      for (const operation of OPERATIONS) {
        const time = Object.fromEntries(
          Object.entries(run).map(([name, all]) => [
            name,
            all && fastest(all[operation], { least: 1, budget: 300 }),
          ]),
        );
        const reference = python.times?.[n]?.[operation];
        rows.push([
          `${operation} ${n}×${n}`,
          milliseconds(time.wasm),
          ratio(time.plain, time.wasm),
          ratio(time['ml-matrix'], time.wasm),
          ratio(time.lapack, time.wasm),
          ratio(reference, time.wasm),
          ratio(time.wasm, time.lapack),
          ratio(time.wasm, reference),
        ]);
      }
    }
    const header = [
      'operation',
      'wasm',
      'plain',
      'ml-matrix',
      'lapack',
      'numpy',
      'wasm to lapack',
      'wasm to numpy',
    ];
    return [
      table(header, rows),
      'Times of the others are in units of the wasm kernels; the last two columns turn that around.',
      ...notes,
    ].join('\n');
  },
};
