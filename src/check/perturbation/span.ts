import { type Matrix, matrix, rank } from '../../exact/linear-algebra.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';
import { TimeLimit } from '../deadline.ts';
import { exactJacobian } from '../right-hand-side/span.ts';
import { parameterGroups } from './blocks.ts';
import { corrections } from './correction.ts';
import { proposals } from './directions.ts';
import { imageHere } from './fibre.ts';
import { curves } from './fibre-curve.ts';
import { orbitPoints } from './orbit-points.ts';
import type { Proposal } from './proposal.ts';
import { columnsAt, FibreSearch, type GeneratorReport, type JacobianRows, type Member } from './search.ts';
import { walks } from './walk.ts';

/** What was found of Ẽ_ε = span{∂_k f_X(θ+εv) : v ∈ V[θ, ε]} (MATH, Lemma E), exactly. */
export interface PerturbedSpan {
  readonly epsilon: Rational;
  /** independent columns ∂_k f_X(θ + εS_j), S_0 = 0, that span what was found: m·dy rows */
  readonly columns: Matrix;
  /** dim range J(θ) */
  readonly tangent: number;
  /** dimension of the span found */
  readonly perturbed: number;
  /** S without 0: each verified to lie in V[θ, ε] */
  readonly set: readonly (readonly Rational[])[];
  /** `set` with where each vector comes from */
  readonly members: readonly Member[];
  readonly generators: readonly GeneratorReport[];
  readonly tried: number;
}

const MOST_ENTRIES = 20_000;
/** Up to this many parameters single coordinates come first: S is then easiest to read. */
const FEW_PARAMETERS = 40;

const spans = new WeakMap<CheckContext, Map<string, PerturbedSpan | undefined>>();

/**
 * A finite S ⊆ V[θ, ε], chosen greedily so that every member enlarges the span; membership (f_X(θ+εv) = f_X(θ) and
 * ‖v‖ ≤ 1) and the independence of the columns kept are exact. `atMost` stops the search once that dimension is reached.
 * Undefined where J(θ) is not rational or too large. Vectors at which f is not known to be differentiable are left out.
 * Computed once for each ε and `atMost`; the work is bounded.
 */
export function perturbedSpan(
  context: CheckContext,
  epsilon: Rational,
  atMost: number,
): PerturbedSpan | undefined {
  const known = spans.get(context) ?? new Map<string, PerturbedSpan | undefined>();
  spans.set(context, known);
  const key = `${epsilon} ${atMost}`;
  if (!known.has(key)) known.set(key, greedy(context, epsilon, atMost));
  return known.get(key);
}

function greedy(context: CheckContext, epsilon: Rational, atMost: number): PerturbedSpan | undefined {
  const J = exactJacobian(context);
  if (!J || !context.exact || J.rows * J.cols > MOST_ENTRIES || !imageHere(context)) return undefined;
  const { rank: tangent, lower } = rank(J);
  const search = new FibreSearch(context, epsilon, J.rows, columnsAt(J, lower.pivotCols), atMost);
  const rows: JacobianRows = Array.from({ length: J.rows }, (_, i) =>
    J.entries.slice(i * J.cols, (i + 1) * J.cols),
  );
  const groups = parameterGroups(context.instance);
  const few = J.cols <= FEW_PARAMETERS;
  const stages = [
    () => walks(search, rows, groups, context.seed),
    () => curves(search, rows, context.seed),
    () => corrections(search, groups, context.seed),
    () => orbitPoints(search),
  ];
  stages.splice(few ? 0 : 1, 0, () => lines(search, rows));
  try {
    for (const stage of stages) if (!search.done) stage();
  } catch (error) {
    // What was found before stands.
    if (!(error instanceof TimeLimit)) throw error;
  }
  const { columns, members } = search;
  return {
    epsilon,
    columns: matrix(
      J.rows,
      columns.length,
      Array.from({ length: J.rows }, (_, i) => columns.map((column) => column[i]!)).flat(),
    ),
    tangent,
    perturbed: search.dimension,
    set: members.map(({ v }) => v),
    members,
    generators: search.generators,
    tried: search.tried,
  };
}

/** Straight lines from θ. With many parameters only those tangent to the fibre are evaluated. */
function lines(search: FibreSearch, J: JacobianRows): void {
  const all = (J[0]?.length ?? 0) <= FEW_PARAMETERS;
  for (const proposal of proposals(search.context)) {
    if (search.done) return;
    if (all || isTangent(J, proposal)) search.offer(proposal);
  }
}

/** J(θ)·v = 0 */
function isTangent(J: JacobianRows, { v }: Proposal): boolean {
  const support = v.flatMap((entry, k) => (entry.isZero ? [] : [k]));
  return J.every((row) => support.reduce((sum, k) => sum.add(row[k]!.mul(v[k]!)), Rational.zero).isZero);
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
