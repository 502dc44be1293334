/**
 * LaTeX math of ours (`print-latex.ts`) read as rows, so that long formulas can be broken into lines.
 *
 * Delimiters lose \left and \right, between which TeX cannot break a line, and get a size from what they enclose. What is
 * not understood stays as it is, as one atom. Characters that pdfTeX does not know are written by the table of
 * `latex-characters.ts`.
 */
import { latexMathCharacter, latexText } from './latex-characters.ts';
import { readRow, type Token } from './reader.ts';
import { type Group, type Level, type Row, rowTall, rowWidth, type Writer } from './rows.ts';

const OPERATORS: Readonly<Record<string, Level>> = {
  '\\forall': 'binder',
  '\\exists': 'binder',
  ',': 'comma',
  ':': 'comma',
  ';': 'comma',
  '\\Leftrightarrow': 'iff',
  '\\iff': 'iff',
  '\\Rightarrow': 'imp',
  '\\implies': 'imp',
  '\\lor': 'or',
  '\\land': 'and',
  '=': 'relation',
  '<': 'relation',
  '>': 'relation',
  '\\le': 'relation',
  '\\ge': 'relation',
  '\\ne': 'relation',
  '\\in': 'relation',
  '\\notin': 'relation',
  '\\subseteq': 'relation',
  '\\to': 'relation',
  '\\mapsto': 'relation',
  '+': 'sum',
  '-': 'sum',
  '\\,': 'product',
  '\\cdot': 'product',
};

const OPENING: ReadonlySet<string> = new Set(['(', '[', '\\{', '\\lVert', '\\lvert', '\\langle']);
/** Signs that open where they are not open, and close where they are. */
const EITHER: ReadonlySet<string> = new Set(['\\Vert', '\\vert']);
const SIZE = /^\\(?:left|right|[bB]igg?[lr])$/;
const CLOSING: ReadonlySet<string> = new Set([')', ']', '\\}', '\\rVert', '\\rvert', '\\rangle']);

/** Commands with one argument or two, by what they do to its width. */
const ARGUMENTS: Readonly<Record<string, 1 | 2>> = {
  '\\text': 1,
  '\\mathbb': 1,
  '\\mathcal': 1,
  '\\mathbf': 1,
  '\\mathrm': 1,
  '\\mathit': 1,
  '\\operatorname': 1,
  '\\tilde': 1,
  '\\hat': 1,
  '\\bar': 1,
  '\\overline': 1,
  '\\sqrt': 1,
  '\\frac': 2,
};
const WIDE: Readonly<Record<string, number>> = { '\\sum': 1.6, '\\min': 1.8, '\\inf': 1.5, '\\dots': 1.3 };

/** In em, before scripts. */
const LETTER = 0.54;

/** ∧ and ∨ keep their space at the start of a line, and binders stand apart. */
function spaced(token: string, level: Level, first: boolean): string {
  if (level === 'and' || level === 'or') return `\\mathrel{${token}}`;
  if (level === 'binder' && !first) return `\\;${token}`;
  return token;
}

/** A formula as a row; its text as one atom when it is not of the form that our printer writes. */
export function latexRow(source: string, text: string): Row {
  const row = rowOrNull(source);
  return row ?? [{ kind: 'atom', source: `\\text{${latexText(text)}}`, width: text.length / 2, tall: false }];
}

function rowOrNull(source: string): Row | null {
  const list = words(source);
  const tokens = list && tokensOf(list);
  return tokens && readRow(tokens);
}

