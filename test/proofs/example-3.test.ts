import { describe, expect, it } from 'vitest';
import { Library } from '../../proofs/index.ts';
import { closed } from '../../proofs/support/step.ts';
import { mutate, unused } from './mutants.ts';

describe('Example 3', () => {
  it('is proved as stated, closed, on the axioms expected', () => {
    const proof = new Library().prove('example-3');
    expect(proof.theorem.conclusion.id).toBe(closed(proof.statement).id);
    expect(proof.theorem.hypotheses).toEqual([]);
    expect(proof.theorem.indices).toEqual([]);
    expect(proof.axioms).toEqual(['CHAIN', 'DIRDERIV', 'DLIN', 'GRADINEQ']);
    expect(proof.foundations).toEqual(['EM', 'MULNONNEG', 'SUMLE']);
    expect(proof.results).toEqual(['theorem-1']);
  });

  it('uses each hypothesis', () => {
    expect(unused('example-3')).toEqual([]);
  });

  it('survives no mutation but those listed', () => {
    const { mutants, survivors } = mutate('example-3');
    expect(mutants).toBeGreaterThan(50);
    expect([...survivors].sort()).toEqual(SURVIVORS.flatMap(([, list]) => list).sort());
  }, 120_000);
});

/** Mutants that are still proofs, by the reason. */
const SURVIVORS: readonly (readonly [why: string, list: readonly string[]])[] = [
  [
    'the rule finds by calculation what the premise says',
    ['E3.1: without premise 1', 'E3.7: without premise 2'],
  ],
  ['the cited theorem says the claim, up to definitions', ['E3.3: by definition only']],
  ['the claim says the same: terms multiplied by α_u = 0', ['E3.6: sign 2']],
];
