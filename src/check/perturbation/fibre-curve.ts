import { inRange, matrix, nullSpace } from '../../exact/linear-algebra.ts';
import { type Curve, polynomialArithmetic } from '../../exact/polynomial-arithmetic.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import { randomSource } from '../../symbolic/random-source.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { unit } from './directions.ts';
import { at, imageAlong, isShort } from './fibre.ts';
import type { FibreSearch, JacobianRows } from './search.ts';

/** Terms s^1, …, s^DEGREE of a curve. */
const DEGREE = 3;
const NEWTON_STEPS = 2;
const MOST_UNKNOWNS = 60;
const MOST_EQUATIONS = 160;
const RANDOM_TRIES = 8;
/** Degree in s, and bits of a coefficient, beyond which a curve is given up. */
const MOST_DEGREE = 20;
const MOST_BITS = 32;
const HALVINGS = 24;

/**
 * A polynomial curve θ(s) = θ + s·w + s²·c_2 + … with f_X(θ(s)) = f_X(θ) for all small s ≥ 0, found order by order: the
 * coefficients solve the linear system that Newton's method gives on power series, J(θ(s))·c(s) = f_X(θ) − f_X(θ(s)) up to
 * an order; the result is a curve only if f_X is constant on it as a polynomial. Undefined when none was found.
 */
export function fibreCurve(context: CheckContext, w: readonly Rational[]): readonly Curve[] | undefined {
  const { exact } = context;
  const n = w.length;
  if (!exact || n * (DEGREE - 1) > MOST_UNKNOWNS) return undefined;
  if (![...exact.theta, ...w].every((entry) => isShort(entry, MOST_BITS))) return undefined;
  const A = polynomialArithmetic(rationalArithmetic, MOST_DEGREE);
  let curve: readonly Curve[] = exact.theta.map((entry, k) =>
    A.add(A.rational(entry), w[k]!.isZero ? A.zero : [Rational.zero, w[k]!]),
  );
  for (let step = 0; step <= NEWTON_STEPS; step++) {
    if (context.deadline.expired()) return undefined;
    const missing = imageAlong(context, curve, A);
    if (!missing) return undefined;
    if (missing.every((entry) => A.isZero(entry))) return curve;
    const here = curve;
    const slopes = expressed(() => context.over(A, here, 'a curve').jacobian());
    const change = slopes && correction(slopes, missing, n);
    if (!change) return undefined;
    if (!change.flat().every((entry) => isShort(entry, MOST_BITS))) return undefined;
    curve = here.map((entry, k) => A.add(entry, change[k]!));
  }
  return undefined;
}

/** c(s) = Σ_{2≤k≤DEGREE} c_k s^k with J(s)·c(s) = −missing(s), at every power of s, else at as many as can be met. */
function correction(
  slopes: readonly (readonly Curve[])[],
  missing: readonly Curve[],
  n: number,
): readonly Curve[] | undefined {
  const highest = Math.max(
    ...missing.map((entry) => entry.length - 1),
    ...slopes.flat().map((entry) => entry.length - 1 + DEGREE),
  );
  const lowest = Math.min(...missing.map(lowestPower));
  for (const top of [highest, highest - 1, Math.ceil((lowest + highest) / 2), lowest + 1, lowest]) {
    if (top < lowest || missing.length * (top + 1) > MOST_EQUATIONS) continue;
    const entries: Rational[] = [];
    const right: Rational[] = [];
    for (const [i, row] of slopes.entries()) {
      for (let power = 0; power <= top; power++) {
        // Lower powers first: the pivots prefer them.
        for (let k = 2; k <= DEGREE; k++)
          for (let j = 0; j < n; j++) entries.push(row[j]![power - k] ?? Rational.zero);
        right.push((missing[i]![power] ?? Rational.zero).neg());
      }
    }
    const found = inRange(matrix(right.length, n * (DEGREE - 1), entries), right);
    if (!found.inRange) continue;
    return Array.from({ length: n }, (_, j) => {
      const terms = new Array<Rational>(DEGREE + 1).fill(Rational.zero);
      for (let k = 2; k <= DEGREE; k++) terms[k] = found.x[(k - 2) * n + j]!;
      while (terms.at(-1)?.isZero) terms.pop();
      return terms;
    });
  }
  return undefined;
}

const lowestPower = (curve: Curve): number => {
  const power = curve.findIndex((entry) => !entry.isZero);
  return power < 0 ? Number.POSITIVE_INFINITY : power;
};

/** Points of fibre curves that leave θ along kernel directions of J(θ): single ones, then random combinations. */
export function curves(search: FibreSearch, J: JacobianRows, seed: number): void {
  const { context } = search;
  const n = J[0]?.length ?? 0;
  if (n * (DEGREE - 1) > MOST_UNKNOWNS) return;
  if (!J.flat().every((entry) => isShort(entry, MOST_BITS))) return;
  const kernel = nullSpace(matrix(J.length, n, J.flat())).vectors.map(unit);
  const random = randomSource(seed ^ 0x165667b1);
  const directions = function* (): Generator<readonly Rational[]> {
    for (const vector of kernel) yield* [vector, vector.map((entry) => entry.neg())];
    for (let k = 0; k < RANDOM_TRIES && kernel.length > 1; k++) {
      const factors = kernel.map(() => Rational.integer(Math.floor(random() * 5) - 2));
      yield Array.from({ length: n }, (_, j) =>
        kernel.reduce((sum, vector, i) => sum.add(factors[i]!.mul(vector[j]!)), Rational.zero),
      );
    }
  };
  for (const w of directions()) {
    if (search.done) return;
    if (w.every((entry) => entry.isZero)) continue;
    search.spend(20 * NEWTON_STEPS * context.instance.model.outputs);
    const curve = fibreCurve(context, w);
    if (curve) offerPoint(search, curve);
  }
}

/** The point of the curve at the first s = ε/2^k that lies in the ball and on the fibre. */
function offerPoint(search: FibreSearch, curve: readonly Curve[]): void {
  const { context, epsilon } = search;
  const { theta } = context.exact!;
  let s = epsilon;
  for (let k = 0; k < HALVINGS && !search.done; k++) {
    const v = curve.map((entry, j) => at(entry, s).sub(theta[j]!).div(epsilon));
    if (search.offer({ kind: 'fibre curve', v, curve })) return;
    s = s.div(Rational.integer(2));
  }
}
