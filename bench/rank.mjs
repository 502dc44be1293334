import { spawnSync } from 'node:child_process';
import { rank as exactRank, matrix, nullSpace } from '../dist/src/exact/linear-algebra.js';
import { eliminateModular } from '../dist/src/exact/modular-elimination.js';
import { modularPrime } from '../dist/src/exact/modular-prime.js';
import { Rational } from '../dist/src/kernel/rational.js';
import { selectKernels } from '../dist/src/numeric/float64/select.js';
import { fastest, milliseconds, ratio, table, uniform } from './measure.mjs';
import { overQ } from './rank-over-q.mjs';

const SIZES = [200, 500, 1000];
const PRIME = modularPrime(0);

/** Milliseconds that gp needs for matrank of a random matrix mod p of each size; undefined without gp. */
function pari() {
  const script = SIZES.map(
    (n) =>
      `M=matrix(${n},${n},i,j,Mod(random(${PRIME}),${PRIME}));t=getabstime();k=0;while(k<1||getabstime()-t<300,r=matrank(M);k++);print((getabstime()-t)/k*1.);`,
  ).join('\n');
  const { stdout, status } = spawnSync('gp', ['-q', '-f', '--default', 'parisizemax=2G'], {
    input: `${script}\nquit\n`,
    encoding: 'utf8',
  });
  if (status !== 0) return undefined;
  const times = stdout.trim().split('\n').map(Number);
  return times.length === SIZES.length && times.every((time) => time > 0) ? times : undefined;
}

const hilbert = (n) =>
  matrix(
    n,
    n,
    Array.from({ length: n * n }, (_, k) => new Rational(1n, BigInt(Math.floor(k / n) + (k % n) + 1))),
  );

const kahan = (n) =>
  matrix(
    n,
    n,
    Array.from({ length: n * n }, (_, k) => {
      const [i, j] = [Math.floor(k / n), k % n];
      const scale = new Rational(4n, 5n).pow(i);
      return j < i ? Rational.zero : j === i ? scale : scale.mul(new Rational(-3n, 5n));
    }),
  );

/** m × n of rank r over Q, its entries sums of products of float64 numbers. */
function dyadic(m, n, r) {
  const [U, V] = [uniform(m * r, 3), uniform(r * n, 4)].map((all) =>
    Array.from(all, (x) => Rational.fromNumber(x)),
  );
  return matrix(
    m,
    n,
    Array.from({ length: m * n }, (_, k) => {
      let sum = Rational.zero;
      for (let l = 0; l < r; l++) sum = sum.add(U[Math.floor(k / n) * r + l].mul(V[l * n + (k % n)]));
      return sum;
    }),
  );
}

/** Elimination mod p < 2²⁶ against PARI, and the certified rank over Q. */
export const rank = {
  name: 'rank',
  describes:
    'exact rank mod p and over Q, and null spaces, against PARI/GP and FLINT where they are installed',
  async run() {
    const { eliminate } = await selectKernels();
    const reference = pari();
    const modular = SIZES.map((n, k) => {
      const residues = uniform(n * n, n).map((value) => Math.floor(((value + 1) / 2) * PRIME));
      const time = (method) => fastest(() => method(residues.slice(), n, n, n, PRIME, false), { least: 1 });
      const wasm = time(eliminate);
      const pariTime = reference?.[k];
      return [
        `mod p, ${n}×${n}`,
        milliseconds(wasm),
        ratio(time(eliminateModular), wasm),
        ratio(wasm, pariTime),
      ];
    });
    const rational = [
      ['Hilbert 30×30', hilbert(30)],
      ['Kahan 30×30', kahan(30)],
      ['float64 90×27 of rank 20', dyadic(90, 27, 20)],
      ['float64 200×120 of rank 110', dyadic(200, 120, 110)],
    ].map(([name, A]) => [
      name,
      milliseconds(fastest(() => exactRank(A, { eliminate }), { least: 1 })),
      milliseconds(fastest(() => nullSpace(A, { eliminate }), { least: 1 })),
      exactRank(A, { eliminate }).rank,
    ]);
    return [
      table(['elimination', 'wasm', 'plain', 'wasm to PARI'], modular),
      reference ? '' : 'PARI: no gp on this machine\n',
      table(['over Q, with certificates', 'rank', 'null space', 'is'], rational),
      '',
      overQ(eliminate),
    ].join('\n');
  },
};
