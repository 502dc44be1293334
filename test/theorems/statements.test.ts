import { describe, expect, test } from 'vitest';
import { definitionsUsed } from '../../src/derive/legend.ts';
import { forall, imp } from '../../src/kernel/build.ts';
import { notationOf } from '../../src/kernel/notation.ts';
import { Printer } from '../../src/kernel/print.ts';
import { latexStyle } from '../../src/kernel/print-latex.ts';
import { textStyle } from '../../src/kernel/print-text.ts';
import {
  definitionOf,
  definitionRank,
  freeVariables,
  freeVariablesOfSort,
  type Term,
} from '../../src/kernel/term.ts';
import { errataOf } from '../../theorems/errata.ts';
import { type Result, resultById, results } from '../../theorems/index.ts';

/** DESIGN §7, and the names of parts of hypotheses that no instance is asked to decide. */
const OBLIGATIONS = [
  'assumption-1',
  'assumption-2',
  'differentiable',
  'differentiable-nearby',
  'critical',
  'local-minimum',
  'dimensions',
  'locally-linear',
];
const OTHERS = [
  'loss-differentiable',
  'loss-convex',
  'loss-twice-differentiable',
  'lipschitz',
  'lipschitz-gradient',
  'lipschitz-hessian',
  'linear-activations',
  'no-bottleneck',
  'epsilon',
  'perturbations',
  'subspace',
  'member',
  'gradient',
  'width',
  'normalized',
  'distinct',
];
const SETTING = ['weights', 'network', 'coordinatewise', 'model', 'relu'];

const IDS = [
  'assumption-1',
  'assumption-2',
  'deep-linear',
  'example-1',
  'example-2',
  'example-3',
  'lemma-0',
  'lemma-1',
  'lemma-2',
  'lemma-3',
  'lemma-e',
  'proposition-1',
  'proposition-2',
  'theorem-1',
  'theorem-2',
  'theorem-3',
  'theorem-4',
];

/** ∀ context. setting ⇒ hypotheses ⇒ conclusion */
function sentence(result: Result): Term {
  const { context, setting, hypotheses, conclusion } = result.statement();
  const premises = [...setting, ...hypotheses].map((claim) => claim.term);
  return forall(context, imp(...([...premises, conclusion] as unknown as [Term, ...Term[]])));
}

test('the registry holds every result once', () => {
  expect(results.map(({ id }) => id).sort()).toEqual(IDS);
  for (const id of IDS) expect(resultById(id)!.id).toBe(id);
  expect(resultById('theorem-5')).toBeUndefined();
  expect(resultById('constructor')).toBeUndefined();
});

describe.each(IDS)('%s', (id) => {
  const result = resultById(id)!;
  const statement = result.statement();

  test('is a closed sentence over its context', () => {
    expect(freeVariables(sentence(result))).toEqual([]);
    const seen = new Set<number>();
    for (const variable of statement.context) {
      expect(variable.kind).toBe('variable');
      for (const earlier of freeVariablesOfSort(variable.sort)) expect(seen).toContain(earlier.id);
      seen.add(variable.id);
    }
    expect(new Set(statement.context.map(({ name }) => name)).size).toBe(statement.context.length);
    for (const claim of [...statement.setting, ...statement.hypotheses])
      expect(claim.term.sort.kind).toBe('Prop');
    expect(statement.conclusion.sort.kind).toBe('Prop');
  });

  test('uses every variable of its context', () => {
    const claims = [...statement.setting, ...statement.hypotheses].map((claim) => claim.term);
    const used = new Set(
      [...claims, statement.conclusion].flatMap((term) => freeVariables(term).map((x) => x.id)),
    );
    const spare = statement.context.filter((x) => !used.has(x.id)).map((x) => x.name);
    // Both assumptions are stated in the whole setting.
    const allowed: Readonly<Record<string, readonly string[]>> = {
      'assumption-1': ['dθ', 'λ', 'f'],
    };
    expect(spare).toEqual(allowed[id] ?? []);
  });

  test('names its hypotheses as the contract does', () => {
    for (const hypothesis of statement.hypotheses)
      expect([...OBLIGATIONS, ...OTHERS]).toContain(hypothesis.id);
    for (const part of statement.setting) expect(SETTING).toContain(part.id);
    const ids = [...statement.setting, ...statement.hypotheses].map((claim) => claim.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('says where it comes from', () => {
    if (result.source.by === 'paper') {
      expect(result.source.section).toMatch(/^(A|\d)(\.\d)*$/);
      expect(result.source.page).toBeGreaterThanOrEqual(2293);
      expect(result.source.page).toBeLessThanOrEqual(2323);
    } else expect(['lemma-0', 'lemma-e']).toContain(id);
    expect(result.title.length).toBeGreaterThan(20);
    const errata = errataOf(id);
    expect(result.remarks.length + errata.length).toBeGreaterThan(0);
    for (const remark of [...result.remarks, ...errata])
      expect(remark.place.length * remark.text.length).toBeGreaterThan(0);
    // What is false as printed, a gap or a misprint is an erratum, and is said there only.
    for (const { severity } of result.remarks) expect(['U', 'S']).toContain(severity);
    for (const { printed, right } of errata) expect(printed.length * right.length).toBeGreaterThan(0);
  });

  test('rests on definitions that only use earlier ones, each with a notation', () => {
    const terms = [...statement.setting, ...statement.hypotheses].map((claim) => claim.term);
    for (const { name } of definitionsUsed([...terms, statement.conclusion])) {
      expect(notationOf(name)?.meaning).toBeTruthy();
      for (const inner of definitionsUsed([definitionOf(name)!.body])) {
        expect(definitionRank(inner.name)).toBeGreaterThanOrEqual(0);
        expect(definitionRank(inner.name)).toBeLessThan(definitionRank(name));
      }
    }
  });

  test.each([textStyle, latexStyle])('reads as reviewed ($language)', (style) => {
    const claims = [...statement.setting, ...statement.hypotheses];
    const terms = [...statement.context, ...claims.map((claim) => claim.term), statement.conclusion];
    const printer = new Printer(style, terms, statement.abbreviations);
    const lines = [
      ...statement.context.map((x) => `${printer.print(x, 0)} : ${printer.sort(x.sort)}`),
      ...claims.map((claim) => `${claim.id}: ${printer.print(claim.term, 0)}`),
      `conclusion: ${printer.print(statement.conclusion, 0)}`,
    ];
    expect(lines.join('\n')).toMatchSnapshot();
  });
});

describe('LaTeX', () => {
  test('has balanced braces and delimiters, no raw Unicode and no double subscript', () => {
    for (const result of results) {
      const { setting, hypotheses, conclusion, abbreviations } = result.statement();
      const claims = [...[...setting, ...hypotheses].map((claim) => claim.term), conclusion];
      const definitions = definitionsUsed(claims).flatMap(({ symbol, value }) => [symbol, value]);
      for (const term of [...claims, ...definitions]) {
        const latex = new Printer(latexStyle, [term], abbreviations).print(term, 0);
        const plain = latex.replaceAll('\\{', '').replaceAll('\\}', '');
        expect(plain.split('{').length).toBe(plain.split('}').length);
        expect(latex.split('\\left').length).toBe(latex.split('\\right').length);
        expect(latex).toMatch(/^[\u0020-\u007e]*$/);
        expect(latex).not.toMatch(/_\{[^{}]*\}_/);
        expect(latex).not.toMatch(/\^\{[^{}]*\}\^/);
      }
    }
  });
});
