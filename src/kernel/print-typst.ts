/** Terms in Typst math: L(θ) = sum_(i=1)^(m) λ_(i) thin ℓ_(i)(f_(i)(θ)). Letters are written as they are. */
import { printWith } from './print.ts';
import { nameParts } from './print-name.ts';
import { type Mark, type Style, UNICODE_MARKS } from './print-style.ts';
import type { Term } from './term.ts';

/** Math-mode source, without dollar signs. Names of users are escaped. */
export function printTypst(term: Term): string {
  return printWith(typstStyle, term);
}

const MARKS: Readonly<Record<Mark, string>> = {
  ...UNICODE_MARKS,
  true: 'top',
  false: 'bot',
  Prop: 'upright("Prop")',
};

/** A letter stands for itself; whatever else a name holds is written by its number. */
const one = (c: string): string => (/[\p{L}\p{Nd}]/u.test(c) ? c : `\\u{${c.codePointAt(0)!.toString(16)}}`);
/** Text between quotation marks. */
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, (c) => `\\${c}`)}"`;

function word(text: string): string {
  const letters = [...text];
  if (letters.length === 1) return one(text);
  return /^\d+$/.test(text) ? text : `italic(${quoted(text)})`;
}

/** A group after _ or ^, whose parentheses are not printed; those of `(l)` are a second pair. */
const script = (sign: string, indices: readonly string[]): string =>
  indices.length === 0 ? '' : `${sign}(${joined(indices)})`;
/** Letters and numbers stand side by side, longer indices are set apart by commas. */
const joined = (indices: readonly string[]): string =>
  indices.every((index) => [...index].length === 1) ? indices.join(' ') : indices.join(', ');

export const typstStyle: Style = {
  language: 'typst',
  symbol: (name, below, above) => {
    const { base, tilde, below: own, primes } = nameParts(name);
    const head = (tilde ? `tilde(${word(base)})` : word(base)) + "'".repeat(primes);
    return (
      head +
      script('_', own === '' ? below : [word(own), ...below]) +
      (above.length > 0 ? `^((${above.join(', ')}))` : '')
    );
  },
  indexed: (body, below) => `${body}${script('_', below)}`,
  fence: (open, body, close) => `${open}${body}${close}`,
  list: (parts, separator) => parts.join(`${separator} `),
  row: (parts) => parts.join(' '),
  sign: (sign) => sign,
  space: (thin) => (thin ? 'thin' : ''),
  call: (head, args) => `${head}(${args.join(', ')})`,
  infix: (left, mark, right) => `${left} ${MARKS[mark]} ${right}`,
  prefix: (mark, body) => `${MARKS[mark]} ${body}`,
  product: (left, right) => (/^[([\d]/.test(right) ? `${left} dot ${right}` : `${left} thin ${right}`),
  fraction: (numerator, denominator) => `frac(${numerator}, ${denominator})`,
  number: (value) => value.replace('-', '−').replace(/(\d+)\/(\d+)$/, 'frac($1, $2)'),
  sum: (index, lower, upper, body) => `sum_(${index} = ${lower})^(${upper}) ${body}`,
  quantified: (binders, body) =>
    `${binders.map(({ mark, range }) => `${MARKS[mark]} ${range}`).join(' thin ')} . thick ${body}`,
  derivative: (k, f, point) => `∂_(${k}) ${f}(${point})`,
  root: (body) => `sqrt(${body})`,
  delta: (i, j) => `δ${script('_', [i, j])}`,
  maps: (x, body) => `${x} ↦ ${body}`,
  // Spaces around it are set by the row that it stands in.
  words: (text) => quoted(text.trim()),
  infimum: (which, value, range) => `${which} { ${value} : ${range.join(', thick ')} }`,
  mark: (mark) => MARKS[mark],
  range: (from, to) => `{${from}, …, ${to}}`,
  spaceOf: (dimensions) => `ℝ^(${dimensions.join(' × ')})`,
};
