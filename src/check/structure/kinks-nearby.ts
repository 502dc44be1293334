import { type Curve, polynomialArithmetic } from '../../exact/polynomial-arithmetic.ts';
import { rationalArithmetic } from '../../exact/rational-arithmetic.ts';
import { Rational } from '../../kernel/rational.ts';
import { directionalDerivative } from '../../symbolic/directional-derivative.ts';
import { evaluate } from '../../symbolic/evaluate.ts';
import { randomSource } from '../../symbolic/random-source.ts';
import type { CheckContext } from '../check-context.ts';
import { expressed } from '../expressed.ts';
import { embed } from '../point.ts';

/** At θ + s·path, for every small s > 0, f at a sample has slopes along ±direction that do not match. */
export interface KinkNearby {
  readonly sample: number;
  readonly path: readonly Rational[];
  readonly direction: readonly Rational[];
}

const MOST_PARAMETERS = 30;
const MOST_PATHS = 120;
const MOST_WORK = 1_500_000;
const A = polynomialArithmetic(rationalArithmetic);

/**
 * θ ∈ Ω̃ though f may be differentiable at θ: a straight path of points at which it is not. Searched along coordinates, pairs
 * of them and seeded directions; decided exactly by one-sided derivatives in polynomials in s. Undefined when none was found.
 */
export function kinkNearby(context: CheckContext): KinkNearby | undefined {
  const { exact, instance } = context;
  if (!exact || exact.theta.length > MOST_PARAMETERS) return undefined;
  const n = exact.theta.length;
  let [count, work] = [0, 0];
  for (const path of paths(n, context.seed)) {
    if (++count > MOST_PATHS) return undefined;
    for (const direction of directions(n, context.seed)) {
      work += 2 * context.work;
      if (work > MOST_WORK || context.deadline.expired()) return undefined;
      for (let sample = 0; sample < instance.m; sample++) {
        const found = { sample, path, direction };
        if (expressed(() => isKinkNearby(context, found)) === true) return found;
      }
    }
  }
  return undefined;
}

/** Re-verifies the witness: f′(θ + s·path; d) + f′(θ + s·path; −d) is a polynomial in s that is not 0. Throws Inexpressible and AtKink. */
export function isKinkNearby(
  { problem, instance, exact }: CheckContext,
  { sample, path, direction }: KinkNearby,
): boolean {
  if (!exact) return false;
  const dx = instance.model.inputs;
  const theta: Curve[] = exact.theta.map((value, k) =>
    A.add(A.rational(value), path[k]!.isZero ? A.zero : [Rational.zero, path[k]!]),
  );
  const x = embed(A, instance.inputs, sample * dx, dx);
  const at = evaluate(problem.graph, A, { x, theta, fixed: embed(A, instance.parameters) });
  const slopes = (sign: Rational): readonly Curve[] =>
    directionalDerivative(
      at,
      'theta',
      direction.map((entry) => A.rational(entry.mul(sign))),
    );
  const backward = slopes(Rational.one.neg());
  return slopes(Rational.one).some((slope, k) => !A.isZero(A.add(slope, backward[k]!)));
}

function* paths(n: number, seed: number): Generator<readonly Rational[]> {
  const signs = [Rational.one, Rational.one.neg()];
  const vector = (...entries: readonly (readonly [number, Rational])[]) => {
    const at = new Map(entries);
    return Array.from({ length: n }, (_, k) => at.get(k) ?? Rational.zero);
  };
  for (let j = 0; j < n; j++) for (const a of signs) yield vector([j, a]);
  for (let j = 0; j < n; j++)
    for (let k = j + 1; k < n; k++)
      for (const a of signs) for (const b of signs) yield vector([j, a], [k, b]);
  const random = randomSource(seed ^ 0x51ab3c);
  for (;;) yield Array.from({ length: n }, () => Rational.integer(Math.floor(random() * 5) - 2));
}

/** Directions across a kink: two seeded ones see almost every kink, coordinates are easier to read. */
function* directions(n: number, seed: number): Generator<readonly Rational[]> {
  for (let k = 0; k < n && n <= 8; k++)
    yield Array.from({ length: n }, (_, j) => (j === k ? Rational.one : Rational.zero));
  const random = randomSource(seed ^ 0x1f83d9);
  for (let k = 0; k < 2; k++)
    yield Array.from({ length: n }, () => Rational.integer(Math.floor(random() * 9) - 4));
}
