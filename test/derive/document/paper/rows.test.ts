import { describe, expect, test } from 'vitest';
import { latexRow, latexWriter } from '../../../../src/derive/document/paper/latex-rows.ts';
import {
  breakRow,
  INDENT,
  type Row,
  type Writer,
  writeRow,
} from '../../../../src/derive/document/paper/rows.ts';
import { typstRow, typstWriter } from '../../../../src/derive/document/paper/typst-rows.ts';
import { everyProof } from '../../../support/claims.ts';

const formulas = everyProof().flatMap(({ claims }) => claims.map(({ formula }) => formula));
const distinct = [...new Map(formulas.map((formula) => [formula.text, formula])).values()];

const FORMATS: readonly (readonly [
  name: 'latex' | 'typst',
  read: (source: string, text: string) => Row,
  writer: Writer,
])[] = [
  ['latex', latexRow, latexWriter],
  ['typst', typstRow, typstWriter],
];

/** Without spaces, sizes of delimiters and escapes of delimiters: what a break may change. */
const bare = (source: string): string =>
  source
    .replace(/\\[bB]igg?[lr](?![a-z])/g, '')
    .replace(/\\(?=[()[\]{}])/g, '')
    .replace(/\s/g, '');

describe.each(FORMATS)('%s formulas in lines', (name, read, writer) => {
  test('every claim is understood', () => {
    expect(distinct.length).toBeGreaterThan(800);
    for (const formula of distinct) {
      const row = read(formula[name], formula.text);
      const whole = row.length === 1 && row[0]!.kind === 'atom' && formula.text.length > 40;
      expect(whole && !/^(\\text|")/.test(formula[name]), formula.text).toBe(false);
    }
  });

  test.each([60, 38, 20, 8])('nothing is lost or moved at %i em', (width) => {
    let several = 0;
    for (const formula of distinct) {
      const row = read(formula[name], formula.text);
      const lines = breakRow(row, width, writer);
      if (lines.length > 1) several += 1;
      expect(bare(lines.map(({ source }) => source).join(''))).toBe(bare(writeRow(row, writer)));
    }
    expect(several).toBeGreaterThan(20);
  });

  test('what fits is one line, and lines are about as long as asked', () => {
    let long = 0;
    for (const formula of distinct) {
      const row = read(formula[name], formula.text);
      expect(breakRow(row, 10_000, writer)).toHaveLength(1);
      for (const { indent, width } of breakRow(row, 38, writer)) if (indent * INDENT + width > 42) long += 1;
    }
    expect(long).toBeLessThan(distinct.length / 100);
  });

  const strange = ['x)', '(x', '\\', '_', '^', '$x$', '#x', 'a_'];
  const own = name === 'latex' ? ['{', '}', '\\left(x', '\\text{', 'x_'] : ['"', 'frac(1', '‖x', 'x_(', '"a'];
  test.each([...strange, ...own])('%j is not of ours and becomes text', (source) => {
    const written = writeRow(read(source, 'the text'), writer);
    expect(['\\text{the text}', '"the text"']).toContain(written);
  });
});

test('the layout follows the structure', () => {
  const source =
    '\\forall k \\in \\mathbb{N}.\\; (\\forall l \\in \\mathbb{N}.\\; a = b) \\land c = d \\Rightarrow e = f';
  const lines = breakRow(latexRow(source, ''), 12, latexWriter);
  expect(lines.map(({ indent, source: line }) => `${'  '.repeat(indent)}${line}`)).toEqual([
    '\\forall k \\in \\mathbb{N} .\\;',
    '  ( \\forall l \\in \\mathbb{N} .\\; a = b )',
    '  \\mathrel{\\land} c = d',
    '  \\Rightarrow e = f',
  ]);
});
