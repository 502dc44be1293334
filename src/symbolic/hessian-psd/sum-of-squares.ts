import { negativeDirection } from '../../exact/linear-algebra.ts';
import { matrix } from '../../exact/linear-algebra-matrix.ts';
import { Rational } from '../../kernel/rational.ts';
import { type Monomial, Polynomial } from '../polynomial.ts';

/** p = Σ_{ij} gram_ij·basis_i·basis_j with a positive semidefinite Gram matrix, so p is a sum of squares. Plain data. */
export interface GramCertificate {
  readonly basis: readonly Monomial[];
  readonly gram: readonly (readonly string[])[];
}

export function isGramCertificate(value: unknown): value is GramCertificate {
  const { basis, gram } = (value ?? {}) as Partial<Record<keyof GramCertificate, unknown>>;
  if (!Array.isArray(basis) || !Array.isArray(gram) || gram.length !== basis.length) return false;
  const isFactor = (factor: unknown) =>
    Array.isArray(factor) &&
    factor.length === 2 &&
    typeof factor[0] === 'string' &&
    Number.isInteger(factor[1]) &&
    factor[1] > 0 &&
    factor[1] <= 100;
  const isNumber = (entry: unknown) => typeof entry === 'string' && Rational.parse(entry) !== undefined;
  return (
    basis.every((monomial) => Array.isArray(monomial) && monomial.every(isFactor)) &&
    gram.every((row) => Array.isArray(row) && row.length === basis.length && row.every(isNumber))
  );
}

/** Verifies the identity by normal form and the semidefiniteness by exact elimination. Cost: n² products, O(n³). */
export function verifySumOfSquares(p: Polynomial, { basis, gram }: GramCertificate): boolean {
  const n = basis.length;
  const entries = gram.flatMap((row) => row.map((entry) => Rational.parse(entry)!));
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) if (!entries[i * n + j]!.equals(entries[j * n + i]!)) return false;
  const factors = basis.map((monomial) =>
    monomial.reduce((product, [name, e]) => product.mul(Polynomial.variable(name).pow(e)), Polynomial.one),
  );
  let sum = Polynomial.zero;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) sum = sum.add(factors[i]!.mul(factors[j]!).scale(entries[i * n + j]!));
  return sum.equals(p) && negativeDirection(matrix(n, n, entries)) === undefined;
}
