/** Terms in LaTeX math (amsmath): L(\theta) = \sum_{i=1}^{m} \lambda_{i}\,\ell_{i}(f_{i}(\theta)). */
import { printWith } from './print.ts';
import { nameParts } from './print-name.ts';
import type { Mark, Style } from './print-style.ts';
import type { Term } from './term.ts';

/** Math-mode source, without dollar signs. Names of users are escaped. */
export function printLatex(term: Term): string {
  return printWith(latexStyle, term);
}

const MARKS: Readonly<Record<Mark, string>> = {
  and: '\\land',
  or: '\\lor',
  imp: '\\Rightarrow',
  iff: '\\Leftrightarrow',
  not: '\\lnot',
  eq: '=',
  ne: '\\ne',
  le: '\\le',
  ge: '\\ge',
  lt: '<',
  gt: '>',
  add: '+',
  sub: '-',
  neg: '-',
  forall: '\\forall ',
  exists: '\\exists ',
  in: '\\in',
  notin: '\\notin',
  to: '\\to',
  true: '\\top',
  false: '\\bot',
  Nat: '\\mathbb{N}',
  Real: '\\mathbb{R}',
  Prop: '\\mathrm{Prop}',
};

const LETTERS: Readonly<Record<string, string>> = {
  α: '\\alpha',
  β: '\\beta',
  γ: '\\gamma',
  δ: '\\delta',
  ε: '\\varepsilon',
  ζ: '\\zeta',
  η: '\\eta',
  θ: '\\theta',
  κ: '\\kappa',
  λ: '\\lambda',
  μ: '\\mu',
  ν: '\\nu',
  ξ: '\\xi',
  π: '\\pi',
  ρ: '\\rho',
  σ: '\\sigma',
  τ: '\\tau',
  φ: '\\varphi',
  χ: '\\chi',
  ψ: '\\psi',
  ω: '\\omega',
  Γ: '\\Gamma',
  Δ: '\\Delta',
  Θ: '\\Theta',
  Λ: '\\Lambda',
  Φ: '\\Phi',
  Ψ: '\\Psi',
  Ω: '\\Omega',
  ℓ: '\\ell',
  '∂': '\\partial',
};

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\backslash ',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '#': '\\#',
  '%': '\\%',
  '&': '\\&',
  '~': '\\sim ',
  '^': '\\hat{}',
  _: '\\_',
};
/** the same in text */
const WORDS: Readonly<Record<string, string>> = {
  ...SPECIAL,
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};
const escaped = (text: string, special = SPECIAL): string =>
  text.replace(
    /[\\{}$#%&~^_]|[^ -~]/gu,
    (c) => special[c] ?? `\\text{[U+${c.codePointAt(0)!.toString(16).toUpperCase()}]}`,
  );

const letter = (c: string): string => LETTERS[c] ?? escaped(c);
function word(text: string): string {
  const letters = [...text];
  if (letters.length === 1) return letter(text);
  if (/^\d+$/.test(text)) return text;
  return /^[A-Za-z0-9]+$/.test(text) ? `\\mathit{${text}}` : `\\mathit{${letters.map(letter).join(' ')}}`;
}

const FENCES: Readonly<Record<string, string>> = {
  '{': '\\{',
  '}': '\\}',
  '‖': '\\Vert ',
  '|': '\\vert ',
};
/** Never \left and \right, inside which TeX breaks no line. */
function fenced(open: string, body: string, close: string): string {
  const [left, right] = [FENCES[open] ?? open, FENCES[close] ?? close];
  return /\\(sum|frac)(?![a-z])/.test(body) ? `\\bigl${left}${body}\\bigr${right}` : left + body + right;
}
const SIGNS: Readonly<Record<string, string>> = {
  '≤': '\\le',
  '≥': '\\ge',
  '∈': '\\in',
  '∉': '\\notin',
  '⊆': '\\subseteq',
  '−': '-',
  '·': '\\cdot',
  '×': '\\times',
};

const script = (sign: string, indices: string): string => (indices === '' ? '' : `${sign}{${indices}}`);
const joined = (indices: readonly string[]): string =>
  indices.every((i) => /^(\\?\w|\\[a-z]+)$/i.test(i)) ? indices.join(' ') : indices.join(',');

export const latexStyle: Style = {
  language: 'latex',
  symbol: (name, below, above) => {
    const { base, tilde, below: own, primes } = nameParts(name);
    const sub = joined(own === '' ? below : [word(own), ...below]);
    const sup = '\\prime'.repeat(primes) + (above.length > 0 ? `(${above.join(',')})` : '');
    return (tilde ? `\\tilde{${word(base)}}` : word(base)) + script('^', sup) + script('_', sub);
  },
  indexed: (body, below) => (below.length === 0 ? body : `{${body}}_{${joined(below)}}`),
  fence: fenced,
  list: (parts, separator) => parts.join(`${separator} `),
  // A control word ends where the next letter is not its own.
  row: (parts) =>
    parts.reduce(
      (left, right) => (/\\[a-z]+$/i.test(left) && /^[a-z]/i.test(right) ? `${left} ${right}` : left + right),
      '',
    ),
  sign: (sign) => SIGNS[sign] ?? escaped(sign),
  space: (thin) => (thin ? ' \\, ' : ' '),
  call: (head, args) => head + fenced('(', args.join(', '), ')'),
  infix: (left, mark, right) => `${left} ${MARKS[mark]} ${right}`,
  prefix: (mark, body) => `${MARKS[mark]} ${body}`,
  product: (left, right) =>
    /^(\\bigl)?[([\d]/.test(right) ? `${left} \\cdot ${right}` : `${left} \\, ${right}`,
  fraction: (numerator, denominator) => `\\frac{${numerator}}{${denominator}}`,
  number: (value) => (value.includes('/') ? value.replace(/^(-?)(\d+)\/(\d+)$/, '$1\\frac{$2}{$3}') : value),
  sum: (index, lower, upper, body) => `\\sum_{${index}=${lower}}^{${upper}} ${body}`,
  quantified: (binders, body) =>
    `${binders.map(({ mark, range }) => MARKS[mark] + range).join(' ')}.\\; ${body}`,
  derivative: (k, f, point) => `\\partial_{${k}} ${f}${fenced('(', point, ')')}`,
  root: (body) => `\\sqrt{${body}}`,
  delta: (i, j) => `\\delta_{${joined([i, j])}}`,
  maps: (x, body) => `${x} \\mapsto ${body}`,
  words: (text) => `\\text{${escaped(text, WORDS)}}`,
  infimum: (which, value, range) => `\\${which} ${fenced('{', ` ${value} : ${range.join(',\\; ')} `, '}')}`,
  mark: (mark) => MARKS[mark],
  range: (from, to) => `\\{${from},\\dots,${to}\\}`,
  spaceOf: (dimensions) => `\\mathbb{R}^{${dimensions.join(' \\times ')}}`,
};
