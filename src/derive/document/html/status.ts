/** What is known, by glyph and word and colour: no reader needs the colour. */
import type { Tier } from '../../../check/report.ts';
import { type Known, GLYPHS as PAPER_GLYPHS, WORDS } from '../paper/block.ts';
import { h, type Markup, nothing, t, text } from './markup.ts';

/** On screens the cross is the one that pairs with the tick; fonts of paper may not have it. */
const GLYPHS: Readonly<Record<Known, string>> = { ...PAPER_GLYPHS, fails: '✗', contradiction: '✗' };

/** Of these the tier says nothing. */
const UNTOLD: ReadonlySet<Known> = new Set(['supposed', 'undecided']);

/** ✓ holds · exact */
export const statusBadge = (status: Known, tier?: Tier): Markup =>
  h(
    'span',
    { class: `status ${status}` },
    text(`${GLYPHS[status]} ${WORDS[status]}`),
    tier === undefined || UNTOLD.has(status) ? nothing : t('small', {}, tier),
  );

const TRUTHS = { true: 'holds', false: 'fails', undecided: 'undecided' } as const;

/** The last cell of a line of numbers. */
export const truthCell = (truth: keyof typeof TRUTHS): Markup =>
  t('td', { class: TRUTHS[truth] }, `${GLYPHS[TRUTHS[truth]]} ${truth}`);
