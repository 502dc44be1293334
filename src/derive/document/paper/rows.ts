/**
 * Long formulas broken into lines, for formats that do not break them by themselves.
 *
 * A formula is a row of pieces: atoms, delimited groups and operators, read from the source of one format by its own
 * reader (`latex-rows.ts`, `typst-rows.ts`). The layout is that of a pretty printer: a row that fits stays on one line;
 * else it is cut at its loosest operators, and what is still too wide is cut inside. Widths are estimates in em. Linear
 * in the length of the formula times the depth of its groups.
 */

/**
 * Levels of operators, loosest first. A break comes after a `scope` (the dot that ends binders) and a `comma`, before
 * every other operator; a `binder` is the sign of a quantifier.
 */
export const LEVELS = [
  'scope',
  'binder',
  'comma',
  'iff',
  'imp',
  'or',
  'and',
  'relation',
  'sum',
  'product',
] as const;
export type Level = (typeof LEVELS)[number];

export type Piece =
  | { readonly kind: 'atom'; readonly source: string; readonly width: number; readonly tall: boolean }
  | { readonly kind: 'operator'; readonly source: string; readonly width: number; readonly level: Level }
  | Group;

export interface Group {
  readonly kind: 'group';
  readonly open: string;
  readonly close: string;
  /** subscripts and superscripts after the closing delimiter */
  readonly scripts: string;
  readonly body: Row;
  readonly width: number;
  readonly tall: boolean;
}

export type Row = readonly Piece[];

export interface Line {
  /** steps of indentation */
  readonly indent: number;
  readonly source: string;
  /** estimate in em, without the indentation */
  readonly width: number;
}

/** How a format writes pieces. */
export interface Writer {
  /** a group that stays on one line */
  group(group: Group, body: string): string;
  /** the delimiters of a group that is broken over several lines */
  open(group: Group): string;
  close(group: Group): string;
}

/** Width of one step of indentation, in em. */
export const INDENT = 1.5;

/** Width of a delimiter, in em. */
export const DELIMITER = 0.5;
/** Cut at these, the lines after the first are indented: they continue one side. */
const HANGING: ReadonlySet<Level> = new Set(['binder', 'comma', 'relation', 'sum', 'product']);
/** What may stand before an opened group on the same line, in em. */
const LEAD = 3;

export const rowWidth = (row: Row): number => row.reduce((sum, piece) => sum + piece.width, 0);
export const rowTall = (row: Row): boolean => row.some((piece) => piece.kind !== 'operator' && piece.tall);

export function writeRow(row: Row, writer: Writer): string {
  return row
    .map((piece) =>
      piece.kind === 'group' ? writer.group(piece, writeRow(piece.body, writer)) : piece.source,
    )
    .join(' ');
}

/** Lines of at most `width` em where the row can be cut so. */
export function breakRow(row: Row, width: number, writer: Writer): readonly Line[] {
  return layout(row, 0);

  function layout(all: Row, indent: number): readonly Line[] {
    const own = rowWidth(all);
    if (own <= width - indent * INDENT) return [{ indent, source: writeRow(all, writer), width: own }];
    const level = LEVELS.find((each) => all.some((_, i) => isCut(all, i, each)));
    if (level === 'scope') return scoped(all, indent);
    if (level !== undefined) return filled(cut(all, level), indent, level);
    return opened(all, indent);
  }

  /** ∀ … .: the binders, then what they bind, indented. */
  function scoped(all: Row, indent: number): readonly Line[] {
    const at = all.findIndex((_, i) => isCut(all, i, 'scope'));
    const binders = all.slice(0, at + 1);
    const body = all.slice(at + 1);
    const [head, rest] = [layout(binders, indent), layout(body, indent + 1)];
    return [...head, ...rest];
  }

  /** Segments set side by side while they fit; one that does not fit by itself is cut further. */
  function filled(segments: readonly Row[], indent: number, level: Level): readonly Line[] {
    const out: Line[] = [];
    const hang = HANGING.has(level) ? 1 : 0;
    let current: Row = [];
    const flush = (): void => {
      if (current.length > 0) out.push(...layout(current, indent + (out.length > 0 ? hang : 0)));
      current = [];
    };
    for (const segment of segments) {
      const at = indent + (out.length > 0 || current.length > 0 ? hang : 0);
      if (rowWidth(current) + rowWidth(segment) <= width - at * INDENT) {
        current = [...current, ...segment];
        continue;
      }
      flush();
      if (rowWidth(segment) <= width - (indent + hang) * INDENT) current = segment;
      else out.push(...broken(segment, indent + (out.length > 0 ? hang : 0)));
    }
    flush();
    return out;
  }

  /** One segment that is too wide: its operator stays with the first line of its operand. */
  function broken(segment: Row, indent: number): readonly Line[] {
    const [first, ...operand] = segment;
    if (first?.kind !== 'operator') return layout(segment, indent);
    const [line, ...rest] = layout(operand, indent);
    if (!line) return [];
    return [{ indent, source: `${first.source} ${line.source}`, width: first.width + line.width }, ...rest];
  }

  /** No operator left: the widest group is opened, and its body set on lines of its own, indented. */
  function opened(all: Row, indent: number): readonly Line[] {
    const groups = all.filter((piece) => piece.kind === 'group');
    const widest = groups.reduce<Group | null>((best, g) => (best && best.width >= g.width ? best : g), null);
    if (!widest || widest.body.length === 0) {
      return [{ indent, source: writeRow(all, writer), width: rowWidth(all) }];
    }
    const at = all.indexOf(widest);
    const [before, after] = [all.slice(0, at), all.slice(at + 1)];
    const body = layout(widest.body, indent + 1);
    const lines = body.map((line) => ({ ...line }));
    const head = `${before.length > 0 ? `${writeRow(before, writer)} ` : ''}${writer.open(widest)}`;
    const tail = `${writer.close(widest)}${after.length > 0 ? ` ${writeRow(after, writer)}` : ''}`;
    const lead = rowWidth(before) + DELIMITER;
    if (lead > LEAD) lines.unshift({ indent, source: head, width: lead });
    else {
      const first = lines[0]!;
      lines[0] = { indent, source: `${head} ${first.source}`, width: lead + first.width };
    }
    const last = lines.at(-1)!;
    lines[lines.length - 1] = {
      indent: last.indent,
      source: `${last.source} ${tail}`,
      width: last.width + DELIMITER + rowWidth(after),
    };
    return lines;
  }
}

/** Whether the row may be cut at this piece; an operator at the start is a sign, and belongs to what follows. */
function isCut(row: Row, i: number, level: Level): boolean {
  const piece = row[i]!;
  if (piece.kind !== 'operator' || piece.level !== level) return false;
  return level === 'scope' || level === 'comma' ? i < row.length - 1 : i > 0;
}

function cut(row: Row, level: Level): readonly Row[] {
  const segments: Piece[][] = [[]];
  row.forEach((piece, i) => {
    if (!isCut(row, i, level)) segments.at(-1)!.push(piece);
    else if (level === 'comma') {
      segments.at(-1)!.push(piece);
      segments.push([]);
    } else segments.push([piece]);
  });
  return segments.filter((segment) => segment.length > 0);
}
