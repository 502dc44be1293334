import type { ProofReport } from '../derive/proofs/report.ts';
import type { ProveRequest } from '../node/prove-here.ts';
import { artifactUri } from './artifact-uri.ts';
import { EXIT, type ExitCode, mostSevere } from './exit-codes.ts';
import { faultOf, requireSarif, UsageError } from './faults.ts';
import type { ColorChoice, Io } from './io.ts';
import { complain } from './say.ts';
import type { ProveFormat, Services } from './services.ts';

export interface ProveCommand {
  /** ids of results and paths of modules, as they were typed; empty for every result with a proof */
  readonly targets: readonly string[];
  readonly format: ProveFormat;
  readonly steps: boolean;
  /** an instance on which every claim is evaluated */
  readonly on?: string;
  /** seconds for all of them together */
  readonly timeout?: number;
  /** sarif: list what is proved as well */
  readonly passes: boolean;
  readonly color: ColorChoice;
}

/** Checks scripts and tells each result as soon as it is there. Throws a UsageError with near ids on an unknown one. */
export async function proveCommand(command: ProveCommand, io: Io, services: Services): Promise<ExitCode> {
  requireSarif(command);
  const known = await services.proofIds();
  const targets = command.targets.length === 0 ? known.proved : command.targets;
  for (const target of targets) if (!isPath(target)) await requireId(target, known, services);
  const { on } = command;
  if (on !== undefined && (command.targets.length === 0 || targets.some(isPath))) {
    throw new UsageError(
      'prove: --on FILE shows the numbers of one or more results; name them, such as theorem-1',
    );
  }
  const writer = await proofWriter(command, known.unproved, io, services);
  const written = command.steps || command.format === 'json' || command.format === 'jsonl';
  const inTime = command.timeout === undefined ? undefined : await services.proofsInTime(command.timeout);
  const codes: ExitCode[] = [];
  for (const target of targets) {
    try {
      const request = requestFor(target, on, written);
      for (const report of await (inTime?.prove(request) ?? proveAll(request, services))) {
        writer.write(report);
        codes.push(exitOf(report));
      }
    } catch (error) {
      codes.push(complain(error, io, on ?? target));
      writer.fail(on ?? target, error);
    }
  }
  await inTime?.end();
  const code = mostSevere(codes);
  writer.end(code);
  return code;
}

function requestFor(target: string, on: string | undefined, steps: boolean): ProveRequest {
  if (isPath(target)) return { kind: 'file', path: target };
  return on === undefined ? { kind: 'id', id: target, steps } : { kind: 'on', id: target, path: on };
}

async function proveAll(request: ProveRequest, services: Services): Promise<readonly ProofReport[]> {
  if (request.kind === 'file') return services.proveFile(request.path);
  if (request.kind === 'on') return [await services.proveOn(request.id, request.path)];
  return [await services.prove(request.id, request)];
}

function exitOf({ status, timedOut }: ProofReport): ExitCode {
  if (status === 'undecided' || timedOut) return EXIT.limit;
  return status === 'proved' ? EXIT.holds : EXIT.fails;
}

/** An id has no dot and no slash. */
const isPath = (target: string): boolean => /[./\\]/.test(target);

type Known = Awaited<ReturnType<Services['proofIds']>>;

async function requireId(id: string, { proved, unproved }: Known, services: Services): Promise<void> {
  if (proved.includes(id)) return;
  if (unproved.includes(id)) {
    throw new UsageError(`prove: ${id} has no proof yet; those that have: ${proved.join(', ')}`);
  }
  const near = (await services.nearestIds(id)).filter((each) => proved.includes(each));
  const hint = near.length === 0 ? `known: ${proved.join(', ')}` : `did you mean ${near.join(' or ')}?`;
  throw new UsageError(
    `prove: there is no proof of ${id}; ${hint} (a file needs its ending, or ./ before it)`,
  );
}

interface ProofWriter {
  write(report: ProofReport): void;
  /** a target that could not be looked at */
  fail(target: string, error: unknown): void;
  end(code: ExitCode): void;
}

async function proofWriter(
  { format, steps, color, targets, on, passes }: ProveCommand,
  missing: readonly string[],
  io: Io,
  services: Services,
): Promise<ProofWriter> {
  const { stdout } = io;
  const render = await import('../derive/proofs/index.ts');
  const unproved = targets.length === 0 ? missing : [];
  const reports: ProofReport[] = [];
  if (format === 'jsonl')
    return { write: (report) => stdout.write(render.proofJsonLine(report)), fail: () => {}, end: () => {} };
  if (format === 'text') {
    const { pageOn } = await import('./page.ts');
    const page = await pageOn(io, color);
    const { print } = page;
    const style = { ...page.style, steps };
    return {
      write(report) {
        const { values } = report;
        print(render.proofLines(report, values ? { ...style, steps: false } : style));
        if (values) print(['', ...render.valueLines(report, values, on ?? '', style)]);
        if (steps || values) stdout.write('\n');
        reports.push(report);
      },
      fail: () => {},
      end() {
        if (reports.length > 1 || unproved.length > 0)
          print(['', ...render.totalLines(reports, unproved, style)]);
      },
    };
  }
  const failed: { uri?: string; message: string }[] = [];
  return {
    write: (report) => reports.push(report),
    fail(target, error) {
      const { line } = faultOf(error);
      failed.push({ ...(isPath(target) ? { uri: artifactUri(target) } : {}), message: line });
    },
    end(exitCode) {
      const version = services.version();
      if (format === 'junit') stdout.write(render.proofsJunit(reports, failed));
      else if (format === 'json') stdout.write(render.proofsJson(version, reports, unproved));
      else
        stdout.write(
          render.proofsSarif(reports, on, { version, exitCode, passes, uri: artifactUri, failed }),
        );
    },
  };
}
