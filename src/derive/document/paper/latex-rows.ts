/**
 * LaTeX math of ours (`print-latex.ts`) read as rows, so that long formulas can be broken into lines.
 *
 * Delimiters lose \left and \right, between which TeX cannot break a line, and get a size from what they enclose. What is
 * not understood stays as it is, as one atom. Characters that pdfTeX does not know are written by the table of
 * `latex-characters.ts`.
 */
import { latexMathCharacter } from './latex-characters.ts';
import {
  DELIMITER,
  type Group,
  type Level,
  type Piece,
  type Row,
  rowTall,
  rowWidth,
  type Writer,
} from './rows.ts';

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

/** Measured against TeX: most formulas are narrower than the sum of their pieces. */
const NARROW = 0.9;

/** ∧ and ∨ keep their space at the start of a line, and binders stand apart. */
function spaced(token: string, level: Level, first: boolean): string {
  if (level === 'and' || level === 'or') return `\\mathrel{${token}}`;
  if (level === 'binder' && !first) return `\\;${token}`;
  return token;
}

/** Math source as tokens: commands, characters, and braces with what they enclose. Null when braces do not match. */
function tokens(source: string): readonly string[] | null {
  const out: string[] = [];
  let at = 0;
  while (at < source.length) {
    const character = String.fromCodePoint(source.codePointAt(at)!);
    if (/\s/.test(character)) at += 1;
    else if (character === '\\') {
      const command = /^\\(?:[a-zA-Z]+|.)/su.exec(source.slice(at, at + 40))?.[0];
      if (command === undefined) return null;
      out.push(command);
      at += command.length;
    } else if (character === '{') {
      const end = closing(source, at);
      if (end === null) return null;
      out.push(source.slice(at, end + 1));
      at = end + 1;
    } else if (character === '}' || /[$%#&~]/.test(character)) return null;
    else {
      out.push(character);
      at += character.length;
    }
  }
  return out;
}

/** The brace that closes the one at `start`. */
function closing(source: string, start: number): number | null {
  let depth = 0;
  for (let i = start; i < source.length; i++) {
    if (source[i] === '\\') i += 1;
    else if (source[i] === '{') depth += 1;
    else if (source[i] === '}' && --depth === 0) return i;
  }
  return null;
}

/** A formula as a row; one atom when it is not of the form that our printer writes. */
export function latexRow(source: string): Row {
  const list = tokens(source);
  const row = list && new Reader(list).row();
  return row ?? [{ kind: 'atom', source: safe(source), width: source.length / 3, tall: true }];
}

/** Characters beyond ASCII by the table, controls by nothing. */
const safe = (source: string): string => source.replace(/[^ -~]/gu, (c) => latexMathCharacter(c));

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(list: readonly string[]) {
    this.#tokens = list;
  }

  row(): Row | null {
    const row = this.#until(null);
    return this.#at === this.#tokens.length ? row : null;
  }

  /** Pieces up to what closes `open`, or to the end. Null when delimiters do not match. */
  #until(open: string | null): Row | null {
    const out: Piece[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token === undefined) return open === null ? out : null;
      const delimiter = SIZE.test(token) ? (this.#tokens[this.#at + 1] ?? '') : token;
      const closes = EITHER.has(delimiter) ? open === delimiter : CLOSING.has(delimiter);
      if (closes) return open === null ? null : out;
      const piece = this.#piece(token, out.length === 0);
      if (!piece) return null;
      out.push(...piece);
    }
  }

  #piece(token: string, first: boolean): Row | null {
    this.#at += 1;
    if (SIZE.test(token)) return this.#group(this.#tokens[this.#at++] ?? '');
    if (OPENING.has(token) || EITHER.has(token)) return this.#group(token);
    if (token === '.' && this.#tokens[this.#at] === '\\;') {
      this.#at += 1;
      return [{ kind: 'operator', source: '.\\;', width: 0.5, level: 'scope' }];
    }
    const level = OPERATORS[token];
    if (level !== undefined) {
      const width = level === 'product' ? 0.4 : level === 'comma' ? 0.5 : 1.5;
      return [{ kind: 'operator', source: spaced(token, level, first), width: width * NARROW, level }];
    }
    if (token.startsWith('{')) return this.#braced(token);
    let source = safe(token);
    let width = WIDE[token] ?? (token === '\\;' ? 0.3 : 0.6);
    let tall = token === '\\sum' || token === '\\frac';
    for (let i = ARGUMENTS[token] ?? 0; i > 0; i--) {
      const argument = this.#tokens[this.#at++];
      if (argument === undefined) return null;
      source += safe(argument.startsWith('{') ? argument : `{${argument}}`);
      width = Math.max(i === 1 && token === '\\frac' ? width : 0, widthOf(argument));
    }
    const scripts = this.#scripts();
    const under = token === '\\sum' || token === '\\min' || token === '\\inf';
    width = under ? Math.max(width, scripts.width / 2) : width + scripts.width;
    if (token === '\\frac') tall = true;
    return [{ kind: 'atom', source: source + scripts.source, width: width * NARROW, tall }];
  }

  /** {body}_{i}: the braces are dropped around one delimited group, which takes the scripts itself. */
  #braced(token: string): Row | null {
    const inner = latexRowOrNull(token.slice(1, -1));
    const scripts = this.#scripts();
    const last = inner?.at(-1);
    if (inner && last?.kind === 'group' && last.scripts === '') {
      return [...inner.slice(0, -1), { ...last, scripts: scripts.source, width: last.width + scripts.width }];
    }
    const [width, tall] = inner ? [rowWidth(inner), rowTall(inner)] : [widthOf(token), true];
    return [{ kind: 'atom', source: safe(token) + scripts.source, width: width + scripts.width, tall }];
  }

  #group(open: string): Row | null {
    const body = OPENING.has(open) || EITHER.has(open) ? this.#until(open) : null;
    if (!body) return null;
    if (SIZE.test(this.#tokens[this.#at] ?? '')) this.#at += 1;
    const close = this.#tokens[this.#at++];
    if (close === undefined) return null;
    const scripts = this.#scripts();
    return [
      {
        kind: 'group',
        open,
        close,
        scripts: scripts.source,
        body,
        width: rowWidth(body) + 2 * DELIMITER + scripts.width,
        tall: rowTall(body),
      },
    ];
  }

  #scripts(): { readonly source: string; readonly width: number } {
    let source = '';
    const widths = [0];
    while (this.#tokens[this.#at] === '^' || this.#tokens[this.#at] === '_') {
      const script = this.#tokens[this.#at + 1];
      if (script === undefined) break;
      source += this.#tokens[this.#at]! + safe(script.startsWith('{') ? script : `{${script}}`);
      widths.push(0.75 * widthOf(script));
      this.#at += 2;
    }
    return { source, width: Math.max(...widths) };
  }
}

function latexRowOrNull(source: string): Row | null {
  const list = tokens(source);
  return list && new Reader(list).row();
}

/** Of an argument or a script, in em of its own size. */
function widthOf(source: string): number {
  const inner = source.startsWith('{') ? source.slice(1, -1) : source;
  const row = latexRowOrNull(inner);
  return row ? rowWidth(row) : inner.replace(/\\[a-zA-Z]+/g, 'x').length / 2;
}

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
