import { GraphBuilder } from '../symbolic/graph.ts';
import { SpecError } from '../symbolic/spec-error.ts';
import { squaredHingeConjugate } from './conjugate.ts';
import type { LossKind } from './kind.ts';

const MAX_POWER = 100;

/** max(0, 1 − yq)^p with y = ±1 and an integer p ≥ 2; for p = 2 its derivative is 2-Lipschitz. */
export const smoothedHinge: LossKind = {
  type: 'smoothed-hinge',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['type', 'p'],
    properties: { type: { const: 'smoothed-hinge' }, p: { type: 'integer', minimum: 2, maximum: MAX_POWER } },
  },
  build(spec, path, dy) {
    const { p } = spec as { readonly p: unknown };
    if (typeof p !== 'number' || !Number.isInteger(p) || p < 2 || p > MAX_POWER)
      throw new SpecError(
        `${path}.p`,
        `p is ${JSON.stringify(p)}; it must be an integer from 2 to ${MAX_POWER} (p < 2 is not differentiable; other powers can be written as an expression loss)`,
      );
    if (dy !== 1)
      throw new SpecError(
        path,
        `smoothed-hinge needs one output and the model has ${dy}; use one output, or cross-entropy`,
      );
    const b = new GraphBuilder({ q: 1, y: 1 });
    const margin = b.product(b.variable('y', 0), b.variable('q', 0));
    return Object.freeze({
      kind: 'smoothed-hinge',
      dy,
      graph: b.build([b.power(b.unary('relu', b.difference(b.constant(1), margin)), p)]),
      formula: `max(0, 1 − yq)^${p}`,
      named: true,
      targets: 'sign',
      ...(p === 2 ? { smoothness: 2, conjugate: squaredHingeConjugate } : {}),
      lowerBound: 0,
      alwaysAttained: true,
    });
  },
};
