/** Terms in plain Unicode text: L(θ) = Σ_{i=1}^m λ_i ℓ_i(f_i(θ)). */
import { printWith } from './print.ts';
import { type Style, UNICODE_MARKS } from './print-style.ts';
import type { Term } from './term.ts';

export function printText(term: Term): string {
  return printWith(textStyle, term);
}

/** One letter or number needs no braces; several indices are set side by side when each is one character. */
function joined(indices: readonly string[]): string {
  return indices.every((index) => [...index].length === 1) ? indices.join('') : indices.join(', ');
}
const script = (sign: string, indices: string): string =>
  indices === ''
    ? ''
    : /^[\p{L}\p{N}][′']*$|^\p{N}+$|^d\p{L}$/u.test(indices)
      ? sign + indices
      : `${sign}{${indices}}`;

export const textStyle: Style = {
  language: 'text',
  symbol: (name, below, above) => {
    const upper = above.length > 0 ? `^(${above.join(', ')})` : '';
    const own = /^([^_]+)_([^_]+)$/u.exec(name);
    if (own && below.length > 0) return `${own[1]}${upper}_{${[own[2], ...below].join(', ')}}`;
    return name + upper + script('_', joined(below));
  },
  indexed: (body, below) => body + script('_', joined(below)),
  fence: (open, body, close) => open + body + close,
  list: (parts, separator) => parts.join(`${separator} `),
  row: (parts) => parts.join(''),
  sign: (sign) => sign,
  space: () => ' ',
  call: (head, args) => `${head}(${args.join(', ')})`,
  infix: (left, mark, right) => `${left} ${UNICODE_MARKS[mark]} ${right}`,
  prefix: (mark, body) => UNICODE_MARKS[mark] + body,
  product: (left, right) =>
    /^[(\d[]/.test(right) || /[\d)]$/.test(left) ? `${left}·${right}` : `${left} ${right}`,
  fraction: (numerator, denominator, [above, below]) =>
    `${above ? `(${numerator})` : numerator}/${below ? `(${denominator})` : denominator}`,
  number: (value) => value.replace('-', '−'),
  sum: (index, lower, upper, body) => `Σ_{${index}=${lower}}${script('^', upper)} ${body}`,
  quantified: (binders, body) =>
    `${binders.map(({ mark, range }) => UNICODE_MARKS[mark] + range).join(' ')}. ${body}`,
  derivative: (k, f, point) => `∂${script('_', k)} ${f}(${point})`,
  root: (body) => `√(${body})`,
  delta: (i, j) => `δ${script('_', joined([i, j]))}`,
  maps: (x, body) => `${x} ↦ ${body}`,
  words: (text) => text,
  infimum: (which, value, range) => `${which} { ${value} : ${range.join(', ')} }`,
  mark: (mark) => UNICODE_MARKS[mark],
  range: (from, to) => `{${from}..${to}}`,
  spaceOf: (dimensions) =>
    dimensions.length === 1 ? `ℝ${script('^', dimensions[0]!)}` : `ℝ^{${dimensions.join('×')}}`,
};
