import { escapeJson } from '../derive/report/escape.ts';
import { escapeControls, quantityText, wrap } from '../derive/report/index.ts';
import { exactText } from '../derive/report/quantity.ts';
import type { EscapeAnswer } from '../node/escape-file.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type Io, localized, textWidth } from './io.ts';
import { progressLine } from './progress.ts';
import type { EscapeFormat, Services } from './services.ts';
import { readAll } from './stdin.ts';

export interface EscapeCommand {
  readonly path: string;
  readonly output?: string;
  readonly force: boolean;
  readonly format: EscapeFormat;
  readonly seed?: number;
  readonly timeout?: number;
  readonly allowOutside: boolean;
  readonly quiet: boolean;
}

/** Prints the way down from θ with the loss before and after, or why there is none; writes the moved instance. */
export async function escapeCommand(command: EscapeCommand, io: Io, services: Services): Promise<ExitCode> {
  const { format, quiet, ...request } = command;
  const { path } = command;
  const progress = progressLine(path === '-' ? 'stdin' : path, io, quiet);
  let answer: EscapeAnswer;
  try {
    const bytes = path === '-' ? { bytes: await readAll(io.stdin) } : {};
    answer = await services.escape({ ...request, ...bytes }, progress.update);
  } finally {
    progress.clear();
  }
  io.stdout.write(
    format === 'json'
      ? escapeJson(`${JSON.stringify(document(answer), null, 2)}\n`)
      : localized(text(answer, textWidth(io.stdout)), io.env),
  );
  return codeOf(answer);
}

function codeOf({ escape: found }: EscapeAnswer): ExitCode {
  if (found.outcome === 'moved') return EXIT.holds;
  if (found.outcome === 'local-minimum') return EXIT.fails;
  return found.timedOut ? EXIT.limit : EXIT.undecided;
}

function document({ instance, escape: found, written, kept }: EscapeAnswer): unknown {
  const { outcome, detail } = found;
  return {
    instance,
    outcome,
    detail,
    ...('tier' in found ? { tier: found.tier } : {}),
    ...(outcome === 'moved'
      ? {
          before: found.before,
          after: found.after,
          step: `${found.step}`,
          moves: found.moves.map(({ parameter, from, to }) => ({ parameter, from: `${from}`, to: `${to}` })),
          witness: found.witness,
        }
      : {}),
    ...(outcome === 'undecided' && found.timedOut ? { timedOut: true } : {}),
    written: written ?? null,
    ...(kept === undefined ? {} : { kept }),
  };
}

const MOST_MOVES = 12;

function text({ instance, escape: found, written, kept }: EscapeAnswer, width: number): string {
  const { name, file } = instance;
  const lines: string[] = [`${name}${name === file ? '' : ` · ${file}`}`, ''];
  switch (found.outcome) {
    case 'moved': {
      const { before, after, step, moves, tier, detail } = found;
      lines.push(`L falls from ${quantityText(before)} to ${quantityText(after)} (${tier})`);
      lines.push(`  Why: ${detail}.`, `  Step: s = ${step}.`);
      for (const { parameter, from, to } of moves.slice(0, MOST_MOVES)) {
        lines.push(`  ${parameter}: ${exactText(`${from}`)} → ${exactText(`${to}`)}`);
      }
      if (moves.length > MOST_MOVES) lines.push(`  and ${moves.length - MOST_MOVES} more numbers`);
      lines.push(written === undefined ? 'Nothing was written; -o OUT writes it.' : `Written to ${written}.`);
      if (kept !== undefined) lines.push(`The file that stood there is now ${kept}.`);
      break;
    }
    case 'local-minimum':
      lines.push(`There is nothing to escape from: a local minimum (${found.tier})`, `  ${found.detail}.`);
      lines.push('Nothing was written.');
      break;
    case 'undecided':
      lines.push('Undecided: no way down is known, and none is excluded.', `  ${found.detail}.`);
      lines.push('Nothing was written.');
  }
  return lines.map((line) => wrapped(escapeControls(line), width)).join('');
}

/** Lines of at most `width` columns, those that follow indented below the first. */
function wrapped(line: string, width: number): string {
  const indent = line.startsWith('  ') ? 2 : 0;
  return wrap(line, width - indent - 2)
    .map((part, i) => `${' '.repeat(part === '' ? 0 : indent + (i === 0 ? 0 : 2))}${part}\n`)
    .join('');
}
