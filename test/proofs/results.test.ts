import { describe, expect, it } from 'vitest';
import { Library } from '../../proofs/index.ts';
import { forall, imp } from '../../src/kernel/build.ts';
import { Theorem } from '../../src/kernel/theorem.ts';
import { resultById } from '../../theorems/index.ts';

interface Expected {
  readonly axioms: readonly string[];
  readonly foundations: readonly string[];
  readonly results: readonly string[];
}

const ORDER = ['MULNONNEG', 'SUMLE'];

const expected: Readonly<Record<string, Expected>> = {
  'lemma-0': {
    axioms: ['AFFINE', 'CHAIN', 'DIRDERIV', 'DLIN', 'FERMAT', 'GRADINEQ'],
    foundations: ORDER,
    results: [],
  },
  'lemma-e': {
    axioms: [],
    foundations: ['FINPROD', 'FINSUM', 'INV', 'MULNONNEG', 'MULPOS', 'SQRT', 'TOTAL'],
    results: [],
  },
  'lemma-1': {
    axioms: [],
    foundations: ['FINSUM'],
    results: [],
  },
  'lemma-2': {
    axioms: ['CHAIN', 'DLIN'],
    foundations: ['EM'],
    results: [],
  },
  'theorem-1': {
    axioms: ['CHAIN', 'DLIN', 'GRADINEQ'],
    foundations: ['EM', ...ORDER],
    results: ['lemma-2'],
  },
  'lemma-3': {
    axioms: ['CHAIN', 'DLIN', 'FERMAT', 'TRI'],
    foundations: ['EM', 'MULNONNEG', 'MULPOS', 'SQRT', 'TOTAL'],
    results: ['lemma-2'],
  },
  'theorem-2': {
    axioms: ['CHAIN', 'DLIN', 'FERMAT', 'GRADINEQ', 'TRI'],
    foundations: ['EM', 'MULNONNEG', 'MULPOS', 'SQRT', 'SUMLE', 'TOTAL'],
    results: ['lemma-3'],
  },
  'example-1': {
    axioms: ['AFFINE', 'CHAIN', 'DIRDERIV', 'DLIN', 'GRADINEQ'],
    foundations: ['EM', ...ORDER],
    results: ['theorem-1'],
  },
  'example-2': {
    axioms: ['AFFINE', 'CHAIN', 'DIRDERIV', 'DLIN', 'GRADINEQ'],
    foundations: [
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
    ],
    results: ['example-1'],
  },
  'example-3': {
    axioms: ['CHAIN', 'DIRDERIV', 'DLIN', 'GRADINEQ'],
    foundations: ['EM', ...ORDER],
    results: ['theorem-1'],
  },
  'proposition-1': {
    axioms: ['AFFINE', 'CHAIN', 'DIRDERIV', 'DLIN', 'FERMAT', 'GRADINEQ', 'RN', 'TRI'],
    foundations: ['EM', 'INV', 'MULNONNEG', 'MULPOS', 'NATTOTAL', 'SQRT', 'SUMLE', 'TOTAL', 'VALLT'],
    results: [],
  },
  'theorem-3': {
    axioms: ['CHAIN', 'DIRDERIV', 'DLIN', 'FERMAT', 'GRADINEQ', 'RN', 'TRI'],
    foundations: ['EM', 'FINSUM', 'INV', 'MULNONNEG', 'MULPOS', 'SQRT', 'SUMLE', 'TOTAL'],
    results: ['theorem-2', 'lemma-1'],
  },
  'theorem-4': {
    axioms: ['CHAIN', 'DIRDERIV', 'DLIN', 'FERMAT', 'GRADINEQ', 'RN', 'TRI'],
    foundations: [
      'ANTISYM',
      'DELTA',
      'EM',
      'FINSUM',
      'IND',
      'INV',
      'MULNONNEG',
      'MULPOS',
      'NATDIFF',
      'NATTOTAL',
      'SQRT',
      'SUMLE',
      'TOTAL',
      'VALINJ',
      'VALLT',
      'VALSURJ',
    ],
    results: ['theorem-2', 'lemma-1'],
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
    expect(Theorem.is(proof.theorem)).toBe(true);
    expect(proof.theorem.conclusion.id).toBe(statement.id);
    expect(proof.theorem.hypotheses).toEqual([]);
    expect(proof.theorem.indices).toEqual([]);
    expect(proof.axioms).toEqual(e.axioms);
    expect(proof.foundations).toEqual(e.foundations);
    expect(proof.results).toEqual(e.results);
  });
});
