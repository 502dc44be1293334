import { describe, expect, it } from 'vitest';
import { Library, scripts } from '../../proofs/index.ts';
import { closed } from '../../proofs/support/step.ts';
import { True } from '../../src/kernel/build.ts';
import type { Term } from '../../src/kernel/term.ts';
import { deepLinear } from '../../theorems/deep-linear.ts';
import type { Hypothesis } from '../../theorems/result.ts';
import { changesOf, isRefused } from './mutants.ts';

const library = new Library(scripts);
const statement = deepLinear.statement();
const put = (id: string, term: (old: Term) => Term) => {
  const change = (list: readonly Hypothesis[]) =>
    list.map((h) => (h.id === id ? { ...h, term: term(h.term) } : h));
  return { ...statement, setting: change(statement.setting), hypotheses: change(statement.hypotheses) };
};

describe('Deep linear networks without a bottleneck', () => {
  it('every local minimum is global, by Theorem 4 at t = 0', () => {
    const proof = library.prove('deep-linear');
    expect(proof.theorem.conclusion.id).toBe(closed(statement).id);
    expect([...proof.theorem.hypotheses, ...proof.theorem.indices]).toEqual([]);
    expect(proof.results).toContain('theorem-4');
    expect(proof.axioms).toEqual(library.prove('theorem-4').axioms);
  });

  it('needs each hypothesis, the widths in this order', () => {
    const given = [...statement.setting, ...statement.hypotheses];
    expect(given.length).toBe(7);
    for (const { id } of given) {
      expect(isRefused(() => library.check('deep-linear', { statement: put(id, True) }))).toBe(true);
    }
    const around = put('no-bottleneck', (old) => swapped(old));
    expect(isRefused(() => library.check('deep-linear', { statement: around }))).toBe(true);
  });
});

/** ∀l. a ≤ b as ∀l. b ≤ a */
function swapped(claim: Term): Term {
  const change = changesOf(claim).find(({ kind }) => kind === 'dimension')!;
  expect(change.term.id).not.toBe(claim.id);
  return change.term;
}
