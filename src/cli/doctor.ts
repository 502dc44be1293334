import { EXIT, type ExitCode } from './exit-codes.ts';
import { type Io, localized } from './io.ts';
import type { DoctorFormat, Services } from './services.ts';

/** Prints what this machine can compute with. It is an answer whatever is missing, so the code is 0. */
export async function doctorCommand(format: DoctorFormat, io: Io, services: Services): Promise<ExitCode> {
  const text = await services.doctor(format);
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  io.stdout.write(format === 'text' ? localized(whole, io.env) : whole);
  return EXIT.holds;
}
