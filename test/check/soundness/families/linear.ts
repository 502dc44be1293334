import { Rational } from '../../../../src/kernel/rational.ts';
import { rowReduce } from '../../oracle/elimination.ts';
import { integer, pick, type Random } from '../../oracle/models.ts';
import { r } from '../../oracle/numbers.ts';
import {
  build,
  entry,
  hadamard,
  identity,
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
  unimodular,
  unpulled,
  weightedSquares,
  weightsFor,
  zeros,
} from '../algebra.ts';
import { type Case, type Dataset, specOf, type Truth } from '../case.ts';

/** W^(H+1)⋯W^(1) x: a chain of matrices, first layer first. */
type Chain = readonly Rows[];

const product = (chain: Chain, n: number): Rational[][] =>
  chain.reduce<Rational[][]>((M, W) => times(W, M), identity(n));

/** (W_{>k}, W_{<k}) for each layer. */
const around = (chain: Chain, dx: number, dy: number): (readonly [Rows, Rows])[] =>
  chain
    .map((_, k) => [product(chain.slice(k + 1), chain[k]!.length), product(chain.slice(0, k), dx)] as const)
    .map(([above, below], k) => [k === chain.length - 1 ? identity(dy) : above, below] as const);

function gradients(chain: Chain, { X, Y, weights }: Dataset): Rational[][][] {
  const G = scaled(
    hadamard(
      minus(times(product(chain, X.length), X), Y),
      build(Y.length, weights.length, (_, i) => weights[i]!),
    ),
    r(2),
  );
  return around(chain, X.length, Y.length).map(([above, below]) =>
    times(times(transpose(above), G), transpose(times(below, X))),
  );
}

/** dim range J: δW_k ↦ W_{>k} δW_k W_{<k} X. */
function tangent(chain: Chain, { X, Y }: Dataset): number {
  const columns = around(chain, X.length, Y.length).flatMap(([above, below], k) => {
    const h = times(below, X);
    return chain[k]!.flatMap((row, i) =>
      row.map((_, j) => above.flatMap((up) => h[j]!.map((x) => up[i]!.mul(x)))),
    );
  });
  return rowReduce(columns).pivots.length;
}

export const chainSpec = (chain: Chain, data: Dataset): Record<string, unknown> =>
  specOf(
    { type: 'mlp', inputs: data.X.length, layers: chain.map((W) => ({ units: W.length })) },
    data,
    Object.fromEntries(chain.map((W, k) => [`W${k + 1}`, text(W)])),
  );

/**
 * What is true of a deep linear network, given the least squares residual `noise` (dy × m) of its data: L − least is the
 * weighted square of MX − (Y − noise). With widths ≥ min{dx, dy} every local minimum is global (Laurent, von Brecht 2018).
 */
export function chainTruth(chain: Chain, data: Dataset, noise: Rows, isLocalMinimum?: boolean): Truth {
  const { X, Y, weights } = data;
  const M = product(chain, X.length);
  const hidden = chain.slice(0, -1).map((W) => W.length);
  const dy = Y.length;
  const critical = gradients(chain, data).every(isZero);
  const least = weightedSquares(noise, weights);
  const fit = minus(times(M, X), minus(Y, noise));
  const global = isZero(fit);
  const loss = weightedSquares(minus(times(M, X), Y), weights);
  const wide = hidden.every((d) => d >= Math.min(X.length, dy));
  const minimum = global ? true : !critical || wide ? false : isLocalMinimum;
  const H = hidden.length;
  const status: Record<string, boolean> = {
    'assumption-1': true,
    'assumption-2': true,
    differentiable: true,
    'differentiable-nearby': true,
    'loss-differentiable': true,
    critical,
    ...(minimum === undefined ? {} : { 'local-minimum': minimum }),
  };
  const conclusion: Record<string, boolean> = {};
  const right: Record<string, Rational> = {};
  if (global) right['theorem-2'] = least;
  for (let t = 0; t <= H; t++) {
    status[`locally-linear@${t}`] = hidden.slice(t).every((d) => d >= dy);
    if (global || t === 0) {
      conclusion[`theorem-4@${t}`] = global;
      right[`theorem-4@${t}`] = least;
    }
  }
  if (critical) right['theorem-1'] = loss;
  return {
    loss,
    status,
    conclusion,
    right,
    tangent: tangent(chain, data),
    ...(H > 0 ? { strict: false } : {}),
  };
}

const chainOf = (random: Random, dx: number, dy: number, H: number): Rational[][][] => {
  const sizes = [dx, ...Array.from({ length: H }, () => integer(random, 1, 3)), dy];
  const sparse = random() < 0.3;
  return sizes
    .slice(1)
    .map((units, k) =>
      build(units, sizes[k]!, () => (sparse && random() < 0.5 ? Rational.zero : entry(random))),
    );
};

function shape(random: Random) {
  const dx = integer(random, 1, 3);
  const dy = integer(random, 1, 3);
  const m = integer(random, 1, 5);
  const chain = chainOf(random, dx, dy, integer(random, 1, 3));
  const X = randomRows(random, dx, m);
  const weights = weightsFor(random, m);
  const noise = unpulled(random, X, weights, dy);
  return { chain, X, weights, noise, dx, dy };
}

export function atLeastSquares(random: Random): Case {
  const { chain, X, weights, noise, dx } = shape(random);
  const data = { X, Y: plus(times(product(chain, dx), X), noise), weights };
  return {
    family: 'deep linear at least squares',
    spec: chainSpec(chain, data),
    truth: chainTruth(chain, data, noise),
    point: 'auto',
  };
}

