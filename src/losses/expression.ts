import { GraphBuilder } from '../symbolic/graph.ts';
import { expressionSchema, loadParser, parseExpression } from '../symbolic/parse-expression.ts';
import type { LossKind } from './kind.ts';

/** A loss written out in q1 … q<dy> and y1 … y<dy>; nothing about it is taken for granted. */
export const expressionLoss: LossKind = {
  type: 'expression',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['type', 'expression'],
    properties: { type: { const: 'expression' }, expression: expressionSchema },
  },
  prepare: loadParser,
  build(spec, path, dy) {
    const { expression } = spec as { readonly expression: string };
    const b = new GraphBuilder({ q: dy, y: dy });
    const resolve = (name: string) => {
      const found = /^([qy])([1-9]\d{0,5})$/.exec(name);
      const k = Number(found?.[2]);
      return found && k <= dy ? b.variable(found[1]!, k - 1) : undefined;
    };
    const output = parseExpression(expression, b, resolve, `${path}.expression`);
    return Object.freeze({
      kind: 'expression',
      dy,
      graph: b.build([output]),
      formula: expression,
      named: false,
      targets: 'real',
    });
  },
};
