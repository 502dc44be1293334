/** The table of contents, which stands beside the text where there is room. */
import type { Context } from './context.ts';
import { h, type Markup, nothing, t } from './markup.ts';

export function contents(context: Context): Markup {
  const { document } = context;
  const sections: readonly (readonly [string, string, boolean])[] = [
    ['verdict', 'Verdict', document.verdict !== null],
    ['statement', 'Statement', true],
    ['picture', 'Picture', document.picture !== null],
    ['symbols', 'Symbols', document.symbols.some(({ parts }) => parts.length === 0)],
    ['proof', 'Proof', document.steps.length > 0],
    ['constructions', 'Constructions', document.constructions.length > 0],
    ['errata', 'Errata', document.errata.length > 0],
    ['parts', 'Parts', document.parts.length > 0],
    [
      'foundations',
      'What it rests on',
      document.axioms.length + document.results.length + document.remarks.length > 0,
    ],
    ['graph', 'Dependencies', document.graph !== null],
  ];
  return h(
    'nav',
    { class: 'contents', 'aria-label': 'Contents' },
    t('p', { class: 'contents-title' }, 'Contents'),
    h(
      'ol',
      {},
      ...sections
        .filter(([, , there]) => there)
        .map(([id, title]) =>
          h(
            'li',
            {},
            t('a', { href: `#${id}` }, title),
            id === 'proof' ? stepLinks(context) : id === 'parts' ? partLinks(context) : nothing,
          ),
        ),
    ),
  );
}

const stepLinks = ({ document, link }: Context): Markup =>
  h(
    'ol',
    { class: 'inner steps-of-contents' },
    ...document.steps.map(({ id, anchor }) => h('li', {}, link(anchor, id))),
  );

const partLinks = ({ document, link }: Context): Markup =>
  h('ol', { class: 'inner' }, ...document.parts.map(({ title, anchor }) => h('li', {}, link(anchor, title))));
