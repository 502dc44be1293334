/** What the steps of every proof say of themselves: the data from which documents are written. */
import { describe, expect, it } from 'vitest';
import { type Draft, Library, type Proof, ProofError, part, type Step, script } from '../../proofs/index.ts';
import type { Derivation } from '../../proofs/support/derivation.ts';
import { closed } from '../../proofs/support/step.ts';
import { linearly, logic, rewriting, substitution, tactic } from '../../proofs/support/tactics.ts';
import { eq, False, forall, imp, le, Nat, Real, variable } from '../../src/kernel/build.ts';
import { freeVariables, type Term } from '../../src/kernel/term.ts';
import type { Theorem } from '../../src/kernel/theorem.ts';
import { lemma2 } from '../../theorems/lemma-2.ts';
import { result } from '../../theorems/result.ts';

const library = new Library();
const proofs: readonly Proof[] = [...library.partIds, ...library.ids].map((id) => library.prove(id));

const given = ({ statement }: Proof) => [...statement.setting, ...statement.hypotheses];

describe.each(proofs.map((proof) => [proof.id, proof] as const))('%s', (_id, proof) => {
  const position = new Map(proof.steps.map(({ id }, n) => [id, n]));
  const terms = new Map<string, Term>([
    ...given(proof).map(({ id, term }) => [id, term] as const),
    ...proof.steps.map(({ id, claim }) => [id, claim] as const),
  ]);

  it('has claims that its theorems prove, each step with an id and a sentence', () => {
    expect(proof.steps.length).toBeGreaterThan(1);
    expect(position.size).toBe(proof.steps.length);
    for (const step of proof.steps) {
      expect(step.claim.id).toBe(step.theorem.conclusion.id);
      expect(step.reason).toMatch(/\S/);
    }
    expect(proof.steps.filter(({ kind }) => kind === 'conclusion')).toEqual([proof.steps.at(-1)]);
    expect(proof.steps.at(-1)!.claim).toBe(proof.statement.conclusion);
  });

  it('cites earlier steps, its own hypotheses, and results and parts that it lists', () => {
    const names = new Set(given(proof).map(({ id }) => id));
    const parts = new Set(proof.parts.map(({ id }) => id));
    for (const [n, { id, premises, cites }] of proof.steps.entries()) {
      const cited = new Set(cites.map((each) => each.id));
      const before = (premise: string) => names.has(premise) || (position.get(premise) ?? n) < n;
      for (const premise of premises)
        expect(before(premise) || cited.has(premise), `${id}: ${premise}`).toBe(true);
      for (const each of cites) {
        expect([...premises, ...cites.flatMap((other) => other.premises)]).toContain(each.id);
        expect(each.kind === 'part' ? parts.has(each.id) : proof.results.includes(each.id)).toBe(true);
        expect(each.at.length).toBe(library.prove(each.id).statement.context.length);
        for (const premise of each.premises)
          expect(before(premise) || cited.has(premise), `${id}: ${premise}`).toBe(true);
      }
    }
  });

  it('names everything on which a claim rests, and nothing else', () => {
    for (const step of proof.steps) {
      const inForce = step.hypotheses.map((id) => terms.get(id)!);
      expect(inForce).not.toContain(undefined);
      const named = new Set(inForce.map(({ id }) => id));
      for (const h of step.theorem.hypotheses) expect(named.has(h.id), `${step.id}: ${h}`).toBe(true);
      // What is named beyond Γ is what a variable was obtained from.
      const obtains = step.hypotheses.some((id) => proof.steps[position.get(id) ?? -1]?.kind === 'obtain');
      if (!obtains) expect(named.size).toBe(step.theorem.hypotheses.length);
    }
    const conclusion = proof.steps.at(-1)!;
    const local = conclusion.hypotheses.filter((id) => position.has(id));
    for (const id of local) expect(proof.steps[position.get(id)!]!.kind).toBe('obtain');
  });

  it('closes what it supposes, and uses each step', () => {
    const used = new Set<string>();
    const closes = new Set<string>();
    for (const { premises, cites, hypotheses, discharged } of proof.steps) {
      for (const id of [...premises, ...cites.flatMap((each) => each.premises), ...hypotheses, ...discharged])
        used.add(id);
      for (const id of discharged) {
        expect(hypotheses).not.toContain(id);
        closes.add(id);
      }
    }
    for (const { id, kind } of proof.steps.slice(0, -1)) {
      expect(used, id).toContain(id);
      if (kind === 'suppose' && isUsed(proof, id)) expect(closes, id).toContain(id);
    }
  });

  it('introduces the variables that it obtains, with their conditions', () => {
    for (const step of proof.steps) {
      if (step.kind !== 'obtain') expect(step.introduces).toEqual([]);
      else {
        const [introduced, ...others] = step.introduces;
        expect(others).toEqual([]);
        expect(introduced!.condition.id).toBe(step.claim.id);
        expect(freeVariables(step.claim).map(({ id }) => id)).toContain(introduced!.variable.id);
        expect(step.hypotheses).toContain(step.id);
      }
    }
  });
});

