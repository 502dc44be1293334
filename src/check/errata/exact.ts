/** Exact evaluation of small instances: predictions, derivatives and least values with the squared loss. */
import { dual } from '../../arithmetic/dual.ts';
import { inRange, leastSquares, type Matrix, matrix, transpose } from '../../exact/linear-algebra.ts';

import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import type { Instance } from '../../instance/instance.ts';
import { instanceFromObject } from '../../instance/load.ts';
import { Rational } from '../../kernel/rational.ts';
import { createContext } from '../context.ts';
import { type Point, thetaIn } from '../point.ts';

export { identity, product } from '../../exact/linear-algebra.ts';

export type Vector = readonly Rational[];

/** "3", "-1/3", 2: exactly. Throws a RangeError for text that is no number. */
export function rational(value: Rational | number | string): Rational {
  if (Rational.is(value)) return value;
  const parsed = typeof value === 'number' ? Rational.fromNumber(value) : Rational.parse(value);
  if (!parsed) throw new RangeError(`rational: ${value} is not a number`);
  return parsed;
}

export const { zero, one } = Rational;
export const add = (a: Vector, b: Vector): Vector => a.map((entry, k) => entry.add(b[k]!));
export const scale = (c: Rational, a: Vector): Vector => a.map((entry) => entry.mul(c));
export const inner = (a: Vector, b: Vector): Rational =>
  a.reduce((sum, entry, k) => sum.add(entry.mul(b[k]!)), zero);
export const isZeroVector = (a: Vector): boolean => a.every((entry) => entry.isZero);
/** e_c of ℝⁿ, c from 0 */
export const unitVector = (n: number, c: number): Vector =>
  Array.from({ length: n }, (_, k) => (k === c ? one : zero));

export const zeros = (rows: number, cols: number): Matrix =>
  matrix(rows, cols, new Array<Rational>(rows * cols).fill(zero));

/** The shape of a product, or "not defined". */
export function shapeOf(factors: readonly Matrix[]): string {
  const fits = factors.slice(1).every((factor, k) => factors[k]!.cols === factor.rows);
  return fits ? `${factors[0]!.rows}×${factors.at(-1)!.cols}` : 'not defined';
}

/** A in the rows from..to−1 and the columns left..right−1 */
export function submatrix(A: Matrix, from: number, to: number, left: number, right: number): Matrix {
  const entries: Rational[] = [];
  for (let i = from; i < to; i++) entries.push(...A.entries.slice(i * A.cols + left, i * A.cols + right));
  return matrix(to - from, right - left, entries);
}

/** Columns side by side; each has `rows` numbers. */
export const columnsOf = (rows: number, vectors: readonly Vector[]): Matrix =>
  transpose(matrix(vectors.length, rows, vectors.flat()));

/** Leading principal minors, by expansion along the first row: for small matrices. */
export const leadingMinors = (A: Matrix): Rational[] =>
  Array.from({ length: A.rows }, (_, k) => determinant(submatrix(A, 0, k + 1, 0, k + 1)));

function determinant(A: Matrix): Rational {
  if (A.rows === 0) return one;
  let sum = zero;
  for (let j = 0; j < A.cols; j++) {
    const rest = Array.from({ length: A.rows - 1 }, (_, i) =>
      A.entries.slice((i + 1) * A.cols, (i + 2) * A.cols).filter((_entry, k) => k !== j),
    );
    const minor = determinant(matrix(A.rows - 1, A.cols - 1, rest.flat()));
    const term = A.entries[j]!.mul(minor);
    sum = j % 2 === 0 ? sum.add(term) : sum.sub(term);
  }
  return sum;
}

/** An instance at its own θ, and at any other. Every number is exact. */
export class ExactInstance {
  readonly instance: Instance;
  readonly theta: Vector;
  readonly #context;

  constructor(instance: Instance) {
    this.instance = instance;
    this.#context = createContext(instance);
    this.theta = thetaIn(rationalArithmetic, instance);
  }

  static async from(object: Readonly<Record<string, unknown>>): Promise<ExactInstance> {
    return new ExactInstance(await instanceFromObject({ everymin: 1, ...object }));
  }

  at(theta: Vector = this.theta): Point<Rational> {
    return this.#context.over(rationalArithmetic, theta, 'exact');
  }

