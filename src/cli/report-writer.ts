import type { Report } from '../check/report.ts';
import { type Paint, renderJson, renderJsonLine, renderText } from '../derive/report/index.ts';
import { EXIT, exitOfReport } from './exit-codes.ts';
import { type ColorChoice, type Io, textWidth, wantsColor, wantsUnicode } from './io.ts';
import { paintWhere } from './paint.ts';
import type { CheckFormat, Services } from './services.ts';

/** Writes the reports of one run to stdout as they come. */
export interface ReportWriter {
  write(report: Report): void;
  /** a file that has no report */
  skip(): void;
  end(): void;
}

/** `several`: more than one file was named, so JSON is an array and text ends in a summary. */
export async function reportWriter(
  options: { readonly format: CheckFormat; readonly color: ColorChoice; readonly profile: boolean },
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
