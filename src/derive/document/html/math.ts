/**
 * Formulas in a page. A browser does not break a line inside <math>, so a long formula is written as several <math>
 * elements, cut before relations and connectives; the line is broken between them where there is no room.
 */
import type { Formula } from '../model.ts';
import { h, join, type Markup, text, trusted } from './markup.ts';
import { closes, isElement, opens, operatorOf, tidy, unstretched } from './mathml-tidy.ts';
import { lengthOf, type MathElement, type MathNode, parseMathml, writeMathml } from './mathml-tree.ts';

/** The short code of a symbol in the table of symbols; null: it is not in the table. */
export type SymbolCode = (id: string) => string | null;

/** Formulas up to this many characters stay in one piece. */
const ONE_PIECE = 28;
/** A piece is at least this long, where there is a choice. */
const SHORTEST = 6;
/** A group in parentheses longer than this may be broken too. */
const LONG_GROUP = 30;

const CONNECTIVES = ['∧', '∨', '⇒', '⇔', '→', '↦', '+', '-', '−'];
const BEFORE = new Set(['=', '≠', '≤', '≥', '<', '>', '≔', ':=', '⊆', '⊂', ...CONNECTIVES]);
/** also written before one term */
const SIGNS = new Set(['+', '-', '−']);
const START = new Set(['∀', '∃']);
const AFTER = new Set(['.', ',', ':', ';', '|']);

/** On a line of its own, with sums in display style, in a box that scrolls when a piece is wider than the page. */
export const displayMath = (formula: Formula, code: SymbolCode): Markup =>
  h('div', { class: 'formula' }, inlineMath(formula, code));

/** In a sentence: in one piece, or cut where it is long. */
export function inlineMath(formula: Formula, code: SymbolCode): Markup {
  if (formula.mathml === '') return h('span', { class: 'plain-formula' }, text(formula.text));
  const top = parseMathml(formula.mathml);
  const row = top.length === 1 && isElement(top[0], 'math') ? top[0].children : top;
  const written = cut(tidy(row.map((node) => coded(node, code))))
    .filter((piece) => piece.length > 0)
    .map((piece) => trusted(`<math>${piece.map(writeMathml).join('')}</math>`));
  return join(written, ' ');
}

/** data-symbol="ID" becomes data-s="code"; a name that the table does not have is not marked. */
function coded(node: MathNode, code: SymbolCode): MathNode {
  if (typeof node === 'string') return node;
  const { 'data-symbol': id, ...rest } = node.attributes;
  const short = id === undefined ? null : code(unescaped(id));
  return {
    name: node.name,
    attributes: short === null ? rest : { ...rest, 'data-s': short },
    children: node.children.map((child) => coded(child, code)),
  };
}

const unescaped = (value: string): string =>
  value
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

function cut(nodes: readonly MathNode[]): readonly (readonly MathNode[])[] {
  if (length(nodes) <= ONE_PIECE) return [nodes];
  const result: MathNode[][] = [[]];
  let after = false;
  // at the start, and after an opening parenthesis, a sign belongs to what follows
  let unary = true;
  let last: MathNode | undefined;
  // ∃ε > 0 and ∃E ∈ ℕ → ℝ stay together
  let binder = false;
  for (const node of opened(nodes)) {
    const sign = operatorOf(node) ?? '';
    if (START.has(sign)) binder = true;
    const binary = BEFORE.has(sign) && !unary && !binder;
    const begins = after || binary || (START.has(sign) && !opens(last));
    if (begins && length(result.at(-1)!) >= SHORTEST) result.push([]);
    const starts = result.at(-1)!.length === 0;
    result.at(-1)!.push(binary && starts && SIGNS.has(sign) ? infix(node as MathElement) : node);
    after = AFTER.has(sign);
    if (after) binder = false;
    unary = opens(node) || after;
    last = node;
  }
  return result;
}

const length = (nodes: readonly MathNode[]): number => nodes.reduce((sum, node) => sum + lengthOf(node), 0);

/** An operator at the start of a piece would be read as a sign; it stands between two terms. */
const infix = (node: MathElement): MathElement => ({
  ...node,
  attributes: { ...node.attributes, form: 'infix' },
});

/** Long rows are opened; then their parentheses, which may come to stand on different lines, do not stretch. */
function opened(nodes: readonly MathNode[]): readonly MathNode[] {
  return nodes.flatMap((node): readonly MathNode[] => {
    if (!isElement(node, 'mrow') || node.attributes['data-s'] !== undefined) return [node];
    const fenced = opens(node.children[0]) || closes(node.children.at(-1));
    if (fenced && lengthOf(node) <= LONG_GROUP) return [node];
    return opened(node.children.map(unstretched));
  });
}