/** Whether some claim other than itself rests on a supposition. */
const isUsed = ({ steps }: Proof, id: string): boolean =>
  steps.some((step) => step.id !== id && step.hypotheses.includes(id));

describe('parts', () => {
  it('have a title, a sentence and a closed theorem, and some proof uses each', () => {
    expect(library.partIds.length).toBeGreaterThan(20);
    const used = new Set(library.ids.flatMap((id) => library.prove(id).parts.map((each) => each.id)));
    expect([...used].sort()).toEqual([...library.partIds].sort());
    for (const id of library.partIds) {
      const { title, sentence, theorem, statement } = library.prove(id);
      expect(title).toMatch(/\S/);
      expect(sentence).toMatch(/\S\.$/);
      expect(theorem.conclusion.id).toBe(closed(statement).id);
      expect(theorem.hypotheses.length + theorem.indices.length).toBe(0);
    }
  });

  it('come after those that they use', () => {
    for (const id of library.ids) {
      const order = library.prove(id).parts.map((each) => each.id);
      for (const [n, each] of library.prove(id).parts.entries()) {
        for (const { id: inner } of each.parts) expect(order.indexOf(inner)).toBeLessThan(n);
      }
    }
  });
});

const by = (id: string, step: string): Step =>
  library.prove(id).steps.find((each) => each.id === step) ?? expect.fail(`${id} has no step ${step}`);

describe('steps say', () => {
  it('what they split on', () => {
    expect(by('theorem-3', 'T3.10').split!.by).toBe('cases');
    const either = by('theorem-3', 'T3.10b').claim;
    expect(by('theorem-3', 'T3.10').split!.cases.map(({ id }) => id)).toEqual(
      either.args.map(({ id }) => id),
    );
    const induction = by('network-below', 'T4.1').split!;
    expect(induction.by).toBe('induction');
    expect(induction.cases.map(({ id }) => id)).toEqual(
      ['T4.1a', 'T4.1j'].map((id) => by('network-below', id).claim.id),
    );
    const split = proofs.flatMap(({ steps }) => steps.filter((step) => step.split));
    expect(split.length).toBeGreaterThan(15);
  });

  it('what is in force, and what they close', () => {
    expect(by('network-below', 'T4.1f').hypotheses).toEqual(['T4.1b', 'T4.1c', 'T4.1d']);
    expect(by('network-below', 'T4.1j').hypotheses).toEqual(['layer']);
    expect(by('network-below', 'T4.1j').discharged).toEqual(['T4.1b', 'T4.1c', 'T4.1d']);
    // What was obtained rests on what it was obtained from.
    expect(by('theorem-1', 'T1.8').hypotheses).toEqual(['assumption-2', 'differentiable', 'T1.0']);
  });

  it('which result they cite, where, and from what', () => {
    const [cited, ...others] = by('theorem-1', 'T1.5').cites;
    expect(others).toEqual([]);
    expect(cited).toMatchObject({
      id: 'lemma-2',
      kind: 'result',
      premises: ['weights', 'T1.4a', 'differentiable', 'critical'],
    });
    expect(by('theorem-4', 'T4.17').cites[0]).toMatchObject({ id: 'network-optimal', kind: 'part' });
  });

  it('their claims with the names that the script gives to bound variables', () => {
    const x = variable('x', Real);
    const named = (z: Term) => imp(le(x, z), le(x, z));
    const claims = ['first', 'second'].map((name) => {
      const z = variable(name, Real);
      return forall([z], named(z));
    });
    expect(claims[0]!.id).toBe(claims[1]!.id);
    const told = prove(claims[1]!, (p) => {
      p.step('A', claims[0]!, logic, [], 'With one name,');
      const second = p.step('B', claims[1]!, logic, [], 'and with another.');
      p.qed('Q', logic, [second], 'The same.');
    });
    expect(told.steps.map(({ claim }) => String(claim))).toEqual(claims.concat(claims[1]!).map(String));
    expect(String(claims[0])).not.toBe(String(claims[1]));
  });
});

/** A script of one claim about x, checked. */
function prove(
  conclusion: Term,
  run: (p: Derivation) => void,
  parts = [] as Parameters<typeof script>[2],
): Proof {
  const x = variable('x', Real);
  const n = variable('n', Nat);
  const claim = result({
    id: 'claim',
    title: 'A claim',
    kind: 'lemma',
    source: { by: 'ours' },
    remarks: [],
    statement: () => ({ context: [x, n], setting: [], hypotheses: [], conclusion }),
  });
  return new Library([script(claim, run, parts)]).prove('claim');
}

const refusal = (run: () => unknown): ProofError => {
  try {
    run();
  } catch (error) {
    if (error instanceof ProofError) return error;
    throw error;
  }
  return expect.fail('expected a refusal');
};

