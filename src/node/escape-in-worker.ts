import type { Escape, Move } from '../check/escape.ts';
import { Rational } from '../kernel/rational.ts';
import type { Progress } from './check-request.ts';
import type { EscapeRequest } from './escape-request.ts';
import { inLimitedWorker } from './limited-worker.ts';

export type EscapeInput = Pick<EscapeRequest, 'path' | 'bytes' | 'allowOutside' | 'seed'> & {
  /** epoch ms */
  readonly deadline: number;
};

type Plain<T> = { readonly [K in keyof T]: T[K] extends Rational ? string : T[K] };
type Moved = Extract<Escape, { outcome: 'moved' }>;
/** An escape as plain data: numbers that are exact as "p/q". */
export type PlainEscape =
  | Exclude<Escape, Moved>
  | (Omit<Plain<Moved>, 'moves'> & { readonly moves: readonly Plain<Move>[] });

export type EscapeMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'escape'; readonly escape: PlainEscape };

/** Looks for a way down in a thread that is ended soon after the deadline, whatever it is doing: then nothing is decided. */
export function escapeInWorker(
  input: EscapeInput,
  onProgress: (progress: Progress) => void,
  script: URL = new URL('./escape-worker.js', import.meta.url),
): Promise<Escape> {
  return inLimitedWorker<Escape, EscapeMessage>({
    name: 'search',
    script,
    input,
    deadline: input.deadline,
    receive(message) {
      if (message.kind === 'escape') return { answer: revived(message.escape) };
      onProgress(message.progress);
      return undefined;
    },
    stopped: () => ({ outcome: 'undecided', detail: 'the time limit was reached', timedOut: true }),
  });
}

export function plainEscape(found: Escape): PlainEscape {
  if (found.outcome !== 'moved') return found;
  const moves = found.moves.map((move) => ({ ...move, from: `${move.from}`, to: `${move.to}` }));
  return { ...found, step: `${found.step}`, moves };
}

function revived(found: PlainEscape): Escape {
  if (found.outcome !== 'moved') return found;
  const moves = found.moves.map((move) => ({ ...move, from: exact(move.from), to: exact(move.to) }));
  return { ...found, step: exact(found.step), moves };
}

function exact(text: string): Rational {
  const value = Rational.parse(text);
  if (!value) throw new Error(`escape: the thread sent ${text}`);
  return value;
}