/** Commands, characters, and braces with what they enclose. Null when braces do not match. */
function words(source: string): readonly string[] | null {
  const out: string[] = [];
  let at = 0;
  while (at < source.length) {
    const character = String.fromCodePoint(source.codePointAt(at)!);
    let word = character;
    if (character === '\\') word = /^\\(?:[a-zA-Z]+|.)/su.exec(source.slice(at, at + 40))?.[0] ?? '';
    else if (character === '{') word = source.slice(at, closing(source, at));
    if (word === '' || /^[}$%#&~]/.test(word)) return null;
    if (!/^\s$/.test(word)) out.push(word);
    at += word.length;
  }
  return out;
}

/** Where what opens at `start` ends; `start` itself when nothing closes it. */
function closing(source: string, start: number): number {
  let depth = 0;
  for (let i = start; i < source.length; i++) {
    if (source[i] === '\\') i += 1;
    else if (source[i] === '{') depth += 1;
    else if (source[i] === '}' && --depth === 0) return i + 1;
  }
  return start;
}

function tokensOf(list: readonly string[]): Token[] | null {
  const out: Token[] = [];
  for (let at = 0; at < list.length; at++) {
    const word = list[at]!;
    const next = list[at + 1];
    const level = OPERATORS[word];
    const size = ARGUMENTS[word];
    if (SIZE.test(word)) continue;
    if (word === '.' && next === '\\;') {
      out.push({ kind: 'operator', source: '.\\;', width: 0.5, level: 'scope' });
      at += 1;
    } else if (OPENING.has(word)) out.push({ kind: 'open', source: word });
    else if (CLOSING.has(word)) out.push({ kind: 'close', source: word });
    else if (EITHER.has(word)) out.push({ kind: 'either', source: word });
    else if (level !== undefined) {
      const width = level === 'product' ? 0.35 : level === 'comma' ? 0.45 : 1.35;
      const first = !/^(atom|script|close)$/.test(out.at(-1)?.kind ?? '');
      out.push({ kind: 'operator', source: spaced(word, level, first), width, level });
    } else if (word === '_' || word === '^') {
      if (next === undefined) return null;
      out.push({ kind: 'script', source: word + safe(braced(next)), width: 0.7 * widthOf(next) });
      at += 1;
    } else if (size !== undefined) {
      const given = list.slice(at + 1, at + 1 + size);
      if (given.length < size) return null;
      const clean = word === '\\text' ? textArgument : safe;
      out.push({
        kind: 'atom',
        source: word + given.map((argument) => clean(braced(argument))).join(''),
        width: Math.max(...given.map(widthOf)),
        tall: word === '\\frac',
      });
      at += size;
    } else if (word.startsWith('{')) out.push(...unbraced(word));
    else {
      const wide = WIDE[word];
      out.push({
        kind: 'atom',
        source: safe(word),
        width: wide ?? (word === '\\;' ? 0.3 : LETTER),
        tall: word === '\\sum',
        limits: word !== '\\dots' && wide !== undefined,
      });
    }
  }
  return out;
}

/** {f(x)}_{i}: braces are dropped around what ends in a delimiter, which takes the script itself. */
function unbraced(word: string): readonly Token[] {
  const inner = words(word.slice(1, -1));
  const tokens = inner && tokensOf(inner);
  const row = tokens && readRow(tokens);
  const last = row?.at(-1);
  if (tokens && last?.kind === 'group' && last.scripts === '') return tokens;
  return [
    {
      kind: 'atom',
      source: safe(word),
      width: row ? rowWidth(row) : widthOf(word),
      tall: !row || rowTall(row),
    },
  ];
}

const braced = (argument: string): string => (argument.startsWith('{') ? argument : `{${argument}}`);

/** Of an argument or a script, in em of its own size. */
function widthOf(argument: string): number {
  const inner = argument.startsWith('{') ? argument.slice(1, -1) : argument;
  const row = rowOrNull(inner);
  return row ? rowWidth(row) : inner.replace(/\\[a-zA-Z]+/g, 'x').length / 2;
}

/** Characters beyond ASCII by the table. */
const safe = (source: string): string => source.replace(/[^ -~]/gu, (c) => latexMathCharacter(c));
/** In \\text, where a sign of mathematics needs its own dollar signs. */
const textArgument = (source: string): string =>
  source.replace(
    /\\(?:backslash|sim) |[^ -~]/gu,
    (c) => `\\ensuremath{${c.startsWith('\\') ? c : latexMathCharacter(c)}}`,
  );

const sized = (group: Group, size: string, side: 'l' | 'r'): string => {
  const delimiter = side === 'l' ? group.open : group.close;
  return size === '' ? delimiter : `\\${size}${side}${delimiter}`;
};

/** Groups around sums and fractions get larger delimiters; one that is broken over lines keeps small ones. */
export const latexWriter: Writer = {
  group: (group, body) => {
    const size = group.tall ? 'Big' : '';
    return `${sized(group, size, 'l')} ${body} ${sized(group, size, 'r')}${group.scripts}`;
  },
  open: (group) => sized(group, 'big', 'l'),
  close: (group) => sized(group, 'big', 'r') + group.scripts,
};
