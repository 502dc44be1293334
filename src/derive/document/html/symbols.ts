/** The table of symbols. What appears beside a symbol under the pointer is a copy of its row here. */
import type { SymbolEntry } from '../model.ts';
import { type Context, symbolAnchor } from './context.ts';
import { h, type Markup, nothing, t, text } from './markup.ts';
import { breakable } from './numbers.ts';

const KINDS: Readonly<Record<SymbolEntry['kind'], string>> = {
  given: 'Of the statement',
  definition: 'Definitions',
  abbreviation: 'Abbreviations',
  introduced: 'Introduced by the proof',
  free: 'Arbitrary in a step',
  bound: 'Bound by ∀, ∃, Σ or a map',
  notation: 'Notation',
};

/** By kind, those symbols that `chosen` picks. */
export function symbolTables(
  context: Context,
  chosen: (entry: SymbolEntry) => boolean,
  level: 3 | 4,
): Markup[] {
  const all = context.document.symbols.filter(chosen);
  return (Object.keys(KINDS) as SymbolEntry['kind'][]).flatMap((kind) => {
    const entries = all.filter((entry) => entry.kind === kind);
    if (entries.length === 0) return [];
    return [
      context.heading(level, { class: 'kind-of-symbols' }, text(KINDS[kind])),
      h('dl', { class: 'symbols' }, ...entries.map((entry) => symbolEntry(context, entry))),
    ];
  });
}

/** Longer symbols stand above what is said of them. */
const WIDE = 14;

function symbolEntry(context: Context, entry: SymbolEntry): Markup {
  const fact = (label: string, value: Markup): Markup =>
    h('p', { class: 'fact' }, t('span', {}, label), h('span', {}, value));
  return h(
    'div',
    {
      class: entry.formula.text.length > WIDE ? 'entry wide' : 'entry',
      id: symbolAnchor(entry.id),
      'data-entry': context.symbolCode(entry.id),
    },
    h('dt', {}, context.math(entry.formula)),
    h(
      'dd',
      {},
      h('p', { class: 'meaning' }, context.prose(entry.meaning)),
      entry.sort === undefined ? nothing : fact('sort', context.math(entry.sort)),
      entry.definition === undefined ? nothing : fact('means', context.math(entry.definition)),
      entry.shape === undefined ? nothing : fact('shape', context.words(entry.shape)),
      entry.value === undefined
        ? nothing
        : h(
            'p',
            { class: 'fact' },
            t('span', {}, 'value'),
            h('span', { class: 'value' }, breakable(entry.value)),
          ),
    ),
  );
}
