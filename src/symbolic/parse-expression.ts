import type { MathNode } from 'mathjs/number';
import { type GraphBuilder, type NodeId, UNARY } from './graph.ts';
import { SpecError } from './spec-error.ts';
import { fault, MAX_LENGTH, type Token, tokenize } from './tokens.ts';
import { Translation } from './translate.ts';

/** JSON Schema of an expression. */
export const expressionSchema = { type: 'string', minLength: 1, maxLength: MAX_LENGTH } as const;

const FUNCTIONS: readonly string[] = [...UNARY, 'max', 'min'];

/** Names that mean something to the parser: no input or parameter may have one. */
export const reservedNames: ReadonlySet<string> = new Set([
  ...FUNCTIONS,
  ...['mod', 'to', 'in', 'and', 'xor', 'or', 'not', 'end'],
  ...['true', 'false', 'null', 'undefined', 'NaN', 'Infinity'],
]);

let parser: ((text: string) => MathNode) | undefined;

/** Loads mathjs's parser, once; `parseExpression` needs it. */
export async function loadParser(): Promise<void> {
  parser ??= (await import('./mathjs-parse.ts')).parse;
}

/**
 * Turns an expression into nodes of `builder`. mathjs parses; nothing is evaluated. The syntax tree is walked by a
 * whitelist, beside the list of tokens: each leaf and operator of the tree must be the next token of the text, so the
 * tree is a bracketing of what was written and a number is the exact value of its digits ("0.1" is 1/10).
 *
 * + − * / ^, parentheses, implicit products (2 x), and the functions of UNARY, max and min of one or more arguments.
 * a^n for an integer n; a^(k/2) is sqrt(a)^k; any other power is exp(b·log(a)), which needs a > 0.
 * `resolve` gives the node of a name. Throws a SpecError at `path` that names the column and the mend, and an Error
 * when `loadParser` was not awaited first. Limits: 10,000 characters (so at most as many
 * tokens), depth 200, constants of 20,000 bits.
 */
export function parseExpression(
  text: string,
  builder: GraphBuilder,
  resolve: (name: string) => NodeId | undefined,
  path: string,
): NodeId {
  if (!parser) throw new Error('parseExpression: await loadParser() first');
  const tokens = tokenize(text, path);
  checkNames(tokens, resolve, path);
  let tree: MathNode;
  try {
    tree = parser(text.replace(/[\t\r\n]/g, ' ')); // to mathjs a line break ends a statement
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const column = /\(char (\d+)\)/.exec(reason)?.[1];
    const what = reason.replace(/ \(char \d+\)/, '').toLowerCase();
    throw new SpecError(path, `${what}${column ? ` at column ${column}` : ''}; complete the expression`);
  }
  return new Translation(tokens, builder, resolve, path).run(tree);
}

function checkNames(
  tokens: readonly Token[],
  resolve: (name: string) => NodeId | undefined,
  path: string,
): void {
  tokens.forEach((token, k) => {
    if (token.kind !== 'name') return;
    const { text, column } = token;
    const called = tokens[k + 1]?.text === '(';
    if (FUNCTIONS.includes(text)) {
      if (!called) throw fault(path, `${text} without an argument`, column, `write ${text}(…)`);
    } else if (resolve(text) === undefined) {
      const mend =
        text === 'pi' || text === 'e'
          ? `the constant ${text} is irrational and not available; ${text === 'e' ? 'write exp(…)' : 'write a decimal or a fraction'}`
          : called
            ? `the functions are ${FUNCTIONS.join(', ')}`
            : 'use a declared name';
      throw fault(path, `unknown ${called ? 'function' : 'name'} "${text}"`, column, mend);
    } else if (called) {
      throw fault(path, `"${text}" is not a function`, column, `write ${text}*(…) for a product`);
    }
  });
}
