/** The other sections: symbols, proof, parts, constructions, axioms, errata, results, pictures. */
import type { AxiomBlock, ConstructionBlock, PartBlock, Picture, SymbolEntry } from '../model.ts';
import type { Context } from './context.ts';
import { h, type Markup, nothing, t, text } from './markup.ts';
import { hypothesisList } from './statement.ts';
import { statusBadge } from './status.ts';
import { stepList } from './step.ts';
import { embedSvg } from './svg.ts';
import { symbolTables } from './symbols.ts';

/** A table of more symbols than this begins folded. */
const MANY_SYMBOLS = 14;

const ofStatement = ({ parts }: SymbolEntry): boolean => parts.length === 0;

const section = (context: Context, id: string, title: string, ...children: Markup[]): Markup =>
  h(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    context.heading(2, { id: `${id}-title` }, text(title)),
    ...children,
  );

export function symbolsSection(context: Context): Markup {
  const notation = ({ kind }: SymbolEntry): boolean => kind === 'notation';
  const all = context.document.symbols.filter(ofStatement);
  if (all.length === 0) return nothing;
  const notations = all.filter(notation).length;
  const count = all.length - notations;
  return section(
    context,
    'symbols',
    'Symbols',
    h(
      'details',
      { class: 'table-of-symbols', open: count <= MANY_SYMBOLS ? true : null },
      t('summary', {}, `What each of the ${count} symbols is`),
      ...symbolTables(context, (entry) => ofStatement(entry) && !notation(entry), 3),
    ),
    notations === 0
      ? nothing
      : h(
          'details',
          { class: 'table-of-symbols' },
          t('summary', {}, `How formulas are written: ${notations} notations`),
          ...symbolTables(context, (entry) => ofStatement(entry) && notation(entry), 3),
        ),
  );
}

export function proofSection(context: Context): Markup {
  const { steps, instance } = context.document;
  if (steps.length === 0) return nothing;
  const numbers = instance === null ? '' : ', and its numbers';
  return section(
    context,
    'proof',
    'Proof',
    t('p', { class: 'lead' }, `Each line unfolds to what justifies it${numbers}.`),
    stepList(context, steps, 3),
  );
}

export function partsSection(context: Context): Markup {
  const { parts } = context.document;
  if (parts.length === 0) return nothing;
  const shared = symbolTables(context, ({ parts: users }) => users.length > 1, 3);
  return section(
    context,
    'parts',
    'Parts of the proof',
    t(
      'p',
      { class: 'lead' },
      'Each part is proved once, for all values of its symbols, and cited by the steps.',
    ),
    shared.length === 0
      ? nothing
      : h(
          'details',
          { class: 'table-of-symbols' },
          t('summary', {}, 'Symbols that several parts use'),
          ...shared,
        ),
    ...parts.map((part) => partBlock(context, part)),
  );
}

function partBlock(context: Context, part: PartBlock): Markup {
  const tables = symbolTables(context, ({ parts }) => parts.length === 1 && parts[0] === part.id, 4);
  const steps = part.steps.length === 1 ? '1 step' : `${part.steps.length} steps`;
  return h(
    'details',
    { class: 'part', id: part.anchor },
    h(
      'summary',
      {},
      context.heading(3, {}, context.words(part.title)),
      t('span', { class: 'count' }, `${part.id} · ${steps}`),
    ),
    h('p', { class: 'meaning' }, context.prose(part.sentence)),
    h(
      'div',
      { class: 'statement' },
      part.hypotheses.length === 0 ? nothing : t('p', { class: 'word-of-statement' }, 'Suppose'),
      hypothesisList(context, part.hypotheses),
      t('p', { class: 'word-of-statement' }, 'Then'),
      h('div', { class: 'then' }, context.display(part.conclusion)),
    ),
    tables.length === 0
      ? nothing
      : h('details', { class: 'table-of-symbols' }, t('summary', {}, `Symbols of ${part.id}`), ...tables),
    part.numbers === undefined ? nothing : h('p', { class: 'detail' }, context.prose(part.numbers)),
    stepList(context, part.steps, 4, part.conclusion),
  );
}

export function constructionsSection(context: Context): Markup {
  const { constructions } = context.document;
  if (constructions.length === 0) return nothing;
  return section(
    context,
    'constructions',
    'What the proof constructs',
    ...constructions.map((one) => construction(context, one)),
  );
}

