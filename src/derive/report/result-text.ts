import { boundText } from '../../arithmetic/decimal.ts';
import type {
  ObligationReport,
  Quantity,
  ResultReport,
  RobustBound,
  Status,
  Verdict,
} from '../../check/report.ts';
import { Rational } from '../../kernel/rational.ts';
import { constructionSentences } from './construction-text.ts';
import { displayWidth, padEnd, wrap } from './layout.ts';
import type { Ink, Paint } from './paint.ts';
import { exactText, namedText, quantityText } from './quantity.ts';
import { spoken, spokenResult } from './spoken.ts';

/** How a result is spoken of. */
export interface ResultWords {
  /** "Theorem 1" */
  readonly title?: string;
  /** what it says, in a phrase */
  readonly phrase?: string;
  /** its right-hand side: "inf L_θ(α) over α" */
  readonly right?: string;
}

export interface ResultStyle {
  readonly width: number;
  /** makes any text safe to print */
  readonly text: (value: string) => string;
  readonly paint: Paint;
  readonly words: ResultWords | undefined;
}

const VERDICT: Readonly<Record<Verdict, { readonly says: string; readonly ink: Ink }>> = {
  holds: { says: 'holds', ink: 'green' },
  'not-applicable': { says: 'does not apply', ink: 'red' },
  undecided: { says: 'undecided', ink: 'yellow' },
  contradiction: { says: 'CONTRADICTION', ink: 'red' },
};
const MARK: Readonly<Record<Status, { readonly sign: string; readonly ink: Ink }>> = {
  holds: { sign: '✓', ink: 'green' },
  fails: { sign: '✗', ink: 'red' },
  undecided: { sign: '?', ink: 'yellow' },
};
const PHRASE_COLUMN = 30;

/** The lines of one result. */
export function resultLines(result: ResultReport, style: ResultStyle): string[] {
  const rows = [
    ...result.obligations.map((obligation) => obligationRow(obligation, style)),
    ...numberRows(result, style),
    ...(result.robust ?? []).map((bound) => robustRow(bound, style)),
    ...marginRows(result, style),
  ];
  const labelWidth = Math.min(24, Math.max(0, ...rows.map((row) => displayWidth(row.label)))) + 2;
  return [
    ...headLines(result, style),
    ...rows.flatMap((row) => rowLines(row, labelWidth, style)),
    ...meaningLines(result, style),
  ];
}

/** A label, a sentence beside it with notes below, and the tier at the right edge. */
interface Row {
  readonly sign: string;
  readonly ink: Ink | undefined;
  readonly label: string;
  readonly detail: string;
  readonly notes: readonly string[];
  readonly tier: string;
}

function headLines(result: ResultReport, { width, text, paint, words }: ResultStyle): string[] {
  const title = text(spokenResult(result, words?.title));
  const { says, ink } = VERDICT[result.verdict];
  const tier = result.verdict === 'holds' ? ` (${result.tier})` : '';
  const painted = `${paint('bold', title)}  ${paint(ink, says)}${tier}`;
  const phrase = text(words?.phrase ?? '');
  if (phrase === '') return [painted];
  const used = displayWidth(`${title}  ${says}${tier}`);
  const column = Math.max(PHRASE_COLUMN, used + 2);
  if (column + displayWidth(phrase) <= width) return [painted + ' '.repeat(column - used) + phrase];
  return [painted, ...wrap(phrase, width - 2).map((line) => `  ${line}`)];
}

function obligationRow(obligation: ObligationReport, { text }: ResultStyle): Row {
  const { sign, ink } = MARK[obligation.status];
  const figures = Object.entries(obligation.figures ?? {}).map(([name, value]) => namedText(name, value));
  return {
    sign: text(sign),
    ink,
    label: text(spoken(obligation.id, false)),
    detail: text(obligation.detail),
    notes: figures.length === 0 ? [] : [text(figures.join('; '))],
    tier: obligation.status === 'undecided' ? 'undecided' : obligation.tier,
  };
}

