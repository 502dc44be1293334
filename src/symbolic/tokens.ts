import { Rational } from '../kernel/rational.ts';
import { SpecError } from './spec-error.ts';

export interface Token {
  readonly kind: 'number' | 'name' | 'operator';
  readonly text: string;
  /** 1-based */
  readonly column: number;
}

export const MAX_LENGTH = 10_000;
const MAX_DEPTH = 200;
const MAX_EXPONENT = 400;

const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z][A-Za-z0-9_]*/y;
const SPACE = /[ \t\r\n]+/y;
const OPERATORS = '+-*/^(),';

const MENDS: Readonly<Record<string, string>> = {
  '−': 'write - for minus',
  '–': 'write - for minus',
  '·': 'write * for a product',
  '×': 'write * for a product',
  '÷': 'write / for a quotient',
  '²': 'write ^2',
  '³': 'write ^3',
  '=': 'write an expression, not an assignment or a definition',
  '[': 'arrays are not allowed; write one number',
  '{': 'objects are not allowed; write one number',
  '"': 'strings are not allowed',
  "'": 'strings are not allowed',
  ':': 'ranges and conditionals are not allowed',
  '?': 'conditionals are not allowed; max, min, abs and relu are',
  '<': 'comparisons are not allowed; max, min, abs and relu are',
  '>': 'comparisons are not allowed; max, min, abs and relu are',
  '.': 'member access and elementwise operators are not allowed',
  '%': 'the remainder is not allowed',
  '!': 'factorials are not allowed',
  '#': 'comments are not allowed',
  ';': 'write a single expression',
  _: 'a name starts with a letter',
};

/**
 * Splits an expression into tokens and refuses, before any parser sees it, whatever could make a parser hang, overflow,
 * or do anything but arithmetic: other characters, great length, depth above 200, unbalanced parentheses.
 * Throws a SpecError at `path` that names the column.
 */
export function tokenize(text: string, path: string): Token[] {
  if (text.length > MAX_LENGTH)
    throw new SpecError(
      path,
      `the expression has ${text.length} characters; at most ${MAX_LENGTH} are allowed`,
    );
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const column = at + 1;
    const space = match(SPACE);
    if (space) {
      at += space.length;
      continue;
    }
    const number = match(NUMBER);
    const name = number ? undefined : match(NAME);
    const character = text[at]!;
    if (number) {
      checkNumber(text, number, column, path);
      tokens.push({ kind: 'number', text: number, column });
    } else if (name) tokens.push({ kind: 'name', text: name, column });
    else if (OPERATORS.includes(character)) {
      if (character === '*' && tokens.at(-1)?.text === '*' && tokens.at(-1)?.column === at)
        throw fault(path, 'unexpected **', column - 1, 'write ^ for a power');
      tokens.push({ kind: 'operator', text: character, column });
    } else {
      const shown = String.fromCodePoint(text.codePointAt(at)!);
      const mend = Object.hasOwn(MENDS, shown)
        ? MENDS[shown]!
        : 'only numbers, names, + - * / ^ ( ) and , are allowed';
      throw fault(path, `unexpected ${JSON.stringify(shown)}`, column, mend);
    }
    at += (number ?? name ?? character).length;
  }
  if (tokens.length === 0) throw new SpecError(path, 'the expression is empty; write a number or a formula');
  checkNesting(tokens, path);
  return tokens;
}

export function fault(path: string, what: string, column: number, mend: string): SpecError {
  return new SpecError(path, `${what} at column ${column}; ${mend}`);
}

function checkNumber(text: string, number: string, column: number, path: string): void {
  const after = text[column - 1 + number.length] ?? '';
  if (number.endsWith('.') && '*/^'.includes(after) && after !== '')
    throw fault(
      path,
      `elementwise operator .${after}`,
      column + number.length - 1,
      `write ${number}0${after} or ${number.slice(0, -1)}${after}`,
    );
  if (/^0[box]/i.test(number + after))
    throw fault(path, 'a number that is not decimal', column, 'write it in decimal');
  const exponent = /[eE](.*)$/.exec(number)?.[1];
  if (number.length > 1000 || Math.abs(Number(exponent ?? 0)) > MAX_EXPONENT)
    throw fault(
      path,
      `the number ${number.slice(0, 20)} is too long`,
      column,
      `use at most 1000 digits and exponents up to ±${MAX_EXPONENT}`,
    );
}

/**
 * A bound on a recursive parser's depth: open parentheses, signs before an operand, and towers of powers, each counted
 * until the next binary operator at its level.
 */
function checkNesting(tokens: readonly Token[], path: string): void {
  const open: Token[] = [];
  const pending = [0];
  let depth = 0;
  let operandBefore = false;
  for (const token of tokens) {
    const { text, column } = token;
    if (text === '(') {
      open.push(token);
      pending.push(0);
      depth++;
      operandBefore = false;
    } else if (text === ')') {
      if (open.length === 0) throw fault(path, 'unmatched )', column, 'remove it, or open it with (');
      open.pop();
      depth -= 1 + pending.pop()!;
      operandBefore = true;
    } else if (token.kind !== 'operator') operandBefore = true;
    else {
      if (text === '^' || !operandBefore) {
        pending[pending.length - 1]!++;
        depth++;
      } else {
        depth -= pending.at(-1)!;
        pending[pending.length - 1] = 0;
      }
      operandBefore = false;
    }
    if (depth > MAX_DEPTH)
      throw fault(path, `more than ${MAX_DEPTH} levels of nesting`, column, 'flatten the expression');
  }
  const unclosed = open.at(-1);
  if (unclosed) throw fault(path, 'unmatched (', unclosed.column, 'close it with )');
}

/** The exact value of a number token: "0.1" is 1/10. */
export function exactNumber(token: Token, path: string): Rational {
  const value = Rational.parse(token.text);
  if (!value) throw fault(path, `the number ${token.text}`, token.column, 'write a decimal number');
  return value;
}
