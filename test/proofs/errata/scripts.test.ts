import { describe, expect, test } from 'vitest';
import { blockFormula } from '../../../proofs/errata/block-formula.ts';
import { cut } from '../../../proofs/errata/blocks.ts';
import { erratumScripts, type Run, runErratumScript, runScript } from '../../../proofs/errata/index.ts';
import { normBound } from '../../../proofs/errata/norm-bound.ts';
import { Library } from '../../../proofs/index.ts';
import { script } from '../../../proofs/support/script.ts';
import type { Draft } from '../../../proofs/support/step.ts';
import {
  calculation,
  definition,
  fixing,
  linearly,
  logic,
  substitution,
} from '../../../proofs/support/tactics.ts';
import { Evaluator } from '../../../src/arithmetic/evaluate.ts';
import type { Meaning } from '../../../src/arithmetic/meaning.ts';
import { bearsOut, refusalsOf, scriptReport } from '../../../src/check/errata/script.ts';
import { rationalArithmetic } from '../../../src/exact/rational-arithmetic.ts';
import { apply, Fin, Nat, nat, natAdd, type Term, variable } from '../../../src/kernel/build.ts';
import { printText } from '../../../src/kernel/print-text.ts';
import { Rational } from '../../../src/kernel/rational.ts';
import { erratumById } from '../../../theorems/errata.ts';

const printed = (id: string): Run => runErratumScript(id)!.printed;
const PRINTED = { blocks: 'printed', σ: 'coordinatewise' } as const;

describe('each script of an erratum', () => {
  test.each(erratumScripts.map((each) => [each.erratum, each] as const))('%s', (id, each) => {
    expect(erratumById(id)).toBeDefined();
    const { printed, right, mended } = runErratumScript(id)!;
    expect(printed.refused).toBeDefined();
    expect(printed.steps.length).toBeGreaterThan(1);
    expect(right.refused).toBeUndefined();
    // the same lines in the same order, up to the refused one and there
    const lines = right.steps.map((step) => step.id);
    expect(lines.slice(0, printed.steps.length)).toEqual(printed.steps.map((step) => step.id));
    expect(lines[printed.steps.length]).toBe(printed.refused!.step);
    expect(mended!.rule).toBe(printed.refused!.tactic);
    // the library accepts and refuses the same
    const of = (made: typeof each.right) => new Library([made()]).prove(made().result.id);
    const proof = of(each.right);
    expect([proof.theorem.hypotheses, proof.theorem.indices, proof.results]).toEqual([[], [], []]);
    expect(() => of(each.printed)).toThrow(`${each.printed().result.id}, ${printed.refused!.step}: `);
  });

  test('an erratum without one has none', () => {
    expect(runErratumScript('erratum-10')).toBeUndefined();
    expect(scriptReport('erratum-10')).toBeUndefined();
    expect(refusalsOf([{ id: 'erratum-10' }])).toEqual([]);
  });
});