describe('a refusal names the step', () => {
  const x = variable('x', Real);
  const same = eq(x, x);

  it('that lacks a premise: how many the tactic needs, and what it got', () => {
    const error = refusal(() =>
      prove(same, (p) => {
        p.step('S', same, rewriting, [], 'From nothing.');
      }),
    );
    expect(error).toMatchObject({ result: 'claim', step: 'S' });
    expect(error.message).toBe(
      'claim, S: substitution: expected 1 premise but received none\n  in the claim eq(x, x)',
    );
    const two = tactic('two', 2, (_, [a]) => a!);
    const short = refusal(() =>
      prove(same, (p) => {
        const a = p.suppose('A', le(x, 1), 'Let x ≤ 1.');
        p.step('S', same, two, [a], 'From one.');
      }),
    );
    expect(short.message).toBe(
      'claim, S: two: expected 2 premises but received 1:\n    1. le(x, 1)\n  in the claim eq(x, x)',
    );
  });

  it('whose premise is no theorem', () => {
    const lacks = (premise: unknown) =>
      refusal(() => prove(same, (p) => void p.step('S', same, logic, [premise as Theorem], 'From nothing.')))
        .message;
    expect(lacks(undefined)).toContain('claim, S: expected a theorem as premise 1 but received nothing');
    expect(lacks({})).toContain('expected a theorem as premise 1 but received a value of type object');
    const cited = refusal(() =>
      prove(same, (p) => void p.cite('other', [], [undefined as unknown as Theorem])),
    );
    expect(cited.message).toContain('claim, other: expected a theorem as premise 1 but received nothing');
    const obtained = refusal(() =>
      prove(same, (p) => void p.obtain('S', 'y', undefined as unknown as Theorem, 'Nothing.')),
    );
    expect(obtained.message).toContain('claim, S: expected a theorem as premise 1');
  });

  it('whose tactic throws, or returns no theorem', () => {
    const broken = tactic('broken', (goal) => (goal as unknown as { no: { where: Theorem } }).no.where);
    expect(refusal(() => prove(same, (p) => void p.step('S', same, broken, [], 'Oh.'))).message).toMatch(
      /^claim, S: broken: expected a theorem but it threw TypeError: /,
    );
    const empty = tactic('empty', () => undefined as unknown as Theorem);
    expect(refusal(() => prove(same, (p) => void p.step('S', same, empty, [], 'Oh.'))).message).toContain(
      'claim, S: empty: expected a theorem but received undefined',
    );
  });

  it('of every script, whichever premises are left out', () => {
    let tried = 0;
    for (const id of [...library.partIds, ...library.ids]) {
      library.check(id, {
        intercept: (draft: Draft) => {
          if (draft.premises.length === 0) return draft;
          tried++;
          try {
            draft.tactic.run(draft.claim, []);
          } catch (error) {
            expect(error, `${id}, ${draft.id}: ${error}`).not.toBeInstanceOf(TypeError);
          }
          return draft;
        },
      });
    }
    expect(tried).toBeGreaterThan(500);
  });
});

describe('ids', () => {
  const x = variable('x', Real);
  const lemma = (id: string) => part(id, 'x = x', 'Everything is itself.', [x], [], [], eq(x, x));
  const easy = (id: string) => script(lemma(id), (p) => p.qed('Q', substitution, [], 'It is.'));

  it('two scripts with one id are refused, one script in two proofs is shared', () => {
    const shared = easy('shared');
    const using = (id: string, ...parts: (typeof shared)[]) =>
      script(
        result({ ...lemma2, id, statement: lemma(id).statement }),
        (p) => p.qed('Q', logic, [p.cite('shared', [x], [])], 'By the part.'),
        parts,
      );
    const both = new Library([using('one', shared), using('two', shared)]);
    expect(both.partIds).toEqual(['shared']);
    expect(both.ids).toEqual(['one', 'two']);
    for (const id of both.ids) {
      expect(both.prove(id).parts.map((each) => each.id)).toEqual(['shared']);
      expect(both.prove(id).results).toEqual([]);
      expect(both.prove(id).steps[0]!.cites.map(({ kind }) => kind)).toEqual(['part']);
    }
    expect(
      refusal(() => new Library([using('one', shared), using('two', easy('shared'))])).message,
    ).toContain('expected one script for shared but received two');
    expect(refusal(() => new Library([using('one', shared), easy('one')])).result).toBe('one');
  });

  it('a part proves its own statement only', () => {
    const wrong = script(
      {
        ...lemma('wrong'),
        statement: () => ({ context: [], setting: [], hypotheses: [], conclusion: False() }),
      },
      (p) => p.qed('Q', linearly(), [], 'Obvious.'),
    );
    const library = new Library([script(lemma('whole'), (p) => void p.cite('wrong', [], []), [wrong])]);
    expect(refusal(() => library.prove('whole'))).toMatchObject({ result: 'wrong', step: 'Q' });
  });
});
