import { describe, expect, it } from 'vitest';
import { Library, ProofError } from '../../proofs/index.ts';
import { closed } from '../../proofs/support/step.ts';
import { parts } from '../../proofs/theorem-4/index.ts';
import { all, and, exists, imp, le, lt, Real, True } from '../../src/kernel/build.ts';
import { apply, type Term } from '../../src/kernel/term.ts';
import { Theorem } from '../../src/kernel/theorem.ts';
import type { Statement } from '../../theorems/result.ts';
import { theorem4 } from '../../theorems/theorem-4.ts';
import { quickMutants } from './quick-mutants.ts';

const library = new Library();
const statement = theorem4.statement();
const ids = [...parts.map(({ result }) => result.id), 'theorem-4'];
const refused = (changed: Partial<Statement>) =>
  expect(() => library.check('theorem-4', { statement: { ...statement, ...changed } })).toThrow(ProofError);

describe('Theorem 4', () => {
  it('is proved as stated, closed, on the axioms expected', () => {
    const proof = library.prove('theorem-4');
    expect(Theorem.is(proof.theorem)).toBe(true);
    expect(proof.theorem.conclusion.id).toBe(closed(statement).id);
    expect(proof.theorem.hypotheses).toEqual([]);
    expect(proof.theorem.indices).toEqual([]);
    expect(proof.axioms).toEqual(['CHAIN', 'DIRDERIV', 'DLIN', 'FERMAT', 'GRADINEQ', 'RN', 'TRI']);
    expect(proof.foundations).toEqual([
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
    ]);
    expect(proof.results).toEqual(['theorem-2', 'lemma-1']);
  });

  it('uses every part, and each part is a closed theorem', () => {
    const used = library.prove('theorem-4').parts;
    expect(used.map(({ id }) => id).sort()).toEqual(parts.map(({ result }) => result.id).sort());
    for (const part of used) {
      expect(part.theorem.conclusion.id).toBe(closed(part.statement).id);
      expect([...part.theorem.hypotheses, ...part.theorem.indices]).toEqual([]);
    }
    expect(library.ids).not.toContain('network-span');
  });

  it('says of every step what it rests on, by ids of its own', () => {
    for (const id of ids) {
      const { steps, statement: own } = library.prove(id);
      expect(new Set(steps.map((step) => step.id)).size).toBe(steps.length);
      const known = [...steps, ...own.setting, ...own.hypotheses].map((each) => each.id);
      for (const step of steps) {
        expect(step.reason).toMatch(/\S/);
        for (const premise of step.premises)
          expect([...known, ...ids, 'theorem-2', 'lemma-1']).toContain(premise);
      }
    }
  });

  it('needs each hypothesis', () => {
    const without = (list: Statement['setting'], id: string) =>
      list.map((h) => (h.id === id ? { ...h, term: True() } : h));
    const given = [...statement.setting, ...statement.hypotheses];
    expect(given.length).toBe(7);
    for (const { id } of given) {
      refused({ setting: without(statement.setting, id), hypotheses: without(statement.hypotheses, id) });
    }
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

  it('is refused where a step claims something else, or lacks a premise', () => {
    const { mutants, survivors } = quickMutants(library, ids);
    expect(mutants).toBeGreaterThan(1200);
    expect([...survivors].sort()).toEqual(SURVIVORS.flatMap(([, list]) => list).sort());
  }, 120_000);
});

/** Mutants with which the script is still a proof, by the reason. */
const SURVIVORS: readonly (readonly [why: string, list: readonly string[]])[] = [
  [
    'the rule finds by calculation what the premise says',
    [
      'network-chains, T4.0B: without premise 1',
      'network-coordinates, T4.c15: without premise 1',
      'network-coordinates, T4.c15: without premise 2',
      'network-optimal, T4.13y: without premise 2',
      'network-optimal, T4.14c: without premise 2',
      'network-sets, T4.07: without premise 2',
      'perturbed-sums, E.3c: without premise 2',
    ],
  ],
  [
    'the equations of the claim hold by themselves, whatever is assumed, and the later step finds them',
    ['network-optimal, T4.13t: dimension 1', 'network-optimal, T4.13t: dimension 2'],
  ],
  [
    'the supposition is made for the reader, and not used',
    ['feedforward-coordinates, T4.c24: dimension 1', 'network-sets, T4.01: dimension 1'],
  ],
  ['the claim says the same: Σ_a x_j δ(a, j) = Σ_a x_a δ(a, j)', ['network-span, T4.I7: index 2']],
];
