import { Rational } from '../../../../src/kernel/rational.ts';
import { rowReduce, solveExactly } from '../../oracle/elimination.ts';
import { integer, pick, type Random } from '../../oracle/models.ts';
import { r } from '../../oracle/numbers.ts';
import {
  build,
  hadamard,
  isZero,
  minus,
  plus,
  type Rows,
  randomRows,
  scaled,
  times,
  transpose,
  unimodular,
  unpulled,
  weightedSquares,
  weightsFor,
} from '../algebra.ts';
import { type Case, specOf, type Truth } from '../case.ts';

/** Design matrices (n columns, m rows) whose rank floats get wrong. */
const DESIGNS: Readonly<Record<string, (random: Random) => Rational[][]>> = {
  Hilbert: (random) => {
    const n = integer(random, 2, 9);
    const shift = integer(random, 0, 2);
    return build(n + integer(random, 0, 2), n, (i, j) => new Rational(1n, BigInt(i + j + 1 + shift)));
  },
  Kahan: (random) => {
    const n = integer(random, 3, 12);
    const [c, s] = pick(random, [
      ['3/5', '4/5'],
      ['4/5', '3/5'],
      ['5/13', '12/13'],
    ] as const);
    return build(n, n, (i, j) =>
      j < i
        ? r(0)
        : r(s)
            .pow(i)
            .mul(j === i ? r(1) : r(c).neg()),
    );
  },
  Läuchli: (random) => {
    const n = integer(random, 2, 5);
    const delta = r(pick(random, ['1e-4', '1e-8', '1e-9', '1e-16', '1e-30']));
    return build(n + 1, n, (i, j) => (i === 0 ? r(1) : i - 1 === j ? delta : r(0)));
  },
  graded: (random) => {
    const n = integer(random, 2, 5);
    const step = r(pick(random, ['1e-2', '1e-5', '1e-8']));
    const A = randomRows(random, n + integer(random, 0, 2), n);
    const rows = random() < 0.5;
    return A.map((row, i) => row.map((entry, j) => entry.mul(step.pow(rows ? i : j))));
  },
  'rational of low rank': (random) => low(random, r(0)),
  'rational next to low rank': (random) => low(random, r(pick(random, ['1e-8', '1e-15', '1e-30']))),
};

/** A product of unimodular matrices around a diagonal of few ones, and of `tiny` in the rest. */
function low(random: Random, tiny: Rational): Rational[][] {
  const n = integer(random, 2, 5);
  const m = n + integer(random, 0, 2);
  const rank = integer(random, 1, n - 1);
  const core = build(m, n, (i, j) => (i !== j ? r(0) : i < rank ? r(1) : tiny));
  return times(times(unimodular(random, m).g, core), unimodular(random, n).g);
}

export const designs: readonly string[] = Object.keys(DESIGNS);

/** f = Θφ(x) with φ the rows of a design: L is convex, and everything about it is linear algebra. */
export function design(random: Random, name: string): Case {
  const K = DESIGNS[name]!(random);
  const m = K.length;
  const n = K[0]!.length;
  const dy = random() < 0.7 ? 1 : 2;
  const X = transpose(K);
  const weights = weightsFor(random, m);
  const best = randomRows(random, dy, n);
  const noise = unpulled(random, X, weights, dy);
  const Y = plus(times(best, X), noise);
  let theta: Rational[][] = best.map((row) => [...row]);
  const plan = pick(random, ['at', 'at', 'moved', 'moved', 'null'] as const);
  if (plan === 'moved') {
    const row = pick(random, theta);
    const k = integer(random, 0, n - 1);
    row[k] = row[k]!.add(r(pick(random, ['1', '1e-6', '1e-12', '1e-20', '1e-30'])));
  } else if (plan === 'null') {
    // Along Kv = 0, where there is one: another global minimum.
    const free = kernelOf(K)[0];
    if (free) theta = theta.map((row) => row.map((entry, j) => entry.add(free[j]!)));
  }
  const spec = (at: Rows) =>
    random() < 0.5
      ? specOf(
          { type: 'mlp', inputs: n, layers: [{ units: dy }] },
          { X, Y, weights },
          { W1: at.map((row) => row.map(String)) },
        )
      : specOf(
          {
            type: 'basis',
            inputs: X.map((_, j) => `x${j + 1}`),
            features: X.map((_, j) => `x${j + 1}`),
            outputs: dy,
          },
          { X, Y, weights },
          { W: at.map((row) => row.map(String)) },
        );
  const rank = rowReduce(K).pivots.length;
  const truth = (at: Rows): Truth => {
    const E = minus(times(at, X), Y);
    const G = scaled(
      hadamard(
        E,
        build(dy, m, (_, i) => weights[i]!),
      ),
      r(2),
    );
    const critical = isZero(times(G, K));
    const least = weightedSquares(noise, weights);
    return {
      loss: weightedSquares(E, weights),
      status: {
        'assumption-1': true,
        'assumption-2': true,
        'loss-differentiable': true,
        differentiable: true,
        'differentiable-nearby': true,
        critical,
        'local-minimum': critical,
        'locally-linear@0': true,
      },
      conclusion: { 'theorem-2': critical, 'theorem-4@0': critical },
      right: { 'theorem-1': least, 'theorem-2': least, 'theorem-4@0': least },
      tangent: rank * dy,
      strict: critical && rank === n,
    };
  };
  const auto = random() < 0.5;
  const own = truth(theta);
  return {
    family: `linear in θ, ${name} data`,
    spec: spec(theta),
    truth: own,
    point: auto ? 'auto' : 'given',
    nearestWith: (fixed) => {
      // Each row of Θ moves along Kv = 0 only.
      const kernel = kernelOf(K);
      const at = best.map((row, j) => {
        const held = fixed.filter((k) => Math.floor(k / n) === j).map((k) => k % n);
        const c = solveExactly(
          held.map((k) => kernel.map((v) => v[k]!)),
          held.map((k) => theta[j]![k]!.sub(row[k]!)),
        );
        return c && held.length === kernel.length
          ? row.map((entry, k) => kernel.reduce((sum, v, l) => sum.add(c[l]!.mul(v[k]!)), entry))
          : undefined;
      });
      return at.every((row) => row !== undefined)
        ? { theta: at.flat(), at: theta.flat(), truth: truth(at) }
        : undefined;
    },
    ...(auto && rank === n ? { nearest: { theta: best.flat(), at: theta.flat(), truth: truth(best) } } : {}),
  };
}

/** A basis of {v : Kv = 0}. */
function kernelOf(K: Rows): Rational[][] {
  const { rows, pivots } = rowReduce(K);
  return K[0]!.flatMap((_, free) => {
    if (pivots.includes(free)) return [];
    const v = build(1, K[0]!.length, (_, j) => r(j === free ? 1 : 0))[0]!;
    for (const [i, col] of pivots.entries()) v[col] = rows[i]![free]!.neg();
    return [v];
  });
}
