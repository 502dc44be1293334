import { negativeDirection } from '../../exact/linear-algebra.ts';
import { matrix } from '../../exact/linear-algebra-matrix.ts';
import { Rational } from '../../kernel/rational.ts';
import type { NodeId } from '../graph.ts';
import { isGramCertificate, verifySumOfSquares } from '../hessian-psd/sum-of-squares.ts';
import { Polynomial, TermBudgetExceeded } from '../polynomial.ts';
import { asPolynomial, type Fraction, NormalForm, NotRational, negate } from '../rational-function.ts';
import {
  isPositive as isPositiveOn,
  negativePoint,
  type OpenInterval,
  POSITIVE_HALF_LINE,
  REAL_LINE,
  type Univariate,
  univariate,
} from '../univariate.ts';
import type { Setting } from './claim.ts';
import { acceptsPiecewise } from './piecewise.ts';
import { contains, parseRange, type Range } from './range.ts';
import { propertyRule, type Rule } from './rule.ts';

const ZERO = Rational.zero;
const direction = (k: number): Polynomial => Polynomial.variable(`d:${k}`);

const forms = new WeakMap<Setting, NormalForm>();

/** The normal form of a setting's graph: parameters with one admitted value are constants, tanh and the like are in e^u. */
export function normalFormOf(setting: Setting): NormalForm {
  let form = forms.get(setting);
  if (!form) {
    form = new NormalForm(setting.graph, {
      atoms: true,
      exponentials: true,
      constantOf: (group, index) =>
        group === setting.variables ? undefined : singleValue(setting.range(group, index)),
    });
    forms.set(setting, form);
  }
  return form;
}

function singleValue({ lower, upper }: Range): Rational | undefined {
  return lower && upper && lower.value.equals(upper.value) ? lower.value : undefined;
}

/** Runs a computation on normal forms; undefined when the expression has none, or one that is too large. */
export function normally<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof NotRational || error instanceof TermBudgetExceeded) return undefined;
    throw error;
  }
}

/** A polynomial of one variable and where it ranges. */
export interface OnLine {
  readonly polynomial: Univariate;
  readonly domain: OpenInterval;
}

/** numerator·denominator, which has the sign of the fraction, as a polynomial in one q_k or in one e^{c·q_k} > 0. */
export function signPolynomial(setting: Setting, { numerator, denominator }: Fraction): OnLine | undefined {
  const product = numerator.mul(denominator);
  const names = product.variables();
  if (names.length > 1) return undefined;
  const [name = `${setting.variables}:0`] = names;
  const atom = normalFormOf(setting).atom(name);
  if (atom ? atom.op !== 'exp' : !name.startsWith(`${setting.variables}:`)) return undefined;
  const polynomial = univariate(product, name);
  return polynomial && { polynomial, domain: atom ? POSITIVE_HALF_LINE : REAL_LINE };
}

export const variableNames = ({ graph, variables }: Setting): string[] =>
  Array.from({ length: graph.groups[variables] ?? 0 }, (_, k) => `${variables}:${k}`);

/** The q that a node depends on, through atoms too. */
export function variablesIn(setting: Setting, fraction: Fraction): string[] {
  const form = normalFormOf(setting);
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = ({ numerator, denominator }: Fraction): void => {
    for (const name of [...numerator.variables(), ...denominator.variables()]) {
      if (seen.has(name)) continue;
      seen.add(name);
      const atom = form.atom(name);
      if (atom) visit(atom.argument);
      else if (name.startsWith(`${setting.variables}:`)) found.add(name);
    }
  };
  visit(fraction);
  return [...found].sort();
}

/** ∂²u/∂q_a∂q_b for the given variables, row by row. */
export function hessianOf(setting: Setting, id: NodeId, names: readonly string[]): Fraction[][] {
  const form = normalFormOf(setting);
  const gradient = names.map((name) => form.diff(form.of(id), name));
  return gradient.map((slope) => names.map((name) => form.diff(slope, name)));
}

/** A defined node whose normal form has one variable has the sign of that polynomial, decided by Sturm's theorem. */
const SIGN: Rule = {
  name: 'sign of one variable',
  concludes: ['range'],
  accepts: ({ setting, id, claim, known }) => {
    if (typeof claim === 'string' || known.range(id) === undefined) return false;
    const claimed = parseRange(claim.range);
    const found = normally(() => signRange(setting, id));
    return claimed !== undefined && found !== undefined && contains(claimed, found);
  },
};

