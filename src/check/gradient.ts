import { Inexpressible } from '../arithmetic/arithmetic.ts';
import { type BallMatrix, ballsFromBounds } from '../certified/ball-matrix.ts';
import type { Interval } from '../certified/interval.ts';
import type { Rational } from '../kernel/rational.ts';
import { AtKink } from '../symbolic/derivative.ts';
import type { CheckContext } from './check-context.ts';

/** What is known of ∇L(θ), in the strongest arithmetic that can write it down. */
export type GradientKnowledge =
  | { readonly kind: 'zero'; readonly arithmetic: string }
  | {
      readonly kind: 'nonzero';
      readonly arithmetic: string;
      readonly index: number;
      readonly value: Rational | undefined;
    }
  /** no exact arithmetic can write it down */
  | { readonly kind: 'unknown'; readonly reason: string };

/** Is ∇L(θ) exactly zero? First in rationals, then in the field of exponentials (Lindemann–Weierstrass). */
export function exactGradient(context: CheckContext): GradientKnowledge {
  const reasons: string[] = [];
  if (context.exact) {
    try {
      const { gradient } = context.exact.summary();
      const index = gradient.findIndex((entry) => !entry.isZero);
      return index < 0
        ? { kind: 'zero', arithmetic: 'rational' }
        : { kind: 'nonzero', arithmetic: 'rational', index, value: gradient[index] };
    } catch (error) {
      reasons.push(reasonOf(error));
    }
  } else reasons.push('the instance is too large for exact arithmetic');
  if (context.exponential) {
    try {
      const { arithmetic: A } = context.exponential;
      const { gradient } = context.exponential.summary();
      const index = gradient.findIndex((entry) => A.sign(entry) !== 0);
      return index < 0
        ? { kind: 'zero', arithmetic: 'exponential' }
        : { kind: 'nonzero', arithmetic: 'exponential', index, value: undefined };
    } catch (error) {
      reasons.push(reasonOf(error));
    }
  }
  return { kind: 'unknown', reason: [...new Set(reasons)].join('; ') };
}

/** The message of an expected failure; anything else is a bug and is thrown on. */
export function reasonOf(error: unknown): string {
  if (error instanceof Inexpressible || error instanceof AtKink) return error.message;
  throw error;
}

/** A column of balls around intervals. */
export const column = (values: readonly Interval[]): BallMatrix =>
  ballsFromBounds(
    values.length,
    1,
    values.map((value) => value.lo),
    values.map((value) => value.hi),
  );

/** Rows of intervals as a matrix of balls. */
export function balls(rows: readonly (readonly Interval[])[], cols: number): BallMatrix {
  const flat = rows.flat();
  return ballsFromBounds(
    rows.length,
    cols,
    flat.map((value) => value.lo),
    flat.map((value) => value.hi),
  );
}

/** The name of entry k of θ, as in the instance file: `W1[0][2]`. */
export function parameterName(context: CheckContext, k: number): string {
  const index = context.instance.trainableIndices[k]!;
  const block = context.instance.model.blocks.find((b) => index >= b.offset && index < b.offset + b.length)!;
  let rest = index - block.offset;
  const subscripts: number[] = [];
  for (const side of [...block.shape].reverse()) {
    subscripts.unshift(rest % side);
    rest = Math.floor(rest / side);
  }
  return block.name + subscripts.map((s) => `[${s}]`).join('');
}
