import { displayWidth, escapeControls } from '../derive/report/index.ts';
import type { Progress } from '../node/check-request.ts';
import type { Io } from './io.ts';

const SHOW_AFTER = 1000;
const REDRAW_AFTER = 100;
const BAR = 20;
const CLEAR = '\r\u001b[K';

/** One line on a terminal that says how far a check is. The cursor is never hidden, so no end can leave it so. */
export interface ProgressLine {
  update(progress: Progress): void;
  /** Wipes the line; may be called again. */
  clear(): void;
}

const SILENT: ProgressLine = { update: () => {}, clear: () => {} };

/** Draws on stderr, when it is a terminal, once the work has taken a second and at most ten times a second. */
export function progressLine(label: string, io: Io, quiet: boolean): ProgressLine {
  const { stderr, env } = io;
  if (quiet || stderr.isTTY !== true || env.TERM === 'dumb') return SILENT;
  // A terminal that does not know its width says 0.
  const columns = stderr.columns || 80;
  const start = io.now();
  let last = Number.NEGATIVE_INFINITY;
  let drawn = false;
  return {
    update(progress) {
      const now = io.now();
      if (now - start < SHOW_AFTER || now - last < REDRAW_AFTER) return;
      last = now;
      drawn = true;
      const seconds = ((now - start) / 1000).toFixed(1);
      stderr.write(
        CLEAR + cutFront(`${label}  ${progress.phase}  ${bar(progress)}  ${seconds} s`, columns - 1),
      );
    },
    clear() {
      if (drawn) stderr.write(CLEAR);
      drawn = false;
    },
  };
}

function bar({ done, total }: Progress): string {
  if (!(total > 0)) return '…';
  const part = Math.min(1, Math.max(0, done / total));
  const filled = Math.round(part * BAR);
  return `${'#'.repeat(filled)}${'.'.repeat(BAR - filled)} ${Math.floor(part * 100)} %`;
}

/** The end of the line is what changes, so the front is cut. */
function cutFront(text: string, width: number): string {
  const characters = [...escapeControls(text)];
  while (characters.length > 0 && displayWidth(characters.join('')) > width) characters.shift();
  return characters.join('');
}
