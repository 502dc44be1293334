import { solve } from '../exact/linear-algebra.ts';
import { matrix } from '../exact/linear-algebra-matrix.ts';
import { Rational } from '../kernel/rational.ts';
import { type Graph, GraphBuilder, type NodeId } from './graph.ts';
import type { Parameters } from './homogeneity.ts';
import { type Monomial, Polynomial } from './polynomial.ts';
import { type Fraction, NormalForm, plus, reachable, times, whole } from './rational-function.ts';
import { isPositive, REAL_LINE, univariate } from './univariate.ts';

/**
 * g_k = numerator_k(θ) / denominator(θ) with Σ_k g_k ∂_k f = f as an identity of rational functions in θ and the atoms
 * of f, either for every input x or for each of the rows that are listed. The denominator is 1, or has no real zero.
 */
export interface IdentityCertificate {
  readonly kind: 'identity';
  /** null: for every x */
  readonly inputs: readonly (readonly string[])[] | null;
  readonly denominator: PolynomialData;
  /** one for each trainable parameter, in order */
  readonly numerators: readonly PolynomialData[];
}

export type PolynomialData = readonly (readonly [coefficient: string, monomial: Monomial])[];

type Row = readonly Rational[];
const LARGEST_SYSTEM = 400;

/**
 * Re-verifies an identity from its data: normal forms of f and of its derivatives are computed afresh, and the difference
 * must vanish. Throws TermBudgetExceeded when the normal form is too large to decide.
 */
export function checkIdentity(
  graph: Graph,
  parameters: Parameters,
  rows: readonly Row[],
  certificate: unknown,
): boolean {
  const { kind, inputs, denominator, numerators } = (certificate ?? {}) as Record<string, unknown>;
  if (kind !== 'identity' || !Array.isArray(numerators)) return false;
  const trainable = [...parameters.trainable].sort((a, b) => a - b);
  if (numerators.length !== trainable.length) return false;
  const names = new Set(trainable.map((index) => `theta:${index}`));
  const D = parsePolynomial(denominator, names);
  const g = numerators.map((data) => parsePolynomial(data, names));
  if (!D || g.some((p) => p === undefined) || !isNowhereZero(D)) return false;
  if (hasKinks(graph)) return false;

  let cases: (Row | null)[];
  if (inputs === null) cases = [null];
  else {
    const listed = parseRows(inputs, graph.groups.x ?? 0);
    if (!listed) return false;
    const covered = new Set(listed.map((row) => row.join()));
    if (listed.length === 0 || !rows.every((row) => covered.has(row.join()))) return false;
    cases = listed;
  }
  return cases.every((row) => {
    const form = normalForm(graph, parameters, row);
    return graph.outputs.every((output) => {
      const f = form.of(output);
      let sum = times(f, whole(D.neg()));
      trainable.forEach((index, k) => {
        sum = plus(sum, times(whole(g[k]!), form.diff(f, `theta:${index}`)));
      });
      return sum.numerator.isZero;
    });
  });
}

/**
 * Searches g with polynomial numerators of degree ≤ `degree` over a given denominator, by a linear system over Q in their
 * coefficients. Untrusted; undefined when there is none, or the system is too large. Throws NotRational for kinks.
 */
export function findIdentity(
  graph: Graph,
  parameters: Parameters,
  rows: readonly Row[] | null,
  degree: number,
  denominator: Polynomial = Polynomial.one,
): IdentityCertificate | undefined {
  const trainable = [...parameters.trainable].sort((a, b) => a - b);
  const basis = monomials(
    trainable.map((index) => `theta:${index}`),
    degree,
  );
  if (hasKinks(graph) || trainable.length === 0 || trainable.length * basis.length > LARGEST_SYSTEM)
    return undefined;
  const columns = trainable.flatMap((_, k) => basis.map((monomial) => ({ k, monomial })));
  const equations: { row: Map<number, Rational>; value: Rational }[] = [];
  for (const row of rows ?? [null]) {
    const form = normalForm(graph, parameters, row);
    for (const output of graph.outputs) {
      const f = form.of(output);
      const slopes = trainable.map((index) => form.diff(f, `theta:${index}`));
      const [target, ...scaled] = overCommonDenominator([times(f, whole(denominator)), ...slopes]);
      const parts = new Map<string, { row: Map<number, Rational>; value: Rational }>();
      const part = (key: string) => {
        let found = parts.get(key);
        if (!found) {
          found = { row: new Map(), value: Rational.zero };
          parts.set(key, found);
        }
        return found;
      };
      for (const { monomial, coefficient } of target!.terms)
        part(JSON.stringify(monomial)).value = coefficient;
      columns.forEach(({ k, monomial }, column) => {
        for (const term of scaled[k]!.mul(Polynomial.term(Rational.one, monomial)).terms)
          part(JSON.stringify(term.monomial)).row.set(column, term.coefficient);
      });
      equations.push(...parts.values());
      if (equations.length > 4 * LARGEST_SYSTEM) return undefined;
    }
  }
  const entries = equations.flatMap(({ row }) =>
    columns.map((_, column) => row.get(column) ?? Rational.zero),
  );
  const solution = solve(
    matrix(equations.length, columns.length, entries),
    equations.map(({ value }) => value),
  );
  if (!solution) return undefined;
  return {
    kind: 'identity',
    inputs: rows ? rows.map((row) => row.map(String)) : null,
    denominator: polynomialData(denominator),
    numerators: trainable.map((_, k) =>
      basis.flatMap((monomial, b) => {
        const coefficient = solution[k * basis.length + b]!;
        return coefficient.isZero ? [] : [[coefficient.toString(), monomial] as const];
      }),
    ),
  };
}

