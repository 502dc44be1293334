import type { Inline, Prose } from './model.ts';

/** Words as prose; nothing for none. */
export const prose = (text: string): Prose => (text === '' ? [] : [{ kind: 'text', text }]);
/** ε, l and v */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
/** the numbers of T1.1 and of 3 more places were */
export function cutOff([first = '', ...others]: readonly string[]): string {
  if (others.length === 0) return `the numbers of ${first} were`;
  return `the numbers of ${first} and of ${others.length} more ${others.length === 1 ? 'place' : 'places'} were`;
}
export const words = (text: string): Inline => ({ kind: 'text', text });

/** The words of prose, its formulas as text. */
export const plain = (content: Prose): string =>
  content.map((piece) => (piece.kind === 'math' ? piece.formula.text : piece.text)).join('');
