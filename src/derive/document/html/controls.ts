/** Controls that need the script; they are hidden until it runs. */
import { h, type Markup, t, text } from './markup.ts';

const button = (action: string, label: string): Markup =>
  t('button', { type: 'button', 'data-action': action }, label);

export const toolbar = (): Markup =>
  h(
    'div',
    { class: 'toolbar', role: 'group', 'aria-label': 'View', hidden: true },
    button('unfold', 'Unfold all'),
    button('fold', 'Fold all'),
    button('theme', 'Light or dark'),
    button('help', 'Keys'),
  );

const KEYS: readonly (readonly [string, string])[] = [
  ['j or →', 'next step'],
  ['k or ←', 'step before'],
  ['o', 'fold or unfold this step'],
  ['u', 'unfold all'],
  ['f', 'fold all'],
  ['Esc', 'close what is open'],
  ['?', 'this list'],
];

export const help = (): Markup =>
  h(
    'dialog',
    { id: 'keys', 'aria-labelledby': 'keys-title' },
    t('h2', { id: 'keys-title' }, 'Keys'),
    h(
      'dl',
      { class: 'keys' },
      ...KEYS.map(([key, what]) => h('div', {}, h('dt', {}, t('kbd', {}, key)), t('dd', {}, what))),
    ),
    h(
      'p',
      {},
      h('label', {}, h('input', { type: 'checkbox', id: 'keys-on', checked: true }), text(' Keys are on')),
    ),
    t(
      'p',
      {},
      'Point at a symbol or tap it to see what it means; a step that is unfolded lists its symbols as links.',
    ),
    h('p', {}, button('close-help', 'Close')),
  );
