import type { Rational } from '../kernel/rational.ts';
import type { Graph } from './graph.ts';
import type { Parameters } from './homogeneity.ts';
import type { Polynomial } from './polynomial.ts';

/** Proposes polynomials in the trainable parameters that a denominator of g may be. Untrusted. */
export interface DenominatorProposer {
  propose(
    graph: Graph,
    parameters: Parameters,
    rows: readonly (readonly Rational[])[],
    deadline: number,
  ): Promise<readonly Polynomial[]>;
}
