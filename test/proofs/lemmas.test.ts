import { describe, expect, it } from 'vitest';
import { Library } from '../../proofs/index.ts';
import { forall, imp } from '../../src/kernel/build.ts';
import { resultById } from '../../theorems/index.ts';
import { mutate, unused } from './mutants.ts';

interface Expected {
  readonly axioms: readonly string[];
  readonly foundations: readonly string[];
  readonly results: readonly string[];
  /** hypotheses that the proof does without: findings U of the statements */
  readonly unused: readonly string[];
  /** a lower bound on the number of mutants, and those that are still proofs, by the reason */
  readonly mutants: number;
  readonly survivors: readonly (readonly [why: string, list: readonly string[]])[];
}

const ORDER = ['MULNONNEG', 'SUMLE'];
const SAME_RULE = 'the step is by the definitions, or the cited theorem says the claim up to them';
const SYMMETRIC = 'premises with the same multiplier, in another order';

const expected: Readonly<Record<string, Expected>> = {
  'lemma-0': {
    axioms: ['AFFINE', 'CHAIN', 'DIRDERIV', 'DLIN', 'FERMAT', 'GRADINEQ'],
    foundations: ORDER,
    results: [],
    unused: [],
    mutants: 100,
    survivors: [],
  },
  'lemma-e': {
    axioms: [],
    foundations: ['FINPROD', 'FINSUM', 'INV', 'MULNONNEG', 'MULPOS', 'SQRT', 'TOTAL'],
    results: [],
    unused: ['epsilon'],
    mutants: 140,
    survivors: [
      [
        'both sides have one normal form',
        ['LE.1f: by definition only', 'LE.2f: by definition only', 'LE.3h: by definition only'],
      ],
      ['f(θ − εS_j) − f(θ − εS_j) is 0 as well', ['LE.3h: sign 2']],
      ['the index is reduced to the same one', ['LE.3h: index 1']],
      [
        SYMMETRIC,
        [
          'LE.4h: premises swapped',
          'LE.4n: premises swapped',
          'LE.4o: premises swapped',
          'LE.4r: premises swapped',
        ],
      ],
    ],
  },
  'lemma-1': {
    axioms: [],
    foundations: ['FINSUM'],
    results: [],
    unused: ['epsilon'],
    mutants: 25,
    survivors: [
      ['both sides have one normal form', ['L1.2a: by definition only', 'L1.5: by definition only']],
      ['0 is subtracted', ['L1.2a: sign 1']],
    ],
  },
  'lemma-2': {
    axioms: ['CHAIN', 'DLIN'],
    foundations: ['EM'],
    results: [],
    unused: ['weights'],
    mutants: 20,
    survivors: [[SAME_RULE, ['L2.5: by definition only']]],
  },
  'theorem-1': {
    axioms: ['CHAIN', 'DLIN', 'GRADINEQ'],
    foundations: ['EM', ...ORDER],
    results: ['lemma-2'],
    unused: [],
    mutants: 40,
    survivors: [[SAME_RULE, ['T1.5: by definition only']]],
  },
  'lemma-3': {
    axioms: ['CHAIN', 'DLIN', 'FERMAT', 'TRI'],
    foundations: ['EM', 'MULNONNEG', 'MULPOS', 'SQRT', 'TOTAL'],
    results: ['lemma-2'],
    unused: [],
    mutants: 100,
    survivors: [
      ['the smaller of two', ['L3.3: premises swapped']],
      [SYMMETRIC, ['L3.5: premises swapped', 'L3.7a: premises swapped', 'L3.10: premises swapped']],
      ['‖−εv‖ = ‖εv‖', ['L3.7a: sign 1']],
      [SAME_RULE, ['L3.9: by definition only']],
    ],
  },
  'theorem-2': {
    axioms: ['CHAIN', 'DLIN', 'FERMAT', 'GRADINEQ', 'TRI'],
    foundations: ['EM', 'MULNONNEG', 'MULPOS', 'SQRT', 'SUMLE', 'TOTAL'],
    results: ['lemma-3'],
    unused: [],
    mutants: 90,
    survivors: [
      ['θ − ε0 = θ + ε0', ['T2.5e: sign 2']],
      [SAME_RULE, ['T2.5f: by definition only']],
    ],
  },
};

describe.each(Object.entries(expected))('%s', (id, e) => {
  it('is proved as it is stated in theorems/, closed, on the axioms expected', () => {
    const proof = new Library().prove(id);
    const { context, setting, hypotheses, conclusion } = resultById(id)!.statement();
    const all = [...setting, ...hypotheses].map((h) => h.term);
    const statement = forall(
      context,
      all.reduceRight((rest, h) => imp(h, rest), conclusion),
    );
    expect(proof.theorem.conclusion.id).toBe(statement.id);
    expect(proof.theorem.hypotheses).toEqual([]);
    expect(proof.theorem.indices).toEqual([]);
    expect(proof.axioms).toEqual(e.axioms);
    expect(proof.foundations).toEqual(e.foundations);
    expect(proof.results).toEqual(e.results);
  });

  it('has steps that read: an id, a sentence, and premises that came before', () => {
    const { steps, results, statement } = new Library().prove(id);
    const known = new Set([
      ...results,
      ...statement.setting.map((h) => h.id),
      ...statement.hypotheses.map((h) => h.id),
    ]);
    expect(steps.length).toBeGreaterThan(5);
    for (const step of steps) {
      expect(step.reason.length).toBeGreaterThan(5);
      for (const premise of step.premises) expect(known, `${step.id} from ${premise}`).toContain(premise);
      expect(known).not.toContain(step.id);
      known.add(step.id);
      expect(step.claim.id).toBe(step.theorem.conclusion.id);
    }
    expect(steps.at(-1)!.kind).toBe('conclusion');
  });

  it('uses each hypothesis but those listed', () => {
    expect(unused(id)).toEqual(e.unused);
  });

  it('survives no mutation but those listed', () => {
    const { mutants, survivors } = mutate(id);
    expect(mutants).toBeGreaterThanOrEqual(e.mutants);
    expect([...survivors].sort()).toEqual(e.survivors.flatMap(([, list]) => list).sort());
  }, 120_000);
});
