import { GraphBuilder } from '../symbolic/graph.ts';
import { squaredConjugate } from './conjugate.ts';
import type { LossKind } from './kind.ts';
import { lossVariables } from './variables.ts';

/** ‖q − y‖², with Hessian 2I. */
export const squared: LossKind = {
  type: 'squared',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['type'],
    properties: { type: { const: 'squared' } },
  },
  build(_spec, _path, dy) {
    const b = new GraphBuilder({ q: dy, y: dy });
    const { q, y } = lossVariables(b, dy);
    const squares = q.map((each, k) => b.power(b.difference(each, y[k]!), 2));
    return Object.freeze({
      kind: 'squared',
      dy,
      graph: b.build([b.sum(...squares)]),
      formula: '‖q − y‖²',
      named: true,
      targets: 'real',
      strongConvexity: 2,
      smoothness: 2,
      lowerBound: 0,
      alwaysAttained: true,
      leastAtTarget: true,
      conjugate: squaredConjugate,
    });
  },
};