/** The half-line on one side of 0 that the values of a node lie in; undefined when that is not decided. */
export function signRange(setting: Setting, id: NodeId): Range | undefined {
  const form = normalFormOf(setting).of(id);
  for (const side of [1, -1] as const) {
    const line = signPolynomial(setting, side === 1 ? form : negate(form));
    if (!line) return undefined;
    const { polynomial, domain } = line;
    if (negativePoint(polynomial, domain)) continue;
    const end = { value: ZERO, open: isPositiveOn(polynomial, domain) };
    return side === 1 ? { lower: end, upper: null } : { lower: null, upper: end };
  }
  return undefined;
}

/** A function that equals a polynomial of degree ≤ 1 in q is affine. */
const AFFINE = propertyRule('affine normal form', ['affine'], (_node, known, _property, { setting, id }) => {
  if (known.range(id) === undefined) return false;
  const polynomial = normally(() => asPolynomial(normalFormOf(setting).of(id)));
  return polynomial !== undefined && isAffine(setting, polynomial);
});

function isAffine(setting: Setting, polynomial: Polynomial): boolean {
  const form = normalFormOf(setting);
  const inQ = (name: string) => name.startsWith(`${setting.variables}:`);
  return polynomial.variables().every((name) => !form.atom(name)) && polynomial.degree(inQ) <= 1;
}

/** A smooth function of one q_k whose second derivative is ≥ 0 (≤ 0) is convex (concave). */
const SECOND_DERIVATIVE = propertyRule(
  'second derivative',
  ['convex', 'concave'],
  (_node, known, property, { setting, id }) =>
    known.is(id, 'smooth') &&
    normally(() => {
      const names = variablesIn(setting, normalFormOf(setting).of(id));
      if (names.length !== 1) return false;
      const second = hessianOf(setting, id, names)[0]![0]!;
      const line = signPolynomial(setting, property === 'convex' ? second : negate(second));
      return line !== undefined && negativePoint(line.polynomial, line.domain) === undefined;
    }) === true,
);

/** A quadratic function with a positive semidefinite Hessian matrix, decided by exact elimination. */
const QUADRATIC = propertyRule(
  'constant Hessian',
  ['convex', 'concave'],
  (_node, known, property, { setting, id }) =>
    known.is(id, 'smooth') &&
    normally(() => {
      const names = variablesIn(setting, normalFormOf(setting).of(id));
      if (names.length === 0 || names.length > 60) return false;
      const entries = hessianOf(setting, id, names)
        .flat()
        .map((entry) => asPolynomial(entry).constantValue);
      if (entries.some((entry) => entry === undefined)) return false;
      const signed = entries.map((entry) => (property === 'convex' ? entry! : entry!.neg()));
      return negativeDirection(matrix(names.length, names.length, signed)) === undefined;
    }) === true,
);

/** dᵀ∇²u(q)d is a sum of squares of polynomials in (q, d): the evidence is its Gram matrix. */
const SUM_OF_SQUARES = propertyRule(
  'sum of squares',
  ['convex'],
  (_node, known, _property, { setting, id, evidence }) =>
    known.is(id, 'smooth') &&
    isGramCertificate(evidence) &&
    normally(() => verifySumOfSquares(hessianForm(setting, id), evidence)) === true,
);

/** dᵀ∇²u(q)d as a polynomial in q and d_0, d_1, …; throws NotRational when the Hessian is not polynomial in q. */
export function hessianForm(setting: Setting, id: NodeId): Polynomial {
  const form = normalFormOf(setting);
  const names = variablesIn(setting, form.of(id));
  let sum = Polynomial.zero;
  hessianOf(setting, id, names).forEach((row, a) => {
    row.forEach((entry, b) => {
      const polynomial = asPolynomial(entry);
      for (const name of polynomial.variables())
        if (form.atom(name)) throw new NotRational('the Hessian is not a polynomial');
      sum = sum.add(polynomial.mul(direction(a)).mul(direction(b)));
    });
  });
  return sum;
}

const PIECEWISE = propertyRule(
  'piecewise polynomial',
  ['convex', 'differentiable'],
  (_node, known, property, { setting, id, evidence }) =>
    known.range(id) !== undefined &&
    (property === 'convex' || property === 'differentiable') &&
    normally(() => acceptsPiecewise(setting, id, property, evidence)) === true,
);

/** Rules that look at the expression as a whole, through its normal form. */
export const ANALYTIC_RULES: readonly Rule[] = [
  SIGN,
  AFFINE,
  SECOND_DERIVATIVE,
  QUADRATIC,
  SUM_OF_SQUARES,
  PIECEWISE,
];
