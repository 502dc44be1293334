/** Numbers and matrices in LaTeX. */
import type { NumberRow } from './block.ts';
import { latexText } from './latex-characters.ts';

/** Rows of one table, so that a page can end between two. */
const ROWS = 12;

/** Text in which a long number, name or digest may be broken. */
export function latexBreakable(text: string, longest = 16): string {
  return text
    .split(new RegExp(`(\\S{${longest + 1},})`, 'u'))
    .map((run, i) => (i % 2 === 0 ? latexText(run) : pieces(run).map(latexText).join('\\allowbreak{}')))
    .join('');
}

/** Of a long run: at most eight characters each, whole with their marks. */
const pieces = (run: string): readonly string[] => run.match(/(?:\P{M}\p{M}*){1,8}|\p{M}+/gsu) ?? [run];

const TRUTH: Readonly<Record<NumberRow['truth'], string>> = {
  true: '$\\checkmark$ true',
  false: '$\\times$ \\textbf{false}',
  undecided: '? undecided',
};

/** place, left side, relation, right side, difference, and whether it is true */
export function latexNumbers(rows: readonly NumberRow[]): string {
  const placed = rows.some(({ place }) => place !== '');
  const differs = rows.some(({ difference }) => difference !== '');
  const width = placed ? '0.2' : '0.27';
  const columns = `@{}${placed ? 'p{0.19\\linewidth}' : ''}p{${width}\\linewidth}lp{${width}\\linewidth}${differs ? 'p{0.16\\linewidth}' : ''}l@{}`;
  const cell = (text: string): string => `\\everymincell{${latexBreakable(text, 12)}}`;
  const line = ({ place, left, relation, right, difference, truth }: NumberRow): string =>
    [
      ...(placed ? [cell(place)] : []),
      cell(left),
      latexText(relation),
      cell(right),
      ...(differs ? [cell(difference === '' ? '' : `Δ ${difference}`)] : []),
      TRUTH[truth],
    ].join(' & ');
  const tables: string[] = [];
  for (let at = 0; at < rows.length; at += ROWS) {
    const body = rows
      .slice(at, at + ROWS)
      .map((row) => `${line(row)}\\tabularnewline`)
      .join('\n');
    tables.push(
      `{\\footnotesize\\setlength{\\tabcolsep}{3pt}\\begin{tabular}{${columns}}\n${body}\n\\end{tabular}\\par}`,
    );
  }
  return tables.join('\n');
}

/** Rows of entries in brackets; entries that are long make it smaller, and it is cut into rows of text when it is wide. */
export function latexMatrix(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = rows.map((row) => row.reduce((sum, entry) => sum + [...entry].length + 2, 0));
  if (columns === 0) return 'empty\\par';
  if (columns > 10 || Math.max(...widths) > 80) {
    return rows.map((row) => `{\\footnotesize (${row.map(latexBreakable).join(', ')})\\par}`).join('\n');
  }
  const body = rows.map((row) => row.map((entry) => latexText(entry)).join(' & ')).join('\\tabularnewline\n');
  return `{\\footnotesize$\\left(\\begin{tabular}{@{}${'r'.repeat(columns)}@{}}\n${body}\n\\end{tabular}\\right)$\\par}`;
}
