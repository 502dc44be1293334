import { GraphBuilder } from '../symbolic/graph.ts';
import { SpecError } from '../symbolic/spec-error.ts';
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
    });
  },
};
