/**
 * Where the values of a JSON text stand, so that some can be replaced and every other character stays. For texts that
 * `parseJson` has accepted: nothing is checked again. Cost: one pass over the value asked about.
 */
export interface Span {
  readonly start: number;
  /** after the last character */
  readonly end: number;
}

export interface Entry extends Span {
  readonly key: string;
  /** the key with its quotes */
  readonly name: Span;
}

/** The outermost value. */
export const wholeSpan = (text: string): Span => valueAt(text, 0);

/** The entries of the object at `span`, in order. */
export function entriesIn(text: string, span: Span): Entry[] {
  const entries: Entry[] = [];
  let at = afterSpace(text, span.start + 1);
  while (text[at] === '"') {
    const end = stringEnd(text, at);
    const key: unknown = JSON.parse(text.slice(at, end));
    const value = valueAt(text, afterSpace(text, end) + 1);
    entries.push({ key: String(key), name: { start: at, end }, ...value });
    at = afterComma(text, value.end);
  }
  return entries;
}

/** The items of the list at `span`, in order. */
export function itemsIn(text: string, span: Span): Span[] {
  const items: Span[] = [];
  let at = afterSpace(text, span.start + 1);
  while (at < span.end - 1) {
    const item = valueAt(text, at);
    items.push(item);
    at = afterComma(text, item.end);
  }
  return items;
}

/** The numbers (or what else stands) in the nested lists at `span`, in order; the value itself when it is no list. */
export function leavesIn(text: string, span: Span): Span[] {
  const leaves: Span[] = [];
  let at = span.start;
  while (at < span.end) {
    at = afterSpace(text, at);
    const character = text[at];
    if (at >= span.end) break;
    if (character === '[' || character === ']' || character === ',') at++;
    else {
      const leaf = valueAt(text, at);
      leaves.push(leaf);
      at = leaf.end;
    }
  }
  return leaves;
}

function valueAt(text: string, from: number): Span {
  const start = afterSpace(text, from);
  const opening = text[start];
  if (opening === '"') return { start, end: stringEnd(text, start) };
  if (opening !== '{' && opening !== '[') {
    let end = start;
    while (end < text.length && !/[\s,:[\]{}]/.test(text[end]!)) end++;
    return { start, end };
  }
  let depth = 0;
  for (let at = start; at < text.length; ) {
    const character = text[at];
    if (character === '"') {
      at = stringEnd(text, at);
      continue;
    }
    at++;
    if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return { start, end: at };
  }
  return { start, end: text.length };
}

/** After the closing quote of the string that opens at `start`. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at]!)) at++;
  return at;
}

function afterComma(text: string, from: number): number {
  const at = afterSpace(text, from);
  return text[at] === ',' ? afterSpace(text, at + 1) : at;
}
