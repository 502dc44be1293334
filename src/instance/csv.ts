import { Rational } from '../kernel/rational.ts';
import { allOf, count, InstanceError, quote } from './error.ts';
import { LIMITS } from './limits.ts';
import { parseExact } from './number.ts';
import { suggestion } from './suggest.ts';
import { Tensor } from './tensor.ts';

export interface CsvOptions {
  /** names from the header line, or 0-based positions; default: every column */
  readonly columns?: readonly (string | number)[];
  /** whether the first line names the columns; default: when a column is given by name */
  readonly header?: boolean;
  /** "0.1" is 1/10 (exact, the default) or the float64 next to it */
  readonly numbers?: 'exact' | 'float64';
}

/** The chosen cells, row by row, with the line on which each row starts. */
export interface CsvTable {
  readonly columns: number;
  readonly cells: readonly string[];
  readonly lines: readonly number[];
  /** how each chosen column is called in messages */
  readonly names: readonly string[];
}

/** Chooses columns of a CSV text (RFC 4180: quoted cells, CRLF or LF). Throws InstanceError with line and column. */
export function readCsvTable(text: string, options: CsvOptions, what: string): CsvTable {
  const header = options.header ?? options.columns?.some((column) => typeof column === 'string') ?? false;
  const cells: string[] = [];
  const lines: number[] = [];
  let width: number | undefined;
  let chosen: readonly number[] = [];
  let names: readonly string[] = [];
  forEachRecord(text, what, (record, line) => {
    if (width === undefined) {
      width = record.length;
      chosen = choose(record, header, options.columns, what);
      names = chosen.map((column) => (header ? quote(record[column]!) : `column ${column}`));
      if (header) return;
    }
    if (record.length !== width) {
      const fault =
        record.length === 1 && record[0] === '' ? 'is empty' : `has ${count(record.length, 'cell')}`;
      throw new InstanceError(
        '',
        `${what}, line ${line} ${fault}; the first line has ${count(width, 'cell')}`,
      );
    }
    if (cells.length + chosen.length > LIMITS.textValues) {
      throw new InstanceError('', `${what} has more than ${LIMITS.textValues} cells; use npy or safetensors`);
    }
    for (const column of chosen) cells.push(record[column]!);
    lines.push(line);
  });
  if (width === undefined) throw new InstanceError('', `${what} is empty; it needs one line per row`);
  if (lines.length === 0)
    throw new InstanceError('', `${what} has a header and no rows; it needs one line per row`);
  return { columns: chosen.length, cells, lines, names };
}

/** The chosen columns as numbers, rows × columns. Throws InstanceError on a cell that is not a finite number. */
export function readCsv(text: string, options: CsvOptions, what: string): Tensor {
  const table = readCsvTable(text, options, what);
  const shape = [table.lines.length, table.columns];
  const values = table.cells.map((cell, i) => {
    const value = parseExact(cell.trim());
    if (typeof value !== 'string') return value;
    const line = table.lines[Math.floor(i / table.columns)];
    const place = `${what}, line ${line}, ${table.names[i % table.columns]}`;
    if (cell.trim() === '') throw new InstanceError('', `${place} is empty; every cell must be a number`);
    const headed = i < table.columns && table.lines[0] === 1 && !/^[-+.\d]|^(nan|inf)/i.test(cell.trim());
    const mend = headed ? '; if this line names the columns, add "header": true' : '';
    throw new InstanceError('', `${place} ${value}${mend}`);
  });
  if (options.numbers === 'float64' || values.every(isSafeInteger)) {
    return Tensor.ofFloats(
      shape,
      Float64Array.from(values, (value) => value.toNumber()),
    );
  }
  return Tensor.ofRationals(shape, values);
}

/** Integers of this size are the same as floats, and smaller to keep. */
const LARGEST = Rational.fromNumber(Number.MAX_SAFE_INTEGER);
const isSafeInteger = (value: Rational): boolean => value.isInteger && value.abs().cmp(LARGEST) <= 0;

function choose(
  record: readonly string[],
  header: boolean,
  columns: readonly (string | number)[] | undefined,
  what: string,
): number[] {
  if (columns === undefined) return record.map((_, column) => column);
  return columns.map((column) => {
    if (typeof column === 'number') {
      if (column < record.length) return column;
      throw new InstanceError(
        '',
        `${what} has no column ${column}; it has columns 0 to ${record.length - 1}`,
      );
    }
    if (!header)
      throw new InstanceError('', `${what}: column ${quote(column)} is a name; set "header": true`);
    const found = record.indexOf(column);
    if (found === -1) {
      const separator = record.length === 1 && /[;\t|]/.exec(record[0]!)?.[0];
      const known = separator
        ? `cells must be separated by commas, not ${quote(separator)}`
        : suggestion(column, record, `it has ${allOf(record)}`);
      throw new InstanceError('', `${what} has no column ${quote(column)}; ${known}`);
    }
    if (record.indexOf(column, found + 1) !== -1) {
      throw new InstanceError('', `${what} has two columns ${quote(column)}; rename one`);
    }
    return found;
  });
}

/** Calls `use` with each record and the line it starts on; blank lines at the end are skipped. */
function forEachRecord(text: string, what: string, use: (record: string[], line: number) => void): void {
  const PLAIN = /[^",\r\n]*/y;
  let end = text.length;
  while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  let line = 1;
  let at = text.startsWith('\ufeff') ? 1 : 0;
  const quoted = (): string => {
    const start = line;
    let cell = '';
    for (at++; ; at++) {
      const close = text.indexOf('"', at);
      if (close === -1)
        throw new InstanceError('', `${what}, line ${start}: a quoted cell has no closing double quote`);
      const piece = text.slice(at, close);
      cell += piece;
      for (let next = piece.indexOf('\n'); next !== -1; next = piece.indexOf('\n', next + 1)) line++;
      at = close + 1;
      if (text[at] !== '"') return cell;
      cell += '"';
    }
  };
  while (at < end) {
    const first = line;
    const record: string[] = [];
    for (;;) {
      if (text[at] === '"') record.push(quoted());
      else {
        PLAIN.lastIndex = at;
        const cell = PLAIN.exec(text)![0];
        at += cell.length;
        record.push(cell);
      }
      if (text[at] !== ',') break;
      at++;
    }
    if (text[at] === '"' || (at < text.length && text[at] !== '\r' && text[at] !== '\n')) {
      throw new InstanceError(
        '',
        `${what}, line ${line}: a double quote inside a cell; quote the whole cell and double the quote`,
      );
    }
    if (text[at] === '\r' && text[at + 1] !== '\n') {
      throw new InstanceError(
        '',
        `${what}, line ${line}: a carriage return without a line feed; save it with LF or CRLF`,
      );
    }
    if (at < text.length) at += text[at] === '\r' ? 2 : 1;
    line++;
    use(record, first);
  }
}
