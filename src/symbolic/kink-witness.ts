import type { Arithmetic } from '../arithmetic/arithmetic.ts';
import { directionalDerivative } from './directional-derivative.ts';
import type { Evaluation } from './evaluate.ts';
import type { PiecewiseLinear, ReluTable } from './piecewise-linear.ts';

/** A direction in which the two one-sided derivatives of one output do not match: f'(θ; d) ≠ −f'(θ; −d). */
export interface KinkWitness<T> {
  /** index of the output */
  readonly output: number;
  readonly direction: readonly T[];
  /** f'(θ; d) */
  readonly forward: T;
  /** f'(θ; −d) */
  readonly backward: T;
}

const RANDOM_TRIES = 64;

/** A direction whose one-sided slopes do not match, replayed; undefined when none of those tried is one. */
export function findWitness<T>(
  evaluation: Evaluation<T>,
  group: string,
  output: number,
  slope: PiecewiseLinear<T>,
  table: ReluTable<T>,
): KinkWitness<T> | undefined {
  const A = evaluation.arithmetic;
  const size = evaluation.graph.groups[group] ?? 0;
  const support = supportOf(slope, table);
  const replay = (sparse: ReadonlyMap<number, T>): KinkWitness<T> | undefined => {
    const direction = Array.from({ length: size }, (_, i) => sparse.get(i) ?? A.zero);
    const forward = directionalDerivative(evaluation, group, direction)[output]!;
    const backward = directionalDerivative(evaluation, group, direction.map(A.neg))[output]!;
    const broken = A.sign(A.add(forward, backward));
    return broken ? { output, direction, forward, backward } : undefined;
  };
  for (const direction of candidates(A, support, slope, table)) {
    const witness = replay(direction);
    if (witness) return witness;
  }
  return undefined;
}

/** Unit vectors, the arguments s of the symbols, points beside the hyperplanes s = 0, then random directions. */
function* candidates<T>(
  A: Arithmetic<T>,
  support: readonly number[],
  slope: PiecewiseLinear<T>,
  table: ReluTable<T>,
): Generator<ReadonlyMap<number, T>> {
  for (const i of support.slice(0, RANDOM_TRIES)) yield new Map([[i, A.one]]);
  const symbols = [...slope.symbols.keys()].slice(0, RANDOM_TRIES);
  for (const k of symbols) yield table.arguments[k]!.linear;
  const random = smallIntegers();
  const draw = () => new Map(support.map((i) => [i, A.float(random())]));
  for (let tried = 0; tried < RANDOM_TRIES; tried++) yield draw();
  for (let tried = 0; tried < 4; tried++) {
    for (const k of symbols) if (table.isPlain(k)) yield* beside(A, table, k, slope, draw());
  }
}

/**
 * Three directions d − εv, d, d + εv with s_k(d) = 0, s_k(v) = 1 and no other plain symbol changing sign between them:
 * h(d) = f'(d) + f'(−d) = Σ c_j |s_j(d)| has a kink of size 2ε|c_k| there, so it is not 0 at all three.
 */
function* beside<T>(
  A: Arithmetic<T>,
  table: ReluTable<T>,
  k: number,
  slope: PiecewiseLinear<T>,
  drawn: ReadonlyMap<number, T>,
): Generator<ReadonlyMap<number, T>> {
  const at = (j: number, d: ReadonlyMap<number, T>): T => {
    let sum = A.zero;
    for (const [i, value] of table.arguments[j]!.linear) {
      const entry = d.get(i);
      if (entry !== undefined) sum = A.add(sum, A.mul(value, entry));
    }
    return sum;
  };
  const pivot = table.arguments[k]!.linear.keys().next().value!;
  const moved = (d: ReadonlyMap<number, T>, by: T) =>
    new Map(d).set(pivot, A.add(d.get(pivot) ?? A.zero, by));
  const d = moved(drawn, A.neg(at(k, drawn)));
  let step = A.one;
  for (const j of slope.symbols.keys()) {
    const slopeAtPivot = table.arguments[j]!.linear.get(pivot);
    if (j === k || !table.isPlain(j) || slopeAtPivot === undefined) continue;
    const distance = A.abs(at(j, d));
    if (A.sign(distance) === 0) return;
    step = A.min(step, A.div(distance, A.mul(A.float(2), A.abs(slopeAtPivot))));
  }
  yield d;
  yield moved(d, step);
  yield moved(d, A.neg(step));
}

/** The variables that occur in the symbols of a slope, nested ones included. */
function supportOf<T>(slope: PiecewiseLinear<T>, table: ReluTable<T>): number[] {
  const variables = new Set<number>();
  const seen = new Set<number>();
  const stack = [...slope.symbols.keys()];
  for (let k = stack.pop(); k !== undefined; k = stack.pop()) {
    if (seen.has(k)) continue;
    seen.add(k);
    for (const i of table.arguments[k]!.linear.keys()) variables.add(i);
    for (const below of table.arguments[k]!.symbols.keys()) stack.push(below);
  }
  return [...variables].sort((a, b) => a - b);
}

/** Integers from −9 to 9, always the same sequence (Lehmer's generator). */
function smallIntegers(): () => number {
  let state = 42;
  return () => {
    state = (state * 48271) % 2147483647;
    return (state % 19) - 9;
  };
}
