import type { Rational } from '../../../../src/kernel/rational.ts';
import { leftNullVectors } from '../../oracle/elimination.ts';
import { integer, pick, type Random } from '../../oracle/models.ts';
import { r } from '../../oracle/numbers.ts';
import {
  build,
  hadamard,
  isZero,
  minus,
  orthogonal,
  plus,
  type Rows,
  randomRows,
  scaled,
  text,
  times,
  transpose,
  unpulled,
  weightedSquares,
  weightsFor,
  zeros,
} from '../algebra.ts';
import { type Case, specOf, type Truth } from '../case.ts';

/** Branches z(x) without parameters, over x1, x2, …. */
const FEATURES: readonly (readonly [string, (x: readonly Rational[]) => Rational])[] = [
  ['x1^2', (x) => x[0]!.mul(x[0]!)],
  ['abs(x1)', (x) => x[0]!.abs()],
  ['x1^3 - 1', (x) => x[0]!.mul(x[0]!).mul(x[0]!).sub(r(1))],
  ['1', () => r(1)],
  ['max(x1, 1/2)', (x) => (x[0]!.cmp(r('1/2')) > 0 ? x[0]! : r('1/2'))],
];

const rankMatrix = (random: Random, rows: number, cols: number, rank: number): Rational[][] => {
  const core = build(rows, cols, (i, j) => (i === j && i < rank ? r(pick(random, [1, 2, '1/2'])) : r(0)));
  return times(times(orthogonal(random, rows), core), orthogonal(random, cols));
};

interface Point {
  readonly W: Rows;
  readonly R: Rows;
  readonly X: Rows;
  readonly Z: Rows;
  readonly Y: Rows;
  readonly weights: readonly Rational[];
}

function truthAt({ W, R, X, Z, Y, weights }: Point, given: { minimum?: boolean; least?: Rational }): Truth {
  const inner = plus(X, times(R, Z));
  const E = minus(times(W, inner), Y);
  const G = scaled(
    hadamard(
      E,
      build(Y.length, weights.length, (_, i) => weights[i]!),
    ),
    r(2),
  );
  const critical = isZero(times(G, transpose(inner))) && isZero(times(times(transpose(W), G), transpose(Z)));
  const feature = isZero(times(G, transpose(X))) && isZero(times(G, transpose(Z)));
  const [dy, dx, dz] = [Y.length, X.length, Z.length];
  const loss = weightedSquares(E, weights);
  const dimensions = dy <= Math.min(dx, dz);
  // With the branch fixed, G ⊥ (x, z) makes θ global; else no local minimum where dy ≤ dx (Theorem 3 needs no more).
  const minimum = feature ? true : !critical ? false : dy <= dx ? false : given.minimum;
  const status: Record<string, boolean> = {
    'assumption-1': true,
    'assumption-2': true,
    'loss-differentiable': true,
    differentiable: true,
    'differentiable-nearby': true,
    critical,
    dimensions,
    ...(minimum === undefined ? {} : { 'local-minimum': minimum }),
  };
  return {
    loss,
    status,
    conclusion: { 'theorem-3': feature, ...(feature ? { 'theorem-2': true } : {}) },
    right: {
      ...(critical ? { 'theorem-1': loss } : {}),
      ...(feature ? { 'theorem-2': loss, 'theorem-3': loss } : {}),
      ...(given.least ? { 'theorem-3': given.least } : {}),
    },
  };
}

function specAt(features: readonly string[], { W, R, X, Y, weights }: Point): Record<string, unknown> {
  const names = X.map((_, j) => `x${j + 1}`);
  return specOf(
    {
      type: 'resnet',
      inputs: X.length,
      outputs: Y.length,
      residual: { type: 'expression', inputs: names, parameters: [], outputs: features },
    },
    { X, Y, weights },
    { W: text(W), R: text(R), u: {} },
  );
}

