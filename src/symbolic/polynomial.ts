import { Rational } from '../kernel/rational.ts';

/** The number of terms went over the budget: the normal form is declined, not approximated. */
export class TermBudgetExceeded extends Error {
  override readonly name = 'TermBudgetExceeded';
}

/** Π variable^exponent: names in increasing order, exponents ≥ 1. */
export type Monomial = readonly (readonly [variable: string, exponent: number])[];

interface Term {
  readonly monomial: Monomial;
  readonly coefficient: Rational;
}

const keyOf = (monomial: Monomial): string => monomial.map(([name, e]) => `${name}^${e}`).join('*');

/**
 * A sparse multivariate polynomial over Q in named variables: the normal form that decides polynomial identities.
 * Immutable; equal polynomials have equal `key`s. Products throw TermBudgetExceeded beyond `TERM_BUDGET` terms.
 */
export class Polynomial {
  static readonly TERM_BUDGET = 20_000;
  readonly #terms: ReadonlyMap<string, Term>;
  #key: string | undefined;

  private constructor(terms: ReadonlyMap<string, Term>) {
    this.#terms = terms;
  }

  static readonly zero = new Polynomial(new Map());
  static readonly one = Polynomial.constant(Rational.one);

  static constant(value: Rational): Polynomial {
    return Polynomial.term(value, []);
  }

  static variable(name: string): Polynomial {
    return Polynomial.term(Rational.one, [[name, 1]]);
  }

  /** coefficient · monomial; the monomial must be sorted by name with exponents ≥ 1. */
  static term(coefficient: Rational, monomial: Monomial): Polynomial {
    if (coefficient.isZero) return new Polynomial(new Map());
    return new Polynomial(new Map([[keyOf(monomial), { monomial, coefficient }]]));
  }

