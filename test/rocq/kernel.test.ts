import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Axiom, axiomNamed, axioms } from '../../src/kernel/axioms.ts';
import type { Term } from '../../src/kernel/term.ts';
import { generatedFiles, resultPairs, resultSentence } from '../../src/rocq/index.ts';
import { Names, RESERVED } from '../../src/rocq/names.ts';
import { resultProofs } from '../../src/rocq/proofs.ts';
import { printSentence } from '../../src/rocq/sentences.ts';
import {
  axiomPairs,
  correspondenceFile,
  definitionsIn,
  fileOf,
  mentionsReal,
  type Pair,
  provedName,
  type RocqFile,
  statementsFile,
} from '../../src/rocq/statements.ts';
import { results } from '../../theorems/index.ts';
import { rocqRuns } from '../support/rocq.ts';
import { mutants } from './mutants.ts';

const sources = join(import.meta.dirname, '../../proofs/rocq');
const project = readFileSync(join(sources, '_CoqProject'), 'utf8').split('\n');

describe('the generated files of proofs/rocq/kernel', () => {
  test.each(generatedFiles())('$name is up to date: node scripts/generate-rocq.mjs', ({ name, text }) => {
    expect(readFileSync(join(sources, 'kernel', name), 'utf8')).toBe(text);
    expect(project).toContain(`kernel/${name}`);
  });

  test('every axiom has one pair, and no two share a lemma', () => {
    const pairs = axiomPairs();
    expect(pairs.map(({ sentence }) => sentence.name)).toEqual(
      axioms().map(({ name }) => `${name}_statement`),
    );
    expect(new Set(pairs.map(({ lemma }) => lemma)).size).toBe(axioms().length);
    for (const { file } of pairs) expect(project).toContain(`kernel/${file}.v`);
  });

  test('every result is stated, and these are proved as they are stated', () => {
    const stated = generatedFiles().find(({ name }) => name === 'results.v')!.text;
    const claims = results.filter(({ kind }) => kind !== 'assumption').map(({ id }) => id);
    for (const id of claims)
      expect(stated).toContain(`Definition ${id.replaceAll('-', '_')}_statement : Prop`);
    for (const id of resultProofs.keys()) expect(claims).toContain(id);
    expect(resultPairs()).toHaveLength(resultProofs.size);
    for (const { file } of resultPairs()) expect(project).toContain(`kernel/${file}.v`);
    expect(claims.filter((id) => !resultProofs.has(id))).toEqual(['proposition-2']);
  });

  test('two axioms with one lemma, and two sentences with one name, are refused', () => {
    const [first, second] = axiomPairs() as [Pair, Pair];
    const shared = [first, { ...second, lemma: first.lemma }];
    expect(() => correspondenceFile('x.v', '', shared, [])).toThrow('expected different names');
    expect(() => statementsFile('x.v', '', [first.sentence, first.sentence])).toThrow(
      'expected different names',
    );
  });
});

test('a statement that differs in one place is another text', () => {
  const claims = results.filter(({ kind }) => kind !== 'assumption').map(resultSentence);
  const written = ({ term }: { readonly term: Term }): string =>
    JSON.stringify(printSentence(term, new Names(RESERVED)));
  let count = 0;
  for (const sentence of [...axiomPairs().map((pair) => pair.sentence), ...claims]) {
    const text = written(sentence);
    for (const [i, term] of mutants(sentence.term).entries()) {
      // Those of the results are many, and long.
      if (claims.includes(sentence) && i % 4 !== 0) continue;
      count++;
      if (written({ term }) === text) expect.fail(`${sentence.name}: ${term}`);
    }
  }
  expect(count).toBeGreaterThan(700);
});

// ------------------------------------------------------------------------------------------- with Rocq

const OPTIONS = project.slice(0, 2).flatMap((line) => line.replaceAll('-arg ', '').split(' '));

