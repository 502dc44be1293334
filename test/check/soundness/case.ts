import type { Rational } from '../../../src/kernel/rational.ts';

/** What a construction fixes about an instance; what it leaves open is absent. */
export interface Truth {
  readonly loss?: Rational;
  /** by obligation id; `locally-linear@t` for Theorem 4 */
  readonly status: Readonly<Record<string, boolean>>;
  /** by result, `theorem-4@t` for Theorem 4 */
  readonly conclusion: Readonly<Record<string, boolean>>;
  /** the right-hand side, for every ε */
  readonly right: Readonly<Record<string, Rational>>;
  /** the right-hand side for all small ε only */
  readonly rightNearby?: Readonly<Record<string, Rational>>;
  /** dim range J(θ) */
  readonly tangent?: number;
  readonly strict?: boolean;
}

export interface Nearest {
  readonly theta: readonly Rational[];
  readonly at: readonly Rational[];
  readonly truth: Truth;
}

export interface Case {
  readonly family: string;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly truth: Truth;
  readonly point: 'given' | 'auto';
  /** the only critical point near θ, and what is true there: a report with an enclosure speaks of it */
  readonly nearest?: Nearest;
  /** where critical points are not alone: the one with the numbers at these places as given */
  readonly nearestWith?: (fixed: readonly number[]) => Nearest | undefined;
}

export interface Dataset {
  /** dx × m */
  readonly X: readonly (readonly Rational[])[];
  /** dy × m */
  readonly Y: readonly (readonly Rational[])[];
  readonly weights: readonly Rational[];
}

const columns = (A: readonly (readonly Rational[])[]): string[][] =>
  Array.from({ length: A[0]?.length ?? 0 }, (_, i) => A.map((row) => String(row[i]!)));

export const specOf = (
  model: object,
  { X, Y, weights }: Dataset,
  parameters: object,
  more: object = {},
): Record<string, unknown> => ({
  everymin: 1,
  model,
  loss: { type: 'squared' },
  data: { inputs: columns(X), targets: columns(Y), weights: weights.map(String) },
  parameters,
  ...more,
});
