import type { Report } from '../check/report.ts';
import {
  type CheckedFile,
  type FailedFile,
  type Outcome,
  type Paint,
  renderJson,
  renderJsonLine,
  renderText,
  reportsJunit,
  reportsSarif,
} from '../derive/report/index.ts';
import { artifactUri } from './artifact-uri.ts';
import { EXIT, type ExitCode, exitOfReport } from './exit-codes.ts';
import type { Fault } from './faults.ts';
import { type ColorChoice, type Io, textWidth, wantsColor, wantsUnicode } from './io.ts';
import { paintWhere } from './paint.ts';
import type { CheckFormat, Services } from './services.ts';

/** Writes the reports of one run to stdout as they come; what a method returns is awaited. */
export interface ReportWriter {
  write(report: Report, source: Source): unknown;
  /** a file that has no report; without `source`, an argument that names none */
  skip(source: Source | undefined, fault: Fault): unknown;
  end(code: ExitCode): unknown;
}

/** A file as it was asked for, and what came on stdin. */
export interface Source {
  readonly path: string;
  readonly bytes: Uint8Array | undefined;
}

/** `several`: more than one file was named, so JSON is an array and text ends in a summary. */
export async function reportWriter(
  options: {
    readonly format: CheckFormat;
    readonly color: ColorChoice;
    readonly profile: boolean;
    readonly passes: boolean;
  },
  several: boolean,
  io: Io,
  services: Services,
): Promise<ReportWriter> {
  const { stdout } = io;
  switch (options.format) {
    case 'jsonl':
      return { write: (report) => stdout.write(renderJsonLine(report)), skip: () => {}, end: () => {} };
    case 'json':
      return several
        ? jsonArray(io)
        : { write: (report) => stdout.write(renderJson(report)), skip: () => {}, end: () => {} };
    case 'junit':
      return junit(io);
    case 'sarif':
      return sarif(options.passes, io, services);
    case 'text':
      return text(
        await paintWhere(wantsColor(options.color, io.stdout, io.env)),
        several,
        options.profile,
        io,
        await services.words(),
      );
  }
}

function jsonArray({ stdout }: Io): ReportWriter {
  let written = 0;
  return {
    write(report) {
      const json = renderJson(report).trimEnd().replaceAll('\n', '\n  ');
      stdout.write(`${written++ === 0 ? '[' : ','}\n  ${json}`);
    },
    skip: () => {},
    end: () => stdout.write(written === 0 ? '[]\n' : '\n]\n'),
  };
}

const nameOf = (source: Source | undefined): string =>
  source === undefined ? 'FILE' : source.path === '-' ? 'stdin' : source.path;

function junit({ stdout }: Io): ReportWriter {
  const outcomes: Outcome[] = [];
  return {
    write: (report, source) => outcomes.push({ name: nameOf(source), report }),
    skip: (source, { line }) => outcomes.push({ name: nameOf(source), message: line }),
    end: () => stdout.write(reportsJunit(outcomes)),
  };
}

function sarif(passes: boolean, { stdout }: Io, services: Services): ReportWriter {
  const files: CheckedFile[] = [];
  const failed: FailedFile[] = [];
  return {
    async write(report, source) {
      const text = await textOf(source, services);
      const same = text !== undefined && (await digestOf(text)) === report.instance.sha256;
      files.push({ report, uri: artifactUri(source.path), text: same ? text : undefined });
    },
    async skip(source, { line, place }) {
      const uri = source === undefined ? {} : { uri: artifactUri(source.path) };
      const instance =
        source === undefined || place === undefined
          ? {}
          : { instance: { place, text: await textOf(source, services) } };
      failed.push({ ...uri, message: line, ...instance });
    },
    end: (exitCode) =>
      void stdout.write(reportsSarif({ version: services.version(), files, failed, exitCode, passes })),
  };
}

/** Undefined where it cannot be read (again): then nothing has a line. */
async function textOf({ path, bytes }: Source, services: Services): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes ?? (await services.read(path)));
  } catch {
    return undefined;
  }
}

/** A file that changed after it was checked is not pointed into. */
async function digestOf(text: string): Promise<string> {
  const { createHash } = await import('node:crypto');
  return createHash('sha256').update(text).digest('hex');
}

type Words = Awaited<ReturnType<Services['words']>>;

function text(paint: Paint, several: boolean, profile: boolean, io: Io, words: Words): ReportWriter {
  const { stdout, env } = io;
  const ends = { hold: 0, fail: 0, open: 0, stopped: 0, skipped: 0 };
  let written = 0;
  return {
    write(report) {
      const rendered = renderText(report, {
        width: textWidth(stdout),
        unicode: wantsUnicode(env),
        paint,
        profile,
        words,
      });
      stdout.write((written++ === 0 ? '' : '\n') + rendered);
      const code = exitOfReport(report);
      if (code === EXIT.holds) ends.hold++;
      else if (code === EXIT.fails) ends.fail++;
      else if (code === EXIT.limit) ends.stopped++;
      else ends.open++;
    },
    skip() {
      ends.skipped++;
    },
    end() {
      if (!several) return;
      const parts = [
        `${ends.hold} hold`,
        ...(ends.fail > 0 ? [`${ends.fail} fail or do not apply`] : []),
        ...(ends.open > 0 ? [`${ends.open} undecided`] : []),
        ...(ends.stopped > 0 ? [`${ends.stopped} stopped at the time limit`] : []),
        ...(ends.skipped > 0 ? [`${ends.skipped} without a report`] : []),
      ];
      const total = written + ends.skipped;
      stdout.write(`${written === 0 ? '' : '\n'}${paint('bold', `${total} files:`)} ${parts.join(', ')}\n`);
    },
  };
}
