/** An erratum beside what it concerns. */
import type { Context } from './context.ts';
import { h, type Markup, nothing, t, text } from './markup.ts';

export function erratumNote(context: Context, id: string): Markup {
  const erratum = context.document.errata.find((one) => one.id === id);
  if (!erratum) return nothing;
  return h(
    'div',
    { class: 'erratum-note', role: 'note', 'aria-label': `Erratum at this step: ${erratum.title}` },
    h(
      'p',
      {},
      t('strong', {}, 'Erratum. '),
      context.words(erratum.title),
      text(' '),
      context.link(erratum.anchor, 'What is wrong, and what is right'),
    ),
  );
}
