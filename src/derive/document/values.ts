/** Numbers of an instance as short text. */

import { significant } from '../../arithmetic/decimal.ts';
import type { SymbolValue, ValueLine } from '../../check/proof-values.ts';
import type { Quantity } from '../../check/report.ts';
import { Rational } from '../../kernel/rational.ts';
import { quantityText } from '../report/quantity.ts';
import type { NumberLine } from './model.ts';

const LONGEST = 12;
const DIGITS = 6;

/** "1/3" where that is short, else "≈ 0.333333". */
export function entryText(text: string): string {
  if (text.length <= LONGEST) return text.replace('-', '−');
  const value = Rational.parse(text);
  if (value === undefined) return text;
  const decimal = significant(value, DIGITS, 'nearest');
  const exact = Rational.parse(decimal)?.equals(value) === true;
  return `${exact ? '' : '≈ '}${decimal.replace('-', '−')}`;
}

/** "3", "(1, 2, −1)", "(1, 2; 3, 4)" with rows after semicolons; undefined for a function. */
export function entriesText({ shape, entries, omitted }: SymbolValue): string | undefined {
  if (entries === null) return undefined;
  const texts = entries.map(entryText);
  if (shape === '') return texts[0];
  const columns = Number(shape.split(' × ')[1] ?? Number.NaN);
  const rest = omitted > 0 ? ['…'] : [];
  if (!(columns > 1)) return `(${[...texts, ...rest].join(', ')})`;
  const rows: string[] = [];
  for (let at = 0; at < texts.length; at += columns) rows.push(texts.slice(at, at + columns).join(', '));
  return `(${rows.join('; ')}${omitted > 0 ? ', …' : ''})`;
}

const RELATIONS: Readonly<Record<ValueLine['relation'], string>> = {
  eq: '=',
  le: '≤',
  lt: '<',
  inf: '= inf',
};

export function numberLine({ at, samples, relation, left, right, difference, truth }: ValueLine): NumberLine {
  const side = (quantity: Quantity | undefined) => (quantity === undefined ? null : quantityText(quantity));
  return {
    place: [
      ...Object.entries(at).map(([name, k]) => `${name} = ${k}`),
      ...Object.entries(samples).map(([name, k]) => `sample ${k} of ${name}`),
    ].join(', '),
    relation: RELATIONS[relation],
    left: side(left),
    right: side(right),
    difference: side(difference),
    truth,
  };
}
