import { toAscii } from '../derive/report/ascii.ts';

/** The streams and the surroundings of one run, so that a run can be tested inside another program. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** milliseconds, increasing */
  now(): number;
}

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export type ColorChoice = 'auto' | 'always' | 'never';

/** Whether to colour `output`: the option first, then NO_COLOR (no-color.org), FORCE_COLOR, TERM=dumb, the terminal. */
export function wantsColor(choice: ColorChoice, output: Output, env: Io['env']): boolean {
  if (choice !== 'auto') return choice === 'always';
  if ((env.NO_COLOR ?? '') !== '') return false;
  const force = env.FORCE_COLOR;
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  return output.isTTY === true && env.TERM !== 'dumb';
}

/** False only when the locale is set to something that is not UTF-8; many terminals that can UTF-8 set none. */
export function wantsUnicode(env: Io['env']): boolean {
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((value) => value !== undefined && value !== '');
  return locale === undefined || /utf-?8/i.test(locale);
}

/** `text` as the locale can show it. */
export const localized = (text: string, env: Io['env']): string => (wantsUnicode(env) ? text : toAscii(text));

const WIDEST = 120;

/** Columns for text on `output`: the terminal's, at most 120; 100 where there is none, so that a file does not depend on it. */
export function textWidth(output: Output): number {
  return output.isTTY === true && output.columns !== undefined && output.columns > 0
    ? Math.min(WIDEST, output.columns)
    : 100;
}