function construction(context: Context, { name, meaning, shape, rows, checks }: ConstructionBlock): Markup {
  return h(
    'div',
    { class: 'construction' },
    context.heading(3, {}, context.math(name), t('span', { class: 'shape' }, shape)),
    h('p', {}, context.prose(meaning)),
    rows === null
      ? t('p', { class: 'omitted' }, `Too large to print: ${shape}.`)
      : h(
          'div',
          { class: 'matrix' },
          h(
            'table',
            {},
            h(
              'tbody',
              {},
              ...rows.map((cells) => h('tr', {}, ...cells.map((cell) => t('td', { class: 'value' }, cell)))),
            ),
          ),
        ),
    checks.length === 0
      ? nothing
      : h(
          'ul',
          { class: 'checks' },
          ...checks.map(({ text: what, status, tier }) =>
            h('li', {}, h('span', {}, context.words(what)), statusBadge(status, tier)),
          ),
        ),
  );
}

export function foundationsSection(context: Context): Markup {
  const { axioms, results, remarks } = context.document;
  if (axioms.length + results.length + remarks.length === 0) return nothing;
  const analytic = axioms.filter(({ group }) => ANALYTIC.has(group));
  const basic = axioms.filter(({ group }) => !ANALYTIC.has(group));
  return section(
    context,
    'foundations',
    'What it rests on',
    results.length === 0
      ? nothing
      : h(
          'div',
          {},
          context.heading(3, {}, text('Results')),
          h(
            'ul',
            { class: 'results' },
            ...results.map(({ id, title }) => h('li', {}, t('code', {}, id), text(` ${title}`))),
          ),
        ),
    analytic.length === 0 ? nothing : context.heading(3, {}, text('Axioms')),
    ...analytic.map((axiom) => axiomArticle(context, axiom)),
    basic.length === 0
      ? nothing
      : h(
          'details',
          { class: 'basic' },
          t('summary', {}, `Axioms of sets, numbers and functions (${basic.length})`),
          ...basic.map((axiom) => axiomArticle(context, axiom)),
        ),
    remarks.length === 0
      ? nothing
      : h(
          'div',
          {},
          context.heading(3, {}, text('Remarks')),
          ...remarks.map((remark) => h('p', {}, context.prose(remark))),
        ),
  );
}

const ANALYTIC: ReadonlySet<AxiomBlock['group']> = new Set(['analysis', 'linear algebra']);

function axiomArticle(
  context: Context,
  { anchor, name, statement, why, citation, rocq }: AxiomBlock,
): Markup {
  return h(
    'article',
    { class: 'axiom', id: anchor, 'aria-label': `Axiom ${name}` },
    h('p', { class: 'name' }, t('strong', {}, name), text(' '), context.words(why)),
    context.display(statement),
    citation === '' ? nothing : t('p', { class: 'source' }, citation),
    rocq === '' ? nothing : h('p', { class: 'source' }, text('In Rocq: '), t('code', {}, rocq)),
  );
}

export function errataSection(context: Context): Markup {
  const { errata } = context.document;
  if (errata.length === 0) return nothing;
  return section(
    context,
    'errata',
    'Errata of the printed result',
    ...errata.map(({ anchor, title, place, severity, printed, right, text: words }) =>
      h(
        'article',
        { class: 'erratum', id: anchor, 'aria-labelledby': `${anchor}-name` },
        context.heading(3, { id: `${anchor}-name` }, context.words(title)),
        t('p', { class: 'source' }, [place, severity].filter((part) => part !== '').join(' · ')),
        h('p', {}, context.words(words)),
        h(
          'dl',
          { class: 'readings' },
          h('div', {}, t('dt', {}, 'printed'), h('dd', {}, context.words(printed))),
          h('div', {}, t('dt', {}, 'right'), h('dd', {}, context.words(right))),
        ),
      ),
    ),
  );
}

export function pictureSection(context: Context, id: string, title: string, picture: Picture | null): Markup {
  if (picture === null) return nothing;
  return section(
    context,
    id,
    title,
    h(
      'figure',
      {},
      h('div', { class: 'drawing' }, embedSvg(picture.svg, id)),
      h(
        'figcaption',
        {},
        h(
          'details',
          {},
          t('summary', {}, `${title}: what it shows, in words`),
          t('p', {}, picture.description),
        ),
      ),
    ),
  );
}
