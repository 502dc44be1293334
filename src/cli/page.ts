import type { Paint } from '../derive/report/paint.ts';
import { type ColorChoice, type Io, textWidth, wantsColor, wantsUnicode } from './io.ts';
import { paintWhere } from './paint.ts';

/** Text on stdout: how it is set, and a way to write lines of it. */
export interface Page {
  readonly style: { readonly width: number; readonly unicode: boolean; readonly paint: Paint };
  print(lines: readonly string[]): void;
}

export async function pageOn({ stdout, env }: Io, color: ColorChoice): Promise<Page> {
  return {
    style: {
      width: textWidth(stdout),
      unicode: wantsUnicode(env),
      paint: await paintWhere(wantsColor(color, stdout, env)),
    },
    print: (lines) => {
      stdout.write(lines.map((line) => `${line.trimEnd()}\n`).join(''));
    },
  };
}
