import { describe, expect, it } from 'vitest';
import { Library } from '../../proofs/index.ts';
import { closed } from '../../proofs/support/step.ts';
import { mutate, unused } from './mutants.ts';

describe('Example 2', () => {
  it('is proved as stated, closed, on the axioms expected', () => {
    const proof = new Library().prove('example-2');
    expect(proof.theorem.conclusion.id).toBe(closed(proof.statement).id);
    expect(proof.theorem.hypotheses).toEqual([]);
    expect(proof.theorem.indices).toEqual([]);
    expect(proof.axioms).toEqual(['AFFINE', 'CHAIN', 'DIRDERIV', 'DLIN', 'GRADINEQ']);
    expect(proof.foundations).toEqual([
      'DELTA',
      'EM',
      'FINSUM',
      'IND',
      'INV',
      'MULNONNEG',
      'NATDIFF',
      'SQRT',
      'SUMLE',
      'TOTAL',
      'VALSURJ',
    ]);
    expect(proof.results).toEqual(['example-1']);
  });

  it('uses each hypothesis', () => {
    expect(unused('example-2')).toEqual([]);
  });

  it('survives no mutation but those listed', () => {
    const { mutants, survivors } = mutate('example-2');
    expect(mutants).toBeGreaterThan(200);
    expect([...survivors].sort()).toEqual(SURVIVORS.flatMap(([, list]) => list).sort());
  }, 120_000);
});

/** Mutants that are still proofs, by the reason. */
const SURVIVORS: readonly (readonly [why: string, list: readonly string[]])[] = [
  ['the premises count alike: equal multipliers', ['E2.9f: premises swapped']],
];
