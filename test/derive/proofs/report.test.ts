import { describe, expect, test } from 'vitest';
import { Library, type Proof, prove, scripts } from '../../../proofs/index.ts';
import { script } from '../../../proofs/support/script.ts';
import { tactic } from '../../../proofs/support/tactics.ts';
import { proofReport } from '../../../src/derive/proofs/report.ts';
import { ProofFileError, proveModule } from '../../../src/derive/proofs/user.ts';
import { False, op } from '../../../src/kernel/build.ts';
import { axiom, Theorem } from '../../../src/kernel/theorem.ts';
import { resultById } from '../../../theorems/index.ts';
import { result } from '../../../theorems/result.ts';

const lemma2 = resultById('lemma-2')!;
const theorem1 = resultById('theorem-1')!;

const claim = (id: string, conclusion = False()) =>
  result({
    id,
    title: `${id} \u001b[31m`,
    kind: 'lemma',
    source: { by: 'ours' },
    remarks: [],
    statement: () => ({ context: [], setting: [], hypotheses: [], conclusion }),
  });

describe('a report of a proof', () => {
  test('every script of ours is proved, with its steps in words', () => {
    expect(scripts.length).toBeGreaterThan(3);
    for (const { result: each } of scripts) {
      const report = proofReport({ prove }, each);
      expect(report.failure, each.id).toBeUndefined();
      expect(report.status).toBe('proved');
      expect(report.steps.length).toBeGreaterThan(0);
      for (const step of report.steps) expect(step.claim, `${each.id} ${step.id}`).not.toBe('');
    }
    const report = proofReport({ prove }, theorem1);
    expect(report.statement.conclusion).toBe('L(θ) = min { L_θ(α) : α ∈ ℝ^dθ }');
    expect(report.results).toEqual(['lemma-2']);
    expect(report.axioms).toEqual(['CHAIN', 'DLIN', 'GRADINEQ']);
  });

  test('parts come with their own steps, and steps say which part they cite', () => {
    const report = proofReport({ prove }, resultById('theorem-4')!);
    const ids = report.parts.map(({ id }) => id);
    expect(ids).toContain('network-span');
    expect(new Set(ids).size).toBe(ids.length);
    let cited = 0;
    for (const [n, { id, title, sentence, steps, parts, statement }] of report.parts.entries()) {
      for (const text of [title, sentence, statement.conclusion]) expect(text, id).toMatch(/\S/);
      expect(steps.length).toBe(report.counts.parts[id]);
      for (const other of parts) expect(ids.indexOf(other)).toBeLessThan(n);
      cited += steps.flatMap(({ cites }) => cites).length;
    }
    expect(cited).toBeGreaterThan(20);
    const { counts } = report;
    expect(counts.steps).toBe(report.steps.length);
    expect(counts.stepsWithParts).toBe(
      Object.values(counts.parts).reduce((sum, count) => sum + count, counts.steps),
    );
    const last = report.steps.at(-1)!;
    expect(last.cites[0]).toMatchObject({ id: 'network-optimal', kind: 'part' });
    expect(last.cites[0]!.premises).toContain('local-minimum');
    const brief = proofReport({ prove }, resultById('theorem-4')!, { steps: false });
    expect(brief).toEqual({ ...report, steps: [], parts: [], seconds: brief.seconds });
  });

  test('a step has the names that the script gives, what is in force, and what it introduces', () => {
    const { steps } = proofReport({ prove }, resultById('theorem-3')!);
    const by = (id: string) => steps.find((step) => step.id === id)!;
    expect(by('T3.2').introduces).toEqual([{ symbol: 'ε₁', sort: 'ℝ', condition: by('T3.2').claim }]);
    expect(by('T3.2k').hypotheses).toEqual(['T3.2e', 'T3.2j']);
    expect(by('T3.13a').discharged).toEqual(expect.arrayContaining(['T3.2e', 'T3.2f']));
    expect(by('T3.10').split).toEqual({ by: 'cases', cases: expect.any(Array) });
    expect(by('T3.10').split!.cases).toHaveLength(2);
  });

  test('a refusal names the step, the rule, and what it expected', () => {
    const library = {
      prove: (id: string): Proof =>
        new Library().check(id, {
          intercept: (draft) => (draft.id === 'T1.4' ? { ...draft, premises: [] } : draft),
        }),
    };
    const report = proofReport(library, theorem1);
    expect(report).toMatchObject({
      status: 'refused',
      steps: [],
      failure: { result: 'theorem-1', step: 'T1.4' },
    });
    expect(report.failure!.message).toMatch(/expected .* but received /);
  });

  test('a refusal in a result that is used is told as such', () => {
    const broken = new Library([
      script(lemma2, () => {}),
      ...scripts.filter((s) => s.result.id === 'theorem-1'),
    ]);
    expect(proofReport(broken, theorem1).failure).toMatchObject({ result: 'lemma-2' });
  });

  test('whatever else a script throws is a refusal', () => {
    const thrower = {
      prove: () => {
        throw new TypeError('no');
      },
    };
    expect(proofReport(thrower, lemma2).failure).toEqual({ result: 'lemma-2', step: '', message: 'no' });
  });
});

