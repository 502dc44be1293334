import { padEnd } from '../derive/report/layout.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { UsageError } from './faults.ts';
import { type ColorChoice, type Io, localized, textWidth, wantsColor } from './io.ts';
import type { ExplainFormat, Services, StatementTitle } from './services.ts';

export interface ExplainCommand {
  readonly id: string | undefined;
  readonly format: ExplainFormat;
  readonly color: ColorChoice;
}

/** Prints the statement `id`, or without an id the list of all. Throws a UsageError with the near ids on a wrong one. */
export async function explainCommand(command: ExplainCommand, io: Io, services: Services): Promise<ExitCode> {
  const { id, format, color } = command;
  const text = id === undefined ? await list(format, services) : await statement(id);
  io.stdout.write(format === 'text' ? localized(text, io.env) : text);
  return EXIT.holds;

  async function statement(id: string): Promise<string> {
    const style = { color: wantsColor(color, io.stdout, io.env), width: textWidth(io.stdout) };
    const found = await services.explain(id, format, style);
    if (found === undefined) throw new UsageError(await unknownId(id, services));
    return found.endsWith('\n') ? found : `${found}\n`;
  }
}

async function list(format: ExplainFormat, services: Services): Promise<string> {
  const statements = await services.statements();
  if (format === 'json') return `${JSON.stringify(statements, null, 2)}\n`;
  const width = Math.max(0, ...statements.map(({ id }: StatementTitle) => id.length)) + 2;
  return statements.map(({ id, title }) => `${padEnd(id, width)}${title}\n`).join('');
}

async function unknownId(id: string, services: Services): Promise<string> {
  const near = await services.nearestIds(id);
  const hint = near.length === 0 ? 'everymin explain lists every id' : `did you mean ${near.join(' or ')}?`;
  return `explain: there is no ${id}; ${hint}`;
}
