import { describe, expect, it } from 'vitest';
import { Library, ProofError } from '../../proofs/index.ts';
import { closed } from '../../proofs/support/step.ts';
import { parts } from '../../proofs/theorem-4/index.ts';
import { all, and, exists, imp, le, lt, Real } from '../../src/kernel/build.ts';
import { apply, type Term } from '../../src/kernel/term.ts';
import type { Statement } from '../../theorems/result.ts';
import { theorem4 } from '../../theorems/theorem-4.ts';

const library = new Library();
const statement = theorem4.statement();
const refused = (changed: Partial<Statement>) =>
  expect(() => library.check('theorem-4', { statement: { ...statement, ...changed } })).toThrow(ProofError);

describe('Theorem 4', () => {
  it('uses every part, and each part is a closed theorem', () => {
    const used = library.prove('theorem-4').parts;
    expect(used.map(({ id }) => id).sort()).toEqual(parts.map(({ result }) => result.id).sort());
    for (const part of used) {
      expect(part.theorem.conclusion.id).toBe(closed(part.statement).id);
      expect([...part.theorem.hypotheses, ...part.theorem.indices]).toEqual([]);
    }
    expect(library.ids).not.toContain('network-span');
  });

  it('is refused when the conclusion says something else', () => {
    const changed = (make: (ε0: Term, positive: Term, every: Term) => Term) =>
      exists('ε₀', Real, (ε0) => {
        const [positive, every] = apply(statement.conclusion.args[0]!, ε0).args as [Term, Term];
        return make(ε0, positive, every);
      });
    refused({ conclusion: changed((ε0, _, every) => and(lt(ε0, 0), every)) });
    // at ε = ε₀ too
    refused({
      conclusion: changed((ε0, positive, every) =>
        and(
          positive,
          all('ε', Real, (ε) => imp(lt(0, ε), le(ε, ε0), apply(every.args[0]!, ε).args[1]!.args[1]!)),
        ),
      ),
    });
  });
});
