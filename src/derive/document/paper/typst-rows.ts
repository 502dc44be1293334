/** Typst math of ours (`print-typst.ts`) read as rows, so that long formulas can be broken into lines. */
import { readRow, type Token } from './reader.ts';
import { type Level, type Row, rowWidth, type Writer } from './rows.ts';
import { isCovered, typstCovered, typstString } from './typst-characters.ts';

const OPERATORS: Readonly<Record<string, Level>> = {
  '∀': 'binder',
  '∃': 'binder',
  ',': 'comma',
  ':': 'comma',
  ';': 'comma',
  '⇔': 'iff',
  '⇒': 'imp',
  '∨': 'or',
  '∧': 'and',
  '=': 'relation',
  '≠': 'relation',
  '≤': 'relation',
  '≥': 'relation',
  '<': 'relation',
  '>': 'relation',
  '∈': 'relation',
  '∉': 'relation',
  '⊆': 'relation',
  '→': 'relation',
  '↦': 'relation',
  '+': 'sum',
  '−': 'sum',
  thin: 'product',
  dot: 'product',
  '·': 'product',
};
const OPENING = new Set(['(', '[', '{', '⟨']);
const CLOSING = new Set([')', ']', '}', '⟩']);
const EITHER = new Set(['‖', '|']);
const LIMITS: Readonly<Record<string, number>> = { sum: 1.6, min: 1.8, inf: 1.5 };
const LETTER = 0.54;

/** A formula as a row; its text between quotation marks when it is not of the form that our printer writes. */
export function typstRow(source: string, text: string): Row {
  const words = wordsOf(source);
  const row = words && readRow(tokensOf(words));
  return row ?? [{ kind: 'atom', source: typstString(text), width: text.length / 2, tall: false }];
}

/** Strings, escapes, identifiers with their arguments, scripts, and characters. Null when something is not closed. */
function wordsOf(source: string): readonly string[] | null {
  const out: string[] = [];
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    const word = wordAt(rest);
    if (word === null) return null;
    if (word.trim() !== '') out.push(word);
    at += word.length;
  }
  return out;
}

function wordAt(rest: string): string | null {
  const string = /^"(?:[^"\\]|\\.)*"/su.exec(rest)?.[0];
  if (string !== undefined) return string;
  const escaped = /^\\(?:u\{[0-9a-f]{1,6}\}|[^\sA-Za-z0-9])/iu.exec(rest)?.[0];
  if (escaped !== undefined) return escaped;
  if (/^["\\$#&/~@`]/.test(rest)) return null;
  const head = /^(?:[A-Za-z]{2,}|[_^])(?=\()/.exec(rest)?.[0];
  if (head !== undefined) {
    const end = closing(rest, head.length);
    return end === null ? null : rest.slice(0, end);
  }
  const script = /^[_^]/.exec(rest);
  if (script) return null;
  const word = /^(?:[A-Za-z]{2,}|\d+(?:\.\d+)?|'+|\s+)/.exec(rest)?.[0];
  return word ?? String.fromCodePoint(rest.codePointAt(0)!);
}

/** Where what opens at `start` ends, strings and escapes apart. */
function closing(source: string, start: number): number | null {
  let depth = 0;
  let at = start;
  while (at < source.length) {
    const quoted = /^(?:"(?:[^"\\]|\\.)*"|\\u\{[0-9a-f]+\}|\\.)/isu.exec(source.slice(at))?.[0];
    if (quoted !== undefined) {
      at += quoted.length;
      continue;
    }
    const c = source[at]!;
    if (c === '(') depth += 1;
    else if (c === ')' && --depth === 0) return at + 1;
    else if (/[$#&/@`]/.test(c)) return null;
    at += 1;
  }
  return null;
}

function tokensOf(words: readonly string[]): Token[] {
  const out: Token[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const level = OPERATORS[word];
    const wide = LIMITS[word];
    if (word === '.' && words[at + 1] === 'thick') {
      out.push({ kind: 'operator', source: '. thick', width: 0.5, level: 'scope' });
      at += 1;
    } else if (level !== undefined) {
      const width = level === 'product' ? 0.35 : level === 'comma' ? 0.45 : 1.35;
      out.push({ kind: 'operator', source: word, width, level });
    } else if (OPENING.has(word)) out.push({ kind: 'open', source: word });
    else if (CLOSING.has(word)) out.push({ kind: 'close', source: word });
    else if (EITHER.has(word)) out.push({ kind: 'either', source: word });
    else if (/^[_^']/.test(word)) {
      out.push({ kind: 'script', source: safe(word), width: 0.7 * widthOf(word.slice(1)) });
    } else if (wide !== undefined) {
      out.push({ kind: 'atom', source: word, width: wide, tall: word === 'sum', limits: true });
    } else
      out.push({ kind: 'atom', source: safe(word), width: widthOf(word), tall: word.startsWith('frac') });
  }
  return out;
}

/** Of a string, a call, what stands in parentheses, or a character. */
function widthOf(word: string): number {
  if (word.startsWith('"')) return 0.47 * word.length;
  if (word === 'thick' || word === 'thin') return 0.3;
  const call = /^([A-Za-z]*)\((.*)\)$/su.exec(word);
  if (!call) return LETTER * (/^[\d']/.test(word) ? word.length : 1);
  const words = wordsOf(call[2]!);
  const row = words && readRow(tokensOf(words));
  const width = row ? rowWidth(row) : call[2]!.length / 2;
  return call[1] === 'frac' ? 0.6 * width : width;
}

/** Characters without a glyph by their number, inside strings and outside. */
function safe(source: string): string {
  return source.replace(/"(?:[^"\\]|\\.)*"|\\u\{([0-9a-f]+)\}|[^ -~]/gisu, (part, code?: string) => {
    // Pieces are set apart by a space already.
    if (part.startsWith('"')) return `"${typstCovered(part.slice(1, -1)).trim()}"`;
    if (code === undefined) return isCovered(part.codePointAt(0)!) ? part : `"${typstCovered(part)}"`;
    const point = Number.parseInt(code, 16);
    if (isCovered(point)) return part;
    return `"[U+${point.toString(16).toUpperCase().padStart(4, '0')}]"`;
  });
}

/** A delimiter that has no partner on its line is escaped. */
const alone = (delimiter: string): string => (/^[()[\]{}]$/.test(delimiter) ? `\\${delimiter}` : delimiter);

export const typstWriter: Writer = {
  group: ({ open, close, scripts }, body) => `${open}${body}${close}${scripts}`,
  open: ({ open }) => alone(open),
  close: ({ close, scripts }) => alone(close) + scripts,
};
