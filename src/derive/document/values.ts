/** Numbers of an instance as short text. */

import { significant } from '../../arithmetic/decimal.ts';
import type { SymbolValue, ValueLine } from '../../check/proof-values.ts';
import type { Quantity } from '../../check/report.ts';
import { Rational } from '../../kernel/rational.ts';
import { quantityText } from '../report/quantity.ts';
import type { NumberLine } from './model.ts';
import { listed } from './prose.ts';

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

/** i = 1: 3 = 3, difference 0, true */
export function lineText({ place, left, relation, right, difference, truth }: NumberLine): string {
  const sides = `${left ?? 'unknown'} ${relation} ${right ?? 'unknown'}`;
  return [
    `${place === '' ? '' : `${place}: `}${sides}`,
    ...(difference === null ? [] : [`difference ${difference}`]),
    truth,
  ].join(', ');
}

/** sample 1 of α, sample 1 of S, sample 2 of ε */
const apart = (samples: ValueLine['samples']): readonly string[] =>
  Object.entries(samples).map(([name, k]) => `sample ${k} of ${name}`);

/** sample 1 of α and S, sample 2 of ε */
function together(samples: ValueLine['samples']): readonly string[] {
  const byNumber = new Map<number, string[]>();
  for (const [name, k] of Object.entries(samples)) byNumber.set(k, [...(byNumber.get(k) ?? []), name]);
  return [...byNumber].map(([k, names]) => `sample ${k} of ${listed(names)}`);
}

/** A row of a table. */
export const numberLine = (line: ValueLine): NumberLine => lineWith(line, apart(line.samples));
/** A line of text: shorter. */
export const briefLine = (line: ValueLine): NumberLine => lineWith(line, together(line.samples));

function lineWith(
  { at, relation, left, right, difference, truth }: ValueLine,
  samples: readonly string[],
): NumberLine {
  const side = (quantity: Quantity | undefined) => (quantity === undefined ? null : quantityText(quantity));
  return {
    place: [...Object.entries(at).map(([name, k]) => `${name} = ${k}`), ...samples].join(', '),
    relation: RELATIONS[relation],
    left: side(left),
    right: side(right),
    difference: side(difference),
    truth,
  };
}
