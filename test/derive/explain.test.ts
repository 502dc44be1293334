import { describe, expect, test } from 'vitest';
import { explain, nearestIds } from '../../src/derive/explain.ts';
import { renderExplanation } from '../../src/derive/render-explanation.ts';
import { displayWidth } from '../../src/derive/report/layout.ts';
import { errata } from '../../theorems/errata.ts';
import { results } from '../../theorems/index.ts';

const explained = results.map(({ id }) => explain(id)!);

test('every result is explained, whole', () => {
  expect(explained.length).toBe(17);
  for (const e of explained) {
    const text = renderExplanation(e);
    expect(text.startsWith(e.label)).toBe(true);
    for (const piece of [e.title, ...e.remarks.map((remark) => remark.place)]) expect(text).toContain(piece);
    const said = text.replaceAll(/\s+/g, ' ');
    for (const { id, title, place } of e.errata) {
      expect(said).toContain(`${id} · ${title} · `);
      expect(said).toContain(place);
    }
    for (const { meaning } of e.symbols) expect(meaning).not.toBe('');
    for (const { meaning } of e.definitions) expect(meaning).not.toBe('');
    expect(e.conclusion.text.length).toBeGreaterThan(10);
  }
});

test('an erratum is listed by id at the result that it concerns, and at no other', () => {
  const listed = explained.flatMap((e) => e.errata.map((erratum) => [erratum.id, e.id]));
  expect(listed.length).toBe(errata.length);
  expect(new Map(listed as [string, string][])).toEqual(
    new Map(errata.map(({ id, result }) => [id, result])),
  );
  expect(explain('theorem-4')!.errata.map(({ id }) => id)).toContain('erratum-1');
  for (const e of explained) {
    const latex = renderExplanation(e, 'latex');
    for (const { id } of e.errata) expect(latex).toContain(id);
  }
});

test('Theorem 1 in text', () => {
  expect(renderExplanation(explain('theorem-1')!)).toMatchSnapshot();
});

test('Theorem 4 in text', () => {
  expect(renderExplanation(explain('theorem-4')!)).toMatchSnapshot();
});

test('every symbol of a legend is defined once, and what it uses comes with it', () => {
  for (const e of explained) {
    const symbols = e.definitions.map(({ symbol }) => symbol.text);
    expect(new Set(symbols).size).toBe(symbols.length);
  }
  const names = explain('theorem-2')!.definitions.map(({ symbol }) => symbol.text);
  expect(names).toContain('L̃_θ(α, ε, S)');
  expect(names).toContain('v ∈ V[θ, ε]');
  expect(names).toContain('‖v‖');
});

describe('formats', () => {
  test('JSON is the data', () => {
    for (const e of explained)
      expect(JSON.parse(renderExplanation(e, 'json'))).toEqual(JSON.parse(JSON.stringify(e)));
  });

  test('lines of text fit the width, and colour only adds escapes', () => {
    for (const e of explained) {
      const plain = renderExplanation(e, 'text', { width: 80 });
      // The title and the source stand on one line each.
      for (const line of plain.split('\n').slice(2)) expect(displayWidth(line)).toBeLessThanOrEqual(80);
      const coloured = renderExplanation(e, 'text', { width: 80, color: true });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes that are taken out
      expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
      expect(coloured).not.toBe(plain);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: no escape without colour
      expect(plain).not.toMatch(/\u001b/);
    }
  });

  test('LaTeX has its environments and dollars in pairs', () => {
    for (const e of explained) {
      const latex = renderExplanation(e, 'latex');
      expect(latex.split('\\begin{').length).toBe(latex.split('\\end{').length);
      expect(latex.replaceAll('\\$', '').split('$').length % 2).toBe(1);
      expect(latex.replaceAll(/\$[^$]*\$|\\\[.*?\\\]/gs, '')).not.toMatch(/(?<!\\)[_^&#%]/);
    }
  });
});

describe('an unknown id', () => {
  test('has no explanation, and near ones', () => {
    expect(explain('thorem-1')).toBeUndefined();
    expect(nearestIds('thorem-1')).toEqual(['theorem-1']);
    expect(nearestIds('Theorem 3')[0]).toBe('theorem-3');
    expect(nearestIds('lema2')[0]).toBe('lemma-2');
    expect(nearestIds('assumption-3')).toEqual(['assumption-1', 'assumption-2']);
    expect(nearestIds('quantum-gravity')).toEqual([]);
    expect(nearestIds('x'.repeat(10_000))).toEqual([]);
    expect(explain('__proto__')).toBeUndefined();
  });
});
