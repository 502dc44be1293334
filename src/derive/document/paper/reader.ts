/** Tokens of a formula, in any format, read as a row. */
import { DELIMITER, type Level, type Piece, type Row, rowTall, rowWidth } from './rows.ts';

export type Token =
  /** `limits`: its scripts stand above and below it */
  | {
      readonly kind: 'atom';
      readonly source: string;
      readonly width: number;
      readonly tall: boolean;
      readonly limits?: boolean;
    }
  | { readonly kind: 'operator'; readonly source: string; readonly width: number; readonly level: Level }
  /** `either` opens where it is not open, and closes where it is: ‖ */
  | { readonly kind: 'open' | 'close' | 'either'; readonly source: string }
  | { readonly kind: 'script'; readonly source: string; readonly width: number };

/** Null when delimiters do not match, or a script has nothing to stand at. */
export function readRow(tokens: readonly Token[]): Row | null {
  let at = 0;
  const row = until(null);
  return at === tokens.length ? row : null;

  function until(open: Token | null): Row | null {
    const out: Piece[] = [];
    for (let token = tokens[at]; token; token = tokens[at]) {
      if (token.kind === 'close' || (token.kind === 'either' && open?.kind === 'either')) {
        const matches = open !== null && (open.kind === 'either') === (token.kind === 'either');
        return matches ? out : null;
      }
      at += 1;
      if (token.kind === 'script') return null;
      if (token.kind === 'operator') {
        const after = scripts();
        out.push({ ...token, source: token.source + after.source, width: token.width + after.width });
      } else if (token.kind === 'atom') out.push(atom(token));
      else {
        const body = until(token);
        const close = tokens[at++];
        if (!body || !close) return null;
        const after = scripts();
        const width = rowWidth(body) + 2 * DELIMITER + after.width;
        const tall = rowTall(body);
        out.push({
          kind: 'group',
          open: token.source,
          close: close.source,
          scripts: after.source,
          body,
          width,
          tall,
        });
      }
    }
    return open === null ? out : null;
  }

  function atom({ source, width, tall, limits }: Extract<Token, { kind: 'atom' }>): Piece {
    const after = scripts();
    const wide = limits ? Math.max(width, after.width) : width + after.width;
    return { kind: 'atom', source: source + after.source, width: wide, tall };
  }

  function scripts(): { readonly source: string; readonly width: number } {
    let source = '';
    let width = 0;
    for (let token = tokens[at]; token?.kind === 'script'; token = tokens[at]) {
      source += token.source;
      width = Math.max(width, token.width);
      at += 1;
    }
    return { source, width };
  }
}
