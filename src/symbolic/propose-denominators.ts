import type { Rational } from '../kernel/rational.ts';
import type { DenominatorProposer } from './denominators.ts';
import { type Graph, GraphBuilder, type NodeId } from './graph.ts';
import type { Parameters } from './homogeneity.ts';
import { loadParser, parseExpression } from './parse-expression.ts';
import { Polynomial, TermBudgetExceeded } from './polynomial.ts';
import { NotRational, polynomialOf } from './rational-function.ts';
import { isNowhereZero, normalForm } from './representation.ts';
import { SpecError } from './spec-error.ts';

/** Writes a polynomial in t0, t1, … as a product: a computer algebra system. Untrusted; undefined without an answer. */
export type Factoriser = (polynomial: string, milliseconds: number) => Promise<string | undefined>;

/**
 * Denominators for g: where ∂_k f = 0 = f the quotient f/∂_k f may still be a regular function, so a denominator is sought
 * among the factors of the numerators of the derivatives that have no real zero. The factors come from a computer algebra
 * system (nerdamer); each is parsed back by our own parser, and what it is used for is verified as an identity.
 */
export const proposeDenominators = (factorise: Factoriser): DenominatorProposer => ({
  async propose(graph, parameters, rows, deadline) {
    await loadParser();
    const found = new Map<string, Polynomial>();
    for (const derivative of derivativeNumerators(graph, parameters, rows)) {
      const left = deadline - Date.now();
      if (left <= 0) break;
      let product = Polynomial.one;
      const text = await factorise(derivative.format(short), left);
      for (const factor of text === undefined ? [] : readFactors(text, graph.groups.theta ?? 0)) {
        if (factor.constantValue || !isNowhereZero(factor)) continue;
        found.set(factor.key, factor);
        product = product.mul(factor);
      }
      if (!product.constantValue) found.set(product.key, product);
    }
    return [...found.values()].filter((p) => p.degree() <= 6);
  },
});

const short = (name: string): string => `t${name.slice(6)}`;

/** Numerators of ∂_k f for the first row that are polynomials in trainable parameters only. */
function derivativeNumerators(
  graph: Graph,
  parameters: Parameters,
  rows: readonly (readonly Rational[])[],
): Polynomial[] {
  const form = normalForm(graph, parameters, rows[0] ?? null);
  const names = new Set([...parameters.trainable].map((index) => `theta:${index}`));
  const numerators: Polynomial[] = [];
  for (const output of graph.outputs) {
    for (const name of names) {
      const { numerator } = form.diff(form.of(output), name);
      if (
        numerator.degree() >= 1 &&
        numerator.degree() <= 12 &&
        numerator.variables().every((v) => names.has(v))
      )
        numerators.push(numerator);
    }
  }
  return numerators;
}

/** The factors of a product, read by our parser; [] when it is anything but a product of polynomials. */
function readFactors(text: string, count: number): Polynomial[] {
  const builder = new GraphBuilder({ theta: count });
  const resolve = (name: string) => {
    const index = /^t(\d{1,6})$/.exec(name)?.[1];
    return index !== undefined && Number(index) < count
      ? builder.variable('theta', Number(index))
      : undefined;
  };
  try {
    const output = parseExpression(text, builder, resolve, 'factors');
    const graph = builder.build([output]);
    return factorNodes(graph, output).map((id) => polynomialOf(graph, id));
  } catch (error) {
    if (error instanceof SpecError || error instanceof NotRational || error instanceof TermBudgetExceeded)
      return [];
    throw error;
  }
}

function factorNodes(graph: Graph, id: NodeId): NodeId[] {
  const node = graph.nodes[id]!;
  return node.op === 'product' || node.op === 'power'
    ? node.args.flatMap((argument) => factorNodes(graph, argument))
    : [id];
}
