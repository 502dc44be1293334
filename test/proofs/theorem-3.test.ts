import { describe, expect, it } from 'vitest';
import { type Draft, Library, ProofError } from '../../proofs/index.ts';
import { closed } from '../../proofs/support/step.ts';
import { logic } from '../../proofs/support/tactics.ts';
import { all, and, exists, lt, natLe, Real, True } from '../../src/kernel/build.ts';
import { apply, type Term } from '../../src/kernel/term.ts';
import { assume } from '../../src/kernel/theorem.ts';
import type { Statement } from '../../theorems/result.ts';
import { theorem3 } from '../../theorems/theorem-3.ts';

const library = new Library();
const statement = theorem3.statement();
const refused = (changed: Partial<Statement>) =>
  expect(() => library.check('theorem-3', { statement: { ...statement, ...changed } })).toThrow(ProofError);

describe('Theorem 3', () => {
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
});