describe('the refused lines', () => {
  test('erratum 1: ξ = 0, of which J W remains', () => {
    const { steps, refused } = printed('erratum-1');
    expect(steps.map(({ id }) => id)).toEqual(['A.5.1', 'A.5.2', 'A.5.3', 'A.5.4']);
    expect(refused).toMatchObject({ step: 'A.5.5', tactic: 'linear combination', rule: 'linear' });
    expect(refused!.expected).toBe(
      '0 to remain of eq(W(l)(inr(dy, e(natAdd(l, 1)), a))(inl(dy, e(l), b)), 0)',
    );
    const [J, W] = [
      'J(natAdd(1, l))(inr(dy, e(natAdd(1, l)), a))',
      'W(l)(inr(dy, e(natAdd(1, l)), a))(inl(dy, e(l), b))',
    ];
    expect(refused!.received).toBe(`mul(-1, mul(${J}, ${W}))`);
  });

  test('erratum 1: the mended line is the refused one, read with blocks of size n_l for dy', () => {
    const { printed, mended } = runErratumScript('erratum-1')!;
    const [refused, right] = [printText(printed.refused!.claim), printText(mended!.claim)];
    expect(right).not.toBe(refused);
    expect(right.replaceAll(/n_(l|\{l \+ 1\})/g, 'dy')).toBe(refused);
  });

  test('erratum 2: h̃ = σ([ξ B] h) where σ may mix units', () => {
    const { steps, refused } = printed('erratum-2');
    expect(steps.map(({ id }) => id)).toEqual(['A.5.1', 'A.5.2']);
    expect(refused).toMatchObject({ step: 'A.5.3', rule: 'equal', expected: 'one normal form' });
    expect(refused!.received).toMatch(/^σ\(0\)\(\(a ↦ .*\)\(inr\(.*\) and σ\(0\)\(join\(.*\)\(inr\(/);
  });

  test('erratum 3: ‖S‖² ≤ 1, of which 1 − K remains', () => {
    const { steps, refused } = printed('erratum-3');
    expect(steps.map(({ id }) => id)).toEqual(['A.5.a', 'A.5.b', 'A.5.c']);
    expect(refused).toMatchObject({ step: 'A.5.d', rule: 'linear' });
    expect(refused!.expected).toMatch(/^a slack ≥ 0 of le\(sum/);
    expect(refused!.received).toBe('add(1, mul(-1, natToReal(K)))');
  });

  test('erratum 14a: f = (∂_W f) W for the last layer, of which Σ_l W_l h_l − W_H h_H remains', () => {
    const { steps, refused } = printed('erratum-14a');
    expect(steps.map(({ id }) => id)).toEqual(['E3.a', 'E3.b', 'E3.c', 'E3.d']);
    expect(refused).toMatchObject({ step: 'E3.e', rule: 'linear' });
    expect(refused!.expected).toMatch(/^0 to remain of eq\(/);
    // −Σ_i Σ_j θ h + Σ_i Σ_j θ h δ(i, H)
    const product = String.raw`mul\(θ\(inl\(.*\)\), h\(i\)\(i\)\(.*\)\(j\)\)`;
    const all = String.raw`mul\(-1, sum\(\(i ↦ sum\(\(j ↦ ${product}\)\)\)\)\)`;
    const last = String.raw`sum\(\(i ↦ sum\(\(j ↦ mul\(${product}, delta\(i, H\)\)\)\)\)\)`;
    expect(refused!.received).toMatch(new RegExp(`^add\\(${all}, ${last}\\)$`));
  });
});

describe('the refusal of ξ = 0 is no accident of the tactic', () => {
  const library = new Library([blockFormula('printed-block-formula', PRINTED)]);
  const { n, rest } = cut(PRINTED);
  const l = variable('l', Nat);
  const indices = [l, variable('b', Fin(rest(natAdd(l, 1)))), variable('a', Fin(n(l)))];
  const others = [logic, calculation, definition, substitution, linearly(), linearly(-1), linearly(-1, 1)];
  test.each([...others, ...others.map((each) => fixing(indices, each))])(
    '$name does not prove it',
    (tactic) => {
      const intercept = (draft: Draft): Draft => (draft.id === 'A.5.5' ? { ...draft, tactic } : draft);
      expect(() => library.check('printed-block-formula', { intercept })).toThrow(
        'printed-block-formula, A.5.5: ',
      );
    },
  );

  // H = 2, t = 0, dx = dy = 1, widths 2, every weight 1, x = 1, J = {1, 2}
  const q = (n: number): Rational => new Rational(BigInt(n));
  const q1 = (...row: readonly number[]): readonly Rational[] => row.map(q);
  const net = cut(PRINTED);
  const values: Readonly<Record<string, Meaning<Rational>>> = {
    m: 1,
    s: 1,
    p: 1,
    dy: 1,
    e: (l: number) => (l < 2 ? 1 : 0),
    x: [q1(1)],
    V: [q1(1), q1(1)],
    W: (l: number) => (l === 0 ? [q1(1, 1), q1(1, 1)] : [q1(1, 1)]),
    h: (l: number) => [l === 0 ? q1(1, 1) : q1(2, 2)],
    σ: () => ({ value: (z: readonly Rational[]) => z }),
    J: () => q1(1, 1),
    f: [q1(4)],
    h̃: () => [q1(1)],
    P: () => [q1(1)],
    φ: (l: number) => [q1(l === 0 ? 1 : 0)],
  };
  const evaluator = new Evaluator<Rational>({
    arithmetic: rationalArithmetic,
    rounding: 'exact',
    meaning: ({ name }) => values[name],
    candidates: ({ name, sizes }) =>
      /^z/.test(name) ? [q1(0, 0), q1(0, 1), q1(1, 1)].filter((z) => z.length === sizes[0]) : [],
  });
  /** ∀l ∈ ℕ. l < s ⇒ … and ∀l ∈ ℕ. l ≤ s ⇒ … at l = 0, 1, 2: the others are vacuous. */
  const atLayers = (claim: Term): readonly unknown[] => {
    const overLayers = claim.name === 'forall' && claim.args[0]!.sort.domain!.kind === 'Nat';
    const claims = overLayers ? [0, 1, 2].map((l) => apply(claim.args[0]!, nat(l))) : [claim];
    return claims.map((each) => evaluator.truth(each));
  };

  test('every hypothesis holds on the network 1-2-2-1 with unit weights, and the line is false there', () => {
    const { setting, hypotheses } = net.claim('x').statement();
    let evaluated = 0;
    for (const { id, term } of [...setting, ...hypotheses]) {
      const expected =
        id === 'coordinatewise' ? ['undecided', 'undecided', true] : atLayers(term).map(() => true);
      expect([id, atLayers(term)]).toEqual([id, expected]);
      evaluated++;
    }
    expect(evaluated).toBe(15);
    expect(atLayers(printed('erratum-1').refused!.claim)).toEqual([false, true, true]);
    for (const step of printed('erratum-1').steps) expect(atLayers(step.claim)).not.toContain(false);
  });

  test('4 against 3: the formula at l = 0, 1, 2', () => {
    const sides = [net.lowestFormula, net.formula(nat(0)), net.formula(nat(1))].map((claim) => {
      const [line] = evaluator.sides(claim);
      return `${line!.left} ${line!.right}`;
    });
    expect(sides).toEqual(['4 3', '4 3', '4 4']);
  });
});

describe('a script counts only with both', () => {
  const report = scriptReport('erratum-1')!;
  test('borne out', () => {
    expect(bearsOut(report)).toBe(true);
    expect(report.right).toMatchObject({ proved: true, lines: 26 });
    expect(refusalsOf([{ id: 'erratum-1' }])).toEqual([report.refusal]);
  });
  test('not when the printed lines are accepted, or the mend is refused', () => {
    const { refusal: _, ...accepted } = report;
    expect(bearsOut(accepted)).toBe(false);
    expect(bearsOut({ ...report, right: { ...report.right, proved: false } })).toBe(false);
    const { claim: __, ...without } = report.right;
    expect(bearsOut({ ...report, right: without })).toBe(false);
  });
  test('what is no refusal of the kernel is thrown', () => {
    const { result } = normBound('norm-bound', 'right');
    const broken = script(result, () => {
      throw new TypeError('broken');
    });
    expect(() => runScript(broken)).toThrow(TypeError);
    expect(() => runScript(script(result, () => {}))).toThrow(/expected the script to end/);
    const citing = script(result, (p) => void p.cite('theorem-2', [], []));
    expect(() => runScript(citing)).toThrow(/without other results but received theorem-2/);
  });
});
