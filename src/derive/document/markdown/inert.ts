/**
 * Text and formulas in Markdown as GitHub and GitLab read it. Nothing that a user typed can be markup, mathematics, HTML or a
 * link: every ASCII sign is escaped, and a dollar stands in an element of its own, since GitHub looks for pairs of them.
 */
import { escapeControls } from '../../report/escape.ts';
import type { Formula, Prose } from '../model.ts';

const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  $: '<span>$</span>',
};

/** Plain words; line ends become \u{a}. */
export const text = (words: string): string =>
  escapeControls(words).replace(/[!-/:-@[-`{-~]/g, (sign, at: number, whole: string) => {
    const named = NAMED[sign];
    return named ?? (isText(sign, whole.slice(0, at), whole.slice(at + 1)) ? sign : `\\${sign}`);
  });

/** Whether a sign between these words means nothing to Markdown, whatever stands around the whole. */
function isText(sign: string, before: string, after: string): boolean {
  switch (sign) {
    case '-':
    case '+':
    case '=':
      return before !== '';
    case '.':
      // No list, 1. and no address, www.x
      return !/(^\d+|www)$/i.test(before);
    case ':':
      // No address, http://x, and no :emoji:
      return before !== '' && /^(\s|$)/.test(after);
    default:
      return HARMLESS.has(sign);
  }
}

const HARMLESS = new Set([',', ';', '(', ')', '"', "'", '/', '%', '?', '^']);

/** Words inside an HTML element that Markdown does not look into. */
export const html = (words: string): string =>
  escapeControls(words).replace(/[&<>"$]/g, (sign) => (sign === '"' ? '&quot;' : NAMED[sign]!));

/**
 * A formula in a line. GitHub reads what stands between $` and `$ as it is; a bar would end the cell of a table, and
 * \operatorname is refused.
 */
export const inline = ({ latex }: Formula): string => `$\`${tex(latex)}\`$`;

/** A formula on lines of its own, after an empty line. */
export const display = ({ latex }: Formula): string => `\`\`\`math\n${tex(latex)}\n\`\`\``;

const tex = (latex: string): string =>
  latex
    .replaceAll('\\operatorname', '\\mathrm')
    .replace(/\\?\|/g, (bar) => (bar === '|' ? '\\vert ' : '\\Vert '))
    .replaceAll('`', '\\text{\\textasciigrave}')
    .replace(/\s+/g, ' ')
    .trim();

export function prose(content: Prose): string {
  return content
    .map((piece) => {
      if (piece.kind === 'math') return inline(piece.formula);
      return piece.kind === 'text' ? text(piece.text) : link(piece.text, piece.to);
    })
    .join('');
}

export const link = (words: string, anchor: string | null): string =>
  anchor === null ? text(words) : `[${text(words)}](#${anchor})`;

/** A place that links lead to. */
export const target = (anchor: string): string => `<a id="${anchor}"></a>`;

/** Content that opens when its summary is chosen; the empty lines make what is inside Markdown again. */
export const fold = (summary: string, lines: readonly string[]): readonly string[] => [
  `<details><summary>${summary}</summary>`,
  '',
  ...lines,
  '',
  '</details>',
  '',
];

export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row), ''];
}
