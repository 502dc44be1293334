import type { SymbolEntry } from '../model.ts';
import { type Block, code, type Span, small, text } from './block.ts';
import { scripted, spansOf } from './prose.ts';

/** The symbols of the statement and its steps (`part` null), or those that one part is the first to use. */
export function symbolBlocks(symbols: readonly SymbolEntry[], part: string | null): Block[] {
  return symbols.filter(({ parts }) => (part === null ? parts.length === 0 : parts[0] === part)).map(entry);
}

function entry({ formula, sort, meaning, definition, shape, value }: SymbolEntry): Block {
  const here: Span[] = [
    ...(shape === undefined ? [] : scripted(`here ${shape}`)),
    ...(value === undefined ? [] : [text(shape === undefined ? 'here ' : ': '), code(value)]),
  ];
  return {
    kind: 'item',
    head: [
      { kind: 'math', formula },
      // A statement has no set that it lies in.
      ...(definition || !sort || sort.text === ''
        ? []
        : [text(' ∈ '), { kind: 'math', formula: sort } as const]),
      text(': '),
      ...spansOf(meaning),
    ],
    body: [
      ...(definition
        ? [{ kind: 'display', formula: definition, lead: sort?.text === 'Prop' ? '⇔' : '=' } as const]
        : []),
      ...(here.length === 0 ? [] : [small(...here)]),
    ],
  };
}