/** By exact amounts down to 1e-30: a target matrix that is not the network's, or one weight that is moved. */
export function awayFromLeastSquares(random: Random): Case {
  const { chain, X, weights, noise, dx, dy } = shape(random);
  const size = r(pick(random, ['1', '1e-3', '1e-8', '1e-12', '1e-16', '1e-30']));
  const Delta = scaled(randomRows(random, dy, dx), size);
  const moveData = random() < 0.5;
  const Y = plus(times(plus(product(chain, dx), moveData ? Delta : zeros(dy, dx)), X), noise);
  const data = { X, Y, weights };
  const moved: Rational[][][] = chain.map((W) => W.map((row) => [...row]));
  if (!moveData) {
    const W = pick(random, moved);
    const row = pick(random, W);
    const j = integer(random, 0, row.length - 1);
    row[j] = row[j]!.add(size);
  }
  return {
    family: 'deep linear away from least squares',
    spec: chainSpec(moved, data),
    truth: chainTruth(moved, data, noise),
    point: 'given',
  };
}

/** Along the orbit of GL of a hidden layer, by an exact tiny or large amount: f stays, and so does everything else. */
export function alongTheOrbit(random: Random): Case {
  const { chain, X, weights, noise, dx } = shape(random);
  const data = { X, Y: plus(times(product(chain, dx), X), noise), weights };
  const l = integer(random, 0, chain.length - 2);
  const factor = r(1).add(r(pick(random, ['1e-30', '1e-9', '-1e-14', '1e6'])));
  const moved = chain.map((W, k) =>
    k === l ? scaled(W, factor) : k === l + 1 ? scaled(W, factor.inv()) : W,
  );
  return {
    family: 'deep linear along its orbit',
    spec: chainSpec(moved, data),
    truth: chainTruth(moved, data, noise),
    point: 'auto',
  };
}

/**
 * Whitened inputs and a target map with distinct singular values, of which the network carries the directions in A.
 * Every such point is critical. It is a local minimum only if A is the largest ones and as many as the network can carry
 * (Baldi, Hornik 1989; Kawaguchi 2016, Theorem 2.3: dy ≤ dx, distinct eigenvalues, squared loss).
 */
export function singularDirections(random: Random): Case {
  const dx = integer(random, 2, 3);
  const narrow = random() < 0.6;
  const dy = integer(random, narrow ? Math.min(2, dx) : 1, dx);
  const H = integer(random, 1, 3);
  const widths = Array.from({ length: H }, () => (narrow ? integer(random, 1, dy) : integer(random, dy, 3)));
  const U = orthogonal(random, dy);
  const V = orthogonal(random, dx);
  const X = orthogonal(random, dx);
  const s = Array.from({ length: dy }, (_, j) => r(dy - j + integer(random, 0, 1)).mul(r('3/2').pow(dy - j)));
  const rank = Math.min(dy, ...widths);
  const directions = Array.from({ length: dy }, (_, j) => j);
  const best = random() < 0.5;
  const carried = best ? directions.slice(0, rank) : directions.filter(() => random() < 0.5).slice(0, rank);
  const slots = Math.min(...widths);
  const spare = directions.filter((j) => !carried.includes(j)).slice(0, slots - carried.length);
  const sizes = [dx, ...widths, dy];
  const factors = new Map<number, Rational[]>();
  for (const j of carried) {
    const own = Array.from({ length: H }, () => r(pick(random, ['1', '-1', '2', '1/2'])));
    factors.set(j, [...own, own.reduce((rest, factor) => rest.div(factor), s[j]!)]);
  }
  for (const j of spare) {
    const dead = integer(random, 0, H);
    const other = (dead + integer(random, 1, H)) % (H + 1);
    factors.set(
      j,
      Array.from({ length: H + 1 }, (_, k) =>
        k === dead || k === other ? r(0) : r(pick(random, [0, 1, -2])),
      ),
    );
  }
  const slot = new Map([...carried, ...spare].map((j, k) => [j, k] as const));
  let chain: Rational[][][] = Array.from({ length: H + 1 }, (_, k) => {
    const W = zeros(k === H ? dy : sizes[k + 1]!, k === 0 ? dx : sizes[k]!);
    for (const [j, own] of factors) {
      const to = k === H ? U.map((row) => row[j]!) : W.map((_, i) => (i === slot.get(j)! ? r(1) : r(0)));
      const from =
        k === 0 ? V.map((row) => row[j]!) : W[0]!.map((_, i) => (i === slot.get(j)! ? r(1) : r(0)));
      for (const [a, left] of to.entries())
        for (const [b, right] of from.entries()) W[a]![b] = W[a]![b]!.add(left.mul(own[k]!).mul(right));
    }
    return W;
  });
  for (let l = 0; l < H; l++) {
    const { g, inverse } = unimodular(random, widths[l]!);
    chain = chain.map((W, k) => (k === l ? times(g, W) : k === l + 1 ? times(W, inverse) : W));
  }
  const target = times(
    times(
      U,
      build(dy, dx, (i, j) => (i === j ? s[i]! : r(0))),
    ),
    transpose(V),
  );
  const data = { X, Y: times(target, X), weights: Array.from({ length: dx }, () => r(1)) };
  const top = carried.length === rank && carried.every((j, k) => j === k);
  const truth = chainTruth(chain, data, zeros(dy, dx), top);
  if (!truth.status.critical) throw new Error('singularDirections: the construction is not critical');
  return {
    family: `deep linear: ${top ? 'best' : 'wrong'} singular directions${rank < dy ? ', bottleneck' : ''}`,
    spec: chainSpec(chain, data),
    truth,
    point: 'auto',
  };
}
