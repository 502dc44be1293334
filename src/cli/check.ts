import type { CheckRequest } from '../node/check-request.ts';
import { type ExitCode, exitOfReport, mostSevere } from './exit-codes.ts';
import { faultOf, UsageError } from './faults.ts';
import { expandFiles } from './files.ts';
import type { ColorChoice, Io } from './io.ts';
import { progressLine } from './progress.ts';
import { type ReportWriter, reportWriter } from './report-writer.ts';
import { complain } from './say.ts';
import type { CheckFormat, Services } from './services.ts';
import { readAll } from './stdin.ts';

export interface CheckCommand {
  readonly files: readonly string[];
  /** ids as they were typed; empty for every result */
  readonly results: readonly string[];
  readonly format: CheckFormat;
  readonly tier?: CheckRequest['options']['tier'];
  readonly backend?: CheckRequest['options']['backend'];
  readonly seed?: number;
  readonly point?: CheckRequest['options']['point'];
  /** seconds for each file */
  readonly timeout?: number;
  readonly allowOutside: boolean;
  readonly quiet: boolean;
  /** print what each check cost */
  readonly profile: boolean;
  /** sarif: list what holds as well */
  readonly passes: boolean;
  readonly color: ColorChoice;
}

/** Checks every file and writes each report as soon as it is there. A file that fails is told on stderr; the rest go on. */
export async function checkCommand(command: CheckCommand, io: Io, services: Services): Promise<ExitCode> {
  requireSarif(command);
  if (command.results.length > 0) await requireResults(command.results, services);
  const { paths, errors } = await expandFiles(command.files);
  const writer = await reportWriter(command, paths.length + errors.length > 1, io, services);
  const codes: ExitCode[] = errors.map((error) => complain(error, io));
  for (const error of errors) await writer.skip(undefined, faultOf(error));
  for (const path of paths) codes.push(await checkOne(path, command, writer, io, services));
  const code = mostSevere(codes);
  await writer.end(code);
  return code;
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

async function checkOne(
  path: string,
  command: CheckCommand,
  writer: ReportWriter,
  io: Io,
  services: Services,
): Promise<ExitCode> {
  const progress = progressLine(path === '-' ? 'stdin' : path, io, command.quiet);
  let bytes: Uint8Array | undefined;
  try {
    bytes = path === '-' ? await readAll(io.stdin) : undefined;
    const report = await services.check(requestFor(path, bytes, command), progress.update);
    progress.clear();
    await writer.write(report, { path, bytes });
    return exitOfReport(report);
  } catch (error) {
    progress.clear();
    await writer.skip({ path, bytes }, faultOf(error));
    return complain(error, io, path === '-' ? 'stdin' : path);
  }
}

function requestFor(path: string, bytes: Uint8Array | undefined, command: CheckCommand): CheckRequest {
  const { results, tier, backend, seed, point, timeout, allowOutside } = command;
  return {
    path,
    ...(bytes === undefined ? {} : { bytes }),
    allowOutside,
    options: {
      ...(results.length === 0 ? {} : { results: [...new Set(results)] }),
      ...(tier === undefined ? {} : { tier }),
      ...(backend === undefined ? {} : { backend }),
      ...(seed === undefined ? {} : { seed }),
      ...(point === undefined ? {} : { point }),
    },
    ...(timeout === undefined ? {} : { timeout }),
  };
}

async function requireResults(asked: readonly string[], services: Services): Promise<void> {
  const { stated, checked } = await services.resultIds();
  for (const id of asked) {
    if (checked.includes(id)) continue;
    if (stated.includes(id)) {
      throw new UsageError(
        `--result ${id}: no check of it yet; those that can be checked: ${checked.join(', ')}`,
      );
    }
    const near = (await services.nearestIds(id)).filter((each) => stated.includes(each));
    const hint = near.length === 0 ? `known: ${checked.join(', ')}` : `did you mean ${near.join(' or ')}?`;
    throw new UsageError(`--result ${id}: no such result; ${hint}`);
  }
}
