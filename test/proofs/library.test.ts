import { describe, expect, test } from 'vitest';
import { Library, ProofError, prove, script, scripts } from '../../proofs/index.ts';
import { lemma2Proof } from '../../proofs/lemma-2.ts';
import { closed } from '../../proofs/support/step.ts';
import { infimum, linearly, logic, tactic } from '../../proofs/support/tactics.ts';
import { theorem1Proof } from '../../proofs/theorem-1.ts';
import { eq, False, le, Real, real, variable } from '../../src/kernel/build.ts';
import { assume } from '../../src/kernel/theorem.ts';
import { lemma2 } from '../../theorems/lemma-2.ts';
import { theorem1 } from '../../theorems/theorem-1.ts';

const refusal = (run: () => unknown): ProofError => {
  try {
    run();
  } catch (error) {
    if (error instanceof ProofError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
};

test('each script proves its result, and has a name of its own', () => {
  expect(scripts.length).toBeGreaterThanOrEqual(7);
  expect(new Set(scripts.map((s) => s.result.id)).size).toBe(scripts.length);
  for (const { result } of scripts) {
    const proof = prove(result.id);
    expect(proof.theorem.conclusion.id).toBe(closed(result.statement()).id);
    expect(proof.theorem.hypotheses.length + proof.theorem.indices.length).toBe(0);
  }
});

test('results are used in no circle, whatever the order', () => {
  for (const id of [...scripts].reverse().map((s) => s.result.id))
    expect(new Library().prove(id).id).toBe(id);
});

describe('what is refused says where and why', () => {
  test('an unknown result', () => {
    expect(refusal(() => prove('theorem-9')).message).toContain(
      'expected a result with a script but received theorem-9',
    );
  });

  test('two results that use each other', () => {
    const cite = (from: typeof lemma2, to: string) =>
      script(from, (p) => {
        p.cite(to, [], []);
      });
    const library = new Library([cite(lemma2, 'theorem-1'), cite(theorem1, 'lemma-2')]);
    const error = refusal(() => library.prove('lemma-2'));
    expect(error.message).toContain(
      'expected proofs without a circle but received lemma-2 → theorem-1 → lemma-2',
    );
  });

  test('a result that uses itself', () => {
    const library = new Library([script(lemma2, (p) => void p.cite('lemma-2', [], []))]);
    expect(refusal(() => library.prove('lemma-2')).message).toContain('lemma-2 → lemma-2');
  });

  test('a script that stops early', () => {
    const library = new Library([script(lemma2, () => {})]);
    expect(refusal(() => library.prove('lemma-2')).message).toContain(
      'expected the script to end with the statement',
    );
  });

  test('a conclusion from nothing', () => {
    const library = new Library([script(lemma2, (p) => p.qed('L', logic, [], 'Obvious.'))]);
    const error = refusal(() => library.prove('lemma-2'));
    expect(error.result).toBe('lemma-2');
    expect(error.step).toBe('L');
    expect(error.message).toContain('auto: expected a premise that gives');
    expect(error.message).toContain('in the claim forall');
  });

  test('a supposition that is never discharged', () => {
    const library = new Library([
      script(lemma2, (p) => {
        const absurd = p.suppose('S', False(), 'Suppose the worst.');
        p.qed(
          'L',
          tactic('ex falso', (goal) => explode(goal, absurd)),
          [absurd],
          'Anything follows.',
        );
      }),
    ]);
    expect(refusal(() => library.prove('lemma-2')).message).toContain('loose ends');
  });

  test('a tactic that proves something else', () => {
    const x = variable('x', Real);
    const library = new Library([
      script(lemma2, (p) => {
        p.step(
          'S',
          eq(x, 0),
          tactic('wishing', () => assume(eq(x, 1))),
          [],
          'x is 0.',
        );
      }),
    ]);
    const error = refusal(() => library.prove('lemma-2'));
    expect(error.message).toContain('lemma-2, S: convert: expected eq(x, 0) but received eq(x, 1)');
  });

  test('a hypothesis that the statement does not have', () => {
    const library = new Library([script(lemma2, (p) => void p.given('assumption-1'))]);
    expect(refusal(() => library.prove('lemma-2')).message).toContain(
      'expected a hypothesis of the statement',
    );
  });

  test('the statement of another result', () => {
    const library = new Library([lemma2Proof, theorem1Proof]);
    const weaker = { ...theorem1.statement(), conclusion: le(real(0), real(1)) };
    expect(refusal(() => library.check('theorem-1', { statement: weaker })).step).toBe('T1.9');
    const easier = new Library([
      script({ ...theorem1, statement: () => weaker }, (p) => p.qed('E', linearly(), [], 'Easy.')),
    ]);
    const proof = easier.prove('theorem-1');
    expect(proof.theorem.conclusion.id).not.toBe(closed(theorem1.statement()).id);
    expect(infimum().name).toBe('least value');
  });
});

import type { Term } from '../../src/kernel/term.ts';
import { falseElim, type Theorem } from '../../src/kernel/theorem.ts';

function explode(goal: Term, absurd: Theorem): Theorem {
  return falseElim(absurd, goal);
}
