/**
 * Terms in presentation MathML Core, for HTML. A name that a legend explains carries data-symbol="ID". Rows follow the
 * structure of the term, so that a reader, or what cuts a long formula into lines, finds its parts.
 */
import { printWith } from './print.ts';
import { nameParts } from './print-name.ts';
import type { Mark, Style } from './print-style.ts';
import type { Term } from './term.ts';

/** What stands inside <math>. Names of users are escaped. */
export function printMathml(term: Term): string {
  return printWith(mathmlStyle, term);
}

const MARKS: Readonly<Record<Mark, string>> = {
  and: '<mo>∧</mo>',
  or: '<mo>∨</mo>',
  imp: '<mo>⇒</mo>',
  iff: '<mo>⇔</mo>',
  not: '<mo>¬</mo>',
  eq: '<mo>=</mo>',
  ne: '<mo>≠</mo>',
  le: '<mo>≤</mo>',
  ge: '<mo>≥</mo>',
  lt: '<mo>&lt;</mo>',
  gt: '<mo>&gt;</mo>',
  add: '<mo>+</mo>',
  sub: '<mo>−</mo>',
  neg: '<mo form="prefix">−</mo>',
  forall: '<mo>∀</mo>',
  exists: '<mo>∃</mo>',
  in: '<mo>∈</mo>',
  notin: '<mo>∉</mo>',
  to: '<mo>→</mo>',
  true: '<mtext>true</mtext>',
  false: '<mtext>false</mtext>',
  Nat: '<mi>ℕ</mi>',
  Real: '<mi>ℝ</mi>',
  Prop: '<mtext>Prop</mtext>',
};

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => ESCAPES[c]!);

const of = (id: string | null | undefined): string => (id ? ` data-symbol="${escaped(id)}"` : '');
const comma = '<mo>,</mo>';
const mrow = (...parts: readonly string[]): string => `<mrow>${parts.join('')}</mrow>`;
/** a row, unless it is one element already */
const group = (parts: readonly string[]): string => (parts.length === 1 ? parts[0]! : mrow(...parts));
const apart = (parts: readonly string[], separator: string): readonly string[] =>
  parts.flatMap((part, k) => (k === 0 ? [part] : [separator, part]));
/** Fences grow with what is tall in them, and not with every subscript. */
function fenced(open: string, body: string, close: string, id?: string | null): string {
  const size = /<(munderover|mfrac|msubsup|msqrt)\b/.test(body) ? '' : ' stretchy="false"';
  return mrow(`<mo${size}${of(id)}>${escaped(open)}</mo>`, body, `<mo${size}>${escaped(close)}</mo>`);
}

/** Indices that are one letter or number stand side by side. */
const joined = (indices: readonly string[]): string =>
  indices.every((index) => /^<m([in])[^>]*>.<\/m\1>$/u.test(index))
    ? group(indices)
    : group(apart(indices, comma));

/** Several spaces are one in MathML, and none at the ends. */
const spaced = (text: string): string => escaped(text).replaceAll(' ', '\u00a0');

const word = (text: string): string =>
  /^\d+$/.test(text) ? `<mn>${text}</mn>` : `<mi>${escaped(text)}</mi>`;