  /** f_X(θ): m·dy numbers */
  predictions(theta?: Vector): Vector {
    return this.at(theta).summary().outputs.flat();
  }

  loss(theta?: Vector): Rational {
    const { loss } = this.at(theta).summary();
    if (Rational.is(loss)) return loss;
    throw loss;
  }

  gradient(theta?: Vector): Vector {
    return this.at(theta).summary().gradient;
  }

  /** ∂_k f_X(θ), one vector of m·dy numbers for each k */
  partials(theta?: Vector): readonly Vector[] {
    const rows = this.at(theta).jacobian();
    return this.theta.map((_, k) => rows.map((row) => row[k]!));
  }

  /** ∇²L(θ) on the coordinates `indices` of θ: the gradient in dual numbers, one direction at a time */
  hessian(indices: readonly number[] = this.theta.map((_, k) => k)): Matrix {
    const arithmetic = dual(rationalArithmetic);
    const rows = indices.map((direction) => {
      const theta = this.theta.map((value, k) => ({ value, tangent: k === direction ? one : zero }));
      const { gradient } = this.#context.over(arithmetic, theta, 'Hessian').summary();
      return indices.map((k) => gradient[k]!.tangent);
    });
    return matrix(indices.length, indices.length, rows.flat());
  }

  /** Where entry (i, j) of a block stands in θ, counted from 0. */
  position(block: string, i = 0, j = 0): number {
    const found = this.instance.model.blocks.find(({ name }) => name === block);
    if (!found) throw new RangeError(`no block ${block}`);
    return found.offset + i * (found.shape[1] ?? 1) + j;
  }

  /** v ∈ V[θ, ε]: ‖v‖ ≤ 1, and f_X(θ + εv) = f_X(θ) */
  inV(v: Vector, epsilon: Rational): boolean {
    return inner(v, v).cmp(one) <= 0 && this.keepsPredictions(v, epsilon);
  }

  /** f_X(θ + εv) = f_X(θ), whatever the length of v */
  keepsPredictions(v: Vector, epsilon: Rational): boolean {
    const moved = this.predictions(this.moved(v, epsilon));
    return isZeroVector(add(moved, scale(one.neg(), this.predictions())));
  }

  moved(v: Vector, epsilon: Rational): Vector {
    return add(this.theta, scale(epsilon, v));
  }

  /** ∂_k f_X(θ + εS_j) for every k and j: they span what f̃_θ(X; α, ε, S) can be */
  perturbedPartials(S: readonly Vector[], epsilon: Rational): readonly Vector[] {
    return S.flatMap((v) => this.partials(this.moved(v, epsilon)));
  }

  /** Predictions α g(x_i), α ∈ ℝ^{dy×d}, for features g(x_i) ∈ ℝ^d, a row for each sample: dy·d vectors. */
  linearIn(features: readonly Vector[]): readonly Vector[] {
    const dy = this.instance.model.outputs;
    const width = features[0]!.length;
    return Array.from({ length: dy * width }, (_, at) =>
      features.flatMap((g) => scale(g[at % width]!, unitVector(dy, Math.floor(at / width)))),
    );
  }

  inputs(): readonly Vector[] {
    const { inputs, m, model } = this.instance;
    return Array.from({ length: m }, (_, i) =>
      Array.from({ length: model.inputs }, (_unused, j) => inputs.rational(i * model.inputs + j)),
    );
  }

  targets(): Vector {
    const { targets } = this.instance;
    return Array.from({ length: targets.length }, (_, k) => targets.rational(k));
  }

  /** min Σ_i ‖f_i − y_i‖² over the span: the squared loss with λ = 1, else a RangeError. */
  leastLoss(span: readonly Vector[]): Rational {
    const { instance } = this;
    if (instance.loss.kind !== 'squared') throw new RangeError('leastLoss: the loss is not squared');
    for (let i = 0; i < instance.m; i++)
      if (!instance.weights.rational(i).equals(one)) throw new RangeError('leastLoss: λ is not 1');
    const targets = this.targets();
    return leastSquares(columnsOf(targets.length, span), targets).minimum;
  }
}

export function inSpan(vector: Vector, span: readonly Vector[]): boolean {
  return inRange(columnsOf(vector.length, span), vector).inRange;
}
