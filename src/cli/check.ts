import type { Report } from '../check/report.ts';
import type { CheckRequest } from '../node/check-request.ts';
import { type ExitCode, exitOfReport, mostSevere } from './exit-codes.ts';
import { faultOf, requireSarif, UsageError } from './faults.ts';
import { expandFiles } from './files.ts';
import { inOrder } from './in-order.ts';
import type { ColorChoice, Io } from './io.ts';
import { progressLine } from './progress.ts';
import { reportWriter, type Source } from './report-writer.ts';
import { complain } from './say.ts';
import type { CheckFormat, Checks, Services } from './services.ts';
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
  /** files checked at a time; default: as many as pay */
  readonly jobs?: number;
  readonly allowOutside: boolean;
  readonly quiet: boolean;
  /** print what each check cost */
  readonly profile: boolean;
  /** sarif: list what holds as well */
  readonly passes: boolean;
  readonly color: ColorChoice;
}

/**
 * A second thread costs most of a second of loading (`node bench/run.mjs parallel`): dozens of small files are done before
 * it pays, in ms.
 */
const ALONE = 2000;

/**
 * Checks every file, several at a time, and writes the reports in the order of the files, each as soon as it is there and
 * those before it are. A file that fails is told on stderr; the rest go on.
 */
export async function checkCommand(command: CheckCommand, io: Io, services: Services): Promise<ExitCode> {
  requireSarif(command);
  if (command.results.length > 0) await requireResults(command.results, services);
  const { paths, errors } = await expandFiles(command.files);
  const writer = await reportWriter(command, paths.length + errors.length > 1, io, services);
  const codes: ExitCode[] = errors.map((error) => complain(error, io));
  for (const error of errors) await writer.skip(undefined, faultOf(error));
  const jobs = paths.length > 1 ? Math.min(command.jobs ?? services.checksAtATime(), paths.length) : 1;
  const checks = jobs > 1 ? await services.checks() : undefined;
  const { check } = checks ?? services;
  let turn = 0;
  const alone = command.jobs === undefined ? ALONE : 0;
  const outcomes = inOrder(paths, { jobs, alone }, (path, index) =>
    checkOne(path, command, io, check, () => index === turn),
  );
  for await (const { source, outcome } of outcomes) {
    turn++;
    if (outcome.kind === 'report') {
      await writer.write(outcome.report, source);
      codes.push(exitOfReport(outcome.report));
    } else {
      await writer.skip(source, faultOf(outcome.error));
      codes.push(complain(outcome.error, io, source.path === '-' ? 'stdin' : source.path));
    }
  }
  await checks?.end();
  const code = mostSevere(codes);
  await writer.end(code);
  return code;
}

interface Checked {
  readonly source: Source;
  readonly outcome:
    | { readonly kind: 'report'; readonly report: Report }
    | { readonly kind: 'error'; readonly error: unknown };
}

/** `isTurn`: whether the output waits for this file, so that its progress is shown. Never rejects. */
async function checkOne(
  path: string,
  command: CheckCommand,
  io: Io,
  check: Checks['check'],
  isTurn: () => boolean,
): Promise<Checked> {
  const progress = progressLine(path === '-' ? 'stdin' : path, io, command.quiet);
  let bytes: Uint8Array | undefined;
  try {
    bytes = path === '-' ? await readAll(io.stdin) : undefined;
    const report = await check(requestFor(path, bytes, command), (state) => {
      if (isTurn()) progress.update(state);
    });
    return { source: { path, bytes }, outcome: { kind: 'report', report } };
  } catch (error) {
    return { source: { path, bytes }, outcome: { kind: 'error', error } };
  } finally {
    progress.clear();
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
