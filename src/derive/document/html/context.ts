/** What every part of the page needs to know of the whole document. */
import type { DerivationDocument, Formula, Prose, StepBlock, SymbolEntry } from '../model.ts';
import { scripted } from '../paper/prose.ts';
import { h, join, type Markup, nothing, t, text } from './markup.ts';
import { inlineMath } from './math.ts';

export interface Context {
  readonly document: DerivationDocument;
  /** in a sentence */
  math(formula: Formula): Markup;
  /** on a line of its own */
  display(formula: Formula): Markup;
  prose(prose: Prose): Markup;
  /** a sentence in which θ_i and h^(l) are set as mathematics */
  words(sentence: string): Markup;
  /** a link to an anchor of this page, or the text alone where there is no such anchor */
  link(anchor: string | null, label: string): Markup;
  /** a heading; its level counts from 1 for the title */
  heading(level: 1 | 2 | 3 | 4, attributes: Readonly<Record<string, string>>, ...children: Markup[]): Markup;
  /** a short name for a symbol of the document, which formulas carry; null for any other */
  symbolCode(id: string): string | null;
  symbol(id: string): SymbolEntry | undefined;
  /** an erratum or a hypothesis of the statement, by its id */
  anchorOf(id: string): string | null;
  /** whether this step is the first that breaks, rests on what fails, or neither */
  brokenness(step: StepBlock): 'first' | 'false' | 'rests' | null;
}

export const symbolAnchor = (id: string): string => `symbol-${id}`;

export function contextOf(document: DerivationDocument, firstHeading: number): Context {
  const entries = new Map(document.symbols.map((entry) => [entry.id, entry]));
  const codes = symbolCodes(document);
  const named = [...document.hypotheses, ...document.errata];
  const anchors = new Map(named.map(({ id, anchor }) => [id, anchor]));
  const known = anchorsOf(document);
  const broken = document.verdict?.broken ?? null;
  const rests = new Set(broken?.rests);
  const symbolCode = (id: string): string | null => codes.get(id) ?? null;
  // A claim is written again in every step that it is in force at.
  const written = new Map<string, Markup>();
  const math = (formula: Formula): Markup => {
    if (formula.mathml === '') return inlineMath(formula, symbolCode);
    const known = written.get(formula.mathml) ?? inlineMath(formula, symbolCode);
    written.set(formula.mathml, known);
    return known;
  };
  const link = (anchor: string | null, label: string): Markup =>
    anchor !== null && known.has(anchor) ? t('a', { href: `#${anchor}` }, label) : text(label);
  return {
    document,
    math,
    display: (formula) => h('div', { class: 'formula' }, math(formula)),
    prose: (prose) =>
      join(
        prose.map((piece) => {
          if (piece.kind === 'text') return wordsOf(piece.text);
          return piece.kind === 'math' ? math(piece.formula) : link(piece.to, piece.text);
        }),
      ),
    words: wordsOf,
    link,
    heading: (level, attributes, ...children) =>
      h(`h${Math.min(6, level + firstHeading - 1)}`, attributes, ...children),
    symbolCode,
    symbol: (id) => entries.get(id),
    anchorOf: (id) => anchors.get(id) ?? null,
    brokenness: ({ id }) => {
      if (broken === null) return null;
      if (id === broken.first) return 'first';
      if (id === broken.firstFalse) return 'false';
      return rests.has(id) ? 'rests' : null;
    },
  };
}

function wordsOf(sentence: string): Markup {
  return join(
    scripted(sentence).map((span) => {
      if (span.kind !== 'scripted') return 'text' in span ? text(span.text) : nothing;
      const { base, below, above } = span;
      return join([
        t('var', {}, base),
        above === '' ? nothing : t('sup', {}, above),
        below === '' ? nothing : t('sub', {}, below),
      ]);
    }),
  );
}

/** What is written most has the shortest code. */
function symbolCodes({ steps, parts, symbols }: DerivationDocument): ReadonlyMap<string, string> {
  const counts = new Map(symbols.map(({ id }) => [id, 0]));
  for (const { claim } of [...steps, ...parts.flatMap((part) => part.steps)]) {
    for (const [, id = ''] of claim.mathml.matchAll(/ data-symbol="([^"]*)"/g)) {
      const count = counts.get(id);
      if (count !== undefined) counts.set(id, count + 1);
    }
  }
  const often = [...counts].sort(([, a], [, b]) => b - a);
  return new Map(often.map(([id], position) => [id, position.toString(36)]));
}

/** Every anchor that the model gives, and those of symbols. */
export function anchorsOf(document: DerivationDocument): ReadonlySet<string> {
  const { hypotheses, steps, parts, axioms, errata, symbols } = document;
  return new Set([
    ...[...hypotheses, ...steps, ...parts, ...axioms, ...errata].map(({ anchor }) => anchor),
    ...parts.flatMap((part) => [...part.hypotheses, ...part.steps].map(({ anchor }) => anchor)),
    ...symbols.map(({ id }) => symbolAnchor(id)),
  ]);
}
