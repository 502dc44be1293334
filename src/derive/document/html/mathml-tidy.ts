/** MathML made shorter without a change to what is seen: a page of 400 steps has many formulas. */
import type { MathElement, MathNode } from './mathml-tree.ts';

const OPEN = new Set(['(', '[', '{', '⟨']);
const CLOSE = new Set([')', ']', '}', '⟩']);
/** What stands differently at the end of a row and inside it. */
const DEPENDS = new Set(['+', '-', '−', '±', '|', '‖', '∣', '∥']);
const TALL = new Set(['mfrac', 'mover', 'msqrt', 'mroot', 'mtable', 'munder', 'munderover', 'mmultiscripts']);

export const isElement = (node: MathNode | undefined, name: string): node is MathElement =>
  typeof node === 'object' && node.name === name;

/** The sign of an <mo>, else null. */
export const operatorOf = (node: MathNode | undefined): string | null =>
  isElement(node, 'mo') && node.children.length === 1 && typeof node.children[0] === 'string'
    ? node.children[0].replace('&lt;', '<').replace('&gt;', '>').trim()
    : null;

export const opens = (node: MathNode | undefined): boolean => OPEN.has(operatorOf(node) ?? '');
export const closes = (node: MathNode | undefined): boolean => CLOSE.has(operatorOf(node) ?? '');

/** A row without attributes that may stand in its parent's row as it is. */
const isRow = (node: MathElement): boolean =>
  node.name === 'mrow' && Object.keys(node.attributes).length === 0;

/**
 * Rows inside rows are opened, unless a parenthesis or a sign stands at an end. Rows in parentheses that hold something
 * tall have the class `tall`: the style lets only their parentheses stretch, since fonts have a wide variant for those.
 */
export function tidy(nodes: readonly MathNode[]): readonly MathNode[] {
  return nodes.flatMap((node): readonly MathNode[] => {
    if (typeof node === 'string') return [node];
    if (!isRow(node)) {
      const children = holdsRow(node) ? tidy(node.children) : node.children.map(tidyArgument);
      return [{ ...node, children }];
    }
    const children = tidy(node.children);
    const ends = [children[0], children.at(-1)];
    const kept = ends.some((end) => opens(end) || closes(end) || dependsOnPlace(end));
    return kept && children.length > 1 ? [fencedRow(children)] : children;
  });
}

/** Elements whose children form a row; those of the others have a place each. */
const holdsRow = ({ name }: MathElement): boolean =>
  name === 'math' || name === 'mrow' || name === 'mstyle' || name === 'mtd' || name === 'msqrt';

function tidyArgument(node: MathNode): MathNode {
  const parts = tidy([node]);
  return parts.length === 1 ? parts[0]! : { name: 'mrow', attributes: {}, children: parts };
}

const dependsOnPlace = (node: MathNode | undefined): boolean =>
  isElement(node, 'mo') && node.attributes.form === undefined && DEPENDS.has(operatorOf(node) ?? '');

/** The style keeps the parentheses of a row that is not tall from stretching, so that no attribute has to say it. */
function fencedRow(children: readonly MathNode[]): MathElement {
  if (!children.some(isTall)) return { name: 'mrow', attributes: {}, children: children.map(plain) };
  const stretches = !children.some(
    (child) => isElement(child, 'mo') && child.attributes.stretchy === 'false',
  );
  return { name: 'mrow', attributes: stretches ? { class: 'tall' } : {}, children };
}

function plain(node: MathNode): MathNode {
  if (!(opens(node) || closes(node))) return node;
  const { stretchy: _, ...attributes } = (node as MathElement).attributes;
  return { ...(node as MathElement), attributes };
}

/** A parenthesis of one size; any other node as it is. */
export const unstretched = (node: MathNode): MathNode =>
  opens(node) || closes(node)
    ? { ...(node as MathElement), attributes: { ...(node as MathElement).attributes, stretchy: 'false' } }
    : node;

const isTall = (node: MathNode): boolean =>
  typeof node !== 'string' && (TALL.has(node.name) || node.children.some(isTall));
