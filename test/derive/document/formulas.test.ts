import { describe, expect, test } from 'vitest';
import { symbol } from '../../../src/derive/document/formulas.ts';
import {
  add,
  apply,
  lambda,
  le,
  lt,
  mul,
  natAdd,
  not,
  op,
  sub,
  type Term,
  variable,
} from '../../../src/kernel/build.ts';
import { Printer } from '../../../src/kernel/print.ts';
import { textStyle } from '../../../src/kernel/print-text.ts';
import { requireOrSkip } from '../../require.ts';
import { everyProof, LANGUAGES } from '../../support/claims.ts';
import { latexError, pdflatexFound } from '../../support/latex.ts';
import { readMathml } from '../../support/mathml.ts';
import { typstError, typstFound } from '../../support/typst.ts';

const latexRuns = requireOrSkip('latex', pdflatexFound, 'no pdflatex on the path');
const proofs = everyProof();
const formulas = proofs.flatMap(({ claims, sorts }) => [...claims.map(({ formula }) => formula), ...sorts]);
const distinct = (language: (typeof LANGUAGES)[number]): readonly string[] => [
  ...new Set(formulas.map((formula) => formula[language])),
];

describe('every claim of every proof', () => {
  test('is read: fourteen results and their parts', () => {
    expect(proofs.length).toBe(39);
    expect(formulas.length).toBeGreaterThan(2000);
  });

  test('text is what reports and explanations print', () => {
    for (const { proof, claims } of proofs.filter(({ proof: { id } }) => /^theorem/.test(id))) {
      const { context, setting, hypotheses, conclusion, abbreviations } = proof.statement;
      const terms = [context, [...setting, ...hypotheses].map(({ term }) => term), conclusion].flat();
      const steps = proof.steps.flatMap((step) => [
        step.claim,
        ...step.introduces.map(({ variable }) => variable),
        ...(step.split?.cases ?? []),
        ...step.cites.flatMap(({ at }) => at),
      ]);
      const printer = new Printer(textStyle, [...terms, ...steps], abbreviations);
      for (const { term, formula } of claims) expect(printer.print(term)).toBe(formula.text);
    }
  });

  test('names no constructor of the kernel', () => {
    for (const { text } of formulas) {
      expect(text).not.toMatch(/\b(inl|inr|pair|sigma|unpair|unsigma|join|delta|partial|val|index)\(/);
    }
  });

  test.runIf(latexRuns)('compiles in LaTeX', { timeout: 60_000 }, () => {
    for (const latex of distinct('latex')) expect(latex).toMatch(/^[\u0020-\u007e]+$/);
    expect(latexError(distinct('latex'))).toBeNull();
  });

  test.runIf(typstFound)('compiles in Typst', { timeout: 60_000 }, () => {
    expect(typstError(distinct('typst'))).toBeNull();
  });

  test('is MathML Core, rightly nested, and reads as the text does', () => {
    // Indices stand before exponents and a sum is ∑: the letters and digits are the same, in another order.
    const letters = (text: string): string =>
      [...text.normalize('NFD').replace(/[₀-₉]/g, digit).replaceAll('∑', 'Σ')]
        .filter((c) => /[\p{L}\p{Nd}]/u.test(c))
        .sort()
        .join('');
    for (const { text, mathml } of formulas) expect(letters(readMathml(mathml).text)).toBe(letters(text));
  });

  test('marks each symbol of a context with one id, and different symbols with different ids', () => {
    for (const { proof, formulas: of } of proofs) {
      const ids = proof.statement.context.map((x) => readMathml(of.formula(x).mathml).symbols);
      expect(ids.every((each) => each.length === 1)).toBe(true);
      expect(new Set(ids.flat()).size).toBe(ids.length);
    }
  });
});

const digit = (c: string): string => String(c.codePointAt(0)! - 0x2080);

/**
 * Claims that read alike: sums of naturals are written without parentheses, so what says that they may be regrouped is
 * invisible.
 */
const ALIKE = ['network-outside T4.1q, network-outside T4.1r'];

describe('different claims', () => {
  test.each(LANGUAGES)('of one proof read differently in %s', (language) => {
    const alike: string[] = [];
    for (const { claims } of proofs) {
      const before = new Map<string, (typeof claims)[number]>();
      for (const claim of claims) {
        const other = before.get(claim.formula[language]);
        if (other && other.term.id !== claim.term.id) alike.push(`${other.where}, ${claim.where}`);
        else before.set(claim.formula[language], claim);
      }
    }
    expect(alike).toEqual(ALIKE);
  });
});

describe('mutation', () => {
  /** The same term with one thing changed: a quantifier, a connective, a relation, a number, a summand, an argument. */
  const mutants = (t: Term): readonly Term[] => {
    if (t.kind === 'number') return t.sort.kind === 'Real' ? [add(t, 1)] : [natAdd(t, 1)];
    if (t.kind === 'lambda') {
      const z = variable('mutated', t.sort.domain!);
      return mutants(apply(t, z)).map((changed) => lambda(z, changed));
    }
    if (t.kind !== 'operation') return [];
    const inside = t.args.flatMap((each, k) =>
      ['and', 'or', 'imp', 'forall', 'exists', 'eq', 'le', 'lt', 'add', 'mul', 'sum'].includes(t.name)
        ? mutants(each).map((changed) => op(t.name, ...t.args.with(k, changed)))
        : [],
    );
    const [a, b] = t.args as readonly [Term, Term];
    const own: Readonly<Record<string, () => readonly Term[]>> = {
      forall: () => [op('exists', a)],
      exists: () => [op('forall', a)],
      and: () => [op('or', a, b), a, b],
      imp: () => [op('imp', b, a), b],
      eq: () => (a.sort.kind === 'Real' ? [le(a, b), not(t)] : [not(t)]),
      le: () => [lt(a, b), le(b, a)],
      lt: () => [le(a, b), lt(b, a)],
      add: () => [mul(a, b), sub(a, b)],
      mul: () => [add(a, b)],
    };
    return [...(own[t.name]?.() ?? []), ...inside];
  };

  test('what is changed in a claim is seen in every language', () => {
    let tried = 0;
    for (const { proof, claims, formulas } of everyProof()) {
      if (!/^(lemma-0|theorem-[12]|network-line)$/.test(proof.id)) continue;
      for (const { term, where, formula } of claims) {
        for (const changed of mutants(term)) {
          if (changed.id === term.id) continue;
          tried++;
          const after = formulas.formula(changed);
          for (const language of LANGUAGES) expect(after[language], where).not.toBe(formula[language]);
        }
      }
    }
    expect(tried).toBeGreaterThan(300);
  });
});

describe('a symbol that is no term', () => {
  test('has its indices in every language', () => {
    expect(symbol('S', [], ['2'])).toEqual({
      text: 'S^(2)',
      latex: 'S^{(2)}',
      typst: 'S^((2))',
      mathml:
        '<msup><mi>S</mi><mrow><mo stretchy="false">(</mo><mn>2</mn><mo stretchy="false">)</mo></mrow></msup>',
    });
    expect(symbol('α_w', ['i', 'j'], [], 'coefficients').mathml).toBe(
      '<msub><mi data-symbol="coefficients">α</mi><mrow><mi>w</mi><mi>i</mi><mi>j</mi></mrow></msub>',
    );
  });
});
