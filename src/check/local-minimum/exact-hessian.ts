import { dual } from '../../arithmetic/dual.ts';
import { type Matrix, matrix } from '../../exact/linear-algebra.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import type { CheckContext } from '../check-context.ts';

const MOST_PARAMETERS = 60;
const MOST_WORK = 400_000;

/** ∇²L(θ) over Q by dθ gradients in dual rationals; undefined when too large. Throws Inexpressible and AtKink. */
export function exactHessian(context: CheckContext): Matrix | undefined {
  const { exact } = context;
  if (!exact || exact.theta.length > MOST_PARAMETERS || context.work * exact.theta.length > MOST_WORK)
    return undefined;
  const n = exact.theta.length;
  const A = dual(rationalArithmetic);
  const entries: Rational[] = [];
  for (let k = 0; k < n; k++) {
    const theta = exact.theta.map((value, j) => ({ value, tangent: j === k ? Rational.one : Rational.zero }));
    const { gradient } = context.over(A, theta, `exact Hessian row ${k + 1} of ${n}`).summary();
    entries.push(...gradient.map(({ tangent }) => tangent));
  }
  return matrix(n, n, entries);
}
