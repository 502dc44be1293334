import { describe, expect, it } from 'vitest';
import { Library } from '../../proofs/index.ts';
import { closed } from '../../proofs/support/step.ts';
import { mutate, unused } from './mutants.ts';

describe('Example 1', () => {
  it('is proved as stated, closed, on the axioms expected', () => {
    const proof = new Library().prove('example-1');
    expect(proof.theorem.conclusion.id).toBe(closed(proof.statement).id);
    expect(proof.theorem.hypotheses).toEqual([]);
    expect(proof.theorem.indices).toEqual([]);
    expect(proof.axioms).toEqual(['AFFINE', 'CHAIN', 'DIRDERIV', 'DLIN', 'GRADINEQ']);
    expect(proof.foundations).toEqual(['EM', 'MULNONNEG', 'SUMLE']);
    expect(proof.results).toEqual(['theorem-1']);
  });

  it('uses each hypothesis', () => {
    expect(unused('example-1')).toEqual([]);
  });

  it('survives no mutation but those listed', () => {
    const { mutants, survivors } = mutate('example-1');
    expect(mutants).toBeGreaterThan(50);
    expect([...survivors].sort()).toEqual(SURVIVORS.flatMap(([, list]) => list).sort());
  }, 120_000);
});

/** Mutants that are still proofs, by the reason. */
const SURVIVORS: readonly (readonly [why: string, list: readonly string[]])[] = [
  ['the cited theorem says the claim, up to definitions', ['E1.5: by definition only']],
  ['the premises count alike: equal multipliers', ['E1.6c: premises swapped']],
];
