import { describe, expect, test } from 'vitest';
import { unprovedIn } from '../../../src/node/rocq/scan.ts';
import { readSources } from '../../../src/node/rocq/sources.ts';

const commands = (source: string) =>
  unprovedIn('a.v', source).map(({ line, command }) => `${line} ${command}`);

describe('what proves nothing', () => {
  test.each([
    ['Lemma a : True.\nProof.\nAdmitted.', '3 Admitted'],
    ['Lemma a : True.\nProof. admit. Qed.', '2 admit'],
    ['Lemma a : True.\nProof. by move=> x; admit. Qed.', '2 admit'],
    ['Lemma a : True.\nProof. - give_up. Qed.', '2 give_up'],
    ['(* a *)\n\nAxiom a : False.', '3 Axiom'],
    ['Axioms a b : False.', '1 Axioms'],
    ['#[global] Axiom a : False.', '1 Axiom'],
    ['Local Axiom a : False.', '1 Axiom'],
    ['Parameter a : nat.', '1 Parameter'],
    ['Conjecture a : False.', '1 Conjecture'],
    ['Variable a : False.', '1 Variable outside of a section'],
    ['Hypotheses (a : False).', '1 Hypotheses outside of a section'],
    ['Section s.\nEnd s.\nHypothesis a : False.', '3 Hypothesis outside of a section'],
    ['Unset Guard Checking.', '1 Unset Guard'],
    ['Set Type In Type.', '1 Set Type In Type'],
    ['Definition s := "a".\nAxiom a : False.', '2 Axiom'],
    ['Definition s := "(*".\nAxiom a : False.\n(* *)', '2 Axiom'],
  ])('%j is found', (source, found) => {
    expect(commands(source)).toHaveLength(1);
    expect(commands(source)[0]).toBe(found.replace('Unset Guard', 'Unset Guard Checking'));
  });

  test.each([
    ['(* Admitted. Axiom a : False. *)'],
    ['(* a (* Axiom b : False. *) Axiom c : False. *)\nLemma d : True.'],
    ['Section s.\nVariable a : nat.\nHypothesis b : a = a.\nContext {c : nat}.\nEnd s.'],
    ['Section s.\nSection t.\nEnd t.\nVariable a : nat.\nEnd s.'],
    ['Lemma admitted_not : True.\nProof. exact: I. Qed.'],
    ["Lemma Axiom_1 : True.\nProof. apply: admit'. Qed."],
    ['Definition s := "Axiom a. admit".'],
  ])('%j is fine', (source) => expect(commands(source)).toEqual([]));

  test('the sources here are', async () => {
    const { files, texts } = await readSources();
    expect(files.length).toBeGreaterThan(10);
    expect(files.flatMap((file) => unprovedIn(file, texts.get(file)!))).toEqual([]);
  });
});
