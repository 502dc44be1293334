import { artifactUri } from './artifact-uri.ts';
import { EXIT, type ExitCode, mostSevere } from './exit-codes.ts';
import { requireSarif, UsageError } from './faults.ts';
import type { ColorChoice, Io } from './io.ts';
import type { ProveFormat, Services } from './services.ts';

export interface ErrataCommand {
  /** as typed; empty for all */
  readonly ids: readonly string[];
  readonly format: ProveFormat;
  /** sarif: list what is confirmed as well */
  readonly passes: boolean;
  readonly color: ColorChoice;
  readonly on?: string;
  readonly timeout?: number;
}

/** Runs errata and tells each: what is printed, what is right, and the values of both. Throws a UsageError. */
export async function errataCommand(command: ErrataCommand, io: Io, services: Services): Promise<ExitCode> {
  if (command.on !== undefined)
    throw new UsageError('prove: --errata brings its own instances; leave out --on');
  if (command.timeout !== undefined)
    throw new UsageError('prove: --errata takes a moment; leave out --timeout');
  requireSarif(command);
  const known = await services.errataIds();
  for (const id of command.ids) {
    if (!known.includes(id))
      throw new UsageError(`prove --errata: there is no ${id}; known: ${known.join(', ')}`);
  }
  const { stdout } = io;
  const { format, passes, color } = command;
  const render = await import('../derive/proofs/index.ts');
  const { pageOn } = await import('./page.ts');
  const { style, print } = await pageOn(io, color);
  const reports = [];
  for (const id of command.ids.length === 0 ? known : command.ids) {
    const report = await services.erratum(id);
    reports.push(report);
    if (format === 'jsonl') stdout.write(render.erratumJsonLine(report));
    if (format === 'text')
      print([...(reports.length > 1 ? [''] : []), ...render.erratumLines(report, style)]);
  }
  if (format === 'text' && reports.length > 1) print(['', ...render.errataTotals(reports, style)]);
  if (format === 'json') stdout.write(render.errataJson(services.version(), reports));
  if (format === 'junit') stdout.write(render.errataJunit(reports));
  const exitCode = mostSevere(
    reports.map(({ status }) => (status === 'confirmed' ? EXIT.holds : EXIT.fails)),
  );
  if (format === 'sarif') {
    const run = { version: services.version(), exitCode, passes, uri: artifactUri, failed: [] };
    stdout.write(render.errataSarif(reports, run));
  }
  return exitCode;
}