/** g as nodes over the group theta: one output for each trainable parameter. */
export function identityGraph(certificate: IdentityCertificate, count: number): Graph {
  const b = new GraphBuilder({ theta: count });
  const node = (data: PolynomialData): NodeId =>
    b.sum(
      ...data.map(([coefficient, monomial]) =>
        monomial.reduce(
          (product, [name, e]) => b.product(product, b.power(b.variable('theta', Number(name.slice(6))), e)),
          b.constant(Rational.parse(coefficient)!),
        ),
      ),
    );
  const divisor = node(certificate.denominator);
  return b.build(certificate.numerators.map((numerator) => b.quotient(node(numerator), divisor)));
}

/** relu, abs, max, min and sqrt of θ: the derivative is not one rational function there. */
export function hasKinks(graph: Graph): boolean {
  const varies = new Set<NodeId>();
  for (const id of reachable(graph, graph.outputs)) {
    const node = graph.nodes[id]!;
    const depends =
      node.op === 'variable'
        ? node.group === 'theta'
        : 'args' in node && node.args.some((a) => varies.has(a));
    if (!depends) continue;
    varies.add(id);
    if (['relu', 'abs', 'max', 'min', 'sqrt'].includes(node.op)) return true;
  }
  return false;
}

export function normalForm(graph: Graph, parameters: Parameters, row: Row | null): NormalForm {
  return new NormalForm(graph, {
    atoms: true,
    constantOf: (group, index) => {
      if (group === 'x') return row?.[index];
      return group === 'theta' && !parameters.trainable.has(index) ? parameters.fixed?.(index) : undefined;
    },
  });
}

export const polynomialData = (p: Polynomial): PolynomialData =>
  p.terms.map(({ coefficient, monomial }) => [coefficient.toString(), monomial] as const);

/** Reads a polynomial back; undefined when it is malformed or uses a variable that is not in `names`. */
export function parsePolynomial(data: unknown, names: ReadonlySet<string>): Polynomial | undefined {
  if (!Array.isArray(data)) return undefined;
  let sum = Polynomial.zero;
  for (const term of data) {
    if (!Array.isArray(term) || term.length !== 2 || typeof term[0] !== 'string' || !Array.isArray(term[1]))
      return undefined;
    const coefficient = Rational.parse(term[0]);
    if (!coefficient) return undefined;
    let factor = Polynomial.constant(coefficient);
    for (const power of term[1] as unknown[]) {
      if (!Array.isArray(power) || power.length !== 2) return undefined;
      const [name, exponent] = power as [unknown, unknown];
      if (typeof name !== 'string' || !names.has(name)) return undefined;
      if (!(typeof exponent === 'number' && Number.isInteger(exponent) && exponent >= 1 && exponent <= 100))
        return undefined;
      factor = factor.mul(Polynomial.variable(name).pow(exponent));
    }
    sum = sum.add(factor);
  }
  return sum;
}

/** A non-zero constant, or a polynomial of one variable without real zeros (Sturm). */
export function isNowhereZero(p: Polynomial): boolean {
  const names = p.variables();
  if (names.length === 0) return !p.isZero;
  if (names.length > 1) return false;
  const line = univariate(p, names[0]!);
  return (
    line !== undefined &&
    (isPositive(line, REAL_LINE) ||
      isPositive(
        line.map((c) => c.neg()),
        REAL_LINE,
      ))
  );
}

function parseRows(inputs: unknown, length: number): Rational[][] | undefined {
  if (!Array.isArray(inputs)) return undefined;
  const rows: Rational[][] = [];
  for (const entry of inputs) {
    if (!Array.isArray(entry) || entry.length !== length) return undefined;
    const row = entry.map((text) => (typeof text === 'string' ? Rational.parse(text) : undefined));
    if (row.some((value) => value === undefined)) return undefined;
    rows.push(row as Rational[]);
  }
  return rows;
}

/** All monomials of degree ≤ `degree` in these names. */
function monomials(names: readonly string[], degree: number): Monomial[] {
  const sorted = [...names].sort();
  let found: Monomial[] = [[]];
  for (const name of sorted) {
    found = found.flatMap((monomial) => {
      const size = monomial.reduce((sum, [, e]) => sum + e, 0);
      return Array.from(
        { length: degree - size + 1 },
        (_, e): Monomial => (e === 0 ? monomial : [...monomial, [name, e]]),
      );
    });
    if (found.length > LARGEST_SYSTEM) return found;
  }
  return found;
}

/** Numerators after all fractions are brought over one denominator. */
function overCommonDenominator(fractions: readonly Fraction[]): Polynomial[] {
  const distinct = new Map(fractions.map(({ denominator }) => [denominator.key, denominator]));
  return fractions.map(({ numerator, denominator }) => {
    let product = numerator;
    for (const [key, other] of distinct) if (key !== denominator.key) product = product.mul(other);
    return product;
  });
}
