import type { Arithmetic } from '../../../src/arithmetic/arithmetic.ts';
import type { Interpretation, Meaning, PointFunction, Request } from '../../../src/arithmetic/meaning.ts';
import type { Rational } from '../../../src/kernel/rational.ts';

/** θ ↦ Σ coefficient · θ^exponents. */
export type Polynomial = readonly (readonly [coefficient: Rational, exponents: readonly number[]])[];

export function polynomial<T>(
  A: Arithmetic<T>,
  terms: Polynomial,
): PointFunction<T> & { number(point: readonly T[]): T } {
  const number = (point: readonly T[]): T =>
    terms.reduce(
      (sum, [c, exponents]) =>
        A.add(
          sum,
          exponents.reduce((product, e, k) => power(A, product, point[k]!, e), A.rational(c)),
        ),
      A.zero,
    );
  const derivative = (k: number) =>
    polynomial(
      A,
      terms
        .filter(([, exponents]) => exponents[k]! > 0)
        .map(
          ([c, exponents]) =>
            [
              c.mul((c.constructor as typeof Rational).integer(exponents[k]!)),
              exponents.map((e, j) => (j === k ? e - 1 : e)),
            ] as const,
        ),
    );
  return {
    number,
    value: number,
    partial: (point, k) => derivative(k).number(point),
    derivative,
    differentiable: () => true,
  };
}
const power = <T>(A: Arithmetic<T>, start: T, x: T, n: number): T =>
  Array.from({ length: n }).reduce<T>((product) => A.mul(product, x), start);

/** A vector of polynomials as one function. */
export function polynomials<T>(A: Arithmetic<T>, components: readonly Polynomial[]): PointFunction<T> {
  const all = components.map((terms) => polynomial(A, terms));
  return {
    value: (point) => all.map((p) => p.number(point)),
    partial: (point, k) => all.map((p) => p.partial!(point, k) as T),
    differentiable: () => true,
  };
}

/** ℓ(q) = Σ (q_c − y_c)². */
export function squaredLoss<T>(A: Arithmetic<T>, y: readonly Rational[]): PointFunction<T> {
  const gap = (q: readonly T[], c: number) => A.sub(q[c]!, A.rational(y[c]!));
  return {
    value: (point) => y.reduce((sum, _, c) => A.add(sum, A.mul(gap(point, c), gap(point, c))), A.zero),
    partial: (point, c) => A.add(gap(point, c), gap(point, c)),
    differentiable: () => true,
  };
}

export interface Problem {
  /** f_i(θ), one list of dy polynomials for each sample */
  readonly model: readonly (readonly Polynomial[])[];
  readonly targets: readonly (readonly Rational[])[];
  readonly weights: readonly Rational[];
  readonly θ: readonly Rational[];
}

/** The meaning of the paper's symbols m, dθ, dy, λ, ℓ, f, θ on a polynomial model with squared loss. */
export function interpret<T>(
  A: Arithmetic<T>,
  rounding: 'exact' | 'enclosing' | 'nearest',
  problem: Problem,
  more: Readonly<Record<string, Meaning<T>>> = {},
  extra: Partial<Interpretation<T>> = {},
): Interpretation<T> {
  const symbols: Record<string, Meaning<T>> = {
    m: problem.model.length,
    dθ: problem.θ.length,
    dy: problem.targets[0]!.length,
    λ: problem.weights.map((x) => A.rational(x)),
    ℓ: problem.targets.map((y) => squaredLoss(A, y)),
    f: problem.model.map((components) => polynomials(A, components)),
    θ: problem.θ.map((x) => A.rational(x)),
    ...more,
  };
  return { arithmetic: A, rounding, meaning: (variable) => symbols[variable.name], ...extra };
}

/** Candidates by the name of the bound variable. */
export const byName =
  <T>(table: Readonly<Record<string, readonly Meaning<T>[]>>) =>
  ({ name }: Request): readonly Meaning<T>[] =>
    table[name] ?? [];
