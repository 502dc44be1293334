import type { Remark } from '../../theorems/index.ts';
import type { ExplainedClaim, Explanation } from './explain.ts';
import { refusalLines } from './proofs/errata.ts';
import { displayWidth, padEnd, wrap } from './report/layout.ts';
import { SEVERITY } from './severity.ts';

export type ExplainFormat = 'text' | 'json' | 'latex';

export interface RenderOptions {
  /** ANSI colours, text only */
  readonly color?: boolean;
  /** columns, text only; 100 when absent */
  readonly width?: number;
}

/** An explanation as text for a terminal, as JSON, or as a LaTeX fragment (amsmath). */
export function renderExplanation(
  explanation: Explanation,
  format: ExplainFormat = 'text',
  options: RenderOptions = {},
): string {
  if (format === 'json') return `${JSON.stringify(explanation, null, 2)}\n`;
  if (format === 'latex') return latex(explanation);
  return text(explanation, options);
}

// ------------------------------------------------------------------------------------------- text

function text(e: Explanation, { color = false, width = 100 }: RenderOptions): string {
  const ink = (code: number, words: string) => (color ? `\u001b[${code}m${words}\u001b[0m` : words);
  const lines: string[] = [];
  const heading = (words: string) => lines.push('', ink(1, words));
  const table = (rows: readonly (readonly string[])[]) => lines.push(...columns(rows, width));

  const remark = ({ severity, place, printed, right, text: words }: Remark, name: string) => {
    const mark = indented(`${name}${SEVERITY[severity]} · ${place}`, width);
    lines.push(...mark.map((line) => line.replace(/\S.*/, (it) => ink(severity === 'F' ? 31 : 33, it))));
    if (printed) lines.push(...indented(`printed: ${printed}`, width, 4));
    if (right) lines.push(...indented(`right:   ${right}`, width, 4));
    lines.push(...indented(words, width, 4));
  };

  lines.push(`${ink(1, e.label)}  ${e.title}`, ink(2, `  ${e.cited}`));
  if (e.symbols.length > 0) {
    heading('For all');
    table(e.symbols.map(({ symbol, sort, meaning }) => [`${symbol.text} ∈ ${sort.text}`, meaning]));
  }
  if (e.abbreviations.length > 0) {
    heading('Write');
    table(e.abbreviations.map(({ name, value }) => [`${name.text} = ${value.text}`]));
  }
  const claims = (list: readonly ExplainedClaim[]) =>
    table(list.map(({ name, formula }) => [name, formula.text]));
  if (e.setting.length > 0) {
    heading('In the setting');
    claims(e.setting);
  }
  if (e.hypotheses.length > 0) {
    heading('If');
    claims(e.hypotheses);
  }
  heading(e.kind === 'assumption' ? 'The assumption' : e.hypotheses.length > 0 ? 'Then' : 'Then always');
  for (const part of e.parts) lines.push(...indented(part.text, width));
  if (e.definitions.length > 0) {
    heading('Where');
    for (const { symbol, relation, value, meaning } of e.definitions) {
      lines.push(...indented(`${symbol.text} ${relation} ${value.text}`, width));
      lines.push(...indented(meaning, width, 6).map((line) => ink(2, line)));
    }
  }
  if (e.rocq.length > 0) {
    heading('Proved from foundations, in Rocq');
    for (const { name, file, says } of e.rocq)
      lines.push(...indented(`${name} (proofs/rocq/${file}): ${says}`, width));
  }
  if (e.remarks.length > 0) {
    heading('Remarks');
    for (const each of e.remarks) remark(each, '');
  }
  if (e.errata.length > 0) {
    heading('Errata');
    for (const erratum of e.errata) {
      remark(erratum, `${erratum.id} · ${erratum.title} · `);
      const refusal = e.refusals.find((each) => each.erratum === erratum.id);
      if (refusal) for (const line of refusalLines(refusal)) lines.push(...indented(line, width, 4));
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Lines of a paragraph; those after the first are indented further. */
function indented(words: string, width: number, by = 2): string[] {
  const [first, ...rest] = wrap(words, width - by - 2);
  return [' '.repeat(by) + first!, ...rest.map((line) => ' '.repeat(by + 2) + line)];
}

/** Two columns; a first cell that is too long stands on a line of its own. */
function columns(rows: readonly (readonly string[])[], width: number): string[] {
  const widest = Math.floor(width * 0.4);
  const fits = rows.map(([first]) => displayWidth(first!)).filter((w) => w <= widest);
  const left = Math.max(0, ...fits) + 2;
  return rows.flatMap(([first, second = '']) => {
    if (second === '') return indented(first!, width);
    const lines = wrap(second, width - left - 2);
    const head = displayWidth(first!) <= widest ? padEnd(first!, left) + lines.shift()! : first!;
    return [`  ${head}`, ...lines.map((line) => `  ${' '.repeat(left)}${line}`)];
  });
}

// ------------------------------------------------------------------------------------------- LaTeX

function latex(e: Explanation): string {
  const lines: string[] = [`\\paragraph{${e.label}.} ${prose(e.title)}. {\\small(${prose(e.cited)})}`];
  const list = (title: string, items: readonly string[]) => {
    if (items.length === 0) return;
    lines.push(
      '',
      `${title}`,
      '\\begin{itemize}',
      ...items.map((item) => `  \\item ${item}`),
      '\\end{itemize}',
    );
  };
  list(
    'For all',
    e.symbols.map(
      ({ symbol, sort, meaning }) =>
        `$${symbol.latex} \\in ${sort.latex}$${meaning ? `: ${prose(meaning)}` : ''}`,
    ),
  );
  list(
    'Write',
    e.abbreviations.map(({ name, value }) => `$${name.latex} = ${value.latex}$`),
  );
  const claim = ({ name, formula }: ExplainedClaim) => `${prose(name)}: $${formula.latex}$`;
  list('In the setting', e.setting.map(claim));
  list('If', e.hypotheses.map(claim));
  lines.push(
    '',
    e.kind === 'assumption' ? 'The assumption' : 'Then',
    ...e.parts.map((part) => `\\[ ${part.latex} \\]`),
  );
  list(
    'Where',
    e.definitions.map(
      ({ symbol, relation, value, meaning }) =>
        `$${symbol.latex} ${relation === '=' ? '=' : '\\Leftrightarrow'} ${value.latex}$: ${prose(meaning)}`,
    ),
  );
  list(
    'Proved from foundations, in Rocq',
    e.rocq.map(
      ({ name, file, says }) => `\\texttt{${prose(name)}} (${prose(`proofs/rocq/${file}`)}): ${prose(says)}`,
    ),
  );
  list(
    'Remarks',
    e.remarks.map(
      ({ severity, place, text: words }) =>
        `\\emph{${SEVERITY[severity]}} (${prose(place)}): ${prose(words)}`,
    ),
  );
  list(
    'Errata',
    e.errata.map(
      ({ id, title, severity, place, printed, right, text: words }) =>
        `\\emph{${prose(title)}} (${prose(id)}, ${SEVERITY[severity]}, ${prose(place)}): ` +
        `printed: ${prose(printed)}; right: ${prose(right)}. ${prose(words)}` +
        e.refusals
          .filter(({ erratum }) => erratum === id)
          .map((refusal) => ` ${prose(refusalLines(refusal).join('. '))}`)
          .join(''),
    ),
  );
  return `${lines.join('\n')}\n`;
}

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Words of ours, with Unicode letters for a Unicode engine (LuaTeX, XeTeX) and TeX's own characters escaped. */
function prose(words: string): string {
  return words.replace(/[\\{}$#%&_~^]/g, (c) => SPECIAL[c] ?? `\\${c}`);
}
