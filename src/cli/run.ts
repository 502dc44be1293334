import type { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { complain } from './say.ts';
import type { Services } from './services.ts';

/** Runs one command line (without node and script) and returns its exit code. Never throws; touches only `io`. */
export async function runCli(argv: readonly string[], io: Io, services: Services): Promise<ExitCode> {
  try {
    const { runProgram } = await import('./program.ts');
    return await runProgram(argv, io, services);
  } catch (error) {
    return complain(error, io);
  }
}
