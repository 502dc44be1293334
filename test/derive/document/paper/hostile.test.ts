import { beforeAll, describe, expect, test } from 'vitest';
import { symbol } from '../../../../src/derive/document/formulas.ts';
import { renderLatex } from '../../../../src/derive/document/latex.ts';
import type { DerivationDocument } from '../../../../src/derive/document/model.ts';
import { COVERED, isCovered } from '../../../../src/derive/document/paper/typst-characters.ts';
import { renderTypst } from '../../../../src/derive/document/typst.ts';
import { compileTypst, TypstMissing } from '../../../../src/node/pdf.ts';
import { requireOrSkip } from '../../../require.ts';
import { compileLatex } from '../../../support/compile-latex.ts';
import { pdflatexFound } from '../../../support/latex.ts';
import { typstFound } from '../../../support/typst.ts';
import { documentOf } from '../cases.ts';
import { hostileCopy, TRAPS } from './hostile.ts';

const latexRuns = requireOrSkip('latex', pdflatexFound, 'no pdflatex on the path');
const NAMES = [
  'x"#eval(1)',
  '\\input{x}',
  '$',
  '漢',
  'a_b_c',
  '#',
  'θ̃',
  'ab^c',
  '"',
  '\\',
  '}',
  ']',
  '🦄',
  'x y',
  '\u0000',
];

let documents: readonly DerivationDocument[];
beforeAll(async () => {
  const found = [
    await documentOf('lemma-2', 'examples/kink.json'),
    await documentOf('theorem-1', 'examples/exact.json'),
  ];
  const named = NAMES.map((name, i) => ({
    id: `n${i}`,
    kind: 'free' as const,
    parts: [],
    formula: symbol(name, [], []),
    sort: symbol('S', [name], [name]),
    meaning: [{ kind: 'math' as const, formula: symbol(name, ['i'], ['l']) }],
    definition: symbol(name, [name], []),
  }));
  const withNames = found.map((document) => ({ ...document, symbols: [...document.symbols, ...named] }));
  // From several places, so that each field meets several traps.
  const [small, large] = withNames;
  documents = [...[0, 5, 11].map((from) => hostileCopy(small!, from)), hostileCopy(large!, 3)];
}, 60_000);

test('the traps reach every field', () => {
  expect(TRAPS.length).toBeGreaterThan(20);
  const [first] = documents;
  expect(TRAPS).toContain(first!.result.title);
  expect(TRAPS).toContain(first!.verdict!.obligations[0]!.detail);
});

describe.runIf(latexRuns)('LaTeX of hostile documents', () => {
  test('compiles, reads no file, and shows what was typed', () => {
    for (const document of documents) {
      const { errors, read, text } = compileLatex({ 'main.tex': renderLatex(document) });
      expect(errors).toEqual([]);
      expect(read).toEqual([]);
      if (text === null) continue;
      const shown = text.replace(/\s/g, '');
      expect(shown).toContain('input{/etc/passwd}');
      expect(shown).toContain('#eval(');
      expect(shown).not.toMatch(/root:|daemon:/);
      expect(shown).toContain('[U+202E]');
      expect(shown).toContain('[U+6F22]');
    }
  }, 120_000);
});

describe.runIf(typstFound)('Typst of hostile documents', () => {
  test('compiles as PDF/UA-1 without a warning, and runs nothing', async () => {
    for (const document of documents) {
      const source = renderTypst(document);
      const { warnings, pages } = await compileTypst(source);
      expect(warnings).toEqual([]);
      expect(pages).toBeGreaterThan(1);
      // Outside string literals no # stands before a name that we do not call.
      const markup = source.replace(/\\.|"(?:[^"\\]|\\.)*"/gs, ' ');
      expect(markup.length).toBeGreaterThan(1000);
      const called = new Set([...markup.matchAll(/#([a-z.]+)/g)].map(([, name]) => name!));
      expect([...called].filter((name) => /eval|read|include|panic|import|plugin/.test(name))).toEqual([]);
    }
  }, 120_000);

  test('every character that is said to have a glyph has one', async () => {
    expect(COVERED.length).toBeGreaterThan(20);
    const points = COVERED.flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, i) => first + i),
    );
    expect(points.length).toBeGreaterThan(2000);
    // A mark stands on a letter.
    const words = points.map((code) => `x\\u{${code.toString(16)}}x`).join(' ');
    const head = renderTypst(documents[0]!).split('#let eq')[0]!;
    const source = `${head}\n${words}\n\n#strong[${words}]\n\n#emph[${words}]`;
    await expect(compileTypst(source)).resolves.toMatchObject({ warnings: [] });
    // The compiler does refuse one that has none.
    expect(isCovered(0x6f22)).toBe(false);
    await expect(compileTypst(`${head}\n漢`)).rejects.toThrow(/could not be displayed/);
  }, 60_000);

  test('a wrong source is refused with what the compiler says', async () => {
    await expect(compileTypst('#nothing-of-this-name')).rejects.toThrow(/unknown variable/);
  });
});

test('where the compiler is missing, one sentence says so and what to do', async () => {
  const missing = compileTypst('x', async () => {
    throw new Error("Cannot find package '@myriaddreamin/typst-ts-node-compiler'\nand a stack");
  });
  await expect(missing).rejects.toThrow(TypstMissing);
  await expect(missing).rejects.toThrow(
    /^a PDF needs the optional package @myriaddreamin\/typst-ts-node-compiler, which cannot be loaded \(Cannot find package[^\n]*\): npm install @myriaddreamin\/typst-ts-node-compiler, or ask for --format latex$/,
  );
});
