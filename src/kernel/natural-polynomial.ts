/**
 * Polynomials with natural coefficients, for the arithmetic of dimensions (trusted: Fin(a) and Fin(b) are one sort exactly when
 * a and b have one key). Atoms are texts without `.`, `*` and `+`; monomials are ordered by their keys.
 */
import { append, concat, joinStrings, sortStrings } from './intrinsics.ts';

interface Monomial {
  /** the atoms in order */
  readonly key: string;
  readonly coefficient: bigint;
  readonly atoms: readonly string[];
}
export type NaturalPolynomial = readonly Monomial[];

/** coefficient · atom₁ ⋯ atomₙ */
export function monomial(coefficient: bigint, atoms: readonly string[]): NaturalPolynomial {
  if (coefficient === 0n) return [];
  const ordered: string[] = [];
  for (let i = 0; i < atoms.length; i++) append(ordered, atoms[i]!);
  sortStrings(ordered);
  return [{ key: joinStrings(ordered, '.'), coefficient, atoms: ordered }];
}

export function addPolynomials(a: NaturalPolynomial, b: NaturalPolynomial): NaturalPolynomial {
  const out: Monomial[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    // Not a[i] alone: beyond its end a list is read from Array.prototype.
    const x = i < a.length ? a[i] : undefined;
    const y = j < b.length ? b[j] : undefined;
    if (y === undefined || (x !== undefined && x.key < y.key)) {
      append(out, x!);
      i++;
    } else if (x === undefined || y.key < x.key) {
      append(out, y);
      j++;
    } else {
      append(out, { key: x.key, coefficient: x.coefficient + y.coefficient, atoms: x.atoms });
      i++;
      j++;
    }
  }
  return out;
}

export function multiplyPolynomials(a: NaturalPolynomial, b: NaturalPolynomial): NaturalPolynomial {
  let product: NaturalPolynomial = [];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      const coefficient = a[i]!.coefficient * b[j]!.coefficient;
      product = addPolynomials(product, monomial(coefficient, concat(a[i]!.atoms, b[j]!.atoms)));
    }
  }
  return product;
}

/** Equal for equal polynomials only. */
export function polynomialKey(sum: NaturalPolynomial): string {
  const keys: string[] = [];
  for (let i = 0; i < sum.length; i++) append(keys, `${sum[i]!.coefficient}*${sum[i]!.key}`);
  return `[${joinStrings(keys, '+')}]`;
}
