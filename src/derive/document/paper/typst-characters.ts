/**
 * Characters for Typst with the fonts that its compiler carries, New Computer Modern and its mathematics.
 *
 * PDF/UA refuses a page with a character that has no glyph, so what is not in these ranges is written by its number,
 * [U+6F22]. The ranges are tested against the compiler, one character after the other.
 */

import { escapeControls } from '../../report/escape.ts';

/** First and last code points, in order. */
export const COVERED: readonly (readonly [first: number, last: number])[] = [
  [0x20, 0x7e],
  [0xa1, 0xac],
  [0xae, 0x377],
  [0x384, 0x38a],
  [0x38e, 0x3a1],
  [0x3a3, 0x477],
  [0x47a, 0x486],
  [0x488, 0x4ce],
  [0x4d0, 0x4f9],
  [0x1e00, 0x1e99],
  [0x1ea0, 0x1ef9],
  [0x1f00, 0x1f15],
  [0x2010, 0x2027],
  [0x2030, 0x205e],
  [0x20a0, 0x20c0],
  [0x2100, 0x214f],
  [0x2190, 0x23ff],
  [0x2500, 0x2500],
  [0x25a0, 0x25ff],
  [0x2713, 0x2713],
  [0x27c0, 0x27ff],
  [0x2900, 0x2aff],
  [0x1d400, 0x1d454],
  [0x1d456, 0x1d49c],
  [0x1d49e, 0x1d49f],
  [0x1d4a2, 0x1d4a2],
  [0x1d4a5, 0x1d4a6],
  [0x1d4a9, 0x1d4ac],
  [0x1d4ae, 0x1d4b9],
  [0x1d4bb, 0x1d4bb],
  [0x1d4bd, 0x1d4c3],
  [0x1d4c5, 0x1d505],
  [0x1d507, 0x1d50a],
  [0x1d50d, 0x1d514],
  [0x1d516, 0x1d51c],
  [0x1d51e, 0x1d539],
  [0x1d53b, 0x1d53e],
  [0x1d540, 0x1d544],
  [0x1d546, 0x1d546],
  [0x1d54a, 0x1d550],
  [0x1d552, 0x1d6a5],
  [0x1d6a8, 0x1d7cb],
  [0x1d7ce, 0x1d7ff],
];

export function isCovered(code: number): boolean {
  return COVERED.some(([first, last]) => first <= code && code <= last);
}

/** What has no glyph and a near relation that has one. */
const INSTEAD: Readonly<Record<string, string>> = {
  '✗': '×',
  '✕': '×',
  '\u00a0': ' ',
  '\n': ' ',
  '\r': ' ',
  '\t': ' ',
};

const named = (c: string): string => `[U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`;

/** Text with a glyph for each character. */
export function typstCovered(text: string): string {
  return [...text.normalize('NFC')]
    .map((c) => INSTEAD[c] ?? (isCovered(c.codePointAt(0)!) ? c : named(c)))
    .join('');
}

/** A string literal of what is ours. */
export const typstLiteral = (text: string): string => `"${text.replace(/[\\"]/g, (c) => `\\${c}`)}"`;

/** A string literal that is shown. */
export const typstString = (text: string): string => typstLiteral(typstCovered(text));

/** A string literal that is only said, and never empty: any letter, no control. */
export const typstSaid = (text: string): string =>
  typstLiteral(text.trim() === '' ? 'without words' : escapeControls(text));

/** Raised and lowered signs have no glyphs of their own. */
const LOWERED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'₀₁₂₃₄₅₆₇₈₉₊₋ᵢⱼₖₘₙ'].map((c, i) => [c, [...'0123456789+−ijkmn'][i]!]),
);
const RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿᵀ'].map((c, i) => [c, [...'0123456789+−nT'][i]!]),
);
const SHIFTED = new RegExp(`([${Object.keys(LOWERED).join('')}]+|[${Object.keys(RAISED).join('')}]+)`, 'u');

/** Words in markup: each sign that could mean something there is escaped. */
export function typstText(text: string): string {
  return text
    .normalize('NFC')
    .split(SHIFTED)
    .map((run, i) => {
      if (i % 2 === 0) return typstCovered(run).replace(/[!-~]/g, (c) => (PLAIN.test(c) ? c : `\\${c}`));
      const lowered = [...run].map((c) => LOWERED[c]);
      return lowered.includes(undefined)
        ? `#super[${[...run]
            .map((c) => RAISED[c])
            .join('')
            .replace('+', '\\+')}]`
        : `#sub[${lowered.join('').replace('+', '\\+')}]`;
    })
    .join('');
}
const PLAIN = /[A-Za-z0-9,?!:')]/;

/** Letters and signs of a name, in math mode. */
export function typstMath(text: string): string {
  return [...typstCovered(text)]
    .filter((c) => c !== ' ')
    .map((c) => {
      if (c === '-') return '−';
      return /^[\p{L}\p{Nd}]$/u.test(c) || /^[^ -~]$/u.test(c) ? c : `\\${c}`;
    })
    .join(' ');
}
