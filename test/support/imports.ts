import { tokensOf } from './tokens.ts';

export interface SourceFacts {
  /** every module named by import, export … from, import() and import types; undefined when it is computed */
  readonly imports: readonly (string | undefined)[];
  /** identifiers that are neither members (`x.process`) nor keys (`process:`) */
  readonly identifiers: ReadonlySet<string>;
}

/** What a source file reaches for. */
export function factsOf(source: string): SourceFacts {
  const tokens = tokensOf(source);
  const imports: (string | undefined)[] = [];
  const identifiers = new Set<string>();
  const is = (i: number, text: string): boolean => tokens[i]?.kind !== 'string' && tokens[i]?.text === text;
  const stringAt = (i: number): string | undefined =>
    tokens[i]?.kind === 'string' ? tokens[i]!.text : undefined;

  tokens.forEach((token, i) => {
    if (token.kind !== 'word') return;
    const member = is(i - 1, '.') && !is(i - 2, '.');
    if (member && !is(i - 2, 'globalThis')) return;
    if (!is(i + 1, ':')) identifiers.add(token.text);
    if (token.text === 'import') {
      if (is(i + 1, '(')) imports.push(stringAt(i + 2));
      else if (stringAt(i + 1) !== undefined) imports.push(stringAt(i + 1));
      else if (!is(i + 1, '.') && !is(i + 1, ':')) imports.push(fromAfter(i + 1));
    }
    if (token.text === 'export') {
      const start = is(i + 1, 'type') ? i + 2 : i + 1;
      if (is(start, '*')) imports.push(fromAfter(start));
      if (is(start, '{')) {
        const end = tokens.findIndex((_, j) => j > start && is(j, '}'));
        if (is(end + 1, 'from')) imports.push(stringAt(end + 2));
      }
    }
  });

  function fromAfter(start: number): string | undefined {
    for (let j = start; j < tokens.length && !is(j, ';'); j++) {
      if (is(j, 'from') && stringAt(j + 1) !== undefined) return stringAt(j + 1);
    }
    return undefined;
  }
  return { imports, identifiers };
}
