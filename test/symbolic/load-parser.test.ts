import { expect, it } from 'vitest';
import { GraphBuilder } from '../../src/symbolic/graph.ts';
import { loadParser, parseExpression } from '../../src/symbolic/parse-expression.ts';

it('the parser is loaded only when asked for', async () => {
  const b = new GraphBuilder({ v: 1 });
  const parse = () => parseExpression('x', b, () => b.variable('v', 0), 'f');
  expect(parse).toThrow('await loadParser() first');
  await loadParser();
  expect(parse()).toBe(b.variable('v', 0));
});