export const mathmlStyle: Style = {
  language: 'mathml',
  symbol: (name, below, above, id) => {
    const { base, tilde, below: own, primes } = nameParts(name);
    const letter = tilde
      ? `<mover accent="true">${word(base)}<mo stretchy="false">~</mo></mover>`
      : word(base);
    // A subscript of the name itself is part of what is explained; indices are not.
    const sub = [...(own === '' ? [] : [word(own)]), ...below];
    const sup = [
      ...(primes === 0 ? [] : [`<mo>${'′'.repeat(primes)}</mo>`]),
      ...(above.length === 0 ? [] : [fenced('(', group(apart(above, comma)), ')')]),
    ];
    if (below.length === 0 && above.length === 0) return scripts(letter, sub, sup, of(id));
    return scripts(
      letter.replace(/^<\w+/, (tag) => tag + of(id)),
      sub,
      sup,
      '',
    );
  },
  indexed: (body, below) => scripts(body, below, [], ''),
  fence: fenced,
  list: (parts, separator) => mrow(...apart(parts, `<mo>${separator}</mo>`)),
  row: (parts) => mrow(...parts),
  sign: (sign, id) => `<mo${of(id)}>${escaped(sign)}</mo>`,
  space: (thin) => (thin ? TIMES : ''),
  call: (head, args) => mrow(head, '<mo>\u2061</mo>', fenced('(', group(apart(args, comma)), ')')),
  infix: (left, mark, right) => mrow(left, MARKS[mark], right),
  prefix: (mark, body) => mrow(MARKS[mark], body),
  product: (left, right) => mrow(left, STARTS_WITH_NUMBER.test(right) ? '<mo>⋅</mo>' : TIMES, right),
  fraction: (numerator, denominator) => `<mfrac>${numerator}${denominator}</mfrac>`,
  number: (value) => {
    const [, sign, top, bottom] = /^(-?)(\d+)(?:\/(\d+))?$/.exec(value)!;
    const size = bottom ? `<mfrac><mn>${top}</mn><mn>${bottom}</mn></mfrac>` : `<mn>${top}</mn>`;
    return sign ? mrow(MARKS.neg, size) : size;
  },
  sum: (index, lower, upper, body, id) =>
    mrow(`<munderover><mo${of(id)}>∑</mo>${mrow(index, MARKS.eq, lower)}${upper}</munderover>`, body),
  quantified: (binders, body) =>
    mrow(
      ...binders.map(({ mark, range }, k) => mrow(k === 0 ? MARKS[mark] : apartFromLeft(MARKS[mark]), range)),
      '<mo lspace="0" rspace="0.28em">.</mo>',
      body,
    ),
  derivative: (k, f, point, id) =>
    mrow(`<msub><mo${of(id)}>∂</mo>${k}</msub>`, mrow(f, '<mo>\u2061</mo>', fenced('(', point, ')'))),
  root: (body) => `<msqrt>${body}</msqrt>`,
  delta: (i, j, id) => scripts(`<mi${of(id)}>δ</mi>`, [i, j], [], ''),
  maps: (x, body) => mrow(x, '<mo>↦</mo>', body),
  words: (text, id) => `<mtext${of(id)}>${spaced(text)}</mtext>`,
  infimum: (which, value, range) =>
    mrow(
      `<mo lspace="0" rspace="0.17em">${which}</mo>`,
      fenced('{', mrow(value, '<mo>:</mo>', ...apart(range, comma)), '}'),
    ),
  mark: (mark) => MARKS[mark],
  range: (from, to) => fenced('{', mrow(from, comma, '<mi>…</mi>', comma, to), '}'),
  spaceOf: (dimensions) => `<msup><mi>ℝ</mi>${group(apart(dimensions, '<mo>×</mo>'))}</msup>`,
};

const apartFromLeft = (sign: string): string => sign.replace('<mo', '<mo lspace="0.17em"');

/** invisible times, with a thin space for the eye */
const TIMES = '<mo rspace="0.17em">\u2062</mo>';
const STARTS_WITH_NUMBER = /^(?:<(?:mrow|msub|msup|msubsup|mfrac)>)*(?:<mn>|<mo[^>]*>[([])/;

function scripts(
  base: string,
  below: readonly string[],
  above: readonly string[],
  attributes: string,
): string {
  if (below.length === 0 && above.length === 0) return base.replace(/^<\w+/, (tag) => tag + attributes);
  if (above.length === 0) return `<msub${attributes}>${base}${joined(below)}</msub>`;
  if (below.length === 0) return `<msup${attributes}>${base}${group(above)}</msup>`;
  return `<msubsup${attributes}>${base}${joined(below)}${group(above)}</msubsup>`;
}
