/** Compiles whole LaTeX sources with pdflatex, which may run no command; tells what it read. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Compiled {
  /** lines of the log that begin with !, each with what follows */
  readonly errors: readonly string[];
  /** points by which boxes are too wide, widest first */
  readonly overfull: readonly number[];
  readonly undefinedReferences: number;
  /** files that TeX opened for reading, other than those of TeX Live and its own */
  readonly read: readonly string[];
  /** as pdftotext reads it; null where poppler is missing */
  readonly text: string | null;
}

/** `files` by name; `main.tex` is compiled, twice where references have to settle. */
export function compileLatex(files: Readonly<Record<string, string>>, runs = 1): Compiled {
  const folder = mkdtempSync(join(tmpdir(), 'everymin-latex-'));
  try {
    for (const [name, source] of Object.entries(files)) writeFileSync(join(folder, name), source);
    const options = ['-interaction=nonstopmode', '-no-shell-escape', '-recorder', 'main.tex'];
    for (let i = 0; i < runs; i++) spawnSync('pdflatex', options, { cwd: folder });
    const log = readFileSync(join(folder, 'main.log'), 'latin1');
    const recorded = readFileSync(join(folder, 'main.fls'), 'utf8');
    const opened = [...recorded.matchAll(/^INPUT (.*)$/gm)].map(([, path]) => path!);
    const text = spawnSync('pdftotext', ['main.pdf', '-'], { cwd: folder, encoding: 'utf8' });
    return {
      errors: [...log.matchAll(/^!.*\n(?:.*\n){0,6}/gm)].map(([found]) => found),
      overfull: [...log.matchAll(/^Overfull \\hbox \(([\d.]+)pt/gm)]
        .map(([, points]) => Number(points))
        .sort((a, b) => b - a),
      undefinedReferences: (log.match(/^LaTeX Warning: (?:Reference|Hyper reference).*undefined/gm) ?? [])
        .length,
      read: [...new Set(opened)].filter(
        (path) => !/texmf|texlive/.test(path) && !/^(\.\/)?(main\.(tex|aux|out)|[\w-]+\.tex)$/.test(path),
      ),
      text: existsSync(join(folder, 'main.pdf')) && text.status === 0 ? text.stdout : null,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
