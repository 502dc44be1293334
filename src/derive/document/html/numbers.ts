/** Both sides of each equation of a claim, with their difference. */
import type { Annotation, NumberLine } from '../model.ts';
import { lineText } from '../values.ts';
import { h, type Markup, nothing, t, text } from './markup.ts';
import { truthCell } from './status.ts';

export function numbersTable({ lines, omitted, brief }: Annotation): Markup {
  if (lines.length === 0) return nothing;
  if (brief) return h('ul', { class: 'lines' }, ...lines.map((line) => t('li', {}, lineText(line))));
  const places = lines.some(({ place }) => place !== '');
  const head = [...(places ? ['where'] : []), 'left', '', 'right', 'difference', ''];
  return h(
    'div',
    { class: 'numbers' },
    h(
      'table',
      {},
      t('caption', { class: 'hidden' }, 'Both sides of the claim, in numbers'),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...head.map((name, column) =>
            name === ''
              ? h('td', {}, t('span', { class: 'hidden' }, column === head.length - 1 ? 'truth' : 'relation'))
              : t('th', { scope: 'col' }, name),
          ),
        ),
      ),
      h('tbody', {}, ...lines.map((line) => numberRow(line, places))),
    ),
    omitted === 0
      ? nothing
      : t('p', { class: 'omitted' }, omitted === 1 ? '1 more line' : `${omitted} more lines`),
  );
}

function numberRow({ place, relation, left, right, difference, truth }: NumberLine, places: boolean): Markup {
  const cell = (value: string | null): Markup =>
    value === null ? t('td', { class: 'none' }, '—') : h('td', {}, breakable(value));
  return h(
    'tr',
    truth === 'false' ? { class: 'false' } : {},
    // a header that is empty heads nothing
    places ? t(place === '' ? 'td' : 'th', place === '' ? {} : { scope: 'row' }, place) : nothing,
    cell(left),
    t('td', {}, relation),
    cell(right),
    cell(difference),
    truthCell(truth),
  );
}

/** A long number may be broken anywhere. */
export const breakable = (value: string): Markup =>
  value.length > 24 && !value.includes(' ') ? t('span', { class: 'long' }, value) : text(value);
