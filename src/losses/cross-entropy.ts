import type { Interval } from '../certified/interval.ts';
import { Rational } from '../kernel/rational.ts';
import { GraphBuilder } from '../symbolic/graph.ts';
import { SpecError } from '../symbolic/spec-error.ts';
import { crossEntropyConjugate } from './conjugate.ts';
import type { LossKind } from './kind.ts';
import { lossVariables } from './variables.ts';

/**
 * −Σ_k y_k log(e^{q_k} / Σ_j e^{q_j}) for a distribution y: log Σ_k e^{q_k} − Σ_k y_k q_k, since Σ y_k = 1.
 * With p the softmax of q the Hessian is diag(p) − ppᵀ, whose rows have absolute sum 2p_k(1 − p_k) ≤ 1/2: β = 1/2.
 */
export const crossEntropy: LossKind = {
  type: 'cross-entropy',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['type'],
    properties: { type: { const: 'cross-entropy' } },
  },
  build(_spec, path, dy) {
    if (dy < 2)
      throw new SpecError(
        path,
        'cross-entropy over one output is always 0; give the model an output per class (at least 2), or use smoothed-hinge',
      );
    const b = new GraphBuilder({ q: dy, y: dy });
    const { q, y } = lossVariables(b, dy);
    return Object.freeze({
      kind: 'cross-entropy',
      dy,
      graph: b.build([b.difference(b.logsumexp(q), b.dot(y, q))]),
      formula: 'log Σ exp(q_k) − Σ y_k q_k',
      named: true,
      targets: 'distribution',
      smoothness: 1 / 2,
      lowerBound: 0,
      shiftInvariant: true,
      conjugate: crossEntropyConjugate,
      vanishesAlong: separates,
    });
  },
};

/** One-hot y = e_c and d_c > d_k for every other k: then ℓ = log(1 + Σ_{k≠c} e^{(q+td)_k − (q+td)_c}) ↓ 0, and ℓ > 0. */
function separates(d: readonly Interval[], y: readonly Rational[]): boolean {
  const c = y.findIndex((entry) => entry.equals(Rational.one));
  return c >= 0 && d.every((entry, k) => k === c || entry.hi < d[c]!.lo);
}
