/** Compiles LaTeX with pdflatex, as a plain TeX Live with amsmath and amssymb does it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const pdflatexFound = spawnSync('pdflatex', ['--version']).status === 0;

/** Null, or the error and what stands after it in the log. Each formula is a paragraph of an article. */
export function latexError(formulas: readonly string[]): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'everymin-latex-'));
  try {
    const source = [
      '\\documentclass{article}\\usepackage{amsmath,amssymb}',
      '\\pdfpagewidth=9000pt\\textwidth=8900pt\\hbadness=10000\\raggedright\\begin{document}',
      ...formulas.map((formula) => `$${formula}$\n`),
      '\\end{document}',
    ];
    writeFileSync(join(folder, 'main.tex'), source.join('\n'));
    const options = ['-interaction=nonstopmode', '-halt-on-error', '-no-shell-escape', 'main.tex'];
    const run = spawnSync('pdflatex', options, { cwd: folder });
    if (run.status === 0) return null;
    const log = readFileSync(join(folder, 'main.log'), 'utf8');
    return log.slice(log.indexOf('\n!')).slice(0, 500);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
