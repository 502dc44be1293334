/** What is known, by glyph and word and colour: no reader needs the colour. */
import type { Status, Tier, Verdict } from '../../../check/report.ts';
import { h, type Markup, nothing, t, text } from './markup.ts';

type Known = Status | 'supposed' | Verdict;

const GLYPHS: Readonly<Record<Known, string>> = {
  holds: '✓',
  fails: '✗',
  undecided: '?',
  supposed: '◇',
  'not-applicable': '–',
  contradiction: '✗',
};

const WORDS: Readonly<Record<Known, string>> = {
  holds: 'holds',
  fails: 'fails',
  undecided: 'undecided',
  supposed: 'supposed',
  'not-applicable': 'does not apply',
  contradiction: 'contradiction',
};

/** ✓ holds · exact */
export const statusBadge = (status: Known, tier?: Tier): Markup =>
  h(
    'span',
    { class: `status ${status}` },
    text(`${GLYPHS[status]} ${WORDS[status]}`),
    tier === undefined || status === 'supposed' ? nothing : t('span', { class: 'tier' }, tier),
  );

const TRUTHS = { true: 'holds', false: 'fails', undecided: 'undecided' } as const;

/** The last cell of a line of numbers. */
export const truthCell = (truth: keyof typeof TRUTHS): Markup =>
  t('td', { class: TRUTHS[truth] }, `${GLYPHS[TRUTHS[truth]]} ${truth}`);
