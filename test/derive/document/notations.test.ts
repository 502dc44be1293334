import { describe, expect, it } from 'vitest';
import { prove } from '../../../proofs/index.ts';
import { renderHtml } from '../../../src/derive/document/html/index.ts';
import { renderMarkdown } from '../../../src/derive/document/markdown.ts';
import type { DerivationDocument, Formula } from '../../../src/derive/document/model.ts';
import { NOTATIONS, notationsIn } from '../../../src/derive/document/notations.ts';
import { Legend, UnexplainedSymbols } from '../../../src/derive/document/symbols.ts';
import { div, eq, lambda, op, Real, variable } from '../../../src/kernel/build.ts';
import { infix, type Layout, name, row } from '../../../src/kernel/layout.ts';
import { write } from '../../../src/kernel/print-style.ts';
import { textStyle } from '../../../src/kernel/print-text.ts';
import { notationId } from '../../../src/kernel/symbol-id.ts';
import { define } from '../../../src/kernel/term.ts';
import { documentOf, RESULTS } from './cases.ts';

const KINDS = Object.entries(NOTATIONS);

describe('a legend', () => {
  const lemma = prove('lemma-2');
  const x = variable('x', Real);

  it('refuses an operation that has no notation of its own', () => {
    const legend = new Legend(lemma);
    // As `definition` without its notation.
    define('Halved', 1, lambda(x, div(x, 2)));
    expect(legend.ownFormulas([x]).formula(op('Halved', x)).text).toBe('Halved(x)');
    expect(() => legend.entries()).toThrow(UnexplainedSymbols);
    expect(() => legend.entries()).toThrow('no description of Halved');
  });
  it('refuses a layout that nobody described, wherever it stands', () => {
    const planted = { kind: 'commutator', parts: [name('a'), name('b')] } as unknown as Layout;
    for (const layout of [planted, row(name('a'), planted), infix(name('c'), 'eq', planted)]) {
      expect([...notationsIn(layout)]).toEqual(['commutator']);
    }
    expect(Object.keys(NOTATIONS)).not.toContain('commutator');
  });
  it('is not fooled by the name of a property that every object has', () => {
    const legend = new Legend(lemma);
    legend.ownFormulas([x]).formula(x);
    expect([...notationsIn({ kind: 'operation', name: 'constructor', args: [] })]).toEqual(['constructor']);
    expect(Object.keys(NOTATIONS)).not.toContain('constructor');
  });
  it('explains a notation once, of those that were written and of no other', () => {
    const legend = new Legend(lemma);
    const formulas = legend.ownFormulas([x]);
    formulas.formula(eq(x, x));
    expect(legend.entries()).toEqual([]);
    formulas.formula(op('imp', eq(x, x), eq(x, x)));
    formulas.formula(op('imp', eq(x, x), op('imp', eq(x, x), eq(x, x))));
    expect(legend.entries().map(({ id }) => id)).toEqual(['n-imp']);
  });
});

describe.each(KINDS)('%s', (kind, { sample, meaning }) => {
  it('is shown by an example of it, with the letters that are spoken of', () => {
    expect([...notationsIn(sample)]).toContain(kind);
    const letters = meaning.split('`').filter((_, k) => k % 2 === 1);
    expect(meaning.split('`').length).toBe(2 * letters.length + 1);
    const shown = write(textStyle, sample);
    const others = new Set(letters.filter((letter) => !shown.includes(letter)));
    expect([...others].join()).toBe({ interval: 'x', pair: 'M' }[kind] ?? '');
  });
});

/** What a reader sees of a notation in the text of a formula; an index set may hide in another notation. */
const SEEN: readonly (readonly [kind: string, seen: RegExp])[] = [
  ['forall', /∀/u],
  ['exists', /∃/u],
  ['and', /∧/u],
  ['or', /∨/u],
  ['imp', /⇒/u],
  ['iff', /⇔/u],
  ['not', /¬/u],
  ['Prop', /\bProp\b/u],
  ['Nat', /ℕ/u],
  ['range', /\{[01]\.\./u],
  ['vec', /vec\(/u],
  ['stack', /\[[^[\]]*; /u],
  ['delta', /δ_\{/u],
  ['sum', /Σ_\{/u],
  ['derivative', /∂_/u],
  ['maps', /↦/u],
  ['differentiable', / is differentiable at /u],
  ['inf', /inf \{/u],
  ['min', /min \{/u],
];

describe.each(RESULTS)('the legend of %s', (id) => {
  it('has the notations that are seen in its formulas, and no others', async () => {
    const document = await documentOf(id);
    const texts = textsOf(document);
    const listed = new Set(document.symbols.map((entry) => entry.id));
    for (const [kind, seen] of SEEN) {
      const where = texts.find((text) => seen.test(text));
      expect([kind, listed.has(notationId(kind))]).toEqual([kind, where !== undefined]);
    }
  });
});

describe('every notation', () => {
  it('is written somewhere', async () => {
    const written = new Set<string>();
    for (const id of RESULTS) for (const each of (await documentOf(id)).symbols) written.add(each.id);
    expect(KINDS.filter(([kind]) => !written.has(notationId(kind))).map(([kind]) => kind)).toEqual([]);
  });
  it('of a document is in its table, in HTML under the pointer too', async () => {
    const document = await documentOf('theorem-3');
    const notations = document.symbols.filter(({ kind }) => kind === 'notation');
    expect(notations.length).toBeGreaterThan(15);
    const markdown = renderMarkdown(document);
    const html = renderHtml(document);
    for (const { id, formula } of notations) {
      expect(markdown).toContain(`| $\`${formula.latex}\`$ |`);
      expect(html).toContain(`id="symbol-${id}"`);
    }
    for (const [id, marked] of [
      ['n-vec', /<mtext data-s="(\w+)">vec<\/mtext>/],
      ['n-sum', /<mo data-s="(\w+)">∑<\/mo>/],
      ['n-delta', /<mi data-s="(\w+)">δ<\/mi>/],
      ['n-derivative', /<mo data-s="(\w+)">∂<\/mo>/],
      ['n-stack', /<mo[^>]* data-s="(\w+)">\[<\/mo>/],
    ] as const) {
      const code = marked.exec(html)?.[1];
      expect(html, id).toContain(`id="symbol-${id}" data-entry="${code}"`);
    }
  });
});

/** Every formula of a document but those of its notations. */
function textsOf({ symbols, ...document }: DerivationDocument): readonly string[] {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('mathml' in value) texts.push((value as Formula).text);
    Object.values(value).forEach(visit);
  };
  visit([symbols.filter(({ kind }) => kind !== 'notation'), document]);
  return texts;
}
