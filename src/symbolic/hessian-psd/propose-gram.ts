import { Rational } from '../../kernel/rational.ts';
import { type Monomial, Polynomial } from '../polynomial.ts';
import { type GramCertificate, verifySumOfSquares } from './sum-of-squares.ts';
import { projectToSemidefinite } from './symmetric-eigen.ts';

const LARGEST_BASIS = 28;
const ROUNDS = 400;

/**
 * Looks for a Gram matrix of a form dᵀH(q)d: alternating projections in float64 between the affine space of Gram
 * matrices and the semidefinite cone, then rounding to rationals that satisfy the identity exactly (Peyrl and Parrilo,
 * Computing sum of squares decompositions with rational coefficients). Untrusted; undefined when nothing was found.
 */
export function proposeGram(form: Polynomial, deadline: number): GramCertificate | undefined {
  if (form.isZero) return { basis: [], gram: [] };
  const basis = prune(candidates(form), form);
  const n = basis.length;
  if (n === 0 || n > LARGEST_BASIS) return undefined;
  const classes = classesOf(basis, form);
  if (!classes) return undefined;
  const scale = Math.max(...classes.map(({ value }) => Math.abs(value.toNumber())));
  const G = new Float64Array(n * n);
  for (let round = 0; round < ROUNDS && Date.now() < deadline; round++) {
    for (const { entries, value } of classes) {
      const excess = (value.toNumber() - entries.reduce((sum, e) => sum + G[e]!, 0)) / entries.length;
      for (const e of entries) G[e] = G[e]! + excess;
    }
    if ((round & (round - 1)) === 0 || round === ROUNDS - 1) {
      const found = rounded(G, n, basis, classes, form);
      if (found) return found;
    }
    // A floor above 0 aims at the interior of the cone, where rounding is harmless; it sinks if there is no interior.
    projectToSemidefinite(G, n, scale * 0.05 * 0.97 ** round);
  }
  return undefined;
}

/** All entries (i, j) whose product of basis monomials is one monomial of the form, and what they must add up to. */
interface ProductClass {
  readonly entries: readonly number[];
  readonly value: Rational;
}

const productOf = (a: Monomial, b: Monomial): string => termOf(a).mul(termOf(b)).key;
const termOf = (monomial: Monomial): Polynomial => Polynomial.term(Rational.one, monomial);

function classesOf(basis: readonly Monomial[], form: Polynomial): ProductClass[] | undefined {
  const n = basis.length;
  const entries = new Map<string, number[]>();
  basis.forEach((a, i) => {
    basis.forEach((b, j) => {
      const key = productOf(a, b);
      const known = entries.get(key);
      if (known) known.push(i * n + j);
      else entries.set(key, [i * n + j]);
    });
  });
  const values = new Map(form.terms.map((term) => [termOf(term.monomial).key, term.coefficient]));
  for (const key of values.keys()) if (!entries.has(key)) return undefined;
  return [...entries].map(([key, members]) => ({
    entries: members,
    value: values.get(key) ?? Rational.zero,
  }));
}

/** d_a·q^β with β inside half of the box and degree range of the form's own monomials. */
function candidates(form: Polynomial): Monomial[] {
  const isDirection = (name: string) => name.startsWith('d:');
  const directions = form.variables().filter(isDirection);
  const variables = form.variables().filter((name) => !isDirection(name));
  const degreeOf = (monomial: Monomial) =>
    monomial.reduce((sum, [name, e]) => sum + (isDirection(name) ? 0 : e), 0);
  const degrees = form.terms.map(({ monomial }) => degreeOf(monomial));
  const [least, most] = [Math.ceil(Math.min(...degrees) / 2), Math.floor(Math.max(...degrees) / 2)];
  let powers: Monomial[] = [[]];
  for (const name of variables) {
    const limit = Math.floor(Math.max(...form.terms.map(({ monomial }) => exponentOf(monomial, name))) / 2);
    powers = powers.flatMap((monomial) =>
      Array.from({ length: limit + 1 }, (_, e): Monomial => (e === 0 ? monomial : [...monomial, [name, e]])),
    );
    powers = powers.filter((monomial) => degreeOf(monomial) <= most);
    if (powers.length * directions.length > 500) return [];
  }
  return directions.flatMap((name) =>
    powers.filter((power) => degreeOf(power) >= least).map((power): Monomial => [[name, 1], ...power]),
  );
}

const exponentOf = (monomial: Monomial, name: string): number =>
  monomial.find(([candidate]) => candidate === name)?.[1] ?? 0;

/** Drops monomials m whose square is not in the form and is no product of two others: their row must vanish. */
function prune(basis: Monomial[], form: Polynomial): Monomial[] {
  const support = new Set(form.terms.map(({ monomial }) => termOf(monomial).key));
  for (let kept = basis; ; ) {
    const crossed = new Set<string>();
    kept.forEach((a, i) => {
      for (const b of kept.slice(i + 1)) crossed.add(productOf(a, b));
    });
    const next = kept.filter((m) => {
      const square = productOf(m, m);
      return support.has(square) || crossed.has(square);
    });
    if (next.length === kept.length) return next;
    kept = next;
  }
}

function rounded(
  G: Float64Array,
  n: number,
  basis: readonly Monomial[],
  classes: readonly ProductClass[],
  form: Polynomial,
): GramCertificate | undefined {
  for (const denominator of [1, 12, 720, 2 ** 30]) {
    const entries = Array.from(
      G,
      (value) => new Rational(BigInt(Math.round(value * denominator)), BigInt(denominator)),
    );
    for (const { entries: members, value } of classes) {
      const sum = members.reduce((total, e) => total.add(entries[e]!), Rational.zero);
      const excess = value.sub(sum).div(Rational.integer(members.length));
      for (const e of members) entries[e] = entries[e]!.add(excess);
    }
    const gram = Array.from({ length: n }, (_, i) => entries.slice(i * n, (i + 1) * n).map(String));
    const certificate = { basis, gram };
    if (verifySumOfSquares(form, certificate)) return certificate;
  }
  return undefined;
}
