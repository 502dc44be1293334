import { EXIT, type ExitCode } from './exit-codes.ts';
import { UsageError } from './faults.ts';
import type { ColorChoice, Io } from './io.ts';
import { progressLine } from './progress.ts';
import type { ProveFormat, Services } from './services.ts';

export interface RocqCommand {
  /** as typed; empty for all */
  readonly ids: readonly string[];
  readonly format: ProveFormat;
  /** with each statement as Rocq prints it, and the axioms of each */
  readonly steps: boolean;
  readonly passes: boolean;
  readonly color: ColorChoice;
  readonly on?: string;
  readonly timeout?: number;
}

/** Has Rocq build and verify its theorems. Throws a UsageError, or RocqMissing where Rocq is not installed. */
export async function rocqCommand(command: RocqCommand, io: Io, services: Services): Promise<ExitCode> {
  const { ids, format, steps, color } = command;
  if (command.on !== undefined)
    throw new UsageError('prove: --rocq proves statements in general; leave out --on');
  if (command.timeout !== undefined)
    throw new UsageError('prove: a build of Rocq that is stopped goes on next time; leave out --timeout');
  if (command.passes) throw new UsageError('--passes is for --format sarif');
  if (format !== 'text' && format !== 'json')
    throw new UsageError('prove: --rocq has the formats text and json');
  const known = await services.rocqIds();
  for (const id of ids) {
    if (!known.includes(id))
      throw new UsageError(`prove --rocq: there is no theorem about ${id}; known: ${known.join(', ')}`);
  }
  const progress = progressLine('prove', io, false);
  const report = await services
    .rocq({ ...(ids.length === 0 ? {} : { about: ids }), each: steps }, (at) => progress.update(at))
    .finally(() => progress.clear());
  const render = await import('../derive/proofs/index.ts');
  if (format === 'json') io.stdout.write(render.rocqJson(services.version(), report));
  else {
    const { pageOn } = await import('./page.ts');
    const { style, print } = await pageOn(io, color);
    print(render.rocqLines(report, { ...style, steps }));
  }
  return report.status === 'verified' ? EXIT.holds : EXIT.fails;
}
