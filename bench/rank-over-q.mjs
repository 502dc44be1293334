import { spawnSync } from 'node:child_process';
import { matrix, nullSpace, rank } from '../dist/src/exact/linear-algebra.js';
import { Rational } from '../dist/src/kernel/rational.js';
import { ratio, table, uniform } from './measure.mjs';

const SIZES = [200, 500, 1000];
/** dimension of the null space */
const NULLITY = 5;
/** of each other program, in seconds; beyond it there is no figure */
const LIMIT = 200;
const DEFAULTS = ['parisizemax=4G', 'nbthreads=1'];

/** n×n integers of rank n − 5: a product of two matrices of entries −3 … 3. */
function deficient(n) {
  const r = n - NULLITY;
  const [U, V] = [n, n + 1].map((seed) =>
    uniform(n * r, seed).map((value) => Math.floor((value + 1) * 3.5) - 3),
  );
  const C = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < r; k++) {
      const u = U[i * r + k];
      if (u === 0) continue;
      for (let j = 0; j < n; j++) C[i * n + j] += u * V[k * n + j];
    }
  }
  return C;
}

/** Seconds of processor time, which a busy machine does not stretch. */
function processorTime(run) {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const rows = (C, n) => Array.from({ length: n }, (_, i) => C.subarray(i * n, (i + 1) * n).join(','));

/** matrank and matker over Q, in gp's own processor time. */
function pari(C, n) {
  const script = `M=[${rows(C, n).join(';')}];t=getabstime();r=matrank(M);print((getabstime()-t)/1000.);t=getabstime();K=matker(M);print((getabstime()-t)/1000.);print(r," ",#K)\nquit\n`;
  return answers(
    spawnSync('gp', ['-q', '-f', ...DEFAULTS.flatMap((each) => ['--default', each])], {
      input: script,
      encoding: 'utf8',
      timeout: LIMIT * 1000,
    }),
    n,
  );
}

/** fmpz_mat_rank and fmpz_mat_nullspace, through python-flint. */
function flint(C, n) {
  const script = `import sys, time
from flint import fmpz_mat
M = fmpz_mat([[int(x) for x in line.split(',')] for line in sys.stdin.read().split()])
t = time.process_time(); r = M.rank(); print(time.process_time() - t)
t = time.process_time(); N, k = M.nullspace(); print(time.process_time() - t)
print(r, k)`;
  const python = process.env.PYTHON ?? 'python3';
  return answers(
    spawnSync(python, ['-c', script], {
      input: rows(C, n).join('\n'),
      encoding: 'utf8',
      timeout: LIMIT * 1000,
    }),
    n,
  );
}

/** [rank, null space] in seconds; undefined where the program is missing, ran out of time, or answers something else. */
function answers({ status, stdout }, n) {
  if (status !== 0) return undefined;
  const [first, second, sizes] = stdout.trim().split('\n');
  return sizes === `${n - NULLITY} ${NULLITY}` ? [Number(first), Number(second)] : undefined;
}

const seconds = (value) => `${value.toFixed(2)} s`;

/** Certified rank and null space of dense integer matrices over Q against PARI and FLINT. */
export function overQ(eliminate) {
  const missing = new Set();
  const lines = SIZES.flatMap((n) => {
    const C = deficient(n);
    const A = matrix(
      n,
      n,
      Array.from(C, (value) => Rational.fromNumber(value)),
    );
    const own = [rank, nullSpace].map((compute) => processorTime(() => compute(A, { eliminate })));
    const others = Object.entries({ PARI: pari(C, n), FLINT: flint(C, n) });
    for (const [name, found] of others) if (!found) missing.add(name);
    return ['rank', 'null space'].map((what, k) => [
      `${what}, ${n}×${n}`,
      seconds(own[k]),
      ...others.map(([, found]) => ratio(own[k], found?.[k])),
    ]);
  });
  return [
    table([`over Q, rank n − ${NULLITY}, processor time`, 'everymin', 'to PARI', 'to FLINT'], lines),
    ...(missing.size > 0
      ? [
          `no figure: not installed, or over ${LIMIT} s: ${[...missing].join(', ')} (PYTHON names a Python that has python-flint)`,
        ]
      : []),
  ].join('\n');
}