/** dx, dy, dz, the rank of W and the data at random; the targets put θ at least squares, at a saddle, or nowhere. */
export function everyRank(random: Random): Case {
  const dx = integer(random, 1, 3);
  const dy = integer(random, 1, 3);
  const dz = integer(random, 1, 2);
  const m = integer(random, 2, 6);
  const chosen = Array.from({ length: dz }, () => pick(random, FEATURES));
  const X = randomRows(random, dx, m);
  const samples = transpose(X);
  const Z = chosen.map(([, value]) => samples.map((x) => value(x)));
  const rank = integer(random, 0, Math.min(dx, dy));
  const W = rankMatrix(random, dy, dx, rank);
  const R = random() < 0.2 ? zeros(dx, dz) : randomRows(random, dx, dz);
  const weights = weightsFor(random, m);
  const f = times(W, plus(X, times(R, Z)));
  const plan = pick(random, ['least squares', 'saddle', 'moved', 'random'] as const);
  const noise = unpulled(random, [...X, ...Z], weights, dy);
  let Y: Rational[][] = plus(f, noise);
  if (plan === 'saddle') {
    // G = c nᵀ with Wᵀc = 0 and n ⊥ x + Rz: critical, and felt by (x, z) unless n ⊥ both.
    const [c] = rank < dy ? leftNullVectors(W, dx) : [];
    const push = unpulled(random, plus(X, times(R, Z)), weights, 1)[0]!;
    if (c)
      Y = plus(
        Y,
        c.map((left) => push.map((right) => left.mul(right))),
      );
    else Y = plus(Y, zeros(dy, m));
  } else if (plan === 'moved') {
    const size = r(pick(random, ['1e-2', '1e-9', '1e-15', '1e-30']));
    Y[0]![0] = Y[0]![0]!.add(size);
  } else if (plan === 'random') Y = randomRows(random, dy, m);
  const point = { W, R, X, Z, Y, weights };
  return {
    family: `residual: rank W = ${rank < Math.min(dx, dy) ? 'deficient' : 'full'}, ${plan}`,
    spec: specAt(
      chosen.map(([name]) => name),
      point,
    ),
    truth: truthAt(point, {}),
    point: plan === 'moved' ? 'given' : 'auto',
  };
}

/**
 * dy > dx: inputs e_1, …, e_dx, 0 and z = 1 − Σ x_j, so that f_X = W[I, R]: matrices of rank ≤ dx. Carrying the dx largest
 * singular directions of the targets is a global minimum (Eckart, Young), and the features reach 0: Theorem 3 does not extend.
 */
export function moreOutputs(random: Random): Case {
  const dx = integer(random, 1, 3);
  const [dy, m] = [dx + 1, dx + 1];
  const X = build(dx, m, (i, j) => (i === j ? r(1) : r(0)));
  const Z = build(1, m, (_, j) => (j === dx ? r(1) : r(0)));
  const U = orthogonal(random, dy);
  const s = Array.from({ length: dy }, (_, j) => r(2 * (dy - j) + integer(random, 0, 1)));
  const top = random() < 0.7;
  const order = Array.from({ length: dy }, (_, j) => j);
  if (!top) [order[0], order[dx]] = [dx, 0];
  const Y = times(
    U,
    build(dy, m, (i, j) => (order[j] === i ? s[i]! : r(0))),
  );
  const W = Y.map((row) => row.slice(0, dx));
  const point = { W, R: zeros(dx, 1), X, Z, Y, weights: Array.from({ length: m }, () => r(1)) };
  const truth = truthAt(point, { minimum: top, least: r(0) });
  if (!truth.status.critical) throw new Error('moreOutputs: the construction is not critical');
  const feature = ['1', ...X.map((_, j) => `x${j + 1}`)].join(' - ');
  return {
    family: `residual: dy > dx, ${top ? 'best' : 'wrong'} directions`,
    spec: specAt([feature], point),
    truth,
    point: 'auto',
  };
}
