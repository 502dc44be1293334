import { describe, expect, it } from 'vitest';
import { Library } from '../../proofs/index.ts';
import { closed } from '../../proofs/support/step.ts';
import { mutate, unused } from './mutants.ts';

describe('Proposition 1', () => {
  it('is proved as stated, closed, on the axioms expected', () => {
    const proof = new Library().prove('proposition-1');
    expect(proof.theorem.conclusion.id).toBe(closed(proof.statement).id);
    expect(proof.theorem.hypotheses).toEqual([]);
    expect(proof.theorem.indices).toEqual([]);
    expect(proof.axioms).toEqual(['AFFINE', 'CHAIN', 'DIRDERIV', 'DLIN', 'FERMAT', 'GRADINEQ', 'RN', 'TRI']);
    expect(proof.foundations).toEqual([
      'EM',
      'INV',
      'MULNONNEG',
      'MULPOS',
      'NATTOTAL',
      'SQRT',
      'SUMLE',
      'TOTAL',
      'VALLT',
    ]);
    expect(proof.results).toEqual([]);
  });

  it('uses each hypothesis but those of PA3', () => {
    expect(unused('proposition-1')).toEqual(['lipschitz', 'lipschitz-gradient', 'lipschitz-hessian']);
  });

  it('survives no mutation but those listed', () => {
    const { mutants, survivors } = mutate('proposition-1');
    expect(mutants).toBeGreaterThan(250);
    expect([...survivors].sort()).toEqual(SURVIVORS.flatMap(([, list]) => list).sort());
  }, 120_000);
});

/** Mutants that are still proofs, by the reason. */
const SURVIVORS: readonly (readonly [why: string, list: readonly string[]])[] = [
  ['the rule finds by calculation what the premise says', ['P1.2h: without premise 3']],
  ['the rule is the same', ['P1.3d: by definition only', 'P1.4d: by definition only']],
  ['the claim says the same: the sign of A_i b at b = 0', ['P1.3d: sign 2']],
  [
    'the premises count alike: equal multipliers',
    [
      'P1.7e: premises swapped',
      'P1.8a: premises swapped',
      'P1.9f: premises swapped',
      'P1.10f: premises swapped',
    ],
  ],
  [
    'the claim says the same: row a of a matrix, read at a = c',
    [
      'P1.10a: index 1',
      'P1.10a: index 2',
      'P1.10b: index 1',
      'P1.10b: index 2',
      'P1.10c: index 1',
      'P1.10d: index 1',
      'P1.10d: index 2',
      'P1.13: index 1',
      'P1.13: index 2',
      'P1.14: index 1',
      'P1.14: index 2',
    ],
  ],
];
