import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { renderLatex } from '../../../../src/derive/document/latex.ts';
import type { DerivationDocument } from '../../../../src/derive/document/model.ts';
import { renderTypst } from '../../../../src/derive/document/typst.ts';
import { compileTypst } from '../../../../src/node/pdf.ts';
import { requireOrSkip } from '../../../require.ts';
import { compileLatex } from '../../../support/compile-latex.ts';
import { pdflatexFound } from '../../../support/latex.ts';
import { typstFound } from '../../../support/typst.ts';
import { CASES, documentOf, RESULTS } from '../cases.ts';

const latexRuns = requireOrSkip('latex', pdflatexFound, 'no pdflatex on the path');
const poppler = spawnSync('pdftotext', ['-v']).status === 0;
requireOrSkip('poppler', poppler, 'no pdftotext on the path');

/** All results in general, and one on each file: not Theorem 4 again, which is long. */
const PAIRS: readonly (readonly [result: string, file?: string])[] = [
  ...RESULTS.map((result) => [result] as const),
  ...CASES.flatMap(([file, ...results]) => {
    const result = results.find((each) => each !== 'theorem-4');
    return result === undefined ? [] : [[result, file] as const];
  }),
];

const all = async (): Promise<readonly (readonly [string, DerivationDocument])[]> =>
  Promise.all(
    PAIRS.map(async ([result, file]) => [`${result} ${file ?? ''}`, await documentOf(result, file)] as const),
  );

test('all results, and ten instances and more', () => {
  expect(RESULTS.length).toBe(14);
  expect(PAIRS.length).toBeGreaterThanOrEqual(RESULTS.length + 10);
});

describe.runIf(latexRuns)('LaTeX', () => {
  test('fragments of all documents compile together, without an error and without a wide box', async () => {
    const documents = await all();
    const files = Object.fromEntries(
      documents.map(([, document], i) => [`part-${i}.tex`, renderLatex(document, { fragment: true })]),
    );
    // A result appears in general and on instances: each in a document has labels of its own, so references are not looked at.
    const main = [
      '\\documentclass[11pt,a4paper]{article}\\usepackage{amsmath,amssymb}\\usepackage[hidelinks]{hyperref}',
      '\\setlength{\\textwidth}{160mm}\\begin{document}',
      ...documents.map((_, i) => `\\input{part-${i}.tex}`),
      '\\end{document}',
    ].join('\n');
    const { errors, overfull, read } = compileLatex({ ...files, 'main.tex': main });
    expect(errors).toEqual([]);
    expect(read).toEqual([]);
    expect(overfull.filter((points) => points > 3)).toEqual([]);
  }, 240_000);

  test('a whole document is an article of its own, and its references are all defined', async () => {
    for (const [result, file] of [['theorem-1'], ['theorem-2', 'examples/saddle.json']] as const) {
      const source = renderLatex(await documentOf(result, file));
      expect(source).toMatch(/^\\documentclass/);
      expect(
        [...source.matchAll(/\\usepackage(?:\[[a-z]+\])?\{([a-z,]+)\}/g)].map(([, names]) => names),
      ).toEqual(['amsmath,amssymb', 'color', 'hyperref']);
      const { errors, overfull, undefinedReferences } = compileLatex({ 'main.tex': source }, 2);
      expect(errors).toEqual([]);
      expect(overfull).toEqual([]);
      expect(undefinedReferences).toBe(0);
    }
  }, 120_000);

  test('a fragment fits in a column: TeX breaks its lines again', async () => {
    const fragment = renderLatex(await documentOf('theorem-2'), { fragment: true });
    expect(fragment).not.toMatch(/\\(documentclass|usepackage|begin\{document\})/);
    expect(fragment).toContain('Needs amsmath, amssymb and hyperref');
    expect(
      [...fragment.matchAll(/\\everyminlabel\{([^}]*)\}/g)].every(([, l]) =>
        l!.startsWith('everymin:theorem-2:'),
      ),
    ).toBe(true);
    const main = `\\documentclass[twocolumn]{article}\\usepackage{amsmath,amssymb,hyperref}\\begin{document}\\input{part.tex}\\end{document}`;
    const { errors, overfull } = compileLatex({ 'part.tex': fragment, 'main.tex': main });
    expect(errors).toEqual([]);
    expect(overfull.filter((points) => points > 40)).toEqual([]);
  }, 120_000);
});

describe.runIf(typstFound)('PDF', () => {
  test('all documents are PDF/UA-1, tagged, without a warning, in fonts that the compiler carries', async () => {
    for (const [name, document] of await all()) {
      const { bytes, pages, warnings } = await compileTypst(renderTypst(document));
      const pdf = Buffer.from(bytes).toString('latin1');
      expect(warnings, name).toEqual([]);
      expect(pages, name).toBeGreaterThan(1);
      expect(pdf.startsWith('%PDF-')).toBe(true);
      expect(pdf, name).toContain('/StructTreeRoot');
      expect(pdf, name).toContain('/Outlines');
      expect(pdf, name).toContain('/Lang (en)');
      expect(pdf, name).not.toMatch(/CreationDate|ModDate|xmp:CreateDate/);
      const fonts = [...pdf.matchAll(/\/FontName \/[A-Z]{6}\+([^\s/]+)/g)].map(([, font]) => font!);
      expect(fonts.length, name).toBeGreaterThan(3);
      expect(
        fonts.filter((font) => !/^NewCM(10|Math)-/.test(font)),
        name,
      ).toEqual([]);
    }
  }, 240_000);

  test('two runs give the same bytes', async () => {
    const document = await documentOf('theorem-2', 'examples/saddle.json');
    const [first, second] = [
      await compileTypst(renderTypst(document)),
      await compileTypst(renderTypst(document)),
    ];
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
  });

  test('premises are links to their steps', async () => {
    const source = renderTypst(await documentOf('theorem-1'));
    const labels = new Set([...source.matchAll(/ <(a\d+)>$/gm)].map(([, label]) => label));
    const links = [...source.matchAll(/#link\(<(a\d+)>\)\[([^\]]*)\]/g)];
    expect(links.filter(([, , words]) => words === 'T1\\.2').length).toBeGreaterThan(0);
    expect(links.filter(([, to]) => !labels.has(to))).toEqual([]);
    const { bytes } = await compileTypst(source);
    const pdf = Buffer.from(bytes).toString('latin1');
    expect((pdf.match(/\/Subtype \/Link/g) ?? []).length).toBeGreaterThanOrEqual(links.length);
  });
});

describe('what is printed of a small result', () => {
  test.each([
    ['tex', (document: DerivationDocument) => renderLatex(document, { fragment: true })],
    ['typ', renderTypst],
  ] as const)('as .%s', async (ending, render) => {
    const output = render(await documentOf('lemma-2')).replace(
      /everymin \d+\\?\.\d+\\?\.\d+/g,
      'everymin VERSION',
    );
    await expect(output).toMatchFileSnapshot(`golden/lemma-2.${ending}`);
  });
});
