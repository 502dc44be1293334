import { toAscii } from '../report/ascii.ts';
import { escapeControls } from '../report/escape.ts';
import { displayWidth, wrap } from '../report/layout.ts';
import { type Ink, type Paint, plain } from '../report/paint.ts';

export interface ProofTextOptions {
  /** columns; default 100 */
  readonly width?: number;
  /** false: ✓, θ and the like are spelled in ASCII */
  readonly unicode?: boolean;
  readonly paint?: Paint;
  /** each step with its claim, rule, premises and sentence */
  readonly steps?: boolean;
}

const NARROWEST = 50;

/** Text that is safe to print, wrapped to the width. */
export function pageOf({ width = 100, unicode = true, paint = plain }: ProofTextOptions) {
  const columns = Math.max(NARROWEST, width);
  const text = (value: string): string => (unicode ? escapeControls(value) : toAscii(escapeControls(value)));
  /** lines from column `indent`, those after the first from `next` */
  const paragraph = (words: string, indent: number, next = indent): string[] => {
    const [first, ...rest] = wrap(text(words), columns - Math.max(indent, next));
    return [' '.repeat(indent) + first!, ...rest.map((line) => ' '.repeat(next) + line)];
  };
  /** a head, and words beside it that start at column `at` */
  const entry = (head: string, ink: Ink, words: string, indent: number, at: number): string[] => {
    const label = text(head);
    const used = indent + displayWidth(label);
    const gap = ' '.repeat(Math.max(1, at - used));
    const [first = '', ...rest] = wrap(text(words), columns - Math.max(at, used + 1));
    return [
      ' '.repeat(indent) + paint(ink, label) + gap + first,
      ...rest.map((line) => ' '.repeat(at) + line),
    ];
  };
  return { paint, text, paragraph, entry };
}
