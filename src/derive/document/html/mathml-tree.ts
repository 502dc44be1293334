/** MathML read into a tree of known elements and attributes. Whatever else it holds comes out as text. */

export interface MathElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly MathNode[];
}
/** escaped text, as it stands in the source */
export type MathNode = MathElement | string;

/** Presentation MathML Core: nothing here can hold HTML, a link or a script. */
const ELEMENTS = new Set([
  'math',
  'merror',
  'mfrac',
  'mi',
  'mmultiscripts',
  'mn',
  'mo',
  'mover',
  'mpadded',
  'mphantom',
  'mprescripts',
  'mroot',
  'mrow',
  'ms',
  'mspace',
  'msqrt',
  'mstyle',
  'msub',
  'msubsup',
  'msup',
  'mtable',
  'mtd',
  'mtext',
  'mtr',
  'munder',
  'munderover',
]);

const ATTRIBUTES = new Set([
  'accent',
  'accentunder',
  'columnalign',
  'columnspacing',
  'data-symbol',
  'depth',
  'display',
  'displaystyle',
  'fence',
  'form',
  'height',
  'intent',
  'largeop',
  'linethickness',
  'lspace',
  'mathvariant',
  'maxsize',
  'minsize',
  'movablelimits',
  'rowspacing',
  'rspace',
  'scriptlevel',
  'separator',
  'stretchy',
  'symmetric',
  'voffset',
  'width',
]);

const TOKEN = /<(\/?)([a-z]+)((?:\s+[a-zA-Z:-]+="[^"<]*")*)\s*(\/?)>|<|[^<]+/g;
const ATTRIBUTE = /([a-zA-Z:-]+)="([^"<]*)"/g;

const escaped = (text: string): string =>
  text
    .replace(/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** The nodes of `source`; linear time. A tag that is unknown, or closes what is not open, is escaped text. */
export function parseMathml(source: string): readonly MathNode[] {
  interface Open {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly children: MathNode[];
  }
  const root: MathNode[] = [];
  const stack: Open[] = [];
  const close = (): void => {
    const element = stack.pop()!;
    (stack.at(-1)?.children ?? root).push(element);
  };
  for (const [token, slash, name, attributes = '', empty] of source.matchAll(TOKEN)) {
    const siblings = stack.at(-1)?.children ?? root;
    if (name === undefined || !ELEMENTS.has(name)) siblings.push(escaped(token));
    else if (slash === '') {
      const known = [...attributes.matchAll(ATTRIBUTE)].filter(([, key]) => ATTRIBUTES.has(key!));
      const read = Object.fromEntries(known.map(([, key, value]) => [key!, escaped(value!)]));
      stack.push({ name, attributes: read, children: [] });
      if (empty !== '') close();
    } else if (stack.at(-1)?.name === name) close();
    else siblings.push(escaped(token));
  }
  while (stack.length > 0) close();
  return root;
}

/** Elements with no children are written as `<mspace/>`, which HTML allows in MathML. */
export function writeMathml(node: MathNode): string {
  if (typeof node === 'string') return node;
  const attributes = Object.entries(node.attributes)
    .map(([key, value]) => ` ${key}="${value}"`)
    .join('');
  if (node.children.length === 0) return `<${node.name}${attributes}/>`;
  return `<${node.name}${attributes}>${node.children.map(writeMathml).join('')}</${node.name}>`;
}

/** How many characters a reader sees, about. */
export const lengthOf = (node: MathNode): number =>
  typeof node === 'string'
    ? node.replace(/&[^;]+;/g, 'x').length
    : node.children.reduce((sum, child) => sum + lengthOf(child), 0);
