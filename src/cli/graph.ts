import { extname } from 'node:path';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { UsageError } from './faults.ts';
import type { Io } from './io.ts';
import { GRAPH_FORMATS, type GraphFormat, type Services } from './services.ts';

export interface GraphCommand {
  readonly format?: GraphFormat;
  readonly output?: string;
}

/** Writes the graph to a file or to stdout. Throws a UsageError when the ending of the file names another format. */
export async function graphCommand(
  { format, output }: GraphCommand,
  io: Io,
  services: Services,
): Promise<ExitCode> {
  const ending = output === undefined ? undefined : formatOf(output);
  if (format !== undefined && ending !== undefined && ending !== format) {
    throw new UsageError(
      `graph: --format ${format} does not fit ${output}; name it .${format}, or leave one out`,
    );
  }
  const document = await services.graph(format ?? ending ?? 'svg');
  if (output === undefined) io.stdout.write(document);
  else await services.writeFile(output, document);
  return EXIT.holds;
}

const formatOf = (path: string): GraphFormat | undefined =>
  GRAPH_FORMATS.find((each) => extname(path).toLowerCase() === `.${each}`);
