import { inRange, type Matrix, matrix, product, transpose } from '../../exact/linear-algebra.ts';
import { integerSquareRoot, rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import { randomSource } from '../../symbolic/random-source.ts';
import { expressed } from '../expressed.ts';
import { squaredNorm, unit } from './directions.ts';
import { imageAt, imageHere, isShort, moved } from './fibre.ts';
import type { FibreSearch } from './search.ts';

const TRIES = 12;
const IDLE = 6;
/** Rows up to which the least-norm correction is taken; its numbers are twice as long. */
const LEAST_NORM_ROWS = 12;
/** Bits of a number beyond which nothing is solved. */
const MOST_BITS = 128;

/**
 * θ moved in one group of parameters at random and brought back onto the fibre by another group b: f_X(θ + εu) + J_b δ =
 * f_X(θ), a linear system, whose solution lies on the fibre exactly where f is affine in b.
 */
export function corrections(search: FibreSearch, groups: readonly (readonly number[])[], seed: number): void {
  const { context, epsilon } = search;
  if (groups.length < 2 || !context.exact) return;
  const random = randomSource(seed ^ 0x27d4eb2f);
  const { theta } = context.exact;
  let idle = 0;
  for (let round = 0; round < TRIES && idle < IDLE && !search.done; round++) {
    const b = groups.length - 1 - (round % groups.length);
    const others = groups.flatMap((group, k) => (k === b ? [] : group));
    const before = search.dimension;
    const u = new Array<Rational>(theta.length).fill(Rational.zero);
    for (const k of others) u[k] = Rational.integer(Math.floor(random() * 5) - 2);
    const v = corrected(search, unit(u), groups[b]!, epsilon.mul(new Rational(1n, 4n)));
    if (v) search.offer({ kind: 'corrected onto the fibre', v });
    idle = search.dimension > before ? 0 : idle + 1;
  }
}

/** v with f_X(θ + εv) = f_X(θ) to first order in the group, and ‖v‖ ≤ 1; undefined when the system has no solution. */
function corrected(
  search: FibreSearch,
  u: readonly Rational[],
  group: readonly number[],
  size: Rational,
): readonly Rational[] | undefined {
  const { context, epsilon } = search;
  const { theta } = context.exact!;
  const image = imageHere(context);
  if (!image) return undefined;
  let step = size;
  for (let attempt = 0; attempt < 3; attempt++) {
    search.spend(4 * context.instance.model.outputs);
    const start = moved(theta, step, u);
    const outputs = imageAt(context, start);
    const rows = expressed(() =>
      context.over(rationalArithmetic, start, 'a point next to the fibre').jacobian(),
    );
    if (!outputs || !rows || ![...outputs, ...rows.flat()].every((entry) => isShort(entry, MOST_BITS)))
      return undefined;
    const J = matrix(
      rows.length,
      group.length,
      rows.flatMap((row) => group.map((k) => row[k]!)),
    );
    const missing = image.map((entry, i) => entry.sub(outputs[i]!));
    const delta = smallSolution(J, missing);
    if (!delta) return undefined;
    const end = [...start];
    group.forEach((k, i) => {
      end[k] = end[k]!.add(delta[i]!);
    });
    const v = end.map((entry, k) => entry.sub(theta[k]!).div(epsilon));
    const length = squaredNorm(v);
    if (length.cmp(Rational.one) <= 0) return v;
    // The correction shrinks with the step.
    step = step.div(Rational.integer(integerSquareRoot(length.numerator / length.denominator) + 2n));
  }
  return undefined;
}

/** Jᵀy with JJᵀy = b for few rows, else any solution of Jδ = b. */
function smallSolution(J: Matrix, b: readonly Rational[]): readonly Rational[] | undefined {
  if (J.rows > LEAST_NORM_ROWS) {
    const any = inRange(J, b);
    return any.inRange ? any.x : undefined;
  }
  const Jt = transpose(J);
  const found = inRange(product(J, Jt), b);
  if (!found.inRange) return undefined;
  return product(Jt, matrix(J.rows, 1, found.x)).entries;
}