describe('what is no theorem of the statement is refused', () => {
  const genuine = prove('lemma-2');
  const other = prove('theorem-1');
  const open = genuine.steps.find(({ theorem }) => theorem.hypotheses.length > 0)!;
  test.each<[string, unknown]>([
    ['another theorem', other.theorem],
    ['an open one', open.theorem],
    ['a copy', { ...genuine.theorem }],
    ['an object with its prototype', Object.create(Theorem.prototype)],
    ['an object over it', Object.create(genuine.theorem)],
    ['a proxy', new Proxy(genuine.theorem, {})],
    ['JSON', JSON.parse(JSON.stringify({ conclusion: 1, hypotheses: [], indices: [], axioms: [] }))],
    ['nothing', undefined],
    ['an axiom', axiom('CHAIN')],
  ])('%s', (_name, theorem) => {
    const forged = { ...genuine, theorem: theorem as Theorem };
    expect(proofReport({ prove: () => forged }, lemma2).status).toBe('refused');
  });
  test('the genuine one is not', () => {
    expect(proofReport({ prove: () => genuine }, lemma2).status).toBe('proved');
  });
  test('a statement that changes after it was read', () => {
    let calls = 0;
    const base = claim('turncoat');
    const turncoat = {
      ...base,
      statement: () => ({ ...base.statement(), conclusion: calls++ === 0 ? False() : op('true') }),
    };
    const easy = script(turncoat, (p) => {
      p.qed(
        'Q',
        tactic('easy', () => {
          throw new Error('unused');
        }),
        [],
        '',
      );
    });
    expect(proofReport(new Library([easy]), turncoat).status).toBe('refused');
  });
});

/** A script with one part, that has this id. */
const withPart = (id: string) => {
  const nothing = () => {};
  return script(claim('mine'), nothing, [script({ ...claim(id), sentence: 'A part.' }, nothing)]);
};

describe("a module of the user's", () => {
  const nothing = () => {};
  test.each<[string, unknown, RegExp]>([
    ['no default', {}, /it has no proof; end it with export default/],
    ['null', null, /it has no proof/],
    ['a number', { default: 3 }, /it has no proof/],
    ['an empty list', { default: [] }, /it has no proof/],
    ['a list with something else', { default: [script(claim('mine'), nothing), 3] }, /it has no proof/],
    [
      'a script without a statement',
      { default: { result: { id: 'mine', title: '' }, prove: nothing } },
      /no proof/,
    ],
    ['an id of ours', { default: script(theorem1, nothing) }, /the id theorem-1 is taken, by a result/],
    [
      'an id of a part of ours',
      { default: script(claim('network-span'), nothing) },
      /the id network-span is taken, by a part of the proof of theorem-4/,
    ],
    [
      'a part with an id of ours',
      { default: withPart('theorem-1') },
      /the id theorem-1 is taken, by a result/,
    ],
    [
      'a part with an id of a part',
      { default: withPart('perturbed-sum') },
      /perturbed-sum is taken, by a part/,
    ],
    ['a part with the id of its result', { default: withPart('mine') }, /mine is taken, by an earlier one/],
    ['a part with a bad id', { default: withPart('My Part') }, /has the id "My Part"/],
    ['a part that is none', { default: { ...script(claim('mine'), nothing), parts: [3] } }, /no proof/],
    ['an id twice', { default: [script(claim('mine'), nothing), script(claim('mine'), nothing)] }, /taken/],
    ['an id with a line end', { default: script(claim('a\nb'), nothing) }, /has the id "a\\nb"/],
  ])('%s', (_name, loaded, message) => {
    expect(() => proveModule(loaded, 'mine.mjs')).toThrow(ProofFileError);
    expect(() => proveModule(loaded, 'mine.mjs')).toThrow(message);
  });

  test('its own results may use one another and ours', () => {
    const copy = (id: string, from: string) =>
      script(result({ ...lemma2, id }), (p) => {
        const { context, setting, hypotheses } = lemma2.statement();
        const given = [...setting, ...hypotheses].map((h) => p.given(h.id));
        const cited = p.cite(from, context, given);
        p.qed(
          'Q',
          tactic('the same', () => cited),
          [cited],
          'Cited.',
        );
      });
    const reports = proveModule({ default: [copy('second', 'first'), copy('first', 'lemma-2')] }, 'mine.mjs');
    expect(reports.map(({ status, results, file }) => [status, results, file])).toEqual([
      ['proved', ['first'], 'mine.mjs'],
      ['proved', ['lemma-2'], 'mine.mjs'],
    ]);
  });

  test('a falsehood is refused, and so is a circle', () => {
    const [refused] = proveModule(
      {
        default: script(claim('false'), (p) =>
          p.qed(
            'Q',
            tactic('', () => p.suppose('S', False(), '')),
            [],
            '',
          ),
        ),
      },
      'f',
    );
    expect(refused!.status).toBe('refused');
    const circular = script(claim('circle'), (p) => {
      const again = p.cite('circle', [], []);
      p.qed(
        'Q',
        tactic('', () => again),
        [again],
        '',
      );
    });
    const [circle] = proveModule({ default: circular }, 'f');
    expect(circle!.failure!.message).toContain('circle → circle');
  });
});
