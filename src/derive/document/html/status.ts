/** What is known, by glyph and word and colour: no reader needs the colour. */
import type { Status, Tier, Verdict } from '../../../check/report.ts';
import { h, type Markup, nothing, t } from './markup.ts';

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

export const wordOf = (status: Known): string => WORDS[status];

/** ✓ holds · exact */
export function statusBadge(status: Known, tier?: Tier): Markup {
  const strength = tier === undefined || status === 'supposed' ? nothing : t('span', { class: 'tier' }, tier);
  return h(
    'span',
    { class: `status ${status}` },
    t('span', { class: 'glyph', 'aria-hidden': 'true' }, GLYPHS[status]),
    t('span', { class: 'word' }, WORDS[status]),
    strength,
  );
}

const TRUTHS = { true: 'holds', false: 'fails', undecided: 'undecided' } as const;
const TRUTH_WORDS = { true: 'true', false: 'false', undecided: 'undecided' } as const;

/** of one line of numbers */
export const truthBadge = (truth: keyof typeof TRUTHS): Markup =>
  h(
    'span',
    { class: `status ${TRUTHS[truth]}` },
    t('span', { class: 'glyph', 'aria-hidden': 'true' }, GLYPHS[TRUTHS[truth]]),
    t('span', { class: 'word' }, TRUTH_WORDS[truth]),
  );
