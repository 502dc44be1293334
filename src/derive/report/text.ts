import type { Report } from '../../check/report.ts';
import { toAscii } from './ascii.ts';
import { escapeControls } from './escape.ts';
import { displayWidth, wrap } from './layout.ts';
import { type Paint, plain } from './paint.ts';
import { assertPlainData } from './plain-data.ts';
import { profileText } from './profile.ts';
import { type ResultWords, resultLines } from './result-text.ts';

export interface TextOptions {
  /** columns; default 100 */
  readonly width?: number;
  /** false: ✓, θ and the like are spelled in ASCII */
  readonly unicode?: boolean;
  readonly paint?: Paint;
  /** also what the check cost, which is not the same in every run */
  readonly profile?: boolean;
  /** the words for a result id, from its statement */
  readonly words?: (result: string) => ResultWords | undefined;
}

const NARROWEST = 50;

/**
 * A report for a reader (docs/architecture.md): the instance in one line, then each result with its verdict, one line per
 * obligation, the numbers, and what follows. Pure, and deterministic but for `profile`. Ends in a newline.
 * Throws a TypeError on a report that is not plain data, NaN and infinities included.
 */
export function renderText(report: Report, options: TextOptions = {}): string {
  assertPlainData(report);
  const paint = options.paint ?? plain;
  const unicode = options.unicode ?? true;
  const width = Math.max(NARROWEST, options.width ?? 100);
  const text = (value: string): string => (unicode ? escapeControls(value) : toAscii(escapeControls(value)));
  const lines = headerLines(report, width, unicode, text, paint);
  for (const result of report.results) {
    lines.push('', ...resultLines(result, { width, text, paint, words: options.words?.(result.result) }));
  }
  if (report.timedOut === true) {
    const note = text('Stopped at the time limit: what is marked ? was not decided.');
    lines.push('', ...wrap(note, width).map((line) => paint('yellow', line)));
  }
  if (options.profile && report.resources) {
    lines.push('', ...wrap(text(profileText(report.resources)), width).map((line) => paint('dim', line)));
  }
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function headerLines(
  report: Report,
  width: number,
  unicode: boolean,
  text: (value: string) => string,
  paint: Paint,
): string[] {
  const { name, m, dx, dy, parameters, model, loss, file } = report.instance;
  const facts = [
    `${m} ${m === 1 ? 'sample' : 'samples'}, dx = ${dx}, dy = ${dy}, ${parameters} ${parameters === 1 ? 'parameter' : 'parameters'}`,
    model,
    loss.endsWith('loss') ? loss : `${loss} loss`,
    ...(file === null || file === name ? [] : [file]),
  ];
  const separator = unicode ? ' · ' : ' | ';
  // Broken between facts where it can be, so that none is torn.
  const lines: string[] = [];
  for (const piece of [name, ...facts].map(text).flatMap((fact) => wrap(fact, width - 2))) {
    const last = lines.at(-1);
    const indent = lines.length > 1 ? 2 : 0;
    if (last !== undefined && displayWidth(last + separator + piece) + indent <= width) {
      lines[lines.length - 1] = last + separator + piece;
    } else lines.push(piece);
  }
  const [first = '', ...rest] = lines;
  const title = text(name);
  const painted = first.startsWith(title) ? paint('bold', title) + first.slice(title.length) : first;
  return [painted, ...rest.map((line) => `  ${line}`)];
}
