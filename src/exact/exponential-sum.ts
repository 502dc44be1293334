import { Inexpressible } from '../arithmetic/arithmetic.ts';
import { Rational } from '../kernel/rational.ts';

/**
 * Σ_j c_j e^{β_j} with rational, distinct β_j in increasing order and rational c_j ≠ 0: the group ring Q[e^β : β ∈ Q].
 * By the Lindemann–Weierstrass theorem such a sum is 0 exactly when it has no terms (Baker, Transcendental Number
 * Theory, theorem 1.4).
 */
export type ExponentialSum = readonly Term[];

export interface Term {
  readonly exponent: Rational;
  readonly coefficient: Rational;
}

/** A sum may have this many terms, and a product may take this many products of terms; beyond, Inexpressible. */
const MAX_TERMS = 4096;
const MAX_PRODUCTS = 1 << 18;

export const EMPTY: ExponentialSum = Object.freeze([]);

/** c·e^β */
export function monomial(coefficient: Rational, exponent: Rational = Rational.zero): ExponentialSum {
  return coefficient.isZero ? EMPTY : [{ exponent, coefficient }];
}

export const UNIT: ExponentialSum = monomial(Rational.one);

/** a + b, by merging. */
export function addSums(a: ExponentialSum, b: ExponentialSum): ExponentialSum {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const terms: Term[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const p = a[i];
    const q = b[j];
    const order = !p ? 1 : !q ? -1 : p.exponent.cmp(q.exponent);
    if (order < 0) terms.push(p!);
    else if (order > 0) terms.push(q!);
    else {
      const coefficient = p!.coefficient.add(q!.coefficient);
      if (!coefficient.isZero) terms.push({ exponent: p!.exponent, coefficient });
    }
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return bounded(terms);
}

/** a·c·e^β for c ≠ 0 */
export function scaleSum(a: ExponentialSum, c: Rational, exponent: Rational): ExponentialSum {
  return a.map((term) => ({
    exponent: term.exponent.add(exponent),
    coefficient: term.coefficient.mul(c),
  }));
}

export const negateSum = (a: ExponentialSum): ExponentialSum =>
  a.map(({ exponent, coefficient }) => ({ exponent, coefficient: coefficient.neg() }));

/** a·b; throws Inexpressible when it is too large. */
export function multiplySums(a: ExponentialSum, b: ExponentialSum): ExponentialSum {
  if (a.length > b.length) return multiplySums(b, a);
  if (a.length === 0) return EMPTY;
  if (a.length === 1) return scaleSum(b, a[0]!.coefficient, a[0]!.exponent);
  if (a.length * b.length > MAX_PRODUCTS) throw tooLarge();
  const merged = new Map<string, Term>();
  for (const p of a) {
    for (const q of b) {
      const exponent = p.exponent.add(q.exponent);
      const product = p.coefficient.mul(q.coefficient);
      const key = exponent.toString();
      const known = merged.get(key);
      merged.set(key, { exponent, coefficient: known ? known.coefficient.add(product) : product });
    }
  }
  const terms = [...merged.values()].filter((term) => !term.coefficient.isZero);
  return bounded(terms.sort((p, q) => p.exponent.cmp(q.exponent)));
}

/**
 * a/b when b divides a, by division from the least exponent on; undefined when it does not, and when a has more than 256
 * terms or the quotient many more than a, since this only keeps terms small.
 */
export function divideSums(a: ExponentialSum, b: ExponentialSum): ExponentialSum | undefined {
  if (a.length === 0) return EMPTY;
  if (a.length > 256) return undefined;
  const first = b[0]!;
  const inverse = first.coefficient.inv();
  const highest = a[a.length - 1]!.exponent.sub(b[b.length - 1]!.exponent);
  const quotient: Term[] = [];
  const limit = 16 + 2 * a.length;
  let rest = a;
  while (rest.length > 0) {
    const exponent = rest[0]!.exponent.sub(first.exponent);
    if (exponent.cmp(highest) > 0 || quotient.length === limit || rest.length > limit) return undefined;
    const coefficient = rest[0]!.coefficient.mul(inverse);
    quotient.push({ exponent, coefficient });
    rest = addSums(rest, scaleSum(b, coefficient.neg(), exponent));
  }
  return quotient;
}

export function equalSums(a: ExponentialSum, b: ExponentialSum): boolean {
  return (
    a.length === b.length &&
    a.every((term, j) => term.exponent.equals(b[j]!.exponent) && term.coefficient.equals(b[j]!.coefficient))
  );
}

/** "-1 + 2*e^(1/2)" */
export function formatSum(a: ExponentialSum): string {
  if (a.length === 0) return '0';
  return a
    .map(({ exponent, coefficient }) => {
      if (exponent.isZero) return coefficient.toString();
      const power = exponent.equals(Rational.one) ? 'e' : `e^(${exponent})`;
      if (coefficient.equals(Rational.one)) return power;
      return coefficient.isInteger ? `${coefficient}*${power}` : `(${coefficient})*${power}`;
    })
    .join(' + ')
    .replaceAll('+ -', '- ');
}

function bounded(terms: readonly Term[]): ExponentialSum {
  if (terms.length > MAX_TERMS) throw tooLarge();
  return terms;
}

function tooLarge(): Inexpressible {
  return new Inexpressible(`a sum of exponentials has more than ${MAX_TERMS} terms`);
}

/**
 * An element of the field of fractions of Q[e^β : β ∈ Q], numerator/Π base^power. It is 0 exactly when the numerator has no
 * terms. The denominator stays factored, so that tanh and its derivatives share theirs.
 */
export interface Exponential {
  readonly numerator: ExponentialSum;
  readonly denominator: readonly Factor[];
}

/** base^power, power ≥ 1; base has at least two terms, the first of which is 1. Equal bases have equal keys. */
export interface Factor {
  readonly base: ExponentialSum;
  readonly power: number;
  readonly key: string;
}
