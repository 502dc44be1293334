import { position } from './json.ts';
import { type Entry, entriesIn, itemsIn, type Span, wholeSpan } from './json-spans.ts';

/** Steps into an instance: ["model", "layers", 1] is model.layers[1]. */
export type Path = readonly (string | number)[];

/** A stretch of one line of a file; 1-based, in UTF-16 units, `endColumn` after the last. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

export interface Found {
  readonly place: Place;
  /** the path of the file that holds the value, relative to the instance, when it stands in one */
  readonly file?: string;
}

/**
 * Where `path`, or as much of it as is written, stands in the text of an instance: the key of an entry, or the first line
 * of an item of a list. For texts that `parseJson` has accepted. Cost: one pass.
 */
export function placeOfPath(text: string, path: Path): Found {
  let value = wholeSpan(text);
  let shown: Span = value;
  for (const step of path) {
    const next = stepInto(text, value, step);
    if (next === undefined) break;
    value = next;
    shown = 'name' in next ? next.name : next;
  }
  const file = referenceAt(text, value);
  return { place: placeOfSpan(text, shown), ...(file === undefined ? {} : { file }) };
}

function stepInto(text: string, value: Span, step: string | number): Span | Entry | undefined {
  const opening = text[value.start];
  if (typeof step === 'number') return opening === '[' ? itemsIn(text, value)[step] : undefined;
  return opening === '{' ? entriesIn(text, value).find(({ key }) => key === step) : undefined;
}

const KINDS = ['npy', 'csv', 'safetensors'];

function referenceAt(text: string, value: Span): string | undefined {
  if (text[value.start] !== '{') return undefined;
  const entry = entriesIn(text, value).find(({ key }) => KINDS.includes(key));
  if (entry === undefined) return undefined;
  const path: unknown = JSON.parse(text.slice(entry.start, entry.end));
  return typeof path === 'string' ? path : undefined;
}

function placeOfSpan(text: string, { start, end }: Span): Place {
  const { line, column } = position(text, start);
  const stretch = text.slice(start, end);
  const firstLine = stretch.slice(0, /[\r\n]|$/.exec(stretch)!.index);
  return { line, column, endColumn: column + firstLine.length };
}

/** The inverse of `placeOf`: data.targets[3] → ["data", "targets", 3]; undefined for what it does not write. */
export function pathOfPlace(place: string): Path | undefined {
  const steps: (string | number)[] = [];
  for (let rest = place; rest !== ''; ) {
    const [all, name, index, quoted] = STEP.exec(rest) ?? [];
    if (all === undefined) return undefined;
    if (name !== undefined) steps.push(name);
    else if (index !== undefined) steps.push(Number(index));
    else steps.push(String(JSON.parse(quoted!)));
    rest = rest.slice(all.length);
  }
  return steps;
}

const STEP = /^(?:\.?([\p{L}_$][\p{L}\p{N}_$-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\])/u;
