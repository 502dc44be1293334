#!/usr/bin/env node
// Trains the network of digits.json in float64 and writes weights.safetensors beside it: node examples/digits/train.mjs
//
// 64 pixels and a constant 1 → 299 tanh units → 2 outputs (is the digit even? is it at least 5?, each ±1), mean squared
// loss: 20,033 parameters for 3,594 numbers to fit. Damped Gauss–Newton steps Jᵀ(JJᵀ + μ)⁻¹(y − f) from a seeded start, JJᵀ by its
// structure, until the network interpolates the data up to rounding. No dependency, same bytes every time; some minutes.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [header, ...lines] = readFileSync(join(here, 'digits.csv'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(','));
const INPUTS = header.indexOf('digit');
const TARGETS = ['even', 'high'].map((name) => header.indexOf(name));
const m = lines.length;
const dy = TARGETS.length;
const UNITS = 299;
const ROWS = m * dy;
const X = Float64Array.from(lines.flatMap((line) => line.slice(0, INPUTS).map(Number)));
const Y = Float64Array.from(lines.flatMap((line) => TARGETS.map((k) => Number(line[k]))));

/** A·Bᵀ, (rows × k)(cols × k)ᵀ; with `lower`, only on and below the diagonal. */
function timesTransposed(A, B, rows, cols, k, lower = false) {
  const C = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < (lower ? i + 1 : cols); j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += A[i * k + p] * B[j * k + p];
      C[i * cols + j] = sum;
    }
  }
  return C;
}

/** h = tanh(W1 x), m × UNITS, its slopes, and f − y, m × dy. */
function forward({ W1, W2 }) {
  const h = timesTransposed(X, W1, m, UNITS, INPUTS).map(Math.tanh);
  const r = timesTransposed(h, W2, m, dy, UNITS).map((value, k) => value - Y[k]);
  return { h, slope: h.map((value) => 1 - value * value), r };
}

const XX = timesTransposed(X, X, m, m, INPUTS, true);

/** K = JJᵀ, its lower triangle: rows (i, a), h_i·h_j where a = b, and (x_i·x_j) Σ_u W2[a,u] W2[b,u] σ'_iu σ'_ju. */
function gram({ W2 }, { h, slope }) {
  const K = new Float64Array(ROWS * ROWS);
  const adjoint = Array.from({ length: dy }, (_, a) =>
    slope.map((value, k) => value * W2[a * UNITS + (k % UNITS)]),
  );
  const HH = timesTransposed(h, h, m, m, UNITS, true);
  for (let a = 0; a < dy; a++) {
    for (let b = 0; b < dy; b++) {
      const D = timesTransposed(adjoint[a], adjoint[b], m, m, UNITS, true);
      for (let i = 0; i < m; i++) {
        for (let j = 0; j <= i; j++) {
          K[(i * dy + a) * ROWS + j * dy + b] = XX[i * m + j] * D[i * m + j] + (a === b ? HH[i * m + j] : 0);
        }
      }
    }
  }
  return K;
}

/** (K + μ)z = b by Cholesky, row by row in blocks of columns that stay in the cache; undefined when a pivot is not positive. */
function solve(K, mu, b) {
  const n = ROWS;
  const L = K.slice();
  const WIDTH = 64;
  for (let i = 0; i < n; i++) L[i * n + i] += mu;
  for (let first = 0; first < n; first += WIDTH) {
    const end = Math.min(n, first + WIDTH);
    for (let i = first; i < n; i++) {
      for (let j = first; j < Math.min(end, i + 1); j++) {
        let sum = L[i * n + j];
        for (let k = first; k < j; k++) sum -= L[i * n + k] * L[j * n + k];
        if (i > j) L[i * n + j] = sum / L[j * n + j];
        else if (sum > 0) L[i * n + i] = Math.sqrt(sum);
        else return undefined;
      }
    }
    for (let i = end; i < n; i++) {
      for (let j = end; j <= i; j++) {
        let sum = 0;
        for (let k = first; k < end; k++) sum += L[i * n + k] * L[j * n + k];
        L[i * n + j] -= sum;
      }
    }
  }
  const z = b.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) z[i] -= L[i * n + k] * z[k];
    z[i] /= L[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    z[i] /= L[i * n + i];
    for (let k = 0; k < i; k++) z[k] -= L[i * n + k] * z[i];
  }
  return z;
}

/** θ − Jᵀz */
function moved({ W1, W2 }, { h, slope }, z) {
  const next = { W1: W1.slice(), W2: W2.slice() };
  for (let i = 0; i < m; i++) {
    for (let u = 0; u < UNITS; u++) {
      let pull = 0;
      for (let a = 0; a < dy; a++) {
        next.W2[a * UNITS + u] -= z[i * dy + a] * h[i * UNITS + u];
        pull += z[i * dy + a] * W2[a * UNITS + u];
      }
      pull *= slope[i * UNITS + u];
      for (let k = 0; k < INPUTS; k++) next.W1[u * INPUTS + k] -= pull * X[i * INPUTS + k];
    }
  }
  return next;
}

const norm = (values) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = seeded(1);
const within = (size) => (2 * random() - 1) * size;
let theta = {
  // The constant input is 1 where a pixel is up to 16.
  W1: Float64Array.from({ length: UNITS * INPUTS }, (_, k) =>
    within(k % INPUTS === INPUTS - 1 ? 0.5 : 1 / 32),
  ),
  W2: Float64Array.from({ length: dy * UNITS }, () => within(1 / 8)),
};
let current = forward(theta);
let mu = 1;
/** what rounding leaves of ‖f − y‖ over the 3,594 numbers */
const SMALL = 1e-11;
for (let step = 0; step < 60; step++) {
  const before = norm(current.r);
  const K = gram(theta, current);
  let after = before;
  for (let attempt = 0; attempt < 6 && !(after < before); attempt++) {
    const z = solve(K, mu, current.r);
    if (z) {
      const next = moved(theta, current, z);
      const found = forward(next);
      after = norm(found.r);
      if (after < before) {
        theta = next;
        current = found;
        mu = after < before / 4 ? mu / 30 : mu / 3;
        break;
      }
    }
    mu *= 10;
  }
  console.log(`step ${step + 1}: ‖f − y‖ = ${norm(current.r).toExponential(3)}`);
  if (after < SMALL) break;
}
const size = norm(current.r);
if (!(size < SMALL)) {
  console.error(`training did not reach ‖f − y‖ < ${SMALL}; nothing was written`);
  process.exit(1);
}

const tensors = {};
let offset = 0;
for (const [name, shape] of [
  ['W1', [UNITS, INPUTS]],
  ['W2', [dy, UNITS]],
]) {
  const bytes = shape[0] * shape[1] * 8;
  tensors[name] = { dtype: 'F64', shape, data_offsets: [offset, offset + bytes] };
  offset += bytes;
}
let json = JSON.stringify(tensors);
json += ' '.repeat((8 - (json.length % 8)) % 8);
const file = Buffer.alloc(8 + json.length + offset);
file.writeBigUInt64LE(BigInt(json.length), 0);
file.write(json, 8, 'latin1');
for (const [k, entry] of [...theta.W1, ...theta.W2].entries())
  file.writeDoubleLE(entry, 8 + json.length + 8 * k);
const target = join(here, 'weights.safetensors');
writeFileSync(`${target}.partial`, file);
renameSync(`${target}.partial`, target);
