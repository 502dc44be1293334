import { Inexpressible } from '../../arithmetic/arithmetic.ts';
import { type Matrix, matrix, rank } from '../../exact/linear-algebra.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import { evaluate } from '../../symbolic/evaluate.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { embed } from '../point.ts';
import { exactJacobian } from '../right-hand-side/span.ts';
import { directions } from './directions.ts';

/** What was found of Ẽ_ε = span{∂_k f_X(θ+εv) : v ∈ V[θ, ε]} (MATH, Lemma E), exactly. */
export interface PerturbedSpan {
  readonly epsilon: Rational;
  /** columns ∂_k f_X(θ + εS_j), S_0 = 0: m·dy rows */
  readonly columns: Matrix;
  /** dim range J(θ) */
  readonly tangent: number;
  /** dimension of the span found */
  readonly perturbed: number;
  /** S without 0: each verified to lie in V[θ, ε] */
  readonly set: readonly (readonly Rational[])[];
  readonly tried: number;
}

const MOST_ENTRIES = 20_000;
const MOST_COLUMNS = 600;

/**
 * A finite S ⊆ V[θ, ε], chosen greedily so that every member enlarges the span; membership (f_X(θ+εv) = f_X(θ) and
 * ‖v‖ ≤ 1) and every rank are exact. `atMost` stops the search once that dimension is reached. Undefined where J(θ) is not
 * rational or too large. Vectors at which f is not known to be differentiable are left out.
 */
export function perturbedSpan(
  context: CheckContext,
  epsilon: Rational,
  atMost: number,
): PerturbedSpan | undefined {
  const J = exactJacobian(context);
  if (!J || !context.exact || J.rows * J.cols > MOST_ENTRIES) return undefined;
  const image = context.exact.summary().outputs.flat();
  const tangent = rank(J).rank;
  let columns = J;
  let dimension = tangent;
  let tried = 0;
  const set: (readonly Rational[])[] = [];
  for (const v of directions(context)) {
    if (dimension >= atMost || columns.cols > MOST_COLUMNS || context.deadline.expired()) break;
    tried++;
    const theta = context.exact.theta.map((entry, k) => entry.add(epsilon.mul(v[k]!)));
    if (!sameImage(context, theta, image)) continue;
    const added = jacobianAt(context, theta);
    if (!added) continue;
    const wider = beside(columns, added);
    const grown = rank(wider).rank;
    if (grown === dimension) continue;
    columns = wider;
    dimension = grown;
    set.push(v);
  }
  return { epsilon, columns, tangent, perturbed: dimension, set, tried };
}

/** f_X(θ') = f_X(θ) exactly. */
function sameImage(context: CheckContext, theta: readonly Rational[], image: readonly Rational[]): boolean {
  const { instance, problem } = context;
  const A = rationalArithmetic;
  const dx = instance.model.inputs;
  const dy = instance.model.outputs;
  const fixed = embed(A, instance.parameters);
  try {
    for (let i = 0; i < instance.m; i++) {
      const evaluation = evaluate(problem.graph, A, {
        x: embed(A, instance.inputs, i * dx, dx),
        theta,
        fixed,
      });
      for (const [j, output] of problem.graph.outputs.entries()) {
        if (!evaluation.value(output).equals(image[i * dy + j]!)) return false;
      }
    }
    return true;
  } catch (error) {
    if (error instanceof Inexpressible) return false;
    throw error;
  }
}

function jacobianAt(context: CheckContext, theta: readonly Rational[]): Matrix | undefined {
  const rows = expressed(() => context.over(rationalArithmetic, theta, 'perturbed point').jacobian());
  return rows && matrix(rows.length, theta.length, rows.flat());
}

/** [A | B] */
export function beside(A: Matrix, B: Matrix): Matrix {
  if (A.rows !== B.rows) throw new RangeError(`beside: ${A.rows} and ${B.rows} rows`);
  const entries: Rational[] = [];
  for (let i = 0; i < A.rows; i++) {
    entries.push(
      ...A.entries.slice(i * A.cols, (i + 1) * A.cols),
      ...B.entries.slice(i * B.cols, (i + 1) * B.cols),
    );
  }
  return matrix(A.rows, A.cols + B.cols, entries);
}

/** u ⊗ e_j for vectors u ∈ R^m and every output j, as columns of R^(m·dy). */
export function inEveryOutput(samples: readonly (readonly Rational[])[], m: number, dy: number): Matrix {
  const entries: Rational[] = [];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < dy; j++) {
      for (const u of samples) for (let k = 0; k < dy; k++) entries.push(k === j ? u[i]! : Rational.zero);
    }
  }
  return matrix(m * dy, samples.length * dy, entries);
}
