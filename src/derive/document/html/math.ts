/**
 * Formulas in a page. A browser does not break a line inside <math>, so a long formula is written as several <math>
 * elements, cut before relations and connectives; the line is broken between them where there is no room.
 */
import type { Formula } from '../model.ts';
import { h, join, type Markup, nothing, text, trusted } from './markup.ts';
import { lengthOf, type MathElement, type MathNode, parseMathml, writeMathml } from './mathml-tree.ts';

/** The number of a symbol in the table of symbols; null: it is not in the table. */
export type SymbolNumber = (id: string) => number | null;

/** Formulas up to this many characters stay in one piece. */
const ONE_PIECE = 28;
/** A group in parentheses longer than this may be broken too. */
const LONG_GROUP = 30;

const BEFORE = new Set(
  ['=', '≠', '≤', '≥', '<', '>', '≔', ':=', '⊆', '⊂'].concat(['∧', '∨', '⇒', '⇔', '→', '↦', '+', '-', '−']),
);
const START = new Set(['∀', '∃']);
const AFTER = new Set(['.', ',', ':', ';', '|']);
const OPEN = new Set(['(', '[', '{', '⟨']);
const CLOSE = new Set([')', ']', '}', '⟩']);

/** In a sentence: in one piece, or cut where it is long. */
export const inlineMath = (formula: Formula, number: SymbolNumber): Markup => pieces(formula, number, false);

/** On a line of its own, with sums in display style, in a box that scrolls when a piece is wider than the page. */
export const displayMath = (formula: Formula, number: SymbolNumber): Markup =>
  h('div', { class: 'formula' }, h('div', { class: 'lines' }, pieces(formula, number, true)));

function pieces(formula: Formula, number: SymbolNumber, display: boolean): Markup {
  if (formula.mathml === '') return h('span', { class: 'plain-formula' }, text(formula.text));
  const top = parseMathml(formula.mathml);
  const row = top.length === 1 && isElement(top[0]!, 'math') ? top[0].children : top;
  const attributes = display ? ' displaystyle="true"' : '';
  const written = cut(row.map((node) => numbered(node, number)))
    .filter((piece) => piece.length > 0)
    .map((piece) => trusted(`<math${attributes}>${piece.map(writeMathml).join('')}</math>`));
  return written.length === 0 ? nothing : join(written, ' ');
}

const isElement = (node: MathNode, name: string): node is MathElement =>
  typeof node !== 'string' && node.name === name;

const operator = (node: MathNode): string | null =>
  isElement(node, 'mo') && node.children.length === 1 && typeof node.children[0] === 'string'
    ? node.children[0].replace('&lt;', '<').replace('&gt;', '>').trim()
    : null;

/** data-symbol="ID" becomes data-s="number"; a name that the table does not have is not marked. */
function numbered(node: MathNode, number: SymbolNumber): MathNode {
  if (typeof node === 'string') return node;
  const { 'data-symbol': id, ...rest } = node.attributes;
  const position = id === undefined ? null : number(unescaped(id));
  return {
    name: node.name,
    attributes: position === null ? rest : { ...rest, 'data-s': String(position) },
    children: node.children.map((child) => numbered(child, number)),
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
  const flat = flatten(nodes);
  if (flat.reduce((sum, node) => sum + lengthOf(node), 0) <= ONE_PIECE) return [flat];
  const result: MathNode[][] = [[]];
  let after = false;
  let previous: string | null = '(';
  for (const node of flat) {
    const sign = operator(node);
    const binary =
      sign !== null && BEFORE.has(sign) && previous !== null
        ? !OPEN.has(previous)
        : sign !== null && BEFORE.has(sign);
    const begins = after || binary || (sign !== null && START.has(sign));
    if (begins && result.at(-1)!.length > 0) result.push([]);
    result.at(-1)!.push(binary && result.at(-1)!.length === 0 ? infix(node as MathElement) : node);
    after = sign !== null && AFTER.has(sign);
    previous = sign;
  }
  return result;
}

/** An operator at the start of a piece would be read as a sign; it stands between two terms. */
const infix = (node: MathElement): MathElement => ({
  ...node,
  attributes: { ...node.attributes, form: 'infix' },
});

/** Rows are opened, those in parentheses only where they are long; then their parentheses do not stretch. */
function flatten(nodes: readonly MathNode[]): readonly MathNode[] {
  return nodes.flatMap((node): readonly MathNode[] => {
    if (!isElement(node, 'mrow') || Object.keys(node.attributes).length > 0) return [node];
    const first = node.children[0] === undefined ? null : operator(node.children[0]);
    const last = node.children.length === 0 ? null : operator(node.children.at(-1)!);
    const fenced = (first !== null && OPEN.has(first)) || (last !== null && CLOSE.has(last));
    if (!fenced) return flatten(node.children);
    if (lengthOf(node) <= LONG_GROUP) return [node];
    return flatten(
      node.children.map((child) => {
        const sign = operator(child);
        return sign !== null && (OPEN.has(sign) || CLOSE.has(sign))
          ? {
              ...(child as MathElement),
              attributes: { ...(child as MathElement).attributes, stretchy: 'false' },
            }
          : child;
      }),
    );
  });
}
