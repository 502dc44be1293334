import { extname } from 'node:path';
import type { Findings } from '../derive/derive.ts';
import type { DeriveRequest } from '../node/derive-request.ts';
import { EXIT, type ExitCode, exitOfDocument } from './exit-codes.ts';
import { UsageError } from './faults.ts';
import type { Io } from './io.ts';
import { progressLine } from './progress.ts';
import { DERIVE_FORMATS, type DeriveFormat, type Services } from './services.ts';
import { readAll } from './stdin.ts';

export interface DeriveCommand {
  readonly id: string;
  /** an instance file, or - for stdin; without it, the general derivation */
  readonly path?: string;
  readonly format?: DeriveFormat;
  readonly output?: string;
  /** of html and latex: for inclusion */
  readonly fragment: boolean;
  readonly point?: DeriveRequest['options']['point'];
  readonly seed?: number;
  /** seconds */
  readonly timeout?: number;
  readonly allowOutside: boolean;
  readonly quiet: boolean;
}

/** Writes the derivation of a result, in general or on an instance, to a file or to stdout. Throws a UsageError. */
export async function deriveCommand(command: DeriveCommand, io: Io, services: Services): Promise<ExitCode> {
  const { id, path, output, fragment } = command;
  await requireProof(id, services);
  const format = formatFor(command);
  await services.canWrite(format);
  const findings = path === undefined ? undefined : await find(path, command, io, services);
  const { content, verdict } = await services.derive(id, findings, { format, fragment });
  if (output !== undefined) await services.writeFile(output, content);
  else io.stdout.write(String(content));
  if (findings === undefined) return EXIT.holds;
  const cut = 'cut' in findings.values && findings.values.cut !== undefined;
  return exitOfDocument(verdict, cut || findings.report.timedOut === true);
}

async function find(path: string, command: DeriveCommand, io: Io, services: Services): Promise<Findings> {
  const { id, point, seed, timeout, allowOutside, quiet } = command;
  const progress = progressLine(path === '-' ? 'stdin' : path, io, quiet);
  const request: DeriveRequest = {
    result: id,
    path,
    ...(path === '-' ? { bytes: await readAll(io.stdin) } : {}),
    allowOutside,
    options: { ...(point === undefined ? {} : { point }), ...(seed === undefined ? {} : { seed }) },
    ...(timeout === undefined ? {} : { timeout }),
  };
  try {
    return await services.findings(request, progress.update);
  } finally {
    progress.clear();
  }
}

const ENDINGS: ReadonlyMap<string, DeriveFormat> = new Map([
  ['.md', 'md'],
  ['.markdown', 'md'],
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.tex', 'latex'],
  ['.pdf', 'pdf'],
]);

function formatFor({ format, output, fragment }: DeriveCommand): DeriveFormat {
  const ending = output === undefined ? undefined : ENDINGS.get(extname(output).toLowerCase());
  if (format !== undefined && ending !== undefined && ending !== format) {
    throw new UsageError(
      `derive: --format ${format} does not fit ${output}; leave one out, or change the ending`,
    );
  }
  const chosen = format ?? ending;
  if (chosen === undefined && output !== undefined) {
    throw new UsageError(
      `derive: the ending of ${output} names no format; add --format ${DERIVE_FORMATS.join('|')}, or end it in ${[...ENDINGS.keys()].join(', ')}`,
    );
  }
  const result = chosen ?? 'md';
  if (result === 'pdf' && output === undefined) {
    throw new UsageError('derive: a PDF is not written to stdout; add -o OUT.pdf');
  }
  if (fragment && result !== 'html' && result !== 'latex') {
    throw new UsageError(`derive: --fragment is of html and latex; ${result} has none`);
  }
  return result;
}

async function requireProof(id: string, services: Services): Promise<void> {
  const { proved } = await services.proofIds();
  if (proved.includes(id)) return;
  const near = (await services.nearestIds(id)).filter((each) => proved.includes(each));
  const hint = near.length === 0 ? `known: ${proved.join(', ')}` : `did you mean ${near.join(' or ')}?`;
  throw new UsageError(`derive: there is no proof of ${id}; ${hint}`);
}
