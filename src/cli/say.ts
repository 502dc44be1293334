import { escapeControls } from '../derive/report/escape.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { faultOf } from './faults.ts';
import type { Io } from './io.ts';

/** Tells an error in one line on stderr (with its stack when it is a bug and EVERYMIN_DEBUG=1); returns the exit code. */
export function complain(error: unknown, io: Io, file?: string): ExitCode {
  const fault = faultOf(error);
  const place = file === undefined ? '' : `${escapeControls(file)}: `;
  io.stderr.write(`everymin: ${fault.line.startsWith(place) ? '' : place}${fault.line}\n`);
  if (fault.code === EXIT.bug && io.env.EVERYMIN_DEBUG === '1' && fault.stack !== undefined) {
    io.stderr.write(`${fault.stack}\n`);
  }
  return fault.code;
}
