import { describe, expect, it } from 'vitest';
import { type Draft, Library, ProofError } from '../../proofs/index.ts';
import { closed } from '../../proofs/support/step.ts';
import { logic } from '../../proofs/support/tactics.ts';
import { all, and, exists, lt, natLe, Real, True } from '../../src/kernel/build.ts';
import { apply, type Term } from '../../src/kernel/term.ts';
import { assume, Theorem } from '../../src/kernel/theorem.ts';
import type { Statement } from '../../theorems/result.ts';
import { theorem3 } from '../../theorems/theorem-3.ts';
import { mutate, unused } from './mutants.ts';

const library = new Library();
const statement = theorem3.statement();
const refused = (changed: Partial<Statement>) =>
  expect(() => library.check('theorem-3', { statement: { ...statement, ...changed } })).toThrow(ProofError);

describe('Theorem 3', () => {
  it('is proved as stated, closed, on the axioms expected', () => {
    const proof = library.prove('theorem-3');
    expect(Theorem.is(proof.theorem)).toBe(true);
    expect(proof.theorem.conclusion.id).toBe(closed(statement).id);
    expect(proof.theorem.hypotheses).toEqual([]);
    expect(proof.theorem.indices).toEqual([]);
    expect(proof.axioms).toEqual(['CHAIN', 'DIRDERIV', 'DLIN', 'FERMAT', 'GRADINEQ', 'RN', 'TRI']);
    expect(proof.foundations).toEqual([
      'EM',
      'FINSUM',
      'INV',
      'MULNONNEG',
      'MULPOS',
      'SQRT',
      'SUMLE',
      'TOTAL',
    ]);
    expect(proof.results).toEqual(['theorem-2', 'lemma-1']);
  });

  it('says of every step what it rests on', () => {
    const proof = library.prove('theorem-3');
    const own = new Set(proof.steps.flatMap((step) => [step.id]));
    const given = [...statement.setting, ...statement.hypotheses].map((h) => h.id);
    for (const step of proof.steps) {
      expect(step.reason).toMatch(/\.$|,$|…$/);
      for (const premise of step.premises) expect([...own, ...given, ...proof.results]).toContain(premise);
    }
    expect(own.size).toBe(proof.steps.length);
  });

  it('uses each hypothesis', () => {
    expect(unused('theorem-3')).toEqual([]);
  });

  it('is refused when dy ≤ dx is turned around, and does not need dy ≤ dz', () => {
    const dimensions = statement.hypotheses.find((h) => h.id === 'dimensions')!;
    const [x, z] = dimensions.term.args as [Term, Term];
    const [dy, dx] = x.args as [Term, Term];
    const put = (term: Term) => statement.hypotheses.map((h) => (h.id === 'dimensions' ? { ...h, term } : h));
    refused({ hypotheses: put(and(natLe(dx, dy), z)) });
    refused({ hypotheses: put(z) });
    refused({ hypotheses: put(True()) });
    expect(() =>
      library.check('theorem-3', { statement: { ...statement, hypotheses: put(x) } }),
    ).not.toThrow();
  });

  it('holds where rank W = dy or rank W < dx, whatever the dimensions', () => {
    const { steps } = library.prove('theorem-3');
    const weaker = steps.find((step) => step.id === 'T3.10b')!.claim;
    const hypotheses = statement.hypotheses.map((h) => (h.id === 'dimensions' ? { ...h, term: weaker } : h));
    const assumed = (draft: Draft): Draft => ({
      ...draft,
      tactic: { name: 'given', run: () => assume(weaker) },
    });
    const proof = library.check('theorem-3', {
      statement: { ...statement, hypotheses },
      intercept: (draft) => {
        if (draft.id === 'T3.10a') return { ...draft, claim: True(), tactic: logic, premises: [] };
        return draft.id === 'T3.10b' ? assumed(draft) : draft;
      },
    });
    expect(proof.theorem.conclusion.id).toBe(closed({ ...statement, hypotheses }).id);
    expect(proof.axioms).toEqual(['CHAIN', 'DIRDERIV', 'DLIN', 'FERMAT', 'GRADINEQ', 'TRI']);
    // what is assumed must be in the statement
    expect(() =>
      library.check('theorem-3', { intercept: (d) => (d.id === 'T3.10b' ? assumed(d) : d) }),
    ).toThrow(ProofError);
  });

  it('is refused when the conclusion says something else', () => {
    const changed = (make: (ε0: Term, positive: Term, every: Term) => Term) =>
      exists('ε₀', Real, (ε0) => {
        const [positive, every] = apply(statement.conclusion.args[0]!, ε0).args as [Term, Term];
        return make(ε0, positive, every);
      });
    refused({ conclusion: changed((ε0, _, every) => and(lt(ε0, 0), every)) });
    // for every ε < ε₀, negative ones too
    refused({
      conclusion: changed((_, positive, every) =>
        and(
          positive,
          all('ε', Real, (ε) => apply(every.args[0]!, ε).args[1]!),
        ),
      ),
    });
  });

  it('survives no mutation but those listed', () => {
    const { mutants, survivors } = mutate('theorem-3');
    expect(mutants).toBeGreaterThan(200);
    expect([...survivors].sort()).toEqual(SURVIVORS.flatMap(([, list]) => list).sort());
  }, 120_000);
});

/** Mutants that are still proofs, by the reason. */
const SURVIVORS: readonly (readonly [why: string, list: readonly string[]])[] = [
  [
    'the rule finds by calculation what the premise says',
    ['T3.4d: without premise 1', 'T3.4e: without premise 1', 'T3.12: without premise 3'],
  ],
  [
    'the premises count alike: equal multipliers, or the smaller of the two',
    [
      'T3.2c: premises swapped',
      'T3.2h: premises swapped',
      'T3.2l: premises swapped',
      'T3.5f: premises swapped',
      'T3.9b: premises swapped',
    ],
  ],
  ['the claim says the same: ‖−εv‖ = ‖εv‖, θ − ε0 = θ + ε0', ['T3.2l: sign 1', 'T3.2r: sign 1']],
  ['the claim says the same: row a of a matrix, read at a = c', ['T3.9a: index 1', 'T3.9a: index 2']],
  ['the claim says the same: terms multiplied by α = 0', ['T3.12a: sign 2', 'T3.12a: index 1']],
  ['the rule is the same: θ + ε0 is θ by definition', ['T3.2s: by definition only']],
];
