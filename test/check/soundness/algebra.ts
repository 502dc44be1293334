import { Rational } from '../../../src/kernel/rational.ts';
import { leftNullVectors } from '../oracle/elimination.ts';
import { integer, pick, type Random } from '../oracle/models.ts';
import { r, sumOf } from '../oracle/numbers.ts';

/** Rational matrices as rows, with no cleverness: the truth of a construction is computed with these alone. */
export type Rows = readonly (readonly Rational[])[];

export const build = (rows: number, cols: number, entry: (i: number, j: number) => Rational): Rational[][] =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (_, j) => entry(i, j)));
export const zeros = (rows: number, cols: number) => build(rows, cols, () => Rational.zero);
export const identity = (n: number) => build(n, n, (i, j) => (i === j ? Rational.one : Rational.zero));
export const width = (A: Rows): number => A[0]?.length ?? 0;
export const transpose = (A: Rows) => build(width(A), A.length, (i, j) => A[j]![i]!);
export const times = (A: Rows, B: Rows) =>
  build(A.length, width(B), (i, j) => sumOf(A[i]!.map((a, k) => a.mul(B[k]![j]!))));
export const plus = (A: Rows, B: Rows) => build(A.length, width(A), (i, j) => A[i]![j]!.add(B[i]![j]!));
export const scaled = (A: Rows, c: Rational) => A.map((row) => row.map((entry) => entry.mul(c)));
export const minus = (A: Rows, B: Rows) => plus(A, scaled(B, r(-1)));
export const hadamard = (A: Rows, B: Rows) => build(A.length, width(A), (i, j) => A[i]![j]!.mul(B[i]![j]!));
export const isZero = (A: Rows): boolean => A.every((row) => row.every((entry) => entry.isZero));
export const squares = (A: Rows): Rational => sumOf(A.flat().map((entry) => entry.mul(entry)));
export const text = (A: Rows): string[][] => A.map((row) => row.map(String));

const ENTRIES = ['0', '1', '-1', '2', '-2', '1/2', '-1/3', '3'];
export const entry = (random: Random): Rational => r(pick(random, ENTRIES));
export const randomRows = (random: Random, rows: number, cols: number) =>
  build(rows, cols, () => entry(random));

/** A product of unit triangular matrices, and its inverse. */
export function unimodular(random: Random, n: number): { g: Rational[][]; inverse: Rational[][] } {
  let g = identity(n);
  let inverse = identity(n);
  for (let k = 0; k < n; k++) {
    const i = integer(random, 0, n - 1);
    const j = integer(random, 0, n - 1);
    const c = r(integer(random, -1, 1));
    if (i === j) continue;
    const step = (value: Rational) =>
      build(n, n, (a, b) => (a === b ? r(1) : a === i && b === j ? value : r(0)));
    g = times(step(c), g);
    inverse = times(inverse, step(c.neg()));
  }
  return { g, inverse };
}

/** A rational orthogonal matrix: a product of rotations by Pythagorean triples. */
export function orthogonal(random: Random, n: number): Rational[][] {
  let Q = identity(n);
  for (let k = 0; k < n; k++) {
    const i = integer(random, 0, n - 1);
    const j = integer(random, 0, n - 1);
    if (i === j) continue;
    const [c, s] = pick(random, [
      ['3/5', '4/5'],
      ['5/13', '12/13'],
      ['0', '1'],
    ] as const).map((value) => r(value)) as [Rational, Rational];
    const turn = build(n, n, (a, b) => {
      if (a === b) return a === i || a === j ? c : r(1);
      if (a === i && b === j) return s.neg();
      return a === j && b === i ? s : r(0);
    });
    Q = times(turn, Q);
  }
  return Q;
}

/**
 * A dy × m matrix N with Σ_i λ_i N_i u_i = 0 for every u in the span of `rows` (each of m numbers): what can be added to
 * the outputs without a pull on that space. Zero where the space is all of R^m.
 */
export function unpulled(random: Random, rows: Rows, weights: readonly Rational[], dy: number): Rational[][] {
  const m = weights.length;
  const space = leftNullVectors(rows.length > 0 ? transpose(rows) : zeros(m, 1), Math.max(1, rows.length));
  return build(dy, m, () => Rational.zero).map((row) =>
    space.reduce(
      (sum, vector) => {
        const factor = r(pick(random, [0, 1, -1, 2]));
        return sum.map((value, i) => value.add(factor.mul(vector[i]!).div(weights[i]!)));
      },
      [...row],
    ),
  );
}

export const weightsFor = (random: Random, m: number): Rational[] => {
  const plain = random() < 0.6;
  return Array.from({ length: m }, () =>
    plain ? Rational.one : r(pick(random, ['1', '1/2', '2', '3/7', '5'])),
  );
};

/** Σ_i λ_i ‖E_i‖² over the columns of a dy × m matrix. */
export const weightedSquares = (E: Rows, weights: readonly Rational[]): Rational =>
  sumOf(E.flatMap((row) => row.map((entry, i) => entry.mul(entry).mul(weights[i]!))));
