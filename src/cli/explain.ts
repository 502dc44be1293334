import { padEnd } from '../derive/report/layout.ts';
import { nearest } from '../instance/suggest.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { UsageError } from './faults.ts';
import type { Io } from './io.ts';
import type { ExplainFormat, Services } from './services.ts';

/** Prints the statement `id`, or without an id the list of all. Throws a UsageError with the near ids on a wrong one. */
export async function explainCommand(
  id: string | undefined,
  format: ExplainFormat,
  io: Io,
  services: Services,
): Promise<ExitCode> {
  if (id === undefined) {
    const statements = await services.statements();
    io.stdout.write(format === 'json' ? `${JSON.stringify(statements, null, 2)}\n` : listing(statements));
    return EXIT.holds;
  }
  const text = await services.explain(id, format);
  if (text === undefined) throw new UsageError(await unknownId(id, services));
  io.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  return EXIT.holds;
}

function listing(statements: Awaited<ReturnType<Services['statements']>>): string {
  const width = Math.max(0, ...statements.map(({ id }) => id.length)) + 2;
  return statements.map(({ id, title }) => `${padEnd(id, width)}${title}\n`).join('');
}

async function unknownId(id: string, services: Services): Promise<string> {
  const near = nearest(
    id,
    (await services.statements()).map((statement) => statement.id),
  );
  return `explain: ${id} is not known; ${near === undefined ? 'everymin explain lists every id' : `did you mean ${near}?`}`;
}
