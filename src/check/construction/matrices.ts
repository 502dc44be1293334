import { type Matrix, matrix, nullSpace, rank, solve, transpose } from '../../exact/linear-algebra.ts';
import { rationalSquareRoot } from '../../exact/rational-arithmetic.ts';
import type { Instance } from '../../instance/instance.ts';
import { Rational } from '../../kernel/rational.ts';
import type { ParameterBlock } from '../../models/model.ts';
import { unit } from '../perturbation/directions.ts';
import type { NamedMatrix, RankedMatrix } from './types.ts';

export type Vector = readonly Rational[];

/** A parameter block of shape [rows, cols] at θ. */
export function blockMatrix({ parameters }: Instance, { offset, shape }: ParameterBlock): Matrix {
  const [rows, cols] = shape as readonly [number, number];
  return matrix(
    rows,
    cols,
    Array.from({ length: rows * cols }, (_, k) => parameters.rational(offset + k)),
  );
}

/** A in the given rows and columns. */
export const pick = (A: Matrix, rows: readonly number[], cols: readonly number[]): Matrix =>
  matrix(
    rows.length,
    cols.length,
    rows.flatMap((i) => cols.map((j) => A.entries[i * A.cols + j]!)),
  );

export const columnOf = (A: Matrix, j: number): Vector =>
  Array.from({ length: A.rows }, (_, i) => A.entries[i * A.cols + j]!);

export const indices = (n: number): number[] => Array.from({ length: n }, (_, k) => k);

/** v at `positions` of n numbers, 0 elsewhere */
export function scattered(v: Vector, positions: readonly number[], n: number): Rational[] {
  const whole = new Array<Rational>(n).fill(Rational.zero);
  positions.forEach((position, k) => {
    whole[position] = v[k]!;
  });
  return whole;
}

export const inner = (a: Vector, b: Vector): Rational =>
  a.reduce((sum, entry, k) => sum.add(entry.mul(b[k]!)), Rational.zero);

export const scaled = (c: Rational, v: Vector): Rational[] => v.map((entry) => entry.mul(c));

/** X with P·X = I; P has full row rank. Throws a RangeError when it has not. */
export function rightInverse(P: Matrix): Matrix {
  const columns = indices(P.rows).map((r) => {
    const x = solve(
      P,
      indices(P.rows).map((i) => (i === r ? Rational.one : Rational.zero)),
    );
    if (!x) throw new RangeError(`rightInverse: the ${P.rows}×${P.cols} matrix has not full row rank`);
    return x;
  });
  return transpose(matrix(P.rows, P.cols, columns.flat()));
}

/** a ≠ 0 with P·a = 0: of length 1 where a null vector of the basis has a rational length, else a little shorter. */
export function shortNullVector(P: Matrix): Vector {
  const { vectors } = nullSpace(P);
  for (const vector of vectors) {
    const length = rationalSquareRoot(inner(vector, vector));
    if (length) return scaled(length.inv(), vector);
  }
  return withinUnitBall(vectors[0]!);
}

/** v/‖v‖ when that is rational, else v divided by an integer ≥ ‖v‖. */
export function withinUnitBall(v: Vector): Vector {
  const length = rationalSquareRoot(inner(v, v));
  return length && !length.isZero ? scaled(length.inv(), v) : unit(v);
}

export const texts = (v: Vector): string[] => v.map(String);

export const named = (name: string, { rows, cols, entries }: Matrix): NamedMatrix => ({
  name,
  rows,
  cols,
  values: texts(entries),
});

/** A matrix with its rank and what proves it. */
export function ranked(name: string, A: Matrix): RankedMatrix {
  const { rank: found, lower, upper } = rank(A);
  const shown = upper.kind === 'shape' ? upper : { ...upper, vectors: upper.vectors.map(texts) };
  return { ...named(name, A), rank: found, certificate: { lower, upper: shown } };
}
