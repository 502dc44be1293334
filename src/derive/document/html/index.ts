/** A derivation as one HTML page that needs nothing else: no network, and no JavaScript to be read. */

import type { DerivationDocument } from '../model.ts';
import { contents } from './contents.ts';
import { type Context, contextOf } from './context.ts';
import { help, toolbar } from './controls.ts';
import { h, join, type Markup, nothing, t, text, trusted } from './markup.ts';
import { SCRIPT, SCRIPT_HASH } from './script.ts';
import {
  constructionsSection,
  errataSection,
  foundationsSection,
  partsSection,
  pictureSection,
  proofSection,
  symbolsSection,
} from './sections.ts';
import { statementSection } from './statement.ts';
import { STYLE } from './style/index.ts';
import { verdictSection } from './verdict.ts';

export interface HtmlOptions {
  /**
   * For inclusion in another page: a style that touches nothing outside, and an article that begins with a heading of
   * level 2. It has no script: folds and links work, symbols are told in the table of symbols.
   */
  readonly fragment?: boolean;
}

/** Time and length are linear in the document. Throws only when a picture of the document is not a plain drawing. */
export function renderHtml(document: DerivationDocument, { fragment = false }: HtmlOptions = {}): string {
  const context = contextOf(document, fragment ? 2 : 1);
  if (fragment) {
    return `${h('style', {}, trusted(STYLE))}\n${h('div', { class: 'everymin everymin-fragment' }, derivation(context))}\n`;
  }
  return `<!DOCTYPE html>\n${h(
    'html',
    { lang: 'en' },
    h(
      'head',
      {},
      h('meta', { charset: 'utf-8' }),
      h('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'generator', content: `everymin ${document.everymin}` }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      t('title', {}, windowTitle(document)),
      h('style', {}, trusted(STYLE)),
    ),
    h(
      'body',
      { class: 'everymin' },
      t('a', { class: 'skip', href: '#derivation' }, 'Skip to the derivation'),
      h('header', { class: 'side' }, toolbar(), contents(context)),
      h('main', { id: 'derivation', tabindex: '-1' }, derivation(context)),
      help(),
      h('div', { id: 'meaning', role: 'tooltip', hidden: true }),
      h('script', {}, trusted(SCRIPT)),
    ),
  )}\n`;
}

/** Short enough for a tab and a list of results. */
function windowTitle({ result, instance }: DerivationDocument): string {
  const title = [labelOf(result.id), ...(instance === null ? [result.title] : [`on ${instance.name}`])].join(
    ' ',
  );
  const letters = [...title.replace(/\s+/g, ' ')];
  if (text(letters.join('')).length <= LONGEST_TITLE) return letters.join('');
  while (text(letters.join('')).length >= LONGEST_TITLE) letters.pop();
  return `${letters.join('')}…`;
}
const LONGEST_TITLE = 64;

const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src '${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`;

function derivation(context: Context): Markup {
  const { document } = context;
  return join([
    masthead(context),
    document.verdict === null ? nothing : verdictSection(context, document.verdict),
    statementSection(context),
    pictureSection(context, 'picture', 'The picture', document.picture),
    symbolsSection(context),
    proofSection(context),
    constructionsSection(context),
    errataSection(context),
    partsSection(context),
    foundationsSection(context),
    pictureSection(context, 'graph', 'What rests on what', document.graph),
    colophon(context),
  ]);
}

function masthead(context: Context): Markup {
  const { result, instance } = context.document;
  return h(
    'header',
    { class: 'masthead' },
    t(
      'p',
      { class: 'kicker' },
      instance === null
        ? `Derivation of ${labelOf(result.id)}`
        : `Derivation of ${labelOf(result.id)} on an instance`,
    ),
    context.heading(1, {}, text(result.title)),
    result.source === '' ? nothing : t('p', { class: 'source' }, result.source),
    instance === null
      ? nothing
      : h(
          'div',
          { class: 'instance' },
          h(
            'p',
            {},
            t('strong', {}, instance.name),
            instance.file === null ? nothing : t('code', {}, instance.file),
          ),
          instance.description === '' ? nothing : t('p', {}, instance.description),
          instance.sha256 === null
            ? nothing
            : h('p', { class: 'sum' }, text('SHA-256 '), t('code', {}, instance.sha256)),
        ),
  );
}

/** theorem-1 is Theorem 1 */
const labelOf = (id: string): string =>
  id.replace(/^[a-z]/, (letter) => letter.toUpperCase()).replaceAll('-', ' ');

const colophon = ({ document }: Context): Markup =>
  t(
    'p',
    { class: 'colophon' },
    `Written by everymin ${document.everymin} from the proof that its kernel checked. Every claim is printed from the term that was checked.`,
  );