describe.runIf(rocqRuns)('with Rocq', () => {
  let folder = '';
  const compile = (file: string): { ok: boolean; output: string } => {
    const { status, stdout, stderr } = spawnSync('coqc', [...OPTIONS, file], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { ok: status === 0, output: stdout + stderr };
  };
  const write = ({ name, text }: RocqFile): string => {
    writeFileSync(join(folder, 'kernel', name), text);
    return `kernel/${name}`;
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'everymin-rocq-kernel-'));
    cpSync(join(sources, 'prelude.v'), join(folder, 'prelude.v'));
    cpSync(join(sources, 'kernel'), join(folder, 'kernel'), {
      recursive: true,
      filter: (path) => !path.includes('.') || path.endsWith('.v'),
    });
    const groups = [...new Set(axioms().map(fileOf))].map((file) => `kernel/${file}.v`);
    const order = ['interpretation', 'statements', 'derivative'].map((file) => `kernel/${file}.v`);
    for (const file of ['prelude.v', ...order, ...groups]) expect(compile(file)).toMatchObject({ ok: true });
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('the lemmas prove the axioms, from the axioms of the library alone', () => {
    expect(compile('kernel/correspondence.v')).toMatchObject({ ok: true });
    const asked = axiomPairs().map((pair) => `Print Assumptions ${provedName(pair)}.`);
    const text = ['From everymin Require Import prelude correspondence.', ...asked, ''].join('\n');
    const { ok, output } = compile(write({ name: 'asked.v', text }));
    expect(output).not.toContain('Error');
    expect(ok).toBe(true);
    const named = [...output.matchAll(/^(\w+)\s*:/gm)]
      .map(([, name]) => name)
      .filter((name) => name !== 'Axioms');
    expect(new Set(named)).toEqual(
      new Set([
        'propositional_extensionality',
        'functional_extensionality_dep',
        'constructive_indefinite_description',
      ]),
    );
    const answers = output.match(/^(Axioms:|Closed under the global context)/gm);
    expect(answers).toHaveLength(axioms().length);
  });

  test('no lemma proves a statement that differs in one place', () => {
    const changed = axiomPairs().flatMap((pair) =>
      mutants(pair.sentence.term).map((term, i) => ({
        ...pair,
        sentence: { ...pair.sentence, name: `${pair.sentence.name}_${i}`, term },
      })),
    );
    expect(changed.length).toBeGreaterThan(400);
    const sentences = changed.map(({ sentence }) => sentence);
    const known = definitionsIn(axioms().map(({ statement }) => statement));
    const files = [...new Set(changed.map(({ file }) => file))];
    const { name, text } = statementsFile('mutants.v', '', sentences, known, ['statements', ...files]);
    const checks = changed.map(({ sentence, lemma, file }) => {
      const type = mentionsReal(sentence.term) ? `forall R : realType, @${sentence.name} R` : sentence.name;
      return `Fail Check (@${file}.${lemma} : ${type}).`;
    });
    const { ok, output } = compile(write({ name, text: text + checks.join('\n') }));
    expect(ok ? '' : output.slice(-2000)).toBe('');
    // The check itself can fail: a statement as it is does not pass for a changed one.
    const control = `From everymin Require Import statements axioms_logic.\nFail Check (axioms_logic.classic : EM_statement).`;
    expect(compile(write({ name: 'control.v', text: control })).output).toContain('has not failed');
  });

  describe('a change on one side alone is refused', () => {
    const paired = (pairs: readonly Pair[]): string => {
      const { name, text } = correspondenceFile('changed.v', '', pairs, ['interpretation', 'statements']);
      const { ok, output } = compile(write({ name, text }));
      return ok ? 'accepted' : output;
    };

    test("a lemma's name", () => {
      const renamed = axioms().map((axiom) =>
        axiom.name === 'ANTISYM' ? { ...axiom, rocq: 'order_is_antisymmetric' } : axiom,
      );
      expect(paired(axiomPairs(renamed))).toContain('order_is_antisymmetric was not found');
    });

    test('an axiom more, with no lemma', () => {
      const more: Axiom = { ...axiomNamed('EM')!, rocq: 'more' };
      expect(paired(axiomPairs([...axioms(), more]))).toContain('more was not found');
    });

    test('the statement of a lemma', () => {
      const text = readFileSync(join(sources, 'kernel/axioms_reals.v'), 'utf8');
      const changed = text.replace(
        'Lemma sum_monotone : @SUMLE_statement R.\nProof. by move=> n u v uv; apply: ler_sum => i _. Qed.',
        "Lemma sum_monotone n (u : 'I_n -> R) : \\sum_i u i <= \\sum_i u i.\nProof. by []. Qed.",
      );
      expect(changed).not.toBe(text);
      expect(compile(write({ name: 'axioms_reals.v', text: changed }))).toMatchObject({ ok: true });
      expect(paired(axiomPairs())).toContain('sum_monotone');
    });

    test('a hypothesis of GRADINEQ left out', () => {
      const { statement } = axiomNamed('GRADINEQ')!;
      const stronger = mutants(statement).find((term) => !`${term}`.includes('Convex'))!;
      expect(`${statement}`).toContain('Convex');
      const sentences = axiomPairs().map(({ sentence }) =>
        sentence.name === 'GRADINEQ_statement' ? { ...sentence, term: stronger } : sentence,
      );
      expect(compile(write(statementsFile('statements.v', '', sentences)))).toMatchObject({ ok: true });
      const proofs = readFileSync(join(folder, 'kernel/axioms_analysis.v'), 'utf8').split('\n');
      const begin = proofs.findIndex((line) => line.startsWith('Lemma gradient_inequality')) + 1;
      const end = proofs.findIndex((line, i) => i > begin && line === 'Qed.') + 1;
      const { ok, output } = compile('kernel/axioms_analysis.v');
      const line = Number(/axioms_analysis\.v", line (\d+)/.exec(output)?.[1]);
      expect(ok).toBe(false);
      expect(line).toBeGreaterThan(begin);
      expect(line).toBeLessThanOrEqual(end);
    });
  });
});