function numberRows(result: ResultReport, { text, words }: ResultStyle): Row[] {
  const row = (label: string, detail: string): Row => ({
    sign: ' ',
    ink: undefined,
    label: text(label),
    detail: text(detail),
    notes: [],
    tier: '',
  });
  const rows: Row[] = [];
  const enclosed = result.sidesAt === 'enclosed';
  if (result.left) rows.push(row(enclosed ? 'L(θ*)' : 'L(θ)', quantityText(result.left)));
  if (result.right) {
    const attained =
      result.attained === true ? ', attained' : result.attained === false ? ', not attained' : '';
    const label = `${words?.right ?? 'right-hand side'}${enclosed ? ', θ*' : ''}`;
    rows.push(row(label, quantityText(result.right) + attained));
  }
  if (result.gap) {
    const allowed =
      result.gap.bound === null
        ? ''
        : `; the theory allows at most ${boundText(result.gap.bound, 'up')} here`;
    rows.push(row('gap', gapText(result, result.gap) + allowed));
  }
  if (result.span) {
    const { tangent, perturbed, atMost, exhaustive } = result.span;
    const reach = exhaustive ? 'all there can be' : `at most ${atMost}`;
    const at = result.epsilon === undefined ? '' : ` at ε = ${exactText(result.epsilon)}`;
    const least = result.span.tier === 'certified' && !exhaustive ? 'at least ' : '';
    const gained = (result.span.generators ?? []).filter(({ chosen }) => chosen > 0);
    const from = gained.map(({ kind, chosen }) => `${kind} (${chosen})`).join(', ');
    rows.push(
      row(
        'perturbed basis',
        `dimension ${least}${tangent} at θ, ${least}${perturbed} with S${at}; ${reach}${from === '' ? '' : `. S from: ${from}`}`,
      ),
    );
  }
  if (typeof result.largestEpsilon === 'number')
    rows.push(row('ε₀', `the proof goes through for ε < ${boundText(result.largestEpsilon, 'down')}`));
  if (result.construction) {
    for (const { label, detail } of constructionSentences(result.construction)) rows.push(row(label, detail));
  }
  return rows;
}

/** Exactly where both sides are exact. */
function gapText({ left, right }: ResultReport, { upper, lower }: NonNullable<ResultReport['gap']>): string {
  if (left && right && 'exact' in left && 'exact' in right) {
    const [value, infimum] = [Rational.parse(left.exact), Rational.parse(right.exact)];
    if (value && infimum) return exactText(value.sub(infimum).toString());
  }
  return quantityText(lower === undefined || lower <= 0 ? { upper } : { lower, upper });
}

function robustRow(robust: RobustBound, { text }: ResultStyle): Row {
  const id = robust.id.replace("'", '′');
  const constants = Object.entries(robust.constants).map(([name, value]) => namedText(name, value));
  const head = robust.bound === null ? robust.detail : `${atMost(robust.bound)}, by ${robust.formula}`;
  // A gap that is zero needs no figures to be believed.
  const zero = robust.bound !== null && 'exact' in robust.bound && robust.bound.exact === '0';
  const notes = [
    ...(zero || constants.length === 0 ? [] : [constants.join('; ')]),
    ...(zero || robust.bound === null || robust.detail === '' ? [] : [robust.detail]),
  ];
  return {
    sign: ' ',
    ink: undefined,
    label: text(id),
    detail: text(head),
    notes: notes.map(text),
    tier: robust.bound === null ? 'no bound' : robust.tier,
  };
}

/** All margins in one sentence; what they mean in full stands in the JSON. */
function marginRows({ margins }: ResultReport, { text }: ResultStyle): Row[] {
  if (!margins || margins.length === 0) return [];
  const detail = margins.map(({ name, value }) => namedText(name, value)).join('; ');
  return [{ sign: ' ', ink: undefined, label: 'margins', detail: text(detail), notes: [], tier: '' }];
}

/** A bound of any shape bounds the gap from above. */
function atMost(bound: Quantity): string {
  if ('exact' in bound) return `≤ ${exactText(bound.exact)}`;
  return 'upper' in bound ? `≤ ${boundText(bound.upper, 'up')}` : quantityText(bound);
}

const TIER_WIDTH = 'undecided'.length + 1;

function rowLines(row: Row, labelWidth: number, { width, paint }: ResultStyle): string[] {
  const margin = 4 + labelWidth;
  const wide = Math.max(20, width - margin);
  const room = row.tier === '' ? wide : Math.max(12, wide - TIER_WIDTH - 2);
  const [first = '', ...rest] = wrap(row.detail, room);
  const label = padEnd(row.label, labelWidth);
  // A label that is wider than its column has a line of its own.
  const own = displayWidth(row.label) > labelWidth;
  const sign = row.ink === undefined ? row.sign : paint(row.ink, row.sign);
  const tier = row.tier === '' ? '' : paint('cyan', row.tier.padStart(TIER_WIDTH + 2));
  const indent = ' '.repeat(margin);
  const body = row.tier === '' ? first : padEnd(first, room);
  return [
    ...(own ? [`  ${sign} ${row.label}`, indent + body + tier] : [`  ${sign} ${label}${body}${tier}`]),
    ...rest.map((line) => indent + line),
    ...row.notes.flatMap((note) => wrap(note, wide)).map((line) => indent + paint('dim', line)),
  ];
}

function meaningLines(result: ResultReport, { width, text, paint }: ResultStyle): string[] {
  if (result.meaning === '') return [];
  const lines = wrap(text(result.meaning), width - 2);
  return lines.map((line) => `  ${result.verdict === 'contradiction' ? paint('red', line) : line}`);
}

/** "assumption-1" → "assumption 1". */
