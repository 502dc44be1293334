#!/usr/bin/env node
// Trains the network of iris.json in float64 and writes weights.safetensors beside it: node examples/iris/train.mjs
//
// Petal length and width (cm) → 2 tanh units → 3 species (one-hot), mean squared loss: 15 parameters. Levenberg–Marquardt
// from a seeded start, then Newton steps on the gradient, until ‖∇L‖ stops falling. No dependency, same bytes every time.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [header, ...lines] = readFileSync(join(here, 'iris.csv'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(','));
const column = (name) => lines.map((line) => Number(line[header.indexOf(name)]));
const X = [column('petal_length'), column('petal_width')];
const Y = ['setosa', 'versicolor', 'virginica'].map(column);
const m = lines.length;
const UNITS = 2;
const n = UNITS * 2 + UNITS + 3 * UNITS + 3;

/** Residuals f − y (3m numbers) and their Jacobian (3m rows of n) at θ = (W1, b1, W2, b2). */
function residuals(theta) {
  const r = new Float64Array(3 * m);
  const J = Array.from({ length: 3 * m }, () => new Float64Array(n));
  for (let i = 0; i < m; i++) {
    const h = [];
    for (let u = 0; u < UNITS; u++) {
      h.push(Math.tanh(theta[2 * u] * X[0][i] + theta[2 * u + 1] * X[1][i] + theta[2 * UNITS + u]));
    }
    for (let j = 0; j < 3; j++) {
      const row = J[3 * i + j];
      let f = theta[6 * UNITS + j];
      for (let u = 0; u < UNITS; u++) {
        const w = theta[3 * UNITS + j * UNITS + u];
        const slope = w * (1 - h[u] * h[u]);
        f += w * h[u];
        row[2 * u] = slope * X[0][i];
        row[2 * u + 1] = slope * X[1][i];
        row[2 * UNITS + u] = slope;
        row[3 * UNITS + j * UNITS + u] = h[u];
      }
      row[6 * UNITS + j] = 1;
      r[3 * i + j] = f - Y[j][i];
    }
  }
  return { r, J };
}

const loss = (r) => r.reduce((sum, entry) => sum + entry * entry, 0) / m;

function gradient(theta) {
  const { r, J } = residuals(theta);
  const g = new Float64Array(n);
  for (const [i, row] of J.entries()) {
    for (const [k, entry] of row.entries()) g[k] += (2 / m) * entry * r[i];
  }
  return g;
}

const norm = (v) => Math.hypot(...v);

/** A·x = b by Gaussian elimination with partial pivoting. */
function solve(A, b) {
  const M = A.map((row, i) => [...row, b[i]]);
  for (let c = 0; c < n; c++) {
    let p = c;
    for (let i = c + 1; i < n; i++) if (Math.abs(M[i][c]) > Math.abs(M[p][c])) p = i;
    [M[c], M[p]] = [M[p], M[c]];
    for (let i = 0; i < n; i++) {
      if (i === c) continue;
      const factor = M[i][c] / M[c][c];
      for (let j = c; j <= n; j++) M[i][j] -= factor * M[c][j];
    }
  }
  return M.map((row, i) => row[n] / row[i]);
}

/** ∇²L by central differences of the gradient: good enough to steer Newton steps. */
function hessian(theta) {
  const step = 1e-6;
  const rows = Array.from({ length: n }, (_, k) => {
    const up = theta.slice();
    const down = theta.slice();
    up[k] += step;
    down[k] -= step;
    const a = gradient(up);
    const b = gradient(down);
    return a.map((entry, j) => (entry - b[j]) / (2 * step));
  });
  return rows.map((row, i) => Array.from(row, (entry, j) => (entry + rows[j][i]) / 2));
}

function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = seeded(1);
let theta = Float64Array.from({ length: n }, () => random() - 0.5);
let damping = 1e-2;
let current = residuals(theta);
for (let step = 0; step < 1000 && damping < 1e12; step++) {
  const A = Array.from({ length: n }, (_, a) =>
    Array.from({ length: n }, (_, b) => current.J.reduce((sum, row) => sum + row[a] * row[b], 0)),
  );
  const g = gradient(theta);
  for (; damping < 1e12; damping *= 3) {
    const move = solve(
      A.map((row, a) => row.map((entry, b) => entry + (a === b ? damping : 0))),
      g.map((entry) => (-entry * m) / 2),
    );
    const next = theta.map((entry, k) => entry + move[k]);
    const found = residuals(next);
    if (loss(found.r) < loss(current.r)) {
      theta = next;
      current = found;
      damping = Math.max(damping / 9, 1e-14);
      break;
    }
  }
}
for (let step = 0; step < 20; step++) {
  const move = solve(
    hessian(theta),
    gradient(theta).map((entry) => -entry),
  );
  const next = theta.map((entry, k) => entry + move[k]);
  if (!(norm(gradient(next)) < norm(gradient(theta)))) break;
  theta = next;
}
const size = norm(gradient(theta));
const value = loss(residuals(theta).r);
console.log(
  `L = ${value}, ‖∇L‖ = ${size.toExponential(2)}, θ = ${[...theta].map((t) => t.toPrecision(4)).join(' ')}`,
);
if (!(size < 1e-9)) {
  console.error('training did not reach ‖∇L‖ < 1e-9; nothing was written');
  process.exit(1);
}

const tensors = {};
let offset = 0;
for (const [name, shape] of [
  ['W1', [UNITS, 2]],
  ['b1', [UNITS]],
  ['W2', [3, UNITS]],
  ['b2', [3]],
]) {
  const bytes = shape.reduce((a, b) => a * b) * 8;
  tensors[name] = { dtype: 'F64', shape, data_offsets: [offset, offset + bytes] };
  offset += bytes;
}
let json = JSON.stringify(tensors);
json += ' '.repeat((8 - (json.length % 8)) % 8);
const file = Buffer.alloc(8 + json.length + offset);
file.writeBigUInt64LE(BigInt(json.length), 0);
file.write(json, 8, 'latin1');
for (const [k, entry] of theta.entries()) file.writeDoubleLE(entry, 8 + json.length + 8 * k);
const target = join(here, 'weights.safetensors');
writeFileSync(`${target}.partial`, file);
renameSync(`${target}.partial`, target);
