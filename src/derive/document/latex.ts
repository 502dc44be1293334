/**
 * A derivation in LaTeX: an article that plain pdfTeX compiles (amsmath, amssymb, color, hyperref), or a fragment to be included.
 *
 * Long formulas are broken by `paper/rows.ts`, and every line may be broken again by TeX where a column is narrower.
 * Text of a user is written by `paper/latex-characters.ts`: each character is read, none is run.
 */
import type { DerivationDocument, Formula } from './model.ts';
import { anchorsOf, type Block, GLYPHS, type Paper, type Span, WORDS } from './paper/block.ts';
import { latexMath, latexText } from './paper/latex-characters.ts';
import { latexPicture } from './paper/latex-picture.ts';
import { LATEX_MACROS, LATEX_PREAMBLE } from './paper/latex-preamble.ts';
import { latexRow, latexWriter } from './paper/latex-rows.ts';
import { latexBreakable, latexMatrix, latexNumbers } from './paper/latex-table.ts';
import { paperOf } from './paper/outline.ts';
import { scripted } from './paper/prose.ts';
import { breakRow, INDENT, writeRow } from './paper/rows.ts';

export interface LatexOptions {
  /** no preamble: to be read by \input in a paper; labels begin with `everymin:` and the id of the result */
  readonly fragment?: boolean;
}

/** Em of a line of the article; in a narrower column TeX breaks the lines again. */
const WIDTH = 38;

export function renderLatex(document: DerivationDocument, options: LatexOptions = {}): string {
  return new LatexWriter(
    paperOf(document),
    `everymin:${document.result.id}:`,
    options.fragment === true,
  ).write();
}

class LatexWriter {
  readonly #paper: Paper;
  readonly #prefix: string;
  readonly #fragment: boolean;
  readonly #anchors: ReadonlySet<string>;

  constructor(paper: Paper, prefix: string, fragment: boolean) {
    this.#paper = paper;
    this.#prefix = prefix.replace(/[^A-Za-z0-9:-]/g, '-');
    this.#fragment = fragment;
    this.#anchors = new Set(anchorsOf(paper.blocks));
  }

  write(): string {
    const { title, subtitle, blocks, colophon } = this.#paper;
    const lines = [
      this.#heading(0, latexText(title)),
      ...subtitle.map((spans) => `{\\small ${this.#spans(spans)}\\par}`),
      ...blocks.map((block) => this.#block(block)),
      `{\\footnotesize ${latexText(colophon)}\\par}`,
    ];
    const body = `${LATEX_MACROS}\\begingroup\\everyminsetup\n${lines.join('\n')}\n\\endgroup\n`;
    if (this.#fragment) {
      return `% A derivation printed by everymin, to be read by \\input. Needs amsmath, amssymb and hyperref; with color, pictures are in colour.\n${body}`;
    }
    return `${LATEX_PREAMBLE}\\begin{document}\n${body}\\end{document}\n`;
  }

  #heading(level: 0 | 1 | 2, source: string): string {
    const names = this.#fragment
      ? ['subsection', 'subsubsection', 'paragraph']
      : ['section', 'subsection', 'subsubsection'];
    return `\n\\${names[level]}*{${source}}`;
  }

  #label(anchor: string | undefined): string {
    return anchor === undefined ? '' : `\\everyminlabel{${this.#prefix}${safeAnchor(anchor)}}`;
  }

  #block(block: Block): string {
    switch (block.kind) {
      case 'heading':
        return `${this.#heading(block.level, this.#spans(block.spans))}${this.#label(block.anchor)}`;
      case 'paragraph': {
        const source = this.#spans(block.spans);
        return block.small ? `{\\small ${source}\\par}` : `${source}\\par`;
      }
      case 'display':
        return displayed(block.formula, block.lead);
      case 'item': {
        const head = `${this.#label(block.anchor)}${this.#spans(block.head)}\\par`;
        return `\\begin{everyminitem}${head}\n${this.#blocks(block.body)}\\end{everyminitem}`;
      }
      case 'note': {
        const head = `${this.#label(block.anchor)}\\textbf{${this.#spans(block.title)}}\\par`;
        return `\\begin{everyminitem}${head}\n${this.#blocks(block.body)}\\end{everyminitem}`;
      }
      case 'numbers':
        return latexNumbers(block.rows);
      case 'pairs':
        return block.rows
          .map(([name, value]) => `\\everyminpair{${this.#spans(name)}}{${this.#spans(value)}}`)
          .join('\n');
      case 'matrix':
        return latexMatrix(block.rows);
      case 'picture': {
        const said = `{\\small ${this.#spans(scripted(block.description))}\\par}`;
        return block.drawing ? `${latexPicture(block.drawing)}\n${said}` : said;
      }
    }
  }

  #blocks(blocks: readonly Block[]): string {
    return blocks.map((block) => `${this.#block(block)}\n`).join('');
  }

  #spans(spans: readonly Span[]): string {
    return spans.map((span) => this.#span(span)).join('');
  }

  #span(span: Span): string {
    switch (span.kind) {
      case 'text':
        return latexBreakable(span.text);
      case 'strong':
        return `\\textbf{${latexBreakable(span.text)}}`;
      case 'emphasis':
        return `\\emph{${latexBreakable(span.text)}}`;
      case 'code':
        return `\\texttt{${latexBreakable(span.text)}}`;
      case 'math':
        return `$${writeRow(latexRow(span.formula.latex, span.formula.text), latexWriter)}$`;
      case 'scripted': {
        const below = span.below === '' ? '' : `_{${latexMath(span.below)}}`;
        const above = span.above === '' ? '' : `^{${latexMath(span.above)}}`;
        return `$\\mathord{${latexMath(span.base)}}${below}${above}$`;
      }
      case 'link':
        return this.#anchors.has(span.to)
          ? `\\hyperref[${this.#prefix}${safeAnchor(span.to)}]{${latexText(span.text)}}`
          : latexText(span.text);
      case 'status': {
        const words = `${WORDS[span.status]}${span.detail === '' ? '' : ` (${span.detail})`}`;
        return `\\mbox{${latexText(GLYPHS[span.status])}~\\textit{${latexText(words)}}}`;
      }
    }
  }
}

/** A formula on lines of its own. */
function displayed({ latex, text }: Formula, lead?: string): string {
  const start = lead === undefined ? '' : `${latexMath(lead)}\\;`;
  const lines = breakRow(latexRow(latex, text), WIDTH, latexWriter).map(
    ({ indent, source }, i) =>
      `\\everyminline{${(indent * INDENT).toFixed(1)}}{${i === 0 ? start : ''}${source}}`,
  );
  return `\\begin{everyminformula}\n${lines.join('\n')}\n\\end{everyminformula}`;
}

const safeAnchor = (anchor: string): string => anchor.replace(/[^A-Za-z0-9-]/g, '-');
