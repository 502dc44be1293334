import { escapeControls } from '../derive/report/escape.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** A wrong command line; `message` is one line: the fault and the mend. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What an end in an error says and answers. */
export interface Fault {
  readonly code: ExitCode;
  /** one line, safe to print */
  readonly line: string;
  /** only for a bug here */
  readonly stack?: string;
  /** of a fault in an instance: "data.targets[3]", "line 4, column 7", "" for the whole */
  readonly place?: string;
}

// By name: an error that crossed from a worker thread is no longer an instance of its class.
const CODES: ReadonlyMap<string, ExitCode> = new Map<string, ExitCode>([
  ['UsageError', EXIT.usage],
  ['InstanceError', EXIT.usage],
  ['SpecError', EXIT.usage],
  ['ResourceError', EXIT.usage],
  ['UnknownIdError', EXIT.usage],
  ['ProofFileError', EXIT.usage],
  ['OtherModelError', EXIT.usage],
  ['OutputError', EXIT.usage],
  ['BackendMissing', EXIT.missing],
  ['TypstMissing', EXIT.missing],
  ['RocqMissing', EXIT.missing],
  ['LimitError', EXIT.limit],
]);

const TOO_LARGE =
  /Maximum BigInt size|Array buffer allocation|Invalid (typed )?array length|Invalid string length|memory/i;
const REPORT_IT = 'this is a bug in everymin; please report it with the file and EVERYMIN_DEBUG=1';

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return bug(String(error), undefined);
  const code = CODES.get(error.name);
  if (code !== undefined) {
    const place = error.name === 'InstanceError' ? { place: placeOf(error) } : {};
    return { code, line: escapeControls(error.message), ...place };
  }
  if (error.name === 'RangeError' && TOO_LARGE.test(error.message)) {
    return { code: EXIT.limit, line: escapeControls(`too large for this machine: ${error.message}`) };
  }
  return bug(error.message, error.stack);
}

const placeOf = (error: Error): string =>
  'place' in error && typeof error.place === 'string' ? error.place : '';

function bug(message: string, stack: string | undefined): Fault {
  const line = `internal error: ${escapeControls(message)} (${REPORT_IT})`;
  return { code: EXIT.bug, line, ...(stack === undefined ? {} : { stack }) };
}

/** Only SARIF has a place for what holds beside what does not. Throws a UsageError. */
export function requireSarif({
  format,
  passes,
}: {
  readonly format: string;
  readonly passes: boolean;
}): void {
  if (passes && format !== 'sarif') throw new UsageError('--passes is for --format sarif');
}
