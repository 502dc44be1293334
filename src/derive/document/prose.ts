import type { Inline, Prose } from './model.ts';

/** Words as prose; nothing for none. */
export const prose = (text: string): Prose => (text === '' ? [] : [{ kind: 'text', text }]);
export const words = (text: string): Inline => ({ kind: 'text', text });

/** The words of prose, its formulas as text. */
export const plain = (content: Prose): string =>
  content.map((piece) => (piece.kind === 'math' ? piece.formula.text : piece.text)).join('');