  get terms(): readonly Term[] {
    return [...this.#terms.values()];
  }
  get termCount(): number {
    return this.#terms.size;
  }
  get isZero(): boolean {
    return this.#terms.size === 0;
  }

  /** The value of a constant polynomial, otherwise undefined. */
  get constantValue(): Rational | undefined {
    if (this.isZero) return Rational.zero;
    return this.#terms.size === 1 ? this.#terms.get('')?.coefficient : undefined;
  }

  /** Canonical text: the same for equal polynomials only. */
  get key(): string {
    this.#key ??= [...this.#terms]
      .map(([key, { coefficient }]) => `${coefficient}·${key}`)
      .sort()
      .join('+');
    return this.#key;
  }

  /** Names of the variables that occur, sorted. */
  variables(): string[] {
    const names = new Set<string>();
    for (const { monomial } of this.#terms.values()) for (const [name] of monomial) names.add(name);
    return [...names].sort();
  }

  equals(other: Polynomial): boolean {
    return this.sub(other).isZero;
  }

  add(other: Polynomial): Polynomial {
    if (this.isZero) return other;
    if (other.isZero) return this;
    const sum = new Map(this.#terms);
    for (const [key, term] of other.#terms) accumulate(sum, key, term);
    return new Polynomial(budgeted(sum));
  }

  neg(): Polynomial {
    return this.scale(Rational.integer(-1));
  }

  sub(other: Polynomial): Polynomial {
    return this.add(other.neg());
  }

  scale(factor: Rational): Polynomial {
    if (factor.isZero) return Polynomial.zero;
    if (factor.equals(Rational.one)) return this;
    const scaled = new Map<string, Term>();
    for (const [key, { monomial, coefficient }] of this.#terms)
      scaled.set(key, { monomial, coefficient: coefficient.mul(factor) });
    return new Polynomial(scaled);
  }

  mul(other: Polynomial): Polynomial {
    const left = this.constantValue;
    if (left) return other.scale(left);
    const right = other.constantValue;
    if (right) return this.scale(right);
    const product = new Map<string, Term>();
    for (const a of this.#terms.values()) {
      for (const b of other.#terms.values()) {
        const monomial = multiply(a.monomial, b.monomial);
        accumulate(product, keyOf(monomial), { monomial, coefficient: a.coefficient.mul(b.coefficient) });
      }
      budgeted(product);
    }
    return new Polynomial(product);
  }

  /** Integer exponents ≥ 0; throws a RangeError otherwise. */
  pow(exponent: number): Polynomial {
    if (!(Number.isInteger(exponent) && exponent >= 0))
      throw new RangeError(`Polynomial.pow: exponent ${exponent}`);
    let result = Polynomial.one;
    let square: Polynomial = this;
    for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
      if (rest % 2 === 1) result = result.mul(square);
      if (rest > 1) square = square.mul(square);
    }
    return result;
  }

  /** The partial derivative, every other variable held fixed. */
  diff(variable: string): Polynomial {
    const derivative = new Map<string, Term>();
    for (const { monomial, coefficient } of this.#terms.values()) {
      const exponent = monomial.find(([name]) => name === variable)?.[1];
      if (exponent === undefined) continue;
      const lowered = monomial
        .map(([name, e]) => (name === variable ? ([name, e - 1] as const) : ([name, e] as const)))
        .filter(([, e]) => e > 0);
      accumulate(derivative, keyOf(lowered), {
        monomial: lowered,
        coefficient: coefficient.mul(Rational.integer(exponent)),
      });
    }
    return new Polynomial(derivative);
  }

  /** Total degree in the variables that `counts` accepts (default: all); −1 for the zero polynomial. */
  degree(counts: (variable: string) => boolean = () => true): number {
    let degree = -1;
    for (const { monomial } of this.#terms.values())
      degree = Math.max(
        degree,
        monomial.reduce((sum, [name, e]) => sum + (counts(name) ? e : 0), 0),
      );
    return degree;
  }

  /** The value at a rational point; throws a RangeError when a variable has no value. */
  evaluate(at: (variable: string) => Rational): Rational {
    let sum = Rational.zero;
    for (const { monomial, coefficient } of this.#terms.values())
      sum = sum.add(monomial.reduce((product, [name, e]) => product.mul(at(name).pow(e)), coefficient));
    return sum;
  }

  /** Plain text, highest degree first: "3*q1^2 - 1/2". `show` names the variables. */
  format(show: (variable: string) => string = (name) => name): string {
    if (this.isZero) return '0';
    const size = (term: Term) => term.monomial.reduce((sum, [, e]) => sum + e, 0);
    const ordered = [...this.#terms.values()].sort(
      (a, b) => size(b) - size(a) || (keyOf(a.monomial) < keyOf(b.monomial) ? -1 : 1),
    );
    return ordered
      .map(({ monomial, coefficient }, position) => {
        const factors = monomial.map(([name, e]) => (e === 1 ? show(name) : `${show(name)}^${e}`));
        const size = coefficient.abs();
        if (factors.length === 0 || !size.equals(Rational.one)) factors.unshift(`${size}`);
        const sign = coefficient.sign < 0 ? (position === 0 ? '-' : ' - ') : position === 0 ? '' : ' + ';
        return `${sign}${factors.join('*')}`;
      })
      .join('');
  }
}

function accumulate(terms: Map<string, Term>, key: string, term: Term): void {
  const known = terms.get(key);
  if (!known) {
    if (!term.coefficient.isZero) terms.set(key, term);
    return;
  }
  const coefficient = known.coefficient.add(term.coefficient);
  if (coefficient.isZero) terms.delete(key);
  else terms.set(key, { monomial: known.monomial, coefficient });
}

function budgeted(terms: Map<string, Term>): Map<string, Term> {
  if (terms.size > Polynomial.TERM_BUDGET)
    throw new TermBudgetExceeded(`a polynomial of more than ${Polynomial.TERM_BUDGET} terms`);
  return terms;
}

function multiply(left: Monomial, right: Monomial): Monomial {
  const product: (readonly [string, number])[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const a = left[i];
    const b = right[j];
    if (a && b && a[0] === b[0]) {
      product.push([a[0], a[1] + b[1]]);
      i++;
      j++;
    } else if (a && (!b || a[0] < b[0])) {
      product.push(a);
      i++;
    } else if (b) {
      product.push(b);
      j++;
    }
  }
  return product;
}
